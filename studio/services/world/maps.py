"""Verbs on maps: an image with pins in layers and a distance scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain import mapscale
from studio.domain.errors import Invalid, NotFound
from studio.domain.text import line
from studio.domain.world import Entity, Link
from studio.domain.worldkit import Pin
from studio.services.world import entities, kinds, media, sound
from studio.services.world.map_pages import MAP, MapPage, map_page, pins_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.ids import RecordId
    from studio.domain.mapscale import Point
    from studio.storage.project import Project

_EDITABLE = frozenset({"name", "target_id", "layer", "icon", "note", "visibility", "x", "y"})


# ---- making maps -----------------------------------------------------------------------------------------------------


def create_map(
    project: Project,
    *,
    name: str,
    image: tuple[str, bytes] | None = None,
    digest: str = "",
    shows: RecordId | None = None,
) -> Entity:
    """Make a map of an image's bytes, or of one that the project has; `shows` is the place that it is a map of."""
    place = project.get(Entity, shows) if shows else None
    fields = {"shows": Link(text=place.name, ref=place.id)} if place is not None else {}
    visibility = place.visibility if place is not None else "gm"
    with project.commit("map.create", f"New map “{name.strip()}”"):
        made = entities.create_entity(project, kind=MAP, name=name, fields=fields, visibility=visibility)
        if image is not None:
            return media.attach_new(project, made.id, [image])
        return media.attach(project, made.id, [digest]) if digest else made


def set_scale(project: Project, map_id: RecordId, start: Point, end: Point, *, distance: float, unit: str) -> Entity:
    """Say how far two points of a map lie apart: from then on any path can be measured."""
    page = map_page(project, map_id)
    width = mapscale.width_from(start, end, distance=distance, aspect=page.aspect)
    unit = sound.short(line(unit), "The unit")
    words = mapscale.said(distance, unit)
    changes = {"fields.width": float(f"{width:.6g}"), "fields.unit": unit}
    return entities.update_entity(project, map_id, changes, message=f"Set the scale of “{page.map.name}” by {words}")


# ---- pins ------------------------------------------------------------------------------------------------------------


def add_pin(
    project: Project, map_id: RecordId, x: float, y: float, *, target_id: RecordId | None = None, name: str = "",
    layer: str = "", icon: str = "", note: str = "",
) -> Pin:  # fmt: skip
    """Put a pin on a map. It is open to whoever its entry is open to, and without one to whoever the map is."""
    sheet = project.get(Entity, map_id)
    target = project.get(Entity, target_id) if target_id else None
    own = sound.tidied(project, {"name": name, "layer": layer, "note": note})
    if target is None and not own["name"]:
        raise Invalid("A pin needs a name, or an entry that it stands for.")
    called = target.name if target is not None else own["name"]
    pin = Pin(
        map_id=map_id, x=_inside(x), y=_inside(y), target_id=target_id, icon=icon,
        visibility=(target or sheet).visibility, **own,
    )  # fmt: skip
    with project.commit("pin.add", f"Pin “{called}” on “{sheet.name}”") as commit:
        return commit.put(pin)


def create_pinned(
    project: Project, map_id: RecordId, x: float, y: float, *, kind: str, name: str, layer: str = ""
) -> Pin:
    """Make an entity and put a pin for it on a map, in one commit."""
    with project.commit("pin.create", f"New {kinds.spec_of(project, kind).noun} “{name.strip()}” on the map"):
        made = entities.create_entity(project, kind=kind, name=name)
        return add_pin(project, map_id, x, y, target_id=made.id, layer=layer)


def move_pin(project: Project, pin_id: RecordId, x: float, y: float) -> Pin:
    """Put a pin somewhere else on its map."""
    pin = project.get(Pin, pin_id)
    moved = pin.model_copy(update={"x": _inside(x), "y": _inside(y)})
    if moved == pin:
        return pin
    with project.commit("pin.move", f"Move the pin of “{_called(project, pin)}”") as commit:
        return commit.put(moved)


