"""The place of a panel in its dock: where the dock is lower than the panel's lines need, all of it scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.ui.kit.base import style, vbox
from studio.ui.kit.scroll import ScrollArea

if TYPE_CHECKING:
    from studio.ui.panel import Panel


class _Least(QWidget):
    """Is never lower than what is in it can be at its width; wishes don't count, lists have room to give."""

    def __init__(self) -> None:
        super().__init__()
        self.column: QVBoxLayout = vbox(self, gap=0)

    def minimumSizeHint(self) -> QSize:
        least = self.column.totalMinimumSize()
        return QSize(least.width(), 0) if self.column.hasHeightForWidth() else least

    def heightForWidth(self, width: int) -> int:
        if self.column.hasHeightForWidth():
            return self.column.totalMinimumHeightForWidth(width)
        return self.column.totalMinimumSize().height()


class DockRoom(ScrollArea):
    """Holds one panel."""

    def __init__(self, panel: Panel) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        style(self, sheetBody=True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setAutoFillBackground(False)
        self._least = style(_Least(), clear=True)
        self._least.column.addWidget(panel)
        self.setWidget(self._least)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
