"""The sample campaign is whole: every kind, every link resolved, nothing that Undo could take away."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio import resources_dir
from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message, Thread
from studio.domain.lens import Lens
from studio.domain.recipe import Recipe
from studio.domain.text import fold, wikilinks
from studio.domain.vocabulary import CORE_KINDS, RELATIONS
from studio.domain.world import Claim, Entity, Entry, Link, Relation
from studio.services import history, sample
from studio.services.demo import QUESTION, run_demo
from studio.services.exchange.world_export import world_document
from studio.services.workspace import Workspace
from studio.services.world import calendars, fronts, kinds, map_pages, sessions, timeline


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Workspace]:
    """A fresh copy of the sample."""
    workspace = sample.create(tmp_path / "Sample.ttrpg")
    yield workspace
    workspace.close()


def test_it_shows_every_part_of_the_product(made: Workspace) -> None:
    kinds = Counter(e.kind for e in made.run_now(lambda p: p.all(Entity)))
    assert sum(kinds.values()) >= 30
    assert all(kinds[kind] >= 2 for kind in CORE_KINDS)
    for cls, least in ((Relation, 30), (Claim, 10), (Entry, 4), (Blueprint, 1), (Recipe, 3), (Thread, 2), (Message, 7)):
        assert len(made.run_now(lambda p, cls=cls: p.all(cls))) >= least
    assert made.run_now(lambda p: p.info()).sample


def test_every_view_of_the_world_has_something_to_show(made: Workspace) -> None:
    items = made.run_now(timeline.timeline).items
    assert len(items) >= 50
    assert max(i.lo for i in items) - min(i.lo for i in items) > 400 * 365
    (front, *_) = made.run_now(fronts.fronts)
    assert front.clocks
    assert any(one.done for one in front.portents)
    (page,) = [made.run_now(map_pages.map_page, e.id) for e in made.run_now(lambda p: p.all(Entity, "kind = 'map'"))]
    assert page.image is not None
    assert len(page.pins) >= 6
    assert page.width
    planned = made.run_now(sessions.sessions)[-1]
    assert {row.place for row in made.run_now(sessions.sheet, planned.id)} == {""}
    assert [row.spec.name for row in made.run_now(kinds.overview) if row.id] == ["ship"]
    assert [c.name for c in made.run_now(calendars.listing)] == ["The Tide Count"]


def test_the_party_sees_none_of_what_is_only_the_game_masters(made: Workspace) -> None:
    party = Lens(audience="party")
    (sheet,) = made.run_now(lambda p: p.all(Entity, "kind = 'map'"))
    assert "The sea door" not in [row.name for row in made.run_now(map_pages.map_page, sheet.id, party).pins]
    assert [row.name for row in made.run_now(fronts.fronts, party)] == ["The Patient Mary Affair"]
    assert "The Twelfth Letter" not in {i.title for i in made.run_now(lambda p: timeline.timeline(p, lens=party)).items}


def test_undo_finds_nothing_to_take_away_from_it(made: Workspace) -> None:
    assert made.run_now(history.state).undo is None


def test_every_link_and_mention_leads_somewhere(made: Workspace) -> None:
    entities = made.run_now(lambda p: p.all(Entity))
    known = {fold(n) for e in entities for n in e.names()}
    for entity in entities:
        for value in entity.fields.values():
            for one in value if isinstance(value, list) else [value]:
                assert not isinstance(one, Link) or one.ref, f"{entity.name}: {one}"
    texts = [e.body for e in entities] + [e.body for e in made.run_now(lambda p: p.all(Entry))]
    texts += [m.text for m in made.run_now(lambda p: p.all(Message))]
    assert {link for text in texts for link in wikilinks(text) if fold(link) not in known} == set()
    world = made.run_now(lambda p: p.all(Blueprint))[0].world
    links = [world.starting_region, *world.signature_factions, *world.antagonists]
    assert all(link is not None and link.ref for link in links)


def test_it_uses_the_words_of_the_vocabulary(made: Workspace) -> None:
    for entity in made.run_now(lambda p: p.all(Entity)):
        spec = made.run_now(kinds.spec_of, entity.kind)
        assert all(spec.field(name) for name in entity.fields), entity.name
        assert len(entity.summary) <= 400
    assert {r.type for r in made.run_now(lambda p: p.all(Relation))} <= RELATIONS.keys()


def test_it_goes_out_as_its_source_says(made: Workspace) -> None:
    source = json.loads((resources_dir() / "sample" / "world.json").read_text(encoding="utf-8"))
    assert made.run_now(world_document) == source


def test_a_chat_has_two_answers_to_one_question(made: Workspace) -> None:
    messages = made.run_now(lambda p: p.all(Message))
    siblings = Counter((m.thread_id, m.parent_id) for m in messages if m.role == "assistant")
    assert max(siblings.values()) == 2
    assert all(m.recorded for m in messages if m.role == "assistant")


def test_two_copies_are_two_projects(made: Workspace, tmp_path: Path) -> None:
    other = sample.create(tmp_path / "Other.ttrpg")
    assert other.run_now(lambda p: p.workspace_id) != made.run_now(lambda p: p.workspace_id)
    other.close()


def test_the_main_job_works_on_it_and_tells_each_step(tmp_path: Path) -> None:
    heard: list[str] = []
    done = run_demo(tmp_path / "Demo.ttrpg", tell=lambda step: heard.append(step.name))
    assert heard == [s.name for s in done.steps]
    assert {s["kind"] for s in done.saved} >= {"npc", "faction", "location", "relation", "blueprint", "recipe"}
    assert Path(done.backup).exists()
    assert QUESTION


def test_the_demo_never_goes_over_a_file(tmp_path: Path) -> None:
    from studio.domain.errors import ProjectFileError

    (tmp_path / "Demo.ttrpg").write_text("mine", encoding="utf-8")
    with pytest.raises(ProjectFileError):
        run_demo(tmp_path / "Demo.ttrpg")
    assert (tmp_path / "Demo.ttrpg").read_text(encoding="utf-8") == "mine"
