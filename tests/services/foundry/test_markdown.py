"""A blueprint becomes Markdown with fixed headings, and comes back the same."""

import pytest
from hypothesis import example, given

from studio.domain.blueprint import Act, Blueprint, Identity, Pitch, Shape, WorldHooks
from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.world import Link
from studio.services.foundry.markdown import render_markdown
from studio.services.foundry.parsing import parse_markdown
from tests.services.foundry.strategies import NAMES, blueprints

BY_NAME = {name: ref for ref, name in NAMES.items()}


@given(blueprints())
@example(Blueprint(pitch=Pitch(premise="# not a heading\n\\# nor this\n- a list\n\nlast")))
@example(Blueprint(identity=Identity(title="T", tagline="> quoted")))
def test_markdown_comes_back_as_the_same_blueprint(blueprint: Blueprint) -> None:
    text = render_markdown(blueprint, NAMES)
    if not text.replace("# Untitled blueprint", "").strip():
        return
    parsed = parse_markdown(text, resolve=BY_NAME.get)
    assert parsed.blueprint == blueprint
    assert parsed.unknown == ()


def test_the_headings_are_fixed() -> None:
    blueprint = Blueprint(
        identity=Identity(title="Dust Debt", tagline="The company always collects.", format="Campaign"),
        pitch=Pitch(premise="A tug crew owes.\n\nIt grows.", genres=("Sci-fi horror",)),
        dials={"grit": 8},
        shape=Shape(acts=(Act(title="Arrival", goal="Board the ring", beats=("A dead dock", "A live voice")),)),
        world=WorldHooks(
            starting_region=Link(text="Kell Reach", ref=RecordId("e2")),
            antagonists=(Link(text="the veiled house", ref=RecordId("e1")), Link(text="Nobody yet")),
        ),
    )
    assert render_markdown(blueprint, NAMES) == (
        "# Dust Debt\n\n> The company always collects.\n\n"
        "## Identity\n\n- **Format:** Campaign\n\n"
        "## Pitch\n\n### Premise\n\nA tug crew owes.\n\nIt grows.\n\n### Genres\n\n- Sci-fi horror\n\n"
        "## Dials\n\n- **Grit:** 8/10\n\n"
        "## Shape\n\n### Acts\n\n#### Arrival\n\n- **Goal:** Board the ring\n- **Beats:**\n"
        "  - A dead dock\n  - A live voice\n\n\n"
        "## World hooks\n\n- **Starting region:** [[Kell Reach]]\n\n### Antagonists\n\n"
        "- [[House Veyra|the veiled house]]\n- Nobody yet\n"
    )


def test_what_the_form_does_not_have_is_named() -> None:
    parsed = parse_markdown("# A\n\n## Soundtrack\n\nBells\n\n## Pitch\n\n### Premise\n\nYes\n\n### Moral\n\nNone\n")
    assert parsed.blueprint.pitch.premise == "Yes"
    assert parsed.unknown == ("Soundtrack", "Moral")


def test_text_without_any_heading_is_refused() -> None:
    with pytest.raises(Invalid):
        parse_markdown("just a note")
