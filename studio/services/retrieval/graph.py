"""Following relations from what a question names: the paths whose steps and ends explain most of its words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.lens import OPEN_EYES
from studio.domain.vocabulary import relation_spec
from studio.services.retrieval.cards import cards
from studio.services.retrieval.cues import cues
from studio.services.retrieval.words import STOP, stem
from studio.storage.search import (
    audience_clause,
    claim_clause,
    entity_clause,
    entry_clause,
    link_clause,
    name_clause,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from studio.domain.lens import Lens
    from studio.services.retrieval.cards import Card
    from studio.services.retrieval.keyword import Mention
    from studio.services.retrieval.words import Token
    from studio.storage.project import Project

DEPTH = 3
_BEAM = 60
_FANOUT = 120
_HOP = 0.12
"""What a step costs, whatever it explains."""
_BLIND = 0.3
"""What a step costs that no word of the question speaks of."""
_TURNED = 0.55
"""How much a word explains that fits the relation, but describes its other end."""
_SORT = 0.8
"""How much a word explains that fits what the step leads to."""
_TOLD = 0.75
"""How far it speaks for a link that words say what it leads to."""
_LIKED = 0.6
"""How far it speaks for a link that its sentence fits by meaning."""
_WANTED = 0.12
"""What it adds that a path ends at a kind that was asked for."""


class Tie(NamedTuple):
    """A link between two records. `of` is what says so: a relation, a claim, or a text that links."""

    id: str
    of: str
    from_id: str
    type: str
    to_id: str

    def other(self, end: str) -> str:
        """The end that isn't this one."""
        return self.to_id if end == self.from_id else self.from_id

    def words(self, end: str) -> str:
        """The link as it reads from one end."""
        if self.of != "relation":
            return self.type.replace("_", " ") if end == self.from_id else f"{self.type.replace('_', ' ')} of"
        spec = relation_spec(self.type)
        return spec.label if end == self.from_id else spec.inverse_label


class Step(NamedTuple):
    """One step of a path: along which link, and where it led."""

    tie: Tie
    to: str


@dataclass(frozen=True, slots=True)
class Path:
    """A way from what is named to a record.

    `explained` maps the places of words to how well they are explained, `spent` are those that a name or a link took:
    no other link takes them again.
    """

    start: str
    steps: tuple[Step, ...]
    explained: Mapping[int, float]
    spent: frozenset[int]
    cost: float
    score: float
    seen: frozenset[str]
    blind: bool = False
    """Whether nothing in the question speaks of its last step."""

    @property
    def end(self) -> str:
        """Where it leads."""
        return self.steps[-1].to if self.steps else self.start

    @property
    def records(self) -> tuple[str, ...]:
        """Every record that it touches, in order."""
        return (self.start, *(step.to for step in self.steps))


@dataclass(frozen=True, slots=True)
class Question:
    """What paths are measured by: words with their weights, and the kinds that its question word asks for."""

    tokens: Sequence[Token]
    weights: Mapping[int, float]
    wanted: frozenset[str] = frozenset()
    liked: Mapping[str, float] = field(default_factory=dict)
    """Facts and records that fit by meaning, between 0 and 1."""

    @property
    def total(self) -> float:
        """All weight that there is to explain."""
        return sum(self.weights.values()) or 1.0


def walk(
    project: Project, question: Question, mentions: Sequence[Mention], *, lens: Lens, depth: int = DEPTH
) -> dict[str, Path]:
    """The best path to each record within reach of what the question names."""
    walker = _Walker(project, question, lens)
    beam = walker.starts(mentions)
    best = {path.end: path for path in sorted(beam, key=lambda p: p.score)}
    for _ in range(depth):
        beam = walker.step(beam)
        for path in beam:
            known = best.get(path.end)
            if known is None or path.score > known.score:
                best[path.end] = path
    return best


