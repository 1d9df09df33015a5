"""One Markdown text on screen: as high as its content, selectable, with safe links and copyable code blocks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QTextEdit, QWidget

from studio.ui.kit import IconButton
from studio.ui.markdown import decor, style
from studio.ui.markdown.inline import ICON_ROOM, MEDIA, NOTE, Note, Pictures, Resolver, nobody
from studio.ui.markdown.parser import parse
from studio.ui.markdown.render import Renderer
from studio.ui.markdown.stream import Stream

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QPaintEvent, QResizeEvent, QWheelEvent

QUOTE_MIME = "application/x-ttrpgstudio-quote+json"
"""What a dragged selection carries beside its text: `{"message": id, "span": [start, end], "text": …}`."""


class MarkdownView(QTextBrowser):
    """Shows Markdown. It never scrolls by itself and never fetches anything; whoever holds it gives it its height."""

    entity_clicked = Signal(str)
    wikilink_clicked = Signal(str)
    url_clicked = Signal(str)
    image_clicked = Signal(str)
    """The hash of an image of the project."""
    note_clicked = Signal(int)
    """The number of a note that the text cites."""
    grew = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        resolve: Resolver = nobody,
        message_id: str = "",
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._notes: dict[int, Note] = {}
        self.markdown = ""
        self.message_id = message_id
        self._resolve = resolve
        self._stream: Stream | None = None
        self._buttons: dict[int, IconButton] = {}
        self._placing = QTimer(self, singleShot=True, interval=0)
        self._placing.timeout.connect(self._place_buttons)
        self._span: tuple[int, int] | None = None
        self.setProperty("prose", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(self._follow)
        self._reset()

    # ---- content -------------------------------------------------------------------------------------------------

    def set_markdown(self, text: str) -> None:
        """Show this text instead."""
        self._stream = None
        self._reset()
        self.markdown = text
        self._renderer.append(parse(text), text)
        self._renderer.finish()
        self._after_draw()

    def set_notes(self, notes: dict[int, Note]) -> None:
        """What the numbers at these places of the text cite; it is drawn again where that is something else."""
        if notes != self._notes:
            self._notes = notes
            self.restyle()

    def begin(self) -> None:
        """Start showing a text that grows."""
        self.markdown = ""
        self._reset()
        self._stream = Stream(self._renderer)

    def feed(self, text: str) -> None:
        """Take more of the growing text; `flush` draws it."""
        self.markdown += text
        if self._stream is not None:
            self._stream.feed(text)

    def flush(self) -> None:
        """Draw what came since the last call: cheap, for a 33 ms timer."""
        if self._stream is not None and self._stream.flush():
            self._after_draw()

    def finish(self) -> None:
        """The text is whole."""
        if self._stream is None:
            return
        if self._stream.finish():
            self.set_markdown(self.markdown)
        self._stream = None
        self._after_draw()

    def restyle(self) -> None:
        """Draw again in the theme and text size that are on now."""
        if self._stream is None:
            self.set_markdown(self.markdown)
        else:
            text = self.markdown
            self.begin()
            self.feed(text)
            self.flush()
        if self._span:
            self.highlight(self._span)

    def _reset(self) -> None:
        self.document().clear()
        self.document().setDocumentMargin(0)
        self.style_now = style.current()
        self.document().setIndentWidth(self.style_now.indent)
        self.document().setDefaultFont(self.font())
        self._renderer = Renderer(self.document(), self.style_now, self._resolve, self._pictures, self._notes)
        for button in self._buttons.values():
            button.deleteLater()
        self._buttons = {}

    def _after_draw(self) -> None:
        self.updateGeometry()
        self.viewport().update()
        self.grew.emit()

    # ---- size ----------------------------------------------------------------------------------------------------

    def height_for(self, width: int) -> int:
        """The height of the content at this width; takes the width, because the layout follows the widget."""
        if self.width() != width:
            self.resize(width, self.height())
        if self.document().textWidth() != width:  # setting it anew lays everything out anew
            self.document().setTextWidth(width)
        cards = self._renderer.cards
        last = self.document().lastBlock()
        under = last.blockFormat().bottomMargin() if cards and cards[-1].last >= last.position() else 0
        return max(self.style_now.reading, int(self.document().size().height() + under + 0.99))

    def sizeHint(self) -> QSize:
        """As wide as it is, as high as its content."""
        return QSize(self.width(), self.height_for(max(60, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Any size will do: the holder decides."""
        return QSize(60, self.style_now.reading)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons at their cards."""
        super().resizeEvent(event)
        self._placing.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The list around it scrolls."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A selection or a link has a menu of its own; else whoever holds the text shows theirs."""
        if self.textCursor().hasSelection() or self.anchorAt(event.pos()):
            super().contextMenuEvent(event)
        else:
            event.ignore()

    # ---- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cards and bars first, the text over them."""
        with QPainter(self.viewport()) as painter:
            painter.setFont(self.font())
            decor.paint(painter, QRectF(event.rect()), self._renderer, self.viewport().width())
        if self._renderer.cards:
            self._placing.start()
        super().paintEvent(event)

    def _closed_cards(self) -> int:
        return len(self._renderer.cards) if self._stream is None else self._stream.closed_cards

    def _place_buttons(self) -> None:
        """Buttons are made only where they can be seen: an answer may have hundreds of code blocks."""
        count, width = self._closed_cards(), self.viewport().width()
        for index in [i for i in self._buttons if i >= count]:
            self._buttons.pop(index).deleteLater()
        for index, rect in decor.visible_cards(self._renderer, QRectF(self.visibleRegion().boundingRect()), width):
            if index < count:
                button = self._buttons.get(index) or self._copy_button(index)
                size = button.sizeHint()
                x = int(rect.right() - size.width() - 4)
                y = int(rect.top() + (self.style_now.code_header - size.height()) / 2)
                if button.pos() != QPoint(x, y):
                    button.setGeometry(x, y, size.width(), size.height())

    def _copy_button(self, index: int) -> IconButton:
        card = self._renderer.cards[index]
        name = f"Copy {card.language or 'code'} block {index + 1}"
        button = IconButton("copy", name, lambda: self._copy_code(index), parent=self.viewport())
        button.setToolTip("Copy code")
        button.show()
        self._buttons[index] = button
        return button

    def _copy_code(self, index: int) -> None:
        QGuiApplication.clipboard().setText(self._renderer.cards[index].code)
        self._buttons[index].set_icon("check")
        self._buttons[index].setToolTip("Copied")

    # ---- quotes --------------------------------------------------------------------------------------------------

    def highlight(self, span: tuple[int, int] | None) -> QRectF:
        """Mark a span of the source (code points) and give its place in this widget's coordinates; None clears it."""
        self._span = span
        if span is None:
            self.setExtraSelections([])
            return QRectF()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._renderer.spans.to_doc(span[0]))
        cursor.setPosition(self._renderer.spans.to_doc(span[1], end=True), QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        shape = QTextCharFormat()
        shape.setBackground(self.style_now.colour("warn_soft"))
        shape.setForeground(self.style_now.colour("text"))
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        shape.setUnderlineColor(self.style_now.colour("warn"))
        mark.format = shape  # pyright: ignore[reportAttributeAccessIssue]
        mark.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]
        self.setExtraSelections([mark])
        return self._rect_of(cursor)

    def highlighted_text(self) -> str:
        """The text that is marked, as drawn."""
        marks = self.extraSelections()
        return marks[0].cursor.selectedText() if marks else ""  # pyright: ignore[reportAttributeAccessIssue]

    def _rect_of(self, cursor: QTextCursor) -> QRectF:
        start, end = QTextCursor(cursor), QTextCursor(cursor)
        start.setPosition(cursor.selectionStart())
        end.setPosition(cursor.selectionEnd())
        return QRectF(self.cursorRect(start)).united(QRectF(self.cursorRect(end)))

    def selected_span(self) -> tuple[int, int] | None:
        """The selection as a span of the source, or None."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        spans = self._renderer.spans
        return spans.to_source(cursor.selectionStart()), spans.to_source(cursor.selectionEnd() - 1) + 1

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy as rich text; as plain text give the Markdown where more than one paragraph is selected."""
        data = QMimeData()
        span = self.selected_span()
        if span is None:
            return data
        source = self.markdown[slice(*span)]
        chosen = self.textCursor().selection()
        selected = chosen.toPlainText().replace(ICON_ROOM, "")
        data.setHtml(chosen.toHtml())
        data.setText(source if "\n" in selected else selected)
        quote = {"message": self.message_id, "span": span, "text": source}
        data.setData(QUOTE_MIME, json.dumps(quote).encode())
        return data

    # ---- links ---------------------------------------------------------------------------------------------------

    def _follow(self, url: QUrl) -> None:
        href = url.toString()
        if href.startswith("entity:"):
            self.entity_clicked.emit(href.removeprefix("entity:"))
        elif href.startswith("wiki:"):
            self.wikilink_clicked.emit(unquote(href.removeprefix("wiki:")))
        elif href.startswith(NOTE):
            self.note_clicked.emit(int(href.removeprefix(NOTE)))
        elif href.startswith(MEDIA):
            self.image_clicked.emit(href.removeprefix(MEDIA))
        elif url.scheme() in ("http", "https"):
            self.url_clicked.emit(href)

    def loadResource(self, _type: int, _name: QUrl | str) -> object:
        """Nothing is ever fetched for a text."""
        return None
