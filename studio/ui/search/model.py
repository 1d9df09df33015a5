"""What was found, as a Qt model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio.services.find import MARK, UNMARK
from studio.services.wording import kind_words
from studio.ui.kit.base import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.vocabulary import KindSpec
    from studio.services.find import Hit

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def plain(snippet: str) -> str:
    """A snippet without its marks."""
    return snippet.replace(MARK, "").replace(UNMARK, "")


class HitModel(QAbstractListModel):
    """Hits, best first."""

    def __init__(self, spec: Callable[[str], KindSpec], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self.hits: list[Hit] = []

    def fill(self, hits: list[Hit]) -> None:
        """Show these."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def kind_words(self, hit: Hit) -> str:
        """What a hit is, in the project's words."""
        return kind_words(hit.kind, self._spec)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.hits):
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{hit.name}\n{self.kind_words(hit)} · {hit.why}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(
                part for part in (f"{hit.name}, {self.kind_words(hit)}", hit.why, plain(hit.snippet)) if part
            )
        return None
