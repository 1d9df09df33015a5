"""Paints what a text document can't: code cards, quotation bars, callouts and rules, beneath the text."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextBlock

from studio.ui.markdown.style import PROP_MARK, PROP_QUOTE, PROP_RULE, PROP_SECRET
from studio.ui.theme import look
from studio.ui.theme.icons import pixmap
from studio.ui.theme.tokens import RADIUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.ui.markdown.render import CodeCard, Renderer
    from studio.ui.markdown.style import Style


def card_rect(renderer: Renderer, card: CodeCard, width: float) -> QRectF:
    """Where a code block's card is painted, in the document's coordinates."""
    document, style = renderer.document, renderer.style
    layout = document.documentLayout()
    first = layout.blockBoundingRect(document.findBlock(card.first))
    last = layout.blockBoundingRect(document.findBlock(card.last))
    left = max(0.0, first.left() - style.code_pad - 2)
    top = first.top() - style.code_header - look.px(4)
    return QRectF(left + 0.5, top + 0.5, width - left - 1, last.bottom() + style.code_pad - top - 1)


def visible_cards(renderer: Renderer, clip: QRectF, width: float) -> Iterator[tuple[int, QRectF]]:
    """(index, rectangle) of the code blocks that lie inside the clip."""
    document, cards = renderer.document, renderer.cards
    top = document.documentLayout().hitTest(clip.topLeft(), Qt.HitTestAccuracy.FuzzyHit)
    above = document.findBlock(top).previous().position()
    for index in range(max(0, bisect_left(cards, above, key=lambda c: c.last) - 1), len(cards)):
        rect = card_rect(renderer, cards[index], width)
        if rect.top() > clip.bottom():
            return
        if rect.intersects(clip):
            yield index, rect


def paint(painter: QPainter, clip: QRectF, renderer: Renderer, width: float) -> None:
    """Paint everything that lies inside the clip."""
    document, style = renderer.document, renderer.style
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for index, rect in visible_cards(renderer, clip, width):
        _card(painter, rect, renderer.cards[index], style)
    block = document.findBlock(
        document.documentLayout().hitTest(clip.topLeft() + QPointF(2, 0), Qt.HitTestAccuracy.FuzzyHit)
    )
    while block.isValid():
        rect = document.documentLayout().blockBoundingRect(block)
        if rect.top() > clip.bottom():
            return
        _block(painter, block, rect, style, width)
        _icons(painter, block, rect, renderer)
        block = block.next()


def _icons(painter: QPainter, block: QTextBlock, rect: QRectF, renderer: Renderer) -> None:
    """The icons of the entities that this block names, in the room that was kept for them."""
    size = renderer.style.reading - 1
    end = block.position() + block.length()
    for position, kind in renderer.icons[bisect_left(renderer.icons, (block.position(), "")) :]:
        if position >= end:
            return
        line = block.layout().lineForTextPosition(position - block.position())
        if line.isValid():
            x = float(line.cursorToX(position - block.position())[0])  # pyright: ignore[reportIndexIssue]
            y = rect.top() + line.y() + (line.height() - size) / 2 + 1
            painter.drawPixmap(
                QPointF(rect.left() + x, y), pixmap(look.kind_icon(kind), f"kind:{kind}", size=size, ratio=2)
            )


def _card(painter: QPainter, rect: QRectF, card: CodeCard, style: Style) -> None:
    painter.setPen(QPen(style.colour("border"), 1))
    painter.setBrush(style.colour("code_bg"))
    painter.drawRoundedRect(rect, RADIUS["card"], RADIUS["card"])
    font = painter.font()
    font.setPixelSize(look.px(12))
    painter.setFont(font)
    painter.setPen(style.colour("muted"))
    header = QRectF(rect.left() + style.code_pad, rect.top(), rect.width() - 2 * style.code_pad, style.code_header)
    painter.drawText(header, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, card.language or "text")


def _block(painter: QPainter, block: QTextBlock, rect: QRectF, style: Style, width: float) -> None:
    form = block.blockFormat()
    if form.hasProperty(PROP_RULE):
        painter.setPen(QPen(style.colour("border"), 1))
        y = round(rect.center().y()) + 0.5
        painter.drawLine(QPointF(0, y), QPointF(width, y))
    if form.hasProperty(PROP_MARK):
        _marker(painter, block, rect, style)
    depth = form.intProperty(PROP_QUOTE)
    if depth:
        _quote(painter, block, rect, style, width)


def _marker(painter: QPainter, block: QTextBlock, rect: QRectF, style: Style) -> None:
    """The bullet, number or tick box to the left of an item's first line."""
    mark = str(block.blockFormat().property(PROP_MARK))
    line = block.layout().lineAt(0)
    if not line.isValid():
        return
    font = painter.font()
    font.setPixelSize(style.reading)
    painter.setFont(font)
    left = rect.left() + line.naturalTextRect().left()
    ticked = mark in "\u2610\u2611"
    if ticked:
        size = style.reading
        box = QRectF(left - size - look.px(7), line.y() + rect.top() + (line.height() - size) / 2, size, size)
        name = "square-check" if mark == "\u2611" else "square"
        painter.drawPixmap(box.toRect(), pixmap(name, "accent" if mark == "\u2611" else "muted", size=size, ratio=2))
        return
    painter.setPen(style.colour("muted"))
    right = left - look.px(8)
    x = right - painter.fontMetrics().horizontalAdvance(mark)
    painter.drawText(QPointF(x, rect.top() + line.y() + line.ascent()), mark)


def _quote(painter: QPainter, block: QTextBlock, rect: QRectF, style: Style, width: float) -> None:
    form = block.blockFormat()
    depth = form.intProperty(PROP_QUOTE)
    after = block.next()
    joined = after.isValid() and after.blockFormat().intProperty(PROP_QUOTE) > 0
    bottom = rect.bottom() + (form.bottomMargin() + 1 if joined else 2)
    secret = bool(form.property(PROP_SECRET))
    if secret:
        ground = QRectF(0, rect.top() - look.px(4), width, bottom - rect.top() + look.px(8))
        painter.fillRect(ground, style.colour("warn_soft"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.colour("warn" if secret else "control"))
    for level in range(depth):
        top = rect.top() - (look.px(4) if secret else 0)
        painter.drawRect(QRectF(level * style.quote, top, 3, bottom - top + (look.px(4) if secret else 0)))
