"""The relations of an entry as they read from it, and the line that adds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal

from studio.services.world import relations
from studio.ui.kit import ComboBox, IconButton, Section, hbox, label, vbox
from studio.ui.picking import NamePicker
from studio.ui.world.relation_editor import RelationLine
from studio.ui.world.rows import keyed, tab_as_read

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.services.world.relations import RelationRow
    from studio.ui.context import StudioContext


class RelationsSection(Section):
    """Rows with the other end, and a line for type and target. Signals say what is wanted; the page does it."""

    opened = Signal(str, str)
    add_wanted = Signal(str, str)
    """(type, id of the other)"""
    make_wanted = Signal(str, str, str)
    """(type, kind, name) of an other end that isn't there yet."""
    remove_wanted = Signal(str)
    changed = Signal(str, object)
    """(id of the relation, changes)"""
    edited = Signal(str)
    origin_wanted = Signal(object)

    def __init__(self, ctx: StudioContext, kind: str, owner: str, parent: QWidget | None = None) -> None:
        super().__init__("Relations", count=0, parent=parent)
        self._kind = kind
        self.ctx, self._owner = ctx, owner
        self.lines: dict[str, RelationLine] = {}
        self.list = vbox(gap=2)
        self.body.addLayout(self.list)
        line = hbox(gap=6)
        self.type = ComboBox("Type of relation", compact=True, editable=True)
        self.type.setMinimumContentsLength(7)
        self._fill_types("")
        self.target = NamePicker("Related entry", ctx, placeholder="to …", but=owner)
        self.add_button = IconButton("plus", "Add relation", self._add)
        line.addWidget(self.type, 2)
        line.addWidget(self.target, 3)
        line.addWidget(self.add_button)
        self.body.addLayout(line)
        self.warning = label("", "caption", wrap=True)
        self.warning.hide()
        self.body.addWidget(self.warning)
        self._other: tuple[str, str, str] | None = None
        self.target.picked.connect(self._picked)
        self.target.make.connect(self._make)
        self.target.returnPressed.connect(self._add)
        self.type.currentTextChanged.connect(lambda _text: self._warn())

    def _fill_types(self, to_kind: str) -> None:
        choices = relations.type_choices(self._kind, to_kind)
        self.type.set_items([(words, name) for name, words in choices])

    def start_line(self) -> None:
        """Go to the line that adds one."""
        self.set_open(True)
        self.type.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_kind(self, kind: str) -> None:
        """Offer the relations that fit this kind first."""
        if kind != self._kind:
            self._kind, self._rows = kind, ()
            self._fill_types("")

    def set_owner(self, record_id: str) -> None:
        """Another entity is shown."""
        self._owner = record_id
        keyed(self.list, self.lines, (), self._line)
        self.target.set_owner(record_id)
        self.target.set_text("")
        self._other = None
        self._warn()

    def type_name(self) -> str:
        """The type that is chosen or typed."""
        return str(self.type.value() or "").strip()

    def _picked(self, record_id: str, name: str, kind: str) -> None:
        self._other = (record_id, name, kind)
        self._warn()
        QTimer.singleShot(0, self, self._add)

    def _make(self, kind: str, name: str) -> None:
        QTimer.singleShot(0, self.target, lambda: self.target.set_text(""))
        if self.type_name():
            self.make_wanted.emit(self.type_name(), kind, name)

    def _warn(self) -> None:
        kind = self._other[2] if self._other else ""
        type_, spec = self.type_name(), self.ctx.kinds.spec
        sentence = relations.check(type_, self._kind, kind, spec) if kind and type_ else ""
        self.warning.setText(sentence)
        self.warning.setVisible(bool(sentence))

    def _add(self) -> None:
        other = self.target.exact() or self._other
        if other is not None and self.target.text().strip() and self.type_name():
            self._other = other
            self._warn()
            self.add_wanted.emit(self.type_name(), other[0])
            self.target.set_text("")
            self._other = None

    def show_rows(self, rows: tuple[RelationRow, ...], name: str, sources: dict[str, str]) -> None:
        """Show these relations of the entity that is called so."""
        keyed(self.list, self.lines, rows, self._line)
        for row in rows:
            self.lines[row.id].show_row(row, name, sources)
        self.set_count(len(rows))
        tab_as_read(*(self.lines[row.id] for row in rows), self.type, self.target, self.add_button)

    def _line(self, row: RelationRow) -> RelationLine:
        line = RelationLine(self.ctx, row, self._kind, self._owner)
        line.opened.connect(self.opened)
        line.origin_wanted.connect(self.origin_wanted)
        line.removed.connect(self.remove_wanted)
        line.changed.connect(self.changed)
        line.edited.connect(self.edited)
        return line
