"""Values of typed fields: whatever a person, an import or an extractor gives, brought into the field's own shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain.dates import Calendars, typed, written
from studio.domain.text import fold, readable
from studio.domain.world import FieldValue, Link
from studio.services.world import calendars, names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.ids import RecordId
    from studio.domain.vocabulary import FieldSpec
    from studio.domain.world import DateValue
    from studio.storage.project import Project

NO_CALENDARS = Calendars()
"""With these a date is written in the words that it holds itself: the month's name, the year as it is counted."""
_YES = {"yes", "true", "1", "y", "oui", "sim", "x", "on"}
_LINES = re.compile(r"\s*(?:\n|;)\s*")


def normal(project: Project, spec: FieldSpec, value: Any) -> FieldValue | None:
    """The value as this field stores it; None where there is nothing to store. Links find their entity by name."""
    if value is None or value == "" or value == [] or value == () or value == {}:
        return None
    if spec.type in ("link", "links"):
        found = [link for link in (_link(project, spec, one) for one in _many(value)) if link.text or link.ref]
        return None if not found else list(found) if spec.type == "links" else found[0]
    if spec.type == "list":
        return [one for one in _texts(value) if one] or None
    if spec.type == "date":
        return date_value(project, value)
    if spec.type == "number":
        return _number(value)
    if spec.type == "choice":
        return next((one for one in spec.choices if fold(one) == fold(plain(value))), plain(value))
    if spec.type == "bool":
        return value if isinstance(value, bool) else plain(value).strip().casefold() in _YES
    return value if isinstance(value, Link | dict | bool | int | float) else readable(plain(value)) or None


def plain(value: object) -> str:
    """Any field's value as one text: a link by its words, a list by lines, a date as it was written."""
    if isinstance(value, Link):
        return value.text
    if isinstance(value, dict):
        return written(value, NO_CALENDARS) or str(value.get("text", ""))
    if isinstance(value, list | tuple):
        return "\n".join(plain(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def date_value(project: Project, value: Any) -> DateValue | None:
    """A date as it is stored: a structured one as it is, words as the project's calendars read them."""
    if isinstance(value, dict):
        return value or None
    words = readable(plain(value)).strip()
    return typed(words, calendars.loaded(project)) if words else None


def refs(value: object) -> list[RecordId]:
    """The entities that a link field points to, in order."""
    many = value if isinstance(value, list | tuple) else [value]
    return [one.ref for one in many if isinstance(one, Link) and one.ref]


def _many(value: Any) -> Iterable[Any]:
    if isinstance(value, list | tuple):
        return value
    return [one for one in _LINES.split(value) if one] if isinstance(value, str) else [value]


def _texts(value: Any) -> list[str]:
    return [readable(plain(one)).strip() for one in _many(value)]


def _link(project: Project, spec: FieldSpec, value: Any) -> Link:
    link = value if isinstance(value, Link) else Link.model_validate(value) if isinstance(value, dict) else None
    if link is not None and link.ref:
        return link
    text = names.clean(link.text if link else plain(value))
    ref = names.resolve(project, text, kinds=spec.kinds)
    return Link(text=text, ref=ref)


def _number(value: Any) -> FieldValue:
    if isinstance(value, bool | int | float):
        return value
    text = plain(value).strip()
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text
