"""The messages of the branch that is shown: as many rows as there are, widgets only for what is near the eye."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QWidget

from studio.ui.chat.message import INSET
from studio.ui.kit.scroll import AbstractScrollArea
from studio.ui.theme import look
from studio.ui.theme.tokens import CHAT_MEASURE, RADIUS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent

    from studio.ui.chat.facts import Facts
    from studio.ui.chat.message import MessageWidget

TOP, BOTTOM, GAP = 24, 16, 14
AHEAD = 0.75
"""How much of a viewport is kept ready above and below what is seen."""
FETCH = 24
"""Rows around the eye whose texts are asked for together."""
NEAR_END = 40


@dataclass
class Row:
    """One message. `height` is guessed from its size until it has been laid out (`measured` holds the width then)."""

    id: str
    role: str
    size: int
    height: int = 0
    measured: int = 0


class MessageList(AbstractScrollArea):
    """Shows rows. It asks `need(ids)` for texts it hasn't got; give them with `refresh` once `facts_for` knows them."""

    need = Signal(list)
    made = Signal(object)
    follow_changed = Signal(bool)
    escaped = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        facts_for: Callable[[str], Facts | None],
        make: Callable[[QWidget, Facts], MessageWidget],
    ) -> None:
        super().__init__(parent)
        self._facts_for = facts_for
        self._make = make
        self._rows: list[Row] = []
        self._index: dict[str, int] = {}
        self._widgets: dict[str, MessageWidget] = {}
        self._asked: set[str] = set()
        self._anchor: tuple[int, int] = (0, 0)
        self._skeletons: list[tuple[int, Row]] = []
        self._tops: list[int] = []
        self._busy = False
        self.follow = True
        self._ahead = QTimer(self, singleShot=True, interval=8)
        self._ahead.timeout.connect(self._prepare_one)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("chatList", True)
        self.setAccessibleName("Conversation")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.setSingleStep(look.px(40))

    # ---- rows ----------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> list[Row]:
        """All rows, in order."""
        return self._rows

    @property
    def live_widgets(self) -> int:
        """How many rows have a widget now."""
        return len(self._widgets)

    def widget(self, message_id: str) -> MessageWidget | None:
        """The widget of a message, if it is near enough to have one."""
        return self._widgets.get(message_id)

    def set_rows(self, rows: Sequence[tuple[str, str, int]], *, keep_place: bool = False) -> None:
        """Show these (id, role, size) rows. Heights that are known are kept; else the end is shown."""
        old = {row.id: row for row in self._rows}
        place = self._place() if keep_place else None
        self._rows = [old.get(i) or Row(i, role, size) for i, role, size in rows]
        self._index = {row.id: n for n, row in enumerate(self._rows)}
        self._guess()
        for gone in [i for i in self._widgets if i not in self._index]:
            self._drop(gone)
        self._asked.intersection_update(self._index)
        if place is not None and place[0] in self._index and not self.follow:
            self._anchor = (self._index[place[0]], place[1])
        elif not keep_place:
            self.follow = True
        self.refresh()

    def refresh(self, ids: Sequence[str] | None = None) -> None:
        """Show what `facts_for` says now, of these messages or of all that are drawn."""
        for message_id in list(self._widgets) if ids is None else ids:
            widget, facts = self._widgets.get(message_id), self._facts_for(message_id)
            if widget is not None and facts is not None and facts != widget.facts:
                widget.set_facts(facts)
                self._rows[self._index[message_id]].measured = 0
            self._asked.discard(message_id)
        self.lay_out()

    def row_grew(self, message_id: str) -> None:
        """A message's height changed by itself."""
        index = self._index.get(message_id)
        if index is not None and not self._busy:
            self._rows[index].measured = 0
            self.lay_out()

    def restyle(self, *, only: Callable[[str], bool] = bool) -> None:
        """Draw again in the theme and text size that are on, with links as they are now: texts that `only` names."""
        for widget in self._widgets.values():
            if only(widget.view.markdown):
                widget.restyle()
        for row in self._rows:  # after the widgets: one that grew in between was measured without its notice
            row.measured = 0
        self._guess(again=True)
        self.lay_out()

    def _guess(self, *, again: bool = False) -> None:
        width = self._measure()
        self._tops = []
        line, per_line = look.px(24), max(20, int(width / (look.px(15) * 0.52)))
        for row in self._rows:
            if row.height == 0 or (again and not row.measured):
                row.height = look.px(76) + line * (1 + max(0, row.size - 500) // per_line)

    # ---- laying out ----------------------------------------------------------------------------------------------

    def _measure(self) -> int:
        """A message's width: the measure of its text, and the room that the ring of focus takes around it."""
        inset = 2 * look.px(INSET)
        return max(160, min(self.viewport().width() - look.px(24), look.px(CHAT_MEASURE) + inset))

    def _left(self) -> int:
        return (self.viewport().width() - self._measure()) // 2

    def _offsets(self) -> list[int]:
        """The top of every row in the whole, and the bottom of the last."""
        if not self._tops:
            gap = look.px(GAP)
            self._tops = list(accumulate([row.height + gap for row in self._rows], initial=look.px(TOP)))
        return self._tops

    def lay_out(self) -> None:
        """Place what is in view, from the anchor outwards; then tell the scroll bar how long the whole is."""
        if self._busy:
            return
        self._busy = True
        try:
            if self._rows:
                self._place_rows()
            self._sync_bar()
        finally:
            self._busy = False
        self._ahead.start()
        self.viewport().update()

    def _place_rows(self) -> None:
        height, gap = self.viewport().height(), look.px(GAP)
        if self.follow:
            last = len(self._rows) - 1
            index, y = last, height - look.px(BOTTOM) - self._height(last)
        else:
            index, y = min(self._anchor[0], len(self._rows) - 1), self._anchor[1]
        shown: dict[int, int] = {index: y}
        self._height(index)
        top, first = y, index
        while first > 0 and top > 0:
            first -= 1
            top -= self._height(first) + gap
            shown[first] = top
        if first == 0 and top > look.px(TOP):
            shift = top - look.px(TOP)
            shown = {i: at - shift for i, at in shown.items()}
            top -= shift
        bottom, last = shown[index] + self._height(index) + gap, index
        while last < len(self._rows) - 1 and bottom < height:
            last += 1
            shown[last] = bottom
            bottom += self._height(last) + gap
        slack = height - look.px(BOTTOM) - (bottom - gap)
        if last == len(self._rows) - 1 and slack > 0 and not self.follow and (first > 0 or top < look.px(TOP)):
            self.follow = True
            self._place_rows()
            return
        self._show(shown)

    def _show(self, shown: dict[int, int]) -> None:
        left, width = self._left(), self._measure()
        view = self.viewport().height()
        visible = {i: y for i, y in shown.items() if y < view and y + self._rows[i].height > 0}
        self._anchor = min(visible.items(), default=(0, look.px(TOP)))
        missing = [i for i in visible if self._rows[i].id not in self._widgets]
        for message_id, widget in self._widgets.items():
            index = self._index[message_id]
            if index in visible:
                widget.setGeometry(left, visible[index], width, self._rows[index].height)
            widget.setVisible(index in visible)
        self._skeletons = [(visible[i], self._rows[i]) for i in missing]
        self._keep_near(visible)
        if missing:
            self._ask_around(missing)

    def _height(self, index: int) -> int:
        """The true height of a row; makes its widget if its text is there."""
        row, width = self._rows[index], self._measure()
        widget = self._widgets.get(row.id) or self._create(row)
        if widget is not None and row.measured != width:
            height = widget.height_for(width)
            if height != row.height:
                row.height, self._tops = height, []
            row.measured = width
        return row.height

    def _create(self, row: Row) -> MessageWidget | None:
        facts = self._facts_for(row.id)
        if facts is None:
            return None
        widget = self._make(self.viewport(), facts)
        widget.grew.connect(lambda: self.row_grew(row.id))
        widget.installEventFilter(self)
        self._widgets[row.id] = widget
        row.measured = 0
        self.made.emit(widget)
        return widget

    def _drop(self, message_id: str) -> None:
        widget = self._widgets.pop(message_id, None)
        if widget is not None:
            widget.hide()
            widget.deleteLater()

    def _keep_near(self, visible: dict[int, int]) -> None:
        """Let go of widgets that are far away; never of the one that has the focus or is being written."""
        if not visible or len(self._widgets) < 12:
            return
        low, high = min(visible), max(visible)
        view = self.viewport().height()
        reach = max(4, int(2 * view * AHEAD / max(60, self._rows[low].height)))
        focus = self.focusWidget()
        for message_id, widget in list(self._widgets.items()):
            index = self._index.get(message_id, -1)
            busy = widget.facts.state == "streaming" or (focus is not None and widget.isAncestorOf(focus))
            if not low - reach <= index <= high + reach and not busy and not widget.hasFocus():
                self._drop(message_id)

    def _prepare_one(self) -> None:
        """Between events: make one widget just outside the view, so that scrolling finds it ready."""
        if not self._rows or not self.isVisible():
            return
        view = self.viewport().height()
        gap = look.px(GAP)
        index, y = self._anchor
        above, up = index - 1, y
        below, down = index, y
        while below < len(self._rows) and down < view * (1 + AHEAD):
            if self._rows[below].id not in self._widgets and self._prepare(below):
                return
            down += self._rows[below].height + gap
            below += 1
        while above >= 0 and up > -view * AHEAD:
            if self._rows[above].id not in self._widgets and self._prepare(above):
                return
            up -= self._rows[above].height + gap
            above -= 1

    def _prepare(self, index: int) -> bool:
        if self._facts_for(self._rows[index].id) is None:
            self._ask_around([index])
            return False
        self._height(index)
        widget = self._widgets.get(self._rows[index].id)
        if widget is not None:
            widget.hide()
        self._sync_bar()
        self._ahead.start()
        return True

    def _ask_around(self, indexes: list[int]) -> None:
        low, high = max(0, min(indexes) - FETCH), min(len(self._rows), max(indexes) + FETCH + 1)
        ids = [r.id for r in self._rows[low:high] if r.id not in self._asked and self._facts_for(r.id) is None]
        if ids:
            self._asked.update(ids)
            self.need.emit(ids)

    # ---- scrolling -----------------------------------------------------------------------------------------------

    def _sync_bar(self) -> None:
        bar = self.verticalScrollBar()
        offsets = self._offsets()
        total = offsets[-1] - look.px(GAP) + look.px(BOTTOM)
        view = self.viewport().height()
        blocked = bar.blockSignals(True)
        bar.setRange(0, max(0, total - view))
        bar.setPageStep(max(40, view - look.px(48)))
        index, y = self._anchor
        value = bar.maximum() if self.follow else (offsets[index] - y if self._rows else 0)
        bar.setValue(value)
        bar.blockSignals(blocked)
        if not self.follow and self._rows:
            self._anchor = (index, y)

    def _scrolled(self, value: int) -> None:
        if self._busy or not self._rows:
            return
        bar = self.verticalScrollBar()
        was = self.follow
        self.follow = value >= bar.maximum() - 2
        if not self.follow:
            offsets = self._offsets()
            index = max(0, min(len(self._rows) - 1, bisect_right(offsets, value) - 1))
            self._anchor = (index, offsets[index] - value)
        self.lay_out()
        if was != self.follow:
            self.follow_changed.emit(self.follow)

    def _place(self) -> tuple[str, int] | None:
        index, y = self._anchor
        return (self._rows[index].id, y) if index < len(self._rows) else None

    def to_end(self) -> None:
        """Show the newest message and stay with it."""
        self.follow = True
        self.lay_out()
        self.follow_changed.emit(True)

    def show_row(self, message_id: str, *, at: int | None = None) -> bool:
        """Scroll so that this message is seen; `at` is a height inside it that should be in the upper third."""
        index = self._index.get(message_id)
        if index is None:
            return False
        self.follow = False
        view = self.viewport().height()
        offset = look.px(TOP) if at is None else view // 3 - at
        self._anchor = (index, min(offset, look.px(TOP)) if at is None else offset)
        self.lay_out()
        self.follow_changed.emit(self.follow)
        return True

    # ---- events --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self._guess(again=True)
        self.lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The scroll bar takes the wheel, also over a message."""
        self.verticalScrollBar().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home, End, Page Up and Page Down move the view."""
        bar = self.verticalScrollBar()
        moves = {
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_PageUp: bar.value() - bar.pageStep(),
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep(),
        }
        key = Qt.Key(event.key())
        if key in moves:
            bar.setValue(moves[key])
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Move the focus to the message before or after the one that has it."""
        at = self.current_index()
        index = len(self._rows) - 1 if at is None else max(0, min(len(self._rows) - 1, at + by))
        if not self._rows:
            return
        self.follow = False
        row = self._rows[index]
        widget = self._widgets.get(row.id)
        if widget is None or not widget.isVisible() or widget.y() < 0 or widget.y() > self.viewport().height() - 60:
            self.show_row(row.id)
        widget = self._widgets.get(row.id)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.TabFocusReason)

    def current_index(self) -> int | None:
        """The row that has the focus."""
        focus = self.focusWidget()
        for message_id, widget in self._widgets.items():
            if focus is not None and (widget is focus or widget.isAncestorOf(focus)) and focus.hasFocus():
                return self._index.get(message_id)
        return None

    def focused_id(self) -> str | None:
        """The message that has the focus, if one has."""
        index = self.current_index()
        return None if index is None else self._rows[index].id

    def viewportEvent(self, event: QEvent) -> bool:
        """Paint what stands in for texts that are still on their way."""
        if event.type() == QEvent.Type.Paint:
            self._paint_skeletons()
        return super().viewportEvent(event)

    def _paint_skeletons(self) -> None:
        if not self._skeletons:
            return
        left, width = self._left() + look.px(INSET), self._measure() - 2 * look.px(INSET)
        with QPainter(self.viewport()) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            for y, row in self._skeletons:
                user = row.role == "user"
                wide = width * (0.5 if user else 0.9)
                tall = min(row.height - look.px(20), look.px(120))
                box = QRectF(left + width - wide if user else left, y + look.px(8), wide, tall)
                painter.drawRoundedRect(box, RADIUS["card"], RADIUS["card"])

    def near_end(self) -> bool:
        """Whether the end is in view, or almost."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - NEAR_END

    def forget(self, message_id: str) -> None:
        """Drop a message's widget; the next layout makes it anew."""
        self._drop(message_id)

    def clear(self) -> None:
        """Nothing on show."""
        for message_id in list(self._widgets):
            self._drop(message_id)
        self._rows, self._index, self._skeletons, self._tops = [], {}, [], []
        self._asked.clear()
        self.follow = True

    def clear_highlights(self) -> None:
        """No quote is marked any more."""
        for widget in self._widgets.values():
            widget.view.highlight(None)

    def put_row(self, message_id: str, y: int) -> None:
        """Scroll so that a message begins at this height of the view."""
        index = self._index.get(message_id)
        if index is not None:
            self.follow = False
            self._anchor = (index, y)
            self.lay_out()
