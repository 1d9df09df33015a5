"""The dialog of a world's calendars: add one that ships, edit, choose the main one, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QWidget

from studio.services.world import calendars
from studio.ui.almanac.editor import CalendarEditor, caption, row_of_tools
from studio.ui.dialogs import ask
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import Button, EmptyState, MenuButton, build_menu, hbox, vbox
from studio.ui.listing import TwoLineList
from studio.ui.tasks import Tasks, ui_task
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from studio.services.world.calendars import CalendarRow
    from studio.ui.context import StudioContext

_EMPTY = (
    "A calendar gives your dates days, weeks, moons and seasons. Start from one that ships and make it your own: "
    "nothing else in the world changes."
)


class CalendarsDialog(Sheet):
    """Edits of a calendar are one change, stored with Save, or when it is left. Everything here can be undone."""

    def __init__(self, parent: QWidget, ctx: StudioContext) -> None:
        super().__init__(parent, "Calendars", width=1000, height=660)
        self.ctx = ctx
        self.rows: list[CalendarRow] = []
        self._shown = ""
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._list())
        self.stack = QStackedWidget()
        self.editor = CalendarEditor()
        self.empty = EmptyState(
            _EMPTY, title="No calendar yet", icon="calendar", action="Add a calendar", on_action=self.offer
        )
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.editor)
        split.addWidget(self.stack)
        split.setStretchFactor(1, 1)
        self.body.addWidget(split, 1)
        self._foot()
        self.editor.changed.connect(self._weigh)
        self.list.currentItemChanged.connect(lambda *_: self._choose())
        self.reload()

    @property
    def tasks(self) -> Tasks:
        """Where its verbs run."""
        return self.ctx.tasks

    def _list(self) -> QWidget:
        host = QWidget()
        column = vbox(host, margins=(0, 0, 8, 0), gap=6)
        self.list = TwoLineList("Calendars of this world")
        column.addWidget(self.list, 1)
        self.add = MenuButton("Add", icon="plus", fill=self._fill_presets, name="Add a calendar", compact=True)
        self.main = Button("Make main", self.make_main, compact=True, tip="Dates are read and written in it")
        self.remove = Button("Remove", self.remove_calendar, compact=True, variant="danger")
        column.addLayout(row_of_tools(self.add, self.main))
        column.addLayout(row_of_tools(self.remove))
        host.setMinimumWidth(min(look.px(200), 260))
        host.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        return host

    def _foot(self) -> None:
        row = hbox(gap=8)
        row.addStretch(1)
        row.addWidget(Button("Close", self.reject, key="Esc"))
        self.revert = Button("Revert", self._choose_again)
        self.save = Button("Save calendar", self.save_calendar, variant="primary", key="Ctrl+S")
        self.save.setShortcut("Ctrl+S")
        row.addWidget(self.revert)
        row.addWidget(self.save)
        self._column.addLayout(row)

    # ---- the list ------------------------------------------------------------------------------------------------

    @ui_task
    async def reload(self, choose: str = "") -> None:
        """Read the calendars again."""
        self.rows = await self.ctx.workspace.run(calendars.listing)
        self.ctx.calendars.set(await self.ctx.workspace.run(calendars.loaded))
        wanted = choose or self._shown
        was = self.list.blockSignals(True)
        self.list.clear()
        for row in self.rows:
            self.list.add(row.id, row.name, caption(row), icon=icon("triangle-alert" if row.fault else "calendar"))
        self.list.choose(wanted)
        self.list.blockSignals(was)
        self._shown = ""
        self._choose()

    def current(self) -> CalendarRow | None:
        """The calendar that is chosen."""
        return self._row(self.list.key())

    def _row(self, record_id: str | None) -> CalendarRow | None:
        return next((row for row in self.rows if row.id == record_id), None)

    def _is_dirty(self, row: CalendarRow) -> bool:
        """Whether what the editor shows of this calendar isn't stored yet."""
        return row.id == self._shown and self.editor.definition() != {**row.definition, "name": row.name}

    def _choose(self) -> None:
        row, left = self.current(), self._row(self._shown)
        if left is not None and row is not left and self._is_dirty(left) and not self.editor.fault:
            self._store(left, self.editor.definition())
        self.stack.setCurrentIndex(0 if row is None else 1)
        if row is not None and row.id != self._shown:
            self._shown = row.id
            self.editor.show_definition(row.name, row.definition)
        self._weigh()

    def _choose_again(self) -> None:
        self._shown = ""
        self._choose()

    def _weigh(self) -> None:
        """Which buttons can be pressed."""
        row = self.current()
        dirty = row is not None and self._is_dirty(row)
        self.save.setEnabled(dirty and not self.editor.fault)
        self.revert.setEnabled(dirty)
        self.main.setEnabled(row is not None and not row.main and not row.fault)
        self.remove.setEnabled(row is not None)

    # ---- verbs ---------------------------------------------------------------------------------------------------

    def _fill_presets(self, menu: Any) -> None:
        for preset in calendars.presets():
            action = menu.addAction(preset.name)
            action.setStatusTip(preset.description)
            action.setToolTip(preset.description)
            action.triggered.connect(lambda *_, key=preset.key: self.add_preset(key))
        menu.setToolTipsVisible(True)
        if (row := self.current()) is not None:
            menu.addSeparator()
            menu.addAction(f"A copy of {row.name}").triggered.connect(lambda *_: self.add_copy(row))

    def offer(self) -> None:
        """Open the list of calendars that ship, under the button of the empty place."""
        menu = build_menu(self, [])
        self._fill_presets(menu)
        button = self.empty.button or self.add
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    @ui_task
    async def add_preset(self, key: str) -> None:
        """Put a shipped calendar into the project."""
        made = await self.ctx.workspace.run(calendars.add_preset, key)
        await self.reload(made.id)

    @ui_task
    async def add_copy(self, row: CalendarRow) -> None:
        """A second calendar that starts as this one is."""
        rest = {k: v for k, v in row.definition.items() if k not in ("main", "key")}
        made = await self.ctx.workspace.run(calendars.add_calendar, {**rest, "name": f"{row.name} (copy)"})
        await self.reload(made.id)

    @ui_task
    async def save_calendar(self) -> None:
        """Store what was edited."""
        row = self.current()
        if row is not None and self._is_dirty(row):
            await self._store(row, self.editor.definition())

    @ui_task
    async def _store(self, row: CalendarRow, definition: dict[str, Any]) -> None:
        await self.ctx.workspace.run(calendars.update_calendar, row.id, definition)
        self.ctx.announce(f"Saved the calendar {row.name}")
        await self.reload(self.list.key() or row.id)

    def reject(self) -> None:
        """Close; what can be stored is stored, and what can't is asked about."""
        row = self.current()
        if row is not None and self._is_dirty(row):
            self._leave(row)
        else:
            super().reject()

    @ui_task
    async def _leave(self, row: CalendarRow) -> None:
        if not self.editor.fault:
            await self._store(row, self.editor.definition())
        elif not await ask.confirm(
            self, "Close without saving?", f"This calendar can't count yet: {self.editor.fault}", action="Close",
            danger=True,
        ):  # fmt: skip
            return
        super().reject()

    @ui_task
    async def make_main(self) -> None:
        """Read and write dates in this calendar."""
        if (row := self.current()) is not None:
            await self.ctx.workspace.run(calendars.make_main, row.id)
            await self.reload(row.id)

    @ui_task
    async def remove_calendar(self) -> None:
        """Take a calendar out; one that dates use is asked about."""
        row = self.current()
        if row is None:
            return
        sentence = f"Dates of {row.dates} entries are written in it. They keep their words, but no longer mean days."
        if row.dates and not await ask.confirm(self, f"Remove “{row.name}”?", sentence, action="Remove", danger=True):
            return
        await self.ctx.workspace.run(calendars.remove_calendar, row.id)
        self.ctx.toast(f"Removed “{row.name}”", lambda: self.ctx.commands.run("edit.undo"))
        await self.reload()


async def edit_calendars(ctx: StudioContext, parent: QWidget) -> None:
    """Open the dialog and wait until it is closed."""
    import asyncio

    await asyncio.to_thread(calendars.presets)
    await CalendarsDialog(parent, ctx).ask()
