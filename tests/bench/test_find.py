"""Search and history at the size of a long campaign: each beside a floor of plain SQLite in the same file."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from studio.domain.chat import Message, Part, Thread
from studio.domain.lens import Lens
from studio.domain.world import Entity, Entry
from studio.services import changes, names, near
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


_SYLLABLES = """an bar cor del eth gar hol jor mar sol tar ul vey zel ka ri tho mi rel gan dalf os wyn brae fen ash
dra ilo que sha"""
SYLLABLES = _SYLLABLES.split()
NAMED = ("a", "as", "ash", "v", "ve", "vey", "m", "mar t", "mar ta", "z", "the", "th", "the ash", "port ash", "gandlf",
         "thane mirel", "portash", "conocrd", "mirrel ashh", "xyzzy plugh", "of the", "kari tho", "rielmi",
         "house zelk", "marsh ganda", "")  # fmt: skip


def names_of_a_world(count: int) -> list[near.Name]:
    """As many entities as are wanted, a third of them with an alias, of some thousands of different words."""
    chance = random.Random(1)

    def word() -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(chance.choice((2, 2, 3, 3, 4)))).capitalize()

    found = []
    for n in range(count):
        shape = chance.choice(("{} {}", "{} {}", "The {} {}", "Port {}", "House {} of {}", "{}"))
        found.append(near.Name(f"id{n}", "npc", shape.format(word(), word()), False, ("party",)))
        if n % 3 == 0:
            found.append(near.Name(f"id{n}", "npc", word(), True, ("party", "gm")))
    return found


@pytest.mark.parametrize(("count", "limit"), [(10_000, 50), (100_000, 100)])
def test_a_key_in_a_search_for_names(report: Report, count: int, limit: int) -> None:
    rows = names_of_a_world(count)
    book = near.Book(rows)
    flat = [near.loose(row.text) for row in rows]
    floor = sample(lambda: [text for text in flat if "gandalf" in text], times=10)
    taken = [ms for typed in NAMED for ms in sample(lambda typed=typed: book.search(typed), times=6)]
    report.add(
        f"a name as it is typed, {count:,}, p95", percentile(taken, 95), limit=limit, floor=percentile(floor, 50)
    )
    party = Lens(audience="party")
    seen = [ms for typed in NAMED for ms in sample(lambda typed=typed: book.search(typed, lens=party), times=3)]
    report.add(f"the same as the party, {count:,}, p95", percentile(seen, 95), limit=limit, floor=percentile(floor, 50))
    for who, lens in (("", None), (", as the party", party)):
        asks = [lambda typed=typed, lens=lens: book.search(typed, limit=12, lens=lens, slips=False) for typed in NAMED]
        quick = [ms for ask in asks for ms in sample(ask, times=6)]
        report.add(f"what of it a key waits for in the window, {count:,}{who}, p95", percentile(quick, 95), limit=8)
    numbers = iter(range(1000))

    def rename() -> None:
        book.update({"id7": [near.Name("id7", "npc", f"New{next(numbers)} Name", False, ("party",))]})

    report.add(f"the book after a rename, {count:,}, p95", percentile(sample(rename, times=50), 95), limit=16)


def test_the_book_of_a_large_project_is_filled_in_slices(workspace: Workspace, report: Report) -> None:
    def slices(project: Project) -> list[float]:
        names._kept.pop(project, None)
        taken, done = [], False
        while not done:
            started = time.perf_counter()
            done = names.warm(project)
            taken.append((time.perf_counter() - started) * 1000)
        return taken

    report.add("one slice of the book of names, longest", max(workspace.run_now(slices)), limit=250)


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
