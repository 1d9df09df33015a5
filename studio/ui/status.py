"""The status bar: project and saved time on the left; jobs, cost and connection on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStatusBar

from studio.ui.kit.base import label
from studio.ui.kit.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Callable


class StatusBar(QStatusBar):
    """What is true right now, in words. Labels carry no accessible name, so that a screen reader reads their text."""

    def __init__(
        self, *, on_jobs: Callable[[], object], on_cost: Callable[[], object], on_findings: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self.project = label()
        self.saved = label()
        self.message = label()
        self.jobs = Button("", on_jobs, variant="ghost", tip="Show running work")
        self.cost = Button("", on_cost, variant="ghost", tip="Show what the models cost")
        self.findings = Button("", on_findings, variant="ghost", tip="Show what contradicts itself in the world")
        self.online = label()
        for left in (self.project, self.saved):
            self.addWidget(left)
        self.addWidget(self.message, 1)
        for right in (self.jobs, self.findings, self.cost, self.online):
            self.addPermanentWidget(right)
        for hidden in (self.jobs, self.findings, self.cost):
            hidden.hide()
        for text in (self.project, self.saved, self.message, self.online):
            text.setTextFormat(Qt.TextFormat.PlainText)

    def show_project(self, name: str) -> None:
        """The open project, or nothing."""
        self.project.setText(name)
        if not name:
            self.saved.clear()
            self.cost.hide()
            self.findings.hide()
            self.online.clear()

    def show_saved(self, at: str) -> None:
        """When the last change was stored, as local time."""
        self.saved.setText(f"Saved {at}")

    def show_jobs(self, running: int) -> None:
        """How many long actions run."""
        self.jobs.setVisible(running > 0)
        self.jobs.setText("1 job" if running == 1 else f"{running} jobs")

    def show_findings(self, errors: int, waiting: int) -> None:
        """How much of what contradicts itself waits for an answer; the errors are told first."""
        self.findings.setVisible(waiting > 0)
        words = f"{errors} {'error' if errors == 1 else 'errors'}" if errors else f"{waiting} to look at"
        self.findings.setText(words)
        self.findings.setAccessibleName(f"Continuity: {words}, {waiting} in all")

    def show_cost(self, *, chat: float | None, today: float, budget: float) -> None:
        """Spend in US dollars; a budget of 0 is none."""
        parts = [] if chat is None else [f"Chat {money(chat)}"]
        parts.append(f"Today {money(today)}" + (f" of {money(budget)}" if budget else ""))
        self.cost.setText("   ".join(parts))
        self.cost.setVisible(True)

    def show_reached(self, how: str) -> None:
        """Who gave the last answer: `online`, `local`, `recorded`; `offline` where nobody could be reached."""
        words, tip = _REACHED.get(how, ("", ""))
        self.online.setText(words)
        self.online.setToolTip(tip)


_REACHED = {
    "online": ("Online", "The last answer came over the network."),
    "offline": ("Offline", "No model could be reached."),
    "local": ("Local model", "The last answer came from a model on this machine."),
    "recorded": ("Recorded answers", "The last answer was a recorded one: no model was asked, and nothing was sent."),
}


def money(amount: float) -> str:
    """US dollars with as many digits as small sums need."""
    return f"${amount:.4f}" if 0 < amount < 0.01 else f"${amount:.2f}"
