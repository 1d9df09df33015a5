"""What people decided about findings: why one is none, which rules don't count here; what still stands of that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from studio.domain.continuity import Evidence, Finding, MutedRule, Ruling
from studio.domain.errors import Invalid
from studio.domain.record import STAMPS, Frozen
from studio.domain.world import Entity
from studio.storage import log

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

State = Literal["open", "ignored", "muted"]
Json = dict[str, Any]
_TABLES = ("entity", "entry", "relation", "claim", "message", "document")
_NOT_SAID = STAMPS | {"status", "tags", "visibility", "ai_visibility", "prov", "ext", "foreign_ids", "images", "body"}
"""What may change about a record as a whole without changing what it says; a text that is quoted has a path."""
_STATEMENTS = ("relation", "claim")
_DEPTH = 400
"""How far back in a record's history the state that was ruled on is looked for."""


class Judged(Frozen):
    """A finding, and whether somebody has already answered it: `because` is their reason."""

    finding: Finding
    state: State = "open"
    ruling: Ruling | None = None
    muted: MutedRule | None = None

    @property
    def because(self) -> str:
        """Why it doesn't count, in the words of whoever said so."""
        return self.ruling.reason if self.ruling else self.muted.reason if self.muted else ""


# ---- verbs ---------------------------------------------------------------------------------------------------------


def ignore(project: Project, finding: Finding, *, reason: str) -> Ruling:
    """Say why a finding is none. It comes back by itself where one of its sides changes."""
    with project.commit("continuity.ignore", f"Ignore {words_of(project, finding)}") as commit:
        return commit.put(ruling_of(project, finding, "ignored", _reason(reason)))


def reopen(project: Project, ruling_id: RecordId) -> None:
    """Take a ruling back: its finding waits for an answer again."""
    ruling = project.get(Ruling, ruling_id)
    with project.commit("continuity.reopen", f"Take a ruling back: {ruling.reason}") as commit:
        commit.delete(ruling)


def mute(project: Project, rule: str, *, reason: str, subject: RecordId | None = None) -> MutedRule:
    """Don't let a rule of the checker count in this project, or for one entity. What it finds stays listed as muted."""
    why = _reason(reason)
    if not rule.strip():
        raise Invalid("Name the rule to mute.")
    whom = f" for “{project.get(Entity, subject).name}”" if subject else ""
    there = next((one for one in muted_rules(project) if (one.rule, one.subject) == (rule, subject)), None)
    with project.commit("continuity.mute", f"Mute “{rule_words(rule)}”{whom}") as commit:
        if there is not None:
            return commit.put(there.model_copy(update={"reason": why}))
        return commit.put(MutedRule(rule=rule, subject=subject, reason=why))


def unmute(project: Project, muted_id: RecordId) -> None:
    """Let a muted rule count again."""
    muted = project.get(MutedRule, muted_id)
    with project.commit("continuity.unmute", f"Let “{rule_words(muted.rule)}” count again") as commit:
        commit.delete(muted)


def _reason(words: str) -> str:
    if not (tidy := " ".join(words.split())):
        raise Invalid("Say why, so that whoever comes after you understands it.")
    return tidy


def ruling_of(
    project: Project, finding: Finding, decision: Literal["ignored", "forked", "merged", "superseded"], reason: str
) -> Ruling:
    """The ruling on a finding, with its sides as they stand now."""
    records = [side.record for side in finding.evidence]
    return Ruling(
        finding_key=finding.key, finding_type=finding.type, decision=decision, reason=reason,
        sides=dict(revisions(project, records)), subjects=finding.subjects,
    )  # fmt: skip


# ---- what stands ---------------------------------------------------------------------------------------------------


def muted_rules(project: Project) -> list[MutedRule]:
    """The rules that don't count, the oldest first."""
    return project.all(MutedRule)


def judged(project: Project, findings: Iterable[Finding]) -> list[Judged]:
    """Each finding with what people said about it, in the same order."""
    rulings = {one.finding_key: one for one in project.all(Ruling)}
    muted, asked = muted_rules(project), [(one, rulings.get(one.key)) for one in findings]
    now = revisions(project, (record for one, ruling in asked if ruling for record in _records(one, ruling)))
    return [_judged(project, one, ruling, muted, now) for one, ruling in asked]


