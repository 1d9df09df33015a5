"""Rulings: what was ignored or muted stays so while its sides say the same, and can be taken back."""

import pytest

from studio.domain.continuity import MutedRule, Ruling
from studio.domain.errors import Invalid
from studio.services import history
from studio.services.continuity import rulings
from studio.services.world import claims, entities
from studio.storage.project import Project
from tests.services.continuity.planted import twins, two_titles


def states(project: Project, *findings: object) -> list[str]:
    return [one.state for one in rulings.judged(project, findings)]  # pyright: ignore[reportArgumentType]


def test_an_ignored_finding_stays_ignored_with_its_reason_and_can_be_reopened(project: Project) -> None:
    _, _, found = two_titles(project)
    ruling = rulings.ignore(project, found, reason="  He holds   both offices. ")
    judged = rulings.judged(project, [found])[0]
    assert (judged.state, judged.because) == ("ignored", "He holds both offices.")
    rulings.reopen(project, ruling.id)
    assert states(project, found) == ["open"]
    history.undo(project)
    assert states(project, found) == ["ignored"]
    history.undo(project)
    assert states(project, found) == ["open"]
    assert project.all(Ruling) == []


def test_a_ruling_needs_a_reason(project: Project) -> None:
    _, _, found = two_titles(project)
    with pytest.raises(Invalid, match="Say why"):
        rulings.ignore(project, found, reason="  ")
    with pytest.raises(Invalid, match="Say why"):
        rulings.mute(project, "single_valued", reason="")


def test_a_ruling_ends_when_a_quoted_side_changes_and_holds_again_when_that_is_undone(project: Project) -> None:
    tam, claim, found = two_titles(project)
    rulings.ignore(project, found, reason="Both.")
    claims.update_claim(project, claim.id, {"value": "Vice admiral"})
    assert states(project, found) == ["open"]
    history.undo(project)
    assert states(project, found) == ["ignored"]
    entities.update_entity(project, tam.id, {"fields.title": "Pilot"})
    assert states(project, found) == ["open"]


def test_a_ruling_outlives_changes_that_its_sides_do_not_speak_of(project: Project) -> None:
    tam, _, found = two_titles(project)
    rulings.ignore(project, found, reason="Both.")
    entities.set_status(project, [tam.id], "canon")
    entities.update_entity(project, tam.id, {"body": "Walks with a stick.", "fields.role": "officer"})
    assert states(project, found) == ["ignored"]
    claims.state(project, tam.id, "fields.title", {"certainty": "rumour"})
    assert states(project, found) == ["open"]


def test_a_ruling_on_an_entry_as_a_whole_ends_when_it_says_something_else(project: Project) -> None:
    mirel, _, found = twins(project)
    rulings.ignore(project, found, reason="Mother and daughter.")
    entities.set_tags(project, [mirel.id], ["grim"])
    assert states(project, found) == ["ignored"]
    entities.update_entity(project, mirel.id, {"fields.role": "pirate"})
    assert states(project, found) == ["open"]


def test_a_muted_rule_silences_the_project_or_one_entity_and_says_why(project: Project) -> None:
    mirel, _, same = twins(project)
    _, _, titles = two_titles(project)
    for_one = rulings.mute(project, "names_alike", reason="Family names.", subject=mirel.id)
    assert states(project, same, titles) == ["muted", "open"]
    everywhere = rulings.mute(project, "single_valued", reason="Titles pile up here.")
    assert states(project, same, titles) == ["muted", "muted"]
    rulings.mute(project, "single_valued", reason="They really do.")
    assert [m.reason for m in project.all(MutedRule)] == ["Family names.", "They really do."]
    rulings.unmute(project, for_one.id)
    rulings.unmute(project, everywhere.id)
    assert states(project, same, titles) == ["open", "open"]
    assert rulings.muted_rules(project) == []


def test_what_was_decided_is_in_history_and_audit(project: Project) -> None:
    _, _, found = two_titles(project)
    rulings.ignore(project, found, reason="Both.")
    last = history.entries(project, limit=1)[0]
    assert (last.verb, last.message) == ("continuity.ignore", "Ignore contradiction of “Tam”")
    audited = project.sql.execute("SELECT action, subject FROM audit ORDER BY rowid DESC LIMIT 1").fetchone()
    assert audited == ("continuity.ignore", "Ignore contradiction of “Tam”")
