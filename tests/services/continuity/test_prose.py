"""How much of what plain prose gets wrong the text rules find, in worlds of several genres."""

from __future__ import annotations

import pytest

from tests.services.continuity import prose


@pytest.mark.parametrize(
    ("genre", "recall"), [(prose.SEA_KINGS, 0.9), (prose.NOIR, 0.9), (prose.ORCHARD_MOON, 0.85)],
    ids=["sea kings", "noir", "orchard moon"],
)  # fmt: skip
def test_plain_prose_against_facts_is_found_and_what_agrees_is_left_alone(genre: prose.Genre, recall: float) -> None:
    wrong = [line for clashes, line in genre.lines() if clashes]
    right = [line for clashes, line in genre.lines() if not clashes]
    found = [line for line in wrong if genre.flagged(line)]
    alarms = [line for line in right if genre.flagged(line)]
    assert len(found) >= recall * len(wrong), sorted(set(wrong) - set(found))
    assert len(alarms) <= 0.05 * (len(found) + len(alarms)), alarms


def test_what_a_session_tells_against_an_entry_is_found_without_any_fact() -> None:
    found = [pair for clashes, *pair in prose.PAIRS if clashes and prose.pair_flagged(*pair)]
    alarms = [pair for clashes, *pair in prose.PAIRS if not clashes and prose.pair_flagged(*pair)]
    assert len(found) >= 0.9 * sum(clashes for clashes, *_ in prose.PAIRS)
    assert alarms == []
