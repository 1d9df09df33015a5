"""The publish gate: what is asked before anything goes out as canon, and the verbs that go through it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from studio.domain.errors import Conflict
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen, Status
from studio.domain.text import fold
from studio.domain.world import Entity, Entry
from studio.services.continuity import check, leaks, rulings, sources, triage
from studio.services.continuity.overrides import LetPass, Override, let_pass, write_down
from studio.services.world import assigning, bulk, entities
from studio.services.world.pages import source_title

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from studio.domain.continuity import Finding
    from studio.domain.ids import CommitId
    from studio.services.world.assigning import Assigned
    from studio.services.world.statements import Terms
    from studio.storage.project import Project

Gate = Literal["canon", "players", "everything"]
PartName = Literal["continuity", "provenance", "leaks", "ai_policy"]
Weight = Literal["error", "warning"]
__all__ = ["LetPass", "Override", "let_pass"]
CITED = 300
"""So many sources a report names."""
TITLES: dict[PartName, str] = {
    "continuity": "Continuity", "provenance": "Sources", "leaks": "Secrets", "ai_policy": "Use of AI",
}  # fmt: skip


class Problem(Frozen):
    """One thing that doesn't pass, or that one should look at; `record`, `path` and `span` say where it stands."""

    weight: Weight
    record: RecordId
    kind: str
    name: str
    why: str
    path: str = ""
    span: tuple[int, int] | None = None
    quote: str = ""
    finding: str = ""


class Citation(Frozen):
    """Where a value that goes out was read: a message or note, and the words in it."""

    record: RecordId
    name: str
    label: str
    source: str
    ref: RecordId
    ref_kind: str
    quote: str = ""
    span: tuple[int, int] | None = None


class Part(Frozen):
    """One of the four questions, answered. `cites` are the sources of what passes, the first of each value."""

    part: PartName
    sentence: str
    problems: tuple[Problem, ...] = ()
    cites: tuple[Citation, ...] = ()

    @property
    def title(self) -> str:
        """What the question is called on screen."""
        return TITLES[self.part]

    @property
    def errors(self) -> int:
        """How many problems stop it."""
        return sum(1 for one in self.problems if one.weight == "error")

    @property
    def verdict(self) -> Literal["passes", "look", "fails"]:
        """Whether it passes, passes with something to look at, or fails."""
        return "fails" if self.errors else "look" if self.problems else "passes"


class Report(Frozen):
    """What the gate says of what would go out. Any error blocks it."""

    gate: Gate
    audience: str
    records: int
    parts: tuple[Part, ...]

    @property
    def errors(self) -> int:
        """How many problems stop it."""
        return sum(part.errors for part in self.parts)

    @property
    def problems(self) -> int:
        """All there is to look at."""
        return sum(len(part.problems) for part in self.parts)

    @property
    def blocked(self) -> bool:
        """Whether it may only go out past a named override."""
        return self.errors > 0

    @property
    def sentence(self) -> str:
        """The whole of it in a line."""
        if self.blocked:
            return f"{_many(self.errors, 'thing', 'things')} must be answered before this goes out."
        if self.problems:
            return f"It may go out. {_many(self.problems, 'thing is', 'things are')} worth a look."
        return "All of it passes."


class Blocked(Conflict):
    """The gate said no. `report` says why."""

    code = "blocked"

    def __init__(self, report: Report) -> None:
        first = next(one for part in report.parts for one in part.problems if one.weight == "error")
        more = f" There {'is' if report.errors == 2 else 'are'} {report.errors - 1} more." if report.errors > 1 else ""
        super().__init__(
            f"“{first.name}” can't go out yet: {first.why.rstrip('.')}.{more}",
            hint="Answer it in Continuity, or say who lets it pass and why.",
        )
        self.report = report


# ---- reports -------------------------------------------------------------------------------------------------------


