"""How a finding is told: each of its sides with what stands there and when, and whom it may be shown to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.continuity import Evidence, Finding
from studio.domain.lens import GM, PARTY, PUBLIC, players_of
from studio.domain.vocabulary import relation_spec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.domain.continuity import FindingType, Severity
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Fact, LinkTo, Note, Thing, World

_DATE_WORDS = {
    "birth": "was born", "death": "died", "founded": "was founded", "dissolved": "was dissolved",
    "destroyed": "was destroyed", "start": "began", "end": "ended", "created": "was made",
}  # fmt: skip


class Side(NamedTuple):
    """One side of a finding, and who may see it."""

    evidence: Evidence
    visibility: str


def of_fact(world: World, fact: Fact) -> Side:
    """A relation, a claim or a field's value: what it says, and when it holds."""
    path = fact.path or ("type" if fact.form == "relation" else "value")
    says, when = fact_words(world, fact), period_words(world, fact)
    said = f"{says} ({when})" if when else says
    quote = "" if fact.value is None else str(fact.value)
    return Side(Evidence(record=fact.id, rev=fact.rev, path=path, quote=quote, when=when, says=said), fact.visibility)


def of_date(world: World, thing: Thing, path: str) -> Side:
    """A date field of an entity: `died 3 Reed 812`."""
    when = world.words(thing.dates[path])
    verb = _DATE_WORDS.get(path) or f"has {path.replace('_', ' ')}"
    said = f"{thing.name} {verb} {when}"
    seen = thing.stated.get(f"fields.{path}", {}).get("visibility") or thing.visibility
    return Side(Evidence(record=thing.id, rev=thing.rev, path=f"fields.{path}", when=when, says=said), seen)


def of_thing(thing: Thing, says: str) -> Side:
    """An entity as a whole."""
    return Side(Evidence(record=thing.id, rev=thing.rev, says=says), thing.visibility)


def of_note(world: World, note: Note, says: str, link: LinkTo | None = None) -> Side:
    """A note with its in-world date; at a link, where there is one."""
    when = world.words(note.date)
    quote = note.body[slice(*link.span)] if link else ""
    evidence = Evidence(
        record=note.id, rev=note.rev, path=link.path if link else "", span=link.span if link else None, quote=quote,
        when=when, says=says,
    )  # fmt: skip
    return Side(evidence, GM if link and link.secret else note.visibility)


def of_link(thing: Thing, link: LinkTo, says: str) -> Side:
    """A `[[link]]` in a text of an entity."""
    value = thing.fields.get(link.path.removeprefix("fields."), "")
    text = {"summary": thing.summary, "body": thing.body}.get(link.path, value)
    quote = text[slice(*link.span)] if isinstance(text, str) else link.target
    evidence = Evidence(
        record=thing.id, rev=thing.rev, path=link.path, span=link.span if isinstance(text, str) else None, quote=quote,
        says=says,
    )  # fmt: skip
    return Side(evidence, GM if link.secret else thing.visibility)


def fact_words(world: World, fact: Fact) -> str:
    """A statement as a sentence without its dates."""
    subject = world.name(fact.subject)
    said = world.name(fact.object) if fact.object else str(fact.value)
    if fact.form == "relation":
        return f"{subject} {relation_spec(fact.predicate).label} {said}"
    return f"{subject}: {fact.predicate.replace('_', ' ')} {said}"


def period_words(world: World, fact: Fact) -> str:
    """Since when a statement holds and until when; empty where it doesn't say."""
    start, end = world.words(fact.start), world.words(fact.end)
    if start and end:
        return start if start == end else f"{start} – {end}"
    return f"from {start}" if start else f"until {end}" if end else ""


def finding(
    world: World,
    rule: str,
    type: FindingType,
    *,
    about: Sequence[RecordId],
    sides: Sequence[Side],
    why: str,
    severity: Severity = "error",
) -> Finding:
    """A finding that only those may see who may see all of it."""
    things = [world.things[one].visibility for one in about if one in world.things]
    notes = [world.notes[one].visibility for one in about if one in world.notes]
    return Finding(
        type=type, severity=severity, subjects=tuple(dict.fromkeys(about)), rule=rule, why=why,
        evidence=tuple({(s.evidence.record, s.evidence.path): s.evidence for s in sides}.values()),
        audience=narrowest([*things, *notes, *(side.visibility for side in sides)]),
    )  # fmt: skip


def narrowest(visibilities: Iterable[str]) -> str:
    """Who may see everything that has these visibilities."""
    players: set[str] | None = None
    seen = PUBLIC
    for one in visibilities:
        if one == PARTY:
            seen = PARTY
        elif ids := set(players_of(one)):
            players = ids if players is None else players & ids
        elif one != PUBLIC:
            return GM
    if players is None:
        return seen
    return f"player:{','.join(sorted(players))}" if players else GM
