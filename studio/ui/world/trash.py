"""What lies in the trash, and the ways out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from studio.domain.ids import RecordId
from studio.services.world import trash
from studio.ui.kit import Button, EmptyState, SearchField, hbox, label, named, plain_tip, vbox
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme.icons import kind_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from studio.ui.tasks import Tasks
    from studio.ui.world.panel import WorldPanel


class _List(QListWidget):
    def __init__(self, view: TrashView) -> None:
        super().__init__()
        self._view = view

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._view.restore()
        elif event.key() == Qt.Key.Key_Escape:
            self._view.panel.toggle_trash()
        else:
            super().keyPressEvent(event)


class TrashView(QWidget):
    """Enter restores what is selected."""

    def __init__(self, panel: WorldPanel) -> None:
        super().__init__(panel)
        self.panel = panel
        column = vbox(self, gap=6)
        head = hbox(margins=(4, 4, 0, 0), gap=8)
        head.addWidget(label("Trash", "strong"))
        head.addStretch(1)
        head.addWidget(Button("Back to the world", panel.toggle_trash, variant="link", compact=True))
        column.addLayout(head)
        self.words = SearchField("Search the trash")
        self.words.searched.connect(lambda _text: self.search())
        column.addWidget(self.words)
        self.list = named(_List(self), "Entries in the trash", "Enter restores what is selected")
        self.words.set_target(self.list)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setUniformItemSizes(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(
            EmptyState("Nothing in the trash. What you delete waits here until you empty it.", icon="trash-2")
        )
        column.addWidget(self._stack, 1)
        row = hbox(gap=8)
        self.restore_button = Button("Restore", self.restore, compact=True, key="Enter")
        self.empty_button = Button("Empty trash…", lambda: self.empty(), variant="danger", compact=True)
        row.addWidget(self.restore_button)
        row.addStretch(1)
        row.addWidget(self.empty_button)
        column.addLayout(row)

    @property
    def tasks(self) -> Tasks:
        """Where its work runs."""
        return self.panel.tasks

    @ui_task
    async def open(self) -> None:
        """Read the trash and take the focus."""
        await self.load()
        (self.list if self.list.count() else self.panel.trash_button).setFocus()

    @latest_task
    async def search(self) -> None:
        """Show what fits the words."""
        await self.load()

    async def load(self) -> None:
        """Read the trash."""
        typed = self.words.text()
        rows = await self.panel.ctx.workspace.run(trash.listing, typed)
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(kind_icon(row.kind), row.name)
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            words = self.panel.ctx.kinds.label(row.kind) if row.kind != "entry" else "Note"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.name}, {words}, deleted {row.deleted_at[:10]}")
            item.setToolTip(plain_tip(f"{words}, deleted {row.deleted_at[:10]}"))
            self.list.addItem(item)
        if rows:
            self.list.setCurrentRow(0)
        self._stack.setCurrentIndex(0 if rows or typed.strip() else 1)
        self.restore_button.setEnabled(bool(rows))
        self.empty_button.setEnabled(bool(rows) and not typed.strip())

    def chosen(self) -> list[RecordId]:
        """The selected entries."""
        return [RecordId(i.data(Qt.ItemDataRole.UserRole)) for i in self.list.selectedItems()]

    @ui_task
    async def restore(self) -> None:
        """Take what is selected out of the trash."""
        if ids := self.chosen():
            count = await self.panel.ctx.workspace.run(trash.restore, ids)
            self.panel.ctx.announce(f"{count} restored")
            await self.load()

    @ui_task
    async def empty(self) -> None:
        """Delete everything in the trash for good, after a question."""
        sentence = f"{self.list.count()} entries with their relations. Undo brings them back; the history keeps them."
        if await self.panel.ctx.shell.confirm("Empty the trash", sentence, action="Delete for good", danger=True):
            await self.panel.ctx.workspace.run(trash.empty)
            await self.load()
