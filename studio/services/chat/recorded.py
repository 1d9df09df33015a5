"""The sample's recorded answers, streamed as a model would: for trying everything with no model and no network."""

from __future__ import annotations

import asyncio
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from studio import resources_dir
from studio.domain.chat import Usage
from studio.domain.model_call import Delta, Finished, ModelEvent, ModelRequest, Started
from studio.domain.record import Frozen
from studio.services.context.prompt import SOURCES_END
from studio.services.context.tokens import estimate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection

RECORDED = "recorded"
"""The id that stands for recorded answers where a model id is expected."""
LABEL = "Recorded sample answers"
_PIECE = re.compile(r"\S+\s*|\s+")


class RecordedAnswer(Frozen):
    """One answer that was written for the sample, with the question that it fits best."""

    id: str
    title: str
    mode: str = ""
    question: str
    keywords: tuple[str, ...] = ()
    answer: str


@lru_cache(maxsize=1)
def answers() -> tuple[RecordedAnswer, ...]:
    """All recorded answers. Reads a file: not for the event loop."""
    data = json.loads((resources_dir() / "sample" / "recorded.json").read_text("utf-8"))
    return tuple(RecordedAnswer.model_validate(item) for item in data["answers"])


CLEAR = 3
"""Keywords that a first question must share with an answer to get another one than the first."""


def best(question: str, *, shown: Collection[str] = ()) -> RecordedAnswer:
    """The answer that fits a question best; one whose text is in `shown` only if nothing else is left.

    A conversation begins with the first answer, which has something for each of the three docks, unless the question
    clearly asks for another one.
    """
    words = set(re.findall(r"[a-z]+", question.lower()))
    known = answers()
    if not any(item.answer in shown for item in known):
        asked = (i for i in known if question.strip() == i.question or len(words & set(i.keywords)) >= CLEAR)
        known = tuple(asked) or known[:1]

    def score(item: RecordedAnswer) -> float:
        own = set(re.findall(r"[a-z]+", item.question.lower()))
        exact = 100 if question.strip() == item.question else 0
        return exact + 2 * len(words & set(item.keywords)) + len(words & own) / 2 - (50 if item.answer in shown else 0)

    return max(known, key=score)


class Recorded:
    """Streams recorded answers. `pause` is the time between two pieces, in seconds."""

    def __init__(self, *, pause: float = 0.016, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pause = pause
        self._sleep = sleep

    async def stream(self, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        """`Started`, some `Delta`, and `Finished`; costs nothing."""
        said = [m.content for m in request.messages]
        asked = said[-1].rpartition(SOURCES_END)[2].strip()
        found = await asyncio.get_running_loop().run_in_executor(None, lambda: best(asked, shown=said[:-1]))
        yield Started(model=RECORDED)
        await self._sleep(self._pause * 10)
        pieces = _PIECE.findall(found.answer)
        for at in range(0, len(pieces), 4):
            yield Delta(text="".join(pieces[at : at + 4]))
            await self._sleep(self._pause)
        used = Usage(input_tokens=sum(map(estimate, said)), output_tokens=estimate(found.answer), estimated=True)
        yield Finished(finish_reason="stop", usage=used, cost_usd=0.0, model=RECORDED)
