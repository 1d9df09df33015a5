"""Rewriting what points to an entity: `[[links]]` in texts, and link values inside stored records."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from studio.domain.text import WIKILINK, fold
from studio.services.world import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.domain.ids import RecordId
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project

Json = dict[str, Any]
_TABLES = (("entity", ""), ("entry", ""), ("document", "kind = 'blueprint' AND "))
_LINK_KEYS = {"text", "ref"}
_DATES = frozenset({"in_world_date", "valid_from", "valid_to"})
"""Besides the date fields of all kinds: what holds a `{"text": …}` that is a date as it was written, not a link."""


def writable(name: str) -> bool:
    """Whether a name can stand inside `[[…]]`."""
    return bool(name) and not any(c in name for c in "[]|#\n")


def retarget(markdown: str, old_fold: str, new_name: str) -> str:
    """The text with every link to a folded name turned to another name; labels and parts stay."""
    if not writable(new_name):
        return markdown

    def turn(match: Any) -> str:
        whole, target = match.group(0), match.group(1)
        return f"[[{new_name}{whole[2 + len(target) :]}" if fold(target) == old_fold else whole

    return WIKILINK.sub(turn, markdown)


def holders(project: Project, needle: str) -> Iterator[Json]:
    """The stored JSON of entities, entries and blueprints that contain this exact text; the trash too."""
    for table, also in _TABLES:
        for (text,) in project.sql.execute(
            f"SELECT data FROM {table} WHERE {also}instr(data, ?)", (needle,)
        ).fetchall():
            yield json.loads(text)


def relink(project: Project, commit: CommitWriter, old: RecordId, *, to: RecordId | None, text: str = "") -> None:
    """Turn every link value that points to `old`; without `to` only its words stay. Empty `text` keeps the words."""

    def turn(link: Json) -> Json:
        if link.get("ref") != old:
            return link
        return {"text": text or link.get("text", "")} | ({"ref": to} if to else {})

    for data in holders(project, f'"ref":"{old}"'):
        commit.write(data["kind"], data["id"], _walk(data, turn))


def turn_witnesses(project: Project, commit: CommitWriter, old: RecordId, *, to: RecordId | None) -> None:
    """Turn who says something and who knows it, in claims, relations and what is stated about fields."""
    for table in ("entity", "relation", "claim"):
        held = project.sql.execute(f"SELECT data FROM {table} WHERE instr(data, ?)", (f'"{old}"',)).fetchall()
        for data in (json.loads(text) for (text,) in held):
            turned = _witnesses(data, old, to)
            turned |= (
                {"stated": {p: _witnesses(one, old, to) for p, one in data["stated"].items()}}
                if "stated" in data
                else {}
            )
            if turned != data:
                commit.write(data["kind"], data["id"], turned)


def _witnesses(stated: Json, old: RecordId, to: RecordId | None) -> Json:
    kept = {k: v for k, v in stated.items() if (k, v) != ("speaker", old)}
    kept |= {"speaker": to} if to and stated.get("speaker") == old else {}
    if old in (known := stated.get("known_by", [])):
        others = [to if one == old else one for one in known]
        kept["known_by"] = list(dict.fromkeys(one for one in others if one))
    return kept


def adopt(project: Project, commit: CommitWriter, entity_id: RecordId, name: str) -> list[RecordId]:
    """Let links that only had this name as text point to the entity; gives the records that changed."""
    wanted = fold(name)

    def turn(link: Json) -> Json:
        unbound = "ref" not in link and fold(str(link.get("text", ""))) == wanted
        return {**link, "ref": entity_id} if unbound else link

    touched = []
    skipped = _DATES | kinds.date_fields(project)
    for data in holders(project, json.dumps({"text": name}, ensure_ascii=False, separators=(",", ":"))):
        if (new := _walk(data, turn, skipped)) != data and not data.get("deleted_at"):
            commit.write(data["kind"], data["id"], new)
            touched.append(data["id"])
    return touched


def _walk(value: Any, turn: Callable[[Json], Json], dates: frozenset[str] = frozenset()) -> Any:
    """A copy of stored JSON with its link values turned. What is called as one of `dates` is none."""
    if isinstance(value, dict):
        if value and value.keys() <= _LINK_KEYS and "text" in value:
            return turn(value)
        return {k: v if k in ("prov", "ext") or k in dates else _walk(v, turn, dates) for k, v in value.items()}
    return [_walk(one, turn, dates) for one in value] if isinstance(value, list) else value


def rewrite_wikilinks(project: Project, commit: CommitWriter, old_name: str, new_name: str) -> int:
    """Turn `[[old]]` into `[[new]]` in every text of the world: bodies, summaries, fields, claims, blueprints.

    Gives how many records changed. What is written in chats and in versions of recipes stays as it was said.
    """
    wanted = fold(old_name)
    found = {data["id"]: data for data in _texts_with_link(project, wanted, old_name)}
    changed = 0
    for data in found.values():
        if (new := _texts(data, wanted, new_name)) != data:
            commit.write(data["kind"], data["id"], new)
            changed += 1
    return changed


def _texts_with_link(project: Project, wanted: str, old_name: str) -> Iterator[Json]:
    """The stored JSON of what links to a name: by the index of links in bodies, and by the words anywhere else."""
    mentioned = "SELECT source FROM mention WHERE fold = ?"
    for table in ("entity", "entry"):
        yield from map(_json, project.sql.execute(f"SELECT data FROM {table} WHERE id IN ({mentioned})", (wanted,)))
    words = json.dumps(old_name, ensure_ascii=False)[1:-1]
    like = "%[[" + _LIKE.sub(r"\\\g<0>", words) + "%"
    for table, also in (*_TABLES, ("claim", "")):
        rows = project.sql.execute(f"SELECT data FROM {table} WHERE {also}data LIKE ? ESCAPE '\\'", (like,))
        yield from map(_json, rows.fetchall())


_LIKE = re.compile(r"[%_\\]")


def _json(row: tuple[str]) -> Json:
    return json.loads(row[0])


def _texts(value: Any, wanted: str, new_name: str) -> Any:
    """A copy of stored JSON with the links in its texts turned; where values came from keeps what was said there."""
    if isinstance(value, str):
        return retarget(value, wanted, new_name)
    if isinstance(value, dict):
        return {k: v if k in ("prov", "ext", "aliases") else _texts(v, wanted, new_name) for k, v in value.items()}
    return [_texts(one, wanted, new_name) for one in value] if isinstance(value, list) else value
