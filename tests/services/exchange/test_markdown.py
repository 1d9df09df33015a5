"""Markdown export: readable, linked, the same twice, and never over somebody's own files."""

import zipfile
from pathlib import Path

import pytest
import yaml

from studio.domain.errors import Invalid
from studio.domain.world import Entity
from studio.services import sample
from studio.services.exchange import export_project
from studio.services.exchange.markdown import markdown_files
from studio.storage.project import Project


@pytest.fixture
def full(project: Project) -> Project:
    """The sample campaign."""
    sample.fill(project)
    return project


def test_every_record_has_a_file_and_the_index_names_it(full: Project) -> None:
    files = markdown_files(full)
    for entity in full.all(Entity):
        assert any(text.startswith("---") and f"# {entity.name}\n" in text for text in files.values()), entity.name
    for name in files:
        assert name == "index.md" or f"(<{name}>)" in files["index.md"]
    assert {name.split("/")[0] for name in files} == {"World", "Notes", "Blueprints", "Prompts", "Chats", "index.md"}


def test_front_matter_is_yaml_and_links_are_wikilinks(full: Project) -> None:
    text = markdown_files(full)["World/NPCs/Maren Oake.md"]
    front = yaml.safe_load(text.split("---")[1])
    assert front["kind"] == "npc"
    assert front["home"] == "[[Saltmarrow]]"
    assert "- leads: [[The Breakers' Guild]]" in text


def test_a_chat_is_written_as_it_is_shown(full: Project) -> None:
    text = next(t for n, t in markdown_files(full).items() if "Patient Mary come home" in n)
    assert text.index("Who voted no") < text.index("A captain only breaks a tie")
    assert "She was sold." not in text


def test_folder_and_zip_hold_the_same_and_the_same_twice(full: Project, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip", "folder"):
        export_project(full, tmp_path / name, format="markdown")
    export_project(full, tmp_path / "folder", format="markdown")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        for name in archive.namelist():
            assert (tmp_path / "folder" / name).read_bytes() == archive.read(name)


def test_a_folder_of_somebody_else_is_left_alone(full: Project, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.md").write_text("dear diary", encoding="utf-8")
    with pytest.raises(Invalid):
        export_project(full, tmp_path / "mine", format="markdown")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["diary.md"]


def test_names_that_no_system_takes_become_names_that_all_take(project: Project, tmp_path: Path) -> None:
    with project.commit("test", "names") as commit:
        for name in ("CON", "a/b\\c", "x" * 300, "..", "Twin", "twin", 'q"?*<>|'):
            commit.put(Entity(kind="npc", name=name))
    export_project(project, tmp_path / "out", format="markdown")
    names = [p.name for p in (tmp_path / "out" / "World" / "NPCs").iterdir()]
    assert len(names) == 7
    assert len({n.casefold() for n in names}) == 7
    assert all(len(n) < 100 and n[0] not in ". " and not n.startswith("CON.") for n in names)


def test_an_unknown_format_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        export_project(project, tmp_path / "x", format="docx")
