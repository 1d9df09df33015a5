"""Following relations from what a question names: the paths whose steps and ends explain most of its words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.lens import OPEN_EYES
from studio.domain.vocabulary import relation_spec
from studio.services.retrieval.cards import cards
from studio.services.retrieval.cues import End, cues, twofold
from studio.services.retrieval.words import STOP, stem
from studio.storage.search import (
    audience_clause,
    claim_clause,
    document_clause,
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
_BEAM = 30
_FANOUT = 120
_HOP = 0.1
"""What a step costs, whatever it explains."""
_BLIND = 0.3
"""What a step costs that no word of the question speaks of."""
_TURNED = 0.55
"""How much a word explains that fits the relation, but describes its other end."""
_SORT = 0.5
"""How much a word explains that fits what the step leads to."""
_TOLD = 0.75
"""How far it speaks for a link that words say what it leads to."""
_WRITTEN = 0.5
"""How far it speaks for a link that it leads to a note which tells of what is named."""
_LIKED = 0.6
"""How far it speaks for a link that its sentence fits by meaning."""
_DESCRIBED = 0.4
"""What it costs to start at what is described and not named."""
_MET = 0.8
"""How much of another named thing's words it explains that a record is linked to that too."""
_DATED = 0.04
"""What it saves that a link is dated where a day is asked about."""
_WANTED = 0.12
"""What it adds that a path ends at a kind that was asked for."""


class Tie(NamedTuple):
    """A link between two records. `of` is what says so: a relation, a claim, or a text that links."""

    id: str
    of: str
    from_id: str
    type: str
    to_id: str
    dated: bool = False

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
    told: frozenset[int] = frozenset()
    """The words that said what its steps lead to."""
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
    answer: frozenset[int] = frozenset()
    """The places of the words that say what sort of thing answers."""
    liked: Mapping[str, float] = field(default_factory=dict)
    """Facts and records that fit by meaning, between 0 and 1."""

    @property
    def total(self) -> float:
        """All weight that there is to explain."""
        return sum(self.weights.values()) or 1.0


