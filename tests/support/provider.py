"""A scripted model provider on loopback: the wire protocols of OpenAI, Anthropic and Gemini, and faults on demand.

It runs on a thread of its own, so that any test can use it, whatever loop it runs on:

    with ScriptedProvider() as provider:
        provider.push(Reply("Vessa Thorn is the regent."), Reply(status=429, headers={"retry-after": "1"}))
        ... provider.url ... provider.seen[0].client_gone_at

Replies are used up in order; after them `default` answers, a Reply or a function of the request.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import struct
import threading
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Fault = Literal["fin", "rst", "stall", "garbage", "no_end", "inline_error"]
STATUS_TYPES = {
    401: "authentication_error",
    404: "not_found_error",
    429: "rate_limit_error",
    400: "invalid_request_error",
}


@dataclass
class Reply:
    """One scripted answer. With `fault`, it happens after `after` pieces of text have been sent."""

    text: str = ""
    thinking: str = ""
    refusal: str = ""
    tool_arguments: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: str = ""
    raw: bytes | None = None
    raw_type: str = "text/html"
    first: float = 0.0
    pause: float = 0.0
    piece: int = 12
    fault: Fault | None = None
    after: int = 0
    stall: float = 30.0
    finish: str = "stop"
    usage: tuple[int, int] | None = None
    send_usage: bool = True
    end_marker: bool = True


@dataclass
class Seen:
    """One request as the provider saw it. Times are monotonic seconds."""

    at: float
    method: str
    path: str
    body: dict[str, Any]
    headers: dict[str, str]
    reply: Reply | None = None
    pieces_sent: int = 0
    text_sent: str = ""
    done_at: float | None = None
    client_gone_at: float | None = None

    @property
    def billed(self) -> tuple[int, int]:
        """Input and output tokens that this provider charges for the request: nothing for a refused one."""
        if self.reply is None or self.reply.status != 200 or self.reply.raw is not None:
            return (0, 0)
        tokens_in, tokens_out = tokens(self.body, self.reply)
        return (tokens_in, tokens_out if self.done_at else len(self.text_sent) // 4)


def tokens(body: dict[str, Any], reply: Reply) -> tuple[int, int]:
    """The counts that the usage record of a reply tells."""
    said = json.dumps(body.get("messages") or body.get("contents") or "")
    return reply.usage or (max(1, len(said) // 4), max(1, len(reply.text + reply.tool_arguments) // 4))


class ScriptedProvider:
    """The server. `key` makes it refuse any other; `models` is what it lists."""

    def __init__(
        self,
        *,
        default: Reply | Callable[[dict[str, Any]], Reply] | None = None,
        key: str = "",
        models: Iterable[str] = ("fake",),
        port: int = 0,
    ) -> None:
        self.default = default or Reply("ok")
        self.key = key
        self.models = tuple(models)
        self.port = port
        self.script: list[Reply] = []
        self.seen: list[Seen] = []
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), name="scripted-provider", daemon=True)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The base URL as OpenAI-compatible servers have it."""
        return f"{self.origin}/v1"

    @property
    def calls(self) -> list[Seen]:
        """The requests for an answer, without those for the list of models."""
        return [s for s in self.seen if s.method == "POST"]

    def push(self, *replies: Reply) -> None:
        """Add to the script."""
        self.script.extend(replies)

    def reset(self) -> None:
        """Forget script and record."""
        self.script.clear()
        self.seen.clear()

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(5):
            raise RuntimeError("the scripted provider didn't start")
        return self

    def __exit__(self, *_: object) -> None:
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def wait(self, condition: Callable[[], object], seconds: float = 5.0) -> bool:
        """Wait until something is true of the record; from a thread that isn't the loop's."""
        ends = time.monotonic() + seconds
        while not condition() and time.monotonic() < ends:
            time.sleep(0.002)
        return bool(condition())

    async def until(self, condition: Callable[[], object], seconds: float = 5.0) -> bool:
        """The same for async tests."""
        ends = time.monotonic() + seconds
        while not condition() and time.monotonic() < ends:  # noqa: ASYNC110 - the record is made on another thread
            await asyncio.sleep(0.002)
        return bool(condition())

    async def _main(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        tasks: set[asyncio.Task[None]] = set()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._connection(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(connected, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._request(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Serve one request; False when the connection is over."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {k.lower(): v.strip() for k, v in (line.split(":", 1) for line in head[1:] if ":" in line)}
        data = await reader.readexactly(int(headers.get("content-length") or 0))
        seen = Seen(time.monotonic(), method, path, json.loads(data) if data else {}, headers)
        self.seen.append(seen)
        if self.key and self.key not in _keys(headers):
            await _json(writer, 401, _error(401, "Incorrect API key provided", path))
            return True
        if method == "GET":
            await _json(writer, 200, _model_list(path, self.models))
            return True
        if path.endswith("/embeddings") and not self.script:
            await _json(writer, 200, _embeddings(seen.body["input"]))
            return True
        seen.reply = self._next(seen.body)
        return await _Conversation(reader, writer, seen, seen.reply).run()

    def _next(self, body: dict[str, Any]) -> Reply:
        if self.script:
            return self.script.pop(0)
        return self.default(body) if callable(self.default) else self.default


def _keys(headers: dict[str, str]) -> set[str]:
    bearer = headers.get("authorization", "").removeprefix("Bearer ")
    return {bearer, headers.get("x-api-key", ""), headers.get("x-goog-api-key", "")}


def _model_list(path: str, models: Iterable[str]) -> dict[str, Any]:
    if path.startswith("/v1beta/"):
        return {"models": [{"name": f"models/{m}"} for m in models]}
    return {"object": "list", "data": [{"id": m, "object": "model"} for m in models]}


def _embeddings(texts: list[str]) -> dict[str, Any]:
    """A vector of eight numbers for each text, its words thrown into eight heaps; not in the order of the texts."""
    rows = []
    for n, text in enumerate(texts):
        heaps = [0.01] * 8
        for word in text.lower().split():
            heaps[zlib.crc32(word.encode()) % 8] += 1.0
        rows.append({"index": n, "embedding": heaps, "object": "embedding"})
    words = sum(len(text.split()) for text in texts)
    usage = {"prompt_tokens": words, "total_tokens": words}
    return {"object": "list", "data": rows[::-1], "model": "scripted", "usage": usage}


def _error(status: int, message: str, path: str) -> dict[str, Any]:
    kind = STATUS_TYPES.get(status, "server_error")
    if path.endswith("/messages"):
        return {"type": "error", "error": {"type": kind, "message": message}}
    return {"error": {"message": message, "type": kind, "code": status if "generateContent" in path else None}}


async def _json(
    writer: asyncio.StreamWriter,
    status: int,
    data: dict[str, Any] | bytes,
    *,
    kind: str = "application/json",
    headers: dict[str, str] | None = None,
) -> None:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    lines = [f"HTTP/1.1 {status} Scripted", f"content-type: {kind}", f"content-length: {len(body)}"]
    lines += [f"{k}: {v}" for k, v in (headers or {}).items()]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    await writer.drain()


class _Conversation:
    """One answer on one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seen: Seen, reply: Reply) -> None:
        self._writer = writer
        self._seen = seen
        self._reply = reply
        self._gone = asyncio.ensure_future(reader.read(1))

    async def run(self) -> bool:
        try:
            return await self._answer()
        except (ConnectionError, RuntimeError):
            self._left()
            return False
        finally:
            self._gone.cancel()
            await asyncio.gather(self._gone, return_exceptions=True)

    async def _answer(self) -> bool:
        reply, seen = self._reply, self._seen
        if not await self._nap(reply.first):
            return False
        if reply.status != 200 or reply.raw is not None:
            problem = _error(reply.status, reply.error or f"scripted {reply.status}", seen.path)
            data = problem if reply.raw is None else reply.raw
            kind = "application/json" if reply.raw is None else reply.raw_type
            await _json(self._writer, reply.status, data, kind=kind, headers=reply.headers)
            return False
        style = _style(seen.path)
        head = (
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\nconnection: close\r\n"
        )
        extra = "".join(f"{k}: {v}\r\n" for k, v in reply.headers.items())
        self._writer.write((head + extra + "\r\n").encode())
        await self._send(style.opening(seen.body, reply))
        if not await self._pieces(style):
            return False
        seen.done_at = time.monotonic()
        await self._send(style.closing(seen.body, reply))
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()
        return False

    async def _pieces(self, style: _Style) -> bool:
        """Send the text; False when a fault or the client ended it."""
        reply, text = self._reply, self._reply.text
        pieces = [text[i : i + reply.piece] for i in range(0, len(text), reply.piece)]
        for number in range(len(pieces) + 1):
            if reply.fault and number >= min(reply.after, len(pieces)):
                return await self._fault(style)
            if number == len(pieces):
                break
            await self._send([style.delta(pieces[number])])
            self._seen.pieces_sent += 1
            self._seen.text_sent += pieces[number]
            if not await self._nap(reply.pause):
                return False
        return True

    async def _fault(self, style: _Style) -> bool:
        fault = self._reply.fault
        if fault == "stall":
            await self._nap(self._reply.stall)
        elif fault == "garbage":
            await self._raw(b'data: {"id":"x","choices":[{"del\n\n')
            await self._raw(b"data: [DONE]\n\n")
            self._writer.write(b"0\r\n\r\n")
        elif fault == "inline_error":
            await self._send(
                [{"error": {"message": "scripted error in the stream", "type": "server_error", "code": 500}}]
            )
            self._writer.write(b"0\r\n\r\n")
        elif fault == "rst":
            linger = struct.pack("ii", 1, 0)
            self._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self._writer.transport.abort()
        elif fault == "no_end":
            self._writer.write(b"0\r\n\r\n")
        if fault != "rst":
            await self._writer.drain()
        return False

    async def _send(self, events: Iterable[dict[str, Any] | str]) -> None:
        for event in events:
            if isinstance(event, str):
                await self._raw(f"data: {event}\n\n".encode())
            else:
                name = f"event: {event['type']}\n" if "type" in event and "error" not in event else ""
                await self._raw(f"{name}data: {json.dumps(event)}\n\n".encode())

    async def _raw(self, data: bytes) -> None:
        self._writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await self._writer.drain()

    async def _nap(self, seconds: float) -> bool:
        """Sleep; False as soon as the client is gone."""
        await asyncio.wait({self._gone}, timeout=seconds)
        if self._gone.done():
            self._left()
        return not self._gone.done()

    def _left(self) -> None:
        self._seen.client_gone_at = self._seen.client_gone_at or time.monotonic()


Events = list[dict[str, Any] | str]


class _Style:
    """One provider's wire format, here OpenAI's."""

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return {"id": "chatcmpl-scripted", "object": "chat.completion.chunk", "created": 1, "choices": [choice]}

    def opening(self, body: dict[str, Any], reply: Reply) -> Events:
        events: Events = [self._chunk({"role": "assistant", "content": ""}) | {"model": body.get("model", "fake")}]
        if reply.thinking:
            events.append(self._chunk({"reasoning_content": reply.thinking}))
        if reply.refusal:
            events.append(self._chunk({"refusal": reply.refusal}))
        if reply.tool_arguments:
            call = {"index": 0, "id": "call_0", "type": "function"}
            name = _tool_name(body)
            events.append(self._chunk({"tool_calls": [call | {"function": {"name": name, "arguments": ""}}]}))
            half = len(reply.tool_arguments) // 2
            for part in (reply.tool_arguments[:half], reply.tool_arguments[half:]):
                events.append(self._chunk({"tool_calls": [{"index": 0, "function": {"arguments": part}}]}))
        return events

    def delta(self, text: str) -> dict[str, Any]:
        return self._chunk({"content": text})

    def closing(self, body: dict[str, Any], reply: Reply) -> Events:
        events: Events = [self._chunk({}, "tool_calls" if reply.tool_arguments else reply.finish)]
        if reply.send_usage and (body.get("stream_options") or {}).get("include_usage"):
            tokens_in, out = tokens(body, reply)
            usage = {"prompt_tokens": tokens_in, "completion_tokens": out, "total_tokens": tokens_in + out}
            events.append({"id": "chatcmpl-scripted", "object": "chat.completion.chunk", "choices": [], "usage": usage})
        return [*events, "[DONE]"] if reply.end_marker else events


_ANTHROPIC_REASONS = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}


class _Anthropic(_Style):
    """Anthropic's messages."""

    def opening(self, body: dict[str, Any], reply: Reply) -> Events:
        usage = {"input_tokens": tokens(body, reply)[0], "output_tokens": 1}
        message = {"id": "msg_scripted", "type": "message", "role": "assistant", "model": body.get("model")}
        message |= {"content": [], "stop_reason": None, "stop_sequence": None, "usage": usage}
        block: dict[str, Any] = {"type": "text", "text": ""}
        if reply.tool_arguments:
            block = {"type": "tool_use", "id": "toolu_0", "name": _tool_name(body), "input": {}}
        events: Events = [
            {"type": "message_start", "message": message},
            {"type": "content_block_start", "index": 0, "content_block": block},
        ]
        if reply.tool_arguments:
            delta = {"type": "input_json_delta", "partial_json": reply.tool_arguments}
            events.append({"type": "content_block_delta", "index": 0, "delta": delta})
        return events

    def delta(self, text: str) -> dict[str, Any]:
        return {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}}

    def closing(self, body: dict[str, Any], reply: Reply) -> Events:
        reason = "tool_use" if reply.tool_arguments else _ANTHROPIC_REASONS.get(reply.finish)
        usage = {"output_tokens": tokens(body, reply)[1]}
        return [
            {"type": "content_block_stop", "index": 0},
            {"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None}, "usage": usage},
            {"type": "message_stop"},
        ]


class _Gemini(_Style):
    """Google's streamGenerateContent with `alt=sse`."""

    def opening(self, body: dict[str, Any], reply: Reply) -> Events:
        if not reply.tool_arguments:
            return []
        call = {"functionCall": {"name": "answer", "args": json.loads(reply.tool_arguments)}}
        return [{"candidates": [{"content": {"parts": [call], "role": "model"}, "index": 0}]}]

    def delta(self, text: str) -> dict[str, Any]:
        return {"candidates": [{"content": {"parts": [{"text": text}], "role": "model"}, "index": 0}]}

    def closing(self, body: dict[str, Any], reply: Reply) -> Events:
        tokens_in, out = tokens(body, reply)
        usage = {"promptTokenCount": tokens_in, "candidatesTokenCount": out, "totalTokenCount": tokens_in + out}
        reason = {"stop": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY"}.get(reply.finish, "STOP")
        end = {"content": {"parts": [{"text": ""}], "role": "model"}, "finishReason": reason, "index": 0}
        return [{"candidates": [end], "usageMetadata": usage}]


def _style(path: str) -> _Style:
    if path.partition("?")[0].endswith("/messages"):
        return _Anthropic()
    return _Gemini() if "GenerateContent" in path else _Style()


def _tool_name(body: dict[str, Any]) -> str:
    tools = body.get("tools") or [{}]
    return tools[0].get("name") or tools[0].get("function", {}).get("name") or "answer"
