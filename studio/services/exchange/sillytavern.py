"""SillyTavern's chat files: JSON lines, a header first; swipes are other answers to the same message."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.domain.commit import content_hash
from studio.services.exchange.conversation import Conversation, Conversations, Turn, title_of
from studio.services.exchange.reading import check_shape, clean, read_text, refuse

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "sillytavern"


def claims(probe: Probe) -> bool:
    """JSON lines; whether they are its chat is said while reading."""
    return probe.suffix == ".jsonl"


def read(probe: Probe) -> Conversations:
    """The chat in the file."""
    return parse(probe.path)


def parse(path: Path) -> Conversations:
    """The chat with its swipes as branches. It has no ids: a turn's is over everything up to it."""
    lines = [_line(line, path.name) for line in read_text(path).split("\n") if line.strip()]
    header = lines[0] if lines else {}
    if not {"chat_metadata", "user_name", "character_name"} & header.keys():
        refuse(f"“{path.name}” isn't a chat of SillyTavern: its first line is no header.")
    found = Conversations(source=SOURCE, title="a chat from SillyTavern", chats=[])
    title = title_of(header.get("character_name"), title_of(path.stem))
    key = content_hash([header.get("create_date"), header.get("character_name"), header.get("user_name")])
    turns: list[Turn] = []
    above, chain = "", key
    for n, message in enumerate(lines[1:], 2):
        texts, shown = _said(message)
        if not texts:
            found.skipped.append((f"line {n}", "it holds no text"))
            continue
        role = "user" if message.get("is_user") is True else "assistant"
        chain = content_hash([chain, texts[shown]])
        ids = [chain if k == shown else content_hash([chain, k, text]) for k, text in enumerate(texts)]
        turns += [Turn(id=i, parent=above, role=role, text=text) for i, text in zip(ids, texts, strict=True)]
        above = chain
    if turns:
        found.chats.append(Conversation(id=key, title=title, turns=turns, current=above))
    return found


def _line(line: str, name: str) -> Json:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        refuse(f"A line of “{name}” isn't valid JSON. Check that the file is complete.")
    check_shape(value, name)
    return value if isinstance(value, dict) else {}


def _said(message: Json) -> tuple[list[str], int]:
    """(the answers to choose from, which of them was shown). What is shown may have been edited after."""
    text = clean(message["mes"]).strip() if isinstance(message.get("mes"), str) else ""
    if not text or message.get("is_system") is True:
        return [], 0
    given = message.get("swipes")
    swipes = [clean(s).strip() for s in given if isinstance(s, str)] if isinstance(given, list) else []
    at = message.get("swipe_id")
    if len(swipes) < 2 or not isinstance(at, int) or not 0 <= at < len(swipes):
        return [text], 0
    swipes[at] = text
    others = [(k, s) for k, s in enumerate(swipes) if s]
    return [s for _, s in others], next(n for n, (k, _) in enumerate(others) if k == at)
