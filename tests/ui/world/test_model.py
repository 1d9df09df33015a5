"""The tree's model: Qt's own checker over it in every state, and changes that keep what is open."""

import random

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from studio.domain.vocabulary import kind_spec
from studio.services.world.rows import Row
from studio.services.world.tree import Group
from studio.ui.world.model import WorldModel


def row(n: int, name: str = "") -> Row:
    return Row(f"id{n}", "npc", name or f"Name {n:04}", "draft")


class Asked(list[tuple[int, str, int]]):
    """What a model asked for."""

    def __call__(self, number: int, key: str, start: int) -> None:
        self.append((number, key, start))


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def model(asked: Asked, qtmodeltester: ModelTester) -> WorldModel:
    made = WorldModel(asked, kind_spec)
    qtmodeltester.check(made)
    return made


@pytest.fixture
def quiet(asked: Asked) -> WorldModel:
    """A model that only the test asks: Qt's checker fetches rows by itself."""
    return WorldModel(asked, kind_spec)


def names(model: WorldModel, parent: QModelIndex | None = None) -> list[str]:
    at = parent or QModelIndex()
    return [str(model.index(r, 0, at).data()) for r in range(model.rowCount(at))]


def test_branches_load_by_page_when_they_are_wanted(quiet: WorldModel, asked: Asked) -> None:
    model = quiet
    model.reset_groups([Group("npc", "NPCs", 5, "npc"), Group("item", "Items", 0, "item")])
    people = model.index(0, 0)
    assert model.hasChildren(people)
    assert not model.hasChildren(model.index(1, 0))
    assert model.rowCount(people) == 0
    model.fetchMore(people)
    model.fetchMore(people)
    assert [(key, start) for _, key, start in asked] == [("npc", 0)]
    model.deliver(asked[0][0], 0, [row(n) for n in range(3)])
    assert model.rowCount(people) == 3
    assert model.canFetchMore(people)
    model.fetchMore(people)
    model.deliver(asked[1][0], 3, [row(3), row(4)])
    assert not model.canFetchMore(people)
    model.deliver(asked[1][0], 3, [row(3)])
    assert model.rowCount(people) == 5


def test_places_open_into_places(quiet: WorldModel, asked: Asked, qtmodeltester: ModelTester) -> None:
    model = quiet
    model.reset_groups([Group("p1", "Coast", 1, "location")])
    coast = model.index(0, 0)
    assert model.is_entity(coast)
    model.fetchMore(coast)
    model.deliver(asked[0][0], 0, [Row("p2", "location", "Port", "canon", 1)])
    port = model.index(0, 0, coast)
    assert model.hasChildren(port)
    assert port.parent() == coast
    model.fetchMore(port)
    model.deliver(asked[1][0], 0, [row(1)])
    assert model.index(0, 0, port).data() == "Name 0001"
    assert model.index(0, 0, port).parent() == port
    qtmodeltester.check(model)


def test_a_line_says_name_kind_and_status(model: WorldModel, asked: Asked) -> None:
    model.reset_groups([Group("faction", "Factions", 1, "faction")])
    model.fetchMore(model.index(0, 0))
    model.deliver(asked[0][0], 0, [Row("f", "faction", "House Veyra", "draft")])
    line = model.index(0, 0, model.index(0, 0))
    assert line.data(Qt.ItemDataRole.AccessibleTextRole) == "House Veyra, faction, draft"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Factions, 1 entry"


def test_random_changes_keep_lines_that_stay(model: WorldModel, asked: Asked) -> None:
    chance = random.Random(7)
    model.reset_groups([Group("npc", "NPCs", 30, "npc")])
    people = model.index(0, 0)
    model.fetchMore(people)
    rows = [row(n) for n in range(30)]
    model.deliver(asked[0][0], 0, rows)
    number = asked[0][0]
    for step in range(60):
        keep = [r for r in rows if chance.random() > 0.15]
        changed = [r._replace(name=f"Name {chance.randrange(9999):04}") if chance.random() < 0.1 else r for r in keep]
        fresh = [row(1000 + step * 10 + n, f"Name {chance.randrange(9999):04}") for n in range(chance.randrange(4))]
        rows = sorted([*changed, *fresh], key=lambda r: (r.name, r.id))
        stay = [r for r in keep if r in rows]
        watched = model.find(stay[0].id) if stay else QModelIndex()
        handle = watched.internalId() if watched.isValid() else None
        model.sync_groups([Group("npc", "NPCs", len(rows), "npc")])
        model.sync_rows(number, rows)
        assert names(model, model.index(0, 0)) == [r.name for r in rows]
        if handle is not None:
            assert model.find(stay[0].id).internalId() == handle


def test_groups_come_and_go_without_closing_the_others(model: WorldModel, asked: Asked) -> None:
    model.reset_groups([Group("npc", "NPCs", 1, "npc")])
    model.fetchMore(model.index(0, 0))
    model.deliver(asked[0][0], 0, [row(1)])
    model.sync_groups([Group("faction", "Factions", 2, "faction"), Group("npc", "NPCs", 1, "npc")])
    assert names(model) == ["Factions", "NPCs"]
    assert model.rowCount(model.group("npc")) == 1
    model.sync_groups([Group("faction", "Factions", 3, "faction")])
    assert names(model) == ["Factions"]
    assert not model.find("id1").isValid()


def test_a_flat_list_follows_the_filter(model: WorldModel) -> None:
    model.reset_rows([row(3), row(1), row(2)])
    assert model.flat
    model.sync_rows(model.root_number, [row(2), row(3)])
    assert names(model) == ["Name 0002", "Name 0003"]
    assert not model.hasChildren(model.index(0, 0))


def test_a_name_typed_in_place_is_asked_for_not_taken(model: WorldModel) -> None:
    model.reset_rows([row(1)])
    heard: list[tuple[str, str]] = []
    model.rename_wanted.connect(lambda *wanted: heard.append(wanted))
    assert not model.setData(model.index(0, 0), "  New   name ")
    assert not model.setData(model.index(0, 0), "")
    assert heard == [("id1", "New name")]
    assert model.index(0, 0).data() == "Name 0001"


def test_a_page_that_came_while_entries_moved_leaves_no_line_twice(quiet: WorldModel) -> None:
    model = quiet
    model.reset_groups([Group("npc", "NPCs", 3, "npc")])
    number, people = model.node(model.index(0, 0)).number, model.index(0, 0)
    model.deliver(number, 0, [row(2), row(4), row(6)])
    model.sync_groups([Group("npc", "NPCs", 5, "npc")])
    model.deliver(number, 3, [row(4), row(6)])  # two new names sort before them, so the next page begins with old ones
    model.sync_rows(number, [row(n) for n in (1, 2, 3, 4, 6)])
    assert names(model, people) == [f"Name {n:04}" for n in (1, 2, 3, 4, 6)]
    model.sync_groups([Group("npc", "NPCs", 3, "npc")])
    model.sync_rows(number, [row(n) for n in (2, 4, 6)])
    assert model.node(model.index(0, 0)).size == 3
