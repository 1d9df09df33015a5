"""Imports that were done: their reports are kept in the audit log, and are read here and put into words."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from studio.domain.record import Frozen
from studio.services.exchange.formats import FORMATS
from studio.services.exchange.staging import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.storage.project import Project

MOST = 500


class Past(Frozen):
    """One import: when, by whom, and its report."""

    id: str
    at: datetime
    author: str
    report: Report


def imports(project: Project, *, limit: int = MOST) -> list[Past]:
    """The imports of this project, the newest first."""
    rows = project.sql.execute(
        "SELECT id, time, author, detail FROM audit WHERE action = 'import' AND detail LIKE '%\"report\"%'"
        " ORDER BY time DESC, rowid DESC LIMIT ?",
        (limit,),
    )
    return [_read(*row) for row in rows]


def of_commit(project: Project, commit_id: str) -> Past | None:
    """The import that made a change; None where it was none, or its report wasn't kept."""
    row = project.sql.execute(
        "SELECT id, time, author, detail FROM audit WHERE action = 'import'"
        " AND json_extract(detail, '$.report.commit') = ?",
        (commit_id,),
    ).fetchone()
    return _read(*row) if row else None


def _read(past_id: str, at: str, author: str, detail: str) -> Past:
    report = Report.model_validate(json.loads(detail)["report"])
    return Past(id=past_id, at=datetime.fromisoformat(at), author=author, report=report)


def kept_and_lost(report: Report) -> list[tuple[str, str, str]]:
    """(format, what is kept of it, what is lost) for each format in an import."""
    ids = {one.strip() for one in report.format.split(",")}
    return [(one.title, one.kept, one.lost) for one in FORMATS if one.id in ids]


def sum_of(report: Report) -> str:
    """What was read, and where each of it went: the sum that has to come out."""
    counts = (
        (report.created, "new"), (report.updated, "changed"), (report.linked, "joined to what was here"),
        (report.unchanged, "as they were"),
    )  # fmt: skip
    parts = ", ".join(f"{count:,} {words}" for count, words in counts if count)
    how = f" ({parts})" if parts else ""
    return f"{report.read:,} found: {report.imported:,} imported{how}, {report.skipped:,} left out."


def unnamed(report: Report) -> int:
    """How many were left out beyond those that the report names."""
    return max(0, report.skipped - sum(1 for one in report.reasons if one.skipped))


def as_text(report: Report) -> str:
    """A report as plain text, to keep or to send."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"Import of {report.title or report.format}"
    yield sum_of(report)
    if report.kinds:
        yield "Kinds: " + ", ".join(f"{count:,} {kind}" for kind, count in report.kinds.items())
    for title, kept, lost in kept_and_lost(report):
        yield f"{title}. Kept: {kept} Lost: {lost}"
    for skipped, head in ((True, "Left out:"), (False, "Noted:")):
        if found := [one for one in report.reasons if one.skipped == skipped]:
            yield head
            yield from (f"- {one.what}: {one.why}" for one in found)
    if more := unnamed(report):
        yield f"- and {more:,} more that aren't named here"
