"""A module goes out to Foundry VTT: its own tool reads the packs, an import gives the same world, no secret leaves."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.lens import Lens
from studio.domain.world import Entity, Entry, Relation
from studio.domain.worldkit import Pin
from studio.services import exchange
from studio.services.exchange import import_files
from studio.services.exchange.foundry.documents import gather
from studio.services.exchange.foundry.writer import Module, id_of
from studio.services.exchange.probe import Probe
from studio.services.world import entities, entries, maps, media, relations
from studio.storage.project import Project
from tests.services.exchange.oracles import folder
from tests.services.exchange.test_foundry import module, sample
from tests.support.images import png

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studio.services.exchange.foundry.documents import Document

Json = dict[str, Any]
__all__ = ["module"]


@pytest.fixture
def world(project: Project) -> Project:
    """A keep that the party knows, its lady who has a secret, a note, a table, and a map with a pin."""
    keep = entities.create_entity(project, kind="location", name="Grey Keep")
    lady = entities.create_entity(project, kind="npc", name="Lady Oss")
    image = media.add_image(project, png(8, 4), name="Coast")
    entities.update_entity(project, keep.id, {
        "visibility": "party", "summary": "A keep.", "tags": ["north"],
        "body": "# Hall\n\nCold_stone. Roll `/r 1d6`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "> [!secret]\n> DEN under [[Lady Oss]]",
    })  # fmt: skip
    entities.update_entity(project, lady.id, {"body": "CANARY lives in [[Grey Keep|the keep]].", "fields.age": 40})
    relations.add_relation(project, lady.id, "rules", keep.id)
    entries.create_entry(project, title="Supper", body=f"![Coast](media:{image.hash}) with [[Lady Oss]].")
    table = entities.create_entity(project, kind="random_table", name="Omens")
    entities.update_entity(project, table.id, {"fields.dice": "1d4", "fields.entries": ["1-3: A crow", "4: Silence"]})
    coast = maps.create_map(project, name="The Coast", digest=image.hash)
    maps.add_pin(project, coast.id, 0.25, 0.5, target_id=keep.id)
    return project


def exported(project: Project, folder: Path, lens: Lens | None = None) -> Path:
    path = folder / "out.zip"
    exchange.export_project(project, path, format="foundry", lens=lens or Lens())
    return path


def documents(path: Path) -> dict[str, Document]:
    with Probe(path) as probe:
        return {one.name: one for one in gather(probe).documents}


def test_journals_tables_and_scenes_are_linked_and_secrets_stay_the_game_masters(
    world: Project, tmp_path: Path
) -> None:
    path = exported(world, tmp_path)
    found = documents(path)
    keep, lady = found["Grey Keep"].data, found["Lady Oss"].data
    html = keep["pages"][0]["text"]["content"]
    assert "<h1>Hall</h1>" in html
    assert "Cold_stone. Roll [[/r 1d6]]." in html
    assert "<td>1</td>" in html
    opened, _, hidden = html.partition('class="secret"')
    assert "DEN" not in opened
    assert f"@UUID[Compendium.{Module(world, Lens()).id}.journal.JournalEntry.{lady['_id']}]{{Lady Oss}}" in hidden
    assert (keep["ownership"], lady["ownership"]) == ({"default": 2}, {"default": 0})
    assert [row["range"] for row in found["Omens"].data["results"]] == [[1, 3], [4, 4]]
    scene = found["The Coast"].data
    assert scene["background"]["src"].startswith("modules/")
    assert [(n["entryId"], n["x"], n["y"]) for n in scene["notes"]] == [(keep["_id"], 2, 2)]
    with zipfile.ZipFile(path) as archive:
        assert sum("/images/" in name for name in archive.namelist()) == 1
        manifest = json.loads(archive.read(next(n for n in archive.namelist() if n.endswith("module.json"))))
    assert {pack["type"] for pack in manifest["packs"]} == {"JournalEntry", "RollTable", "Scene"}


def test_the_same_project_gives_the_same_bytes_and_ids(world: Project, tmp_path: Path) -> None:
    first = exported(world, tmp_path).read_bytes()
    assert exported(world, tmp_path).read_bytes() == first
    assert id_of("x") == id_of("x")
    assert len(id_of("x")) == 16


def test_what_goes_out_comes_back_as_the_same_world(world: Project, tmp_path: Path) -> None:
    path = exported(world, tmp_path)
    other = Project.create(tmp_path / "other.ttrpg", name=world.info().name, author="A", device="d")
    try:
        import_files(other, [path])
        assert _told(other) == _told(world)
        assert import_files(other, [path]).created == 0
        again = exported(other, tmp_path / "again")
        assert {n: d.data["_id"] for n, d in documents(again).items()} == {
            n: d.data["_id"] for n, d in documents(path).items()
        }
    finally:
        other.close()


def _told(project: Project) -> Json:
    names: dict[str | None, str] = {e.id: e.name for e in project.all(Entity)}
    return {
        "entities": sorted((e.kind, e.name, e.summary, e.body, e.tags, e.visibility, e.images, _fields(e))
                           for e in project.all(Entity)),
        "entries": sorted((e.title, e.body, e.visibility, e.mode) for e in project.all(Entry)),
        "ties": sorted((names[r.from_id], r.type, names[r.to_id]) for r in project.all(Relation)),
        "pins": sorted((names[p.map_id], p.x, p.y, names.get(p.target_id, "")) for p in project.all(Pin)),
    }  # fmt: skip


def test_players_get_nothing_that_is_the_game_masters(world: Project, tmp_path: Path) -> None:
    path = exported(world, tmp_path, Lens(audience="party"))
    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Grey Keep" in everything
    for word in (b"CANARY", b"DEN", b"Lady Oss", b"Supper"):
        assert word not in everything


def test_what_came_from_foundry_goes_back_as_it_was(project: Project, module: Path, tmp_path: Path) -> None:
    import_files(project, [module])
    before, after = documents(module), documents(exported(project, tmp_path))
    assert before.keys() == after.keys()
    for name, document in before.items():
        assert _plain(after[name].data) == _plain(document.data), name
    lady = next(one for one in project.all(Entity) if one.name == "Lady Oss")
    entities.update_entity(project, lady.id, {"body": "Changed."})
    changed = documents(exported(project, tmp_path))["Lady Oss"].data
    assert changed["system"]["details"]["biography"]["value"] == "<p>Changed.</p>"
    assert changed["img"] == before["Lady Oss"].data["img"]
    keep = next(one for one in project.all(Entity) if one.name == "Grey Keep")
    entities.update_entity(project, keep.id, {"summary": "Cold."})
    html = documents(exported(project, tmp_path))["Grey Keep"].data["pages"][0]["text"]["content"]
    assert "@UUID[Actor.gone]{rules}" in html


@pytest.mark.parametrize(
    "name", ["foundry/azure-campaign-compendia", "foundry/stormsteel-item-mix", "foundry/dnd5e-yaml-src"]
)
def test_real_packages_go_back_as_they_were(project: Project, name: str, tmp_path: Path) -> None:
    import_files(project, [sample(name)])
    with Probe(sample(name)) as probe:
        before = {(d.type, d.data["_id"]): _plain(d.data) for d in reversed(gather(probe).documents)}
    with Probe(exported(project, tmp_path)) as probe:
        after = {(d.type, d.data["_id"]): _plain(d.data) for d in gather(probe).documents}
    assert after.keys() == before.keys()
    assert [key for key in before if after[key] != before[key]] == []


def _plain(value: Any) -> Any:
    """Without keys of sources, and without the rights of single users, which don't leave."""
    if isinstance(value, dict):
        kept = {k: _plain(v) for k, v in value.items() if k != "_key"}
        for rights in ("ownership", "permission"):
            if isinstance(kept.get(rights), dict):
                kept[rights] = {k: v for k, v in kept[rights].items() if k == "default"}
        return kept
    return [_plain(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="session")
def oracle() -> Path:
    """The official tool; skips where it isn't."""
    return folder("@foundryvtt/foundryvtt-cli")


_SCRIPT = """
import {compilePack, extractPack} from '%s/node_modules/@foundryvtt/foundryvtt-cli/lib/package.mjs';
const [,, op, source, target] = process.argv;
const options = op === 'yaml' ? {yaml: true, recursive: true} : {};
await (op === 'unpack' ? extractPack : compilePack)(source, target, options);
"""


def _run(oracle: Path, folder: Path, op: str, source: Path, target: Path) -> None:
    script = folder / "run.mjs"
    script.write_text(_SCRIPT % oracle)
    subprocess.run(["node", str(script), op, str(source), str(target)], timeout=60, check=True, capture_output=True)


def test_the_official_tool_reads_our_packs_and_we_read_its(oracle: Path, world: Project, tmp_path: Path) -> None:
    path = exported(world, tmp_path)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "unzipped")
    ours = documents(path)
    unpacked, packed = tmp_path / "sources", tmp_path / "packed"
    for pack in (tmp_path / "unzipped").glob("*/packs/*"):
        _run(oracle, tmp_path, "unpack", pack, unpacked / pack.name)
        found = {d["name"]: d for d in (json.loads(p.read_text()) for p in (unpacked / pack.name).glob("*.json"))}
        assert found
        for name, document in found.items():
            empty = {key: [] for key, value in document.items() if value == []}
            assert _plain(document) == empty | _plain(ours[name].data)
        _run(oracle, tmp_path, "pack", unpacked / pack.name, packed / pack.name)
        again = documents(packed / pack.name)
        assert {n: _plain(d.data) for n, d in again.items()} == {n: _plain(d) for n, d in found.items()}


