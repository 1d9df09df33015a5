"""One log under every service: whatever was done is undone, redone, kept over restarts, restored and checked."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.blueprint import Blueprint
from studio.domain.candidate import Artifact, EntityCandidate, Extraction, FieldCandidate, RelationCandidate
from studio.domain.chat import Message, Thread
from studio.domain.errors import NotFound, StudioError
from studio.domain.recipe import Block, Recipe
from studio.domain.record import STAMPS
from studio.domain.world import Entity, Relation
from studio.services import history
from studio.services.chat import messages, threads
from studio.services.forge import recipes
from studio.services.forge.content import Content
from studio.services.foundry import blueprints
from studio.services.review import apply, store_artifact
from studio.services.world import entities, merge, relations, trash
from studio.storage.project import Project
from tests.support.steps import NothingToPick, Pick, fresh_file, last_seq, picker, reopened

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ["Mirel", "Ash", "Port Ash", "Veyra", "Tam"]
PATHS = ["identity.title", "pitch.premise", "pitch.core_question", "shape.scope"]
TABLES = ("entity", "relation", "claim", "entry", "document")


def content(project: Project) -> dict[str, Any]:
    """All that Undo answers for: records without stamps. What notes bring (messages, the shown branch) is left out."""
    found: dict[str, Any] = {}
    for table in (*TABLES, "thread"):
        for (text,) in project.sql.execute(f"SELECT data FROM {table}"):
            data = json.loads(text)
            found[data["id"]] = {k: v for k, v in data.items() if k not in STAMPS and k != "leaf_id"}
    return {key: data for key, data in found.items() if data["kind"] != "artifact"}


def derived(project: Project) -> list[Any]:
    """Names, links and tags, which follow the records."""
    return [sorted(project.sql.execute(f"SELECT * FROM {table}").fetchall()) for table in ("name", "mention", "tag")]


def ids(project: Project, cls: Any) -> list[Any]:
    return [record.id for record in project.all(cls)]


def read_answer(p: Project, pick: Pick) -> None:
    """Keep an answer, find things in it, save them."""
    name, other = pick(NAMES), pick(NAMES)
    text = f"{name} rules {other}."
    thread = pick(ids(p, Thread))
    asked = messages.send(p, thread, "Tell me more")
    answer = messages.finish_answer(p, f"answer-{asked.id}", thread_id=thread, parent_id=asked.id, text=text)
    role = FieldCandidate(value=name, confidence=0.9, span=(0, len(name)), quote=name)
    found = (
        EntityCandidate(key="a", kind="npc", name=name, confidence=0.9, fields={"role": (role,)}),
        EntityCandidate(key="b", kind="location", name=other, confidence=0.8),
        RelationCandidate(key="r", type="rules", from_name=name, to_name=other, confidence=0.9),
    )
    store_artifact(p, answer, Extraction(extractor="test", version="1", candidates=found))


def written(text: str) -> Content:
    """A prompt with one block."""
    return Content(blocks=(Block(text=text),))


VERBS: dict[str, Callable[[Project, Pick], object]] = {
    "entity": lambda p, pick: entities.create_entity(p, kind=pick(["npc", "location"]), name=pick(NAMES)),
    "rename": lambda p, pick: entities.rename_entity(p, pick(ids(p, Entity)), pick(NAMES)),
    "status": lambda p, pick: entities.set_status(p, [pick(ids(p, Entity))], pick(["draft", "canon"])),
    "field": lambda p, pick: entities.update_entity(p, pick(ids(p, Entity)), {"fields.home": pick([*NAMES, None])}),
    "trash": lambda p, pick: trash.delete(p, [pick(ids(p, Entity))]),
    "merge": lambda p, pick: merge.merge_entities(p, pick(ids(p, Entity)), [pick(ids(p, Entity))]),
    "relate": lambda p, pick: relations.add_relation(p, pick(ids(p, Entity)), "ally_of", pick(ids(p, Entity))),
    "unrelate": lambda p, pick: relations.remove_relation(p, pick(ids(p, Relation))),
    "blueprint": lambda p, pick: blueprints.create(p, title=pick(NAMES)),
    "form": lambda p, pick: blueprints.set_field(p, pick(ids(p, Blueprint)), pick(PATHS), pick([*NAMES, ""])),
    "recipe": lambda p, pick: recipes.create(p, title=pick(NAMES)),
    "version": lambda p, pick: recipes.save_version(p, pick(ids(p, Recipe)), written(pick(NAMES))),
    "label": lambda p, pick: recipes.set_label(p, pick(ids(p, Recipe)), "live", pick([1, 2, None])),
    "title": lambda p, pick: threads.rename(p, pick(ids(p, Thread)), pick(NAMES)),
    "folder": lambda p, pick: threads.move_to_folder(p, pick(ids(p, Thread)), pick(["A", ""])),
    "branch": lambda p, pick: messages.delete_branch(p, pick(ids(p, Message))),
    "apply": lambda p, pick: apply(p, pick(ids(p, Artifact))),
}  # fmt: skip
NOTES: dict[str, Callable[[Project, Pick], object]] = {
    "say": lambda p, pick: messages.send(p, pick(ids(p, Thread)), pick(NAMES)),
    "answer": read_answer,
    "show": lambda p, pick: messages.select_leaf(p, *_shown(p, pick)),
}


def _shown(project: Project, pick: Pick) -> tuple[str, str]:
    message = pick(project.all(Message))
    return message.thread_id, message.id


numbers = st.lists(st.integers(0, 40), min_size=6, max_size=6)
steps = st.lists(st.tuples(st.sampled_from([*VERBS, *NOTES]), numbers), min_size=1, max_size=12)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(steps, st.integers(0, 12), st.booleans())
def test_undo_of_everything_is_the_start_and_redo_the_end_with_notes_and_a_restart_between(
    taken: list[tuple[str, list[int]]], restart_at: int, note_while_undone: bool
) -> None:
    with fresh_file() as path:
        project = Project.create(path, name="H", author="a", device="d")
        try:
            threads.create_thread(project, title="One")
            read_answer(project, picker([0, 1, 0, 0, 0, 0]))
            states = [(content(project), derived(project))]
            for name, chosen in taken:
                before = last_seq(project)
                try:
                    (VERBS | NOTES)[name](project, picker(chosen))
                except (NothingToPick, StudioError):
                    continue
                if name in NOTES:
                    assert (content(project), derived(project)) == states[-1]
                elif last_seq(project) > before:
                    assert last_seq(project) == before + 1, f"{name} made more than one commit"
                    states.append((content(project), derived(project)))
            for n, state in enumerate(reversed(states[:-1])):
                project = reopened(project) if n == restart_at else project
                history.undo(project)
                assert (content(project), derived(project)) == state
            if note_while_undone:
                messages.send(project, ids(project, Thread)[0], "Meanwhile")
            assert len(ids(project, Message)) == _ever(project), "what was said is there again"
            for n, state in enumerate(states[1:]):
                project = reopened(project) if n == restart_at else project
                history.redo(project)
                assert (content(project), derived(project)) == state
            assert history.first_broken(project) is None
            assert history.state(project).redo is None
        finally:
            project.close()


def _ever(project: Project) -> int:
    """How many messages there are, deleted ones too."""
    return project.sql.execute("SELECT count(*) FROM message").fetchone()[0]


# ---- one by one --------------------------------------------------------------------------------------------------


def test_a_new_change_after_an_undo_ends_what_could_be_redone(project: Project) -> None:
    entities.create_entity(project, kind="npc", name="Tam")
    history.undo(project)
    entities.create_entity(project, kind="npc", name="Ash")
    assert history.state(project).redo is None
    with pytest.raises(NotFound, match="nothing to redo"):
        history.redo(project)


def test_a_note_after_an_undo_keeps_what_could_be_redone(project: Project) -> None:
    thread = threads.create_thread(project, title="One")
    entities.create_entity(project, kind="npc", name="Tam")
    history.undo(project)
    messages.send(project, thread.id, "Hello")
    history.redo(project)
    assert [e.name for e in project.all(Entity)] == ["Tam"]


def test_an_undo_leaves_fields_alone_that_changed_since_without_undo(project: Project) -> None:
    thread = threads.create_thread(project, title="One")
    threads.rename(project, thread.id, "Two")
    said = messages.send(project, thread.id, "Hello")
    history.undo(project)
    now = project.get(Thread, thread.id)
    assert (now.title, now.leaf_id) == ("One", said.id)


def test_undo_and_redo_say_what_they_would_do(project: Project) -> None:
    entities.create_entity(project, kind="npc", name="Tam")
    assert history.state(project) == history.UndoState(undo="New NPC “Tam”", redo=None)
    history.undo(project)
    assert history.state(project) == history.UndoState(undo=None, redo="New NPC “Tam”")


def test_a_record_s_history_has_every_change_of_it_and_no_other(project: Project) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam")
    entities.create_entity(project, kind="npc", name="Ash")
    entities.rename_entity(project, tam.id, "Tim")
    entities.set_status(project, [tam.id], "canon")
    found = history.of_record(project, tam.id)
    assert [commit.verb for commit, _ in found] == ["entity.status", "entity.rename", "entity.create"]
    assert [change.before is None for _, change in found] == [False, False, True]
    assert found[1][1].before is not None
    assert found[1][1].before["name"] == "Tam"


def test_restore_brings_back_a_whole_record_or_one_field(project: Project) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam", summary="A sailor.", body="Old.")
    first = history.entries(project, limit=1)[0]
    entities.update_entity(project, tam.id, {"summary": "A captain.", "body": "New."})
    history.restore(project, tam.id, first.id, fields=("summary",))
    now = project.get(Entity, tam.id)
    assert (now.summary, now.body) == ("A sailor.", "New.")
    history.restore(project, tam.id, first.id)
    assert project.get(Entity, tam.id).body == "Old."
    history.undo(project)
    assert project.get(Entity, tam.id).body == "New."


def test_restore_brings_back_what_was_deleted_for_good(project: Project) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam", summary="A sailor.")
    first = history.entries(project, limit=1)[0]
    trash.delete(project, [tam.id])
    trash.purge(project, [tam.id])
    history.restore(project, tam.id, first.id)
    assert project.get(Entity, tam.id).summary == "A sailor."


def test_restoring_a_version_that_never_was_says_so(project: Project) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam")
    other = entities.create_entity(project, kind="npc", name="Ash")
    commit = history.entries(project, limit=1)[0]
    with pytest.raises(NotFound):
        history.restore(project, tam.id, commit.id)
    with pytest.raises(NotFound):
        history.restore(project, other.id, "no such commit")  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE commit_log SET message = 'Nothing happened' WHERE seq = 3",
        "UPDATE commit_log SET author = 'somebody else' WHERE seq = 3",
        "UPDATE commit_log SET time = '2020-01-01T00:00:00+00:00' WHERE seq = 3",
        "UPDATE change SET after = replace(after, 'Ash', 'Oak') WHERE seq = 3",
        "UPDATE change SET record = 'other' WHERE seq = 3",
        "DELETE FROM change WHERE seq = 3",
    ],
)
def test_a_log_that_was_tampered_with_is_told_at_the_commit(project: Project, tamper: str) -> None:
    for name in ("Tam", "Ash", "Mirel"):
        entities.create_entity(project, kind="npc", name=name)
    path = project.path
    project.close()
    outside = sqlite3.connect(path)
    with outside:
        assert outside.execute(tamper).rowcount > 0
    outside.close()
    again = Project.open(path, author="a", device="d")
    assert history.first_broken(again) == 3
    again.close()


def test_a_commit_that_was_cut_out_breaks_the_chain_after_it(project: Project) -> None:
    for name in ("Tam", "Ash", "Mirel"):
        entities.create_entity(project, kind="npc", name=name)
    project.sql.execute("DELETE FROM change WHERE seq = 3")
    project.sql.execute("DELETE FROM commit_log WHERE seq = 3")
    assert history.first_broken(project) == 4
