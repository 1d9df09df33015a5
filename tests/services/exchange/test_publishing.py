"""Documents for people: every format holds the same words, links lead somewhere, nothing in a text is ever run."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]
from pypdf import PdfReader

from studio.domain.blueprint import Blueprint
from studio.domain.errors import Cancelled, Invalid
from studio.domain.lens import Lens
from studio.domain.record import Authorship, Provenance
from studio.domain.world import Entity
from studio.domain.worldkit import Clue
from studio.services.exchange import DOCUMENT_FORMATS, DOCUMENTS, EXPORTS, export_project
from studio.services.exchange.publishing import homebrewery
from studio.services.exchange.publishing.document import Document, Image, Paragraph, Picture, Section, Span
from studio.services.exchange.publishing.gathering import gather
from studio.services.exchange.publishing.html_page import render
from studio.services.exchange.publishing.writers import write_docx, write_pdf
from studio.services.world import entities, entries, maps, media, relations
from tests.services.world import test_canaries as canaries
from tests.support.images import png

if TYPE_CHECKING:
    from studio.storage.project import Project

PARTY = Lens(audience="party")
HOSTILE = '#read("/etc/passwd") #sys.inputs ] } $x$ \\page {{note evil}} <script>alert(1)</script> <img src=http://e.vil/x.png>'


@pytest.fixture
def world(project: Project) -> Project:
    """A keep that the party knows, its lady with a secret, a monster, a map with a pin, a session with a clue."""
    keep = entities.create_entity(project, kind="location", name="Grey Keep")
    lady = entities.create_entity(project, kind="npc", name="Lady Oss")
    ghoul = entities.create_entity(project, kind="creature", name="Moor Ghoul")
    coast = media.add_image(project, png(8, 4), name="Coast", caption="The coast", credit="A. Painter", licence="CC0")
    entities.update_entity(project, keep.id, {
        "visibility": "party", "summary": "A keep.", "images": [coast.hash], "fields.climate": "wet",
        "body": "# Hall\n\nCold_stone, kept by [[Lady Oss]] for [[Moor Ghoul|the thing]].\n\n"
        "| Room | Who |\n|---|---:|\n| Hall | [[Moor Ghoul\\|it]] |\n\n1. first\n2. second\n   - deep\n\n"
        "> [!read] Aloud\n> The door opens.\n\n"
        f"```\n{HOSTILE}\n```\n\n{HOSTILE}\n\n[site](https://example.org) ![far](https://example.org/a.png)\n\n"
        "> [!secret]\n> DEN under it",
    })  # fmt: skip
    entities.update_entity(project, lady.id, {"body": "CANARY lives in [[Grey Keep]].", "fields.age": 40})
    entities.update_entity(project, ghoul.id, {"visibility": "party", "statblock": {
        "name": "Moor Ghoul", "size": "Medium", "type": "undead", "ac": 12, "hp": 22, "stats": [13, 15, 10, 7, 10, 6],
        "actions": [{"name": "Claws", "desc": "+4 to hit, 2d4 + 2."}]}})  # fmt: skip
    relations.add_relation(project, ghoul.id, "lives_in", keep.id)
    chart = maps.create_map(project, name="The Chart", digest=coast.hash)
    entities.update_entity(project, chart.id, {"visibility": "party"})
    pin = maps.add_pin(project, chart.id, 0.25, 0.5, target_id=keep.id)
    maps.update_pin(project, pin.id, {"visibility": "party"})
    night = entities.create_entity(project, kind="session", name="First Night", fields={"number": 1})
    entities.update_entity(
        project, night.id, {"visibility": "party", "fields.locations": [keep.name], "fields.strong_start": "RAID"}
    )
    log = entries.create_entry(project, title="What we saw", body="Mist over [[Grey Keep]].")
    with project.commit("test", "open") as commit:
        commit.put(log.model_copy(update={"visibility": "party", "entity_refs": (night.id,)}))
        commit.put(Clue(text="The well is dry.", planned_in=(night.id,), visibility="party"))
        marks = {"summary": (Provenance(source="chat", model="m-7", authorship=Authorship.AI_GENERATED),)}
        found = project.get(Entity, keep.id)
        commit.put(found.model_copy(update={"prov": {**found.prov, **marks}}))
    return project


def made(project: Project, folder: Path, format: str, document: str, lens: Lens = PARTY) -> Path:
    path = folder / f"{document}-{lens.audience}{EXPORTS[format].ending}"
    export_project(project, path, format=format, document=document, lens=lens)
    return path


def text_of(path: Path) -> str:
    """All that a reader, or somebody with an unzipper, gets to see. Bytes of pictures are none of it."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        reader = PdfReader(io.BytesIO(data))
        return "\n".join([str(reader.metadata), str(reader.outline), *(page.extract_text() for page in reader.pages)])
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            read = {name: archive.read(name) for name in archive.namelist() if not name.endswith(".png")}
            return "\n".join(name + data.decode(errors="replace") for name, data in read.items())
    return re.sub(r"base64,[\w+/=]+", "", data.decode())


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


