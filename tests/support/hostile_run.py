"""Bring files into a project one by one and say what came of each: `python -m tests.support.hostile_run PROJECT PATH…`.

It is a process of its own, so that the most memory that a reader ever took is that of its readers and nobody else's.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.domain.errors import ImportRefused
from studio.services.exchange.apart import read_apart
from studio.services.exchange.importing import import_parsed
from studio.storage.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator


def state(project: Project) -> str:
    """A hash over every row of the project's tables, and the last commit's."""
    return hashlib.sha256("\n".join(_dump(project)).encode()).hexdigest()


def _dump(project: Project) -> Iterator[str]:
    found = project.sql.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (table,) in found.fetchall():
        yield table
        yield from sorted(map(repr, project.sql.execute(f'SELECT * FROM "{table}"')))


def worked() -> float:
    """Seconds that this process and its ended children were at work: on a busy machine the clock tells of others."""
    import resource

    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def bring(project: Project, path: Path) -> dict[str, Any]:
    """What came of one file, the seconds of work here and in its reader, and whether the project is as it was."""
    before, started = state(project), worked()
    found: dict[str, Any] = {"path": str(path)}
    try:
        report = import_parsed(project, [read_apart(path)])
        found |= {"read": report.read, "added_up": report.read == report.imported + report.skipped}
    except ImportRefused as refusal:
        found |= {"refused": str(refusal), "untouched": state(project) == before}
    return found | {"seconds": worked() - started}


def main(argv: list[str]) -> int:
    """Write one line of JSON for each file, and a last one with the most memory of any reader, in bytes."""
    import resource

    project = Project.create(Path(argv[0]), name="Hostile", author="t", device="d")
    for path in argv[1:]:
        sys.stdout.write(json.dumps(bring(project, Path(path))) + "\n")
    sys.stdout.write(json.dumps({"peak": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024}) + "\n")
    project.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
