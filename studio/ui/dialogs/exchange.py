"""Export in every format, past the publish gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services import exchange
from studio.ui.dialogs import ask
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import label
from studio.ui.kit.fields import ComboBox
from studio.ui.kit.form import FormRow

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.domain.lens import Lens
    from studio.ui.context import StudioContext


AUDIENCES = [("The game master: everything", "gm"), ("The party", "party"), ("Anybody", "public")]


class ExportDialog(Sheet):
    """Which format, and for whom."""

    def __init__(self, parent: QWidget, audience: str) -> None:
        super().__init__(
            parent, "Export the project", sentence="The project stays as it is; the export is written down."
        )
        formats = [(target.title, name) for name, target in exchange.EXPORTS.items()]
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
    target = await ask.pick_save(window, "Export", suggested=ctx.workspace.path.stem, filters=_filter(name))
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


def _filter(name: str) -> str:
    """What the file dialog offers: a folder's format is written as a zip from the window."""
    target = exchange.EXPORTS[name]
    return f"{target.title} (*{target.ending or '.zip'})"
