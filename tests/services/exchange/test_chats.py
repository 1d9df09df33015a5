"""Chats from elsewhere become threads with all their branches, once."""

import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from studio.domain.chat import Message, Thread
from studio.domain.errors import ImportRefused
from studio.services import history
from studio.services.exchange import import_as_messages, import_files
from studio.services.exchange.conversation import Turn, moment, ordered
from studio.storage.project import Project


def node(key: str, parent: str | None, role: str, text: str, **more: Any) -> dict[str, Any]:
    message = {
        "author": {"role": role},
        "content": {"content_type": "text", "parts": [text]},
        "create_time": 1.5e9,
        **more,
    }
    return {"id": key, "parent": parent, "children": [], "message": message}


BRANCHED = [
    {
        "title": "Marsh", "conversation_id": "c1", "current_node": "a2", "create_time": 1.5e9,
        "mapping": {
            "root": {"id": "root", "parent": None, "message": None},
            "q": node("q", "root", "user", "Who rules?"),
            "t": node("t", "q", "tool", "searching"),
            "a1": node("a1", "t", "assistant", "A king."),
            "a2": node("a2", "t", "assistant", "A synod.", metadata={"model_slug": "gpt-5"}),
        },
    }
]  # fmt: skip
CLAUDE = [
    {
        "uuid": "u1", "name": "Marsh", "created_at": "2025-05-01T10:00:00.000Z",
        "chat_messages": [
            {"uuid": "m1", "sender": "human", "text": "Who rules?", "attachments": [
                {"file_name": "notes.txt", "extracted_content": "Old notes"}]},
            {"uuid": "m2", "sender": "assistant", "text": "", "content": [{"type": "thinking", "text": "hm"},
                                                                          {"type": "text", "text": "A synod."}]},
            {"uuid": "m3", "sender": "assistant", "text": "  ", "content": []},
        ],
    },
    {"uuid": "u2", "name": "Empty", "chat_messages": []},
]  # fmt: skip


