"""The Jobs and cost dock: what runs, how far it is, how to stop it, and what the models cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.kit.base import clear, hbox, label, rule, vbox
from studio.ui.kit.buttons import Button
from studio.ui.kit.feedback import ProgressRow
from studio.ui.kit.surfaces import ScrollColumn
from studio.ui.panel import Panel

if TYPE_CHECKING:
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Job


class JobsPanel(Panel):
    """Rows of progress beside the bill of today."""

    title = "Jobs and cost"
    icon = "activity"

    def __init__(self, ctx: StudioContext) -> None:
        super().__init__(ctx)
        row = hbox(self)
        left = ScrollColumn("Jobs")
        self._rows = vbox(gap=4)
        self._none = label("Nothing is running. Imports, exports and extraction show up here.", "muted", wrap=True)
        left.body.addWidget(self._none)
        left.body.addLayout(self._rows)
        self._clear = Button("Clear finished", ctx.tasks.forget_finished, compact=True)
        left.body.addWidget(self._clear)
        row.addWidget(left, 3)
        row.addWidget(rule(vertical=True))
        right = ScrollColumn("Cost")
        self.cost = vbox(gap=4)
        right.body.addLayout(self.cost)
        row.addWidget(right, 2)
        self._shown: dict[Job, ProgressRow] = {}
        self.follow(ctx.tasks.jobs_changed, self._refresh)
        self._refresh()
        self.set_bill([])

    def set_bill(self, lines: list[tuple[str, str]]) -> None:
        """Show spend as (what, how much) lines."""
        clear(self.cost)
        self.cost.addWidget(label("Cost", "overline"))
        for what, amount in lines or [("Nothing was spent yet.", "")]:
            line = hbox()
            line.addWidget(label(what, "" if lines else "muted"), 1)
            line.addWidget(label(amount, "strong"))
            self.cost.addLayout(line)

    def _refresh(self) -> None:
        jobs = self.ctx.tasks.jobs
        for job in [job for job in self._shown if job not in jobs]:
            row = self._shown.pop(job)
            row.hide()
            row.deleteLater()
        for job in jobs:
            if job not in self._shown:
                row = ProgressRow(job.title, on_cancel=job.cancel if job.can_cancel else None)
                self._shown[job] = row
                self._rows.addWidget(row)
            if job.state == "running":
                self._shown[job].set(job.fraction, job.sentence)
            else:
                self._shown[job].finish(job.sentence or job.state)
        self._none.setVisible(not jobs)
        self._clear.setVisible(any(job.state != "running" for job in jobs))
