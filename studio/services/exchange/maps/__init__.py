"""Maps of other programs come in with their picture, or a plan drawn from their shapes, and with pins."""
