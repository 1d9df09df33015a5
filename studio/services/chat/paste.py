"""Conversations from elsewhere: the clipboard, text files, and the exports of ChatGPT and Claude."""

from __future__ import annotations

import json
import re
from typing import Any

from studio.domain.chat import Role
from studio.domain.errors import ImportRefused
from studio.domain.record import Frozen

MAX_CHARS = 20_000_000
_SPEAKER = re.compile(
    r"^(?:#{1,6}\s*)?\**(you said|you|user|human|me|prompt|chatgpt said|chatgpt|gpt-?\w*|claude|gemini|assistant|ai)"
    r"\s*:?\**\s*:?\**[ \t]*$|^(?:#{1,6}\s*)?\**(you|user|human|chatgpt|claude|gemini|assistant)\**\s*:\**[ \t]+(?=\S)",
    re.IGNORECASE | re.MULTILINE,
)
_USERS = {"you said", "you", "user", "human", "me", "prompt"}


class Conversation(Frozen):
    """What was said elsewhere, in order."""

    title: str = ""
    origin: str
    messages: tuple[tuple[Role, str], ...]


def parse(text: str, *, name: str = "") -> list[Conversation]:
    """Conversations in a text or file content; a text without speakers is one answer. Raises ImportRefused."""
    if len(text) > MAX_CHARS:
        raise ImportRefused("This file is too large to take in as a chat. Split it, or use File › Import.")
    if name.lower().endswith(".json") or text.lstrip()[:1] in ("[", "{"):
        found = _from_json(text, name)
        if found or name.lower().endswith(".json"):
            return found
    if not text.strip():
        raise ImportRefused("There is no text in it.")
    return [Conversation(title=_stem(name), origin=name or "clipboard", messages=tuple(_transcript(text)))]


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _transcript(text: str) -> list[tuple[Role, str]]:
    marks = list(_SPEAKER.finditer(text))
    speakers = [(m.group(1) or m.group(2)).lower() for m in marks]
    told_apart = len({s in _USERS for s in speakers}) == 2
    if not told_apart:
        return [("assistant", text.strip())]
    said: list[tuple[Role, str]] = []
    for mark, speaker, end in zip(marks, speakers, [*(m.start() for m in marks[1:]), len(text)], strict=True):
        part = text[mark.end() : end].strip()
        if part:
            said.append(("user" if speaker in _USERS else "assistant", part))
    return said or [("assistant", text.strip())]


def _from_json(text: str, name: str) -> list[Conversation]:
    try:
        data = json.loads(text)
    except ValueError as error:
        if name.lower().endswith(".json"):
            raise ImportRefused(f"“{name}” isn't readable JSON: {error}.") from error
        return []
    found = [c for item in (data if isinstance(data, list) else [data]) if (c := _conversation(item, name))]
    plain = _plain(data)
    if not found and plain:
        found = [Conversation(title=_stem(name), origin=name or "clipboard", messages=tuple(plain))]
    if not found and name:
        raise ImportRefused(f"“{name}” holds no conversation that is known here: ChatGPT and Claude exports are.")
    return found


def _conversation(item: Any, name: str) -> Conversation | None:
    if not isinstance(item, dict):
        return None
    if isinstance(item.get("mapping"), dict):
        said, origin = _chatgpt(item), "ChatGPT"
    elif isinstance(item.get("chat_messages"), list):
        said, origin = _claude(item["chat_messages"]), "Claude"
    elif isinstance(item.get("messages"), list):
        said, origin = _plain(item["messages"]), name or "clipboard"
    else:
        return None
    title = str(item.get("title") or item.get("name") or "")
    return Conversation(title=title, origin=origin, messages=tuple(said)) if said else None


def _chatgpt(item: dict[str, Any]) -> list[tuple[Role, str]]:
    """The branch that was shown, from its last node up to the root."""
    mapping = item["mapping"]
    at: Any = item.get("current_node") or next((k for k, v in mapping.items() if not v.get("children")), None)
    said: list[tuple[Role, str]] = []
    seen: set[str] = set()
    while at in mapping and at not in seen:
        seen.add(at)
        node = mapping[at]
        message = node.get("message") or {}
        role = (message.get("author") or {}).get("role")
        content = message.get("content") or {}
        text = "\n\n".join(p for p in content.get("parts") or () if isinstance(p, str)).strip()
        hidden = (message.get("metadata") or {}).get("is_visually_hidden_from_conversation")
        if role in ("user", "assistant") and text and not hidden:
            said.append((role, text))
        at = node.get("parent")
    return said[::-1]


def _claude(items: list[Any]) -> list[tuple[Role, str]]:
    said: list[tuple[Role, str]] = []
    for item in items:
        blocks = item.get("content") or []
        text = "\n\n".join(b.get("text", "") for b in blocks if isinstance(b, dict) and b.get("type") == "text")
        text = (text or str(item.get("text") or "")).strip()
        if text:
            said.append(("user" if item.get("sender") == "human" else "assistant", text))
    return said


def _plain(items: Any) -> list[tuple[Role, str]]:
    """A list of `{role, content}`, as the APIs have it."""
    said: list[tuple[Role, str]] = []
    for item in items if isinstance(items, list) else []:
        role = item.get("role") if isinstance(item, dict) else None
        content = item.get("content") if isinstance(item, dict) else None
        if role in ("user", "assistant") and isinstance(content, str) and content.strip():
            said.append((role, content.strip()))
    return said
