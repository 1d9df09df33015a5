"""The command on the world's dates: what happened when, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.cli.projects import lens_of, opened
from studio.services.world.chronicle import chronicle

if TYPE_CHECKING:
    from argparse import Namespace

    from studio.cli.output import Output
    from studio.services.world.chronicle import Line


def timeline(arguments: Namespace, output: Output) -> int:
    """Dated things in order, each with its date as the world writes it."""
    with opened(arguments.file) as workspace:
        found = workspace.run_now(
            chronicle, since=arguments.since, until=arguments.until, only=arguments.kind, lane=arguments.lane,
            limit=arguments.limit, lens=lens_of(workspace, arguments),
        )  # fmt: skip
    rest = found.total - len(found.lines)
    lines = [_line(one) for one in found.lines] + ([f"… and {rest} more; --limit shows them"] if rest else [])
    return output.result({"items": found.lines, "total": found.total}, lines or "Nothing has a date there.")


def _line(one: Line) -> str:
    lanes = ", ".join(dict.fromkeys(lane for lane in (one.arc, one.place, one.faction) if lane and lane != one.name))
    title = f"{one.name}: {one.what}" if one.what else one.name
    return f"{one.text:>32}  {title}  ({one.kind.replace('_', ' ')})  {lanes}".rstrip()
