"""What must not go out: names of what an audience may not know, and secret words, in texts that it gets."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.text import fold, split_secrets
from studio.domain.vocabulary import GM_ONLY_FIELDS
from studio.domain.world import Claim, Entity, Entry
from studio.services.world import kinds, seen
from studio.services.world.claims import claims_of
from studio.services.world.values import plain
from studio.storage.search import entity_clause, name_clause

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

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


class _Words:
    """The words of a text, folded; where they stand is worked out only for a text that gives something away."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.folded = [_folded(word) for word in _WORD.findall(text)]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """[start, end) of each word."""
        return [match.span() for match in _WORD.finditer(self._text)]

    def capital(self, at: int) -> bool:
        """Whether a word begins with one."""
        return self._text[self.spans[at][0]].isupper()


class Whole(NamedTuple):
    """All records of a project, and those that a lens shows as it shows them, where somebody has read them already."""

    raw: Sequence[Entity | Entry]
    shown: Sequence[Entity | Entry]


def leaks(
    project: Project, *, lens: Lens, only: Iterable[RecordId] | None = None, whole: Whole | None = None
) -> list[Leak]:
    """What in the texts that this lens shows (of all, or of these records) names or quotes what it hides.

    Names are found as whole words, written with a capital where they are names in capitals.
    """
    if lens.is_gm:
        return []
    wanted = None if only is None else set(only)
    if wanted is None and whole is None:
        whole = read(project, lens)
    hidden, secrets = _hidden_names(project, lens), _secret_runs(project, wanted, whole)
    found: list[Leak] = []
    for one in _open_texts(project, lens, wanted, whole):
        words = _Words(one.text)
        if not hidden.lengths.keys().isdisjoint(words.folded):
            found += _named(one, words, hidden)
        if not secrets.isdisjoint(_runs(words.folded)):
            found += _quoted(one, words, secrets)
    return found


def read(project: Project, lens: Lens) -> Whole:
    """All there is, and all that the lens shows."""
    shown = [*seen.everything(project, Entity, lens=lens), *seen.everything(project, Entry, lens=lens)]
    return Whole([*project.all(Entity), *project.all(Entry)], shown)


# ---- what goes out -------------------------------------------------------------------------------------------------


def _open_texts(project: Project, lens: Lens, only: set[RecordId] | None, whole: Whole | None) -> Iterator[_Text]:
    for record in whole.shown if whole is not None else _shown(project, lens, only or ()):
        if isinstance(record, Entity):
            yield from (_Text(record.id, record.kind, record.name, *one) for one in _texts(record))
        else:
            yield _Text(record.id, record.kind, record.title, "title", record.title)
            yield _Text(record.id, record.kind, record.title, "body", record.body)
    for claim in _shown_claims(project, lens, only):
        if isinstance(claim.value, str):
            yield _Text(claim.subject_id, "claim", claim.predicate.replace("_", " "), "value", claim.value)


def _shown(project: Project, lens: Lens, only: Collection[RecordId]) -> Iterator[Entity | Entry]:
    """Those of a few records that the lens shows, each as it shows it."""
    return (one for record in sorted(only) if (one := seen.record(project, record, lens=lens)) is not None)


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
    """The names that an audience may not know: `owner` by their words, `lengths` by their first word, longest first."""

    owner: dict[tuple[str, ...], tuple[bool, str]]
    lengths: dict[str, list[int]]


def _hidden_names(project: Project, lens: Lens) -> _Hidden:
    rows = project.sql.execute(
        f"""SELECT n.fold, n.text, e.name, {entity_clause(lens)} AND {name_clause(lens)}
        FROM name n JOIN entity e ON e.id = n.record WHERE e.deleted_at IS NULL"""
    ).fetchall()
    known = {folded for folded, _, _, is_open in rows if is_open}
    found = _Hidden({}, {})
    lengths: dict[str, set[int]] = {}
    for folded, text, owner, is_open in rows:
        words = tuple(_WORD.findall(folded))
        if is_open or not words or folded in known or len("".join(words)) < _SHORTEST:
            continue
        found.owner[words] = (text[:1].isupper(), owner)
        lengths.setdefault(words[0], set()).add(len(words))
    found.lengths.update({first: sorted(of, reverse=True) for first, of in lengths.items()})
    return found


def _secret_runs(project: Project, only: set[RecordId] | None, whole: Whole | None) -> set[tuple[str, ...]]:
    """Every run of words in secret blocks and in fields for the game master alone."""
    found: set[tuple[str, ...]] = set()
    for record in whole.raw if whole is not None else map(project.any_record, sorted(only or ())):
        if isinstance(record, Entity | Entry):
            for text in _secrets(project, record):
                found.update(_runs([_folded(word) for word in _WORD.findall(text)]))
    return found


def _secrets(project: Project, record: Entity | Entry) -> Iterator[str]:
    yield split_secrets(record.body)[1].replace("[!secret]", "")
    if isinstance(record, Entity):
        hidden = kinds.gm_only(project, record.kind) | GM_ONLY_FIELDS
        yield from (plain(value) for name, value in record.fields.items() if name in hidden)


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(_RUN)), strict=False)


# ---- found ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word)


def _named(one: _Text, words: _Words, hidden: _Hidden) -> Iterator[Leak]:
    folded = words.folded
    for at, word in enumerate(folded):
        for length in hidden.lengths.get(word, ()):
            capital, owner = hidden.owner.get(tuple(folded[at : at + length]), (False, ""))
            if owner and (not capital or words.capital(at)):
                yield _leak(one, words, at, at + length, f"names “{owner}”, which isn't open to them")
                break


def _quoted(one: _Text, words: _Words, secrets: set[tuple[str, ...]]) -> Iterator[Leak]:
    """The longest stretches that also stand in a secret, each once."""
    folded = words.folded
    at = 0
    while at <= len(folded) - _RUN:
        end = at
        while tuple(folded[end : end + _RUN]) in secrets:
            end += 1
        if end > at:
            yield _leak(one, words, at, end + _RUN - 1, "says what a secret says")
            at = end + _RUN - 1
        else:
            at += 1


def _leak(one: _Text, words: _Words, first: int, end: int, why: str) -> Leak:
    span = (words.spans[first][0], words.spans[end - 1][1])
    return Leak(one.record, one.kind, one.name, one.path, span, one.text[slice(*span)], why)
