"""The extractor that asks a model: any provider, at most three calls, always checked against the text and the rules."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING, Protocol

from studio.domain.candidate import Extraction, Known
from studio.domain.model_call import (
    CallOrigin,
    Deadlines,
    ModelError,
    ModelRequest,
    ModelResult,
    ResponseShape,
)
from studio.services.context.reading import again, reading
from studio.services.extraction.match import Matcher
from studio.services.extraction.model_merge import Merger
from studio.services.extraction.model_shape import SaidAll, instructions, parse, read, schema
from studio.services.extraction.names import key_of
from studio.services.extraction.offline import OfflineExtractor

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from studio.services.context.draft import Draft
    from studio.services.context.prompt import Prompt
    from studio.services.extraction.protocol import Extractor

MAX_CALLS = 3
MAX_CHARS = 60_000
MAX_TOKENS = 8_192
LADDER: tuple[ResponseShape | None, ...] = (
    ResponseShape(mode="json_schema", name="found", schema_=schema()),
    ResponseShape(mode="tool", name="found", schema_=schema()),
    ResponseShape(mode="json_object"),
    None,
)
"""How the answer is asked for, from the strictest way to plain text."""
_UNSUPPORTED = frozenset({400, 404, 405, 415, 422, 501})
_REFUSAL = re.compile(
    r"\b(?:can(?:no|')t|unable to|won't|sorry|kann nicht|no puedo|ne peux pas|não posso)\b", re.IGNORECASE
)


class Completes(Protocol):
    """What is needed of the gateway."""

    async def complete(self, request: ModelRequest) -> ModelResult:
        """The whole answer, or a ModelError."""
        ...


class ModelExtractor:
    """Asks a model and trusts only what the text bears out. Never raises a ModelError: the rules remain."""

    name = "model"
    version = "1.0"

    def __init__(
        self, gateway: Completes, *, model: str, offline: Extractor | None = None,
        on_prompt: Callable[[Prompt], object] = lambda _: None,
    ) -> None:  # fmt: skip
        self._gateway = gateway
        self._on_prompt = on_prompt
        self._model = model
        self._offline = offline or OfflineExtractor()

    async def extract(
        self, text: str, *, known: Sequence[Known] = (), untold: Collection[str] = (), question: str = "",
        origin: CallOrigin | None = None,
    ) -> Extraction:  # fmt: skip
        """All candidates of a text. Warnings say where the model was of no help.

        The model hears of what is `known`, but for the entities with these `untold` ids.
        """
        began = time.perf_counter()
        offline = await asyncio.to_thread(self._offline.extract, text, known=known, question=question)
        told = [k for k in known if k.id not in untold]
        draft = _draft(
            text[:MAX_CHARS], told, question, model=self._model, ref=origin.message_id if origin is not None else ""
        )
        run = _Run(self._gateway, draft, origin or CallOrigin(), self._on_prompt)
        said = await run.ask()
        warnings = [*offline.warnings, *run.warnings]
        if len(text) > MAX_CHARS:
            warnings.append(f"The model read only the first {MAX_CHARS:,} characters; the rules read on.")
        if said is None or said.empty:
            return offline.model_copy(update={"warnings": tuple(warnings), "seconds": _since(began)})
        return Extraction(
            extractor=self.name,
            version=f"{self.version}+{self._offline.name}-{self._offline.version}",
            model=self._model,
            candidates=await asyncio.to_thread(lambda: Merger(text, offline, Matcher(known)).candidates(said)),
            seconds=_since(began),
            warnings=tuple(warnings),
            pack_hash=run.pack_hash,
        )


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 4)


class _Run:
    """The calls for one text: down the ladder until something readable comes, and one turn to repair it."""

    def __init__(
        self, gateway: Completes, draft: Draft, origin: CallOrigin, on_prompt: Callable[[Prompt], object]
    ) -> None:
        self.warnings: list[str] = []
        self.pack_hash = ""
        self._gateway = gateway
        self._origin = origin.model_copy(update={"purpose": "extraction"})
        self._draft = draft
        self._on_prompt = on_prompt
        self._calls = 0

    async def ask(self) -> SaidAll | None:
        """What the model said, or None when it was of no help; `warnings` says why."""
        for shape in LADDER:
            if self._calls >= MAX_CALLS:
                break
            answer, go_on = await self._call(self._draft, shape)
            if answer is None:
                if go_on:
                    continue
                return None
            data = parse(_written(answer))
            if data is not None:
                return await self._repaired(read(data), answer, shape)
            if _REFUSAL.search(answer.text[:400]):
                self.warnings.append("The model declined to read this text; the rules did it alone.")
                return None
        self.warnings.append("The model gave nothing that could be read; the rules did it alone.")
        return None

    async def _call(self, draft: Draft, shape: ResponseShape | None) -> tuple[ModelResult | None, bool]:
        """An answer; or None, and whether the next way of asking may be tried."""
        self._calls += 1
        prompt = draft.sealed()
        self.pack_hash = prompt.pack.hash
        self._on_prompt(prompt)
        deadlines = Deadlines(first_token=90, between=45, total=240)
        request = prompt.request(origin=self._origin, response=shape, deadlines=deadlines)
        try:
            return await self._gateway.complete(request), False
        except ModelError as error:
            if error.code == "bad_response" and shape is not None and error.status in _UNSUPPORTED:
                return None, True
            self.warnings.append(f"{error.sentence} The rules did it alone.")
            return None, False

    async def _repaired(self, said: SaidAll, answer: ModelResult, shape: ResponseShape | None) -> SaidAll:
        """The same with one repair turn, when something was wrong with it and a call is left."""
        cut = answer.finished.finish_reason == "length"
        if not (said.problems or cut) or self._calls >= MAX_CALLS:
            return said
        what = "; ".join(said.problems[:8]) or "the answer was cut off: leave out long quotes and the least certain"
        wish = f"Mend only this and give the whole JSON again: {what}"
        second, _ = await self._call(again(self._draft, _written(answer)[:12_000], wish), shape)
        data = parse(_written(second)) if second is not None else None
        return said if data is None else _both(said, read(data))


def _written(answer: ModelResult) -> str:
    return answer.finished.tool_arguments or answer.text


def _both(first: SaidAll, second: SaidAll) -> SaidAll:
    """What either turn said; of an entity that both have, the later one."""
    later = {key_of(e.name) for e in second.entities}
    return SaidAll(
        entities=(*second.entities, *(e for e in first.entities if key_of(e.name) not in later)),
        relations=tuple(dict.fromkeys((*second.relations, *first.relations))),
        blueprint=tuple(dict.fromkeys((*second.blueprint, *first.blueprint))),
        prompts=second.prompts or first.prompts,
        problems=second.problems,
    )


def _draft(text: str, known: Sequence[Known], question: str, *, model: str, ref: str) -> Draft:
    """Standing instructions first, so that providers can cache them; the text last, fenced as data."""
    parts = []
    if known:
        names = "; ".join(f"{k.name} ({k.kind})" for k in known[:200])
        parts.append(f"Known already, use these names and kinds where they are meant: {names}")
    if question:
        parts.append(f"The text answers this question, which states nothing itself: {question[:2_000]}")
    parts.append(f"<text>\n{text}\n</text>")
    params = {"temperature": 0.0, "max_tokens": MAX_TOKENS}
    return reading(instructions(), "\n\n".join(parts), model=model, ref=ref, params=params)
