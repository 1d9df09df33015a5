"""OpenAI chat completions as data: the body of a request, and an answer put together from its stream of chunks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.domain.chat import Usage
from studio.engine.faults import EngineFailure, of_status
from studio.engine.protocol import ChatEnd, ChatItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.model_call import ResponseShape
    from studio.engine.protocol import ChatCall

_REASONS = {
    "length": "length",
    "max_tokens": "length",
    "tool_calls": "tool",
    "function_call": "tool",
    "tool_use": "tool",
    "content_filter": "content_filter",
    "safety": "content_filter",
    "refusal": "content_filter",
}


def shape_params(shape: ResponseShape | None) -> dict[str, Any]:
    """The parameters that ask for a structured answer."""
    if shape is None:
        return {}
    if shape.mode == "json_object":
        return {"response_format": {"type": "json_object"}}
    if shape.mode == "json_schema":
        schema = {"name": shape.name, "schema": shape.schema_, "strict": False}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}
    function = {"name": shape.name, "description": "Return the answer.", "parameters": shape.schema_}
    return {
        "tools": [{"type": "function", "function": function}],
        "tool_choice": {"type": "function", "function": {"name": shape.name}},
    }


def body(call: ChatCall, *, with_usage: bool = True) -> dict[str, Any]:
    """The JSON body of a streaming request."""
    found: dict[str, Any] = {
        "model": call.direct_model or call.model,
        "messages": [m.model_dump() for m in call.messages],
        "stream": True,
        **shape_params(call.response),
    }
    if with_usage:
        found["stream_options"] = {"include_usage": True}
    if call.temperature is not None:
        found["temperature"] = call.temperature
    if call.max_tokens is not None:
        newest = "api.openai.com" in call.direct_url
        found["max_completion_tokens" if newest else "max_tokens"] = call.max_tokens
    return found


def usage_of(data: dict[str, Any] | None) -> Usage | None:
    """The usage of a chunk; None where it has none, or an empty one."""
    if not data or not (data.get("prompt_tokens") or data.get("completion_tokens")):
        return None
    details = data.get("prompt_tokens_details") or {}
    return Usage(
        input_tokens=int(data.get("prompt_tokens") or 0),
        output_tokens=int(data.get("completion_tokens") or 0),
        cached_tokens=int(details.get("cached_tokens") or 0),
    )


class Answer:
    """An answer as it grows. It is complete only when the provider said so."""

    def __init__(self) -> None:
        self.finish_reason = ""
        self.done = False
        self.has_text = False
        self.refused = False
        self.usage: Usage | None = None
        self.request_id = ""
        self.tool_arguments = ""

    @property
    def complete(self) -> bool:
        """True when an end marker was seen: a finish reason, or `[DONE]`."""
        return bool(self.finish_reason) or self.done

    def line(self, line: str) -> Iterator[ChatItem]:
        """Take one line of server-sent events."""
        if not line.startswith("data:"):
            if line:
                yield ChatItem(kind="alive")
            return
        data = line[5:].strip()
        if data == "[DONE]":
            self.done = True
            return
        try:
            chunk = json.loads(data)
        except ValueError as error:
            raise EngineFailure("bad_response", detail=f"garbage in the stream: {data}", billable=True) from error
        if isinstance(chunk, dict):
            yield from self.chunk(chunk)

    def chunk(self, chunk: dict[str, Any]) -> Iterator[ChatItem]:
        """Take one chunk, or a whole answer from a server that doesn't stream."""
        if problem := chunk.get("error"):
            raise _inline_error(problem)
        self.request_id = str(chunk.get("id") or self.request_id)
        self.usage = usage_of(chunk.get("usage")) or self.usage
        for choice in (chunk.get("choices") or [])[:1]:
            self.finish_reason = choice.get("finish_reason") or self.finish_reason
            yield from self._delta(choice.get("delta") or choice.get("message") or {})

    def _delta(self, delta: dict[str, Any]) -> Iterator[ChatItem]:
        if thought := delta.get("reasoning_content") or delta.get("reasoning"):
            yield ChatItem(kind="thinking", text=str(thought))
        if refusal := delta.get("refusal"):
            self.refused = True
            yield ChatItem(kind="text", text=str(refusal))
        if text := delta.get("content"):
            self.has_text = True
            yield ChatItem(kind="text", text=str(text))
        for tool in (delta.get("tool_calls") or [])[:1]:
            self.tool_arguments += (tool.get("function") or {}).get("arguments") or ""
            yield ChatItem(kind="alive")

    def end(self) -> ChatEnd:
        """How it ended. Raises a `cut` failure when the provider never said that it did."""
        if not self.complete:
            raise EngineFailure("cut", detail="the stream ended without an end marker", billable=True)
        reason = _REASONS.get(self.finish_reason.lower(), "stop")
        return ChatEnd(
            finish_reason="content_filter" if self.refused and not self.has_text else reason,
            usage=self.usage,
            tool_arguments=self.tool_arguments,
            request_id=self.request_id,
        )


def _inline_error(problem: Any) -> EngineFailure:
    """An error that a provider sent inside a stream that had begun with status 200."""
    fields = problem if isinstance(problem, dict) else {"message": str(problem)}
    text = f"{fields.get('type') or ''} {fields.get('code') or ''} {fields.get('message') or ''}".strip()
    code = fields.get("code")
    failure = of_status(code if isinstance(code, int) else 500, text).failure
    return EngineFailure(failure.code, detail=text, status=failure.status, billable=True)
