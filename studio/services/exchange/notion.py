"""Notion's export as Markdown and CSV: pages whose names end in 32 hexadecimal digits, often zips within a zip."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from studio.domain.errors import ImportRefused
from studio.services.exchange.material import (
    KIND_WORDS,
    NOTE,
    Material,
    Ref,
    Spool,
    Thing,
    link,
    mapped,
    picture,
    unmarked,
)
from studio.services.exchange.obsidian import words
from studio.services.exchange.obsidian.vault import SETTINGS
from studio.services.exchange.probe import Probe
from studio.services.exchange.reading import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "notion"
MAX_PAGES = 20_000
MAX_CELLS = 200
MAX_IMAGE = 25 << 20
_ID = re.compile(r"[ _-]?([0-9a-f]{32})(?=$|\.|_all)", re.IGNORECASE)
_PAGE = re.compile(r"(?:.*/)?[^/]*[0-9a-f]{32}\.md", re.IGNORECASE)
_PART = re.compile(r"(?:.*/)?(?:Export-[^/]*|[^/]*Part-\d{1,4})\.zip", re.IGNORECASE)
_PART_FILE = "part.zip"
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,500})\]\(([^()\s]{1,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?)\)")
_PROPERTY = re.compile(r"([^:\n]{1,80}): (.*)")
_RELATED = re.compile(r"([^,()\n]{1,200}) \(([^()\n]{1,600}\.md)\)")
_TAGS, _ALIASES = frozenset({"tags", "tag"}), frozenset({"alias", "aliases", "also known as"})


class Page(NamedTuple):
    """One page: where it lies in the export, and its text."""

    path: str
    text: str


def claims(probe: Probe) -> bool:
    """Most pages have Notion's numbers in their names, or it is a zip of Notion's zips; a vault is none."""
    if any(f"/{SETTINGS}/" in f"/{name}" for name in probe.names):
        return False
    if probe.is_zip and probe.names and all(_PART.fullmatch(name) for name in probe.names):
        return True
    notes = [name for name in probe.names if name.casefold().endswith(".md")]
    return 2 * sum(bool(_PAGE.fullmatch(name)) for name in notes) > len(notes)


def read(probe: Probe) -> Material:
    """All pages, those of the zips within too."""
    found = Material(source=SOURCE, title=f"Notion's export “{probe.name}”")
    pages = list[Page]()
    for one in _parts(probe):
        for page in _pages(found, one):
            pages.append(page)
            if len(pages) > MAX_PAGES:
                refuse(f"“{probe.name}” holds more than {MAX_PAGES:,} pages. Export a part of the workspace at a time.")
    keys = {page.path: _key(page.path) for page in pages}
    by_id = set(keys.values())
    for page in pages:
        found.things.append(_thing(found, page, by_id))
    if not found.things:
        refuse(f"There is no page in “{probe.name}”. Export from Notion as “Markdown & CSV”.")
    return found


def _parts(probe: Probe) -> Iterator[Probe]:
    """The export itself, and the zips that it is cut into: one level of them, each by itself."""
    yield probe
    assert probe.files is not None
    for name in sorted(probe.names):
        if probe.is_zip and _PART.fullmatch(name):
            with tempfile.TemporaryDirectory(prefix="notion-", dir=Spool.home) as place:
                path = Path(place) / _PART_FILE
                path.write_bytes(probe.files.read(name, limit=1 << 30))
                with Probe(path) as part:
                    if part.is_zip:
                        yield part


def _pages(found: Material, probe: Probe) -> Iterator[Page]:
    assert probe.files is not None
    for name in sorted(probe.names):
        ending = PurePosixPath(name).suffix.lower()
        if _PART.fullmatch(name):
            if probe.is_folder or probe.path.name == _PART_FILE:
                found.skip(name, "a zip in here isn't opened; import it by itself")
            continue
        try:
            if ending == ".md":
                yield Page(name, unmarked(probe.read_text(name)))
            elif ending in _IMAGES:
                found.add_image(name, PurePosixPath(name).stem, probe.files.read(name, limit=MAX_IMAGE))
            elif ending == ".csv":
                if name.casefold().endswith("_all.csv") or f"{name[:-4]}_all.csv" not in probe.names:
                    yield from _rows(found, name, probe)
            else:
                found.skip(name, "files of this kind aren't kept here")
        except ImportRefused as refusal:
            found.skip(name, str(refusal))


def _rows(found: Material, name: str, probe: Probe) -> Iterator[Page]:
    """The rows of a table that have no page of their own, as pages; the table itself is left out."""
    where = PurePosixPath(name)
    stem = where.stem.removesuffix("_all")
    found.skip(_bare(stem), "the rows of a table come in as its pages")
    homes = {str(where.parent / stem), str(where.parent / _bare(stem))}
    own = {_folded(path) for path in probe.names if str(PurePosixPath(path).parent) in homes and path.endswith(".md")}
    try:
        for row in csv.DictReader(io.StringIO(unmarked(probe.read_text(name)).lstrip("\ufeff"))):
            cells = {key: " ".join(str(row[key] or "").split()) for key in list(row)[:MAX_CELLS] if key}
            title = cells.pop(next(iter(cells), ""), "")
            if title and _loose(title) not in own:
                said = "".join(f"{key}: {value}\n" for key, value in cells.items() if value)
                yield Page(f"{stem}/{title.replace('/', ' ')}.md", f"# {title}\n\n{said}")
    except csv.Error as error:
        found.skip(name, f"the table can't be read: {error}")


def _folded(path: str) -> str:
    return _loose(_bare(PurePosixPath(path).stem))


def _loose(title: str) -> str:
    """A title as a file's name may say it: Notion leaves signs out and cuts long ones."""
    return "".join(char for char in title.casefold() if char.isalnum())[:40]


