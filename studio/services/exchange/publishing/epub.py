"""A document as an EPUB 3: a file for each chapter, a navigation document, its pictures; the same bytes each time."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from studio import resources_dir
from studio.services.exchange import writing
from studio.services.exchange.publishing.xhtml import Xhtml, contents, words

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.exchange.publishing.document import Document, Section

HOLDS = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
_NEVER = "2000-01-01T00:00:00Z"


def write(document: Document, path: Path) -> set[str]:
    """Write the book. Reading devices show a damaged picture's description."""
    book = _Book(document)
    with zipfile.ZipFile(path, "w") as archive:
        first = zipfile.ZipInfo("mimetype", (1980, 1, 1, 0, 0, 0))
        first.external_attr = 0o644 << 16
        archive.writestr(first, "application/epub+zip")
        writing.add(archive, "META-INF/container.xml", _CONTAINER.encode())
        for name, text in book.files().items():
            writing.add(archive, f"EPUB/{name}", text.encode())
        for name, image in sorted(document.images.items()):
            writing.add(archive, f"EPUB/images/{name}", image.data)
    return set()


class _Book:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.where = {
            one.anchor: name for name, chapter in self._chapters() for _level, one in chapter.walk()
        }  # fmt: skip
        self.out = Xhtml(lambda name: f"images/{name}", self.place)

    def _chapters(self) -> list[tuple[str, Section]]:
        return [(f"chapter-{n:03}.xhtml", one) for n, one in enumerate(self.document.sections, 1)]

    def place(self, anchor: str) -> str:
        """Where a section is: its file, and its anchor in it."""
        return f"{self.where[anchor]}#{anchor}"

    def files(self) -> dict[str, str]:
        """Every text file by its name."""
        style = "".join((resources_dir() / "publishing" / n).read_text("utf-8") for n in ("words.css", "book.css"))
        found = {
            "book.opf": self._package(),
            "nav.xhtml": self._nav(),
            "style.css": style,
            "title.xhtml": self._title(),
        }
        for name, chapter in self._chapters():
            found[name] = _page(chapter.title, self.out.section(chapter, 1), self.document.language)
        return found

    def _title(self) -> str:
        one = self.document
        by = f"<p>{words(', '.join(one.authors))}</p>" if one.authors else ""
        inner = f'<h1>{words(one.title)}</h1><p class="subtitle">{words(one.subtitle)}</p><p>{words(one.line)}</p>{by}'
        return _page(one.title, f'<section class="cover">{inner}</section>', one.language)

    def _nav(self) -> str:
        listed = contents(self.document, self.place)
        return _page(
            "Contents", f'<nav epub:type="toc" id="toc"><h1>Contents</h1>{listed}</nav>', self.document.language
        )

    def _package(self) -> str:
        one = self.document
        creators = "".join(f"<dc:creator>{words(name)}</dc:creator>" for name in one.authors)
        files = [("title", "title.xhtml"), *((f"c{n}", name) for n, (name, _) in enumerate(self._chapters(), 1))]
        items = "".join(f'<item id="{key}" href="{name}" media-type="application/xhtml+xml"/>\n' for key, name in files)
        for n, (name, image) in enumerate(sorted(one.images.items()), 1):
            items += f'<item id="i{n}" href="images/{name}" media-type="{image.media_type}"/>\n'
        spine = "".join(f'<itemref idref="{key}"/>' for key, _ in (files[0], ("nav", ""), *files[1:]))
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{one.language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{one.id}</dc:identifier>
<dc:title>{words(one.title)}: {words(one.subtitle)}</dc:title>
<dc:language>{one.language}</dc:language>{creators}
<meta property="dcterms:modified">{one.modified or _NEVER}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="css" href="style.css" media-type="text/css"/>
{items}</manifest>
<spine>{spine}</spine>
</package>
"""


def _page(title: str, body: str, language: str) -> str:
    spaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html {spaces} lang="{language}" xml:lang="{language}">
<head><title>{words(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""
