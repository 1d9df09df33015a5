"""Character cards and lorebooks: read leniently, written strictly, nothing of a card lost on its way through."""

from __future__ import annotations

import base64
import json
import random
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.errors import ImportRefused
from studio.domain.lens import Lens
from studio.domain.world import Entity, Entry
from studio.services.exchange import export_project, import_files
from studio.services.exchange.tavern import cards, png_text
from studio.services.exchange.tavern.export import card_data, card_png
from studio.services.exchange.tavern.shapes import body_of, data_of, fields_of
from studio.services.world import entities, media
from tests.support.images import png

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

CARD: dict[str, Any] = {
    "spec": "chara_card_v2",
    "spec_version": "2.0",
    "data": {
        "name": "Ferry Wren", "description": "Poles the last ferry.", "personality": "Dry.", "scenario": "Fog.",
        "first_mes": "Get in.", "mes_example": "<START>\n{{user}}: Where to?", "creator_notes": "",
        "system_prompt": "Be brief.",
        "post_history_instructions": "", "alternate_greetings": ["Late again."], "tags": ["river"], "creator": "me",
        "character_version": "1", "extensions": {"depth": {"a": [1, None]}},
        "character_book": {"extensions": {}, "entries": [
            {"keys": ["ford", "/f[o]rd/i"], "content": "The ford drowned a cart.", "enabled": True,
             "insertion_order": 1, "extensions": {}},
        ]},
    },
}  # fmt: skip


def carrying(card: Any, keyword: str = "chara") -> bytes:
    return png_text.with_texts(png(), {keyword: base64.b64encode(json.dumps(card).encode())})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "wren.png"
    path.write_bytes(carrying(CARD))
    return path


def npc(project: Project) -> Entity:
    return project.all(Entity, "kind = 'npc'")[0]


def test_a_card_comes_in_with_portrait_texts_and_lore(project: Project, file: Path) -> None:
    report = import_files(project, [file])
    wren, lore = npc(project), project.all(Entry)[0]
    assert report.read == report.imported + report.skipped
    assert (wren.name, wren.fields["personality"], wren.tags) == ("Ferry Wren", "Dry.", ("river",))
    assert "## Scenario\n\nFog." in wren.body
    assert f"[[{lore.title}]]" in wren.body
    assert (lore.body, lore.mode, lore.tags) == ("The ford drowned a cart.", "lore", ("ford",))
    portrait = media.bytes_of(project, wren.images[0])
    assert portrait == png()
    assert import_files(project, [file]).unchanged == report.imported


def test_the_newer_card_of_a_png_wins(project: Project, tmp_path: Path) -> None:
    newer = {"spec": "chara_card_v3", "spec_version": "3.0", "data": CARD["data"] | {"name": "Wren the Elder"}}
    path = tmp_path / "both.png"
    path.write_bytes(
        png_text.with_texts(carrying(CARD), {"ccv3": base64.urlsafe_b64encode(json.dumps(newer).encode()).rstrip(b"=")})
    )
    import_files(project, [path])
    assert npc(project).name == "Wren the Elder"


