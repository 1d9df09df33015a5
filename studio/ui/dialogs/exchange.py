"""Import with a preview before the one commit, and export in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services import exchange
from studio.ui.dialogs import ask
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import hbox, label
from studio.ui.kit.confidence import KindIcon
from studio.ui.kit.fields import ComboBox
from studio.ui.kit.form import FormRow
from studio.ui.kit.surfaces import Card, Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.domain.lens import Lens
    from studio.services.exchange import Report
    from studio.ui.context import StudioContext
    from studio.ui.kinds import KindIndex
    from studio.ui.tasks import Job

REASONS = 60
_FILTERS = {
    "ttrpgpack": "Project bundle (*.ttrpgpack)",
    "markdown": "Markdown in a zip (*.zip)",
    "world-json": "World as JSON (*.json)",
}


class ImportPreview(Sheet):
    """What an import would do: how many of which kind, what is new, what changes, what is left out and why."""

    def __init__(self, parent: QWidget, report: Report, kinds: KindIndex) -> None:
        title = f"Import {report.title}" if report.title else "Import"
        super().__init__(parent, title, sentence=summary(report), width=520)
        card = Card(sunken=True, gap=4)
        for kind, count in report.kinds.items():
            row = hbox()
            words = kinds.label(kind) if count == 1 else kinds.spec(kind).plural
            row.addWidget(KindIcon(kind, words))
            row.addStretch(1)
            row.addWidget(label(str(count), "strong"))
            card.body.addLayout(row)
        if report.kinds:
            self.body.addWidget(card)
        if report.reasons:
            skipped = Section("Left out, and why", open=False, count=len(report.reasons))
            for reason in report.reasons[:REASONS]:
                skipped.body.addWidget(label(f"{reason.what} — {reason.why}", "caption", wrap=True))
            self.body.addWidget(skipped)
        self.body.addWidget(label("All of it is one change: one undo takes it back.", "muted", wrap=True))
        button = self.buttons("Import")
        button.setEnabled(report.created + report.updated + report.linked > 0)


def summary(report: Report) -> str:
    """The report in one sentence."""
    parts = [f"{report.created} new", f"{report.updated} changed", f"{report.unchanged} as they are"]
    if report.linked:
        parts.insert(2, f"{report.linked} joined to what is here")
    if report.skipped:
        parts.append(f"{report.skipped} left out")
    return f"{report.read} found: {', '.join(parts)}."


async def import_into(ctx: StudioContext, window: QWidget, paths: Sequence[Path]) -> None:
    """Read, preview, ask, import as one commit."""
    preview = await _run(ctx, paths, dry_run=True, title=f"Reading {_names(paths)}")
    if preview is None or not await ImportPreview(window, preview, ctx.kinds).ask():
        return
    report = await _run(ctx, paths, dry_run=False, title=f"Importing {_names(paths)}")
    if report is not None:
        ctx.toast(f"Imported {report.imported} from {_names(paths)}", lambda: ctx.commands.run("edit.undo"))


async def _run(ctx: StudioContext, paths: Sequence[Path], *, dry_run: bool, title: str) -> Report | None:
    """One pass over the files, as a job that can be cancelled; errors go on to the caller."""
    from studio.domain.errors import Cancelled

    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True

    job = ctx.tasks.job(title, stop)
    try:
        report = await exchange.import_paths(
            ctx.workspace, paths, dry_run=dry_run, progress=lambda part: _later(job, part), cancelled=lambda: stopped
        )
    except Cancelled as error:
        job.finish("cancelled", str(error))
        return None
    except Exception:
        job.finish("failed", "Nothing was changed.")
        raise
    job.finish("done", summary(report))
    return report


def _later(job: Job, fraction: float) -> None:
    """Progress comes from other threads; a queued call brings it to this one."""
    from PySide6.QtCore import QMetaObject, Qt

    job.fraction = fraction
    QMetaObject.invokeMethod(job, "moved", Qt.ConnectionType.QueuedConnection)


AUDIENCES = [("The game master: everything", "gm"), ("The party", "party"), ("Anybody", "public")]


class ExportDialog(Sheet):
    """Which format, and for whom."""

    def __init__(self, parent: QWidget, audience: str) -> None:
        super().__init__(
            parent, "Export the project", sentence="The project stays as it is; the export is written down."
        )
        formats = [(words, name) for name, (words, _suffix) in exchange.EXPORTS.items()]
        self.format = ComboBox("Format", formats)
        self.body.addWidget(FormRow("Format", self.format))
        self.audience = ComboBox("For whom", AUDIENCES)
        self.audience.set_value(audience)
        self.body.addWidget(FormRow("For whom", self.audience))
        self.hint = label("", "caption", wrap=True)
        self.body.addWidget(self.hint)
        self.go = self.buttons("Choose a place…")
        self.format.chosen.connect(lambda _value: self._check())
        self.audience.chosen.connect(lambda _value: self._check())
        self._check()

    def _check(self) -> None:
        """A bundle can't be for players: its history holds everything."""
        whole, gm = self.format.value() == "ttrpgpack", self.audience.value() == "gm"
        self.go.setEnabled(gm or not whole)
        self.hint.setText(
            "A bundle holds the whole project with its history, so it is only for the game master." if whole and not gm
            else "" if gm
            else "Secrets, and everything that isn't open to them, is left out."
        )  # fmt: skip


async def export_from(ctx: StudioContext, window: QWidget) -> None:
    """Ask for format and place, then write."""
    lens = ctx.lens.value
    dialog = ExportDialog(window, lens.audience if lens.audience in dict(AUDIENCES).values() else "party")
    if not await dialog.ask():
        return
    name = str(dialog.format.value())
    target = await ask.pick_save(window, "Export", suggested=ctx.workspace.path.stem, filters=_FILTERS[name])
    wanted = lens.model_copy(update={"audience": dialog.audience.value()})
    if target is not None and await may_go_out(ctx, window, wanted, target.name):
        done = await ctx.workspace.run(exchange.export_project, target, format=name, lens=wanted)
        count = sum(done.counts.values())
        ctx.toast(f"Exported {count} to {target.name}", lambda: _show(target.parent), "Show")


async def may_go_out(ctx: StudioContext, window: QWidget, lens: Lens, what: str) -> bool:
    """Ask the publish gate about what this lens shows; past it only with a name and a reason, written down."""
    from studio.services.continuity import publish
    from studio.ui.dialogs.publish import let_pass

    run = ctx.workspace.run
    report = await run(publish.report_export, lens=lens, findings=await ctx.findings.settled())
    if not report.blocked:
        return True
    who = await let_pass(ctx, window, report, action="Export all the same")
    if who is not None:
        await run(publish.let_out, report, what, who)
    return who is not None


def _show(folder: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _names(paths: Sequence[Path]) -> str:
    return f"“{paths[0].name}”" if len(paths) == 1 else f"{len(paths)} files"
