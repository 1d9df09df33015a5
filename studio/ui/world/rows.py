"""The small rows under an entry's page: a line with a kind's mark, words that open something, and buttons."""

from __future__ import annotations

import html
import itertools
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from studio.ui.kit import Badge, Button, IconButton, KindIcon, hbox, label, vbox
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QBoxLayout


W = TypeVar("W", bound=QWidget)


class LinkRow(QWidget):
    """Mark of the kind, words before the name, the name as a link, a badge, and what else is put into `.row`."""

    def __init__(
        self,
        name: str,
        kind: str,
        on_open: Callable[[], object],
        *,
        before: str = "",
        badge: str = "",
        snippet: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = vbox(self, gap=0)
        self.row = hbox(gap=6)
        column.addLayout(self.row)
        if before:
            words = label(before, "muted")
            words.setMinimumWidth(look.px(76))
            self.row.addWidget(words)
        self.row.addWidget(KindIcon(kind, size=15))
        self.link = Button(name, on_open, variant="link", compact=True, name=" ".join(w for w in (before, name) if w))
        self.row.addWidget(self.link)
        if badge:
            self.row.addWidget(Badge(badge))
        self.row.addStretch(1)
        if snippet:
            column.addWidget(snippet_label(snippet))

    def add_button(self, icon: str, name: str, call: Callable[[], object]) -> IconButton:
        """Put an icon button at the end."""
        button = IconButton(icon, name, call)
        self.row.addWidget(button)
        return button


def snippet_label(snippet: str) -> QLabel:
    """A snippet with its marked words in bold."""
    text = html.escape(snippet).replace("\x02", "<b>").replace("\x03", "</b>")
    made = label(text, "caption", wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setContentsMargins(look.px(22), 0, 0, look.px(4))
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def keyed(layout: QBoxLayout, shown: dict[str, W], rows: Sequence[Any], make: Callable[[Any], W]) -> None:
    """Bring a column of widgets in step with rows that have ids; a widget whose row stays, stays as it is."""
    wanted = [row.id for row in rows]
    for gone in [key for key in shown if key not in wanted]:
        widget = shown.pop(gone)
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
    for at, row in enumerate(rows):
        if row.id not in shown:
            shown[row.id] = make(row)
        if layout.indexOf(shown[row.id]) != at:
            layout.insertWidget(at, shown[row.id])


def tab_as_read(*widgets: QWidget) -> None:
    """Let Tab go through these and all in them as the eye does: what comes later would else be last on the page."""
    stops: list[QWidget] = []
    for widget in widgets:
        inside = [widget, *widget.findChildren(QWidget)]
        stops += [w for w in inside if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.window() is widget.window()]
    for before, after in itertools.pairwise(stops):
        QWidget.setTabOrder(before, after)
