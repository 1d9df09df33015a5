"""Tokens are counted by the real tokenizers, remembered by content, and guessed where nobody can count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.client import EngineClient
from studio.engine.protocol import CallFailed
from studio.observability import metrics
from studio.services.context.pieces import Wording
from studio.services.context.tokens import ESTIMATE, Counter, estimate, tokenizer_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TEXT = "House Veyra's salt-road ledgers (kept since 812) are never shown. Ælfric knows. 龙 <|endoftext|>"


@pytest.fixture
async def engine() -> AsyncIterator[EngineClient]:
    made = EngineClient()
    yield made
    await made.aclose()


class Fake:
    """Counts characters, and how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    async def call(self, method: str, **params: Any) -> dict[str, object]:
        assert method == "tokens.count"
        self.asked.append(params["texts"])
        return {"counts": [len(t) for t in params["texts"]]}


async def test_the_engine_counts_as_openais_and_anthropics_tokenizers_do(engine: EngineClient) -> None:
    counter = Counter(lambda: engine, patience=60)
    found = {}
    for name in ("o200k_base", "cl100k_base", "p50k_base", "≈claude"):
        counts = await counter.count([Wording.of(TEXT), Wording.of("hello world"), Wording.of("")], name)
        assert counts.tokenizer == name
        found[name] = list(counts.by_hash.values())
    assert found == {
        "o200k_base": [34, 2, 0], "cl100k_base": [35, 2, 0], "p50k_base": [36, 2, 0], "≈claude": [35, 2, 0]
    }  # fmt: skip


async def test_a_tokenizer_that_is_not_there_is_refused_and_never_fetched(engine: EngineClient) -> None:
    with pytest.raises(CallFailed, match="no tokenizer"):
        await engine.call("tokens.count", tokenizer="gpt2", texts=["x"])
    counts = await Counter(lambda: engine, patience=60).count([Wording.of("x")], "gpt2")
    assert counts.tokenizer == ESTIMATE


async def test_a_text_is_counted_once_and_a_changed_one_anew() -> None:
    fake = Fake()
    counter = Counter(lambda: fake)
    before = metrics.session.counters().get("cache.tokens.hit", 0)
    for text in ("abc", "abc", "abcd"):
        counts = await counter.count([Wording.of(text)], "o200k_base")
        assert counts.by_hash == {Wording.of(text).hash: len(text)}
    assert fake.asked == [["abc"], ["abcd"]]
    assert metrics.session.counters()["cache.tokens.hit"] == before + 1
    await counter.count([Wording.of("abc")], "cl100k_base")
    assert fake.asked[-1] == ["abc"]


async def test_the_memory_is_bounded() -> None:
    counter = Counter(Fake, most=10)
    await counter.count([Wording.of(str(n)) for n in range(50)], "o200k_base")
    assert len(counter._known) == 10


async def test_without_an_engine_it_is_guessed_and_said_so() -> None:
    counts = await Counter().count([Wording.of("word " * 100)], "o200k_base")
    assert counts.tokenizer == ESTIMATE
    assert list(counts.by_hash.values()) == [estimate("word " * 100)]


@pytest.mark.parametrize(
    ("model", "tokenizer"),
    [("openai/gpt-5.4", "o200k_base"), ("openrouter/openai/gpt-4o-mini", "o200k_base"), ("openai/o3", "o200k_base"),
     ("openai/gpt-4-turbo", "cl100k_base"), ("anthropic/claude-opus-5", "≈claude"),
     ("ollama/llama3", "≈o200k_base"), ("gemini/gemini-2.5-pro", "≈o200k_base"), ("recorded", ESTIMATE)],
)  # fmt: skip
def test_each_model_has_its_tokenizer_or_one_that_says_it_only_comes_near(model: str, tokenizer: str) -> None:
    assert tokenizer_of(model) == tokenizer


@given(st.text(), st.text())
def test_more_text_is_never_fewer_tokens(one: str, two: str) -> None:
    assert estimate(one + two) >= estimate(one) - 1
