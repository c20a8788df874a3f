"""Finding the factor that a factory's own wording means: tokens, words, meaning, ranking."""
