"""Saying more of what is stated: since when it holds and until when, how sure it is, who may know it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid
from studio.domain.record import Frozen
from studio.domain.vocabulary import MIRRORS
from studio.domain.world import Certainty, Entity, Relation
from studio.services.world import claims, lenses, mirrors, relations
from studio.services.world.values import refs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from studio.domain.ids import RecordId
    from studio.storage.project import Project


class Terms(Frozen):
    """What somebody said about a statement, in words. None was left out and stays as it is; empty words clear it."""

    valid_from: str | None = None
    valid_to: str | None = None
    certainty: Certainty | None = None
    visibility: str | None = None

    @property
    def given(self) -> bool:
        """Whether anything was said."""
        return self != Terms()


def read(project: Project, terms: Terms) -> dict[str, Any]:
    """The terms that were given, as they are stored. Raises Invalid for a date or audience that isn't one."""
    found: dict[str, Any] = {}
    for name in ("valid_from", "valid_to"):
        if (words := getattr(terms, name)) is not None:
            found[name] = lenses.date_of(project, words) if words.strip() else None
    if terms.certainty is not None:
        found["certainty"] = terms.certainty
    if terms.visibility is not None:
        found["visibility"] = lenses.visibility_of(project, terms.visibility) if terms.visibility.strip() else ""
    return found


def state(project: Project, entity_id: RecordId, paths: Iterable[str], changes: Mapping[str, Any]) -> Entity:
    """Change what the claims under these fields (`fields.title`, `custom.omen`) say beyond their values.

    A link field that a relation speaks for has its dates and audience there: the relation is changed. Raises Invalid
    where a relation with these terms couldn't stand in the field.
    """
    with project.commit("entity.state", f"Say more about “{project.get(Entity, entity_id).name}”"):
        for path in paths:
            entity = project.get(Entity, entity_id)
            group, _, name = path.partition(".")
            behind = list(_behind(project, entity, path))
            for relation in behind:
                _fits(name, changes)
                relations.update_relation(project, relation.id, _of_relation(entity, changes))
            if not behind and name in getattr(entity, group):
                claims.state(project, entity_id, path, changes)
    return project.get(Entity, entity_id)


def _of_relation(entity: Entity, changes: Mapping[str, Any]) -> dict[str, Any]:
    """A relation has an audience of its own, where a field may have its entity's."""
    return {n: entity.visibility if n == "visibility" and not value else value for n, value in changes.items()}


def _behind(project: Project, entity: Entity, path: str) -> Iterator[Relation]:
    """The relations that stand in a link field."""
    group, _, name = path.partition(".")
    type_, subject = MIRRORS.get((entity.kind, name), ("", True))
    for other in refs(entity.fields.get(name)) if group == "fields" and type_ else ():
        ends = (entity.id, type_, other) if subject else (other, type_, entity.id)
        yield from (one for one in mirrors.same_fact(project, *ends) if mirrors.mirrored(one))


def _fits(name: str, changes: Mapping[str, Any]) -> None:
    if changes.get("valid_to") or changes.get("certainty", "fact") != "fact":
        raise Invalid(f"“{name}” shows what certainly is so now. Say what is over, or not sure, as a relation.")
