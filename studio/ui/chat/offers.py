"""What the composer offers after `@`, `[[` and `/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.chat.popup import Offer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.ui.commands import Command
    from studio.ui.names import NameIndex

MOST = 8


def entities(names: NameIndex, typed: str) -> list[Offer]:
    """Entities by name; the key is the id, a space, the name."""
    hits = names.search(typed, limit=MOST, titles=False)
    return [Offer(h.text, h.kind.replace("_", " "), f"kind:{h.kind}", f"{h.record_id} {h.text}") for h in hits]


def commands(all_commands: Iterable[Command], typed: str) -> list[Offer]:
    """Commands that can run now and whose words have what was typed."""
    found = []
    for command in all_commands:
        words = command.text.rstrip("…")
        if typed.lower() in words.lower() and (command.enabled is None or command.enabled()):
            found.append(Offer(words, command.help, command.icon or "command", command.id))
    return found[:MOST]


def look_up(names: NameIndex, record_id: str) -> tuple[str, str] | None:
    """(name, kind) of an entity."""
    named = names.get(record_id)
    return (named.text, named.kind) if named is not None else None
