"""Vaults going out: what nobody touched to the byte, what was edited only there, and back again as it was."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import Invalid
from studio.domain.lens import Lens
from studio.domain.vocabulary import KINDS
from studio.domain.world import Entity, Entry, Relation
from studio.domain.worldkit import Media
from studio.services import sample
from studio.services.exchange import export_project, import_files
from studio.services.exchange.obsidian import edited, note
from studio.services.exchange.obsidian.body import Putting, told
from studio.services.exchange.obsidian.shelf import is_safe
from studio.services.exchange.obsidian.writer import vault_files
from studio.services.world import entities, relations
from tests.services.exchange.test_obsidian import FILES, entity, vault  # noqa: F401

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project
    from tests.services.conftest import Make

KEPT = {name: data for name, data in FILES.items() if not name.startswith(".") and not name.endswith(".mp3")}


@pytest.fixture
def salt(project: Project, vault: Path) -> Project:  # noqa: F811
    """A project that the small vault came into."""
    import_files(project, [vault])
    return project


def below(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def world(project: Project) -> dict[str, object]:
    """What a project holds, without ids and without the fields of kinds of its own.

    A link by an alias says the same as one that shows the alias.
    """
    names = {one.id: one.name for one in project.all(Entity)}
    found: dict[str, object] = {}
    for one in project.all(Entity):
        said = one.model_dump(include={"kind", "subtype", "body", "summary", "tags", "visibility", "aliases", "custom"})
        fields = {k: getattr(v, "text", v) if not isinstance(v, list) else [getattr(e, "text", e) for e in v]
                  for k, v in one.fields.items()}  # fmt: skip
        said["body"] = re.sub(r"\[\[[^\]|]+\|", "[[", one.body)
        found[one.name] = said | ({"fields": fields} if one.kind in KINDS else {"custom": {}})
    for one in project.all(Entry):
        said = one.model_dump(include={"tags", "visibility"})
        found["note " + one.title] = said | {"body": re.sub(r"\[\[[^\]|]+\|", "[[", one.body)}
    ties = sorted((names[one.from_id], one.type, names[one.to_id]) for one in project.all(Relation))
    return found | {"ties": ties, "images": sorted(one.hash for one in project.all(Media))}


def test_an_untouched_vault_goes_out_to_the_byte_as_folder_and_as_zip(salt: Project, tmp_path: Path) -> None:
    export_project(salt, tmp_path / "out", format="obsidian")
    found = below(tmp_path / "out")
    assert found.pop(".ttrpg-studio.json")
    assert found == KEPT
    export_project(salt, tmp_path / "out.zip", format="obsidian")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist() if name[0] != "."} == KEPT


def test_an_edit_changes_only_its_line_and_its_key(salt: Project) -> None:
    maren = entity(salt, "Maren Oake")
    body = maren.body.replace("mood:: wary", "mood:: merry, at [[Saltmarrow]] with [[Tom Hale|Tom]]")
    changes = {"body": body, "fields.home": "[[Breakers]]", "tags": [*maren.tags, "new"]}
    entities.update_entity(salt, maren.id, changes)
    before = KEPT["NPCs/Maren Oake.md"].decode()
    wanted = (
        before.replace('home: "[[Saltmarrow]]"', 'home: "[[Breakers]]"')
        .replace("  - crew/officer\r\n", "  - crew/officer\r\n  - new\r\n")
        .replace("mood:: wary", "mood:: merry, at [[Saltmarrow]] with [[Tom Hale|Tom]]")
    )
    files = vault_files(salt)
    assert files["NPCs/Maren Oake.md"].decode() == wanted
    assert {k: v for k, v in files.items() if "Maren" not in k} == {
        k: v for k, v in KEPT.items() if "Maren" not in k and not k.endswith(".png")
    }  # fmt: skip


def test_what_is_new_becomes_a_note_and_a_new_relation_a_key(salt: Project) -> None:
    made = entities.create_entity(salt, kind="npc", name="Jory / Pike", body="Knows [[Maren Oake]].", tags=["crew"])
    relations.add_relation(salt, entity(salt, "Maren Oake").id, "knows", made.id)
    files = vault_files(salt)
    assert files["NPCs/Jory Pike.md"].decode() == (
        "---\ntype: npc\nname: Jory / Pike\ntags:\n  - crew\n---\nKnows [[Maren Oake]]."
    )
    assert 'knows:\r\n  - "[[Jory Pike]]"\r\n---\r\n' in files["NPCs/Maren Oake.md"].decode()


def test_a_renamed_note_lies_under_its_new_name_and_links_follow(salt: Project) -> None:
    entities.update_entity(salt, entity(salt, "Maren Oake").id, {"name": "Maren Vale"})
    files = vault_files(salt)
    assert "NPCs/Maren Oake.md" not in files
    assert "\r\n# Maren Vale\r\n" in files["NPCs/Maren Vale.md"].decode()


def test_a_project_and_its_vault_hold_the_same(make_project: Make, tmp_path: Path) -> None:
    one, other = make_project(), make_project()
    sample.fill(one)
    export_project(one, tmp_path / "vault", format="obsidian")
    import_files(other, [tmp_path / "vault"])
    before, after = world(one), world(other)
    assert before.keys() - after.keys() == set()
    for name, said in before.items():
        assert after[name] == said, name
    export_project(other, tmp_path / "again", format="obsidian")
    first, second = below(tmp_path / "vault"), below(tmp_path / "again")
    del first[".ttrpg-studio.json"], second[".ttrpg-studio.json"]
    assert first == second


@pytest.mark.parametrize("name", ["ggfevans-daggerheart", "ttrpgshare-templates"])
def test_the_corpus_goes_through_to_the_byte(project: Project, shared: Path, name: str) -> None:
    root = shared / "samples" / "obsidian" / name
    import_files(project, [root])
    assert vault_files(project) == {name: data for name, data in below(root).items() if name.lower().endswith(".md")}


def test_what_somebody_changed_in_the_vault_since_is_not_written_over(salt: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_project(salt, out, format="obsidian")
    (out / "Notes" / "Tom Hale.md").write_text("Mine.", encoding="utf-8")
    entities.update_entity(salt, entity(salt, "Breakers").id, {"summary": "Gone."})
    with pytest.raises(Invalid, match=r"Tom Hale\.md"):
        export_project(salt, out, format="obsidian")
    import_files(salt, [out])
    export_project(salt, out, format="obsidian")
    assert (out / "Notes" / "Tom Hale.md").read_text(encoding="utf-8") == "Mine."
    assert "Gone." in (out / "Factions" / "Breakers.md").read_text(encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.md").write_text("dear diary", encoding="utf-8")
    with pytest.raises(Invalid, match="isn't empty"):
        export_project(salt, tmp_path / "mine", format="obsidian")


def test_the_party_gets_nothing_that_is_hidden(salt: Project, tmp_path: Path) -> None:
    entities.update_entity(salt, entity(salt, "Maren Oake").id, {"visibility": "party"})
    export_project(salt, tmp_path / "party", format="obsidian", lens=Lens(audience="party"))
    found = below(tmp_path / "party")
    assert [name for name in found if name.endswith(".md")] == ["NPCs/Maren Oake.md"]
    text = b"".join(found.values())
    assert not any(word in text for word in (b"sold the ship", b"crew knows", b"Saltmarrow\n", b"cssclasses"))


def test_what_was_tampered_with_does_no_harm(salt: Project) -> None:
    maren = entity(salt, "Maren Oake")
    for raw in (
        {"path": "../../x.md"}, {"path": "NPCs/x.md", "swaps": [[9, -4, "a"], "b"], "sum": note.checksum(maren.body)},
        {"path": "NPCs/x.md", "bytes": "no", "front": 7, "fences": 3, "sum": "x"}, {"path": 5}, "raw",
    ):  # fmt: skip
        with salt.commit("test", "Tamper") as commit:
            commit.put(maren.model_copy(update={"ext": {"obsidian": {"raw": raw, "was": "x"}}}))
        paths = [path for path, data in vault_files(salt).items() if b"Sails from" in data]
        assert len(paths) == 1, raw
        assert is_safe(paths[0])


def test_paths_from_outside_stay_inside() -> None:
    bad = (
        "../a.md",
        "/a.md",
        "a/../../b.md",
        "C:/a.md",
        "a\\b.md",
        ".obsidian/a.md",
        "",
        "a//b.md",
        "CON.md",
        "a./b.md",
    )
    assert not any(is_safe(path) for path in bad)
    assert is_safe("World/NPCs/Maren Oake.md")


LINES = st.lists(st.sampled_from((
    "plain", "", "[[a]] and more", "said %%hid%% on", "%%alone%%", "![[a]]", "- item", "# A", "x [[b|B]] y",
    "> [!gm] z",
)), max_size=10)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(LINES, st.integers(0, 30), st.booleans())
def test_a_line_more_or_less_leaves_all_others_as_they_stood(lines: list[str], where: int, more: bool) -> None:
    source = "".join(f"{line}\n" for line in lines)
    put = lambda target, label: f"[[Name|{label or target}]]"  # noqa: E731
    kept = told(source, Putting(put, put, put, put))
    assert edited.text_of(kept.text, kept.swaps, kept.text, str) == source
    if more:
        now = kept.text + "\nthe end\n"
        assert edited.text_of(kept.text, kept.swaps, now, str) == source + "\nthe end\n"
    assert edited.text_of(kept.text, kept.swaps, "top line\n" + kept.text, str) == "top line\n" + source
