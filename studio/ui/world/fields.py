"""One typed field of an entity: the widget that fits its type, its origin, and how it can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from studio.domain.record import Authorship
from studio.services.world.marks import authorship_of
from studio.services.world.values import plain
from studio.ui.almanac.field import DateField
from studio.ui.kit import Badge, ComboBox, FormRow, LineEdit, TextEdit
from studio.ui.world.picker import LinkField, LinksField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from studio.domain.record import Provenance
    from studio.domain.vocabulary import FieldSpec
    from studio.ui.context import StudioContext

Marks = tuple["Provenance", ...]


class LineField(LineEdit):
    """Text, numbers and dates on one line."""

    edited = Signal()

    def __init__(self, name: str, *, placeholder: str = "") -> None:
        super().__init__(name, placeholder=placeholder)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def read(self) -> str:
        """The text."""
        return self.text().strip()

    def put(self, value: object) -> None:
        """Show a value."""
        if self.text().strip() != plain(value):
            self.set_text(plain(value))


class LongField(TextEdit):
    """Text of several lines; lists have one thing on each."""

    edited = Signal()

    def __init__(self, name: str, *, placeholder: str = "", as_list: bool = False) -> None:
        super().__init__(name, placeholder=placeholder, min_lines=2, max_lines=10)
        self._as_list = as_list
        self._quiet = False
        self.textChanged.connect(lambda: None if self._quiet else self.edited.emit())

    def read(self) -> Any:
        """The text, or the lines."""
        text = self.text()
        return [line.strip() for line in text.splitlines() if line.strip()] if self._as_list else text.rstrip()

    def put(self, value: object) -> None:
        """Show a value without firing `edited`."""
        now = self.read()
        if now != value and (plain(now) != plain(value)):
            self._quiet = True
            self.set_text(plain(value))
            self._quiet = False


class NumberField(LineField):
    """A number as it is written; the arrow keys step it within the usual bounds. Words are kept too."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec.label)
        self._spec = spec

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or not self._step(step):
            super().keyPressEvent(event)

    def _step(self, step: int) -> bool:
        try:
            now = float(self.text().strip() or self._spec.least or 0)
        except ValueError:
            return False
        least, most = self._spec.least, self._spec.most
        wanted = max(now + step, now + step if least is None else least)
        wanted = min(wanted, wanted if most is None else most)
        self.setText(f"{wanted:g}")
        self.edited.emit()
        return True


class ChoiceField(ComboBox):
    """One of the usual words, or another that is typed."""

    edited = Signal()
    committed = Signal(str)

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec.label, ["", *spec.choices], editable=True)
        self.chosen.connect(lambda _value: (self.edited.emit(), self.committed.emit(self.read())))
        if (line := self.lineEdit()) is not None:
            line.textEdited.connect(lambda _text: self.edited.emit())
            line.editingFinished.connect(lambda: self.committed.emit(self.read()))

    def read(self) -> str:
        """The word."""
        return self.currentText().strip()

    def put(self, value: object) -> None:
        """Show a value."""
        if self.read() != plain(value):
            self.set_value(plain(value))


class BoolField(ComboBox):
    """Yes, no, or not said."""

    edited = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name, [("Not said", None), ("Yes", True), ("No", False)])
        self.chosen.connect(lambda _value: self.edited.emit())

    def read(self) -> object:
        """The choice."""
        return self.value()

    def put(self, value: object) -> None:
        """Show a value."""
        self.set_value(value)


Editor = LineField | DateField | LongField | BoolField | ChoiceField | LinkField | LinksField


