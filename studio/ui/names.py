"""All names of the project, kept in memory, so that completion and the palette answer within a key stroke."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from studio.services import near
from studio.ui.kit.markdown import Completion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.lens import Lens


class Named(NamedTuple):
    """One name of one record."""

    record_id: str
    kind: str
    text: str
    is_alias: bool


class NameIndex(QObject):
    """The project's book of names, seen through the window's lens. The book follows each commit by itself."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = near.Book()
        self._lens: Lens | None = None

    def set_book(self, book: near.Book) -> None:
        """Read from this book; also to say that it has changed."""
        self._book = book
        self.changed.emit()

    def look_through(self, lens: Lens) -> None:
        """Offer only what this lens shows."""
        self._lens = lens
        self.changed.emit()

    def set_rows(self, rows: Iterable[tuple[str, str, str, bool]]) -> None:
        """Take (record id, kind, text, is alias) rows, names before aliases, where there is no project behind it."""
        self.set_book(near.Book(near.Name(*row) for row in rows))

    def __len__(self) -> int:
        return len(self._book)

    def find(self, name: str) -> Named | None:
        """The entity that has exactly this name or alias."""
        found = self._book.find(name, lens=self._lens)
        return _named(found) if found is not None else None

    def get(self, record_id: str) -> Named | None:
        """The record's own name."""
        found = self._book.get(record_id, lens=self._lens)
        return _named(found) if found is not None else None

    def search(
        self, typed: str, *, limit: int = 20, kinds: frozenset[str] | None = None, titles: bool = True
    ) -> list[Named]:
        """Best first: exact, start, start of a word, word parts, inside, nearly. One row per record."""
        but = () if titles else near.TITLED
        found = self._book.search(typed, limit=limit, kinds=kinds or (), but=but, lens=self._lens)
        return [_named(one.name) for one in found]

    def complete(self, typed: str) -> list[Completion]:
        """Offers for `[[` and `@`: entities only."""
        hits = self.search(typed, limit=12, titles=False)
        return [Completion(row.text, f"{row.text}   ·   {row.kind.replace('_', ' ')}") for row in hits]


def _named(name: near.Name) -> Named:
    return Named(name.record, name.kind, name.text, name.is_alias)