# ---- what stands in it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", DOCUMENT_FORMATS)
def test_every_format_holds_the_same_words_and_no_secret(world: Project, tmp_path: Path, format: str) -> None:
    for document in ("campaign-packet", "session-packet", "entity-cards"):
        text = flat(text_of(made(world, tmp_path, format, document)))
        for word in ("Grey", "Keep", "Attribution"):
            assert word in text, (document, word)
        for word in ("CANARY", "Lady Oss", "RAID", "DEN under"):
            assert word not in text, (document, word)
    whole = flat(text_of(made(world, tmp_path, format, "campaign-packet", Lens())))
    for word in ("CANARY", "RAID", "DEN under", "Claws", "m-7", "Mist over"):
        assert word in whole, word


@pytest.mark.parametrize("format", DOCUMENT_FORMATS)
def test_the_same_project_gives_the_same_bytes(world: Project, tmp_path: Path, format: str) -> None:
    first = made(world, tmp_path / "a", format, "campaign-packet").read_bytes()
    assert made(world, tmp_path / "b", format, "campaign-packet").read_bytes() == first


def test_the_session_packet_brings_what_the_session_names(world: Project) -> None:
    packet = gather(world, document="session-packet", lens=PARTY)
    titles = [one.title for _level, one in packet.walk()]
    assert titles[0] == "First Night"
    assert {"Grey Keep", "What we saw"} <= set(titles)
    assert "Moor Ghoul" not in titles
    assert "The well is dry." in repr(packet.sections[0])
    assert packet.subtitle == "Session packet: First Night"


def test_the_last_page_says_who_made_what(world: Project) -> None:
    packet = gather(world, lens=PARTY)
    page = repr(packet.sections[-1])
    assert packet.sections[-1].title == "Attribution"
    for word in ("A. Painter", "CC0", "m-7", "Grey Keep", packet.authors[0]):
        assert word in page
    assert packet.told[0].what == "image"


def test_a_primer_is_never_for_the_game_master_and_nothing_is_no_document(project: Project) -> None:
    with pytest.raises(Invalid, match="for players"):
        gather(project, document="player-primer", lens=Lens())
    with pytest.raises(Invalid, match="nothing in it"):
        gather(project, document="player-primer", lens=PARTY)
    with pytest.raises(Invalid, match="no session"):
        gather(project, document="session-packet", lens=PARTY)
    with pytest.raises(Invalid, match="no document"):
        gather(project, document="novel", lens=PARTY)


def test_a_document_says_of_which_day_and_in_which_language_it_is(world: Project) -> None:
    with world.commit("test", "language") as commit:
        blueprint = Blueprint()
        identity = blueprint.identity.model_copy(update={"language": "Français"})
        commit.put(blueprint.model_copy(update={"identity": identity}))
    packet = gather(world, lens=Lens(audience="party", as_of=365))
    assert packet.line.startswith("For the players, as of ")
    assert packet.language == "fr"
    assert b'<html lang="fr">' in render(packet)


def test_a_choice_of_entries_is_all_there_is(world: Project) -> None:
    ghoul = next(one for one in world.all(Entity) if one.name == "Moor Ghoul")
    lady = next(one for one in world.all(Entity) if one.name == "Lady Oss")
    cards = gather(world, document="entity-cards", lens=PARTY, about=[ghoul.id])
    assert [one.title for one in cards.sections[0].sections] == ["Moor Ghoul"]
    with pytest.raises(Invalid, match="can't be seen"):
        gather(world, document="entity-cards", lens=PARTY, about=[lady.id])


def test_no_file_for_players_holds_a_marked_word_of_a_world_full_of_them(project: Project, tmp_path: Path) -> None:
    """The worlds of the canaries, written out for each of their audiences."""
    filled = canaries.World(project, canaries._first)
    filled.fill()
    written = 0
    for lens in canaries.LENSES:
        for format in (*DOCUMENT_FORMATS, "json", "csv"):
            for document in DOCUMENTS if format in DOCUMENT_FORMATS else ("",):
                path = tmp_path / f"{written}{EXPORTS[format].ending}"
                try:
                    export_project(project, path, format=format, document=document, lens=lens)
                except Invalid:
                    assert lens.audience == "public"
                    continue
                written += 1
                assert canaries.MARK not in text_of(path), (lens.audience, format, document)
    assert written > 40


