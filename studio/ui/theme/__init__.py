"""How it looks: tokens, palette, style sheet and icons, in three themes at any text size."""

from studio.ui.theme.icons import icon, kind_icon, pixmap
from studio.ui.theme.look import colour, px, tokens
from studio.ui.theme.theme import Look, Theme
from studio.ui.theme.tokens import S1, S2, S3, S4, S5, S6, S7

__all__ = [
    "S1",
    "S2",
    "S3",
    "S4",
    "S5",
    "S6",
    "S7",
    "Look",
    "Theme",
    "colour",
    "icon",
    "kind_icon",
    "pixmap",
    "px",
    "tokens",
]
