"""World Anvil, LegendKeeper and Notion: pages by their kinds, links, and what is not for everybody."""

from __future__ import annotations

import io
import json
import random
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.errors import ImportRefused
from studio.domain.lens import Lens
from studio.domain.text import split_secrets
from studio.domain.world import Entity, Entry, Link
from studio.services.exchange import formats, import_files, notion, worldanvil
from studio.services.exchange.probe import Probe
from studio.services.world import seen
from tests.support.images import png

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

ANVIL: dict[str, Any] = {
    "articles/ilse.json": {
        "id": "a1", "title": "Ilse Kerrow", "entityClass": "Article", "templateType": "person", "state": "public",
        "excerpt": "Holds the [b]keep[/b].", "tags": "warden,salt", "category": {"title": "Marsh folk"},
        "content": "Sworn at @[the Keep](settlement:a2).[br][ul][li]stern[/li][li]fair[/li][/ul][h2]Deeds[/h2]Many.",
        "sections": {"history": {"content": "Born late."}, "ghostNotes": {"content": "CANARY note"}},
        "relations": {"residence": {"items": [{"id": "a2", "title": "The Keep", "relationshipType": "lives"}]}},
    },
    "articles/keep.json": {
        "id": "a2", "title": "The Keep", "entityClass": "Article", "templateType": "settlement", "state": "public",
        "articleParent": {"id": "a3"}, "content": "Stone.",
    },
    "articles/marsh.json": {
        "id": "a3", "title": "The Marsh", "entityClass": "Article", "templateType": "location", "state": "private",
        "content": "CANARY marsh",
    },
    "users/me.json": {"id": "u", "title": "Me", "entityClass": "User", "state": None},
    "odd.json": [1],
}  # fmt: skip
KEEPER: dict[str, Any] = {
    "resources": [
        {"id": "r1", "name": "Saltmarch", "tags": ["town"], "rank": "a", "isHidden": False, "documents": [
            {"id": "d1", "name": "Main", "type": "page", "isHidden": False},
            {"id": "d2", "name": "Truth", "type": "page", "isHidden": True},
            {"id": "d3", "name": "Chart", "type": "map", "isHidden": False},
        ], "properties": [{"name": "Founded", "value": "812"}]},
        {"id": "r2", "name": "Ilse", "parentId": "r1", "tags": ["npc"], "aliases": ["The Warden"], "rank": "b",
         "isHidden": True, "documents": []},
    ],
    "blocks": [
        {"id": "d1", "blocks": [
            {"kind": "heading", "level": 2, "content": [{"text": "History"}]},
            {"kind": "paragraph", "content": [{"text": "Ruled by "}, {"text": "Ilse", "resourceId": "r2"}]},
            {"kind": "bulletList", "children": [
                {"kind": "listItem", "content": [{"text": "salt", "marks": ["bold"]}]},
            ]},
            {"kind": "infobox", "rows": [{"key": "Mayor", "value": "None"}]},
        ]},
        {"id": "d2", "blocks": [{"kind": "paragraph", "content": [{"text": "CANARY truth"}]}]},
    ],
    "calendar": {"name": "Gregorian"},
}  # fmt: skip
A, B, C, D = "a" * 32, "b" * 32, "c" * 32, "d" * 32
NOTION: dict[str, bytes] = {
    f"Export/Notes {C}.md": f"# Notes\n\nSee [Ilse](People%20{D}/Ilse%20Kerrow%20{A}.md). ![map](map.png)".encode(),
    f"Export/People {D}/Ilse Kerrow {A}.md": (
        "# Ilse Kerrow\n\nOccupation: Warden\nTags: salt, stern\n"
        f"Ally: Bram (Bram%20{B}.md)\n\nHolds the keep: always.\n"
    ).encode(),
    f"Export/People {D}/Bram {B}.md": b"# Bram\n\nRows: he does so daily\nand well.\n",
    f"Export/People {D}.csv": b"Name\nIlse Kerrow\n",
    f"Export/People {D}_all.csv": b"Name\nIlse Kerrow\n",
    "Export/map.png": png(4, 4),
}


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def named(project: Project, name: str) -> Entity:
    return next(one for one in project.all(Entity) if one.name == name)


