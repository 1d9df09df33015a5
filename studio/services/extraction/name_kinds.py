"""What the words of a name or of a description say about the kind of thing that bears it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import COMPANY, SETTLEMENTS
from studio.services.extraction.mentions import title_split
from studio.services.extraction.names import CONNECT, WORD, capital

if TYPE_CHECKING:
    from studio.services.extraction.draft import Ent
    from studio.services.extraction.lexicon import Lexicon


def head_votes(name: str, lex: Lexicon) -> dict[str, float]:
    """What the words of a name say: titles, and its head noun (the last word, or the first in Romance languages)."""
    votes: dict[str, float] = {}
    titles, _ = title_split(name, lex)
    if titles:
        votes["npc"] = 0.9 if fold(titles[0]) in lex.soft_titles else 0.6 if fold(titles[0]) in SAINT else 1.8
    words = [m.group() for m in WORD.finditer(name)]
    for kind, weight in _head_kinds(words, lex):
        votes[kind] = votes.get(kind, 0.0) + weight
    if not titles and _role_and_name(words, lex):
        votes["npc"] = votes.get("npc", 0.0) + 1.5
    if _PLACE_NAME.match(name):
        votes["location"] = votes.get("location", 0.0) + 0.8
    if len(words) > 1 and fold(words[-1]) in COMPANY:
        votes["faction"] = votes.get("faction", 0.0) + 1.3
    if len(words) > 1 and fold(words[0]) in {"operation", "operacion", "operacao"}:
        votes["event"] = votes.get("event", 0.0) + 1.3
    if words and re.fullmatch(r"\d{2,4}", words[-1]):
        votes["event"] = votes.get("event", 0.0) + 0.8
    if lex.lang == "en" and words and re.fullmatch(r"[A-Z][a-z]{3,}ing", words[-1]) and len(words) <= 2:
        alone = len(words) == 1 or words[0].lower() == "the"
        votes["event"] = votes.get("event", 0.0) + (0.6 if alone else 0.3)
    return votes


def _role_and_name(words: list[str], lex: Lexicon) -> bool:
    """`Pfarrerin Ute Maron`, `Monk Ansel`: a calling before words that name no kind of thing."""
    plain = words[1:] if len(words) > 2 and words[0].lower() in lex.dets else words
    if not 2 <= len(plain) <= 4 or not all(capital(w) for w in plain) or fold(plain[0]) in lex.soft_titles:
        return False
    if fold(plain[-1]) in lex.neutral | lex.stop:
        return False
    return lex.heads.get(fold(plain[0]), ())[:1] == ("npc",) and not any(_means(w, lex) for w in plain[1:])


def _means(word: str, lex: Lexicon) -> bool:
    """Whether a word names a kind of thing; German surnames may well end like one."""
    return fold(word) in lex.heads if lex.suffixes else bool(lex.kinds_of(word))


_PLACE_NAME = re.compile(
    r"(?:New|Nueva|Nuevo|Nova|Novo|Nouvelle|Nouveau|Port|Puerto|Porto|Fort|Fuerte|Forte|Mount|Monte|Mont|Lake|Lago|Lac|"
    r"Camp|Point|Cape|Cabo|Cap|Upper|Lower|Alto|Villa|Vila|Ville|Vale) [A-ZÀ-Ý]|"
    r"(?:Neu|Alt|Bad|Nieder|Ober|Port|Saint|Mont)-[A-ZÄÖÜ]"
)
SAINT = frozenset(["st", "saint", "sankt", "san", "santa", "santo", "sainte", "são", "sao"])
_HOUSE = frozenset(["house", "haus", "casa", "maison", "famille", "familie", "familia", "família"])


def _head_kinds(words: list[str], lex: Lexicon) -> list[tuple[str, float]]:
    plain = [w for w in words if w.lower() not in lex.dets]
    if len(plain) < 2:
        return [(k, 0.5) for k in (lex.kinds_of(plain[0]) if plain else ()) if k not in {"npc", "species"}][:2]
    if fold(plain[0]) in _HOUSE and lex.lang != "de" and capital(plain[1]):
        return [("faction", 1.3)]
    if fold(plain[-1]) in _HOUSE:
        return [("location", 1.3)]
    cut = next((i for i, w in enumerate(plain) if i and w.lower() in CONNECT), len(plain))
    if cut < len(plain) and "event" in lex.kinds_of(plain[0]) and fold(plain[0]) not in SETTLEMENTS:
        return [("event", 1.3)]
    order = plain[:cut] if lex.lang in {"es", "fr", "pt"} else plain[:cut][::-1]
    if not lex.suffixes:
        return _first_kind(order, lex, 1.0)
    exact = [w if fold(w) in lex.heads else "" for w in order]
    return _first_kind(exact, lex, 1.0) or _first_kind([w if fold(w) not in lex.heads else "" for w in order], lex, 0.5)


def _many_people(word: str, lex: Lexicon) -> bool:
    """`Widows`, `Gardiens`: the plural of a calling names a group."""
    w = fold(word)
    ones = (w[:-1], w[:-2] if w.endswith("es") else "")
    plural = w.endswith("s") and w not in lex.heads and len(w) > 4
    return plural and lex.lang != "de" and any(lex.heads.get(one, ())[:1] == ("npc",) for one in ones)


def _first_kind(order: list[str], lex: Lexicon, share: float) -> list[tuple[str, float]]:
    """The kinds of the first word that names one; people only when it is the very first."""
    for i, w in enumerate(order):
        if i == 0 and share == 1.0 and _many_people(w, lex):
            return [("faction", 1.1)]
        kinds = [k for k in lex.kinds_of(w) if k not in {"npc", "species"} or (i == 0 and share == 1.0)] if w else []
        if kinds == ["npc"] and len(order) > 1 and lex.heads.get(fold(w)) == ("npc",):
            return [("npc", 1.0)]  # `the Thistle Duchess`
        if kinds:
            weight = (1.3 if i == 0 or lex.suffixes else 0.9) * share
            return [
                ("npc" if k == "species" else k, (0.5 if k in {"npc", "species"} else weight) / (1 + 0.5 * n))
                for n, k in enumerate(kinds[:2])
            ]
    return []


_AGENT = {
    "pt": re.compile(r"^(?:o |a |um |uma )?[a-zà-ÿ]{3,}(?:dor|dora|eiro|eira|ista)$"),
    "es": re.compile(r"^(?:el |la |un |una )?[a-zà-ÿ]{3,}(?:dor|dora|ero|era|ista)$"),
    "fr": re.compile(r"^(?:le |la |l['’]|un |une )?[a-zà-ÿ]{3,}(?:teur|trice|euse|ier|ière|iste)$"),
}
"""What one does, told by how its noun ends, before what one does it with."""
_DWELLING = re.compile(
    r"(?:an? |the )?(?:(?!noble|great|merchant|trading|minor|ruling|royal)[a-z-]+ ){0,3}house\b(?! of [A-Z])"
)


def phrase_kinds(text: str, lex: Lexicon) -> tuple[str, ...]:
    """The kinds that the head noun of a noun phrase names."""
    if _DWELLING.match(text):
        return ("location",)
    text = re.split(r"[,.;:!?()\n–—]", text, maxsplit=1)[0][:90]
    m = next((m for m in lex.patterns["with"].finditer(text) if m.start() > 2), None)
    near = text[: m.start()] if m else text
    parts = (near, text) if m is not None and m.group().lower() in lex.of and lex.lang != "de" else (near,)
    if len(parts) > 1 and not _noun_kinds(near, lex) and (agent := _AGENT.get(lex.lang)) and agent.search(near.strip()):
        return ("npc",)  # `a atiradora de facas`
    return next((kinds for part in parts if (kinds := _noun_kinds(part, lex))), ())


def _noun_kinds(part: str, lex: Lexicon) -> tuple[str, ...]:
    words = [w.group() for w in WORD.finditer(part)]
    if lex.suffixes:  # a compound after another noun is a surname more often than a kind of thing
        words = [w for n, w in enumerate(words) if not (n and capital(words[n - 1]) and fold(w) not in lex.heads)]
    for w in words if lex.lang in {"es", "fr", "pt"} else words[::-1]:
        if w.lower() not in lex.dets and w.lower() not in lex.stop and (kinds := lex.kinds_of(w)):
            return kinds
    return ()


def plain_name(name: str, lex: Lexicon) -> bool:
    """Two or three capitalised words that mean nothing: most often a person."""
    words = [m.group() for m in WORD.finditer(name)]
    plain = 2 <= len(words) <= 3 and all(capital(w) for w in words) and words[0].lower() not in lex.dets
    return plain and not any(_means(w, lex) or fold(w) in lex.stop | lex.neutral for w in words)


def votes_from_names(ents: list[Ent], lex: Lexicon) -> None:
    """Let the words of every structural name speak, and the place that holds it."""
    for ent in ents:
        if "prose" not in ent.why and not ("h1" in ent.why and not ent.why.keys() & {"described", "label", "context"}):
            for kind, weight in head_votes(ent.name, lex).items():
                ent.vote(kind, weight * 0.8, "head")
        if not ent.votes and ent.structural and "article" not in ent.why and plain_name(ent.name, lex):
            ent.vote("npc", 0.7, "plain")
        if ent.parent is not None and ent.parent.kind == "location":
            ent.vote("location", 0.6, "nesting")
