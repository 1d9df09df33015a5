"""Reading and setting one field of a frozen blueprint by its dotted path, as in `shape.party.size`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from studio.domain.blueprint import DIALS, Blueprint
from studio.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUPS = ("identity", "pitch", "dials", "shape", "world", "table", "production", "generation")
_NESTED = {"game_system", "party", "vtt", "ai_policy", "budget"}


def _paths(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, info in model.model_fields.items():
        if name in _NESTED and isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from _paths(info.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name


def all_paths() -> tuple[str, ...]:
    """Every path of the form, in the form's order; dials by name."""
    found: list[str] = []
    for group in GROUPS:
        model = Blueprint.model_fields[group].annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            found += _paths(model, f"{group}.")
        else:
            found += [f"{group}.{dial}" for dial in DIALS]
    return tuple(found)


ALL_PATHS = all_paths()
_KNOWN = frozenset(ALL_PATHS)


def is_path(path: str) -> bool:
    """Whether this names a field of the form; a dial may have any name."""
    return path in _KNOWN or (path.startswith("dials.") and path.count(".") == 1 and len(path) > len("dials."))


def _require(path: str) -> None:
    if not is_path(path):
        raise Invalid(f"A blueprint has no field “{path}”.")


def get_path(blueprint: Blueprint, path: str) -> Any:
    """The value at the path; a dial that isn't set is None. Raises Invalid for a path that doesn't exist."""
    _require(path)
    value: Any = blueprint
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else getattr(value, part)
    return value


def set_path(blueprint: Blueprint, path: str, value: Any) -> Blueprint:
    """A copy with this value at the path, validated. None empties a field. Raises Invalid if the value doesn't fit."""
    _require(path)
    head, *rest = path.split(".")
    if head == "dials":
        dials = {k: v for k, v in blueprint.dials.items() if k != rest[0]}
        changed: Any = dials if value is None else dials | {rest[0]: value}
    else:
        changed = _put(getattr(blueprint, head), rest, value)
    try:
        part = Blueprint.model_validate({head: changed})
    except ValidationError as error:
        raise Invalid(f"“{value}” doesn't fit {path.rpartition('.')[2].replace('_', ' ')}.") from error
    return blueprint.model_copy(update={head: getattr(part, head)})


def _put(model: BaseModel, parts: list[str], value: Any) -> BaseModel | dict[str, Any]:
    """`model` with the value set, as a dump that is validated afterwards."""
    name, *rest = parts
    shallow = {k: getattr(model, k) for k in type(model).model_fields}
    if value is None and not rest:
        value = type(model).model_fields[name].get_default(call_default_factory=True)
    return shallow | {name: _put(shallow[name], rest, value) if rest else value}


def is_empty(value: Any) -> bool:
    """Whether nothing was said: no text, no item, no number, no yes or no."""
    return value is None or value == "" or value == ()


def filled_paths(blueprint: Blueprint) -> tuple[str, ...]:
    """The paths that hold something, in the form's order, extra dials last."""
    extra = [f"dials.{name}" for name in blueprint.dials if name not in DIALS]
    return tuple(p for p in (*ALL_PATHS, *extra) if not is_empty(get_path(blueprint, p)))
