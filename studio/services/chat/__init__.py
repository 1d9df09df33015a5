"""Conversations: threads, messages as a tree, assistant modes, what a model gets to read, and asking it."""
