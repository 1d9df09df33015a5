"""Search over the whole project: by name, with slips, by text of every kind, by tag, and only what one may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.blueprint import Blueprint, Pitch
from studio.domain.chat import Message, Part, Thread
from studio.domain.lens import Lens
from studio.domain.recipe import Block, Recipe, RecipeVersion
from studio.domain.world import Alias, Entity, Entry
from studio.services import find as finding
from studio.services.chat import threads
from studio.services.find import MARK, find
from studio.services.world import entities, trash
from studio.storage.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "find.ttrpg", name="Find", author="Ana", device="test")
    with made.commit("test", "Fill") as commit:
        commit.put(
            Entity(kind="faction", name="Ashen Concord", summary="A brittle alliance.", body="Keeps the salt roads.",
                   aliases=(Alias(name="The Ash"), Alias(name="Cinder Hand", kind="secret")), visibility="public")
        )  # fmt: skip
        commit.put(Entity(kind="location", name="Port Ash", body="The Concord's harbour. > no secret", tags=("coast",)))
        commit.put(Entity(kind="npc", name="Ilse Dorn", fields={"role": "marshal", "secret": "a vampire"}))
        commit.put(Entry(title="Session one", body="They crossed the glass desert.", tags=("coast",)))
        thread = commit.put(Thread(title="Salt cities"))
        commit.put(Message(thread_id=thread.id, role="user", parts=(Part(text="Who guards the obsidian gate?"),)))
        commit.put(Blueprint(pitch=Pitch(premise="Debt drowns a city of bells.", themes=("memory",))))
        recipe = commit.put(Recipe(slug="portrait", title="Portrait of an officer", latest=2, tags=("art",)))
        for n, text in ((1, "in oil paint"), (2, "in charcoal, backlit")):
            commit.put(RecipeVersion(recipe_id=recipe.id, n=n, blocks=(Block(text=text),)))
    yield made
    made.close()


def names(project: Project, query: str, **more: object) -> list[str]:
    return [hit.name for hit in find(project, query, **more)]  # pyright: ignore[reportArgumentType]


def test_a_name_that_fits_whole_comes_before_one_that_only_has_the_word(project: Project) -> None:
    entities.create_entity(project, kind="item", name="Ash")
    assert names(project, "ash")[:3] == ["Ash", "Ashen Concord", "Port Ash"]


def test_an_alias_leads_to_its_entity_and_says_so(project: Project) -> None:
    hit = find(project, "the ash")[0]
    assert (hit.name, hit.why) == ("Ashen Concord", "Also called “The Ash”")


@pytest.mark.parametrize("typed", ["conocrd", "ashen conocrd", "Ashn Concord", "ashenconcord", "Conccord", "conocr"])
def test_a_slip_of_the_keyboard_still_finds_the_name(project: Project, typed: str) -> None:
    assert names(project, typed)[0] == "Ashen Concord"
    assert find(project, typed)[0].why == "Spelled nearly so"


def test_a_slip_in_a_title_is_forgiven_too(project: Project) -> None:
    assert names(project, "sesion one")[0] == "Session one"


def test_short_words_are_taken_as_typed(project: Project) -> None:
    assert names(project, "osh") == []


def test_names_known_after_a_change_are_found_with_slips_at_once(project: Project) -> None:
    assert names(project, "mirrel") == []
    entities.create_entity(project, kind="npc", name="Mirel Thane")
    assert names(project, "mirrel") == ["Mirel Thane"]


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("salt roads", "faction", "Ashen Concord"),
        ("marshal", "npc", "Ilse Dorn"),
        ("glass desert", "entry", "Session one"),
        ("obsidian", "message", "Salt cities"),
        ("drowns bells", "blueprint", "Untitled blueprint"),
        ("memory", "blueprint", "Untitled blueprint"),
        ("charcoal", "recipe", "Portrait of an officer"),
        ("salt cities", "thread", "Salt cities"),
    ],
)
def test_every_kind_of_text_is_found(project: Project, typed: str, kind: str, name: str) -> None:
    hit = find(project, typed)[0]
    assert (hit.kind, hit.name) == (kind, name)


def test_the_snippet_marks_the_words(project: Project) -> None:
    hit = find(project, "glass")[0]
    assert f"{MARK}glass{finding.UNMARK}" in hit.snippet


def test_an_entity_found_by_name_shows_its_summary(project: Project) -> None:
    assert find(project, "ashen")[0].snippet == "A brittle alliance."


def test_a_message_says_who_wrote_it_and_where_the_words_stand(project: Project) -> None:
    hit = find(project, "obsidian gate")[0]
    assert hit.why == "You said"
    assert hit.span == (15, 28)


def test_an_old_version_of_a_recipe_says_so(project: Project) -> None:
    assert [(h.name, h.why) for h in find(project, "oil paint")] == [
        ("Portrait of an officer", "In version 1 of its text")
    ]


def test_kinds_narrow_the_search(project: Project) -> None:
    assert names(project, "ash", kinds=("location",)) == ["Port Ash"]
    assert {h.kind for h in find(project, "concord", kinds=finding.GROUPS["world"])} == {"faction", "location"}
    assert names(project, "salt", kinds=finding.GROUPS["chats"]) == ["Salt cities"]
    assert names(project, "charcoal", kinds=finding.GROUPS["forge"]) == ["Portrait of an officer"]
    assert names(project, "charcoal", kinds=finding.GROUPS["world"]) == []


def test_a_tag_finds_what_carries_it(project: Project) -> None:
    assert set(names(project, "#coast")) == {"Port Ash", "Session one"}
    assert names(project, "#coa", kinds=("entry",)) == ["Session one"]


def test_players_find_nothing_that_is_not_theirs(project: Project) -> None:
    assert names(project, "ash", lens=Lens(audience="party")) == ["Ashen Concord"]
    assert names(project, "cinder hand", lens=Lens(audience="party")) == []
    assert names(project, "cindr hand", lens=Lens(audience="party")) == []
    assert names(project, "the ash", lens=Lens(audience="party")) == ["Ashen Concord"]
    assert names(project, "obsidian", lens=Lens(audience="party")) == []
    assert names(project, "vampire", lens=Lens(audience="public")) == []
    assert names(project, "vampire") == ["Ilse Dorn"]


def test_what_lies_in_the_trash_is_not_found(project: Project) -> None:
    entity = find(project, "port ash")[0]
    trash.delete(project, [entity.id])
    thread = find(project, "salt cities")[0]
    threads.delete_thread(project, thread.id)
    assert names(project, "port ash") == []
    assert names(project, "obsidian") == []


@pytest.mark.parametrize("typed", ["", "   ", "#", '"*', "((", "a\x00b", "' OR 1=1 --", "%", "_"])
def test_odd_queries_find_little_and_break_nothing(project: Project, typed: str) -> None:
    assert len(find(project, typed)) <= 30


def test_a_record_comes_once_with_its_name_and_its_snippet(project: Project) -> None:
    entities.create_entity(project, kind="item", name="Bell", body="The bell of Bellhouse.")
    hits = [hit for hit in find(project, "bell") if hit.name == "Bell"]
    assert len(hits) == 1
    assert MARK in hits[0].snippet
