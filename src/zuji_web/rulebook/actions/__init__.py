"""What is done with rules: written, adopted, withdrawn."""
