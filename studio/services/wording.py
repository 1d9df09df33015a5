"""Stored records in words: what a kind is called, what its fields say, and how two texts differ."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from studio.domain.record import STAMPS
from studio.domain.vocabulary import relation_spec
from studio.services.foundry.form import field_of
from studio.services.world.values import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.domain.vocabulary import KindSpec

    Resolve = Callable[[str], str]
    """id → name"""
    SpecOf = Callable[[str], KindSpec]
    """kind → what the project calls it"""

Json = dict[str, Any]
Path = tuple[str, ...]

_KINDS: dict[str, tuple[str, str]] = {
    "relation": ("relation", "relations"), "claim": ("claim", "claims"), "entry": ("note", "notes"),
    "thread": ("chat", "chats"), "message": ("message", "messages"), "blueprint": ("blueprint", "blueprints"),
    "recipe": ("recipe", "recipes"), "recipe_version": ("recipe version", "recipe versions"),
    "artifact": ("reading of an answer", "readings of answers"), "changeset": ("review", "reviews"),
    "assistant_mode": ("assistant mode", "assistant modes"), "calendar": ("calendar", "calendars"),
    "project": ("project", "projects"), "entity_kind": ("kind of entry", "kinds of entry"),
    "saved_filter": ("saved filter", "saved filters"), "media": ("image", "images"), "pin": ("map pin", "map pins"),
    "clock": ("clock", "clocks"), "clue": ("clue", "clues"),
}  # fmt: skip
_QUIET = ("claim", "recipe_version", "artifact", "changeset")
"""Kinds that come along with others and need no word of their own then."""
_HIDDEN = STAMPS | {
    "id", "v", "prov", "deleted_at", "content_hash", "pack_hash", "sent", "usage", "foreign_ids", "ext", "leaf_id",
    "source_message", "text_hash", "vault", "extraction_version", "candidates", "confidence_summary",
}  # fmt: skip
_DEFAULTS = {"status": "draft", "visibility": "gm"}
_LABELS = {
    "body": "Text", "parts": "Text", "blocks": "Prompt", "from_id": "From", "to_id": "To", "type": "Relation",
    "parent": "Inside", "subject_id": "About", "object_id": "Object", "thread_id": "Chat", "parent_id": "Answer to",
    "recipe_id": "Recipe", "n": "Version", "kind": "Kind", "entity_refs": "Mentions", "cost_usd": "Cost in US$",
    "negative_policy": "Not wanted", "pinned": "Pinned", "ai_visibility": "Given to models",
}  # fmt: skip
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def is_world(kind: str) -> bool:
    """Whether a kind is an entity's."""
    return kind not in _KINDS


def kind_words(kind: str, spec: SpecOf) -> str:
    """What one record of a kind is called, as in `NPC` or `Note`."""
    if is_world(kind):
        return spec(kind).label
    word = _KINDS[kind][0]
    return word[0].upper() + word[1:]


def counted(kinds: list[tuple[str, int]]) -> str:
    """How many of what, as in `2 world entries, 1 relation`."""
    world = sum(n for kind, n in kinds if is_world(kind))
    loud = [(kind, n) for kind, n in kinds if not is_world(kind) and kind not in _QUIET]
    words = [f"{world} world {'entry' if world == 1 else 'entries'}"] if world else []
    shown = loud if words or loud else [(kind, n) for kind, n in kinds if not is_world(kind)]
    words += [f"{n} {_KINDS[kind][n > 1]}" for kind, n in shown]
    return ", ".join(words)


# ---- a record's fields -------------------------------------------------------------------------------------------


def title_of(data: Json, resolve: Resolve, spec: SpecOf) -> str:
    """What a record is called."""
    kind = data["kind"]
    if kind == "relation":
        return f"{resolve(data['from_id'])} {relation_spec(data['type']).label} {resolve(data['to_id'])}"
    if kind == "claim":
        return f"{resolve(data['subject_id'])}: {str(data.get('predicate', '')).replace('_', ' ')}"
    if kind == "message":
        said = " ".join(_words(data.get("parts", []), resolve).split())
        who = {"user": "You", "assistant": "Answer"}.get(data.get("role", ""), "Note")
        return f"{who}: {said[:60]}{'…' if len(said) > 60 else ''}"
    if kind == "recipe_version":
        return f"{resolve(data['recipe_id'])}, version {data.get('n', 1)}"
    if kind == "blueprint":
        return data.get("identity", {}).get("title") or "Untitled blueprint"
    return data.get("name") or data.get("title") or (kind == "clue" and data["text"][:60]) or kind_words(kind, spec)


