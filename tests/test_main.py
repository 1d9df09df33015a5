"""The command line imports the half that was asked for, and finds out which without importing either."""

import subprocess
import sys
import types

import pytest

from studio import __main__ as entry


@pytest.mark.parametrize(
    "argv", [[], ["open"], ["open", "x.ttrpg"], ["x.TTRPG"], ["x.ttrpgpack"], ["ttrpgstudio://e/1"]]
)
def test_files_links_and_nothing_open_the_window(argv: list[str]) -> None:
    assert entry.wants_window(argv)


@pytest.mark.parametrize("argv", [["info", "x.ttrpg"], ["--help"], ["--selftest"], ["extract", "a.txt"]])
def test_commands_open_no_window(argv: list[str]) -> None:
    assert not entry.wants_window(argv)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What either half is given, with both of them replaced."""
    taken: list[tuple[str, list[str]]] = []
    for name in ("app", "cli"):
        half = types.ModuleType(f"studio.{name}")
        half.__dict__["main"] = lambda argv, name=name: taken.append((name, argv)) or 0
        monkeypatch.setitem(sys.modules, f"studio.{name}", half)
    return taken


def test_each_half_gets_its_own_arguments(calls: list[tuple[str, list[str]]]) -> None:
    for argv in ([], ["open", "x.ttrpg"], ["x.ttrpg"], ["info", "x.ttrpg", "--json"], ["--selftest"]):
        assert entry.main(argv) == 0
    assert calls == [
        ("app", []),
        ("app", ["x.ttrpg"]),
        ("app", ["x.ttrpg"]),
        ("cli", ["info", "x.ttrpg", "--json"]),
        ("cli", ["selftest"]),
    ]


def test_frozen_application_runs_our_modules_as_children(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr("runpy.run_module", lambda name, **_: ran.append(name))
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert entry.main(["-m", "studio.engine"]) == 0
    assert ran == ["studio.engine"]


def test_the_entry_itself_is_light() -> None:
    code = "import sys; before = set(sys.modules); import studio.__main__; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"PySide6", "pydantic", "peewee", "asyncio", "argparse"} & set(done.stdout.split())