# ---- each format by its own reader ---------------------------------------------------------------------------------


def test_links_of_the_page_lead_somewhere_and_nothing_is_loaded(world: Project, tmp_path: Path) -> None:
    for document in DOCUMENTS:
        tree = html.fromstring(made(world, tmp_path, "html", document).read_bytes())
        ids = [str(one) for one in tree.xpath("//@id")]
        assert len(ids) == len(set(ids))
        links = {str(one) for one in tree.xpath("//a/@href")}
        assert links >= {"#grey-keep"}
        assert {one for one in links if one.startswith("#")} <= {f"#{one}" for one in ids}
        assert {one for one in links if not one.startswith("#")} <= {"https://example.org", "https://example.org/a.png"}
        assert all(str(one).startswith("data:image/png;base64,") for one in tree.xpath("//@src"))
        assert tree.xpath("//script | //link | //iframe | //*[@onclick]") == []


def test_the_book_is_a_sound_epub(world: Project, tmp_path: Path) -> None:
    with zipfile.ZipFile(made(world, tmp_path, "epub", "campaign-packet")) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, archive.read(first)) == (
            "mimetype", zipfile.ZIP_STORED, b"application/epub+zip",
        )  # fmt: skip
        names = set(archive.namelist())
        trees = {n: etree.fromstring(archive.read(n)) for n in names if n.endswith((".xhtml", ".opf", ".xml"))}
    space = {"o": "http://www.idpf.org/2007/opf"}
    listed = {f"EPUB/{one}" for one in _all(trees["EPUB/book.opf"], "//o:manifest/o:item/@href", space)}
    assert listed == {n for n in names if n.startswith("EPUB/") and not n.endswith(".opf")}
    ids = {n: set(map(str, _all(tree, "//@id"))) for n, tree in trees.items()}
    for name, tree in trees.items():
        for href in map(str, _all(tree, "//*[local-name()='a']/@href")):
            if not href.startswith("http"):
                file, _, anchor = href.partition("#")
                assert anchor in ids[f"EPUB/{file}"], (name, href)
        for source in _all(tree, "//@src"):
            assert f"EPUB/{source}" in names


def test_the_official_checker_finds_nothing_to_say(world: Project, tmp_path: Path) -> None:
    jar = next(Path(os.environ["ORACLES"]).rglob("epubcheck.jar"), None) if os.environ.get("ORACLES") else None
    if jar is None or shutil.which("java") is None:
        pytest.skip("epubcheck or Java isn't here (ORACLES names no folder with them)")
    for document in ("campaign-packet", "entity-cards"):
        path = made(world, tmp_path, "epub", document)
        found = subprocess.run(["java", "-jar", str(jar), str(path)], capture_output=True, timeout=100, text=True)
        assert "No errors or warnings detected" in found.stdout, found.stderr


def _all(tree: Any, path: str, space: dict[str, str] | None = None) -> list[Any]:
    return list(tree.xpath(path, namespaces=space))


def test_a_word_processor_finds_headings_links_and_pictures(world: Project, tmp_path: Path) -> None:
    file = docx.Document(str(made(world, tmp_path, "docx", "campaign-packet")))
    heads = [(str(p.style.name), p.text) for p in file.paragraphs if p.style is not None]
    assert ("Heading 1", "Locations") in heads
    assert ("Heading 2", "Grey Keep") in heads
    body = file.element.body
    marks = {str(one) for one in body.xpath("//w:bookmarkStart/@w:name")}
    anchors = {str(one) for one in body.xpath("//w:hyperlink/@w:anchor")}
    assert anchors
    assert anchors <= marks
    assert len(file.inline_shapes) == 2
    outward = {one.target_ref for one in file.part.rels.values() if one.is_external}
    assert outward == {"https://example.org", "https://example.org/a.png"}
    assert "TOC" in "".join(one.text or "" for one in body.xpath("//w:instrText"))


def test_the_pdf_has_contents_bookmarks_and_links(world: Project, tmp_path: Path) -> None:
    path = made(world, tmp_path, "pdf", "campaign-packet")
    reader = PdfReader(path)
    assert "Contents" in reader.pages[1].extract_text()
    assert "Grey Keep" in str(reader.outline)
    kinds = [str(a.get_object().get("/A", {}).get("/S", "to")) for p in reader.pages for a in p.get("/Annots") or ()]
    assert "/URI" in kinds
    assert len(kinds) > kinds.count("/URI")
    assert reader.metadata is not None
    assert world.info().name in str(reader.metadata.title)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils isn't here")