def label_of(kind: str, path: Path, spec: SpecOf) -> str:
    """What a field is called."""
    if path[0] == "stated" and len(path) == 3:
        return f"{label_of(kind, tuple(path[1].split('.', 1)), spec)}: {_spaced(path[2]).lower()}"
    if path[0] == "fields" and len(path) == 2:
        field = spec(kind).field(path[1])
        return field.label if field else _spaced(path[1])
    if kind == "blueprint" and len(path) > 1:
        return field_of(".".join(path)).label
    last = path[len(path) - 1]
    return _LABELS.get(last, _spaced(last)) if len(path) == 1 else _spaced(last)


def _spaced(key: str) -> str:
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def fields_of(data: Json | None, resolve: Resolve) -> dict[Path, str]:
    """Every field that a person could read → its value in words. Defaults that were left out are put in."""
    if data is None:
        return {}
    found: dict[Path, str] = {(key,): value for key, value in _DEFAULTS.items()}
    for path, value in _leaves(data, ()):
        if path[0] not in _HIDDEN:
            found[path] = _words(value, resolve)
    if data["kind"] == "relation":
        found[("type",)] = relation_spec(data["type"]).label
    return found


def _leaves(value: Json, at: Path) -> Iterator[tuple[Path, Any]]:
    for key, inner in value.items():
        if isinstance(inner, dict) and not _is_value(inner):
            yield from _leaves(inner, (*at, key))
        else:
            yield (*at, key), inner


def _is_value(data: Json) -> bool:
    """Links and dates are one value; every other object is a group of fields."""
    return bool(data) and (
        data.keys() <= {"text", "ref"} or bool(data.keys() & {"calendar", "year", "before", "after"})
    )


def _words(value: Any, resolve: Resolve) -> str:
    if isinstance(value, dict):
        for key in ("text", "name"):
            if value.get(key):
                return str(value[key])
        if "ref" in value:
            return resolve(str(value["ref"]))
        if _is_value(value):
            return plain(value)
        return " · ".join(words for inner in value.values() if (words := _words(inner, resolve)))
    if isinstance(value, list):
        items = [_words(item, resolve) for item in value]
        return ("\n\n" if any("\n" in item for item in items) else "\n").join(items)
    if isinstance(value, str):
        return resolve(value) if _UUID.fullmatch(value) else value
    return plain(value)


# ---- differences -------------------------------------------------------------------------------------------------


class Piece(NamedTuple):
    """A stretch of a text that was kept, put in or taken out."""

    mark: Literal["same", "in", "out"]
    text: str


_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_TOKENS = 4000
_ALIKE = 0.35
_AROUND = 60


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """How one text became the other, word by word; as two whole texts where hardly a word was kept."""
    if not before or not after:
        return tuple(p for p in (Piece("out", before), Piece("in", after)) if p.text)
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > _MOST_TOKENS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    short = max(len(old), len(new)) < 6 and "\n" not in before + after
    if short or matcher.ratio() < _ALIKE:
        return Piece("out", before), Piece("in", after)
    found: list[Piece] = []
    for op, i, j, k, m in matcher.get_opcodes():
        if op == "equal":
            found.append(Piece("same", "".join(old[i:j])))
        else:
            found += [p for p in (Piece("out", "".join(old[i:j])), Piece("in", "".join(new[k:m]))) if p.text]
    return tuple(_joined(found))


def _joined(found: list[Piece]) -> list[Piece]:
    """Changes that only a space parts are one change: easier to read than every other word."""
    joined: list[Piece] = []
    for at, piece in enumerate(found):
        thin = piece.mark == "same" and not piece.text.strip() and 0 < at < len(found) - 1
        joined += [Piece("out", piece.text), Piece("in", piece.text)] if thin else [piece]
    runs: list[Piece] = []
    out = put = ""
    for piece in [*joined, Piece("same", "")]:
        if piece.mark == "same":
            runs += [p for p in (Piece("out", out), Piece("in", put), piece) if p.text]
            out = put = ""
        elif piece.mark == "out":
            out += piece.text
        else:
            put += piece.text
    return runs


def shortened(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Long stretches that were kept give way to an ellipsis."""
    shown = []
    for at, piece in enumerate(found):
        text = piece.text
        if piece.mark == "same" and len(text) > 3 * _AROUND:
            head = text[:_AROUND].rsplit(" ", 1)[0] + " " if at else ""
            tail = " " + text[-_AROUND:].split(" ", 1)[-1] if at < len(found) - 1 else ""
            text = f"{head}…{tail}"
        shown.append(Piece(piece.mark, text))
    return tuple(shown)


def spoken(found: tuple[Piece, ...]) -> str:
    """The difference as one sentence for a screen reader."""
    out = [p.text.strip() for p in found if p.mark == "out" and p.text.strip()]
    put = [p.text.strip() for p in found if p.mark == "in" and p.text.strip()]
    said = [f"removed: {'; '.join(out)}"] if out else []
    return ". ".join([*said, *([f"added: {'; '.join(put)}"] if put else [])]) or "only spaces changed"