def walk(
    project: Project,
    question: Question,
    mentions: Sequence[Mention],
    *,
    lens: Lens,
    others: Sequence[str] = (),
    depth: int = DEPTH,
) -> dict[str, Path]:
    """The best path to each record within reach of what the question names.

    `others` are records that it may describe instead of naming them.
    """
    walker = _Walker(project, question, lens)
    beam = [*walker.starts(mentions), *walker.described(others)]
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
        self.has: dict[str, frozenset[int]] = {}
        self.speaking: dict[tuple[str, End], list[tuple[Token, float, bool]]] = {}
        self.twofold = twofold()
        self.sorts: dict[str, frozenset[str]] = {}
        self.answer = {token.stem for token in question.tokens if token.at in question.answer}

    def described(self, records: Sequence[str]) -> list[Path]:
        """A path without steps at each record that may be described by what it is."""
        self._look_at(records)
        found = []
        for one in records:
            told = {t.at: _SORT for t in self.words if t.stem in self.sorts[one] and t.at not in self.question.answer}
            if told:
                score = self._score(one, told, _DESCRIBED)
                found.append(Path(one, (), told, frozenset(told), _DESCRIBED, score, frozenset({one})))
        return found

    def starts(self, mentions: Sequence[Mention]) -> list[Path]:
        """A path without steps at each record that is named."""
        self._look_at([one.record for one in mentions])
        found = []
        for one in mentions:
            spent = frozenset(at for at in one.places if at in self.question.weights)
            explained = dict.fromkeys(spent, 1.0 - 0.1 * one.slips)
            explained |= {at: _SORT for at in self.has[one.record] if explained.get(at, 0.0) < _SORT}
            cost = 1.0 - min(1.0, one.share)
            score = self._score(one.record, explained, cost)
            found.append(Path(one.record, (), explained, spent, cost, score, frozenset({one.record})))
        return found

    def step(self, beam: Sequence[Path]) -> list[Path]:
        """Each path one link further, the best of them."""
        ties = ties_of(self.project, {path.end for path in beam}, lens=self.lens, known=self.cards.keys())
        self._look_at({one for all_ in ties.values() for tie in all_ for one in (tie.from_id, tie.to_id)})
        found: dict[tuple[str, frozenset[int]], Path] = {}
        for path in beam:
            for tie in ties.get(path.end, ()):
                if tie.other(path.end) not in path.seen:
                    made = self._along(path, tie)
                    key = (made.end, made.spent)
                    if key not in found or found[key].score < made.score:
                        found[key] = made
        reached = self._met(found.values()) if beam and not beam[0].steps else found.values()
        return sorted(reached, key=lambda p: (-p.score, p.end))[:_BEAM]

    def _met(self, found: Iterable[Path]) -> list[Path]:
        """The paths, where several meet the words of all their starts explained."""
        named: dict[str, dict[int, float]] = {}
        for path in found:
            known = named.setdefault(path.end, {})
            for at in path.spent:
                if at >= 0 and path.explained.get(at, 0.0) > _SORT:
                    known[at] = _MET
        made = []
        for path in found:
            explained = {**named[path.end], **path.explained}
            more = len(explained) > len(path.explained)
            score = self._score(path.end, explained, path.cost) if more else path.score
            made.append(replace(path, explained=explained, score=score) if more else path)
        return made

    def _look_at(self, ids: Collection[str]) -> None:
        new = [one for one in ids if one not in self.cards]
        if new:
            self.cards |= cards(self.project, new)
            for one in new:
                seen = self.cards[one].seen(self.lens)
                self.has[one] = frozenset(token.at for token in self.words if token.stem in seen.what)
                self.sorts[one] = seen.sort

    def _along(self, path: Path, tie: Tie) -> Path:
        end = tie.other(path.end)
        explained, spent, spoken = dict(path.explained), path.spent, 0.0
        for token, fits, noun in self._speaking(path, tie.type, "to" if end == tie.to_id else "from"):
            if not (noun and spoken):
                spent |= {self._use(token, path)}
                spoken = max(spoken, fits)
                explained[token.at] = max(explained.get(token.at, 0.0), fits)
        has = self.has[end]
        fresh = has - spent - path.told
        explained |= {at: _SORT for at in has if explained.get(at, 0.0) < _SORT}
        spoken = max(spoken, _TOLD if fresh else 0.0, self._asked(tie, end))
        if tie.of == "text" and not path.steps and self.cards[end].kind == "entry":
            spoken = max(spoken, _WRITTEN)
        spoken = max(spoken, _LIKED * self.question.liked.get(tie.id, 0.0))
        cost = path.cost + _HOP + _BLIND * (1.0 - spoken)
        cost -= _DATED if tie.dated and self.lens.as_of is not None else 0.0
        return Path(
            path.start, (*path.steps, Step(tie, end)), explained, spent, cost, self._score(end, explained, cost),
            path.seen | {end}, path.told | fresh, blind=not spoken,
        )  # fmt: skip

    def _use(self, token: Token, path: Path) -> int:
        """The place that a link takes; a word for two steps has another one for its first."""
        half = -1 - token.at
        return half if token.stem in self.twofold and half not in path.spent else token.at

    def _speaking(self, path: Path, type_: str, side: End) -> list[tuple[Token, float, bool]]:
        """(word, how well it fits, whether it names an end) of the words left that speak of a link, nearest first."""
        found = [one for one in self._fitting(type_, side) if one[0].at not in path.spent]
        if len(found) > 1:
            near = max(path.spent, default=0)
            found.sort(key=lambda one: (-one[1], abs(one[0].at - near)))
        return found

    def _fitting(self, type_: str, side: End) -> list[tuple[Token, float, bool]]:
        """The words of the question that speak of this type of link when it is followed to this side."""
        known = self.speaking.get((type_, side))
        if known is None:
            named = _stems_of(type_)
            known = [(t, *fit) for t in self.words if (fit := self._fits(t, type_, side, named))[0]]
            self.speaking[type_, side] = known
        return known

    def _fits(self, token: Token, type_: str, side: End, named: frozenset[str]) -> tuple[float, bool]:
        """How well a word speaks of a link, and whether it is a noun for an end of it."""
        best, noun = 0.0, False
        for cue in self.cues.get(token.stem, ()):
            if cue.type == type_:
                fits = 1.0 if cue.end in ("", side) else _TURNED
                best, noun = (fits, bool(cue.end)) if fits > best else (best, noun)
        if not best and token.stem in named:
            return 0.9, False
        return best, noun

    def _asked(self, tie: Tie, end: str) -> float:
        """A question word such as `where` speaks of each link that places what leads to it."""
        where = "location" in self.question.wanted and self.cards[end].kind == "location"
        return _TOLD if where and relation_spec(tie.type).family in ("place", "event", "item") else 0.0

    def _score(self, end: str, explained: Mapping[int, float], cost: float) -> float:
        weights = self.question.weights
        covered = sum(weights[at] * how for at, how in explained.items())
        return covered / self.question.total + (_WANTED if self._answers(end) else 0.0) - cost

    def _answers(self, end: str) -> bool:
        """Whether this is the sort of thing that was asked for."""
        return self.cards[end].kind in self.question.wanted or bool(self.answer & self.sorts[end])


