"""Markers of Kanka's maps as pins: they lie in units of the map, counted from its lower left corner."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from studio.services.exchange.loose import dicts, line
from studio.services.exchange.material import Spot

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.services.exchange.material import Material, Thing

Json = dict[str, Any]
ASSUMED = 1000.0
"""The width and height that Kanka gives a map without any."""


def add_pins(
    found: Material, thing: Thing, child: Json, text: Callable[[Any], str], is_open: Callable[[Any], bool]
) -> None:
    """The markers of one map. `text` makes Markdown of Kanka's HTML, `is_open` says what a visibility means."""
    groups = {one.get("id"): one for one in dicts(child.get("groups"))}
    for layer in dicts(child.get("layers")):
        found.skip(
            f"{thing.name}: {line(layer.get('name')) or 'a layer'}", "a map has one picture here; layers hold pins"
        )
    if child.get("is_real"):
        for one in dicts(child.get("markers")):
            found.skip(
                f"{thing.name}: {line(one.get('name'))}",
                "it lies on a map of the real Earth, of which there is no picture",
            )
        return
    width, height = _size(found, thing, child)
    for one in dicts(child.get("markers")):
        x, y = _number(one.get("longitude")), _number(one.get("latitude"))
        name, group = line(one.get("name")), groups.get(one.get("group_id")) or {}
        if x is None or y is None:
            found.skip(f"{thing.name}: {name or 'a marker'}", "it says nowhere where it lies")
            continue
        shown = thing.visibility != "gm" and is_open(one.get("visibility_id")) and is_open(group.get("visibility_id"))
        target = one.get("entity_id")
        found.spots.append(Spot(
            f"marker-{one.get('id')}", thing.key, x / width, 1 - y / height, name=name, layer=line(group.get("name")),
            target=str(target) if isinstance(target, int) else "", note=text(one.get("entry")),
            visibility="party" if shown else "gm",
        ))  # fmt: skip


def _size(found: Material, thing: Thing, child: Json) -> tuple[float, float]:
    image = next((found.images[key] for key in thing.images if key in found.images), None)
    width, height = _number(child.get("width")), _number(child.get("height"))
    if not width or not height:
        width, height = (image.width, image.height) if image else (ASSUMED, ASSUMED)
    return width, height


def _number(value: Any) -> float | None:
    try:
        made = float(value) if isinstance(value, str | int | float) else math.nan
    except (ValueError, OverflowError):
        return None
    return made if math.isfinite(made) else None
