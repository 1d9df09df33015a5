"""All fronts at once, for the table: tick a portent, tick a clock, see what is at stake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.domain.events import Committed
from studio.services import history
from studio.services.world import clocks, fronts
from studio.ui.clocks import ask_clock
from studio.ui.commands import Command
from studio.ui.fronts.card import FrontCard
from studio.ui.fronts.sheet import ask_front
from studio.ui.kit import Banner, Button, EmptyState, ScrollColumn, clear, hbox, vbox
from studio.ui.panel import Panel
from studio.ui.tasks import latest_task, ui_task

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from studio.domain.ids import RecordId
    from studio.services.world.fronts import FrontRow
    from studio.ui.context import StudioContext


class FrontsPanel(Panel):
    """A card for each front."""

    title = "Fronts"
    icon = "flame"
    handles: ClassVar[frozenset[str]] = frozenset()
    for_all_eyes: ClassVar[bool] = True

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._stale = True
        self.cards: list[FrontCard] = []
        self._waiting: list[tuple[RecordId, str]] = []
        self._stack = QStackedWidget()
        column = vbox(self, gap=0)
        self.banner = Banner(dismissible=False)
        self.banner.hide()
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        self.empty = EmptyState(
            "A front is a danger that moves by itself: what is at stake, what is seen as it comes closer, and a clock.",
            title="No fronts yet", icon="flame", action="New front…", on_action=lambda: self.new_front(),
        )  # fmt: skip
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._work())
        self._reload_soon = QTimer(self, singleShot=True, interval=40)
        self._reload_soon.timeout.connect(lambda: self.reload())
        self.listen(Committed, self._committed)
        self.follow(ctx.lens.changed, self._changed_lens)
        self.follow(ctx.theme.changed, self.update)

    def _work(self) -> QWidget:
        page = QWidget()
        column = vbox(page, gap=0)
        row = hbox(margins=(12, 8, 12, 4), gap=8)
        self.new_button = Button("New front…", lambda: self.new_front(), compact=True, icon="plus")
        row.addWidget(self.new_button)
        row.addStretch(1)
        column.addLayout(row)
        self.list = ScrollColumn("Fronts", margins=(12, 4, 12, 16), gap=12)
        column.addWidget(self.list, 1)
        return page

    def commands(self) -> list[Command]:
        """What the dock offers everywhere."""
        gm = lambda: self.ctx.lens.value.is_own  # noqa: E731
        return [
            Command("fronts.new", "New front…", lambda: self.new_front(), "World", "",
                    "Write a danger down that moves by itself, with its clock.", "flame", enabled=gm),
            Command("fronts.from_blueprint", "Make fronts of the blueprint's", lambda: self.take_from_blueprint(),
                    "World", "", "Turn the fronts that a blueprint names into real ones.", "layers",
                    enabled=lambda: gm() and bool(self._waiting)),
        ]  # fmt: skip

    # ---- showing -----------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _committed(self, event: Committed) -> None:
        if event.kinds() & {"timeline_arc", "clock", "blueprint", "project"} or event.verb == "import":
            self._stale = True
            if self.isVisible():
                self._reload_soon.start()

    def _changed_lens(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    @latest_task
    async def reload(self) -> None:
        """Follow what changed."""
        self._stale = False
        run, lens = self.ctx.workspace.run, self.ctx.lens.value
        found = await run(fronts.fronts, lens)
        self._waiting = await run(fronts.waiting) if lens.is_own else []
        self._show(found, editable=lens.is_own)
        self._offer()
        self.ctx.commands.refresh()

    def _show(self, found: list[FrontRow], *, editable: bool) -> None:
        self.new_button.setVisible(editable)
        if self.empty.button is not None:
            self.empty.button.setVisible(editable)
        self._stack.setCurrentIndex(1 if found else 0)
        if [card.front_id for card in self.cards] != [row.id for row in found]:
            clear(self.list.body)
            self.cards = [FrontCard(self.ctx, row.id) for row in found]
            for card in self.cards:
                card.add_clock_wanted.connect(lambda front, name: self.add_clock(front, name))
                self.list.body.addWidget(card)
        for card, row in zip(self.cards, found, strict=True):
            card.show_front(row, editable=editable)

    def _offer(self) -> None:
        """Say that a blueprint names fronts which aren't in the world."""
        names = [name for _, name in self._waiting]
        more = f" and {len(names) - 2} more" if len(names) > 2 else ""
        words = " and ".join(f"“{name}”" for name in names[:2]) if not more else ", ".join(f"“{n}”" for n in names[:2])
        self.banner.say(
            f"The blueprint names {words}{more}." if names else "", "info", action="Make them real",
            on_action=lambda: self.take_from_blueprint(),
        )  # fmt: skip

    # ---- what a user does --------------------------------------------------------------------------------------------

    @ui_task
    async def new_front(self) -> None:
        """Ask for a front and make it."""

        async def make(given: dict[str, Any]) -> None:
            made = await self.ctx.workspace.run(fronts.create_front, **given)
            self.ctx.toast(f"Made the front “{made.name}”.", self.take_back)

        await ask_front(self, make)

    @ui_task
    async def take_from_blueprint(self) -> None:
        """Make the fronts that blueprints name."""
        made = 0
        for blueprint_id in dict.fromkeys(of for of, _ in self._waiting):
            made += len(await self.ctx.workspace.run(fronts.from_blueprint, blueprint_id))
        if made:
            self.ctx.toast("Made 1 front." if made == 1 else f"Made {made} fronts.", self.take_back)

    @ui_task
    async def add_clock(self, front_id: RecordId, name: str) -> None:
        """Give a front one more clock."""
        await ask_clock(self, None, name=name, act=lambda new: self.ctx.workspace.run(
            clocks.add_clock, owner_id=front_id, **new
        ))  # fmt: skip

    @ui_task
    async def take_back(self) -> None:
        """Undo, from a toast."""
        await self.ctx.workspace.run(history.undo)

    def release(self) -> None:
        super().release()
        self._reload_soon.stop()
