"""What a user sees of a bug of ours: that the text is safe, where the report lies, and how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from studio.observability.redact import redact
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import hbox, label
from studio.ui.kit.buttons import Button
from studio.ui.kit.surfaces import Section
from studio.ui.kit.text import TextEdit

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


class CrashDialog(Sheet):
    """Something went wrong that shouldn't have. The report is on this machine only; nothing is sent."""

    def __init__(self, parent: QWidget, error: BaseException, report: Path | None) -> None:
        sentence = (
            "Something failed in TTRPG Studio that shouldn't have. What you wrote is stored, and you can go on. "
            "If this keeps happening, please send us the report; nothing is sent by itself."
        )
        super().__init__(parent, "That is our mistake", sentence=sentence, width=520)
        text = _text(error, report)
        details = Section("Report", open=False)
        view = TextEdit("Report", text, min_lines=6, max_lines=14, mono=True)
        view.setReadOnly(True)
        details.body.addWidget(view)
        self.body.addWidget(details)
        if report is not None:
            self.body.addWidget(label(redact(str(report)), "caption", wrap=True))
        row = hbox()
        row.addWidget(Button("Copy the report", lambda: QGuiApplication.clipboard().setText(text), icon="copy"))
        row.addStretch(1)
        self.body.addLayout(row)
        self.buttons("Go on", cancel="").setFocus()


def _text(error: BaseException, report: Path | None) -> str:
    if report is not None:
        try:
            return report.read_text(encoding="utf-8")
        except OSError:
            pass
    return redact(f"{type(error).__name__}: {error}")
