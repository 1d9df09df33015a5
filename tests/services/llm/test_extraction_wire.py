"""Extraction by a model over the whole path: gateway, engine, HTTP, and a provider that can't do everything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from studio.domain.candidate import EntityCandidate
from studio.domain.model_call import CallOrigin
from studio.services.extraction.model import ModelExtractor
from tests.support.provider import Reply, ScriptedProvider

if TYPE_CHECKING:
    from studio.services.llm.gateway import Gateway
    from studio.services.spend import Spend

TEXT = "**Vessa Thorn** is the regent of the Ashen Court. She fled Karrowmere in 1132 AV."
ANSWER = json.dumps(
    {"entities": [{"name": "Vessa Thorn", "kind": "npc", "quote": "Vessa Thorn is the regent", "fields": []}]}
)
MODELS = ["openrouter/openai/gpt-5.2", "openai/gpt-4.1", "anthropic/claude-opus-5", "gemini/gemini-2.5-flash"]


@pytest.mark.parametrize("model", MODELS)
async def test_a_model_extracts_over_the_wire_and_is_charged_as_extraction(
    gateway: Gateway, provider: ScriptedProvider, spend: Spend, model: str
) -> None:
    provider.push(Reply(ANSWER))
    found = await ModelExtractor(gateway, model=model).extract(TEXT, origin=CallOrigin(message_id="m"))
    assert found.extractor == "model"
    assert "Vessa Thorn" in {c.name for c in found.candidates if isinstance(c, EntityCandidate)}
    assert [t.key for t in await spend.totals("purpose")] == ["extraction"]


async def test_a_server_without_schemas_is_asked_for_a_tool_call(gateway: Gateway, provider: ScriptedProvider) -> None:
    provider.push(Reply(status=400, error="response_format json_schema is not supported"), Reply(tool_arguments=ANSWER))
    found = await ModelExtractor(gateway, model=MODELS[0]).extract(TEXT)
    assert found.extractor == "model"
    first, second = (seen.body for seen in provider.calls)
    assert first["response_format"]["type"] == "json_schema"
    assert second["tool_choice"]["function"]["name"] == "found"


@pytest.mark.parametrize("reply", [Reply(status=401), Reply(TEXT, fault="no_end", after=2), Reply(raw=b"<html>")])
async def test_whatever_goes_wrong_the_rules_remain(gateway: Gateway, provider: ScriptedProvider, reply: Reply) -> None:
    provider.push(reply)
    found = await ModelExtractor(gateway, model=MODELS[0]).extract(TEXT)
    assert found.extractor == "offline"
    assert found.warnings
    assert len(provider.calls) == 1
