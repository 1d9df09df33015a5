"""The findings of an open project follow its commits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.candidate import Artifact, Decision, EntityCandidate, FieldCandidate, Match
from studio.domain.ids import RecordId
from studio.services import history
from studio.services.continuity import reading
from studio.services.continuity.check import check
from studio.services.continuity.watch import Watch
from studio.services.workspace import Workspace
from studio.services.world import claims, entities, relations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.domain.world import Entity
    from studio.storage.project import Project


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "world.ttrpg", name="World", author="Ana", device="test")
    yield made
    made.close()


def dead_man(project: Project) -> Entity:
    return entities.create_entity(
        project, kind="npc", name="Ana", fields={"birth": {"year": 100}, "death": {"year": 150}}
    )


async def test_a_commit_brings_findings_and_takes_them_back(workspace: Workspace) -> None:
    watch = Watch(workspace)
    assert watch.is_behind
    await watch.catch_up()
    ana = await workspace.run(dead_man)
    guild = await workspace.run(lambda p: entities.create_entity(p, kind="faction", name="The Guild"))
    assert (await watch.catch_up()).added == ()
    await workspace.run(relations.add_relation, ana.id, "serves", guild.id, valid_from={"year": 170})
    assert watch.is_behind
    change = await watch.catch_up()
    assert [one.type for one in change.added] == ["posthumous"]
    assert watch.findings == change.added
    assert watch.findings == tuple(await workspace.run(check))
    await workspace.run(history.undo)
    change = await watch.catch_up()
    assert [one.type for one in change.gone] == ["posthumous"]
    assert watch.findings == ()
    assert not watch.is_behind


async def test_only_what_has_to_do_with_the_change_is_asked_again(workspace: Workspace) -> None:
    ana = await workspace.run(dead_man)
    for n in range(40):
        await workspace.run(lambda p, n=n: entities.create_entity(p, kind="npc", name=f"Guest {n}"))
    watch = Watch(workspace)
    assert (await watch.check_all()).asked == 41
    await workspace.run(claims.add_claim, ana.id, "eye_colour", "grey")
    assert (await watch.catch_up()).asked <= 2


async def test_another_calendar_changes_what_every_date_means(workspace: Workspace) -> None:
    from studio.services.world import calendars

    watch = Watch(workspace)
    await workspace.run(
        lambda p: entities.create_entity(
            p, kind="event", name="Siege", fields={"start": {"text": "5 Reed 800"}, "end": {"text": "5 Thaw 800"}}
        )
    )
    await watch.catch_up()
    assert watch.findings == ()
    months = [{"name": name, "days": 30} for name in ("Thaw", "Reed")]
    await workspace.run(lambda p: calendars.add_calendar(p, {"key": "tide", "name": "Tides", "months": months}))
    await watch.catch_up()
    assert [one.type for one in watch.findings] == ["end_before_start"]


async def test_what_is_committed_while_it_reads_is_not_missed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SLICE", 2)
    people = [await workspace.run(dead_man)]
    for n in range(5):
        people.append(await workspace.run(lambda p, n=n: entities.create_entity(p, kind="npc", name=f"Guest {n}")))
    watch = Watch(workspace)
    asked = 0

    def meanwhile(part: float) -> None:
        nonlocal asked
        asked += 1

    checking = asyncio.create_task(watch.check_all(progress=meanwhile))
    await asyncio.sleep(0)
    await workspace.run(entities.update_entity, people[-1].id, {"body": "See [[Nobody]]."})
    await checking
    await watch.catch_up()
    assert asked
    assert watch.findings == tuple(await workspace.run(check))
    assert [one.type for one in watch.findings] == ["dangling_link"]


async def test_a_stopped_check_keeps_what_it_found_and_starts_anew_next_time(workspace: Workspace) -> None:
    await workspace.run(lambda p: entities.create_entity(p, kind="npc", name="Ana", body="[[Nobody]]"))
    watch = Watch(workspace)
    await watch.check_all(cancelled=lambda: True)
    assert watch.is_behind
    await watch.catch_up()
    assert len(watch.findings) == 1
    assert not watch.is_behind


async def test_a_cancelled_follow_loses_no_commit(workspace: Workspace) -> None:
    watch = Watch(workspace)
    await watch.catch_up()
    await workspace.run(lambda p: entities.create_entity(p, kind="npc", name="Ana", body="[[Nobody]]"))
    following = asyncio.create_task(watch.catch_up())
    await asyncio.sleep(0)
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following
    assert watch.is_behind
    await watch.catch_up()
    assert [one.type for one in watch.findings] == ["dangling_link"]


def later_birth(ana: Entity) -> Artifact:
    """An answer that has somebody born after their death."""
    born = (FieldCandidate(value="170", confidence=0.9, basis="inferred"),)
    match = Match(id=ana.id, name=ana.name, score=1.0, how="name")
    found = EntityCandidate(
        key="e1", kind="npc", name="Ana", confidence=0.9, op="update", match=match, fields={"birth": born}
    )
    return Artifact(source_message=RecordId("m"), text_hash="h", extraction_version="t@1", candidates=(found,))


async def test_looking_ahead_knows_what_was_just_saved_and_leaves_the_findings_alone(workspace: Workspace) -> None:
    watch = Watch(workspace)
    await watch.catch_up()
    ana = await workspace.run(dead_man)
    overwrite = {"e1": Decision(overwrite=("birth",))}
    (one,) = await watch.look_ahead(later_birth(ana), overwrite)
    assert (one.candidate, one.finding.type) == ("e1", "end_before_start")
    assert watch.findings == ()
    assert await watch.look_ahead(later_birth(ana), {}) == []
    assert (await watch.catch_up()).added == ()


async def test_work_that_is_cancelled_is_waited_for_so_that_nobody_else_meets_it(workspace: Workspace) -> None:
    ana = await workspace.run(dead_man)
    watch = Watch(workspace)
    await watch.catch_up()
    for _ in range(5):
        look = asyncio.ensure_future(watch.look_ahead(later_birth(ana), {"e1": Decision(overwrite=("birth",))}))
        await asyncio.sleep(0)
        look.cancel()
    assert await watch.look_ahead(later_birth(ana), {}) == []
    assert watch.findings == ()


class Knowing:
    """An index that knows of one pair that is near in meaning."""

    def __init__(self, *pair: RecordId) -> None:
        self.pair = pair

    async def alike(self, kinds: list[str]) -> list[tuple[str, str, float]]:
        return [(self.pair[0], self.pair[1], 0.97)] if "npc" in kinds else []


async def test_a_full_check_asks_an_index_which_entries_are_near_in_meaning(workspace: Workspace) -> None:
    names = {
        "Odile Marchetti": "Keeps the ferry; a brass thumb and nine debts.",
        "Mother Quay": "She rows folk over the water for a coin.",
    }
    given = {"role": "ferry keeper", "pronouns": "she/her", "birth": {"year": 9}}
    one, two = await workspace.run(
        lambda p: [
            entities.create_entity(p, kind="npc", name=name, summary=said, fields=given).id
            for name, said in names.items()
        ]
    )
    watch = Watch(workspace)
    await watch.check_all()
    assert not [found for found in watch.findings if found.type == "duplicate"]
    watch.index = lambda: Knowing(one, two)  # type: ignore[assignment,return-value]
    await watch.check_all()
    assert [set(found.subjects) for found in watch.findings if found.type == "duplicate"] == [{one, two}]
