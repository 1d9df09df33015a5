"""Scores the offline extractor on labelled replies: entities, names, relations, exact quotes, honest confidence."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from studio.domain.candidate import EntityCandidate, Extraction, Known, RelationCandidate
from studio.domain.ids import RecordId
from studio.services.extraction import OfflineExtractor

if TYPE_CHECKING:
    from pathlib import Path

_ARTICLE = re.compile(r"^(?:the|a|an|der|die|das|den|dem|el|la|los|las|le|les|l|o|os|as|um|uma)\s+")
_POOL = {"occupation": "role", "title": "role", "private_agenda": "goals", "danger": "hidden_details"}
_POOL |= {"sensory": "hidden_details", "services": "known_for", "death": "life_status"}
_NEAR = {"serves": "member_of", "hidden_in": "located_in", "rival_of": "enemy_of", "owns": "works_at"}
_NEAR |= {"lives_in": "located_in"}
_BOTH_WAYS = frozenset(["sibling_of", "spouse_of", "ally_of", "enemy_of", "at_war_with", "trades_with"])
Gold = dict[str, Any]


@dataclass
class Tally:
    """Hits, false finds and misses of one sort."""

    hit: int = 0
    false: int = 0
    missed: int = 0

    def add(self, hit: int, found: int, wanted: int) -> None:
        """Count one reply."""
        self.hit, self.false, self.missed = self.hit + hit, self.false + found - hit, self.missed + wanted - hit

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        whole = 2 * self.hit + self.false + self.missed
        return 2 * self.hit / whole if whole else 0.0


@dataclass
class Score:
    """What one corpus gave."""

    entities: Tally = field(default_factory=Tally)
    names: Tally = field(default_factory=Tally)
    relations: Tally = field(default_factory=Tally)
    inexact: list[str] = field(default_factory=list)
    points: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def ece(self) -> float:
        """Expected calibration error of field values, in ten bins."""
        rows = sorted(self.points)
        error = 0.0
        for _, group in groupby(rows, key=lambda p: min(9, int(p[0] * 10))):
            bin_ = list(group)
            error += abs(sum(c for c, _ in bin_) - sum(ok for _, ok in bin_))
        return error / len(rows) if rows else 0.0


def score(folder: Path) -> Score:
    """Extract every reply of a folder and compare it with its gold."""
    made = Score()
    for path in sorted(folder.glob("*.md")):
        gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8")
        found = OfflineExtractor().extract(text, known=_known(gold))
        _compare(made, found, gold)
        _quotes(made, found, text, path.stem)
    return made


def _known(gold: Gold) -> list[Known]:
    return [
        Known(id=RecordId(f"k{i}"), kind=k["kind"], name=k["name"], aliases=tuple(k.get("aliases", ())))
        for i, k in enumerate(gold.get("known", []))
    ]


def _fold(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).replace("\u2019", "'")
    plain = "".join(c for c in flat if not unicodedata.combining(c)).casefold()
    return _ARTICLE.sub("", re.sub(r"[^\w]+", " ", plain).strip())


def _names(entity: Gold) -> set[str]:
    return {_fold(n) for n in [entity["name"], *entity.get("aliases", []), *entity.get("mentions", [])]} - {""}


def _compare(made: Score, found: Extraction, gold: Gold) -> None:
    ents = [c for c in found.candidates if isinstance(c, EntityCandidate)]
    pairs = _pairs(ents, gold["entities"])
    right = sum(ents[i].kind == gold["entities"][j]["kind"] for i, j in pairs.items())
    made.names.add(len(pairs), len(ents), len(gold["entities"]))
    made.entities.add(right, len(ents), len(gold["entities"]))
    for i, c in enumerate(ents):
        _points(made, c, gold["entities"][pairs[i]]["fields"] if i in pairs else {})
    _relations(made, found, gold)


def _pairs(ents: list[EntityCandidate], wanted: list[Gold]) -> dict[int, int]:
    """Which candidate is which labelled entity; those of the same kind first."""
    pairs: dict[int, int] = {}
    for same in (True, False):
        for i, c in enumerate(ents):
            mine = {_fold(n) for n in (c.name, *c.aliases)}
            free = (j for j, g in enumerate(wanted) if j not in pairs.values())
            hit = next(
                (j for j in free if mine & _names(wanted[j]) and (c.kind == wanted[j]["kind"] or not same)), None
            )
            if i not in pairs and hit is not None:
                pairs[i] = hit
    return pairs


def _points(made: Score, c: EntityCandidate, facts: Gold) -> None:
    pooled: dict[str, list[str]] = {}
    for name, values in facts.items():
        pooled.setdefault(_POOL.get(name, name), []).extend(v["value"] for v in values)
    for name, values in c.fields.items():
        wanted = pooled.get(_POOL.get(name, name), [])
        made.points += [(v.confidence, _says_the_same(v.value, wanted)) for v in values]


def _says_the_same(value: str, wanted: list[str]) -> bool:
    a, b = ({w for w in _fold(x).split() if len(w) > 1} for x in (value, " ".join(wanted)))
    common = len(a & b)
    return bool(common) and (2 * common >= 0.5 * (len(a) + len(b)) or common == min(len(a), len(b)))


def _relations(made: Score, found: Extraction, gold: Gold) -> None:
    same: dict[str, str] = {}
    for e in [*gold["entities"], *gold.get("known", [])]:
        for n in _names(e):
            same.setdefault(n, e["name"])
    wanted = {_edge(r["type"], r["from"], r["to"], same) for r in gold["relations"]}
    edges = [c for c in found.candidates if isinstance(c, RelationCandidate)]
    got = {_edge(c.type, c.from_name, c.to_name, same) for c in edges}
    made.relations.add(len(got & wanted), len(got), len(wanted))


def _edge(kind: str, a: str, b: str, same: dict[str, str]) -> tuple[str, str, str]:
    kind = _NEAR.get(kind, kind)
    a, b = same.get(_fold(a), _fold(a)), same.get(_fold(b), _fold(b))
    if kind == "employs":
        kind, a, b = "member_of", b, a
    if kind in _BOTH_WAYS:
        a, b = sorted((a, b))
    return kind, a, b


def _quotes(made: Score, found: Extraction, text: str, stem: str) -> None:
    for c in found.candidates:
        spots = [c] if isinstance(c, RelationCandidate) else [v for vs in c.fields.values() for v in vs]
        made.inexact += [
            f"{stem}: {v.quote}" for v in spots if v.span is None or not v.quote or text[slice(*v.span)] != v.quote
        ]
