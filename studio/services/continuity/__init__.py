"""The continuity checker: typed, dated facts of a world, the rules that they may break, and what people decided."""
