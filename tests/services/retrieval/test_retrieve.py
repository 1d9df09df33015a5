"""Questions are answered by names, words, meaning and relations, with the reasons, as a lens shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.chat import Message, Part, Thread
from studio.domain.lens import Lens
from studio.domain.record import Status
from studio.domain.world import Alias, Claim, Entity, Entry, Relation
from studio.services.retrieval.query import Filters, Near, Query, Retrieved, wanted_kinds
from studio.services.retrieval.retrieve import answer
from studio.services.retrieval.words import stem, tokens

if TYPE_CHECKING:
    from studio.domain.record import Record
    from studio.storage.project import Project

PARTY = Lens(audience="party")


def year(n: int) -> dict[str, object]:
    return {"calendar": "std", "year": n}


@pytest.fixture
def station(project: Project) -> dict[str, Record]:
    """A station in space with its crew, owners and secrets."""
    with project.commit("test", "fill") as commit:

        def put(kind: str, name: str, visibility: str = "party", **more: object) -> Entity:
            return commit.put(Entity.model_validate({"kind": kind, "name": name, "visibility": visibility, **more}))

        made: dict[str, Record] = {
            "halo": put("location", "Halo Nine", fields={"location_type": "orbital station"}, summary="Spins badly."),
            "dock": put("location", "Sump Dock", fields={"location_type": "docking bay"}, summary="Leaks coolant."),
            "ilse": put(
                "npc", "Ilse Varga", fields={"role": "station captain"}, aliases=(Alias(name="Old Iron"),),
                summary="Never sleeps.",
            ),
            "tomas": put("npc", "Tomas Varga", fields={"role": "welder"}, summary="Sings while he works."),
            "guild": put("faction", "The Airwrights", fields={"faction_type": "union of engineers"}),
            "spy": put("npc", "Nadia Quill", "gm", fields={"role": "spy"}, summary="Listens in the vents."),
            "old": put("npc", "Bram Okafor", fields={"role": "former captain"}, summary="Retired to the hydroponics."),
        }  # fmt: skip
        facts = [
            ("ilse", "parent_of", "tomas", {}), ("dock", "located_in", "halo", {}), ("tomas", "works_at", "dock", {}),
            ("ilse", "leads", "guild", {"valid_from": year(50)}), ("spy", "lives_in", "dock", {}),
            ("old", "leads", "guild", {"valid_to": year(49)}),
        ]  # fmt: skip
        for start, type_, end, more in facts:
            commit.put(
                Relation.model_validate(
                    {"from_id": made[start].id, "type": type_, "to_id": made[end].id, "visibility": "party", **more}
                )
            )
        commit.put(Claim(subject_id=made["ilse"].id, predicate="eye_colour", value="grey", visibility="party"))
        made["log"] = commit.put(Entry(title="Day 3", body="The [[Sump Dock]] flooded again.", visibility="party"))
        thread = commit.put(Thread(title="Plots"))
        text = Part(text="What if the reactor is alive?")
        made["said"] = commit.put(Message(thread_id=thread.id, role="user", parts=(text,)))
    return made


def ask(project: Project, text: str, **more: object) -> Retrieved:
    near = more.pop("near", None)
    return answer(project, Query.model_validate({"text": text, **more}), near)  # pyright: ignore[reportArgumentType]


def names(found: Retrieved) -> list[str]:
    return [hit.name for hit in found.hits]


def test_a_name_is_found_by_itself_its_alias_and_with_slips(project: Project, station: dict[str, Record]) -> None:
    for text in ("Ilse Varga", "Who is Old Iron?", "Ilsa Vargha", "tell me about ilse varga"):
        assert names(ask(project, text))[0] == "Ilse Varga", text


def test_a_question_is_followed_over_two_relations_and_the_path_is_told(
    project: Project, station: dict[str, Record]
) -> None:
    found = ask(project, "Where does Ilse Varga's son work?")
    assert names(found)[:3] == ["Sump Dock", "Tomas Varga", "Ilse Varga"]
    path = next(why for why in found.hits[0].why if why.how == "path")
    assert path.text == "Ilse Varga → parent of → Tomas Varga → works at → Sump Dock"
    assert [step.record for step in path.steps] == [station[k].id for k in ("ilse", "tomas", "dock")]
    assert all(step.via for step in path.steps[1:])
    assert not found.weak


def test_relations_are_read_from_either_end(project: Project, station: dict[str, Record]) -> None:
    assert names(ask(project, "Who is the mother of Tomas Varga?"))[0] == "Ilse Varga"
    assert names(ask(project, "What is inside Halo Nine?"))[:2] == ["Sump Dock", "Halo Nine"]


@pytest.mark.parametrize(
    "text",
    [
        "Wo arbeitet der Sohn von Ilse Varga?",
        "Où travaille le fils d'Ilse Varga ?",
        "¿Dónde trabaja el hijo de Ilse Varga?",
        "Onde trabalha o filho de Ilse Varga?",
    ],
)
def test_questions_are_followed_in_the_languages_of_the_lexicon(
    project: Project, station: dict[str, Record], text: str
) -> None:
    assert names(ask(project, text))[0] == "Sump Dock"


def test_meaning_finds_what_shares_no_word_and_says_so(project: Project, station: dict[str, Record]) -> None:
    near = [Near(f"{station['spy'].id}#0", 0.62), Near(f"{station['dock'].id}#0", 0.3)]
    found = ask(project, "eavesdropper hiding in the ducts", near=near)
    assert names(found)[0] == "Nadia Quill"
    assert [why.how for why in found.hits[0].why] == ["meaning"]
    assert not found.weak


def test_a_hit_cites_revision_and_place(project: Project, station: dict[str, Record]) -> None:
    hit = next(h for h in ask(project, "what flooded again").hits if h.name == "Day 3")
    assert hit.rev == station["log"].rev
    span = hit.spans[0]
    body = project.get(Entry, station["log"].id).body
    assert span.path == "body"
    assert body[span.start : span.end] == "The [[Sump Dock]] flooded again."


def test_the_party_meets_nothing_hidden_though_the_index_gives_it(project: Project, station: dict[str, Record]) -> None:
    near = [Near(f"{station['spy'].id}#{n}", 0.9) for n in range(3)]
    for text in ("Nadia Quill", "Who lives in Sump Dock?", "spy in the vents"):
        assert "Nadia Quill" not in names(ask(project, text, lens=PARTY, near=near))
        assert "Nadia Quill" in names(ask(project, text, near=near))


def test_a_question_is_answered_as_of_its_day(project: Project, station: dict[str, Record]) -> None:
    from studio.services.world import calendars

    calendars.add_preset(project, calendars.presets()[0].key)
    key = project.calendars.main.key
    with project.commit("test", "dates") as commit:
        for relation in project.all(Relation):
            dates = {k: {**v, "calendar": key} for k in ("valid_from", "valid_to") if (v := getattr(relation, k))}
            commit.put(relation.model_copy(update=dates))
    day = project.calendars.main.year_first(30)
    assert names(ask(project, "Who leads the Airwrights?", lens=Lens(as_of=day)))[0] == "Bram Okafor"
    day = project.calendars.main.year_first(60)
    assert names(ask(project, "Who leads the Airwrights?", lens=Lens(as_of=day)))[0] == "Ilse Varga"


def test_filters_narrow_by_kind_status_tag_and_chat(project: Project, station: dict[str, Record]) -> None:
    with project.commit("test", "mark") as commit:
        ilse = project.get(Entity, station["ilse"].id)
        commit.put(ilse.model_copy(update={"status": Status.CANON, "tags": ("bridge",)}))
    varga = "the Varga family"
    assert names(ask(project, varga, filters=Filters(statuses=("canon",)))) == ["Ilse Varga"]
    assert names(ask(project, varga, filters=Filters(tags=("bridge",)))) == ["Ilse Varga"]
    assert "Sump Dock" not in names(ask(project, "Where does Tomas work?", filters=Filters(kinds=("npc",))))
    said = station["said"]
    assert isinstance(said, Message)
    found = ask(project, "is the reactor alive", filters=Filters(threads=(said.thread_id,)))
    assert [hit.record for hit in found.hits] == [said.id]
    assert found.hits[0].name == "Plots"


@pytest.mark.parametrize(
    "text", ["Which wizard haunts Halo Nine?", "What is the price of dragon eggs?", "Who is Ilse Varga's dentist?"]
)
def test_what_nothing_answers_is_marked_weak(project: Project, station: dict[str, Record], text: str) -> None:
    assert ask(project, text, near=[]).weak


@pytest.mark.parametrize("text", ["", "?", "the of and", "*", '"', "NEAR(a b)", "a" * 5000, "\x00", "😀"])
def test_no_question_breaks_anything(project: Project, station: dict[str, Record], text: str) -> None:
    ask(project, text)


def test_forms_of_a_word_share_their_stem() -> None:
    assert stem("smugglers") == stem("smuggler") == stem("smuggling")
    assert stem("rules") == stem("ruled") == stem("rule")
    assert [t.text for t in tokens("Jonquil's brother-in-law") if not t.stop] == ["jonquil", "brother", "law"]


def test_question_words_ask_for_kinds() -> None:
    assert "npc" in wanted_kinds("Who is it, and where?")
    assert wanted_kinds("Donde vive?") == {"location"}
    assert wanted_kinds("Name it") == frozenset()
