"""Design tokens: every colour, size and duration of the product. No hex colour is written anywhere else."""

from __future__ import annotations

from typing import NamedTuple

Tokens = dict[str, str]

S1, S2, S3, S4, S5, S6, S7 = 4, 8, 12, 16, 24, 32, 48
"""Spacing steps in logical pixels."""

RADIUS = {"control": 6, "card": 10, "dialog": 12}
TYPE = {"caption": 12, "body": 14, "reading": 16, "h3": 17, "h2": 20, "h1": 24}
"""Type sizes in pixels at 100 %."""

CONTROL_HEIGHT = 34
COMPACT_HEIGHT = 28
LINE_HEIGHT = 1.5
MOTION_MS = 120
CHAT_MEASURE = 720
LOW_CONFIDENCE = 0.6
UI_FONTS = ("Noto Sans", "Segoe UI", "SF Pro Text", "DejaVu Sans", "Noto Color Emoji")
MONO_FONTS = ("Noto Sans Mono", "Cascadia Mono", "SF Mono", "DejaVu Sans Mono")

THEMES: dict[str, Tokens] = {
    "light": {
        "canvas": "#F6F4EF", "surface": "#FFFFFF", "raised": "#FFFFFF", "sunken": "#ECE8DF", "border": "#D6D0C4",
        "control": "#857C6C", "hover": "#EFEBE2", "text": "#1D1A15", "muted": "#5A5347", "disabled": "#8B8477",
        "accent": "#5A3FCB", "accent_hover": "#4A32B0", "on_accent": "#FFFFFF", "accent_soft": "#ECE7FB",
        "link": "#4B35B5", "danger": "#B3261E", "danger_soft": "#FBE9E7", "warn": "#7A4F00", "warn_soft": "#FFF1D6",
        "ok": "#1B6B3A", "ok_soft": "#E3F3E8", "focus": "#1B5FC1", "selection": "#DCD4F7",
        "on_selection": "#1D1A15", "code_bg": "#F0ECE3", "tip": "#2A2620", "on_tip": "#FFFFFF",
    },
    "dark": {
        "canvas": "#141319", "surface": "#1C1B22", "raised": "#25242D", "sunken": "#0F0E13", "border": "#35333E",
        "control": "#7F7B8D", "hover": "#2A2932", "text": "#ECEAF2", "muted": "#AFAABD", "disabled": "#757184",
        "accent": "#A590FF", "accent_hover": "#B8A8FF", "on_accent": "#141319", "accent_soft": "#2C2548",
        "link": "#B9ABFF", "danger": "#FF8F85", "danger_soft": "#3B1C1A", "warn": "#F0B84E", "warn_soft": "#3A2A0C",
        "ok": "#72CF98", "ok_soft": "#13301F", "focus": "#7FB4FF", "selection": "#3B3166",
        "on_selection": "#FFFFFF", "code_bg": "#121117", "tip": "#35333E", "on_tip": "#ECEAF2",
    },
    "contrast": {
        "canvas": "#000000", "surface": "#000000", "raised": "#000000", "sunken": "#000000", "border": "#FFFFFF",
        "control": "#FFFFFF", "hover": "#262626", "text": "#FFFFFF", "muted": "#FFFFFF", "disabled": "#A6A6A6",
        "accent": "#FFE14D", "accent_hover": "#FFF0A0", "on_accent": "#000000", "accent_soft": "#1F1B00",
        "link": "#8CC8FF", "danger": "#FF9E94", "danger_soft": "#2A0B08", "warn": "#FFD166", "warn_soft": "#2A2000",
        "ok": "#86F0B0", "ok_soft": "#00210F", "focus": "#00E5FF", "selection": "#FFE14D",
        "on_selection": "#000000", "code_bg": "#000000", "tip": "#000000", "on_tip": "#FFFFFF",
    },
}  # fmt: skip


class KindLook(NamedTuple):
    """How a kind of record is told apart: by hue, by shape and by word, never by one of them alone."""

    light: str
    dark: str
    contrast: str
    icon: str


