"""Every change is one commit: whole or not at all, chained, undoable in any order, and told to whoever listens."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from studio.domain.errors import Invalid, NotFound
from studio.domain.events import Committed
from studio.domain.ids import HlcClock
from studio.domain.record import STAMPS
from studio.domain.world import Entity, Entry, Relation
from studio.services import history
from studio.storage import bundle, log
from studio.storage.project import Project


def live(project: Project) -> dict[str, Any]:
    """Everything that a person could see or bring back, without stamps."""
    return {d["id"]: {k: v for k, v in d.items() if k not in STAMPS} for d in bundle.all_data(project.sql)}


def derived(project: Project) -> list[Any]:
    """All that is derived from records."""
    return [
        sorted(project.sql.execute(query).fetchall())
        for query in (
            "SELECT record, fold, text, is_alias FROM name",
            "SELECT source, fold FROM mention",
            "SELECT tag, record FROM tag",
            "SELECT record, kind, visibility, title, body, secret FROM fts_doc d JOIN fts f ON f.rowid = d.docid",
        )
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"fields": {"width": float("nan")}}, "plain number"),
        ({"fields": {"width": float("inf")}}, "plain number"),
        ({"name": "half a \ud83d"}, "half a character"),
    ],
)
def test_what_no_file_can_hold_is_refused_and_harms_nothing(
    project: Project, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(Invalid, match=says), project.commit("test", "odd") as commit:
        commit.put(Entity.model_validate({"kind": "map", "name": "Odd", **changes}))
    with project.commit("test", "plain") as commit:
        made = commit.put(Entity(kind="map", name="Plain", fields={"width": 12.5}))
    assert project.get(Entity, made.id).fields["width"] == 12.5


def _half(project: Project) -> None:
    with project.commit("test", "half") as commit:
        commit.put(Entity(kind="npc", name="Half"))
        raise RuntimeError


def test_an_error_inside_leaves_nothing_behind(project: Project) -> None:
    before = list(bundle.log_lines(project.sql)), live(project)
    project.take_events()
    with pytest.raises(RuntimeError):
        _half(project)
    assert (list(bundle.log_lines(project.sql)), live(project)) == before
    assert project.take_events() == []
    with project.commit("test", "whole") as commit:
        commit.put(Entity(kind="npc", name="Whole"))
    assert history.first_broken(project) is None


def test_no_difference_makes_no_commit(project: Project) -> None:
    with project.commit("test", "one") as commit:
        made = commit.put(Entity(kind="npc", name="Ana"))
    number = bundle.head_hash(project.sql)
    with project.commit("test", "same") as commit:
        commit.put(made)
        commit.put(made.model_copy(update={"rev": 99}))
    assert bundle.head_hash(project.sql) == number


def test_commits_inside_a_commit_are_one(project: Project) -> None:
    before = bundle.head_hash(project.sql)[0]
    with project.commit("test", "outer") as outer:
        outer.put(Entity(kind="npc", name="A"))
        with project.commit("test", "inner") as inner:
            inner.put(Entity(kind="npc", name="B"))
    assert bundle.head_hash(project.sql)[0] == before + 1
    assert history.entries(project, limit=1)[0].message == "outer"


def test_a_commit_is_told_once_with_everything_it_touched(project: Project) -> None:
    project.take_events()
    with project.commit("test", "two") as commit:
        ids = {commit.put(Entity(kind="npc", name="A")).id, commit.put(Entry(title="B")).id}
    events = project.take_events()
    assert [type(e) for e in events] == [Committed]
    assert isinstance(events[0], Committed)
    assert events[0].ids() == ids
    assert events[0].kinds() == {"npc", "entry"}
    assert project.take_events() == []


def test_every_commit_has_its_audit_row(project: Project) -> None:
    with project.commit("test.verb", "words") as commit:
        commit.put(Entity(kind="npc", name="A"))
    row = project.sql.execute(
        "SELECT action, subject, author, commit_id FROM audit ORDER BY rowid DESC LIMIT 1"
    ).fetchone()
    assert row == ("test.verb", "words", "tester", commit.id)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE commit_log SET message = 'other' WHERE seq = 2",
        "UPDATE commit_log SET author = 'other' WHERE seq = 2",
        "DELETE FROM change WHERE seq = 2",
        "UPDATE change SET kind = 'faction' WHERE seq = 2",
        "UPDATE change SET after = NULL WHERE seq = 2",
        "DELETE FROM commit_log WHERE seq = 2",
    ],
)
def test_a_log_that_was_changed_by_hand_is_seen(project: Project, damage: str) -> None:
    for name in "AB":
        with project.commit("test", name) as commit:
            commit.put(Entity(kind="npc", name=name))
    assert history.first_broken(project) is None
    project.sql.execute(damage)
    assert history.first_broken(project) in (2, 3)


def test_one_record_remembers_all_its_versions(project: Project) -> None:
    with project.commit("test", "made") as commit:
        made = commit.put(Entity(kind="npc", name="Ana"))
    for name in ("Bea", "Cleo"):
        with project.commit("test", name) as commit:
            commit.put(project.get(Entity, made.id).model_copy(update={"name": name}))
    found = history.of_record(project, made.id)
    assert [(c.after or {})["name"] for _, c in found] == ["Cleo", "Bea", "Ana"]
    assert [(c.before or {}).get("name") for _, c in found] == ["Bea", "Ana", None]
    history.restore(project, made.id, found[-1][0].id)
    assert project.get(Entity, made.id).name == "Ana"
    history.undo(project)
    assert project.get(Entity, made.id).name == "Cleo"


def test_restore_of_one_field_leaves_the_others(project: Project) -> None:
    with project.commit("test", "made") as commit:
        made = commit.put(Entity(kind="npc", name="Ana", summary="old"))
    first = history.entries(project, limit=1)[0].id
    with project.commit("test", "changed") as commit:
        commit.put(made.model_copy(update={"name": "Bea", "summary": "new"}))
    history.restore(project, made.id, first, fields=("summary",))
    after = project.get(Entity, made.id)
    assert (after.name, after.summary) == ("Bea", "old")


def test_undo_keeps_what_a_later_note_changed(project: Project) -> None:
    with project.commit("test", "made") as commit:
        made = commit.put(Entity(kind="npc", name="Ana", summary="old"))
    with project.commit("test", "renamed") as commit:
        commit.put(made.model_copy(update={"name": "Bea"}))
    with project.commit("test", "by the way", step="note") as commit:
        commit.put(project.get(Entity, made.id).model_copy(update={"summary": "new"}))
    history.undo(project)
    after = project.get(Entity, made.id)
    assert (after.name, after.summary) == ("Ana", "new")


def test_notes_are_no_steps_of_undo(project: Project) -> None:
    with project.commit("test", "step") as commit:
        commit.put(Entity(kind="npc", name="Ana"))
    with project.commit("test", "note", step="note") as commit:
        commit.put(Entry(title="An answer"))
    assert history.state(project).undo == "step"
    history.undo(project)
    assert [e.title for e in project.all(Entry)] == ["An answer"]
    assert history.state(project).redo == "step"


def test_a_new_step_forgets_what_could_be_redone(project: Project) -> None:
    for name in "AB":
        with project.commit("test", name) as commit:
            commit.put(Entity(kind="npc", name=name))
    history.undo(project)
    with project.commit("test", "C") as commit:
        commit.put(Entity(kind="npc", name="C"))
    assert history.state(project).redo is None
    with pytest.raises(NotFound):
        history.redo(project)
    history.undo(project)
    assert history.state(project).undo == "A"


def test_undo_and_redo_go_on_after_a_restart(project: Project) -> None:
    for name in "ABC":
        with project.commit("test", name) as commit:
            commit.put(Entity(kind="npc", name=name))
    history.undo(project)
    path = project.path
    project.close()
    again = Project.open(path, author="tester", device="d2")
    assert (history.state(again).undo, history.state(again).redo) == ("B", "C")
    history.redo(again)
    assert {e.name for e in again.all(Entity)} == {"A", "B", "C"}
    assert history.first_broken(again) is None
    again.close()


def test_a_kind_that_changes_stays_one_record(project: Project) -> None:
    with project.commit("test", "made") as commit:
        made = commit.put(Entity(kind="npc", name="Ana"))
    with project.commit("test", "kind") as commit:
        commit.put(made.model_copy(update={"kind": "faction"}))
    assert [e.kind for e in project.all(Entity)] == ["faction"]
    history.undo(project)
    assert [e.kind for e in project.all(Entity)] == ["npc"]
    assert history.first_broken(project) is None


def test_two_projects_never_write_into_one_another(make_project: Any) -> None:
    one, two = make_project("One"), make_project("Two")
    with one.commit("test", "one") as first:
        first.put(Entity(kind="npc", name="One"))
        with two.commit("test", "two") as second:
            second.put(Entity(kind="npc", name="Two"))
    assert [e.name for e in one.all(Entity)] == ["One"]
    assert [e.name for e in two.all(Entity)] == ["Two"]


def test_the_clock_never_runs_back() -> None:
    times = iter([100, 50, 50, 200])
    clock = HlcClock("d", now_ms=lambda: next(times))
    stamps = [clock.tick() for _ in range(4)]
    assert stamps == sorted(stamps)
    assert len(set(stamps)) == 4
    clock.observe(f"{999:012x}-0005-x")
    assert HlcClock("d", now_ms=lambda: 1, last=f"{999:012x}-0005-d").tick() > f"{999:012x}-0005-d"


def test_a_long_record_is_kept_small_in_the_log_and_comes_back(project: Project) -> None:
    body = "word " * 5_000
    with project.commit("test", "long") as commit:
        commit.put(Entry(title="Long", body=body))
    kept = project.sql.execute("SELECT after FROM change ORDER BY seq DESC LIMIT 1").fetchone()[0]
    assert isinstance(kept, bytes)
    assert len(kept) < len(body) / 10
    assert log.unpack(kept)["body"] == body


def test_what_is_stored_is_plain_json(project: Project) -> None:
    with project.commit("test", "made") as commit:
        made = commit.put(Entity(kind="npc", name="Ana", tags=("a",)))
    text = project.sql.execute("SELECT data FROM entity WHERE id = ?", (made.id,)).fetchone()[0]
    assert json.loads(text)["tags"] == ["a"]
    assert "prov" not in json.loads(text)


def test_scratch_survives_without_a_commit(project: Project) -> None:
    before = bundle.head_hash(project.sql)
    project.scratch_set("draft:1", "half a thought")
    project.scratch_set("draft:2", "another")
    project.scratch_set("draft:2", "")
    path = project.path
    project.close()
    again = Project.open(path, author="t", device="d")
    assert again.scratch_all("draft:") == {"draft:1": "half a thought"}
    assert again.scratch_get("draft:2") == ""
    assert bundle.head_hash(again.sql) == before
    again.close()


def test_the_vault_follows_who_may_see(project: Project) -> None:
    """What is sealed with the table's keys can be opened by every player; a secret never is."""
    with project.commit("test", "open") as commit:
        hidden = commit.put(Entity(kind="npc", name="Hidden", vault="table"))
        shown = commit.put(Entity(kind="npc", name="Shown", visibility="player:x"))
    assert (hidden.vault, shown.vault) == ("gm", "table")
    with project.commit("test", "close") as commit:
        assert commit.put(shown.model_copy(update={"visibility": "gm"})).vault == "gm"


