"""Turns design tokens into the one style sheet of the application."""

from __future__ import annotations

from functools import cache
from string import Template

from studio import resources_dir
from studio.ui.theme.tokens import COMPACT_HEIGHT, CONTROL_HEIGHT, MONO_FONTS, RADIUS, THEMES, TYPE


@cache
def _template() -> Template:
    return Template((resources_dir() / "styles" / "studio.qss").read_text("utf-8"))


def build(theme: str, *, scale: float = 1.0, compact: bool = False) -> str:
    """The style sheet of a theme at a text size; `compact` packs controls closer."""
    tokens = THEMES[theme]
    derived = {
        "art": (resources_dir() / "styles" / theme).as_posix(),
        "button_border": tokens["control"] if theme == "contrast" else tokens["border"],
        "hover_border": tokens["control"] if theme == "contrast" else tokens["hover"],
        "badge_border": tokens["border"] if theme == "contrast" else "transparent",
        "scroll": tokens["control"] if theme == "contrast" else tokens["border"],
        "mono": ", ".join(f'"{family}"' for family in MONO_FONTS),
    }
    return _template().substitute(tokens, **derived, **_sizes(scale, compact=compact))


def _sizes(scale: float, *, compact: bool) -> dict[str, int]:
    height = (COMPACT_HEIGHT if compact else CONTROL_HEIGHT) * scale
    at = {f"px_{name}": round(size * scale) for name, size in TYPE.items()}
    at |= {f"r_{name}": size for name, size in RADIUS.items()}
    button, small, arrow = 12, 8, round(14 * scale)
    chip = max(24, round(24 * scale))
    return at | {
        "icon": round(16 * scale),
        "px_label": round(13 * scale),
        "px_mono": round(13 * scale),
        "h_inner": round(height) - 8,
        "h_compact_inner": max(20, round(COMPACT_HEIGHT * scale) - 6),
        "icon_inner": max(22, round(28 * scale) - 8),
        "pad_button": button,
        "pad_button_focus": button - 1,
        "pad_compact": small,
        "pad_compact_focus": small - 1,
        "arrow": arrow,
        "pad_menu": arrow + 12,
        "pad_menu_focus": arrow + 11,
        "drop": arrow + 10,
        "menu_button": arrow + 8,
        "target": max(24, round(24 * scale)) - 4,
        "check": round(16 * scale),
        "check_round": round(16 * scale) // 2,
        "row": max(24, round((26 if compact else 30) * scale)),
        "menu_row": round(18 * scale),
        "scroller": 2 * max(24, round(16 * scale)),
        "tab_inner": round(20 * scale),
        "group_top": round(24 * scale),
        "chip_round": chip // 2,
        "chip_inner": chip,
        "chip_button": chip - 4,
    }
