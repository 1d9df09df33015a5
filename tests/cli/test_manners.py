"""Commands are polite: exit codes, one sentence on stderr, never a traceback, no window library, a quick start."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

REFUSALS: list[tuple[str, ...]] = [
    ("info", "missing.ttrpg"),
    ("undo", "{file}"),
    ("redo", "{file}"),
    ("history", "{file}", "nothing"),
    ("new", "{file}"),
    ("info", "{text}"),
    ("verify", "{text}"),
    ("import", "{file}", "missing.json"),
    ("import", "{file}", "{empty}"),
    ("import", "missing.ttrpg", "{text}"),
    ("apply", "{file}", "{empty}"),
    ("apply", "{file}", "missing.md"),
    ("extract", "missing.md"),
    ("extract", "--known", "{text}", "{text}"),
    ("extract", "--model", "openai/none", "{text}"),
    ("export", "{file}", "{folder}", "--format", "world-json"),
    ("export", "{file}", "/proc/none/x.json", "--format", "world-json"),
    ("restore", "{file}"),
    ("entity", "list", "{file}", "--kind", "nonsense"),
    ("entity", "list", "{file}", "--status", "nonsense"),
    ("entity", "show", "{file}", "Nobody"),
    ("entity", "set", "{file}", "Nobody", "role=captain"),
    ("entity", "set", "{file}", "Nobody", "role=captain", "--kind", "nonsense"),
    ("entity", "set", "{file}", "Nobody", "captain", "--kind", "npc"),
    ("entity", "relate", "{file}", "Nobody", "leads", "Nothing"),
    ("graph", "{file}", "Nobody"),
    ("timeline", "{file}", "--from", "the day that never was"),
    ("timeline", "{file}", "--lane", "Nothing"),
    ("info", "{file}", "--audience", "everyone"),
    ("info", "{file}", "--as-of", "the day that never was"),
    ("search", "{file}", "x", "--audience", "player:Nobody"),
    ("export", "{file}", "x.ttrpgpack", "--format", "ttrpgpack", "--audience", "party"),
    ("export", "{file}", "x.ttrpgpack", "--format", "ttrpgpack", "--as-of", "812"),
    ("chat", "{file}", "hello", "--model", "nobody/none"),
    ("chat", "{file}", "hello", "--thread", "none", "--model", "recorded"),
]
USAGE: list[tuple[str, ...]] = [
    (), ("nonsense",), ("info",), ("export", "a", "b"), ("export", "a", "b", "--format", "rtf"), ("apply", "a"),
    ("apply", "a", "b", "--min-confidence", "7"), ("extract",), ("extract", "--offline", "--model", "m", "f"),
    ("info", "a", "--nonsense"), ("search", "a", "b", "--limit", "0"),
    ("entity",), ("entity", "nonsense"), ("entity", "list"), ("entity", "show", "a"),
    ("entity", "relate", "a", "b", "c"), ("entity", "relate", "a", "b", "c", "d", "--attitude", "101"),
    ("entity", "set", "a", "b", "c=d", "--certainty", "no"),
]  # fmt: skip


@pytest.mark.parametrize("words", REFUSALS, ids=" ".join)
def test_a_refusal_is_one_sentence_and_code_1(words: tuple[str, ...], run: Any, file: Path, tmp_path: Path) -> None:
    places = {"file": file, "text": tmp_path / "t.md", "empty": tmp_path / "e.md", "folder": tmp_path}
    places["text"].write_text("Some words.", encoding="utf-8")
    places["empty"].write_text(" \n", encoding="utf-8")
    done = run(*(w.format(**places) if "{" in w else tmp_path / w if w.startswith("missing") else w for w in words))
    assert done.code == 1
    assert done.out == ""
    sentences = done.err.strip().splitlines()
    assert len(sentences) == 1, done.err
    assert sentences[0].endswith((".", ")."))


@pytest.mark.parametrize("words", USAGE, ids=" ".join)
def test_wrong_usage_is_code_2(words: tuple[str, ...], run: Any) -> None:
    done = run(*words)
    assert done.code == 2
    assert "usage:" in done.err


def test_a_project_that_is_open_elsewhere_is_refused_politely(run: Any, file: Path) -> None:
    from studio.services.workspace import Workspace

    held = Workspace.open(file)
    try:
        done = run("info", file)
        assert done.code == 1
        assert "already open" in done.err
        assert run("verify", file).code == 0
    finally:
        held.close()


def test_a_bug_of_ours_is_a_sentence_with_a_report(
    run: Any, file: Path, monkeypatch: pytest.MonkeyPatch, studio_home: Path
) -> None:
    from studio.services import overview

    def broken(_project: object, **_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(overview, "overview", broken)
    done = run("info", file)
    assert done.code == 1
    assert "ZeroDivisionError" in done.err
    assert "Traceback" not in done.err
    (report,) = (studio_home / "logs").glob("crash-*.txt")
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")


NEVER = (
    "PySide6",
    "shiboken6",
    "qasync",
    "litellm",
    "openai",
    "lancedb",
    "pyarrow",
    "numpy",
    "networkx",
    "keyring",
    "httpx",
)
PROBE = f"""
import sys
from studio.__main__ import main
code = main(sys.argv[1:])
loaded = [m for m in {NEVER!r} if m in sys.modules]
print("\\nLOADED", loaded, "CODE", code)
"""


@pytest.mark.parametrize(
    "words",
    [
        ("--help",), ("info", "{f}"), ("new", "{f}2.ttrpg"), ("search", "{f}", "x"), ("history", "{f}"),
        ("undo", "{f}"),
        ("extract", "--offline", "--jsonl", "{t}"), ("apply", "{f}", "{t}"), ("import", "{f}", "{t}"),
        ("verify", "{f}"),
        ("export", "{f}", "{f}.json", "--format", "world-json"), ("backup", "{f}"), ("demo", "--folder", "{d}"),
        ("export", "{f}", "{f}.md", "--format", "markdown"), ("chat", "{f}", "hello", "--model", "recorded"),
        ("entity", "set", "{f}", "Mirel", "role=captain", "--kind", "npc"), ("entity", "list", "{f}", "--filter", "mi"),
        ("info", "{f}", "--audience", "party", "--as-of", "812"), ("timeline", "{f}"),
    ],
    ids=lambda words: " ".join(words[:2]),
)  # fmt: skip
def test_no_command_loads_what_it_does_not_need(
    words: tuple[str, ...], file: Path, answer: Path, tmp_path: Path
) -> None:
    arguments = [w.format(f=file, t=answer, d=tmp_path / "demo") for w in words]
    done = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=False)
    assert "LOADED [] CODE" in done.stdout, done.stdout[-400:] + done.stderr[-400:]


@pytest.mark.serial
def test_info_answers_within_what_a_bare_interpreter_and_its_libraries_take(file: Path) -> None:
    """The floor is python importing pydantic and peewee, in the same run; quiet, all is a quarter of a second.

    What counts is the processor's time: what else the machine does then isn't the command's.
    """

    def timed(*command: str) -> float:
        before = os.times()
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    bare = (sys.executable, "-c", "import pydantic.main, peewee, argparse, json, filelock")
    info = (sys.executable, "-m", "studio", "info", str(file), "--json")
    pairs = [(timed(*bare), timed(*info)) for _ in range(9)]
    floor, took = min(p[0] for p in pairs), min(p[1] for p in pairs)
    assert took < 2.6 * floor, f"info {took:.3f} s, floor {floor:.3f} s"


def test_a_closed_pipe_ends_quietly(file: Path) -> None:
    script = f'"{sys.executable}" -m studio history "{file}" | head -n 0'
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_names_that_the_console_can_not_show_are_no_error(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "Ünïcödé 名.ttrpg"
    assert run("new", path, "--name", "名前 🐉").code == 0
    done = subprocess.run(
        [sys.executable, "-m", "studio", "info", str(path)],
        capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0
    assert "名前" in done.stdout.decode("utf-8")


def test_stdin_is_an_answer_too(file: Path, answer: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "studio", "apply", str(file), "-"],
        input=answer.read_bytes(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Mirel Thane" in done.stdout.decode()
