"""Changing many entries at once: say what, look at each entry before and after, untick what shall stay, do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from studio.domain.errors import Invalid
from studio.domain.record import Status
from studio.services.world import bulk
from studio.services.world.bulk import Change, Edit
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import Button, ComboBox, IconButton, LineEdit, TagEditor, hbox, label, named, plain_tip, style, vbox
from studio.ui.picking import NamePicker
from studio.ui.tasks import latest_task
from studio.ui.theme import look
from studio.ui.theme.icons import kind_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from studio.domain.ids import RecordId
    from studio.services.world.bulk import Op, Row
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks

MERGE = "merge"
AUDIENCES = (("GM only", "gm"), ("Party", "party"), ("Public", "public"))
SHOWN = 500
"""So many entries are listed; the change goes over all of them."""
_OPS: dict[str, tuple[tuple[str, str], ...]] = {
    "one": (("becomes", "set"),),
    "text": (("becomes", "set"), ("is emptied", "clear")),
    "many": (("gets", "append"), ("loses", "remove"), ("becomes", "set"), ("is emptied", "clear")),
}
_ID = Qt.ItemDataRole.UserRole


class EditLine(QWidget):
    """One line of a change: which field, what happens to it, and the value."""

    changed = Signal()

    def __init__(self, ctx: StudioContext, kinds: Sequence[str], tags: Sequence[str], merge: Sequence[Row]) -> None:
        super().__init__()
        self._ctx, self._tags, self._merge = ctx, tags, merge
        self._specs = {f"fields.{f.name}": f for kind in dict.fromkeys(kinds) for f in ctx.kinds.spec(kind).fields}
        row = hbox(self, gap=6)
        self.path = ComboBox("What changes", self._paths(len(merge) > 1))
        self.op = ComboBox("How it changes")
        self._place = vbox()
        self.editor: QWidget = QWidget()
        row.addWidget(self.path, 2)
        row.addWidget(self.op, 2)
        row.addLayout(self._place, 3)
        self.path.chosen.connect(lambda _path: self._show_editor())
        self.op.chosen.connect(lambda _op: self._op_chosen())
        self._show_editor()

    def _paths(self, can_merge: bool) -> list[tuple[str, object]]:
        plain = [(bulk.label_of(p), p) for p in ("status", "tags", "visibility", "kind", "parent", "summary")]
        fields = sorted((spec.label, path) for path, spec in self._specs.items() if spec.name != "parent")
        merging = [("Merge into one", MERGE)] if can_merge else []
        return [(text, path) for text, path in (*plain, *merging, *fields)]

    def choose(self, path: str, op: str = "") -> None:
        """Show this field, and what happens to it."""
        self.path.set_value(path)
        self._show_editor()
        if op:
            self.op.set_value(op)
            self._op_chosen()

    def _kind_of_path(self, path: str) -> str:
        if path in ("status", "visibility", "kind", MERGE):
            return "one"
        spec = self._specs.get(path)
        return "many" if path == "tags" or (spec is not None and spec.type in ("list", "links")) else "text"

    def _show_editor(self) -> None:
        path = str(self.path.value())
        ways = _OPS[self._kind_of_path(path)]
        self.op.set_items(ways)
        self.op.set_value(ways[0][1])
        self.op.setVisible(self.op.count() > 1)
        self._place.removeWidget(self.editor)
        self.editor.hide()
        self.editor.deleteLater()
        self.editor = self._editor(path)
        self._place.addWidget(self.editor)
        self._op_chosen()

    def _editor(self, path: str) -> QWidget:
        choices: dict[str, list[tuple[str, object]]] = {
            "status": [(s.value.capitalize(), s.value) for s in Status],
            "visibility": list(AUDIENCES),
            "kind": self._ctx.kinds.choices(),
            MERGE: [(row.name, row.id) for row in self._merge],
        }
        name = spec.label if (spec := self._specs.get(path)) is not None else bulk.label_of(path)
        if path in choices:
            box = ComboBox("The entry that stays" if path == MERGE else name, choices[path])
            box.chosen.connect(lambda _value: self.changed.emit())
            return box
        if path == "tags":
            tags = TagEditor(name, suggestions=self._tags)
            tags.changed.connect(lambda _tags: self.changed.emit())
            return tags
        if path == "parent" or (spec is not None and spec.type in ("link", "links")):
            line: LineEdit = NamePicker(name, self._ctx, kinds=spec.kinds if spec else ())
        else:
            line = LineEdit(name, placeholder="several with ; between" if spec and spec.type == "list" else "")
        line.textChanged.connect(lambda _text: self.changed.emit())
        return line

    def _op_chosen(self) -> None:
        self.editor.setVisible(self.op.value() != "clear")
        self.changed.emit()

    def is_merge(self) -> bool:
        """Whether this line makes all of them one."""
        return self.path.value() == MERGE

    def edit(self) -> Edit | None:
        """What this line says; None while it isn't complete."""
        op, value = cast("Op", self.op.value()), self._value()
        if op != "clear" and not value:
            return None
        return Edit(path=str(self.path.value()), op=op, value=None if op == "clear" else value)

    def _value(self) -> object:
        editor = self.editor
        if isinstance(editor, ComboBox):
            return editor.value()
        if isinstance(editor, TagEditor):
            return [*editor.tags(), *(t for t in (editor.line.text().strip(),) if t)]
        return editor.text().strip() if isinstance(editor, LineEdit) else None


