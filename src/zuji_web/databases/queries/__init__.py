"""Reading databases: which there are, their products, where a footprint comes from, what changed."""
