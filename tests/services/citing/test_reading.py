"""The citations of a stored answer are those of the pack that it was made from, and lead to the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.lens import Lens
from studio.services.citing.checking import Report
from studio.services.citing.reading import locate, report, reports
from studio.services.review.paste import add_pasted
from studio.services.workspace import Workspace
from studio.services.world.entities import create_entity, update_entity
from tests.support.asked import answered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.domain.world import Entity

BODY = "She keeps the ledger of the drowned.\n\nThe bell of Saltgate rings for her alone."


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A project with one entry in it."""
    opened = Workspace.create(tmp_path / "Salt.ttrpg", name="Salt", author="ana", device="d1")
    yield opened
    opened.close()


@pytest.fixture
def mirel(workspace: Workspace) -> Entity:
    """Whom the answers speak of."""
    return workspace.run_now(create_entity, kind="npc", name="Mirel Thane", summary="A captain.", body=BODY)


def test_an_answer_is_checked_against_the_pack_that_it_was_made_from(workspace: Workspace, mirel: Entity) -> None:
    said = "Mirel keeps the ledger of the drowned [1]. She is dead [4]."
    message = workspace.run_now(answered, "Who is Mirel Thane?", said, entity_ids=(mirel.id,))
    told = workspace.run_now(report, message)
    assert [(c.n, c.ref, c.problem) for c in told.citations] == [(1, mirel.id, ""), (4, "", "no_note")]
    assert list(workspace.run_now(reports, [message])) == [message.id]


def test_a_citation_leads_to_its_words_in_the_record_also_after_an_edit(workspace: Workspace, mirel: Entity) -> None:
    message = workspace.run_now(answered, "Who?", "The bell of Saltgate rings for her [1].", entity_ids=(mirel.id,))
    (one,) = workspace.run_now(report, message).citations
    place = workspace.run_now(locate, one)
    assert place is not None
    assert (place.path, place.changed) == ("body", False)
    assert place.span is not None
    assert BODY[slice(*place.span)] == "The bell of Saltgate rings for her alone."
    workspace.run_now(update_entity, mirel.id, {"body": "An oath.\n\n" + BODY})
    moved = workspace.run_now(locate, one)
    assert moved is not None
    assert (moved.span, moved.changed) == ((place.span[0] + 10, place.span[1] + 10), True)
    workspace.run_now(update_entity, mirel.id, {"body": "Gone."})
    assert workspace.run_now(locate, one) == ("", None, True)


def test_a_citation_leads_nowhere_for_those_who_may_not_see_the_record(workspace: Workspace, mirel: Entity) -> None:
    message = workspace.run_now(answered, "Who?", "She keeps the ledger [1].", entity_ids=(mirel.id,))
    (one,) = workspace.run_now(report, message).citations
    assert workspace.run_now(locate, one, lens=Lens(audience="party")) is None


def test_a_message_without_a_pack_cites_nothing(workspace: Workspace) -> None:
    pasted = workspace.run_now(add_pasted, "It is so [1].", title="From elsewhere")
    assert workspace.run_now(report, pasted) == Report()
    assert workspace.run_now(reports, [pasted]) == {}
