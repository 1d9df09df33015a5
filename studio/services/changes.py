"""The history as people read it: pages of the log, one change in words, and putting parts of a record back."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from studio.domain.errors import NotFound
from studio.domain.ids import CommitId, RecordId
from studio.domain.record import Frozen
from studio.domain.text import fold
from studio.domain.world import Entity, Relation
from studio.services import wording
from studio.services.continuity import overrides
from studio.services.continuity.overrides import LetPass
from studio.services.wording import Piece
from studio.services.world.kinds import spec_of
from studio.storage import log
from studio.storage.commits import without_stamps
from studio.storage.nouns import from_data

if TYPE_CHECKING:
    from sqlite3 import Connection

    from studio.domain.vocabulary import KindSpec
    from studio.storage.project import Project

Json = dict[str, Any]
Side = Literal["before", "after"]
What = Literal["made", "changed", "trashed", "returned", "deleted"]


class Row(Frozen):
    """One change in the list. `top` says whether Undo or Redo would take it next."""

    seq: int
    id: CommitId
    time: datetime
    author: str
    verb: str
    message: str
    step: str
    counts: str = ""
    kinds: tuple[str, ...] = ()
    top: Literal["", "undo", "redo"] = ""
    past_gate: bool = False
    """Whether somebody let it pass the publish gate."""


class Filter(Frozen):
    """What narrows the list; empty fields don't."""

    record: str = ""
    author: str = ""
    word: str = ""
    past_gate: bool = False

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.record or self.author or self.word.strip() or self.past_gate)


class FieldChange(Frozen):
    """One field of one record. `path` leads to it in the stored record."""

    path: tuple[str, ...]
    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


class RecordChange(Frozen):
    """One record before and after. `back` and `forth` say which of the two it could be made again now."""

    id: RecordId
    kind: str
    word: str
    """What a record of this kind is called."""
    name: str
    what: What
    fields: tuple[FieldChange, ...] = ()
    is_there: bool = False
    back: bool = False
    forth: bool = False


class Detail(Frozen):
    """One change, with some of its records; `total` counts them all."""

    row: Row
    records: tuple[RecordChange, ...]
    total: int
    let_pass: LetPass | None = None


# ---- the list ----------------------------------------------------------------------------------------------------


def page(
    project: Project,
    wanted: Filter | None = None,
    *,
    limit: int = 100,
    before_seq: int | None = None,
    after_seq: int | None = None,
) -> list[Row]:
    """Changes newest first: those below `before_seq`, or those above `after_seq`."""
    sql = project.sql
    where, arguments = _where(sql, wanted or Filter())
    where += ["seq < ?"] if before_seq else []
    where += ["seq > ?"] if after_seq is not None else []
    arguments += [n for n in (before_seq or None, after_seq) if n is not None]
    rows = sql.execute(
        f"""SELECT seq, id, time, author, verb, message, step FROM commit_log
        WHERE {" AND ".join(where) or "1"} ORDER BY seq DESC LIMIT ?""",
        [*arguments, limit],
    ).fetchall()
    return _rows(sql, rows)


def _where(sql: Connection, wanted: Filter) -> tuple[list[str], list[Any]]:
    where: list[str] = []
    arguments: list[Any] = []
    if wanted.record:
        where.append("seq IN (SELECT seq FROM change WHERE record = ?)")
        arguments.append(wanted.record)
    if wanted.author:
        where.append("author = ?")
        arguments.append(wanted.author)
    if wanted.past_gate:
        where.append(_PAST_GATE)
        arguments.append(overrides.ACTION)
    for word in fold(wanted.word).split():
        sql.create_function("fold", 1, fold, deterministic=True)
        where.append(_HAS_WORD)
        arguments += [_LIKE.sub(r"\\\g<0>", word).join("%%"), word]
    return where, arguments


