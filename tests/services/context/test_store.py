"""Packs are kept with their texts: through edits, replays and bundles."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.chat import Thread
from studio.domain.errors import NotFound
from studio.services.chat import messages
from studio.services.chat.conductor import Conductor
from studio.services.context import store, view
from studio.services.context.diff import diff
from studio.services.exchange.pack import Pack, write_pack
from studio.services.workspace import Workspace
from tests.services.chat.conftest import ScriptedGateway
from tests.services.context.conftest import put

if TYPE_CHECKING:
    from pathlib import Path


async def answered(workspace: Workspace, question: str) -> tuple[Any, ScriptedGateway, Conductor]:
    gateway = ScriptedGateway("So ", "be it.")
    conductor = Conductor(workspace, lambda: gateway, default_model=lambda: "test/m")
    [thread] = await workspace.run(put, Thread())
    return await (await conductor.ask(thread.id, question)).wait(), gateway, conductor


async def test_an_answer_can_be_asked_again_with_the_same_words_after_the_world_has_changed(
    workspace: Workspace, world: dict[str, Any]
) -> None:
    answer, gateway, conductor = await answered(workspace, "Who leads House Veyra?")
    await workspace.run(put, world["veyra"].model_copy(update={"summary": "Pirates.", "ai_visibility": "never"}))
    again = await (await conductor.replay(answer.id)).wait()
    assert again is not None
    assert (again.parent_id, again.pack_hash) == (answer.parent_id, answer.pack_hash)
    assert gateway.requests[0].messages == gateway.requests[1].messages
    anew = await (await conductor.regenerate(answer.id)).wait()
    assert anew is not None
    assert anew.pack_hash != answer.pack_hash


async def test_another_model_may_read_the_same_words(workspace: Workspace, world: dict[str, Any]) -> None:
    answer, gateway, conductor = await answered(workspace, "Who leads House Veyra?")
    other = await (await conductor.replay(answer.id, model="test/other")).wait()
    assert other is not None
    assert gateway.requests[1].messages == gateway.requests[0].messages
    found = await workspace.run(store.pack, other.pack_hash)
    assert found.model == "test/other"
    assert diff(await workspace.run(store.pack, answer.pack_hash), found).setup == (("model", "test/m", "test/other"),)


async def test_what_has_changed_since_is_told(workspace: Workspace, world: dict[str, Any]) -> None:
    answer, *_ = await answered(workspace, "Who leads House Veyra?")
    before = await workspace.run(view.viewed, answer.pack_hash)
    await workspace.run(put, world["veyra"].model_copy(update={"summary": "Pirates."}))
    await workspace.run(lambda p: _bin(p, world["orla"]))
    seen = await workspace.run(view.viewed, answer.pack_hash)
    assert seen.prompt == before.prompt
    assert seen.revs[world["veyra"].id] == before.revs[world["veyra"].id] + 1
    assert seen.revs[world["orla"].id] == view.GONE


def _bin(project: Any, record: Any) -> None:
    with project.commit("test", "Bin") as commit:
        commit.delete(record)


async def test_packs_come_along_in_a_bundle(workspace: Workspace, world: dict[str, Any], tmp_path: Path) -> None:
    answer, *_ = await answered(workspace, "Who leads House Veyra?")
    here = await workspace.run(store.prompt, answer.pack_hash)
    await workspace.run(write_pack, tmp_path / "coast.ttrpgpack")
    new = tmp_path / "There.ttrpg"
    there = await asyncio.to_thread(Workspace.create, new, name="There", author="me", device="test")
    try:
        await there.run(lambda p: Pack(tmp_path / "coast.ttrpgpack").adopt(p))
        moved = await there.run(messages.message, answer.id)
        assert await there.run(store.prompt, moved.pack_hash) == here
    finally:
        await asyncio.to_thread(there.close)


async def test_a_continued_answer_keeps_what_its_last_part_read(workspace: Workspace, world: dict[str, Any]) -> None:
    answer, gateway, conductor = await answered(workspace, "Who leads House Veyra?")
    longer = await (await conductor.go_on(answer.id)).wait()
    assert longer is not None
    assert longer.text == "So be it.So be it."
    found = await workspace.run(store.prompt, longer.pack_hash)
    assert found.messages == gateway.requests[-1].messages
    assert [m.role for m in found.messages][-3:] == ["user", "assistant", "user"]


async def test_keeping_changes_no_record_and_writes_no_history(workspace: Workspace, world: dict[str, Any]) -> None:
    answer, *_ = await answered(workspace, "Who leads House Veyra?")
    prompt = await workspace.run(store.prompt, answer.pack_hash)
    count = lambda p: p.sql.execute("SELECT count(*) FROM commit_log").fetchone()[0]  # noqa: E731
    before = await workspace.run(count)
    await workspace.run(store.keep, [prompt])
    assert await workspace.run(count) == before


def test_an_answer_from_elsewhere_has_no_pack_and_that_is_said(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="isn't kept"):
        workspace.run_now(store.pack, "0" * 64)
