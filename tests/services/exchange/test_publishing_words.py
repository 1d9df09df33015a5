"""Markdown as blocks, stat blocks of several programs, and the world as tables."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.lens import Lens
from studio.services.exchange import export_project
from studio.services.exchange.publishing.data import cell
from studio.services.exchange.publishing.document import (
    Box,
    Code,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    Span,
    Stats,
)
from studio.services.exchange.publishing.markup import Markup
from studio.services.exchange.publishing.statblocks import from_fence, stats
from studio.services.world import entities, entries, relations

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project


def markup() -> Markup:
    return Markup(
        {"grey keep": "grey-keep"}.get, lambda source, text: Picture("a.png", text) if "media:" in source else None
    )


def test_links_styles_and_pictures_become_spans_and_blocks() -> None:
    found = markup().blocks("A **b *c*** [[Grey Keep|d]] [[Nowhere]] `e` ~~f~~ ![g](media:x)\n\n![h](http://x/y.png)")
    assert found[0] == Paragraph(
        (
            Span("A "), Span("b ", bold=True), Span("c", bold=True, italic=True), Span(" "),
            Span("d", to="grey-keep"), Span(" Nowhere "), Span("e", code=True), Span(" "), Span("f", strike=True),
        )
    )  # fmt: skip
    assert found[1] == Picture("a.png", "g")
    assert found[2] == Paragraph((Span("h", italic=True, url="http://x/y.png"),))


def test_only_addresses_of_the_web_are_links() -> None:
    one = markup()
    found = one.line("[a](javascript:alert) [b](file:///etc/passwd) [c](HTTPS://x.org) [d](mailto:a@b.c) [e](a.md)")
    assert [span.url for span in found if span.url] == ["HTTPS://x.org", "mailto:a@b.c"]
    assert one.lost["link"] == 1


def test_lists_tables_and_boxes_keep_their_shape() -> None:
    text = (
        "3. a\n   - b\n4. c\n\n|x|y|\n|---|--:|\n|[[Grey Keep\\|k]]|1|\n\n> [!tip] Title\n> Words.\n\n> said\n\n# Head"
    )
    items, grid, note, quote, head = markup().blocks(text)
    assert isinstance(items, Items)
    assert (items.start, len(items.items)) == (3, 2)
    assert isinstance(items.items[0][1], Items)
    assert isinstance(grid, Grid)
    assert (grid.align, grid.rows[0][0]) == (("left", "right"), (Span("k", to="grey-keep"),))
    assert isinstance(note, Box)
    assert note == Box("note", (Paragraph((Span("Words."),)),), "Title")
    assert isinstance(quote, Box)
    assert quote.kind == "quote"
    assert head == Heading(1, (Span("Head"),))


def test_secret_blocks_are_boxes_and_comments_are_gone() -> None:
    found = markup().blocks("Open. %%never%%\n\n> [!secret]\n> Hidden *word*.\n\nAfter.")
    assert [type(one).__name__ for one in found] == ["Paragraph", "Box", "Paragraph"]
    assert isinstance(found[1], Box)
    assert found[1].kind == "secret"
    assert "never" not in repr(found)


@given(st.text(alphabet="[]|!>#*`_-+1.\n ab(){}<>\\:media", max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_is_blocks(text: str) -> None:
    one = markup()
    one.blocks(text)
    assert all(span.text for span in one.line(text))


BLOCK = {
    "name": "Ghoul", "size": "Medium", "type": "undead", "alignment": "chaotic evil", "ac": 12, "hp": 22,
    "stats": [13, 15, 10, 7, 10, 6], "speed": "30 ft.", "saves": [{"dex": 4}],
    "traits": [{"name": "Keen", "desc": "Smells <b>you</b>."}], "actions": [{"name": "Bite", "desc": "Ouch."}],
}  # fmt: skip


def test_a_stat_block_of_obsidian_has_its_parts() -> None:
    found = stats("X", BLOCK)
    assert (found.name, found.line) == ("Ghoul", "Medium, undead, chaotic evil")
    assert ("Armour class", "12") in found.rows
    assert ("Saving throws", "dex 4") in found.rows
    assert found.scores[:2] == (("STR", "13 (+1)"), ("DEX", "15 (+2)"))
    assert found.parts == (("Traits", (("Keen", "Smells you ."),)), ("Actions", (("Bite", "Ouch."),)))


def test_a_stat_block_of_foundry_shows_its_values() -> None:
    data = {"abilities": {"str": {"value": 8}}, "attributes": {"ac": {"value": 15}, "empty": {"value": 0}}}
    found = stats("Guard", {"game": "dnd5e", "type": "npc", "data": data})
    assert (found.name, found.line, found.scores) == ("Guard", "dnd5e npc", (("STR", "8 (-1)"),))
    assert found.rows == (("Attributes ac", "15"),)


def test_a_fence_is_a_stat_block_only_where_it_can_be_read() -> None:
    assert isinstance(markup().blocks("```statblock\nname: Ghoul\nac: 12\n```")[0], Stats)
    assert markup().blocks("```statblock\na: &x [*x]\n```") == (Code("a: &x [*x]"),)
    assert from_fence("python", "name: x") is None


@given(st.dictionaries(st.text(max_size=8), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=12,
), max_size=6))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_any_stat_block_is_text(block: dict[str, Any]) -> None:
    for given_block in (block, {"data": block}):
        found = stats("X", given_block)
        assert all(isinstance(word, str) for row in found.rows for word in row)


# ---- tables --------------------------------------------------------------------------------------------------------


@pytest.fixture
def world(project: Project) -> Project:
    keep = entities.create_entity(project, kind="location", name="=Keep")
    lady = entities.create_entity(project, kind="npc", name="Lady Oss", fields={"home": "=Keep", "age": 40})
    entities.update_entity(project, keep.id, {"visibility": "party", "body": "Words.\n\n> [!secret]\n> DEN"})
    relations.add_relation(project, lady.id, "rules", keep.id)
    entries.create_entry(project, title="Log", body="CANARY")
    return project


def test_the_tables_open_in_a_spreadsheet_and_run_nothing(world: Project, tmp_path: Path) -> None:
    done = export_project(world, tmp_path / "t.zip", format="csv")
    assert done.counts == {"entries": 2, "relations": 2, "statements": 0, "notes": 1}
    with zipfile.ZipFile(tmp_path / "t.zip") as archive:
        assert archive.namelist() == ["location.csv", "notes.csv", "npc.csv", "relations.csv"]
        rows = list(csv.DictReader(io.StringIO(archive.read("npc.csv").decode("utf-8-sig"))))
        places = list(csv.DictReader(io.StringIO(archive.read("location.csv").decode("utf-8-sig"))))
    assert (rows[0]["name"], rows[0]["field home"], rows[0]["field age"]) == ("Lady Oss", "'=Keep", "40")
    assert places[0]["name"] == "'=Keep"
    assert [cell(one) for one in ("-5", "+1", "@x", -2.5, None, True)] == ["-5", "'+1", "'@x", "-2.5", "", "yes"]


def test_players_get_plain_data_without_what_is_hidden(world: Project, tmp_path: Path) -> None:
    export_project(world, tmp_path / "d.json", format="json", lens=Lens(audience="party"))
    text = (tmp_path / "d.json").read_text("utf-8")
    found = json.loads(text)
    assert [one["name"] for one in found["entries"]] == ["=Keep"]
    assert found["relations"] == found["notes"] == []
    for word in ("DEN", "CANARY", "Lady"):
        assert word not in text
