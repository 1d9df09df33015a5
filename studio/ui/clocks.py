"""Clocks as rows: a dial, its name, how far it is, what follows; on the pages of entries and in the view of fronts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from studio.domain.ids import RecordId
from studio.services import history
from studio.services.world import clocks
from studio.ui.dialogs.base import Sheet
from studio.ui.entity_section import EntitySection
from studio.ui.kit import (
    Button,
    ClockDial,
    ComboBox,
    FormRow,
    IconButton,
    IconMenuButton,
    LineEdit,
    NumberBox,
    clear,
    hbox,
    label,
    vbox,
)
from studio.ui.tasks import latest_task, ui_task

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from PySide6.QtWidgets import QMenu

    from studio.domain.world import Entity
    from studio.domain.worldkit import Clock
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks

KINDS = ("faction", "timeline_arc", "quest")
"""Kinds whose pages have clocks."""
_AUDIENCES = [("Only the game master", "gm"), ("The party", "party"), ("Everybody", "public")]


class ClockRow(QWidget):
    """One clock, and the verbs on it."""

    def __init__(self, ctx: StudioContext, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.clock = ctx, clock
        row = hbox(self, gap=10)
        self.dial = ClockDial(clock.name, clock.segments, clock.filled)
        self.name = label("", "strong", wrap=True)
        self.progress = label("", "caption")
        self.consequence = label("", "caption", wrap=True)
        words = vbox(gap=0)
        for widget in (self.name, self.progress, self.consequence):
            words.addWidget(widget)
        row.addWidget(self.dial)
        row.addLayout(words, 1)
        self.more = IconMenuButton(fill=self._fill, name=f"More for the clock {clock.name}")
        row.addWidget(self.more)
        self.dial.asked.connect(lambda filled: self.fill(filled))
        self.show_clock(clock)

    @property
    def tasks(self) -> Tasks:
        """Where `@ui_task` methods run."""
        return self.ctx.tasks

    def show_clock(self, clock: Clock) -> None:
        """Show a clock as it stands; the focus stays where it is."""
        self.clock = clock
        editable = self.ctx.lens.value.is_own
        self.dial.show_clock(clock.name, clock.segments, clock.filled)
        self.dial.set_editable(editable=editable)
        self.more.setVisible(editable)
        self.name.setText(clock.name)
        full = clock.filled >= clock.segments
        self.progress.setText(f"{self.dial.words}{', full' if full else ''}")
        self.consequence.setText(f"Then: {clock.consequence}" if clock.consequence else "")
        self.consequence.setVisible(bool(clock.consequence))

    @ui_task
    async def fill(self, filled: int) -> None:
        """Fill so many segments."""
        now = await self.ctx.workspace.run(clocks.set_filled, self.clock.id, filled)
        then = f" {now.consequence}" if now.filled >= now.segments and now.consequence else ""
        self.ctx.announce(f"{now.name}: {now.filled} of {now.segments}.{then}")

    def _fill(self, menu: QMenu) -> None:
        menu.addAction("Edit…").triggered.connect(lambda: self.edit())
        menu.addAction("Empty it").triggered.connect(lambda: self.fill(0))
        menu.addSeparator()
        menu.addAction("Remove").triggered.connect(lambda: self.remove())

    @ui_task
    async def edit(self) -> None:
        """Change name, segments, what follows, who sees it."""
        clock = self.clock
        await ask_clock(self, clock, act=lambda new: self.ctx.workspace.run(clocks.update_clock, clock.id, new))

    @ui_task
    async def remove(self) -> None:
        """Take the clock away."""
        await self.ctx.workspace.run(clocks.remove_clock, self.clock.id)
        self.ctx.toast(f"Removed the clock “{self.clock.name}”.", self.take_back)

    @ui_task
    async def take_back(self) -> None:
        """Undo, from a toast."""
        await self.ctx.workspace.run(history.undo)


class ClockRows(QWidget):
    """Several clocks under one another; rows that stay keep their widgets, and so the focus."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._column = vbox(self, gap=8)
        self.rows: list[ClockRow] = []

    def show_clocks(self, found: Sequence[Clock]) -> None:
        """Show these clocks."""
        if [row.clock.id for row in self.rows] == [clock.id for clock in found]:
            for row, clock in zip(self.rows, found, strict=True):
                row.show_clock(clock)
            return
        clear(self._column)
        self.rows = [ClockRow(self._ctx, clock) for clock in found]
        for row in self.rows:
            self._column.addWidget(row)


class ClocksSection(EntitySection):
    """The clocks of the entity that is shown."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__("Clocks", ctx, parent)
        self._owner, self._name = RecordId(""), ""
        self.add_button = IconButton("plus", "Add a clock", lambda: self.add())
        self.head.addWidget(self.add_button)
        self.empty = label("No clock runs here. Add one for what comes closer.", "caption", wrap=True)
        self.list = ClockRows(ctx)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list)

    def show_entity(self, entity: Entity) -> None:
        """Follow an entity; kinds without clocks show none."""
        super().show_entity(entity)
        self._owner, self._name = entity.id, entity.name
        self.setVisible(entity.kind in KINDS)
        if entity.kind in KINDS:
            self.add_button.setVisible(self.ctx.lens.value.is_own and entity.deleted_at is None)
            self.load()

    @latest_task
    async def load(self) -> None:
        """Read the clocks."""
        found = await self.ctx.workspace.run(clocks.clocks_of, self._owner, self.ctx.lens.value)
        self.set_count(len(found))
        self.empty.setVisible(not found)
        self.list.show_clocks(found)

    @ui_task
    async def add(self) -> None:
        """Ask for a new clock."""
        owner = self._owner
        await ask_clock(self, None, name=self._name, act=lambda new: self.ctx.workspace.run(
            clocks.add_clock, owner_id=owner, **new
        ))  # fmt: skip


async def ask_clock(
    parent: QWidget, clock: Clock | None, *, name: str = "", act: Callable[[dict[str, Any]], Awaitable[object]]
) -> bool:
    """What a clock is to be: `act` gets all of it for a new one, what changed for one that is there."""
    sheet = Sheet(parent.window(), "Edit the clock" if clock else "New clock")
    title = LineEdit("Name", clock.name if clock else name)
    segments = NumberBox("Segments", clock.segments if clock else clocks.USUAL, least=clocks.LEAST, most=clocks.MOST)
    then = LineEdit("What happens when it is full", clock.consequence if clock else "")
    audience = ComboBox("Open to", [*_AUDIENCES])
    rows: list[tuple[str, QWidget]] = [("Name", title), ("Segments", segments), ("When it is full", then)]
    if clock is not None:
        audience.set_value(clock.visibility)
        rows.append(("Open to", audience))
    for words, field in rows:
        sheet.body.addWidget(FormRow(words, field))
    button: Button = sheet.buttons("Save" if clock else "Start it")
    title.textChanged.connect(lambda text: button.setEnabled(bool(text.strip())))
    button.setEnabled(bool(title.text().strip()))
    title.setFocus()
    title.selectAll()

    def typed() -> dict[str, Any]:
        all_of_it = {"name": title.text().strip(), "segments": segments.value(), "consequence": then.text()}
        if clock is None:
            return all_of_it
        all_of_it["visibility"] = str(audience.value() or "gm")
        return {key: value for key, value in all_of_it.items() if value != getattr(clock, key)}

    return await sheet.ask(lambda: act(typed()))