def update_pin(project: Project, pin_id: RecordId, changes: Mapping[str, Any]) -> Pin:
    """Change parts of a pin: `name`, `target_id`, `layer`, `icon`, `note`, `visibility`, `x`, `y`."""
    if unknown := set(changes) - _EDITABLE:
        raise Invalid(f"A pin has no “{min(unknown)}”.")
    old = project.get(Pin, pin_id)
    tidy = sound.tidied(project, changes)
    new = Pin.model_validate(old.model_dump() | tidy)
    if new.target_id is None and not new.name:
        raise Invalid("A pin needs a name, or an entry that it stands for.")
    if new == old:
        return old
    with project.commit("pin.update", f"Edit the pin of “{_called(project, new)}”") as commit:
        return commit.put(new)


def remove_pin(project: Project, pin_id: RecordId) -> None:
    """Take a pin off its map. Its entry stays."""
    pin = project.get(Pin, pin_id)
    with project.commit("pin.remove", f"Remove the pin of “{_called(project, pin)}”") as commit:
        commit.purge(pin.kind, pin.id)


def show_pins(project: Project, map_id: RecordId, visibility: str, *, layer: str | None = None) -> int:
    """Open all pins of a map, or of one layer of it, to an audience; gives how many changed."""
    visibility = sound.visibility(project, visibility)
    where = "of a layer" if layer else "of a map"
    pins = [pin for pin in pins_of(project, map_id) if layer is None or pin.layer == layer]
    changed = [pin for pin in pins if pin.visibility != visibility]
    if changed:
        with project.commit("pin.visibility", f"Show {len(changed)} pins {where} to {visibility}") as commit:
            for pin in changed:
                commit.put(pin.model_copy(update={"visibility": visibility}))
    return len(changed)


def _inside(at: float) -> float:
    """A fraction within the image, to a hundred-thousandth: finer than any screen."""
    return round(max(0.0, min(at, 1.0)), 5)


def _called(project: Project, pin: Pin) -> str:
    target = project.find(Entity, pin.target_id) if pin.target_id else None
    return pin.name or (target.name if target is not None else "a pin")


# ---- layers ----------------------------------------------------------------------------------------------------------


def add_layer(project: Project, map_id: RecordId, name: str) -> Entity:
    """Give a map one more layer."""
    page = map_page(project, map_id)
    tidy = _layer(name)
    return _set_layers(project, page, [*page.layers, tidy], f"Add the layer “{tidy}” to")


def rename_layer(project: Project, map_id: RecordId, old: str, new: str) -> Entity:
    """Call a layer something else; its pins stay in it. The name of another layer joins the two."""
    tidy = _layer(new)
    return _turn_layer(project, map_id, old, tidy, f"Rename the layer “{old}” to “{tidy}” on")


def _layer(words: str) -> str:
    return sound.line(words, "The layer", missing="A layer needs a name. Type one and try again.")


def remove_layer(project: Project, map_id: RecordId, name: str) -> Entity:
    """Take a layer away; its pins stay on the map, in no layer."""
    return _turn_layer(project, map_id, name, "", f"Remove the layer “{name}” from")


def _turn_layer(project: Project, map_id: RecordId, old: str, new: str, message: str) -> Entity:
    page = map_page(project, map_id)
    if old not in page.layers:
        raise NotFound(f"“{page.map.name}” has no layer “{old}”.")
    with project.commit("map.layers", f"{message} “{page.map.name}”") as commit:
        for pin in pins_of(project, map_id):
            if pin.layer == old:
                commit.put(pin.model_copy(update={"layer": new}))
        return _set_layers(project, page, [new if one == old else one for one in page.layers], message)


def _set_layers(project: Project, page: MapPage, layers: list[str], message: str) -> Entity:
    tidy = list(dict.fromkeys(one for one in layers if one))
    return entities.update_entity(project, page.map.id, {"fields.layers": tidy}, message=f"{message} “{page.map.name}”")
