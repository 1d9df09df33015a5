"""Two entries side by side before they become one: where they differ, and what would move over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.domain.world import Entity
from studio.services.world import bulk
from studio.services.world.merge import Side
from studio.storage.search import backlinks

if TYPE_CHECKING:
    from studio.storage.project import Project

_BOTH = ("body", "tags", "aliases", "images")
"""What grows by a merge unless somebody says otherwise."""


class Choice(Frozen):
    """A field in which both say something, and not the same. `both` tells what keeping both would mean."""

    path: str
    label: str
    left: str
    right: str
    default: Side = "left"
    both: str = ""


class MergeForm(Frozen):
    """What there is to decide, what comes along by itself, and what moves over in words (`3 relations`)."""

    left: RecordId
    right: RecordId
    left_name: str
    right_name: str
    choices: tuple[Choice, ...] = ()
    along: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()


def merge_form(project: Project, left_id: RecordId, right_id: RecordId) -> MergeForm:
    """The form for making `right` part of `left`. Raises NotFound."""
    left, right = project.get(Entity, left_id), project.get(Entity, right_id)
    cells = bulk.differences(project, left, right)
    decided = ("kind", "status", "visibility")
    differing = [cell for cell in cells if cell.before and cell.after and cell.path not in decided]
    return MergeForm(
        left=left_id, right=right_id, left_name=left.name, right_name=right.name,
        choices=tuple(_choice(left, right, cell) for cell in differing),
        along=tuple(cell.label for cell in cells if cell.after and not cell.before),
        moves=_moves(project, right_id),
    )  # fmt: skip


def _choice(left: Entity, right: Entity, cell: bulk.Cell) -> Choice:
    group, _, key = cell.path.partition(".")
    grows = cell.path in _BOTH or isinstance(getattr(left, group).get(key) if key else None, list)
    both = "" if cell.path == "name" else "one after the other" if grows or not key else _beside(group)
    return Choice(
        path=cell.path, label=cell.label, left=cell.before, right=cell.after, default="both" if grows else "left",
        both="the other stays as an alias" if cell.path == "name" else both,
    )  # fmt: skip


def _beside(group: str) -> str:
    return "the right one becomes a claim" if group == "fields" else ""


def _moves(project: Project, gone: RecordId) -> tuple[str, ...]:
    about = f'"{gone}"'
    counts = (
        (_count(project, "relation", "? IN (from_id, to_id)", gone), "relation"),
        (_count(project, "claim", "? IN (subject_id, object_id)", gone), "claim"),
        (len(backlinks(project.sql, gone)), "text that links to it", "texts that link to it"),
        (_count(project, "entity", "parent = ?", gone), "entry inside it", "entries inside it"),
        (_count(project, "document", "kind = 'pin' AND instr(data, ?)", about), "pin"),
        (_count(project, "document", "kind = 'clock' AND owner_id = ?", gone), "clock"),
        (_count(project, "document", "kind = 'clue' AND instr(data, ?)", about), "clue"),
    )
    return tuple(f"{n} {one if n == 1 else (many or [f'{one}s'])[0]}" for n, one, *many in counts if n)


def _count(project: Project, table: str, where: str, argument: str) -> int:
    row = project.sql.execute(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL AND {where}", (argument,))
    return row.fetchone()[0]
