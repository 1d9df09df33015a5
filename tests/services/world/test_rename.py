"""A rename loses no link, wherever it is written, and undo takes all of it back."""

import json
import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.blueprint import Blueprint, Pitch, WorldHooks
from studio.domain.chat import Message, Part, Thread
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES
from studio.domain.recipe import Block, Recipe, RecipeVersion, Slot
from studio.domain.text import wikilinks
from studio.domain.world import Claim, Entity, Entry, Link
from studio.services import history
from studio.services import names as all_names
from studio.services.forge.slots import filled
from studio.services.world import entities, names, references
from studio.storage.project import Project

NAME = (
    st.text("aZé '\"%_\\.-0", min_size=1, max_size=12)
    .map(lambda t: " ".join(t.split()))
    .filter(lambda t: bool(re.search(r"\w", t)) and references.writable(t))
)
PLACES = ("body", "secret", "summary", "field", "list", "custom", "nested", "entry", "claim", "blueprint")
SHAPES = ("[[{}]]", "see [[{}|that one]] there", "[[{}#Past]]", "twice [[{}]] and [[{}]]")


def write(project: Project, place: str, text: str, links_to: Entity) -> None:
    """Put a text with links into one place of the world."""
    with project.commit("test", "Write") as commit:
        if place == "entry":
            commit.put(Entry(title="Log", body=text, entity_refs=(links_to.id,)))
        elif place == "claim":
            commit.put(Claim(subject_id=links_to.id, predicate="said", value=text))
        elif place == "blueprint":
            hooks = WorldHooks(starting_region=Link(text=links_to.name, ref=links_to.id))
            commit.put(Blueprint(pitch=Pitch(premise=text), world=hooks))
        else:
            said: dict[str, Any] = {
                "body": {"body": text}, "secret": {"body": f"> [!secret] Ours\n> {text}\n"},
                "summary": {"summary": text},
                "field": {"fields": {"motive": text}}, "list": {"fields": {"goals": [text, "other"]}},
                "custom": {"custom": {"omen": text}}, "nested": {"custom": {"odd": [{"a": text}]}},
            }[place]  # fmt: skip
            home = {"home": Link(text=links_to.name, ref=links_to.id)}
            fields = {**said.get("fields", {}), **home}
            commit.put(Entity(kind="npc", name=f"Holder {place}", **{**said, "fields": fields}))


def everything(project: Project) -> list[str]:
    """Every stored record but the one that is renamed, as JSON."""
    found = []
    for table in ("entity", "entry", "claim", "document", "message"):
        found += [row[0] for row in project.sql.execute(f"SELECT data FROM {table} ORDER BY id")]
    return found


def links(stored: list[str]) -> list[str]:
    """The targets of all `[[links]]` in stored JSON."""

    def texts(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        many = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [text for one in many for text in texts(one)]

    return [target for data in stored for text in texts(json.loads(data)) for target in wikilinks(text)]


@given(
    old=NAME, new=NAME, drop=st.booleans(),
    written=st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(SHAPES)), min_size=1, max_size=5),
)  # fmt: skip
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_link_still_leads_there(
    project: Project, old: str, new: str, drop: bool, written: list[tuple[str, str]]
) -> None:
    for table in ("entity", "entry", "claim", "document", "message"):
        project.sql.execute(f"DELETE FROM {table} WHERE kind <> 'project'")
    project.sql.execute("DELETE FROM name")
    project.sql.execute("DELETE FROM mention")
    target = entities.create_entity(project, kind="location", name=old)
    for place, shape in written:
        write(project, place, shape.format(target.name, target.name), target)
    before = everything(project)
    count = len(links(before))
    entities.rename_entity(project, target.id, new, keep_alias=not drop)
    after = everything(project)
    targets = links(after)
    assert len(targets) == count
    assert {names.resolve(project, one) for one in targets} == {target.id}
    refs = [json.loads(data).get("fields", {}).get("home") for data in after]
    assert {(r["ref"], r["text"]) for r in refs if r} <= {(target.id, project.get(Entity, target.id).name)}
    if project.get(Entity, target.id).name != target.name:
        history.undo(project)
        plain = lambda data: {k: v for k, v in json.loads(data).items() if k not in ("rev", "hlc", "updated_at")}  # noqa: E731
        assert [plain(data) for data in everything(project)] == [plain(data) for data in before]


def test_what_was_said_in_a_chat_stays_and_leads_there_by_the_old_name(project: Project) -> None:
    target = entities.create_entity(project, kind="npc", name="Mirel")
    with project.commit("test", "Talk") as commit:
        thread = commit.put(Thread(title="Talk"))
        said = commit.put(Message(thread_id=thread.id, role="user", parts=(Part(text="Who is [[Mirel]]?"),)))
    entities.rename_entity(project, target.id, "Sorn Vael")
    assert project.get(Message, said.id).text == "Who is [[Mirel]]?"
    assert names.resolve(project, "Mirel") == target.id


def test_a_recipe_that_asks_for_an_entity_holds_it_by_its_id_and_finds_it_by_the_old_name(project: Project) -> None:
    target = entities.create_entity(project, kind="npc", name="Mirel", summary="A regent.")
    slot = Slot(name="patron", type="entity", kind="npc", default=target.id)
    with project.commit("test", "Recipe") as commit:
        recipe = commit.put(Recipe(slug="portrait", title="Portrait"))
        version = commit.put(RecipeVersion(recipe_id=recipe.id, n=1, slots=(slot,), blocks=(Block(text="[[Mirel]]"),)))
    entities.rename_entity(project, target.id, "Sorn Vael")
    kept = project.get(RecipeVersion, version.id)
    assert kept.blocks[0].text == "[[Mirel]]"
    assert "Sorn Vael (NPC): A regent." in str(filled(project, kept.slots[0], "", lens=OPEN_EYES))
    found = all_names.book(project).find("Mirel")
    assert found is not None
    assert found.record == target.id


def test_a_name_that_is_another_ones_alias_too_takes_only_its_own_links(project: Project) -> None:
    first = entities.create_entity(project, kind="npc", name="Mirel")
    entities.create_entity(project, kind="npc", name="Sorn", aliases=["Mirel"])
    holder = entities.create_entity(project, kind="npc", name="Tam", body="[[Mirel]] and [[Sorn]]")
    entities.rename_entity(project, first.id, "Mirel Thane")
    assert project.get(Entity, holder.id).body == "[[Mirel Thane]] and [[Sorn]]"


def test_summaries_and_fields_of_ones_own_follow_in_any_case(project: Project) -> None:
    made = entities.create_entity(project, kind="npc", name="Mirel")
    holder = entities.create_entity(
        project, kind="npc", name="Tam", summary="[[Mirel]]'s man", custom={"x": "[[mirel]]"}
    )
    entities.rename_entity(project, RecordId(made.id), "Sorn")
    now = project.get(Entity, holder.id)
    assert (now.summary, now.custom["x"]) == ("[[Sorn]]'s man", "[[Sorn]]")