def write(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_chatgpt_branches_become_siblings(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [write(tmp_path / "conversations.json", BRANCHED)])
    assert (report.created, report.skipped) == (4, 1)
    thread = project.all(Thread)[0]
    by_text = {m.text: m for m in project.all(Message)}
    assert by_text["A king."].parent_id == by_text["A synod."].parent_id == by_text["Who rules?"].id
    assert thread.leaf_id == by_text["A synod."].id
    assert by_text["A synod."].model == "gpt-5"
    assert by_text["A synod."].origin == "chatgpt"
    assert by_text["Who rules?"].created_at == moment(1.5e9)
    assert [m.text for m in sorted(project.all(Message), key=lambda m: m.id)][1:] == ["A king.", "A synod."]


def test_the_shared_chatgpt_sample_reads_as_it_should(shared: Path, project: Project) -> None:
    report = import_files(project, [shared / "samples/chats/chatgpt-modern/conversations.json"])
    assert (report.created, report.skipped) == (5, 2)
    assert [m.role for m in project.all(Message)] == ["user", "assistant"] * 2
    assert "helm rollback" in project.all(Message)[1].text


def test_the_shared_open_webui_sample_loses_its_machinery_only(shared: Path, project: Project) -> None:
    report = import_files(project, [shared / "samples/chats/openwebui/openwebui-export.json"])
    assert (report.created, report.skipped) == (9, 0)
    texts = [m.text for m in project.all(Message)]
    assert "255" in texts
    assert not any("<details" in text for text in texts)


def test_the_shared_sillytavern_sample_has_its_swipes_as_siblings(shared: Path, project: Project) -> None:
    source = shared / "samples/chats/sillytavern-synthetic-1/chat.jsonl"
    report = import_files(project, [source])
    assert report.skipped == 0
    messages: dict[str, Message] = {m.id: m for m in project.all(Message)}
    firsts = [m for m in messages.values() if m.parent_id is None]
    assert firsts[0].text == "first try"
    assert "Tower of Vael" in firsts[1].text
    at, shown = messages.get(project.all(Thread)[0].leaf_id or ""), 0
    while at is not None:
        at, shown = messages.get(at.parent_id or ""), shown + 1
    assert shown == len(source.read_text(encoding="utf-8").splitlines()) - 1
    assert import_files(project, [source]).unchanged == report.imported


@pytest.mark.parametrize(
    "text", ["", "{}", "nope", '{"user_name": 1}\n{', "[1]\n[2]", '{"chat_metadata": {}}\n[]\n{"mes": 3}']
)
def test_other_lines_are_refused_or_skipped(project: Project, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text, encoding="utf-8")
    with suppress(ImportRefused):
        assert import_files(project, [path]).created == 0


def test_claude_reads_content_attachments_and_empty_chats(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [write(tmp_path / "conversations.json", CLAUDE)])
    assert (report.created, report.skipped) == (3, 2)
    assert [m.text for m in project.all(Message)] == ["Who rules?\n\n**notes.txt**\n\nOld notes", "A synod."]


def test_an_export_zip_is_read_like_its_file(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x/conversations-000.json", json.dumps(BRANCHED))
        archive.writestr("x/conversations-001.json", json.dumps([{**BRANCHED[0], "conversation_id": "c2"}]))
        archive.writestr("x/user.json", "{}")
    assert import_files(project, [path]).created == 8
    assert len(project.all(Thread)) == 2


def test_an_unpacked_export_is_read_whole_and_a_chat_that_is_there_twice_once(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    empty = [{"title": f"Old {n}"} for n in range(60)]
    write(folder / "conversations.json", [*empty, *BRANCHED])
    write(folder / "conversations-000.json", BRANCHED)
    (folder / "chat.html").write_text("<p>All of it again</p>")
    report = import_files(project, [folder])
    assert [thread.title for thread in project.all(Thread)] == [BRANCHED[0]["title"]]
    assert "the export holds this chat twice" in [reason.why for reason in report.reasons]
    assert report.read == report.imported + report.skipped
    assert import_files(project, [folder]).created == 0


@pytest.mark.parametrize("data", [BRANCHED, CLAUDE])
def test_a_second_import_changes_nothing_and_one_undo_takes_all(project: Project, tmp_path: Path, data: Any) -> None:
    source = write(tmp_path / "conversations.json", data)
    first = import_files(project, [source])
    again = import_files(project, [source])
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.imported)
    history.undo(project)
    assert not project.all(Thread)


def test_a_chat_that_grew_goes_on_and_keeps_what_was_renamed(project: Project, tmp_path: Path) -> None:
    import_files(project, [write(tmp_path / "a.json", BRANCHED)])
    thread = project.all(Thread)[0]
    with project.commit("test", "rename") as commit:
        commit.put(thread.model_copy(update={"title": "My name"}))
    grown = json.loads(json.dumps(BRANCHED))
    grown[0]["mapping"]["q2"] = node("q2", "a2", "user", "Since when?")
    grown[0]["current_node"] = "q2"
    report = import_files(project, [write(tmp_path / "b.json", grown)])
    assert (report.created, report.updated) == (1, 1)
    after = project.get(Thread, thread.id)
    assert after.title == "My name"
    assert project.get(Message, after.leaf_id or "").text == "Since when?"


def test_text_becomes_an_answer_in_the_thread_it_is_dropped_on(project: Project, tmp_path: Path) -> None:
    with project.commit("test", "chat") as commit:
        thread = commit.put(Thread(title="T"))
    path = tmp_path / "answer.md"
    path.write_text("# Hello\r\n\r\nworld", encoding="utf-8")
    done = import_as_messages(project, path, thread_id=thread.id)
    message = project.get(Message, done.message_ids[0])
    assert (message.text, message.role, message.thread_id) == ("# Hello\n\nworld", "assistant", thread.id)
    assert project.get(Thread, thread.id).leaf_id == message.id


def test_text_without_a_thread_makes_one(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "The Marsh.txt"
    path.write_text("Wet.", encoding="utf-8")
    done = import_as_messages(project, path)
    assert project.get(Thread, done.thread_ids[0]).title == "The Marsh"
    assert import_as_messages(project, path).report.unchanged == 2


def test_a_chat_export_as_messages_names_its_threads_and_messages(project: Project, tmp_path: Path) -> None:
    done = import_as_messages(project, write(tmp_path / "c.json", BRANCHED))
    assert len(done.thread_ids) == 1
    assert [project.get(Message, i).text for i in done.message_ids] == ["Who rules?", "A king.", "A synod."]


def test_a_world_is_no_conversation(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused):
        import_as_messages(project, write(tmp_path / "w.json", {"format": "ttrpg-world"}))
    with pytest.raises(ImportRefused):
        import_as_messages(
            project, (tmp_path / "empty.md").with_suffix(".md") if (tmp_path / "empty.md").write_text(" ") else tmp_path
        )


def test_cycles_and_missing_parents_are_cut_off_not_followed() -> None:
    turns = [
        Turn("a", "b", "user", "x"),
        Turn("b", "a", "user", "x"),
        Turn("c", "gone", "user", "x"),
        Turn("d", "", "user", "x"),
    ]
    done, cut_off = ordered(turns)
    assert [t.id for t in done] == ["d"]
    assert {t.id for t in cut_off} == {"a", "b", "c"}


def test_several_files_are_one_change(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [write(tmp_path / "a.json", BRANCHED), write(tmp_path / "b.json", CLAUDE)])
    assert report.created == 7
    history.undo(project)
    assert not project.all(Message)


def test_one_bad_file_among_good_ones_changes_nothing(project: Project, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(ImportRefused):
        import_files(project, [write(tmp_path / "a.json", BRANCHED), tmp_path / "bad.json"])
    assert not project.all(Message)
