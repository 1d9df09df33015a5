"""Provenance of edits: who wrote a field's value as it stands, without losing where it first came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.record import Authorship, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

Marks = dict[str, tuple[Provenance, ...]]


def by_hand(old: tuple[Provenance, ...], now: datetime) -> tuple[Provenance, ...]:
    """The marks of a value that a person just wrote over one with these marks.

    Where a model or import stood behind it, that origin stays, so that its message and span can still be opened.
    """
    origin = tuple(mark for mark in old if mark.source != "human")
    from_model = any(mark.authorship is not Authorship.HUMAN for mark in old)
    authorship = Authorship.AI_EDITED if from_model else Authorship.HUMAN
    return (*origin, Provenance(source="human", authorship=authorship, at=now))


def marked(
    old: Mapping[str, tuple[Provenance, ...]],
    changed: Iterable[str],
    *,
    gone: Iterable[str] = (),
    given: Mapping[str, tuple[Provenance, ...]] | None = None,
    now: datetime,
) -> Marks:
    """The marks after an edit: `given` ones where the caller knows the source, a person's for the other paths."""
    marks = {path: value for path, value in old.items() if path not in set(gone)}
    for path in changed:
        marks[path] = (given or {}).get(path) or by_hand(old.get(path, ()), now)
    return marks


def authorship_of(marks: tuple[Provenance, ...]) -> Authorship:
    """Who wrote the value as it stands now: what the last mark says."""
    return marks[-1].authorship if marks else Authorship.HUMAN
