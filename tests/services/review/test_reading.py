"""Reading an answer with a model: what the model read is kept with what it found, and it hears of nothing hidden."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.domain.chat import Usage
from studio.domain.model_call import Finished, ModelRequest, ModelResult
from studio.domain.world import Entity
from studio.services.context import store
from studio.services.review.conductor import extract_with_model

if TYPE_CHECKING:
    from studio.domain.chat import Message
    from studio.services.workspace import Workspace
    from studio.storage.project import Project

FOUND: dict[str, Any] = {
    "entities": [{"name": "Lantern Quay", "kind": "location", "quote": "Lantern Quay", "fields": []}],
    "relations": [], "blueprint": [], "prompts": [],
}  # fmt: skip


class Scripted:
    """Answers from a list."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.requests: list[ModelRequest] = []

    async def complete(self, request: ModelRequest) -> ModelResult:
        assert request.packed
        self.requests.append(request)
        finished = Finished(finish_reason="stop", usage=Usage(), cost_usd=0.0, model=request.model)
        return ModelResult(text=self.answers.pop(0), finished=finished)


def put(project: Project, **fields: Any) -> None:
    with project.commit("test", "Put") as commit:
        commit.put(Entity.model_validate({"kind": "npc", **fields}))


async def test_what_the_model_read_is_kept_with_the_artifact(workspace: Workspace, message: Message) -> None:
    gateway: Any = Scripted(json.dumps(FOUND))
    artifact = await extract_with_model(workspace, gateway, message.id, model="x/y")
    read = await workspace.run(store.prompt, artifact.pack_hash)
    assert read.messages == gateway.requests[0].messages
    assert read.pack.purpose == "extraction"
    assert read.pack.items[-1].ref == message.id


async def test_each_turn_of_mending_is_a_pack_of_its_own_and_all_are_kept(
    workspace: Workspace, message: Message
) -> None:
    broken = FOUND | {"entities": [*FOUND["entities"], {"name": "X", "kind": "nonsense"}]}
    gateway: Any = Scripted(json.dumps(broken), json.dumps(FOUND))
    artifact = await extract_with_model(workspace, gateway, message.id, model="x/y")
    first, second = (r.pack.hash for r in gateway.requests)
    assert artifact.pack_hash == second != first
    assert (await workspace.run(store.prompt, first)).messages == gateway.requests[0].messages
    assert [m.role for m in gateway.requests[1].messages] == ["system", "user", "assistant", "user"]


async def test_a_model_that_reads_hears_no_name_that_is_marked_never(workspace: Workspace, message: Message) -> None:
    await workspace.run(put, name="Ilse Dorn")
    await workspace.run(put, name="The Ninth", ai_visibility="never")
    gateway: Any = Scripted(json.dumps(FOUND))
    await extract_with_model(workspace, gateway, message.id, model="x/y")
    asked = "".join(m.content for m in gateway.requests[0].messages)
    assert "Ilse Dorn (npc)" in asked
    assert "The Ninth" not in asked
