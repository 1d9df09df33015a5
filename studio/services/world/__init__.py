"""The World Bible's verbs: entities, the relations, claims and links between them, entries, trash, and the tree."""
