"""The kinds of a project: those that ship, with the fields that it adds to them, and those that it brings itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pydantic import Field

from studio.domain import kindschema
from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.text import fold
from studio.domain.vocabulary import KINDS, FieldSpec, KindSpec, plain_kind
from studio.domain.worldkit import EntityKind
from studio.storage.search import entity_clause

if TYPE_CHECKING:
    from studio.storage.project import Project

Specs = dict[str, KindSpec]
_cache: WeakKeyDictionary[Project, tuple[int, Specs]] = WeakKeyDictionary()


class KindRow(Frozen):
    """A kind as the list of kinds shows it. `id` is empty where the project says nothing about it."""

    spec: KindSpec
    id: RecordId = RecordId("")
    shipped: bool = True
    entities: int = 0
    definition: dict[str, Any] = Field(default_factory=dict)


# ---- which kinds there are -------------------------------------------------------------------------------------------


def own_specs(project: Project) -> Specs:
    """The kinds that the project says something about, by name. Read once for each change of the file."""
    now = project.sql.total_changes
    cached = _cache.get(project)
    if cached is not None and cached[0] == now and not project.sql.in_transaction:
        return cached[1]
    found = {r.name: kindschema.spec_of(r, KINDS.get(r.name)) for r in project.all(EntityKind)}
    if not project.sql.in_transaction:
        _cache[project] = (now, found)
    return found


def spec_of(project: Project, kind: str) -> KindSpec:
    """What a kind is called and which fields it has in this project; an unknown one has none."""
    return own_specs(project).get(kind) or KINDS.get(kind) or plain_kind(kind)


def field_of(project: Project, kind: str, name: str) -> FieldSpec:
    """The spec of one field; one outside its kind reads as plain text."""
    return spec_of(project, kind).field_or_plain(name)


_USED = """WITH RECURSIVE step(kind) AS (
SELECT min(kind) FROM entity UNION ALL SELECT (SELECT min(kind) FROM entity WHERE kind > step.kind) FROM step
WHERE step.kind IS NOT NULL) SELECT kind FROM step WHERE kind IS NOT NULL
AND EXISTS (SELECT 1 FROM entity e WHERE e.kind = step.kind AND e.deleted_at IS NULL)"""
"""The kinds that live entities have: from one to the next in the index, not through every entity."""


def all_specs(project: Project, *, lens: Lens = OPEN_EYES) -> list[KindSpec]:
    """Every kind: those that ship, then the project's own and those that only entities name, by label.

    An audience knows those that ship, and of the others those of entities that it sees.
    """
    own = own_specs(project)
    if not lens.is_gm:
        return [own.get(name, spec) for name, spec in KINDS.items()] + [
            own.get(name) or plain_kind(name) for name in sorted(used_kinds(project, lens) - KINDS.keys(), key=fold)
        ]
    used = {row[0] for row in project.sql.execute(_USED)}
    more = [own.get(name) or plain_kind(name) for name in (own.keys() | used) - KINDS.keys()]
    return [own.get(name, spec) for name, spec in KINDS.items()] + sorted(more, key=lambda spec: fold(spec.label))


def used_kinds(project: Project, lens: Lens) -> set[str]:
    """The kinds of what the lens shows."""
    rows = project.sql.execute(
        f"SELECT DISTINCT e.kind FROM entity e WHERE e.deleted_at IS NULL AND {entity_clause(lens)}"
    )
    return {row[0] for row in rows}


def named(project: Project, word: str, *, lens: Lens = OPEN_EYES) -> KindSpec:
    """The kind with this name or label. Raises Invalid with the kinds that the lens lets one know of."""
    specs = all_specs(project, lens=lens)
    wanted = fold(word).replace("_", " ")
    for spec in specs:
        if wanted in (fold(name).replace("_", " ") for name in (spec.name, spec.label, spec.plural)):
            return spec
    raise Invalid(f"There is no kind “{word}”. There are {', '.join(spec.name for spec in specs)}.")


def overview(project: Project) -> list[KindRow]:
    """Every kind with how many entities have it, for the editor of kinds."""
    records = {record.name: record for record in project.all(EntityKind)}
    counts = dict(
        project.sql.execute("SELECT kind, count(*) FROM entity WHERE deleted_at IS NULL GROUP BY kind").fetchall()
    )
    return [
        KindRow(
            spec=spec, shipped=spec.name in KINDS, entities=counts.get(spec.name, 0),
            **({"id": own.id, "definition": own.definition} if (own := records.get(spec.name)) else {}),
        )
        for spec in all_specs(project)
    ]  # fmt: skip


def gm_only(project: Project, kind: str) -> frozenset[str]:
    """The fields of a kind that only the game master may see."""
    return frozenset(field.name for field in spec_of(project, kind).fields if field.gm_only)


def date_fields(project: Project) -> frozenset[str]:
    """The names of all fields that hold dates, whatever their kind."""
    specs = [*KINDS.values(), *own_specs(project).values()]
    return frozenset(field.name for spec in specs for field in spec.fields if field.type == "date")
