"""NPCs as character cards, V2 and V3 in one PNG each, and the world as World Info: strictly as specified."""

from __future__ import annotations

import base64
import json
import zipfile
from typing import TYPE_CHECKING, Any

from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.text import WIKILINK
from studio.domain.world import Entity, Entry
from studio.services.exchange import writing
from studio.services.exchange.tavern import png_text
from studio.services.exchange.tavern.cards import SOURCE
from studio.services.exchange.tavern.shapes import FLAT, V2, V3, body_of, data_of, fields_of, is_card, texts_of, words
from studio.services.world import media, seen

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

Json = dict[str, Any]
_EMPTY: Json = {
    **dict.fromkeys(FLAT, ""), "creator_notes": "", "system_prompt": "", "post_history_instructions": "",
    "alternate_greetings": [], "tags": [], "creator": "", "character_version": "", "extensions": {},
}  # fmt: skip


def write_cards(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """A zip with a PNG for each NPC that the lens sees, with version 2 and 3 of its card in it."""
    names = writing.FileNames()
    count = 0
    with writing.whole_file(dest) as partial, zipfile.ZipFile(partial, "w") as archive:
        for entity in project.all(Entity, "kind = 'npc'"):
            shown = seen.record(project, entity.id, lens=lens)
            if isinstance(shown, Entity):
                name = names("", shown.name).removeprefix("/").removesuffix(".md")
                writing.add(archive, f"{name}.png", card_png(project, shown, lens=lens))
                count += 1
    return {"card": count}


def card_png(project: Project, entity: Entity, *, lens: Lens = OPEN_EYES) -> bytes:
    """One card on the character's portrait, or on grey where it has none as PNG."""
    data = card_data(entity)
    old = {key: value for key, value in data.items() if key in _EMPTY or key == "character_book"}
    both = {
        "chara": {"spec": V2, "spec_version": "2.0", "data": old},
        "ccv3": {"spec": V3, "spec_version": "3.0", "data": _with_book(data)},
    }
    texts = {keyword: base64.b64encode(json.dumps(card, ensure_ascii=False).encode()) for keyword, card in both.items()}
    return png_text.with_texts(_portrait(project, entity, lens), texts)


def card_data(entity: Entity) -> Json:
    """The fields of a card of version 3. A card that came in goes out as it was, but for what was changed here."""
    kept = entity.ext.get(SOURCE, {}).get("raw")
    before = data_of(kept) if is_card(kept) else {}
    data = _EMPTY | {"group_only_greetings": []} | before
    ours: Json = {"name": entity.name, "personality": str(entity.fields.get("personality", ""))}
    data |= {key: value for key, value in ours.items() if value != words(before, key)}
    if list(entity.tags) != list(dict.fromkeys(texts_of(before.get("tags")))):
        data["tags"] = list(entity.tags)
    body = _plain(entity.body.partition("\n\n## Lore\n")[0])
    if body != body_of(before):
        data |= fields_of(body)
    if not data["description"]:
        data["description"] = entity.summary
    if entity.aliases and not before.get("nickname"):
        data["nickname"] = entity.aliases[0].name
    return (
        data
        if isinstance(data.get("character_book"), dict)
        else {k: v for k, v in data.items() if k != "character_book"}
    )


def _with_book(data: Json) -> Json:
    """The fields with what version 3 demands of each entry of a book: a card of version 2 may lack it."""
    book = data.get("character_book")
    entries = book.get("entries") if isinstance(book, dict) else None
    if not isinstance(book, dict) or not isinstance(entries, list):
        return data
    whole = [
        {"use_regex": any(key.startswith("/") for key in texts_of(one.get("keys")))} | one
        for one in entries if isinstance(one, dict)
    ]  # fmt: skip
    return data | {"character_book": book | {"entries": whole}}


def write_lore(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """World Info: an entry for every entity and note that the lens sees, with its names as keys."""
    entries: Json = {}
    for cls in (Entity, Entry):
        for record in project.all(cls):
            shown = seen.record(project, record.id, lens=lens)
            if shown is None:
                continue
            text = _plain("\n\n".join(part for part in (getattr(shown, "summary", ""), shown.body) if part))
            if text.strip():
                entries[str(len(entries))] = _lore(len(entries), shown, text)
    with writing.whole_file(dest) as partial:
        partial.write_text(json.dumps({"entries": entries}, ensure_ascii=False, indent=1), encoding="utf-8")
    return {"entry": len(entries)}


def _lore(uid: int, record: Entity | Entry, text: str) -> Json:
    names = list(record.names()) if isinstance(record, Entity) else [record.title]
    kept = record.ext.get("world-info", {}).get("raw")
    keys = kept.get("key") if isinstance(kept, dict) and isinstance(kept.get("key"), list) else names
    fresh: Json = {
        "key": keys, "keysecondary": [], "comment": names[0], "content": text, "constant": False, "selective": False,
        "selectiveLogic": 0, "addMemo": True, "order": 100, "position": 0, "disable": False, "probability": 100,
        "useProbability": True, "depth": 4, "group": "",
    }  # fmt: skip
    before = kept if isinstance(kept, dict) and "key" in kept else {}
    return fresh | before | {"uid": uid, "key": keys, "comment": names[0], "content": text, "displayIndex": uid}


def _portrait(project: Project, entity: Entity, lens: Lens) -> bytes:
    for digest in entity.images:
        if media.may_read(project, digest, lens):
            data = media.bytes_of(project, digest, lens)
            if data.startswith(png_text.SIGNATURE):
                return png_text.without(data, entity.name, frozenset({"chara", "ccv3"}))
    return png_text.blank()


def _plain(text: str) -> str:
    """Links as their words."""
    return WIKILINK.sub(lambda match: match.group(2) or match.group(1), text)
