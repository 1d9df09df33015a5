"""What stands behind the values that go out: who said so, how sure, and how much of it a model wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from studio.domain.blueprint import Blueprint
from studio.domain.record import Authorship, Provenance, Status
from studio.domain.text import fold
from studio.services.world.bulk import label_of
from studio.services.world.marks import authorship_of
from studio.services.world.queue import flag_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.blueprint import AiPolicy
    from studio.domain.world import Entity
    from studio.storage.project import Project

Rule = Literal["none", "assisted", "allowed", ""]

_RULES: tuple[Rule, ...] = ("none", "assisted", "allowed")


class Doubt(NamedTuple):
    """Values of one entity that one should look at before they go out, and why."""

    paths: tuple[str, ...]
    why: str


class Policy(NamedTuple):
    """What the project says a model may do for its texts; `of` is the blueprint that says so."""

    rule: Rule
    disclosure: str = ""
    of: str = ""


def paths_of(entity: Entity) -> Iterator[str]:
    """Every path that holds something."""
    yield from (path for path in ("summary", "body", "subtype") if getattr(entity, path))
    for group in ("fields", "custom"):
        yield from (f"{group}.{key}" for key in getattr(entity, group))


def marks_of(entity: Entity, path: str) -> tuple[Provenance, ...]:
    """Where a value came from: its own marks, else those of the entry as a whole."""
    return entity.prov.get(path) or entity.prov.get("*", ())


def doubts(entity: Entity, shown: Entity | None = None) -> Iterator[Doubt]:
    """Values without a source, unsure ones, and a model's words that nobody has looked at. `shown` limits the paths."""
    marks = {path: marks_of(entity, path) for path in paths_of(shown or entity)}
    without = tuple(path for path, of in marks.items() if not of)
    unsure = tuple(path for path, of in marks.items() if of and flag_of(of[-1]))
    unread = tuple(path for path, of in marks.items() if authorship_of(of) is Authorship.AI_GENERATED)
    if without:
        yield Doubt(without, f"{_named(without)}: nothing says where that comes from")
    if unsure:
        yield Doubt(unsure, f"{_named(unsure)}: read with little confidence, and nobody confirmed it")
    if unread and entity.status is Status.DRAFT:
        yield Doubt(unread, f"{_named(unread)}: as a model wrote it, not reviewed yet")


def cited(entity: Entity, shown: Entity | None = None) -> Iterator[tuple[str, Provenance]]:
    """(what the value is called, its first source that can be opened) of every value that has one."""
    for path in paths_of(shown or entity):
        mark = next((one for one in marks_of(entity, path) if one.ref_id and one.source in ("chat", "entry")), None)
        if mark is not None:
            yield label_of(path), mark


def policy(project: Project) -> Policy:
    """The policy of the newest blueprint that has one."""
    stated = [one for one in project.all(Blueprint) if _says(one.production.ai_policy)]
    if not stated:
        return Policy("")
    newest = max(stated, key=lambda one: str(one.updated_at or ""))
    return Policy(_rule(newest.production.ai_policy.text), newest.production.ai_policy.disclosure, newest.name)


def _says(policy: AiPolicy) -> bool:
    return bool(policy.text or policy.art or policy.maps or policy.disclosure)


def _rule(words: str) -> Rule:
    said = fold(words)
    found: Rule = "none" if said in ("no", "never") else ""
    for rule in _RULES:
        if said.startswith(rule):
            found = rule
    return found


def by_models(entity: Entity, shown: Entity | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(paths that a model wrote and nobody changed, paths of a model's words that a person edited)."""
    who = {path: authorship_of(marks_of(entity, path)) for path in paths_of(shown or entity)}
    return (
        tuple(path for path, by in who.items() if by is Authorship.AI_GENERATED),
        tuple(path for path, by in who.items() if by is Authorship.AI_EDITED),
    )


def against(rule: Rule, generated: tuple[str, ...], edited: tuple[str, ...]) -> Doubt | None:
    """What breaks a policy, if anything does."""
    if rule == "none" and (generated or edited):
        return Doubt((*generated, *edited), f"{_named((*generated, *edited))}: written by a model, which isn't allowed")
    if rule == "assisted" and generated:
        return Doubt(generated, f"{_named(generated)}: a model's words as they are; a person has to work on them")
    return None


def _named(paths: tuple[str, ...]) -> str:
    words = [label_of(path) for path in paths]
    return ", ".join(words[:3]) + (f" and {len(words) - 3} more" if len(words) > 3 else "")
