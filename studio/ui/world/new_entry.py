"""The line that makes a new entity: its kind, its name, and a hint where it may be there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from studio.ui.kit import Button, Card, ComboBox, LineEdit, hbox, label
from studio.ui.theme.icons import kind_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QBoxLayout, QWidget

    from studio.domain.candidate import Match
    from studio.ui.kinds import KindIndex

NOTE = "entry"


class NewEntry(Card):
    """Opens in place. Enter makes it, Esc puts it away; Alt+Up and Alt+Down change the kind while typing."""

    wanted = Signal(str, str)
    """(kind, name) to make."""
    typed = Signal(str, str)
    """(kind, name) as they stand, for the hint."""
    open_wanted = Signal(str)
    """The entity that the hint names."""
    closed = Signal()

    def __init__(self, all_kinds: KindIndex, parent: QWidget | None = None) -> None:
        super().__init__(margins=(12, 10, 12, 10), gap=8, parent=parent)
        self.setAccessibleName("New entry")
        self._all_kinds = all_kinds
        self.kind = ComboBox("Kind of the new entry", compact=True)
        self._fill_kinds()
        self.kind.set_value("npc")
        all_kinds.changed.connect(self._fill_kinds)
        self.name = LineEdit("Name of the new entry", placeholder="Name")
        self.name.installEventFilter(self)
        self.hint = label("", "caption", wrap=True)
        self.hint.hide()
        self._match: Match | None = None
        row = hbox(gap=8)
        row.addWidget(label("New", "strong"))
        row.addWidget(self.kind, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.name)
        self.body.addWidget(self.hint)
        self.body.addLayout(self._buttons())
        self.name.textChanged.connect(lambda _text: self._say())
        self.kind.chosen.connect(lambda _kind: self._say())
        self.hide()

    def _fill_kinds(self) -> None:
        self.kind.set_items([*self._all_kinds.choices(), ("Note", NOTE)])
        for row in range(self.kind.count()):
            self.kind.setItemIcon(row, kind_icon(str(self.kind.itemData(row))))

    def _buttons(self) -> QBoxLayout:
        row = hbox(gap=8)
        self.make = Button("Create", self._make, variant="primary", compact=True, key="Enter")
        self.make.setEnabled(False)
        self.open_button = Button("Open it", self._open_hint, variant="link", compact=True)
        self.open_button.hide()
        row.addWidget(self.open_button)
        row.addStretch(1)
        row.addWidget(Button("Cancel", self.close_line, variant="ghost", compact=True, key="Esc"))
        row.addWidget(self.make)
        return row

    def open_line(self, kind: str = "", name: str = "") -> None:
        """Show it, ready to type."""
        if kind:
            self.kind.set_value(kind)
        self.name.set_text(name)
        self.show_matches(())
        self.show()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._say()

    def close_line(self) -> None:
        """Put it away."""
        self.hide()
        self.name.set_text("")
        self.closed.emit()

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Say that there may be such an entity already."""
        self._match = matches[0] if matches and self.name.text().strip() else None
        self.hint.setVisible(self._match is not None)
        self.open_button.setVisible(self._match is not None)
        if self._match is not None:
            same = "is there already." if self._match.how == "name" else "is there already and looks the same."
            self.hint.setText(f"“{self._match.name}” {same}")
            self.open_button.setAccessibleName(f"Open {self._match.name}")

    def _say(self) -> None:
        self.make.setEnabled(bool(self.name.text().strip()))
        self.typed.emit(str(self.kind.value()), self.name.text())

    def _make(self) -> None:
        if name := self.name.text().strip():
            self.wanted.emit(str(self.kind.value()), name)

    def _open_hint(self) -> None:
        if self._match is not None:
            self.open_wanted.emit(self._match.id)
            self.close_line()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.name and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._make()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_line()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.kind.setCurrentIndex((self.kind.currentIndex() + step) % self.kind.count())
            self._say()
        else:
            return False
        return True