class UndoMachine(RuleBasedStateMachine):
    """Random verbs, undo and redo, in any order, against a model made of plain dictionaries."""

    @initialize()
    def start(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.project = Project.create(Path(self.folder.name) / "m.ttrpg", name="M", author="t", device="d")
        self.states = [live(self.project)]
        self.derived = [derived(self.project)]
        self.at = 0

    def _did(self) -> None:
        now = live(self.project)
        if now != self.states[self.at]:
            del self.states[self.at + 1 :], self.derived[self.at + 1 :]
            self.states.append(now)
            self.derived.append(derived(self.project))
            self.at += 1

    @rule(name=st.sampled_from(["Ana", "Bea", "Cleo"]), body=st.sampled_from(["", "[[Ana]]", "> [!secret]\n> x"]))
    def create(self, name: str, body: str) -> None:
        with self.project.commit("test", "create") as commit:
            made = commit.put(Entity(kind="npc", name=name, body=body, tags=("t",)))
            commit.put(Relation(from_id=made.id, type="ally_of", to_id=made.id))
        self._did()

    @rule(name=st.sampled_from(["Dora", "Eva"]), pick=st.integers(0, 9))
    def rename(self, name: str, pick: int) -> None:
        found = self.project.all(Entity)
        if found:
            with self.project.commit("test", "rename") as commit:
                commit.put(found[pick % len(found)].model_copy(update={"name": name}))
            self._did()

    @rule(pick=st.integers(0, 9))
    def trash(self, pick: int) -> None:
        found = self.project.all(Entity)
        if found:
            with self.project.commit("test", "trash") as commit:
                commit.delete(found[pick % len(found)])
            self._did()

    @rule(pick=st.integers(0, 9))
    def purge(self, pick: int) -> None:
        found = self.project.all(Entity, deleted=True)
        if found:
            with self.project.commit("test", "purge") as commit:
                commit.purge("npc", found[pick % len(found)].id)
            self._did()

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        history.undo(self.project)
        self.at -= 1
        assert live(self.project) == self.states[self.at]
        assert derived(self.project) == self.derived[self.at]

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        history.redo(self.project)
        self.at += 1
        assert live(self.project) == self.states[self.at]
        assert derived(self.project) == self.derived[self.at]

    @rule()
    def restart(self) -> None:
        path = self.project.path
        self.project.close()
        self.project = Project.open(path, author="t", device="d")

    @invariant()
    def menus_say_what_is_possible(self) -> None:
        state = history.state(self.project)
        assert (state.undo is not None) == (self.at > 0)
        assert (state.redo is not None) == (self.at < len(self.states) - 1)

    def teardown(self) -> None:
        assert history.first_broken(self.project) is None
        self.project.close()
        self.folder.cleanup()


UndoMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestUndoInAnyOrder = UndoMachine.TestCase
