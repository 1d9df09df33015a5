"""The bundle: everything survives, history too; and no bundle that was tampered with gets in."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.blueprint import Blueprint, Identity
from studio.domain.chat import Message, Part, Thread
from studio.domain.errors import ImportRefused, Invalid
from studio.domain.world import Alias, Entity, Entry, Link, Relation
from studio.services import history, sample
from studio.services.exchange import export_project, import_files
from studio.services.world import media
from studio.storage import bundle
from studio.storage.project import Project
from tests.support.images import png

words = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=12)
values = st.one_of(
    words, st.integers(-999, 999), st.booleans(), st.lists(words, max_size=3), st.builds(Link, text=words)
)
entities = st.builds(
    Entity,
    kind=st.sampled_from(["npc", "faction", "location", "custom_kind"]),
    name=words,
    aliases=st.lists(st.builds(Alias, name=words), max_size=2).map(tuple),
    body=words,
    tags=st.lists(words, max_size=2, unique=True).map(tuple),
    fields=st.dictionaries(words, values, max_size=3),
)
others = st.one_of(
    st.builds(Entry, title=words, body=words), st.builds(Blueprint, identity=st.builds(Identity, title=words))
)
steps = st.lists(
    st.one_of(
        st.lists(st.one_of(entities, others), min_size=1, max_size=3), st.sampled_from(["undo", "redo", "trash"])
    ),
    max_size=7,
)


def everything(project: Project) -> tuple[Any, ...]:
    """Records, log and heads: all that a bundle promises."""
    records = {data["id"]: data for data in bundle.all_data(project.sql)}
    blobs = list(bundle.blobs(project.sql))
    return records, list(bundle.log_lines(project.sql)), blobs, history.state(project), project.workspace_id


def play(project: Project, moves: list[Any]) -> None:
    for move in moves:
        if move == "undo" and history.state(project).undo:
            history.undo(project)
        elif move == "redo" and history.state(project).redo:
            history.redo(project)
        elif move == "trash" and (found := project.all(Entity)):
            with project.commit("test", "trash") as commit:
                commit.delete(found[0])
        elif isinstance(move, list):
            with project.commit("test", "put") as commit:
                for record in move:
                    commit.put(record)


@given(moves=steps, blob=st.binary(max_size=40))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_done_the_bundle_brings_it_back_whole(
    make_project: Callable[..., Project], tmp_path: Path, moves: list[Any], blob: bytes
) -> None:
    project, pack, again = make_project("One"), tmp_path / "one.ttrpgpack", tmp_path / "two.ttrpgpack"
    play(project, moves)
    bundle.put_blobs(project.sql, [(hashlib.sha256(blob).hexdigest(), "image/png", blob)])
    export_project(project, pack, format="ttrpgpack")
    other = make_project("Two")
    report = import_files(other, [pack])
    assert everything(other) == everything(project)
    assert report.created == report.read == len(everything(project)[0])
    assert history.first_broken(other) is None
    export_project(other, again, format="ttrpgpack")
    assert again.read_bytes() == pack.read_bytes()


@pytest.fixture
def full(project: Project) -> Project:
    """A project with the sample in it, an image, and some history."""
    sample.fill(project)
    media.add_image(project, png(), name="flag.png")
    with project.commit("test", "More") as commit:
        commit.put(Entity(kind="npc", name="Late Guest"))
    return project


@pytest.fixture
def pack(full: Project, tmp_path: Path) -> Path:
    """The bundle of that project."""
    path = tmp_path / "full.ttrpgpack"
    export_project(full, path, format="ttrpgpack")
    return path


def test_images_come_along_into_a_project_that_has_content(make_project: Any, pack: Path) -> None:
    other = make_project("Other")
    with other.commit("test", "mine") as commit:
        commit.put(Entity(kind="npc", name="Mine"))
    import_files(other, [pack])
    assert png() in [media.bytes_of(other, one.hash) for one in media.all_images(other)]


def test_undo_goes_on_in_the_project_that_the_bundle_became(make_project: Any, pack: Path) -> None:
    other = make_project("Other")
    import_files(other, [pack])
    assert history.undo(other).message == "More"
    assert not [e for e in other.all(Entity) if e.name == "Late Guest"]
    assert history.first_broken(other) is None


def test_whoever_shows_the_project_hears_of_all_of_it(make_project: Any, pack: Path) -> None:
    other = make_project("Other")
    other.take_events()
    import_files(other, [pack])
    (event,) = other.take_events()
    assert event.ids() == {data["id"] for data in bundle.all_data(other.sql)}
    assert event.seq == bundle.head_hash(other.sql)[0]


def test_names_and_texts_are_found_in_it(make_project: Any, pack: Path) -> None:
    from studio.services.find import find

    other = make_project("Other")
    import_files(other, [pack])
    assert find(other, "Grandmother Pell")[0].name == "Grandmother Pell"
    assert find(other, "escorted")


def test_a_bundle_comes_into_a_project_with_content_as_one_change(make_project: Any, pack: Path) -> None:
    other = make_project("Other")
    with other.commit("test", "mine") as commit:
        commit.put(Entity(kind="npc", name="Mine"))
    name = other.info().name
    report = import_files(other, [pack])
    assert report.skipped == 1
    assert report.updated == 0
    assert report.created == report.read - 1
    assert other.info().name == name
    again = import_files(other, [pack])
    assert (again.created, again.updated) == (0, 0)
    history.undo(other)
    assert [e.name for e in other.all(Entity)] == ["Mine"]


def test_an_older_bundle_never_goes_over_later_work(full: Project, pack: Path) -> None:
    guest = next(e for e in full.all(Entity) if e.name == "Late Guest")
    with full.commit("test", "rename") as commit:
        commit.put(guest.model_copy(update={"name": "Early Guest"}))
    report = import_files(full, [pack])
    assert (report.created, report.updated, report.skipped) == (0, 0, 1)
    assert full.get(Entity, guest.id).name == "Early Guest"


def test_a_newer_bundle_brings_an_older_copy_up_to_date(
    full: Project, make_project: Any, pack: Path, tmp_path: Path
) -> None:
    copy = make_project("Copy")
    import_files(copy, [pack])
    guest = next(e for e in full.all(Entity) if e.name == "Late Guest")
    with full.commit("test", "rename") as commit:
        commit.put(guest.model_copy(update={"name": "Early Guest"}))
    newer = tmp_path / "newer.ttrpgpack"
    export_project(full, newer, format="ttrpgpack")
    assert import_files(copy, [newer]).updated == 1
    assert copy.get(Entity, guest.id).name == "Early Guest"


def test_a_dry_run_of_a_fresh_adoption_changes_nothing(make_project: Any, pack: Path) -> None:
    other = make_project("Other")
    report = import_files(other, [pack], dry_run=True)
    assert report.read == report.imported > 100
    assert not other.all(Entity)


# ---- bundles that somebody touched ---------------------------------------------------------------------------------


def rezip(source: Path, target: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The same bundle with its files changed."""
    with zipfile.ZipFile(source) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target


