"""Universal VTT: a battle map as one JSON, its picture in base64, walls, doors and lights in squares of a grid."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from studio.services.exchange.maps.drawing import point
from studio.services.exchange.material import Material, Thing, unmarked

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "universal-vtt"
_COUNTED = (("line_of_sight", "walls"), ("objects_line_of_sight", "walls of objects"), ("portals", "doors and windows"),
            ("lights", "lights"))  # fmt: skip


def claims(probe: Probe) -> bool:
    """JSON with a `resolution` that says how many pixels a square has."""
    data = probe.json
    resolution = data.get("resolution") if isinstance(data, dict) else None
    return isinstance(resolution, dict) and "pixels_per_grid" in resolution and ("image" in data or "format" in data)


def read(probe: Probe) -> Material:
    """The map with its picture and its width in squares; the rest is kept with it."""
    data: Json = probe.json
    name = unmarked(probe.stem)
    found = Material(source=SOURCE, title=f"the map “{name}”", origin=probe.stem)
    thing = Thing("map", name, "map", told="battle map")
    thing.fields["map_type"] = "battle map"
    size = point(data["resolution"].get("map_size"))
    if size is not None and size[0] > 0:
        thing.fields |= {"width": size[0], "unit": "squares"}
    else:
        found.note(name, "doesn't say how many squares it is wide")
    picture = _picture(data.get("image"))
    if picture is None:
        found.skip(f"the picture of “{name}”", "it isn't in the file, or is damaged")
    elif found.add_image("picture", name, picture):
        thing.images = ["picture"]
    thing.raw = {key: value for key, value in data.items() if key != "image"}
    counted = [f"{words}: {len(data[key])}" for key, words in _COUNTED if isinstance(data.get(key), list) and data[key]]
    if counted:
        found.note(name, f"what else the file holds is kept with the map, and not drawn ({', '.join(counted)})")
    found.things.append(thing)
    return found


def _picture(given: Any) -> bytes | None:
    """The bytes of an image in base64, also behind `data:…,` and with its padding lost."""
    if not isinstance(given, str) or not given:
        return None
    text = given.partition(",")[2] if given.startswith("data:") else given
    text = "".join(text.split()) if any(c.isspace() for c in text[:200]) else text
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
