"""Reading studies: lists, live numbers, candidates for lines."""
