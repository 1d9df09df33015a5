"""The filter's language: each term, its opposite, quotes, mistakes in a sentence; and filters under a name."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.errors import Conflict, Invalid
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.world import Alias, Entity
from studio.services import history
from studio.services.world import entities, entries, kinds, saved_filters, tree
from studio.services.world.listing import listed
from studio.storage.project import Project


@pytest.fixture
def world(project: Project) -> Project:
    make = entities.create_entity
    make(project, kind="location", name="Coast", visibility="party")
    make(project, kind="location", name="Port Ash", fields={"parent": "Coast"}, tags=["harbour"], visibility="public")
    make(project, kind="npc", name="Mirel Thane", fields={"home": "Port Ash", "secret": "a vampire"},
         aliases=(Alias(name="Cinder Hand", kind="secret"),), visibility="party", status="canon")  # fmt: skip
    make(project, kind="npc", name="Sorn Vael", tags=["Harbour", "old salt"], body="He waits.")
    make(project, kind="timeline_arc", name="Act 1: Ash", custom={"omen": "bells"})
    make(project, kind="faction", name="Ashen Concord", summary="An alliance.")
    entries.create_entry(project, title="Ash and salt")
    return project


def found(project: Project, typed: str, lens: Lens = OPEN_EYES) -> list[str]:
    return [row.name for row in tree.filtered(project, typed, lens=lens).rows]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("kind:npc", ["Mirel Thane", "Sorn Vael"]),
        ("kind:people", None),
        ("kind:loc", ["Coast", "Port Ash"]),
        ("kind:timeline-arc", ["Act 1: Ash"]),
        ("kind:note", ["Ash and salt"]),
        ("status:can", ["Mirel Thane"]),
        ("-status:draft", ["Mirel Thane"]),
        ("#harb", ["Port Ash", "Sorn Vael"]),
        ("#harbour -kind:npc", ["Port Ash"]),
        ('tag:"old salt"', ["Sorn Vael"]),
        ('in:"coast"', ["Mirel Thane", "Port Ash"]),
        ("in:port kind:npc", ["Mirel Thane"]),
        ("-in:coast kind:npc", ["Sorn Vael"]),
        ("has:home", ["Mirel Thane"]),
        ("has:text", ["Sorn Vael"]),
        ("has:summary", ["Ashen Concord"]),
        ("has:omen", ["Act 1: Ash"]),
        ("has:alias", ["Mirel Thane"]),
        ("has:relations kind:npc", ["Mirel Thane"]),
        ("visible:public", ["Port Ash"]),
        ("visible:party", ["Coast", "Mirel Thane", "Port Ash"]),
        ("visible:gm kind:npc", ["Sorn Vael"]),
        ("ash -port kind:location", []),
        ("ash kind:location", ["Port Ash"]),
        ("ash -concord", ["Port Ash", "Act 1: Ash"]),
        ('"act 1: ash"', ["Act 1: Ash"]),
        ("thane mirle", ["Mirel Thane"]),
        ("KIND:NPC STATUS:Canon", ["Mirel Thane"]),
        ("kind: status:", ["Act 1: Ash", "Ashen Concord", "Coast", "Mirel Thane", "Port Ash", "Sorn Vael"]),
    ],
)
def test_a_term_keeps_what_it_names(world: Project, typed: str, names: list[str] | None) -> None:
    if names is None:
        with pytest.raises(Invalid, match="Nothing in this world is of a kind"):
            found(world, typed)
    else:
        assert found(world, typed) == names


def test_notes_stand_among_the_names_that_fit(world: Project) -> None:
    assert found(world, "ash") == ["Ash and salt", "Ashen Concord", "Port Ash", "Act 1: Ash"]


def test_time_shows_the_newest_first(world: Project) -> None:
    clock = world.clock
    world.clock = lambda: clock() + timedelta(days=30)
    entities.set_status(world, [RecordId(row.id) for row in tree.filtered(world, "coast").rows], "reviewed")
    assert found(world, "updated:7d") == ["Coast"]
    assert "Coast" not in found(world, "-updated:7d")
    assert len(found(world, "updated:3m")) == 6
    assert len(found(world, "updated:2020-01-01")) == 6
    assert found(world, "created:1d") == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("knd:npc", "doesn't know “knd:”"),
        ("status:kanon", "No status starts with “kanon”"),
        ("visible:everyone", "“everyone” is no audience"),
        ("updated:soon", "“soon” is no time span"),
        ("in:zzzzzz", "Nothing is called “zzzzzz”"),
    ],
)
def test_a_mistake_is_said_in_a_sentence(world: Project, typed: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        found(world, typed)


@given(st.text(max_size=20))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_gives_rows_or_a_sentence(world: Project, typed: str) -> None:
    said: list[str] = []
    try:
        tree.filtered(world, typed.replace("\x00", ""))
    except Invalid as mistake:
        said.append(str(mistake))
    assert all(sentence.endswith(".") for sentence in said)


@pytest.mark.parametrize("audience", ["party", "public", "player:x"])
def test_a_term_tells_an_audience_nothing_that_it_may_not_read(world: Project, audience: str) -> None:
    lens = Lens(audience=audience)
    for typed in ("has:secret", "visible:gm", "cinder", "#old", "has:text", "has:omen", "has:alias"):
        assert found(world, typed, lens) == [], typed
    visible = found(world, "-zzz", lens)
    assert found(world, "-cinder", lens) == visible
    assert ("Mirel Thane" in found(world, "has:home", lens)) == (audience != "public")


def test_a_filter_is_saved_shown_renamed_and_deleted(world: Project) -> None:
    made = saved_filters.save(world, " My   people ", "kind:npc", group_by="status")
    assert [(f.name, f.query, f.group_by) for f in saved_filters.listing(world)] == [
        ("My people", "kind:npc", "status")
    ]
    saved_filters.save(world, "my people", "kind:npc #old")
    assert [f.query for f in saved_filters.listing(world)] == ["kind:npc #old"]
    other = saved_filters.save(world, "Harbour", "#harbour")
    assert [f.name for f in saved_filters.listing(world)] == ["Harbour", "my people"]
    with pytest.raises(Conflict, match="already"):
        saved_filters.rename(world, other.id, "MY PEOPLE")
    saved_filters.rename(world, other.id, "Docks")
    saved_filters.delete(world, made.id)
    assert [f.name for f in saved_filters.listing(world)] == ["Docks"]
    history.undo(world)
    assert len(saved_filters.listing(world)) == 2
    with pytest.raises(Invalid, match="nothing in the filter"):
        saved_filters.save(world, "Empty", "  ")


def test_a_mistake_in_a_kind_tells_an_audience_nothing_of_kinds_that_it_does_not_see(world: Project) -> None:
    with world.commit("import", "A kind that only a file knows") as commit:
        commit.put(Entity(kind="vampire_court", name="The Pale Table"))
    party = Lens(audience="party")
    assert found(world, "kind:vampire") == ["The Pale Table"]
    for typed in ("kind:vampire", "kind:faction", "kind:xyzzy"):
        with pytest.raises(Invalid, match=f"Nothing in this world is of a kind that starts with “{typed[5:]}”"):
            found(world, typed, party)
    sentences = []
    for kind in ("vampire_court", "vampire_cellar"):
        with pytest.raises(Invalid) as refused:
            listed(world, kind=kind, lens=party)
        sentences.append(str(refused.value).replace(kind, "…"))
    assert sentences[0] == sentences[1]
    assert "vampire" not in sentences[0]
    assert "vampire_court" in [spec.name for spec in kinds.all_specs(world)]
