"""Import: read apart, shown in a preview where kinds can be turned, then one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from shiboken6 import isValid

from studio.services import exchange
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import clear, hbox, label, named, vbox
from studio.ui.kit.confidence import KindIcon
from studio.ui.kit.fields import ComboBox
from studio.ui.kit.surfaces import Card, Section
from studio.ui.tasks import latest_task
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.services.exchange import Report, Told, ToldField
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Job

    Look = Callable[[exchange.WordMap], Awaitable[Report]]
    T = TypeVar("T")

REASONS = 200
KINDS_SHOWN, FIELDS_SHOWN, BOX = 40, 60, 170
NOTES, OWN_FIELD, LEFT_OUT = "", "", "-"


class ImportPreview(Sheet):
    """What an import would do: how many of which kind, what is new, what changes, what is left out and why.

    `look` is asked for the report anew when a person says that a word of the source means another kind or field.
    """

    def __init__(self, parent: QWidget, ctx: StudioContext, report: Report, look: Look | None = None) -> None:
        super().__init__(parent, f"Import {report.title}" if report.title else "Import", width=560)
        self.tasks, self._kinds, self._look = ctx.tasks, ctx.kinds, look
        self.words = exchange.WordMap()
        self._shown_fields: tuple[tuple[str, str], ...] = ()
        self.sentence = named(label("", wrap=True), "What the import would do")
        self.body.addWidget(self.sentence)
        self.card = Card(sunken=True, gap=4)
        self.body.addWidget(self.card)
        self._add_words(report.told)
        self.fields = Section("Where its fields go", open=False)
        self.body.addWidget(self.fields)
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
        self._show_fields(report.told_fields)
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
            box.setMinimumWidth(look.px(BOX))
            box.set_value(one.kind)
            box.chosen.connect(lambda kind, word=one.word: self._turn(word, str(kind)))
            row.addWidget(box)
            section.body.addLayout(row)
        self.body.addWidget(section)

    def _turn(self, word: str, kind: str) -> None:
        self.words.kinds[word] = kind
        self._look_again()

    def _show_fields(self, told: Sequence[ToldField]) -> None:
        """The fields of the source by what they come in as; those that have no place here come first."""
        first = sorted(told, key=lambda one: (one.field != OWN_FIELD, one.kind, -one.count, one.word))[:FIELDS_SHOWN]
        shown = tuple(sorted((one.kind, one.word) for one in first))
        self.fields.setVisible(self._look is not None and bool(told))
        if self._look is None or shown == self._shown_fields:
            return
        self._shown_fields = shown
        clear(self.fields.body)
        self.fields.set_count(len(told))
        for one in first:
            self._add_field(one)

    def _add_field(self, one: ToldField) -> None:
        spec = self._kinds.spec(one.kind)
        choices = [
            ("A field of its own", OWN_FIELD),
            *((f.label, f.name) for f in spec.fields),
            ("Leave out", LEFT_OUT),
        ]
        row, words = hbox(gap=8), vbox(gap=0)
        words.addWidget(label(f"{one.word} · {spec.label} ({one.count:,})", wrap=True))
        if one.sample:
            words.addWidget(label(f"“{one.sample}”", "caption", wrap=True))
        row.addLayout(words, 1)
        box = ComboBox(f"{one.word} of {spec.plural} comes in as", choices, compact=True)
        box.setMinimumWidth(look.px(BOX))
        box.set_value(one.field)
        box.chosen.connect(lambda name, kind=one.kind, word=one.word: self._turn_field(kind, word, str(name)))
        row.addWidget(box)
        self.fields.body.addLayout(row)

    def _turn_field(self, kind: str, word: str, name: str) -> None:
        self.words.fields.setdefault(kind, {})[word] = name
        self._look_again()

    @latest_task
    async def _look_again(self) -> None:
        assert self._look is not None
        report = await self._look(self.words)
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

    async def look(words: exchange.WordMap) -> Report:
        exchange.remap(parsed, words)
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
