"""What was let out past the publish gate: written to the audit log, and read from there for report and history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studio.domain.errors import Invalid
from studio.domain.record import Frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from studio.domain.ids import CommitId
    from studio.storage.project import Project

ACTION = "publish.override"
VERBS = ("entity.status", "entity.bulk", "publish.let_out")
"""The commits that may have passed the gate."""


class Override(Frozen):
    """Somebody lets something out although it doesn't pass: who, and why. It is written to the audit log."""

    name: str
    reason: str

    def checked(self) -> Override:
        """Tidied up. Raises Invalid where name or reason is missing."""
        if not (name := self.name.strip()) or not (reason := " ".join(self.reason.split())):
            raise Invalid("Say who lets it pass, and why.")
        return Override(name=name, reason=reason)


class LetPass(Frozen):
    """Somebody let something out past the gate: when, who, what, why, past how many errors and which, in words."""

    at: str
    name: str
    what: str
    reason: str
    past: int
    errors: tuple[str, ...]


def write_down(project: Project, who: Override, what: str, past: Sequence[dict[str, str]], **more: Any) -> None:
    """Put an override into the audit log, with each error that was passed over: `record`, `name`, `why`, `finding`.

    `more` holds `commit`, the change that it belongs to, and details of the gate.
    """
    commit: CommitId | None = more.pop("commit", None)
    detail = {**more, "name": who.name, "reason": who.reason, "what": what, "past": list(past)}
    project.audit(ACTION, f"{who.name} let {what} pass: {who.reason}", detail, commit=commit)


def let_pass(project: Project, *, limit: int = 50) -> list[LetPass]:
    """What was let out past the gate, the newest first, as the audit log has it."""
    rows = project.sql.execute(
        "SELECT time, detail FROM audit WHERE action = ? ORDER BY time DESC, rowid DESC LIMIT ?", (ACTION, limit)
    )
    return [_told(*row) for row in rows]


def of_commit(project: Project, commit_id: str) -> LetPass | None:
    """What one change was let out past; None where it was not."""
    row = project.sql.execute(
        "SELECT time, detail FROM audit WHERE action = ? AND commit_id = ?", (ACTION, commit_id)
    ).fetchone()
    return _told(*row) if row else None


def _told(at: str, detail: str) -> LetPass:
    one = json.loads(detail)
    errors = tuple(f"{past['name']}: {past['why']}" if past.get("name") else past["why"] for past in one["past"])
    return LetPass(at=at, name=one["name"], what=one["what"], reason=one["reason"], past=len(errors), errors=errors)
