"""Chunks say what they are about, are as open as all that they say, and lie where they say in the stored text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.chat import Message, Part, Thread
from studio.domain.ids import RecordId
from studio.domain.lens import GM, as_open, least_open, may_see
from studio.domain.text import blocks, split_secrets
from studio.domain.world import Alias, Claim, Entity, Entry, Link, Relation, Statement
from studio.services.retrieval.chunks import ROOM, Setting, chunks
from studio.services.retrieval.source import affected, chunks_of, searchable

if TYPE_CHECKING:
    from studio.domain.record import Record
    from studio.services.retrieval.chunks import Chunk
    from studio.storage.project import Project

LINES = st.sampled_from(
    ["plain words.\n", "\n", "# A heading\n", "> [!secret] hidden\n", "> more\n", "lazy\n", "A long line. " * 90 + "\n"]
)
VISIBILITIES = st.sampled_from(["gm", "party", "public", "player:a", "player:b", "player:a,b"])
AUDIENCES = ["gm", "party", "public", "player:a", "player:b"]


def put(project: Project, *records: Record) -> list[Record]:
    with project.commit("test", "put") as commit:
        return [commit.put(record) for record in records]


def of(project: Project, record: Record) -> list[Chunk]:
    return chunks_of(project, [record.id])[record.id]


def entry(body: str) -> Entry:
    return Entry(id=RecordId("0192f000-0000-7000-8000-000000000001"), title="Log", body=body, visibility="party")


@given(st.lists(LINES).map("".join))
def test_a_section_lies_where_its_span_says_and_stays_within_the_room(body: str) -> None:
    for chunk in chunks(entry(body), Setting()):
        if chunk.span:
            words = body[slice(*chunk.span)]
            assert len(words) <= 2 * ROOM
            assert chunk.text.startswith("Log (note)")
            assert chunk.visibility == GM or "hidden" not in words


@given(st.lists(LINES).map("".join))
def test_sections_lose_no_word_and_share_none(body: str) -> None:
    spans = sorted(chunk.span for chunk in chunks(entry(body), Setting()) if chunk.span)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    said = " ".join(body[slice(*span)] for span in spans)
    assert all(said.count(word) == body.count(word) for word in ("plain", "hidden", "lazy", "long"))


@given(st.lists(LINES).map("".join))
def test_blocks_part_a_text_as_its_secrets_are_split_off(body: str) -> None:
    parts = list(blocks(body))
    assert "".join(body[a:b] for _, a, b in parts) == body
    assert split_secrets(body)[1] == "".join(body[a:b] for hidden, a, b in parts if hidden)


@given(st.lists(VISIBILITIES, min_size=1, max_size=3))
def test_the_least_open_of_several_is_seen_by_whoever_sees_them_all(all_: list[str]) -> None:
    for audience in AUDIENCES:
        assert may_see(audience, least_open(*all_)) == all(may_see(audience, v) for v in all_)


@given(VISIBILITIES, VISIBILITIES)
def test_as_open_means_that_nobody_sees_only_the_other(one: str, other: str) -> None:
    if as_open(one, other):
        assert all(may_see(a, one) for a in AUDIENCES if may_see(a, other))


def test_chunks_are_the_same_every_time_and_their_hash_follows_what_they_say(project: Project) -> None:
    (made,) = put(project, Entity(kind="npc", name="Vesna", summary="Smuggles.", body="Text.", visibility="party"))
    first = of(project, made)
    assert first == of(project, made)
    assert [c.id for c in first] == [f"{made.id}#{n}" for n in range(3)]
    (opened,) = put(project, made.model_copy(update={"visibility": "public"}))
    again = of(project, opened)
    assert [c.text_hash for c in again] == [c.text_hash for c in first]
    assert all(a.hash != b.hash for a, b in zip(again, first, strict=True))


def test_what_only_the_game_master_may_know_has_chunks_of_its_own(project: Project) -> None:
    (hidden,) = put(project, Entity(kind="faction", name="Grey Hand", visibility="gm"))
    (made,) = put(
        project,
        Entity(
            kind="npc", name="Vesna", visibility="party", summary="Serves [[Grey Hand]].",
            aliases=(Alias(name="The Mole", kind="secret"), Alias(name="Ves")),
            fields={
                "role": "Clerk", "secret": "Poisoner", "affiliation": [Link(text="Grey Hand", ref=hidden.id)],
                "title": "Dame",
            },
            stated={"fields.title": Statement(visibility="gm")},
            body="Kind.\n\n> [!secret] Cruel.\n\nTall.",
        ),
    )  # fmt: skip
    opened = " ".join(c.text for c in of(project, made) if c.visibility == "party")
    closed = " ".join(c.text for c in of(project, made) if c.visibility == "gm")
    assert all(word in opened for word in ("Vesna", "Ves.", "Clerk", "Kind", "Tall"))
    assert not any(word in opened for word in ("Grey Hand", "Mole", "Poisoner", "Dame", "Cruel"))
    assert all(word in closed for word in ("Mole", "Poisoner", "Dame", "Cruel"))


def test_facts_are_sentences_as_open_as_all_they_name(project: Project) -> None:
    a, b, c = put(
        project,
        Entity(kind="npc", name="Vesna", visibility="public"), Entity(kind="faction", name="Hand", visibility="party"),
        Entity(kind="npc", name="Olo", visibility="gm"),
    )  # fmt: skip
    leads, knows, eyes = put(
        project,
        Relation(from_id=a.id, type="leads", to_id=b.id, visibility="public", certainty="rumour"),
        Relation(from_id=a.id, type="ally_of", to_id=c.id, visibility="public"),
        Claim(subject_id=a.id, predicate="eye_colour", value="grey", visibility="public", certainty="lie"),
    )  # fmt: skip
    said = [of(project, fact)[0] for fact in (leads, knows, eyes)]
    assert [one.visibility for one in said] == ["party", "gm", "public"]
    assert said[0].text == "Vesna leads Hand; Hand led by Vesna (rumour)."
    assert said[2].text == "Vesna: eye colour grey."


def test_a_change_makes_the_chunks_stale_that_speak_of_it(project: Project) -> None:
    a, b = put(project, Entity(kind="npc", name="Vesna"), Entity(kind="faction", name="Hand"))
    fact, note, other = put(
        project,
        Relation(from_id=a.id, type="leads", to_id=b.id),
        Entry(title="Log", body="With [[Vesna]]."),
        Entry(title="Other", body="Nobody."),
    )
    assert affected(project, [a.id]) == {a.id, b.id, fact.id, note.id}
    assert other.id in searchable(project)


def test_messages_tell_their_chat_and_go_with_it(project: Project) -> None:
    (thread,) = put(project, Thread(title="Ideas"))
    (message,) = put(project, Message(thread_id=thread.id, role="user", parts=(Part(text="A storm comes."),)))
    (chunk,) = of(project, message)
    assert chunk.text == "Ideas, asked. A storm comes."
    assert chunk.thread == thread.id
    with project.commit("test", "bin") as commit:
        commit.delete(thread)
    assert of(project, message) == []
    assert message.id not in searchable(project)


@pytest.mark.parametrize("kind", ["npc", "location", "starship"])
def test_an_empty_entity_still_has_a_chunk_with_its_name(project: Project, kind: str) -> None:
    (made,) = put(project, Entity(kind=kind, name="Vesna"))
    assert [c.text.split(" (")[0] for c in of(project, made)] == ["Vesna"]


def test_the_meaning_of_an_entity_is_what_it_is_and_not_what_it_is_called(project: Project) -> None:
    (made,) = put(
        project,
        Entity(
            kind="npc", name="Vesna", summary="Rows at night.", body="Old.", tags=("river",),
            fields={"role": "ferry keeper", "motive": "Rest."},
        ),
    )  # fmt: skip
    what, head, body = of(project, made)
    assert what.meaning == "Person, ferry keeper, river. Rows at night."
    assert body.meaning == "Person, ferry keeper, river. Rows at night. Old."
    assert head.meaning == head.text == "Vesna (NPC). Role: ferry keeper. Motive: Rest."
    assert body.text == "Vesna (NPC). Old."
