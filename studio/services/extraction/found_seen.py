"""What is kept of a name while its places are gathered, and the words around a name that tell what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.services.extraction.draft import Span

BEGIN = re.compile(r"(?:^|[.!?:…]['\")»”]*\s+|[\n|•]\s*|[\"“«(¡¿]|\s[–—-]\s)$")
DET = r"(?:a|an|the|one|half|ein|eine|der|die|das|un|una|uno|el|la|los|las|le|une|les|um|uma|o|os|as)\s"
COPULA = re.compile(
    rf"^\s*(?:is|was|are|were|ist|war|sind|es|era|son|está|est|était|sont|é|foi|são)\s+(?={DET})", re.IGNORECASE
)
APPOSED = re.compile(rf"^,\s+(?={DET})", re.IGNORECASE)
Words = list[re.Match[str]]


@dataclass
class Seen:
    """All places where one name stands, and what was said around it."""

    name: str
    spans: list[Span] = field(default_factory=list)
    votes: dict[str, float] = field(default_factory=dict)
    middle: int = 0
    articles: int = 0
    indefinite: int = 0
    bold: int = 0
    acts: int = 0

    def vote(self, kind: str, weight: float) -> None:
        """Evidence for a kind."""
        kind = "npc" if kind == "species" else kind
        self.votes[kind] = self.votes.get(kind, 0.0) + weight

    @property
    def best(self) -> float:
        """The strongest kind's votes."""
        return max(self.votes.values(), default=0.0)


ROMANCE = re.compile(
    r"\b(?P<det>[^\W\d_]{1,4}(?:\s|['’]))(?P<n>(?P<noun>[a-zà-ÿœ]{3,})\s"
    r"(?P<of>(?:de\s(?:la\s|los\s|las\s|l['’])?|d['’]|du\s|des\s|del\s|do\s|da\s|dos\s|das\s))?"
    r"[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+)*(?:\sde\s\d{3,4})?)"
)
MELTED = frozenset(
    [
        "du",
        "des",
        "au",
        "aux",
        "del",
        "al",
        "do",
        "da",
        "dos",
        "das",
        "no",
        "na",
        "nos",
        "nas",
        "ao",
        "à",
        "pelo",
        "pela",
        "un",
        "une",
        "um",
        "uma",
    ]
)
ACTS = re.compile(
    r" (?:was|had|has|is|[a-z]{2,}ed|told|came|ran|knew|took|gave|kept|left|lost|held|sent|wrote|spoke|fell|died|won)\b"
)
SHARED = re.compile(
    r"^(?:, [A-ZÀ-Ý][\w'’-]+)* (?:and|und|y|et|e|&) [A-ZÀ-Ý][\w'’-]+ (?:(?:de|da|do|von|van|di|du) )?[A-ZÀ-Ý][\w'’-]+\b"
)
GIVING = frozenset(
    ["owes", "serves", "member_of", "spouse_of", "owns", "sworn_to", "fears", "loves", "enemy_of", "ally_of", "seeks"]
)
MOMENTS = frozenset(["night", "day", "eve", "morning", "year", "time", "week", "evening", "aftermath", "anniversary"])
CHAPTER = re.compile(
    r"(?:Chapter|Act|Part|Scene|Session|Episode|Handout|Kapitel|Chapitre|Capítulo|Acto|Acte|Akt|Teil|Parte) "
    r"(?:\d+|[IVX]+|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)$"
)
INDEFINITE = frozenset(["a", "an", "ein", "eine", "einen", "un", "una", "une", "um", "uma", "any", "every", "each"])
KIN = frozenset(["parent_of", "<parent_of", "sibling_of", "spouse_of", "loves"])
PLURAL = re.compile(r"^\s*(?:are|were|son|eran|sont|étaient|são|eram|sind|waren)\s", re.IGNORECASE)
"""Several people said to be one name make it a group: `the Red Hands are the former servants`."""
