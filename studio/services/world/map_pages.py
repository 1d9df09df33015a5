"""What a map shows to a lens: its image, its pins where they and their entries are open, and what isn't placed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.errors import NotFound
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens, may_see
from studio.domain.record import Frozen
from studio.domain.worldkit import Media, Pin
from studio.services.world import media, names, seen
from studio.services.world.values import plain, refs
from studio.storage.search import entity_clause

if TYPE_CHECKING:
    from studio.domain.world import Entity
    from studio.storage.project import Project

MAP = "map"
_MOST_UNPLACED = 500
_OPEN = {"id", "map_id", "x", "y", "target_id", "icon", "visibility"}


class PinRow(Frozen):
    """A pin as it shows: called as it is or as its entry is, and the map that it leads to."""

    pin: Pin
    name: str
    kind: str = ""
    opens: RecordId | None = None


class Named(Frozen):
    """A record in a list."""

    id: RecordId
    name: str
    kind: str = ""


class MapPage(Frozen):
    """A map with all that its view shows to one lens. `around` are maps on which a pin leads here."""

    map: Named
    shows: Named | None = None
    image: Media | None = None
    pins: tuple[PinRow, ...] = ()
    layers: tuple[str, ...] = ()
    width: float | None = None
    unit: str = ""
    around: tuple[Named, ...] = ()

    @property
    def aspect(self) -> float:
        """Height of the image divided by its width."""
        return self.image.height / self.image.width if self.image is not None and self.image.width else 1.0


def pins_of(project: Project, map_id: RecordId) -> list[Pin]:
    """Every pin of a map, the oldest first."""
    return project.all(Pin, "owner_id = ?", (map_id,))


def map_page(project: Project, map_id: RecordId, lens: Lens = OPEN_EYES) -> MapPage:
    """A map as it shows to a lens: a pin is there if it is open, and its entry too."""
    sheet = seen.entity(project, map_id, lens=lens)
    if sheet.kind != MAP:
        raise NotFound("This map isn't in the project any more.")
    width = sheet.fields.get("width")
    layers = [line for line in plain(sheet.fields.get("layers")).splitlines() if line] if lens.is_gm else []
    pins = _rows(project, map_id, lens)
    shown = _seen(project, set(refs(sheet.fields.get("shows"))), lens)
    return MapPage(
        map=Named(id=sheet.id, name=sheet.name, kind=MAP),
        shows=next(iter(shown.values()), None),
        image=next(iter(media.images_of(project, map_id, lens)), None),
        pins=tuple(pins),
        layers=tuple(dict.fromkeys([*layers, *(row.pin.layer for row in pins if row.pin.layer)])),
        width=float(width) if isinstance(width, int | float) and width > 0 else None,
        unit=plain(sheet.fields.get("unit")),
        around=tuple(_around(project, sheet, lens)),
    )


def _rows(project: Project, map_id: RecordId, lens: Lens) -> list[PinRow]:
    pins = [_shown(project, pin, lens) for pin in pins_of(project, map_id) if may_see(lens.audience, pin.visibility)]
    known = _seen(project, {pin.target_id for pin in pins if pin.target_id}, lens)
    leads = _maps_of(project, set(known), lens)
    rows = []
    for pin in pins:
        if pin.target_id is None:
            rows.append(PinRow(pin=pin, name=pin.name))
        elif (target := known.get(pin.target_id)) is not None:
            opens = target.id if target.kind == MAP else leads.get(target.id)
            name = pin.name or target.name
            rows.append(PinRow(pin=pin, name=name, kind=target.kind, opens=None if opens == map_id else opens))
    return rows


def _shown(project: Project, pin: Pin, lens: Lens) -> Pin:
    """A pin as the lens shows it: its words without links to what may not be known, nothing of the work behind it."""
    if lens.is_gm:
        return pin
    words = {key: seen.text(project, getattr(pin, key), lens) for key in ("name", "note", "layer")}
    return Pin.model_validate(pin.model_dump(include=_OPEN) | words)


def _seen(project: Project, ids: set[RecordId], lens: Lens) -> dict[RecordId, Named]:
    found = names.labels(project, ids, lens=lens)
    return {ref: Named(id=ref, name=name, kind=kind) for ref, (name, kind) in found.items()}


def all_maps(project: Project, lens: Lens = OPEN_EYES) -> list[Named]:
    """Every map that this lens may see, by name."""
    rows = project.sql.execute(
        f"SELECT e.id, e.name, e.kind FROM entity e WHERE e.kind = '{MAP}' AND e.deleted_at IS NULL"
        f" AND {entity_clause(lens)} ORDER BY e.fold, e.id"
    )
    return [Named(id=row[0], name=row[1], kind=row[2]) for row in rows]


def _maps_of(project: Project, ids: set[RecordId], lens: Lens) -> dict[RecordId, RecordId]:
    """Place → the oldest map of it."""
    rows = project.sql.execute(
        f"""SELECT json_extract(e.data, '$.fields.shows.ref'), min(e.id) FROM entity e WHERE e.kind = '{MAP}'
        AND e.deleted_at IS NULL AND {entity_clause(lens)} GROUP BY 1"""
    )
    return {place: map_id for place, map_id in rows if place in ids}


def map_of(project: Project, entity_id: RecordId, lens: Lens = OPEN_EYES) -> RecordId | None:
    """The map to show for an entity: itself, the one of it, or one that has a pin for it."""
    known = all_maps(project, lens)
    if any(one.id == entity_id for one in known):
        return entity_id
    if found := _maps_of(project, {entity_id}, lens).get(entity_id):
        return found
    open_maps = {one.id for one in known}
    for pin in project.all(Pin, "instr(data, ?)", (f'"target_id":"{entity_id}"',)):
        if pin.map_id in open_maps and may_see(lens.audience, pin.visibility):
            return pin.map_id
    return None


def _around(project: Project, sheet: Entity, lens: Lens) -> list[Named]:
    here = {sheet.id, *refs(sheet.fields.get("shows"))}
    known = {one.id: one for one in all_maps(project, lens)}
    ids = {
        pin.map_id for one in here for pin in project.all(Pin, "instr(data, ?)", (f'"target_id":"{one}"',))
        if may_see(lens.audience, pin.visibility)
    }  # fmt: skip
    return sorted((known[one] for one in ids & known.keys() - {sheet.id}), key=lambda named: named.name.casefold())


def unplaced(project: Project, map_id: RecordId, lens: Lens = OPEN_EYES) -> list[Named]:
    """Places without a pin on this map: those that lie in what it shows first, then the others, by name."""
    sheet = seen.entity(project, map_id, lens=lens)
    shown = next(iter(refs(sheet.fields.get("shows"))), "")
    rows = project.sql.execute(
        f"""SELECT e.id, e.name, e.kind FROM entity e WHERE e.kind = 'location' AND e.deleted_at IS NULL AND e.id <> ?1
        AND {entity_clause(lens)} AND e.id NOT IN (SELECT json_extract(p.data, '$.target_id')
        FROM document p WHERE p.kind = 'pin' AND p.owner_id = ?2 AND p.deleted_at IS NULL
        AND json_extract(p.data, '$.target_id') IS NOT NULL)
        ORDER BY NOT EXISTS (SELECT 1 FROM relation r WHERE r.from_id = e.id AND r.to_id = ?1 AND r.type = 'located_in'
        AND r.deleted_at IS NULL), e.fold, e.id LIMIT {_MOST_UNPLACED}""",
        (shown, map_id),
    )
    return [Named(id=row[0], name=row[1], kind=row[2]) for row in rows]


def _view_key(map_id: RecordId) -> str:
    return f"map.view.{map_id}"


def keep_view(project: Project, map_id: RecordId, text: str) -> None:
    """Remember which layers of a map are off here; that is no change to the world."""
    project.scratch_set(_view_key(map_id), text)


def view(project: Project, map_id: RecordId) -> str:
    """How a map was looked at last."""
    return project.scratch_get(_view_key(map_id))
