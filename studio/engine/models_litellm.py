"""litellm, held at arm's length: loaded on first use in a tamed environment, every silent fault of it guarded.

resources/docs/developer/models.md tells what is guarded and why; tests/engine/test_litellm_faults.py has the tests.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import logging
import os
import re
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from studio.engine.faults import EngineFailure, of_status, retry_after
from studio.engine.protocol import ChatCall, ChatEnd, ChatItem
from studio.engine.wire_openai import Answer, shape_params

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

log = logging.getLogger(__name__)

ENVIRONMENT = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_MODE": "PRODUCTION",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "HF_HUB_OFFLINE": "1",
    "REPEATED_STREAMING_CHUNK_LIMIT": "1000000",
    "AIOHTTP_TRUST_ENV": "True",
}
"""Set before the import: no look-ups over the network, no `.env` of the working folder, no limit on equal rows."""
_REFUSED = re.compile(r"1\.82\.[78]$|1\.107\.|.*(?:a|b|rc|dev)\d")
"""Releases that carried malicious code, and all that were never final."""
_END = re.compile(r'"finishReason"\s*:\s*"|"stop_reason"\s*:\s*"|"finish_reason"\s*:\s*"|"blockReason"')
_UNREACHED = frozenset(
    {"ConnectError", "ConnectTimeout", "ClientConnectorError", "ClientConnectorDNSError", "ConnectionRefusedError",
     "ClientConnectorCertificateError", "ClientProxyConnectionError", "ProxyError", "gaierror"}
)  # fmt: skip
_TIMED_OUT = frozenset(
    {"ReadTimeout", "Timeout", "APITimeoutError", "ServerTimeoutError", "SocketTimeoutError", "TimeoutError"}
)
_loading: asyncio.Task[Any] | None = None


async def loaded() -> Any:
    """The library, or None when it is absent, refused or broken: calls then go the direct way."""
    global _loading
    if _loading is None:
        _loading = asyncio.create_task(asyncio.to_thread(_load), name="load-litellm")
    return await asyncio.shield(_loading)


def allowed(version: str) -> bool:
    """False for a release that must never be imported."""
    return _REFUSED.match(version) is None


def _load() -> Any:
    try:
        version = importlib.metadata.version("litellm")
        if not allowed(version):
            log.error("litellm %s is refused; models are called directly", version)
            return None
        os.environ.update(ENVIRONMENT)
        import litellm
    except Exception:
        log.exception("litellm can't be loaded; models are called directly")
        return None
    library: Any = litellm
    library.suppress_debug_info = True
    library.disable_hf_tokenizer_download = True
    library.telemetry = False
    library.drop_params = True
    library.REPEATED_STREAMING_CHUNK_LIMIT = 1_000_000
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return library


async def rehearse() -> None:
    """Answer a call with made-up text: the library loads a good part of itself only with its first call."""
    library = await loaded()
    message = {"role": "user", "content": "ready?"}
    chunks = await library.acompletion(
        model="openai/gpt-4o", messages=[message], stream=True, mock_response="yes", api_key="none"
    )
    async for _ in chunks:
        pass


def _arguments(call: ChatCall) -> dict[str, Any]:
    found: dict[str, Any] = {
        "model": call.model,
        "messages": [m.model_dump() for m in call.messages],
        "api_key": call.api_key or "none",
        "stream": True,
        "stream_options": {"include_usage": True},
        "timeout": call.read_timeout,
        "max_retries": 0,
        "num_retries": 0,
        "drop_params": True,
        **shape_params(call.response),
    }
    optional = {"api_base": call.base_url, "temperature": call.temperature, "max_tokens": call.max_tokens}
    return found | {name: value for name, value in optional.items() if value not in (None, "")}


async def stream(call: ChatCall) -> AsyncGenerator[ChatItem | ChatEnd, None]:
    """One answer through litellm: `sent`, its pieces, its end."""
    library = await loaded()
    yield ChatItem(kind="sent")
    answer, heard = Answer(), False
    try:
        response = await library.acompletion(**_arguments(call))
        async with aclosing(response) as chunks:
            tap = await _tapped(response)
            async for chunk in chunks:
                heard = True
                for item in answer.chunk(_plain(chunk)):
                    yield item
            answer.finish_reason = tap.finish_reason(response)
    except EngineFailure:
        raise
    except Exception as error:
        raise translated(error, heard=heard) from error
    if not tap.chunks:
        raise EngineFailure("bad_response", detail="a page instead of a stream", billable=True)
    end = answer.end()
    if end.usage is not None and not tap.usage_seen:  # litellm makes up what the provider didn't count
        end = end.model_copy(update={"usage": end.usage.model_copy(update={"estimated": True})})
    yield end


def _plain(chunk: Any) -> dict[str, Any]:
    """The chunk as data, without the finish reason: litellm makes up a "stop" when a stream just ends."""
    data: dict[str, Any] = chunk.model_dump(exclude_none=True)
    for choice in data.get("choices") or []:
        choice.pop("finish_reason", None)
    return data


class _Tap:
    """Watches what really comes from the provider, before litellm adds what it makes up."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._lines = hasattr(source, "streaming_response")
        self._end_seen = False
        self.chunks = 0
        self.usage_seen = False
        if self._lines:
            source.streaming_response = self._watched(source.streaming_response)

    async def _watched(self, lines: Any) -> AsyncGenerator[Any, None]:
        async for line in lines:
            text = line.decode(errors="replace") if isinstance(line, bytes) else str(line)
            self._end_seen = self._end_seen or _END.search(text) is not None
            yield line

    def finish_reason(self, response: Any) -> str:
        """The reason that the provider gave, or nothing: then the answer was cut off."""
        if self._lines and not self._end_seen:
            return ""
        received = getattr(response, "received_finish_reason", None)
        made_up = getattr(response, "intermittent_finish_reason", None)
        return received or (made_up if self._lines else None) or ""

    def __aiter__(self) -> _Tap:
        self._source = aiter(self._source)
        return self

    async def __anext__(self) -> Any:
        chunk = await anext(self._source)
        self.chunks += 1
        usage = chunk.get("usage") if isinstance(chunk, dict) else getattr(chunk, "usage", None)
        self.usage_seen = self.usage_seen or usage is not None
        return chunk

    async def aclose(self) -> None:
        close = getattr(self._source, "aclose", None) or getattr(self._source, "close", None)
        result = close() if close is not None else None
        if result is not None:
            await result


