"""litellm's silent faults, each with its guard: on the real library, in one engine process, over loopback HTTP.

This is the gate for changing litellm's version. What the library does when left alone stands beside each test.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from studio.domain.model_call import ChatMessage, ResponseShape
from studio.engine.models_litellm import allowed
from studio.engine.protocol import CallFailed, ChatCall, ChatEnd, ChatItem, Failure
from tests.support.provider import Reply, ScriptedProvider

if TYPE_CHECKING:
    from pathlib import Path

    from studio.engine.client import EngineClient

TEXT = "The regent of the Ashen Court fled Karrowmere after the Night of Cinders. " * 6
STYLES = ("openai", "anthropic", "gemini")
MODELS = {"openai": "openai/gpt-4.1", "anthropic": "anthropic/claude-opus-5", "gemini": "gemini/gemini-2.5-flash"}


def call_of(provider: ScriptedProvider, style: str, **more: object) -> ChatCall:
    values = {
        "backend": "litellm",
        "model": MODELS[style],
        "base_url": provider.url if style == "openai" else provider.origin,
        "api_key": "sk-scripted",
        "messages": (ChatMessage(role="user", content="hi"),),
        **more,
    }
    return ChatCall.model_validate(values)


async def answer(engine: EngineClient, call: ChatCall) -> tuple[str, ChatEnd | Failure]:
    """The text that came, and how it ended."""
    text = ""
    stream = engine.chat(call)
    try:
        async for piece in stream:
            if isinstance(piece, ChatEnd):
                return text, piece
            text += piece.text if piece.kind == "text" else ""
    except CallFailed as failed:
        return text, failed.failure
    finally:
        await stream.aclose()
    raise AssertionError("a stream ends with an end or a failure")


@pytest.fixture(autouse=True)
async def real_litellm(engine: EngineClient) -> None:
    """These tests say nothing unless the library is there."""
    if not (await engine.call("warm"))["litellm"]:
        pytest.fail("litellm can't be loaded in the engine")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("status", [429, 500, 503, 529])
async def test_1_one_call_is_one_request(
    engine: EngineClient, provider: ScriptedProvider, style: str, status: int
) -> None:
    """Left alone: three requests, by the openai client's own retries."""
    provider.default = Reply(status=status, headers={"retry-after": "7"})
    _, end = await answer(engine, call_of(provider, style))
    assert isinstance(end, Failure)
    assert end.code == ("rate_limit" if status in (429, 529) else "bad_response")
    assert end.status == status
    assert end.retry_after == 7
    assert not end.billable
    assert len(provider.calls) == 1


@pytest.mark.parametrize("style", STYLES)
async def test_2_a_refusal_is_sorted_by_its_status(
    engine: EngineClient, provider: ScriptedProvider, style: str
) -> None:
    """Left alone: the class follows the words of the body, so that a 401 comes as BadRequestError."""
    for status, words, code in (
        (401, "invalid_request_error", "auth"),
        (403, "not allowed", "auth"),
        (404, "no such model", "bad_response"),
        (400, "prompt is too long: 9 tokens > 8 maximum", "context_too_long"),
        (502, "<html>", "bad_response"),
    ):
        provider.push(Reply(status=status, error=words, raw=b"<html>" if status == 502 else None))
        _, end = await answer(engine, call_of(provider, style))
        assert isinstance(end, Failure)
        assert (end.code, end.status) == (code, status)


@pytest.mark.parametrize("style", STYLES)
async def test_3_an_end_without_a_marker_is_a_cut(engine: EngineClient, provider: ScriptedProvider, style: str) -> None:
    """Left alone: finish_reason "stop" and no error, for every adapter; Gemini's even says "stop" with each piece."""
    provider.push(Reply(TEXT, fault="no_end", after=5))
    text, end = await answer(engine, call_of(provider, style))
    assert isinstance(end, Failure)
    assert end.code == "cut"
    assert text == TEXT[:60]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("fault", ["fin", "rst", "garbage", "inline_error"])
async def test_4_a_break_in_the_middle_is_no_server_error(
    engine: EngineClient, provider: ScriptedProvider, style: str, fault: str
) -> None:
    """Left alone: MidStreamFallbackError(500), which reads as retryable; garbage in Anthropic's stream is swallowed."""
    provider.push(Reply(TEXT, fault=fault, after=5))  # pyright: ignore[reportArgumentType]
    text, end = await answer(engine, call_of(provider, style))
    assert isinstance(end, Failure)
    assert end.code in ("cut", "bad_response")
    assert end.billable
    assert text == TEXT[:60]
    assert len(provider.calls) == 1


async def test_5_a_page_instead_of_a_stream_is_a_bad_response(engine: EngineClient, provider: ScriptedProvider) -> None:
    """Left alone: an empty answer with finish_reason "stop"."""
    provider.push(Reply(raw=b"<html>Log in to the hotel</html>"))
    _, end = await answer(engine, call_of(provider, "openai"))
    assert isinstance(end, Failure)
    assert end.code == "bad_response"


