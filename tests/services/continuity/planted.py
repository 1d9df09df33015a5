"""Small worlds with something wrong in them, and the findings that a checker would give of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.continuity import Evidence, Finding
from studio.domain.world import Claim, Entity
from studio.services.world import claims, entities, relations

if TYPE_CHECKING:
    from studio.domain.record import Record
    from studio.storage.project import Project


def side(record: Record, path: str = "", **more: Any) -> Evidence:
    """One side of a finding, as the record stands."""
    return Evidence(record=record.id, rev=record.rev, path=path, **more)


def twins(project: Project) -> tuple[Entity, Entity, Finding]:
    """Two entries that are surely one, with a relation and fields of their own."""
    mirel = entities.create_entity(
        project, kind="npc", name="Mirel Thane", summary="A captain.", body="Born at sea.",
        fields={"role": "captain", "fear": "fire"}, tags=["sea"],
    )  # fmt: skip
    other = entities.create_entity(
        project, kind="npc", name="Captain Mirel", summary="She lost a ship.", body="Hates calm water.",
        fields={"role": "pirate", "occupation": "sailor"}, tags=["ash"],
    )  # fmt: skip
    house = entities.create_entity(project, kind="faction", name="House Veyra")
    relations.add_relation(project, other.id, "member_of", house.id)
    other = project.get(Entity, other.id)
    found = Finding(
        type="duplicate", severity="warning", subjects=(mirel.id, other.id), rule="names_alike",
        evidence=(side(mirel, says="Mirel Thane"), side(other, says="Captain Mirel")),
        why="Both are captains called Mirel.",
    )  # fmt: skip
    return mirel, other, found


def two_titles(project: Project) -> tuple[Entity, Claim, Finding]:
    """An entry whose field says one thing, and a claim about the same field that says another, since 812."""
    tam = entities.create_entity(project, kind="npc", name="Tam", fields={"title": "Harbour master"})
    claim = claims.add_claim(project, tam.id, "title", "Admiral", valid_from="812")
    found = Finding(
        type="contradiction", subjects=(tam.id,), rule="single_valued",
        evidence=(
            side(tam, "fields.title", quote="Harbour master", says="Tam: title Harbour master"),
            side(claim, "value", quote="Admiral", when="812", says="Tam: title Admiral"),
        ),
        why="Tam has two titles at once.",
    )  # fmt: skip
    return tam, claim, found
