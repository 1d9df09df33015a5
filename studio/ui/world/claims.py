"""Claims on the page of an entry: what else is said about it, each with who says so, and edited where it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from studio.ui.kit import Card, ComboBox, FormRow, IconButton, LineEdit, Section, hbox, label, vbox
from studio.ui.picking import NamePicker
from studio.ui.world.fields import origin_of
from studio.ui.world.rows import LinkRow, keyed, tab_as_read
from studio.ui.world.saying import SayingForm, SourceList

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from studio.domain.vocabulary import KindSpec
    from studio.services.world.claims import ClaimRow
    from studio.services.world.said import Said
    from studio.ui.context import StudioContext
    from studio.ui.world.fields import Marks


class Details(Card):
    """A card that opens under a row; Esc closes it and gives the focus back."""

    closed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(sunken=True, margins=(12, 8, 12, 10), gap=8)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class EditedLine(QWidget):
    """A line that says what is in a record, and under it, while that is open, the card that edits it.

    Subclasses make both. A card tells `changed(changes)` and takes `show_row` with what the line was shown.
    """

    changed = Signal(str, object)
    removed = Signal(str)
    opened = Signal(str, str)
    origin_wanted = Signal(object)
    edit_button: IconButton

    def __init__(self, ctx: StudioContext, row: Any, owner: str) -> None:
        super().__init__()
        self.ctx, self.row, self._owner = ctx, row, owner
        self._column = vbox(self, gap=4)
        self._line: QWidget | None = None
        self._shown: tuple[Any, ...] = ()
        self.editor: Any = None

    def _make_line(self) -> QWidget:
        raise NotImplementedError

    def _make_editor(self) -> tuple[Any, QWidget]:
        """The card, and where typing starts in it."""
        raise NotImplementedError

    def show_row(self, row: Any, *more: Any) -> None:
        """Follow the record."""
        if (row, *more) != self._shown:
            focused = self._line is not None and self._line.isAncestorOf(self.window().focusWidget() or self)
            self.row, self._shown = row, (row, *more)
            line = self._make_line()
            if self._line is not None:
                self._column.replaceWidget(self._line, line)
                self._line.hide()
                self._line.deleteLater()
            else:
                self._column.insertWidget(0, line)
            self._line = line
            if focused:
                self.edit_button.setFocus()
        if self.editor is not None:
            self.editor.show_row(row, *more)

    def flip(self) -> None:
        """Open or close the card that edits it."""
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
            self.edit_button.setFocus()
            return
        editor, first = self._make_editor()
        editor.changed.connect(lambda changes: self.changed.emit(self.row.id, changes))
        editor.opened.connect(self.opened)
        editor.origin_wanted.connect(self.origin_wanted)
        editor.closed.connect(self.flip)
        editor.show_row(*self._shown)
        self._column.addWidget(editor)
        if self._line is not None:
            tab_as_read(self._line, editor)
        editor.show()
        self.editor = editor
        first.setFocus()


class ValueDetails(Details):
    """What is said about the value of one field, and where it comes from."""

    changed = Signal(object)
    opened = Signal(str, str)
    origin_wanted = Signal(object)

    def __init__(self, ctx: StudioContext, name: str) -> None:
        super().__init__(f"Details of {name}")
        self.form = SayingForm(ctx, as_entry=True)
        self.sources = SourceList()
        self.body.addWidget(self.form)
        self.body.addWidget(self.sources)
        self.form.changed.connect(self.changed)
        self.form.opened.connect(self.opened)
        self.sources.origin_wanted.connect(self.origin_wanted)

    def show_value(self, said: Said, marks: Marks, sources: dict[str, str]) -> None:
        """Follow the record."""
        self.form.show_said(said)
        self.sources.show_marks(marks, sources)


class ClaimEditor(Details):
    """Everything about one claim."""

    changed = Signal(object)
    opened = Signal(str, str)
    origin_wanted = Signal(object)

    def __init__(self, ctx: StudioContext, row: ClaimRow, owner: str) -> None:
        super().__init__(f"Edit: {row.label}")
        self._row = row
        self.predicate = LineEdit("What it is about", row.predicate.replace("_", " "))
        self.value = NamePicker("What it says", ctx, but=owner, placeholder="Words, or an entry", can_make=False)
        self.form = SayingForm(ctx)
        self.sources = SourceList()
        self.body.addWidget(FormRow("What it is about", self.predicate))
        self.body.addWidget(FormRow("What it says", self.value))
        self.body.addWidget(self.form)
        self.body.addWidget(self.sources)
        self.predicate.committed.connect(self._about)
        self.value.picked.connect(lambda record_id, _name, _kind: self._says(record_id, ""))
        self.value.committed.connect(self._typed)
        self.form.changed.connect(self.changed)
        self.form.opened.connect(self.opened)
        self.sources.origin_wanted.connect(self.origin_wanted)

    def show_row(self, row: ClaimRow, sources: dict[str, str]) -> None:
        """Follow the record; what is being typed stays."""
        self._row = row
        for line, words in ((self.predicate, row.predicate.replace("_", " ")), (self.value, row.text)):
            if not (line.hasFocus() and line.isModified()):
                line.set_text(words)
        self.form.show_said(row.said)
        self.sources.show_marks(row.prov, sources)

    def _about(self, words: str) -> None:
        if name := predicate_of(words):
            self.changed.emit({"predicate": name})
        else:
            self.predicate.set_text(self._row.predicate.replace("_", " "))

    def _typed(self, text: str) -> None:
        if not text.strip():
            self.value.set_text(self._row.text)
        elif text.strip() != self._row.text:
            exact = self.value.exact()
            self._says(exact[0] if exact else "", text.strip())

    def _says(self, record_id: str, text: str) -> None:
        if record_id and record_id == self._row.object_id:
            return
        said = {"object_id": record_id, "value": None} if record_id else {"object_id": None, "value": text}
        self.changed.emit(said)


def predicate_of(words: str) -> str:
    """The name under which a claim is kept: `eye colour` is `eye_colour`."""
    return "_".join(words.split()).replace(".", "")


class ClaimLine(EditedLine):
    """One claim: what it says in a line, and a card that edits it."""

    promoted = Signal(str)

    def __init__(self, ctx: StudioContext, row: ClaimRow, owner: str, *, short: bool = False) -> None:
        super().__init__(ctx, row, owner)
        self._short = short

    def _make_line(self) -> QWidget:
        row: ClaimRow = self.row
        before = "" if self._short else row.label
        made = QWidget()
        column = vbox(made, gap=0)
        if row.object_id:
            line: Any = LinkRow(row.text, row.object_kind, lambda: self._open(row), before=before)
            buttons = line.row
            column.addWidget(line)
        else:
            buttons = hbox(gap=6)
            if before:
                buttons.addWidget(label(before, "muted"))
            words = label(row.text, wrap=True)
            buttons.addWidget(words, 1)
            column.addLayout(buttons)
        said = f"{row.label} {row.text}"
        if (origin := origin_of(row.prov)) is not None:
            quote = IconButton("quote", f"Where “{said}” comes from", lambda: self.origin_wanted.emit(origin))
            buttons.addWidget(quote)
        if self._short:
            up = IconButton("arrow-up", f"Make it the value: {said}", lambda: self.promoted.emit(row.id))
            buttons.addWidget(up)
        self.edit_button = IconButton("pencil", f"Edit: {said}", self.flip)
        buttons.addWidget(self.edit_button)
        buttons.addWidget(IconButton("x", f"Remove: {said}", lambda: self.removed.emit(row.id)))
        if notes := " · ".join(part for part in (row.said.words, row.source and f"after “{row.source}”") if part):
            column.addWidget(label(notes, "caption", wrap=True))
        return made

    def _open(self, row: ClaimRow) -> None:
        self.opened.emit(row.object_id or "", row.object_kind)

    def _make_editor(self) -> tuple[ClaimEditor, QWidget]:
        editor = ClaimEditor(self.ctx, self.row, self._owner)
        return editor, editor.value


class ClaimsSection(Section):
    """Every claim beside the fields, and a line that adds one."""

    added = Signal(str, str, str)
    """(predicate, value in words, id of the entity that is the value)"""
    changed = Signal(str, object)
    removed = Signal(str)
    promoted = Signal(str)
    opened = Signal(str, str)
    origin_wanted = Signal(object)

    def __init__(self, ctx: StudioContext, owner: str, parent: QWidget | None = None) -> None:
        super().__init__("Claims", count=0, parent=parent)
        self.ctx, self._owner = ctx, owner
        self.lines: dict[str, ClaimLine] = {}
        self.list = vbox(gap=4)
        self.body.addLayout(self.list)
        self.empty = label(
            "What else is said about it: rumours, lies, other values at other times.", "caption", wrap=True
        )
        self.body.addWidget(self.empty)
        row = hbox(gap=6)
        self.predicate = ComboBox("What the claim is about", compact=True, editable=True)
        self.predicate.setMinimumContentsLength(7)
        self.value = NamePicker("What the claim says", ctx, placeholder="says …", but=owner, can_make=False)
        self.add_button = IconButton("plus", "Add claim", self.add)
        row.addWidget(self.predicate, 2)
        row.addWidget(self.value, 3)
        row.addWidget(self.add_button)
        self.body.addLayout(row)
        self._picked = ""
        self.value.picked.connect(self._take)
        self.value.textEdited.connect(lambda _text: self._forget())
        self.value.returnPressed.connect(self.add)
        self.predicate.setEditText("")
        if (line := self.predicate.lineEdit()) is not None:
            line.setPlaceholderText("about …")

    def set_kind(self, kind: KindSpec) -> None:
        """Offer the fields of this kind."""
        typed = self.predicate.currentText()
        self.predicate.set_items([(spec.label, spec.name) for spec in kind.fields])
        self.predicate.setEditText(typed)

    def set_owner(self, record_id: str) -> None:
        """Another entity is shown."""
        self._owner = record_id
        keyed(self.list, self.lines, (), self._make)
        self.value.set_owner(record_id)
        self.value.set_text("")

    def show_rows(self, rows: tuple[ClaimRow, ...], sources: dict[str, str]) -> None:
        """Show these claims."""
        keyed(self.list, self.lines, rows, self._make)
        for row in rows:
            self.lines[row.id].show_row(row, sources)
        self.set_count(len(rows))
        tab_as_read(*(self.lines[row.id] for row in rows), self.predicate, self.value, self.add_button)
        self.empty.setVisible(not rows)

    def _make(self, row: ClaimRow) -> ClaimLine:
        return connected(ClaimLine(self.ctx, row, self._owner), self)

    def _take(self, record_id: str, _name: str, _kind: str) -> None:
        self._picked = record_id
        QTimer.singleShot(0, self, self.add)

    def _forget(self) -> None:
        self._picked = ""

    def add(self) -> None:
        """State what is typed."""
        name = predicate_of(str(self.predicate.value() or ""))
        text = self.value.text().strip()
        exact = self.value.exact()
        if not name or not text:
            (self.value if name else self.predicate).setFocus()
            return
        self.added.emit(name, text, self._picked or (exact[0] if exact else ""))
        self.value.set_text("")
        self._picked = ""


def connected(line: ClaimLine, section: Any) -> ClaimLine:
    """Pass on what a line wants to somebody with the same signals."""
    line.changed.connect(section.changed)
    line.removed.connect(section.removed)
    line.promoted.connect(section.promoted)
    line.opened.connect(section.opened)
    line.origin_wanted.connect(section.origin_wanted)
    return line
