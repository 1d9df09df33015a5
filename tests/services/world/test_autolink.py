"""Proposed links: only in prose, only once a text, never guessed, never a secret; and made in one commit."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.ids import RecordId
from studio.domain.world import Alias, Entity
from studio.services import history
from studio.services.world import autolink, entities, entries
from studio.services.world.autolink import Choice
from studio.storage.project import Project


@pytest.fixture
def world(project: Project) -> Project:
    make = entities.create_entity
    make(project, kind="npc", name="Mirel Thane", aliases=(Alias(name="the Captain"), Alias(name="Eel", kind="secret")))
    make(project, kind="location", name="Port Ash", visibility="party")
    make(project, kind="faction", name="The Ashen Concord")
    make(project, kind="npc", name="Hope")
    return project


def proposed(project: Project, body: str, *, visibility: str = "gm") -> list[tuple[str, list[str]]]:
    source = entities.create_entity(project, kind="event", name="Source", body=body, visibility=visibility).id
    return [(one.words, [t.name for t in one.targets]) for one in autolink.scan(project, [source])]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Mirel Thane went to Port Ash.", ["Mirel Thane", "Port Ash"]),
        ("mirel thane is not a name", []),
        ("There was hope, but Hope left.", ["Hope"]),
        ("In PORT ASH, and in Port\nAsh.", ["PORT ASH"]),
        ("Port\n\nAsh", []),
        ("the Ashen Concord met; The Ashen Concord fell", ["the Ashen Concord"]),
        ("Ask the Captain.", ["the Captain"]),
        ("The Eel watches.", []),
        ("`Port Ash` and [Port Ash](x) and [[Port Ash]] and Port Ash", []),
        ("# Port Ash\nIt lies at sea.", []),
        ("```\nPort Ash\n```\nThen Hope came.", ["Hope"]),
        ("    Port Ash\n", []),
        ("https://ash.example/Port Ash/Hope mail Hope@ash.example", ["Hope"]),
        ("![Port Ash](ash.png) <b title='Hope'>", []),
        ("> [!secret] Ours\n> Hope waits.\n", ["Hope"]),
        ("Port Ashes, Transport Ash", []),
        ("[[Mirel Thane|she]] and Mirel Thane", []),
    ],
)
def test_only_prose_is_linked_and_only_once(world: Project, body: str, words: list[str]) -> None:
    assert [found for found, _ in proposed(world, body)] == words


def test_a_shared_name_is_asked_not_guessed(world: Project) -> None:
    entities.create_entity(world, kind="item", name="Hope")
    found = proposed(world, "Hope shines.")
    assert found == [("Hope", ["Hope", "Hope"])]


def test_an_entity_is_not_linked_in_its_own_text(world: Project) -> None:
    own = entities.create_entity(world, kind="npc", name="Sorn", body="Sorn knows Hope.").id
    assert [one.words for one in autolink.scan(world, [own])] == ["Hope"]


def test_a_link_that_would_hide_words_from_other_eyes_says_so(world: Project) -> None:
    for visibility, hides in (("party", [True, False]), ("gm", [False, False])):
        source = entities.create_entity(
            world, kind="event", name="Day", body="Hope saw Port Ash.", visibility=visibility
        ).id
        assert [one.hides for one in autolink.scan(world, [source])] == hides


def test_links_are_made_in_one_commit_over_all_texts(world: Project) -> None:
    note = entries.create_entry(world, title="Log", body="Hope met Mirel Thane at Port Ash.").id
    entities.create_entity(world, kind="event", name="Day", body="In Port Ash.")
    found = autolink.scan(world, autolink.sources(world))
    assert [(p.title, p.words) for p in found] == [
        ("Log", "Hope"), ("Log", "Mirel Thane"), ("Log", "Port Ash"), ("Day", "Port Ash"),
    ]  # fmt: skip
    assert autolink.link(world, [Choice(p.source_id, p.span, p.words, p.targets[0].id) for p in found]) == 4
    record = world.any_record(note)
    assert getattr(record, "body", "") == "[[Hope]] met [[Mirel Thane]] at [[Port Ash]]."
    assert history.undo(world).message == "Link 4 names in 2 texts"
    assert len(autolink.scan(world, autolink.sources(world))) == 4


def test_the_second_one_of_a_shared_name_gets_a_link_that_leads_to_it(world: Project) -> None:
    other = entities.create_entity(world, kind="item", name="Hope Stone", aliases=["Hope"])
    source = entities.create_entity(world, kind="event", name="Day", body="Hope shines.").id
    one = autolink.scan(world, [source])[0]
    autolink.link(world, [Choice(source, one.span, one.words, other.id)])
    assert world.get(Entity, source).body == "[[Hope Stone|Hope]] shines."


def test_a_text_that_changed_since_is_left_alone(world: Project) -> None:
    source = entities.create_entity(world, kind="event", name="Day", body="In Port Ash.").id
    one = autolink.scan(world, [source])[0]
    entities.update_entity(world, source, {"body": "At last in Port Ash."})
    assert autolink.link(world, [Choice(source, one.span, one.words, one.targets[0].id)]) == 0


def test_only_one_entity_can_be_asked_for(world: Project) -> None:
    source = entities.create_entity(world, kind="event", name="Day", body="Hope saw Port Ash.").id
    port = next(p for p in autolink.scan(world, [source]) if p.words == "Port Ash").targets[0].id
    assert [p.words for p in autolink.scan(world, [source], target=port)] == ["Port Ash"]


PARTS = ("Hope", "Port Ash", "the Captain", "`Hope`", "# Hope\n", "\n", " and ", ", ", "[[Hope]]", "hope",
         "> [!secret] ", "Mirel Thane's")  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=12))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_linking_changes_nothing_but_brackets_and_leaves_nothing_to_propose(world: Project, parts: list[str]) -> None:
    body = " ".join(parts)
    source = entities.create_entity(world, kind="event", name="Source", body=body).id
    found = autolink.scan(world, [source])
    autolink.link(world, [Choice(RecordId(source), p.span, p.words, p.targets[0].id) for p in found])
    after = world.get(Entity, source).body
    assert after.replace("[[", "").replace("]]", "") == body.replace("[[", "").replace("]]", "")
    assert autolink.scan(world, [source]) == []