class PreviewTable(QTreeWidget):
    """Before and after, one line per field; Space ticks the entry under the cursor."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        style(named(self, "What will change", "Space leaves an entry out"), boxed=True)
        self.setColumnCount(4)
        self.setHeaderLabels(["Entry", "Field", "Before", "After"])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setSectionsMovable(False)
        self.header().setMinimumSectionSize(look.px(60))
        self.left_out: set[str] = set()
        self.itemChanged.connect(self._tick)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what becomes of these entries; what was unticked stays so."""
        self.blockSignals(True)
        self.clear()
        for row in rows[:SHOWN]:
            self._add(row)
        if len(rows) > SHOWN:
            self._more(len(rows) - SHOWN)
        self.blockSignals(False)
        if (first := self.topLevelItem(0)) is not None:
            self.setCurrentItem(first)

    def _add(self, row: Row) -> None:
        cells = row.cells or (bulk.Cell(path="", label="", before="", after="stays as it is"),)
        for at, cell in enumerate(cells):
            item = QTreeWidgetItem([row.name if at == 0 else "", cell.label, cell.before, cell.after])
            item.setSizeHint(0, QSize(10, max(26, look.px(30))))
            item.setData(0, _ID, row.id)
            if at == 0:
                item.setIcon(0, kind_icon(row.kind))
                if row.cells:
                    item.setCheckState(0, Qt.CheckState.Unchecked if row.id in self.left_out else Qt.CheckState.Checked)
            for column in (1, 2) if row.cells else (0, 3):
                item.setForeground(column, look.colour("muted"))
            for column, text in enumerate((row.note or row.name, cell.label, cell.before, cell.after)):
                item.setToolTip(column, plain_tip(text))
                if not text:
                    item.setData(column, Qt.ItemDataRole.AccessibleTextRole, "Empty")
            spoken = f"{row.name}: {cell.label}, {cell.before or 'empty'} becomes {cell.after or 'empty'}"
            words = spoken if row.cells else f"{row.name} stays as it is"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{words}. {row.note}" if row.note else words)
            self.addTopLevelItem(item)

    def _more(self, count: int) -> None:
        item = QTreeWidgetItem([f"and {count} more"])
        item.setForeground(0, look.colour("muted"))
        self.addTopLevelItem(item)

    def _tick(self, item: QTreeWidgetItem, column: int) -> None:
        record = str(item.data(0, _ID) or "")
        if column == 0 and record:
            on = item.checkState(0) == Qt.CheckState.Checked
            self.left_out = self.left_out - {record} if on else self.left_out | {record}
            self.ticked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in enumerate((0.3, 0.16, 0.27, 0.27)):
            self.header().resizeSection(column, int(width * share))
        self.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)