def rehash(files: dict[str, bytes], **manifest: Any) -> None:
    """Make the manifest fit the files again, as a clever forger would."""
    known = json.loads(files["manifest.json"])
    known["files"] = {
        n: {"sha256": hashlib.sha256(d).hexdigest(), "size": len(d)} for n, d in files.items() if n != "manifest.json"
    }
    files["manifest.json"] = json.dumps(known | manifest).encode()


def edit(name: str, old: bytes, new: bytes, *, forge: bool = False) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)
        if forge:
            rehash(files)

    return change


def add(name: str, data: bytes, *, forge: bool = False) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        files[name] = data
        if forge:
            rehash(files)

    return change


IMAGE = f"blobs/{hashlib.sha256(png()).hexdigest()}"
FORGERIES: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a changed record": edit("records/npc.jsonl", b"Late Guest", b"Lost Guest"),
    "a changed record with a new hash": edit("records/npc.jsonl", b"Late Guest", b"Lost Guest", forge=True),
    "a changed history with a new hash": edit("log.jsonl", b"Late Guest", b"Lost Guest", forge=True),
    "a file that isn't listed": add("extra.txt", b"x"),
    "a file of an unknown kind": add("extra.txt", b"x", forge=True),
    "a record that is no record": add("records/npc.jsonl", b'{"kind":"npc"}\n', forge=True),
    "a record of another kind": add("records/relation.jsonl", b'{"kind":"npc","id":"a","name":"x"}\n', forge=True),
    "lines that are no JSON": add("records/npc.jsonl", b"{\n", forge=True),
    "an empty history": add("log.jsonl", b"", forge=True),
    "a blob that is another": add("blobs/" + "0" * 64, b"hello", forge=True),
    "an image that is missing": lambda files: (files.pop(IMAGE), rehash(files)),
    "an image that was changed": lambda files: files.update({IMAGE: files[IMAGE] + b"!"}),
    "an image that was changed with a new hash": lambda files: (files.update({IMAGE: b"!"}), rehash(files)),
    "a newer version": lambda files: rehash(files, format_version=99),
    "a newer schema": lambda files: rehash(files, schema=99),
    "no version": lambda files: rehash(files, format_version="1"),
    "another format": lambda files: rehash(files, format="zip"),
    "a file list that is no list of files": lambda files: files.update(
        {"manifest.json": json.dumps(json.loads(files["manifest.json"]) | {"files": {"log.jsonl": 1}}).encode()}
    ),
}


