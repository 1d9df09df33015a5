"""Watabou's cities: a loose GeoJSON whose features are bare shapes with an `id`; districts have names. North is up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.maps.drawing import Plan, bounds, middle, point
from studio.services.exchange.material import Material, Ref, Spot, Thing, unmarked
from studio.services.exchange.reading import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.services.exchange.maps.drawing import Point
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
Ring = list[list["Point"]]
SOURCE = "watabou-city"
MOST_POINTS = 1_000_000
_COLOURS = (
    (0xF2, 0xEC, 0xDC), (0xDD, 0xE3, 0xC4), (0xC8, 0xD8, 0xA8), (0xA9, 0xC9, 0xD8), (0xFA, 0xF6, 0xEA),
    (0xC9, 0xBC, 0xA6), (0x7A, 0x6A, 0x5A), (0x3B, 0x36, 0x33), (0x7F, 0x9A, 0x63), (0x9C, 0x7A, 0x52),
)  # fmt: skip
_EARTH, _FIELD, _GREEN, _WATER, _ROAD, _BUILDING, _TOWER, _WALL, _TREE, _PLANK = range(10)
_AREAS = (("fields", _FIELD), ("greens", _GREEN), ("water", _WATER))
_LINES = (("rivers", _WATER), ("roads", _ROAD), ("planks", _PLANK))
_HOUSES = (("squares", _ROAD), ("buildings", _BUILDING), ("prisms", _TOWER))


def claims(probe: Probe) -> bool:
    """Features with the ids that the generator gives."""
    data = probe.json
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        return False
    ids = {str(one.get("id")) for one in features[:100] if isinstance(one, dict)}
    return "buildings" in ids and ("values" in ids or "earth" in ids)


def read(probe: Probe) -> Material:
    """The city as a place, its districts as places in it, and a plan of it with a pin for each."""
    features = {str(one.get("id")): one for one in probe.json["features"] if isinstance(one, dict)}
    name = unmarked(probe.stem).replace("_", " ").strip() or "City"
    found = Material(source=SOURCE, title=f"the city “{name}”", origin=probe.stem)
    shown = [features[key] for key in ("buildings", "walls", "districts", "prisms") if key in features]
    points = [at for feature in shown for ring, _ in _shapes(feature) for line in ring for at in line]
    box = bounds(points, margin=0.08)
    if box is None:
        refuse(f"“{probe.name}” holds no building, wall or district that can be drawn.")
    if len(points) > MOST_POINTS:
        refuse(f"“{probe.name}” holds more than {MOST_POINTS:,} points.")
    city, sheet = Thing("city", name, "location", told="city"), Thing("map", name, "map", told="map")
    city.fields["location_type"] = "city"
    plan = _drawn(features, Plan(box, _COLOURS))
    if plan.full:
        found.note(name, "has so many shapes that not all are drawn")
    sheet.fields = {"map_type": "city", "shows": Ref("city"), "layers": ["Districts"]}
    sheet.raw = {"values": {k: v for k, v in features.get("values", {}).items() if not isinstance(v, list | dict)}}
    if found.add_image("plan", f"{name} (plan)", plan.png()):
        sheet.images = ["plan"]
    found.note(name, "the plan is drawn from its shapes, and its scale isn't in the file; set it on the map")
    found.things += [city, sheet]
    for n, district in enumerate(_geometries(features.get("districts"))):
        _district(found, plan, n, district)
    return found


def _district(found: Material, plan: Plan, n: int, district: Json) -> None:
    name = unmarked(district["name"]).strip() if isinstance(district.get("name"), str) else ""
    corners = [at for ring, _ in _shapes(district) for at in (ring[0] if ring else [])]
    if not name or not corners:
        found.skip(name or f"district {n + 1}", "it has no shape" if name else "it has no name")
        return
    key = f"district-{name}"
    if any(thing.key == key for thing in found.things):
        found.skip(name, "two districts have this name; the first is taken")
        return
    thing = Thing(key, name, "location", told="district")
    thing.fields = {"location_type": "district", "parent": Ref("city")}
    found.things.append(thing)
    x, y = plan.place(middle(corners))
    found.spots.append(Spot(f"pin-{key}", "map", x, y, target=key, layer="Districts"))


def _drawn(features: dict[str, Json], plan: Plan) -> Plan:
    """Land first, then water, ways, houses, walls and trees."""
    for key, colour in _AREAS:
        for rings, _ in _shapes(features.get(key)):
            plan.fill(rings, colour)
    for key, colour in _LINES:
        for line, width in _lines(features.get(key)):
            plan.line(line, width or 4, colour)
    for key, colour in _HOUSES:
        for rings, _ in _shapes(features.get(key)):
            plan.fill(rings, colour)
    tower = features.get("values", {}).get("towerRadius")
    radius = float(tower) if isinstance(tower, int | float) and 0 < tower < 100 else 0.0
    for line, width in _lines(features.get("walls")):
        plan.line([*line, *line[:1]], width or 4, _WALL)
        _dots(plan, line, radius, _WALL)
    for line, _ in _lines(features.get("trees")):
        _dots(plan, line, 3, _TREE)
    return plan


def _dots(plan: Plan, points: list[Point], radius: float, colour: int) -> None:
    for at in points if radius else ():
        plan.disc(at, radius, colour)


# ---- shapes ----------------------------------------------------------------------------------------------------------


def _geometries(feature: Any) -> list[Json]:
    """The parts of a collection, or the shape itself."""
    if not isinstance(feature, dict):
        return []
    parts = feature.get("geometries")
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else [feature]


def _shapes(feature: Any) -> Iterator[tuple[Ring, float]]:
    """(rings or lines, width) of each shape in a feature."""
    for part in _geometries(feature):
        width = part.get("width")
        wide = (
            float(width) if isinstance(width, int | float) and not isinstance(width, bool) and 0 < width < 1000 else 0.0
        )
        given = part.get("coordinates")
        if not isinstance(given, list):
            continue
        match part.get("type"):
            case "MultiPolygon":
                for polygon in given:
                    yield _rings(polygon), wide
            case "Polygon" | "MultiLineString":
                yield _rings(given), wide
            case "LineString" | "MultiPoint":
                yield _rings([given]), wide
            case _:
                pass


def _lines(feature: Any) -> Iterator[tuple[list[Point], float]]:
    """(line, width) of each line or ring in a feature."""
    for rings, width in _shapes(feature):
        for line in rings:
            yield line, width


def _rings(given: Any) -> Ring:
    lists = [ring for ring in given if isinstance(ring, list)] if isinstance(given, list) else []
    found = [[(at[0], -at[1]) for one in ring if (at := point(one)) is not None] for ring in lists]
    return [ring for ring in found if ring]
