"""One file, or a folder or zip of them: what belongs together is read together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.material import Material
from studio.services.exchange.reading import refuse
from studio.services.exchange.rules5e import bits, open5e, tools

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "rules-5e"
MAX_THINGS = 30_000
_TRIED = 12
"""So many files of a folder are looked at before it is taken to be something else."""


def claims(probe: Probe) -> bool:
    """Whether this is such a file, or one of the first files of a folder is."""
    if not probe.is_folder and not probe.is_zip:
        return _is_one(probe.json)
    return any(_is_one(probe.try_json(name)) for name in probe.jsons[:_TRIED])


def read(probe: Probe) -> Material:
    """Everything in it."""
    found = Material(source=SOURCE, title=f"the rules in “{probe.name}”")
    given = [(probe.name, probe.json)] if not (probe.is_folder or probe.is_zip) else []
    given = given or [(name, probe.try_json(name)) for name in probe.jsons]
    fixtures, brews = list[Any](), list[Json]()
    for name, data in given:
        if bits.is_bits(data):
            bits.add(found, data, name)
        elif open5e.is_open5e(data):
            fixtures += data
        elif tools.is_tools(data):
            brews.append(data)
        else:
            found.skip(name, "it is no data of the fifth edition")
        if len(found.things) + len(fixtures) > MAX_THINGS:
            refuse(f"“{probe.name}” holds more than {MAX_THINGS:,} things. Import a part of it at a time.")
    open5e.add(found, fixtures)
    tools.add(found, brews)
    for name in sorted(probe.names):
        if not name.casefold().endswith(".json"):
            found.skip(name, "only JSON holds such data")
    if not found.things:
        refuse(f"There is nothing in “{probe.name}” that can be brought in.")
    return found


def _is_one(data: Any) -> bool:
    return bits.is_bits(data) or open5e.is_open5e(data) or tools.is_tools(data)
