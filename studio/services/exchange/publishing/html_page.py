"""A document as one HTML page that carries its pictures and its style: nothing is loaded, nothing runs."""

from __future__ import annotations

import base64
from functools import partial
from typing import TYPE_CHECKING

from studio import resources_dir
from studio.services.exchange.publishing.xhtml import Xhtml, contents, words

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.exchange.publishing.document import Document

HOLDS = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def write(document: Document, path: Path) -> set[str]:
    """Write the page. A damaged picture shows its description there, as in any page."""
    path.write_bytes(render(document))
    return set()


def render(document: Document) -> bytes:
    """The page."""
    style = "".join((resources_dir() / "publishing" / name).read_text("utf-8") for name in ("words.css", "page.css"))
    out = Xhtml(partial(_data, document), lambda anchor: f"#{anchor}")
    body = "\n".join(out.section(one, 1) for one in document.sections)
    cls = "cards" if document.cards else "book"
    by = f"<p>{words(', '.join(document.authors))}</p>" if document.authors else ""
    return f"""<!DOCTYPE html>
<html lang="{document.language}">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="{_CSP}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="TTRPG Studio"/>
<title>{words(document.title)}: {words(document.subtitle)}</title>
<style>{style}</style>
</head>
<body class="{cls}">
<header class="cover"><h1>{words(document.title)}</h1><p class="subtitle">{words(document.subtitle)}</p>
<p>{words(document.line)}</p>{by}</header>
<nav class="contents" aria-label="Contents"><h2>Contents</h2>{contents(document, lambda anchor: f"#{anchor}")}</nav>
<main>
{body}
</main>
</body>
</html>
""".encode()


def _data(document: Document, name: str) -> str:
    image = document.images[name]
    return f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"
