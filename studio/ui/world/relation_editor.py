"""One relation on the page of an entry: a line that reads from there, and a card that edits everything about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.services.world import relations
from studio.ui.kit import ComboBox, FormRow, LineEdit, NumberBox, label, vbox
from studio.ui.kit.flow import SideBySide
from studio.ui.picking import NamePicker
from studio.ui.world.claims import Details, EditedLine
from studio.ui.world.fields import origin_of
from studio.ui.world.rows import LinkRow
from studio.ui.world.saying import SayingForm, SourceList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.services.world.relations import RelationRow
    from studio.ui.context import StudioContext

_UNSAID = -101
"""What the box for an attitude holds where none is said."""


class RelationEditor(Details):
    """Each change is told by `changed(changes)`, with the type and the ends as they read from the owner."""

    changed = Signal(object)
    opened = Signal(str, str)
    origin_wanted = Signal(object)

    def __init__(self, ctx: StudioContext, row: RelationRow, kind: str, owner: str) -> None:
        super().__init__(f"Edit: {row.label} {row.other_name}")
        self._row, self._owner = row, owner
        choices = [(words, name) for name, words in relations.type_choices(kind, row.other_kind)]
        self.type = ComboBox("Type of relation", choices, editable=True)
        self.other = NamePicker("Other end", ctx, but=owner, can_make=False)
        self.reading = label("", "caption", wrap=True)
        self.warning = label("", "warn", wrap=True)
        self.warning.hide()
        self.rank = LineEdit("Rank", placeholder="second, captain …")
        self.role = LineEdit("Role", placeholder="spy, heir …")
        self.attitude = NumberBox("Attitude", _UNSAID, least=_UNSAID, most=100)
        self.attitude.setSpecialValueText("Not said")
        self.attitude.setSingleStep(5)
        self.attitude_row = FormRow("Attitude", self.attitude, helper="From −100, hates, to 100, devoted.")
        self.form = SayingForm(ctx, known_by=False)
        self.sources = SourceList()
        self.body.addWidget(SideBySide(FormRow("Type of relation", self.type), FormRow("Other end", self.other)))
        for part in (self.reading, self.warning, SideBySide(FormRow("Rank", self.rank), FormRow("Role", self.role)),
                     self.attitude_row, self.form, self.sources):  # fmt: skip
            self.body.addWidget(part)
        self._connect()

    def _connect(self) -> None:
        self.type.chosen.connect(lambda _value: self._retype())
        if (line := self.type.lineEdit()) is not None:
            line.editingFinished.connect(self._retype)
        self.other.picked.connect(lambda record_id, _name, _kind: self._turn(record_id))
        self.other.committed.connect(lambda _text: self._other_typed())
        self.rank.committed.connect(lambda text: self.changed.emit({"rank": text.strip()}))
        self.role.committed.connect(lambda text: self.changed.emit({"role": text.strip()}))
        self.attitude.valueChanged.connect(lambda _value: self._say_attitude())
        self.attitude.editingFinished.connect(self._feel)
        self.form.changed.connect(self.changed)
        self.form.opened.connect(self.opened)
        self.sources.origin_wanted.connect(self.origin_wanted)

    def show_row(self, row: RelationRow, name: str, sources: dict[str, str]) -> None:
        """Follow the record; `name` is the owner's. What is being typed stays."""
        self._row = row
        line = self.type.lineEdit()
        if line is None or not (self.type.hasFocus() and line.isModified()):
            at = self.type.findText(row.label)
            self.type.setCurrentIndex(at)
            self.type.setEditText(row.label)
        for field, words in ((self.other, row.other_name), (self.rank, row.rank), (self.role, row.role)):
            if not (field.hasFocus() and field.isModified()):
                field.set_text(words)
        self.reading.setText(f"{name} {row.label} {row.other_name} · {row.other_name} {row.inverse} {name}")
        if not self.attitude.hasFocus():
            self.attitude.setValue(_UNSAID if row.attitude is None else row.attitude)
        self._say_attitude()
        self.form.show_said(row.said)
        self.sources.show_marks(row.prov, sources)

    def warn(self, sentences: Sequence[str]) -> None:
        """Say what is unusual about it."""
        self.warning.setText(" ".join(sentences))
        self.warning.setVisible(bool(sentences))

    def _say_attitude(self) -> None:
        value = self.attitude.value()
        words = relations.attitude_words(value) if value > _UNSAID else "From −100, hates, to 100, devoted."
        self.attitude_row.set_helper(words)

    def _feel(self) -> None:
        value = None if self.attitude.value() == _UNSAID else self.attitude.value()
        if value != self._row.attitude:
            self.changed.emit({"attitude": value})

    def _retype(self) -> None:
        words = str(self.type.value() or "").strip()
        if not words:
            self.type.setEditText(self._row.label)
        elif words.replace("_", " ") != self._row.label:
            self.changed.emit({"type": words, "from_id": self._owner, "to_id": self._row.other_id})

    def _other_typed(self) -> None:
        exact = self.other.exact()
        if exact is None:
            self.other.set_text(self._row.other_name)
        else:
            self._turn(exact[0])

    def _turn(self, record_id: str) -> None:
        if record_id != self._row.other_id:
            self.changed.emit({"to_id" if self._row.outgoing else "from_id": record_id})


class RelationLine(EditedLine):
    """A relation as it reads from its owner."""

    edited = Signal(str)
    """The card of this relation opened: say what is unusual about it."""

    def __init__(self, ctx: StudioContext, row: RelationRow, kind: str, owner: str) -> None:
        super().__init__(ctx, row, owner)
        self._kind = kind

    def _make_line(self) -> QWidget:
        row: RelationRow = self.row
        made = QWidget()
        column = vbox(made, gap=0)
        line = LinkRow(
            row.other_name, row.other_kind, lambda: self.opened.emit(row.other_id, row.other_kind), before=row.label
        )
        said = f"{row.label} {row.other_name}"
        if (origin := origin_of(row.prov)) is not None:
            line.add_button("quote", f"Where “{said}” comes from", lambda: self.origin_wanted.emit(origin))
        self.edit_button = line.add_button("pencil", f"Edit: {said}", self.flip)
        line.add_button("x", f"Remove: {said}", lambda: self.removed.emit(row.id))
        column.addWidget(line)
        if row.notes:
            column.addWidget(label(row.notes, "caption", wrap=True))
        return made

    def _make_editor(self) -> tuple[RelationEditor, QWidget]:
        editor = RelationEditor(self.ctx, self.row, self._kind, self._owner)
        return editor, editor.type

    def flip(self) -> None:
        super().flip()
        if self.editor is not None:
            self.edited.emit(self.row.id)
