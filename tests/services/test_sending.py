"""Entries that leave as files say what their readers may know, and nothing that is secret to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens
from studio.services import sending
from studio.services.world import entities

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

PARTY = Lens(audience="party")


def make(project: Project, name: str, visibility: str, body: str = "") -> RecordId:
    made = entities.create_entity(project, kind="npc", name=name, visibility=visibility, body=body)
    return made.id


def test_what_the_party_may_not_know_stays_here(project: Project) -> None:
    ids = [make(project, "Tam", "party", "A smith."), make(project, "Vessa Quill", "gm", "The traitor.")]
    going = sending.outgoing(project, ids, lens=PARTY)
    assert [name for name, _ in going.files] == ["Tam.md"]
    assert going.closed == 1
    assert going.left == "1 of them is not open to these readers and left out."
    whole = sending.outgoing(project, ids, lens=OPEN_EYES)
    assert [name for name, _ in whole.files] == ["Tam.md", "Vessa Quill.md"]
    assert whole.left == ""


def test_a_text_that_names_a_secret_does_not_go_out(project: Project) -> None:
    make(project, "Vessa Quill", "gm")
    tam = make(project, "Tam", "party", "He obeys Vessa Quill.")
    with pytest.raises(Invalid, match=r"Tam.*Vessa Quill"):
        sending.outgoing(project, [tam], lens=PARTY)
    assert sending.outgoing(project, [tam], lens=OPEN_EYES).files


def test_namesakes_get_files_of_their_own_over_nothing_that_is_there(project: Project, tmp_path: Path) -> None:
    ids = [make(project, "Tam", "party", "The first."), make(project, "Tam", "party", "The second.")]
    going = sending.outgoing(project, ids, lens=PARTY)
    assert [name for name, _ in going.files] == ["Tam.md", "Tam (2).md"]
    sending.write(going.files, tmp_path)
    assert "The second." in (tmp_path / "Tam (2).md").read_text("utf-8")
    with pytest.raises(Invalid, match="already"):
        sending.write(going.files, tmp_path)
    sending.write(going.files[:1], tmp_path / "one.md")
    assert "The first." in (tmp_path / "one.md").read_text("utf-8")


def test_nothing_to_write_is_said(project: Project) -> None:
    going = sending.outgoing(project, [make(project, "Vessa", "gm")], lens=PARTY)
    with pytest.raises(Invalid, match="another audience"):
        going.refuse()
