"""Packs at the size of a long campaign: made, made again while somebody types, sealed and kept."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from studio.domain.chat import Message, Thread
from studio.domain.lens import OPEN_EYES
from studio.services.chat.context import assemble
from studio.services.context import store
from studio.services.context.found import by_words
from studio.services.workspace import Workspace
from tests.bench.measuring import Report, percentile, sample
from tests.bench.test_find import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.services.context.draft import Draft
    from studio.storage.project import Project

pytestmark = pytest.mark.bench
WINDOW = 128_000
ASKED = ("What binds the Salt Court of Kari 1217 to the old debt?", "Who guards the lantern quay of Moten?",
         "Which oath did the Iron Warden of Valdor 4327 break in winter?")  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("bench") / "Packs.ttrpg"
    made = Workspace.create(path, name="Packs", author="me", device="d")
    made.run_now(fill)
    made.run_now(_as_talk)
    yield made
    made.close()


def _as_talk(project: Project) -> None:
    """The messages of the thread one after the other, as questions and answers."""
    before = None
    with project.commit("bench.talk", "Talk") as commit:
        for n, said in enumerate(project.all(Message)):
            role = "user" if n % 2 == 0 else "assistant"
            before = commit.put(said.model_copy(update={"parent_id": before, "role": role})).id
        commit.put(project.all(Thread)[0].model_copy(update={"leaf_id": before}))


def test_a_pack_is_made_while_somebody_types(workspace: Workspace, report: Report) -> None:
    thread = workspace.run_now(lambda p: p.all(Thread)[0])
    turns = itertools.cycle(ASKED)

    hits = {asked: workspace.run_now(lambda p, q=asked: by_words(p, q, lens=OPEN_EYES)) for asked in ASKED}

    def made() -> Draft:
        asked = next(turns)
        return workspace.run_now(
            lambda p: assemble(
                p, thread.id, thread.leaf_id, typed=asked, model="openai/gpt-5.4", window=WINDOW, found=hits[asked]
            )
        )  # fmt: skip

    found = sample(lambda: workspace.run_now(lambda p: by_words(p, next(turns), lens=OPEN_EYES)), times=12, warm_up=3)
    drafts = sample(made, times=12, warm_up=3)
    seals = sample(lambda: made_draft.sealed(), times=12) if (made_draft := made()) else []
    prompt = made_draft.sealed()
    floor = sample(lambda: workspace.run_now(lambda p: p.all(Message, "thread_id = ?", (thread.id,))), times=5)
    report.add("pack: look up, of 10,000 entities", percentile(found, 95))
    report.add("pack: gather for a 128k window while typing, p95", percentile(drafts, 95), limit=250)
    report.add("pack: count roughly, trim, lay out, hash, p95", percentile(seals, 95), limit=150)
    report.add("pack: floor, reading 2,000 messages", percentile(floor, 50))
    assert len(prompt.pack.items) > 300


def test_an_answer_more_costs_the_file_little(workspace: Workspace, report: Report) -> None:
    """A pack of hundreds of messages is kept in pages that the next one shares."""
    thread = workspace.run_now(lambda p: p.all(Thread)[0])
    path = workspace.run_now(lambda p: [m.id for m in p.all(Message, "thread_id = ?", (thread.id,))])

    def size(project: Project) -> int:
        return project.sql.execute("SELECT coalesce(sum(size), 0) FROM blob").fetchone()[0]

    def keep(project: Project, leaf: str) -> int:
        prompt = assemble(project, thread.id, leaf, model="openai/gpt-5.4", window=WINDOW).sealed()
        store.keep(project, [prompt])
        return len(prompt.pack.canonical()) + sum(len(str(page)) for _, page in prompt.pack.pages())

    workspace.run_now(keep, path[-41])
    before = workspace.run_now(size)
    whole = [workspace.run_now(keep, leaf) for leaf in path[-39::2]]
    grown = (workspace.run_now(size) - before) / len(whole)
    report.add("pack: bytes kept for one more answer, text included", grown, limit=20_000)
    report.add("pack: bytes of a pack by itself, without texts", sum(whole) / len(whole))