def editor_for(spec: FieldSpec, ctx: StudioContext, *, owner: str) -> Editor:
    """The widget that fits a field's type."""
    if spec.type == "link":
        return LinkField(spec.label, ctx, kinds=spec.kinds, but=owner)
    if spec.type == "links":
        return LinksField(spec.label, ctx, kinds=spec.kinds, but=owner)
    if spec.type == "long":
        return LongField(spec.label)
    if spec.type == "list":
        return LongField(spec.label, placeholder="One on each line", as_list=True)
    if spec.type == "bool":
        return BoolField(spec.label)
    if spec.type == "choice":
        return ChoiceField(spec)
    if spec.type == "number":
        return NumberField(spec)
    return DateField(spec.label, ctx.calendars) if spec.type == "date" else LineField(spec.label)


class FieldRow(FormRow):
    """A field with its label and marks. An emptied field goes away by itself."""

    origin_wanted = Signal(object)

    def __init__(self, path: str, spec: FieldSpec, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(spec.label, editor, helper=spec.help, parent=parent)
        self.path = path
        self.spec = spec
        self.editor = editor
        if spec.gm_only:
            self.head.insertWidget(1, Badge("GM only", "warn"), 0, Qt.AlignmentFlag.AlignVCenter)
            editor.setAccessibleDescription(" ".join(filter(None, ("Only the game master sees this", spec.help))))
        self._marks: Marks = ()
        editor.edited.connect(self.check)

    def put(self, value: object) -> None:
        """Show a value, and say where it is unusual."""
        self.editor.put(value)
        self.check()

    def check(self) -> None:
        """Say under the field that the value is unusual. It is kept all the same."""
        self.set_error("")
        words = unusual(self.spec, plain(self.editor.read()))
        self.set_helper(words or self.spec.help)

    def show_marks(self, marks: Marks, sources: dict[str, str]) -> None:
        """Show where the value comes from; one that a person wrote needs no mark."""
        if marks == self._marks:
            return
        self._marks = marks
        origin = origin_of(marks)
        self.set_origin("")
        if origin is None:
            return
        edited = authorship_of(marks) is Authorship.AI_EDITED
        icon = "pencil" if edited else "quote" if origin.quote else "sparkles"
        self.set_origin(origin_words(marks, sources), lambda: self.origin_wanted.emit(origin), icon=icon)


def unusual(spec: FieldSpec, text: str) -> str:
    """A friendly sentence where a value isn't what its field usually holds, or nothing."""
    if spec.type == "choice" and text and spec.choices and text not in spec.choices:
        return f"Usually {', '.join(spec.choices[:-1])} or {spec.choices[-1]}." if spec.choices[1:] else ""
    if spec.type == "number" and text:
        return _unusual_number(spec, text)
    return "This kind usually has it." if spec.required and not text else ""


def _unusual_number(spec: FieldSpec, text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return "Usually a number. It is kept as words."
    least, most = spec.least, spec.most
    if (least is None or number >= least) and (most is None or number <= most):
        return "Usually a whole number." if spec.whole and not number.is_integer() else ""
    if least is not None and most is not None:
        return f"Usually from {least:g} to {most:g}."
    return f"Usually {least:g} or more." if least is not None else f"Usually {most:g} or less."


def origin_of(marks: Marks) -> Provenance | None:
    """The first mark that isn't a person's: the message, text or import behind a value."""
    return next((mark for mark in marks if mark.source != "human"), None)


def origin_words(marks: Marks, sources: dict[str, str]) -> str:
    """“From “Chat 12”, 95 %: “quote””, and who changed it since."""
    origin = origin_of(marks)
    if origin is None:
        return "Written by hand"
    title = sources.get(origin.ref_id, "")
    where = {"chat": "From the chat", "import": "Imported", "entry": "From a note", "entity": "From an entry"}
    words = where.get(origin.source, "From elsewhere") + (f" “{title}”" if title else "")
    if origin.confidence is not None:
        words += f", {round(origin.confidence * 100)} %"
    if origin.basis == "inferred":
        words += ", inferred"
    if origin.quote:
        quote = " ".join(origin.quote.split())
        words += f": “{quote[:90]}{'…' if len(quote) > 90 else ''}”"
    author = authorship_of(marks)
    return f"{words} Edited by hand since." if author is Authorship.AI_EDITED else words
