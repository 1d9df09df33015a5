"""The field for a date: words are typed, what they mean is said under them at once, and a small sheet offers days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from studio.domain.date_sheet import meaning
from studio.domain.dates import read_words, written
from studio.ui.almanac.sheet import MonthSheet, SheetHead
from studio.ui.kit import ComboBox, IconButton, LineEdit, hbox, label, style, vbox
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from studio.ui.calendars import CalendarIndex

_EXAMPLE = "For example: spring 812"


class DateField(QWidget):
    """A date in words. `read` gives the words; the services store what they mean."""

    edited = Signal()
    committed = Signal(str)

    def __init__(self, name: str, calendars: CalendarIndex, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calendars = calendars
        self._value: object = None
        column = vbox(self, gap=2)
        row = hbox(gap=4)
        self.line = LineEdit(name, placeholder=_EXAMPLE)
        self.pick = IconButton("calendar", f"{name}: choose a day", self.open_picker, key="Alt+Down")
        row.addWidget(self.line, 1)
        row.addWidget(self.pick)
        column.addLayout(row)
        self.meaning = label("", "caption", wrap=True)
        column.addWidget(self.meaning)
        self.setFocusProxy(self.line)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.line.textEdited.connect(lambda _text: self._typed())
        self.line.committed.connect(self.committed)
        self._later = QTimer(self, singleShot=True, interval=150)
        self._later.timeout.connect(self.explain)
        calendars.changed.connect(self._recount)
        self.explain()

    def read(self) -> str:
        """The words."""
        return self.line.text().strip()

    def put(self, value: object) -> None:
        """Show a stored date."""
        self._value = value
        words = written(value, self._calendars.value)
        if self.read() != words:
            self.line.set_text(words)
        self.explain()

    def set_state(self, state: str) -> None:
        """`""`, `low` (please check) or `error`."""
        self.line.set_state(state)

    def explain(self) -> None:
        """Say under the line what it means, for eyes and for screen readers."""
        words = meaning(self.read(), self._calendars.value)
        if words == self.read():
            words = ""
        self.meaning.setText(words)
        self.meaning.setVisible(bool(words))
        self.line.setAccessibleDescription(words)

    def open_picker(self) -> None:
        """Offer the days of a month; the one that is chosen becomes the text."""
        popup = DayPicker(self, self._calendars)
        popup.picked.connect(self._picked)
        ref = read_words(self.read(), self._calendars.value)
        popup.open_at(self.mapToGlobal(QPoint(0, self.line.height() + 2)), ref.lo if ref else None)

    def _typed(self) -> None:
        self._later.start()
        self.edited.emit()

    def _recount(self) -> None:
        if self._value is not None and not self.line.hasFocus():
            self.put(self._value)
        else:
            self.explain()

    def _picked(self, words: str) -> None:
        self.line.setText(words)
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.explain()
        self.edited.emit()
        self.committed.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_picker()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.line.setFocus(event.reason())


class DayPicker(QFrame):
    """A popup with the sheet of one month. `picked(words)` is the day as the calendar writes it."""

    picked = Signal(str)

    def __init__(self, parent: QWidget, calendars: CalendarIndex) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Choose a day")
        self._known = calendars.value
        outer = vbox(self)
        frame = QFrame()
        style(frame, popup="true")
        outer.addWidget(frame)
        column = vbox(frame, margins=(8, 8, 8, 8), gap=6)
        main = self._known.main
        self.sheet = MonthSheet("Days", main, main.year_first(1), roomy=False)
        self.head = SheetHead(self.sheet)
        self.year = LineEdit("Year", compact=True, placeholder="Go to a year or date")
        self.year.returnPressed.connect(self._go)
        column.addWidget(self.year)
        if len(self._known) > 1:
            choices = ComboBox("Calendar", [(c.name or c.key, c.key) for c in self._known], compact=True)
            choices.set_value(main.key)
            choices.chosen.connect(lambda key: self.sheet.set_calendar(self._known.get(key) or main))
            column.addWidget(choices)
        column.addWidget(self.head)
        column.addWidget(self.sheet, 1)
        self.said = label("", "caption", wrap=True)
        column.addWidget(self.said)
        self.sheet.day_chosen.connect(self._say)
        self.sheet.day_opened.connect(self._take)
        self.sheet.clicked.connect(lambda _index: self._take(self.sheet.day))

    def open_at(self, corner: QPoint, day: int | None) -> None:
        """Open under a field, at its day."""
        if day is not None:
            self.sheet.go_to(day)
        self._say(self.sheet.day)
        self.resize(look.px(310), look.px(440))
        screen = self.screen().availableGeometry()
        corner.setY(min(corner.y(), screen.bottom() - self.height()))
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self.width())))
        self.move(corner)
        self.show()
        self.sheet.setFocus(Qt.FocusReason.PopupFocusReason)

    def _say(self, day: int) -> None:
        from studio.domain.date_sheet import day_line

        self.said.setText(day_line(self.sheet.sheet_model.calendar, day))

    def _go(self) -> None:
        found = read_words(self.year.text(), self._known)
        if found is not None and found.lo is not None:
            self.sheet.go_to(found.lo)
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, day: int) -> None:
        calendar = self.sheet.sheet_model.calendar
        words = calendar.format(day)
        foreign = calendar.key != self._known.main.key
        self.picked.emit(f"{words} ({calendar.name or calendar.key})" if foreign else words)
        self.close()
