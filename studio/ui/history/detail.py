"""What one change did: its words, the step that would take it back, and a card for each of its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from studio.ui.history import times
from studio.ui.history.model import words
from studio.ui.history.record import RecordCard
from studio.ui.kit import Badge, Button, Card, ScrollColumn, clear, hbox, label, vbox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.services.changes import Detail
    from studio.services.continuity.overrides import LetPass

_STEPS = {
    "undo": "Took an earlier change back. Redo does it again.",
    "redo": "Did again what had been taken back.",
    "note": "Undo leaves this as it is.",
}


class DetailView(ScrollColumn):
    """Fires what is asked for; the panel does it."""

    opened = Signal(str, str)
    narrowed = Signal(str)
    wanted = Signal(str, str, object)
    stepped = Signal(str)
    """`undo` or `redo` is asked for."""
    import_wanted = Signal(str)
    """The report of the import that is this change is asked for."""
    more_wanted = Signal(int)
    """The records from this number on are asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What changed", margins=(14, 12, 14, 14), gap=10, parent=parent)
        self.detail: Detail | None = None
        self._cards = vbox(gap=10)

    def show_detail(self, detail: Detail) -> None:
        """Show a change; the same one again keeps its place."""
        again = self.detail is not None and self.detail.row.id == detail.row.id
        at = self.verticalScrollBar().value()
        self.detail = detail
        clear(self.body)
        self._build_head(detail)
        if detail.let_pass is not None:
            self.body.addWidget(_past_gate(detail.let_pass))
        self._cards = vbox(gap=10)
        self.body.addLayout(self._cards)
        self._add_cards(detail, shown=0)
        self.verticalScrollBar().setValue(at if again else 0)

    def add_records(self, detail: Detail) -> None:
        """Put the next records below those on show."""
        if self.detail is None or self.detail.row.id != detail.row.id:
            return
        shown = len(self.detail.records)
        self.detail = detail.model_copy(update={"records": (*self.detail.records, *detail.records)})
        last = self._cards.itemAt(self._cards.count() - 1)
        if last is not None and isinstance(button := last.widget(), Button):
            self._cards.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._add_cards(detail, shown=shown)

    def blank(self) -> None:
        """Show no change."""
        self.detail = None
        clear(self.body)

    def cards(self) -> list[RecordCard]:
        """The cards on show."""
        found = [self._cards.itemAt(n) for n in range(self._cards.count())]
        return [card for item in found if item is not None and isinstance(card := item.widget(), RecordCard)]

    def _build_head(self, detail: Detail) -> None:
        row = detail.row
        title = label(words(row), "h3", wrap=True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(title)
        when = label(f"{row.author}, {times.exactly(row.time)}", "caption", wrap=True)
        when.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(when)
        if row.step in _STEPS:
            self.body.addWidget(label(_STEPS[row.step], "caption", wrap=True))
        if row.verb == "import" and row.step not in _STEPS:
            line = hbox(gap=8)
            line.addWidget(Button("Show the import's report", lambda: self.import_wanted.emit(row.id), icon="download",
                                  compact=True))  # fmt: skip
            line.addStretch(1)
            self.body.addLayout(line)
        if row.top:
            text, icon, key = {
                "undo": ("Undo this change", "undo-2", "Ctrl+Z"),
                "redo": ("Redo this change", "redo-2", "Ctrl+Shift+Z"),
            }[row.top]
            line = hbox(gap=8)
            line.addWidget(Button(text, lambda: self.stepped.emit(row.top), icon=icon, key=key, compact=True))
            line.addStretch(1)
            self.body.addLayout(line)

    def _add_cards(self, detail: Detail, *, shown: int) -> None:
        for change in detail.records:
            card = RecordCard(change)
            card.opened.connect(self.opened)
            card.narrowed.connect(self.narrowed)
            card.wanted.connect(self.wanted)
            self._cards.addWidget(card)
        shown += len(detail.records)
        left = detail.total - shown
        if left > 0:
            more = Button(f"Show {min(left, 20)} more of {left}", lambda: self.more_wanted.emit(shown), compact=True)
            self._cards.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if not detail.total and detail.let_pass is None:
            self._cards.addWidget(label("No record changed in the end.", "muted", wrap=True))


def _past_gate(passed: LetPass) -> Card:
    """Who let a change pass the publish gate, why, and past what."""
    box = Card(sunken=True, margins=(12, 8, 12, 10), gap=6)
    box.setAccessibleName("Let past the publish gate")
    head = hbox(gap=8)
    head.addWidget(label("Let past the publish gate", "strong", wrap=True), 1)
    head.addWidget(Badge(f"{passed.past} {'error' if passed.past == 1 else 'errors'}", "danger"))
    box.body.addLayout(head)
    for said, role in ((f"{passed.name}: {passed.reason}", ""), *((f"– {one}", "caption") for one in passed.errors)):
        line = label(said, role, wrap=True)
        line.setTextFormat(Qt.TextFormat.PlainText)
        box.body.addWidget(line)
    return box
