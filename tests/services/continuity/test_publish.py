"""The publish gate: what it asks, what stops it, and what is written down when somebody lets it pass."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from studio.domain.blueprint import AiPolicy, Blueprint, Identity, Production
from studio.domain.lens import Lens
from studio.domain.record import Authorship, Provenance, Status
from studio.domain.world import Entity, Entry
from studio.services import changes, history
from studio.services.changes import Filter
from studio.services.continuity import leaks, publish, rulings
from studio.services.continuity.publish import Blocked, Override, Report
from studio.services.world import bulk, claims, entities, entries
from studio.storage.project import Project
from tests.services.continuity.planted import two_titles

PARTY = Lens(audience="party")
MODEL = Provenance(source="chat", ref_id="m", model="a-model", authorship=Authorship.AI_GENERATED, confidence=0.9)


def part(report: Report, name: str) -> publish.Part:
    return next(one for one in report.parts if one.part == name)


def after_death(project: Project) -> Entity:
    """Somebody whose death comes before the birth: an error of every checker."""
    return entities.create_entity(
        project, kind="npc", name="Tam", fields={"birth": {"year": 840}, "death": {"year": 812}}
    )


def test_an_open_error_keeps_an_entry_from_canon_and_everything_as_it_was(project: Project) -> None:
    tam, _, found = two_titles(project)
    before = history.entries(project, limit=1)[0].seq
    with pytest.raises(Blocked, match="“Tam” can't go out yet: Contradiction") as refused:
        publish.set_status(project, [tam.id], "canon", findings=[found])
    assert refused.value.code == "blocked"
    assert part(refused.value.report, "continuity").verdict == "fails"
    assert project.get(Entity, tam.id).status is Status.DRAFT
    assert history.entries(project, limit=1)[0].seq == before


def test_without_current_findings_the_gate_checks_by_itself(project: Project) -> None:
    tam = after_death(project)
    with pytest.raises(Blocked):
        publish.set_status(project, [tam.id], "canon")
    assert publish.set_status(project, [tam.id], "reviewed") == 1


def test_what_is_answered_passes(project: Project) -> None:
    tam, _, found = two_titles(project)
    rulings.ignore(project, found, reason="He holds both.")
    assert publish.set_status(project, [tam.id], "canon", findings=[found]) == 1
    assert project.get(Entity, tam.id).status is Status.CANON


def test_a_named_override_passes_and_stands_in_the_audit_log(project: Project) -> None:
    tam, _, found = two_titles(project)
    who = Override(name="Ana", reason="The players  decided so.")
    assert publish.set_status(project, [tam.id], "canon", findings=[found], override=who) == 1
    last = history.entries(project, limit=1)[0]
    assert last.message == "Make “Tam” canon past 1 error, decided by Ana: The players decided so."
    subject, detail = project.sql.execute(
        "SELECT subject, detail FROM audit WHERE action = 'publish.override'"
    ).fetchone()
    assert subject == "Ana let “Tam” pass: The players decided so."
    told = json.loads(detail)
    assert (told["name"], told["past"][0]["finding"]) == ("Ana", found.key)
    (row,) = changes.page(project, Filter(past_gate=True))
    passed = changes.detail(project, row.id).let_pass
    assert row.past_gate
    assert passed is not None
    assert (passed.name, passed.reason, passed.past) == ("Ana", "The players decided so.", 1)
    assert passed.errors[0].startswith("Tam: Contradiction. ")
    history.undo(project)
    assert project.get(Entity, tam.id).status is Status.DRAFT
    assert [one.past_gate for one in changes.page(project)][:2] == [False, True]


@pytest.mark.parametrize("who", [Override(name=" ", reason="Because."), Override(name="Ana", reason="")])
def test_an_override_without_name_or_reason_is_none(project: Project, who: Override) -> None:
    tam, _, found = two_titles(project)
    with pytest.raises(Exception, match="Say who lets it pass, and why"):
        publish.set_status(project, [tam.id], "canon", findings=[found], override=who)


def test_a_bulk_change_to_canon_goes_through_the_gate_and_others_do_not(project: Project) -> None:
    tam, _, found = two_titles(project)
    canon = bulk.Change(edits=(bulk.Edit(path="status", value="canon"),))
    with pytest.raises(Blocked):
        publish.apply_bulk(project, [tam.id], canon, findings=[found])
    tagged = bulk.Change(edits=(bulk.Edit(path="tags", op="append", value=["x"]),))
    assert publish.apply_bulk(project, [tam.id], tagged, findings=[found]) == 1
    who = Override(name="Ana", reason="Known.")
    assert publish.apply_bulk(project, [tam.id], canon, findings=[found], override=who) == 1


def test_a_note_becomes_canon_with_the_entries_in_one_change(project: Project) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam")
    note = entries.create_entry(project, title="Log", body="Nothing happened.")
    before = history.entries(project, limit=1)[0].seq
    assert publish.set_status(project, [tam.id, note.id], "canon", findings=[]) == 2
    assert project.get(Entry, note.id).status is Status.CANON
    assert history.entries(project, limit=1)[0].seq == before + 1


def test_values_without_source_or_unsure_or_unread_want_a_look_but_stop_nothing(project: Project) -> None:
    unsure = MODEL.model_copy(update={"confidence": 0.3})
    tam = entities.create_entity(
        project, kind="npc", name="Tam", summary="A clerk.", fields={"role": "clerk", "fear": "fire"},
        prov={"summary": (MODEL,), "fields.role": (unsure,)},
    )  # fmt: skip
    bare = project.get(Entity, tam.id)
    with project.commit("test", "lose a mark") as commit:
        commit.put(bare.model_copy(update={"prov": {k: v for k, v in bare.prov.items() if k != "fields.fear"}}))
    found = part(publish.report_canon(project, [tam.id], findings=[]), "provenance")
    assert found.verdict == "look"
    assert [one.why.partition(":")[0] for one in found.problems] == ["Fear", "Role", "Summary, Role"]
    assert publish.set_status(project, [tam.id], "canon", findings=[]) == 1
    again = part(publish.report_canon(project, [tam.id], findings=[]), "provenance")
    assert len(again.problems) == 2, "what was made canon was looked at; what is unsure still is"


def a_policy(project: Project, **policy: Any) -> None:
    with project.commit("test", "policy") as commit:
        commit.put(Blueprint(identity=Identity(title="Coast"), production=Production(ai_policy=AiPolicy(**policy))))


@pytest.mark.parametrize(
    ("rule", "edited", "verdict"),
    [("none", True, "fails"), ("assisted", False, "fails"), ("assisted", True, "passes"), ("allowed", False, "passes")],
)
def test_the_blueprints_ai_policy_is_kept(project: Project, rule: str, edited: bool, verdict: str) -> None:
    a_policy(project, text=rule, disclosure="Made with help.")
    tam = entities.create_entity(project, kind="npc", name="Tam", summary="A clerk.", prov={"summary": (MODEL,)})
    if edited:
        entities.update_entity(project, tam.id, {"summary": "A clerk of the port."})
    found = part(publish.report_canon(project, [tam.id], findings=[]), "ai_policy")
    assert found.verdict == verdict
    if verdict == "passes":
        assert "Disclosure: Made with help." in found.sentence


def a_secret_world(project: Project) -> Entity:
    entities.create_entity(project, kind="npc", name="Vessa Quill", aliases=["The Hand"])
    entities.create_entity(project, kind="npc", name="Ash", visibility="gm")
    return entities.create_entity(
        project, kind="location", name="Port Gull", visibility="party", summary="Run by Vessa Quill in all but name.",
        body=(
            "Ash falls on ash here. See [[Vessa Quill]].\n\nThe chapel stands on the old drowned gate of salt.\n\n"
            "> [!secret]\n> Below, the chapel stands on the old drowned gate of the kings.\n"
        ),
    )  # fmt: skip


def test_hidden_names_and_secret_words_in_open_text_are_leaks(project: Project) -> None:
    port = a_secret_world(project)
    found = leaks.leaks(project, lens=PARTY)
    assert [(one.path, one.quote) for one in found] == [
        ("summary", "Vessa Quill"), ("body", "Ash"), ("body", "The chapel stands on the old drowned gate of"),
    ]  # fmt: skip
    assert {one.record for one in found} == {port.id}
    assert leaks.leaks(project, lens=Lens()) == []


def test_a_leak_stops_an_export_for_players_and_is_told_of_an_entry_that_becomes_canon(project: Project) -> None:
    port = a_secret_world(project)
    report = publish.report_export(project, lens=PARTY, findings=[])
    assert (report.gate, report.records, part(report, "leaks").verdict) == ("players", 1, "fails")
    with pytest.raises(Blocked):
        publish.let_out(project, report, "an export", None)
    publish.let_out(project, report, "an export", Override(name="Ana", reason="They know."))
    (row,) = changes.page(project, Filter(past_gate=True))
    assert row.message.startswith("Let an export out past 3 errors, decided by Ana: They know.")
    assert history.state(project).undo != row.message, "an export can't be taken back"
    assert part(publish.report_canon(project, [port.id], findings=[]), "leaks").verdict == "look"
    assert part(publish.report_export(project, findings=[]), "leaks").verdict == "passes"


def test_a_name_that_something_open_also_has_is_no_leak(project: Project) -> None:
    a_secret_world(project)
    entities.create_entity(project, kind="item", name="Vessa Quill", visibility="party")
    assert "Vessa Quill" not in {one.quote for one in leaks.leaks(project, lens=PARTY)}


def test_only_errors_about_canon_stop_an_export(project: Project) -> None:
    tam, _, found = two_titles(project)
    assert publish.report_export(project, findings=[found]).errors == 0
    publish.set_status(project, [tam.id], "canon", findings=[])
    assert publish.report_export(project, findings=[found]).errors == 1
    assert publish.report_export(project, lens=PARTY, findings=[found]).records == 0


def test_what_players_get_is_judged_by_what_they_get(project: Project) -> None:
    tam = entities.create_entity(
        project,
        kind="npc",
        name="Tam",
        visibility="party",
        fields={"secret": "A spy."},
        prov={"fields.secret": (MODEL,)},
    )
    claims.add_claim(project, tam.id, "eyes", "grey")
    assert part(publish.report_export(project, lens=PARTY, findings=[]), "provenance").problems == ()
    assert part(publish.report_export(project, findings=[]), "provenance").problems != ()


def test_window_and_commands_make_canon_only_through_the_gate(root: Path) -> None:
    past = re.compile(r"entities\.set_status|\bbulk\.apply\b|run_now\(assign\b|run\(assign\b")
    files = [path for room in ("ui", "cli") for path in (root / "studio" / room).rglob("*.py")]
    assert [path.name for path in files if past.search(path.read_text("utf-8"))] == []
