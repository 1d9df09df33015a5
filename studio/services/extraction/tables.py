"""Tables: what their columns mean, and rows as entities with values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.extraction.context import Segment
from studio.services.extraction.draft import EMPTY, Ent
from studio.services.extraction.labels import normal, scopes_of
from studio.services.extraction.lexicon.shared import (
    COLUMN_CALENDAR,
    COLUMN_DATE,
    COLUMN_END,
    COLUMN_NAME,
    COLUMN_STANCE,
    COLUMN_TIE,
)
from studio.services.extraction.names import looks_named

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean, Unit
    from studio.services.extraction.walk import Walker


def read_row(walker: Walker, unit: Unit) -> None:
    """One table row."""
    cells, header = unit.cells, unit.header
    if not cells:
        return
    if header is None:
        _key_value(walker, unit)
        return
    if _ties(walker, unit, header):
        return
    column, kind = _name_column(walker, header)
    if column is None:
        _dated_or_plain(walker, unit, header)
        return
    ent = _row_entity(walker, cells, column, kind)
    if ent is None:
        _plain(walker, unit)
        return
    if kind == "event" and len(ent.fields) == 0:
        _event_date(walker, ent, header, cells, column)
    for i, cell in enumerate(cells):
        if i != column and i < len(header) and _said(cell):
            _cell(walker, unit, ent, header[i], cell)


def _ties(walker: Walker, unit: Unit, header: list[Clean]) -> bool:
    """`From | Relation | To`: two names in a row, and what ties the first to the second."""
    keys = [normal(h.text) for h in header]
    told = next((i for i, key in enumerate(keys) if key in COLUMN_TIE), -1)
    if told < 0 or len(keys) < 3 or not COLUMN_END.intersection(keys) or len(unit.cells) < len(keys):
        return False
    names = [i for i in range(len(keys)) if i != told][:2]
    ends = [unit.cells[i] for i in names]
    if not all(looks_named(end.text.strip()) for end in ends):
        return False
    ents = [walker.draft.entity(end.text.strip(), end.span(0, len(end.text)), why="tied") for end in ends]
    cell = unit.cells[told]
    if ents[0] is not None and ents[1] is not None:
        walker.segments.append(Segment(cell, 0, len(cell.text), ents[0], role="tie", owner=ents[1]))
    return True


def _said(cell: Clean) -> bool:
    return cell.text.strip(" *.–—-").lower() not in EMPTY


def _name_column(walker: Walker, header: list[Clean]) -> tuple[int | None, str]:
    section = walker.section_kind()
    if header and normal(header[0].text) in COLUMN_CALENDAR:
        return None, ""
    for i, h in enumerate(header[:3]):
        key = normal(h.text)
        if key in COLUMN_NAME:
            return i, section or _kind_by_columns(walker, header)
        if kind := walker.section_of(h.text):
            dated = kind == "event" and (key in COLUMN_DATE)
            label_only = i > 0 and section and section != kind
            if not dated and not label_only:
                return i, kind
    if (
        section
        and header
        and normal(header[0].text) not in COLUMN_DATE
        and not re.fullmatch(r"d\d+|#|\d*", normal(header[0].text) or "#")
    ):
        return 0, section
    return _told_by_columns(walker, header)


def _told_by_columns(walker: Walker, header: list[Clean]) -> tuple[int | None, str]:
    """`Villager | Job | Secret`: when the other columns are labels of one kind, the first names things of it."""
    key = normal(header[0].text) if header else ""
    others = [s for h in header[1:] if (s := scopes_of(h.text, walker.lex))]
    if len(others) < 2 or scopes_of(key, walker.lex) or key in COLUMN_DATE or not any(ch.isalpha() for ch in key):
        return None, ""
    word = key.split()[-1]
    own = [k for k in walker.lex.kinds_of(word) if k != "species"]
    fits = [k for k in own if sum(k in s for s in others) >= 2]
    return 0, fits[0] if fits else _kind_by_columns(walker, header[1:])


def _kind_by_columns(walker: Walker, header: list[Clean]) -> str:
    """Which kind the columns' labels fit best."""
    score: dict[str, float] = {}
    for h in header:
        scopes = [s for s in scopes_of(h.text, walker.lex) if s not in {"blueprint", "seed"}]
        for s in scopes:
            score[s] = score.get(s, 0) + 1 / len(scopes)
    return max(score, key=lambda k: score[k]) if score else ""


