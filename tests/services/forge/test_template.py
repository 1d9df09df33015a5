"""Templates do what prompts need and nothing else, quickly, whatever is thrown at them."""

import contextlib
import sys
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.errors import StudioError
from studio.services.forge.errors import PromptTooLong, TemplateProblem
from studio.services.forge.template import MAX_OUTPUT, Placeholder, View, render, variables

ODRIN = View("Odrin Pell (NPC)", {"name": "Odrin Pell", "goals": ["a house", "a ship"], "secret": ""})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ npc }} / {{ npc.name|upper }}", "Odrin Pell (NPC) / ODRIN PELL"),
        ("{% if npc.secret %}S{% else %}none{% endif %}", "none"),
        ("{% for g in npc.goals %}{{ loop.index }} {{ g }}; {% endfor %}", "1 a house; 2 a ship;"),
        ("{{ npc.goals|sentence }}|{{ npc.goals|join(' + ') }}", "a house and a ship|a house + a ship"),
        ("{{ npc.goals|bullets }}", "- a house\n- a ship"),
        ("{{ none|default('x') }}{{ 'a' if npc else 'b' }}", "xa"),
        ("{{ text }}", "{{ npc.secret }} {% x %}"),
    ],
)
def test_templates_fill_slots(source: str, text: str) -> None:
    assert render(source, {"npc": ODRIN, "none": "", "text": "{{ npc.secret }} {% x %}"}) == text


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a' * 10**9 }}", "{{ 'x'.ljust(10**9) }}", "{{ '%1000000000s'|format(1) }}", "{{ '%s' % 1 }}",
        "{{ 1 + 1 }}",
        "{{ npc.__class__ }}", "{{ npc._text }}", "{{ npc['name'] }}", "{{ npc|attr('name') }}", "{{ self }}",
        "{{ range(10**9) }}", "{% for i in range(9) %}{% endfor %}", "{% set a = 1 %}", "{% include 'x' %}",
        "{% import 'x' as y %}", "{% extends 'x' %}", "{% macro m() %}{% endmacro %}", "{% call m() %}{% endcall %}",
        "{% filter upper %}a{% endfilter %}", "{% with a = 1 %}{% endwith %}", "{% block a %}{% endblock %}",
        "{{ npc.name.upper() }}", "{{ [1, 2] }}", "{{ {'a': 1} }}", "{{ npc ~ npc }}", "{{ -npc }}", "{{ lipsum }}",
        "{{ npc.nme }}", "{{ text.name }}", "{{ nobody }}", "{% for c in text %}{{ c }}{% endfor %}", "{% if npc %}",
        "{{ npc|replace('a', 'b') }}", "{{ npc|join(npc) }}", "{% for a, b in npc.goals %}{% endfor %}",
        "{% for a in x recursive %}{% endfor %}", "{{ " + "(" * 400 + "1" + ")" * 400 + " }}", "{{ 1 in 2 }}",
        "{% for a in l %}{% for b in l %}{% for c in l %}{% endfor %}{% endfor %}{% endfor %}", "{{ {{ }}",
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_a_sentence(source: str) -> None:
    with pytest.raises(TemplateProblem) as caught:
        render(source, {"npc": ODRIN, "text": "abc", "l": ["a"]})
    assert caught.value.sentence.endswith((".", "?"))


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("{% for a in l %}{% for b in l %}{% endfor %}{% endfor %}", {"l": ["x"] * 1000}),
        (
            "{{ l" + "|join('" + "y" * 199 + "')" * 1 + "|join('z')|upper }}" + "{{ l|join }}" * 50,
            {"l": ["x" * 999] * 99},
        ),
        ("{{ t }}" * 3000, {"t": "x" * 90_000}),
        ("{{ l|join('" + "y" * 199 + "') }}", {"l": ["x" * 90_000] * 5000}),
        ("{{ l|bullets }}", {"l": ["x" * 50_000] * 3000}),
        ("{{ l|sentence }}", {"l": ["x" * 90_000] * 5000}),
    ],
)
def test_a_template_cannot_run_away(source: str, values: dict[str, object]) -> None:
    """Counted, not timed: calls and memory are the same on a busy machine."""
    assert effort(source, values) < 3_000_000
    tracemalloc.start()
    try:
        with pytest.raises((TemplateProblem, PromptTooLong)):
            render(source, values)
        assert tracemalloc.get_traced_memory()[1] < 64_000_000
    finally:
        tracemalloc.stop()


def effort(source: str, values: dict[str, object]) -> int:
    """How many calls and returns a template that is refused takes. One of 60,000 characters takes two million."""
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        with contextlib.suppress(TemplateProblem, PromptTooLong):
            render(source, values)
    finally:
        sys.setprofile(before)
    return count


@given(st.text(max_size=300))
def test_any_text_renders_or_is_refused(source: str) -> None:
    with contextlib.suppress(StudioError):
        assert len(render(source, {})) <= MAX_OUTPUT


PIECES = (
    "{{ npc }}", "{{ npc.name }}", "{% if npc %}", "{% endif %}", "{{", "}}", "{%", "%}", " x|", "{% else %}", "'", "(",
    "{% for g in npc.goals %}", "{{ g }}", "{% endfor %}", ")", ".", "*",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_mix_of_template_pieces_renders_or_is_refused(pieces: list[str]) -> None:
    with contextlib.suppress(StudioError):
        render(" ".join(pieces), {"npc": ODRIN})


def test_the_line_of_a_mistake_is_known() -> None:
    with pytest.raises(TemplateProblem) as caught:
        render("fine\n{{ 1 + 1 }}", {})
    assert caught.value.line == 2


def test_variables_are_found_with_whether_they_need_fields() -> None:
    source = (
        "{{ npc.name }}{% for g in npc.goals %}{{ g }}{{ loop.index }}{{ mood }}{% endfor %}{% if place %}x{% endif %}"
    )
    assert variables(source) == {"npc": True, "mood": False, "place": False}


def test_placeholders_stand_for_what_is_missing() -> None:
    source = "{{ npc.name }}{% for g in npc.goals %} {{ g }}{% endfor %} {{ npc }}"
    assert render(source, {"npc": Placeholder("‹npc›")}) == "‹npc.name› ‹npc.goals› ‹npc›"
