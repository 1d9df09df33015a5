"""World Anvil's export: a folder or zip with the JSON of each article, its texts in BBCode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.services.exchange.loose import dicts, line
from studio.services.exchange.material import KIND_WORDS, NOTE, Material, Ref, Thing, hidden, link, mapped, unmarked
from studio.services.exchange.reading import refuse

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "world-anvil"
MAX_FILES = 20_000
_TRIED = 20
_KINDS = {
    "person": "npc", "settlement": "location", "building": "location", "landmark": "location", "geography": "location",
    "ethnicity": "species", "military": "faction", "formation": "faction", "myth": NOTE, "vehicle": "item",
    "material": "item", "technology": NOTE, "plot": "quest", "report": "session", "sessionreport": "session",
}  # fmt: skip
_OF_NO_USE = frozenset(
    {"user", "category", "image", "block", "blockfolder", "variable", "subscribergroup", "rpgsrd", "secret"}
)
_NOT_FOR_ALL = re.compile(r"note|secret|gm|author|ghost", re.IGNORECASE)
_TAG = re.compile(r"\[(/?)([a-z0-9]{1,20})(?::([^\[\]]{0,300})|=([^\[\]]{0,500}))?\]", re.IGNORECASE)
_MENTION = re.compile(r"@\[([^\[\]]{1,200})\]\((?:[a-z]{1,30}:)?([\w-]{1,60})\)", re.IGNORECASE)
_SIGNS = {"b": "**", "i": "*", "em": "*", "strong": "**", "s": "~~", "del": "~~", "code": "`"}
_AROUND = {
    "br": "\n", "p": "\n\n", "ul": "\n\n", "ol": "\n\n", "list": "\n\n", "quote": "\n\n", "center": "\n\n",
    "table": "\n\n", "tr": "\n", "hr": "\n\n---\n\n", "row": "\n\n", "col": "\n\n",
}  # fmt: skip
_SILENT = frozenset({
    "u", "url", "section", "container", "layout", "small", "large", "sup", "sub", "aloud", "dc", "spoiler", "color",
    "colour", "size", "img", "image", "block", "statblock", "article", "map", "variable", "toc", "anchor", "span",
    "div", "left", "right", "justify", "tbody", "thead",
})  # fmt: skip
"""Tags that only say how something looks, or what isn't in the export."""
_CLOSED = re.compile(r"\[(/?)(?:subcontainer|userstate)(?:[:|][^\[\]]{0,300})?\]", re.IGNORECASE)
"""Around what only some groups of readers see."""
_BLANK = re.compile(r"\n[ \t]*\n\s*")


def claims(probe: Probe) -> bool:
    """A file with an object of World Anvil, or a folder or zip in which one of the first files is one."""
    if not probe.is_folder and not probe.is_zip:
        return _is_one(probe.json)
    return any(_is_one(probe.try_json(name)) for name in probe.jsons[:_TRIED])


def read(probe: Probe) -> Material:
    """All articles."""
    names = probe.jsons
    if len(names) > MAX_FILES:
        refuse(f"“{probe.name}” holds more than {MAX_FILES:,} files. Export fewer articles at a time.")
    found = Material(source=SOURCE, title=f"the world of World Anvil in “{probe.name}”")
    given = [(name, probe.try_json(name)) for name in names] or [(probe.name, probe.json)]
    articles = [(name, one) for name, one in given if _is_one(one)]
    known = {str(one.get("id")) for _, one in articles}
    for name, one in given:
        if not _is_one(one):
            found.skip(name, "it is no article of World Anvil")
    for name, one in articles:
        _add(found, name, one, known)
    if not found.things:
        refuse(f"There is no article in “{probe.name}” that can be brought in.")
    return found


def _is_one(data: Any) -> bool:
    return (
        isinstance(data, dict) and isinstance(data.get("entityClass"), str) and isinstance(data.get("title"), str)
        and "state" in data
    )  # fmt: skip


