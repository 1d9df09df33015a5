"""The triage queue: what it lists, for whom, and what a card says."""

from studio.domain.lens import Lens
from studio.services.continuity import rulings, triage
from studio.services.continuity.triage import Sieve
from studio.services.world import entities
from studio.storage.project import Project
from tests.services.continuity.planted import twins, two_titles


def test_errors_come_first_and_what_is_answered_waits_behind_its_filter(project: Project) -> None:
    _, _, same = twins(project)
    _, _, titles = two_titles(project)
    found = triage.listing(project, [same, titles])
    assert [row.title for row in found.rows] == ["Tam", "Mirel Thane · Captain Mirel"]
    assert (found.counts.errors, found.counts.warnings, found.counts.open, found.counts.answered) == (1, 1, 2, 0)
    rulings.ignore(project, titles, reason="Both offices.")
    assert [row.key for row in triage.listing(project, [same, titles]).rows] == [same.key]
    answered = triage.listing(project, [same, titles], Sieve(show="answered"))
    assert [(row.title, row.judged.because) for row in answered.rows] == [("Tam", "Both offices.")]
    assert answered.counts.answered == 1
    assert len(triage.listing(project, [same, titles], Sieve(show="all")).rows) == 2


def test_the_list_narrows_by_severity_type_subject_and_words(project: Project) -> None:
    mirel, _, same = twins(project)
    _, _, titles = two_titles(project)
    both = [same, titles]

    def keys(sieve: Sieve) -> list[str]:
        return [row.key for row in triage.listing(project, both, sieve).rows]

    assert keys(Sieve(severity="warning")) == [same.key]
    assert keys(Sieve(type="contradiction")) == [titles.key]
    assert keys(Sieve(subject=mirel.id)) == [same.key]
    assert keys(Sieve(typed="two titles")) == [titles.key]
    assert keys(Sieve(typed="nothing like it")) == []


def test_a_finding_shows_only_to_whom_all_of_it_is_open(project: Project) -> None:
    tam, _, titles = two_titles(project)
    entities.set_visibility(project, [tam.id], "party")
    open_one = titles.model_copy(update={"audience": "party"})
    party = Lens(audience="party")
    assert triage.listing(project, [titles], lens=party).counts.open == 0
    assert [row.title for row in triage.listing(project, [open_one], lens=party).rows] == ["Tam"]
    assert triage.counts(project, [open_one], lens=Lens(audience="party", as_of=10)).open == 0
    assert triage.card(project, open_one, lens=party).offers == triage.Offers()


def test_a_card_says_whose_each_side_is_where_it_stands_and_what_opens(project: Project) -> None:
    tam, _, titles = two_titles(project)
    card = triage.card(project, titles)
    assert [(s.name, s.where, s.opens, s.opens_kind) for s in card.sides] == [
        ("Tam", "Title", tam.id, "npc"), ("Tam", "Claim: title", tam.id, "npc"),
    ]  # fmt: skip
    assert card.sides[1].evidence.when == "812"
    assert card.offers.keep == (0, 1)


def test_what_is_open_about_one_entity_is_told_gravest_first(project: Project) -> None:
    tam, _, titles = two_titles(project)
    milder = titles.model_copy(update={"severity": "note", "type": "age_mismatch"})
    assert [f.severity for f in triage.about(project, [milder, titles], tam.id)] == ["error", "note"]
    rulings.ignore(project, titles, reason="Both.")
    assert triage.about(project, [milder, titles], tam.id) == [milder]
