"""What a footprint report must say, the figures in it, and the PDF made from it."""