def _row_entity(walker: Walker, cells: list[Clean], column: int, kind: str) -> Ent | None:
    if column >= len(cells):
        return None
    cell = cells[column]
    name = re.split(r"\s*\(|,\s|:\s|\s[–—-]\s" if kind == "event" else r"\s*\(|,\s", cell.text)[0].rstrip(" :.")
    if not name or not (looks_named(name) or (kind and len(name.split()) <= 5 and name[:1].isupper())):
        return None
    ent = walker.draft.entity(name, cell.span(0, len(name)), kind=kind, weight=2.4 if kind else 0.3, why="table")
    if ent is not None:
        ent.structural = True
        owner = walker.head_owner()
        if owner is not None and owner is not ent and ent.parent is None and walker.role() != "label":
            ent.parent = owner
        if len(name) < len(cell.text):
            walker.segments.append(Segment(cell, len(name), len(cell.text), ent, lead=True, row="paren"))
    return ent


def _event_date(walker: Walker, ent: Ent, header: list[Clean], cells: list[Clean], column: int) -> None:
    """A column such as Year dates the row's event."""
    for i, head in enumerate(header[: len(cells)]):
        if i != column and normal(head.text) in COLUMN_DATE and _said(cells[i]):
            walker.draft.add(
                ent, "start", cells[i].text, cells[i].span(0, len(cells[i].text)), "cell:start", struct=True
            )
            return


def _cell(walker: Walker, unit: Unit, ent: Ent, head: Clean, cell: Clean) -> None:
    key = normal(head.text)
    owner = walker.head_owner() or next((h.ent for h in reversed(walker.heads) if h.ent), None)
    if key in COLUMN_STANCE and owner is not None and owner is not ent:
        walker.segments.append(Segment(cell, 0, len(cell.text), ent, role="stance", row="stance"))
        return
    scopes = scopes_of(head.text, walker.lex)
    name = scopes.get(ent.kind, "") if ent.kind else ""
    name = name or (_tie(walker, ent, key) if not scopes else "")
    if name:
        walker.segments.append(Segment(cell, 0, len(cell.text), ent, role="=" + name, row="cell"))
    else:
        walker.segments.append(Segment(cell, 0, len(cell.text), ent, row="cell", role="cell"))


def _tie(walker: Walker, ent: Ent, head: str) -> str:
    """`Captain | Ship`: a column of things is owned by the row's person, a column of groups is what they belong to."""
    word = head.split()[0] if walker.lex.lang in {"es", "fr", "pt"} and head else head.rsplit(" ", 1)[-1]
    kinds = walker.lex.kinds_of(word)
    kind = "item" if "item" in kinds else next(iter(kinds), "")
    return (
        {"item": "@owns", "faction": "@member_of", "location": "@located_in"}.get(kind, "") if ent.kind == "npc" else ""
    )


def _key_value(walker: Walker, unit: Unit) -> None:
    """Two cells without a header: a label and its value."""
    if len(unit.cells) >= 2 and (scopes := scopes_of(unit.cells[0].text, walker.lex)):
        cell = unit.cells[1]
        walker.value(scopes, unit.cells[0].text, unit, cell, 0, len(cell.text), walker.owner())
    else:
        _plain(walker, unit)


def _dated_or_plain(walker: Walker, unit: Unit, header: list[Clean]) -> None:
    labelled = scopes_of(unit.cells[0].text, walker.lex)
    if len(header) == 2 and len(unit.cells) == 2 and labelled and not scopes_of(header[1].text, walker.lex):
        _key_value(walker, unit)
        return
    if len(unit.cells) >= 2 and normal(header[0].text) in COLUMN_DATE:
        _dated(walker, unit)
        return
    _plain(walker, unit)


def _dated(walker: Walker, unit: Unit) -> None:
    """A row of a timeline: a date, then what happened, perhaps with a name first."""
    date, told = unit.cells[0], unit.cells[1]
    m = re.match(r"^(.{3,60}?)(?:\s*[:–—(.,;]|\s-\s|$)", told.text)
    if m and looks_named(m.group(1)):
        ent = walker.draft.entity(m.group(1), told.span(0, m.end(1)), kind="event", weight=1.6, why="timeline")
        if ent is not None:
            ent.structural = True
            if _said(date):
                walker.draft.add(ent, "start", date.text, date.span(0, len(date.text)), "table:start", struct=True)
            walker.segments.append(Segment(told, m.end(1), len(told.text), ent, lead=True, kind="event"))
            for cell in unit.cells[2:]:
                walker.segments.append(Segment(cell, 0, len(cell.text), ent, row="cell", role="cell"))
            return
    _plain(walker, unit)


def _plain(walker: Walker, unit: Unit) -> None:
    if unit.header and normal(unit.header[0].text) in COLUMN_CALENDAR:
        walker.ignored.append((unit.start, unit.end))
        return
    number = unit.cells[0].text if unit.cells and unit.cells[0].text.isdigit() else ""
    for cell in unit.cells:
        if len(cell.text) > 3:
            walker.segments.append(Segment(cell, 0, len(cell.text), None, row=number or "plain"))