def report_canon(project: Project, ids: Iterable[RecordId], *, findings: Sequence[Finding] | None = None) -> Report:
    """What stands against these entities and notes becoming canon. `findings` are the current ones, if known."""
    records = list(_there(project, ids))
    things = [one for one in records if isinstance(one, Entity)]
    wanted = {one.id for one in records}
    found = check.check(project, only=wanted) if findings is None else findings
    mine = [one for one in found if check.concerns(one, wanted)]
    shown = [(one, one) for one in things]
    leaking: list[leaks.Leak] = []
    for audience in sorted({one.visibility for one in records} - {OPEN_EYES.audience}):
        lens = Lens(audience=audience.split(",")[0])
        leaking += leaks.leaks(project, lens=lens, only=[one.id for one in records if one.visibility == audience])
    return Report(
        gate="canon", audience=OPEN_EYES.audience, records=len(records),
        parts=_parts(project, mine, wanted, shown, _secrets(leaking, "warning"), _says_nothing_open(records)),
    )  # fmt: skip


def report_export(project: Project, *, lens: Lens = OPEN_EYES, findings: Sequence[Finding] | None = None) -> Report:
    """What stands against the whole world going out as this lens shows it. Errors are those about canon."""
    whole = leaks.read(project, lens)
    shown = {one.id: one for one in whole.shown if isinstance(one, Entity)}
    raw = [one for one in whole.raw if isinstance(one, Entity)]
    canon = {one.id for one in raw if one.id in shown and one.status is Status.CANON}
    canon |= {one.id for one in whole.shown if isinstance(one, Entry) and one.status is Status.CANON}
    found = check.check(project) if findings is None else findings
    going = set(shown)
    mine = [one for one in triage.visible(found, lens) if check.concerns(one, going)]
    pairs = [(one, shown[one.id]) for one in raw if one.id in shown]
    gate: Gate = "everything" if lens.is_gm else "players"
    quiet = "The game master's own copy: nothing is hidden in it." if lens.is_gm else ""
    told = _secrets(leaks.leaks(project, lens=lens, whole=whole), "error")
    parts = _parts(project, mine, canon, pairs, told, quiet)
    return Report(gate=gate, audience=lens.audience, records=len(shown), parts=parts)


def _there(project: Project, ids: Iterable[RecordId]) -> Iterator[Entity | Entry]:
    for record_id in dict.fromkeys(ids):
        record = project.any_record(record_id)
        if isinstance(record, Entity | Entry):
            yield record


def _says_nothing_open(records: Sequence[Entity | Entry]) -> str:
    only_gm = all(one.visibility == OPEN_EYES.audience for one in records)
    return "None of it is open to players." if only_gm else ""


def _parts(
    project: Project, findings: Sequence[Finding], blocking: Collection[RecordId],
    shown: Sequence[tuple[Entity, Entity]], secrets: Sequence[Problem], quiet: str,
) -> tuple[Part, ...]:  # fmt: skip
    judged = rulings.judged(project, findings)
    known = {raw.id: raw for raw, _ in shown}
    conflicts = [_conflict(project, one.finding, blocking, known) for one in judged if one.state == "open"]
    doubtful = [
        Problem(weight="warning", record=raw.id, kind=raw.kind, name=raw.name, why=doubt.why, path=doubt.paths[0])
        for raw, as_seen in shown
        for doubt in sources.doubts(raw, as_seen)
    ]
    answered = len(judged) - len(conflicts)
    passed = f"Nothing contradicts it.{f' {answered} answered before.' if answered else ''}"
    return (
        _part("continuity", conflicts, passed),
        _part("provenance", doubtful, "Every value has a source, and nobody doubts one.").model_copy(
            update={"cites": tuple(islice(_cites(project, shown), CITED))}
        ),
        _part("leaks", secrets, quiet or "Nothing in it names or quotes what is hidden."),
        _ai_part(project, shown),
    )