def _add(found: Material, name: str, one: Json, known: set[str]) -> None:
    word = line(one.get("templateType")) or line(one["entityClass"])
    if one["entityClass"].casefold() in _OF_NO_USE:
        found.skip(line(one["title"]) or name, f"a {one['entityClass'].lower()} of World Anvil has no place here")
        return
    folded = word.casefold()
    kind = _KINDS.get(folded, mapped(KIND_WORDS, word))
    thing = Thing(str(one.get("id") or name), line(one["title"]) or "Untitled", kind, told=word, raw=one)
    closed = one.get("state") != "public" or one.get("isDraft") or one.get("subscribergroups")
    thing.visibility = "gm" if closed else "party"
    thing.summary, kept_back = _apart(one.get("excerpt"))
    thing.tags = [tag.strip() for tag in line(one.get("tags")).split(",") if tag.strip()]
    if category := line(_of(one.get("category"), "title")):
        thing.tags.append(category)
    parts = [
        markdown(one.get("content")),
        hidden(kept_back) if kept_back else "",
        *_sections(one, open_=thing.visibility != "gm"),
    ]
    thing.body = "\n\n".join(part for part in parts if part)
    above = str(_of(one.get("articleParent"), "id") or "")
    if above in known and kind == "location":
        thing.parent, thing.fields["parent"] = above, Ref(above)
    elif above in known and kind != NOTE:
        thing.custom["under"] = Ref(above, line(_of(one.get("articleParent"), "title")))
    relations = one.get("relations")
    for key, value in relations.items() if isinstance(relations, dict) else ():
        items = dicts(value.get("items")) if isinstance(value, dict) and "items" in value else [value]
        ends = [Ref(str(end.get("id")), line(end.get("title"))) for end in items if isinstance(end, dict)]
        if ends and kind == NOTE:
            said = ", ".join(link(end.key, end.text) for end in ends)
            thing.body = f"{thing.body}\n\n**{line(key)}:** {said}".strip()
        elif ends:
            thing.custom[unmarked(str(key))] = ends[0] if len(ends) == 1 else ends
    found.things.append(thing)


def _sections(one: Json, *, open_: bool) -> list[str]:
    """The named texts beside the main one; those that are by their names not for everybody are secrets."""
    given = one.get("sections")
    pairs = (
        [(str(key), _of(value, "content") or value) for key, value in given.items()] if isinstance(given, dict) else []
    )
    pairs += [(key, one.get(key)) for key in ("sidebarcontent", "sidepanelcontent", "authornotes", "fullfooter")]
    made = list[str]()
    for key, value in pairs:
        text = markdown(value)
        if text:
            title = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key).replace("_", " ")
            text = f"## {unmarked(title[:1].upper() + title[1:])}\n\n{text}"
            made.append(hidden(text) if open_ and _NOT_FOR_ALL.search(key) else text)
    return made


def markdown(value: Any) -> str:
    """BBCode as Markdown; mentions are links, what is for some groups only is a secret, other tags are gone."""
    parts = ((hidden(text) if closed else text) for text, closed in _pieces(value))
    return "\n\n".join(parts)


def _apart(value: Any) -> tuple[str, str]:
    """(what all may read, what only some may): for a text that can't hold a secret."""
    pieces = _pieces(value)
    shown, kept = (("\n\n".join(text for text, closed in pieces if closed is which)) for which in (False, True))
    return shown, kept


def _pieces(value: Any) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is only for some. What is never closed stays hidden to the end."""
    if not isinstance(value, str):
        return []
    pieces: list[tuple[str, bool]] = []
    start = depth = 0
    for match in _CLOSED.finditer(value):
        pieces.append((value[start : match.start()], depth > 0))
        start, depth = match.end(), max(0, depth + (-1 if match[1] else 1))
    pieces.append((value[start:], depth > 0))
    return [(text, closed) for piece, closed in pieces if (text := _plain(piece))]


def _plain(value: str) -> str:
    text = unmarked(value).replace("\r\n", "\n").replace("\r", "\n")
    text = _MENTION.sub(lambda m: link(m.group(2), m.group(1)), text)
    lists: list[str] = []
    text = _TAG.sub(lambda match: _turned(match, lists), text)
    return _BLANK.sub("\n\n", text).strip()


def _turned(match: re.Match[str], lists: list[str]) -> str:
    closing, tag, argument, value = match.groups()
    tag = tag.lower()
    if tag in _SIGNS:
        return _SIGNS[tag]
    if tag in ("ol", "ul"):
        lists[:] = lists[:-1] if closing else [*lists, tag]
        return "\n\n"
    if tag == "li":
        return "" if closing else "\n1. " if lists and lists[-1] == "ol" else "\n- "
    if re.fullmatch(r"h[1-6]", tag):
        return "\n\n" if closing else f"\n\n{'#' * int(tag[1])} "
    if tag == "url" and value and not closing and value.startswith(("http://", "https://")):
        return f"{value} "
    if tag in ("td", "th"):
        return " " if closing else "| "
    return _AROUND.get(tag, match.group(0) if value is None and argument is None and tag not in _SILENT else "")


def _of(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