_PAST_GATE = "id IN (SELECT commit_id FROM audit WHERE action = ?)"
_LIKE = re.compile(r"[%_\\]")
_PLAIN = "replace(replace(replace(message, '“', ''), '”', ''), '…', '')"
_HAS_WORD = rf"(message LIKE ? ESCAPE '\' OR ({_PLAIN} GLOB '*[^ -~]*' AND instr(fold(message), ?) > 0))"
"""Folding in Python is slow over a long log, so it is left to messages with letters that SQLite can't compare."""


def _rows(sql: Connection, rows: list[tuple[Any, ...]]) -> list[Row]:
    if not rows:
        return []
    undo_top, redo_top = log.heads(sql)
    kinds: dict[int, list[tuple[str, int]]] = {}
    marks = ", ".join(str(row[0]) for row in rows)
    counts = sql.execute(f"SELECT seq, kind, count(*) FROM change WHERE seq IN ({marks}) GROUP BY seq, kind")
    for seq, kind, count in counts:
        kinds.setdefault(seq, []).append((kind, count))
    tops: dict[int | None, Any] = {redo_top: "redo", undo_top: "undo"}
    passed = _past_gate(sql, [(row[1], row[4]) for row in rows])
    return [
        Row(
            seq=seq, id=id_, time=datetime.fromisoformat(time), author=author, verb=verb, message=message, step=step,
            counts=wording.counted(kinds.get(seq, [])), kinds=tuple(kind for kind, _ in kinds.get(seq, [])),
            top=tops.get(seq, ""), past_gate=id_ in passed,
        )
        for seq, id_, time, author, verb, message, step in rows
    ]  # fmt: skip


def _past_gate(sql: Connection, commits: list[tuple[str, str]]) -> set[str]:
    """Which of these (id, verb) were let past the publish gate. Most pages have none that could have been."""
    asked = [id_ for id_, verb in commits if verb in overrides.VERBS]
    if not asked:
        return set()
    marks = ", ".join("?" * len(asked))
    found = sql.execute(
        f"SELECT commit_id FROM audit WHERE action = ? AND commit_id IN ({marks})", [overrides.ACTION, *asked]
    )
    return {row[0] for row in found}


def any_past_gate(project: Project) -> bool:
    """Whether anything ever was let past the publish gate."""
    row = project.sql.execute(
        "SELECT 1 FROM audit WHERE action = ? AND commit_id IS NOT NULL LIMIT 1", (overrides.ACTION,)
    ).fetchone()
    return row is not None


def heads(project: Project) -> tuple[int | None, int | None]:
    """The numbers of the changes that Undo and Redo would take next."""
    return log.heads(project.sql)


def authors(project: Project) -> list[str]:
    """Everybody who changed something, by name."""
    return sorted(row[0] for row in project.sql.execute("SELECT DISTINCT author FROM commit_log"))


def name_of(project: Project, record_id: str) -> str:
    """What a record is called, or was, if it is gone."""
    return _Names(project)(record_id)


# ---- one change --------------------------------------------------------------------------------------------------

_LATER = """CASE kind WHEN 'relation' THEN 1 WHEN 'claim' THEN 2 WHEN 'recipe_version' THEN 2 WHEN 'message' THEN 3
WHEN 'artifact' THEN 5 WHEN 'changeset' THEN 5 ELSE 0 END"""


def detail(project: Project, commit_id: str, *, offset: int = 0, limit: int = 20) -> Detail:
    """What a change did, record by record, the telling ones first. Raises NotFound."""
    sql = project.sql
    found = sql.execute(
        "SELECT seq, id, time, author, verb, message, step FROM commit_log WHERE id = ?", (commit_id,)
    ).fetchall()
    if not found:
        raise NotFound("That change isn't in this project's history.")
    seq = found[0][0]
    total = sql.execute("SELECT count(*) FROM change WHERE seq = ?", (seq,)).fetchone()[0]
    rows = sql.execute(
        f"SELECT record, kind, after FROM change WHERE seq = ? ORDER BY {_LATER}, n LIMIT ? OFFSET ?",
        (seq, limit, offset),
    ).fetchall()
    resolve = _Names(project)
    records = [_record(project, resolve, seq, record, kind, log.unpack(after)) for record, kind, after in rows]
    row = _rows(sql, found)[0]
    passed = overrides.of_commit(project, commit_id) if row.past_gate else None
    return Detail(row=row, records=tuple(records), total=total, let_pass=passed)


