"""The timeline as months: a sheet with what is on each day, and the day's dates in full beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QSplitter, QWidget

from studio.domain.calendars import plain
from studio.domain.date_sheet import day_line
from studio.services.world.timeline import on_days
from studio.ui.almanac.sheet import MonthSheet, SheetHead
from studio.ui.kit import label, vbox
from studio.ui.listing import TwoLineList
from studio.ui.theme import look
from studio.ui.theme.icons import kind_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.calendar import CalendarSystem
    from studio.services.world.timeline import Item


class MonthsView(QWidget):
    """Arrows go by days, Page Up and Down by months; Enter on a row opens what it names."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._items: Sequence[Item] = ()
        self._fitted = False
        column = vbox(self, margins=(10, 4, 10, 8), gap=6)
        self.sheet = MonthSheet("Days of the month", plain(), 0)
        self.head = SheetHead(self.sheet)
        column.addWidget(self.head)
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.sheet)
        self.split.addWidget(self._beside())
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        column.addWidget(self.split, 1)
        self.sheet.page_turned.connect(self._mark)
        self.sheet.day_chosen.connect(lambda _day: self._show_day())
        self.sheet.day_opened.connect(lambda _day: self._open_first())
        self.list.itemActivated.connect(lambda _item: self._open())
        self.list.currentItemChanged.connect(lambda *_: self.chosen.emit(self.current))

    def _beside(self) -> QWidget:
        host = QWidget()
        column = vbox(host, margins=(8, 0, 0, 0), gap=4)
        self.day = label("", "caption", wrap=True)
        self.day.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.list = TwoLineList("Dates of the day")
        column.addWidget(self.day)
        column.addWidget(self.list, 1)
        host.setMinimumWidth(look.px(150))
        return host

    def show_items(self, items: Sequence[Item], calendar: CalendarSystem) -> None:
        """Show these; the first time, the month of the first that is known to the day."""
        self._items = items
        self.sheet.set_calendar(calendar)
        if not self._fitted and items:
            self._fitted = True
            first = next((item for item in items if not item.vague), items[0])
            self.sheet.go_to(first.lo)
        self.head.show_title()
        self._mark()

    def go_to(self, day: int) -> None:
        """Turn to a day."""
        self._fitted = True
        self.sheet.go_to(day)

    @property
    def current(self) -> Item | None:
        """The date that is chosen in the list beside the sheet."""
        key = self.list.key()
        return next((item for item in self._on_day() if f"{item.id} {item.path}" == key), None)

    def _mark(self) -> None:
        page = self.sheet.sheet
        found = on_days(self._items, page.first, page.last)
        self.sheet.sheet_model.set_marks(
            {day: [(item.kind, item.title) for item in items] for day, items in found.items()}
        )
        self._show_day()

    def _on_day(self) -> list[Item]:
        day = self.sheet.day
        lasting = [i for i in self._items if i.lo <= day <= i.hi and not i.open and i.hi - i.lo < 400]
        return sorted(lasting, key=lambda item: (item.hi - item.lo, item.title))

    def _show_day(self) -> None:
        day = self.sheet.day
        self.day.setText(day_line(self.sheet.sheet_model.calendar, day))
        self.list.clear()
        for item in self._on_day():
            self.list.add(f"{item.id} {item.path}", item.title, item.words, icon=kind_icon(item.kind))

    def _open_first(self) -> None:
        if self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _open(self) -> None:
        if (item := self.current) is not None:
            self.opened.emit(item)

    def restyle(self) -> None:
        """Follow theme and text size."""
        self.sheet.restyle()
