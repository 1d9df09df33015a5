"""Fronts: timeline arcs of that sort, with stakes, portents to tick and clocks; made anew or from a blueprint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.blueprint import Blueprint
from studio.domain.errors import Invalid, NotFound
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen, Provenance
from studio.domain.text import fold, line
from studio.domain.world import Entity
from studio.domain.worldkit import Clock
from studio.services.world import clocks, entities, seen
from studio.services.world.values import plain
from studio.storage.search import entity_clause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.storage.project import Project

ARC, FRONT = "timeline_arc", "front"
_TICKED = re.compile(r"\s*\[[xX]\]\s*")
_OPEN = re.compile(r"\s*\[ ?\]\s*")


class Portent(Frozen):
    """A sign that a danger comes closer, and whether it was seen already."""

    text: str
    done: bool = False


class FrontRow(Frozen):
    """A front as its view shows it."""

    id: RecordId
    name: str
    summary: str = ""
    stakes: str = ""
    state: str = ""
    portents: tuple[Portent, ...] = ()
    clocks: tuple[Clock, ...] = ()


def portents_of(lines: Iterable[str]) -> tuple[Portent, ...]:
    """Lines of the field `portents`; a ticked one starts with `[x]`."""
    found = []
    for one in lines:
        if mark := _TICKED.match(one):
            found.append(Portent(text=one[mark.end() :].strip(), done=True))
        elif text := (one[mark.end() :] if (mark := _OPEN.match(one)) else one).strip():
            found.append(Portent(text=text))
    return tuple(found)


def _line(portent: Portent) -> str:
    return f"[x] {portent.text}" if portent.done else portent.text


def create_front(
    project: Project, *, name: str, stakes: str = "", portents: Iterable[str] = (), segments: int = clocks.USUAL,
    filled: int = 0, prov: tuple[Provenance, ...] = (),
) -> Entity:  # fmt: skip
    """Make a front with its clock, in one commit."""
    fields = {"arc_kind": FRONT, "stakes": stakes, "portents": [_line(one) for one in portents_of(portents)]}
    marks = {f"fields.{key}": prov for key in fields} | {"name": prov} if prov else None
    with project.commit("front.create", f"New front “{name.strip()}”"):
        made = entities.create_entity(project, kind=ARC, name=name, fields=fields, prov=marks)
        clocks.add_clock(project, name=name, owner_id=made.id, segments=segments, filled=filled)
    return made


def waiting(project: Project) -> list[tuple[RecordId, str]]:
    """(blueprint, name) of the fronts that blueprints name and that aren't in the world yet."""
    there = {fold(row.name) for row in fronts(project)}
    return [
        (blueprint.id, front.name)
        for blueprint in project.all(Blueprint)
        for front in blueprint.world.fronts
        if front.name.strip() and fold(front.name) not in there
    ]


def from_blueprint(project: Project, blueprint_id: RecordId) -> list[Entity]:
    """Turn the fronts of a blueprint into real ones, in one commit; those that are there already are left alone."""
    blueprint = project.get(Blueprint, blueprint_id)
    names = {name for of, name in waiting(project) if of == blueprint_id}
    wanted = list({front.name: front for front in blueprint.world.fronts if front.name in names}.values())
    if not wanted:
        raise Invalid("Every front of this blueprint is in the world already.")
    why = (Provenance(source="entity", ref_id=blueprint_id, basis="quoted", at=project.clock()),)
    made = []
    with project.commit("front.from_blueprint", f"Make {_count(len(wanted))} of “{blueprint.name}”"):
        for front in wanted:
            segments, filled = clocks.segments_in(front.clock)
            made.append(
                create_front(
                    project, name=front.name, stakes=front.stakes, portents=front.portents, segments=segments,
                    filled=filled, prov=why,
                )
            )  # fmt: skip
    return made


def _count(n: int) -> str:
    return "a front" if n == 1 else f"{n} fronts"


def add_portent(project: Project, front_id: RecordId, text: str) -> Entity:
    """Write one more portent down."""
    if not (words := line(text)):
        raise Invalid("A portent needs words: what will be seen?")
    known = _portents(project, front_id)
    return _set(project, front_id, (*known, Portent(text=words)), "Add a portent to")


def tick_portent(project: Project, front_id: RecordId, at: int, *, done: bool) -> Entity:
    """Mark a portent as seen, or as not seen yet. `at` counts from nought."""
    known = list(_portents(project, front_id))
    if not 0 <= at < len(known):
        raise NotFound("This portent isn't there any more.")
    known[at] = known[at].model_copy(update={"done": done})
    return _set(project, front_id, tuple(known), "Tick a portent of" if done else "Untick a portent of")


def remove_portent(project: Project, front_id: RecordId, at: int) -> Entity:
    """Take a portent away."""
    known = list(_portents(project, front_id))
    if not 0 <= at < len(known):
        raise NotFound("This portent isn't there any more.")
    del known[at]
    return _set(project, front_id, tuple(known), "Remove a portent of")


def _portents(project: Project, front_id: RecordId) -> tuple[Portent, ...]:
    return portents_of(plain(project.get(Entity, front_id).fields.get("portents")).splitlines())


def _set(project: Project, front_id: RecordId, portents: tuple[Portent, ...], words: str) -> Entity:
    name = project.get(Entity, front_id).name
    lines = [_line(one) for one in portents]
    return entities.update_entity(project, front_id, {"fields.portents": lines}, message=f"{words} “{name}”")


def fronts(project: Project, lens: Lens = OPEN_EYES) -> list[FrontRow]:
    """The fronts that this lens may see, by name. Portents are the game master's."""
    rows = project.sql.execute(
        f"""SELECT e.id FROM entity e WHERE e.kind = '{ARC}' AND e.deleted_at IS NULL AND {entity_clause(lens)}
        AND lower(json_extract(e.data, '$.fields.arc_kind')) = '{FRONT}'
        ORDER BY e.status = 'deprecated', e.fold, e.id"""
    ).fetchall()
    return [_row(project, seen.entity(project, row[0], lens=lens), lens) for row in rows]


def _row(project: Project, entity: Entity, lens: Lens) -> FrontRow:
    lines = plain(entity.fields.get("portents")).splitlines()
    return FrontRow(
        id=entity.id, name=entity.name, summary=entity.summary, stakes=plain(entity.fields.get("stakes")),
        state=plain(entity.fields.get("state")), portents=portents_of(lines),
        clocks=tuple(clocks.clocks_of(project, entity.id, lens)),
    )  # fmt: skip
