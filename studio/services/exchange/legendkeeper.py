"""LegendKeeper's pages as its interface gives them: a tree of resources, and the blocks of their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.loose import dicts, items, line
from studio.services.exchange.material import KIND_WORDS, NOTE, Material, Ref, Thing, hidden, link, mapped, unmarked

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "legendkeeper"
DEEPEST = 20
_MARKS = {"bold": "**", "strong": "**", "italic": "*", "em": "*", "strike": "~~", "code": "`"}


def claims(probe: Probe) -> bool:
    """JSON with resources that have documents."""
    data = probe.json
    first = dicts(data.get("resources"))[:1] if isinstance(data, dict) else []
    return bool(first) and isinstance(first[0].get("documents"), list) and "isHidden" in first[0]


def read(probe: Probe) -> Material:
    """All pages."""
    return _Reader(probe.json, probe).read()


class _Reader:
    def __init__(self, data: Json, probe: Probe) -> None:
        self.found = Material(source=SOURCE, title=f"the LegendKeeper project in “{probe.name}”")
        self.pages = dicts(data.get("resources"))
        self.blocks = {str(one.get("id")): one for one in dicts(data.get("blocks"))}
        self.by_id = {str(one.get("id")): one for one in self.pages}
        self.known = self.by_id.keys()
        if isinstance(data.get("calendar"), dict):
            self.found.skip(
                line(data["calendar"].get("name")) or "a calendar", "calendars of LegendKeeper have no place yet"
            )

    def read(self) -> Material:
        for one in sorted(self.pages, key=lambda one: line(one.get("rank"))):
            self._page(one)
        return self.found

    def _page(self, one: Json) -> None:
        name, tags = line(one.get("name")), [line(tag) for tag in items(one.get("tags")) if line(tag)]
        if not name or not one.get("id"):
            self.found.skip(name or "a page", "it has no name")
            return
        told = next((tag for tag in tags if mapped(KIND_WORDS, tag)), tags[0] if tags else "")
        thing = Thing(str(one["id"]), name, mapped(KIND_WORDS, told), told=told, tags=tags)
        thing.visibility = "gm" if self._closed(one) else "party"
        thing.aliases = [line(alias) for alias in items(one.get("aliases"))]
        above = str(one.get("parentId") or "")
        if above in self.known:
            if thing.kind == "location":
                thing.parent, thing.fields["parent"] = above, Ref(above)
            elif thing.kind != NOTE:
                thing.custom["under"] = Ref(above)
        said, secrets = list[str](), list[str]()
        for prop in dicts(one.get("properties")):
            key = line(prop.get("name") or prop.get("label") or prop.get("title"))
            value = line(prop.get("value") if "value" in prop else prop.get("content"))
            if key and prop.get("isHidden"):
                secrets.append(hidden(f"**{key}:** {value}"))
            elif key and thing.kind == NOTE:
                said.append(f"**{key}:** {value}")
            elif key:
                thing.custom[key] = value
        texts = [self._document(page, thing) for page in dicts(one.get("documents"))]
        thing.body = "\n\n".join(filter(None, [*texts, *said, *secrets]))
        thing.raw = one
        self.found.things.append(thing)

    def _closed(self, one: Json) -> bool:
        """Whether a page, or one that it stands under, is hidden or only for some; each is looked at once."""
        met = set[str]()
        while True:
            if one.get("isHidden") or one.get("permissions"):
                return True
            above = str(one.get("parentId") or "")
            if above in met or above not in self.by_id:
                return False
            met.add(above)
            one = self.by_id[above]

    def _document(self, document: Json, thing: Thing) -> str:
        """A page as Markdown, under its name where it isn't the main one; what is no page is left out."""
        name = line(document.get("name"))
        if document.get("type") not in (None, "page"):
            self.found.skip(f"{thing.name}: {name}", f"a {line(document.get('type'))} has no place here")
            return ""
        body = self._blocks(dicts(self.blocks.get(str(document.get("id")), {}).get("blocks")), 0)
        if name and name != "Main" and body:
            body = f"## {name}\n\n{body}"
        return hidden(body) if body and document.get("isHidden") and thing.visibility != "gm" else body

    def _blocks(self, blocks: list[Json], depth: int) -> str:
        if depth > DEEPEST:
            return ""
        return "\n\n".join(text for one in blocks if (text := self._block(one, depth)))

    def _block(self, one: Json, depth: int) -> str:
        text = self._block_text(one, depth)
        return hidden(text) if text and one.get("isHidden") else text

    def _block_text(self, one: Json, depth: int) -> str:
        kind, text = one.get("kind"), self._inline(one.get("content"))
        inner = self._blocks(dicts(one.get("children")), depth + 1)
        match kind:
            case "heading":
                level = one.get("level")
                return f"{'#' * min(6, max(1, level if isinstance(level, int) else 1))} {text}" if text else inner
            case "bulletList" | "orderedList" | "taskList" | "listItem" | "bullet" | "ordered":
                rows = [row for row in (text, *inner.split("\n\n")) if row]
                return "\n".join(row if row.startswith("- ") else f"- {row}" for row in rows)
            case "quote" | "blockquote" | "callout" | "panel":
                return "\n".join(f"> {row}".rstrip() for row in (text or inner).splitlines())
            case "secret":
                return hidden(text or inner)
            case "codeBlock" | "code":
                return f"```\n{text}\n```"
            case "divider" | "rule":
                return "---"
        rows = [self._row(row) for row in items(one.get("rows"))]
        return "\n\n".join(part for part in (text, "\n".join(filter(None, rows)), inner) if part)

    def _row(self, row: Any) -> str:
        """A line of an infobox or a table."""
        if isinstance(row, dict):
            key = line(row.get("key") or row.get("label") or row.get("name"))
            value = row.get("value") if "value" in row else row.get("content")
            said = self._inline(value) if isinstance(value, list) else line(value)
            return f"- **{key}:** {said}" if key else f"- {said}" if said else ""
        return "- " + " · ".join(filter(None, (self._inline(cell) or line(cell) for cell in items(row))))

    def _inline(self, content: Any) -> str:
        return "".join(self._piece(one) for one in dicts(content))

    def _piece(self, one: Json) -> str:
        text = unmarked(one["text"]) if isinstance(one.get("text"), str) else ""
        target = next(
            (str(one[key]) for key in ("resourceId", "mention", "target") if isinstance(one.get(key), str)), ""
        )
        if target in self.known:
            return link(target, text)
        for mark in items(one.get("marks")):
            sign = _MARKS.get(str(mark.get("type") if isinstance(mark, dict) else mark), "")
            text = f"{sign}{text}{sign}" if text.strip() else text
        return text
