"""How a line of the World Bible is drawn: shape and hue of its kind, its name, and its status as a word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.ui.kit.fields import LineEdit
from studio.ui.theme import look
from studio.ui.theme.icons import icon
from studio.ui.world.model import ID, IS_GROUP, KIND, MATCHED, SIZE, STATUS

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

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), look.px(30)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """By hand: the style sheet's way through the style takes three times as long for each line."""
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        whole: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        font: QFont = option.font  # pyright: ignore[reportAttributeAccessIssue]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(whole, QApplication.palette().color(QPalette.ColorRole.Highlight))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(whole, look.colour("hover"))
        rect = self._mark(painter, whole.adjusted(look.px(4), 0, -look.px(6), 0), index, chosen=chosen)
        rect = self._end(painter, rect, index, font, chosen=chosen)
        self._name(painter, rect, str(index.data()), index, font, chosen=chosen)
        painter.restore()

    def _mark(self, painter: QPainter, rect: QRect, index: Index, *, chosen: bool) -> QRect:
        size = look.px(16)
        kind, theme = index.data(KIND), look.theme_name()
        flat = chosen and bool(kind) and theme == "contrast"
        ratio = painter.device().devicePixelRatioF()
        key = (kind or index.data(ID), size, ratio, flat, theme)
        if key not in self._marks:
            shown: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
            drawn = icon(look.kind_icon(kind), "on_selection") if flat else shown
            self._marks[key] = drawn.pixmap(QSize(size, size), ratio)
        painter.drawPixmap(rect.left(), rect.center().y() - size // 2 + 1, self._marks[key])
        return rect.adjusted(size + look.px(8), 0, 0, 0)

    def _end(self, painter: QPainter, rect: QRect, index: Index, font: QFont, *, chosen: bool) -> QRect:
        """The word or number at the end of the line; gives the room that is left."""
        if index.data(IS_GROUP):
            return self._count(painter, rect, index, font, chosen=chosen)
        if index.data(SIZE):
            rect = self._count(painter, rect, index, font, chosen=chosen)
        status = index.data(STATUS)
        if not status or not self.show_status:
            return rect
        wide = QFontMetrics(font).horizontalAdvance(str(index.data()))
        return self._badge(painter, rect, str(status), font, name_width=wide, chosen=chosen)

    def _count(self, painter: QPainter, rect: QRect, index: Index, font: QFont, *, chosen: bool) -> QRect:
        small = _small(font)
        text = f"{index.data(SIZE):,}".replace(",", "\u202f")
        width = QFontMetrics(small).horizontalAdvance(text)
        painter.setFont(small)
        painter.setPen(_ink("muted", chosen=chosen))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return rect.adjusted(0, 0, -width - look.px(8), 0)

    def _badge(
        self, painter: QPainter, rect: QRect, status: str, font: QFont, *, name_width: int, chosen: bool
    ) -> QRect:
        """The word, or a mark where the name is long; draft, the ordinary case, then has none. The tool tip says it."""
        small = _small(font)
        metrics = QFontMetrics(small)
        ink, ground = TONES.get(status, TONES["draft"])
        width = metrics.horizontalAdvance(status) + look.px(12 if ground else 0)
        if rect.width() - width - look.px(8) < name_width:
            return self._status_mark(painter, rect, status, ink, chosen=chosen)
        box = QRect(rect.right() - width + 1, rect.center().y() - metrics.height() // 2, width, metrics.height() + 1)
        if ground and not chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(ground))
            painter.drawRoundedRect(box, 4, 4)
        painter.setFont(small)
        painter.setPen(_ink(ink, chosen=chosen))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, status)
        return rect.adjusted(0, 0, -width - look.px(8), 0)

    def _status_mark(self, painter: QPainter, rect: QRect, status: str, ink: str, *, chosen: bool) -> QRect:
        size = look.px(14)
        if status not in MARKS or rect.width() < look.px(60):
            return rect
        token, ratio = "on_selection" if chosen else ink, painter.device().devicePixelRatioF()
        key = (status, size, ratio, token, look.theme_name())
        if key not in self._marks:
            self._marks[key] = icon(MARKS[status], token).pixmap(QSize(size, size), ratio)
        painter.drawPixmap(rect.right() - size + 1, rect.center().y() - size // 2 + 1, self._marks[key])
        return rect.adjusted(0, 0, -size - look.px(6), 0)

    def _name(self, painter: QPainter, rect: QRect, name: str, index: Index, font: QFont, *, chosen: bool) -> None:
        if index.data(IS_GROUP):
            font = QFont(font)
            font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(_ink("muted" if index.data(STATUS) == "deprecated" else "text", chosen=chosen))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _LEFT, shown)
        matched = index.data(MATCHED)
        room = rect.adjusted(metrics.horizontalAdvance(shown) + look.px(8), 0, 0, 0)
        if matched and room.width() > look.px(40):
            small = _small(font)
            painter.setFont(small)
            painter.setPen(_ink("muted", chosen=chosen))
            text = QFontMetrics(small).elidedText(f"also {matched}", Qt.TextElideMode.ElideRight, room.width())
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


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPixelSize(look.px(12))
    return made


def _ink(token: str, *, chosen: bool) -> QColor:
    if chosen:
        return QApplication.palette().color(QPalette.ColorRole.HighlightedText)
    return look.colour(token)
