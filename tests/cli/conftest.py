"""Running commands in this process, as a user would type them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from studio.cli import main


@dataclass(frozen=True)
class Done:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON on stdout."""
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; anything that isn't text is made text."""

    def call(*arguments: object) -> Done:
        capsys.readouterr()
        code = main([str(a) for a in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Done(code=code, out=said.out, err=said.err)

    return call


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Path:
    """An empty project file."""
    path = tmp_path / "Test.ttrpg"
    assert run("new", path, "--name", "Test").code == 0
    return path


ANSWER = """# The Salt Road

**Title:** The Salt Road
**Premise:** Somebody is stealing the road itself, a mile each night.
**Genres:** mystery, travel

## People

**Mirel Thane** is the captain of the Toll Keepers. She fears the sea.

## Factions

**The Toll Keepers** are a guild that guards the Salt Road. They are led by Mirel Thane.
"""


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """An answer from elsewhere, as a file."""
    path = tmp_path / "The Salt Road.md"
    path.write_text(ANSWER, encoding="utf-8")
    return path
