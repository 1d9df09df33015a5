"""Reading the facts of a project: whole, in slices that hold the database only briefly, or just what changed."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from studio.domain.ids import RecordId
from studio.domain.text import WIKILINK, fold, split_secrets
from studio.domain.vocabulary import kind_spec
from studio.services.continuity.facts import Fact, LinkTo, Note, Thing, When, World
from studio.services.exchange.world_shapes import NS
from studio.services.world import kinds
from studio.services.world.relations import canonical
from studio.storage.times import BEGINS, ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.domain.vocabulary import KindSpec
    from studio.storage.project import Project

Table = Literal["entity", "relation", "claim", "entry"]
Json = dict[str, Any]
Days = dict[str, dict[str, tuple[int | None, int | None]]]
TABLES: tuple[Table, ...] = ("entity", "relation", "claim", "entry")
SLICE = 500
"""Rows at a time: some milliseconds on the database's thread."""


class Rows(NamedTuple):
    """Some rows of a table as they are stored, with the days of their dates; parsed wherever there is time."""

    table: Table
    data: list[tuple[str, str]]
    days: list[tuple[str, str, int | None, int | None]]

    @property
    def last(self) -> str:
        """The id of the last row: where the next slice begins. Empty when there is none."""
        return self.data[-1][0] if len(self.data) >= SLICE else ""


def read(project: Project) -> World:
    """The whole world as it stands."""
    world = blank(project)
    for rows in slices(project):
        fill(world, rows)
    return world


def blank(project: Project) -> World:
    """A world with its calendars and kinds, and nothing in it."""
    return World(calendars=project.calendars, specs=dict(kinds.own_specs(project)))


def slices(project: Project) -> Iterator[Rows]:
    """All rows, a slice at a time."""
    for table in TABLES:
        after = ""
        while True:
            rows = fetch(project, table, after=after)
            yield rows
            if not (after := rows.last):
                break


def fetch(project: Project, table: Table, *, after: str = "") -> Rows:
    """The slice of live rows that follows this id."""
    data = project.sql.execute(
        f"SELECT id, data FROM {table} WHERE deleted_at IS NULL AND id > ? ORDER BY id LIMIT ?", (after, SLICE)
    ).fetchall()
    if not data:
        return Rows(table, [], [])
    days = project.sql.execute(
        f"""SELECT m.record, m.path, m.lo, m.hi FROM {table} t CROSS JOIN moment m ON m.record = t.id
        WHERE t.id >= ? AND t.id <= ?""",
        (data[0][0], data[-1][0]),
    ).fetchall()
    return Rows(table, data, days)


def fetch_these(project: Project, ids: Iterable[str]) -> list[Rows]:
    """The live rows of these records, whatever they are."""
    wanted = json.dumps(sorted(ids))
    found = []
    for table in TABLES:
        data = project.sql.execute(
            f"""SELECT t.id, t.data FROM json_each(?) f CROSS JOIN {table} t ON t.id = f.value
            WHERE t.deleted_at IS NULL""",
            (wanted,),
        ).fetchall()
        found.append(Rows(table, data, []))
    days = project.sql.execute(
        "SELECT m.record, m.path, m.lo, m.hi FROM json_each(?) f CROSS JOIN moment m ON m.record = f.value", (wanted,)
    ).fetchall()
    return [rows._replace(days=days) for rows in found if rows.data]


def fill(world: World, rows: Rows) -> None:
    """Parse rows into the world."""
    days: Days = defaultdict(dict)
    for record, path, lo, hi in rows.days:
        days[record][path] = (lo, hi)
    make = {"entity": partial(_thing, world.specs), "relation": _relation, "claim": _claim, "entry": _note}[rows.table]
    for record_id, text in rows.data:
        world.put(make(json.loads(text), days.get(record_id, {})))


# ---- one record ------------------------------------------------------------------------------------------------------


def _when(days: dict[str, tuple[int | None, int | None]], path: str, value: Any) -> When | None:
    if path not in days or not isinstance(value, dict):
        return None
    lo, hi = days[path]
    return When(-inf if lo is None else lo, inf if hi is None else hi, value)


