"""Foundry VTT comes in: packs of both kinds, sources and single documents, whatever version wrote them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import ImportRefused
from studio.domain.text import split_secrets
from studio.domain.world import Entity, Entry
from studio.domain.worldkit import Media, Pin
from studio.services import history
from studio.services.exchange import formats, import_files, import_parsed
from studio.services.exchange.foundry import leveldb
from tests.support.images import png

if TYPE_CHECKING:
    from studio.services.exchange.material import Material, Thing
    from studio.storage.project import Project

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
Json = dict[str, Any]


def sample(name: str) -> Path:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the sample files of other programs aren't here")
    return path


def page(id_: str, content: str, **more: Any) -> Json:
    return {
        "_id": id_,
        "name": more.pop("name", id_),
        "type": "text",
        "text": {"format": 1, "content": content},
        **more,
    }


KEEP: Json = {
    "_id": "keep000000000000", "name": "Grey Keep", "folder": "f1", "flags": {"other": {"a": 1}},
    "ownership": {"default": 2, "someone": 3}, "sort": "700000",
    "pages": [
        page("pb", "<p>Second</p>", sort=2, name="Cellar", ownership={"default": 0}),
        page("pa", '<p>@UUID[Compendium.x.y.Actor.lady000000000000]{the lady} lives &amp; @UUID[Actor.gone]{rules}</p>'
             '<section class="secret"><p>den_1</p></section>', sort="1", name="Hall"),
    ],
}  # fmt: skip
LADY: Json = {
    "_id": "lady000000000000", "name": "Lady Oss", "type": "npc", "img": "modules/keep/img/oss.png", "items": [],
    "effects": [], "system": {"details": {"biography": {"value": "<p>Rolls [[/r 2d6[fire]]]{heat}.</p>"}}},
    "ownership": {"default": 0}, "flags": {}, "folder": None,
}  # fmt: skip
COAST: Json = {
    "_id": "coast00000000000", "name": "The Coast", "width": 1000, "height": 500, "padding": 0.25,
    "grid": {"size": 100}, "background": {"src": "modules/keep/img/coast.png"}, "walls": [{"c": [0, 0, 1, 1]}],
    "tokens": [], "notes": [{"_id": "n1", "entryId": "keep000000000000", "x": 800, "y": 450, "text": "Keep"}],
}  # fmt: skip
OMENS: Json = {
    "_id": "omens00000000000", "name": "Omens", "formula": "1d4", "flags": {}, "description": "",
    "results": [
        {"type": 0, "text": "A <b>crow</b> | @UUID[Actor.gone]{two}", "range": [1, 3]},
        {"type": "document", "documentUuid": "JournalEntry.keep000000000000", "name": "Keep", "range": [4, 4]},
    ],
}  # fmt: skip
FOLDERS: list[Json] = [
    {"_id": "f1", "name": "Locations", "type": "JournalEntry", "sorting": "a", "folder": "f2"},
    {"_id": "f2", "name": "The North", "type": "JournalEntry", "sorting": "a", "folder": "f1"},
]


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A module of one's own, with a LevelDB pack, a NeDB pack and two images."""
    root = tmp_path / "keep"
    pack = root / "packs" / "world"
    pack.mkdir(parents=True)
    (root / "img").mkdir()
    (root / "img" / "oss.png").write_bytes(png(3, 2))
    (root / "img" / "coast.png").write_bytes(png(8, 4))
    (root / "module.json").write_text(json.dumps({"id": "keep", "title": "The Keep", "packs": []}))
    pairs = {f"!folders!{one['_id']}": one for one in FOLDERS} | {
        f"!{kind}!{one['_id']}": one for kind, one in (("actors", LADY), ("scenes", COAST), ("tables", OMENS))
    }
    pairs |= {f"!journal.pages!{KEEP['_id']}.{one['_id']}": one for one in KEEP["pages"]}
    pairs |= {f"!journal!{KEEP['_id']}": KEEP | {"pages": [one["_id"] for one in KEEP["pages"]]}}
    pairs |= {"!macros!m1": {"_id": "m1", "name": "Boom", "command": "alert(1)", "scope": "global"}}
    for name, data in leveldb.write({k.encode(): json.dumps(v).encode() for k, v in pairs.items()}).items():
        (pack / name).write_bytes(data)
    old = {"_id": "old0000000000000", "name": "NPC - Vrik", "permission": {"default": 0}, "content": "<p>old</p>"}
    lines = [old | {"content": "<p>older</p>"}, old, {"_id": "x", "name": "X"}, {"$$deleted": True, "_id": "x"}]
    (root / "packs" / "old.db").write_text("\n".join(json.dumps(one) for one in lines) + '\n{"_id": "torn", "na')
    return root


