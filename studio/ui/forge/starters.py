"""Choosing a starter recipe: the list, and beside it what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from studio.services.forge.starters import Starter, starters
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import clear, hbox, label, vbox
from studio.ui.kit.surfaces import ScrollColumn
from studio.ui.listing import TwoLineList
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class StarterSheet(Sheet):
    """Pick a starter recipe to copy into the project."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent, "Starter recipes", sentence="The copy is yours: change whatever you like.", width=760, height=520
        )
        row = hbox(gap=16)
        self.list = TwoLineList("Starter recipes")
        self.list.setMinimumSize(min(look.px(260), 400), look.px(120))
        self.list.setMaximumWidth(look.px(280))
        for starter in starters():
            medium = "Image" if starter.medium == "image" else "Text"
            self.list.add(starter.key, starter.title, " · ".join((medium, *starter.tags)), tip=starter.summary)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.list.itemActivated.connect(lambda _item: self.accept())
        row.addWidget(self.list)
        side = vbox(gap=8)
        self._title = label("", "h3", wrap=True)
        self._summary = label("", "muted", wrap=True)
        self._text = ScrollColumn("What it says", margins=(0, 0, 8, 0), gap=6)
        side.addWidget(self._title)
        side.addWidget(self._summary)
        side.addWidget(self._text, 1)
        row.addLayout(side, 1)
        self.body.addLayout(row, 1)
        self.buttons("Add recipe")
        self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> Starter:
        """The starter that is picked."""
        return starters()[max(0, self.list.currentRow())]

    def _show(self) -> None:
        starter = self.chosen()
        self._title.setText(starter.title)
        self._summary.setText(starter.summary)
        clear(self._text.body)
        for block in starter.content.blocks:
            self._text.body.addWidget(label(block.role.capitalize(), "overline"))
            made = label(block.text, wrap=True)
            made.setTextFormat(Qt.TextFormat.PlainText)
            self._text.body.addWidget(made)
        self._text.body.addStretch(1)
