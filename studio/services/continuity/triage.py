"""The triage queue: findings in the order in which they want an answer, and one of them with both its sides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from studio.domain.continuity import Evidence, Finding, FindingType, Severity
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens, may_see
from studio.domain.record import Frozen
from studio.domain.text import fold
from studio.domain.world import Claim, Entity, Entry, Relation
from studio.services.continuity import resolve, rulings
from studio.services.continuity.resolve import Offers
from studio.services.continuity.rulings import Judged
from studio.services.world.bulk import label_of
from studio.storage.search import entity_clause, entry_clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studio.domain.record import Record
    from studio.storage.project import Project

Show = Literal["open", "answered", "all"]
_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


class Sieve(Frozen):
    """Which findings to list. Empty words let everything through; `typed` is looked for in names and reasons."""

    show: Show = "open"
    severity: Severity | Literal[""] = ""
    type: FindingType | Literal[""] = ""
    subject: str = ""
    typed: str = ""


class Row(Frozen):
    """One finding as the list shows it."""

    judged: Judged
    title: str
    subjects: tuple[tuple[RecordId, str], ...] = ()

    @property
    def key(self) -> str:
        """The finding's identity."""
        return self.judged.finding.key


class Counts(Frozen):
    """How many findings want an answer, by how grave they are, and how many have one."""

    errors: int = 0
    warnings: int = 0
    notes: int = 0
    answered: int = 0

    @property
    def open(self) -> int:
        """All that want an answer."""
        return self.errors + self.warnings + self.notes


class Listing(Frozen):
    """The rows that a sieve lets through, and the counts of all that this lens shows."""

    rows: tuple[Row, ...] = ()
    counts: Counts = Counts()


class SideView(Frozen):
    """One side of a finding in words: whose it is, where it stands, and which record opens to show it."""

    evidence: Evidence
    name: str
    kind: str
    where: str
    opens: RecordId
    opens_kind: str
    status: str = ""
    certainty: str = ""


class CardView(Frozen):
    """A finding with everything that one needs to answer it."""

    row: Row
    sides: tuple[SideView, ...]
    offers: Offers = Offers()


def visible(findings: Iterable[Finding], lens: Lens) -> list[Finding]:
    """The findings that a lens may show: those open to its audience. Of another day only the game master hears."""
    if lens.is_gm:
        return list(findings)
    return [one for one in findings if lens.as_of is None and may_see(lens.audience, one.audience)]


def listing(
    project: Project, findings: Iterable[Finding], sieve: Sieve | None = None, *, lens: Lens = OPEN_EYES
) -> Listing:
    """The queue: errors first, then by what they are about."""
    judged = rulings.judged(project, visible(findings, lens))
    names = _names(project, (record for one in judged for record in one.finding.subjects), lens)
    rows = [row for one in judged if _passes(row := _row(one, names), sieve or Sieve())]
    rows.sort(key=lambda row: (_ORDER[row.judged.finding.severity], fold(row.title), row.key))
    return Listing(rows=tuple(rows), counts=_counts(judged))


def _counts(judged: Sequence[Judged]) -> Counts:
    opened = [one.finding.severity for one in judged if one.state == "open"]
    return Counts(
        errors=opened.count("error"), warnings=opened.count("warning"), notes=opened.count("note"),
        answered=len(judged) - len(opened),
    )  # fmt: skip


def counts(project: Project, findings: Iterable[Finding], *, lens: Lens = OPEN_EYES) -> Counts:
    """How much waits, for the status bar."""
    return _counts(rulings.judged(project, visible(findings, lens)))


def about(
    project: Project, findings: Iterable[Finding], entity_id: RecordId, *, lens: Lens = OPEN_EYES
) -> list[Finding]:
    """What is open about one entity, the gravest first."""
    mine = [one for one in visible(findings, lens) if entity_id in one.subjects]
    return sorted(rulings.open_ones(project, mine), key=lambda one: _ORDER[one.severity])


def _row(judged: Judged, names: Mapping[str, str]) -> Row:
    named = tuple((record, names[record]) for record in judged.finding.subjects if record in names)
    return Row(judged=judged, title=" · ".join(name for _, name in named) or "A note", subjects=named)


def _names(project: Project, ids: Iterable[RecordId], lens: Lens) -> dict[str, str]:
    """What these entities and notes are called, where the lens shows them; those in the trash too."""
    wanted = json.dumps(list(dict.fromkeys(ids)))
    rows = project.sql.execute(
        f"""SELECT e.id, e.name FROM entity e WHERE e.id IN (SELECT value FROM json_each(?1)) AND {entity_clause(lens)}
        UNION ALL SELECT e.id, e.name FROM entry e
        WHERE e.id IN (SELECT value FROM json_each(?1)) AND {entry_clause(lens)}""",
        (wanted,),
    )
    return dict(rows.fetchall())


def _passes(row: Row, sieve: Sieve) -> bool:
    finding, opened = row.judged.finding, row.judged.state == "open"
    if sieve.show != "all" and opened != (sieve.show == "open"):
        return False
    if sieve.severity not in ("", finding.severity) or sieve.type not in ("", finding.type):
        return False
    if sieve.subject and sieve.subject not in finding.subjects:
        return False
    words = fold(f"{row.title} {finding.why} {rulings.TYPE_WORDS[finding.type]} {row.judged.because}")
    return all(word in words for word in fold(sieve.typed).split())


# ---- one finding ---------------------------------------------------------------------------------------------------


def card(project: Project, finding: Finding, *, lens: Lens = OPEN_EYES) -> CardView:
    """One finding with both its sides, and what would answer it."""
    judged = rulings.judged(project, [finding])[0]
    sides = [_side(project, finding, one, lens) for one in finding.evidence]
    return CardView(
        row=_row(judged, _names(project, finding.subjects, lens)), sides=tuple(sides),
        offers=resolve.offers(project, finding) if lens.is_own else Offers(),
    )  # fmt: skip


def _side(project: Project, finding: Finding, evidence: Evidence, lens: Lens) -> SideView:
    record = project.any_record(evidence.record, deleted=True)
    opens = _opened(project, finding, record)
    return SideView(
        evidence=evidence, name=_names(project, [opens.id], lens).get(opens.id, "…") if opens else "gone",
        kind=opens.kind if opens else "", where=_where(record, evidence.path),
        opens=opens.id if opens else evidence.record, opens_kind=opens.kind if opens else "",
        status=record.status.value if record else "", certainty=getattr(record, "certainty", ""),
    )  # fmt: skip


def _opened(project: Project, finding: Finding, record: Record | None) -> Record | None:
    """What the window opens for a record: relations and claims are shown on the page of their subject."""
    if isinstance(record, Relation):
        end = record.from_id if record.from_id in finding.subjects or record.to_id not in finding.subjects else None
        return project.find(Entity, end or record.to_id, deleted=True)
    if isinstance(record, Claim):
        return project.find(Entity, record.subject_id, deleted=True)
    return record if record is None or record.id else None


def _where(record: Record | None, path: str) -> str:
    """Where in a record a side stands, in a word or two."""
    if isinstance(record, Relation):
        return "Relation"
    if isinstance(record, Claim):
        return f"Claim: {record.predicate.replace('_', ' ')}"
    if path.startswith("aliases."):
        return "Also called"
    if isinstance(record, Entry) and path in ("", "body"):
        return "Note"
    return label_of(path) if path else "Entry"
