"""DOCX, PDF, EPUB and web pages become notes: headings, lists, tables, images, page numbers, nothing that runs."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from studio.domain.errors import ImportRefused
from studio.domain.world import Entry
from studio.domain.worldkit import Media
from studio.services.exchange import import_files
from tests.support.images import png

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

CHAPTER = "<html><head><title>x</title></head><body><h1>The Ford</h1><p>Deep &amp; <b>cold</b>.</p>{more}</body></html>"


def docx(path: Path) -> Path:
    from docx import Document

    document = Document()
    document.add_heading("The Ledger", level=1)
    paragraph = document.add_paragraph("Kept by ")
    paragraph.add_run("Ilse").bold = True
    document.add_paragraph("salt", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "a|b", "c", "d"
    document.add_picture(io.BytesIO(png(8, 8)))
    document.save(str(path))
    return path


def pdf(path: Path) -> Path:
    import typst

    source = path.with_suffix(".typ")
    source.write_text("The ford is deep.\n#pagebreak()\nThe mill is old.")
    path.write_bytes(typst.compile(str(source)))
    return path


def epub(path: Path) -> Path:
    package = """<package><manifest><item id="a" href="text/one.xhtml"/><item id="b" href="gone.xhtml"/></manifest>
    <spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", '<container><rootfile full-path="OEBPS/book.opf"/></container>')
        archive.writestr("OEBPS/book.opf", package)
        more = '<img src="../i/map.png" alt="Map"/><img src="https://example.org/t.png"/><script>x()</script>'
        archive.writestr("OEBPS/text/one.xhtml", CHAPTER.format(more=more))
        archive.writestr("OEBPS/i/map.png", png(6, 6))
    return path


def only(project: Project) -> Entry:
    (entry,) = project.all(Entry)
    return entry


def test_a_word_document_keeps_its_structure(project: Project, tmp_path: Path) -> None:
    import_files(project, [docx(tmp_path / "ledger.docx")])
    body = only(project).body
    assert "# The Ledger" in body
    assert "Kept by **Ilse**" in body
    assert "- salt" in body
    assert "| a\\|b | c |\n|---|---|\n| d |  |" in body
    assert f"(media:{project.all(Media)[0].hash})" in body


def test_every_page_of_a_pdf_has_its_number(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [pdf(tmp_path / "ford.pdf")])
    assert only(project).body.split("## Page ")[1:] == ["1\n\nThe ford is deep.\n\n", "2\n\nThe mill is old."]
    assert report.read == report.imported


def test_a_book_comes_in_by_chapters_with_its_own_images_alone(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [epub(tmp_path / "book.epub")])
    entry = only(project)
    assert (entry.title, len(project.all(Media))) == ("The Ford", 1)
    assert "Deep & **cold**." in entry.body
    assert "example.org" not in entry.body
    assert "x()" not in entry.body
    assert ("chapter 2", "it isn't in the file") in [(reason.what, reason.why) for reason in report.reasons]


def test_a_web_page_is_a_note_under_its_title(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<title>Low &amp; Tide</title><p>Wet <img src='file:///etc/passwd'></p>")
    import_files(project, [path])
    assert (only(project).title, "passwd" in only(project).body) == ("Low & Tide", False)


@pytest.mark.parametrize("make", [docx, pdf, epub])
def test_importing_twice_changes_nothing_and_no_flip_escapes(project: Project, tmp_path: Path, make: object) -> None:
    path = make(tmp_path / f"x.{make.__name__}")  # pyright: ignore[reportCallIssue, reportAttributeAccessIssue]
    first = import_files(project, [path])
    assert import_files(project, [path]).unchanged == first.imported
    good, dice = path.read_bytes(), random.Random(9)
    for _ in range(12):
        data = bytearray(good)
        for _ in range(8):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(bytes(data))
        with suppress(ImportRefused):
            import_files(project, [path], dry_run=True)
