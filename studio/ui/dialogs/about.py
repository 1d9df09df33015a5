"""Version, licences of what ships, and where the application keeps its files."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, NamedTuple

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices

from studio import __version__, resources_dir
from studio.services import folders
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import hbox, label, vbox
from studio.ui.kit.buttons import Button
from studio.ui.kit.surfaces import Section
from studio.ui.kit.text import TextEdit
from studio.ui.theme import look
from studio.ui.theme.icons import app_icon

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


class Facts(NamedTuple):
    """What the dialog says that has to be read from the disk first."""

    licences: str
    folders: tuple[tuple[str, Path], ...]


class AboutDialog(Sheet):
    """What this is."""

    def __init__(self, parent: QWidget, facts: Facts) -> None:
        super().__init__(parent, "TTRPG Studio", width=520)
        row = hbox(gap=16)
        logo = label()
        logo.setPixmap(app_icon().pixmap(QSize(look.px(48), look.px(48)), self.devicePixelRatioF()))
        row.addWidget(logo)
        words = vbox(gap=2)
        words.addWidget(label(f"Version {__version__}", "strong"))
        words.addWidget(
            label(f"Python {platform.python_version()} · Qt {pyside_version} · {platform.system()}", "muted")
        )
        words.addWidget(
            label("Apache License 2.0. Everything you write stays in files of your own.", "muted", wrap=True)
        )
        row.addLayout(words, 1)
        self.body.addLayout(row)
        notices = Section("Licences of what ships with it", open=False)
        view = TextEdit("Licences", facts.licences, min_lines=8, max_lines=16, mono=True)
        view.setReadOnly(True)
        notices.body.addWidget(view)
        self.body.addWidget(notices)
        self._folders(facts)
        self.buttons("Close", cancel="")

    def _folders(self, facts: Facts) -> None:
        self.body.addWidget(label("Where its files lie", "overline"))
        for name, folder in facts.folders:
            row = hbox()
            row.addWidget(label(name))
            row.addWidget(label(str(folder), "caption", wrap=True), 1)
            open_it = Button(
                "Show", lambda folder=folder: _show(folder), compact=True, name=f"Show the folder of {name.lower()}"
            )
            row.addWidget(open_it)
            self.body.addLayout(row)


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def read_facts() -> Facts:
    """Read what the dialog says; not on the window's thread."""
    places = (("Settings", folders.config_dir()), ("Backups", folders.data_dir()), ("Logs", folders.log_dir()))
    return Facts(_notices(), places)


def _notices() -> str:
    """Licence texts: the list that the build makes, where there is one, and what is vendored here."""
    found = (
        [path for path in (resources_dir() / "licences").glob("*.txt")]
        if (resources_dir() / "licences").is_dir()
        else []
    )
    texts = [path.read_text(encoding="utf-8") for path in sorted(found)]
    icons = (resources_dir() / "icons" / "lucide" / "LICENSE").read_text(encoding="utf-8")
    qt = "Qt and PySide6 — LGPL-3.0; linked dynamically, replaceable in the application's folder."
    return "\n\n".join([qt, f"Icons — Lucide\n\n{icons}", *texts])
