"""The theme service: puts tokens on the application as palette, font and style sheet, and says when they change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette

from studio.ui.theme import stylesheet
from studio.ui.theme.tokens import MOTION_MS, THEMES, TYPE, UI_FONTS, Tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_ROLES = {
    "Window": "canvas", "Base": "surface", "AlternateBase": "sunken", "ToolTipBase": "tip", "Button": "raised",
    "WindowText": "text", "Text": "text", "ButtonText": "text", "ToolTipText": "on_tip", "BrightText": "danger",
    "PlaceholderText": "muted", "Link": "link", "LinkVisited": "link", "Highlight": "selection",
    "HighlightedText": "on_selection", "Accent": "accent", "Mid": "border", "Dark": "control", "Light": "raised",
    "Midlight": "border", "Shadow": "sunken",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What a person chose: `theme` is `system`, `light`, `dark` or `contrast`; `text_size` is in percent, 80–200."""

    theme: str = "system"
    text_size: int = 100
    compact: bool = False
    reduce_motion: bool = False


class Theme(QObject):
    """Applies a `Look` to the application. Widgets restyle by themselves; painters listen to `changed`."""

    changed = Signal()

    def __init__(self, app: QApplication, look: Look | None = None, *, fusion: bool = False) -> None:
        """`fusion`: the application was started in that style. Asking it would cost the first paint 5 ms."""
        super().__init__(app)
        self._app = app
        self._fusion = fusion
        self._look = look or Look()
        self._app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def look(self) -> Look:
        """The choice as it stands."""
        return self._look

    @property
    def name(self) -> str:
        """The theme that is really on: `light`, `dark` or `contrast`."""
        return resolve(self._app, self._look.theme)

    @property
    def tokens(self) -> Tokens:
        """Colours of the theme that is on."""
        return THEMES[self.name]

    @property
    def scale(self) -> float:
        """Text size as a factor."""
        return self._look.text_size / 100

    def duration(self, ms: int = MOTION_MS) -> int:
        """How long an animation lasts: never over 120 ms, and 0 with reduced motion."""
        return 0 if self._look.reduce_motion else min(ms, MOTION_MS)

    def set(self, **changes: object) -> None:
        """Change parts of the look, for example `set(theme="dark", text_size=150)`."""
        wanted = replace(self._look, **changes)  # pyright: ignore[reportArgumentType]
        wanted = replace(wanted, text_size=max(80, min(200, wanted.text_size)))
        if wanted != self._look:
            self._look = wanted
            self._apply()
            self.changed.emit()

    def _follow_system(self) -> None:
        if self._look.theme == "system":
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        if not self._fusion:
            self._app.setStyle("Fusion")
            self._fusion = True
        font = QFont()
        font.setFamilies(list(UI_FONTS))
        font.setPixelSize(round(TYPE["body"] * self.scale))
        self._app.setFont(font)
        self._app.setPalette(palette(self.name))
        self._app.setStyleSheet(stylesheet.build(self.name, scale=self.scale, compact=self._look.compact))


def resolve(app: QApplication, wanted: str) -> str:
    """The theme for a choice; `system` follows the desktop's contrast and colour scheme."""
    if wanted in THEMES:
        return wanted
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def palette(name: str) -> QPalette:
    """Qt's palette for a theme."""
    made = QPalette()
    tokens = THEMES[name]
    for role, token in _ROLES.items():
        made.setColor(QPalette.ColorRole[role], QColor(tokens[token]))
    for role in ("WindowText", "Text", "ButtonText"):
        made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], QColor(tokens["disabled"]))
    return made
