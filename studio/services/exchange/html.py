"""HTML from outside becomes Markdown: through an allow-list, with nothing that runs, loads or follows anything.

What the source hides (any element of class `secret`) becomes `> [!secret]` blocks, lifted out of lists and tables,
where such a block would not be one. What a program writes in texts in a notation of its own (mentions, enrichers) is
turned by the caller before the conversion, so that no `_` or `*` in it is escaped.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote

import nh3
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from markdownify import ATX, BACKSLASH, MarkdownConverter

from studio.services.exchange.material import hidden, unmarked
from studio.services.exchange.reading import clean

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_HTML = 4 << 20
MAX_ELEMENTS = 60_000
MAX_DEPTH = 40
MAX_STYLES = 12
"""So many styles may be open at once: an HTML parser opens each of them anew in every paragraph."""
MAX_SPAN = 24
TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr article aside b blockquote br caption cite code dd del details div dl dt em figcaption figure footer"
        " h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong"
        " sub summary sup table tbody td tfoot th thead tr u ul var",
    )
)
_ATTRIBUTES = {
    "*": {"class"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"colspan"},
    "th": {"colspan"},
}
_GONE = {"script", "style", "template", "noscript", "title", "object", "svg", "math", "textarea", "select"}
_BOXES = frozenset({"[document]", "div", "section", "article", "main"})
"""What may hold a secret block: it leaves no trace of its own in Markdown."""
_STYLES = frozenset({"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})
_UNCOUNTED = frozenset(
    {"p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "input", "meta", "link", "wbr"}
)
"""What closes itself."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ANY_TAG = re.compile(r"<[^<>]*>")
_DATA = re.compile(r"(src\s*=\s*[\"'])data:[^\"'>]*")
_KEPT = re.compile("\ue001(\\d+)\ue002")
_LABEL = re.compile("(\ue000[^\ue001]+\ue001)[^\ue002]*(?=\ue002)")
_SPACES = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)_|_(?!\w)|(?<!\s)\*|\*(?!\s)")
_NEWLINES = re.compile(r"\n{3,}")


class Dialect(NamedTuple):
    """How a program writes in its texts.

    `pattern` finds what it writes in a notation of its own, `turn` gives what stands there instead: text or a mark of
    `material`. `anchor(attributes, label)` and `image(source, caption)` do so for a link and an image, or say None.
    """

    pattern: re.Pattern[str] | None = None
    turn: Callable[[re.Match[str]], str] = lambda match: match.group(0)
    anchor: Callable[[dict[str, str], str], str | None] = lambda _attributes, _label: None
    image: Callable[[str, str], str | None] = lambda _source, _caption: None


PLAIN = Dialect()


def to_markdown(html: str, dialect: Dialect = PLAIN) -> str:
    """The Markdown of a piece of HTML. Whatever it holds, this ends soon and raises nothing."""
    if "<" not in html and "&" not in html:
        html = html.replace("\n", "<br>")
    html = _bounded(html)
    keep = _Keep()
    if _is_outsized(html):
        return _flat(html, dialect, keep)
    soup = _parsed(html)
    _lift_secrets(soup)
    _turn_texts(soup, dialect, keep)
    text = _Converter(dialect, keep).convert_soup(soup)
    return keep.restored(_NEWLINES.sub("\n\n", _SPACES.sub("", text)).strip())


def to_text(html: str) -> str:
    """The words of a piece of HTML in one line, without what is secret."""
    html = _bounded(html)
    if _is_outsized(html):
        return "" if "secret" in html else " ".join(_bare(html).split())
    soup = _parsed(html)
    for tag in [one for one in soup.find_all(class_="secret") if _is_secret(one)]:
        tag.extract()
    return " ".join(soup.get_text(" ").split())


def for_cell(text: str) -> str:
    """Markdown for a cell, where the bar of a link with a label would end the cell."""
    return _one_line(_LABEL.sub(r"\1", text)).replace("|", r"\|")


def _bounded(html: str) -> str:
    return _DATA.sub(r"\1", clean(unmarked(html)))[:MAX_HTML]


def _bare(html: str) -> str:
    return unmarked(clean(unescape(_ANY_TAG.sub("\n", html))))


def _parsed(html: str) -> BeautifulSoup:
    safe = nh3.clean(
        html, tags=set(TAGS), attributes=_ATTRIBUTES, clean_content_tags=_GONE, link_rel=None, strip_comments=True,
        url_schemes={"http", "https", "mailto"}, generic_attribute_prefixes={"data-"},
    )  # fmt: skip
    return BeautifulSoup(unmarked(clean(safe)), "html.parser")