def _thing(specs: dict[str, KindSpec], data: Json, days: dict[str, tuple[int | None, int | None]]) -> Thing:
    fields: Json = data.get("fields", {})
    dates = {path: when for path, value in fields.items() if (when := _when(days, path, value))}
    begin_path = next((path for path in BEGINS if path in dates), "")
    end_path = next((path for path in ENDS if path in dates), "")
    body, summary = data.get("body", ""), data.get("summary", "")
    spec = specs.get(data["kind"]) or kind_spec(data["kind"])
    return Thing(
        id=RecordId(data["id"]), kind=data["kind"], name=data["name"],
        aliases=tuple(a["name"] for a in data.get("aliases", ())), status=data.get("status", "draft"),
        visibility=data.get("visibility", "gm"), rev=data.get("rev", 0), key=data.get("foreign_ids", {}).get(NS, ""),
        begin=dates.get(begin_path), end=dates.get(end_path), begin_path=begin_path, end_path=end_path,
        dates=dates, fields=fields, stated=data.get("stated", {}), custom=data.get("custom", {}),
        subtype=data.get("subtype", ""), parent=data.get("parent"), tags=tuple(data.get("tags", ())),
        summary=summary, body=body,
        links=(
            *_links("summary", summary), *_links("body", body), *_links_in_fields(spec, fields),
            *_links_to_nobody(data, spec, fields),
        ),
    )  # fmt: skip


def _relation(data: Json, days: dict[str, tuple[int | None, int | None]]) -> Fact:
    """A relation, read from its subject; imports may keep one the other way round."""
    type_, subject, object_ = canonical(data["type"], data["from_id"], data["to_id"])
    return Fact(
        id=RecordId(data["id"]), form="relation", subject=subject, predicate=type_, object=object_, value=None,
        role=data.get("role", ""), **_common(data, days),
    )  # fmt: skip


def _claim(data: Json, days: dict[str, tuple[int | None, int | None]]) -> Fact:
    return Fact(
        id=RecordId(data["id"]), form="claim", subject=data["subject_id"], predicate=data["predicate"],
        object=data.get("object_id"), value=data.get("value"), source=data.get("source_id"), **_common(data, days),
    )  # fmt: skip


def _common(data: Json, days: dict[str, tuple[int | None, int | None]]) -> Json:
    return {
        "start": _when(days, "valid_from", data.get("valid_from")),
        "end": _when(days, "valid_to", data.get("valid_to")),
        "certainty": data.get("certainty", "fact"), "visibility": data.get("visibility", "gm"),
        "status": data.get("status", "draft"), "rev": data.get("rev", 0), "speaker": data.get("speaker"),
    }  # fmt: skip


def _note(data: Json, days: dict[str, tuple[int | None, int | None]]) -> Note:
    body = data.get("body", "")
    return Note(
        id=RecordId(data["id"]), title=data["title"], mode=data.get("mode", "note"),
        date=_when(days, "in_world_date", data.get("in_world_date")),
        flashback=data.get("flashback", False), memorial=data.get("memorial", False),
        status=data.get("status", "draft"), visibility=data.get("visibility", "gm"), rev=data.get("rev", 0),
        key=data.get("foreign_ids", {}).get(NS, ""), body=body, refs=tuple(data.get("entity_refs", ())),
        links=tuple(_links("body", body)),
    )  # fmt: skip


def _links(path: str, text: str, *, secret: bool = False) -> Iterator[LinkTo]:
    if "[[" not in text:
        return
    opened = set() if secret else {fold(m.group(1)) for m in WIKILINK.finditer(split_secrets(text)[0])}
    for match in WIKILINK.finditer(text):
        target = match.group(1).strip()
        folded = fold(target)
        yield LinkTo(path, target, folded, match.span(), folded not in opened)


def _links_in_fields(spec: KindSpec, fields: Json) -> Iterator[LinkTo]:
    for name, value in fields.items():
        if isinstance(value, str) and "[[" in value:
            yield from _links(f"fields.{name}", value, secret=spec.field_or_plain(name).gm_only)


def _links_to_nobody(data: Json, spec: KindSpec, fields: Json) -> Iterator[LinkTo]:
    """Values of link fields that an import wrote as `[[links]]`, and that found nobody."""
    written = data.get("ext", {}).get(NS, {}).get("written", {})
    for name, (as_written, _) in ((n, w) for n, w in written.items() if n in fields and isinstance(w, list)):
        value = fields[name]
        for one in value if isinstance(value, list) else [value]:
            text = one.get("text", "") if isinstance(one, dict) and not one.get("ref") else ""
            if text and f"[[{text}" in str(as_written):
                secret = spec.field_or_plain(name).gm_only
                yield LinkTo(f"fields.{name}", text, fold(text), (0, len(text)), secret)
