"""Known entities: which of the project's entities a name in the text means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from studio.domain.candidate import Known, Match
from studio.services.extraction.names import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass
class Matcher:
    """Looks names up among the known ones: by name, then alias, then nearly equal spelling."""

    known: Sequence[Known]

    def __post_init__(self) -> None:
        self.names: dict[str, Known] = {}
        self.aliases: dict[str, Known] = {}
        for k in self.known:
            self.names.setdefault(key_of(k.name), k)
            for alias in k.aliases:
                self.aliases.setdefault(key_of(alias), k)
        self._keys = [k for k in {**self.names, **self.aliases} if k]

    def find(self, names: Sequence[str], kind: str) -> tuple[Known, Match] | None:
        """The known entity of any of these names; a fuzzy hit must be of the same kind."""
        for name in names:
            key = key_of(name)
            if hit := self.names.get(key):
                return hit, Match(id=hit.id, name=hit.name, score=1.0, how="name")
            if hit := self.aliases.get(key):
                return hit, Match(id=hit.id, name=hit.name, score=0.95, how="alias")
        return self._fuzzy(names, kind)

    def _fuzzy(self, names: Sequence[str], kind: str) -> tuple[Known, Match] | None:
        for name in names[:3]:
            key = key_of(name)
            if len(key) < 5 or not self._keys:
                continue
            found = process.extractOne(key, self._keys, scorer=fuzz.token_sort_ratio, score_cutoff=88)
            if found is None:
                continue
            hit = self.names.get(found[0]) or self.aliases[found[0]]
            if hit.kind == kind and not _digits_differ(key, found[0]):
                return hit, Match(id=hit.id, name=hit.name, score=round(found[1] / 100, 3), how="fuzzy")
        return None


def _digits_differ(a: str, b: str) -> bool:
    return [c for c in a if c.isdigit()] != [c for c in b if c.isdigit()]
