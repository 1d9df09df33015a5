"""What an export wrote: for whom, what the publish gate said, and what the target can't hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from studio.services import exchange
from studio.ui.dialogs.base import Sheet
from studio.ui.dialogs.publish import ReportView
from studio.ui.dialogs.reasons import ReasonList
from studio.ui.kit.base import label
from studio.ui.kit.buttons import Button
from studio.ui.kit.surfaces import Section

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.services.continuity.publish import Report
    from studio.services.exchange import Exported
    from studio.ui.context import StudioContext


class ExportReport(Sheet):
    """The report on one export that was written to `target`."""

    def __init__(
        self, parent: QWidget, ctx: StudioContext, done: Exported, gate: Report, *, target: Path, whom: str
    ) -> None:  # fmt: skip
        what = exchange.EXPORTS[done.format]
        super().__init__(parent, f"Exported to {target.name}", sentence=f"{what.title}. {whom}", width=600)
        counts = ", ".join(f"{count:,} × {kind.replace('_', ' ')}" for kind, count in sorted(done.counts.items()))
        written = label(f"Written: {counts or 'nothing'}.", "strong", wrap=True)
        written.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(written)
        self.body.addWidget(label(f"What such a file can't hold: {what.lost}", wrap=True))
        self.lost = ReasonList()
        if done.lost:
            section = Section("Found no place in it", count=len(done.lost))
            self.lost.show_reasons(done.lost)
            section.body.addWidget(self.lost)
            self.body.addWidget(section)
        self.gate = Section("What the publish gate says", open=gate.problems > 0)
        self.view = ReportView(ctx, self)
        self.view.show_report(gate)
        self.gate.set_note(gate.sentence)
        self.gate.body.addWidget(self.view)
        self.body.addWidget(self.gate)
        folder = QUrl.fromLocalFile(str(target.parent))
        show = Button("Show the folder", lambda: QDesktopServices.openUrl(folder), icon="folder-open", variant="row",
                      compact=True)  # fmt: skip
        self.body.addWidget(show)
        self.buttons("Close", cancel="").setFocus(Qt.FocusReason.OtherFocusReason)
