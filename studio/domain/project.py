"""The project itself, as a record: its name and what it says about itself."""

from __future__ import annotations

from studio.domain.record import Record


class ProjectInfo(Record):
    """One per file. Renaming a project is a change like any other."""

    kind: str = "project"
    name: str
    description: str = ""
    sample: bool = False
