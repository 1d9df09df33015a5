"""What a model gets to read: chosen, scoped, counted, trimmed, numbered, kept; and the one way to ask with it."""
