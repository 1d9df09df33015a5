"""One finding: what is wrong, and its sides with dates, quotes and the way to where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.services.continuity.rulings import TYPE_WORDS, rule_of, rule_words
from studio.ui.kit import Badge, Button, Card, FlowLayout, KindIcon, ScrollColumn, clear, hbox, label, vbox

if TYPE_CHECKING:
    from studio.services.continuity.triage import CardView, SideView

TONES = {"error": "danger", "warning": "warn", "note": "plain"}
SIDES = ("Left", "Right")


class FindingCard(ScrollColumn):
    """Shows a `CardView`; says where somebody wants to go, and which side is to hold or to be put away."""

    opened = Signal(object)
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Both sides", margins=(12, 10, 10, 16), gap=10, parent=parent)
        self._host = QWidget()
        self._column: QVBoxLayout = vbox(self._host, gap=10)
        self.body.addWidget(self._host)
        self.card: CardView | None = None
        self._editable = True

    def show_card(self, card: CardView | None, *, editable: bool = True) -> None:
        """Show a finding, or nothing."""
        if card is not None and (card, editable) == (self.card, self._editable):
            return
        other = card is None or self.card is None or card.row.key != self.card.row.key
        self.card, self._editable = card, editable
        clear(self._column)
        if card is not None:
            self._head(card)
            for at, side in enumerate(card.sides):
                self._column.addWidget(self._side(card, at, side))
        if other:
            self.verticalScrollBar().setValue(0)

    def _head(self, card: CardView) -> None:
        finding = card.row.judged.finding
        flow = FlowLayout(gap=6)
        flow.addWidget(Badge(finding.severity, TONES[finding.severity]))
        flow.addWidget(label(TYPE_WORDS[finding.type], "strong"))
        self._column.addLayout(flow)
        self._column.addWidget(_text(finding.why, "What is wrong"))
        if card.row.judged.state != "open":
            word = "Ignored" if card.row.judged.state == "ignored" else f"Rule muted ({rule_words(rule_of(finding))})"
            self._column.addWidget(_text(f"{word}: {card.row.judged.because}", "Answer", role="muted"))

    def _side(self, card: CardView, at: int, side: SideView) -> Card:
        """One side: whose, where, what it says and when; the buttons that answer with it."""
        box = Card(sunken=True, margins=(12, 8, 12, 10), gap=6)
        box.setAccessibleName(f"Side {at + 1}: {side.name}")
        head = hbox(gap=8)
        if side.kind:
            head.addWidget(KindIcon(side.kind, size=16))
        name = label(side.name, "strong", wrap=True)
        name.setTextFormat(Qt.TextFormat.PlainText)
        head.addWidget(name, 1)
        for word in (side.status, "" if side.certainty in ("", "fact") else side.certainty):
            if word:
                head.addWidget(Badge(word))
        box.body.addLayout(head)
        where = " · ".join(part for part in (side.where, side.evidence.when) if part)
        box.body.addWidget(label(where, "caption", wrap=True))
        if side.evidence.says:
            box.body.addWidget(_text(side.evidence.says, f"Side {at + 1} says"))
        if side.evidence.quote and side.evidence.quote not in side.evidence.says:
            box.body.addWidget(_text(f"“{side.evidence.quote}”", f"Side {at + 1}, the words", role="caption"))
        box.body.addLayout(self._buttons(card, at, side))
        return box

    def _buttons(self, card: CardView, at: int, side: SideView) -> FlowLayout:
        flow = FlowLayout(gap=6)
        opens = Button("Open", lambda: self.opened.emit(side), variant="link", compact=True,
                       name=f"Open {side.name}, {side.where}")  # fmt: skip
        flow.addWidget(opens)
        if self._editable and card.row.judged.state == "open":
            for words, key, shown, tip in (
                ("This holds", f"keep:{at}", at in card.offers.keep,
                 "The other side ends where this begins, or is put away"),
                ("Put this away", f"away:{at}", at in card.offers.put_away,
                 "Deprecate this statement; the others stay"),
            ):  # fmt: skip
                if shown:
                    flow.addWidget(
                        Button(words, lambda key=key: self.answered.emit(key), compact=True, tip=tip,
                               key=str(at + 1), name=f"{words}: side {at + 1}")
                    )  # fmt: skip
        return flow


def _text(text: str, name: str, *, role: str = "") -> QLabel:
    made = label(text, role, wrap=True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    made.setAccessibleName(f"{name}: {text}")
    return made