# Hues keep their distance under protanopia, deuteranopia and tritanopia (OKLab search; see the accessibility page).
KIND_LOOKS: dict[str, KindLook] = {
    "faction": KindLook("#1A42A8", "#3295F6", "#8CC8FF", "flag"),
    "npc": KindLook("#964101", "#E26B1B", "#FFB27A", "user-round"),
    "location": KindLook("#516163", "#88BFE6", "#BFE3FF", "map-pin"),
    "event": KindLook("#4B2F5B", "#9C8D94", "#E0C8FF", "zap"),
    "timeline_arc": KindLook("#210F80", "#F2EFE0", "#FFFFFF", "hourglass"),
    "item": KindLook("#721118", "#FEBF12", "#FFE14D", "gem"),
    "quest": KindLook("#1B6B3A", "#72CF98", "#86F0B0", "target"),
    "session": KindLook("#5A5347", "#AFAABD", "#FFFFFF", "calendar"),
    "creature": KindLook("#7A4F00", "#F0B84E", "#FFD166", "skull"),
    "map": KindLook("#516163", "#88BFE6", "#BFE3FF", "map"),
    "handout": KindLook("#964101", "#E26B1B", "#FFB27A", "scroll-text"),
    "species": KindLook("#00695C", "#5FD1C2", "#7FF0E0", "feather"),
    "deity": KindLook("#8A1F6B", "#F08BD0", "#FFB3E6", "sun"),
    "language": KindLook("#30507A", "#9DB8E8", "#C4D8FF", "quote"),
    "random_table": KindLook("#6B4226", "#D9A679", "#FFD0A8", "dices"),
    "blueprint": KindLook("#4B35B5", "#B9ABFF", "#FFE14D", "layers"),
    "recipe": KindLook("#1B5FC1", "#7FB4FF", "#8CC8FF", "wand-sparkles"),
    "thread": KindLook("#5A5347", "#AFAABD", "#FFFFFF", "message-square"),
}
OTHER_KIND = KindLook("#5A5347", "#AFAABD", "#FFFFFF", "file-text")

FAMILY_LOOKS: dict[str, tuple[str, str, str]] = {
    "kin": ("#A3195B", "#F27DB0", "#FF9BCB"),
    "bond": ("#1B6B3A", "#72CF98", "#86F0B0"),
    "conflict": ("#B3261E", "#FF8F85", "#FF9E94"),
    "group": ("#1A42A8", "#7FB4FF", "#8CC8FF"),
    "place": ("#0F6B6B", "#5CC8C8", "#7FE5E5"),
    "thing": ("#8A5A00", "#F0B84E", "#FFE14D"),
    "event": ("#5B3B8C", "#C3A6FF", "#E0C8FF"),
    "canon": ("#5A5347", "#AFAABD", "#FFFFFF"),
    "other": ("#6E675B", "#9A95A8", "#FFFFFF"),
}
"""The hue of each family of relations in light, dark and contrast; its word is always written beside it."""

BACKGROUNDS = ("canvas", "surface", "raised", "sunken")
CONTRACT: tuple[tuple[str, str, float], ...] = (
    *((ink, ground, 4.5) for ink in ("text", "muted", "link") for ground in (*BACKGROUNDS, "hover")),
    *((ink, f"{ink}_soft", 4.5) for ink in ("danger", "warn", "ok")),
    *((ink, "surface", 4.5) for ink in ("danger", "warn", "ok", "accent")),
    *(("text", f"{soft}_soft", 4.5) for soft in ("danger", "warn", "ok", "accent")),
    ("text", "code_bg", 4.5),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_hover", 4.5),
    ("on_selection", "selection", 4.5),
    ("on_tip", "tip", 4.5),
    *(("control", ground, 3.0) for ground in ("surface", "canvas", "sunken")),
    *(("focus", ground, 3.0) for ground in ("surface", "canvas", "sunken", "raised")),
    ("accent", "canvas", 3.0),
)
"""(ink, background, least contrast): what every theme has to keep; held by a test."""


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1–21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
