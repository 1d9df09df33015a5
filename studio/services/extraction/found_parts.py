"""Short forms: which one entity a name means that is only a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.extraction.lexicon.shared import REALMS, SETTLED, SETTLEMENTS

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon


class ShortForms:
    """Looks names up by their words; the index grows as entities are added."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self._draft, self._lex = draft, lex
        self._by_word: dict[str, list[str]] = {}
        self._indexed = 0

    def meant_by(self, key: str) -> Ent | None:
        """The one entity that this is a short form of."""
        words = key.split()
        hits = []
        self._index_names()
        near = dict.fromkeys(self._by_word.get(words[0], ()))
        for other in list(near)[:200]:
            ent = self._draft.ents[other]
            long = other.split()
            if len(long) <= len(words):
                continue
            tail = long[-len(words) :] == words and not self._owned_tail(long, len(words))
            head = long[: len(words)] == words and (ent.kind in {"npc", ""} or "npc" in ent.votes)
            bare = [w for w in long if w not in self._lex.titles][: len(words)] == words and "npc" in ent.votes
            middle = len(words) == 1 and words[0] in long and "npc" in ent.votes and words[0] not in self._lex.titles
            if tail or head or bare or middle:
                hits.append(ent)
        return hits[0] if len(hits) == 1 else None

    def _owned_tail(self, long: list[str], n: int) -> bool:
        """`Pierrefeu` is no short form of `Cloche de Pierrefeu`, but `Anhold` is one of `Principality of Anhold`."""
        before = next((w for w in long[:-n][::-1] if w not in self._lex.dets), "")
        if before in self._lex.place_preps | self._lex.by:
            return True
        return before in self._lex.of and long[0] not in SETTLED | SETTLEMENTS | REALMS

    def _index_names(self) -> None:
        """Names by word, grown as entities are added."""
        names = list(self._draft.ents)
        for other in names[self._indexed :]:
            for word in set(other.split()):
                self._by_word.setdefault(word, []).append(other)
        self._indexed = len(names)