class _Keep:
    """Texts that stand aside while the rest is converted."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def put(self, text: str) -> str:
        self._texts.append(text)
        return f"\ue001{len(self._texts) - 1}\ue002"

    def restored(self, text: str) -> str:
        return _KEPT.sub(lambda m: self._texts[int(m.group(1))], text)


def _is_secret(tag: Any) -> bool:
    classes = tag.get("class") or []
    return "secret" in classes and "revealed" not in classes


def _is_outsized(html: str) -> bool:
    """Whether a piece of HTML is nested too deeply or holds too much, seen before anything builds a tree of it."""
    opened: Counter[str] = Counter()
    depth = styles = 0
    for count, match in enumerate(_TAG.finditer(html)):
        name = match.group(2).lower()
        if name not in _UNCOUNTED and (not match.group(1) or opened[name] > 0):
            step = -1 if match.group(1) else 1
            opened[name] += step
            depth += step
            styles += step if name in _STYLES else 0
        if depth > MAX_DEPTH or styles > MAX_STYLES or count > MAX_ELEMENTS:
            return True
    return False


def _flat(html: str, dialect: Dialect, keep: _Keep) -> str:
    """Only the words of what is outsized; all of it secret where anything in it may be."""
    lines = [line.strip() for line in _bare(html).splitlines() if line.strip()]
    text = "\n".join(lines)
    if dialect.pattern is not None:
        text = dialect.pattern.sub(lambda m: keep.put(_one_line(dialect.turn(m))), text)
    return keep.restored(hidden(text.strip()) if "secret" in html else text.replace("\n", "\n\n"))


def _lift_secrets(soup: BeautifulSoup) -> None:
    """Put what is secret behind the list, table or paragraph that holds it; one in another is part of it."""
    for tag in soup.find_all(class_="secret"):
        if not _is_secret(tag) or any(_is_secret(one) for one in tag.parents if isinstance(one, Tag)):
            continue
        place = tag
        while place.parent is not None and not (place.parent.name in _BOXES and not _inline_box(place.parent)):
            place = place.parent
        if place is not tag:
            place.insert_after(tag.extract())
        tag.name = "section"


def _inline_box(tag: Tag) -> bool:
    return any(one.name not in _BOXES for one in tag.parents)


def _turn_texts(soup: BeautifulSoup, dialect: Dialect, keep: _Keep) -> None:
    pattern = dialect.pattern
    if pattern is None:
        return
    for text in [one for one in soup.find_all(string=True) if pattern.search(one)]:
        fitted = for_cell if text.find_parent(("td", "th")) else _one_line
        turned = pattern.sub(lambda m, fit=fitted: keep.put(fit(dialect.turn(m))), text)
        text.replace_with(NavigableString(turned))


def _one_line(text: str) -> str:
    """A turned text on one line: a break in it would end the cell or the item that it stands in."""
    return " ".join(text.split("\n"))


_Base: Any = MarkdownConverter
"""Without types: its methods are found by their names."""


class _Converter(_Base):
    """Markdown as it is written here."""

    def __init__(self, dialect: Dialect, keep: _Keep) -> None:
        super().__init__(
            heading_style=ATX, bullets="-", newline_style=BACKSLASH, strip_document=None, table_infer_header=True
        )
        self._dialect, self._keep = dialect, keep

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Only what would be emphasis is escaped: names with `_` in them stay whole."""
        return _EMPHASIS.sub(r"\\\g<0>", text)

    def convert_section(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if not _is_secret(el):
            return self.convert_div(el, text, parent_tags)
        return f"\n\n{hidden(text.strip())}\n\n" if text.strip() else ""

    def convert_aside(self, el: Any, text: str, parent_tags: set[str]) -> str:
        quoted = self.convert_blockquote(el, text, parent_tags)
        return quoted if "_inline" in parent_tags else f"\n{quoted}"

    def convert_figure(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return self.convert_div(el, text, parent_tags)

    def convert_mark(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        label = " ".join(el.get_text().split())
        turned = self._dialect.anchor({k: str(v) for k, v in el.attrs.items() if k != "class"}, label)
        if turned is not None:
            return self._keep.put(turned)
        href = str(el.get("href") or "")
        if not href.startswith(("http:", "https:", "mailto:")):
            return text
        el["href"] = quote(href, safe="%/:=&?~#+!$,;'@[]*_.-")
        return super().convert_a(el, text, parent_tags)

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """An image that the caller brings; of any other only its name, and a link where it is elsewhere."""
        source, caption = str(el.get("src") or ""), " ".join(str(el.get("alt") or el.get("title") or "").split())
        turned = self._dialect.image(unquote(source), caption)
        if turned is not None:
            return self._keep.put(turned)
        name = self.escape(caption or unquote(source.rpartition("/")[2].partition("?")[0]), set())
        name = name.replace("[", "(").replace("]", ")").replace("|", r"\|")
        if source.startswith(("http:", "https:")):
            return f"[{name or 'image'}]({quote(source, safe='%/:=&?~#+!$,;@._-')})"
        return name

    def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:
        text = (text or "").strip()
        if not text:
            return "\n"
        bullet = f"{self._number(el)}. " if el.parent is not None and el.parent.name == "ol" else "- "
        return bullet + text.replace("\n", "\n" + " " * len(bullet)) + "\n"

    def _number(self, el: Any) -> int:
        """Counted on the list itself: asking for the items before is quadratic."""
        start = str(el.parent.get("start") or "1")
        number = int(el.parent.get("data-next") or (start if start.isdecimal() and len(start) < 6 else 1))
        el.parent["data-next"] = str(number + 1)
        return number

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        span = str(el.get("colspan") or "1")
        el["colspan"] = span if span.isdecimal() and len(span) < 3 and int(span) <= MAX_SPAN else "1"
        return super().convert_td(el, text.replace("|", r"\|"), parent_tags)

    convert_th = convert_td
