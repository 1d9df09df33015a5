"""Answering a finding for good: merge two entries, make two of one, let the newer statement end the older one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.dates import resolve
from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.record import Frozen, Status
from studio.domain.text import fold
from studio.domain.world import Claim, DateValue, Entity, Entry, Relation
from studio.services.continuity import rulings
from studio.services.world import claims, entities, kinds, merge, relations
from studio.services.world.values import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.continuity import Evidence, Finding
    from studio.services.world.merge import MergeResult, Side
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project

NAMES = ("duplicate", "alias_collision")
"""Findings about what two entries are called."""
_AT_ONCE = ("contradiction", "two_places")
"""Findings where one side may simply have come after the other: it gets an end, instead of being put away."""


class Offers(Frozen):
    """What would answer a finding. `fork` and `keep` are places in its evidence: of what could be parted from the
    rest, of what could hold against the other side, and of what could be put away."""

    merge: tuple[RecordId, ...] = ()
    fork: tuple[int, ...] = ()
    keep: tuple[int, ...] = ()
    put_away: tuple[int, ...] = ()


def offers(project: Project, finding: Finding) -> Offers:
    """Which of the answers make sense for a finding as the records stand now."""
    there = [one for record in finding.subjects if (one := project.find(Entity, record))]
    records = [project.any_record(side.record) for side in finding.evidence]
    named = finding.type in NAMES
    pair = tuple(one.id for one in there) if named and len(there) > 1 else ()
    if named:
        fork = tuple(n for n, record in enumerate(records) if isinstance(record, Entity))
    else:
        fork = tuple(n for n, side in enumerate(finding.evidence) if _can_part(records[n], side))
    ends = [n for n, side in enumerate(finding.evidence) if _can_end(records[n], side)]
    if finding.type in NAMES or len(records) < 2:
        return Offers(merge=pair, fork=fork)
    if len(records) > 2:
        return Offers(merge=pair, fork=fork, put_away=tuple(ends))
    return Offers(merge=pair, fork=fork, keep=tuple(1 - n for n in reversed(ends)))


def _can_part(record: Any, side: Evidence) -> bool:
    """Whether a statement could be moved to an entry of its own: claims, relations, values of fields."""
    return isinstance(record, Claim | Relation) or (isinstance(record, Entity) and _is_field(side.path))


def _can_end(record: Any, side: Evidence) -> bool:
    """Whether a side could give way to the other one: a text of an entry can't, somebody has to change its words."""
    return isinstance(record, Entry) or _can_part(record, side) or (isinstance(record, Entity) and not side.path)


def _is_field(path: str) -> bool:
    return path.partition(".")[0] in ("fields", "custom") and "." in path


# ---- merge ---------------------------------------------------------------------------------------------------------


def merge_found(
    project: Project, finding: Finding, keep_id: RecordId, *, choices: Mapping[str, Side] | None = None
) -> MergeResult:
    """Make the entries that a finding is about one, field by field; everything that pointed to the others moves."""
    others = [record for record in finding.subjects if record != keep_id and project.find(Entity, record)]
    with project.commit("continuity.merge", f"Merge: {rulings.words_of(project, finding)}") as commit:
        done = merge.merge_entities(project, keep_id, others, choices=choices)
        commit.put(rulings.ruling_of(project, finding, "merged", f"They are one: “{done.entity.name}”."))
    return done


# ---- fork ----------------------------------------------------------------------------------------------------------


def fork(project: Project, finding: Finding, at: int, *, name: str) -> Entity:
    """Make them two. Of two entries with one name, that of the evidence `at` gets another; of one entry about which
    two things are said, the statement `at` moves to a new entry of this name."""
    side = finding.evidence[at]
    record = project.any_record(side.record)
    with project.commit("continuity.fork", f"Make two: {rulings.words_of(project, finding)}") as commit:
        if finding.type in NAMES:
            if not isinstance(record, Entity):
                raise Invalid("Choose the entry that gets another name.")
            made = _renamed(project, commit, record, side.path, _fresh(project, name, but=record.id))
        elif _can_part(record, side):
            made = _parted(project, commit, finding, side, record, _fresh(project, name))
        else:
            raise Invalid("A text can't be moved to another entry by itself. Open it and change its words.")
        reason = f"They are two; the other is “{made.name}”."
        commit.put(rulings.ruling_of(project, finding, "forked", reason))
    return made


def _fresh(project: Project, name: str, *, but: str = "") -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise Invalid("Type the name of the other entry.")
    taken = project.sql.execute("SELECT 1 FROM name WHERE fold = ? AND record <> ?", (fold(tidy), but)).fetchone()
    if taken:
        raise Invalid(f"There is an entry called “{tidy}” already. Choose a name that tells them apart.")
    return tidy


def _renamed(project: Project, commit: CommitWriter, entity: Entity, path: str, name: str) -> Entity:
    """The entity under another name; the name that both had no longer leads to it."""
    at = path.split(".")
    if at[0] == "aliases" and len(at) > 1 and at[1].isdigit() and int(at[1]) < len(entity.aliases):
        aliases = list(entity.aliases)
        aliases[int(at[1])] = aliases[int(at[1])].model_copy(update={"name": name})
        return commit.put(entity.model_copy(update={"aliases": tuple(aliases)}))
    return entities.rename_entity(project, entity.id, name, keep_alias=False)


