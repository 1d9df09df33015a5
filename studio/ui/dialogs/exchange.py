"""Export in every format, past the publish gate."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.errors import Cancelled
from studio.services import exchange
from studio.ui.dialogs import ask
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import label
from studio.ui.kit.fields import ComboBox, LineEdit
from studio.ui.kit.form import FormRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.domain.lens import Lens
    from studio.services.continuity.publish import Report
    from studio.services.exchange import Exported
    from studio.ui.context import StudioContext


_LONG = 0.2
"""After so many seconds one is told what is going on."""
AUDIENCES = [("The game master: everything", "gm"), ("The party", "party"), ("Anybody", "public")]


class Wanted(NamedTuple):
    """What was asked for in the dialog."""

    format: str
    document: str
    about: list[str]
    lens: Lens
    whom: str


class ExportDialog(Sheet):
    """Which format, which document, for whom and as of when. `sessions` are (name, id), the newest first.

    Everything but the bundle, which holds all there is, is for players until somebody says otherwise.
    """

    def __init__(
        self, parent: QWidget, audience: str, sessions: Sequence[tuple[str, str]] = (), *, as_of: str = ""
    ) -> None:
        super().__init__(
            parent, "Export the project", sentence="The project stays as it is; the export is written down."
        )
        self._chosen, self._players = False, "party" if audience == "gm" else audience
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
        self.as_of = LineEdit("As of", as_of, placeholder="now; or a date: spring 812")
        self._as_of_row = FormRow("As of", self.as_of, helper="Up to which date of the world it tells.")
        self.body.addWidget(self._as_of_row)
        self.hint = label("", "caption", wrap=True)
        self.body.addWidget(self.hint)
        self.go = self.buttons("Choose a place…")
        self.format.chosen.connect(lambda _value: self._turn())
        self.document.chosen.connect(lambda _value: self._turn())
        self.audience.chosen.connect(lambda _value: self._choose())
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
        """What goes out is for players until somebody says otherwise; a bundle can't be."""
        if not self._chosen:
            kind = exchange.DOCUMENTS.get(self.kind)
            bundle = self.format.value() == "ttrpgpack"
            self.audience.set_value("gm" if bundle else kind.audience if kind is not None else self._players)
        self._check()

    def _choose(self) -> None:
        self._chosen = True
        self._check()

    def _check(self) -> None:
        """A bundle can't be for players: its history holds everything. A primer is only for them."""
        kind = exchange.DOCUMENTS.get(self.kind)
        self._document_row.setVisible(kind is not None)
        self._session_row.setVisible(self.kind == "session-packet")
        self._as_of_row.setVisible(self.format.value() != "ttrpgpack")
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
        told += [f"What it can't hold: {exchange.EXPORTS[str(self.format.value())].lost}"]
        self.hint.setText(" ".join(told))


async def export_from(ctx: StudioContext, window: QWidget) -> None:
    """Ask for format, readers and place, pass the publish gate, write, and say what came of it."""
    from studio.services.world import lenses
    from studio.services.world.sessions import sessions
    from studio.ui.dialogs.exported import ExportReport

    lens, run = ctx.lens.value, ctx.workspace.run
    known = [(one.name, str(one.id)) for one in reversed(await run(sessions))]
    audience = lens.audience if lens.audience in dict(AUDIENCES).values() else "party"
    day = await run(lenses.words_of_day, lens.as_of) if lens.as_of is not None else ""
    dialog = ExportDialog(window, audience, known, as_of=day)
    answers: list[Wanted] = []

    async def read() -> None:
        """While the dialog is there: it is gone when the file has been chosen."""
        as_of = "" if dialog.format.value() == "ttrpgpack" else dialog.as_of.text()
        lens = await run(lenses.lens_for, audience=str(dialog.audience.value()), as_of=as_of)
        whom = f"For: {dialog.audience.currentText()}."
        answers.append(Wanted(str(dialog.format.value()), dialog.kind, dialog.about, lens, whom))

    if not await dialog.ask(read):
        return
    name, kind, about, wanted, whom = answers[-1]
    target = await ask.pick_save(window, "Export", suggested=ctx.workspace.path.stem, filters=_filter(name))
    if target is None or (gate := await through_gate(ctx, window, wanted, target.name)) is None:
        return
    try:
        done = await _write(ctx, target, name, wanted, kind, about)
    except Cancelled as stopped:
        ctx.toast(stopped.sentence)
        return
    ctx.announce(f"Exported to {target.name}")
    await ExportReport(window, ctx, done, gate, target=target, whom=whom).ask()


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


async def through_gate(ctx: StudioContext, window: QWidget, lens: Lens, what: str) -> Report | None:
    """Ask the publish gate about what this lens shows; past it only with a name and a reason, written down.

    Gives what the gate said, or None where it stays.
    """
    from studio.services.continuity import publish
    from studio.ui.dialogs.publish import let_pass

    run = ctx.workspace.run
    report = await run(publish.report_export, lens=lens, findings=await ctx.findings.settled())
    if not report.blocked:
        return report
    who = await let_pass(ctx, window, report, action="Export all the same")
    if who is None:
        return None
    await run(publish.let_out, report, what, who)
    return report


def _filter(name: str) -> str:
    """What the file dialog offers: a folder's format is written as a zip from the window."""
    target = exchange.EXPORTS[name]
    return f"{target.title} (*{target.ending or '.zip'})"