def thing(material: Material, name: str) -> Thing:
    return next(one for one in material.things if one.name == name)


def named(project: Project, name: str) -> Entity:
    return next(one for one in project.all(Entity) if one.name == name)


def test_a_module_comes_in_with_links_secrets_pins_and_images(project: Project, module: Path) -> None:
    report = import_files(project, [module])
    keep, lady, coast = (named(project, name) for name in ("Grey Keep", "Lady Oss", "The Coast"))
    shows, hides = split_secrets(keep.body)
    assert shows.strip() == "## Hall\n\n[[Lady Oss|the lady]] lives & [rules](foundry:UUID/Actor.gone)"
    assert "den_1" in hides
    assert "Second" in hides
    assert (keep.kind, keep.visibility, keep.tags) == ("location", "party", ("the-north/locations",))
    assert (lady.kind, lady.visibility, lady.body) == ("npc", "gm", "Rolls `/r 2d6[fire]`{heat}.")
    assert lady.statblock is not None
    assert lady.statblock["data"] == LADY["system"]
    assert {m.hash for m in project.all(Media)} == {lady.images[0], coast.images[0]}
    (pin,) = project.all(Pin)
    assert (pin.map_id, pin.target_id, pin.x, pin.y) == (coast.id, keep.id, 0.5, 0.5)
    assert named(project, "Omens").fields["entries"] == ["1–3: A crow | two", "4: Keep"]
    assert (
        "| 1–3 | A **crow** \\| [two](foundry:UUID/Actor.gone) |\n| 4 | [[Grey Keep]] |" in named(project, "Omens").body
    )
    assert named(project, "NPC - Vrik").body == "old"
    assert [(r.what, r.skipped) for r in report.reasons] == [("Boom", True)]
    assert report.read == report.imported + report.skipped


def test_twice_is_nothing_new_and_one_undo_takes_it_back(project: Project, module: Path) -> None:
    import_files(project, [module])
    again = import_files(project, [module])
    assert (again.created, again.updated, again.linked) == (0, 0, 0)
    history.undo(project)
    assert not project.all(Entity)


def test_what_has_no_place_is_kept_whole(project: Project, module: Path) -> None:
    import_files(project, [module])
    assert named(project, "Grey Keep").ext["foundry"]["raw"]["document"] == KEEP
    kept = project.info().ext["foundry"]["keep"]
    assert [one["document"]["name"] for one in kept["documents"]] == ["Locations", "The North", "Boom"]


def test_a_single_document_and_a_yaml_source_are_known(tmp_path: Path) -> None:
    (tmp_path / "omens.json").write_text(json.dumps(OMENS))
    source = "_id: a\nname: Hall\ncontent: <p>x</p>\npages: []\n_key: '!journal!a'\nsort: 100\n"
    (tmp_path / "hall.yml").write_text(source)
    (tmp_path / "bomb.yml").write_text(source + "a: &a [x]\nb: *a\n")
    assert thing(formats.parse(tmp_path / "omens.json"), "Omens").kind == "random_table"  # type: ignore[arg-type]
    assert thing(formats.parse(tmp_path / "hall.yml"), "Hall").body == "x"  # type: ignore[arg-type]
    with pytest.raises(ImportRefused):
        formats.parse(tmp_path / "bomb.yml")


