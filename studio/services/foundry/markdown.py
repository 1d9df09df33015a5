"""A blueprint as Markdown with fixed headings, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain.world import Link
from studio.services.foundry.form import SECTIONS, Column, FormField, Section, field_of
from studio.services.foundry.paths import get_path, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.domain.blueprint import Blueprint
    from studio.domain.ids import RecordId

    Names = Mapping[RecordId, str]

UNTITLED = "Untitled blueprint"
NO_TITLE = "(no title)"
_HASHES = re.compile(r"^\\*(?=#)", re.MULTILINE)
_BRACKETS = re.compile(r"[\[\]|#]")


def render_markdown(blueprint: Blueprint, names: Names | None = None) -> str:
    """The whole form as Markdown; empty fields are left out. `names` are the present names of linked entities.

    `studio.services.foundry.parsing.parse_markdown` reads it back.
    """
    lines = [f"# {blueprint.identity.title or UNTITLED}", ""]
    if blueprint.identity.tagline:
        lines += [f"> {blueprint.identity.tagline}", ""]
    for section in SECTIONS:
        body = list(_section(blueprint, section, names or {}))
        lines += [f"## {section.title}", "", *body] if body else []
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(blueprint: Blueprint, section: Section, names: Names) -> Iterator[str]:
    fields = [f for f in section.fields if f.path not in ("identity.title", "identity.tagline")]
    if section.key == "dials":
        fields = [*fields, *_own_dials(blueprint)]
    filled = [(f, v) for f in fields if not is_empty(v := get_path(blueprint, f.path))]
    short = [f"- **{f.label}:** {_short(f, v, names)}" for f, v in filled if _is_short(f)]
    if short:
        yield from (*short, "")
    for field, value in filled:
        if not _is_short(field):
            yield from (f"### {field.label}", "", *_block(field, value, names), "")


def _own_dials(blueprint: Blueprint) -> list[FormField]:
    known = {f.path for f in SECTIONS[2].fields}
    return [field_of(f"dials.{name}") for name in blueprint.dials if f"dials.{name}" not in known]


def _is_short(field: FormField) -> bool:
    return field.kind not in ("long", "texts", "links", "rows")


def _short(field: FormField, value: Any, names: Names) -> str:
    if field.kind == "dial":
        return f"{value}/10"
    if field.kind == "flag":
        return "yes" if value else "no"
    return link_text(value, names) if isinstance(value, Link) else str(value)


def _block(field: FormField, value: Any, names: Names) -> Iterator[str]:
    if field.kind == "long":
        yield from escaped(value).split("\n")
    elif field.path == "production.deliverables":
        yield from _table(field, value)
    elif field.kind == "rows":
        for row in value:
            yield from _row(field, row)
    else:
        yield from (f"- {link_text(v, names) if isinstance(v, Link) else v}" for v in value)


def escaped(text: str) -> str:
    """Long text in which no line reads as a heading of ours."""
    return _HASHES.sub(lambda m: m.group(0) + "\\", text)


def link_text(link: Link, names: Names) -> str:
    """`[[Name]]`, with the written words behind a bar where they differ; plain words where nothing is linked."""
    if link.ref is None:
        return link.text
    name = names.get(link.ref, link.text)
    if _BRACKETS.search(name + link.text):
        return link.text
    return f"[[{name}]]" if name == link.text else f"[[{name}|{link.text}]]"


def _row(field: FormField, row: Any) -> Iterator[str]:
    first, *rest = field.columns
    yield from (f"#### {getattr(row, first.name) or NO_TITLE}", "")
    for column in rest:
        yield from _cell(column, getattr(row, column.name))
    yield ""


def _cell(column: Column, value: Any) -> Iterator[str]:
    if not value:
        return
    if column.kind == "texts":
        yield f"- **{column.label}:**"
        yield from (f"  - {item}" for item in value)
    else:
        first, *more = str(value).split("\n")
        yield f"- **{column.label}:** {first}"
        yield from (f"  {line}" if line else "" for line in more)


def _table(field: FormField, rows: Any) -> Iterator[str]:
    yield f"| {' | '.join(c.label for c in field.columns)} |"
    yield f"|{' --- |' * len(field.columns)}"
    for row in rows:
        yield f"| {' | '.join(pipe_escaped(getattr(row, c.name)) for c in field.columns)} |"


def pipe_escaped(text: str) -> str:
    """Text for a table cell."""
    return text.replace("\\", "\\\\").replace("|", "\\|")
