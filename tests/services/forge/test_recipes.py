"""Recipes: versions never change, labels point, includes never go round, and prompts render the same each time."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.blueprint import Blueprint, Generation
from studio.domain.errors import Invalid, NotFound
from studio.domain.ids import RecordId
from studio.domain.lens import Lens
from studio.domain.recipe import Block, NegativePolicy, Recipe, RecipeVersion, Slot, StyleProfile
from studio.domain.world import Alias, Entity, Link, Relation
from studio.services import history
from studio.services.forge import compare, drafts, recipes, starters, uses
from studio.services.forge.content import Content
from studio.services.forge.errors import (
    BadSlotValue,
    HiddenFromModels,
    IncludeProblem,
    MissingSlots,
    TemplateProblem,
)
from studio.services.forge.render import render_content, render_recipe
from studio.services.forge.seed import recipe_from_seed
from studio.storage.project import Project


@pytest.fixture
def odrin(project: Project) -> Entity:
    with project.commit("t", "t") as commit:
        guild = commit.put(Entity(kind="faction", name="The Mudlarks"))
        made = commit.put(
            Entity(
                kind="npc", name="Odrin Pell", summary="A harbour reeve.", visibility="party",
                aliases=(Alias(name="The Limp"), Alias(name="Varo", kind="secret")),
                fields={"role": "reeve", "secret": "He skims.", "affiliation": [Link(text="Mudlarks", ref=guild.id)]},
                body="Tall.\n\n> [!secret] He is a spy.\n",
            )
        )  # fmt: skip
        commit.put(Relation(from_id=made.id, type="member_of", to_id=guild.id))
    return made


def content(*texts: str, **more: Any) -> Content:
    return Content(blocks=tuple(Block(text=t) for t in texts), **more)


# ---- versions and heads ----------------------------------------------------------------------------------------------


def test_a_new_recipe_has_a_first_version_and_a_slug_of_its_own(project: Project) -> None:
    one = recipes.create(project, title="Key art", content=content("A"))
    two = recipes.create(project, title="Key art")
    assert (one.slug, two.slug, one.latest) == ("key-art", "key-art-2", 1)
    assert recipes.version(project, one.id, 1).content_hash == content("A").hash()
    with pytest.raises(Invalid):
        recipes.create(project, title="  ")


def test_saving_the_same_content_makes_no_version(project: Project) -> None:
    made = recipes.create(project, title="A", content=content("A"))
    assert recipes.save_version(project, made.id, content("A"), message="again").n == 1
    assert recipes.save_version(project, made.id, content("B"), message="better").n == 2
    assert [(v.n, v.parent, v.message) for v in recipes.versions(project, made.id)] == [
        (2, 1, "better"), (1, None, "First version"),
    ]  # fmt: skip


def test_restore_is_a_new_version_and_old_ones_never_change(project: Project) -> None:
    made = recipes.create(project, title="A", content=content("A"))
    first = recipes.version(project, made.id, 1)
    recipes.save_version(project, made.id, content("B"))
    third = recipes.restore(project, made.id, 1)
    assert (third.n, third.content_hash, third.message) == (3, first.content_hash, "Restore version 1")
    assert recipes.version(project, made.id, 1) == first


def test_versions_are_compared_part_by_part(project: Project) -> None:
    made = recipes.create(project, title="A", content=content("A", slots=(Slot(name="x"),)))
    new = content("B", style_profile=StyleProfile(mood="calm"), negative_policy=NegativePolicy(always=("text",)))
    recipes.save_version(project, made.id, new)
    found = compare.diff_versions(project, made.id, 1, 2)
    assert [d.label for d in found] == ["Block 1", "Slot: x", "Style: mood", "Avoid: always"]
    assert (found[0].before, found[0].after) == ("[user]\nA", "[user]\nB")


def test_labels_point_to_versions(project: Project) -> None:
    made = recipes.create(project, title="A", content=content("A"))
    recipes.save_version(project, made.id, content("B"))
    assert recipes.set_label(project, made.id, "Production", 1).labels == {"production": 1}
    assert render_recipe(project, made.id, {}).text == "A"
    assert render_recipe(project, made.id, {}, label="latest").text == "B"
    assert recipes.set_label(project, made.id, "production", None).labels == {}
    for label, n in (("latest", 1), ("2", 1), ("x y!", 1)):
        with pytest.raises(Invalid):
            recipes.set_label(project, made.id, label, n)
    with pytest.raises(NotFound):
        recipes.set_label(project, made.id, "next", 9)


def test_the_head_changes_without_a_version(project: Project) -> None:
    made = recipes.create(project, title="A")
    changed = recipes.set_head(project, made.id, {"title": " B ", "folder": "Art / Maps/", "tags": ("x", "x", " ")})
    assert (changed.title, changed.folder, changed.tags, changed.latest, changed.slug) == (
        "B",
        "Art/Maps",
        ("x",),
        1,
        "a",
    )
    with pytest.raises(Invalid):
        recipes.set_head(project, made.id, {"slug": "x"})


def test_recipes_are_found_by_text_folder_and_tag(project: Project) -> None:
    recipes.create(project, title="Hafen", folder="Art/Maps", tags=("sea",), content=content("a drowned café"))
    recipes.create(project, title="Other", folder="Play")
    assert [h.title for h in recipes.search(project, "cafe drown")] == ["Hafen"]
    found = recipes.heads(project)
    assert [h.title for h in recipes.matching(found, "", folder="Art")] == ["Hafen"]
    assert [h.title for h in recipes.matching(found, "", tag="sea")] == ["Hafen"]
    assert recipes.matching(found, "nothing") == []


def test_trash_and_duplicate(project: Project) -> None:
    made = recipes.create(project, title="A", content=content("A"))
    copy = recipes.duplicate(project, made.id)
    assert (copy.title, render_recipe(project, copy.id, {}).text) == ("A (copy)", "A")
    recipes.delete(project, made.id)
    assert [h.title for h in recipes.heads(project)] == ["A (copy)"]
    assert [h.title for h in recipes.trashed(project)] == ["A"]
    recipes.untrash(project, made.id)
    assert len(recipes.heads(project)) == 2


def test_drafts_survive_and_know_when_they_differ(project: Project) -> None:
    made = recipes.create(project, title="A", content=content("A"))
    drafts.keep(project, made.id, content("half"), base=1)
    drafts.keep_values(project, made.id, {"x": "1", "y": ""})
    opened = drafts.opened(project, made.id)
    assert opened is not None
    assert (opened.content, opened.dirty, opened.values) == (content("half"), True, {"x": "1"})
    drafts.discard(project, made.id)
    again = drafts.opened(project, made.id)
    assert again is not None
    assert (again.content, again.dirty) == (content("A"), False)
    assert drafts.opened(project, RecordId("gone")) is None


def test_uses_are_found(project: Project) -> None:
    made = recipes.create(project, title="Base", content=content("A"))
    recipes.create(project, title="User", content=Content(blocks=(Block(include="base@production"),)))
    with project.commit("t", "t") as commit:
        commit.put(Blueprint(generation=Generation(default_recipes=("base",))))
    uses.record_use(project, made.id, how="copy")
    assert [u.words for u in uses.used_in(project, made.id)] == [
        "Included by “User”", "Default recipe of “Untitled blueprint”", "Copied 1 time",
    ]  # fmt: skip


# ---- rendering -------------------------------------------------------------------------------------------------------


def test_an_entity_slot_gives_its_public_text_and_fields(project: Project, odrin: Entity) -> None:
    slots = (Slot(name="npc", type="entity", kind="npc", required=True),)
    text = render_content(project, content("{{ npc }}", slots=slots), {"npc": odrin.id}).text
    assert text == "Odrin Pell (NPC): A harbour reeve.\nRole: reeve\nAffiliation: Mudlarks"
    fields = ("name", "secret", "motive", "aliases|join", "relations|join", "body")
    source = "|".join(f"{{{{ npc.{field} }}}}" for field in fields)
    asked = render_content(project, content(source, slots=slots), {"npc": odrin.id})
    assert asked.text == "Odrin Pell|He skims.||The Limp|member of The Mudlarks|Tall."
    assert asked.entity_ids == (odrin.id,)


def test_the_party_gets_no_secrets(project: Project, odrin: Entity) -> None:
    slots, party = (Slot(name="npc", type="entity"),), Lens(audience="party")
    shown = render_content(
        project,
        content("{{ npc.secret }}{{ npc.relations|join }}.", slots=slots),
        {"npc": odrin.id},
        lens=party,
    )
    assert shown.text == "."
    with project.commit("t", "t") as commit:
        commit.put(odrin.model_copy(update={"visibility": "gm"}))
    with pytest.raises(HiddenFromModels):
        render_content(project, content("{{ npc }}", slots=slots), {"npc": odrin.id}, lens=Lens(audience="party"))


def test_what_models_must_never_see_is_refused(project: Project, odrin: Entity) -> None:
    with project.commit("t", "t") as commit:
        commit.put(odrin.model_copy(update={"ai_visibility": "never"}))
    with pytest.raises(HiddenFromModels):
        render_content(project, content("x", slots=(Slot(name="npc", type="entity"),)), {"npc": odrin.id})


def test_missing_required_slots_are_named_and_a_preview_shows_them(project: Project) -> None:
    made = content(
        "{{ a }} {{ b }} {{ npc.name }}", slots=(Slot(name="a", required=True), Slot(name="b", required=True))
    )
    with pytest.raises(MissingSlots) as caught:
        render_content(project, made, {"b": " "})
    assert caught.value.names == ("a", "b")
    shown = render_content(project, made, {"b": "2"}, preview=True)
    assert (shown.text, shown.missing) == ("‹a› 2 ‹npc.name›", ("a",))
    assert shown.undeclared == (Slot(name="npc", type="entity", kind="npc", required=True),)
    with pytest.raises(TemplateProblem):
        render_content(project, made, {"a": "1", "b": "2"})


def test_slot_values_are_checked_by_type(project: Project) -> None:
    for slot, value in (
        (Slot(name="n", type="number"), "many"),
        (Slot(name="c", type="choice", choices=("a", "b")), "c"),
        (Slot(name="k", type="colour"), "#12"),
    ):
        with pytest.raises(BadSlotValue):
            render_content(project, content("x", slots=(slot,)), {slot.name: value})
    flag = content("{% if f %}yes{% else %}no{% endif %}", slots=(Slot(name="f", type="bool", required=True),))
    assert [render_content(project, flag, {"f": v}).text for v in ("true", "", "no")] == ["yes", "no", "no"]


def test_blocks_wait_for_their_slot(project: Project) -> None:
    made = Content(
        blocks=(Block(text="always"), Block(text="with {{ x }}", when="x"), Block(text="without", when="!x")),
        slots=(Slot(name="x"),),
    )
    assert render_content(project, made, {}).text == "always\n\nwithout"
    assert render_content(project, made, {"x": "1"}).text == "always\n\nwith 1"


def test_style_and_refusals_come_last_and_by_provider(project: Project) -> None:
    made = content(
        "A tower",
        style_profile=StyleProfile(style="oil", detail=8, references=("Bruegel",)),
        negative_policy=NegativePolicy(always=("text",), per_provider={"midjourney": ("hands",), "flux": ("blur",)}),
    )
    style = "Style: oil. Detail: rich. In the manner of: Bruegel."
    assert render_content(project, made, {}).text == f"A tower\n\n{style}\n\nAvoid: text."
    assert render_content(project, made, {}, provider="midjourney").text == f"A tower\n\n{style}\n\n--no text, hands"
    apart = render_content(project, made, {}, provider="stable-diffusion")
    assert (apart.text, apart.negative) == (f"A tower\n\n{style}", "text")
    placed = made.model_copy(update={"blocks": (Block(text="{{ style }} A tower. {{ avoid }}"),)})
    assert render_content(project, placed, {}).text == f"{style} A tower. Avoid: text."


def test_includes_bring_blocks_slots_and_refusals(project: Project) -> None:
    base = recipes.create(
        project, title="House style",
        content=content("Ink on {{ paper }}.", slots=(Slot(name="paper", default="vellum"),),
                        style_profile=StyleProfile(mood="calm", style="ink"),
                        negative_policy=NegativePolicy(always=("text",))),
    )  # fmt: skip
    recipes.set_label(project, base.id, "production", 1)
    recipes.save_version(project, base.id, content("Oil."))
    outer = Content(
        blocks=(Block(text="A tower."), Block(include="house-style@production", when="on")),
        slots=(Slot(name="on"),), style_profile=StyleProfile(style="chalk"),
    )  # fmt: skip
    shown = render_content(project, outer, {"on": "1"})
    assert shown.text == "A tower.\n\nInk on vellum.\n\nStyle: chalk. Mood: calm.\n\nAvoid: text."
    newest = Content(blocks=(Block(include="house-style@latest"),))
    assert render_content(project, newest, {}).text == "Oil."


def test_includes_that_go_round_or_nowhere_are_refused(project: Project) -> None:
    a = recipes.create(project, title="A", content=Content(blocks=(Block(include="b"),)))
    recipes.create(project, title="B", content=Content(blocks=(Block(include="a@latest"),)))
    with pytest.raises(IncludeProblem, match="a → b → a"):
        render_recipe(project, a.id, {})
    for reference in ("nobody", "a@9", "a@draft"):
        with pytest.raises(IncludeProblem):
            render_content(project, Content(blocks=(Block(include=reference),)), {})
    recipes.delete(project, a.id)
    with pytest.raises(IncludeProblem):
        render_content(project, Content(blocks=(Block(include="a"),)), {})


def test_many_includes_of_includes_stop(project: Project) -> None:
    recipes.create(project, title="r0", content=content("x"))
    for n in range(1, 7):
        blocks = tuple(Block(include=f"r{n - 1}") for _ in range(20))
        recipes.create(project, title=f"r{n}", content=Content(blocks=blocks))
    with pytest.raises(IncludeProblem):
        render_content(project, Content(blocks=(Block(include="r6"),)), {})


def test_a_mistake_names_its_block(project: Project) -> None:
    with pytest.raises(TemplateProblem) as caught:
        render_content(project, content("fine", "{{ 1 + 1 }}"), {})
    assert caught.value.block == 1


def test_seeded_recipes_render(project: Project) -> None:
    recipe, version = recipe_from_seed({"subject": ["a tower"], "use_case": ["portrait"], "negative": ["no text"]})
    with project.commit("t", "t") as commit:
        commit.put(recipe)
        commit.put(version)
    assert render_recipe(project, recipe.id, {}).text == "a tower\n\nAvoid: text."


def test_every_starter_renders_with_and_without_its_slots(project: Project, odrin: Entity) -> None:
    assert starters.add_starters(project) >= 12
    assert starters.add_starters(project) == 0
    for head in recipes.heads(project):
        opened = drafts.opened(project, head.id)
        assert opened is not None
        shown = render_content(project, opened.content, {}, preview=True)
        assert (shown.undeclared, shown.warnings) == ((), ())
        full = {
            s.name: odrin.id if s.type == "entity" else s.default or "3"
            for s in opened.content.slots
            if s.type != "choice"
        }
        if not any(s.type == "entity" and s.kind not in ("npc", "") for s in opened.content.slots):
            assert "‹" not in render_content(project, opened.content, full).text


@given(
    st.lists(st.sampled_from(["{{ a }}", "{{ b|upper }}", "x", "{% if a %}y{% endif %}"]), max_size=5),
    st.text(max_size=20),
    st.text(max_size=20),
)
@settings(max_examples=40)
def test_the_same_input_gives_the_same_prompt(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], a: str, b: str
) -> None:
    project = Project.create(tmp_path_factory.mktemp("p") / "T.ttrpg", name="T", author="a", device="d")
    made = content(*texts, slots=(Slot(name="a"), Slot(name="b")))
    one, two = (render_content(project, made, {"a": a, "b": b}) for _ in range(2))
    assert one == two
    project.close()


# ---- undo ------------------------------------------------------------------------------------------------------------

steps = st.lists(
    st.tuples(
        st.sampled_from(["save", "restore", "label", "unlabel", "head", "duplicate", "delete", "create", "starter"]),
        st.integers(0, 3),
    ),
    max_size=8,
)


def _do(project: Project, name: str, n: int) -> None:
    made = project.all(Recipe)[0]
    if name == "save":
        recipes.save_version(project, made.id, content(f"text {n}"))
    elif name == "restore":
        recipes.restore(project, made.id, 1)
    elif name in ("label", "unlabel"):
        recipes.set_label(project, made.id, f"label-{n}", 1 if name == "label" else None)
    elif name == "head":
        recipes.set_head(project, made.id, {"title": f"T{n}", "folder": f"F{n}"})
    elif name == "duplicate":
        recipes.duplicate(project, made.id)
    elif name == "delete" and len(project.all(Recipe)) > 1:
        recipes.delete(project, made.id)
    elif name == "create":
        recipes.create(project, title=f"New {n}")
    elif name == "starter":
        starters.add_starter(project, starters.starters()[n].key)


def _state(project: Project) -> list[dict[str, Any]]:
    stamps = {"rev", "hlc", "updated_at", "updated_by"}
    records = [*project.all(Recipe), *project.all(RecipeVersion)]
    return [r.model_dump(mode="json", exclude=stamps) for r in records]


@given(steps)
@settings(max_examples=30)
def test_undo_and_redo_of_any_sequence_return_to_equal_states(
    tmp_path_factory: pytest.TempPathFactory, sequence: list[tuple[str, int]]
) -> None:
    project = Project.create(tmp_path_factory.mktemp("p") / "T.ttrpg", name="T", author="a", device="d")
    try:
        recipes.create(project, title="Start")
        states = [_state(project)]
        for name, n in sequence:
            _do(project, name, n)
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