def open_ones(project: Project, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that still want an answer."""
    return [one.finding for one in judged(project, findings) if one.state == "open"]


def _records(finding: Finding, ruling: Ruling) -> list[str]:
    return [*ruling.sides, *(side.record for side in finding.evidence)]


def _judged(
    project: Project, finding: Finding, ruling: Ruling | None, muted: Sequence[MutedRule], now: Mapping[str, int]
) -> Judged:
    if ruling is not None and stands(project, ruling, finding, now):
        return Judged(finding=finding, state="ignored", ruling=ruling)
    for one in muted:
        if one.rule == rule_of(finding) and (one.subject is None or one.subject in finding.subjects):
            return Judged(finding=finding, state="muted", muted=one)
    return Judged(finding=finding)


def rule_of(finding: Finding) -> str:
    """What muting names: the checker's rule, or where it gave none the type."""
    return finding.rule or finding.type


def rule_words(rule: str) -> str:
    """A rule's name as people read it."""
    return rule.replace("_", " ").replace(".", ": ")


def stands(project: Project, ruling: Ruling, finding: Finding, now: Mapping[str, int]) -> bool:
    """Whether nothing that the finding quotes has changed since the ruling; `now` are the revisions of its records.

    Another status, another tag, a change elsewhere in the same record don't end it.
    """
    for record, then in ruling.sides.items():
        if now.get(record) != then and not _says_the_same(project, record, then, finding.evidence):
            return False
    return all(side.record in ruling.sides or side.record not in now for side in finding.evidence)


def revisions(project: Project, ids: Iterable[str]) -> dict[str, int]:
    """The revisions of these records as they are stored now; what is gone has none."""
    wanted = json.dumps(list(dict.fromkeys(ids)))
    found: dict[str, int] = {}
    for table in _TABLES:
        rows = project.sql.execute(
            f"SELECT id, rev FROM {table} WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
        found |= dict(rows.fetchall())
    return found


def _says_the_same(project: Project, record: str, rev: int, sides: Sequence[Evidence]) -> bool:
    """Whether a record says at the quoted places what it said at a revision."""
    history = log.record_history(project.sql, record, limit=_DEPTH)
    then = next((change.after for _, change in history if (change.after or {}).get("rev") == rev), None)
    now = history[0][1].after if history else None
    if then is None or now is None or now.get("deleted_at"):
        return False
    return all(_same(then, now, side) for side in sides if side.record == record)


def _same(then: Json, now: Json, side: Evidence) -> bool:
    if not side.path or now["kind"] in _STATEMENTS:
        kept = [{k: v for k, v in data.items() if k not in _NOT_SAID} for data in (then, now)]
        return kept[0] == kept[1]
    before, after = at(then, side.path), at(now, side.path)
    if side.span is not None and side.quote and isinstance(before, str) and isinstance(after, str):
        return side.quote in before and side.quote in after
    said = [data.get("stated", {}).get(side.path) for data in (then, now)]
    return before == after and said[0] == said[1]


def at(data: Any, path: str) -> Any:
    """What stands at a path (`fields.death`, `aliases.0.name`) of a record's JSON; None for nothing."""
    for part in path.split("."):
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data


# ---- in words ------------------------------------------------------------------------------------------------------


TYPE_WORDS = {
    "duplicate": "Perhaps the same", "alias_collision": "One name for two", "contradiction": "Contradiction",
    "posthumous": "After death", "prebirth": "Before birth", "after_dissolution": "After its end",
    "two_places": "Two places at once", "end_before_start": "Ends before it starts",
    "effect_before_cause": "Effect before cause", "age_mismatch": "Age doesn't fit", "cycle": "Goes in a circle",
    "deprecated_reference": "Leans on what is deprecated", "dangling_link": "Link to nothing",
    "text_contradiction": "Text against canon",
}  # fmt: skip
"""What each type of finding is called on screen."""


def words_of(project: Project, finding: Finding) -> str:
    """A finding in a few words: its type and whom it is about."""
    names = [found.name for record in finding.subjects[:2] if (found := project.find(Entity, record, deleted=True))]
    about = " and ".join(f"“{name}”" for name in names)
    return f"{TYPE_WORDS[finding.type].lower()}{f' of {about}' if about else ''}"
