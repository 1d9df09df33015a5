"""Finding names and texts: what is typed meets what is there, and no audience sees what it may not."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.chat import Message, Part, Thread
from studio.domain.lens import Lens
from studio.domain.world import Alias, Entity, Entry
from studio.storage import search
from studio.storage.project import Project


@pytest.fixture
def filled(project: Project) -> Project:
    """People and notes, some of them secret."""
    with project.commit("test", "fill") as commit:
        commit.put(Entity(kind="npc", name="Mirél Thane", aliases=(Alias(name="The Captain"),), visibility="party"))
        commit.put(Entity(kind="npc", name="Amir", visibility="gm", body="Knows [[Mirel Thane]]."))
        commit.put(
            Entity(
                kind="location",
                name="Old Mire",
                visibility="public",
                summary="A wet lantern.",
                body="Open words.\n\n> [!secret]\n> The treasure lies below.\n",
                fields={"hidden_details": ["A trapdoor"], "known_for": ["eels"]},
            )
        )
        commit.put(Entry(title="Log", body="The lantern burned.", visibility="party"))
        commit.put(Entry(title="Plan", body="The lantern goes out.", visibility="gm"))
        thread = commit.put(Thread(title="Lantern talk"))
        commit.put(Message(thread_id=thread.id, role="user", parts=(Part(text="about a lantern"),)))
    return project  # fmt: skip


def names(project: Project, typed: str, **more: Any) -> list[str]:
    return [hit.name for hit in search.names(project.sql, typed, **more)]


def texts(project: Project, typed: str, **more: Any) -> set[str]:
    return {hit.title or hit.kind for hit in search.texts(project.sql, typed, **more)}


def test_names_are_met_from_the_start_then_words_then_inside(filled: Project) -> None:
    assert names(filled, "mir") == ["Mirél Thane", "Old Mire", "Amir"]


def test_accents_case_and_quotes_do_not_matter(filled: Project) -> None:
    assert names(filled, "MIREL") == names(filled, "mirél") == ["Mirél Thane"]


def test_an_alias_finds_its_owner_once(filled: Project) -> None:
    assert names(filled, "captain") == ["Mirél Thane"]


def test_kinds_narrow(filled: Project) -> None:
    assert names(filled, "mir", kinds=("location",)) == ["Old Mire"]


@pytest.mark.parametrize(("audience", "expected"), [("gm", 3), ("party", 2), ("public", 1), ("nobody-knows", 1)])
def test_an_audience_sees_only_its_own_names(filled: Project, audience: str, expected: int) -> None:
    assert len(names(filled, "mir", lens=Lens(audience=audience))) == expected


def test_an_audience_sees_only_its_own_texts(filled: Project) -> None:
    assert texts(filled, "lantern") == {"Old Mire", "Log", "Plan", "Lantern talk", "message"}
    assert texts(filled, "lantern", lens=Lens(audience="party")) == {"Old Mire", "Log"}
    assert texts(filled, "lantern", lens=Lens(audience="public")) == {"Old Mire"}


@pytest.mark.parametrize("word", ["treasure", "trapdoor"])
def test_secrets_on_open_pages_are_found_by_the_game_master_only(filled: Project, word: str) -> None:
    assert texts(filled, word) == {"Old Mire"}
    assert texts(filled, word, lens=Lens(audience="party")) == set()
    assert texts(filled, word, lens=Lens(audience="public")) == set()


def test_no_snippet_shows_a_secret_to_others(filled: Project) -> None:
    for audience in ("party", "public"):
        for hit in search.texts(filled.sql, "wet", lens=Lens(audience=audience)):
            assert "treasure" not in hit.snippet


def test_the_last_word_may_be_unfinished_and_all_must_be_there(filled: Project) -> None:
    assert texts(filled, "lantern burn") == {"Log"}
    assert texts(filled, "lantern missing") == set()
    assert texts(filled, "") == texts(filled, "  ?!") == set()


def test_backlinks_follow_names_and_aliases(filled: Project) -> None:
    mirel = filled.all(Entity, "name = ?", ("Mirél Thane",))[0]
    amir = filled.all(Entity, "name = ?", ("Amir",))[0]
    assert search.backlinks(filled.sql, mirel.id) == [(amir.id, "npc")]


def test_the_trash_is_not_found(filled: Project) -> None:
    amir = filled.all(Entity, "name = ?", ("Amir",))[0]
    with filled.commit("test", "trash") as commit:
        commit.delete(amir)
    assert "Amir" not in names(filled, "mir")
    assert search.by_name(filled.sql, "amir") == []
    with filled.commit("test", "back") as commit:
        commit.put(filled.get(Entity, amir.id, deleted=True).model_copy(update={"deleted_at": None}))
    assert "Amir" in names(filled, "mir")


@given(typed=st.text(max_size=30))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_no_error(filled: Project, typed: str) -> None:
    for audience in ("gm", "party"):
        search.texts(filled.sql, typed, lens=Lens(audience=audience))
        search.names(filled.sql, typed.replace("\x00", ""), lens=Lens(audience=audience))
