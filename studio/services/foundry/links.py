"""Links of a blueprint to entities: their present names, and finding who a written name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.blueprint import Blueprint
from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.domain.world import Entity, Link
from studio.services.foundry.apply import LINK_PATHS, LINKS_PATHS
from studio.services.foundry.paths import get_path, set_path
from studio.storage import search

if TYPE_CHECKING:
    from studio.storage.project import Project


class EntityHit(Frozen):
    """An entity offered for a link. `matched` is the name or alias that was met."""

    id: RecordId
    kind: str
    name: str
    matched: str = ""


def all_links(blueprint: Blueprint) -> tuple[Link, ...]:
    """Every link that the blueprint holds."""
    single = [get_path(blueprint, path) for path in sorted(LINK_PATHS)]
    many = [link for path in sorted(LINKS_PATHS) for link in get_path(blueprint, path)]
    return tuple(link for link in (*single, *many) if link is not None)


def linked_names(project: Project, blueprint: Blueprint) -> dict[RecordId, EntityHit]:
    """The linked entities that are still there, by id."""
    found = {}
    for link in all_links(blueprint):
        entity = project.find(Entity, link.ref) if link.ref else None
        if entity is not None:
            found[entity.id] = EntityHit(id=entity.id, kind=entity.kind, name=entity.name)
    return found


def complete(project: Project, typed: str, *, kinds: tuple[str, ...] = (), limit: int = 12) -> list[EntityHit]:
    """Entities whose name or alias fits what was typed; of these kinds first, then of any."""
    hits = search.names(project.sql, typed, limit=limit, kinds=kinds)
    if kinds and len(hits) < limit:
        have = {hit.id for hit in hits}
        hits += [h for h in search.names(project.sql, typed, limit=limit) if h.id not in have]
    return [EntityHit(id=RecordId(h.id), kind=h.kind, name=h.name, matched=h.matched) for h in hits[:limit]]


def resolve(project: Project, name: str) -> RecordId | None:
    """The entity that has exactly this name or alias, unless several have it."""
    found = list(dict.fromkeys(search.by_name(project.sql, name)))
    return RecordId(found[0]) if len(found) == 1 else None


def resolve_links(project: Project, blueprint_id: RecordId) -> Blueprint:
    """Link every written name that now belongs to exactly one entity."""
    blueprint = project.get(Blueprint, blueprint_id)
    with project.commit("blueprint.links", f"Link names of “{blueprint.name}”") as commit:
        return commit.put(_resolved(project, blueprint))


def _resolved(project: Project, blueprint: Blueprint) -> Blueprint:
    def bound(link: Link) -> Link:
        return link if link.ref else link.model_copy(update={"ref": resolve(project, link.text)})

    for path in LINK_PATHS:
        if (link := get_path(blueprint, path)) is not None:
            blueprint = set_path(blueprint, path, bound(link))
    for path in LINKS_PATHS:
        blueprint = set_path(blueprint, path, tuple(bound(link) for link in get_path(blueprint, path)))
    return blueprint
