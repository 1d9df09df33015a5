"""LibreChat's export: one chat as a tree (`recursive`) or as a list of messages that name their parents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.conversation import Conversation, Conversations, Turn, moment, ordered, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "librechat"
ROOT = "00000000-0000-0000-0000-000000000000"


def claims(probe: Probe) -> bool:
    """An object with a conversation's id and its messages."""
    data = probe.json
    return isinstance(data, dict) and "conversationId" in data and bool({"messagesTree", "messages"} & data.keys())


def read(probe: Probe) -> Conversations:
    """The chat with all its branches."""
    data: Json = probe.json
    title = title_of(data.get("title"), title_of(probe.stem))
    found = Conversations(source=SOURCE, title=f"the chat “{title}” from LibreChat", chats=[])
    turns: dict[str, Turn] = {}
    for parent, message in _messages(data):
        identity, text = message.get("messageId"), _text(message)
        if not isinstance(identity, str) or not text or identity in turns:
            found.skipped.append(
                (f"a message of “{title}”", "it holds no text" if not text else "it has no id of its own")
            )
            continue
        mine = message.get("isCreatedByUser") is True
        model = message.get("model") if not mine and isinstance(message.get("model"), str) else ""
        turns[identity] = Turn(
            id=identity, parent=parent, role="user" if mine else "assistant", text=text, model=model or "",
            at=moment(message.get("createdAt")),
        )  # fmt: skip
    rooted = [t if t.parent in turns else Turn(t.id, "", t.role, t.text, t.model, t.at) for t in turns.values()]
    done, cut_off = ordered(rooted)
    found.skipped += [(f"a message of “{title}”", "its place in the conversation can't be found") for _ in cut_off]
    if done:
        identity = str(data.get("conversationId") or title)
        found.chats.append(Conversation(id=identity, title=title, turns=done, current=done[-1].id, at=done[0].at))
    return found


def _messages(data: Json) -> Iterator[tuple[str, Json]]:
    """(parent's id, message), parents first; a tree of any depth is walked without recursion."""
    tree, flat = data.get("messagesTree"), data.get("messages")
    stack = [("", one) for one in reversed(tree)] if isinstance(tree, list) else []
    while stack:
        parent, one = stack.pop()
        if not isinstance(one, dict):
            continue
        yield _parent(one, parent), one
        children = one.get("children")
        below = str(one.get("messageId") or parent)
        stack += [(below, child) for child in reversed(children)] if isinstance(children, list) else []
    if not isinstance(tree, list):
        for one in flat if isinstance(flat, list) else []:
            if isinstance(one, dict):
                yield _parent(one, ""), one


def _parent(message: Json, default: str) -> str:
    given = message.get("parentMessageId")
    return "" if given == ROOT else given if isinstance(given, str) else default


def _text(message: Json) -> str:
    """The message's text, or the texts of its parts."""
    if isinstance(message.get("text"), str) and message["text"].strip():
        return message["text"].strip()
    parts = message.get("content")
    texts = [one.get("text") for one in parts if isinstance(one, dict)] if isinstance(parts, list) else []
    return "\n\n".join(text.strip() for text in texts if isinstance(text, str) and text.strip())
