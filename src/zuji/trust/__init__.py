"""What makes a number checkable later: canonical bytes, digests, frozen studies."""
