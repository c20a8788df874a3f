"""Pages of databases, by what they show."""
