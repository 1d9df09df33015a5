"""One typed field of an entity: the widget that fits its type, its origin, and how it can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from studio.domain.record import Authorship
from studio.domain.vocabulary import GM_ONLY_FIELDS
from studio.services.world.marks import authorship_of
from studio.services.world.values import plain
from studio.ui.kit import Badge, ComboBox, FormRow, LineEdit, TextEdit
from studio.ui.world.picker import LinkField, LinksField

if TYPE_CHECKING:
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


Editor = LineField | LongField | BoolField | LinkField | LinksField


def editor_for(spec: FieldSpec, ctx: StudioContext, *, owner: str) -> Editor:
    """The widget that fits a field's type."""
    if spec.type == "link":
        return LinkField(spec.label, ctx.names, kinds=spec.kinds, but=owner)
    if spec.type == "links":
        return LinksField(spec.label, ctx.names, kinds=spec.kinds, but=owner)
    if spec.type == "long":
        return LongField(spec.label)
    if spec.type == "list":
        return LongField(spec.label, placeholder="One on each line", as_list=True)
    if spec.type == "bool":
        return BoolField(spec.label)
    return LineField(spec.label, placeholder="For example: spring 812" if spec.type == "date" else "")


class FieldRow(FormRow):
    """A field with its label and marks. An emptied field goes away by itself."""

    origin_wanted = Signal(object)

    def __init__(self, path: str, spec: FieldSpec, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(spec.label, editor, parent=parent)
        self.path = path
        self.spec = spec
        self.editor = editor
        if spec.name in GM_ONLY_FIELDS:
            self.head.insertWidget(1, Badge("GM only", "warn"), 0, Qt.AlignmentFlag.AlignVCenter)
            editor.setAccessibleDescription("Only the game master sees this")
        self._marks: Marks = ()

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
