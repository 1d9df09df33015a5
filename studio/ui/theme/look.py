"""What the running application looks like now, read back from Qt's own palette and font."""

from __future__ import annotations

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from studio.ui.theme.tokens import FAMILY_LOOKS, KIND_LOOKS, OTHER_KIND, THEMES, TYPE, Tokens

_BY_CANVAS = {tokens["canvas"].lower(): name for name, tokens in THEMES.items()}


def theme_name() -> str:
    """The theme that is on: every theme has its own canvas colour."""
    return _BY_CANVAS.get(QGuiApplication.palette().color(QPalette.ColorRole.Window).name(), "light")


def tokens() -> Tokens:
    """The colours of the theme that is on."""
    return THEMES[theme_name()]


def colour(token: str) -> QColor:
    """One colour of the theme that is on; a `#RRGGBB` passes through."""
    return QColor(token if token.startswith("#") else tokens()[token])


def scale() -> float:
    """Text size now, 1.0 = 100 %."""
    size = QApplication.font().pixelSize()
    return size / TYPE["body"] if size > 0 else 1.0


def px(size: float) -> int:
    """A size at 100 % in pixels at the text size that is on."""
    return round(size * scale())


_own_icons: dict[str, str] = {}


def use_own_icons(icons: dict[str, str]) -> None:
    """Icons that the open project gives to kinds: the one thing about kinds that isn't a token."""
    _own_icons.clear()
    _own_icons.update(icons)


def kind_icon(kind: str) -> str:
    """The icon that stands for a kind of record."""
    return _own_icons.get(kind) or KIND_LOOKS.get(kind, OTHER_KIND).icon


def kind_colour(kind: str) -> str:
    """The hue of a kind of record in the theme that is on, as `#RRGGBB`."""
    look = KIND_LOOKS.get(kind, OTHER_KIND)
    return {"light": look.light, "dark": look.dark}.get(theme_name(), look.contrast)


def family_colour(family: str) -> str:
    """The hue of a family of relations in the theme that is on, as `#RRGGBB`."""
    light, dark, contrast = FAMILY_LOOKS.get(family, FAMILY_LOOKS["other"])
    return {"light": light, "dark": dark}.get(theme_name(), contrast)