class _Walker:
    """Walks outwards level by level, keeping the paths that explain most."""

    def __init__(self, project: Project, question: Question, lens: Lens) -> None:
        self.project, self.question, self.lens = project, question, lens
        self.words = [token for token in question.tokens if token.at in question.weights]
        self.cues = cues()
        self.cards: dict[str, Card] = {}
        self.stems: dict[str, set[str]] = {}

    def starts(self, mentions: Sequence[Mention]) -> list[Path]:
        """A path without steps at each record that is named."""
        self._look_at([one.record for one in mentions])
        found = []
        for one in mentions:
            spent = frozenset(at for at in one.places if at in self.question.weights)
            explained = dict.fromkeys(spent, 1.0 - 0.1 * one.slips)
            told = explained | self._described(explained, one.record)
            cost = 1.0 - min(1.0, one.share)
            found.append(self._made(one.record, (), told, spent, cost, frozenset({one.record})))
        return found

    def step(self, beam: Sequence[Path]) -> list[Path]:
        """Each path one link further, the best of them."""
        ties = ties_of(self.project, {path.end for path in beam}, lens=self.lens)
        self._look_at({one for all_ in ties.values() for tie in all_ for one in (tie.from_id, tie.to_id)})
        found: dict[tuple[str, frozenset[int]], Path] = {}
        for path in beam:
            for tie in ties.get(path.end, ()):
                if tie.other(path.end) not in path.seen:
                    made = self._along(path, tie)
                    key = (made.end, made.spent)
                    if key not in found or found[key].score < made.score:
                        found[key] = made
        return sorted(found.values(), key=lambda p: (-p.score, p.end))[:_BEAM]

    def _look_at(self, ids: Collection[str]) -> None:
        new = [one for one in ids if one not in self.cards]
        if new:
            self.cards |= cards(self.project, new)
            self.stems |= {one: self.cards[one].seen(self.lens) for one in new}

    def _along(self, path: Path, tie: Tie) -> Path:
        end = tie.other(path.end)
        explained, spent, spoken = dict(path.explained), set(path.spent), 0.0
        for token, fits, noun in self._speaking(path, tie, "to" if end == tie.to_id else "from"):
            if not (noun and spoken):
                spent.add(token.at)
                spoken = max(spoken, fits)
                explained[token.at] = max(explained.get(token.at, 0.0), fits)
        told = self._described(explained, end)
        spoken = max(spoken, _TOLD if told else 0.0, self._asked(tie, end))
        spoken = max(spoken, _LIKED * self.question.liked.get(tie.id, 0.0))
        cost = path.cost + _HOP + _BLIND * (1.0 - spoken)
        steps = (*path.steps, Step(tie, end))
        made = self._made(path.start, steps, explained | told, frozenset(spent), cost, path.seen | {end})
        return replace(made, blind=not spoken)

    def _speaking(self, path: Path, tie: Tie, side: str) -> list[tuple[Token, float, bool]]:
        """(word, how well it fits, whether it names an end) of the words left that speak of a link, nearest first."""
        left = (token for token in self.words if token.at not in path.spent)
        found = [(token, *fit) for token in left if (fit := self._fits(token, tie, side))[0]]
        near = max(path.spent, default=0)
        return sorted(found, key=lambda one: (-one[1], abs(one[0].at - near)))

    def _fits(self, token: Token, tie: Tie, side: str) -> tuple[float, bool]:
        """How well a word speaks of a link that is followed to this side, and whether it is a noun for an end of it."""
        best, noun = 0.0, False
        for cue in self.cues.get(token.stem, ()):
            if cue.type == tie.type:
                fits = 1.0 if cue.end in ("", side) else _TURNED
                best, noun = (fits, bool(cue.end)) if fits > best else (best, noun)
        if not best and token.stem in _stems_of(tie.type):
            return 0.9, False
        return best, noun

    def _asked(self, tie: Tie, end: str) -> float:
        """A question word such as `where` speaks of each link that places what leads to it."""
        where = "location" in self.question.wanted and self.cards[end].kind == "location"
        return _TOLD if where and relation_spec(tie.type).family in ("place", "event", "item") else 0.0

    def _described(self, explained: Mapping[int, float], end: str) -> dict[int, float]:
        """The words that say what this is, as far as nothing explains them better."""
        has = self.stems.get(end, set())
        return {t.at: _SORT for t in self.words if t.stem in has and explained.get(t.at, 0.0) < _SORT}

    def _made(
        self, start: str, steps: tuple[Step, ...], explained: dict[int, float], spent: frozenset[int], cost: float,
        seen: frozenset[str],
    ) -> Path:  # fmt: skip
        end = steps[-1].to if steps else start
        covered = sum(self.question.weights[at] * how for at, how in explained.items())
        asked = _WANTED if self.cards[end].kind in self.question.wanted else 0.0
        score = covered / self.question.total + asked - cost
        return Path(start, steps, explained, spent, cost, score, seen)


