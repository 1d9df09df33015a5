"""One Page Dungeon of Watabou: rooms as rectangles, doors between them, and numbered notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.maps.drawing import Plan, bounds, point
from studio.services.exchange.material import Material, Ref, Spot, Thing, unmarked
from studio.services.exchange.reading import refuse

if TYPE_CHECKING:
    from studio.services.exchange.maps.drawing import Box, Point
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "one-page-dungeon"
MOST_ROOMS = 5_000
_COLOURS = (
    (0xE9, 0xE2, 0xD2),
    (0x3B, 0x36, 0x33),
    (0xFB, 0xF8, 0xF0),
    (0xD9, 0xD3, 0xC4),
    (0xA9, 0xC9, 0xD8),
    (0x8A, 0x5A, 0x3A),
)
_PAPER, _WALL, _FLOOR, _GRID, _WATER, _DOOR = range(6)
_OPEN, _OUT, _SECRET = 0, 3, 6
"""Kinds of doors: an open passage, the way in, a secret door."""


def claims(probe: Probe) -> bool:
    """JSON with rooms in `rects`, `doors` and `notes`."""
    data = probe.json
    lists = ("rects", "doors", "notes")
    return (
        isinstance(data, dict)
        and isinstance(data.get("title"), str)
        and all(isinstance(data.get(k), list) for k in lists)
    )


def read(probe: Probe) -> Material:
    """The dungeon as a place with its story and notes, and a plan of it with a pin for each note."""
    data: Json = probe.json
    name = unmarked(data["title"]).strip() or unmarked(probe.stem)
    found = Material(source=SOURCE, title=f"the dungeon “{name}”", origin=data["title"] or probe.stem)
    rooms = [box for rect in data["rects"] if (box := _box(rect)) is not None]
    if not rooms:
        refuse(f"“{probe.name}” holds no room that can be drawn.")
    if len(rooms) > MOST_ROOMS:
        refuse(f"“{probe.name}” holds more than {MOST_ROOMS:,} rooms.")
    place, plan_of = Thing("dungeon", name, "location", told="dungeon"), Thing("map", name, "map", told="map")
    notes = [note for note in data["notes"] if isinstance(note, dict) and isinstance(note.get("text"), str)]
    place.fields["location_type"] = "dungeon"
    place.body = _body(data, notes)
    box = bounds([corner for x, y, right, bottom in rooms for corner in ((x, y), (right, bottom))]) or (0, 0, 1, 1)
    plan = _drawn(data, rooms, (box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1))
    plan_of.fields = {"map_type": "dungeon", "shows": Ref("dungeon"), "unit": "squares"}
    plan_of.fields["width"] = round(plan.box[2] - plan.box[0], 3)
    plan_of.raw = data
    if found.add_image("plan", f"{name} (plan)", plan.png()):
        plan_of.images = ["plan"]
    found.note(name, "the plan is drawn from its rooms and doors; hang the picture that you exported on it")
    found.things += [place, plan_of]
    for n, note in enumerate(notes, start=1):
        _pin(found, plan, n, note)
    return found


def _box(rect: Any) -> Box | None:
    start = point(rect)
    size = point({"x": rect.get("w"), "y": rect.get("h")}) if isinstance(rect, dict) else None
    if (
        start is None
        or size is None
        or not (0 < size[0] <= 1000 and 0 < size[1] <= 1000)
        or max(map(abs, start)) > 5000
    ):
        return None
    return start[0], start[1], start[0] + size[0], start[1] + size[1]


def _body(data: Json, notes: list[Json]) -> str:
    """The story, and the notes by their numbers."""
    story = data["story"].strip() if isinstance(data.get("story"), str) else ""
    lines = [f"{_ref(note, n)}. {unmarked(' '.join(note['text'].split()))}" for n, note in enumerate(notes, start=1)]
    return "\n\n".join(part for part in (unmarked(story), "\n".join(sorted(lines, key=_number))) if part)


def _number(line: str) -> tuple[int, str]:
    head = line.partition(".")[0]
    return (int(head) if head.isdecimal() and len(head) < 9 else 10**9), line


def _ref(note: Json, n: int) -> str:
    ref = note.get("ref")
    return unmarked(str(ref))[:12] if isinstance(ref, str | int) and str(ref).strip() else str(n)


def _pin(found: Material, plan: Plan, n: int, note: Json) -> None:
    at, ref = point(note.get("pos")), _ref(note, n)
    if at is None:
        found.skip(f"the pin of note {ref}", "it says no place on the plan")
        return
    x, y = plan.place(at)
    words = unmarked(" ".join(note["text"].split()))
    found.spots.append(Spot(f"note-{n}", "map", x, y, name=ref, target="dungeon", layer="Notes", note=words))


# ---- the plan --------------------------------------------------------------------------------------------------------


def _drawn(data: Json, rooms: list[Box], box: Box) -> Plan:
    """Walls first, floors on them, then the grid, water, columns and doors."""
    plan = Plan(box, _COLOURS)
    round_ones = [isinstance(rect, dict) and rect.get("rotunda") is True for rect in data["rects"] if _box(rect)]
    both = list(zip(rooms, round_ones, strict=True))
    for grown, colour in ((0.12, _WALL), (0.0, _FLOOR)):
        for (left, top, right, bottom), is_round in both:
            if is_round:
                radius = min(right - left, bottom - top) / 2 + grown
                plan.disc(((left + right) / 2, (top + bottom) / 2), radius, colour)
            else:
                plan.rect((left - grown, top - grown, right + grown, bottom + grown), colour)
    for cell in _points(data.get("water")):
        plan.rect((cell[0], cell[1], cell[0] + 1, cell[1] + 1), _WATER)
    for (left, top, right, bottom), is_round in both:
        if not is_round:
            _grid(plan, left, top, right, bottom)
    for column in _points(data.get("columns")):
        plan.disc(column, 0.18, _WALL)
    for door in data["doors"]:
        _door(plan, door)
    return plan


def _grid(plan: Plan, left: float, top: float, right: float, bottom: float) -> None:
    for n in range(1, int(right - left)):
        plan.line([(left + n, top), (left + n, bottom)], 0.02, _GRID)
    for n in range(1, int(bottom - top)):
        plan.line([(left, top + n), (right, top + n)], 0.02, _GRID)


def _door(plan: Plan, door: Any) -> None:
    """A door lies across the square that joins two rooms."""
    at = point(door)
    kind = door.get("type") if isinstance(door, dict) else None
    towards = point(door.get("dir")) if isinstance(door, dict) else None
    if at is None or towards is None or kind == _OPEN:
        return
    x, y = at[0] + 0.5, at[1] + 0.5
    across = (0.12, 0.4) if towards[0] else (0.4, 0.12)
    colour = {_SECRET: _WALL, _OUT: _DOOR}.get(kind, _DOOR) if isinstance(kind, int) else _DOOR
    plan.rect((x - across[0], y - across[1], x + across[0], y + across[1]), colour)


def _points(value: Any) -> list[Point]:
    return [at for one in (value if isinstance(value, list) else [])[:50_000] if (at := point(one)) is not None]
