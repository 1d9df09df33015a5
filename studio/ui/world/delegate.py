"""How a line of the World Bible is drawn: shape and hue of its kind, its name, and its status as a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.ui.kit.fields import LineEdit
from studio.ui.theme import look
from studio.ui.theme.icons import icon
from studio.ui.world.model import LINE

if TYPE_CHECKING:
    from studio.ui.world.model import Node

TONES = {"draft": ("muted", ""), "reviewed": ("text", "accent_soft"), "canon": ("ok", "ok_soft"),
         "deprecated": ("muted", "hover"),
         "past": ("muted", "hover")}  # fmt: skip
"""Status → (ink, ground) of the word."""
MARKS = {"reviewed": "circle-dot", "canon": "circle-check", "deprecated": "archive", "past": "hourglass"}
"""Status → what stands for the word where a name needs its room: another shape, never only another colour."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Draws headings and entities. `show_status` is off where the heading says the status already."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.show_status = True
        self._marks: dict[tuple[object, ...], QPixmap] = {}
        self._kit: _Kit | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), look.px(30)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """By hand: the style sheet's way through the style takes three times as long for each line."""
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        whole: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        kit = self._kit_for(option.font)  # pyright: ignore[reportAttributeAccessIssue]
        line: Node = index.data(LINE)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(whole, QApplication.palette().color(QPalette.ColorRole.Highlight))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(whole, look.colour("hover"))
        rect = self._mark(painter, whole.adjusted(kit.px(4), 0, -kit.px(6), 0), index, line, kit, chosen=chosen)
        rect = self._end(painter, rect, line, kit, chosen=chosen)
        self._name(painter, rect, line, kit, chosen=chosen)
        painter.restore()

    def _kit_for(self, font: QFont) -> _Kit:
        """Fonts and measures, made anew when the look has changed and not for each line."""
        theme, scale = look.theme_name(), look.scale()
        kit = self._kit
        if kit is None or kit.theme != theme or kit.scale != scale or kit.font != font:
            kit = self._kit = _Kit(QFont(font), theme, scale)
        return kit

    def _mark(self, painter: QPainter, rect: QRect, index: Index, line: Node, kit: _Kit, *, chosen: bool) -> QRect:
        size, kind = kit.px(16), line.kind
        flat = chosen and bool(kind) and kit.theme == "contrast"
        ratio = painter.device().devicePixelRatioF()
        key = (kind or line.key, size, ratio, flat, kit.theme)
        if key not in self._marks:
            shown: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
            drawn = icon(look.kind_icon(kind), "on_selection") if flat else shown
            self._marks[key] = drawn.pixmap(QSize(size, size), ratio)
        painter.drawPixmap(rect.left(), rect.center().y() - size // 2 + 1, self._marks[key])
        return rect.adjusted(size + kit.px(8), 0, 0, 0)

    def _end(self, painter: QPainter, rect: QRect, line: Node, kit: _Kit, *, chosen: bool) -> QRect:
        """The word or number at the end of the line; gives the room that is left."""
        if line.is_group or line.size:
            rect = self._count(painter, rect, line, kit, chosen=chosen)
        if line.is_group or not line.status or not self.show_status:
            return rect
        wide = kit.metrics.horizontalAdvance(line.name)
        return self._badge(painter, rect, line.status, kit, name_width=wide, chosen=chosen)

    def _count(self, painter: QPainter, rect: QRect, line: Node, kit: _Kit, *, chosen: bool) -> QRect:
        text = f"{line.size:,}".replace(",", "\u202f")
        width = kit.small_metrics.horizontalAdvance(text)
        painter.setFont(kit.small)
        painter.setPen(kit.ink("muted", chosen=chosen))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return rect.adjusted(0, 0, -width - kit.px(8), 0)

    def _badge(self, painter: QPainter, rect: QRect, status: str, kit: _Kit, *, name_width: int, chosen: bool) -> QRect:
        """The word, or a mark where the name is long; draft, the ordinary case, then has none. The tool tip says it."""
        metrics = kit.small_metrics
        ink, ground = TONES.get(status, TONES["draft"])
        width = metrics.horizontalAdvance(status) + kit.px(12 if ground else 0)
        if rect.width() - width - kit.px(8) < name_width:
            return self._status_mark(painter, rect, status, ink, kit, chosen=chosen)
        box = QRect(rect.right() - width + 1, rect.center().y() - metrics.height() // 2, width, metrics.height() + 1)
        if ground and not chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(ground))
            painter.drawRoundedRect(box, 4, 4)
        painter.setFont(kit.small)
        painter.setPen(kit.ink(ink, chosen=chosen))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, status)
        return rect.adjusted(0, 0, -width - kit.px(8), 0)

    def _status_mark(self, painter: QPainter, rect: QRect, status: str, ink: str, kit: _Kit, *, chosen: bool) -> QRect:
        size = kit.px(14)
        if status not in MARKS or rect.width() < kit.px(60):
            return rect
        token, ratio = "on_selection" if chosen else ink, painter.device().devicePixelRatioF()
        key = (status, size, ratio, token, kit.theme)
        if key not in self._marks:
            self._marks[key] = icon(MARKS[status], token).pixmap(QSize(size, size), ratio)
        painter.drawPixmap(rect.right() - size + 1, rect.center().y() - size // 2 + 1, self._marks[key])
        return rect.adjusted(0, 0, -size - kit.px(6), 0)

    def _name(self, painter: QPainter, rect: QRect, line: Node, kit: _Kit, *, chosen: bool) -> None:
        font, metrics = (kit.heading, kit.heading_metrics) if line.is_group else (kit.font, kit.metrics)
        painter.setFont(font)
        painter.setPen(kit.ink("muted" if line.status == "deprecated" else "text", chosen=chosen))
        shown = metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _LEFT, shown)
        if not line.matched:
            return
        room = rect.adjusted(metrics.horizontalAdvance(shown) + kit.px(8), 0, 0, 0)
        if room.width() > kit.px(40):
            painter.setFont(kit.small)
            painter.setPen(kit.ink("muted", chosen=chosen))
            text = kit.small_metrics.elidedText(f"also {line.matched}", Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, text)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = LineEdit(f"New name of {index.data()}", compact=True, parent=parent)
        editor.setFrame(False)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        editor.setGeometry(rect.adjusted(look.px(22), 0, 0, 0))


class _Kit:
    """What lines are drawn with, as long as theme, text size and font stay the same."""

    def __init__(self, font: QFont, theme: str, scale: float) -> None:
        self.font, self.theme, self.scale = font, theme, scale
        self.small = QFont(font)
        self.small.setPixelSize(self.px(12))
        self.heading = QFont(font)
        self.heading.setWeight(QFont.Weight.DemiBold)
        self.metrics, self.small_metrics = QFontMetrics(font), QFontMetrics(self.small)
        self.heading_metrics = QFontMetrics(self.heading)
        self._inks: dict[str, QColor] = {}

    def px(self, size: float) -> int:
        """A size at 100 % in pixels, as `look.px`."""
        return round(size * self.scale)

    def ink(self, token: str, *, chosen: bool) -> QColor:
        """The colour of words; on a chosen line there is but one."""
        if chosen:
            return QApplication.palette().color(QPalette.ColorRole.HighlightedText)
        if token not in self._inks:
            self._inks[token] = look.colour(token)
        return self._inks[token]
