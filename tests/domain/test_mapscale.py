"""Distances on maps: what two points were said to lie apart is what is measured between them, whatever the image."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from studio.domain.errors import Invalid
from studio.domain.mapscale import path_length, said, width_from

fraction = st.floats(0, 1)
point = st.tuples(fraction, fraction)
aspects = st.floats(0.1, 10)


@given(point, point, st.floats(0.01, 1e6), aspects)
def test_a_scale_gives_back_the_distance_that_made_it(
    a: tuple[float, float], b: tuple[float, float], distance: float, aspect: float
) -> None:
    assume(path_length((a, b), aspect=aspect) > 1e-5)
    width = width_from(a, b, distance=distance, aspect=aspect)
    assert path_length((a, b), aspect=aspect) * width == pytest.approx(distance)


@given(st.lists(point, min_size=2, max_size=6), aspects)
def test_a_path_is_as_long_as_its_legs_and_never_shorter_than_the_straight_way(
    points: list[tuple[float, float]], aspect: float
) -> None:
    legs = sum(path_length(points[n : n + 2], aspect=aspect) for n in range(len(points) - 1))
    whole = path_length(points, aspect=aspect)
    assert whole == pytest.approx(legs)
    assert whole >= path_length((points[0], points[-1]), aspect=aspect) - 1e-9
    assert path_length(points[::-1], aspect=aspect) == pytest.approx(whole)


def test_what_says_nothing_is_refused() -> None:
    with pytest.raises(Invalid, match="same"):
        width_from((0.5, 0.5), (0.5, 0.5), distance=3, aspect=1)
    with pytest.raises(Invalid, match="more than nothing"):
        width_from((0.1, 0.5), (0.5, 0.5), distance=0, aspect=1)


@pytest.mark.parametrize(
    ("distance", "words"), [(1234.4, "1,234 miles"), (12.345, "12.3 miles"), (3, "3 miles"), (0.256, "0.26 miles")]
)
def test_distances_are_told_in_three_figures(distance: float, words: str) -> None:
    assert said(distance, "miles") == words
