"""Values of the form as a person leaves them: trimmed, without blank items, links with their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.text import line, readable
from studio.domain.world import Link
from studio.services.foundry.form import Column, FormField, field_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def one_line(text: object) -> str:
    """The text in one line."""
    return line(str(text))


def long_text(text: object) -> str:
    """The text with plain line ends, no blanks at line ends, and nothing around it."""
    return "\n".join(one.rstrip() for one in readable(str(text)).split("\n")).strip()


def texts(items: Iterable[object]) -> tuple[str, ...]:
    """One line each, blanks left out."""
    return tuple(words for item in items if (words := one_line(item)))


def clean(path: str, value: Any) -> Any:
    """The value as it should be stored at this path; blank becomes None, which empties the field."""
    field = field_of(path)
    if value is None or value == "":
        return None
    if field.single_line:
        return one_line(value) or None
    if field.kind == "long":
        return long_text(value) or None
    if field.kind == "texts":
        return texts(value)
    if field.kind == "link":
        return _link(value)
    if field.kind == "links":
        return tuple(link for item in value if (link := _link(item)))
    return _rows(field, value) if field.kind == "rows" else value


def _link(value: Any) -> Link | None:
    link = Link(text=value) if isinstance(value, str) else Link.model_validate(value)
    text = one_line(link.text)
    return link.model_copy(update={"text": text}) if text else None


def _rows(field: FormField, rows: Iterable[Any]) -> tuple[dict[str, Any], ...]:
    cleaned = []
    for row in rows:
        data: Mapping[str, Any] = row if isinstance(row, dict) else row.model_dump()
        made = {c.name: _cell(c, data.get(c.name, "")) for c in field.columns}
        if any(made.values()):
            cleaned.append(made)
    return tuple(cleaned)


def _cell(column: Column, value: Any) -> Any:
    if column.kind == "texts":
        return texts(value or ())
    return long_text(value) if column.kind == "long" else one_line(value)


def words_of(value: Any) -> str:
    """A value in plain words, for a diff or a screen reader."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Link):
        return value.text
    if isinstance(value, tuple | list):
        return "\n".join(words_of(item) for item in value)
    if hasattr(value, "model_dump"):
        data = value.model_dump()
        return " · ".join(", ".join(v) if isinstance(v, tuple | list) else str(v) for v in data.values() if v)
    return str(value)
