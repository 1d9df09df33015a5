"""Search and history at the size of a long campaign: each beside a floor of plain SQLite in the same file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.chat import Message, Part, Thread
from studio.domain.world import Entity, Entry
from studio.services import changes
from studio.services.find import find
from studio.services.workspace import Workspace
from tests.bench.measuring import Report, percentile, sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.storage.project import Project

pytestmark = pytest.mark.bench
KINDS = ("npc", "faction", "location", "event", "item", "timeline_arc")
FIRST = ("Ashen", "Salt", "Grey", "Iron", "Hollow", "Sunken", "Crimson", "Verdant", "Lantern", "Bitter", "Gilded")
SECOND = ("Concord", "House", "Quay", "Tower", "Warden", "Veil", "Court", "Marsh", "Citadel", "Throne", "Archive")
THIRD = ("Kari", "Moten", "Valdor", "Ismir", "Eltha", "Nyos", "Berlin", "Garvex", "Ulari", "Doren", "Tamsin", "Orvel")
_TEXT = """the of and in salt ash marshal regent debt bell tide oath secret lantern quay old king road north river
glass bone song market alliance brittle treaty winter ember forge ship harbour storm"""
WORDS = _TEXT.split()
TYPED = ("a", "sa", "salt", "salt ash", "ashen", "concord", "conocrd", "ashen conocr", "oath secret lantern",
         "lanternn", "xyzzy plugh", "quay 99", "#x", "valdor to", "garvx")  # fmt: skip


def fill(project: Project) -> None:
    """Ten thousand entities with texts, five hundred notes, two thousand messages."""

    def text(n: int, length: int) -> str:
        return " ".join(WORDS[(n * 7 + k * k + k * n) % len(WORDS)] for k in range(length))

    with project.commit("bench.fill", "Fill") as commit:
        for n in range(10_000):
            name = f"The {FIRST[n % 11]} {SECOND[n // 11 % 11]} of {THIRD[n // 121 % 12]} {n}"
            commit.put(Entity(kind=KINDS[n % 6], name=name, summary=text(n, 12), body=text(n, 80)))
        for n in range(500):
            commit.put(Entry(title=f"Session {n}", body=text(n, 200)))
        thread = commit.put(Thread(title="Long talk"))
        for n in range(2_000):
            commit.put(Message(thread_id=thread.id, role="user", parts=(Part(text=text(n, 120)),)))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("bench") / "Find.ttrpg"
    made = Workspace.create(path, name="Find", author="me", device="d")
    made.run_now(fill)
    yield made
    made.close()


def test_search_of_the_whole_project(workspace: Workspace, report: Report) -> None:
    workspace.run_now(find, "conocrd")
    taken = [ms for typed in TYPED for ms in sample(lambda typed=typed: workspace.run_now(find, typed), times=8)]
    floor = sample(lambda: workspace.run_now(lambda p: p.sql.execute("SELECT fold FROM name").fetchall()), times=10)
    report.add(
        "search of everything at 10,000 entities p95", percentile(taken, 95), limit=50, floor=percentile(floor, 50)
    )


def test_the_first_page_of_a_long_history(workspace: Workspace, report: Report) -> None:
    def more(project: Project) -> None:
        for n in range(3_000):
            with project.commit("entity.update", f"Edit “Tam {n}”") as commit:
                commit.put(Thread(title=f"Talk {n}"))

    workspace.run_now(more)
    pages = sample(lambda: workspace.run_now(changes.page), times=20)
    newest = workspace.run_now(changes.page, limit=1)[0]
    shown = sample(lambda: workspace.run_now(changes.detail, newest.id), times=20)
    report.add("history: a page of 100 p95", percentile(pages, 95), limit=16)
    report.add("history: what one change did p95", percentile(shown, 95), limit=16)
