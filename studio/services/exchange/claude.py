"""Claude's export: `conversations.json`, a list of chats with `chat_messages`."""

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
SOURCE = "claude"
_ROOT = "00000000-0000-4000-8000-000000000000"


def is_claude(data: Any) -> TypeGuard[list[Any]]:
    """A list of conversations, at least one of them with `chat_messages`."""
    return isinstance(data, list) and any(
        isinstance(c, dict) and isinstance(c.get("chat_messages"), list) for c in data
    )


def claims(probe: Probe) -> bool:
    """Whether these are its chats, in a file or in the zip."""
    return is_claude(raw_chats(probe))


def read(probe: Probe) -> Conversations:
    """All conversations of the file or zip."""
    return parse(raw_chats(probe))


def parse(data: list[Any]) -> Conversations:
    """All conversations; messages without parents follow one another."""
    found = Conversations(source=SOURCE, title="chats from Claude", chats=[])
    for n, raw in enumerate(data):
        title = title_of(raw.get("name") if isinstance(raw, dict) else None, f"Chat {n + 1}")
        messages = raw.get("chat_messages") if isinstance(raw, dict) else None
        if not isinstance(messages, list):
            found.skipped.append((title, "it holds no messages"))
            continue
        turns, cut_off = ordered(_turns(messages, title, found.skipped))
        found.skipped += [(f"a message of “{title}”", "its place in the conversation can't be found") for _ in cut_off]
        current = raw.get("current_leaf_message_uuid")
        chat = Conversation(
            id=str(raw.get("uuid") or title), title=title, turns=turns, at=moment(raw.get("created_at")),
            current=current if isinstance(current, str) else "",
        )  # fmt: skip
        if turns:
            found.chats.append(chat)
        else:
            found.skipped.append((title, "it has no text to import"))
    return found


def _turns(messages: list[Any], title: str, skipped: list[tuple[str, str]]) -> list[Turn]:
    turns: list[Turn] = []
    above: dict[str, str] = {_ROOT: ""}
    last = ""
    for n, raw in enumerate(messages):
        key, parent = (
            (raw.get("uuid") or f"{n}", raw.get("parent_message_uuid")) if isinstance(raw, dict) else ("", None)
        )
        text = _text(raw) if isinstance(raw, dict) else ""
        under = above.get(parent, parent) if isinstance(parent, str) else last
        if not isinstance(key, str) or not text or key in above:
            skipped.append((f"a message of “{title}”", "it holds no text" if not text else "it is there twice"))
            if isinstance(key, str):
                above.setdefault(key, under)
            continue
        above[key] = key
        role = "user" if raw.get("sender") in ("human", "user") else "assistant"
        model = raw["model"] if isinstance(raw.get("model"), str) else ""
        turns.append(Turn(id=key, parent=under, role=role, text=text, model=model, at=moment(raw.get("created_at"))))
        last = key
    return turns


def _text(raw: Json) -> str:
    """The text; newer exports leave it empty and have it in `content`. Pasted attachments follow it."""
    content = raw.get("content")
    blocks = [b for b in content if isinstance(b, dict)] if isinstance(content, list) else []
    texts = [b["text"] for b in blocks if b.get("type") == "text" and isinstance(b.get("text"), str)]
    text = "\n\n".join(t for t in texts if t.strip()) or (raw["text"] if isinstance(raw.get("text"), str) else "")
    attached = raw.get("attachments")
    for one in attached if isinstance(attached, list) else []:
        if isinstance(one, dict) and isinstance(one.get("extracted_content"), str) and one["extracted_content"].strip():
            text += f"\n\n**{one.get('file_name') or 'Attachment'}**\n\n{one['extracted_content']}"
    return text.strip()
