"""Vaults: links found as Obsidian finds them, kinds guessed, secrets kept, and every byte of a note known again."""

from __future__ import annotations

import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import ImportRefused
from studio.domain.world import Entity, Entry, Link, Relation
from studio.domain.worldkit import Media
from studio.services import history
from studio.services.exchange import formats, import_files, obsidian
from studio.services.exchange.obsidian import body, note
from studio.services.exchange.obsidian.vault import Places, is_note, root_of
from studio.services.exchange.probe import Probe
from tests.support.images import png

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.exchange.material import Material
    from studio.storage.project import Project

MAREN = """---
type: NPC
aliases: [The Gull, Captain Oake]
tags:
  - crew/officer
home: "[[Saltmarrow]]"
faction: [[Breakers]]
member_of: "[[breakers]]"
Shoe Size: 42
born: 1071-03-02
cssclasses: wide
---

# Maren Oake

Sails from [[saltmarrow|the port]] with [[Factions/Breakers#Ranks]] and [Tom](../Notes/Tom%20Hale.md).
%%She sold the ship.%% A #plot/ship hook. `%%code%% [[Tom Hale]]`

![[face.png|200]] and ![[Tom Hale]], ![[song.mp3]]

> [!gm]- Only you
> The crew knows.

mood:: wary
[occupation:: captain]

```dataview
LIST FROM #npc
```
<% tp.file.title %> `VIEW[{hp}]` ^block
"""
FILES: dict[str, bytes] = {
    "NPCs/Maren Oake.md": MAREN.replace("\n", "\r\n").encode(),
    "Places/saltmarrow.md": b"\xef\xbb\xbf# Saltmarrow\n\nA port. #location\n",
    "Factions/Breakers.md": b"---\nsummary: They break ships.\nleader: '[[Maren Oake]]'\n---\nRanks\n",
    "Notes/Tom Hale.md": b"Met [[The Gull]] and [[nobody]].",
    "Notes/Empty.md": b"",
    "img/face.png": png(3, 2),
    "song.mp3": b"ID3",
    "board.canvas": b'{"nodes":[{"id":"a","type":"file","file":"NPCs/Maren Oake.md"},'
    b'{"id":"b","type":"text","text":"A card"}],"edges":[{"fromNode":"a","toNode":"b","label":"owes"}]}',
    ".obsidian/app.json": b"{}",
    ".obsidian/plugins/x/main.js": b"alert(1)",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A small vault with everything in it."""
    root = tmp_path / "Salt"
    for name, data in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def read(path: Path) -> Material:
    with Probe(path) as probe:
        return obsidian.read(probe)


def entity(project: Project, name: str) -> Entity:
    return next(one for one in project.all(Entity) if one.name == name)


def test_a_vault_comes_in_with_kinds_fields_links_and_images(project: Project, vault: Path) -> None:
    report = import_files(project, [vault])
    assert (report.read, report.imported + report.skipped) == (10, 10)
    maren, port, crew = (entity(project, name) for name in ("Maren Oake", "Saltmarrow", "Breakers"))
    assert (maren.kind, port.kind, crew.kind) == ("npc", "location", "faction")
    assert maren.fields["home"] == Link(text="Saltmarrow", ref=port.id)
    assert maren.fields["affiliation"] == [Link(text="Breakers", ref=crew.id)]
    assert (maren.fields["birth"], maren.fields["occupation"]) == ({"text": "1071-03-02"}, "captain")
    assert maren.custom == {"Shoe Size": 42, "mood": "wary"}
    assert maren.tags == ("crew/officer", "plot/ship")
    assert [one.name for one in maren.aliases] == ["The Gull", "Captain Oake"]
    assert [(one.from_id, one.type, one.to_id) for one in project.all(Relation)] == [(maren.id, "member_of", crew.id)]
    assert crew.summary == "They break ships."


def test_a_body_says_the_same_in_our_words(project: Project, vault: Path) -> None:
    import_files(project, [vault])
    text = entity(project, "Maren Oake").body
    assert text.startswith("Sails from [[saltmarrow|the port]] with [[Breakers#Ranks]] and [[Tom Hale|Tom]].\n")
    assert "\n A #plot/ship hook. `%%code%% [[Tom Hale]]`\n\n> [!secret]\n> She sold the ship.\n\n" in text
    assert f"![face.png](media:{project.all(Media)[0].hash}) and [[Tom Hale]], ![[song.mp3]]" in text
    assert "> [!secret]- Only you\n> The crew knows.\n" in text
    assert "```dataview\nLIST FROM #npc\n```\n<% tp.file.title %> `VIEW[{hp}]` ^block\n" in text
    notes = {one.title: one.body for one in project.all(Entry)}
    assert notes["Tom Hale"] == "Met [[Maren Oake]] and [[nobody]]."
    assert "- [[Maren Oake]]\n- A card\n" in notes["board"]
    assert "- [[Maren Oake]] → A card: owes" in notes["board"]


def test_what_is_left_out_is_named(project: Project, vault: Path) -> None:
    report = import_files(project, [vault])
    assert {one.what: one.why.split(" of ")[0] for one in report.reasons if one.skipped} == {
        ".obsidian": "2 files", "song.mp3": "files",
    }  # fmt: skip


def test_again_changes_nothing_and_one_undo_takes_all_back(project: Project, vault: Path) -> None:
    import_files(project, [vault])
    again = import_files(project, [vault])
    assert (again.created, again.updated, again.linked) == (0, 0, 0)
    history.undo(project)
    assert not project.all(Entity)
    assert not project.all(Entry)


def test_a_zip_is_the_same_vault(project: Project, vault: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "any.zip", "w") as archive:
        for name, data in FILES.items():
            archive.writestr(f"Salt/{name}", data)
    import_files(project, [vault])
    again = import_files(project, [tmp_path / "any.zip"])
    assert (again.created, again.updated) == (0, 0)


def test_every_note_is_known_to_the_byte_in_little_room(vault: Path) -> None:
    for thing in read(vault).things:
        assert note.original(thing.raw, thing.body) == FILES[thing.key], thing.key
        assert thing.key == "board.canvas" or "bytes" not in thing.raw


def test_links_are_found_as_obsidian_finds_them() -> None:
    places = Places(["a.md", "x/a.md", "x/y/b.md", "z/b.md", "x/pic.png"])
    assert places.find("A", "x/n.md") == "a.md"
    assert places.find("x/a", "n.md") == "x/a.md"
    assert places.find("b", "x/n.md") == "x/y/b.md"
    assert places.find("b", "n.md") == "z/b.md"
    assert places.find("y/b.md", "n.md") == "x/y/b.md"
    assert places.find("../a", "x/n.md") == "a.md"
    assert places.find("pic.png", "n.md") == "x/pic.png"
    assert (places.find("gone", "n.md"), places.find("", "n.md"), places.find("../../..", "n.md")) == (None,) * 3
    assert root_of(["w/v/.obsidian/app.json", "w/v/a.md", "w/readme.md"]) == "w/v/"
    assert (root_of(["v/a.md", "v/b/c.md"]), root_of(["a.md", "v/b.md"])) == ("v/", "")


WORDS = st.sampled_from((
    "text ", "\n", "\n\n", "[[A]]", "[[b|B]]", "![[A]]", "%%", "`", "```\n", "> [!gm] x\n", "<!--", "-->", "# A\n",
    "---\n", "a: 1\n", "#tag ", "k:: v\n", "\r\n", "\ufeff", "[x](A.md)", "\x07", "é", "|", "]]", "| [[b\\|c]] |\n",
    "\ue000A\ue001\ue002",
))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=24).map("".join))
def test_any_text_comes_back_to_the_byte(text: str) -> None:
    data = text.encode()
    one = note.parse("n/A.md", data)
    put = lambda target, label: f"[[Other|{label or target}]]"  # noqa: E731
    told = body.told(one.text, body.Putting(put, put, put, put))
    assert note.original(note.kept(one, told), told.text) == data


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        note.parse("A.md", data)
    except ImportRefused:
        return


def test_the_vaults_of_the_corpus_come_in_whole(project: Project, shared: Path) -> None:
    for name in ("ggfevans-daggerheart", "ttrpgshare-templates"):
        root = shared / "samples" / "obsidian" / name
        found = read(root)
        assert {one.key for one in found.things} == {
            p.relative_to(root).as_posix() for p in root.rglob("*") if is_note(p.name)
        }
        for thing in found.things:
            assert note.original(thing.raw, thing.body) == (root / thing.key).read_bytes(), thing.key
    report = import_files(project, [root])
    assert report.read == report.imported + report.skipped


@pytest.mark.parametrize("piece", ["<!--", "%%a", "[", "[[", "`", "> ", "#1", "a:: ", "[a::", "![](", "- - ", "~~~\n"])
def test_no_text_takes_long(piece: str) -> None:
    put = lambda target, label: None  # noqa: E731
    began = time.thread_time()
    body.told(piece * 60_000, body.Putting(put, put, put, put))
    assert time.thread_time() - began < 2


def test_a_vault_is_known_by_its_settings_whatever_else_lies_in_it(vault: Path, tmp_path: Path) -> None:
    for n in range(9):
        (vault / f"{n}.json").write_text("{}", encoding="utf-8")
    (tmp_path / "mod").mkdir()
    for name in ("README.md", "a.json", "b.json"):
        (tmp_path / "mod" / name).write_text("{}", encoding="utf-8")
    with Probe(vault) as probe, Probe(tmp_path / "mod") as other:
        assert formats.detect(probe).id == "obsidian"
        assert not obsidian.claims(other)


def test_hostile_notes_come_in_as_text(shared: Path) -> None:
    found = read(shared / "samples" / "malicious")
    assert len(found.things) == len(list((shared / "samples" / "malicious").rglob("*.md")))
    assert sum("came in as text" in why for _, why in found.notes) == 4
