"""The locks pin everything by hash, name no machine, and hold no release that is known to be bad."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

LOCKS = Path(__file__).resolve().parents[2] / "packaging" / "locks"
NAMES = sorted(file.name for file in LOCKS.glob("*.txt"))
# Releases that carried stolen-token malware, and the line that followed them.
COMPROMISED = re.compile(r"1\.82\.[78]|1\.107\..*")


@dataclass(frozen=True)
class Pin:
    name: str
    version: str
    marker: str
    hashes: int


@cache
def pins(lock: str) -> tuple[Pin, ...]:
    """Every requirement of a lock; a line that is none of ours fails here."""
    text = (LOCKS / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"([a-z0-9-]+)==([\w.!+]+)(?: *; *(.+?))? +((?:--hash=sha256:[0-9a-f]{64} *)+)", line)
        assert match, f"{lock}: not a hash-pinned requirement: {line[:100]}"
        found.append(Pin(match[1], match[2], match[3] or "", match[4].count("--hash")))
    return tuple(found)


def versions(lock: str) -> dict[tuple[str, str], str]:
    return {(pin.name, pin.marker): pin.version for pin in pins(lock)}


def test_the_three_locks_and_the_test_model_exist() -> None:
    assert NAMES == ["build.txt", "dev.txt", "local-model.txt", "runtime.txt"]


@pytest.mark.parametrize("lock", NAMES)
def test_every_requirement_is_pinned_by_hash(lock: str) -> None:
    assert pins(lock)
    assert all(pin.hashes for pin in pins(lock))


@pytest.mark.parametrize("lock", NAMES)
def test_no_lock_names_a_registry_or_a_folder(lock: str) -> None:
    text = (LOCKS / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|^-f |file:|^[./]", text, re.MULTILINE)


@pytest.mark.parametrize("lock", NAMES)
def test_no_lock_takes_a_prerelease(lock: str) -> None:
    assert not [pin for pin in pins(lock) if re.search(r"\d(a|b|rc|\.dev)\d", pin.version)]


@pytest.mark.parametrize("lock", ["dev.txt", "runtime.txt"])
def test_litellm_is_the_examined_release(lock: str) -> None:
    found = [pin.version for pin in pins(lock) if pin.name.startswith("litellm")]
    assert found == ["1.100.5"]
    assert not COMPROMISED.fullmatch(found[0])


@pytest.mark.parametrize("lock", ["dev.txt", "runtime.txt"])
def test_qt_is_the_release_that_keeps_python_311_alive(lock: str) -> None:
    found = {pin.name: pin.version for pin in pins(lock)}
    assert found["pyside6-essentials"] == found["shiboken6"] == "6.11.3"
    assert not {"pyside6", "pyside6-addons"} & set(found), "WebEngine and GPL modules stay out"


def test_what_ships_is_what_was_tested() -> None:
    tested = versions("dev.txt")
    assert {key: tested.get(key) for key in versions("runtime.txt")} == versions("runtime.txt")
    assert {key: tested.get(key) for key in versions("build.txt") if key[0] != "pip"} == {
        key: value for key, value in versions("build.txt").items() if key[0] != "pip"
    }


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads((LOCKS.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in requirements}

    runtime = names(project["project"]["dependencies"])
    assert runtime <= {pin.name for pin in pins("runtime.txt")}
    assert runtime | names(project["dependency-groups"]["dev"]) <= {pin.name for pin in pins("dev.txt")}
