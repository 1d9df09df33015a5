"""The timeline panel: reads the world's dates through the lens, and shows them as line, list and months."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from studio.domain.dates import read_words
from studio.domain.errors import Invalid
from studio.domain.events import Committed
from studio.domain.text import fold
from studio.services.world import timeline as dates
from studio.services.world.timeline import Timeline
from studio.ui.kit import ComboBox, EmptyState, FlowLayout, IconButton, LineEdit, SearchField, build_menu, label, vbox
from studio.ui.panel import Panel
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme import look
from studio.ui.timeline.canvas import STEP, TimelineCanvas
from studio.ui.timeline.commands import VIEWS, timeline_commands
from studio.ui.timeline.lanes import GROUPS
from studio.ui.timeline.listing import TimelineList
from studio.ui.timeline.months import MonthsView

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from studio.services.world.timeline import Item
    from studio.ui.commands import Command
    from studio.ui.context import StudioContext

_EMPTY = (
    "Give an event a start, a person a birth, a session its date, in words: “spring 812”, “before 3 Reed 812”, "
    "“c. 640”. Everything with a date stands here, in the order of its days."
)


class TimelinePanel(Panel):
    """Reads nothing while it is hidden. The three views show the same dates and share what is chosen."""

    title: ClassVar[str] = "Timeline"
    icon: ClassVar[str] = "calendar-clock"
    for_all_eyes: ClassVar[bool] = True

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.data = Timeline((), {})
        self.view = "line"
        self._stale = True
        self._chosen: Item | None = None
        column = vbox(self, gap=0)
        column.addWidget(self._build_top())
        column.addWidget(self._build_body(), 1)
        self.listen(Committed, self._committed)
        self.follow(ctx.lens.changed, self._looked_otherwise)
        self.follow(ctx.calendars.changed, self._reread)
        self.follow(ctx.theme.changed, self._restyle)
        self.set_view(self.view)

    # ---- building ------------------------------------------------------------------------------------------------

    def _build_top(self) -> QWidget:
        top = QWidget()
        flow = FlowLayout(top, gap=6, margins=(10, 6, 10, 6))
        self.views = ComboBox("View", [(words, view) for view, words in VIEWS], compact=True)
        self.views.chosen.connect(lambda view: self.set_view(str(view)))
        self.groups = ComboBox("Lanes by", [(f"Lanes by {words.lower()}", key) for words, key in GROUPS], compact=True)
        self.groups.setMinimumContentsLength(12)
        self.groups.chosen.connect(lambda group: self.canvas.set_group(str(group)))
        self.filter = SearchField("Show only", placeholder="Filter names")
        self.filter.searched.connect(lambda _text: self._show())
        self.goto = LineEdit("Go to a date", placeholder="Go to a date", compact=True)
        self.goto.returnPressed.connect(self._go)
        for line in (self.filter, self.goto):
            line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.sight = label("", "caption")
        self.groups.setMinimumContentsLength(14)
        for field in (self.filter, self.goto):  # as wide as their hints: all of it on one line where there is room
            field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for widget in (self.views, self.groups, self.filter, self.goto):
            flow.addWidget(widget)
        self.zooms = [
            IconButton("minus", "Zoom out", lambda: self.canvas.zoom(1 / STEP), key="-"),
            IconButton("plus", "Zoom in", lambda: self.canvas.zoom(STEP), key="+"),
            IconButton("maximize-2", "Show everything", lambda: self.canvas.fit(), key="0"),
        ]
        for button in self.zooms:
            flow.addWidget(button)
        self.calendars_button = IconButton("calendar", "Calendars of this world", lambda: self.edit_calendars())
        flow.addWidget(self.calendars_button)
        flow.addWidget(self.sight)
        return top

    def _build_body(self) -> QWidget:
        self.canvas = TimelineCanvas()
        self.list = TimelineList(self.ctx.kinds)
        self.months = MonthsView()
        for shown in (self.canvas, self.list):
            shown.chosen.connect(self._choose)
            shown.opened.connect(self._open)
            shown.move_wanted.connect(lambda item: self.ask_move(item))
            shown.menu_wanted.connect(self._menu)
        self.canvas.moved.connect(lambda item, days: self.move_by(item, days))
        self.canvas.looked.connect(self._say_sight)
        self.months.chosen.connect(self._choose)
        self.months.opened.connect(self._open)
        self.empty = EmptyState(
            _EMPTY, title="No dates yet", icon="calendar-clock", action="New event",
            on_action=lambda: self.ctx.commands.run("world.new"),
        )  # fmt: skip
        self.pages = QStackedWidget()
        for page in (self.canvas, self.list, self.months, self.empty):
            self.pages.addWidget(page)
        return self.pages

    def sizeHint(self) -> QSize:
        return QSize(look.px(720), look.px(340))

    def commands(self) -> list[Command]:
        """Views, calendars, move, as of."""
        return timeline_commands(self)

    # ---- what it shows -------------------------------------------------------------------------------------------

    @property
    def current(self) -> Item | None:
        """The date that commands are about."""
        return self._chosen

    def set_view(self, view: str) -> None:
        """`line`, `list` or `months`; a focus in the old view goes on into the new one."""
        focused = self.window().focusWidget()
        inside = focused is not None and self.pages.isAncestorOf(focused)
        self.view = view
        self.views.set_value(view)
        for widget in (self.groups, *self.zooms, self.sight):
            widget.setVisible(view == "line")
        self._page()
        if inside:
            self.focus_first()
        self.ctx.commands.refresh()

    def _page(self) -> None:
        pages = {"line": self.canvas, "list": self.list, "months": self.months}
        months = self.view == "months" and len(self.ctx.calendars.value) > 0
        self.pages.setCurrentWidget(pages[self.view] if self.data.items or months else self.empty)

    def focus_first(self) -> None:
        """The view."""
        page = self.pages.currentWidget()
        wanted = self.months.sheet if page is self.months else self.empty.button if page is self.empty else page
        if wanted is not None:
            wanted.setFocus()

    @latest_task
    async def load(self) -> None:
        """Read the dates through the lens."""
        self._stale = False
        self.data = await self.ctx.workspace.run(dates.timeline, lens=self.ctx.lens.value)
        self._show()

    def _show(self) -> None:
        needle = fold(self.filter.text())
        items = [item for item in self.data.items if needle in fold(item.title)] if needle else self.data.items
        main = self.ctx.calendars.value.main
        own = self.ctx.lens.value.is_own
        self.canvas.may_move = own
        for button in (self.calendars_button, self.empty.button):
            if button is not None:
                button.setEnabled(own)
        self.canvas.set_as_of(self.ctx.lens.value.as_of)
        plurals = {spec.name: spec.plural for spec in self.ctx.kinds.all()}
        self.canvas.show_items(items, {**plurals, **self.data.lanes}, main)
        self.list.list_model.show_items(items, self.data.lanes)
        self.months.show_items(items, main)
        self._page()

    def _say_sight(self) -> None:
        """Which days are in sight, in words."""
        lo, hi = self.canvas.in_sight()
        days = hi - lo
        mean = self.canvas.calendar.mean_year
        precision = "day" if days < mean else "month" if days < 4 * mean else "year"
        try:
            words = " – ".join(self.canvas.calendar.format(day, precision) for day in (lo, hi))
        except Invalid:
            words = ""
        self.sight.setText(words)

    def _choose(self, item: Item | None) -> None:
        if item is None:
            return
        before, self._chosen = self._chosen, item
        if before is not None and (before.id, before.path) == (item.id, item.path):
            return
        if self.view == "line":
            self.ctx.announce(f"{item.title}, {item.words}")
            self.list.choose(item)
        else:
            self.canvas.choose(item, show=True)
        self.ctx.hub.selected.emit(item.id, item.kind)

    def _open(self, item: Item | None) -> None:
        if item is not None:
            kind = "entry" if item.path == "in_world_date" else item.kind
            self.ctx.navigate(item.id, None, kind)

    def _go(self) -> None:
        ref = read_words(self.goto.text(), self.ctx.calendars.value)
        lo, hi = (ref.lo, ref.hi) if ref else (None, None)
        at = hi if lo is None else lo
        if at is None:
            self.ctx.toast(f"“{self.goto.text()}” is no date in this world's calendars.")
            return
        self.canvas.go_to(at, hi if hi is not None and lo is not None else at)
        self.months.go_to(at)
        row = next((n for n, item in enumerate(self.list.list_model.items) if item.lo >= at), None)
        if row is not None:
            self.list.setCurrentIndex(self.list.list_model.index(row))
        self.focus_first()

    # ---- verbs ---------------------------------------------------------------------------------------------------

    def _menu(self, item: Item, corner: QPoint) -> None:
        rows = [
            ("Open", lambda: self._open(item)),
            ("Move to date…", lambda: self.ask_move(item)),
            ("Look at the world as of this day", lambda: self.look_as_of(item)),
        ]
        build_menu(self, [row for row in rows if self.canvas.may_move or row[0] != "Move to date…"]).popup(corner)

    def look_as_of(self, item: Item | None) -> None:
        """See the whole window as of the last day of a date."""
        if item is not None:
            self.ctx.lens.set(as_of=item.hi)

    @ui_task
    async def move_by(self, item: Item, days: int) -> None:
        """Store where an item was dragged."""
        words = await self.ctx.workspace.run(dates.move, item.id, item.path, days=days)
        self._moved(item, words)

    @ui_task
    async def ask_move(self, item: Item | None) -> None:
        """Ask for a date in words and move there."""
        if item is None or not self.canvas.may_move:
            return

        async def move(typed: str) -> None:
            if typed != item.words:
                self._moved(item, await self.ctx.workspace.run(dates.move_to, item.id, item.path, typed))

        await self.ctx.shell.ask_text(
            f"Move “{item.title}”", label="To which date?", text=item.words, action="Move", act=move
        )

    def _moved(self, item: Item, words: str) -> None:
        self.ctx.toast(f"Moved “{item.name}” to {words}", lambda: self.ctx.commands.run("edit.undo"))

    @ui_task
    async def edit_calendars(self) -> None:
        """Open the dialog of calendars."""
        from studio.ui.almanac.dialog import edit_calendars

        await edit_calendars(self.ctx, self.window())

    # ---- following -----------------------------------------------------------------------------------------------

    def _committed(self, event: Committed) -> None:
        if event.kinds() - {"message", "thread", "artifact", "recipe", "recipe_version", "blueprint", "claim"}:
            self._reread()

    def _looked_otherwise(self) -> None:
        if not self.isVisible():  # what other eyes saw must not flash up when it is shown again
            self.data = Timeline((), {})
            self._show()
        self.canvas.set_as_of(self.ctx.lens.value.as_of)
        self._reread()

    def _reread(self) -> None:
        self._stale = True
        if self.isVisible():
            self.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.load()

    def _restyle(self) -> None:
        self.canvas.restyle()
        self.months.restyle()
