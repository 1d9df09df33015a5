"""The queue from capture to canon: what waits, where it came from, what is doubtful, and what changed since."""

from studio.domain.chat import Message, Part, Thread
from studio.domain.ids import RecordId
from studio.domain.lens import Lens
from studio.domain.record import Authorship, Provenance
from studio.domain.world import Entity
from studio.services import history
from studio.services.world import entities, queue, relations, trash
from studio.storage.project import Project


def said(project: Project, title: str) -> RecordId:
    with project.commit("test", "Talk") as commit:
        thread = commit.put(Thread(title=title))
        return commit.put(Message(thread_id=thread.id, role="assistant", parts=(Part(text="…"),))).id


def captured(project: Project, message: RecordId, name: str, **confidence: float) -> RecordId:
    """As an apply leaves it: every field with the mark of a model."""

    def mark(sure: float) -> tuple[Provenance, ...]:
        basis = "inferred" if sure == 0.7 else "quoted"
        return (Provenance(source="chat", ref_id=message, confidence=sure, basis=basis, quote="as said",
                           authorship=Authorship.AI_GENERATED),)  # fmt: skip

    prov = {"name": mark(0.95)} | {f"fields.{key}": mark(sure) for key, sure in confidence.items()}
    fields = {key: f"some {key}" for key in confidence}
    return entities.create_entity(project, kind="npc", name=name, fields=fields, prov=prov).id


def test_drafts_wait_newest_first_and_say_where_they_came_from(project: Project) -> None:
    message = said(project, "Salt cities")
    captured(project, message, "Mirel", role=0.4, motive=0.7, voice=0.9)
    entities.create_entity(project, kind="item", name="Crown")
    entities.create_entity(project, kind="item", name="Old Crown", status="canon")
    assert [(w.name, w.came_from, w.doubts) for w in queue.waiting(project)] == [
        ("Crown", "By hand", 0), ("Mirel", "From “Salt cities”", 2),
    ]  # fmt: skip
    assert queue.counts(project) == (2, 0)


def test_what_came_from_one_answer_stays_together(project: Project) -> None:
    first, second = said(project, "First"), said(project, "Second")
    for message, name in ((first, "A"), (second, "B"), (first, "C")):
        captured(project, message, name)
    assert [w.name for w in queue.waiting(project, order="source")] == ["C", "A", "B"]
    assert [w.name for w in queue.waiting(project, start=1, limit=1)] == ["B"]


