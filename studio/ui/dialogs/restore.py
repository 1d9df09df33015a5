"""Which backup to go back to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from studio.domain.errors import NotFound
from studio.services import backup
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import named, style
from studio.ui.theme import look

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.services.backup import Backup


class RestoreDialog(Sheet):
    """The backups of one project, newest first."""

    def __init__(self, parent: QWidget, path: Path, found: list[Backup]) -> None:
        sentence = f"The backup takes the place of “{path.name}”. The file that is there now is kept beside it."
        super().__init__(parent, "Restore a backup", sentence=sentence, width=520, height=400)
        self.list = style(named(QListWidget(), "Backups"), boxed=True)
        self.list.setMinimumHeight(look.px(110))
        for one in found:
            item = QListWidgetItem(f"{one.at.astimezone():%d %b %Y, %H:%M}   ·   {_ago(one.at)}   ·   change {one.seq}")
            item.setData(Qt.ItemDataRole.UserRole, one.path)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.body.addWidget(self.list)
        self.buttons("Restore")
        self.list.setFocus()

    def chosen(self) -> Path | None:
        """The backup that is chosen."""
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None


async def choose_backup(window: QWidget, path: Path) -> Path | None:
    """Ask; None where it was cancelled. Raises NotFound where there is no backup."""
    import asyncio

    found = await asyncio.to_thread(backup.backups_of, path)
    if not found:
        raise NotFound(f"There is no backup of “{path.name}” on this device.")
    dialog = RestoreDialog(window, path, found)
    return dialog.chosen() if await dialog.ask() else None


def _ago(at: datetime) -> str:
    hours = (datetime.now(UTC) - at).total_seconds() / 3600
    if hours < 1:
        return "less than an hour ago"
    return f"{round(hours)} h ago" if hours < 48 else f"{round(hours / 24)} days ago"
