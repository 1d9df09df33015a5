"""The calendar editor: the project's calendars, the parts of one as tables, and the month that they make, at once."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QTabBar, QWidget

from studio.domain.calendar import CalendarSystem
from studio.domain.calendars import plain
from studio.domain.errors import Invalid
from studio.services.world import calendar_form as form
from studio.ui.almanac.parts import PartTable
from studio.ui.almanac.sheet import MonthSheet, SheetHead
from studio.ui.kit import CheckBox, ComboBox, FormRow, LineEdit, NumberBox, hbox, label, named, vbox
from studio.ui.theme import look

if TYPE_CHECKING:
    from studio.services.world.calendars import CalendarRow

_RESTARTS = [("The week runs on", ""), ("Each month starts a week", "month"), ("Each year starts a week", "year")]


class CalendarEditor(QWidget):
    """Edits one definition; nothing is stored here. `changed` says that something was typed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._definition: dict[str, Any] = {}
        self._quiet = False
        self.fault = ""
        column = vbox(self, gap=8)
        self.name = LineEdit("Name of the calendar", placeholder="What the people of your world call it")
        column.addWidget(FormRow("Name", self.name))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._tables())
        split.addWidget(self._preview())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        column.addWidget(split, 1)
        self.name.textEdited.connect(lambda _text: self._edited())

    def _tables(self) -> QWidget:
        host = QWidget()
        column = vbox(host, margins=(0, 0, 8, 0), gap=6)
        self.tabs = named(QTabBar(), "Parts of the calendar")
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.stack = QStackedWidget()
        self.tables: dict[str, PartTable] = {}
        for part in form.PARTS:
            table = PartTable(part, self.month_names)
            table.edited.connect(self._edited)
            self.tables[part.key] = table
            self.tabs.addTab(part.title)
            self.stack.addWidget(table)
        self.tabs.addTab("Counting")
        self.stack.addWidget(self._counting())
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        return host

    def _counting(self) -> QWidget:
        host = QWidget()
        column = vbox(host, gap=10)
        self.year_zero = CheckBox("There is a year 0")
        self.restarts = ComboBox("How weeks run", _RESTARTS)
        self.first = ComboBox("Weekday of the first day", [])
        self.epoch = NumberBox("Day of year 1", least=-1_000_000_000, most=1_000_000_000)
        column.addWidget(self.year_zero)
        column.addWidget(FormRow("Weeks", self.restarts))
        column.addWidget(FormRow("Day 1 of year 1 is a", self.first))
        helper = "Several calendars lie on one line of days. Day 1 of year 1 of this one is that many days after day 0."
        column.addWidget(FormRow("Day 1 of year 1 lies at", self.epoch, helper=helper))
        column.addStretch(1)
        self.year_zero.toggled.connect(lambda _on: self._edited())
        self.restarts.chosen.connect(lambda _value: self._edited())
        self.first.chosen.connect(lambda _value: self._edited())
        self.epoch.valueChanged.connect(lambda _value: self._edited())
        return host

    def _preview(self) -> QWidget:
        host = QWidget()
        column = vbox(host, margins=(8, 0, 0, 0), gap=6)
        self.sheet = MonthSheet("How a month looks", plain(), 0, roomy=False)
        self.head = SheetHead(self.sheet)
        self.said = label("", "caption", wrap=True)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        column.addWidget(self.head)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.said)
        host.setMinimumWidth(min(look.px(250), 320))
        return host

    # ---- showing and reading -------------------------------------------------------------------------------------

    def show_definition(self, name: str, definition: dict[str, Any]) -> None:
        """Edit this one."""
        self._quiet = True
        self._definition = copy.deepcopy(definition)
        self.name.set_text(name)
        for part in form.PARTS:
            self.tables[part.key].show_rows(form.rows_of(self._definition, part))
        self.year_zero.setChecked(definition.get("year_zero") is True)
        self.restarts.set_value(definition.get("week_restarts") or "")
        self.epoch.setValue(_whole(definition.get("epoch_offset")))
        self._offer_weekdays(_whole(definition.get("first_weekday")))
        self._quiet = False
        self._show_month(start=True)

    def definition(self) -> dict[str, Any]:
        """What is edited, as it stands. Keys that were not there and say nothing stay away."""
        found = {**self._definition, "name": self.name.text().strip()}
        for part in form.PARTS:
            rows = self.tables[part.key].model.rows
            if rows or part.key in found:
                found = form.with_rows(found, part, rows)
        for key, value in (
            ("year_zero", self.year_zero.isChecked()), ("week_restarts", self.restarts.value()),
            ("first_weekday", self.first.value() or 0), ("epoch_offset", self.epoch.value()),
        ):  # fmt: skip
            if value or key in found:
                found[key] = value
        return found

    def month_names(self) -> list[str]:
        """The names of the months as they stand."""
        return [str(row.get("name") or "") for row in self.tables["months"].model.rows]

    def _offer_weekdays(self, chosen: int) -> None:
        rows = self.tables["weekdays"].model.rows
        self.first.set_items([(str(row.get("name") or n + 1), n) for n, row in enumerate(rows)])
        self.first.set_value(chosen % len(rows) if rows else 0)

    def _edited(self) -> None:
        if self._quiet:
            return
        first = self.first.value()
        self._offer_weekdays(first if isinstance(first, int) else 0)
        self._show_month()
        self.changed.emit()

    def _show_month(self, *, start: bool = False) -> None:
        """The month that this makes, or the sentence why it makes none."""
        try:
            calendar = CalendarSystem.from_definition(self.definition())
            self.fault = "" if calendar.name else "A calendar needs a name. Type one and try again."
        except Invalid as error:
            self.fault = error.sentence
            calendar = None
        if calendar is not None:
            day = calendar.year_first(1) if start else self.sheet.day
            self.sheet.go_to(day, calendar=calendar)
            self.head.show_title()
        words = self.fault or (summary(calendar) if calendar else "")
        self.said.setText(words)
        self.said.setProperty("role", "danger" if self.fault else "caption")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.sheet.setEnabled(not self.fault)


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 10**9 else 0


def summary(calendar: CalendarSystem) -> str:
    """How long a year and a week are."""
    months = sum(not month.intercalary for month in calendar.months)
    mean = f"{calendar.mean_year:,.3f}".rstrip("0").rstrip(".")
    parts = [f"{months} month{'s' * (months != 1)}", f"{mean} days a year" + (" on average" if "." in mean else "")]
    if calendar.weekdays:
        parts.append(f"weeks of {len(calendar.weekdays)}")
    if calendar.parts.moons:
        parts.append(f"{len(calendar.parts.moons)} moon{'s' * (len(calendar.parts.moons) != 1)}")
    return ", ".join(parts)


def caption(row: CalendarRow) -> str:
    """What stands under a calendar's name in the list."""
    if row.fault:
        return row.fault
    words = ["main calendar"] if row.main else []
    return ", ".join([*words, f"dates in {row.dates} entries" if row.dates != 1 else "dates in one entry"])


def row_of_tools(*widgets: QWidget) -> Any:
    """Buttons side by side."""
    row = hbox(gap=6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
