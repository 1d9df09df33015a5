"""Filling the slots: a field for each, by its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from studio.ui.kit.base import clear, label
from studio.ui.kit.fields import CheckBox, ComboBox, LineEdit
from studio.ui.kit.form import FormRow
from studio.ui.kit.surfaces import ScrollColumn
from studio.ui.kit.text import TextEdit
from studio.ui.linking import NameLine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.domain.recipe import Slot
    from studio.domain.world import Link
    from studio.ui.names import NameIndex


class SlotField(QObject):
    """One slot's field; `edited` fires while its value changes."""

    edited = Signal()

    def __init__(self, slot: Slot, names: NameIndex, parent: QObject) -> None:
        super().__init__(parent)
        self.slot = slot
        self._names = names
        self._ref = ""
        self.widget = self._make(slot)

    def _make(self, slot: Slot) -> QWidget:
        words, hint = slot.name.replace("_", " ").capitalize(), slot.default
        if slot.type == "bool":
            box = CheckBox("Yes", name=words)
            box.toggled.connect(lambda _on: self.edited.emit())
            return box
        if slot.type == "choice":
            combo = ComboBox(words, [(f"{slot.default or 'Not set'}" + (" (default)" if slot.default else ""), ""),
                                     *((c, c) for c in slot.choices)])  # fmt: skip
            combo.chosen.connect(lambda _v: self.edited.emit())
            return combo
        if slot.type in ("long", "pack"):
            text = TextEdit(words, placeholder=hint, min_lines=2, max_lines=8)
            text.textChanged.connect(self.edited)
            return text
        if slot.type == "entity":
            line = NameLine(words, self._names, (slot.kind,) if slot.kind else (), placeholder="Type a name")
            line.picked.connect(self._picked)
        else:
            line = LineEdit(words, placeholder=hint)
        line.textEdited.connect(lambda _text: (setattr(self, "_ref", ""), self.edited.emit()))
        return line

    def _picked(self, link: Link) -> None:
        if isinstance(self.widget, LineEdit):
            self.widget.set_text(link.text)
        self._ref = link.ref or ""
        self.edited.emit()

    def value(self) -> str:
        """The value as `slots.filled` takes it: an entity's id, or the words."""
        widget = self.widget
        if isinstance(widget, CheckBox):
            return "yes" if widget.isChecked() else ""
        if isinstance(widget, ComboBox):
            return str(widget.currentData() or "")
        if isinstance(widget, NameLine):
            link = widget.link()
            return self._ref or (link.ref or link.text if link else "")
        return widget.text() if isinstance(widget, LineEdit | TextEdit) else ""

    def set_value(self, value: str) -> None:
        """Show a value without firing `edited`."""
        was = self.blockSignals(True)
        widget = self.widget
        if isinstance(widget, CheckBox):
            widget.setChecked(value == "yes")
        elif isinstance(widget, ComboBox):
            widget.setCurrentIndex(max(0, widget.findData(value)))
        elif isinstance(widget, NameLine):
            known = self._names.get(value)
            self._ref = value if known else ""
            widget.set_text(known.text if known else value)
        elif isinstance(widget, LineEdit | TextEdit):
            widget.set_text(value)
        self.blockSignals(was)


class FillTab(ScrollColumn):
    """The fields of all slots. `edited` fires while one changes."""

    edited = Signal()

    def __init__(self, names: NameIndex) -> None:
        super().__init__("Slots to fill", margins=(12, 12, 12, 16), gap=10)
        self._names = names
        self._slots: tuple[Slot, ...] | None = None
        self._fields: dict[str, SlotField] = {}
        self._rows: dict[str, FormRow] = {}
        self._kept: dict[str, str] = {}

    def show_slots(self, slots: tuple[Slot, ...], values: dict[str, str] | None = None) -> None:
        """Show fields for these slots; what is filled stays filled."""
        self._kept = dict(values) if values is not None else self._kept | self.values()
        if slots != self._slots:
            self._slots = slots
            self._draw(slots)
        for name, field in self._fields.items():
            if field.value() != self._kept.get(name, ""):
                field.set_value(self._kept.get(name, ""))

    def values(self) -> dict[str, str]:
        """What is filled, by slot."""
        return {name: field.value() for name, field in self._fields.items()}

    def mark_missing(self, names: tuple[str, ...]) -> None:
        """Say which required ones are empty."""
        for name, row in self._rows.items():
            row.label.setText(self._words(self._fields[name].slot, missing=name in names))

    def refuse(self, name: str, sentence: str) -> None:
        """Say what is wrong with one field, and that the others are fine."""
        for other, row in self._rows.items():
            row.set_error(sentence if other == name else "")

    def reveal(self, name: str) -> None:
        """Take the focus to a slot's field."""
        if name in self._fields:
            self._fields[name].widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.ensureWidgetVisible(self._rows[name])

    def focus_first(self) -> None:
        """Take the focus to the first field that is empty, else to the first."""
        names = list(self._fields)
        empty = [n for n in names if not self._fields[n].value()]
        if names:
            self.reveal((empty or names)[0])

    def _words(self, slot: Slot, *, missing: bool) -> str:
        words = slot.name.replace("_", " ").capitalize()
        return f"{words} – needed" if missing else words

    def _draw(self, slots: tuple[Slot, ...]) -> None:
        clear(self.body)
        for field in self._fields.values():
            field.deleteLater()
        self._fields, self._rows = {}, {}
        if not slots:
            self.body.addWidget(label("This recipe has no slots: the prompt is ready below.", "muted", wrap=True))
        for slot in slots:
            field = SlotField(slot, self._names, self)
            field.set_value(self._kept.get(slot.name, ""))
            field.edited.connect(self.edited)
            row = FormRow(self._words(slot, missing=False), field.widget, helper=slot.help, optional=not slot.required)
            self._fields[slot.name], self._rows[slot.name] = field, row
            self.body.addWidget(row)
        self.body.addStretch(1)
