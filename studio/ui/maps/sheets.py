"""What is asked on a map: what a pin stands for, and how far two points lie apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.ui.dialogs.base import Sheet
from studio.ui.kit import ComboBox, DecimalBox, FormRow, LineEdit, hbox
from studio.ui.picking import NamePicker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from studio.services.world.map_pages import PinRow
    from studio.ui.context import StudioContext

AUDIENCES = [("Only the game master", "gm"), ("The party", "party"), ("Everybody", "public")]
UNITS = ("miles", "km", "leagues", "days", "hours", "feet", "m")


class PinAnswer(NamedTuple):
    """What a pin is to be. `make` is the kind of an entry that has to be made for it, called `entry`."""

    name: str = ""
    target_id: str = ""
    make: str = ""
    entry: str = ""
    layer: str = ""
    note: str = ""
    visibility: str = "gm"


class PinSheet(Sheet):
    """A pin: the entry that it stands for, what it is called, its layer, a note, who sees it."""

    def __init__(
        self, ctx: StudioContext, parent: QWidget, layers: Sequence[str], *, row: PinRow | None = None
    ) -> None:
        super().__init__(parent.window(), "Edit the pin" if row else "Add a pin")
        pin = row.pin if row is not None else None
        known = ctx.names.get(pin.target_id) if pin is not None and pin.target_id else None
        entry = known.text if known is not None else row.name if row is not None and row.pin.target_id else ""
        self._target = (pin.target_id or "" if pin is not None else "", entry)
        self._make = ""
        self.picker = NamePicker("Entry", ctx, placeholder="An entry, or any words")
        self.words = LineEdit("Label", pin.name if pin else "", placeholder="As the entry is called")
        self.layer = ComboBox("Layer", [("No layer", ""), *((one, one) for one in layers)], editable=True)
        self.note = LineEdit("Note", pin.note if pin else "", placeholder="Something about this place on the map")
        self.audience = ComboBox("Open to", [*AUDIENCES])
        self.picker.set_text(entry)
        if pin is not None:
            self.layer.set_value(pin.layer)
            self.audience.set_value(pin.visibility)
        rows: list[tuple[str, QWidget]] = [("Stands for", self.picker), ("Label", self.words)]
        rows += [("Layer", self.layer), ("Note", self.note)]
        for words, field in [*rows, ("Open to", self.audience)] if pin is not None else rows:
            self.body.addWidget(FormRow(words, field))
        self.button = self.buttons("Save" if row else "Add")
        self.picker.picked.connect(lambda record_id, name, _kind: self._picked(record_id, name))
        self.picker.make.connect(self._made)
        for line in (self.picker, self.words):
            line.textChanged.connect(lambda _text: self._check())
        self._check()
        self.picker.setFocus()

    def _check(self) -> None:
        self.button.setEnabled(bool(self.picker.text().strip() or self.words.text().strip()))

    def _picked(self, record_id: str, name: str) -> None:
        self._target, self._make = (record_id, name), ""

    def _made(self, kind: str, name: str) -> None:
        self._target, self._make = ("", name), kind
        self.picker.set_text(name)
        self.accept()

    def answer(self) -> PinAnswer:
        """What was typed and chosen. Words that are no entry's name become the label."""
        typed, label = self.picker.text().strip(), self.words.text().strip()
        target = self._target[0] if typed == self._target[1] else ""
        if not target and not self._make and (exact := self.picker.exact()) is not None:
            target = exact[0]
        loose = "" if target or self._make else typed
        layer = str(self.layer.value() or "")
        return PinAnswer(
            name=label or loose, target_id=target, make=self._make, entry=typed,
            layer="" if layer == "No layer" else layer, note=self.note.text().strip(),
            visibility=str(self.audience.value() or "gm"),
        )  # fmt: skip


async def ask_scale(parent: QWidget, unit: str, act: Callable[[float, str], Awaitable[object]]) -> bool:
    """How far apart two points lie, and in what: `act` gets both."""
    sheet = Sheet(parent.window(), "Set the scale", sentence="How far apart are the two points that you marked?")
    distance = DecimalBox("Distance", 0.0, most=1e7, step=1)
    words = ComboBox("Unit", list(UNITS), editable=True)
    words.set_value(unit or UNITS[0])
    row = hbox(gap=8)
    row.addWidget(FormRow("Distance", distance), 1)
    row.addWidget(FormRow("Unit", words), 1)
    sheet.body.addLayout(row)
    button = sheet.buttons("Set the scale")
    distance.valueChanged.connect(lambda value: button.setEnabled(value > 0))
    button.setEnabled(False)
    distance.setFocus()
    distance.selectAll()
    return await sheet.ask(lambda: act(distance.value(), str(words.value() or "").strip()))
