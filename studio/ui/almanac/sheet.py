"""The sheet of a month: weeks as rows, days outside the week as rows of their own, moons and marks on the days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QTableView, QWidget

from studio.domain.date_sheet import Sheet, columns, day_line, sheet_of
from studio.domain.errors import Invalid
from studio.ui.kit.base import named, style
from studio.ui.theme import look
from studio.ui.theme.tokens import TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from studio.domain.calendar import CalendarSystem

Index = QModelIndex | QPersistentModelIndex
DAY = Qt.ItemDataRole.UserRole
_NONE = QModelIndex()
_ELIDE = Qt.TextElideMode.ElideRight
Marks = list[tuple[str, str]]
"""(kind, words) of what happens on a day."""


class SheetModel(QAbstractTableModel):
    """One page of a calendar. A screen reader hears each day whole: its date, its moons, what happens on it."""

    def __init__(self, calendar: CalendarSystem, day: int) -> None:
        super().__init__()
        self.calendar = calendar
        self.sheet: Sheet = sheet_of(calendar, day)
        self.short = False
        self.marks: Mapping[int, Marks] = {}

    def show_day(self, calendar: CalendarSystem, day: int) -> bool:
        """Turn to the page of a day; False where it is open already."""
        if calendar is self.calendar and self.sheet.first <= day <= self.sheet.last:
            return False
        self.beginResetModel()
        self.calendar, self.sheet = calendar, sheet_of(calendar, day)
        self.endResetModel()
        return True

    def set_marks(self, marks: Mapping[int, Marks]) -> None:
        """Show what happens on the days."""
        self.marks = marks
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else columns(self.calendar)

    def day_at(self, index: Index) -> int | None:
        """The absolute day of a cell."""
        if not index.isValid():
            return None
        row = self.sheet.rows[index.row()]
        if row.alone:
            return row.days[0]
        return row.days[index.column()] if index.column() < len(row.days) else None

    def index_of(self, day: int) -> QModelIndex:
        """The cell of a day on this page."""
        for at, row in enumerate(self.sheet.rows):
            if day in row.days:
                return self.index(at, row.days.index(day))
        return QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.day_at(index)
        if day is None:
            return None
        if role == DAY:
            return day
        if role == Qt.ItemDataRole.DisplayRole:
            alone = self.sheet.rows[index.row()].alone
            return self.calendar.format(day) if alone else str(self.calendar.from_abs(day).day)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return ". ".join([day_line(self.calendar, day), *(words for _, words in self.marks.get(day, []))])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.calendar.weekdays):
            return None
        weekday = self.calendar.weekdays[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return weekday.abbr or (weekday.name[:2] if self.short else weekday.name)
        return weekday.name if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.day_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class DayPainter(QStyledItemDelegate):
    """Paints one day: its number, the moons at the right, and a dot or a line for each mark."""

    def __init__(self, view: MonthSheet) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._view.sheet_model
        day = model.day_at(index)
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        ink = look.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if day is None:
            painter.fillRect(rect, QColor(ink["canvas"]))
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        self._ground(painter, rect, day, chosen=chosen)
        text = ink["on_selection"] if chosen else ink["text"]
        inner = rect.adjusted(look.px(6), look.px(4), -look.px(6), -look.px(3))
        self._moons(painter, inner, day, text)
        marks = model.marks.get(day, [])
        if marks and self._view.is_alone(day):
            words = " · ".join([str(index.data()), *(said for _, said in marks)])
            self._number(painter, inner, painter.fontMetrics().elidedText(words, _ELIDE, inner.width()), text)
        else:
            self._number(painter, inner, str(index.data()), text)
            self._marks(painter, inner, marks, text)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, day: int, *, chosen: bool) -> None:
        ink = look.tokens()
        alone = self._view.sheet_model.index_of(day).isValid() and self._view.is_alone(day)
        ground = ink["selection"] if chosen else ink["sunken"] if alone else ink["surface"]
        painter.fillRect(rect, QColor(ground))
        painter.setPen(QPen(QColor(ink["border"]), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if day == self._view.today:
            painter.setPen(QPen(QColor(ink["accent"]), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        if chosen and self._view.hasFocus():
            painter.setPen(QPen(QColor(ink["focus"]), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _number(self, painter: QPainter, inner: QRect, words: str, colour: str) -> None:
        font = QFont(painter.font())
        font.setPixelSize(look.px(TYPE["body"] if self._view.roomy else TYPE["caption"]))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), words)

    def _moons(self, painter: QPainter, inner: QRect, day: int, colour: str) -> None:
        side = look.px(11 if self._view.roomy else 8)
        x = inner.right() - side
        for phase in self._view.sheet_model.calendar.moon_phases(day):
            if x < inner.center().x() and not self._view.is_alone(day):
                return
            if phase.step % 2 == 0:
                draw_moon(painter, QRectF(x, inner.top() + look.px(2), side, side), phase.step, colour)
                x -= side + look.px(3)

    def _marks(self, painter: QPainter, inner: QRect, marks: Marks, colour: str) -> None:
        if not marks:
            return
        font = QFont(painter.font())
        font.setPixelSize(look.px(TYPE["caption"]))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        height = painter.fontMetrics().height()
        top = inner.top() + look.px(20 if self._view.roomy else 15)
        room = max(0, (inner.bottom() - top) // height)
        shown = marks if len(marks) <= room else marks[: max(0, room - 1)]
        for kind, words in shown:
            dot = look.px(6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.kind_colour(kind)))
            painter.drawEllipse(QRectF(inner.left(), top + (height - dot) / 2, dot, dot))
            painter.setPen(QColor(colour))
            line = QRect(inner.left() + dot + look.px(4), top, inner.width() - dot - look.px(4), height)
            said = painter.fontMetrics().elidedText(words, _ELIDE, line.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), said)
            top += height
        if len(shown) < len(marks):
            painter.setPen(QColor(colour))
            left = QRect(inner)
            words = f"+{len(marks) - len(shown)}" if shown else f"{len(marks)} dates"
            left.setTop(min(top, inner.bottom() - height))
            painter.drawText(left, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), words)


def draw_moon(painter: QPainter, place: QRectF, step: int, colour: str) -> None:
    """A moon by its quarter: empty when new, full when full, half-filled between."""
    painter.save()
    painter.setPen(QPen(QColor(colour), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(place)
    fill = QPainterPath()
    if step == 4:
        fill.addEllipse(place)
    elif step in (2, 6):
        fill.moveTo(place.center())
        fill.arcTo(place, 90, -180 if step == 2 else 180)
    painter.fillPath(fill, QColor(colour))
    painter.restore()


class MonthSheet(QTableView):
    """A page of a calendar. Arrows go day by day and over the edge; Page Up and Down turn months, with Shift years."""

    day_chosen = Signal(int)
    """The day under the cursor changed."""
    day_opened = Signal(int)
    """Enter or a double click on a day."""
    page_turned = Signal()

    def __init__(self, name: str, calendar: CalendarSystem, day: int, *, roomy: bool = True) -> None:
        super().__init__()
        self.roomy = roomy
        self.today: int | None = None
        named(self, name, "Arrows go by days, Page Up and Page Down by months, with Shift by years. Enter takes a day.")
        style(self, sheet=True)
        self.sheet_model = SheetModel(calendar, day)
        self.sheet_model.short = not roomy
        self.setModel(self.sheet_model)
        self.setItemDelegate(DayPainter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doubleClicked.connect(lambda index: self._opened(index))
        self.clicked.connect(lambda index: self._clicked(index))
        self._day = day
        self._arrange()
        self.go_to(day)

    @property
    def day(self) -> int:
        """The day under the cursor."""
        return self._day

    @property
    def sheet(self) -> Sheet:
        """The page that is open."""
        return self.sheet_model.sheet

    def is_alone(self, day: int) -> bool:
        """Whether a day has a row of its own."""
        index = self.sheet_model.index_of(day)
        return index.isValid() and self.sheet.rows[index.row()].alone

    def set_calendar(self, calendar: CalendarSystem) -> None:
        """Show the same day in another calendar."""
        self.go_to(self._day, calendar=calendar)

    def go_to(self, day: int, *, calendar: CalendarSystem | None = None) -> None:
        """Put the cursor on a day, turning the page where needed. A day beyond all years is not gone to."""
        before = self._day
        try:
            turned = self.sheet_model.show_day(calendar or self.sheet_model.calendar, day)
        except Invalid:
            return
        self._day = day
        if turned:
            self._arrange()
        index = self.sheet_model.index_of(day)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if turned:
            self.page_turned.emit()
        if day != before or turned:
            self.day_chosen.emit(day)

    def turn(self, months: int) -> None:
        """Turn pages; the day of the month stays as far as it can."""
        sheet = self.sheet
        offset = self._day - sheet.first
        for _ in range(abs(months)):
            edge = sheet.last + 1 if months > 0 else sheet.first - 1
            sheet = sheet_of(self.sheet_model.calendar, edge)
        self.go_to(min(sheet.first + offset, sheet.last))

    def turn_years(self, years: int) -> None:
        """The same month of another year."""
        calendar = self.sheet_model.calendar
        date = calendar.from_abs(self._day)
        try:
            year = calendar.add_years(date.year, years)
            span = calendar.month_span(year, date.month)
        except Invalid:
            self.turn(12 * years)
            return
        self.go_to(span.first + min(date.day, span.days) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        weeks = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in steps:
            self.go_to(self._day + steps[Qt.Key(key)])
        elif key in weeks:
            self.go_to(self._beside(weeks[Qt.Key(key)]))
        elif key in pages:
            (self.turn_years if shift else self.turn)(pages[Qt.Key(key)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(self.sheet.first if key == Qt.Key.Key_Home else self.sheet.last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.day_opened.emit(self._day)
        else:
            super().keyPressEvent(event)

    def _beside(self, weeks: int) -> int:
        """The day above or below: of the same column where there is one."""
        index = self.sheet_model.index_of(self._day)
        below = self.sheet_model.index(index.row() + weeks, index.column())
        found = self.sheet_model.day_at(below) if below.isValid() else None
        return self._day + weeks * columns(self.sheet_model.calendar) if found is None else found

    def _clicked(self, index: QModelIndex) -> None:
        if (day := self.sheet_model.day_at(index)) is not None:
            self.go_to(day)

    def _opened(self, index: QModelIndex) -> None:
        if (day := self.sheet_model.day_at(index)) is not None:
            self.day_opened.emit(day)

    def _arrange(self) -> None:
        """Rows of one day reach across; all rows share the height, those of one day are lower."""
        self.clearSpans()
        width = self.sheet_model.columnCount()
        self.horizontalHeader().setVisible(bool(self.sheet_model.calendar.weekdays))
        for at, row in enumerate(self.sheet.rows):
            if row.alone and width > 1:
                self.setSpan(at, 0, 1, width)
        self._heights()

    def _heights(self) -> None:
        rows = self.sheet.rows
        least, low = (look.px(52), look.px(30)) if self.roomy else (look.px(26), look.px(24))
        alone = sum(row.alone for row in rows)
        weeks = len(rows) - alone
        room = self.viewport().height() - alone * low
        high = max(least, room // weeks) if weeks and self.roomy else least
        for at, row in enumerate(rows):
            self.setRowHeight(at, low if row.alone else high)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._heights()

    def restyle(self) -> None:
        """Follow theme and text size."""
        self._heights()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(480 if self.roomy else 260), look.px(360 if self.roomy else 230))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(180), look.px(140))


class SheetHead(QWidget):
    """The line above a sheet: month and year, one page back and forth, one year back and forth."""

    def __init__(self, sheet: MonthSheet) -> None:
        super().__init__()
        from studio.ui.kit import IconButton, hbox, label, vbox

        self._column = vbox(self, gap=2)
        self._row = hbox(gap=4)
        self._column.addLayout(self._row)
        self.sheet = sheet
        self.title = label("", "strong", wrap=True)
        self._row.addWidget(IconButton("chevron-left", "Month before", lambda: sheet.turn(-1), key="PgUp"))
        self._row.addWidget(self.title, 1)
        self._row.addWidget(IconButton("arrow-left", "Year before", lambda: sheet.turn_years(-1), key="Shift+PgUp"))
        self._row.addWidget(IconButton("arrow-right", "Year after", lambda: sheet.turn_years(1), key="Shift+PgDn"))
        self._row.addWidget(IconButton("chevron-right", "Month after", lambda: sheet.turn(1), key="PgDn"))
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sheet.page_turned.connect(self.show_title)
        self.show_title()

    def show_title(self) -> None:
        """Say which page is open."""
        calendar = self.sheet.sheet_model.calendar
        era = calendar.era(self.sheet.sheet.year)
        title = self.sheet.sheet.title
        known = era is not None and (era.abbr or era.name) in title
        words = "" if era is None or known or not self.sheet.roomy else f" · {era.name}"
        self.title.setText(f"{title}{words}")
        self.title.setToolTip("" if era is None else era.name)
        self._turn(self.width())

    def _turn(self, width: int) -> None:
        """The title among the buttons; above them where it would be cut."""
        buttons = [item.widget() for n in range(self._row.count()) if (item := self._row.itemAt(n)) is not None]
        need = sum(one.sizeHint().width() + 4 for one in buttons if one is not None and one is not self.title)
        beside = width - need >= self.title.fontMetrics().horizontalAdvance(self.title.text()) + 8
        if beside == (self.title in buttons):
            return
        if beside:
            self._column.removeWidget(self.title)
            self._row.insertWidget(1, self.title, 1)
        else:
            self._row.removeWidget(self.title)
            self._column.insertWidget(0, self.title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn(event.size().width())