def test_accepting_moves_on_to_the_second_queue_and_undo_brings_it_back(project: Project) -> None:
    record = captured(project, said(project, "Salt cities"), "Mirel")
    entities.set_status(project, [record], "reviewed")
    assert queue.counts(project) == (0, 1)
    assert [w.name for w in queue.waiting(project, "reviewed")] == ["Mirel"]
    last = project.sql.execute("SELECT action, subject FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    assert last == ("entity.status", "Mark “Mirel” as reviewed")
    entities.set_status(project, [record], "canon")
    assert queue.waiting(project, "both") == []
    history.undo(project)
    history.undo(project)
    assert queue.counts(project) == (1, 0)


def test_a_card_shows_what_is_doubtful_before_everything_else(project: Project) -> None:
    record = captured(project, said(project, "Salt cities"), "Mirel", voice=0.9, motive=0.7, role=0.4)
    card = queue.card(project, record)
    assert [(i.label, i.flag) for i in card.items][:3] == [("Role", "check"), ("Motive", "inferred"), ("Voice", "new")]
    assert card.items[0].quote == "as said"
    assert card.origin is not None
    assert card.came_from == "From “Salt cities”"


def test_a_value_that_a_person_wrote_over_is_not_doubtful_any_more(project: Project) -> None:
    record = captured(project, said(project, "Salt cities"), "Mirel", role=0.4)
    entities.update_entity(project, record, {"fields.role": "Regent"})
    assert queue.waiting(project)[0].doubts == 0


def test_a_reviewed_entry_shows_what_changed_since_somebody_looked(project: Project) -> None:
    record = captured(project, said(project, "Salt cities"), "Mirel", role=0.9, voice=0.9)
    entities.set_status(project, [record], "reviewed")
    entities.update_entity(project, record, {"fields.role": "Regent", "fields.voice": None, "summary": "A liar."})
    changed = {i.label: (i.before, i.value) for i in queue.card(project, record).items if i.flag == "changed"}
    assert changed == {"Role": ("some role", "Regent"), "Voice": ("some voice", ""), "Summary": ("", "A liar.")}


def test_a_card_names_relations_and_what_is_nearly_called_so(project: Project) -> None:
    other = entities.create_entity(project, kind="npc", name="Mirel Thane").id
    record = captured(project, said(project, "Salt cities"), "Mirel Thaane")
    relations.add_relation(project, record, "serves", other)
    card = queue.card(project, record)
    assert card.relations == ("serves Mirel Thane",)
    assert card.alike == ((other, "Mirel Thane"),)


def test_the_queue_is_empty_for_everybody_but_the_game_master(project: Project) -> None:
    entities.create_entity(project, kind="npc", name="Mirel", visibility="public")
    assert queue.waiting(project, lens=Lens(audience="party")) == []
    assert queue.counts(project, lens=Lens(audience="party")) == (0, 0)


def test_what_lies_in_the_trash_does_not_wait(project: Project) -> None:
    record = entities.create_entity(project, kind="npc", name="Mirel").id
    trash.delete(project, [record])
    assert queue.waiting(project) == []


def test_the_trash_is_searched_by_name_with_slips_and_several_come_back_at_once(project: Project) -> None:
    made = [entities.create_entity(project, kind="npc", name=name).id for name in ("Mirel Thane", "Sorn Vael", "Tam")]
    trash.delete(project, made)
    assert [row.name for row in trash.listing(project)] == ["Tam", "Sorn Vael", "Mirel Thane"]
    assert [row.name for row in trash.listing(project, "thane mirle")] == ["Mirel Thane"]
    assert trash.listing(project, "nobody") == []
    assert trash.restore(project, made[:2]) == 2
    assert [row.name for row in trash.listing(project)] == ["Tam"]
    history.undo(project)
    assert len(trash.listing(project)) == 3


def test_list_and_card_say_the_same_of_where_an_entry_came_from(project: Project) -> None:
    message = said(project, "Salt cities")
    captured(project, message, "Mirel", role=0.4)
    entities.create_entity(project, kind="item", name="Crown")
    imported = (Provenance(source="import", ref_id="tam", extractor="ttrpg-world@1"),)
    with project.commit("test", "Import") as commit:
        for name in ("Tam", "Eel"):
            commit.put(Entity(kind="npc", name=name, prov={"*": imported}))
    mixed = {"name": imported, "fields.role": (Provenance(source="chat", ref_id=message),)}
    entities.create_entity(project, kind="npc", name="Vane", fields={"role": "Eel"}, prov=mixed)
    rows = queue.waiting(project)
    assert {row.name: row.came_from for row in rows} == {
        "Mirel": "From “Salt cities”", "Crown": "By hand", "Tam": "From an import", "Eel": "From an import",
        "Vane": "From an import",
    }  # fmt: skip
    assert [queue.card(project, row.id).came_from for row in rows] == [row.came_from for row in rows]
    assert len({row.source for row in rows if row.came_from == "From an import"}) == 1


def test_canon_that_is_edited_stays_canon_and_waits_until_it_is_confirmed(project: Project) -> None:
    record = captured(project, said(project, "Salt cities"), "Mirel")
    other = entities.create_entity(project, kind="item", name="Crown", status="canon").id
    entities.set_status(project, [record], "canon")
    assert queue.waiting(project, "changed") == []
    entities.update_entity(project, record, {"summary": "Queen of salt"})
    assert [(row.name, row.status) for row in queue.waiting(project, "changed")] == [("Mirel", "canon")]
    assert [item.path for item in queue.card(project, record).items if item.flag == "changed"] == ["summary"]
    assert queue.confirm(project, [record, other]) == 1
    assert queue.waiting(project, "changed") == []
    assert queue.confirm(project, [record]) == 0
    history.undo(project)
    assert [row.name for row in queue.waiting(project, "changed")] == ["Mirel"]
    entities.update_entity(project, record, {"summary": ""})
    assert queue.waiting(project, "changed") == []


def test_canon_that_changed_comes_in_pages_and_is_the_game_masters(project: Project) -> None:
    made = [entities.create_entity(project, kind="item", name=f"Ring {n}", status="canon").id for n in range(5)]
    for record in made[:4]:
        entities.update_entity(project, record, {"summary": "of bone"})
    first = queue.waiting(project, "changed", limit=3)
    rest = queue.waiting(project, "changed", start=3, limit=3)
    assert [row.name for row in (*first, *rest)] == ["Ring 3", "Ring 2", "Ring 1", "Ring 0"]
    assert queue.waiting(project, "changed", lens=Lens(audience="party")) == []