def _parted(project: Project, commit: CommitWriter, finding: Finding, side: Evidence, record: Any, name: str) -> Entity:
    subject = project.get(Entity, record.id if isinstance(record, Entity) else _subject(finding, record))
    made = entities.create_entity(
        project, kind=subject.kind, name=name, visibility=subject.visibility, status=Status.DRAFT, adopt=False
    )
    if isinstance(record, Claim):
        commit.put(record.model_copy(update={"subject_id": made.id}))
    elif isinstance(record, Relation):
        end = "from_id" if record.from_id == subject.id else "to_id"
        relations.update_relation(project, record.id, {end: made.id})
    else:
        group, _, key = side.path.partition(".")
        value = getattr(subject, group).get(key)
        entities.update_entity(project, made.id, {side.path: value}, prov={side.path: subject.prov.get(side.path, ())})
        entities.update_entity(project, subject.id, {side.path: None})
    return project.get(Entity, made.id)


def _subject(finding: Finding, record: Claim | Relation) -> RecordId:
    ends = (record.subject_id,) if isinstance(record, Claim) else (record.from_id, record.to_id)
    return next((one for one in finding.subjects if one in ends), ends[0])


# ---- supersede -----------------------------------------------------------------------------------------------------


def supersede(project: Project, finding: Finding, keep: int) -> None:
    """Let the statement `keep` hold against the other: that one ends where it begins, or is put away as deprecated.

    Of two entries the kept one supersedes the other.
    """
    kept = finding.evidence[keep]
    since = _begins(project, kept) if finding.type in _AT_ONCE else None
    with project.commit("continuity.supersede", f"Decide: {rulings.words_of(project, finding)}") as commit:
        for n, side in enumerate(finding.evidence):
            if n != keep:
                _close(project, commit, side, kept, since)
        _promote(project, kept)
        reason = f"What holds: {kept.says or kept.quote or 'the other side'}"
        commit.put(rulings.ruling_of(project, finding, "superseded", reason))


def put_away(project: Project, finding: Finding, at: int) -> None:
    """Let one statement of several give way: it is deprecated, the others stay."""
    side = finding.evidence[at]
    other = finding.evidence[0 if at else -1]
    with project.commit("continuity.put_away", f"Put away: {rulings.words_of(project, finding)}") as commit:
        _close(project, commit, side, other, None)
        commit.put(rulings.ruling_of(project, finding, "superseded", f"Put away: {side.says or side.quote}"))


def _begins(project: Project, side: Evidence) -> DateValue | None:
    record = project.any_record(side.record)
    if isinstance(record, Claim | Relation):
        return record.valid_from
    return record.statement(side.path).valid_from if isinstance(record, Entity) else None


def _is_before(project: Project, start: DateValue | None, since: DateValue) -> bool:
    """Whether something that began then may have ended when the other began: else there is no time left for it."""
    if start is None:
        return True
    first, last = resolve(start, project.calendars).hi, resolve(since, project.calendars).lo
    return first is not None and last is not None and first < last


def _close(project: Project, commit: CommitWriter, side: Evidence, by: Evidence, since: DateValue | None) -> None:
    record = project.any_record(side.record)
    later = since is not None and _is_before(project, _begins(project, side), since)
    end: dict[str, Any] = {"valid_to": since} if later else {"status": Status.DEPRECATED}
    if isinstance(record, Claim):
        commit.put(record.model_copy(update=end))
    elif isinstance(record, Relation):
        relations.update_relation(project, record.id, end)
    elif isinstance(record, Entry):
        commit.put(record.model_copy(update={"status": Status.DEPRECATED}))
    elif isinstance(record, Entity) and _is_field(side.path):
        _close_field(project, commit, record, side, end)
    elif isinstance(record, Entity) and record.id != by.record and not side.path:
        entities.set_status(project, [record.id], Status.DEPRECATED)
        relations.add_relation(project, by.record, "supersedes", record.id, visibility=record.visibility)
    else:
        raise Invalid("A text isn't put away by itself. Open it and change its words.")


def _close_field(project: Project, commit: CommitWriter, entity: Entity, side: Evidence, end: dict[str, Any]) -> None:
    """The value becomes a claim with an end, so that what was so is still known. Of a list only what is quoted goes."""
    group, _, key = side.path.partition(".")
    value = getattr(entity, group).get(key)
    many = value if isinstance(value, list) else [value]
    gone = [one for one in many if len(many) == 1 or plain(one) == side.quote]
    if value is None or not gone:
        raise Invalid("What was found there isn't in the field any more. Check again.")
    for one in gone:
        commit.put(claims.as_claim(entity, key, one).model_copy(update=end))
    left = [one for one in many if one not in gone]
    entities.update_entity(project, entity.id, {side.path: left or None})


def _promote(project: Project, kept: Evidence) -> None:
    """A claim that holds becomes the value of its field, where that is free now."""
    record = project.any_record(kept.record)
    if not isinstance(record, Claim) or record.certainty != "fact" or record.valid_to is not None:
        return
    entity = project.find(Entity, record.subject_id)
    if entity is None or record.predicate in entity.fields:
        return
    if kinds.spec_of(project, entity.kind).field(record.predicate) is not None:
        claims.promote(project, record.id)
