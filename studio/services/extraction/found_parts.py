"""Short forms: which one entity a name means that is only a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.extraction.lexicon.shared import REALMS, SETTLED, SETTLEMENTS
from studio.services.extraction.name_kinds import plain_name
from studio.services.extraction.names import inside_hyphens, key_of

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon


class ShortForms:
    """Looks names up by their words; the index grows as entities are added."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self._draft, self._lex = draft, lex
        self._by_word: dict[str, list[tuple[str, str]]] = {}
        self._indexed = 0

    def meant_by(self, key: str) -> Ent | None:
        """The one entity that this is a short form of."""
        hits = self.all_meant_by(key)
        if len(hits) > 1:  # a first name rather than what follows a title
            hits = [e for e in hits if "npc" in e.votes and key_of(e.name).split()[0] == key]
        return hits[0] if len(hits) == 1 else None

    def shared(self, key: str) -> bool:
        """Whether this is the surname of several people, so that alone it names nobody."""
        hits = self.all_meant_by(key)
        return (
            len(hits) > 1
            and all(key_of(e.name).endswith(f" {key}") for e in hits)
            and any("npc" in e.votes for e in hits)
        )

    def all_meant_by(self, key: str) -> list[Ent]:
        """The entities that this is a short form of."""
        words = key.split()
        hits: list[Ent] = []
        self._index_names()
        near = dict.fromkeys(self._by_word.get(words[0], ()))
        for other, name in list(near)[:200]:
            ent = self._draft.ents[other]
            long = name.split()
            if len(long) <= len(words) or inside_hyphens(ent.name, words):  # `Obi` is no part of `Marek-Obi`
                continue
            person = "npc" in ent.votes or (not ent.votes and long[0] in self._lex.titles)
            tail = long[-len(words) :] == words and not self._owned_tail(long, len(words))
            head = long[: len(words)] == words and (ent.kind in {"npc", ""} or person)
            bare = [w for w in long if w not in self._lex.titles][: len(words)] == words and person
            middle = len(words) == 1 and words[0] in long and person and words[0] not in self._lex.titles
            if (tail or head or bare or middle or self._group_head(ent, long, words)) and ent not in hits:
                hits.append(ent)
        return hits

    def titled(self, key: str) -> Ent | None:
        """`Council Speaker Adaeze Obi` is Adaeze Obi, whatever she is called by."""
        words = key.split()
        for cut in range(1, min(4, len(words) - 1)):
            ent = self._draft.ents.get(" ".join(words[cut:]))
            if set(words[:cut]) <= self._lex.titles:
                continue  # a plain title stays in the name
            if ent is not None and "npc" in ent.votes and not set(words[:cut]) & self._lex.of:
                return ent
            if ent is not None and ent.structural and plain_name(ent.name, self._lex) and not ent.votes:
                return ent
        return None

    def _group_head(self, ent: Ent, long: list[str], words: list[str]) -> bool:
        """`le Cercle` is short for `le Cercle d'Onyx`."""
        if len(words) != 1 or long[0] != words[0] or long[1] not in self._lex.of or self._lex.lang == "en":
            return False
        return any(ent.votes.get(k, 0.0) > 0 for k in self._lex.kinds_of(words[0]) if k != "npc")

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
            for name in (other, *self._draft.ents[other].aliases):
                for word in set(name.split()):
                    self._by_word.setdefault(word, []).append((other, name))
        self._indexed = len(names)