@pytest.mark.parametrize("name", list(FORGERIES))
def test_a_touched_bundle_is_refused_and_changes_nothing(
    name: str, pack: Path, make_project: Any, tmp_path: Path
) -> None:
    bad = rezip(pack, tmp_path / "bad.ttrpgpack", FORGERIES[name])
    fresh, used = make_project("Fresh"), make_project("Used")
    with used.commit("test", "mine") as commit:
        commit.put(Entity(kind="npc", name="Mine"))
    for project in (fresh, used):
        before = everything(project)
        with pytest.raises(ImportRefused) as caught:
            import_files(project, [bad])
        assert caught.value.code == ("newer" if "newer" in name else "import_refused")
        assert everything(project) == before


@given(at=st.floats(0, 1), flip=st.integers(1, 255))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flipped_byte_never_gets_in_unnoticed(
    pack: Path, project: Project, at: float, flip: int, tmp_path: Path
) -> None:
    data = bytearray(pack.read_bytes())
    data[int(at * (len(data) - 1))] ^= flip
    bad = tmp_path / "flipped.ttrpgpack"
    bad.write_bytes(data)
    before = everything(project)
    try:
        report = import_files(project, [bad], dry_run=True)
    except ImportRefused:
        report = None
    assert everything(project) == before
    assert report is None or report.created == report.updated == 0


def test_a_history_that_packs_like_a_bomb_still_comes_back(make_project: Any, tmp_path: Path) -> None:
    project, other = make_project("One"), make_project("Two")
    with project.commit("test", "long") as commit:
        for n in range(12):
            commit.put(Entry(title=f"Note {n}", body="same words again and again " * 60_000))
    export_project(project, tmp_path / "p.ttrpgpack", format="ttrpgpack")
    import_files(other, [tmp_path / "p.ttrpgpack"])
    assert everything(other) == everything(project)


def test_an_export_never_goes_over_a_project_file(full: Project, tmp_path: Path) -> None:
    for dest in (full.path, tmp_path / "Other.ttrpg"):
        with pytest.raises(Invalid):
            export_project(full, dest, format="ttrpgpack")
    assert history.first_broken(full) is None


def test_chats_keep_their_branches(make_project: Any, tmp_path: Path) -> None:
    project, other = make_project("One"), make_project("Two")
    with project.commit("test", "chat") as commit:
        thread = commit.put(Thread(title="T"))
        root = commit.put(Message(thread_id=thread.id, role="user", parts=(Part(text="?"),)))
        for n in range(2):
            commit.put(Message(thread_id=thread.id, parent_id=root.id, role="assistant", parts=(Part(text=str(n)),)))
    export_project(project, tmp_path / "p.ttrpgpack", format="ttrpgpack")
    import_files(other, [tmp_path / "p.ttrpgpack"])
    assert other.all(Message) == project.all(Message)
    assert not other.all(Relation)
