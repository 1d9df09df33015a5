"""Reading a blueprint back from its Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.domain.blueprint import Blueprint
from studio.domain.errors import Invalid
from studio.domain.record import Frozen
from studio.domain.text import WIKILINK, fold
from studio.domain.world import Link
from studio.services.foundry.apply import no_link
from studio.services.foundry.form import SECTIONS, FormField, Section, field_of
from studio.services.foundry.markdown import NO_TITLE, UNTITLED
from studio.services.foundry.paths import is_empty, set_path
from studio.services.foundry.values import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.ids import RecordId

    Resolve = Callable[[str], "RecordId | None"]

_SHORT = re.compile(r"^- \*\*(?P<label>[^*]+):\*\*(?: (?P<value>.*))?$")
_HASHES = re.compile(r"^(\\*)\\(?=#)", re.MULTILINE)


class Parsed(Frozen):
    """A blueprint read from Markdown. `unknown` are headings and labels that the form doesn't have."""

    blueprint: Blueprint
    unknown: tuple[str, ...] = ()


@dataclass
class _Part:
    """A heading of level 2 or 3 with the lines under it."""

    section: Section | None
    heading: str
    lines: list[str] = field(default_factory=list)


def parse_markdown(text: str, *, resolve: Resolve = no_link) -> Parsed:
    """The blueprint that Markdown of `render_markdown` stands for; headings are found whatever their case.

    Text under headings that the form doesn't have is left out and named in `unknown`. Raises Invalid where nothing of
    the form is there.
    """
    title, tagline, parts = _split(text)
    values: dict[str, Any] = {"identity.title": title, "identity.tagline": tagline}
    unknown: list[str] = []
    for part in parts:
        if part.section is None:
            unknown.append(part.heading)
        else:
            _read(part, part.section, values, unknown)
    if all(is_empty(value) for value in values.values()):
        raise Invalid("This text has none of a blueprint's headings, such as “# Title” or “## Pitch”.")
    blueprint = Blueprint()
    for path, value in values.items():
        try:
            blueprint = set_path(blueprint, path, clean(path, _linked(path, value, resolve)))
        except (Invalid, ValueError):
            unknown.append(field_of(path).label)
    return Parsed(blueprint=blueprint, unknown=tuple(unknown))


def _split(text: str) -> tuple[str, str, list[_Part]]:
    title, tagline = "", ""
    parts: list[_Part] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.startswith("# ") and not title and not parts:
            title = line[2:].strip()
        elif line.startswith("> ") and not parts and not tagline:
            tagline = line[2:].strip()
        elif line.startswith("## "):
            parts.append(_Part(_section(line[3:]), line[3:].strip()))
        elif line.startswith("### ") and parts:
            parts.append(_Part(parts[-1].section, line[4:].strip(), []))
        elif parts:
            parts[-1].lines.append(line)
    return ("" if title == UNTITLED else title), tagline, parts


def _section(heading: str) -> Section | None:
    wanted = fold(heading)
    return next((s for s in SECTIONS if fold(s.title) == wanted or s.key == wanted), None)


def _read(part: _Part, section: Section, values: dict[str, Any], unknown: list[str]) -> None:
    found = next((f for f in section.fields if fold(f.label) == fold(part.heading)), None)
    if found is not None and _section(part.heading) is not section:
        values[found.path] = _block(found, part.lines)
        return
    if _section(part.heading) is not section:
        unknown.append(part.heading)
        return
    for line in part.lines:
        if not (match := _SHORT.match(line)):
            continue
        named = _labelled(section, match["label"].strip())
        if named is None:
            unknown.append(match["label"])
        else:
            values[named.path] = _short(named, (match["value"] or "").strip())


def _labelled(section: Section, label: str) -> FormField | None:
    wanted = fold(label)
    found = next((f for f in section.fields if fold(f.label) == wanted), None)
    if found is None and section.key == "dials":
        return field_of(f"dials.{wanted.replace(' ', '_')}")
    return found


def _short(form_field: FormField, text: str) -> Any:
    if form_field.kind == "flag":
        return {"yes": True, "no": False}.get(text.lower())
    if form_field.kind in ("dial", "number"):
        found = re.match(r"-?\d+", text)
        return int(found.group()) if found else None
    if form_field.kind == "decimal":
        return float(text) if re.fullmatch(r"-?[\d.]+(?:e[+-]?\d+)?", text) else None
    return text


def _block(form_field: FormField, lines: list[str]) -> Any:
    if form_field.kind == "long":
        return _HASHES.sub(r"\1", "\n".join(lines).strip("\n"))
    if form_field.path == "production.deliverables":
        return _table(form_field, lines)
    if form_field.kind == "rows":
        return _rows(form_field, lines)
    if not _is_list(form_field):
        return "\n".join(lines).strip()
    return [line[2:].strip() for line in lines if line.startswith(("- ", "* "))]


def _is_list(form_field: FormField) -> bool:
    return form_field.kind in ("texts", "links")


def _linked(path: str, value: Any, resolve: Resolve) -> Any:
    kind = field_of(path).kind
    if kind == "link" and value:
        return _link(value, resolve)
    return [_link(v, resolve) for v in value] if kind == "links" else value


def _link(text: str, resolve: Resolve) -> Link:
    match = WIKILINK.fullmatch(text.strip())
    target, label = (match[1].strip(), (match[2] or match[1]).strip()) if match else (text.strip(), text.strip())
    return Link(text=label, ref=resolve(target) if match else None)


def _rows(form_field: FormField, lines: list[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    first, *rest = form_field.columns
    columns = {fold(c.label): c for c in rest}
    current = None
    for line in lines:
        if line.startswith("#### "):
            title = line[5:].strip()
            rows.append({first.name: "" if title == NO_TITLE else title})
            current = None
        elif rows and (match := _SHORT.match(line)):
            current = columns.get(fold(match["label"]))
            if current is not None:
                rows[-1][current.name] = [] if current.kind == "texts" else (match["value"] or "")
        elif rows and current is not None:
            _continue(rows[-1], current.name, line)
    return rows


def _continue(row: dict[str, Any], name: str, line: str) -> None:
    if isinstance(row[name], list):
        if line.startswith("  - "):
            row[name].append(line[4:])
    else:
        row[name] += "\n" + line.removeprefix("  ")


def _table(form_field: FormField, lines: list[str]) -> list[dict[str, Any]]:
    rows = [_cells(line) for line in lines if line.startswith("|")][2:]
    names = [c.name for c in form_field.columns]
    return [dict(zip(names, row, strict=False)) for row in rows]


def _cells(line: str) -> list[str]:
    cells, text, escaped = [], "", False
    for char in line.strip()[1:]:
        if escaped:
            text, escaped = text + char, False
        elif char == "\\":
            escaped = True
        elif char == "|":
            cells.append(text.strip())
            text = ""
        else:
            text += char
    return cells
