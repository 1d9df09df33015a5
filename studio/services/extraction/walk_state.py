"""What a walk over the text knows: where it stands, and what it has put aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.services.extraction.context import Bullet, Head, Segment
from studio.services.extraction.labels import normal
from studio.services.extraction.lexicon.shared import ADJECTIVES, FILLER, SIDES

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon

_CUTS = re.compile(
    r"\s+(?:and|und|y|et|e|or|of|in|here|from|for|who|you|to|inside|within|worth|that|&|\+)\s+|[/,&+:]\s*"
)


@dataclass
class WalkState:
    """What a walk over the text knows: where it stands, and what it has put aside."""

    draft: Draft
    lex: Lexicon
    planlike: bool = False
    heads: list[Head] = field(default_factory=list)
    bullets: list[Bullet] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    seed_units: list[tuple[Head, Clean, int, int]] = field(default_factory=list)
    titles: list[Head] = field(default_factory=list)
    ignored: list[tuple[int, int]] = field(default_factory=list)
    plan_units: list[tuple[str, Clean, int, int]] = field(default_factory=list)
    recent: Ent | None = None
    art: Head | None = None
    opened: bool = False
    abilities: set[str] = field(default_factory=set)
    question: str = ""
    sheet_end: int = -99

    @property
    def head(self) -> Head:
        return self.heads[-1] if self.heads else Head(0, "top")

    def section_kind(self) -> str:
        """The kind that the nearest section heading promises."""
        for h in reversed(self.heads):
            if h.role == "section":
                return h.kind
            if h.role in {"entity", "seed", "title"}:
                return ""
        return ""

    def section_weight(self) -> float:
        """How much a section says of the kind of what it lists: enemies may be people or gangs."""
        head = next((h for h in reversed(self.heads) if h.role == "section"), None)
        return 0.4 if head is not None and SIDES.search(normal(head.text)) else 1.0

    def owner(self) -> Ent | None:
        """The entity that the lines here belong to, by bullets then headings."""
        for b in reversed(self.bullets):
            if b.ent:
                return b.ent
        return self.head_owner()

    def head_owner(self) -> Ent | None:
        """The entity of the nearest heading, unless a section stands between."""
        return next((h.ent for h in reversed(self.heads) if h.ent), None)

    def role(self) -> str:
        """What the nearest meaningful heading is."""
        return next((h.role for h in reversed(self.heads) if h.role != "neutral"), "top")

    def section_of(self, text: str) -> str:
        """The kind that a heading such as "Key NPCs" or "Factions & powers" announces, or ''."""
        if self._head_of_name(text):
            return ""
        key = FILLER.sub("", normal(re.sub(r"\(.*?\)", "", text)))
        parts = [
            key,
            *re.split(
                r"\s+(?:and|und|y|et|e|or|of|in|here|from|for|who|you|to|inside|within|worth|that|&|\+)\s+|[/,&+:]\s*",
                key,
            ),
        ]
        first = key.split()[0] if key else ""
        if self.lex.lang in {"es", "fr", "pt"} and len(key.split()) > 1 and self._calling(first):
            return "npc"
        for part in parts[:3]:
            if part in self.lex.sections:
                return self.lex.sections[part]
            words = part.split()
            while words and words[0] in ADJECTIVES:
                words = words[1:]
            if words and (kind := self._section_word(" ".join(words))):
                return kind
        return ""

    def _head_of_name(self, text: str) -> bool:
        """`The Guild of Lost Hours` is a name, `Factions of Veyra` a section."""
        named = re.fullmatch(r"(?i:the) ([A-Z]\w+) ([A-Z]\w+)", text.strip())
        if named and named.group(1).lower() not in ADJECTIVES and not named.group(2).endswith("s"):
            return True
        m = re.match(r"^(?:The |A |An )([A-Z][a-z]+) of (?:the )?[A-Z]\w+", text.strip())
        return m is not None and not m.group(1).endswith("s") and bool(self.lex.kinds_of(m.group(1)))

    def _calling(self, word: str) -> bool:
        """`Officers`, `Pasajeros`: the plural of what a person may be heads a list of people."""
        return any(
            word.endswith(tail) and self.lex.heads.get(word[: -len(tail)], ()) == ("npc",)
            for tail in ("s", "es", "x", "en", "n", "nen")
        )

    def _section_word(self, phrase: str) -> str:
        if phrase in self.lex.sections:
            return self.lex.sections[phrase]
        for tail in ("s", "es", "n", "en", "e", "nen"):
            if phrase.endswith(tail) and phrase[: -len(tail)] in self.lex.sections:
                return self.lex.sections[phrase[: -len(tail)]]
        words = phrase.split()
        if len(words) == 1 and self._calling(phrase):
            return "npc"
        if phrase.endswith("ies") and phrase[:-3] + "y" in self.lex.sections:
            return self.lex.sections[phrase[:-3] + "y"]
        if 2 <= len(words) <= 3 and words[-1] != words[0]:
            return self._section_word(words[-1]) if len(words[-1]) > 3 else ""
        return ""
