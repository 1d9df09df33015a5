"""The sheet in which an image gets its caption, its credit and its licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.dialogs.base import Sheet
from studio.ui.kit import ComboBox, FormRow, LineEdit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from PySide6.QtWidgets import QWidget

    from studio.domain.worldkit import Media

_AUDIENCES = [("Whoever sees what shows it", "gm"), ("The party", "party"), ("Everybody", "public")]


async def describe(parent: QWidget, media: Media, act: Callable[[dict[str, str]], Awaitable[object]]) -> bool:
    """Ask what is said of an image; `act` gets what a person changed."""
    sheet = Sheet(parent.window(), "About this image")
    lines = {
        "caption": LineEdit("Caption", media.caption, placeholder="What it shows, for those who can't see it too"),
        "name": LineEdit("Name", media.name),
        "credit": LineEdit("Credit", media.credit, placeholder="Who made it"),
        "licence": LineEdit("Licence", media.licence, placeholder="For example CC BY 4.0"),
    }
    for key, line in lines.items():
        sheet.body.addWidget(FormRow(key.capitalize(), line))
    audience = ComboBox("Open to", [*_AUDIENCES])
    audience.set_value(media.visibility)
    sheet.body.addWidget(FormRow("Open to", audience))
    sheet.buttons("Save")
    lines["caption"].setFocus()

    def changed() -> dict[str, str]:
        typed = {key: line.text().strip() for key, line in lines.items()}
        typed["visibility"] = str(audience.value() or "gm")
        return {key: value for key, value in typed.items() if value != getattr(media, key)}

    return await sheet.ask(lambda: act(changed()))
