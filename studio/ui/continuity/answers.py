"""What an answer asks of the user before it is given, and what is said when it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services import history
from studio.services.continuity import resolve, rulings
from studio.services.world.merge_form import merge_form
from studio.ui.continuity.sheets import ForkSheet, MuteSheet
from studio.ui.tasks import ui_task

if TYPE_CHECKING:
    from studio.domain.continuity import Finding
    from studio.services.continuity.triage import CardView
    from studio.ui.continuity.panel import ContinuityPanel
    from studio.ui.tasks import Tasks


class Answers:
    """The answers of one panel. Each is one verb; a toast takes it back."""

    def __init__(self, panel: ContinuityPanel) -> None:
        self.panel = panel
        self.ctx = panel.ctx

    @property
    def tasks(self) -> Tasks:
        """Where they run."""
        return self.ctx.tasks

    def ask(self, what: str, card: CardView) -> None:
        """Ask for what the answer needs, then give it."""
        {"merge": self.merge, "fork": self.fork, "ignore": self.ignore, "mute": self.mute, "reopen": self.reopen}[what](
            card
        )

    @ui_task
    async def merge(self, card: CardView) -> None:
        """Choose field by field, then make the two one."""
        from studio.ui.dialogs.merge import MergeSheet

        left, right = card.offers.merge[:2]
        run = self.ctx.workspace.run
        sheet = MergeSheet(self.panel.window(), await run(merge_form, left, right))
        if await sheet.ask():
            done = await run(resolve.merge_found, card.row.judged.finding, left, choices=sheet.choices)
            self.said(f"Merged into “{done.entity.name}”.")

    @ui_task
    async def fork(self, card: CardView) -> None:
        """Ask for the other's name, then make them two."""
        sheet = ForkSheet(self.panel.window(), card)
        if await sheet.ask():
            made = await self.ctx.workspace.run(resolve.fork, card.row.judged.finding, sheet.at, name=sheet.name)
            self.said(f"They are two now; the other is “{made.name}”.")

    @ui_task
    async def close(self, finding: Finding, how: str, at: int) -> None:
        """One side holds, or one side gives way."""
        if how == "keep":
            await self.ctx.workspace.run(resolve.supersede, finding, at)
            self.said("That side holds; the other one was closed.")
        else:
            await self.ctx.workspace.run(resolve.put_away, finding, at)
            self.said("Put away; the others stay.")

    @ui_task
    async def ignore(self, card: CardView) -> None:
        """Ask why it is none."""
        finding, run = card.row.judged.finding, self.ctx.workspace.run
        if await self.ctx.shell.ask_text(
            "Ignore this finding", label="Why is it no conflict?", action="Ignore", hint="mother and daughter",
            act=lambda reason: run(rulings.ignore, finding, reason=reason),
        ):  # fmt: skip
            self.said("Ignored. It comes back if one of its sides changes.")

    @ui_task
    async def mute(self, card: CardView) -> None:
        """Ask for whom and why a rule doesn't count."""
        sheet = MuteSheet(self.panel.window(), card)
        if await sheet.ask():
            rule = rulings.rule_of(card.row.judged.finding)
            await self.ctx.workspace.run(rulings.mute, rule, reason=sheet.reason, subject=sheet.subject)
            self.said("Muted. What it finds is under “Answered”.")

    @ui_task
    async def reopen(self, card: CardView) -> None:
        """Let an answered finding wait again."""
        judged = card.row.judged
        if judged.ruling is not None:
            await self.ctx.workspace.run(rulings.reopen, judged.ruling.id)
        elif judged.muted is not None:
            await self.ctx.workspace.run(rulings.unmute, judged.muted.id)
        self.said("It waits for an answer again.")

    def said(self, words: str) -> None:
        """Say it, with the way back."""
        self.ctx.toast(words, self.take_back)

    @ui_task
    async def take_back(self) -> None:
        """Undo, from a toast."""
        await self.ctx.workspace.run(history.undo)
