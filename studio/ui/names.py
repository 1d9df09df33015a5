"""All names of the project, kept in memory, so that completion and the palette answer within a key stroke."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from studio.services import near
from studio.ui.kit.markdown import Completion
from studio.ui.tasks import latest_task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.lens import Lens
    from studio.ui.tasks import Tasks


AT_ONCE = 20_000
"""Among more records than this, slips take longer than a key may."""


class _Wanted(NamedTuple):
    """One question to the book."""

    typed: str
    limit: int
    kinds: frozenset[str]
    but: frozenset[str]
    lens: Lens | None

    def ask(self, book: near.Book, *, slips: bool) -> list[near.Found]:
        """The names that fit, best first."""
        told = {"limit": self.limit, "kinds": self.kinds, "but": self.but, "lens": self.lens}
        return book.search(self.typed, slips=slips, **told)


class _Closer(QObject):
    """Looks for slips in a thread; only what was asked last counts."""

    found = Signal(object, object)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.tasks = tasks

    @latest_task
    async def look(self, book: near.Book, wanted: _Wanted) -> None:
        """What was asked, with slips; the window goes on meanwhile."""
        import asyncio

        self.found.emit(wanted, await asyncio.to_thread(wanted.ask, book, slips=True))


class Named(NamedTuple):
    """One name of one record."""

    record_id: str
    kind: str
    text: str
    is_alias: bool


class NameIndex(QObject):
    """The project's book of names, seen through the window's lens. The book follows each commit by itself."""

    changed = Signal()
    improved = Signal()
    """Slips were looked for meanwhile: what was asked last has more to show. Ask again."""

    def __init__(self, parent: QObject | None = None, *, tasks: Tasks | None = None) -> None:
        """With `tasks`, slips among very many names are looked for beside the window instead of under the key."""
        super().__init__(parent)
        self._book = near.Book()
        self._lens: Lens | None = None
        self._better: tuple[_Wanted | None, list[near.Found]] = (None, [])
        self._closer = _Closer(tasks, self) if tasks is not None else None
        if self._closer is not None:
            self._closer.found.connect(self._found_more)

    def set_book(self, book: near.Book) -> None:
        """Read from this book; also to say that it has changed."""
        self._book = book
        self._better = (None, [])
        self.changed.emit()

    def look_through(self, lens: Lens) -> None:
        """Offer only what this lens shows."""
        self._lens = lens
        self._better = (None, [])
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
        wanted = _Wanted(typed, limit, kinds or frozenset(), frozenset() if titles else near.TITLED, self._lens)
        return [_named(one.name) for one in self._ask(wanted)]

    def _ask(self, wanted: _Wanted) -> list[near.Found]:
        if self._closer is None or len(self._book) <= AT_ONCE:
            return wanted.ask(self._book, slips=True)
        if self._better[0] == wanted:
            return self._better[1]
        found = wanted.ask(self._book, slips=False)
        if len(found) < min(near.FEW, wanted.limit) and near.worth_it(near.loose(wanted.typed)):
            self._closer.look(self._book, wanted)
        return found

    def _found_more(self, wanted: _Wanted, found: list[near.Found]) -> None:
        self._better = (wanted, found)
        self.improved.emit()

    def complete(self, typed: str) -> list[Completion]:
        """Offers for `[[` and `@`: entities only."""
        hits = self.search(typed, limit=12, titles=False)
        return [Completion(row.text, f"{row.text}   ·   {row.kind.replace('_', ' ')}") for row in hits]


def _named(name: near.Name) -> Named:
    return Named(name.record, name.kind, name.text, name.is_alias)
