"""What else a text calls an entity: `the housekeeper`, `la station`; and of which gender the words for it are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import FEMALE, MALE, PLURAL_ARTICLES, VAGUE
from studio.services.extraction.names import WORD, capital

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean
    from studio.services.extraction.draft import Ent
    from studio.services.extraction.lexicon import Lexicon
    from studio.services.extraction.mentions import Mention

_FEMININE = {
    "fr": "la une cette",
    "es": "la una esta esa",
    "pt": "a uma esta essa da na pela à",
    "de": "eine einer",
}
_MASCULINE = {
    "fr": "le un ce au du",
    "es": "el un este ese del al",
    "pt": "o um este esse do no pelo ao",
    "de": "den dem einem einen",
}


_TOLD = re.compile(
    r"(?:, |\s(?:is|was|est|était|es|era|é|ist|war)\s)"
    r"(?P<v>(?:an?|the|une?|una|uma?|le|la|el|o|eine?|der|die|das)\s[^,.;:()\n]{3,80})"
)


class Callings:
    """The common nouns that each entity was introduced with, and the gender that its articles give away."""

    def __init__(self, lex: Lexicon) -> None:
        self.lex = lex
        self.nouns: dict[str, set[Ent]] = {}
        self.feminine = frozenset(_FEMININE.get(lex.lang, "").split())
        self.masculine = frozenset(_MASCULINE.get(lex.lang, "").split())

    def read(self, c: Clean, words: list[re.Match[str]], mentions: list[Mention]) -> None:
        """Learn from the words around all mentions in a piece of text."""
        starts = {m.start(): i for i, m in enumerate(words)}
        for m in mentions:
            i = starts.get(m.start, -1)
            if i < 0:
                continue
            self._before(c, words, i, m.ent)
            if told := _TOLD.match(c.text, m.end):
                self.described(m.ent, told.group("v"))
            self._name(m.ent)

    def described(self, ent: Ent, phrase: str) -> None:
        """The description that an entity is introduced with: its head noun is a calling."""
        words = [w.group() for w in WORD.finditer(re.split(r"[,.;:(]", phrase, maxsplit=1)[0])]
        self._gender_of(ent, words[0].lower() if len(words) > 1 else "")
        for w in words[:4] if self.lex.lang in {"es", "fr", "pt"} else words[:6]:
            if ent.kind in self.lex.kinds_of(w):
                self._call(ent, w)
                return

    def _before(self, c: Clean, words: list[re.Match[str]], i: int, ent: Ent) -> None:
        """`la capitaine M`, `the banker M`, `M, the housekeeper`."""
        if i and c.text[words[i - 1].end() : words[i].start()] == " ":
            word = words[i - 1].group()
            self._gender_of(ent, word.lower())
            if not capital(word) and ent.kind in self.lex.kinds_of(word):
                self._call(ent, word.split("'")[-1])
                self._gender_of(ent, words[i - 2].group().lower() if i > 1 else "")

    def _name(self, ent: Ent) -> None:
        first = ent.name.split()[0].lower() if ent.name else ""
        self._gender_of(ent, first)
        if first in PLURAL_ARTICLES and self.lex.lang != "en":
            ent.gender = "p"
        if ent.kind == "npc" and not ent.gender:
            ent.gender = "f" if fold(first) in FEMALE else "m" if fold(first) in MALE else ""

    def _gender_of(self, ent: Ent, word: str) -> None:
        if not ent.gender and word in self.feminine | self.masculine:
            ent.gender = "f" if word in self.feminine else "m"

    def _call(self, ent: Ent, noun: str) -> None:
        if fold(noun) not in VAGUE and len(noun) > 2:
            self.nouns.setdefault(fold(noun), set()).add(ent)

    def unique(self) -> list[tuple[str, Ent]]:
        """The nouns that were said of one entity only."""
        return [(noun, next(iter(ents))) for noun, ents in self.nouns.items() if len(ents) == 1]


_BESIDE = re.compile(r"[\s,(–—-]*(?:(?:is|was|est|était|es|era|é|foi|ist|war|who is|qui est|que es|que é)\s+)?[\s,]*")


def called(text: str, mentions: list[Mention]) -> list[Mention]:
    """Without the common nouns that only introduce a name beside them: `la capitaine M`, `M, the housekeeper`."""
    kept: list[Mention] = []
    for n, m in enumerate(mentions):
        after = mentions[n + 1] if n + 1 < len(mentions) else None
        if not m.named and after is not None and after.ent is m.ent and _BESIDE.fullmatch(text, m.end, after.start):
            continue
        before = kept[-1] if kept else None
        start = max(text.rfind(" ", 0, m.start - 1), 0) if not m.named else 0
        if (
            not m.named
            and before is not None
            and before.ent is m.ent
            and _BESIDE.fullmatch(text, before.end, max(before.end, start + 1))
        ):
            continue
        kept.append(m)
    return kept
