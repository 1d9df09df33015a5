"""Character cards V1, V2 and V3: in a PNG's texts, as JSON, or in a charx with its assets. Read leniently."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from studio.domain.commit import content_hash
from studio.services.exchange.material import Material, Thing, link, unmarked
from studio.services.exchange.reading import parse_json, refuse
from studio.services.exchange.tavern import lore, png_text
from studio.services.exchange.tavern.shapes import body_of, data_of, is_card, texts_of, words

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "character-card"
CARD = "card.json"
KEYWORDS = ("ccv3", "chara")
"""In a PNG: the newer one first, and it wins."""
_IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".gif")


def claims(probe: Probe) -> bool:
    """A PNG with a card in it, a card as JSON, or a zip with `card.json`."""
    if probe.head.startswith(png_text.SIGNATURE):
        return any(keyword in png_text.texts(probe.bytes, probe.name) for keyword in KEYWORDS)
    if probe.files is not None:
        return CARD in probe.names
    return is_card(probe.json)


def read(probe: Probe) -> Material:
    """The character, its portrait and its lorebook."""
    if probe.head.startswith(png_text.SIGNATURE):
        card = _from_png(probe)
    elif probe.files is not None:
        card = probe.read_json(CARD)
    else:
        card = probe.json
    if not is_card(card):
        refuse(f"“{probe.name}” holds no character card that can be read.")
    found = _material(card, probe.stem)
    _portraits(probe, found)
    return found


def _from_png(probe: Probe) -> Any:
    carried = png_text.texts(probe.bytes, probe.name)
    text = next(carried[keyword] for keyword in KEYWORDS if keyword in carried)
    try:
        data = base64.b64decode(b"".join(text.split()).translate(bytes.maketrans(b"-_", b"+/")) + b"===")
    except (binascii.Error, ValueError):
        refuse(f"The card in “{probe.name}” is damaged. Get the image again and retry.")
    return parse_json(data, probe.name)


def _material(card: Json, stem: str) -> Material:
    data = data_of(card)
    name = unmarked(words(data, "name")) or stem
    key = content_hash([words(data, "name"), words(data, "creator")])[:24]
    found = Material(source=SOURCE, title=f"the character {name}")
    person = Thing(key, name, "npc", told="character", body=unmarked(body_of(data)), raw=card)
    person.fields["personality"] = unmarked(words(data, "personality"))
    person.aliases = [unmarked(nick) for nick in texts_of([data.get("nickname")])]
    person.tags = [unmarked(tag) for tag in texts_of(data.get("tags"))]
    notes = words(data, "creator_notes")
    person.custom = {"creator": words(data, "creator"), "version": words(data, "character_version")}
    person.custom |= {"creator_notes": unmarked(notes)} if notes else {}
    found.things.append(person)
    if greetings := texts_of(data.get("alternate_greetings")):
        found.note(name, f"{len(greetings)} other greetings are kept and go out again with the card")
    _book(found, person, data.get("character_book"))
    return found


def _book(found: Material, person: Thing, book: Any) -> None:
    """The card's lore as notes that its character links to."""
    if not isinstance(book, dict):
        return
    entries = lore.things(found, lore.entries_of(book), prefix=f"{person.key}/lore/", told="lore")
    if entries:
        links = "\n".join(f"- {link(entry.key, entry.name)}" for entry in entries)
        person.body = f"{person.body}\n\n## Lore\n\n{links}".strip()


def _portraits(probe: Probe, found: Material) -> None:
    """The image that carries the card without the card in it, or the pictures among a charx's assets."""
    person = found.things[0]
    if probe.head.startswith(png_text.SIGNATURE):
        bare = png_text.without(probe.bytes, probe.name, frozenset(KEYWORDS))
        if found.add_image("portrait", person.name, bare):
            person.images = ["portrait"]
    elif probe.files is not None:
        for name in sorted(probe.names - {CARD}):
            if not name.lower().endswith(_IMAGES):
                found.skip(name, "an asset of a kind that has no place here")
            elif found.add_image(name, name.rpartition("/")[2], probe.files.read(name, limit=64 << 20)):
                person.images.append(name)
