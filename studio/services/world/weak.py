"""Weak ties of a graph: links that stand in fields and texts, without being relations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studio.domain.errors import NotFound
from studio.domain.ids import RecordId
from studio.domain.text import fold, wikilinks
from studio.domain.vocabulary import MIRRORS
from studio.services.world import kinds, seen
from studio.services.world.ties import Edge
from studio.services.world.values import refs
from studio.storage.search import name_clause

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from studio.domain.lens import Lens
    from studio.domain.world import Entity
    from studio.storage.project import Project


def weak_edges(
    project: Project, ids: Collection[str], related: Collection[frozenset[str]], *, lens: Lens
) -> list[Edge]:
    """The links between these entities that fields and texts have, each record read as the lens shows it.

    Fields that mirror relations are left out, and so are mentions between two that are `related` anyway.
    """
    names = _names(project, ids, lens)
    found: dict[str, Edge] = {}
    for record in ids:
        try:
            entity = seen.entity(project, record, lens=lens)
        except NotFound:
            continue
        for label, other in _links(project, entity):
            if other in ids and other != record:
                edge = _edge(entity.id, label, other, inverse=f"{label} of")
                found[edge.id] = edge
        for folded in {fold(target) for target in wikilinks(entity.body)}:
            other = names.get(folded, "")
            if other and other != record and frozenset((record, other)) not in related:
                edge = _edge(entity.id, "mentions", other, inverse="mentioned by")
                found[edge.id] = edge
    return sorted(found.values())


def _names(project: Project, ids: Collection[str], lens: Lens) -> dict[str, str]:
    """Folded name → entity, of the names under which this lens knows these entities; a name before an alias."""
    rows = project.sql.execute(
        f"""SELECT n.fold, n.record FROM json_each(?) f CROSS JOIN name n ON n.record = f.value
        WHERE {name_clause(lens)} ORDER BY n.is_alias DESC, n.record DESC""",
        (json.dumps(list(ids)),),
    )
    return dict(rows.fetchall())


def _links(project: Project, entity: Entity) -> Iterator[tuple[str, RecordId]]:
    """(words, entity) for each link in a field that is no relation's mirror."""
    if entity.parent:
        yield "part of", entity.parent
    for name, value in entity.fields.items():
        if (entity.kind, name) not in MIRRORS:
            words = kinds.field_of(project, entity.kind, name).label.lower()
            yield from ((words, ref) for ref in refs(value))


def _edge(from_id: RecordId, label: str, to_id: str, *, inverse: str) -> Edge:
    return Edge(
        id=RecordId(f"{from_id}:{label}:{to_id}"), from_id=from_id, to_id=RecordId(to_id), type=label, label=label,
        inverse=inverse, family="other", weak=True,
    )  # fmt: skip
