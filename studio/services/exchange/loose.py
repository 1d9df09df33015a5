"""What JSON of other programs holds, taken as it may be: anything of another shape counts as nothing."""

from __future__ import annotations

from typing import Any

from studio.services.exchange.material import unmarked

Json = dict[str, Any]


def dicts(value: Any) -> list[Json]:
    """The objects in a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def items(value: Any) -> list[Any]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def line(value: Any) -> str:
    """A text or number in one line."""
    return unmarked(" ".join(str(value).split())) if isinstance(value, str | int | float) and value is not True else ""
