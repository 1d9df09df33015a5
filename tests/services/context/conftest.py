"""A small world with what matters to packs: canon, drafts, secrets, and what no model may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.world import Entity, Entry, Link, Relation
from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.storage.project import Project


def put(project: Project, *records: Any) -> list[Any]:
    """Keep records in one change."""
    with project.commit("test", "Put") as commit:
        return [commit.put(r) for r in records]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "Coast.ttrpg", name="Coast", author="me", device="test")
    yield made
    made.close()


@pytest.fixture
def world(workspace: Workspace) -> dict[str, Any]:
    """By short name."""
    never: dict[str, Any] = {"ai_visibility": "never"}

    def fill(project: Project) -> dict[str, Any]:
        orla, ninth, road = put(
            project,
            Entity(kind="npc", name="Orla Veyra", summary="She leads.", status="canon", visibility="party"),  # pyright: ignore
            Entity(kind="npc", name="The Ninth", summary="Hidden from machines.", status="canon", **never),  # pyright: ignore
            Entity(kind="location", name="Salt Road", summary="A road.", visibility="party"),
        )
        veyra, log, creed = put(
            project,
            Entity(
                kind="faction", name="House Veyra", summary="Salt traders with [[The Ninth]].", status="canon",  # pyright: ignore
                visibility="party", body="Their ledger is long.\n\n> [!secret]\n> They burned the mill.\n",
                fields={"leader": Link(text="Orla Veyra", ref=orla.id), "ally": [Link(text="The Ninth", ref=ninth.id)]},
            ),
            Entry(title="Session one", body="House Veyra paid in salt.", status="reviewed", visibility="party"),  # pyright: ignore
            Entry(title="Tone", body="Grim but kind.", ai_visibility="always", visibility="public"),
        )  # fmt: skip
        put(
            project,
            Relation(from_id=veyra.id, type="trades_with", to_id=road.id, visibility="party"),
            Relation(from_id=veyra.id, type="ally_of", to_id=ninth.id, visibility="party"),
        )
        return {"orla": orla, "ninth": ninth, "road": road, "veyra": veyra, "log": log, "creed": creed}

    return workspace.run_now(fill)