def anvil(folder: Path) -> Path:
    return written(folder / "anvil.zip", packed({name: json.dumps(one).encode() for name, one in ANVIL.items()}))


def shown_to_the_party(project: Project) -> str:
    shown = [seen.record(project, one.id, lens=Lens(audience="party")) for one in project.all(Entity)]
    assert any(shown)
    return "".join(one.model_dump_json() for one in shown if one is not None)


def test_articles_of_world_anvil_come_in_by_their_templates(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [anvil(tmp_path)])
    ilse, keep = named(project, "Ilse Kerrow"), named(project, "The Keep")
    assert (ilse.kind, keep.kind, ilse.summary, ilse.tags) == (
        "npc", "location", "Holds the **keep**.", ("warden", "salt", "Marsh folk"),
    )  # fmt: skip
    assert ilse.body.startswith("Sworn at [[The Keep|the Keep]].\n\n- stern\n- fair\n\n## Deeds\n\n")
    assert "## History\n\nBorn late." in ilse.body
    assert ilse.custom["residence"] == "[[The Keep]]"
    assert keep.fields["parent"] == Link(text="The Marsh", ref=named(project, "The Marsh").id)
    assert {reason.what for reason in report.reasons if reason.skipped} == {"Me", "odd.json"}
    assert "CANARY" not in shown_to_the_party(project)
    assert import_files(project, [anvil(tmp_path)]).unchanged == report.imported


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("[b]a[/b] [i]b[/i]", "**a** *b*"), ("[ol][li]x[/li][li]y[/li][/ol]", "1. x\n1. y"), ("[oddtag:3]z", "z"),
        ("[quote]q[/quote]", "q"), ("[url=https://x.y]here[/url]", "https://x.y here"),
        ("[url=javascript:1]h[/url]", "h"),
        ("[[not]] @[X](person:k)", "[[not]] X"), ("[" * 5000, "[" * 5000),
    ],
)  # fmt: skip
def test_bbcode_becomes_markdown(told: str, text: str) -> None:
    made = worldanvil.markdown(told)
    assert "".join(char for char in made if ord(char) < 0xE000).replace("kX", "X") == text


def test_pages_of_legendkeeper_keep_their_tree_and_what_is_hidden(project: Project, tmp_path: Path) -> None:
    path = written(tmp_path / "keeper.json", json.dumps(KEEPER).encode())
    report = import_files(project, [path])
    town, ilse = named(project, "Saltmarch"), named(project, "Ilse")
    assert (town.kind, ilse.kind, ilse.visibility) == ("location", "npc", "gm")
    assert town.body.startswith("## History\n\nRuled by [[Ilse]]\n\n- **salt**\n\n- **Mayor:** None")
    assert (town.custom["Founded"], ilse.custom["under"]) == ("812", "[[Saltmarch]]")
    assert {reason.what for reason in report.reasons if reason.skipped} == {"Gregorian", "Saltmarch: Chart"}
    assert "CANARY" not in shown_to_the_party(project)
    assert import_files(project, [path]).unchanged == report.imported


