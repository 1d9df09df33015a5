"""The world as plain data: one JSON value, or a zip of tables that a spreadsheet opens. Both are as the lens shows."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from studio.domain.dates import written
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.text import fold
from studio.domain.world import Claim, Entity, Entry, Link, Relation
from studio.services.exchange import writing
from studio.services.world import calendars, seen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studio.storage.project import Project

Json = dict[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"
_SHEETS = ("relations", "statements", "notes")


def write_json(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """Write one JSON file. Gives the number of records of each part."""
    found = tables(project, lens)
    value = {"format": "ttrpg-studio-data", "version": 1, "name": project.info().name, "audience": lens.audience}
    with writing.whole_file(dest) as partial:
        text = json.dumps(value | found, ensure_ascii=False, indent=1)
        partial.write_text(text + "\n", encoding="utf-8", errors="replace")
    return {name: len(rows) for name, rows in found.items()}


def write_csv(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """Write a zip with a table for each kind of entry, and for relations, statements and notes."""
    found = tables(project, lens)
    sheets: dict[str, list[Json]] = {name: found[name] for name in _SHEETS}
    for row in found["entries"]:
        flat = {k: v for k, v in row.items() if k != "fields"} | {f"field {k}": v for k, v in row["fields"].items()}
        sheets.setdefault(str(row["kind"]), []).append(flat)
    with writing.whole_file(dest) as partial, zipfile.ZipFile(partial, "w") as archive:
        names = writing.FileNames()
        for name, rows in sorted(sheets.items()):
            if rows:
                file = names("", name).removeprefix("/").removesuffix(".md")
                writing.add(archive, f"{file}.csv", _sheet(rows).encode("utf-8", "replace"))
    return {name: len(rows) for name, rows in found.items()}


def tables(project: Project, lens: Lens) -> dict[str, list[Json]]:
    """Entries, relations, statements and notes as rows of plain values: names, numbers, dates in words."""
    return _Tables(project, lens).all()


class _Tables:
    def __init__(self, project: Project, lens: Lens) -> None:
        self.project, self.lens = project, lens
        self.calendars = calendars.loaded(project)
        self.entities = seen.everything(project, Entity, lens=lens)
        self.names: dict[str | None, str] = {one.id: one.name for one in self.entities}

    def all(self) -> dict[str, list[Json]]:
        """Every part, its rows in an order that stays."""
        ties = [one for one in self._read(Relation) if one.from_id in self.names and one.to_id in self.names]
        said = [one for one in self._read(Claim) if one.subject_id in self.names]
        entries = sorted(self.entities, key=lambda one: (one.kind, fold(one.name), one.id))
        return {
            "entries": [self._entity(one) for one in entries],
            "relations": [self._relation(one) for one in ties],
            "statements": [self._claim(one) for one in said],
            "notes": [self._entry(one) for one in self._read(Entry)],
        }

    def _read(self, cls: Any) -> list[Any]:
        return seen.everything(self.project, cls, lens=self.lens)

    def _entity(self, one: Entity) -> Json:
        fields = {name: self._value(value) for name, value in (one.fields | one.custom).items()}
        return {
            "id": one.id, "kind": one.kind, "name": one.name, "aliases": [a.name for a in one.aliases],
            "status": one.status.value, "visibility": self._openness(one.visibility), "summary": one.summary,
            "tags": list(one.tags), "parent": self.names.get(one.parent, "") if one.parent else "", "fields": fields,
            "text": one.body,
        }  # fmt: skip

    def _openness(self, visibility: str) -> str:
        """Who may see it; which other players may isn't a player's to know."""
        return visibility if self.lens.is_gm or not visibility.startswith("player:") else "player"

    def _relation(self, one: Relation) -> Json:
        return {
            "id": one.id, "from": self.names[one.from_id], "type": one.type, "to": self.names[one.to_id],
            "since": self._date(one.valid_from), "until": self._date(one.valid_to), "certainty": one.certainty,
            "attitude": one.attitude, "rank": one.rank, "role": one.role, "from_id": one.from_id, "to_id": one.to_id,
        }  # fmt: skip

    def _claim(self, one: Claim) -> Json:
        about = self.names.get(one.object_id, "") if one.object_id else ""
        return {
            "id": one.id, "about": self.names[one.subject_id], "what": one.predicate,
            "value": about if one.value is None else one.value, "since": self._date(one.valid_from),
            "until": self._date(one.valid_to), "certainty": one.certainty,
            "speaker": self.names.get(one.speaker, "") if one.speaker else "", "about_id": one.subject_id,
        }  # fmt: skip

    def _entry(self, one: Entry) -> Json:
        about = [self.names[ref] for ref in one.entity_refs if ref in self.names]
        return {
            "id": one.id, "title": one.title, "mode": one.mode, "date": self._date(one.in_world_date),
            "tags": list(one.tags), "about": about, "text": one.body,
        }  # fmt: skip

    def _date(self, value: Any) -> str:
        return written(value, self.calendars) if value else ""

    def _value(self, value: Any) -> Any:
        if isinstance(value, Link):
            return self.names.get(value.ref, value.text) if value.ref else value.text
        if isinstance(value, list | tuple):
            return [self._value(one) for one in value]
        if isinstance(value, dict):
            return written(value, self.calendars) or json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
        return value


def _sheet(rows: list[Json]) -> str:
    """A table with a line of titles. The mark before it tells spreadsheets that it is UTF-8."""
    titles = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([cell(one) for one in titles])
    table.writerows([cell(row.get(one)) for one in titles] for row in rows)
    return _BOM + out.getvalue()


def cell(value: Any) -> str:
    """A value as a cell: a list by lines, and nothing that a spreadsheet would run."""
    text = "\n".join(_words(value)) if isinstance(value, list) else next(iter(_words([value])), "")
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _words(values: Iterable[Any]) -> list[str]:
    return ["" if one is None else "yes" if one is True else "no" if one is False else str(one) for one in values]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return not text.startswith("+")
