"""Small things that every widget of the kit leans on: names, dynamic properties, layouts, text-edit undo manners."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, description: str = "") -> W:
    """Give a widget the name (and description) that a screen reader says."""
    widget.setAccessibleName(name)
    if description:
        widget.setAccessibleDescription(description)
    return widget


def style(widget: W, **properties: object) -> W:
    """Set dynamic properties that the style sheet looks at, and restyle the widget if they changed.

    A widget that wasn't shown yet is styled when it is: until then nothing needs to be done.
    """
    changed = False
    for key, value in properties.items():
        if widget.property(key) != value:
            widget.setProperty(key, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    return widget


def vbox(
    parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8
) -> QVBoxLayout:
    """A vertical layout without Qt's default margins."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    return _spaced(layout, margins, gap)


def hbox(
    parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8
) -> QHBoxLayout:
    """A horizontal layout without Qt's default margins."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    return _spaced(layout, margins, gap)


B = TypeVar("B", bound=QBoxLayout)


def _spaced(layout: B, margins: tuple[int, int, int, int], gap: int) -> B:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete the widgets in it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def label(text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A text label. Roles: h1 h2 h3 strong label muted caption overline helper mono danger warn ok keycap.

    It takes its text as it is: a name that looks like HTML would be drawn as such, and what it names be loaded.
    """
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def plain_tip(text: str) -> str:
    """A tool tip that says what somebody wrote: what looks like HTML is shown, not drawn."""
    if not Qt.mightBeRichText(text):
        return text
    from html import escape

    return f"<span>{escape(text)}</span>"


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline between groups."""
    line = QFrame()
    line.setProperty("vline" if vertical else "line", True)
    return line


def leave_undo_to_window(widget: QWidget, event: QEvent, *, can_undo: bool, can_redo: bool) -> bool:
    """True where an editor with nothing to undo would swallow the window's Ctrl+Z: then the event is refused."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    undo = event.matches(QKeySequence.StandardKey.Undo) and not can_undo
    redo = event.matches(QKeySequence.StandardKey.Redo) and not can_redo
    if undo or redo:
        event.ignore()
    return undo or redo