def test_another_reader_reads_the_pdf(world: Project, tmp_path: Path) -> None:
    path = made(world, tmp_path, "pdf", "player-primer")
    found = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, timeout=30)
    text = found.stdout.decode()
    assert "Grey Keep" in text
    assert "CANARY" not in text
    subprocess.run(["pdftoppm", "-r", "20", "-png", str(path), str(tmp_path / "page")], check=True, timeout=30)
    assert len(list(tmp_path.glob("page*.png"))) == len(PdfReader(path).pages)


def test_the_brew_has_pages_a_monster_and_links_to_its_headings(world: Project, tmp_path: Path) -> None:
    text = made(world, tmp_path, "homebrewery", "campaign-packet", Lens()).read_text("utf-8")
    assert text.count("\n\\page\n") >= 4
    assert "{{monster,frame\n## Moor Ghoul" in text
    assert text.count("{{") == text.count("}}")
    heads = [re.sub(r"\\(.)", r"\1", one) for one in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]
    slugs: list[str] = []
    for head in heads:
        slug = re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-")
        slugs.append(f"{slug}-{n}" if (n := sum(re.sub(r"-\d+$", "", one) == slug for one in slugs)) else slug)
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= set(slugs)


# ---- hostile words -------------------------------------------------------------------------------------------------


def test_words_stay_words_in_every_format(world: Project, tmp_path: Path) -> None:
    pdf = flat(text_of(made(world, tmp_path, "pdf", "campaign-packet")))
    assert '#read("/etc/passwd")' in pdf.replace("“", '"').replace("”", '"')
    assert "root:" not in pdf
    for format in ("html", "epub", "docx"):
        assert "<script" not in text_of(made(world, tmp_path, format, "campaign-packet"))
    brew = made(world, tmp_path, "homebrewery", "campaign-packet").read_text("utf-8")
    assert "<script" not in brew
    assert "{{note evil" not in brew
    assert not re.search(r"^\\page \{\{", brew, re.MULTILINE)


def book(title: str, text: str = "", images: dict[str, Image] | None = None) -> Document:
    pictures = tuple(Picture(name, alt=text) for name in images or ())
    blocks = (Paragraph((Span(text, bold=True), Span(text, code=True), Span("x", to="a"))), *pictures)
    return Document(title, text, text, "id", "", (Section("a", title, blocks),), images or {}, authors=(text,))


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_can_be_set(tmp_path: Path, title: str, text: str) -> None:
    made = book(title, text)
    page = render(made)
    assert etree.fromstring(page[page.index(b"<body") : page.index(b"</html>")]).tag == "body"
    write_docx(made, tmp_path / "a.docx")
    docx.Document(str(tmp_path / "a.docx"))
    write_pdf(made, tmp_path / "a.pdf")
    assert len(PdfReader(tmp_path / "a.pdf").pages) >= 3
    assert re.search(r"(?<!\\)\{\{(?!front|toc|page|foot)", homebrewery.render(made).decode()) is None


def test_a_stopped_export_leaves_what_was_there(tmp_path: Path) -> None:
    there = tmp_path / "a.pdf"
    there.write_bytes(b"mine")
    with pytest.raises(Cancelled, match="Nothing was written"):
        write_pdf(book("Book", "words"), there, lambda: True)
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]
    assert there.read_bytes() == b"mine"


def test_a_damaged_picture_is_left_out_and_told(tmp_path: Path) -> None:
    broken = Image("b.png", "image/png", png(4, 4)[:45], 4, 4, "Torn")
    sound = Image("a.png", "image/png", png(4, 4), 4, 4, "Whole")
    made = book("Book", "words", {"a.png": sound, "b.png": broken})
    done = write_pdf(made, tmp_path / "a.pdf")
    assert (done.counts["image"], [one.what for one in done.lost]) == (1, ["Torn"])
    assert (tmp_path / "a.pdf").stat().st_size > 1000
    told = write_pdf(book("鬼", "Ωμέγα Ж"), tmp_path / "b.pdf").lost
    assert [one.what for one in told] == ["letters"]
    assert write_pdf(book("Ωμέγα", "Ж – “…” ☐"), tmp_path / "b.pdf").lost == ()
    webp = Image("c.webp", "image/webp", b"RIFF", 4, 4, "Web")
    done = write_docx(book("Book", "words", {"c.webp": webp}), tmp_path / "a.docx")
    assert done.lost[0].why.startswith("1 (WEBP) can't be part")
