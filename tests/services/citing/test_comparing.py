"""Every claim of an answer is held against canon: supported, contradicted, or new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.lens import Lens
from studio.domain.world import Entity
from studio.services.citing.comparing import Verdict, compare
from studio.services.extraction import OfflineExtractor
from studio.services.review import store_artifact
from studio.services.review.paste import add_pasted
from studio.services.workspace import Workspace
from studio.services.world.claims import state
from studio.services.world.entities import create_entity, set_status, update_entity
from studio.services.world.names import known_entities
from studio.services.world.relations import add_relation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWER = """# Mirel Thane
- **Kind:** NPC
- **Title:** Harbour Warden
- **Birth:** 795
- **Home:** Saltgate
- **Goals:** peace; a quiet river

# Old Brann
- **Kind:** NPC
- **Title:** Ferryman
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A world with a captain in it."""
    opened = Workspace.create(tmp_path / "Salt.ttrpg", name="Salt", author="ana", device="d1")
    opened.run_now(create_entity, kind="location", name="Saltgate")
    mirel = opened.run_now(create_entity, kind="npc", name="Mirel Thane")
    opened.run_now(
        update_entity, mirel.id,
        {"fields.title": "Captain", "fields.birth": "795", "fields.home": "Saltgate"},
    )  # fmt: skip
    opened.run_now(set_status, [mirel.id], "canon")
    yield opened
    opened.close()


def verdicts(workspace: Workspace, answer: str = ANSWER, lens: Lens | None = None) -> dict[tuple[str, str], Verdict]:
    message = workspace.run_now(add_pasted, answer, title="An answer")
    extraction = OfflineExtractor().extract(message.text, known=workspace.run_now(known_entities))
    artifact = workspace.run_now(store_artifact, message, extraction)
    found = workspace.run_now(compare, artifact, lens=lens or Lens())
    return {(v.about, v.says): v for v in found}


def test_what_canon_says_too_is_supported(workspace: Workspace) -> None:
    told = verdicts(workspace)
    for says in ("Birth: 795", "Home: Saltgate"):
        one = told["Mirel Thane", says]
        assert (one.standing, one.path) == ("supported", f"fields.{says.split(':')[0].lower()}"), says
        assert one.span is not None
        assert ANSWER[slice(*one.span)] == one.quote


def test_another_value_of_what_has_only_one_is_contradicted_and_cites_canon(workspace: Workspace) -> None:
    one = verdicts(workspace)["Mirel Thane", "Title: Harbour Warden"]
    assert (one.standing, one.canon, one.path, one.status.value) == ("contradicted", "Captain", "fields.title", "canon")
    assert one.record is not None
    assert one.rev > 0


def test_what_canon_does_not_know_is_new(workspace: Workspace) -> None:
    told = verdicts(workspace)
    assert told["Old Brann", "Title: Ferryman"].standing == "new"
    assert told["Old Brann", "is there, as an NPC"].standing == "new"


def test_another_day_contradicts_and_a_wider_date_does_not(workspace: Workspace) -> None:
    other = "# Mirel Thane\n- **Kind:** NPC\n- **Birth:** {}\n"
    assert verdicts(workspace, other.format("811"))["Mirel Thane", "Birth: 811"].standing == "contradicted"
    assert verdicts(workspace, other.format("c. 797"))["Mirel Thane", "Birth: c. 797"].standing == "supported"


def test_a_rumour_contradicts_nothing(workspace: Workspace) -> None:
    mirel = next(e for e in workspace.run_now(lambda p: p.all(Entity)) if e.name == "Mirel Thane")
    workspace.run_now(state, mirel.id, "fields.title", {"certainty": "rumour"})
    assert verdicts(workspace)["Mirel Thane", "Title: Harbour Warden"].standing == "new"


def test_a_second_owner_of_a_thing_is_contradicted_by_the_first(workspace: Workspace) -> None:
    mirel = next(e for e in workspace.run_now(lambda p: p.all(Entity)) if e.name == "Mirel Thane")
    bell = workspace.run_now(create_entity, kind="item", name="Drowned Bell")
    workspace.run_now(create_entity, kind="npc", name="Ysolde Karr")
    workspace.run_now(add_relation, mirel.id, "owns", bell.id)
    (one,) = [
        v for v in verdicts(workspace, "Ysolde Karr owns the Drowned Bell.").values() if v.says.startswith("owns")
    ]
    assert (one.standing, one.canon) == ("contradicted", "Drowned Bell owned by Mirel Thane")
    (one,) = [
        v for v in verdicts(workspace, "Mirel Thane owns the Drowned Bell.").values() if v.says.startswith("owns")
    ]
    assert one.standing == "supported"


def test_what_an_audience_may_not_see_is_new_to_it(workspace: Workspace) -> None:
    one = verdicts(workspace, lens=Lens(audience="party"))["Mirel Thane", "Title: Harbour Warden"]
    assert (one.standing, one.canon, one.record) == ("new", "", None)
