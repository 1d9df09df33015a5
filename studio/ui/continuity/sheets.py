"""What a fork and a mute ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from studio.services.continuity.resolve import NAMES
from studio.services.continuity.rulings import rule_of, rule_words
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import ComboBox, FormRow, LineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.domain.ids import RecordId
    from studio.services.continuity.triage import CardView


class ForkSheet(Sheet):
    """Which side becomes another entry, and what that one is called."""

    def __init__(self, parent: QWidget | None, card: CardView) -> None:
        named = card.row.judged.finding.type in NAMES
        super().__init__(
            parent, "Make them two",
            sentence="The entry that you choose gets another name." if named
            else "The statement that you choose moves to a new entry, a draft.",
        )  # fmt: skip
        sides = [(_side(card, at), at) for at in card.offers.fork]
        self._which = ComboBox("Which one", sides)
        self._which.set_value(card.offers.fork[-1])
        self._name = LineEdit("Name of the other entry", placeholder="A name that tells them apart")
        self.body.addWidget(FormRow("Which one", self._which))
        self.body.addWidget(FormRow("Name", self._name))
        button = self.buttons("Make them two")
        button.setEnabled(False)
        self._name.textChanged.connect(lambda text: button.setEnabled(bool(text.strip())))
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def at(self) -> int:
        """The place of the chosen side in the evidence."""
        return int(self._which.value())  # pyright: ignore[reportArgumentType]

    @property
    def name(self) -> str:
        """What was typed."""
        return self._name.text().strip()


def _side(card: CardView, at: int) -> str:
    side = card.sides[at]
    words = side.evidence.says or side.evidence.quote
    words = words if not words or words.startswith(side.name) else f"{side.name}: {words}"
    return words[:70] if words else f"{side.name}, {side.where.lower()}"


class MuteSheet(Sheet):
    """For whom a rule doesn't count, and why."""

    def __init__(self, parent: QWidget | None, card: CardView) -> None:
        rule = rule_words(rule_of(card.row.judged.finding))
        super().__init__(
            parent, f"Mute the rule “{rule}”",
            sentence="What it finds stays listed under “Answered”, and can be let out again.",
        )  # fmt: skip
        whom = [("In the whole project", ""), *((f"Only for “{name}”", record) for record, name in card.row.subjects)]
        self._whom = ComboBox("For whom", whom)
        self._why = LineEdit("Why", placeholder="Titles pile up in this world")
        self.body.addWidget(FormRow("For whom", self._whom))
        self.body.addWidget(FormRow("Why", self._why))
        button = self.buttons("Mute")
        button.setEnabled(False)
        self._why.textChanged.connect(lambda text: button.setEnabled(bool(text.strip())))
        self._why.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def reason(self) -> str:
        """What was typed."""
        return self._why.text().strip()

    @property
    def subject(self) -> RecordId | None:
        """The one entity that it is muted for, or None."""
        return self._whom.value() or None  # pyright: ignore[reportReturnType]
