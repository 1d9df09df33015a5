"""The slots of a recipe: name, type, and what belongs to the type."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.domain.recipe import Slot, SlotType
from studio.domain.vocabulary import KINDS
from studio.services.forge.slots import NAME
from studio.ui.kit.base import clear, hbox, label, vbox
from studio.ui.kit.buttons import Button, IconButton
from studio.ui.kit.fields import CheckBox, ComboBox, LineEdit
from studio.ui.kit.surfaces import Card

_WORDS = {
    "text": "Text",
    "long": "Long text",
    "bool": "Yes or no",
    "entity": "Entity",
    "asset": "Asset",
    "pack": "Material",
}
_TYPES: list[tuple[str, object]] = [(_WORDS.get(str(t), str(t).capitalize()), t) for t in get_args(SlotType)]
_KINDS: list[tuple[str, object]] = [("Any kind", ""), *((spec.label, name) for name, spec in KINDS.items())]


class SlotCard(Card):
    """One slot."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, number: int, slot: Slot) -> None:
        super().__init__(margins=(10, 8, 8, 10), gap=6)
        said = f"Slot {number}"
        self.name = LineEdit(f"{said}: name", placeholder="name", compact=True)
        self._type = ComboBox(f"{said}: type", _TYPES, compact=True)
        self._required = CheckBox("Required", name=f"{said}: required")
        self._kind = ComboBox(f"{said}: kind of entity", _KINDS, compact=True)
        self._choices = LineEdit(f"{said}: choices", placeholder="one, two, three", compact=True)
        self._default = LineEdit(f"{said}: default", placeholder="Filled with this if left empty", compact=True)
        self._help = LineEdit(f"{said}: help", placeholder="What belongs here", compact=True)
        self._lay(said)
        self.set_value(slot)
        for line in (self.name, self._choices, self._default, self._help):
            line.textEdited.connect(lambda _text: self._edited())
        self._type.chosen.connect(lambda _v: self._edited())
        self._kind.chosen.connect(lambda _v: self._edited())
        self._required.toggled.connect(lambda _on: self._edited())

    def _lay(self, said: str) -> None:
        top = hbox(gap=6)
        top.addWidget(self.name, 3)
        top.addWidget(self._type, 2)
        top.addWidget(IconButton("trash-2", f"Remove {said.lower()}", lambda: self.removed.emit(self)))
        self.body.addLayout(top)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        self._captions = {}
        for at, (words, field) in enumerate(
            (("Kind", self._kind), ("Choices", self._choices), ("Default", self._default), ("Help", self._help))
        ):
            caption = label(words, "caption")
            caption.setBuddy(field)
            grid.addWidget(caption, at, 0)
            grid.addWidget(field, at, 1)
            self._captions[words] = caption
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._required)
        self._error = label("Use lower-case letters, digits and _ for the name.", "danger", wrap=True)
        self.body.addWidget(self._error)

    def value(self) -> Slot:
        """The slot as it stands."""
        kind = str(self._kind.value() or "") if self._type.value() == "entity" else ""
        choices = tuple(c.strip() for c in self._choices.text().split(",") if c.strip())
        return Slot.model_validate(
            {
                "name": self.name.text().strip(), "type": self._type.value(), "kind": kind,
                "choices": choices if self._type.value() == "choice" else (), "required": self._required.isChecked(),
                "default": self._default.text(), "help": self._help.text(),
            }
        )  # fmt: skip

    def set_value(self, slot: Slot) -> None:
        """Show a slot."""
        self.name.set_text(slot.name)
        self._type.set_value(slot.type)
        self._kind.set_value(slot.kind)
        self._choices.set_text(", ".join(slot.choices))
        self._default.set_text(slot.default)
        self._help.set_text(slot.help)
        was = self._required.blockSignals(True)
        self._required.setChecked(slot.required)
        self._required.blockSignals(was)
        self._fit()

    def _fit(self) -> None:
        kind = self._type.value()
        for field, words, shown in (
            (self._kind, "Kind", kind == "entity"), (self._choices, "Choices", kind == "choice"),
            (self._default, "Default", kind != "entity"),
        ):  # fmt: skip
            field.setVisible(shown)
            self._captions[words].setVisible(shown)
        bad = bool(self.name.text()) and not NAME.fullmatch(self.name.text().strip())
        self._error.setVisible(bad)
        self.name.set_state("error" if bad else "")

    def _edited(self) -> None:
        self._fit()
        self.changed.emit()


class SlotsEditor(QWidget):
    """All slots, with a button that adds, and offers for names that the text uses and nobody declared."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[SlotCard] = []
        self._offered: tuple[Slot, ...] = ()
        column = vbox(self, gap=8)
        self._offers = vbox(gap=4)
        column.addLayout(self._offers)
        self._list = vbox(gap=8)
        column.addLayout(self._list)
        self._add = Button("Add slot", lambda: self.add(Slot(name="")), icon="plus", variant="ghost", compact=True)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def value(self) -> tuple[Slot, ...]:
        """The slots that have a name; of two with one name, the first."""
        found: dict[str, Slot] = {}
        for card in self._cards:
            slot = card.value()
            if NAME.fullmatch(slot.name):
                found.setdefault(slot.name, slot)
        return tuple(found.values())

    def set_value(self, slots: tuple[Slot, ...]) -> None:
        """Show slots without firing `changed`."""
        if slots != self.value():
            self._draw(slots)

    def add(self, slot: Slot) -> None:
        """Put a slot at the end."""
        self._draw((*(card.value() for card in self._cards), slot))
        if not slot.name:
            self._cards[-1].name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def offer(self, slots: tuple[Slot, ...]) -> None:
        """Offer slots for names that the text uses."""
        if slots == self._offered:
            return
        self._offered = slots
        clear(self._offers)
        for slot in slots:
            words = f"Add slot “{slot.name}”" + (f" ({slot.kind or 'entity'})" if slot.type == "entity" else "")
            self._offers.addWidget(Button(words, lambda slot=slot: self.add(slot), icon="sparkles", compact=True))

    def _draw(self, slots: tuple[Slot, ...]) -> None:
        clear(self._list)
        self._cards = []
        for slot in slots:
            card = SlotCard(len(self._cards) + 1, slot)
            card.changed.connect(self.changed)
            card.removed.connect(self._remove)
            self._cards.append(card)
            self._list.addWidget(card)

    def _remove(self, card: SlotCard) -> None:
        self._draw(tuple(c.value() for c in self._cards if c is not card))
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