@pytest.mark.parametrize("nested", [False, True])
def test_pages_of_notion_come_in_with_properties_links_and_images(
    project: Project, tmp_path: Path, *, nested: bool
) -> None:
    data = packed({"Export-1-Part-1.zip": packed(NOTION)}) if nested else packed(NOTION)
    path = written(tmp_path / "export.zip", data)
    with Probe(path) as probe:
        assert formats.detect(probe).id == "notion"
    report = import_files(project, [path])
    ilse, bram = named(project, "Ilse Kerrow"), named(project, "Bram")
    assert (ilse.kind, ilse.fields["occupation"], ilse.tags) == ("npc", "Warden", ("salt", "stern"))
    assert ilse.body == "Holds the keep: always."
    assert (ilse.custom["Ally"], bram.body) == ("[[Bram]]", "Rows: he does so daily\nand well.")
    note = project.all(Entry)[0]
    assert note.body.startswith("See [[Ilse Kerrow|Ilse]]. ![map](media:")
    assert [reason.what for reason in report.reasons if reason.skipped] == ["People"]
    assert import_files(project, [path]).unchanged == report.imported


def test_the_real_shapes_are_read(project: Project, shared: Path) -> None:
    keeper = shared / "samples" / "legendkeeper" / "api-v3-shape" / "api_v3_dump.json"
    report = import_files(project, [keeper])
    assert report.kinds == {"location": 1, "npc": 1}
    with pytest.raises(ImportRefused, match="no article"):
        import_files(project, [shared / "samples" / "worldanvil" / "pywaclient-testdata"])


@pytest.mark.parametrize(
    "closed",
    [{"state": "Private"}, {"state": None}, {"isDraft": True}, {"subscribergroups": ["g1"]},
     {"subscribergroups": [{"id": 1}]}],
)  # fmt: skip
def test_only_what_is_public_for_all_is_shown(project: Project, tmp_path: Path, closed: dict[str, Any]) -> None:
    path = written(tmp_path / "one.json", json.dumps(ANVIL["articles/keep.json"] | closed).encode())
    import_files(project, [path])
    assert named(project, "The Keep").visibility == "gm"


def test_parts_of_articles_for_some_readers_are_secrets(project: Project, tmp_path: Path) -> None:
    told = "Open.[subcontainer:b6f7]CANARY [b]one[/b] [subcontainer:c]CANARY two[/subcontainer] CANARY three"
    texts = {"content": f"{told}[/subcontainer]Shown.", "excerpt": f"Short.{told}"}
    sections = {"sections": {"history": {"content": "[userstate:follower]CANARY four"}}}
    path = written(tmp_path / "one.json", json.dumps(ANVIL["articles/keep.json"] | texts | sections).encode())
    import_files(project, [path])
    keep = named(project, "The Keep")
    assert keep.summary == "Short.Open."
    assert [keep.body.count(f"CANARY {word}") for word in ("**one**", "two", "three", "four")] == [2, 2, 2, 1]
    shown = shown_to_the_party(project)
    assert "CANARY" not in shown
    assert "Shown." in shown


def test_hidden_parts_and_what_lies_under_hidden_pages_stay_hidden(project: Project, tmp_path: Path) -> None:
    page: dict[str, Any] = {"tags": ["town"], "isHidden": False, "documents": [{"id": "d", "type": "page"}]}
    data = {
        "resources": [
            page | {"id": "1", "name": "Open", "properties": [{"name": "Debt", "value": "CANARY", "isHidden": True}]},
            page | {"id": "2", "name": "CANARY closed", "isHidden": True, "parentId": "3"},
            page | {"id": "3", "name": "CANARY under", "parentId": "2"},
            page | {"id": "4", "name": "CANARY few", "permissions": {"somebody": "read"}},
        ],
        "blocks": [{"id": "d", "blocks": [
            {"kind": "paragraph", "content": [{"text": "Said."}]},
            {"kind": "paragraph", "isHidden": True, "content": [{"text": "CANARY"}]},
        ]}],
    }  # fmt: skip
    import_files(project, [written(tmp_path / "keeper.json", json.dumps(data).encode())])
    shown = shown_to_the_party(project)
    assert "CANARY" not in shown
    assert "Said." in shown
    assert split_secrets(named(project, "Open").body)[1].count("CANARY") == 2


