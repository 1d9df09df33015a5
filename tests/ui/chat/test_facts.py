"""What a message says about itself, and how threads are grouped."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from studio.domain.chat import Message, Part, Usage
from studio.domain.ids import RecordId
from studio.services.chat.threads import ThreadItem
from studio.ui.chat.facts import Facts, badge, caption, facts_of, heading, money, spoken
from studio.ui.chat.sidebar import grouped


@pytest.mark.parametrize(("cost", "words"), [(0.0, "free"), (0.00123, "$0.0012"), (0.5, "$0.50"), (12.0, "$12.00")])
def test_money_shows_enough_places(cost: float, words: str) -> None:
    assert money(cost) == words


def test_a_stored_answer_tells_model_tokens_and_cost() -> None:
    message = Message(
        id=RecordId("m2"),
        thread_id=RecordId("t"),
        role="assistant",
        parts=(Part(text="Hi"), Part(type="file", name="a.md", text="x")),
        model="openai/gpt-5.4",
        usage=Usage(input_tokens=5, output_tokens=1200, estimated=True),
        cost_usd=0.004,
        entity_ids=(RecordId("e1"), RecordId("gone")),
    )
    facts = facts_of(
        message,
        siblings=["m1", "m2", "m3"],
        model_label=lambda m: m.upper(),
        entity=lambda e: ("Veyra", "faction") if e == "e1" else None,
    )
    assert (facts.index, facts.count, facts.files, facts.entities) == (2, 3, ("a.md",), (("Veyra", "faction"),))
    assert caption(facts) == "≈ 1,200 tokens  ·  $0.0040"
    name, description = spoken(facts)
    assert name == "Answer, OPENAI/GPT-5.4"
    assert "version 2 of 3" in description


def test_answers_that_did_not_come_from_a_model_are_labelled() -> None:
    assert badge(Facts(id="1", role="assistant", recorded=True)) == "Recorded"
    assert badge(Facts(id="1", role="assistant", origin="ChatGPT")) == "Pasted"
    assert heading(Facts(id="1", role="assistant", origin="ChatGPT")) == "From ChatGPT"
    assert badge(Facts(id="1", role="assistant", origin="edited")) == "Edited"
    assert badge(Facts(id="1", role="user", origin="ChatGPT")) == ""


def test_a_failure_is_said_to_a_screen_reader() -> None:
    facts = Facts(id="1", role="assistant", state="error", error_text="No answer at the address.")
    assert "failed: No answer at the address." in spoken(facts)[1]


def item(title: str, days: int, *, folder: str = "", pinned: bool = False, archived: bool = False) -> ThreadItem:
    at = datetime(2026, 11, 24, 12, tzinfo=UTC) - timedelta(days=days)
    return ThreadItem(
        id=RecordId(title), title=title, folder=folder, pinned=pinned, archived=archived, updated_at=at, messages=1
    )


def test_threads_are_grouped_by_pin_folder_and_day() -> None:
    items = [
        item("p", 40, pinned=True, folder="Coast"),
        item("f", 0, folder="Coast"),
        item("a", 0, folder="abbey"),
        item("t", 0),
        item("y", 1),
        item("w", 5),
        item("m", 20),
        item("o", 400),
        item("x", 0, archived=True, pinned=True),
    ]
    groups = grouped(items, today=date(2026, 11, 24))
    assert [(title, [t.title for t in found]) for title, found in groups] == [
        ("Pinned", ["p"]),
        ("abbey", ["a"]),
        ("Coast", ["f"]),
        ("Today", ["t"]),
        ("Yesterday", ["y"]),
        ("Last 7 days", ["w"]),
        ("Last 30 days", ["m"]),
        ("Older", ["o"]),
        ("Archived", ["x"]),
    ]
