"""What is remembered of a project is never stale: not after a change, an undo, an import, or inside a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import RecordId
from studio.domain.recipe import Block, Slot
from studio.domain.world import Entity
from studio.observability import metrics
from studio.services import history
from studio.services.forge.content import Content
from studio.services.forge.render import render_content
from studio.services.recent import Recent
from studio.services.world.entities import create_entity, update_entity
from studio.storage.project import Project

if TYPE_CHECKING:
    from pathlib import Path


def names(project: Project) -> str:
    return ", ".join(e.name for e in project.all(Entity))


def test_it_is_made_once_until_something_changes(project: Project) -> None:
    recent: Recent[str] = Recent("test", most=10)
    made = []

    def get() -> str:
        return recent.get(project, "names", lambda: made.append(1) or names(project))

    assert get() == get() == ""
    assert len(made) == 1
    mirel = create_entity(project, kind="npc", name="Mirel")
    assert get() == "Mirel"
    history.undo(project)
    assert get() == ""
    history.redo(project)
    assert get() == "Mirel"
    with project.commit("test", "Half way") as commit:
        commit.put(mirel.model_copy(update={"name": "Ash"}))
        assert get() == "Ash"
    assert get() == "Ash"


def test_a_commit_that_fails_leaves_nothing_behind(project: Project) -> None:
    recent: Recent[str] = Recent("test", most=10)
    mirel = create_entity(project, kind="npc", name="Mirel")

    def fail() -> None:
        with project.commit("test", "Fails") as commit:
            commit.put(mirel.model_copy(update={"name": "Ash"}))
            assert recent.get(project, 1, lambda: names(project)) == "Ash"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert recent.get(project, 1, lambda: names(project)) == "Mirel"


def test_it_holds_no_more_than_it_may_and_counts_hits(project: Project) -> None:
    recent: Recent[int] = Recent("small", most=3)
    for n in (1, 2, 3, 1, 4, 1, 2):
        assert recent.get(project, n, lambda n=n: n) == n
    counters = metrics.session.counters()
    assert (counters["cache.small.hit"], counters["cache.small.miss"]) == (2, 5)


def test_two_open_projects_never_see_each_others(project: Project, tmp_path: Path) -> None:
    other = Project.create(tmp_path / "o.ttrpg", name="O", author="me", device="d")
    recent: Recent[str] = Recent("test", most=10)
    try:
        create_entity(project, kind="npc", name="Mirel")
        assert recent.get(project, 1, lambda: names(project)) == "Mirel"
        assert recent.get(other, 1, lambda: names(other)) == ""
    finally:
        other.close()


def test_a_prompt_of_an_entity_is_rendered_anew_after_the_entity_changed(project: Project) -> None:
    mirel = create_entity(project, kind="npc", name="Mirel", summary="A smuggler.")
    content = Content(
        blocks=(Block(role="user", text="Paint {{ who }}."),),
        slots=(Slot(name="who", type="entity", required=True),),
    )
    render = lambda: render_content(project, content, {"who": RecordId(mirel.id)}).text  # noqa: E731
    assert "A smuggler." in render()
    hits = metrics.session.counters().get("cache.prompts.hit", 0)
    assert "A smuggler." in render()
    assert metrics.session.counters()["cache.prompts.hit"] == hits + 1
    update_entity(project, mirel.id, {"summary": "A saint."})
    assert "A saint." in render()
    history.undo(project)
    assert "A smuggler." in render()
