"""Documents as notes: DOCX, PDF, EPUB and web pages, with the pages of a PDF and the chapters of a book told apart.

Nothing remote is loaded and nothing in a document is run; what is drawn rather than written stays behind.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from studio.services.exchange import html
from studio.services.exchange.material import Material, Thing, picture, unmarked
from studio.services.exchange.reading import clean, decode, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4.element import Tag

    from studio.services.exchange.probe import Probe

SOURCE = "document"
DOCX, EPUB = "word/document.xml", "META-INF/container.xml"
WEB = (".html", ".htm", ".xhtml")
MAX_PAGES = 3000
MAX_TEXT = 16 << 20
MAX_PICTURE = 25 << 20
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, AssertionError)
"""What the libraries raise over a damaged file, besides errors of their own."""


def claims(probe: Probe) -> bool:
    """By content: a zip with the parts of a DOCX or EPUB, a PDF's first bytes, a web page."""
    if probe.files is not None:
        return not probe.is_folder and bool({DOCX, EPUB} & probe.names)
    return b"%PDF-" in probe.head[:1024] or probe.suffix in WEB


def read(probe: Probe) -> Material:
    """The document as notes."""
    found = Material(source=SOURCE, title=f"the document “{probe.stem}”", origin=probe.name)
    if DOCX in probe.names:
        _docx(found, probe)
    elif EPUB in probe.names:
        _epub(found, probe)
    elif probe.suffix in WEB:
        text = decode(probe.bytes, probe.name)
        _add(found, "page", _web_title(text) or probe.stem, html.to_markdown(text))
    else:
        _pdf(found, probe)
    if not found.things:
        refuse(f"There is no text in “{probe.name}”. A scanned document needs text recognition first.")
    return found


def _add(found: Material, key: str, title: str, body: str) -> None:
    if body.strip():
        found.things.append(
            Thing(key, unmarked(clean(title)), told="document", body=clean(body.strip()), mode="document")
        )


def _brought(found: Material, key: str, data: bytes) -> bool:
    return key in found.images or found.add_image(key, key.rpartition("/")[2], data)


# ---- PDF ---------------------------------------------------------------------------------------------------------


def _pdf(found: Material, probe: Probe) -> None:
    """One note, each page under its number: a citation can name it."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    pages: list[str] = []
    length = 0
    try:
        reader = PdfReader(io.BytesIO(probe.bytes), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            refuse(f"“{probe.name}” needs a password. Save it without one and try again.")
        for number, page in enumerate(reader.pages, 1):
            text = unmarked(clean(page.extract_text() or "")).strip()
            length += len(text)
            if number > MAX_PAGES or length > MAX_TEXT:
                found.skip(f"pages from {number}", "the document is longer than what is taken in at once")
                break
            if text:
                pages.append(f"## Page {number}\n\n{text}")
            else:
                found.note(f"page {number}", "it holds no text that can be read")
        title = (reader.metadata.title if reader.metadata else "") or probe.stem
    except (PyPdfError, *_BROKEN):
        refuse(f"“{probe.name}” is damaged or no PDF. Get it again, or save it anew, and retry.")
    _add(found, "document", str(title), "\n\n".join(pages))


# ---- DOCX --------------------------------------------------------------------------------------------------------


def _docx(found: Material, probe: Probe) -> None:
    from docx import Document
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        document = Document(io.BytesIO(probe.bytes))
        parts = [
            _paragraph(found, document, one) if isinstance(one, Paragraph) else _table(one)
            for one in document.iter_inner_content()
            if isinstance(one, Paragraph | Table)
        ]
        title = document.core_properties.title or probe.stem
    except (*_BROKEN, PythonDocxError, OpcError, zipfile.BadZipFile, zlib.error, SyntaxError, OSError, RuntimeError):
        refuse(f"“{probe.name}” is damaged or no document of Word. Save it anew and retry.")
    _add(found, "document", title, "\n\n".join(part for part in parts if part.strip()))


def _paragraph(found: Material, document: Any, one: Any) -> str:
    style = (one.style.name or "") if one.style is not None else ""
    text = "".join(_run(run) for run in one.runs) or one.text
    text = unmarked(text).strip()
    if style.startswith("Heading ") and style[8:].isdecimal():
        return f"{'#' * min(6, int(style[8:]))} {text}"
    if style == "Title":
        return f"# {text}"
    if style.startswith("List"):
        text = f"{'1.' if 'Number' in style else '-'} {text}"
    return "\n\n".join([text, *_pictures(found, document, one)]).strip()


def _run(run: Any) -> str:
    text = run.text
    mark = "**" if run.bold else "*" if run.italic else ""
    bare = text.strip()
    return text.replace(bare, f"{mark}{bare}{mark}", 1) if mark and bare else text


def _pictures(found: Material, document: Any, paragraph: Any) -> Iterator[str]:
    for blip in paragraph._p.xpath(".//a:blip/@r:embed"):
        part = document.part.related_parts.get(str(blip))
        data = getattr(part, "blob", b"")
        key = str(getattr(part, "partname", blip))
        if (
            data
            and len(data) <= MAX_PICTURE
            and (key in found.images or found.add_image(key, key.rpartition("/")[2], data))
        ):
            yield picture(key)


def _table(table: Any) -> str:
    rows = [
        [unmarked(" ".join(cell.text.split())).replace("|", "\\|") for cell in row.cells] for row in table.rows[:2000]
    ]
    if not rows:
        return ""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]])


# ---- EPUB --------------------------------------------------------------------------------------------------------


def _epub(found: Material, probe: Probe) -> None:
    """A note for each chapter, in the order of the book."""
    package = next((str(tag.get("full-path")) for tag in _xml(probe, EPUB).find_all("rootfile")), "")
    if package not in probe.names:
        refuse(f"“{probe.name}” isn't a whole book: it names no package that is there.")
    book = _xml(probe, package)
    items = {str(tag.get("id")): tag for tag in book.find_all("item")}
    base = posixpath.dirname(package)
    for n, ref in enumerate(book.find_all("itemref")[:MAX_PAGES], 1):
        tag = items.get(str(ref.get("idref")))
        name = posixpath.normpath(posixpath.join(base, unquote(str(tag.get("href"))))) if tag is not None else ""
        if name in probe.names:
            _chapter(found, probe, name, n)
        else:
            found.skip(f"chapter {n}", "it isn't in the file")


def _chapter(found: Material, probe: Probe, name: str, number: int) -> None:
    folder = posixpath.dirname(name)

    def image(source: str, caption: str) -> str | None:
        key = posixpath.normpath(posixpath.join(folder, unquote(source)))
        if key not in probe.names or probe.files is None:
            return caption
        if key not in found.images and not _brought(found, key, probe.files.read(key, limit=MAX_PICTURE)):
            return caption
        return picture(key, caption)

    text = probe.read_text(name)
    body = html.to_markdown(text, html.Dialect(image=image))
    heading = next((line.lstrip("# ") for line in body.splitlines() if line.startswith("#")), "")
    _add(found, name, heading or _web_title(text) or f"Chapter {number}", body)


def _xml(probe: Probe, name: str) -> Tag:
    from bs4 import BeautifulSoup

    return BeautifulSoup(probe.read_text(name, limit=4 << 20), "html.parser")


def _web_title(text: str) -> str:
    start = text[:20_000].lower().find("<title")
    end = text[:21_000].lower().find("</title", start)
    return html.to_text(text[text.find(">", start) + 1 : end]) if 0 <= start < end else ""
