"""Export in every format, past the publish gate."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING

from studio.domain.errors import Cancelled
from studio.services import exchange
from studio.ui.dialogs import ask
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import label
from studio.ui.kit.fields import ComboBox
from studio.ui.kit.form import FormRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.domain.lens import Lens
    from studio.services.exchange import Exported
    from studio.ui.context import StudioContext


_LONG = 0.2
"""After so many seconds one is told what is going on."""
AUDIENCES = [("The game master: everything", "gm"), ("The party", "party"), ("Anybody", "public")]


class ExportDialog(Sheet):
    """Which format, which document, and for whom. `sessions` are (name, id), the newest first."""

    def __init__(self, parent: QWidget, audience: str, sessions: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(
            parent, "Export the project", sentence="The project stays as it is; the export is written down."
        )
        formats = [(target.title, name) for name, target in exchange.EXPORTS.items()]
        self.format = ComboBox("Format", formats)
        self.body.addWidget(FormRow("Format", self.format))
        self.document = ComboBox("Document", [(kind.title, name) for name, kind in exchange.DOCUMENTS.items()])
        self._document_row = FormRow("Document", self.document)
        self.body.addWidget(self._document_row)
        self.session = ComboBox("Session", sessions)
        self._session_row = FormRow("Session", self.session)
        self.body.addWidget(self._session_row)
        self.audience = ComboBox("For whom", AUDIENCES)
        self.audience.set_value(audience)
        self.body.addWidget(FormRow("For whom", self.audience))
        self.hint = label("", "caption", wrap=True)
        self.body.addWidget(self.hint)
        self.go = self.buttons("Choose a place…")
        self.format.chosen.connect(lambda _value: self._turn())
        self.document.chosen.connect(lambda _value: self._turn())
        self.audience.chosen.connect(lambda _value: self._check())
        self._check()

    @property
    def kind(self) -> str:
        """The document that is asked for, or nothing for a format that holds the whole project."""
        return str(self.document.value()) if exchange.EXPORTS[str(self.format.value())].document else ""

    @property
    def about(self) -> list[str]:
        """The session that a packet is for."""
        return [str(self.session.value())] if self.kind == "session-packet" and self.session.count() else []

    def _turn(self) -> None:
        """A document for players is theirs until somebody says otherwise."""
        if self.kind and self.audience.value() == "gm":
            self.audience.set_value(exchange.DOCUMENTS[self.kind].audience)
        self._check()

    def _check(self) -> None:
        """A bundle can't be for players: its history holds everything. A primer is only for them."""
        kind = exchange.DOCUMENTS.get(self.kind)
        self._document_row.setVisible(kind is not None)
        self._session_row.setVisible(self.kind == "session-packet")
        whole, gm = self.format.value() == "ttrpgpack", self.audience.value() == "gm"
        primer = kind is not None and kind.for_players
        self.go.setEnabled(not (primer if gm else whole))
        told = [kind.says] if kind else []
        told += (
            ["A bundle holds the whole project with its history, so it is only for the game master."]
            if whole and not gm
            else [] if gm
            else ["Secrets, and everything that isn't open to them, is left out."]
        )  # fmt: skip
        self.hint.setText(" ".join(told))


async def export_from(ctx: StudioContext, window: QWidget) -> None:
    """Ask for format and place, then write."""
    from studio.services.world.sessions import sessions

    lens, run = ctx.lens.value, ctx.workspace.run
    known = [(one.name, str(one.id)) for one in reversed(await run(sessions))]
    dialog = ExportDialog(window, lens.audience if lens.audience in dict(AUDIENCES).values() else "party", known)
    if not await dialog.ask():
        return
    name, kind, about = str(dialog.format.value()), dialog.kind, dialog.about
    wanted = lens.model_copy(update={"audience": dialog.audience.value()})
    target = await ask.pick_save(window, "Export", suggested=ctx.workspace.path.stem, filters=_filter(name))
    if target is not None and await may_go_out(ctx, window, wanted, target.name):
        try:
            done = await _write(ctx, target, name, wanted, kind, about)
        except Cancelled as stopped:
            ctx.toast(stopped.sentence)
            return
        left = f", {len(done.lost)} things couldn't be part of it" if len(done.lost) > 1 else ""
        left = f"; {done.lost[0].what}: {done.lost[0].why}" if len(done.lost) == 1 else left
        count = done.counts.get("section") or sum(done.counts.values())
        ctx.toast(f"Exported {count} to {target.name}{left}", lambda: _show(target.parent), "Show")


async def _write(
    ctx: StudioContext, target: Path, name: str, lens: Lens, kind: str, about: Sequence[str]
) -> Exported:  # fmt: skip
    """Write it; a document is set beside the database's thread, which stays free meanwhile."""
    run = ctx.workspace.run
    if not kind:
        return await run(exchange.export_project, target, format=name, lens=lens)
    document = await run(exchange.gather_document, lens=lens, document=kind, about=about)
    stop = Event()
    writing = asyncio.ensure_future(
        asyncio.to_thread(
            exchange.write_document, ctx.workspace.path, document, target, format=name, stopped=stop.is_set
        )
    )
    if not (await asyncio.wait([writing], timeout=_LONG))[0]:
        ctx.toast(f"Writing {target.name}…", stop.set, "Stop")
    return await run(exchange.noted, await writing, lens=lens)


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
