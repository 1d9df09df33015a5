"""How many tokens a text is to a model: counted by its own tokenizer in the engine, or roughly while there is none."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from math import ceil
from typing import TYPE_CHECKING, Protocol

from studio.domain.record import Frozen
from studio.engine.protocol import CallFailed
from studio.observability import metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.services.context.pieces import Wording

log = logging.getLogger(__name__)
PER_MESSAGE = 4
"""Tokens that every message, and every numbered source, costs beside its text."""
ESTIMATE = "≈estimate"
PATIENCE = 4.0
"""Seconds that the engine may take to count before a rough count does."""
REMEMBERED = 100_000
_O200K = ("gpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "gpt-6", "gpt-oss", "chatgpt-", "o1", "o3", "o4")
_CL100K = ("gpt-4", "gpt-3.5", "text-embedding-")


def estimate(text: str) -> int:
    """About one token for four Latin letters, more for other scripts; within some 15 % for prose."""
    if text.isascii():
        return ceil(len(text) / 4.1)
    wide = sum(1 for c in text if ord(c) > 0x2E7F)
    return ceil((len(text) - wide) / 3.6 + wide / 1.4)


def tokenizer_of(model: str) -> str:
    """The tokenizer of a model. One that only comes near it, since the model's own is not to be had, starts with ≈."""
    name = model.rpartition("/")[2].lower()
    if name.startswith(_O200K):
        return "o200k_base"
    if name.startswith(_CL100K):
        return "cl100k_base"
    if "claude" in name:
        return "≈claude"
    return "≈o200k_base" if "/" in model else ESTIMATE


class Counts(Frozen):
    """Tokens by the hash of the text, and who counted them."""

    tokenizer: str
    by_hash: dict[str, int]


class Engine(Protocol):
    """What is needed of the engine's client."""

    async def call(self, method: str, **params: object) -> dict[str, object]: ...


class Counter:
    """Counts, and remembers by content: a text that changed has another hash, so no count is ever stale."""

    def __init__(
        self, engine: Callable[[], Engine | None] = lambda: None, *, most: int = REMEMBERED,
        patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        self._engine = engine
        self._patience = patience
        self._most = most
        self._known: OrderedDict[tuple[str, str], int] = OrderedDict()

    async def count(self, wordings: Iterable[Wording], tokenizer: str, *, patience: float | None = None) -> Counts:
        """The tokens of these texts; roughly, and said so, where the engine can't tell within `patience` seconds."""
        wanted = {w.hash: w.text for w in wordings}
        engine = self._engine()
        if tokenizer == ESTIMATE or engine is None:
            return await asyncio.to_thread(estimated, wanted)
        known = {h: n for h in wanted if (n := self._recall(tokenizer, h)) is not None}
        metrics.session.count("cache.tokens.hit", len(known))
        missing = {h: text for h, text in wanted.items() if h not in known}
        metrics.session.count("cache.tokens.miss", len(missing))
        if missing:
            name = tokenizer.removeprefix("≈")
            fresh = await self._ask(
                engine, list(missing.values()), name, self._patience if patience is None else patience
            )
            if fresh is None:
                return await asyncio.to_thread(estimated, wanted)
            for text_hash, count in zip(missing, fresh, strict=True):
                self._remember(tokenizer, text_hash, count)
                known[text_hash] = count
        return Counts(tokenizer=tokenizer, by_hash=known)

    async def _ask(self, engine: Engine, texts: list[str], tokenizer: str, patience: float) -> list[int] | None:
        try:
            async with asyncio.timeout(patience):
                answer = await engine.call("tokens.count", tokenizer=tokenizer, texts=texts)
        except (CallFailed, TimeoutError) as error:
            log.info("tokens are counted roughly: %s", error)
            return None
        counts = answer.get("counts")
        return counts if isinstance(counts, list) and len(counts) == len(texts) else None

    def _recall(self, tokenizer: str, text_hash: str) -> int | None:
        found = self._known.get((tokenizer, text_hash))
        if found is not None:
            self._known.move_to_end((tokenizer, text_hash))
        return found

    def _remember(self, tokenizer: str, text_hash: str, count: int) -> None:
        self._known[tokenizer, text_hash] = count
        while len(self._known) > self._most:
            self._known.popitem(last=False)


def estimated(texts: dict[str, str]) -> Counts:
    """Rough counts of texts by their hash."""
    return Counts(tokenizer=ESTIMATE, by_hash={text_hash: estimate(text) for text_hash, text in texts.items()})


def roughly(wordings: Iterable[Wording]) -> Counts:
    """Rough counts, with no engine."""
    return estimated({w.hash: w.text for w in wordings})
