"""What can be called: the shipped catalog, the user's overrides, connections, and the route of a model id."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.chat import Usage
from studio.domain.errors import Invalid, NotFound
from studio.domain.model_call import ModelError, NoModel
from studio.engine.protocol import Failure
from studio.services.llm.catalog import Catalog
from studio.services.llm.connections import Connection, Connections
from studio.services.llm.metering import cost_of, estimate_call, estimate_input, estimate_tokens
from studio.services.llm.policy import next_step
from studio.services.llm.provider import Price
from studio.services.llm.routing import Models, is_loopback
from studio.services.llm.sentences import error_for
from tests.support.asked import request

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def connections(tmp_path: Path) -> Connections:
    """Connections of three kinds."""
    found = Connections(tmp_path)
    found.save(Connection(name="Work", provider="openai"))
    found.save(Connection(name="Home", provider="openai", base_url="http://127.0.0.1:9999/v1"))
    found.save(Connection(name="Shed", provider="openai_compat", base_url="http://192.168.1.5/v1", models=("qwen",)))
    return found


def test_every_shipped_model_has_a_provider_a_window_and_a_price() -> None:
    catalog = Catalog.load()
    assert len({m.id for m in catalog.models}) == len(catalog.models) > 30
    for model in catalog.models:
        assert catalog.provider(model.id.partition("/")[0]), model.id
        assert model.context >= 8_000, model.id
        assert model.price is not None, model.id
        assert 0 <= model.price.input <= model.price.output <= 200, model.id


def test_a_users_file_changes_one_price_and_adds_a_model(tmp_path: Path) -> None:
    own = {
        "models": [{"id": "openai/gpt-4.1", "price": {"input": 1, "output": 2}}, {"id": "mistral/new", "context": 9}]
    }
    (tmp_path / "models.json").write_text(json.dumps(own))
    catalog, shipped = Catalog.load(tmp_path), Catalog.load()
    changed, before = catalog.model("openai/gpt-4.1"), shipped.model("openai/gpt-4.1")
    assert changed is not None
    assert before is not None
    assert changed.price == Price(input=1, output=2)
    assert changed.label == before.label
    added = catalog.model("mistral/new")
    assert added is not None
    assert (added.label, added.price) == ("mistral/new", None)
    assert len(catalog.models) == len(shipped.models) + 1


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"models": [{"label": "no id"}]}', '{"models": [{"id": "a/b", "x": 1}]}']
)
def test_a_users_file_with_a_mistake_is_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "models.json").write_text(content)
    with pytest.raises(Invalid, match=r"models\.json"):
        Catalog.load(tmp_path)


def test_connections_survive_and_hold_no_key(tmp_path: Path, connections: Connections) -> None:
    again = Connections(tmp_path)
    assert list(again) == list(connections)
    again.save(Connection(name="Shed", provider="ollama"))
    again.remove("Home")
    assert [c.name for c in Connections(tmp_path)] == ["Work", "Shed"]
    with pytest.raises(NotFound):
        again.remove("Home")
    assert "key" not in (tmp_path / "connections.json").read_text()
    (tmp_path / "connections.json").write_text("oops")
    with pytest.raises(Invalid, match="damaged"):
        Connections(tmp_path)


def test_a_model_id_finds_its_connection_address_and_price(connections: Connections) -> None:
    models = Models(Catalog.load(), connections)
    route = models.route("openai/gpt-4.1")
    assert (route.backend, route.name, route.base_url) == ("litellm", "openai/gpt-4.1", "")
    assert (route.direct_model, route.secret_name, route.free) == ("gpt-4.1", "connection:Work", False)
    route = models.route("custom:Home/gpt-4.1")
    assert route.base_url == "http://127.0.0.1:9999/v1"
    assert route.price is not None
    route = models.route("custom:Shed/qwen/qwen3:8b")
    assert (route.backend, route.name, route.price, route.local) == ("openai_compat", "qwen/qwen3:8b", None, False)
    route = models.route("ollama/llama3")
    assert (route.base_url, route.free, route.local) == ("http://127.0.0.1:11434/v1", True, True)
    for wrong in ("", "gpt", "openrouter/openai/gpt-5.2", "custom:Nobody/x", "nobody/x", "openai/"):
        with pytest.raises(NoModel):
            models.route(wrong)


def test_the_picker_lists_ids_that_route_back(connections: Connections) -> None:
    models = Models(Catalog.load(), connections)
    choices = models.available()
    assert len({c.id for c in choices}) == len(choices)
    for choice in choices:
        route = models.route(choice.id)
        assert route.secret_name == f"connection:{choice.connection}"
        assert route.price == choice.price
    assert any(c.id == "custom:Shed/qwen" for c in choices)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:1234/v1", True),
        ("http://localhost/v1", True),
        ("http://[::1]:80/v1", True),
        ("https://api.openai.com/v1", False),
        ("http://127.0.0.1@evil.example/v1", False),
        ("http://localhost.evil.example", False),
    ],
)
def test_loopback_is_told_from_what_looks_like_it(url: str, local: bool) -> None:
    assert is_loopback(url) is local


def test_estimates_are_near_what_a_tokenizer_counts() -> None:
    litellm_counts = {  # counted with o200k
        "The regent of the Ashen Court fled Karrowmere after the Night of Cinders.": 18,
        "She keeps the key; nobody knows why. **Vessa Thorn** (half-elf spymaster) rules from the Glass Citadel.": 24,
        "La régente de la Cour de Cendre a fui Karrowmere après la Nuit des Braises.": 22,
        "| Name | Role |\n|---|---|\n| Odrin | priest |\n": 17,
    }
    for text, tokens in litellm_counts.items():
        assert estimate_tokens(text) == pytest.approx(tokens, rel=0.35, abs=3), text
    assert estimate_tokens("") == 0


@given(st.text(), st.text())
def test_more_text_is_never_fewer_tokens(one: str, two: str) -> None:
    assert estimate_tokens(f"{one}\n{two}") >= max(estimate_tokens(one), estimate_tokens(two)) * 0.9


def test_a_call_is_estimated_by_its_messages_and_a_typical_answer() -> None:
    said = [("system", "Be brief."), ("user", "word " * 1000)]
    asked = request("x/y", said, max_tokens=100)
    usage = estimate_call(asked)
    assert usage.output_tokens == 100
    assert usage.input_tokens == estimate_input(asked.messages) == pytest.approx(1_010, abs=20)
    assert estimate_call(request("x/y", said)).output_tokens == 1_000


def test_cached_input_is_cheaper_and_never_counted_twice() -> None:
    price = Price(input=2, output=10, cached_input=0.5)
    assert cost_of(Usage(input_tokens=1_000_000), price) == 2
    assert cost_of(Usage(input_tokens=1_000_000, cached_tokens=1_000_000), price) == 0.5
    assert cost_of(Usage(input_tokens=1_000_000, cached_tokens=9_000_000), price) == 0.5
    assert cost_of(Usage(input_tokens=1_000_000, cached_tokens=500_000), Price(input=2, output=10)) == 2
    assert cost_of(Usage(output_tokens=1_000_000), price) == 10
    assert cost_of(Usage(output_tokens=1), None) is None


def error(code: str, **more: object) -> ModelError:
    models = Models.__new__(Models)
    del models
    from studio.services.llm.routing import Route

    route = Route(model="a/b", label="B", provider="A", backend="openai_compat", name="b")
    return error_for(Failure.model_validate({"code": code, **more}), route)


@pytest.mark.parametrize(
    ("failure", "fallback", "expected"),
    [
        (error("rate_limit"), False, "retry"),
        (error("rate_limit", retry_after=5), False, "retry"),
        (error("rate_limit", retry_after=5), True, "fallback"),
        (error("rate_limit", retry_after=60), False, "raise"),
        (error("bad_response", status=503), True, "retry"),
        (error("bad_response", status=400), True, "raise"),
        (error("bad_response", detail="empty"), True, "fallback"),
        (error("bad_response", detail="empty"), False, "raise"),
        (error("offline", detail="refused"), True, "fallback"),
        (error("offline", detail="dns"), False, "retry"),
        (error("timeout"), True, "fallback"),
        (error("timeout"), False, "raise"),
        (error("auth"), True, "raise"),
        (error("context_too_long"), True, "raise"),
        (error("content_filter"), True, "raise"),
        (error("engine_died"), True, "raise"),
        (error("budget"), True, "raise"),
        (error("quota"), True, "fallback"),
    ],
)
def test_what_happens_after_a_failure(failure: ModelError, fallback: bool, expected: str) -> None:
    step = next_step(failure, attempt=1, has_fallback=fallback, seconds_left=600, random=lambda: 0.5)
    assert step.kind == expected
    last = next_step(failure, attempt=3, has_fallback=fallback, seconds_left=600, random=lambda: 0.5)
    assert last.kind != "retry"
    late = next_step(failure, attempt=1, has_fallback=fallback, seconds_left=0.05, random=lambda: 0.5)
    assert late.kind != "retry"


@pytest.mark.parametrize("code", ["auth", "quota", "rate_limit", "offline", "cut", "weird", "internal", "timeout"])
def test_every_failure_is_a_whole_sentence_with_its_names_filled_in(code: str) -> None:
    found = error(code, retry_after=130)
    assert found.sentence.endswith(".")
    assert "{" not in str(found)