def record_change(project: Project, record_id: RecordId, commit_id: str) -> RecordChange:
    """What one change did to one record. Raises NotFound."""
    row = project.sql.execute(
        """SELECT c.seq, c.kind, c.after FROM change c JOIN commit_log l ON l.seq = c.seq
        WHERE l.id = ? AND c.record = ?""",
        (commit_id, record_id),
    ).fetchone()
    if row is None:
        raise NotFound("That change isn't in this project's history.")
    return _record(project, _Names(project), row[0], record_id, row[1], log.unpack(row[2]))


def _record(project: Project, resolve: _Names, seq: int, record: str, kind: str, after: Json | None) -> RecordChange:
    before, now = _at(project.sql, record, seq, "before"), project.stored(kind, RecordId(record))
    known = after or before or {"kind": kind}
    word = wording.kind_words(kind, resolve.spec)
    return RecordChange(
        id=RecordId(record),
        kind=kind,
        word=word,
        name=wording.title_of(known, resolve, resolve.spec) if known.keys() - {"kind"} else word,
        what=_what(before, after),
        fields=tuple(_fields(kind, before, after, resolve)),
        is_there=now is not None and not now.get("deleted_at"),
        back=before is not None and without_stamps(now) != without_stamps(before),
        forth=after is not None and without_stamps(now) != without_stamps(after),
    )


def _at(sql: Connection, record: str, seq: int, side: Side) -> Json | None:
    sign = "<" if side == "before" else "<="
    row = sql.execute(
        f"SELECT after FROM change WHERE record = ? AND seq {sign} ? ORDER BY seq DESC LIMIT 1", (record, seq)
    ).fetchone()
    return log.unpack(row[0]) if row else None


def _what(before: Json | None, after: Json | None) -> What:
    if after is None:
        return "deleted"
    if before is None:
        return "made"
    gone, was_gone = bool(after.get("deleted_at")), bool(before.get("deleted_at"))
    return "trashed" if gone and not was_gone else "returned" if was_gone and not gone else "changed"


def _fields(kind: str, before: Json | None, after: Json | None, resolve: _Names) -> list[FieldChange]:
    old, new = wording.fields_of(before, resolve), wording.fields_of(after, resolve)
    if before is None or after is None:
        old, new = ({p: v for p, v in side.items() if not _is_plain(kind, p, v)} for side in (old, new))
    found = []
    for path in sorted(old.keys() | new.keys(), key=lambda p: (_ORDER.get(p[0], 5), p)):
        was, is_ = old.get(path, ""), new.get(path, "")
        if was != is_:
            label = wording.label_of(kind, path, resolve.spec)
            found.append(FieldChange(path=path, label=label, before=was, after=is_, pieces=wording.pieces(was, is_)))
    return found


_ORDER = {"kind": 0, "name": 1, "title": 1, "identity": 1, "summary": 2, "aliases": 3, "status": 8, "visibility": 8}


def _is_plain(kind: str, path: tuple[str, ...], value: str) -> bool:
    """Whether a field of a new record says nothing that its name or its kind doesn't."""
    if kind == "relation" and path[0] in ("from_id", "to_id", "type"):
        return True
    return not value or path == ("kind",) or (path, value) in {(("status",), "draft"), (("visibility",), "gm")}


