"""The tree's groups, pages and filter."""

from studio.domain.ids import RecordId
from studio.domain.world import Relation
from studio.services.world import entities, tree
from studio.storage.project import Project


def fill(project: Project) -> dict[str, RecordId]:
    made: dict[str, RecordId] = {}
    for kind, name, tags in (
        ("location", "Coast", ("sea",)), ("location", "Port Ash", ()), ("location", "Lost Vale", ()),
        ("npc", "Mirel", ("sea",)), ("npc", "Élan", ()), ("faction", "Ashen Concord", ()),
    ):  # fmt: skip
        made[name] = entities.create_entity(project, kind=kind, name=name, tags=tags).id
    entities.update_entity(project, made["Port Ash"], {"fields.parent": "Coast"})
    entities.update_entity(project, made["Mirel"], {"fields.home": "Port Ash", "aliases": ["Captain Ash"]})
    entities.set_status(project, [made["Mirel"]], "canon")
    return made


def test_groups_count_what_is_alive(project: Project) -> None:
    fill(project)
    assert [(g.label, g.size) for g in tree.groups(project, "kind")] == [
        ("Factions", 1),
        ("NPCs", 2),
        ("Locations", 3),
    ]
    assert [(g.label, g.size) for g in tree.groups(project, "status")] == [("Draft", 5), ("Canon", 1)]
    assert [(g.label, g.size) for g in tree.groups(project, "tag")] == [("#sea", 2), ("Untagged", 4)]


def test_pages_sort_by_folded_name_and_go_on(project: Project) -> None:
    fill(project)
    assert [r.name for r in tree.page(project, "kind", "npc")] == ["Élan", "Mirel"]
    assert [r.name for r in tree.page(project, "kind", "npc", start=1)] == ["Mirel"]
    assert [r.name for r in tree.page(project, "tag", "sea")] == ["Coast", "Mirel"]
    assert len(tree.page(project, "tag", tree.NOWHERE)) == 4


def test_places_hold_places_and_people(project: Project) -> None:
    made = fill(project)
    roots = tree.groups(project, "location")
    assert [(g.label, g.size) for g in roots] == [("Coast", 1), ("Lost Vale", 0), ("No place yet", 2)]
    inside = tree.page(project, "location", made["Coast"])
    assert [(r.name, r.inside) for r in inside] == [("Port Ash", 1)]
    assert [r.name for r in tree.page(project, "location", inside[0].id)] == ["Mirel"]
    assert [r.name for r in tree.page(project, "location", tree.NOWHERE)] == ["Ashen Concord", "Élan"]


def test_places_in_a_circle_do_not_vanish(project: Project) -> None:
    made = fill(project)
    with project.commit("import", "A circle, as a file may bring one") as commit:
        commit.put(Relation(from_id=made["Coast"], type="located_in", to_id=made["Port Ash"]))
    assert [g.label for g in tree.groups(project, "location")] == ["Lost Vale", "No place yet"]
    names = [r.name for r in tree.page(project, "location", tree.NOWHERE)]
    assert {"Coast", "Port Ash", "Mirel"} <= set(names)


def test_the_filter_puts_the_best_first_and_names_the_alias(project: Project) -> None:
    fill(project)
    found = tree.filtered(project, "ash")
    assert [(r.name, r.matched) for r in found.rows] == [
        ("Ashen Concord", ""), ("Port Ash", ""), ("Mirel", "Captain Ash"),
    ]  # fmt: skip
    assert [r.name for r in tree.filtered(project, "elan").rows] == ["Élan"]
    assert [r.name for r in tree.filtered(project, "kind:npc status:canon").rows] == ["Mirel"]
    assert [r.name for r in tree.filtered(project, "#sea co").rows] == ["Coast"]
    assert tree.filtered(project, "a", limit=2).capped
