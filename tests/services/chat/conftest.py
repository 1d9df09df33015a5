"""A project in which people talk, and a model that says what a test tells it to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.chat import Thread, Usage
from studio.domain.model_call import Delta, Finished, ModelError, ModelEvent, ModelRequest, NoModel, Started
from studio.services.chat import threads
from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "Coast.ttrpg", name="Coast", author="me", device="test")
    yield made
    made.close()


@pytest.fixture
def thread(workspace: Workspace) -> Thread:
    return workspace.run_now(threads.create_thread)


class _Route:
    context = 32_000
    price = None


class ScriptedModels:
    """Knows one provider: `test/…`."""

    def route(self, model: str) -> Any:
        if not model.startswith("test/"):
            raise NoModel(f"No connection is set up for {model}.")
        return _Route()

    def available(self) -> tuple[Any, ...]:
        return ()


class ScriptedGateway:
    """Streams the words it was given, then ends, fails or waits for ever."""

    def __init__(self, *words: str, error: ModelError | None = None, hang: bool = False, finish: str = "stop") -> None:
        self.models = ScriptedModels()
        self.words = words
        self.error = error
        self.hang = hang
        self.finish: Any = finish
        self.requests: list[ModelRequest] = []
        self.closed = 0
        self.said = asyncio.Event()

    async def stream(self, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        self.requests.append(request)
        try:
            yield Started(model=request.model)
            for word in self.words:
                await asyncio.sleep(0)
                yield Delta(text=word)
            self.said.set()
            if self.hang:
                await asyncio.Event().wait()
            if self.error is not None:
                raise self.error
            used = Usage(input_tokens=10, output_tokens=len(self.words))
            yield Finished(finish_reason=self.finish, usage=used, cost_usd=0.01, model=request.model)
        finally:
            self.closed += 1
