"""The world as JSON for World & Campaign Builder: whole by its specification, the same every time, without secrets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.domain.lens import Lens
from studio.services import exchange
from studio.services.exchange.foundry.campaign_builder import builder_document
from studio.services.world import entities, relations

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

Json = dict[str, Any]


def world(project: Project) -> None:
    north = entities.create_entity(project, kind="location", name="The North")
    keep = entities.create_entity(project, kind="location", name="Grey Keep", visibility="party")
    lady = entities.create_entity(project, kind="npc", name="Lady Oss")
    entities.update_entity(
        project, keep.id, {"parent": north.id, "tags": ["cold"], "body": "Cold.\n\n> [!secret]\n> DEN"}
    )
    entities.update_entity(project, lady.id, {"body": "Holds [[Grey Keep]].", "fields.age": 40})
    relations.add_relation(project, lady.id, "rules", keep.id)
    entities.create_entity(project, kind="item", name="A mule")


def test_entries_stand_in_topics_and_hierarchies_with_relations_both_ways(project: Project, tmp_path: Path) -> None:
    world(project)
    path = tmp_path / "out.json"
    counts = exchange.export_project(project, path, format="campaign-builder").counts
    assert counts == {"entry": 3}
    (setting,) = json.loads(path.read_text(encoding="utf-8"))["settings"]
    entries = {one["name"]: one for one in setting["documents"]["entries"]}
    keep, lady, north = (entries[name] for name in ("Grey Keep", "Lady Oss", "The North"))
    assert setting["system"]["topics"]["2"]["topNodes"] == [north["uuid"]]
    assert setting["system"]["hierarchies"][keep["uuid"]]["ancestors"] == [north["uuid"]]
    assert setting["system"]["hierarchies"][north["uuid"]]["children"] == [keep["uuid"]]
    assert f"@UUID[{keep['uuid']}]{{Grey Keep}}" in lady["description"]
    assert lady["system"]["customFields"]["age"] == "40"
    assert lady["system"]["relationships"]["2"][keep["uuid"]]["name"] == "Grey Keep"
    assert list(keep["system"]["relationships"]["1"]) == [lady["uuid"]]
    assert setting["system"]["tags"] == {"cold": {"count": 1, "color": None}}
    assert {key for topic in setting["system"]["topics"].values() for key in topic["entries"]} == {
        one["uuid"] for one in entries.values()
    }


def test_the_same_world_gives_the_same_file_and_players_get_no_secret(project: Project) -> None:
    world(project)
    assert builder_document(project) == builder_document(project)
    told = json.dumps(builder_document(project, lens=Lens(audience="party")))
    assert "Grey Keep" in told
    assert not any(word in told for word in ("DEN", "Lady Oss", "The North"))