def test_notes_say_in_their_text_what_has_no_field_there(project: Project, tmp_path: Path) -> None:
    myth = ANVIL["articles/ilse.json"] | {"templateType": "myth", "title": "A Myth", "id": "a9"}
    keep = ANVIL["articles/keep.json"]
    page = KEEPER["resources"][0] | {"tags": [], "name": "Loose"}
    anvils = packed({"a.json": json.dumps(myth).encode(), "b.json": json.dumps(keep).encode()})
    import_files(project, [written(tmp_path / "anvil.zip", anvils)])
    import_files(project, [written(tmp_path / "k.json", json.dumps(KEEPER | {"resources": [page]}).encode())])
    found = {one.title: one.body for one in project.all(Entry)}
    assert "**residence:** [[The Keep]]" in found["A Myth"]
    assert "**Founded:** 812" in found["Loose"]


def test_rows_without_a_page_come_in_from_the_whole_table(project: Project, tmp_path: Path) -> None:
    rows = (
        "Name,Occupation,Tags",
        "Ilse Kerrow,Warden,salt",
        '"Oda, the ""Eel""","Fisher\nof eels","salt, reed"',
        ",x,",
    )
    table = "\r\n".join(rows)
    files = NOTION | {f"Export/People {D}_all.csv": b"\xef\xbb\xbf" + table.encode()}
    path = written(tmp_path / "export.zip", packed(files))
    report = import_files(project, [path])
    oda = named(project, 'Oda, the "Eel"')
    assert (oda.kind, oda.fields["occupation"], oda.tags) == ("npc", "Fisher of eels", ("salt", "reed"))
    assert sorted(one.name for one in project.all(Entity)) == ["Bram", "Ilse Kerrow", oda.name]
    again = {name.replace("Export/", "Export-2/"): data for name, data in files.items()}
    assert import_files(project, [written(tmp_path / "again.zip", packed(again))]).created == 0
    assert report.read == report.imported + report.skipped


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notion, "MAX_PAGES", 50)
    files = NOTION | {f"Export/People {D}_all.csv": b"Name\n" + b"".join(b"n%d\n" % n for n in range(60))}
    with pytest.raises(ImportRefused, match="more than 50 pages"):
        formats.parse(written(tmp_path / "export.zip", packed(files)))


def test_a_vault_with_a_page_of_notion_stays_a_vault(tmp_path: Path) -> None:
    plain = {"a.md": b"Text", f"Old {A}.md": b"# Old"}
    cases = {
        "obsidian": [plain, plain | {".obsidian/app.json": b"{}"}, {".obsidian/app.json": b"{}", f"Old {A}.md": b"x"}],
        "notion": [NOTION, {"Export-1-Part-1.zip": packed(NOTION), "Export-1-Part-2.zip": packed(NOTION)}],
    }
    for known, files in ((known, one) for known, several in cases.items() for one in several):
        with Probe(written(tmp_path / "some.zip", packed(files))) as probe:
            assert formats.detect(probe).id == known


def test_nothing_spoiled_escapes_the_readers(tmp_path: Path) -> None:
    dice = random.Random(9)
    odd = [None, 3, "x", [], {}, [None], {"id": 4}, -1, True, 1e300, [[1]], "[b][i", "@[x](y"]

    def spoiled(value: Any) -> Any:
        if dice.random() < 0.08:
            return dice.choice(odd)
        if isinstance(value, dict):
            return {key: spoiled(one) for key, one in value.items()}
        return [spoiled(one) for one in value] if isinstance(value, list) else value

    for n in range(120):
        files = {name: json.dumps(spoiled(one)).encode() for name, one in ANVIL.items()}
        pages = {name: bytes(b ^ (dice.random() < 0.01) for b in data) for name, data in NOTION.items()}
        for data in (packed(files), json.dumps(spoiled(KEEPER)).encode(), packed(pages)):
            with suppress(ImportRefused):
                formats.parse(written(tmp_path / f"spoiled{n % 3}.json", data))
