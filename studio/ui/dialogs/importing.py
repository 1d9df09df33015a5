"""Import: read apart, shown in a preview where kinds can be turned, then one commit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from shiboken6 import isValid

from studio.services import exchange
from studio.services.exchange import past
from studio.ui.dialogs.base import Sheet
from studio.ui.dialogs.import_report import kind_counts, show_report
from studio.ui.dialogs.reasons import ReasonList
from studio.ui.dialogs.work import Slices, as_job, later
from studio.ui.kit.base import clear, hbox, label, named, vbox
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
    Read = Callable[[Job, Callable[[], bool]], Awaitable[list[exchange.Incoming]]]

KINDS_SHOWN, FIELDS_SHOWN, FEW, BOX = 40, 60, 6, 170
NOTES, OWN_FIELD, LEFT_OUT = "", "", "-"


class ImportPreview(Sheet):
    """What an import would do: how many of which kind, what is new, what changes, what is left out and why.

    `look` is asked for the report anew when a person says that a word of the source means another kind or field.
    """

    def __init__(self, parent: QWidget, ctx: StudioContext, report: Report, look: Look | None = None) -> None:
        super().__init__(parent, f"Import {report.title}" if report.title else "Import", width=560)
        self.tasks, self._ctx, self._kinds, self._look = ctx.tasks, ctx, ctx.kinds, look
        self.words = exchange.WordMap()
        self._shown_fields: tuple[tuple[str, str], ...] = ()
        self._words_rows, self._field_rows = Slices(self), Slices(self)
        self.sentence = named(label("", wrap=True), "What the import would do")
        self.body.addWidget(self.sentence)
        self.card = Card(sunken=True, gap=4)
        self.body.addWidget(self.card)
        self._add_words(report.told)
        self.fields = Section("Where its fields go", open=False)
        self.body.addWidget(self.fields)
        self.reasons = Section("Left out or noted, and why", open=False, count=len(report.reasons))
        self._reason_list = ReasonList()
        self.reasons.body.addWidget(self._reason_list)
        self.body.addWidget(self.reasons)
        self.body.addWidget(label("All of it is one change: one undo takes it back.", "muted", wrap=True))
        self.go = self.buttons("Import")
        self.show_report(report)

    def show_report(self, report: Report) -> None:
        """Say what the import would do as it is set now."""
        self.sentence.setText(summary(report))
        clear(self.card.body)
        kind_counts(self._ctx, report.kinds, self.card.body)
        self.card.setVisible(bool(report.kinds))
        self._show_fields(report.told_fields)
        unnamed = past.unnamed(report)
        self._reason_list.show_reasons(report.reasons, unnamed)
        self.reasons.set_count(len(report.reasons) + unnamed)
        self.reasons.setVisible(bool(report.reasons or unnamed))
        self.go.setEnabled(report.created + report.updated + report.linked > 0)

    def _add_words(self, told: Sequence[Told]) -> None:
        if self._look is None or not told:
            return
        self.word_section = Section("What its words mean here", open=len(told) <= FEW, count=len(told))
        self.body.addWidget(self.word_section)
        choices = [("Note", NOTES), *self._kinds.choices(), ("Leave out", LEFT_OUT)]
        first = sorted(told, key=lambda one: (-one.count, one.word))[:KINDS_SHOWN]
        self._words_rows.start((lambda one=one: self._add_word(one, choices) for one in first), self.word_section)

    def _add_word(self, one: Told, choices: list[tuple[str, str]]) -> None:
        words = one.word or "Without a word"
        row = hbox()
        row.addWidget(label(f"{words} ({one.count:,})"), 1)
        box = ComboBox(f"{words} comes in as", choices, compact=True)
        box.setMinimumWidth(look.px(BOX))
        box.set_value(one.kind)
        box.chosen.connect(lambda kind, word=one.word: self._turn(word, str(kind)))
        row.addWidget(box)
        self.word_section.body.addLayout(row)

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
        self._field_rows.start((lambda one=one: self._add_field(one) for one in first), self.fields)

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
    """Read files and folders, preview, ask, import as one commit."""

    async def read(job: Job, stopped: Callable[[], bool]) -> list[exchange.Incoming]:
        return await exchange.read_paths(paths, progress=lambda part: later(job, part), cancelled=stopped)

    await _import(ctx, window, _names(paths), read)


async def import_clipboard(ctx: StudioContext, window: QWidget, text: str) -> None:
    """The same with a text that was copied, whatever it is."""

    async def read(_job: Job, stopped: Callable[[], bool]) -> list[exchange.Incoming]:
        return await exchange.read_clipping(text, cancelled=stopped)

    await _import(ctx, window, "the clipboard", read)


async def _import(ctx: StudioContext, window: QWidget, names: str, read: Read) -> None:
    run = ctx.workspace.run

    async def prepare(job: Job, stopped: Callable[[], bool]) -> tuple[list[exchange.Incoming], Report]:
        parsed = await read(job, stopped)
        return parsed, await run(exchange.import_parsed, parsed, dry_run=True)

    found = await as_job(ctx, f"Reading {names}", prepare, lambda done: summary(done[1]))
    if found is None:
        return
    parsed, preview = found
    try:
        report = await _ask_and_bring(ctx, window, names, parsed, preview)
    finally:
        await asyncio.to_thread(parsed.clear)  # what was read apart lies in files, which go now
    if report is not None:
        await _tell(ctx, window, names, report)


async def _ask_and_bring(
    ctx: StudioContext, window: QWidget, names: str, parsed: list[exchange.Incoming], preview: Report
) -> Report | None:
    """Show the preview, and import where it is accepted."""

    async def look(words: exchange.WordMap) -> Report:
        exchange.remap(parsed, words)
        return await ctx.workspace.run(exchange.import_parsed, parsed, dry_run=True)

    async def bring(job: Job, stopped: Callable[[], bool]) -> Report:
        return await exchange.import_read(
            ctx.workspace, parsed, progress=lambda part: later(job, part), cancelled=stopped
        )

    if not await ImportPreview(window, ctx, preview, look).ask():
        return None
    return await as_job(ctx, f"Importing {names}", bring, summary)


async def _tell(ctx: StudioContext, window: QWidget, names: str, report: Report) -> None:
    """A toast with Undo; where there is more to say or to do, the report comes up as well."""
    from studio.services.review.imported import texts

    ctx.toast(f"Imported {report.imported:,} from {names}", lambda: ctx.commands.run("edit.undo"))
    more = await ctx.workspace.run(texts, report.commit) if report.commit else None
    if report.reasons or report.skipped or (more is not None and more.count):
        ctx.tasks.start(show_report(ctx, window, report))


def _names(paths: Sequence[Path]) -> str:
    return f"“{paths[0].name}”" if len(paths) == 1 else f"{len(paths)} files"
