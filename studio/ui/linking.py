"""A line that completes the names of entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from studio.domain.ids import RecordId
from studio.domain.world import Link
from studio.ui.kit.fields import LineEdit
from studio.ui.theme.icons import kind_icon

if TYPE_CHECKING:
    from studio.ui.names import Named, NameIndex

_ID = Qt.ItemDataRole.UserRole


class NameLine(LineEdit):
    """A line that offers entities; `picked` fires with the link when one is taken or Enter ends the words."""

    picked = Signal(object)

    def __init__(self, name: str, names: NameIndex, kinds: tuple[str, ...], *, placeholder: str = "") -> None:
        super().__init__(name, placeholder=placeholder or "Type a name")
        self._names = names
        self._kinds = kinds
        self._model = QStandardItemModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(8)
        completer.activated[QModelIndex].connect(self._take)  # pyright: ignore[reportIndexIssue]
        if (popup := completer.popup()) is not None:
            popup.setAccessibleName(f"{name}: suggestions")
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)

    def link(self) -> Link | None:
        """The words as a link; bound where exactly this name is known."""
        text = " ".join(self.text().split())
        if not text:
            return None
        found = self._names.find(text)
        return Link(text=text, ref=RecordId(found.record_id) if found else None)

    def hits(self, typed: str) -> list[Named]:
        """What is offered for these letters: the wanted kinds first."""
        preferred = (
            self._names.search(typed, limit=8, kinds=frozenset(self._kinds), titles=False) if self._kinds else []
        )
        have = {row.record_id for row in preferred}
        others = [r for r in self._names.search(typed, limit=8, titles=False) if r.record_id not in have]
        return [*preferred, *others][:10]

    def _offer(self, typed: str) -> None:
        self._model.clear()
        for row in self.hits(typed) if typed.strip() else ():
            item = QStandardItem(kind_icon(row.kind), row.text)
            item.setData(row.record_id, _ID)
            item.setData(f"{row.text}, {row.kind.replace('_', ' ')}", Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(row.kind.replace("_", " "))
            self._model.appendRow(item)

    def _take(self, index: QModelIndex) -> None:
        self.picked.emit(Link(text=str(index.data()), ref=RecordId(str(index.data(_ID)))))
