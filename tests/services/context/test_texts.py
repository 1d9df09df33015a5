"""Short texts of long records keep what matters, and never half a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from studio.domain.lens import OPEN_EYES
from studio.domain.text import WIKILINK
from studio.domain.world import Entity, Entry
from studio.services.context.texts import Reader, passages
from studio.services.world import seen
from tests.services.context.conftest import put

if TYPE_CHECKING:
    from studio.services.workspace import Workspace


def test_a_long_text_is_shortened_to_the_places_that_were_found() -> None:
    text = "Dull words. " * 80 + "The mill burned in 812. " + "Dull words. " * 80
    at = text.index("The mill")
    short = passages(text, [(at, at + 23)])
    assert "The mill burned in 812." in short
    assert len(short) < 400
    assert passages(text, []) == ""


@given(st.text("ab []|\n", max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=4))
def test_no_passage_holds_a_piece_of_a_link(text: str, spans: list[tuple[int, int]]) -> None:
    short = passages(text, spans, around=5)
    links = {m.group(0) for m in WIKILINK.finditer(text)}
    for match in WIKILINK.finditer(short):
        assert match.group(0) in links
    bare = WIKILINK.sub("", short)
    for link in links:
        name = link.removeprefix("[[").removesuffix("]]").partition("|")[0]
        assert len(name) < 4 or name not in bare or name in WIKILINK.sub("", text)


def test_a_passage_that_begins_or_ends_at_a_link_has_all_of_it_or_nothing() -> None:
    text = "Ask of [[Lord Under Hill]] and more."
    for end in range(1, len(text)):
        short = passages(text, [(0, end)], around=0)
        assert "[[" not in short or "[[Lord Under Hill]]" in short
        assert "Hill" not in short or "[[Lord Under Hill]]" in short


def test_wordings_grow_shorter_and_the_places_found_stay(workspace: Workspace) -> None:
    body = "Dull words. " * 80 + "The mill burned. " + "Dull words. " * 80

    def texts(project: Any, record: Any, at: int) -> list[str]:
        shown = seen.record(project, record.id, lens=OPEN_EYES)
        assert shown is not None
        return [w.text for w in Reader(project, OPEN_EYES).wordings(shown, (("body", at, at + 16),))]

    for record in workspace.run_now(
        put, Entity(kind="npc", name="Mirel", summary="Hm.", body=body), Entry(title="Log", body=body)
    ):
        found = workspace.run_now(texts, record, body.index("The mill"))
        assert [len(t) for t in found] == sorted((len(t) for t in found), reverse=True) or len(found) > 2
        assert "The mill burned." in found[0]
        assert "The mill burned." in found[1]
        assert len(found[1]) < 600