def _cites(project: Project, shown: Iterable[tuple[Entity, Entity]]) -> Iterator[Citation]:
    for raw, as_seen in shown:
        for label, mark in sources.cited(raw, as_seen):
            kind = {"chat": "message", "entry": "entry"}.get(mark.source, "")
            yield Citation(
                record=raw.id, name=raw.name, label=label, source=source_title(project, mark.ref_id) or mark.source,
                ref=RecordId(mark.ref_id), ref_kind=kind, quote=mark.quote, span=mark.span,
            )  # fmt: skip


def _secrets(leaking: Iterable[leaks.Leak], weight: Weight) -> list[Problem]:
    """What gives something away: nobody gets to read an entry by its becoming canon, but players do by an export."""
    return [
        Problem(
            weight=weight, record=one.record, kind=one.kind, name=one.name, why=one.why, path=one.path, span=one.span,
            quote=one.quote,
        )
        for one in leaking
    ]  # fmt: skip


def _part(part: PartName, problems: Sequence[Problem], passed: str) -> Part:
    ordered = tuple(sorted(problems, key=lambda one: (one.weight, one.name.casefold())))
    errors = sum(1 for one in ordered if one.weight == "error")
    words = _many(errors, "error", "errors") if errors else f"{len(ordered)} to look at"
    return Part(part=part, sentence=f"{words}." if ordered else passed, problems=ordered)


def _conflict(
    project: Project, finding: Finding, blocking: Collection[RecordId], known: Mapping[RecordId, Entity]
) -> Problem:
    """An open finding; an error where it is about something that goes out as canon. `known` need not be read again."""
    stops = finding.severity == "error" and check.concerns(finding, blocking)
    about = next((one for one in finding.subjects if one in blocking), next(iter(finding.subjects), None))
    side = finding.evidence[0] if finding.evidence else None
    whose = about or (side.record if side else RecordId(""))
    record = known.get(whose) or project.any_record(whose, deleted=True)
    return Problem(
        weight="error" if stops else "warning", record=record.id if record else RecordId(""),
        kind=record.kind if record else "", name=_name(record), finding=finding.key,
        why=f"{rulings.TYPE_WORDS[finding.type]}. {finding.why}", quote=side.quote if side else "",
    )  # fmt: skip


def _name(record: object) -> str:
    return str(getattr(record, "name", "") or getattr(record, "title", "") or "A statement")


def _ai_part(project: Project, shown: Sequence[tuple[Entity, Entity]]) -> Part:
    policy = sources.policy(project)
    problems, by_models = list[Problem](), 0
    for raw, as_seen in shown:
        generated, edited = sources.by_models(raw, as_seen)
        by_models += bool(generated or edited)
        if (broken := sources.against(policy.rule, generated, edited)) is not None:
            problems.append(
                Problem(
                    weight="error", record=raw.id, kind=raw.kind, name=raw.name, why=broken.why, path=broken.paths[0]
                )
            )
    said = f"“{policy.of}” says: {policy.rule}. " if policy.rule else "No blueprint says what a model may do. "
    told = f"Disclosure: {policy.disclosure}" if policy.disclosure else "Nothing says so to the readers."
    if not by_models:
        return _part("ai_policy", problems, f"{said}No model wrote any of it.")
    helped = f"{said}A model helped with {_many(by_models, 'entry', 'entries')}. {told}"
    made = _part("ai_policy", problems, helped)
    return made if problems else made.model_copy(update={"sentence": helped})


