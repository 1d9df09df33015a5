"""ChatGPT's export: `conversations.json`, a list of trees of nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from studio.services.exchange.conversation import (
    Conversation,
    Conversations,
    Turn,
    moment,
    ordered,
    raw_chats,
    title_of,
)

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "chatgpt"


def is_chatgpt(data: Any) -> TypeGuard[list[Any]]:
    """A list of conversations, at least one of them with a `mapping`."""
    return isinstance(data, list) and any(isinstance(c, dict) and isinstance(c.get("mapping"), dict) for c in data)


def claims(probe: Probe) -> bool:
    """Whether these are its chats, in a file or in the zip."""
    return is_chatgpt(raw_chats(probe))


def read(probe: Probe) -> Conversations:
    """All conversations of the file or zip."""
    return parse(raw_chats(probe))


def parse(data: list[Any]) -> Conversations:
    """All conversations, branches included; hidden messages, tools and what isn't text are left out with a reason."""
    found = Conversations(source=SOURCE, title="chats from ChatGPT", chats=[])
    for n, raw in enumerate(data):
        title = title_of(raw.get("title") if isinstance(raw, dict) else None, f"Chat {n + 1}")
        if not isinstance(raw, dict) or not isinstance(raw.get("mapping"), dict):
            found.skipped.append((title, "it holds no messages"))
            continue
        chat = _chat(raw, title, found.skipped)
        if chat.turns:
            found.chats.append(chat)
        else:
            found.skipped.append((title, "it has no text to import"))
    return found


def _chat(raw: Json, title: str, skipped: list[tuple[str, str]]) -> Conversation:
    mapping: Json = {key: node for key, node in raw["mapping"].items() if isinstance(node, dict)}
    default_model = raw.get("default_model_slug")
    kept: dict[str, Turn] = {}
    for key, node in mapping.items():
        turn, why = _turn(key, node.get("message"), default_model if isinstance(default_model, str) else "")
        if turn is not None:
            kept[key] = turn
        elif why:
            skipped.append((f"a message of “{title}”", why))
    turns = [_under(turn, _kept_above(key, mapping, kept)) for key, turn in kept.items()]
    done, cut_off = ordered(turns)
    skipped += [(f"a message of “{title}”", "its place in the conversation can't be found") for _ in cut_off]
    current = str(raw.get("current_node"))
    shown = current if current in kept else _kept_above(current, mapping, kept)
    identity = raw.get("conversation_id") or raw.get("id") or title
    return Conversation(id=str(identity), title=title, turns=done, current=shown, at=moment(raw.get("create_time")))


def _under(turn: Turn, parent: str) -> Turn:
    return Turn(id=turn.id, parent=parent, role=turn.role, text=turn.text, model=turn.model, at=turn.at)


def _kept_above(key: str, mapping: Json, kept: dict[str, Turn]) -> str:
    """The nearest node above this one that became a message; empty at the root. Survives cycles."""
    seen = {key}
    above = mapping.get(key, {}).get("parent")
    while isinstance(above, str) and above in mapping and above not in seen:
        if above in kept:
            return above
        seen.add(above)
        above = mapping[above].get("parent")
    return ""


def _turn(key: str, message: Any, default_model: str) -> tuple[Turn | None, str]:
    """(the turn, or None, and why it is left out; no reason for nodes that hold nothing)."""
    if not isinstance(message, dict):
        return None, ""
    author, content, meta = (_object(message.get(part)) for part in ("author", "content", "metadata"))
    role = author.get("role")
    text = _text(content)
    if meta.get("is_visually_hidden_from_conversation") or content.get("content_type") == "user_editable_context":
        return None, "ChatGPT hid it"
    if role == "tool" or message.get("recipient") not in (None, "all"):
        return None, "it is a tool's"
    if role not in ("user", "assistant", "system") or not text:
        return None, "" if role == "system" else "it holds no text"
    model = meta.get("model_slug") if role == "assistant" else ""
    model = model if isinstance(model, str) else default_model if role == "assistant" else ""
    return Turn(id=key, parent="", role=role, text=text, model=model, at=moment(message.get("create_time"))), ""


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _text(content: Json) -> str:
    parts = content.get("parts")
    found: list[str] = []
    for part in parts if isinstance(parts, list) else [content.get("text")]:
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            found.append(part["text"])
    return "\n\n".join(p for p in found if p.strip())
