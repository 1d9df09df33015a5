"""What must not go out: names of what an audience may not know, and secret words, in texts that it gets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.text import fold, split_secrets
from studio.domain.vocabulary import GM_ONLY_FIELDS
from studio.domain.world import Claim, Entity, Entry
from studio.services.world import kinds, seen
from studio.services.world.claims import claims_of
from studio.services.world.values import plain
from studio.storage.search import entity_clause, name_clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.domain.ids import RecordId
    from studio.domain.lens import Lens
    from studio.storage.project import Project

_WORD = re.compile(r"\w+")
_RUN = 6
"""So many words in a row that stand in a secret and in an open text are no accident."""
_SHORTEST = 3


class Leak(NamedTuple):
    """A place in an open text that gives something away."""

    record: RecordId
    kind: str
    name: str
    path: str
    span: tuple[int, int]
    quote: str
    why: str


class _Text(NamedTuple):
    record: RecordId
    kind: str
    name: str
    path: str
    text: str


class _Word(NamedTuple):
    fold: str
    start: int
    end: int
    capital: bool


def leaks(project: Project, *, lens: Lens, only: Iterable[RecordId] | None = None) -> list[Leak]:
    """What in the texts that this lens shows (of all, or of these records) names or quotes what it hides.

    Names are found as whole words, written with a capital where they are names in capitals.
    """
    if lens.is_gm:
        return []
    wanted = None if only is None else set(only)
    hidden, secrets = _hidden_names(project, lens), _secret_runs(project, wanted)
    found: list[Leak] = []
    for one in _open_texts(project, lens, wanted):
        words = [_word(match) for match in _WORD.finditer(one.text)]
        found += _named(one, words, hidden)
        found += _quoted(one, words, secrets)
    return found


# ---- what goes out -------------------------------------------------------------------------------------------------


def _open_texts(project: Project, lens: Lens, only: set[RecordId] | None) -> Iterator[_Text]:
    for record in _shown(project, lens, only):
        if isinstance(record, Entity):
            yield from (_Text(record.id, record.kind, record.name, *one) for one in _texts(record))
        else:
            yield _Text(record.id, record.kind, record.title, "title", record.title)
            yield _Text(record.id, record.kind, record.title, "body", record.body)
    for claim in _shown_claims(project, lens, only):
        if isinstance(claim.value, str):
            yield _Text(claim.subject_id, "claim", claim.predicate.replace("_", " "), "value", claim.value)


def _shown(project: Project, lens: Lens, only: set[RecordId] | None) -> Iterator[Entity | Entry]:
    """What the lens shows, each as it shows it; of a few records only these are read."""
    if only is None:
        yield from seen.everything(project, Entity, lens=lens)
        yield from seen.everything(project, Entry, lens=lens)
    else:
        yield from (one for record in sorted(only) if (one := seen.record(project, record, lens=lens)) is not None)


def _shown_claims(project: Project, lens: Lens, only: set[RecordId] | None) -> Iterator[Claim]:
    if only is None:
        yield from seen.everything(project, Claim, lens=lens)
    else:
        yield from (claim for record in sorted(only) for claim in claims_of(project, record, lens=lens))


def _texts(entity: Entity) -> Iterator[tuple[str, str]]:
    """(path, text); names are looked at too, since a title may name what nobody knows."""
    yield from (("name", entity.name), ("summary", entity.summary), ("body", entity.body))
    yield from ((f"aliases.{n}.name", alias.name) for n, alias in enumerate(entity.aliases))
    for group in ("fields", "custom"):
        yield from ((f"{group}.{key}", plain(value)) for key, value in getattr(entity, group).items())


# ---- what must not -------------------------------------------------------------------------------------------------


class _Hidden(NamedTuple):
    """The names that an audience may not know. `owner` is by their words, `lengths` by their first word."""

    owner: dict[tuple[str, ...], tuple[bool, str]]
    lengths: dict[str, set[int]]


def _hidden_names(project: Project, lens: Lens) -> _Hidden:
    rows = project.sql.execute(
        f"""SELECT n.fold, n.text, e.name, {entity_clause(lens)} AND {name_clause(lens)}
        FROM name n JOIN entity e ON e.id = n.record WHERE e.deleted_at IS NULL"""
    ).fetchall()
    known = {folded for folded, _, _, is_open in rows if is_open}
    found = _Hidden({}, {})
    for folded, text, owner, is_open in rows:
        words = tuple(_WORD.findall(folded))
        if is_open or not words or folded in known or len("".join(words)) < _SHORTEST:
            continue
        found.owner[words] = (text[:1].isupper(), owner)
        found.lengths.setdefault(words[0], set()).add(len(words))
    return found


def _secret_runs(project: Project, only: set[RecordId] | None) -> set[tuple[str, ...]]:
    """Every run of words in secret blocks and in fields for the game master alone."""
    found: set[tuple[str, ...]] = set()
    whole = (*project.all(Entity), *project.all(Entry)) if only is None else map(project.any_record, sorted(only))
    for record in whole:
        if isinstance(record, Entity | Entry):
            for text in _secrets(project, record):
                found |= set(_runs([_folded(word) for word in _WORD.findall(text)]))
    return found


def _secrets(project: Project, record: Entity | Entry) -> Iterator[str]:
    yield split_secrets(record.body)[1].replace("[!secret]", "")
    if isinstance(record, Entity):
        hidden = kinds.gm_only(project, record.kind) | GM_ONLY_FIELDS
        yield from (plain(value) for name, value in record.fields.items() if name in hidden)


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))


# ---- found ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word)


def _word(match: re.Match[str]) -> _Word:
    return _Word(_folded(match.group()), match.start(), match.end(), match.group()[:1].isupper())


def _named(one: _Text, words: list[_Word], hidden: _Hidden) -> Iterator[Leak]:
    for at, word in enumerate(words):
        for length in sorted(hidden.lengths.get(word.fold, ()), reverse=True):
            here = words[at : at + length]
            capital, owner = hidden.owner.get(tuple(w.fold for w in here), (False, ""))
            if owner and (word.capital or not capital):
                yield _leak(one, here, f"names “{owner}”, which isn't open to them")
                break


def _quoted(one: _Text, words: list[_Word], secrets: set[tuple[str, ...]]) -> Iterator[Leak]:
    """The longest stretches that also stand in a secret, each once."""
    folded = [word.fold for word in words]
    at = 0
    while at <= len(words) - _RUN:
        end = at
        while tuple(folded[end : end + _RUN]) in secrets:
            end += 1
        if end > at:
            yield _leak(one, words[at : end + _RUN - 1], "says what a secret says")
            at = end + _RUN - 1
        else:
            at += 1


def _leak(one: _Text, here: list[_Word], why: str) -> Leak:
    span = (here[0].start, here[-1].end)
    return Leak(one.record, one.kind, one.name, one.path, span, one.text[slice(*span)], why)
