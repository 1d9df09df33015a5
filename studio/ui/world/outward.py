"""Entries that leave the tree as files: for whom, as of when, and whether that gives a secret away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from studio.services import sending
from studio.services.world import lenses
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import ComboBox, FormRow, LineEdit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.domain.ids import RecordId
    from studio.domain.lens import Lens
    from studio.ui.context import StudioContext
    from studio.ui.world.panel import WorldPanel

AUDIENCES = (("The party", "party"), ("Anybody", "public"), ("The game master: everything", "gm"))


def drag_lens(ctx: StudioContext) -> Lens:
    """Whom dragged entries are for: who is looking, or from the game master's seat whom the settings name."""
    own = ctx.lens.value
    return own.model_copy(update={"audience": ctx.settings.value.drag_audience}) if own.is_gm else own


async def drag(panel: WorldPanel, ids: Sequence[RecordId]) -> None:
    """Read what these entries say to whom they are for, and let them fly; the mouse button is still down."""
    going = await panel.ctx.workspace.run(sending.outgoing, ids, lens=drag_lens(panel.ctx))
    if going.left:
        panel.ctx.announce(going.left)
    mime = panel.tree.mime_of([str(one) for one in ids], going.files)
    QTimer.singleShot(0, panel.tree, lambda: panel.tree.drag(mime))


class FileSheet(Sheet):
    """For whom the files of some entries are, and as of when."""

    def __init__(self, parent: QWidget, count: int, *, audience: str = "party", as_of: str = "") -> None:
        what = "this entry" if count == 1 else f"{count:,} entries"
        super().__init__(parent, "Save as file", sentence=f"Writes {what} as Markdown.")
        self.audience = ComboBox("For whom", AUDIENCES)
        self.audience.set_value(audience)
        helper = "Secrets, and what isn't open to them, is left out."
        self.body.addWidget(FormRow("For whom", self.audience, helper=helper))
        self.as_of = LineEdit("As of", as_of, placeholder="now; or a date: spring 812")
        self.body.addWidget(FormRow("As of", self.as_of, helper="Up to which date of the world they know it."))
        self.buttons("Choose a place…")


def save_as_file(panel: WorldPanel) -> None:
    """Ask for whom, check that nothing leaks, then write: one file, or a folder of them."""
    panel.tasks.start(_save(panel), owner=panel)


async def _save(panel: WorldPanel) -> None:
    ctx, ids, run = panel.ctx, panel.chosen(), panel.ctx.workspace.run
    own = ctx.lens.value
    found: list[sending.Outgoing] = []
    day = await run(lenses.words_of_day, own.as_of) if own.as_of is not None else ""
    audience = "public" if own.audience == "public" else "party"
    sheet = FileSheet(panel.window(), len(ids), audience=audience, as_of=day)

    async def read() -> None:
        lens = await run(lenses.lens_for, audience=str(sheet.audience.value()), as_of=sheet.as_of.text())
        found.append(await run(sending.outgoing, ids, lens=lens))
        if not found[-1].files:
            found[-1].refuse()

    if not await sheet.ask(read):
        return
    going = found[-1]
    place = await _place(panel, going.files)
    if place is not None:
        await asyncio.to_thread(sending.write, going.files, place)
        count = "" if len(going.files) == 1 else f"{len(going.files):,} files "
        ctx.toast(f"Written {count}to {place.name}. {going.left}".strip())


async def _place(panel: WorldPanel, files: Sequence[tuple[str, str]]) -> Path | None:
    from studio.ui.dialogs import ask

    if len(files) == 1:
        return await panel.ctx.shell.pick_save("Save as file", suggested=files[0][0], filters="Markdown (*.md)")
    return await ask.pick_folder(panel.window(), f"A folder for {len(files):,} files")
