"""Blueprints are made, changed, kept as versions and restored, and every value says who wrote it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.blueprint import Blueprint
from studio.domain.errors import Invalid, NotFound
from studio.domain.record import Authorship, Provenance
from studio.domain.world import Entity, Link
from studio.services import history
from studio.services.foundry import blueprints, export, links, presets, revisions
from studio.services.foundry.apply import FieldValueWithProvenance, apply_fields
from studio.services.foundry.completeness import completeness
from studio.services.foundry.form import FIELDS
from studio.services.foundry.paths import ALL_PATHS, filled_paths, get_path
from studio.storage.project import Project
from tests.services.foundry.strategies import value


def from_model(text: str) -> FieldValueWithProvenance:
    prov = Provenance(source="chat", ref_id="m1", span=(0, len(text)), quote=text, authorship=Authorship.AI_GENERATED)
    return FieldValueWithProvenance(value=text, prov=prov)


def test_the_form_shows_every_field_of_the_blueprint() -> None:
    assert set(FIELDS) == set(ALL_PATHS)


def test_a_new_blueprint_is_empty_but_for_its_title(project: Project) -> None:
    made = blueprints.create(project, title="  Dust   Debt ")
    assert made.identity.title == "Dust Debt"
    assert filled_paths(made) == ("identity.title",)
    assert [h.name for h in blueprints.heads(project)] == ["Dust Debt"]


def test_a_value_written_by_hand_says_so(project: Project) -> None:
    made = blueprints.create(project)
    changed = blueprints.set_field(project, made.id, "pitch.premise", "It begins.\r\n")
    assert changed.pitch.premise == "It begins."
    assert [p.authorship for p in changed.prov["pitch.premise"]] == [Authorship.HUMAN]


def test_a_model_s_value_changed_by_hand_keeps_its_source(project: Project) -> None:
    made = blueprints.create(project)
    with project.commit("apply", "Apply") as commit:
        commit.put(apply_fields(made, {"premise": [from_model("A bell rings.")]}))
    changed = blueprints.set_field(project, made.id, "pitch.premise", "A bell rings twice.")
    (source,) = changed.prov["pitch.premise"]
    assert (source.authorship, source.ref_id, source.span) == (Authorship.AI_EDITED, "m1", (0, 13))
    emptied = blueprints.set_field(project, made.id, "pitch.premise", "")
    assert "pitch.premise" not in emptied.prov


def test_setting_the_same_value_is_no_change(project: Project) -> None:
    made = blueprints.create(project, title="A")
    before = len(history.entries(project))
    blueprints.set_field(project, made.id, "identity.title", "A ")
    assert len(history.entries(project)) == before


def test_values_that_do_not_fit_are_refused(project: Project) -> None:
    made = blueprints.create(project)
    with pytest.raises(Invalid):
        blueprints.set_field(project, made.id, "dials.grit", 11)
    with pytest.raises(Invalid):
        blueprints.set_field(project, made.id, "pitch.moral", "x")


def test_a_duplicate_has_its_own_life(project: Project) -> None:
    made = blueprints.create(project, title="A", values={"pitch.themes": ["debt"]})
    revisions.snapshot(project, made.id, name="First")
    copy = blueprints.duplicate(project, made.id)
    assert (copy.identity.title, copy.pitch.themes, copy.ext) == ("A (copy)", ("debt",), {})
    assert copy.id != made.id


def test_a_deleted_blueprint_comes_back_from_the_trash(project: Project) -> None:
    made = blueprints.create(project, title="A")
    blueprints.delete(project, made.id)
    assert blueprints.heads(project) == []
    assert [h.name for h in blueprints.trashed(project)] == ["A"]
    blueprints.untrash(project, made.id)
    assert [h.name for h in blueprints.heads(project)] == ["A"]


def test_any_two_revisions_can_be_compared(project: Project) -> None:
    made = blueprints.create(project, title="A")
    blueprints.set_field(project, made.id, "pitch.themes", ["debt"])
    blueprints.set_field(project, made.id, "pitch.themes", ["debt", "grief"])
    newest, middle, first = revisions.revisions(project, made.id)
    assert (newest.paths, first.paths) == (("pitch.themes",), ("identity.title",))
    (whole,) = revisions.diff_revisions(project, made.id, first.commit_id)
    assert (whole.section, whole.label, whole.before, whole.after) == ("Pitch", "Themes", "", "debt\ngrief")
    (part,) = revisions.diff_revisions(project, made.id, middle.commit_id, newest.commit_id)
    assert (part.before, part.after) == ("debt", "debt\ngrief")


def test_a_version_restores_whole_or_by_field_and_keeps_the_names(project: Project) -> None:
    made = blueprints.create(project, title="A", values={"pitch.themes": ["debt"]})
    revisions.snapshot(project, made.id, name="First")
    blueprints.set_fields(project, made.id, {"identity.title": "B", "pitch.themes": ["grief"], "dials.grit": 4})
    version = next(r for r in revisions.revisions(project, made.id) if r.name == "First")
    one = revisions.restore(project, made.id, version.commit_id, paths=("pitch.themes",))
    assert (one.identity.title, one.pitch.themes, one.dials) == ("B", ("debt",), {"grit": 4})
    whole = revisions.restore(project, made.id, version.commit_id)
    assert (whole.identity.title, whole.dials) == ("A", {})
    assert "First" in [r.name for r in revisions.revisions(project, made.id)]
    with pytest.raises(Invalid):
        revisions.snapshot(project, made.id, name=" ")


def test_undo_takes_a_named_version_back(project: Project) -> None:
    made = blueprints.create(project, title="A")
    revisions.snapshot(project, made.id, name="First")
    history.undo(project)
    assert all(not r.name for r in revisions.revisions(project, made.id))


def test_links_follow_a_rename_and_resolve_by_name(project: Project) -> None:
    with project.commit("t", "t") as commit:
        veyra = commit.put(Entity(kind="faction", name="House Veyra"))
        commit.put(Entity(kind="npc", name="Veyra the Elder"))
    made = blueprints.create(project, values={"world.signature_factions": ["House Veyra"]})
    linked = links.resolve_links(project, made.id)
    assert linked.world.signature_factions == (Link(text="House Veyra", ref=veyra.id),)
    with project.commit("t", "t") as commit:
        commit.put(veyra.model_copy(update={"name": "House Vaire"}))
    assert "[[House Vaire|House Veyra]]" in export.markdown_of(project, made.id)
    assert [h.kind for h in links.complete(project, "v", kinds=("faction",))] == ["faction", "npc"]
    with pytest.raises(NotFound):
        blueprints.get(project, veyra.id)


def test_markdown_goes_out_and_comes_in(project: Project, tmp_path: Path) -> None:
    made = blueprints.create(project, title="A", values={"pitch.themes": ["debt"]})
    target = tmp_path / "A.md"
    export.export_markdown(project, made.id, target)
    back, unknown = export.create_from_markdown(project, target.read_text("utf-8"))
    assert (back.pitch, unknown) == (made.pitch, ())


def test_presets_fill_only_what_is_empty(project: Project) -> None:
    assert len(presets.presets()) >= 8
    for preset in presets.presets():
        made = blueprints.create(project, values={"pitch.tone": ["my own"]})
        shown = {d.path for d in presets.preview(made, preset)}
        filled = presets.apply_preset(project, made.id, preset.key)
        assert filled.pitch.tone == ("my own",)
        assert shown == set(preset.values) - {"pitch.tone"}
        assert completeness(filled).fraction > completeness(made).fraction
        assert presets.preview(filled, preset) == []


def test_completeness_names_what_is_missing() -> None:
    state = completeness(Blueprint())
    assert (state.filled, state.missing[0].label, state.missing[-1].label) == (0, "Title", "Dials")


values = st.sampled_from(list(FIELDS)).flatmap(lambda p: st.tuples(st.just(p), value(FIELDS[p])))
verbs = st.sampled_from(["preset", "snapshot", "restore", "duplicate", "delete", "tags"])
steps = st.lists(st.one_of(st.tuples(st.just("set"), values), st.tuples(verbs, st.none())), max_size=8)


def _do(project: Project, step: tuple[str, Any]) -> None:
    name, argument = step
    made = project.all(Blueprint)[0]
    if name == "set":
        blueprints.set_field(project, made.id, *argument)
    elif name == "preset":
        presets.apply_preset(project, made.id, presets.presets()[0].key)
    elif name == "snapshot":
        revisions.snapshot(project, made.id, name="kept")
    elif name == "restore":
        revisions.restore(project, made.id, revisions.revisions(project, made.id)[-1].commit_id)
    elif name == "tags":
        blueprints.set_tags(project, made.id, ("one", "two"))
    elif name == "delete" and len(project.all(Blueprint)) > 1:
        blueprints.delete(project, made.id)
    elif name == "duplicate":
        blueprints.duplicate(project, made.id)


def _state(project: Project) -> list[dict[str, Any]]:
    stamps = {"rev", "hlc", "updated_at", "updated_by"}
    return [b.model_dump(mode="json", exclude=stamps) for b in project.all(Blueprint)]


@given(steps)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_and_redo_of_any_sequence_return_to_equal_states(
    tmp_path_factory: pytest.TempPathFactory, sequence: list[tuple[str, Any]]
) -> None:
    project = Project.create(tmp_path_factory.mktemp("p") / "T.ttrpg", name="T", author="a", device="d")
    try:
        blueprints.create(project, title="Start")
        states = [_state(project)]
        for step in sequence:
            _do(project, step)
            if _state(project) != states[-1]:
                states.append(_state(project))
        for wanted in reversed(states[:-1]):
            history.undo(project)
            assert _state(project) == wanted
        for wanted in states[1:]:
            history.redo(project)
            assert _state(project) == wanted
    finally:
        project.close()


def test_every_path_of_a_full_blueprint_can_be_read(project: Project) -> None:
    made = presets.create_from_preset(project, presets.presets()[0].key, title="Full")
    assert made.identity.title == "Full"
    assert all(get_path(made, p) is not None for p in filled_paths(made))
