"""Nothing that is secret, and nothing that a person wrote, comes through."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.observability.redact import redact, redact_field

KEY = "sk-ant-api03-abcDEF1234567890abcDEF1234567890"


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {KEY}",
        f"authorization='Basic {KEY}'",
        f'{{"api_key": "{KEY}"}}',
        f"x-api-key={KEY}",
        f"https://host/v1?key={KEY}&alt=sse",
        f"https://user:{KEY}@host/v1",
        f"OPENAI_API_KEY={KEY}",
        f"Incorrect API key provided: {KEY}.",
        f"token: {KEY}",
        f"got {KEY} back",
    ],
)
def test_keys_and_tokens_are_taken_out(text: str) -> None:
    assert "abcDEF1234567890" not in redact(text)
    assert "redacted" in redact(text)


@pytest.mark.parametrize(
    "secret",
    ["AIzaSyA1234567890abcdefghijklmnop", "ghp_abcdefghijklmnop1234567890", "ana.k@example.org",
     "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "a1" * 25],
)  # fmt: skip
def test_what_looks_like_a_secret_is_taken_out_wherever_it_stands(secret: str) -> None:
    assert secret not in redact(f"something {secret} something")


def test_folders_lose_the_user_s_name() -> None:
    assert redact(f"open {Path.home() / 'worlds' / 'Salt.ttrpg'}") == "open ~/worlds/Salt.ttrpg"
    assert "ana" not in redact(r"C:\Users\ana\Documents\x and /home/ana/x and /Users/ana/x")


@pytest.mark.parametrize(
    "text",
    [
        '{"messages": "The queen is a vampire"}',
        '{"role": "user", "content": "The queen is a vampire"}',
        "{'prompt': 'The queen is a vampire', 'n': 1}",
        'Part(type="text", text="The queen is a vampire")',
        "Part(text='The queen isn\\'t a vampire')",
        "1 validation error for Entity\nname\n  Input should be a string [type=string_type, "
        "input_value={'a': 'The queen is a vampire'}, input_type=dict]",
        '{"content": "The queen is a vampire, cut off',
    ],
)
def test_prompts_and_answers_in_an_error_are_taken_out(text: str) -> None:
    assert "queen" not in redact(text)


def test_what_helps_to_find_a_bug_stays() -> None:
    text = "  File \"studio/services/find.py\", line 42, in find\n    hits = {}\nKeyError: 'npc'"
    assert redact(text) == text


def test_fields_go_by_their_names() -> None:
    assert redact_field("api_key", KEY) == "[redacted]"
    assert redact_field("openai_key", "x") == "[redacted]"
    assert redact_field("prompt", "The queen") == "[9 characters]"
    assert redact_field("messages", [{"content": "x"}]) == "[1 items]"
    assert redact_field("usage", {"prompt_tokens": 3, "text": "The queen"}) == {
        "prompt_tokens": 3,
        "text": "[9 characters]",
    }
    assert redact_field("ms", 12.5) == 12.5
    assert redact_field("paths", [Path.home() / "x"]) == ["~/x"]


@given(st.text())
def test_any_text_can_be_redacted_and_redacting_twice_changes_nothing_more(text: str) -> None:
    assert redact(redact(text)) == redact(text)
