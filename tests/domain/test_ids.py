"""Ids sort by age and are versions 7; stamps never run backwards."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from studio.domain.ids import HlcClock, IdSource, new_id


@given(st.lists(st.integers(min_value=1, max_value=5), min_size=2, max_size=60))
def test_ids_sort_by_age_whatever_the_clock_does(times: list[int]) -> None:
    """Also within one millisecond, and when the clock is set back."""
    clock = iter(times)
    source = IdSource(now_ms=lambda: next(clock), random_bits=lambda: (1 << 74) - 1)
    made = [source() for _ in times]
    assert made == sorted(set(made))


def test_an_id_is_a_version_7_uuid() -> None:
    made = UUID(new_id())
    assert (made.version, made.variant) == (7, "specified in RFC 4122")


@given(st.lists(st.integers(min_value=0, max_value=5), min_size=1, max_size=60))
def test_stamps_grow_whatever_the_clock_does(times: list[int]) -> None:
    clock = iter(times)
    hlc = HlcClock("dev", now_ms=lambda: next(clock))
    made = [hlc.tick() for _ in times]
    assert made == sorted(set(made))


def test_a_stamp_of_another_device_is_passed() -> None:
    hlc = HlcClock("a", now_ms=lambda: 5)
    hlc.observe(HlcClock("b", now_ms=lambda: 900).tick())
    assert hlc.tick() > HlcClock("b", now_ms=lambda: 900).tick()[:17]
