"""One entry of the queue: what is doubtful first, then what is new or changed, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.compare import marked
from studio.ui.kit import Badge, Banner, Button, FlowLayout, KindIcon, ScrollColumn, clear, hbox, label, vbox
from studio.ui.kit.confidence import confidence_text

if TYPE_CHECKING:
    from studio.services.world.queue import Card, Item
    from studio.ui.kinds import KindIndex

_GROUPS = (
    ("Please check", ("check", "inferred")), ("Changed since it was looked at", ("changed",)), ("New", ("new",)),
    ("The rest", ("",)),
)  # fmt: skip
_LONG = 900


class CardView(ScrollColumn):
    """Shows a `Card`; says where somebody wants to go."""

    opened = Signal(str)
    origin_wanted = Signal(object)

    def __init__(self, kinds: KindIndex, parent: QWidget | None = None) -> None:
        super().__init__("What waits", margins=(12, 10, 10, 16), gap=10, parent=parent)
        self._kinds = kinds
        self._host = QWidget()
        self._column: QVBoxLayout = vbox(self._host, gap=10)
        self.body.addWidget(self._host)
        self.card: Card | None = None

    def show_card(self, card: Card | None) -> None:
        """Show an entry, or nothing."""
        if card is not None and card == self.card:
            return
        other = card is None or self.card is None or card.id != self.card.id
        self.card = card
        clear(self._column)
        if card is not None:
            self._head(card)
            for title, flags in _GROUPS:
                items = [item for item in card.items if item.flag in flags]
                if items:
                    self._group(title, items)
            self._tail(card)
        if other:
            self.verticalScrollBar().setValue(0)

    def _head(self, card: Card) -> None:
        row = hbox(gap=8)
        row.addWidget(KindIcon(card.kind, size=18))
        name = label(card.name, "h3", wrap=True)
        name.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(name, 1)
        row.addWidget(Badge(card.status, "ok" if card.status == "reviewed" else "plain"))
        self._column.addLayout(row)
        flow = FlowLayout(gap=6)
        flow.addWidget(label(f"{self._kinds.label(card.kind)} · {card.came_from}", "caption"))
        if card.origin is not None:
            flow.addWidget(Button("Show where", lambda: self.origin_wanted.emit(card.origin), variant="link",
                                  compact=True, name=f"Show where {card.name} comes from"))  # fmt: skip
        self._column.addLayout(flow)
        for record, other in card.alike[:1]:
            note = Banner(dismissible=False)
            note.say(f"“{other}” has nearly this name.", "warn", action="Open it",
                     on_action=lambda record=record: self.opened.emit(record))  # fmt: skip
            self._column.addWidget(note)

    def _group(self, title: str, items: list[Item]) -> None:
        self._column.addWidget(label(f"{title}  {len(items)}", "overline"))
        for item in items:
            self._column.addWidget(_Field(item))

    def _tail(self, card: Card) -> None:
        if card.relations:
            self._column.addWidget(label(f"Relations  {len(card.relations)}", "overline"))
            self._column.addWidget(_text("\n".join(card.relations[:12]), "Relations"))


class _Field(QWidget):
    """One value: its name, how sure it is, what it says and, where it changed, what it said before."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        column = vbox(self, gap=2)
        head = hbox(gap=6)
        head.addWidget(label(item.label, "caption"))
        if item.flag == "check" and item.confidence is not None:
            head.addWidget(Badge(confidence_text(item.confidence), "warn"))
        elif item.flag == "inferred":
            head.addWidget(Badge("inferred", "warn"))
        head.addStretch(1)
        column.addLayout(head)
        value = item.value[:_LONG] + ("…" if len(item.value) > _LONG else "")
        if item.flag == "changed":
            before, after = marked(item.before, value)
            for words, html in (("Before", before), ("Now", after)):
                if html:
                    column.addWidget(_text(html, f"{item.label}, {words.lower()}", rich=True))
        else:
            column.addWidget(_text(value, item.label))
        if item.quote and item.flag in ("check", "inferred"):
            column.addWidget(_text(f"“{item.quote}”", f"{item.label}: the words it was read from", role="caption"))


def _text(text: str, name: str, *, rich: bool = False, role: str = "") -> QLabel:
    made = label(text, role, wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    if not rich:
        made.setAccessibleName(f"{name}: {text}")
    return made
