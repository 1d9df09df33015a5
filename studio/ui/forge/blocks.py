"""The blocks of a recipe: who speaks, when, and the text or the recipe that is included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from studio.domain.recipe import Block, Slot
from studio.ui.forge.prompt_edit import PromptEdit
from studio.ui.kit.base import clear, hbox, label, vbox
from studio.ui.kit.buttons import Button, IconButton
from studio.ui.kit.fields import ComboBox
from studio.ui.kit.surfaces import Card

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.vocabulary import KindSpec

_ROLES: tuple[tuple[str, object], ...] = (("System", "system"), ("User", "user"), ("Assistant", "assistant"))


class BlockCard(Card):
    """One block."""

    changed = Signal()
    moved = Signal(object, int)
    removed = Signal(object)

    def __init__(
        self, number: int, block: Block, slots: Callable[[], tuple[Slot, ...]], recipes: list[tuple[str, str]],
        spec: Callable[[str], KindSpec],
    ) -> None:  # fmt: skip
        super().__init__(margins=(10, 8, 8, 10), gap=6)
        self.is_include = bool(block.include)
        self.number = number
        self._recipes = recipes
        self._slots = slots
        self._head(number)
        self._source: ComboBox | None = None
        self.text: PromptEdit | None = None
        if self.is_include:
            self._source = ComboBox(f"Block {number}: included recipe", [(t, s) for s, t in recipes], editable=True)
            self._source.chosen.connect(lambda _v: self.changed.emit())
            if (line := self._source.lineEdit()) is not None:
                line.textEdited.connect(lambda _t: self.changed.emit())
                line.setAccessibleName(f"Block {number}: included recipe")
            self.body.addWidget(self._source)
        else:
            self.text = PromptEdit(f"Block {number}: text", slots, spec)
            self.text.textChanged.connect(self.changed)
            self.body.addWidget(self.text)
        self.error = label("", "danger", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.show_block(block)

    def _head(self, number: int) -> None:
        row = hbox(gap=4)
        self._role = ComboBox(f"Block {number}: role", _ROLES, compact=True)
        self._role.chosen.connect(lambda _v: self.changed.emit())
        self._when = ComboBox(f"Block {number}: when", [("Always", "")], compact=True)
        self._when.chosen.connect(lambda _v: self.changed.emit())
        if self.is_include:
            row.addWidget(label("Include", "strong"))
            self._role.hide()
        else:
            row.addWidget(self._role)
        row.addWidget(self._when, 1)
        for icon, words, step in (("arrow-up", "Move up", -1), ("arrow-down", "Move down", 1)):
            row.addWidget(IconButton(icon, f"{words}: block {number}", lambda step=step: self.moved.emit(self, step)))
        row.addWidget(IconButton("trash-2", f"Remove block {number}", lambda: self.removed.emit(self)))
        self.body.addLayout(row)

    def show_block(self, block: Block) -> None:
        """Show a block of the same sort."""
        self._role.set_value(block.role)
        self.refresh_slots(block.when)
        if self.text is not None:
            self.text.set_text(block.text)
        if self._source is not None:
            self._source.set_value(block.include)

    def refresh_slots(self, when: str | None = None) -> None:
        """Offer the slots that are there now as conditions."""
        kept = str(self._when.value() or "") if when is None else when
        names = [s.name for s in self._slots() if s.name]
        items: list[tuple[str, object]] = [("Always", "")]
        items += [(f"If {n}", n) for n in names] + [(f"If no {n}", f"!{n}") for n in names]
        if kept and kept not in [value for _, value in items]:
            items.append((f"If {kept}", kept))
        self._when.set_items(items)
        self._when.set_value(kept)

    def value(self) -> Block:
        """The block as it stands."""
        when = str(self._when.value() or "")
        if self._source is not None:
            return Block(include=str(self._source.value() or "").strip(), when=when)
        role = self._role.value()
        text = self.text.text() if self.text is not None else ""
        return Block.model_validate({"role": role, "text": text, "when": when})

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with this block; nothing takes it back."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if self.text is not None:
            self.text.set_state("error" if sentence else "")
            self.text.setAccessibleDescription(sentence)


class BlocksEditor(QWidget):
    """All blocks, with buttons that add."""

    changed = Signal()

    def __init__(self, slots: Callable[[], tuple[Slot, ...]], spec: Callable[[str], KindSpec]) -> None:
        super().__init__()
        self._slots, self._spec = slots, spec
        self._recipes: list[tuple[str, str]] = []
        self.cards: list[BlockCard] = []
        column = vbox(self, gap=8)
        self._list = vbox(gap=8)
        column.addLayout(self._list)
        row = hbox(gap=8)
        row.addWidget(Button("Add block", self._append, icon="plus", variant="ghost", compact=True))
        row.addWidget(Button("Include a recipe", self._include, icon="link-2", variant="ghost", compact=True))
        row.addStretch(1)
        column.addLayout(row)

    def set_recipes(self, recipes: list[tuple[str, str]]) -> None:
        """(slug, title) of what may be included."""
        self._recipes = recipes

    def value(self) -> tuple[Block, ...]:
        """The blocks as they stand."""
        return tuple(card.value() for card in self.cards)

    def set_value(self, blocks: tuple[Block, ...]) -> None:
        """Show blocks without firing `changed`."""
        if blocks == self.value():
            return
        if [bool(b.include) for b in blocks] == [c.is_include for c in self.cards]:
            for card, block in zip(self.cards, blocks, strict=True):
                if card.value() != block:
                    was = card.blockSignals(True)
                    card.show_block(block)
                    card.blockSignals(was)
        else:
            self._draw(blocks)

    def refresh_slots(self) -> None:
        """The slots changed."""
        for card in self.cards:
            card.refresh_slots()

    def refuse(self, index: int | None, sentence: str) -> None:
        """Say what is wrong with a block, and that the others are fine."""
        for at, card in enumerate(self.cards):
            card.refuse(sentence if at == index else "")

    def _draw(self, blocks: tuple[Block, ...]) -> None:
        clear(self._list)
        self.cards = []
        for block in blocks:
            card = BlockCard(len(self.cards) + 1, block, self._slots, self._recipes, self._spec)
            card.changed.connect(self.changed)
            card.moved.connect(self._move)
            card.removed.connect(self._remove)
            self.cards.append(card)
            self._list.addWidget(card)

    def _append(self) -> None:
        self._draw((*self.value(), Block()))
        if (text := self.cards[-1].text) is not None:
            text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _include(self) -> None:
        first = self._recipes[0][0] if self._recipes else "recipe-slug"
        self._draw((*self.value(), Block(include=first)))
        self.changed.emit()

    def _move(self, card: BlockCard, step: int) -> None:
        at, blocks = self.cards.index(card), list(self.value())
        if 0 <= at + step < len(blocks):
            blocks[at], blocks[at + step] = blocks[at + step], blocks[at]
            self._draw(tuple(blocks))
            self.changed.emit()

    def _remove(self, card: BlockCard) -> None:
        self._draw(tuple(c.value() for c in self.cards if c is not card))
        self.changed.emit()
