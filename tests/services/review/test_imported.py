"""The notes of an import are read portion by portion, and what they tell waits for one review."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.candidate import Artifact
from studio.domain.chat import Message
from studio.domain.errors import Cancelled, Invalid
from studio.domain.world import Entity
from studio.services import exchange, history
from studio.services.review import apply, imported
from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOG = """## Mirel Thane

**Role:** Harbour master
**Death:** the year 790

Mirel Thane keeps the harbour and its lanterns.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "Coast.ttrpg", name="Coast", author="tester", device="test")
    yield made
    made.close()


def bring(workspace: Workspace, folder: Path, notes: dict[str, str]) -> str:
    folder.mkdir()
    for name, text in notes.items():
        (folder / f"{name}.md").write_text(text)
    report = workspace.run_now(exchange.import_files, [folder])
    assert report.commit is not None
    return report.commit


def test_what_the_notes_tell_is_one_reviewed_change(workspace: Workspace, tmp_path: Path) -> None:
    commit = bring(workspace, tmp_path / "Vault", {"Session 1": LOG, "Empty": "x"})
    texts = workspace.run_now(imported.texts, commit)
    assert (texts.count, texts.next, texts.read) == (1, 1, 0)
    message = asyncio.run(imported.extract_imported(workspace, commit, title="“Vault”"))
    assert LOG.strip() in message.text
    (artifact,) = workspace.run_now(lambda p: p.all(Artifact))
    assert artifact.source_message == message.id
    assert not workspace.run_now(lambda p: p.all(Entity)), "nothing is saved before the review"
    workspace.run_now(apply, artifact.id, targets=("entity", "relation"))
    (mirel,) = (e for e in workspace.run_now(lambda p: p.all(Entity)) if e.name == "Mirel Thane")
    assert mirel.fields["role"] == "Harbour master"
    workspace.run_now(history.undo)
    assert "Mirel Thane" not in [e.name for e in workspace.run_now(lambda p: p.all(Entity))]
    assert workspace.run_now(imported.texts, commit).count == 0
    with pytest.raises(Invalid, match="no text left"):
        asyncio.run(imported.extract_imported(workspace, commit))


def test_much_text_is_read_in_portions(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imported, "PORTION", 260)
    commit = bring(workspace, tmp_path / "Vault", {f"Note {n}": LOG + "x" * n for n in range(4)})
    texts = workspace.run_now(imported.texts, commit)
    assert (texts.count, texts.next) == (4, 2)
    assert "the first 2 of them now" in texts.sentence
    asyncio.run(imported.extract_imported(workspace, commit))
    texts = workspace.run_now(imported.texts, commit)
    assert (texts.count, texts.read) == (2, 2)


def test_stopped_it_keeps_nothing(workspace: Workspace, tmp_path: Path) -> None:
    commit = bring(workspace, tmp_path / "Vault", {"Session 1": LOG})
    with pytest.raises(Cancelled):
        asyncio.run(imported.extract_imported(workspace, commit, cancelled=lambda: True))
    assert not workspace.run_now(lambda p: p.all(Message))
    assert workspace.run_now(imported.texts, commit).count == 1
