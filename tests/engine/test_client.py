"""The engine process and its client: start, stop, death, restart, orphans, and what it is given to see."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.domain.model_call import ChatMessage
from studio.engine.client import EngineClient
from studio.engine.link import command, environment
from studio.engine.protocol import CallFailed, ChatCall, ChatItem
from tests.support.provider import Reply, ScriptedProvider
from tests.support.timing import seconds, shortest

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def alive(pid: int) -> bool:
    """True while the process runs; a zombie doesn't."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def call_of(provider: ScriptedProvider) -> ChatCall:
    message = ChatMessage(role="user", content="hi")
    return ChatCall(backend="openai_compat", model="fake", direct_url=provider.url, messages=(message,))


async def test_nothing_starts_before_the_first_call() -> None:
    client = EngineClient()
    assert client.pid is None
    await client.aclose()


async def test_it_starts_answers_and_stops() -> None:
    states: list[str] = []
    client = EngineClient(changed=states.append)
    await client.start()
    assert await shortest(client.ping, under=0.5) < 0.5
    pid = client.pid
    assert pid is not None
    await client.aclose()
    assert not alive(pid)
    assert states == ["starting", "ready", "stopped"]
    with pytest.raises(CallFailed) as caught:
        await client.ping()
    assert caught.value.failure.code == "cancelled"


async def test_it_stops_within_a_second() -> None:
    async def one_life() -> float:
        client = EngineClient()
        await client.start()
        return await seconds(client.aclose())

    assert await shortest(one_life, under=1) < 1


async def test_stopping_in_the_middle_of_an_answer_takes_less_than_a_second(provider: ScriptedProvider) -> None:
    async def one_answer() -> float:
        provider.reset()
        provider.push(Reply("word " * 500, pause=0.05))
        client = EngineClient()
        stream = client.chat(call_of(provider))
        while not (isinstance(piece := await anext(stream), ChatItem) and piece.kind == "text"):
            pass
        took = await seconds(client.aclose())
        with pytest.raises(CallFailed) as caught:
            async for _ in stream:
                pass
        assert caught.value.failure.code == "cancelled"
        assert await provider.until(lambda: provider.calls[0].client_gone_at)
        return took

    assert await shortest(one_answer, under=1) < 1


@POSIX
async def test_a_killed_engine_fails_its_calls_and_starts_again_with_the_next() -> None:
    client = EngineClient()
    try:
        await client.start()
        first = client.pid
        assert first is not None
        stuck = asyncio.create_task(client.call("ping"))
        os.kill(first, signal.SIGSTOP)
        slow = asyncio.create_task(client.call("ping"))
        await asyncio.sleep(0.05)
        os.kill(first, signal.SIGKILL)
        results = await asyncio.gather(stuck, slow, return_exceptions=True)
        died = [r for r in results if isinstance(r, CallFailed)]
        assert died
        assert all(r.failure.code == "engine_died" for r in died)
        await client.ping()
        assert client.pid != first
    finally:
        await client.aclose()


@POSIX
async def test_an_engine_that_keeps_dying_is_started_ever_more_slowly() -> None:
    async def first_of_four() -> float:
        client = EngineClient(argv=[sys.executable, "-c", "raise SystemExit(3)"])
        waits: list[float] = []
        for _ in range(4):
            before = time.monotonic()
            with pytest.raises(CallFailed) as caught:
                await client.ping()
            assert caught.value.failure.code == "engine_died"
            waits.append(time.monotonic() - before)
        await client.aclose()
        assert waits[-1] > 0.5
        return waits[0]

    assert await shortest(first_of_four, under=0.5) < 0.5


async def test_an_engine_that_cannot_be_started_is_a_typed_failure(caplog: pytest.LogCaptureFixture) -> None:
    client = EngineClient(argv=["/nowhere/engine"])
    with pytest.raises(CallFailed) as caught:
        await client.ping()
    assert caught.value.failure.code == "engine_died"
    assert "can't be started" in caplog.text
    await client.aclose()


@POSIX
def test_the_engine_ends_when_the_app_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text(
        "import asyncio, os, signal\n"
        "from studio.engine.client import EngineClient\n"
        "async def main():\n"
        "    client = EngineClient()\n"
        "    await client.start()\n"
        "    print(client.pid, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, env=environment())
    assert done.returncode == -signal.SIGKILL, done.stderr
    pid = int(done.stdout)
    ends = time.monotonic() + 2
    while alive(pid) and time.monotonic() < ends:
        time.sleep(0.01)
    assert not alive(pid)


async def test_a_forgotten_stream_stops_the_model(engine: EngineClient, provider: ScriptedProvider) -> None:
    provider.push(Reply("word " * 500, pause=0.02))
    stream = engine.chat(call_of(provider))
    await anext(stream)
    assert await provider.until(lambda: provider.calls)
    del stream
    assert await provider.until(lambda: provider.calls[0].client_gone_at, 1)


async def test_many_calls_at_once_each_get_their_own_answer(engine: EngineClient, provider: ScriptedProvider) -> None:
    provider.default = lambda body: Reply(body["messages"][0]["content"] * 20, pause=0.001)

    async def one(word: str) -> str:
        message = ChatMessage(role="user", content=word)
        stream = engine.chat(
            ChatCall(backend="openai_compat", model="fake", direct_url=provider.url, messages=(message,))
        )
        return "".join([piece.text async for piece in stream if isinstance(piece, ChatItem)])

    words = [f"<{n}>" for n in range(20)]
    assert await asyncio.gather(*(one(w) for w in words)) == [w * 20 for w in words]


def test_one_client_serves_one_loop_after_another(engine: EngineClient) -> None:
    for _ in range(2):
        assert asyncio.run(engine.call("ping", word="ä")) == {"word": "ä"}


async def test_an_unknown_method_is_a_failure_not_a_crash(engine: EngineClient) -> None:
    before = engine.pid
    with pytest.raises(CallFailed) as caught:
        await engine.call("nonsense")
    assert caught.value.failure.code == "internal"
    await engine.ping()
    assert engine.pid == before or before is None


def test_no_key_and_no_provider_address_reaches_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL", "MISTRAL_API_KEY", "GITHUB_TOKEN"):
        monkeypatch.setenv(name, "secret")
    assert "secret" not in environment().values()
    assert "secret" not in " ".join(command())


def test_the_frozen_app_starts_itself_as_its_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command() == [sys.executable, "-m", "studio.engine"]
    assert "PYTHONPATH" not in environment() or environment()["PYTHONPATH"] == os.environ.get("PYTHONPATH")


async def test_what_a_library_prints_breaks_no_frame(tmp_path: Path) -> None:
    loud = tmp_path / "loud.py"
    loud.write_text(
        "import sys\n"
        "from studio.engine import models\n"
        "real = models.ping\n"
        "async def ping(params):\n"
        "    print('NOISE ' * 1000, flush=True)\n"
        "    async for piece in real(params):\n"
        "        yield piece\n"
        "models.ping = ping\n"
        "from studio.engine import main\n"
        "main()\n"
    )
    client = EngineClient(argv=[sys.executable, str(loud)])
    try:
        assert await client.call("ping", n=1) == {"n": 1}
    finally:
        await client.aclose()


def test_the_app_imports_no_heavy_library_for_its_side_of_the_engine() -> None:
    code = (
        "import sys, studio.services.llm, studio.services.spend, studio.storage.secrets, studio.engine.client\n"
        "heavy = {'httpx', 'litellm', 'openai', 'keyring', 'cryptography', 'lancedb', 'numpy', 'aiohttp'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