@pytest.mark.parametrize("style", STYLES)
async def test_6_cancelling_hangs_up(engine: EngineClient, provider: ScriptedProvider, style: str) -> None:
    """Left alone: leaving the loop without aclose lets the provider generate to the end."""
    took = []
    while len(took) < 3 and (not took or min(took) >= 0.1):  # the machine may be busy
        provider.reset()
        provider.push(Reply(TEXT * 5, pause=0.05))
        stream = engine.chat(call_of(provider, style))
        async for piece in stream:
            if isinstance(piece, ChatItem) and piece.kind == "text":
                break
        before = time.monotonic()
        await stream.aclose()
        assert await provider.until(lambda: provider.calls[0].client_gone_at)
        took.append((provider.calls[0].client_gone_at or 0) - before)
    assert min(took) < 0.1


async def test_7_usage_is_asked_for_and_a_made_up_one_is_marked(
    engine: EngineClient, provider: ScriptedProvider
) -> None:
    """Left alone: without `include_usage` its callback says 0 tokens and 0 dollars; with no count it makes one up."""
    provider.push(Reply(TEXT, usage=(7, 77)), Reply(TEXT, send_usage=False))
    _, end = await answer(engine, call_of(provider, "openai"))
    assert isinstance(end, ChatEnd)
    assert end.usage is not None
    assert (end.usage.input_tokens, end.usage.output_tokens, end.usage.estimated) == (7, 77, False)
    _, end = await answer(engine, call_of(provider, "openai"))
    assert isinstance(end, ChatEnd)
    assert end.usage is not None
    assert end.usage.estimated


@pytest.mark.parametrize("style", STYLES)
async def test_8_a_hundred_equal_pieces_are_an_answer(
    engine: EngineClient, provider: ScriptedProvider, style: str
) -> None:
    """Left alone: an error after 100 equal pieces, which a Markdown table can have."""
    provider.push(Reply("|---|---|---|" * 150, piece=13))
    text, end = await answer(engine, call_of(provider, style))
    assert isinstance(end, ChatEnd)
    assert text == "|---|---|---|" * 150


async def test_9_tools_need_no_other_package(engine: EngineClient, provider: ScriptedProvider) -> None:
    """Left alone: in 1.106.2 every call with tools fails unless `mcp` is installed."""
    shape = ResponseShape(mode="tool", name="emit", schema_={"type": "object", "properties": {}})
    for style in STYLES:
        provider.push(Reply(tool_arguments='{"a": 1}'))
        _, end = await answer(engine, call_of(provider, style, response=shape))
        assert isinstance(end, ChatEnd)
        assert end.tool_arguments.replace(" ", "") == '{"a":1}'


def test_10_a_hostile_env_file_is_not_read(tmp_path: Path) -> None:
    """Left alone: outside production mode it loads `.env` of the working folder; and it looks up prices online."""
    (tmp_path / ".env").write_text("OPENAI_API_KEY=stolen\nOPENAI_API_BASE=http://evil.invalid\n")
    code = (
        "import asyncio, os, socket\n"
        "def refuse(*a, **k): raise AssertionError('looked up ' + str(a))\n"
        "socket.getaddrinfo = refuse\n"
        "from studio.engine import models_litellm\n"
        "library = asyncio.run(models_litellm.loaded())\n"
        "assert library is not None\n"
        "assert library.token_counter('llama-3-70b', text='hello there') > 0\n"
        "print(os.environ.get('OPENAI_API_KEY'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "None"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".env"]


def test_11_malicious_and_unfinished_releases_are_refused() -> None:
    """Left alone: 1.82.7, 1.82.8 and 1.107.* ran a thief at import."""
    assert allowed("1.100.5")
    assert allowed("1.82.6")
    for version in ("1.82.7", "1.82.8", "1.107.0", "1.107.3", "1.101.0rc1", "1.101.0.dev2", "1.99.0b1"):
        assert not allowed(version), version


async def test_12_errors_hold_no_key(engine: EngineClient, provider: ScriptedProvider) -> None:
    """Left alone: the provider's words, with what they quote, go to every log."""
    provider.push(Reply(status=401, error="Incorrect API key provided: sk-scripted"))
    _, end = await answer(engine, call_of(provider, "openai"))
    assert isinstance(end, Failure)
    assert "sk-scripted" not in end.detail


async def test_without_litellm_the_same_model_is_asked_directly(provider: ScriptedProvider, tmp_path: Path) -> None:
    """The day it is not there, broken or refused, everything goes on over the direct way."""
    from studio.engine.client import EngineClient

    start = tmp_path / "engine.py"
    start.write_text(
        "import sys\nsys.modules['litellm'] = None\nfrom studio.engine import main\nraise SystemExit(main())\n"
    )
    client = EngineClient(argv=[sys.executable, str(start)])
    try:
        assert (await client.call("warm"))["litellm"] is False
        provider.push(Reply(TEXT))
        call = call_of(provider, "anthropic", direct_url=provider.url, direct_model="claude-opus-5")
        text, end = await answer(client, call)
        assert isinstance(end, ChatEnd)
        assert text == TEXT
        assert provider.calls[0].path == "/v1/chat/completions"
        assert provider.calls[0].body["model"] == "claude-opus-5"
    finally:
        await client.aclose()
    await asyncio.sleep(0)
