"""Writing databases: importing, repairing, sharing, offering products as factors, making files."""
