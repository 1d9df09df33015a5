"""The sheet in which a new front is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.world import clocks
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import FormRow, LineEdit, NumberBox, TextEdit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from PySide6.QtWidgets import QWidget


async def ask_front(parent: QWidget, act: Callable[[dict[str, Any]], Awaitable[object]]) -> bool:
    """Ask for a new front; `act` gets its name, stakes, portents and segments."""
    sheet = Sheet(parent.window(), "New front")
    name = LineEdit("Name", placeholder="The Drowning of the Vale")
    stakes = TextEdit("What is at stake", placeholder="Does the dam hold? Who pays for it?", min_lines=2, max_lines=4)
    portents = TextEdit("Portents", placeholder="One on each line, in the order in which they come", min_lines=4,
                        max_lines=8)  # fmt: skip
    segments = NumberBox("Segments of its clock", clocks.USUAL, least=clocks.LEAST, most=clocks.MOST)
    for words, field in (("Name", name), ("At stake", stakes), ("Portents", portents), ("Segments", segments)):
        sheet.body.addWidget(FormRow(words, field))
    button = sheet.buttons("Make the front")
    name.textChanged.connect(lambda text: button.setEnabled(bool(text.strip())))
    button.setEnabled(False)
    name.setFocus()

    def typed() -> dict[str, Any]:
        lines = [line for line in portents.text().splitlines() if line.strip()]
        return {"name": name.text(), "stakes": stakes.text().strip(), "portents": lines, "segments": segments.value()}

    return await sheet.ask(lambda: act(typed()))
