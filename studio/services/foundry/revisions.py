"""Versions of a blueprint: named snapshots and every revision of the log; diff between any two, restore all or part."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from studio.domain.blueprint import Blueprint
from studio.domain.errors import Invalid, NotFound
from studio.domain.ids import CommitId, RecordId
from studio.domain.record import Frozen
from studio.services import history
from studio.services.foundry.apply import with_prov
from studio.services.foundry.form import field_of, section_of
from studio.services.foundry.paths import GROUPS, filled_paths, get_path, set_path
from studio.services.foundry.values import one_line, words_of

if TYPE_CHECKING:
    from studio.domain.commit import Change, Commit
    from studio.storage.project import Project

_SNAPSHOTS = "snapshots"


class Revision(Frozen):
    """One state of a blueprint in time. `name` is set for a named version; `paths` are the fields it changed."""

    commit_id: CommitId
    seq: int
    at: datetime
    author: str
    message: str
    step: str = "do"
    name: str = ""
    paths: tuple[str, ...] = ()
    rev: int = 0


class FieldDiff(Frozen):
    """One field that differs, in words."""

    path: str
    section: str
    label: str
    before: str
    after: str


def snapshot(project: Project, blueprint_id: RecordId, *, name: str) -> Blueprint:
    """Keep the blueprint as it stands under a name."""
    title = one_line(name)
    if not title:
        raise Invalid("A version needs a name. Say what is special about it.")
    blueprint = project.get(Blueprint, blueprint_id)
    with project.commit("blueprint.snapshot", f"Version “{title}” of “{blueprint.name}”") as commit:
        kept = [*blueprint.ext.get(_SNAPSHOTS, ()), {"name": title, "commit": commit.id}]
        return commit.put(blueprint.model_copy(update={"ext": blueprint.ext | {_SNAPSHOTS: kept}}))


def revisions(project: Project, blueprint_id: RecordId, *, limit: int = 200) -> list[Revision]:
    """Every state that the log has, newest first."""
    names = _names(project.find(Blueprint, blueprint_id, deleted=True))
    found = history.of_record(project, blueprint_id, limit=limit)
    return [_revision(commit, change, names.get(commit.id, "")) for commit, change in found if change.after is not None]


def _names(blueprint: Blueprint | None) -> dict[str, str]:
    kept: list[dict[str, str]] = list(blueprint.ext.get(_SNAPSHOTS, ())) if blueprint else []
    return {entry["commit"]: entry["name"] for entry in kept if "commit" in entry and "name" in entry}


def _revision(commit: Commit, change: Change, name: str) -> Revision:
    before = Blueprint.model_validate(change.before) if change.before else Blueprint()
    after = Blueprint.model_validate(change.after)
    return Revision(
        commit_id=commit.id,
        seq=commit.seq,
        at=commit.time,
        author=commit.author,
        message=commit.message,
        step=commit.step,
        name=name,
        paths=tuple(d.path for d in diff(before, after)),
        rev=after.rev,
    )


def at(project: Project, blueprint_id: RecordId, commit_id: str) -> Blueprint:
    """The blueprint as it was after this commit. Raises NotFound."""
    found = history.entry(project, commit_id)
    change = next((c for c in found.changes if c.record == blueprint_id and c.after is not None), None)
    if change is None:
        raise NotFound("That version of the blueprint isn't in the history.")
    return Blueprint.model_validate(change.after)


def diff(old: Blueprint, new: Blueprint) -> list[FieldDiff]:
    """Every field that differs, in the form's order."""
    paths = dict.fromkeys((*filled_paths(old), *filled_paths(new)))
    order = {group: n for n, group in enumerate(GROUPS)}
    differing = [p for p in paths if get_path(old, p) != get_path(new, p)]
    differing.sort(key=lambda p: order[p.partition(".")[0]])
    return [
        FieldDiff(
            path=p,
            section=section_of(p).title,
            label=field_of(p).label,
            before=words_of(get_path(old, p)),
            after=words_of(get_path(new, p)),
        )
        for p in differing
    ]


def diff_revisions(project: Project, blueprint_id: RecordId, old: str, new: str | None = None) -> list[FieldDiff]:
    """What changed from one revision to another, or to what is there now."""
    newer = at(project, blueprint_id, new) if new else project.get(Blueprint, blueprint_id)
    return diff(at(project, blueprint_id, old), newer)


def diff_from_before(project: Project, blueprint_id: RecordId, commit_id: str) -> list[FieldDiff]:
    """What one revision itself changed."""
    found = history.entry(project, commit_id)
    change = next((c for c in found.changes if c.record == blueprint_id), None)
    before = Blueprint.model_validate(change.before) if change and change.before else Blueprint()
    return diff(before, at(project, blueprint_id, commit_id))


def restore(project: Project, blueprint_id: RecordId, commit_id: str, *, paths: tuple[str, ...] = ()) -> Blueprint:
    """Make the blueprint what it was after this commit, or only these fields; names of versions stay."""
    now = project.get(Blueprint, blueprint_id, deleted=True)
    then = at(project, blueprint_id, commit_id)
    what = ", ".join(field_of(p).label.lower() for p in paths) or f"“{then.name}”"
    restored = now
    for path in paths or tuple(dict.fromkeys((*filled_paths(now), *filled_paths(then)))):
        value: Any = get_path(then, path)
        if get_path(now, path) != value:
            restored = with_prov(set_path(restored, path, value), path, then.prov.get(path, ()))
    with project.commit("blueprint.restore", f"Restore {what}") as commit:
        return commit.put(restored.model_copy(update={"deleted_at": None}))
