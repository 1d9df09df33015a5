"""Letting a model judge texts of the open project: which pairs, for how much, and what it said of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.domain.chat import Usage
from studio.services.context import store
from studio.services.continuity import judge, judged
from studio.services.continuity.watch import read_world
from studio.services.llm.metering import cost_of, estimate_input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.domain.continuity import Finding
    from studio.services.context.prompt import Prompt
    from studio.services.continuity.facts import World
    from studio.services.continuity.judge import Completes, Judged, Pair
    from studio.services.llm.provider import Price
    from studio.services.workspace import Workspace
    from studio.storage.project import Project

ANSWER = 55
"""Tokens that a verdict on one pair takes, about."""


class Bench:
    """The pairs that a model could be asked about, the most alike first, and the world that they are from."""

    def __init__(self, workspace: Workspace, world: World, pairs: list[Pair]) -> None:
        self._workspace = workspace
        self._world = world
        self.pairs = pairs

    @classmethod
    async def choose(cls, workspace: Workspace, known: Iterable[Finding]) -> Bench:
        """Read the world and choose. What is in `known` already is left out, and what no model may read."""
        untold = await workspace.run(judge.withheld)
        world = await read_world(workspace)
        pairs = await asyncio.to_thread(lambda: judge.pairs(world, known=list(known), untold=untold))
        return cls(workspace, world, pairs)

    def estimate(self, most: int, price: Price | None) -> tuple[Usage, float | None]:
        """What asking about so many would use and cost, about; None where nobody knows the price."""
        chosen = self.pairs[:most]
        asked = sum(estimate_input(prompt.messages) for prompt, _ in judge.requests(self._world, chosen, model="any"))
        usage = Usage(input_tokens=asked, output_tokens=ANSWER * len(chosen), estimated=True)
        return usage, cost_of(usage, price)

    async def ask(
        self, gateway: Completes, *, model: str, most: int, progress: Callable[[float], object] = lambda _: None
    ) -> Judged:
        """Ask about so many. What the model read and what it found are kept, also where this is cancelled half-way."""
        chosen = self.pairs[:most]
        prompts: list[Prompt] = []
        found: list[Finding] = []

        def heard(asked: int, some: Iterable[Finding]) -> None:
            found.extend(some)
            progress(asked / len(chosen))

        try:
            return await judge.ask(self._world, chosen, gateway, model=model, on_prompt=prompts.append, on_found=heard)
        finally:
            if prompts:
                await asyncio.shield(self._workspace.run(_keep, prompts, found))


def _keep(project: Project, prompts: list[Prompt], found: list[Finding]) -> None:
    store.keep(project, prompts)
    judged.keep(project, found)
