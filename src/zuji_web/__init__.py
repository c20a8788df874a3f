"""The platform: an imperative shell around the library. An app is a domain."""
