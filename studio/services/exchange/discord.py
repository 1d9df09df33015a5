"""A Discord channel as DiscordChatExporter writes it: one chat in which everybody speaks under the name they show.

Names of people stay what the channel showed; account numbers, avatars and colours are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.conversation import Conversation, Conversations, Turn, moment, title_of

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "discord"


def claims(probe: Probe) -> bool:
    """An object with a guild, a channel and messages."""
    data = probe.json
    return isinstance(data, dict) and isinstance(data.get("channel"), dict) and isinstance(data.get("messages"), list)


def read(probe: Probe) -> Conversations:
    """The channel as one chat, in the order of the file."""
    data: Json = probe.json
    channel = data["channel"]
    title = title_of(channel.get("name"), title_of(probe.stem))
    found = Conversations(source=SOURCE, title=f"the channel “{title}” from Discord", chats=[])
    turns: list[Turn] = []
    seen: set[str] = set()
    for n, message in enumerate(data["messages"]):
        text = _text(message) if isinstance(message, dict) else ""
        identity = str(message.get("id") or n) if isinstance(message, dict) else str(n)
        if not text or identity in seen:
            found.skipped.append((f"message {n + 1}", "it is there twice" if text else "it holds no text"))
            continue
        seen.add(identity)
        above = turns[-1].id if turns else ""
        turns.append(
            Turn(id=identity, parent=above, role=_role(message), text=text, at=moment(message.get("timestamp")))
        )
    identity = str(channel.get("id") or title)
    if turns:
        found.chats.append(Conversation(id=identity, title=title, turns=turns, current=turns[-1].id, at=turns[0].at))
    return found


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _role(message: Json) -> Any:
    return "assistant" if _object(message.get("author")).get("isBot") is True else "user"


def _text(message: Json) -> str:
    """Who says what, with the titles of what is embedded and the names of what is attached."""
    author = _object(message.get("author"))
    name = next((author[key] for key in ("nickname", "name") if isinstance(author.get(key), str) and author[key]), "")
    content = message.get("content")
    parts = [content.strip()] if isinstance(content, str) and content.strip() else []
    for part, key in (("embeds", "title"), ("embeds", "description"), ("attachments", "fileName")):
        given = message.get(part)
        found = [_object(one).get(key) for one in given] if isinstance(given, list) else []
        parts += [f"*{word}*" if part == "attachments" else word for word in found if isinstance(word, str) and word]
    text = "\n\n".join(parts)
    return f"**{' '.join(name.split())}:** {text}" if text and name else text