def _stems_of(type_: str) -> frozenset[str]:
    return frozenset(stem(word) for word in type_.lower().split("_") if word not in STOP)


# ---- links -------------------------------------------------------------------------------------------------------


def ties_of(project: Project, ids: Collection[str], *, lens: Lens = OPEN_EYES) -> dict[str, list[Tie]]:
    """The links at each of these records that the lens shows, with both their ends: relations, claims, texts."""
    wanted = json.dumps(sorted(ids))
    found: dict[str, Tie] = {}
    for tie in (*_relations(project, wanted, lens), *_claims(project, wanted, lens), *_texts(project, wanted, lens)):
        found.setdefault(tie.id, tie)
    shown = _shown(project, {end for tie in found.values() for end in (tie.from_id, tie.to_id)}, lens)
    of: dict[str, list[Tie]] = {one: [] for one in ids}
    for tie in found.values():
        if tie.from_id in shown and tie.to_id in shown:
            for end in {tie.from_id, tie.to_id}:
                if end in of and len(of[end]) < _FANOUT:
                    of[end].append(tie)
    return of


def _relations(project: Project, wanted: str, lens: Lens) -> Iterable[Tie]:
    for end in ("from_id", "to_id"):
        rows = project.sql.execute(
            f"""SELECT r.id, r.from_id, r.type, r.to_id FROM json_each(?) f CROSS JOIN relation r ON r.{end} = f.value
            WHERE {link_clause(lens)}""",
            (wanted,),
        )
        for record, from_id, type_, to_id in rows:
            yield Tie(record, "relation", from_id, type_, to_id)


def _claims(project: Project, wanted: str, lens: Lens) -> Iterable[Tie]:
    for end in ("subject_id", "object_id"):
        rows = project.sql.execute(
            f"""SELECT c.id, c.subject_id, c.predicate, c.object_id FROM json_each(?) f
            CROSS JOIN claim c ON c.{end} = f.value WHERE c.object_id IS NOT NULL AND {claim_clause(lens)}""",
            (wanted,),
        )
        for record, subject, predicate, about in rows:
            yield Tie(record, "claim", subject, predicate, about)


def _texts(project: Project, wanted: str, lens: Lens) -> Iterable[Tie]:
    opened = "1" if lens.is_gm else "m.secret = 0"
    asked = audience_clause(lens.audience, "n.visibility")
    rows = project.sql.execute(
        f"""SELECT m.source, n.record FROM json_each(?) f CROSS JOIN name n ON n.record = f.value
        CROSS JOIN mention m ON m.fold = n.fold WHERE {opened} AND {name_clause(lens)} AND {asked}
        UNION SELECT m.source, n.record FROM json_each(?) f CROSS JOIN mention m ON m.source = f.value
        CROSS JOIN name n ON n.fold = m.fold WHERE {opened} AND {name_clause(lens)}""",
        (wanted, wanted),
    )
    for text, entity in rows:
        if text != entity:
            yield Tie(f"{text}>{entity}", "text", text, "mentions", entity)


def _shown(project: Project, ids: Collection[str], lens: Lens) -> set[str]:
    wanted = json.dumps(sorted(ids))
    rows = project.sql.execute(
        f"""SELECT e.id FROM json_each(?1) f CROSS JOIN entity e ON e.id = f.value
        WHERE e.deleted_at IS NULL AND {entity_clause(lens)}
        UNION ALL SELECT e.id FROM json_each(?1) f CROSS JOIN entry e ON e.id = f.value
        WHERE e.deleted_at IS NULL AND {entry_clause(lens)}""",
        (wanted,),
    )
    return {row[0] for row in rows}
