"""Proposing links: where texts of the world name an entity without linking to it. Nothing is changed by looking."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from studio.domain.ids import RecordId
from studio.domain.lens import GM, PARTY, PUBLIC, may_see
from studio.domain.record import Frozen
from studio.domain.text import fold, wikilinks
from studio.domain.world import Entity, Entry
from studio.services.world import entities, entries, references
from studio.services.world.mentions import around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.storage.project import Project

_SHORTEST = 3
_ARTICLES = ("the", "a", "an")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_KEPT_OUT = re.compile(
    r"""(?ms)^(?:```|~~~).*?(?:^(?:```|~~~)\s*$|\Z)   # fenced code
    |^\ {4,}\S[^\n]*$                                  # indented code
    |^\#{1,6}\s[^\n]*$                                 # headings
    |\[\[[^\]\n]*\]\] | !?\[[^\]\n]*\]\([^)\n]*\)      # links and images
    |`[^`\n]*` | <[^>\n]*> | (?:https?://|www\.)\S+    # code, tags, addresses
    |\b[\w.+-]+@[\w-]+\.\w+""",
    re.VERBOSE,
)


class Target(Frozen):
    """An entity that a name may mean."""

    id: RecordId
    kind: str
    name: str


class Proposal(Frozen):
    """One name in one text. Several `targets` mean that the name is shared: a person has to say which one is meant.

    `hides` is set where the text is open to more eyes than the entity: for them the words would go with the link.
    """

    source_id: RecordId
    kind: str
    title: str
    span: tuple[int, int]
    words: str
    snippet: str
    targets: tuple[Target, ...]
    hides: bool = False


class Choice(NamedTuple):
    """A proposal that was taken, and the entity that is meant."""

    source_id: RecordId
    span: tuple[int, int]
    words: str
    target: RecordId


def sources(project: Project) -> list[RecordId]:
    """Every entity and note that has a text, in the order in which they were made."""
    rows = project.sql.execute(
        """SELECT id FROM entity WHERE deleted_at IS NULL AND json_extract(data, '$.body') <> ''
        UNION ALL SELECT id FROM entry WHERE deleted_at IS NULL AND json_extract(data, '$.body') <> '' ORDER BY 1"""
    )
    return [RecordId(row[0]) for row in rows]


def scan(project: Project, source_ids: Iterable[RecordId], *, target: RecordId | None = None) -> list[Proposal]:
    """The first bare mention of each entity in each of these texts; with `target` only those of one entity.

    Code, links, addresses and headings are passed over, and what a text links to already isn't proposed again.
    """
    known, found = _known(project), []
    for source in source_ids:
        record = project.any_record(source)
        if isinstance(record, Entity | Entry) and record.body:
            found += [one for one in _proposals(known, record) if target in (None, *(t.id for t in one.targets))]
    return found


def _proposals(known: _Known, record: Entity | Entry) -> Iterator[Proposal]:
    linked = {named.target.id for text in wikilinks(record.body) for named in known.exact(fold(text))}
    for span, named in known.met(record.body):
        targets = {one.target.id: one for one in named}
        if record.id in targets or targets.keys() & linked:
            continue
        linked |= targets.keys()
        yield Proposal(
            source_id=record.id, kind=record.kind, title=record.name if isinstance(record, Entity) else record.title,
            span=span, words=record.body[slice(*span)], snippet=around(record.body, span),
            targets=tuple(one.target for one in targets.values()),
            hides=any(_narrower(one.visibility, record.visibility) for one in targets.values()),
        )  # fmt: skip


def _narrower(inner: str, outer: str) -> bool:
    """Whether fewer may know the one than see the other."""
    return any(may_see(who, outer) and not may_see(who, inner) for who in (PARTY, PUBLIC)) or (
        inner == GM and outer.startswith("player:")
    )


# ---- the names ------------------------------------------------------------------------------------------------------


class _Named(NamedTuple):
    """A name by its folded words; `capital` is the one of them that has to begin with a capital letter."""

    words: tuple[str, ...]
    capital: int | None
    target: Target
    visibility: str


def _capital(spoken: list[str]) -> int | None:
    """Which word of a name shows that it is one: the first that is no article."""
    at = 1 if len(spoken) > 1 and fold(spoken[0]) in _ARTICLES else 0
    return at if spoken and spoken[at][:1].isupper() else None


def _secret_names(project: Project) -> set[tuple[str, str]]:
    rows = project.sql.execute(
        """SELECT e.id, json_extract(a.value, '$.name') FROM entity e, json_each(e.data, '$.aliases') a
        WHERE json_extract(a.value, '$.kind') = 'secret'"""
    )
    return {(record, name) for record, name in rows}


class _Known:
    """All names by their words. Secret names are never proposed: a link would tell on them."""

    def __init__(self, project: Project) -> None:
        self._by_words: dict[tuple[str, ...], list[_Named]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        self._by_fold: dict[str, list[_Named]] = defaultdict(list)
        secret = _secret_names(project)
        rows = project.sql.execute(
            """SELECT n.text, e.id, e.kind, e.name, e.visibility FROM name n JOIN entity e ON e.id = n.record
            WHERE n.visibility = e.visibility AND e.deleted_at IS NULL ORDER BY n.is_alias, e.id"""
        )
        for text, record, kind, name, visibility in rows:
            spoken = _WORD.findall(text)
            target = Target(id=RecordId(record), kind=kind, name=name)
            named = _Named(tuple(fold(word) for word in spoken), _capital(spoken), target, visibility)
            self._by_fold[fold(text)].append(named)
            proposable = len(fold(text)) >= _SHORTEST and references.writable(text) and (record, text) not in secret
            if spoken and proposable:
                self._by_words[named.words].append(named)
        for words in self._by_words:
            lengths[words[0]].add(len(words))
        self._lengths = {first: sorted(many, reverse=True) for first, many in lengths.items()}

    def exact(self, folded: str) -> list[_Named]:
        """Who has this name."""
        return self._by_fold.get(folded, [])

    def met(self, body: str) -> Iterator[tuple[tuple[int, int], list[_Named]]]:
        """Every name in a text, the longest at each place, outside of what is no prose."""
        kept_out = [match.span() for match in _KEPT_OUT.finditer(body)]
        places = [match.span() for match in _WORD.finditer(body)]
        folded = [fold(body[start:end]) for start, end in places]
        at = 0
        while at < len(places):
            named = self._at(body, places, folded, at)
            if named:
                span = places[at][0], places[at + len(named[0].words) - 1][1]
                if not any(start < span[1] and span[0] < end for start, end in kept_out):
                    yield span, named
            at += len(named[0].words) if named else 1

    def _at(self, body: str, places: list[tuple[int, int]], folded: list[str], at: int) -> list[_Named]:
        """Those whose longest name begins with this word."""
        for length in self._lengths.get(folded[at], ()):
            known = self._by_words.get(tuple(folded[at : at + length]), ())
            found = [named for named in known if self._fits(body, places[at : at + length], named)]
            if found:
                return found
        return []

    @staticmethod
    def _fits(body: str, places: Sequence[tuple[int, int]], named: _Named) -> bool:
        """Nothing but a space or hyphen between the words; a capital where the name begins with one."""
        gaps = [body[one[1] : two[0]] for one, two in pairwise(places)]
        if any("\n\n" in gap or gap.strip(" \n-–'’") for gap in gaps):
            return False
        return named.capital is None or not body[places[named.capital][0]].islower()


_kept: WeakKeyDictionary[Project, tuple[int, _Known]] = WeakKeyDictionary()


def _known(project: Project) -> _Known:
    """The names as of the last commit."""
    seq = project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0] or 0
    kept = _kept.get(project)
    if kept is None or kept[0] != seq:
        kept = _kept[project] = (seq, _Known(project))
    return kept[1]


# ---- linking --------------------------------------------------------------------------------------------------------


def link(project: Project, choices: Sequence[Choice]) -> int:
    """Make these links, in one commit that one undo takes back; what changed since it was read is left alone."""
    by_source: dict[RecordId, list[Choice]] = defaultdict(list)
    for choice in choices:
        by_source[choice.source_id].append(choice)
    made = 0
    count = f"{len(choices)} {'name' if len(choices) == 1 else 'names'}"
    with project.commit(
        "entity.link", f"Link {count} in {len(by_source)} {'text' if len(by_source) == 1 else 'texts'}"
    ):
        for source, many in by_source.items():
            record: Any = project.any_record(source)
            if not isinstance(record, Entity | Entry):
                continue
            body, done = _linked(project, record.body, many)
            made += done
            if isinstance(record, Entity):
                entities.update_entity(project, source, {"body": body})
            else:
                entries.update_entry(project, source, {"body": body})
    return made


def _linked(project: Project, body: str, choices: list[Choice]) -> tuple[str, int]:
    """The text with its links, put in from its end so that no place moves; and how many there are."""
    made = 0
    for choice in sorted(choices, key=lambda one: -one.span[0]):
        target = project.find(Entity, choice.target)
        if target is None or body[slice(*choice.span)] != choice.words:
            continue
        exact = fold(choice.words) in {fold(name) for name in target.names()} and _is_first(project, choice)
        words = f"[[{choice.words}]]" if exact else f"[[{target.name}|{choice.words}]]"
        body = body[: choice.span[0]] + words + body[choice.span[1] :]
        made += 1
    return body, made


def _is_first(project: Project, choice: Choice) -> bool:
    """Whether a plain link with these words would lead to the entity that is meant."""
    row = project.sql.execute(
        "SELECT record FROM name WHERE fold = ? ORDER BY is_alias, record LIMIT 1", (fold(choice.words),)
    ).fetchone()
    return row is not None and row[0] == choice.target
