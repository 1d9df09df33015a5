"""Follows what models cost: the status bar's sums and the bill in the Jobs and cost dock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.domain.events import AnswerFinished
from studio.ui.status import money
from studio.ui.tasks import Tasks, latest_task

if TYPE_CHECKING:
    from studio.services.spend import Spend
    from studio.ui.context import StudioContext
    from studio.ui.main_window import MainWindow


class Spending(QObject):
    """One per open project."""

    def __init__(self, window: MainWindow, ctx: StudioContext, spend: Spend) -> None:
        super().__init__(window)
        self._window, self._ctx, self._spend = window, ctx, spend
        self._thread = ""
        self._end = ctx.bus.subscribe(AnswerFinished, self._answered)
        ctx.hub.spend_changed.connect(self.refresh)
        ctx.hub.reached.connect(window.status.show_reached)
        self.refresh()

    @property
    def tasks(self) -> Tasks:
        """Where the sums are read."""
        return self._window.tasks

    def _answered(self, event: AnswerFinished) -> None:
        self._thread = event.thread_id
        self.refresh()

    @latest_task
    async def refresh(self) -> None:
        """Read the sums again."""
        today = await self._spend.today()
        state = await self._spend.state()
        chat = (await self._spend.thread_total(self._thread)).cost_usd if self._thread else None
        budget = self._ctx.settings.value.daily_budget
        self._window.status.show_cost(chat=chat, today=today.cost_usd, budget=budget)
        if state.level != "ok":
            self._window.banner.say(state.sentence, "danger" if state.level == "stop" else "warn")
        if callable(show := getattr(self._window.panels().get("jobs"), "set_bill", None)):
            models = await self._spend.totals("model")
            show(
                [
                    ("Today", money(today.cost_usd)),
                    *((self._name(total.key), money(total.cost_usd)) for total in models[:12]),
                ]
            )

    def _name(self, model: str) -> str:
        """A model as people know it."""
        gateway = self._ctx.gateway
        known = {m.id: m.label for m in gateway.models.available()} if gateway is not None else {}
        return known.get(model) or model.removeprefix("custom:")

    def release(self) -> None:
        """Stop following."""
        self._end()
        self.deleteLater()
