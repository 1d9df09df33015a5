"""Channels of Discord and chats of LibreChat: who said what, in its place in the conversation."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.chat import Message, Thread
from studio.domain.errors import ImportRefused
from studio.services.exchange import import_files

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

CHANNEL: dict[str, Any] = {
    "guild": {"id": "1", "name": "Table"},
    "channel": {"id": "2", "name": "session-4"},
    "messages": [
        {"id": "m1", "timestamp": "2025-03-01T19:00:00+00:00", "content": "I open it.",
         "author": {"id": "77777", "name": "tam", "nickname": "Tamsin", "isBot": False}},
        {"id": "m2", "timestamp": "2025-03-01T19:01:00+00:00", "content": "",
         "author": {"id": "88888", "name": "dice", "isBot": True},
         "embeds": [{"title": "Perception", "description": "14"}]},
        {"id": "m3", "content": "", "author": {"name": "tam"}, "attachments": [{"fileName": "map.png"}]},
        {"id": "m4", "content": "  ", "author": {"name": "tam"}},
    ],
}  # fmt: skip
LIBRE: dict[str, Any] = {
    "conversationId": "c9", "title": "Marsh", "recursive": True,
    "messagesTree": [
        {"messageId": "a", "parentMessageId": "00000000-0000-0000-0000-000000000000", "isCreatedByUser": True,
         "text": "Who rules?", "children": [
             {"messageId": "b", "parentMessageId": "a", "text": "A king.", "model": "m-1", "children": []},
             {"messageId": "c", "parentMessageId": "a", "content": [{"type": "text", "text": "A synod."}]},
         ]},
    ],
}  # fmt: skip


def bring(project: Project, tmp_path: Path, data: Any) -> Any:
    path = tmp_path / "chat.json"
    path.write_text(json.dumps(data))
    return import_files(project, [path])


def test_a_channel_is_one_chat_under_the_names_that_it_showed(project: Project, tmp_path: Path) -> None:
    report = bring(project, tmp_path, CHANNEL)
    said = {m.foreign_ids["discord"]: m for m in project.all(Message)}
    assert said["m1"].text == "**Tamsin:** I open it."
    assert (said["m2"].role, said["m2"].text) == ("assistant", "**dice:** Perception\n\n14")
    assert said["m3"].text == "**tam:** *map.png*"
    assert said["m3"].parent_id == said["m2"].id
    assert report.skipped == 1
    assert "77777" not in "".join(m.model_dump_json() for m in said.values())
    assert bring(project, tmp_path, CHANNEL).unchanged == report.imported


def test_a_tree_keeps_its_branches(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, LIBRE)
    said = {m.text: m for m in project.all(Message)}
    assert said["A king."].parent_id == said["A synod."].parent_id == said["Who rules?"].id
    assert said["A king."].model == "m-1"
    assert project.all(Thread)[0].title == "Marsh"


def test_a_flat_list_is_the_same_chat(project: Project, tmp_path: Path) -> None:
    first = bring(project, tmp_path, LIBRE)
    root = LIBRE["messagesTree"][0]
    flat = {"conversationId": "c9", "title": "Marsh", "messages": [root, *root["children"]]}
    assert bring(project, tmp_path, flat).unchanged == first.imported


def test_the_shared_channel_comes_in_whole(project: Project, shared: Path) -> None:
    report = import_files(project, list((shared / "samples" / "chats").rglob("channel.json")))
    assert report.imported + report.skipped == report.read > 5


@pytest.mark.parametrize("good", [CHANNEL, LIBRE], ids=["discord", "librechat"])
def test_no_spoiled_chat_escapes_the_reader(project: Project, tmp_path: Path, good: Any) -> None:
    dice = random.Random(5)
    odd = [None, 3, "x", [], {}, [None], -1, True, [[1]]]

    def spoiled(value: Any) -> Any:
        if dice.random() < 0.15:
            return dice.choice(odd)
        if isinstance(value, dict):
            return {key: spoiled(one) for key, one in value.items()}
        return [spoiled(one) for one in value] if isinstance(value, list) else value

    for _ in range(80):
        with suppress(ImportRefused):
            bring(project, tmp_path, spoiled(good))
