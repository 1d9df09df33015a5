"""Vectors from a server that speaks OpenAI's `/embeddings`: Ollama, LM Studio, llama-server, or a provider."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from studio.engine.faults import EngineFailure, of_status, retry_after
from studio.engine.models_http import client_for, headers, translated

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    import numpy as np

    from studio.engine.protocol import EmbedderSpec

_PIECE = 4
"""Characters of a token, about, where a server doesn't count."""
_used: dict[str, tuple[int, bool]] = {}
AT_ONCE = 32
TRIES = 4
TIMEOUT = 60.0


def take_used(embedder_id: str) -> dict[str, Any]:
    """The tokens that a server was sent since this was last asked, also by calls that were cancelled or failed."""
    tokens, estimated = _used.pop(embedder_id, (0, False))
    return {"tokens": tokens, "estimated": estimated}


class ServedEmbedder:
    """A model behind an address. What it was sent is counted for `take_used`."""

    def __init__(self, spec: EmbedderSpec, *, api_key: str) -> None:
        self._id = spec.id
        self._url = spec.url.rstrip("/") + "/embeddings"
        self._model = spec.model
        self._key = api_key

    async def embed(self, texts: Sequence[str], stop: threading.Event, *, workers: int = 1) -> np.ndarray:
        """Ask for some texts at a time; what has come by the time that `stop` is set is given."""
        import numpy as np

        del workers
        found: list[list[float]] = []
        for start in range(0, len(texts), AT_ONCE):
            if stop.is_set():
                break
            found += await self._some(list(texts[start : start + AT_ONCE]))
        if len({len(vector) for vector in found}) > 1:
            raise EngineFailure("bad_response", detail="vectors of different lengths")
        made = np.array(found, np.float32).reshape(len(found), -1)
        return made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)

    async def _some(self, texts: list[str]) -> list[list[float]]:
        for attempt in range(1, TRIES + 1):
            try:
                answer = await self._ask(texts)
                self._count(answer, texts)
                return _vectors(answer, len(texts))
            except EngineFailure as error:
                if error.failure.code != "rate_limit" or attempt == TRIES:
                    raise
                await asyncio.sleep(min(error.failure.retry_after or 0.5 * 2**attempt, 30.0))
        raise AssertionError

    def _count(self, answer: Any, texts: list[str]) -> None:
        told = answer.get("usage") if isinstance(answer, dict) else None
        count = told.get("prompt_tokens") or told.get("total_tokens") if isinstance(told, dict) else None
        tokens, estimated = _used.get(self._id, (0, False))
        if isinstance(count, int) and count > 0:
            _used[self._id] = (tokens + count, estimated)
        else:
            _used[self._id] = (tokens + sum(1 + len(text) // _PIECE for text in texts), True)

    async def _ask(self, texts: list[str]) -> Any:
        async with translated():
            response = await client_for(self._url).post(
                self._url,
                headers=headers(self._key),
                json={"model": self._model, "input": texts, "encoding_format": "float"},
                timeout=TIMEOUT,
            )
        if response.status_code != 200:
            raise of_status(response.status_code, response.text, retry_after=retry_after(dict(response.headers)))
        try:
            return response.json()
        except ValueError as error:
            raise EngineFailure("bad_response", detail="no JSON instead of vectors") from error


def _vectors(answer: Any, wanted: int) -> list[list[float]]:
    """The vectors in the order of the texts, whatever order they came in."""
    try:
        rows = sorted(answer["data"], key=lambda row: row["index"])
        found = [[float(x) for x in row["embedding"]] for row in rows]
    except (KeyError, TypeError, ValueError) as error:
        raise EngineFailure("bad_response", detail="an answer without vectors") from error
    if len(found) != wanted or not all(found):
        raise EngineFailure("bad_response", detail=f"{len(found)} vectors for {wanted} texts")
    return found