def test_a_charx_brings_its_images_and_says_what_it_left(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "wren.charx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("card.json", json.dumps(CARD))
        archive.writestr("assets/icon/main.png", png(5, 5))
        archive.writestr("assets/voice.ogg", b"x")
    report = import_files(project, [path])
    assert len(npc(project).images) == 1
    assert "assets/voice.ogg" in [reason.what for reason in report.reasons]


def test_an_untouched_card_goes_out_as_it_came(project: Project, file: Path) -> None:
    import_files(project, [file])
    assert card_data(npc(project)) == CARD["data"] | {"group_only_greetings": []}
    carried = png_text.texts(card_png(project, npc(project)), "x")
    assert {key: json.loads(base64.b64decode(text))["spec"] for key, text in carried.items()} == {
        "chara": "chara_card_v2",
        "ccv3": "chara_card_v3",
    }


def test_what_was_changed_here_goes_out_changed(project: Project, file: Path) -> None:
    import_files(project, [file])
    entities.update_entity(project, npc(project).id, {"body": "Poles no more.\n\n## Scenario\n\nSun."})
    data = card_data(npc(project))
    assert (data["description"], data["scenario"], data["first_mes"]) == ("Poles no more.", "Sun.", "")
    assert data["alternate_greetings"] == ["Late again."]


def test_a_partys_cards_hold_nothing_of_the_game_masters(project: Project, file: Path, tmp_path: Path) -> None:
    import_files(project, [file])
    entities.update_entity(
        project,
        npc(project).id,
        {"body": "Open.\n\n> [!secret]\n> CANARY", "visibility": "party", "fields.secret": "CANARY"},
    )
    out = tmp_path / "cards.zip"
    export_project(project, out, format="character-cards", lens=Lens(audience="party"))
    with zipfile.ZipFile(out) as archive:
        cards_out = [png_text.texts(archive.read(name), name) for name in archive.namelist()]
    texts = [base64.b64decode(text).decode() for one in cards_out for text in one.values()]
    assert texts
    assert not [text for text in texts if "CANARY" in text or "Be brief" in text]


def test_world_info_goes_out_and_comes_in_again(project: Project, make_project: Any, tmp_path: Path) -> None:
    entities.create_entity(project, kind="location", name="Drowned Ford", fields={})
    place = project.all(Entity)[0]
    entities.update_entity(project, place.id, {"body": "Near [[Wren|the ferry]]."})
    out = tmp_path / "world.json"
    export_project(project, out, format="world-info")
    written = json.loads(out.read_text())
    assert written["entries"]["0"]["content"] == "Near the ferry."
    other = make_project("Other")
    assert import_files(other, [out]).created == 1
    assert other.all(Entry)[0].title == "Drowned Ford"


@pytest.mark.parametrize(
    "book",
    [
        {"lorebookVersion": 4, "entries": [{"text": "Salt.", "displayName": "Salt", "keys": ["salt"], "id": "1"}]},
        {"data": [{"key": "salt, brine", "comment": "Salt", "content": "Salt."}]},
        {"entries": [{"keywords": ["salt"], "name": "Salt", "entry": "Salt."}]},
    ],
)
def test_lorebooks_of_other_programs_are_read(project: Project, tmp_path: Path, book: Any) -> None:
    path = tmp_path / "salt.json"
    path.write_text(json.dumps(book))
    import_files(project, [path])
    entry = project.all(Entry)[0]
    assert (entry.title, entry.body, entry.tags[0]) == ("Salt", "Salt.", "salt")


def test_a_strangers_lorebook_goes_out_as_it_came(project: Project, shared: Path, tmp_path: Path) -> None:
    """Equal but for the numbers, which are given anew, and fields that its entries hadn't."""
    path = shared / "samples" / "tavern" / "worldinfo-synthetic" / "worldinfo.json"
    import_files(project, [path])
    export_project(project, tmp_path / "out.json", format="world-info")
    given = json.loads(path.read_text())["entries"].values()
    back = {one["comment"]: one for one in json.loads((tmp_path / "out.json").read_text())["entries"].values()}
    told = [one for one in given if one["content"].strip()]
    assert told
    for entry in told:
        title = entry.get("comment") or entry["key"][0]
        free = {"uid", "displayIndex", "comment"}
        assert {key: back[title].get(key) for key in entry if key not in free} == {
            key: value for key, value in entry.items() if key not in free
        }


@pytest.mark.parametrize("name", ["card_ztxt_bomb.png", "card_len_overflow.png", "card_bad_base64.png"])
def test_hostile_cards_are_refused(project: Project, shared: Path, name: str) -> None:
    with pytest.raises(ImportRefused):
        import_files(project, [shared / "samples" / "malicious" / name])
    assert not project.all(Entity)


def test_every_shared_card_and_book_comes_in(project: Project, shared: Path) -> None:
    folder = shared / "samples" / "tavern"
    files = [*folder.rglob("luna*.png"), *folder.rglob("test-card.json"), *folder.rglob("ccv*_min.json")]
    files += [*folder.rglob("worldinfo.json"), *folder.rglob("starter.lorebook")]
    for path in files:
        report = import_files(project, [path])
        assert report.read == report.imported + report.skipped > 0, path


def test_no_flip_of_bits_escapes_the_reader(file: Path, tmp_path: Path, project: Project) -> None:
    good, dice = file.read_bytes(), random.Random(7)
    for n in range(60):
        data = bytearray(good)
        for _ in range(dice.randrange(1, 6)):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        path = tmp_path / f"{n}.png"
        path.write_bytes(bytes(data))
        with suppress(ImportRefused):
            import_files(project, [path], dry_run=True)


said = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co"]), max_size=20)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | said,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(said, inner, max_size=3), max_leaves=8,
)  # fmt: skip
lore = st.fixed_dictionaries(
    {"keys": st.lists(said, max_size=2), "content": said, "enabled": st.booleans(),
     "insertion_order": st.integers(0, 99), "extensions": st.dictionaries(said, anything, max_size=2)},
    optional={"position": st.sampled_from(["before_char", "after_char"]), "x_unknown": anything, "comment": said},
)  # fmt: skip
fields = st.fixed_dictionaries(
    {"name": st.from_regex(r"[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8})?", fullmatch=True), "creator": said,
     **dict.fromkeys(("description", "personality", "scenario", "first_mes", "mes_example", "system_prompt"), said),
     "tags": st.lists(said, max_size=3), "alternate_greetings": st.lists(said, max_size=2), "character_version": said,
     "creator_notes": said, "post_history_instructions": said,
     "extensions": st.dictionaries(said, anything, max_size=3)},
    optional={"character_book": st.fixed_dictionaries(
        {"entries": st.lists(lore, max_size=2), "extensions": st.just({})}, optional={"name": said, "y": anything}),
        "z_unknown": anything},
)  # fmt: skip


