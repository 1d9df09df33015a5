"""Answers and conversations from elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from studio.domain.errors import ImportRefused
from studio.services.chat.paste import parse

if TYPE_CHECKING:
    from pathlib import Path


def test_a_text_without_speakers_is_one_answer() -> None:
    (found,) = parse("## The Ashen Concord\n\nA brittle alliance.\n")
    assert found.messages == (("assistant", "## The Ashen Concord\n\nA brittle alliance."),)


@pytest.mark.parametrize(
    "text",
    [
        "You said:\nWho are they?\n\nChatGPT said:\nTraders.",
        "**User:** Who are they?\n\n**Assistant:** Traders.",
        "## User\nWho are they?\n\n## Claude\nTraders.",
        "Human: Who are they?\n\nAssistant: Traders.",
    ],
)
def test_speakers_are_told_apart(text: str) -> None:
    (found,) = parse(text)
    assert found.messages == (("user", "Who are they?"), ("assistant", "Traders."))


def test_a_line_that_only_begins_like_a_speaker_is_text() -> None:
    (found,) = parse("You: the players. They arrive at dusk.\n\nYou leave at dawn.")
    assert len(found.messages) == 1


def test_an_export_of_chatgpt_gives_the_branch_that_was_shown(shared: Path) -> None:
    source = shared / "samples" / "chats" / "chatgpt-modern" / "conversations.json"
    found = parse(source.read_text("utf-8"), name=source.name)
    assert found[0].origin == "ChatGPT"
    assert [role for role, _ in found[0].messages[:2]] == ["user", "assistant"]


def test_an_export_of_claude_gives_its_texts() -> None:
    chat = {
        "name": "Coast",
        "chat_messages": [
            {"sender": "human", "text": "Who?"},
            {"sender": "assistant", "content": [{"type": "text", "text": "Them."}, {"type": "tool_use"}]},
        ],
    }
    (found,) = parse(json.dumps([chat]), name="conversations.json")
    assert (found.title, found.origin) == ("Coast", "Claude")
    assert found.messages == (("user", "Who?"), ("assistant", "Them."))


def test_json_that_holds_no_conversation_is_refused_in_words() -> None:
    with pytest.raises(ImportRefused, match="no conversation"):
        parse('{"a": 1}', name="x.json")
    with pytest.raises(ImportRefused, match="isn't readable JSON"):
        parse("{", name="x.json")


def test_a_cycle_in_an_export_ends() -> None:
    node = {"id": "a", "parent": "a", "message": {"author": {"role": "user"}, "content": {"parts": ["hi"]}}}
    (found,) = parse(json.dumps([{"mapping": {"a": node}, "current_node": "a"}]), name="c.json")
    assert found.messages == (("user", "hi"),)
