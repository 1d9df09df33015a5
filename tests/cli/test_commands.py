"""Every headless command does what its help says, in words and in JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from studio.cli.usage import parser
from tests.support.commands import commands_of

WORLD = {
    "format": "ttrpg-world",
    "version": 1,
    "name": "Quay",
    "entities": [{"key": "mirel", "kind": "npc", "name": "Mirel Thane", "status": "canon"}],
    "entries": [{"key": "n", "title": "A lantern", "body": "It burns low."}],
}


@pytest.fixture
def world(tmp_path: Path) -> Path:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD), encoding="utf-8")
    return path


def test_new_makes_a_project_of_that_name(run: Any, tmp_path: Path) -> None:
    done = run("new", tmp_path / "A", "--name", "My World", "--json")
    assert done.code == 0
    assert done.data["name"] == "My World"
    assert (tmp_path / "A.ttrpg").exists()
    assert run("new", tmp_path / "B.ttrpg").out.startswith("Made “B”")


def test_new_with_the_sample_is_full_of_things(run: Any, tmp_path: Path) -> None:
    counts = run("new", tmp_path / "S.ttrpg", "--sample", "--json").data["counts"]
    assert counts["npc"] >= 8
    assert counts["blueprint"] == 1
    assert counts["recipe"] >= 3
    assert counts["thread"] == 2


def test_info_counts_live_records(run: Any, file: Path, world: Path) -> None:
    run("import", file, world)
    counts = run("info", file, "--json").data["counts"]
    assert (counts["npc"], counts["entry"], counts["commit"], counts["blueprint"], counts["message"]) == (1, 1, 2, 0, 0)
    assert "1  npc" in run("info", file).out


def test_import_reports_previews_and_repeats(run: Any, file: Path, world: Path) -> None:
    keys = {"read", "imported", "skipped", "created", "updated", "unchanged", "reasons"}
    dry = run("import", file, world, "--dry-run", "--json").data["report"]
    assert keys <= dry.keys()
    assert (dry["created"], run("info", file, "--json").data["counts"]["npc"]) == (2, 0)
    first = run("import", file, world, "--json").data["report"]
    assert (first["read"], first["imported"], first["created"]) == (2, 2, 2)
    again = run("import", file, world, "--json").data["report"]
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)


def test_export_and_import_bring_back_the_same(run: Any, file: Path, world: Path, tmp_path: Path) -> None:
    run("import", file, world)
    assert run("export", file, tmp_path / "w.json", "--format", "world-json").code == 0
    written = json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))
    assert {k: written[k] for k in WORLD} == WORLD
    assert run("export", file, tmp_path / "p.ttrpgpack", "--format", "ttrpgpack").code == 0
    assert run("export", file, tmp_path / "md", "--format", "markdown").code == 0
    assert (tmp_path / "md" / "World" / "NPCs" / "Mirel Thane.md").exists()
    other = tmp_path / "Other.ttrpg"
    run("new", other)
    assert run("import", other, tmp_path / "p.ttrpgpack", "--json").data["report"]["skipped"] == 0
    assert run("info", other, "--json").data["counts"] == run("info", file, "--json").data["counts"]


def test_a_pasted_answer_is_saved_in_one_change_and_taken_back(run: Any, file: Path, answer: Path) -> None:
    done = run("apply", file, answer, "--json")
    assert done.code == 0
    saved = {(one["kind"], one["name"]) for one in done.data["saved"]}
    assert ("npc", "Mirel Thane") in saved
    assert ("faction", "The Toll Keepers") in saved
    assert ("blueprint", "The Salt Road") in saved
    assert done.data["changeset"]["made"]
    full = run("info", file, "--json").data["counts"]
    assert run("undo", file).out.startswith("Undone: Save")
    assert run("info", file, "--json").data["counts"]["npc"] == 0
    assert run("redo", file, "--json").data["redone"].startswith("Save")
    after = run("info", file, "--json").data["counts"]
    assert {k: v for k, v in after.items() if k != "commit"} == {k: v for k, v in full.items() if k != "commit"}


def test_min_confidence_leaves_out_the_unsure(run: Any, file: Path, answer: Path) -> None:
    assert run("apply", file, answer, "--min-confidence", "1.0").code == 1
    assert run("info", file, "--json").data["counts"]["npc"] == 0


def test_extract_prints_one_line_for_each_file_and_changes_nothing(run: Any, answer: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("Nothing here.", encoding="utf-8")
    done = run("extract", "--offline", "--jsonl", answer, other)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [line["file"] for line in lines] == [str(answer), str(other)]
    text = answer.read_text(encoding="utf-8")
    quotes = [v for c in lines[0]["candidates"] for vs in c.get("fields", {}).values() for v in vs]
    assert quotes
    assert all(text[v["span"][0] : v["span"][1]] == v["quote"] for v in quotes)


def test_extract_knows_who_is_known(run: Any, answer: Path, world: Path) -> None:
    done = run("extract", "--offline", "--jsonl", "--known", world, answer)
    ops = {c["name"]: c["op"] for c in json.loads(done.out)["candidates"] if c["target"] == "entity"}
    assert ops["Mirel Thane"] in ("update", "link")
    assert ops["The Toll Keepers"] == "create"


def test_extract_keeps_windows_line_ends_in_its_spans(run: Any, tmp_path: Path, answer: Path) -> None:
    path = tmp_path / "crlf.md"
    data = answer.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(data)
    for c in json.loads(run("extract", "--jsonl", path).out)["candidates"]:
        for vs in c.get("fields", {}).values():
            assert all(data.decode()[v["span"][0] : v["span"][1]] == v["quote"] for v in vs)


def test_search_finds_names_texts_and_respects_the_audience(run: Any, file: Path, world: Path) -> None:
    run("import", file, world)
    assert [h["name"] for h in run("search", file, "mirel", "--json").data["hits"]] == ["Mirel Thane"]
    assert "A lantern" in run("search", file, "burns").out
    assert run("search", file, "burns", "--audience", "party", "--json").data["hits"] == []
    assert run("search", file, "zzz").out.strip() == "Nothing was found."


def test_history_lists_shows_and_follows_one_record(run: Any, file: Path, world: Path) -> None:
    run("import", file, world)
    commits = run("history", file, "--json").data["commits"]
    assert [c["message"] for c in commits] == ["Import the world “Quay”", "New project “Test”"]
    one = run("history", file, commits[0]["id"], "--json").data
    record = next(c for c in one["changes"] if c["record_kind"] == "npc")["record"]
    assert "Mirel Thane" in run("history", file, record).out
    assert run("history", file, "2", "--json").data["id"] == commits[0]["id"]
    assert run("history", file, "nothing").code == 1


def test_backup_restore_and_verify_belong_together(run: Any, file: Path, world: Path, tmp_path: Path) -> None:
    run("import", file, world)
    made = run("backup", file, "--to", tmp_path / "copy.ttrpg", "--json").data
    assert Path(made["path"]).exists()
    assert run("verify", tmp_path / "copy.ttrpg").code == 0
    data = bytearray(file.read_bytes())
    data[8192:20480] = b"\xff" * 12288
    file.write_bytes(data)
    broken = run("verify", file)
    assert broken.code == 1
    assert "damaged" in broken.err
    assert run("info", file).code == 1
    assert str(made["path"]) in run("restore", file, "--list").out
    done = run("restore", file, "--json")
    assert done.code == 0
    assert Path(done.data["kept"]).exists()
    assert run("verify", file).code == 0
    assert run("info", file, "--json").data["counts"]["npc"] == 1


def test_a_recorded_answer_streams_and_is_kept(run: Any, file: Path) -> None:
    done = run("chat", file, "Build me a storm-broken coast with lighthouses", "--model", "recorded")
    assert done.code == 0
    assert "Harrowmere" in done.out
    assert run("info", file, "--json").data["counts"]["message"] == 2
    told = run("chat", file, "And another?", "--model", "recorded", "--json").data
    more = run("chat", file, "And a scene?", "--thread", told["thread_id"], "--model", "recorded", "--json")
    assert more.data["thread_id"] == told["thread_id"]
    assert more.data["recorded"] is True


def test_chat_without_a_model_says_so_and_leaves_nothing(run: Any, file: Path) -> None:
    done = run("chat", file, "Hello")
    assert done.code == 1
    assert "model" in done.err
    assert run("info", file, "--json").data["counts"]["thread"] == 0


def test_demo_does_the_main_job_and_says_where(run: Any, tmp_path: Path) -> None:
    done = run("demo", "--folder", tmp_path / "demo")
    assert done.code == 0
    assert " ms  " in done.out
    (project,) = (tmp_path / "demo").glob("*.ttrpg")
    assert str(project) in done.out
    assert run("verify", project).code == 0


def test_compact_says_what_would_go_and_lets_it_go(run: Any, file: Path, world: Path) -> None:
    assert run("import", file, world).code == 0
    dry = run("compact", file, "--dry-run", "--keep", "0", "--json").data
    assert (dry["images"], dry["texts"], dry["backup"]) == ([], 0, None)
    done = run("compact", file)
    assert done.out.startswith("Let go of 0 images and 0 texts that nothing names: the file had ")
    assert run("verify", file).code == 0
    assert run("compact", file, "--keep", "-1").err.startswith("Say for how many days")


def test_doctor_finds_this_installation_in_order(run: Any) -> None:
    done = run("doctor", "--json")
    found = {f["name"]: f["state"] for f in done.data["findings"]}
    assert found["SQLite"] == found["Python"] == found["Shipped sample/world.json"] == "ok"
    assert done.data["ok"] is True


def test_the_help_names_every_command(run: Any) -> None:
    words = run("--help").out
    names = "open new info chat extract apply undo redo history search import export backup restore verify doctor demo"
    for name in [*names.split(), "compact", "selftest", "graph", "entity", "timeline"]:
        assert f"\n    {name} " in words
        assert run(name, "--help").code == 0


def test_every_command_names_a_function_that_exists() -> None:
    from importlib import import_module

    for command in commands_of(parser()).values():
        module, _, name = command.get_default("run").partition(":")
        assert callable(getattr(import_module(f"studio.cli.{module}"), name))


def test_export_formats_of_the_help_are_those_of_the_service() -> None:
    from studio.cli.usage import EXPORT_FORMATS
    from studio.services.exchange import EXPORTS

    assert set(EXPORT_FORMATS) == set(EXPORTS)
