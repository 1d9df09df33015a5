"""An answer ends its finding: after each of them a new check doesn't bring it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.world import Relation
from studio.services import history
from studio.services.continuity import resolve
from studio.services.continuity.check import check
from studio.services.continuity.rulings import ignore, open_ones
from studio.services.world import claims, entities, relations

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.continuity import Finding
    from studio.storage.project import Project


def two_colours(project: Project) -> None:
    ana = entities.create_entity(project, kind="npc", name="Ana")
    for colour in ("grey", "brown"):
        claims.add_claim(project, ana.id, "eye_colour", colour)


def field_against_claim(project: Project) -> None:
    town = entities.create_entity(project, kind="location", name="Low Quay", fields={"population": "900"})
    claims.add_claim(project, town.id, "population", "5000")


def two_owners(project: Project) -> None:
    cup = entities.create_entity(project, kind="item", name="The Cup")
    for n, name in enumerate(("House Veyra", "The Harbour Guild")):
        house = entities.create_entity(project, kind="faction", name=name)
        relations.add_relation(project, house.id, "owns", cup.id, valid_from={"year": 100 + 10 * n})


def serves_after_death(project: Project) -> None:
    ana = entities.create_entity(project, kind="npc", name="Ana", fields={"death": {"year": 200}})
    house = entities.create_entity(project, kind="faction", name="House Veyra")
    relations.add_relation(project, ana.id, "serves", house.id, valid_from={"year": 210})


MADE: tuple[Callable[[Project], None], ...] = (two_colours, field_against_claim, two_owners, serves_after_death)


def found_in(project: Project) -> Finding:
    (found,) = check(project)
    return found


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
@pytest.mark.parametrize("at", [0, 1])
def test_the_side_that_holds_ends_the_finding(project: Project, make: Callable[[Project], None], at: int) -> None:
    make(project)
    found = found_in(project)
    assert at in resolve.offers(project, found).keep
    resolve.supersede(project, found, at)
    assert check(project) == []
    history.undo(project)
    assert [one.key for one in check(project)] == [found.key]


def test_one_statement_of_several_put_away_ends_the_finding(project: Project) -> None:
    ana = entities.create_entity(project, kind="npc", name="Ana")
    day = {"year": 200, "month": 3, "day": 4}
    for n in range(2):
        town = entities.create_entity(project, kind="location", name=("Low Quay", "Ash Hill")[n])
        feast = entities.create_entity(
            project, kind="event", name=("The Fair", "The Vote")[n], fields={"start": day, "location": town.name}
        )
        relations.add_relation(project, ana.id, "participated_in", feast.id)
    found = found_in(project)
    assert found.type == "two_places"
    records = [project.any_record(side.record) for side in found.evidence]
    at = next(n for n, one in enumerate(records) if isinstance(one, Relation) and one.type == "participated_in")
    assert at in resolve.offers(project, found).put_away
    resolve.put_away(project, found, at)
    assert check(project) == []


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
def test_an_ignored_finding_stays_answered_until_a_side_changes(
    project: Project, make: Callable[[Project], None]
) -> None:
    make(project)
    found = found_in(project)
    ignore(project, found, reason="An old joke.")
    assert open_ones(project, check(project)) == []
    entities.set_tags(project, [found.subjects[0]], ["sea"])
    assert open_ones(project, check(project)) == []
