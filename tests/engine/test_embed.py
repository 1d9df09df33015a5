"""The shipped embedder in its engine, and the embeddings of a server."""

from __future__ import annotations

import base64
import hashlib
import struct
from typing import TYPE_CHECKING, Any

import pytest

from studio import resources_dir
from studio.engine.embed import VOCABULARY_HASH
from studio.engine.protocol import BUILT_IN, CallFailed, EmbedderSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.engine.client import EngineClient
    from tests.support.provider import ScriptedProvider


async def embedded(engine: EngineClient, texts: Sequence[str], **more: Any) -> list[tuple[float, ...]]:
    told = await engine.call("embed.texts", texts=list(texts), **more)
    data = base64.b64decode(told["vectors"])
    return [v for v in struct.iter_unpack(f"<{told['dim']}f", data)]


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_the_vocabulary_is_the_one_of_bert() -> None:
    data = (resources_dir() / "models" / "minilm" / "vocab.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == VOCABULARY_HASH
    assert len(data.decode().splitlines()) == 30_522


async def test_vectors_have_length_one_and_nearness_follows_meaning(engine: EngineClient) -> None:
    asked, near, far = await embedded(
        engine, ["Who is the monarch of the sunken town?", "The queen rules a drowned city.", "Goblins eat turnips."]
    )
    assert len(asked) == 384
    assert cosine(asked, asked) == pytest.approx(1, abs=1e-5)
    assert cosine(asked, near) > cosine(asked, far) + 0.3


async def test_a_vector_does_not_depend_on_its_neighbours(engine: EngineClient) -> None:
    text = "The bell of Saltmere rings only for the dead."
    (alone,) = await embedded(engine, [text])
    among = await embedded(engine, ["x", text, "word " * 400])
    assert among[1] == alone


async def test_text_without_any_words_has_a_vector(engine: EngineClient) -> None:
    for vector in await embedded(engine, ["", " ", "\u2028", "🜏" * 5000, "a" * 20_000]):
        assert cosine(vector, vector) == pytest.approx(1, abs=1e-5)
    assert (await engine.call("embed.texts", texts=[]))["vectors"] == ""


async def test_an_embedder_that_is_not_there_is_refused(engine: EngineClient) -> None:
    with pytest.raises(CallFailed, match="no_embedder"):
        await embedded(engine, ["x"], embedder=EmbedderSpec(id="other@1").model_dump())


def served(provider: ScriptedProvider) -> dict[str, Any]:
    return EmbedderSpec(id="ollama/nomic", url=provider.url, model="nomic").model_dump()


async def test_a_servers_vectors_come_in_the_order_of_the_texts(
    engine: EngineClient, provider: ScriptedProvider
) -> None:
    texts = [f"text {n}" for n in range(70)]
    found = await embedded(engine, texts, embedder=served(provider), api_key="sk-test-secret")
    again = await embedded(engine, list(reversed(texts)), embedder=served(provider))
    assert found == list(reversed(again))
    assert provider.calls[0].headers["authorization"] == "Bearer sk-test-secret"
    assert [len(call.body["input"]) for call in provider.calls[:3]] == [32, 32, 6]
    assert all(cosine(v, v) == pytest.approx(1, abs=1e-5) for v in found)


async def test_a_server_that_asks_for_patience_is_asked_again(engine: EngineClient, provider: ScriptedProvider) -> None:
    from tests.support.provider import Reply

    provider.push(Reply(status=429, headers={"retry-after": "0"}))
    assert len(await embedded(engine, ["one"], embedder=served(provider))) == 1
    assert len(provider.calls) == 2


async def test_a_server_without_vectors_is_a_failure_with_a_code(
    engine: EngineClient, provider: ScriptedProvider
) -> None:
    from tests.support.provider import Reply

    provider.push(Reply(raw=b'{"data": []}', raw_type="application/json"))
    with pytest.raises(CallFailed, match="bad_response"):
        await embedded(engine, ["one"], embedder=served(provider))
    provider.push(Reply(status=401))
    with pytest.raises(CallFailed, match="auth"):
        await embedded(engine, ["one"], embedder=served(provider))


def test_the_built_in_embedder_has_a_version_in_its_id() -> None:
    assert BUILT_IN.partition("@")[2] == "1"
