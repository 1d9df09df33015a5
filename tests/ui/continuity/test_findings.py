"""The findings that the window holds: they follow commits, a whole check can be stopped, entries tell of theirs."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from studio.domain.world import Entity
from studio.services.continuity import rulings
from studio.services.world import entities
from studio.storage.project import Project
from studio.ui.context import StudioContext
from studio.ui.kit import Button
from studio.ui.world.conflicts import ConflictBanner

DEAD_FIRST = {"birth": {"year": 840}, "death": {"year": 812}}


@pytest.fixture
def following(ctx: StudioContext, qtbot: QtBot) -> Iterator[StudioContext]:
    ctx.findings.attach(ctx.workspace, ctx.tasks, ctx.lens)
    qtbot.waitUntil(lambda: ctx.findings.is_checked)
    yield ctx
    ctx.findings.release()


def tam(project: Project) -> Entity:
    return entities.create_entity(project, kind="npc", name="Tam", fields=DEAD_FIRST)


def types(ctx: StudioContext) -> list[str]:
    return [one.type for one in ctx.findings.value]


def opened(ctx: StudioContext) -> int:
    return ctx.findings.counts.open if ctx.findings.counts else -1


def test_findings_follow_commits_and_rulings(following: StudioContext, run: Any, qtbot: QtBot) -> None:
    made = run(following.workspace.run(tam))
    qtbot.waitUntil(lambda: types(following) == ["end_before_start"] and opened(following) == 1)
    finding = following.findings.value[0]
    run(following.workspace.run(rulings.ignore, finding, reason="Undead."))
    qtbot.waitUntil(lambda: opened(following) == 0)
    run(following.workspace.run(entities.update_entity, made.id, {"fields.death": None}))
    qtbot.waitUntil(lambda: types(following) == [])


def test_a_gate_that_asks_at_once_hears_of_the_last_commit(following: StudioContext, run: Any) -> None:
    run(following.workspace.run(tam))
    found = run(following.findings.settled())
    assert [one.type for one in found] == ["end_before_start"]


def test_a_whole_check_is_a_job_that_says_what_it_found(following: StudioContext, run: Any, qtbot: QtBot) -> None:
    run(following.workspace.run(tam))
    following.findings.check_all()
    qtbot.waitUntil(lambda: [job.state for job in following.tasks.jobs] == ["done"])
    assert following.tasks.jobs[0].sentence == "1 waits for an answer."


def test_a_stopped_check_keeps_what_was_known(following: StudioContext, run: Any, qtbot: QtBot) -> None:
    run(following.workspace.run(tam))
    qtbot.waitUntil(lambda: types(following) == ["end_before_start"])
    following.findings.check_all()
    qtbot.waitUntil(lambda: bool(following.tasks.jobs))
    following.tasks.jobs[0].cancel()
    qtbot.waitUntil(lambda: following.tasks.jobs[0].state in ("cancelled", "done"))
    assert types(following) == ["end_before_start"]


def test_an_entry_tells_at_its_top_what_is_found_about_it(following: StudioContext, run: Any, qtbot: QtBot) -> None:
    made = run(following.workspace.run(tam))
    banner = ConflictBanner(following)
    qtbot.addWidget(banner)
    banner.show_entity(made)
    qtbot.waitUntil(lambda: banner.text() == "Tam ends (812) before it begins (840).")
    asked: list[tuple[str, str]] = []
    following.hub.conflicts.connect(lambda *about: asked.append(about))
    next(b for b in banner.findChildren(Button) if b.text() == "Answer…").click()
    assert asked == [(made.id, "Tam")]
    run(following.workspace.run(rulings.ignore, following.findings.value[0], reason="Undead."))
    qtbot.waitUntil(lambda: banner.text() == "")
    assert not [label for label in banner.findChildren(QLabel) if label.isVisible()]
