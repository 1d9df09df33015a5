"""Small questions: yes or no, one line of text, which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from studio.ui.dialogs.base import Sheet, awaited
from studio.ui.kit.fields import LineEdit
from studio.ui.kit.form import FormRow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from PySide6.QtWidgets import QWidget

    TextAct = Callable[[str], Awaitable[object]]

PROJECT_FILTER = "TTRPG Studio project (*.ttrpg)"
ANY_FILTER = "Projects, packs, exports and texts (*.ttrpg *.ttrpgpack *.json *.md *.txt *.zip);;All files (*)"


async def confirm(parent: QWidget, title: str, sentence: str, *, action: str, danger: bool = False) -> bool:
    """A question with one action; what can't be taken back is asked with `danger`, and Enter doesn't do it."""
    sheet = Sheet(parent, title, sentence=sentence)
    button = sheet.buttons(action, variant="danger" if danger else "primary")
    if not danger:
        button.setFocus(Qt.FocusReason.OtherFocusReason)
    return await sheet.ask()


async def tell(parent: QWidget, title: str, sentence: str) -> None:
    """A sentence that has to be read."""
    sheet = Sheet(parent, title, sentence=sentence)
    sheet.buttons("OK", cancel="").setFocus(Qt.FocusReason.OtherFocusReason)
    await sheet.ask()


async def ask_text(
    parent: QWidget, title: str, *, label: str, text: str = "", action: str = "Save", hint: str = "",
    act: TextAct | None = None,
) -> str | None:  # fmt: skip
    """One line of text; Enter accepts it. None where it was cancelled or left empty.

    `act` gets it before the sheet closes: where that is refused, the line stays with the sentence below it.
    """
    sheet = Sheet(parent, title)
    line = LineEdit(label, text, placeholder=hint)
    sheet.body.addWidget(FormRow(label, line))
    button = sheet.buttons(action)
    line.textChanged.connect(lambda now: button.setEnabled(bool(now.strip())))
    button.setEnabled(bool(text.strip()))
    line.selectAll()
    line.setFocus(Qt.FocusReason.OtherFocusReason)
    accepted = await sheet.ask((lambda: act(line.text().strip())) if act is not None else None)
    return line.text().strip() or None if accepted else None


async def pick_open(
    parent: QWidget, title: str, *, filters: str = ANY_FILTER, many: bool = False, folder: Path | None = None
) -> list[Path]:
    """Existing files; empty where it was cancelled."""
    mode = QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile
    return await _pick(parent, title, mode, QFileDialog.AcceptMode.AcceptOpen, filters, str(folder or ""), "")


async def pick_save(
    parent: QWidget, title: str, *, suggested: str = "", filters: str = PROJECT_FILTER, folder: Path | None = None
) -> Path | None:
    """A place for a new file, with the filter's suffix put on; None where it was cancelled."""
    mode, accept = QFileDialog.FileMode.AnyFile, QFileDialog.AcceptMode.AcceptSave
    found = await _pick(parent, title, mode, accept, filters, str(folder or ""), suggested)
    return found[0] if found else None


async def pick_folder(parent: QWidget, title: str) -> Path | None:
    """A folder; None where it was cancelled."""
    mode, accept = QFileDialog.FileMode.Directory, QFileDialog.AcceptMode.AcceptOpen
    found = await _pick(parent, title, mode, accept, "", "", "")
    return found[0] if found else None


async def _pick(
    parent: QWidget,
    title: str,
    mode: QFileDialog.FileMode,
    accept: QFileDialog.AcceptMode,
    filters: str,
    folder: str,
    suggested: str,
) -> list[Path]:
    dialog = QFileDialog(parent, title, folder, filters)
    dialog.setFileMode(mode)
    dialog.setAcceptMode(accept)
    if suggested:
        dialog.selectFile(suggested)
    if accept == QFileDialog.AcceptMode.AcceptSave and "(*." in filters:
        dialog.setDefaultSuffix(filters.split("(*.", 1)[1].split(")")[0].split()[0])
    code = await awaited(dialog)
    return [Path(name) for name in dialog.selectedFiles()] if code == QDialog.DialogCode.Accepted else []