def _stems_of(type_: str) -> frozenset[str]:
    return frozenset(stem(word) for word in type_.lower().split("_") if word not in STOP)


# ---- links -------------------------------------------------------------------------------------------------------


def ties_of(
    project: Project, ids: Collection[str], *, lens: Lens = OPEN_EYES, known: Collection[str] = ()
) -> dict[str, list[Tie]]:
    """The links at each of these records that the lens shows, with both their ends: relations, claims, texts.

    `known` are records of which it is known that the lens shows them.
    """
    wanted = json.dumps(sorted(ids))
    found: dict[str, Tie] = {}
    for tie in (*_relations(project, wanted, lens), *_claims(project, wanted, lens), *_texts(project, wanted, lens)):
        found.setdefault(tie.id, tie)
    ends = {end for tie in found.values() for end in (tie.from_id, tie.to_id)}
    shown = {*known, *_shown(project, ends.difference(known), lens)}
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
            f"""SELECT r.id, r.from_id, r.type, r.to_id, r.lo IS NOT NULL OR r.hi IS NOT NULL
            FROM json_each(?) f CROSS JOIN relation r ON r.{end} = f.value WHERE {link_clause(lens)}""",
            (wanted,),
        )
        for record, from_id, type_, to_id, dated in rows:
            yield Tie(record, "relation", from_id, type_, to_id, bool(dated))


def _claims(project: Project, wanted: str, lens: Lens) -> Iterable[Tie]:
    for end in ("subject_id", "object_id"):
        rows = project.sql.execute(
            f"""SELECT c.id, c.subject_id, c.predicate, c.object_id, c.lo IS NOT NULL OR c.hi IS NOT NULL
            FROM json_each(?) f CROSS JOIN claim c ON c.{end} = f.value
            WHERE c.object_id IS NOT NULL AND {claim_clause(lens)}""",
            (wanted,),
        )
        for record, subject, predicate, about, dated in rows:
            yield Tie(record, "claim", subject, predicate, about, bool(dated))


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
    """Those of the records that are there and shown, by the small table of texts: rows of entities lie far apart."""
    rows = project.sql.execute(
        f"""SELECT d.record FROM json_each(?) f CROSS JOIN fts_doc d ON d.record = f.value
        WHERE {document_clause(lens)}""",
        (json.dumps(list(ids)),),
    )
    return {row[0] for row in rows}
