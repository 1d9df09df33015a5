"""Rules on notes: nobody acts in a session or log that is dated after their death."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.text import WIKILINK
from studio.services.continuity import acting, telling, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import LinkTo, Note, Thing, World

_TOLD_AS_IT_HAPPENS = frozenset({"session", "log"})
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+[\"”’)]*|\n|$)")


class Deed(NamedTuple):
    """A sentence in which somebody acts: its words, and where they stand in the text."""

    words: str
    span: tuple[int, int]


def acts_after_death(world: World, note: Note) -> Iterator[Finding]:
    """Somebody who was dead by then does something in a session or log: not in a flashback, nor at a memorial."""
    if note.mode not in _TOLD_AS_IT_HAPPENS or note.date is None or note.flashback or note.memorial:
        return
    for thing, link in _dead(world, note):
        deed = deed_of(world, thing, note.body)
        if deed is None or thing.end is None:
            continue
        side = telling.of_note(world, note, f"“{note.title}” ({world.words(note.date)}): {deed.words}", link)
        yield telling.finding(
            world, "acts_after_death", "posthumous", about=[thing.id, note.id], severity="warning",
            sides=[side, telling.of_date(world, thing, thing.end_path)],
            why=f"{thing.name} acts in “{note.title}”, which is dated {world.words(note.date)}, but died"
            f" {world.words(thing.end)}. Mark the note as a flashback or a memorial if that is meant.",
        )  # fmt: skip


def _dead(world: World, note: Note) -> Iterator[tuple[Thing, LinkTo]]:
    """Those whom the note links, by a name that only they have, and who had died before its date."""
    seen: set[RecordId] = set()
    for link in note.links:
        meant = tuple(world.named.get(link.fold, ()))
        thing = world.things.get(meant[0]) if len(meant) == 1 else None
        if thing is None or thing.id in seen or not (thing.end and note.date) or thing.end_path != "death":
            continue
        if thing.end.is_before(note.date) and not wording.is_undead(thing):
            seen.add(thing.id)
            yield thing, link


def deed_of(world: World, thing: Thing, body: str) -> Deed | None:
    """The first sentence of a text in which this entity does something, by any of its names."""
    names = _called(thing)
    for match in _SENTENCE.finditer(body):
        words = _plain(match.group())
        for name in re.finditer(names, words):
            if acting.acts(words[: name.start()], words[name.end() :]):
                return Deed(" ".join(words.split()), match.span())
    return None


def _plain(text: str) -> str:
    """A text with the words of its links in their place."""
    return WIKILINK.sub(lambda match: (match.group(2) or match.group(1)).strip(), text)


def _called(thing: Thing) -> str:
    """A pattern of the whole names by which a text speaks of somebody; a part of one may be a sister's name too."""
    names = sorted(thing.names, key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names if name)})(?!\w)"
