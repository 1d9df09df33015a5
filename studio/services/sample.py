"""The sample campaign: made anew from the shipped sources, so that everybody's copy is a project of their own."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from studio import resources_dir
from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message, Part, Thread
from studio.domain.ids import RecordId
from studio.services.exchange.staging import MonotonicIds, commit_staging
from studio.services.exchange.world_json import World
from studio.services.forge import recipes
from studio.services.forge.content import Content
from studio.services.world import clocks, maps, media, sessions
from studio.storage import search

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.world import Link
    from studio.services.workspace import Workspace
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project

Json = dict[str, Any]
NAME = "The Shattered Coast"
MADE_BY = "sample"


def _source(name: str) -> Any:
    return json.loads((resources_dir() / "sample" / name).read_text(encoding="utf-8"))


def fill(project: Project) -> None:
    """Put the sample campaign into a project, in one commit that Undo leaves alone."""
    with project.commit("sample.fill", f"Sample campaign “{NAME}”", step="note") as commit:
        commit_staging(project, World(_source("world.json"), "world.json").stage(project))
        info = project.info()
        about = "A sample campaign to try things on. Change anything; it is yours."
        commit.put(info.model_copy(update={"sample": True, "description": about}))
        blueprint = commit.put(_linked(project, Blueprint.model_validate(_source("blueprint.json"))))
        for item in _source("recipes.json")["recipes"]:
            content = Content.model_validate(item.pop("content"))
            item["tags"] = tuple(item.get("tags", ()))
            recipes.create(project, content=content, message="From the sample", **item)
        for item in _source("chats.json")["threads"]:
            _thread(project, commit, item, blueprint.id)
        table = _source("table.json")
        _map(project, table["map"])
        _clocks(project, table["clocks"])
        _clues(project, table["sessions"])


def _linked(project: Project, blueprint: Blueprint) -> Blueprint:
    """The blueprint with its links pointing to the entities of those names."""

    def point(link: Link) -> Link:
        found = search.by_name(project.sql, link.text)
        return link.model_copy(update={"ref": found[0] if found else None})

    world = blueprint.world
    update = {
        "starting_region": point(world.starting_region) if world.starting_region else None,
        "signature_factions": tuple(map(point, world.signature_factions)),
        "antagonists": tuple(map(point, world.antagonists)),
    }
    return blueprint.model_copy(update={"world": world.model_copy(update=update)})


def _thread(project: Project, commit: CommitWriter, item: Json, blueprint_id: RecordId) -> None:
    new_id, now = MonotonicIds(), project.clock()
    thread = commit.put(
        Thread(title=item["title"], folder=item["folder"], assistant_mode=item["mode"], blueprint_id=blueprint_id)
    )
    ids = {message["id"]: new_id() for message in item["messages"]}
    for n, message in enumerate(item["messages"]):
        commit.put(
            Message(
                id=ids[message["id"]], thread_id=thread.id, parent_id=ids.get(message.get("parent", "")),
                role=message["role"], parts=(Part(text=message["text"]),), recorded=message["role"] == "assistant",
                origin=MADE_BY, created_at=now + timedelta(seconds=n),
            )
        )  # fmt: skip
    commit.put(thread.model_copy(update={"leaf_id": ids[item["shown"]]}))


def _the(project: Project, name: str) -> RecordId:
    """The one entity of this name."""
    return RecordId(search.by_name(project.sql, name)[0])


def _map(project: Project, item: Json) -> None:
    """A map's image and its pins; what a world file says of a map is there already."""
    sheet = _the(project, item["of"])
    image = (resources_dir() / "sample" / item["image"]).read_bytes()
    kept = media.add_image(project, image, name=item["of"], caption=item["caption"])
    media.attach(project, sheet, [kept.hash])
    for given in item["pins"]:
        target = _the(project, given["to"]) if "to" in given else None
        words = {key: given[key] for key in ("name", "layer", "icon", "note") if key in given}
        pin = maps.add_pin(project, sheet, given["x"], given["y"], target_id=target, **words)
        if "visibility" in given:
            maps.update_pin(project, pin.id, {"visibility": given["visibility"]})


def _clocks(project: Project, items: list[Json]) -> None:
    for item in items:
        clocks.add_clock(project, owner_id=_the(project, item.pop("of")), **item)


def _clues(project: Project, items: list[Json]) -> None:
    """The clues of each session; what one didn't give away is on the sheet of the next."""
    for item in items:
        session = _the(project, item["name"])
        sessions.take_over(project, session)
        for given in item["clues"]:
            clue = sessions.add_clue(project, session, given["text"], about_id=_the(project, given["about"]))
            sessions.update_clue(project, clue.id, {"visibility": given.get("visibility", "gm")})
            if given.get("given"):
                sessions.deliver(project, clue.id, session)


def create(path: Path, *, name: str = NAME) -> Workspace:
    """Make a new project file with the sample in it, and open it."""
    from studio.services.workspace import Workspace

    workspace = Workspace.create(path, name=name)
    try:
        workspace.run_now(fill)
    except BaseException:
        workspace.close()
        raise
    return workspace
