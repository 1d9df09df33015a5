"""Asking a model about texts that no rule decides: which one, about how much, for what it costs, as a job."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING

from studio.ui.dialogs.base import Sheet
from studio.ui.kit import ComboBox, FormRow, label
from studio.ui.tasks import latest_task, ui_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from studio.services.continuity.judge import Judged
    from studio.services.continuity.judging import Bench
    from studio.services.llm.routing import ModelChoice
    from studio.ui.context import StudioContext
    from studio.ui.continuity.panel import ContinuityPanel
    from studio.ui.tasks import Tasks

MANY = (8, 24, 40, 80, 160)
USUAL = 40
_TOLD = (
    "A model is shown pairs of sentences on one thing that no rule decides, nothing else of your world. What it says "
    "counts only where it quotes both, as a note that you answer like any other."
)
_NONE = "No two sentences are alike enough to be worth a question."


class JudgeSheet(Sheet):
    """Which model is asked, about how many pairs, and about what that costs. `bench` is there once it was chosen."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None, models: Sequence[ModelChoice]) -> None:
        super().__init__(parent, "Ask a model about texts", sentence=_TOLD, width=520)
        self.ctx = ctx
        self.bench: Bench | None = None
        self._models = {one.id: one for one in models}
        self.model_box = ComboBox("Model", [(one.label, one.id) for one in models])
        self.model_box.set_value(ctx.settings.value.start_model)
        self.many_box = ComboBox("How many pairs", [(f"{n} pairs at most", n) for n in MANY])
        self.many_box.set_value(USUAL)
        for words, box in (("Model", self.model_box), ("How many", self.many_box)):
            box.chosen.connect(lambda _value: self._say())
            self.body.addWidget(FormRow(words, box))
        self.estimate = label("Looking for pairs…", "caption", wrap=True)
        self.body.addWidget(self.estimate)
        self.go = self.buttons("Ask the model")
        self.go.setEnabled(False)
        self.look()

    @property
    def tasks(self) -> Tasks:
        """Where the pairs are looked for."""
        return self.ctx.tasks

    @property
    def model(self) -> str:
        """The chosen model's id."""
        return str(self.model_box.value())

    @property
    def most(self) -> int:
        """How many pairs at most."""
        return int(self.many_box.value())  # pyright: ignore[reportArgumentType]

    @latest_task
    async def look(self) -> None:
        """Choose the pairs: the world is read for that."""
        module = await asyncio.to_thread(import_module, "studio.services.continuity.judging")
        self.bench = await module.Bench.choose(self.ctx.workspace, self.ctx.findings.value)
        self._say()

    def _say(self) -> None:
        """What asking would send and cost."""
        if self.bench is None:
            return
        count = min(self.most, len(self.bench.pairs))
        self.go.setEnabled(count > 0)
        if not count:
            self.estimate.setText(_NONE)
            return
        usage, cost = self.bench.estimate(count, self._models[self.model].price)
        pairs = f"{count} of {len(self.bench.pairs)} pairs, the most alike first"
        self.estimate.setText(f"{pairs}: about {usage.input_tokens:,} tokens to read, {_price(cost, about=True)}.")


class Judging:
    """Asks for one panel: the sheet, then the job, then the findings."""

    def __init__(self, panel: ContinuityPanel) -> None:
        self.panel = panel
        self.ctx = panel.ctx

    @property
    def tasks(self) -> Tasks:
        """Where it runs."""
        return self.ctx.tasks

    @property
    def models(self) -> Sequence[ModelChoice]:
        """The models that are connected."""
        return self.ctx.gateway.models.available() if self.ctx.gateway is not None else ()

    @ui_task
    async def ask(self) -> None:
        """Ask what the sheet was told to; what was judged until it is stopped stays."""
        sheet = JudgeSheet(self.ctx, self.panel.window(), self.models)
        if not await sheet.ask() or sheet.bench is None:
            return
        running = asyncio.current_task()
        job = self.ctx.tasks.job("Asking a model about texts", lambda: running is not None and running.cancel())
        try:
            done = await sheet.bench.ask(
                self.ctx.gateway, model=sheet.model, most=sheet.most, progress=lambda part: job.update(part)
            )
        except asyncio.CancelledError:
            job.finish("cancelled", "Stopped; what was judged until then is listed.")
            await self.ctx.findings.take_judged()
            raise
        finally:
            self.ctx.hub.spend_changed.emit()
        await self.ctx.findings.take_judged()
        job.finish("failed" if done.warnings and not done.asked else "done", _came_of(done))
        self.ctx.toast(_came_of(done))


def _came_of(done: Judged) -> str:
    """What was judged, found and paid, in a sentence or two."""
    found, thrown = len(done.findings), done.thrown_away
    words = f"{done.asked} {'pair' if done.asked == 1 else 'pairs'} judged, {found or 'none'} of them at odds"
    words += f", {thrown} without both quotes thrown away" if thrown else ""
    return " ".join([f"{words}; {_price(done.cost_usd)}.", *done.warnings])


def _price(cost: float | None, *, about: bool = False) -> str:
    if cost is None:
        return "at a price that isn't known"
    if cost == 0:
        return "free"
    return f"{'about ' if about else ''}${cost:.4f}"
