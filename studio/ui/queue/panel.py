"""The canon queue dock: what waits, the entry under the cursor, and one key for each decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from studio.domain.errors import NotFound
from studio.domain.events import Committed
from studio.domain.ids import RecordId
from studio.services import history
from studio.services.world import queue, trash
from studio.ui.commands import Command
from studio.ui.kit import Button, ComboBox, EmptyState, FlowLayout, IconButton, label, vbox
from studio.ui.panel import Panel
from studio.ui.queue.card import CardView
from studio.ui.queue.list import QueueList
from studio.ui.tasks import latest_task, ui_task

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from studio.domain.record import Provenance
    from studio.services.world.queue import Order, Show
    from studio.ui.context import StudioContext

SHOWS = (("Drafts", "draft"), ("Waiting for canon", "reviewed"), ("Both", "both"),
         ("Canon that changed", "changed"))  # fmt: skip
ORDERS = (("Newest first", "newest"), ("By source", "source"))
_DONE = {
    "reviewed": "Accepted {}.", "canon": "Made {} canon.", "deprecated": "Deprecated {}.",
    "trash": "Moved {} to the trash.",
}  # fmt: skip


class QueuePanel(Panel):
    """Drafts and reviewed entries. Each decision is one change, and the cursor goes on to the next entry."""

    title: ClassVar[str] = "Canon queue"
    icon: ClassVar[str] = "circle-check"

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.done = 0
        self._counts = queue.Counts(0, 0)
        self._stale = True
        self._next = 0
        self._wants_list = False
        self._build()
        self.listen(Committed, lambda _event: self._soon.start())
        self.follow(ctx.theme.changed, self._restyle)
        self.follow(ctx.lens.changed, lambda: self._soon.start())
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._changed)

    def _build(self) -> None:
        column = vbox(self, margins=(8, 8, 8, 8), gap=6)
        top = FlowLayout(gap=6)
        self.show_box = ComboBox("What to look at", SHOWS, compact=True)
        self.order_box = ComboBox("Order of the queue", ORDERS, compact=True)
        for box in (self.show_box, self.order_box):
            box.setMinimumContentsLength(15)
            box.chosen.connect(lambda _value: self.reload())
            top.addWidget(box)
        column.addLayout(top)
        self.progress = label("", "caption", wrap=True)
        column.addWidget(self.progress)
        self.list = QueueList(self.ctx.kinds)
        self.card = CardView(self.ctx.kinds)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.card)
        self.splitter.setSizes([260, 380])
        self.empty = EmptyState(
            "What you save from answers and imports waits here as drafts, until you accept it, make it canon or put "
            "it away.", title="Nothing waits", icon="circle-check", action="Look at everything",
            on_action=lambda: self.look_at("both"),
        )  # fmt: skip
        self.pages = QStackedWidget()
        self.pages.addWidget(self.splitter)
        self.pages.addWidget(self.empty)
        column.addWidget(self.pages, 1)
        column.addLayout(self._buttons())
        self.list.picked.connect(lambda record: self.show_entry(record))
        self.list.decided.connect(self.decide)
        self.list.more_wanted.connect(lambda start: self._load_more(start))
        self.list.ticks_changed.connect(self._say_progress)
        self.list.itemDoubleClicked.connect(lambda _item: self.decide("edit"))
        self.card.opened.connect(lambda record: self._open(record))
        self.card.origin_wanted.connect(self._go_to_origin)

    def _buttons(self) -> FlowLayout:
        self.buttons: dict[str, QWidget] = {
            what: Button(words, lambda what=what: self.decide(what), compact=True, key=key, icon=icon, tip=tip,
                         variant="primary" if what == "reviewed" else "plain")
            for what, words, key, icon, tip in (
                ("reviewed", "Accept", "A", "check", "Somebody read it and it is fine"),
                ("canon", "Canon", "C", "circle-check", "True in this world"),
                ("deprecated", "Deprecate", "X", "archive", "No longer true; kept for its history"),
            )
        }  # fmt: skip
        self.buttons["edit"] = IconButton("pencil", "Edit", lambda: self.decide("edit"), key="E")
        self.buttons["trash"] = IconButton("trash-2", "Move to the trash", lambda: self.decide("trash"), key="D")
        row = FlowLayout(gap=6)
        for button in self.buttons.values():
            row.addWidget(button)
        return row

    def commands(self) -> list[Command]:
        """What the palette and menus offer for the queue."""
        some = lambda: bool(self.list.chosen())  # noqa: E731
        acts = [
            Command(f"queue.{what}", words, lambda what=what: self.decide(what), "World", "", tip, icon, enabled=some,
                    in_menu=False)
            for what, words, icon, tip in (
                ("reviewed", "Queue: accept as reviewed", "check", "Accept what is ticked in the canon queue (A)."),
                ("canon", "Queue: make canon", "circle-check", "Make what is ticked canon (C)."),
                ("deprecated", "Queue: deprecate", "archive", "Put away what is no longer true (X)."),
                ("trash", "Queue: move to trash", "trash-2", "Move what is ticked to the trash (D)."),
            )
        ]  # fmt: skip
        return [
            *acts,
            Command("queue.tick_all", "Queue: tick everything", lambda: self.list.tick(everything=True), "World", "",
                    "Tick or untick all rows that are shown (Ctrl+A).", "square-check", in_menu=False),
        ]  # fmt: skip

    # ---- loading -----------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _restyle(self) -> None:
        self.list.restyle()
        card = self.card.card
        self.card.show_card(None)
        self.card.show_card(card)

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    @property
    def _asked(self) -> tuple[Show, Order]:
        return cast("Show", self.show_box.value()), cast("Order", self.order_box.value())

    @latest_task
    async def reload(self) -> None:
        """Read the queue again; the cursor stays on its entry, or goes on to the next one."""
        self._stale = False
        run, lens = self.ctx.workspace.run, self.ctx.lens.value
        limit = max(queue.PAGE, len(self.list.rows))
        self._counts = await run(queue.counts, lens=lens)
        rows = await run(queue.waiting, *self._asked, limit=limit, lens=lens)
        keep, at = self.list.key() or "", max(0, self.list.currentRow())
        self.list.fill(rows, keep=keep, at=at)
        self.pages.setCurrentWidget(self.splitter if rows else self.empty)
        if rows and self._wants_list and self.show_box.hasFocus():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._wants_list = False
        for button in self.buttons.values():
            button.setEnabled(bool(rows) and lens.is_own)
        self._say_progress()

    @ui_task
    async def _load_more(self, start: int) -> None:
        if start % queue.PAGE == 0 and start != self._next:
            self._next = start
            rows = await self.ctx.workspace.run(queue.waiting, *self._asked, start=start, lens=self.ctx.lens.value)
            if len(self.list.rows) == start:
                self.list.extend(rows)

    def _say_progress(self) -> None:
        drafts, reviewed = self._counts
        words = [f"{drafts} {'draft' if drafts == 1 else 'drafts'}", f"{reviewed} waiting for canon"]
        words += [f"{self.done} done"] if self.done else []
        words += [f"{len(self.list.ticked)} ticked"] if self.list.ticked else []
        self.progress.setText(" · ".join(words))

    @latest_task
    async def show_entry(self, record: str) -> None:
        """Show the entry under the cursor."""
        if not record:
            self.card.show_card(None)
            return
        try:
            self.card.show_card(await self.ctx.workspace.run(queue.card, RecordId(record)))
        except NotFound:
            self.card.show_card(None)

    # ---- what a user does --------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The list, as soon as there is one."""
        self._wants_list = not self.list.rows
        target = self.show_box if self._wants_list else self.list
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def look_at(self, show: str) -> None:
        """Show drafts, what waits for canon, or both."""
        self.show_box.set_value(show)
        self.reload()

    def decide(self, what: str) -> None:
        """Accept, make canon, deprecate, edit or trash what is ticked, or the entry under the cursor."""
        chosen = [RecordId(record) for record in self.list.chosen()]
        if not chosen or not self.ctx.lens.value.is_own:
            return
        if what == "edit":
            self._open(chosen[0])
            self.ctx.shell.show_panel("entry")
        else:
            self._decide(what, chosen)

    @ui_task
    async def _decide(self, what: str, chosen: list[RecordId]) -> None:
        names = {row.id: row.name for row in self.list.rows}
        run = self.ctx.workspace.run
        if what == "trash":
            count: int | None = await run(trash.delete, chosen)
        else:
            from studio.ui.dialogs.publish import set_status

            count = await set_status(self.ctx, self.window(), chosen, what)
        if count is None:
            return
        if what == "canon":
            count += await run(queue.confirm, chosen)
        self.done += count
        self.list.ticked.clear()
        whom = f"“{names.get(chosen[0], '')}”" if len(chosen) == 1 else f"{len(chosen)} entries"
        self.ctx.toast(_DONE[what].format(whom), self.take_back)
        await self.reload()

    @ui_task
    async def take_back(self) -> None:
        """Undo, from a toast."""
        await self.ctx.workspace.run(history.undo)

    def _go_to_origin(self, mark: Provenance) -> None:
        kind = "message" if mark.source == "chat" else "entry" if mark.source == "entry" else ""
        self.ctx.navigate(mark.ref_id, mark.span, kind)

    def _open(self, record: str) -> None:
        known = self.ctx.names.get(record)
        self.ctx.navigate(record, None, known.kind if known is not None else "")
