"""Open WebUI's export: a list of chats, each with a history of messages by id."""

from __future__ import annotations

import re
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
SOURCE = "open-webui"
_DETAILS_END = re.compile("</details>", re.IGNORECASE)
_DETAILS = re.compile(r"<details\b[^<>]*>.*?</details>\s*", re.DOTALL | re.IGNORECASE)


def _without_details(text: str) -> str:
    """Looked at up to the last one that ends: one without end would be looked for to the end from each that begins."""
    end = max((match.end() for match in _DETAILS_END.finditer(text)), default=0)
    return _DETAILS.sub("", text[:end]) + text[end:]


def _history(raw: Any) -> Json | None:
    chat = raw.get("chat") if isinstance(raw, dict) else None
    history = chat.get("history") if isinstance(chat, dict) else None
    messages = history.get("messages") if isinstance(history, dict) else None
    return history if isinstance(messages, dict) else None


def is_open_webui(data: Any) -> TypeGuard[list[Any]]:
    """A list of chats with a history."""
    return isinstance(data, list) and any(_history(raw) is not None for raw in data)


def claims(probe: Probe) -> bool:
    """Whether these are its chats, in a file or in the zip."""
    return is_open_webui(raw_chats(probe))


def read(probe: Probe) -> Conversations:
    """All conversations of the file or zip."""
    return parse(raw_chats(probe))


def parse(data: list[Any]) -> Conversations:
    """All chats, branches included; the collapsed blocks of reasoning and tools are taken out of the answers."""
    found = Conversations(source=SOURCE, title="chats from Open WebUI", chats=[])
    for n, raw in enumerate(data):
        history = _history(raw)
        title = title_of(raw.get("title") if isinstance(raw, dict) else None, f"Chat {n + 1}")
        if history is None:
            found.skipped.append((title, "it holds no messages"))
            continue
        turns = []
        for key, message in history["messages"].items():
            turn = _turn(key, message)
            if turn is None:
                found.skipped.append((f"a message of “{title}”", "it holds no text"))
            else:
                turns.append(turn)
        have = {t.id for t in turns}
        rooted = [t if t.parent in have else Turn(t.id, "", t.role, t.text, t.model, t.at) for t in turns]
        done, cut_off = ordered(rooted)
        found.skipped += [(f"a message of “{title}”", "its place in the conversation can't be found") for _ in cut_off]
        current, made = history.get("currentId"), moment(raw.get("created_at"))
        found.chats.append(Conversation(str(raw.get("id") or title), title, done, str(current or ""), made))
    return found


def _turn(key: str, message: Any) -> Turn | None:
    content = message.get("content") if isinstance(message, dict) else None
    text = _without_details(content).strip() if isinstance(content, str) else ""
    if not text:
        return None
    parent, model, role = message.get("parentId"), message.get("model"), message.get("role")
    return Turn(
        id=key, parent=parent if isinstance(parent, str) else "", text=text, at=moment(message.get("timestamp")),
        role=role if role in ("user", "assistant", "system") else "assistant",
        model=model if isinstance(model, str) else "",
    )  # fmt: skip
