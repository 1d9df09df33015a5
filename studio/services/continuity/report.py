"""A check as it is printed: findings by severity and type, with the keys of the file that the world came from."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from studio.domain.continuity import Evidence, Finding, FindingType, Severity
from studio.domain.lens import OPEN_EYES, Lens, may_see
from studio.domain.record import Frozen
from studio.services.continuity import reading, rulings
from studio.services.continuity.check import check_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.services.continuity.facts import World
    from studio.services.continuity.rulings import Judged
    from studio.storage.project import Project

_GRAVITY: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


class Line(Frozen):
    """One finding. `subjects` and `evidence` are keys of an imported world, `relations[i]` and `claims[i]` counted as
    in its export; what was made here is named by its id. `about` are the names of the subjects.
    """

    type: FindingType
    subjects: tuple[str, ...]
    evidence: tuple[str, ...]
    severity: Severity
    why: str
    rule: str
    key: str
    about: tuple[str, ...]
    sides: tuple[Evidence, ...]
    state: str = "open"
    because: str = ""


class Report(Frozen):
    """A whole check. `answered` counts what was found but is ignored or muted."""

    findings: tuple[Line, ...]
    counts: dict[str, int]
    answered: int
    checked: int
    seconds: float

    @property
    def errors(self) -> int:
        """How many findings are errors that nobody has answered."""
        return sum(line.severity == "error" and line.state == "open" for line in self.findings)


def report(
    project: Project,
    *,
    types: tuple[str, ...] = (),
    answered: bool = False,
    lens: Lens = OPEN_EYES,
    more: Iterable[Finding] = (),
    progress: Callable[[float], None] | None = None,
) -> Report:
    """Check a project and say what was found: the gravest first, without what was answered unless `answered`.

    `more` are findings that no rule makes: what a model judged.

    Others than the game master get what is built only on what they may see.
    """
    started = time.perf_counter()
    world = reading.read(project)
    found = [one for one in (*check_world(world, progress=progress), *more) if may_see(lens.audience, one.audience)]
    wanted = [one for one in found if not types or one.type in types]
    judged = rulings.judged(project, wanted)
    told = [one for one in judged if answered or one.state == "open"]
    keys = _Keys(project, world)
    told.sort(key=lambda one: (_GRAVITY[one.finding.severity], one.finding.type, keys.about(one.finding)))
    return Report(
        findings=tuple(_line(one, keys) for one in told),
        counts=dict(Counter(one.finding.type for one in told)),
        answered=sum(one.state != "open" for one in judged),
        checked=len(world.things) + len(world.facts) + len(world.notes),
        seconds=round(time.perf_counter() - started, 3),
    )


class _Keys:
    """Names records as the file does that they came from."""

    def __init__(self, project: Project, world: World) -> None:
        self._world = world
        self._keys: dict[str, str] = {one.id: one.key for one in world.things.values() if one.key}
        self._keys |= {one.id: one.key for one in world.notes.values() if one.key}
        for table in ("relation", "claim"):
            rows = project.sql.execute(f"SELECT id FROM {table} WHERE deleted_at IS NULL ORDER BY id")
            self._keys |= {row[0]: f"{table}s[{n}]" for n, row in enumerate(rows)}

    def __getitem__(self, record: str) -> str:
        return self._keys.get(record, record)

    def about(self, finding: Finding) -> tuple[str, ...]:
        return tuple(self._world.name(one) for one in finding.subjects)


def _line(judged: Judged, keys: _Keys) -> Line:
    found = judged.finding
    return Line(
        type=found.type, severity=found.severity, why=found.why, rule=found.rule, key=found.key,
        subjects=tuple(keys[one] for one in found.subjects), about=keys.about(found),
        evidence=tuple(dict.fromkeys(keys[side.record] for side in found.evidence)), sides=found.evidence,
        state=judged.state, because=judged.because,
    )  # fmt: skip
