"""An open project with one answer in it, and an extraction of that answer made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.candidate import (
    Artifact,
    BlueprintCandidate,
    EntityCandidate,
    Extraction,
    FieldCandidate,
    RecipeCandidate,
    RelationCandidate,
)
from studio.services.review import store_artifact
from studio.services.review.paste import add_pasted
from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.domain.chat import Message

ANSWER = (
    "# The Ashen Concord\nA brittle alliance of salt cities. "
    "Marshal Ilse Dorn leads the Ashen Concord from Lantern Quay. "
    "Tone: grim, hopeful. Portrait prompt: a marshal in ash-grey mail, no gold."
)


def field(value: str, confidence: float = 0.9) -> FieldCandidate:
    """A candidate whose quote is its value, found in ANSWER."""
    start = ANSWER.index(value)
    return FieldCandidate(value=value, confidence=confidence, span=(start, start + len(value)), quote=value)


def extraction() -> Extraction:
    """Three entities, a relation, blueprint fields and a prompt seed."""
    return Extraction(
        extractor="test",
        version="1",
        candidates=(
            BlueprintCandidate(fields={"title": (field("The Ashen Concord"),), "tone": (field("grim"), field("hopeful"))}),  # noqa: E501
            EntityCandidate(
                key="e1", kind="faction", name="Ashen Concord", confidence=0.95, span=(2, 19), quote="The Ashen Concord",  # noqa: E501
                fields={"leader": (field("Marshal Ilse Dorn"),), "headquarters": (field("Lantern Quay", 0.5),)},
            ),
            EntityCandidate(key="e2", kind="npc", name="Ilse Dorn", aliases=("Marshal Ilse Dorn",), confidence=0.9,
                            fields={"title": (field("Marshal"),)}),
            EntityCandidate(key="e3", kind="location", name="Lantern Quay", confidence=0.8),
            RelationCandidate(key="r1", type="leads", from_name="Ilse Dorn", to_name="Ashen Concord", confidence=0.9,
                              span=field("Marshal Ilse Dorn leads").span, quote="Marshal Ilse Dorn leads"),
            RecipeCandidate(key="p1", fields={"subject": (field("a marshal in ash-grey mail"),), "negative": (field("no gold"),),  # noqa: E501
                                              "use_case": (field("Portrait"),)}),
        ),
    )  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A fresh project."""
    opened = Workspace.create(tmp_path / "Salt.ttrpg", name="Salt", author="ana", device="d1")
    yield opened
    opened.close()


@pytest.fixture
def message(workspace: Workspace) -> Message:
    """The answer, pasted."""
    return workspace.run_now(add_pasted, ANSWER, title="An answer")


@pytest.fixture
def artifact(workspace: Workspace, message: Message) -> Artifact:
    """The stored artifact of the answer."""
    return workspace.run_now(store_artifact, message, extraction())
