"""Filters under a name: the menu beside the filter line, and the sheet where they are renamed and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.domain.ids import RecordId
from studio.services.world import saved_filters
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import Button, EmptyState, IconMenuButton, hbox
from studio.ui.listing import TwoLineList
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QMenu

    from studio.domain.worldkit import SavedFilter
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks

NONE_YET = "No filter is saved yet. Type one, then choose “Save this filter…”."


class SavedFilters(IconMenuButton):
    """The menu: saved filters first, then saving what is typed and looking after them."""

    chosen = Signal(object)
    save_wanted = Signal()
    manage_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(fill=self._fill, icon="bookmark", name="Saved filters")
        self.known: list[SavedFilter] = []
        self.typed = ""

    def _fill(self, menu: QMenu) -> None:
        for saved in self.known:
            action = menu.addAction(saved.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(saved.query == self.typed.strip())
            action.setToolTip(saved.query)
            action.triggered.connect(lambda _=False, saved=saved: self.chosen.emit(saved))
        if self.known:
            menu.addSeparator()
        save = menu.addAction("Save this filter…")
        save.setEnabled(bool(self.typed.strip()))
        save.triggered.connect(lambda _=False: self.save_wanted.emit())
        manage = menu.addAction("Rename or delete…")
        manage.setEnabled(bool(self.known))
        manage.triggered.connect(lambda _=False: self.manage_wanted.emit())


class _List(TwoLineList):
    def __init__(self, sheet: FilterSheet) -> None:
        super().__init__("Saved filters")
        self.setAccessibleDescription("Enter uses a filter, F2 renames it, Delete deletes it")
        self._sheet = sheet

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._sheet.use()
        elif event.key() == Qt.Key.Key_F2:
            self._sheet.rename()
        elif event.key() == Qt.Key.Key_Delete:
            self._sheet.delete()
        else:
            super().keyPressEvent(event)


class FilterSheet(Sheet):
    """All saved filters; `picked` is the one that was chosen when it was accepted."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None) -> None:
        super().__init__(parent, "Saved filters", width=420, height=420)
        self.ctx = ctx
        self.known: list[SavedFilter] = []
        self.picked: SavedFilter | None = None
        self.list = _List(self)
        self.list.setMinimumHeight(look.px(90))
        self.list.itemDoubleClicked.connect(lambda _item: self.use())
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(EmptyState(NONE_YET, icon="bookmark"))
        self.body.addWidget(self.pages, 1)
        row = hbox(gap=8)
        self.changing = [
            Button("Rename…", lambda: self.rename(), compact=True, key="F2"),
            Button("Delete", lambda: self.delete(), compact=True, key="Del"),
        ]
        for button in self.changing:
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.use_button = self.buttons("Use this filter", cancel="Close", on_action=self.use)
        self.load()

    @property
    def tasks(self) -> Tasks:
        """Where its work runs."""
        return self.ctx.tasks

    @latest_task
    async def load(self) -> None:
        """Read the filters again; the cursor stays where it was."""
        self.known = await self.ctx.workspace.run(saved_filters.listing)
        keep, at = self.list.key(), max(0, self.list.currentRow())
        self.list.clear()
        for saved in self.known:
            self.list.add(saved.id, saved.name, saved.query)
        self.list.choose(keep, fallback=at)
        self.pages.setCurrentIndex(0 if self.known else 1)
        self.use_button.setEnabled(bool(self.known))
        for button in self.changing:
            button.setEnabled(bool(self.known) and self.ctx.lens.value.is_own)
        if self.known:
            self.list.setFocus()

    def current(self) -> SavedFilter | None:
        """The filter under the cursor."""
        return next((saved for saved in self.known if saved.id == self.list.key()), None)

    def _to_change(self) -> SavedFilter | None:
        """The filter under the cursor; under another lens than one's own nothing is changed."""
        return self.current() if self.ctx.lens.value.is_own else None

    def use(self) -> None:
        """Type it into the filter line."""
        self.picked = self.current()
        if self.picked is not None:
            self.accept()

    @ui_task
    async def rename(self) -> None:
        """Give it another name."""
        saved = self._to_change()
        if saved is None:
            return
        if await self.ctx.shell.ask_text(
            "Rename filter", label="Name", text=saved.name, action="Rename",
            act=lambda name: self.ctx.workspace.run(saved_filters.rename, RecordId(saved.id), name),
        ):  # fmt: skip
            self.load()

    @ui_task
    async def delete(self) -> None:
        """Forget it; undo brings it back."""
        if (saved := self._to_change()) is not None:
            await self.ctx.workspace.run(saved_filters.delete, RecordId(saved.id))
            self.ctx.announce(f"Deleted the filter {saved.name}")
            self.load()
