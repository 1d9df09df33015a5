"""Asking a model from start to end without a window: the question is kept, the answer streams, and it is kept too."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid, NotFound
from studio.services.chat import threads
from studio.services.chat.conductor import Conductor
from studio.services.chat.recorded import RECORDED, Recorded
from studio.services.context.tokens import Counter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from studio.domain.candidate import Extraction, Known
    from studio.domain.chat import Message
    from studio.domain.ids import RecordId
    from studio.domain.lens import Lens
    from studio.services.context.prompt import Prompt
    from studio.services.continuity.judge import Judged
    from studio.services.workspace import Workspace
    from studio.settings import Settings
    from studio.storage.project import Project

FIRST_COUNT = 30.0
"""Seconds that an engine may take to start and count: without a window nobody waits for a key to be drawn."""
LOOK = 0.03
"""Seconds between two looks at what has come."""


async def ask(
    workspace: Workspace, text: str, *, thread: str = "", model: str = "", on_text: Callable[[str], object] = str
) -> Message:
    """Ask in a chat, by its title or id, or in a new one; `on_text` gets the answer as it comes. Gives the answer.

    Raises ModelError, with what had come stored. A recorded answer needs no model and no network.
    """
    settings = await asyncio.to_thread(_settings)
    default = settings.start_model
    async with _gateway(model) as (gateway, engine):
        if gateway is not None and not thread:
            gateway.models.route(model or default)
        thread_id = await workspace.run(_thread, thread, text, model)
        conductor = Conductor(
            workspace, lambda: gateway, default_model=lambda: default, recorded=Recorded(pause=0),
            counter=Counter(lambda: engine, patience=FIRST_COUNT), established=lambda: settings.model_reads,
        )  # fmt: skip
        answering = await conductor.ask(thread_id, text)
        try:
            while answering.running:
                await asyncio.sleep(LOOK)
                if fresh := answering.take():
                    on_text(fresh)
        except asyncio.CancelledError:
            answering.stop()
            await answering.wait()
            raise
        answer = await answering.wait()
        if rest := answering.take():
            on_text(rest)
    if answer is None:
        raise NotFound("No answer came.")
    return answer


async def context_of(workspace: Workspace, question: str, *, lens: Lens, budget: int, model: str = "") -> Prompt:
    """What a model would read for a question. Tokens are counted by an engine that is started for it."""
    from studio.engine.client import EngineClient
    from studio.services.context.asked import prompt_for

    settings = await asyncio.to_thread(_settings)
    engine = EngineClient()
    try:
        return await prompt_for(
            workspace, question, lens=lens, budget=budget, model=model or settings.start_model,
            established=settings.model_reads, counter=Counter(lambda: engine, patience=FIRST_COUNT),
        )  # fmt: skip
    finally:
        await engine.aclose()


@asynccontextmanager
async def _gateway(model: str) -> AsyncIterator[tuple[Any, Any]]:
    """The gateway and its engine; none of both for recorded answers."""
    if model == RECORDED:
        yield None, None
        return
    from studio.services.llm.headless import headless_gateway

    async with headless_gateway() as both:
        yield both


def _settings() -> Settings:
    from studio.services.folders import config_dir
    from studio.settings import SettingsStore

    return SettingsStore(config_dir()).value


def _thread(project: Project, wanted: str, text: str, model: str) -> RecordId:
    if not wanted:
        return threads.create_thread(project, title=threads.title_from(text), model=model).id
    found = [t for t in threads.list_threads(project) if wanted in (t.id, t.title)]
    if not found:
        raise NotFound(f"There is no chat “{wanted}” in this project. Leave --thread out to begin a new one.")
    if model:
        threads.configure(project, found[0].id, model=model)
    return found[0].id


async def extract_with_model(model: str, texts: Sequence[str], known: Sequence[Known]) -> list[Extraction]:
    """Read texts with a model, checked against the rules. Raises NoModel before anything is asked."""
    from studio.services.extraction.model import ModelExtractor

    async with _gateway(model) as (gateway, _):
        if gateway is None:
            raise Invalid("Recorded answers can't read texts. Use --offline, or name a model that is set up.")
        gateway.models.route(model)
        extractor = ModelExtractor(gateway, model=model)
        return [await extractor.extract(text, known=known) for text in texts]


async def judged_by_model(workspace: Workspace, model: str, *, most: int) -> Judged:
    """Let a model judge at most so many pairs of sentences that no rule decides; what it read is kept.

    Raises NoModel before anything is asked.
    """
    from studio.services.context import store
    from studio.services.continuity import judged as verdicts
    from studio.services.continuity.judge import inputs, judge

    prompts: list[Prompt] = []
    async with _gateway(model) as (gateway, _):
        if gateway is None:
            raise Invalid("Recorded answers can't judge texts. Name a model that is set up.")
        gateway.models.route(model)
        world, known, untold = await workspace.run(inputs)
        judged = await judge(
            world, gateway, model=model, known=known, untold=untold, most=most, on_prompt=prompts.append
        )
    if prompts:
        await workspace.run(store.keep, prompts)
        await workspace.run(verdicts.keep, judged.findings)
    return judged