def test_of_a_world_nothing_private_is_kept(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "world"
    (root / "data").mkdir(parents=True)
    (root / "world.json").write_text(json.dumps({"id": "w", "title": "W", "system": "x", "coreVersion": "10.291"}))
    (root / "data" / "journal.db").write_text(json.dumps(KEEP))
    (root / "data" / "users.db").write_text(json.dumps({"_id": "u", "name": "Ann", "password": "hunter2", "role": 4}))
    (root / "data" / "messages.db").write_text(json.dumps({"_id": "m", "content": "hunter2", "user": "u"}))
    report = import_files(project, [root])
    assert (report.imported, report.skipped) == (1, 2)
    assert "hunter2" not in project.info().model_dump_json()


def test_a_journal_that_version_9_exported_is_known(tmp_path: Path) -> None:
    old = {"name": "Old", "content": "<p>x</p>", "flags": {"exportSource": {"world": "w", "coreVersion": "9.280"}}}
    (tmp_path / "old.json").write_text(json.dumps(old))
    assert thing(formats.parse(tmp_path / "old.json"), "Old").body == "x"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "things", "skipped"),
    [
        ("foundry/azure-campaign-compendia", 5, 3),
        ("foundry/stormsteel-item-mix", 54, 0),
        ("foundry/stormsteel-item-mix/wiki/packs_nedb/stormsteel-journal.db", 28, 0),
        ("foundry/stormsteel-item-mix/src/packs/stormsteel-item-mix", 13, 0),
        ("foundry/dnd5e-yaml-src", 24, 0),
        ("malicious/foundry_folder_cycle", 0, 0),
        ("malicious/foundry_html_xss", 1, 0),
        ("malicious/foundry_adventure_traversal", 1, 1),
        ("malicious/nedb_append_semantics.db", 1, 0),
    ],
)
def test_real_files_come_in_whole(project: Project, name: str, things: int, skipped: int) -> None:
    material = formats.parse(sample(name))
    assert (len(material.things), len(material.skipped)) == (things, skipped)  # type: ignore[union-attr]
    report = import_parsed(project, [material])
    assert report.read == report.imported + report.skipped
    bodies = [one.body for one in (*project.all(Entity), *project.all(Entry))]
    assert not any("\ue000" in body or "<script" in body or "etc/passwd" in body for body in bodies)
    assert import_files(project, [sample(name)]).created == 0


def test_a_pack_without_its_manifest_is_read_and_a_damaged_one_named(module: Path) -> None:
    pack = module / "packs" / "world"
    whole = len(formats.parse(module).things)  # type: ignore[union-attr]
    for name in ("CURRENT", "MANIFEST-000002"):
        (pack / name).unlink()
    (pack / "000001.ldb").write_bytes(b"")
    damaged = formats.parse(module)
    assert [what for what, _ in damaged.skipped] == ["packs/world"]  # type: ignore[union-attr]
    (pack / "000001.ldb").unlink()
    (pack / "MANIFEST-000009").write_bytes(b"")
    assert len(formats.parse(module).things) == whole  # type: ignore[union-attr]


@given(st.dictionaries(st.binary(min_size=1, max_size=40), st.binary(max_size=9_000), min_size=1, max_size=40))
def test_what_is_written_as_leveldb_is_read_again(pairs: dict[bytes, bytes]) -> None:
    files = leveldb.write(pairs)
    assert leveldb.read(files, files.__getitem__) == pairs


@given(st.data())
def test_flipped_bits_in_a_pack_end_in_one_error_or_a_safe_import(data: st.DataObject) -> None:
    folder = sample("foundry/stormsteel-item-mix/src/packs/stormsteel-item-mix")
    files = {one.name: bytearray(one.read_bytes()) for one in folder.iterdir()}
    name = data.draw(st.sampled_from(sorted(name for name in files if files[name])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(files[name]) - 1))
        files[name][at] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.integers(0, len(files[name])))
    files[name] = files[name][: cut if data.draw(st.booleans()) else None]
    try:
        leveldb.read(files, lambda one: bytes(files[one]))
    except leveldb.Damaged:
        return


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9) | st.just("<p>x</p>"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([KEEP, LADY, COAST, OMENS]), st.lists(st.tuples(st.integers(0, 30), _VALUES), max_size=6))
def test_documents_of_any_shape_are_read(one: Json, changes: list[Any]) -> None:
    from studio.services.exchange.foundry.documents import Package
    from studio.services.exchange.foundry.reader import material_of

    changed = dict(one)
    for n, value in changes:
        changed[sorted(one)[n % len(one)]] = value
    kind = {"pages": "JournalEntry", "items": "Actor", "notes": "Scene", "results": "RollTable"}
    package = Package()
    package.add(next(t for key, t in kind.items() if key in one), changed, "p")
    assert len(material_of(package).things) == 1