class BulkSheet(Sheet):
    """A change of many entries with its preview; `chosen` are the ids that it is for when it was accepted."""

    def __init__(
        self, ctx: StudioContext, parent: QWidget, ids: Sequence[RecordId], kinds: Sequence[str],
        tags: Sequence[str], rows: Sequence[Row],
    ) -> None:  # fmt: skip
        super().__init__(
            parent, f"Change {len(ids)} entries" if len(ids) > 1 else "Change an entry", width=860, height=560
        )
        self.ctx, self.ids = ctx, list(ids)
        self._made = (list(kinds), list(tags), list(rows))
        self._rows: list[Row] = []
        self.lines: list[EditLine] = []
        self._lines = vbox(gap=6)
        self.body.addLayout(self._lines)
        self.more = Button("Change something else too", self.add_line, variant="link", compact=True, icon="plus")
        self.body.addWidget(self.more)
        self.table = PreviewTable()
        self.table.setMinimumHeight(look.px(120))
        self.table.ticked.connect(self._count)
        self.body.addWidget(self.table, 1)
        self.said = label("", "caption", wrap=True)
        self.body.addWidget(self.said)
        self.button = self.buttons("Change", on_action=self._done)
        self.button.setToolTip("Ctrl+Enter")
        self._soon = QTimer(self, singleShot=True, interval=120)
        self._soon.timeout.connect(lambda: self.preview())
        self.add_line()

    def done(self, result: int) -> None:
        """Close; nothing needs a preview any more."""
        self._soon.stop()
        super().done(result)

    @property
    def tasks(self) -> Tasks:
        """Where the preview is read."""
        return self.ctx.tasks

    def add_line(self) -> None:
        """Change one more field."""
        line, holder = EditLine(self.ctx, *self._made), QWidget()
        row = hbox(holder, gap=2)
        out = IconButton("x", "Leave this change out", lambda: self._drop(line, holder))
        policy = out.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        out.setSizePolicy(policy)
        out.setVisible(bool(self.lines))
        row.addWidget(line, 1)
        row.addWidget(out)
        self._lines.addWidget(holder)
        self.lines.append(line)
        line.changed.connect(self._soon.start)
        line.path.setFocus()
        self._soon.start()

    def _drop(self, line: EditLine, holder: QWidget) -> None:
        self.lines.remove(line)
        self._lines.removeWidget(holder)
        holder.hide()
        holder.deleteLater()
        self.lines[-1].path.setFocus()
        self._soon.start()

    def change(self) -> Change | None:
        """What all lines say together; None while none of them is complete."""
        for line in self.lines:
            if line.is_merge() and (edit := line.edit()) is not None:
                return Change(merge_into=cast("RecordId", edit.value))
        edits = [edit for edit in (line.edit() for line in self.lines) if edit is not None]
        return Change(edits=tuple(edits)) if edits else None

    @property
    def chosen(self) -> list[RecordId]:
        """The entries that weren't unticked."""
        return [record for record in self.ids if record not in self.table.left_out]

    @latest_task
    async def preview(self) -> None:
        """Read what would happen."""
        change, sentence = self.change(), ""
        self._rows = []
        if change is not None:
            try:
                self._rows = await self.ctx.workspace.run(bulk.preview, self.ids, change)
            except Invalid as error:
                sentence = str(error)
        self.more.setVisible(change is None or change.merge_into is None)
        self.table.show_rows(self._rows)
        self._count()
        if sentence:
            self.said.setText(sentence)

    def _count(self) -> None:
        will = sum(1 for row in self._rows if row.cells and row.id not in self.table.left_out)
        self.button.setEnabled(will > 0)
        self.button.setText(f"Change {will} {'entry' if will == 1 else 'entries'}" if will else "Change")
        notes = list(dict.fromkeys(row.note for row in self._rows if row.note and "field" in row.note))
        stay = len(self.ids) - will
        words = f"{stay} of {len(self.ids)} stay as they are." if self._rows and stay else ""
        self.said.setText(" ".join([words, *(f"{note[0].upper()}{note[1:]}." for note in notes)]).strip())

    def _done(self) -> None:
        if self.button.isEnabled():
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and (self.table.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self._done()
        else:
            super().keyPressEvent(event)