async def _tapped(response: Any) -> _Tap:
    """Put a tap on a response; some adapters make the request only now, and then raise here what it got."""
    if response.completion_stream is None and response.make_call is not None:
        await response.fetch_stream()
    response.completion_stream = tap = _Tap(response.completion_stream)
    return tap


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = getattr(error, "original_exception", None) or error.__cause__ or error.__context__
    return found


def translated(error: Exception, *, heard: bool) -> EngineFailure:
    """Our failure for an exception of litellm, by what is in its chain and by status, never by its class alone."""
    chain = _chain(error)
    names = {type(e).__name__ for e in chain}
    if names & _UNREACHED:
        refused = any(isinstance(e, ConnectionRefusedError) or "111" in str(e) for e in chain)
        return EngineFailure("offline", detail="refused" if refused else f"connect: {error}")
    billable = heard or "MidStreamFallbackError" in names
    if names & _TIMED_OUT:
        return EngineFailure("timeout", detail="read", billable=True)
    if names & {"JSONDecodeError", "APIError"} and billable:
        status = None if "JSONDecodeError" in names else 500
        return EngineFailure("bad_response", detail=str(error), status=status, billable=True)
    status = next((s for e in reversed(chain) if (s := _status(e))), None)  # the innermost is the provider's own
    if status is None or (billable and "APIConnectionError" in names):
        return EngineFailure("cut", detail=f"{type(error).__name__}: {error}", billable=True)
    return of_status(status, str(error), retry_after=retry_after(_headers(chain)), billable=heard)


def _status(error: BaseException) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) and status >= 300 else None


def _headers(chain: list[BaseException]) -> dict[str, str]:
    for error in chain:
        for found in (
            getattr(error, "litellm_response_headers", None),
            getattr(getattr(error, "response", None), "headers", None),
            getattr(error, "headers", None),
        ):
            if found:
                return {str(k).lower(): str(v) for k, v in dict(found).items()}
    return {}
