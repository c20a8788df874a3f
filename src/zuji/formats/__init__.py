"""Files and shipped data to and from the model, one module a format."""
