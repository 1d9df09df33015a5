"""The direct way to any OpenAI-compatible server: local ones, OpenRouter, and all others when litellm isn't there."""

from __future__ import annotations

import asyncio
import errno
import functools
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx

from studio.engine.faults import EngineFailure, of_status, retry_after
from studio.engine.protocol import ChatCall, ChatEnd, ChatItem
from studio.engine.wire_openai import Answer, body

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

AFTER_FINISH = 3.0
"""Seconds in which a finished answer may still send its usage."""
MAX_ERROR_BODY = 64 * 1024


@functools.cache
def client(*, proxied: bool) -> httpx.AsyncClient:
    """The client of this process. Loopback needs no proxy; redirects are not followed, they would take keys along."""
    limits = httpx.Limits(max_keepalive_connections=4, keepalive_expiry=15)
    return httpx.AsyncClient(trust_env=proxied, limits=limits, follow_redirects=False, timeout=None)


def client_for(url: str) -> httpx.AsyncClient:
    """The client for an address; raises bad_response for one that isn't http."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise EngineFailure("bad_response", detail=f"not an address: {url}") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise EngineFailure("bad_response", detail=f"not an http address: {url}")
    host = parsed.host
    return client(proxied=not (host in ("localhost", "::1") or host.startswith("127.")))


@asynccontextmanager
async def translated(*, sent: bool = True) -> AsyncIterator[None]:
    """Turn httpx's errors into ours. `sent` is False where nothing that costs can have been asked."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.PoolTimeout) as error:
        raise EngineFailure("offline", detail="refused" if _refused(error) else f"connect: {error}") from error
    except httpx.TimeoutException as error:
        raise EngineFailure("timeout", detail="read", billable=sent) from error
    except httpx.LocalProtocolError as error:
        raise EngineFailure("auth", detail="the key has characters that no header can carry") from error
    except httpx.TransportError as error:
        raise EngineFailure("cut", detail=f"{type(error).__name__}: {error}", billable=sent) from error


def _refused(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and (error.errno == errno.ECONNREFUSED or "[Errno 111]" in str(error)):
            return True
        if isinstance(error, ExceptionGroup):
            return any(_refused(e) for e in error.exceptions)
        error = error.__cause__ or error.__context__
    return False


def headers(key: str) -> dict[str, str]:
    """What names us and, with a key, who pays."""
    found = {"user-agent": "ttrpg-studio", "accept": "text/event-stream, application/json"}
    if key:
        if not key.isascii() or not key.isprintable():
            raise EngineFailure("auth", detail="the key has characters that no header can carry")
        found["authorization"] = f"Bearer {key}"
    return found


async def stream(call: ChatCall) -> AsyncGenerator[ChatItem | ChatEnd, None]:
    """One answer: `sent`, its pieces, its end."""
    yield ChatItem(kind="sent")
    answer = Answer()
    async with translated(), _response(call) as response:
        if "event-stream" in response.headers.get("content-type", ""):
            lines = response.aiter_lines()
            while not answer.done and (line := await _line(lines, answer)) is not None:
                for item in answer.line(line):
                    yield item
        else:
            for item in answer.chunk(_whole(await response.aread(), response)):
                yield item
    yield answer.end()


async def _line(lines: AsyncIterator[str], answer: Answer) -> str | None:
    """The next line, or None at the end. What goes wrong after the finish reason can't harm the answer."""
    try:
        async with asyncio.timeout(AFTER_FINISH if answer.finish_reason else None):
            return await anext(lines)
    except StopAsyncIteration:
        return None
    except (TimeoutError, httpx.TransportError):
        if answer.finish_reason:
            return None
        raise


@asynccontextmanager
async def _response(call: ChatCall) -> AsyncIterator[httpx.Response]:
    """An open response of status 200; a server that doesn't know `stream_options` is asked again without."""
    url = call.direct_url.rstrip("/") + "/chat/completions"
    http, timeout = client_for(url), httpx.Timeout(call.read_timeout, connect=call.connect_timeout)
    for with_usage in (True, False):
        request = http.build_request(
            "POST", url, json=body(call, with_usage=with_usage), headers=headers(call.api_key), timeout=timeout
        )
        response = await http.send(request, stream=True)
        try:
            if response.status_code == 200:
                yield response
                return
            text = (await response.aread())[:MAX_ERROR_BODY].decode(errors="replace")
        finally:
            await response.aclose()
        if response.status_code not in (400, 422) or "stream_options" not in text or not with_usage:
            raise of_status(response.status_code, text, retry_after=retry_after(dict(response.headers)))


def _whole(data: bytes, response: httpx.Response) -> dict[str, object]:
    try:
        found = json.loads(data)
    except ValueError as error:
        kind = response.headers.get("content-type", "nothing")
        raise EngineFailure("bad_response", detail=f"{kind} instead of an answer", billable=True) from error
    if not isinstance(found, dict) or not ("choices" in found or "error" in found):
        raise EngineFailure("bad_response", detail="JSON that is no answer", billable=True)
    return found
