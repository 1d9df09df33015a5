"""Offers over the composer: entities after `@` and `[[`, commands after `/`. The composer keeps the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QWidget

from studio.ui.kit import named, style, vbox
from studio.ui.theme import look
from studio.ui.theme.icons import icon, kind_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 8
_DATA = Qt.ItemDataRole.UserRole + 1


class Offer(NamedTuple):
    """One line: what it says, what stands behind it, its icon (`kind:npc` or a Lucide name), and what it is."""

    text: str
    hint: str
    icon: str
    key: str


class OfferPopup(QFrame):
    """A list over the composer. `chosen` gives the offer's key."""

    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        style(self, popup=True)
        column = vbox(self, margins=(4, 4, 4, 4))
        self._model = QStandardItemModel(self)
        self._list = named(QListView(), "Suggestions")
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.clicked.connect(self._take)
        column.addWidget(self._list)
        self.hide()

    def offer(self, offers: Sequence[Offer], anchor: QWidget, at: QPoint) -> None:
        """Show these above a point of the anchor; none hides the list."""
        if not offers:
            self.hide()
            return
        self._model.clear()
        for offer in offers:
            item = QStandardItem(f"{offer.text}   {offer.hint}" if offer.hint else offer.text)
            kind = offer.icon.removeprefix("kind:")
            item.setIcon(kind_icon(kind) if offer.icon.startswith("kind:") else icon(offer.icon, "muted"))
            item.setData(offer.key, _DATA)
            item.setData(f"{offer.text}, {offer.hint}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        self._list.setIconSize(QSize(look.px(16), look.px(16)))
        self._list.setCurrentIndex(self._model.index(0, 0))
        row = max(look.px(30), self._list.sizeHintForRow(0))
        width = min(look.px(440), max(look.px(260), self._list.sizeHintForColumn(0) + look.px(32)))
        self.resize(width, row * min(SHOWN, len(offers)) + 12)
        corner = anchor.mapTo(self._window, at)
        x = max(8, min(corner.x(), self._window.width() - width - 8))
        self.move(x, max(8, corner.y() - self.height() - 14))
        self.show()
        self.raise_()

    def move_by(self, step: int) -> None:
        """The next or the previous line, round and round."""
        count = self._model.rowCount()
        self._list.setCurrentIndex(self._model.index((self._list.currentIndex().row() + step) % count, 0))

    def current_text(self) -> str:
        """The line that is chosen, for a screen reader."""
        return str(self._list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def accept(self) -> None:
        """Take the line that is chosen."""
        self._take(self._list.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        self.hide()
        if index.isValid():
            self.chosen.emit(str(index.data(_DATA)))