@pytest.mark.parametrize("pack", ["content24", "tables24", "heroes"])
def test_packs_of_the_official_tool_are_read_as_their_sources(oracle: Path, pack: str, tmp_path: Path) -> None:
    source = sample(f"foundry/dnd5e-yaml-src/packs/_source/{pack}")
    _run(oracle, tmp_path, "yaml", source, tmp_path / "packed")
    packed, read = documents(tmp_path / "packed"), documents(source)
    assert packed.keys() == read.keys()
    for name, document in packed.items():
        assert _plain(document.data) == _plain(read[name].data)


def _unpacked(oracle: Path, folder: Path, packs: Iterable[Path]) -> Json:
    """Every document of these packs by its key, children in their own packs' order, as the official tool tells them."""
    found: Json = {}
    for n, pack in enumerate(packs):
        target = folder / str(n)
        copy = folder / f"{n}-pack"
        shutil.copytree(pack, copy)
        _run(oracle, folder, "unpack", copy, target)
        for path in target.glob("*.json"):
            document = json.loads(path.read_text())
            found[document["_key"]] = _plain(document)
    return found


@pytest.mark.parametrize("name", ["azure-campaign-compendia", "stormsteel-item-mix/src"])
def test_a_strangers_pack_comes_and_goes_as_the_official_tool_sees_it(
    oracle: Path, project: Project, name: str, tmp_path: Path
) -> None:
    """Nothing of a document is dropped, renamed or added, macros included; only single users' rights stay here."""
    root = sample(f"foundry/{name}")
    import_files(project, [root])
    with zipfile.ZipFile(exported(project, tmp_path)) as archive:
        archive.extractall(tmp_path / "unzipped")
    for folder_ in ("before", "after"):
        (tmp_path / folder_).mkdir()
    before = _unpacked(oracle, tmp_path / "before", sorted(root.glob("packs/*")))
    after = _unpacked(oracle, tmp_path / "after", sorted((tmp_path / "unzipped").glob("*/packs/*")))
    assert after.keys() == before.keys()
    assert [key for key in before if after[key] != before[key]] == []


def _fields(entity: Entity) -> str:
    """The fields, links by what they say: another project has other ids."""
    return re.sub(r"ref='[^']+'", "ref", str(dict(sorted(entity.fields.items()))))
