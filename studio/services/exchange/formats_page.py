"""The page of formats that ships with the documentation, made from the tables of what comes in and goes out."""

from __future__ import annotations

from studio.services.exchange.exporting import EXPORTS
from studio.services.exchange.formats import FORMATS

_HEAD = """# Formats

What can come in and go out, what is kept, and what is lost. This page is made from the program itself;
`ttrpg-studio formats` prints the same. How importing works is told in [Import and export](import-export.md).
"""


def formats_page() -> str:
    """Markdown with a table of each."""
    lines = [_HEAD, "## What comes in", "", "| Format | Comes as | Kept | Lost |", "|---|---|---|---|"]
    lines += [f"| {one.title} | {', '.join(one.shapes)} | {_cell(one.kept)} | {_cell(one.lost)} |" for one in FORMATS]
    lines += ["", "## What goes out", "", "| `--format` | What it is | Lost |", "|---|---|---|"]
    lines += [f"| `{name}` | {_cell(one.title)} | {_cell(one.lost)} |" for name, one in EXPORTS.items()]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