class _Names:
    """id → name, also of records that are gone, and kind → its words; asks the project once for each."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[str, str] = {}

    def __call__(self, record_id: str) -> str:
        if record_id not in self._known:
            self._known[record_id] = "…"
            self._known[record_id] = self._look_up(record_id)
        return self._known[record_id]

    def spec(self, kind: str) -> KindSpec:
        """What the project calls a kind."""
        return spec_of(self._project, kind)

    def _look_up(self, record_id: str) -> str:
        sql = self._project.sql
        row = sql.execute("SELECT name FROM entity WHERE id = ?", (record_id,)).fetchone()
        if row is not None:
            return row[0]
        last = sql.execute(
            "SELECT after FROM change WHERE record = ? AND after IS NOT NULL ORDER BY seq DESC LIMIT 1", (record_id,)
        ).fetchone()
        return wording.title_of(log.unpack(last[0]), self, self.spec) if last else "something that is gone"


# ---- putting back ------------------------------------------------------------------------------------------------


def put_back(
    project: Project, record_id: RecordId, commit_id: CommitId, *, side: Side, paths: tuple[tuple[str, ...], ...] = ()
) -> str:
    """Make a record what it was before or after a change: all of it, or these fields. One undo takes it back.

    Links, relations and names elsewhere follow. Gives the message of the change. Raises NotFound where there is no
    such version, or where a relation's end is gone.
    """
    wanted, time = _version(project, record_id, commit_id, side)
    names = _Names(project)
    name = wording.title_of(wanted, names, names.spec)
    current = project.stored(wanted["kind"], record_id)
    if paths and current is not None:
        what = ", ".join(wording.label_of(wanted["kind"], path, names.spec).lower() for path in paths)
        message = f"Put back {what} of “{name}” from {time.astimezone():%Y-%m-%d %H:%M}"
        wanted = _mixed(current, wanted, paths)
    else:
        message = f"Restore “{name}” from {time.astimezone():%Y-%m-%d %H:%M}"
    with project.commit("history.restore", message):
        _write(project, record_id, wanted)
    return message


def _version(project: Project, record_id: str, commit_id: str, side: Side) -> tuple[Json, datetime]:
    row = project.sql.execute("SELECT seq, time FROM commit_log WHERE id = ?", (commit_id,)).fetchone()
    wanted = _at(project.sql, record_id, row[0], side) if row else None
    if row is None or wanted is None:
        raise NotFound("That version of the record isn't in the history.")
    return wanted, datetime.fromisoformat(row[1])


def _mixed(current: Json, wanted: Json, paths: tuple[tuple[str, ...], ...]) -> Json:
    """The current record with these fields, and the marks of where they came from, as they were."""
    mixed: Json = json.loads(json.dumps(current))
    for path in paths:
        _copy_leaf(mixed, wanted, path)
        dotted = ".".join(path)
        for key in {key for key in (*mixed.get("prov", {}), *wanted.get("prov", {})) if key == dotted}:
            _copy_leaf(mixed, wanted, ("prov", key))
    return mixed


def _copy_leaf(into: Json, source: Json, path: tuple[str, ...]) -> None:
    for key in path[:-1]:
        into = into.setdefault(key, {})
        source = source.get(key, {})
    if path[-1] in source:
        into[path[-1]] = source[path[-1]]
    else:
        into.pop(path[-1], None)


def _write(project: Project, record_id: RecordId, wanted: Json) -> None:
    from studio.services.world import entities, mirrors

    with project.commit("history.restore", "") as commit:
        target = from_data(wanted)
        if isinstance(target, Entity):
            old = project.find(Entity, record_id)
            if old is not None and old.name != target.name:
                old = entities.rename_entity(project, record_id, target.name, keep_alias=False)
            commit.write(wanted["kind"], record_id, wanted)
            new = project.find(Entity, record_id)
            if new is not None:
                mirrors.follow_fields(project, commit, old, new)
        elif isinstance(target, Relation):
            if project.find(Entity, target.from_id) is None or project.find(Entity, target.to_id) is None:
                raise NotFound("One end of this relation isn't in the world any more.", hint="Restore it first.")
            before = project.find(Relation, record_id)
            commit.write("relation", record_id, wanted)
            mirrors.follow_relation(project, commit, before=before, after=project.find(Relation, record_id))
        else:
            commit.write(wanted["kind"], record_id, wanted)
