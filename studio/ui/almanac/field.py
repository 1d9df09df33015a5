"""The field for a date: words are typed, what they mean is said under them at once, and a sheet offers days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.domain.date_sheet import meaning
from studio.domain.dates import read_words, written
from studio.ui.almanac.sheet import MonthSheet, SheetHead
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import ComboBox, IconButton, LineEdit, hbox, label, vbox

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
        picker = DayPicker(self.window(), self._calendars)
        picker.picked.connect(self._picked)
        picker.finished.connect(lambda _code: self.line.setFocus(Qt.FocusReason.OtherFocusReason))
        ref = read_words(self.read(), self._calendars.value)
        picker.open_at(ref.lo if ref else None)

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


class DayPicker(Sheet):
    """The sheet of one month. `picked(words)` is the day as the calendar writes it."""

    picked = Signal(str)

    def __init__(self, parent: QWidget, calendars: CalendarIndex) -> None:
        super().__init__(parent, "Choose a day", width=400, height=600)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._known = calendars.value
        main = self._known.main
        self.sheet = MonthSheet("Days", main, main.year_first(1), roomy=False)
        self.head = SheetHead(self.sheet)
        self.year = LineEdit("Year", placeholder="Go to a year or date")
        self.body.addWidget(self.year)
        if len(self._known) > 1:
            choices = ComboBox("Calendar", [(c.name or c.key, c.key) for c in self._known])
            choices.set_value(main.key)
            choices.chosen.connect(lambda key: self.sheet.set_calendar(self._known.get(key) or main))
            self.body.addWidget(choices)
        self.body.addWidget(self.head)
        self.body.addWidget(self.sheet, 1)
        self.said = label("", "caption", wrap=True)
        self.body.addWidget(self.said)
        self.buttons("Choose", on_action=lambda: self._take(self.sheet.day))
        self.sheet.day_chosen.connect(self._say)
        self.sheet.day_opened.connect(self._take)
        self.sheet.clicked.connect(lambda _index: self._take(self.sheet.day))

    def open_at(self, day: int | None) -> None:
        """Open at a day."""
        if day is not None:
            self.sheet.go_to(day)
        self._say(self.sheet.day)
        self.sheet.setFocus()
        self.open()

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
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.year.hasFocus():
            self._go()
        else:
            super().keyPressEvent(event)
