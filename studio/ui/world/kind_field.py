"""One field of a kind in the editor of kinds: a line that opens to everything that can be said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from studio.domain.vocabulary import FieldSpec
from studio.ui.kit import (
    Badge,
    Button,
    Card,
    CheckBox,
    ComboBox,
    FlowLayout,
    FormRow,
    IconButton,
    LineEdit,
    TextEdit,
    hbox,
    label,
    vbox,
)
from studio.ui.world.add_field import FIELD_ICONS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from studio.ui.kinds import KindIndex

TYPES: tuple[tuple[str, object], ...] = (
    ("Text on one line", "text"), ("Long text", "long"), ("Choice", "choice"), ("Number", "number"),
    ("Yes or no", "bool"), ("Date", "date"), ("List", "list"), ("Link to an entry", "link"),
    ("Links to entries", "links"),
)  # fmt: skip
TYPE_WORDS: dict[object, str] = {name: words for words, name in TYPES}


class FieldCard(Card):
    """A field. `typed` while something is being typed, `changed` when it is to be stored."""

    typed = Signal()
    changed = Signal()
    moved = Signal(int)
    """One up (−1) or down (1)."""
    removed = Signal()

    def __init__(self, spec: FieldSpec, kinds: KindIndex, parent: QWidget | None = None) -> None:
        super().__init__(margins=(10, 4, 6, 6), gap=6, parent=parent)
        self.spec = spec
        self._kinds = kinds
        self._more: QWidget | None = None
        row = hbox(gap=4)
        self.head = Button("", self.flip, variant="row", compact=True)
        self._badge = Badge("GM only", "warn")
        row.addWidget(self.head, 1)
        row.addWidget(self._badge)
        self._kind = label("", "caption")
        row.addWidget(self._kind)
        self._buttons = [
            IconButton("arrow-up", "Move up", lambda: self.moved.emit(-1), key="Alt+Up"),
            IconButton("arrow-down", "Move down", lambda: self.moved.emit(1), key="Alt+Down"),
            IconButton("x", "Remove field", self.removed.emit),
        ]
        for button in self._buttons:
            row.addWidget(button)
        self.body.addLayout(row)
        self._say()

    def _say(self) -> None:
        spec = self.spec
        self.head.setText(spec.label)
        self.head.set_icon(FIELD_ICONS.get(spec.type, "type"))
        self.head.setAccessibleDescription("expanded" if self.is_open else "collapsed")
        self.head.setToolTip(f"Kept as {spec.name}")
        self._badge.setVisible(spec.gm_only)
        self._kind.setText(TYPE_WORDS[spec.type] + (", usually filled" if spec.required else ""))
        for button, words in zip(self._buttons, ("Move up", "Move down", "Remove"), strict=True):
            button.setAccessibleName(f"{words}: {spec.label}")

    @property
    def is_open(self) -> bool:
        """Whether everything about the field shows."""
        return self._more is not None and not self._more.isHidden()

    def flip(self) -> None:
        """Open or close it."""
        if self._more is None:
            self._more = QWidget()
            self._build(self._more)
            self.body.addWidget(self._more)
        else:
            self._more.setVisible(self._more.isHidden())
        self._say()

    def show_spec(self, spec: FieldSpec) -> None:
        """Follow the stored field, unless it is what shows already."""
        if spec != self.spec:
            opened, self.spec = self.is_open, spec
            if self._more is not None:
                self._more.hide()
                self._more.deleteLater()
                self._more = None
            if opened:
                self.flip()
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    # ---- what can be said about it -----------------------------------------------------------------------------------

    def _build(self, host: QWidget) -> None:
        column = vbox(host, margins=(0, 4, 4, 4), gap=8)
        spec = self.spec
        self.title = LineEdit("Name of the field", spec.label)
        self.type = ComboBox("Type of the field", TYPES)
        self.type.set_value(spec.type)
        self.help = LineEdit("Help", spec.help, placeholder="What belongs here?")
        self.gm = CheckBox("Only the game master sees it", checked=spec.gm)
        self.required = CheckBox("Usually filled", checked=spec.required)
        column.addWidget(FormRow("Name of the field", self.title))
        column.addWidget(FormRow("Type of the field", self.type))
        column.addWidget(FormRow("Help", self.help))
        self._of_type(column)
        column.addWidget(self.gm)
        column.addWidget(self.required)
        for line in host.findChildren(LineEdit):
            line.textEdited.connect(lambda _text: self._take(self.typed))
            line.committed.connect(lambda _text: self._take(self.changed))
        for text in host.findChildren(TextEdit):
            text.textChanged.connect(lambda: self._take(self.typed))
            text.committed.connect(lambda _text: self._take(self.changed))
        for box in host.findChildren(CheckBox):
            box.clicked.connect(lambda *_: self._take(self.changed))
        self.type.chosen.connect(self._retype)

    def _of_type(self, column: Any) -> None:
        """The widgets that only this type of field has."""
        spec = self.spec
        self.choices = self.default = self.least = self.most = self.whole = None
        self.links: dict[str, CheckBox] = {}
        if spec.type == "choice":
            self.choices = TextEdit("Choices", "\n".join(spec.choices), placeholder="One on each line", max_lines=8)
            column.addWidget(
                FormRow("Choices", self.choices, helper="One on each line. Others can be typed all the same.")
            )
        if spec.type == "number":
            self.least = LineEdit("Usually at least", _number_words(spec.least))
            self.most = LineEdit("Usually at most", _number_words(spec.most))
            self.whole = CheckBox("Whole numbers", checked=spec.whole)
            for row in (FormRow("Usually at least", self.least), FormRow("Usually at most", self.most), self.whole):
                column.addWidget(row)
        if spec.type in ("link", "links"):
            column.addWidget(label("Leads to", "label"))
            flow = FlowLayout(gap=8)
            for kind in self._kinds.all():
                self.links[kind.name] = CheckBox(kind.label, checked=kind.name in spec.kinds)
                flow.addWidget(self.links[kind.name])
            column.addLayout(flow)
            column.addWidget(label("With none chosen it may lead to anything.", "caption", wrap=True))
        if spec.type in ("text", "long", "choice", "number"):
            self.default = LineEdit("To start with", "" if spec.default is None else str(spec.default))
            column.addWidget(
                FormRow("To start with", self.default, helper="Put in when the field is added to an entry.")
            )

    def _retype(self, type_: object) -> None:
        self.show_spec(FieldSpec.model_validate(self._common() | {"type": type_}))
        if not self.is_open:
            self.flip()
        self.type.setFocus()
        self.changed.emit()

    def _take(self, signal: Any) -> None:
        self.spec = FieldSpec.model_validate(self._common() | self._particular())
        self._say()
        signal.emit()

    def _common(self) -> dict[str, Any]:
        title = self.title.text().strip()
        plain = FieldSpec(name=self.spec.name).label
        return {
            "name": self.spec.name, "title": "" if title in ("", plain) else title, "help": self.help.text().strip(),
            "gm": self.gm.isChecked(), "required": self.required.isChecked(),
        }  # fmt: skip

    def _particular(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": self.spec.type, "default": self.spec.default}
        if self.choices is not None:
            lines = [line.strip() for line in self.choices.text().splitlines() if line.strip()]
            found["choices"] = tuple(dict.fromkeys(lines)) or ("…",)
        if self.least is not None and self.most is not None and self.whole is not None:
            found |= {"least": _number(self.least), "most": _number(self.most), "whole": self.whole.isChecked()}
        if self.links:
            found["kinds"] = tuple(kind for kind, box in self.links.items() if box.isChecked())
        if self.default is not None:
            typed = self.default.text().strip()
            found["default"] = (_number(self.default) if self.spec.type == "number" else typed) or None
        return found


def _number(line: LineEdit) -> int | float | None:
    try:
        number = float(line.text().strip())
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def _number_words(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
