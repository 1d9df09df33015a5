"""Markdown to read: one view in a page that scrolls, no wider than what reads well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from studio.ui.kit.base import named, style
from studio.ui.kit.scroll import ScrollArea
from studio.ui.markdown.view import MarkdownView
from studio.ui.theme import look
from studio.ui.theme.tokens import CHAT_MEASURE

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class MarkdownPage(ScrollArea):
    """Shows Markdown; `link` fires with the name of a clicked `[[link]]`."""

    link = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._host = style(QWidget(), clear=True)
        self.view = MarkdownView(self._host)
        named(self.view, name)
        self.view.wikilink_clicked.connect(self.link)
        self.view.entity_clicked.connect(self.link)
        self.setWidget(self._host)

    def show_markdown(self, text: str) -> None:
        """Show this text; the place in it is kept."""
        if text != self.view.markdown:
            self.view.set_markdown(text)
        self._place()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme that is on."""
        self.view.restyle()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        margin = look.px(20)
        room = self.viewport().width()
        width = max(80, min(room - 2 * margin, look.px(CHAT_MEASURE)))
        height = self.view.height_for(width)
        self.view.setGeometry((room - width) // 2, margin, width, height)
        self._host.resize(room, height + 2 * margin)
