"""HTML from outside becomes plain Markdown: nothing runs or loads, nothing hidden is shown, links survive."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from studio.domain.text import split_secrets
from studio.services.exchange.html import Dialect, to_markdown, to_text
from studio.services.exchange.material import filled, link

MENTIONS = Dialect(
    re.compile(r"@UUID\[([^\]]+)\](?:\{([^}]*)\})?"),
    lambda m: link(m[1], m[2] or ""),
    lambda attributes, label: link(attributes["data-id"], label) if "data-id" in attributes else None,
)


def shown(html: str) -> str:
    return filled(to_markdown(html, MENTIONS), lambda key, label: f"[[{key}|{label}]]", lambda *_: "")


def test_structure_becomes_markdown() -> None:
    html = "<h2>A</h2><p>One <em>two</em><br>three</p><ul><li>a<ol><li>b</li><li>c</li></ol></li></ul><hr>"
    assert to_markdown(html) == "## A\n\nOne *two*\\\nthree\n\n- a\n  1. b\n  2. c\n\n---"


def test_cells_keep_their_bars_and_wide_ones_their_columns() -> None:
    html = "<table><tr><th>a|b</th><th>c</th></tr><tr><td colspan=2>x</td></tr></table>"
    assert to_markdown(html) == "| a\\|b | c |\n| --- | --- |\n| x | |"


def test_mentions_and_names_with_underscores_stay_whole() -> None:
    assert shown("<p>@UUID[JournalEntry.a_b*c]{x *y* &amp; z} in var_name_x</p>") == (
        "[[JournalEntry.a_b*c|x *y* & z]] in var_name_x"
    )
    assert shown('<a data-id="e_1">The <b>Keep</b></a>') == "[[e_1|The Keep]]"


def test_nothing_runs_and_no_image_is_fetched() -> None:
    html = (
        '<p onclick="x()">a</p><script>b</script><iframe src="file:///etc/passwd"></iframe><img src=http://h/i.png>'
        '<a href="javascript:c()">d</a><a href="file:///e">f</a><svg><a xlink:href="javascript:1">g</a></svg>'
    )
    text = to_markdown(html)
    assert not re.search(r"script|file:|passwd|!\[|onclick", text)
    assert "[i.png](http://h/i.png)" in text


def test_a_picture_of_the_package_stands_where_it_stood() -> None:
    pictures = Dialect(image=lambda source, caption: f"<{source}|{caption}>" if source == "a b.webp" else None)
    assert (
        to_markdown('<p>x <img src="a%20b.webp" alt="A"> <img src="c.webp"></p>', pictures) == "x <a b.webp|A> c.webp"
    )


def test_secrets_become_blocks_wherever_they_stand() -> None:
    hidden = '<section class="secret"><p>den</p><ul><li>x</li></ul></section>'
    for html in (
        f"<p>open</p>{hidden}<p>more</p>",
        f"<ul><li>open{hidden}more</li></ul>",
        f"<table><tr><td>open{hidden}</td><td>more</td></tr></table>",
        f"<div><blockquote>open{hidden}</blockquote></div>more",
        '<p>open <span class="secret">den x</span> more</p>',
    ):
        shows, hides = split_secrets(to_markdown(html))
        assert "open" in shows
        assert "more" in shows
        assert "den" in hides
        assert "den" not in shows
    assert to_markdown('<section class="secret revealed"><p>known</p></section>') == "known"


def test_what_is_outsized_gives_its_words_soon_and_hides_them_where_it_must() -> None:
    start = time.thread_time()
    for html in ("<div>" * 50_000, "<b class=x>" * 900 + "<p>" * 9_000, "<ol>" + "<li>x" * 4_000, "<" * 90_000):
        to_markdown(html + "end")
    assert time.thread_time() - start < 4
    assert split_secrets(to_markdown("<div>" * 99 + "<p class='secret'>den"))[0].strip() == ""


@given(st.text(alphabet="<>/&;#x\ue000\ue001\ue002 apbdivsecrt=\"'\n|_*", max_size=300))
def test_any_text_gives_markdown_without_marks(html: str) -> None:
    assert not re.search("[\ue000-\ue003]", to_markdown(html, MENTIONS))
    assert "\n" not in to_text(html)