def _key(path: str) -> str:
    match = _ID.search(PurePosixPath(path).name)
    return match.group(1).lower() if match else path


def _bare(name: str) -> str:
    """A name without its number."""
    return _ID.sub("", name).strip() or name


def _thing(found: Material, page: Page, known: set[str]) -> Thing:
    where = PurePosixPath(page.path)
    title, given, body = _read(page.text, _bare(where.stem))
    told = _ID.sub("", where.parent.name).strip()
    kind = mapped(KIND_WORDS, given.get("Type", "") or given.get("Kind", "")) or mapped(KIND_WORDS, told)
    thing = Thing(_key(page.path), title, kind, told=told, raw={"path": page.path})
    for key, value in given.items():
        _put(thing, key, value, known)
    thing.body = _LINK.sub(lambda match: _linked(found, match, where, known), body)
    if kind == NOTE and given:
        head = "\n".join(f"- **{key}:** {value}" for key, value in given.items() if key.casefold() not in _TAGS)
        thing.body = f"{head}\n\n{thing.body}".strip()
    return thing


def _read(text: str, name: str) -> tuple[str, dict[str, str], str]:
    """(title, properties, text): the heading, then a line for each property, then the page."""
    lines = text.lstrip("\ufeff\n").split("\n")
    title = name
    if lines and lines[0].startswith("# "):
        title = lines.pop(0)[2:].strip() or name
    while lines and not lines[0].strip():
        lines.pop(0)
    given: dict[str, str] = {}
    rest = list(lines)
    while rest and (match := _PROPERTY.fullmatch(rest[0].strip())) and len(given) < 200:
        given[match.group(1).strip()] = match.group(2).strip()
        rest.pop(0)
    if not given or (rest and rest[0].strip()):  # a paragraph that goes on is no list of properties
        return title, {}, "\n".join(lines).strip()
    return title, given, "\n".join(rest).strip()


def _put(thing: Thing, key: str, value: str, known: set[str]) -> None:
    """A property as a field, tags, other names, or a field of its own."""
    folded = key.casefold()
    if folded in _TAGS:
        thing.tags = [tag.strip() for tag in value.split(",") if tag.strip()]
    elif folded in _ALIASES:
        thing.aliases = [alias.strip() for alias in value.split(",") if alias.strip()]
    elif thing.kind != NOTE and value:
        related = [(_key(unquote(path)), name.strip()) for name, path in _RELATED.findall(value)]
        ends = [Ref(target, name) for target, name in related if target in known]
        said: Any = (ends[0] if len(ends) == 1 else ends) if ends else value
        if field := words.field_of(thing.kind, words.plain_key(key)):
            thing.fields[field] = said
        else:
            thing.custom[key] = said


def _linked(found: Material, match: re.Match[str], where: PurePosixPath, known: set[str]) -> str:
    image, label, path = match.groups()
    if "://" in path or path.startswith(("#", "mailto:")):
        return match.group(0)
    inside = unquote(path)
    if image:
        full = str(where.parent / inside)
        return picture(full, label) if full in found.images else label
    target = _key(inside)
    return link(target, label) if target in known else label
