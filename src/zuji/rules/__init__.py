"""Accounting rules as data: which rule governs, what it asks, what conforms, what is comparable."""
