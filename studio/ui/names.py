"""All names of the project, kept in memory, so that completion and the palette answer within a key stroke."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from studio.ui.kit.markdown import Completion

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLED = frozenset({"blueprint", "recipe", "thread"})


class Named(NamedTuple):
    """One name of one record."""

    record_id: str
    kind: str
    text: str
    is_alias: bool


def folded(text: str) -> str:
    """Lower case without accents: how names are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


class NameIndex(QObject):
    """Names by text. `set_rows` replaces them all; the window does so after each commit that touched names."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, Named]] = []
        self._by_name: dict[str, Named] = {}
        self._by_id: dict[str, Named] = {}

    def set_rows(self, rows: Iterable[tuple[str, str, str, bool]]) -> None:
        """Take (record id, kind, text, is alias) rows, names before aliases."""
        named = [Named(*row) for row in rows]
        self._rows = sorted(((folded(row.text), row) for row in named), key=lambda pair: (len(pair[0]), pair[0]))
        self._by_name, self._by_id = {}, {}
        for row in named:
            if row.kind not in TITLED:
                self._by_name.setdefault(folded(row.text), row)
            if not row.is_alias:
                self._by_id.setdefault(row.record_id, row)
        self.changed.emit()

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, name: str) -> Named | None:
        """The entity that has exactly this name or alias."""
        return self._by_name.get(folded(name.strip()))

    def get(self, record_id: str) -> Named | None:
        """The record's own name."""
        return self._by_id.get(record_id)

    def search(
        self, typed: str, *, limit: int = 20, kinds: frozenset[str] | None = None, titles: bool = True
    ) -> list[Named]:
        """Best first: exact, start, start of a word, inside. One row per record."""
        needle = folded(typed.strip())
        ranked: tuple[list[Named], ...] = ([], [], [], [])
        for text, row in self._rows:
            at = text.find(needle)
            if at < 0 or (kinds is not None and row.kind not in kinds) or (not titles and row.kind in TITLED):
                continue
            rank = (0 if text == needle else 1) if at == 0 else 2 if f" {needle}" in text else 3
            ranked[rank].append(row)
        seen: dict[str, Named] = {}
        for row in (row for rank in ranked for row in rank):
            seen.setdefault(row.record_id, row)
            if len(seen) >= limit:
                break
        return list(seen.values())

    def complete(self, typed: str) -> list[Completion]:
        """Offers for `[[` and `@`: entities only."""
        hits = self.search(typed, limit=12, titles=False)
        return [Completion(row.text, f"{row.text}   ·   {row.kind.replace('_', ' ')}") for row in hits]
