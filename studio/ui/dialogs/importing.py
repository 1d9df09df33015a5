"""Import: read apart, shown in a preview where kinds can be turned, then one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from shiboken6 import isValid

from studio.services import exchange
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import clear, hbox, label, named
from studio.ui.kit.confidence import KindIcon
from studio.ui.kit.fields import ComboBox
from studio.ui.kit.surfaces import Card, Section
from studio.ui.tasks import latest_task

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.services.exchange import Report, Told
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Job

    Look = Callable[[dict[str, str]], Awaitable[Report]]
    T = TypeVar("T")

REASONS = 200
KINDS_SHOWN = 40
NOTES, LEFT_OUT = "", "-"


class ImportPreview(Sheet):
    """What an import would do: how many of which kind, what is new, what changes, what is left out and why.

    `look` is asked for the report anew when a person says that a word of the source means another kind.
    """

    def __init__(self, parent: QWidget, ctx: StudioContext, report: Report, look: Look | None = None) -> None:
        super().__init__(parent, f"Import {report.title}" if report.title else "Import", width=560)
        self.tasks, self._kinds, self._look = ctx.tasks, ctx.kinds, look
        self.mapping = {told.word: told.kind for told in report.told}
        self.sentence = named(label("", wrap=True), "What the import would do")
        self.body.addWidget(self.sentence)
        self.card = Card(sunken=True, gap=4)
        self.body.addWidget(self.card)
        self._add_words(report.told)
        self.reasons = Section("Left out or noted, and why", open=False, count=len(report.reasons))
        self.body.addWidget(self.reasons)
        self.body.addWidget(label("All of it is one change: one undo takes it back.", "muted", wrap=True))
        self.go = self.buttons("Import")
        self.show_report(report)

    def show_report(self, report: Report) -> None:
        """Say what the import would do as it is set now."""
        self.sentence.setText(summary(report))
        clear(self.card.body)
        for kind, count in report.kinds.items():
            row = hbox()
            words = self._kinds.label(kind) if count == 1 else self._kinds.spec(kind).plural
            row.addWidget(KindIcon(kind, words))
            row.addStretch(1)
            row.addWidget(label(f"{count:,}", "strong"))
            self.card.body.addLayout(row)
        self.card.setVisible(bool(report.kinds))
        clear(self.reasons.body)
        for reason in report.reasons[:REASONS]:
            self.reasons.body.addWidget(label(f"{reason.what} — {reason.why}", "caption", wrap=True))
        self.reasons.set_count(len(report.reasons))
        self.reasons.setVisible(bool(report.reasons))
        self.go.setEnabled(report.created + report.updated + report.linked > 0)

    def _add_words(self, told: Sequence[Told]) -> None:
        if self._look is None or not told:
            return
        section = Section("What its words mean here", open=len(told) <= 6, count=len(told))
        choices = [("Note", NOTES), *self._kinds.choices(), ("Leave out", LEFT_OUT)]
        for one in sorted(told, key=lambda one: (-one.count, one.word))[:KINDS_SHOWN]:
            words = one.word or "Without a word"
            row = hbox()
            row.addWidget(label(f"{words} ({one.count:,})"), 1)
            box = ComboBox(f"{words} comes in as", choices, compact=True)
            box.set_value(one.kind)
            box.chosen.connect(lambda kind, word=one.word: self._turn(word, str(kind)))
            row.addWidget(box)
            section.body.addLayout(row)
        self.body.addWidget(section)

    def _turn(self, word: str, kind: str) -> None:
        self.mapping[word] = kind
        self._look_again()

    @latest_task
    async def _look_again(self) -> None:
        assert self._look is not None
        report = await self._look(dict(self.mapping))
        if isValid(self):
            self.show_report(report)


def summary(report: Report) -> str:
    """The report in one sentence."""
    parts = [f"{report.created:,} new", f"{report.updated:,} changed", f"{report.unchanged:,} as they are"]
    if report.linked:
        parts.insert(2, f"{report.linked:,} joined to what is here")
    if report.skipped:
        parts.append(f"{report.skipped:,} left out")
    return f"{report.read:,} found: {', '.join(parts)}."


async def import_into(ctx: StudioContext, window: QWidget, paths: Sequence[Path]) -> None:
    """Read, preview, ask, import as one commit."""
    names, run = _names(paths), ctx.workspace.run

    async def read(job: Job, stopped: Callable[[], bool]) -> tuple[list[exchange.Incoming], Report]:
        parsed = await exchange.read_paths(paths, progress=lambda part: _later(job, part), cancelled=stopped)
        return parsed, await run(exchange.import_parsed, parsed, dry_run=True)

    found = await _as_job(ctx, f"Reading {names}", read, lambda done: summary(done[1]))
    if found is None:
        return
    parsed, preview = found

    async def look(mapping: dict[str, str]) -> Report:
        exchange.remap(parsed, mapping)
        return await run(exchange.import_parsed, parsed, dry_run=True)

    async def bring(job: Job, stopped: Callable[[], bool]) -> Report:
        return await exchange.import_read(
            ctx.workspace, parsed, progress=lambda part: _later(job, part), cancelled=stopped
        )

    if not await ImportPreview(window, ctx, preview, look).ask():
        return
    report = await _as_job(ctx, f"Importing {names}", bring, summary)
    if report is not None:
        ctx.toast(f"Imported {report.imported:,} from {names}", lambda: ctx.commands.run("edit.undo"))


async def _as_job(
    ctx: StudioContext,
    title: str,
    work: Callable[[Job, Callable[[], bool]], Awaitable[T]],
    words: Callable[[T], str],
) -> T | None:
    """Do it as a job that can be cancelled, then None; errors go on to the caller."""
    from studio.domain.errors import Cancelled

    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True

    job = ctx.tasks.job(title, stop)
    try:
        done = await work(job, lambda: stopped)
    except Cancelled as error:
        job.finish("cancelled", str(error))
        return None
    except Exception:
        job.finish("failed", "Nothing was changed.")
        raise
    job.finish("done", words(done))
    return done


def _later(job: Job, fraction: float) -> None:
    """Progress comes from other threads; a queued call brings it to this one."""
    from PySide6.QtCore import QMetaObject, Qt

    job.fraction = fraction
    QMetaObject.invokeMethod(job, "moved", Qt.ConnectionType.QueuedConnection)


def _names(paths: Sequence[Path]) -> str:
    return f"“{paths[0].name}”" if len(paths) == 1 else f"{len(paths)} files"
