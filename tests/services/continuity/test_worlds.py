"""A small world of a genre of its own, with planted errors and traps, scored as the corpora are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.services.continuity import duplicates, reading, texts
from studio.services.exchange import import_files

if TYPE_CHECKING:
    from studio.domain.continuity import Finding
    from studio.storage.project import Project

FOLDER = Path(__file__).parent / "worlds" / "corrigan-ring"
NAMES = {"duplicate", "alias_collision"}


def scored(project: Project, findings: list[Finding], types: set[str]) -> tuple[float, float, int]:
    """(precision, recall, traps taken): what is right shares two subjects with a planted one, or its only one."""
    gold: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "continuity.gold.json").read_text(encoding="utf-8"))
    world = reading.read(project)
    keys = {one.id: one.key for one in (*world.things.values(), *world.notes.values())}
    planted = [set(one["subjects"]) for one in gold["findings"] if one["type"] in types]
    traps = [set(one["subjects"]) for one in gold["traps"] if one["looks_like"] in types]
    said = [{keys[one] for one in finding.subjects} for finding in findings]
    right = [one for one in said if any(len(one & other) >= min(2, len(one), len(other)) for other in planted)]
    found = [other for other in planted if any(len(one & other) >= min(2, len(one), len(other)) for one in said)]
    taken = [trap for trap in traps if any(len(one & trap) >= 2 for one in said if one not in right)]
    return len(right) / max(1, len(said)), len(found) / len(planted), len(taken)


def test_duplicates_and_collisions_are_found_and_no_trap_is_taken(project: Project) -> None:
    import_files(project, [FOLDER / "world.json"])
    precision, recall, traps = scored(project, duplicates.find(reading.read(project)), NAMES)
    assert (precision, traps) == (1.0, 0)
    assert recall >= 0.85


def test_text_contradictions_are_certain_though_not_all_are_found(project: Project) -> None:
    import_files(project, [FOLDER / "world.json"])
    precision, recall, traps = scored(project, texts.find(reading.read(project)), {"text_contradiction"})
    assert (precision, traps) == (1.0, 0)
    assert recall >= 0.6
