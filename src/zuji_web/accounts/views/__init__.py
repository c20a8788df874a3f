"""Pages about the organisation and the person."""