@given(data=fields, version=st.sampled_from(["2.0", "3.0"]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_card_goes_out_as_it_came(tmp_path: Path, project: Project, data: dict[str, Any], version: str) -> None:
    """Every key is there again, those that nobody knows too, and each chunk of the image; `use_regex` may be added."""
    with project.commit("test", "Empty") as commit:
        for old in (*project.all(Entity), *project.all(Entry)):
            commit.purge(old.kind, old.id)
    card = {"spec": f"chara_card_v{version[0]}", "spec_version": version, "data": data}
    given = carrying(card, "ccv3" if version == "3.0" else "chara")
    path = tmp_path / "card.png"
    path.write_bytes(png_text.with_texts(given, {"Comment": b"mine"}))
    import_files(project, [path])
    image = card_png(project, npc(project))
    carried = json.loads(base64.b64decode(png_text.texts(image, "x")["ccv3"]))["data"]
    for entry in carried.get("character_book", {}).get("entries", ()):
        entry.pop("use_regex", None)
    expected = data | {"group_only_greetings": []} | ({} if data["description"] else {"description": ""})
    assert carried == expected
    assert png_text.without(image, "x", frozenset(cards.KEYWORDS)) == png_text.without(
        path.read_bytes(), "x", frozenset(cards.KEYWORDS)
    )


sections = st.text(alphabet="abc #\n", max_size=30).map(lambda text: text.replace("#", "").strip())


@given(description=sections, scenario=sections, first_mes=sections, mes_example=sections)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_body_comes_apart_into_the_fields_it_was_made_of(**fields: str) -> None:
    assert fields_of(body_of(fields)) == fields
    assert data_of({"spec": "chara_card_v2", "data": fields}) == fields
    assert cards.SOURCE