def _many(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


# ---- through the gate ----------------------------------------------------------------------------------------------


def set_status(
    project: Project, ids: Iterable[RecordId], status: Status | str, *,
    findings: Sequence[Finding] | None = None, override: Override | None = None,
) -> int:  # fmt: skip
    """Move entities and notes to a status, to canon only through the gate; gives how many. Raises Blocked."""
    wanted = [record.id for record in _there(project, ids)]
    if Status(status) is not Status.CANON:
        return _mark(project, wanted, Status(status))
    return _passing(
        project, lambda: report_canon(project, wanted, findings=findings), override,
        verb="entity.status", what=_whom(project, wanted), do=lambda: _mark(project, wanted, Status.CANON),
    )  # fmt: skip


def apply_bulk(
    project: Project, ids: Sequence[RecordId], change: bulk.Change, *,
    findings: Sequence[Finding] | None = None, override: Override | None = None,
) -> int:  # fmt: skip
    """The same change on many entities; one that makes them canon goes through the gate. Raises Blocked."""
    if not makes_canon(change):
        return bulk.apply(project, ids, change)
    return _passing(
        project, lambda: report_canon(project, ids, findings=findings), override,
        verb="entity.bulk", what=_whom(project, list(ids)), do=lambda: bulk.apply(project, ids, change),
    )  # fmt: skip


def makes_canon(change: bulk.Change) -> bool:
    """Whether a change of many makes them canon."""
    return any(edit.path == "status" and edit.value == Status.CANON for edit in change.edits)


def assign(
    project: Project, name: str, assignments: Sequence[str], *, kind: str = "", terms: Terms | None = None
) -> Assigned:
    """As `assigning.assign`; what it makes canon has to pass the gate with all that it says then. Raises Blocked."""

    def judge(entity: Entity) -> None:
        if entity.status is Status.CANON and (report := report_canon(project, [entity.id])).blocked:
            raise Blocked(report)

    asked = any(fold(one.partition("=")[0]) == "status" for one in assignments)
    return assigning.assign(project, name, assignments, kind=kind, terms=terms, judge=judge if asked else None)


def let_out(project: Project, report: Report, what: str, override: Override | None) -> None:
    """Ask before an export: raises Blocked, or writes down who let it pass, in the log as well."""
    if report.blocked and override is None:
        raise Blocked(report)
    if report.blocked and override is not None:
        who = override.checked()
        words = f"Let {what} out past {_many(report.errors, 'error', 'errors')}, decided by {who.name}: {who.reason}"
        with project.commit("publish.let_out", words, step="note") as commit:
            commit.force = True
            _write_down(project, report, what, who, commit.id)


def _passing(
    project: Project, ask: Callable[[], Report], override: Override | None, *,
    verb: str, what: str, do: Callable[[], int],
) -> int:  # fmt: skip
    report = ask()
    if not report.blocked:
        return do()
    if override is None:
        raise Blocked(report)
    who = override.checked()
    words = f"Make {what} canon past {_many(report.errors, 'error', 'errors')}, decided by {who.name}: {who.reason}"
    with project.commit(verb, words) as commit:
        done = do()
        _write_down(project, report, what, who, commit.id)
    return done


def _write_down(project: Project, report: Report, what: str, who: Override, commit: CommitId) -> None:
    stopped = [one for part in report.parts for one in part.problems if one.weight == "error"]
    past = [{"record": one.record, "name": one.name, "why": one.why, "finding": one.finding} for one in stopped]
    write_down(project, who, what, past, commit=commit, gate=report.gate, audience=report.audience)


def _mark(project: Project, ids: Sequence[RecordId], status: Status) -> int:
    """The status of entities and notes, in one commit."""
    notes = [one for record in ids if isinstance(one := project.any_record(record), Entry)]
    things = [record for record in ids if record not in {note.id for note in notes}]
    if not notes:
        return entities.set_status(project, things, status)
    with project.commit("entity.status", f"Mark {_whom(project, ids)} as {status.value}") as commit:
        touched = sum(1 for note in notes if commit.put(note.model_copy(update={"status": status})) is not note)
        return touched + (entities.set_status(project, things, status) if things else 0)


def _whom(project: Project, ids: Sequence[RecordId]) -> str:
    return f"“{_name(project.any_record(ids[0]))}”" if len(ids) == 1 else f"{len(ids)} entries"
