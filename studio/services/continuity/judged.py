"""What a model has judged, kept until its sides change: it was paid for, and no check finds it again.

It lies in the scratch of the project file: nobody wrote it, and undo has nothing to do with it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.domain.continuity import Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.storage.project import Project

KEY = "continuity.judged"
MOST = 400
"""So many are kept, the newest."""


def keep(project: Project, found: Iterable[Finding]) -> None:
    """Add what a model found to what is kept."""
    both = {one.key: one for one in (*kept(project), *found)}
    data = [one.model_dump(mode="json", exclude_defaults=True) for one in list(both.values())[-MOST:]]
    project.scratch_set(KEY, json.dumps(data, ensure_ascii=False) if data else "")


def kept(project: Project) -> list[Finding]:
    """What was judged and still stands: both quotes are where they were read, whatever else was edited."""
    text = project.scratch_get(KEY)
    found = [Finding.model_validate(one) for one in json.loads(text)] if text else []
    standing = ((one, [_now(project, side) for side in one.evidence]) for one in found)
    return [one.model_copy(update={"evidence": tuple(s for s in sides if s)}) for one, sides in standing if all(sides)]


def _now(project: Project, side: Evidence) -> Evidence | None:
    """A side as its record stands now; None where its words are gone."""
    record = project.any_record(side.record)
    if record is None or record.rev == side.rev:
        return side if record is not None else None
    at = _text(record, side.path).find(side.quote)
    span = (at, at + len(side.quote)) if side.span else None
    return side.model_copy(update={"rev": record.rev, "span": span}) if at >= 0 else None


def _text(record: Any, path: str) -> str:
    for part in path.split("."):
        record = record.get(part) if isinstance(record, dict) else getattr(record, part, None)
    return str(record or "")
