"""Recipes go out as prompts of other tools and come back as they were; the tool's own parser reads what we write."""

from __future__ import annotations

import json
import random
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.lens import Lens
from studio.domain.recipe import Block, NegativePolicy, Recipe, RecipeVersion, Slot
from studio.services.exchange import export_project, import_files
from studio.services.forge import recipes
from studio.services.forge.content import Content
from studio.storage.project import Project
from tests.services.exchange.oracles import node

if TYPE_CHECKING:
    from pathlib import Path

TOWN = Content(
    blocks=(
        Block(role="system", text="You name towns: $5 each.\nBe brief."),
        Block(role="user", text="A town by {{ river | upper }}, {{mood}}."),
        Block(role="assistant", text="With {{many}} mills.", when="many"),
    ),
    slots=(
        Slot(name="river", required=True, default="the Oss", help="which one"),
        Slot(name="mood", type="choice", choices=("grim", "gay"), required=True),
        Slot(name="many", type="number"),
    ),
    negative_policy=NegativePolicy(always=("elves", "lore dumps")),
    params={"model": "a/b", "temperature": 0.4},
)
PLAIN = TOWN.blocks[1].model_copy(update={"text": "A town by {{river}}, {{mood}}."})


def make(project: Project, content: Content, title: str = "Town names") -> Recipe:
    recipe = recipes.create(project, title=title, content=content)
    return recipes.set_head(project, recipe.id, {"tags": ("naming", "river")})


def out(project: Project, folder: Path, format: str, lens: Lens | None = None) -> Path:
    path = folder / {"langfuse": "prompts.json"}.get(format, f"{format}.zip")
    export_project(project, path, format=format, lens=lens or Lens())
    return path


def members(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def newest(project: Project) -> RecipeVersion:
    return max(project.all(RecipeVersion), key=lambda version: version.n)


@pytest.fixture
def other(tmp_path: Path) -> Any:
    made = Project.create(tmp_path / "other.ttrpg", name="Other", author="a", device="d")
    yield made
    made.close()


@pytest.mark.parametrize("format", ["langfuse", "dotprompt"])
def test_a_recipe_comes_back_as_it_went(project: Project, other: Project, tmp_path: Path, format: str) -> None:
    make(project, TOWN)
    path = out(project, tmp_path, format)
    import_files(other, [path])
    (recipe,), back = other.all(Recipe), newest(other)
    assert (recipe.title, recipe.tags) == ("Town names", ("naming", "river"))
    assert back.blocks == (TOWN.blocks[0], PLAIN, TOWN.blocks[2])
    assert (back.slots, back.params, back.negative_policy) == (TOWN.slots, TOWN.params, TOWN.negative_policy)
    again = import_files(other, [path])
    assert (again.created, again.updated) == (0, 0)


def test_langfuse_gets_every_version_with_its_labels(project: Project, other: Project, tmp_path: Path) -> None:
    recipe = make(project, TOWN)
    recipes.save_version(project, recipe.id, Content(blocks=(Block(text="Name {{one}}."),)), message="Shorter")
    recipes.set_label(project, recipe.id, "production", 1)
    path = out(project, tmp_path, "langfuse")
    first, second = json.loads(path.read_text())
    assert (first["type"], first["version"], first["labels"]) == ("chat", 1, ["production"])
    assert [message["role"] for message in first["prompt"]] == ["system", "user", "assistant"]
    assert (second["type"], second["prompt"], second["version"]) == ("text", "Name {{one}}.", 2)
    assert second["commitMessage"] == "Shorter"
    report = import_files(other, [path])
    assert (report.created, report.skipped) == (1, 1)
    assert newest(other).blocks[0].text == "Name {{one}}."


def test_llm_gets_what_a_template_can_hold(project: Project, other: Project, tmp_path: Path) -> None:
    make(project, TOWN)
    path = out(project, tmp_path, "llm")
    (name, text), *_ = members(path).items()
    assert name == "town-names.yaml"
    assert yaml.safe_load(text) == {
        "system": "You name towns: $$5 each.\nBe brief.", "prompt": "A town by $river, $mood.",
        "defaults": {"river": "the Oss"}, "model": "a/b",
    }  # fmt: skip
    import_files(other, [path])
    assert newest(other).blocks == (TOWN.blocks[0], PLAIN)
    assert newest(other).slots[0].default == "the Oss"


def test_what_a_tool_wrote_beside_a_prompt_goes_back_to_it(project: Project, tmp_path: Path) -> None:
    given = [{"name": "x", "type": "text", "prompt": "Hi {{who}}", "config": {"a": 1}, "projectId": "p", "tags": []}]
    (tmp_path / "in.json").write_text(json.dumps(given))
    (tmp_path / "y.prompt").write_text("---\nmodel: m\noutput:\n  format: json\ntools: [dice]\n---\nHi {{who}}\n")
    import_files(project, [tmp_path / "in.json"])
    import_files(project, [tmp_path / "y.prompt"])
    (back,) = [one for one in json.loads(out(project, tmp_path, "langfuse").read_text()) if one["name"] == "x"]
    assert back == given[0] | {"version": 1, "labels": [], "commitMessage": back["commitMessage"]}
    front = yaml.safe_load(members(out(project, tmp_path, "dotprompt"))["y.prompt"].split("---")[1])
    assert (front["output"], front["tools"], front["model"]) == ({"format": "json"}, ["dice"], "m")


def test_includes_are_put_in_and_players_get_no_prompts_that_are_not_theirs(project: Project, tmp_path: Path) -> None:
    make(project, Content(blocks=(Block(role="system", text="CANARY tone."),)), "Tone")
    shared = make(project, Content(blocks=(Block(include="tone"), Block(text="Name it."))), "Shared")
    texts = members(out(project, tmp_path, "dotprompt"))
    assert "CANARY tone." in texts["shared.prompt"]
    with project.commit("test", "Open") as commit:
        commit.put(project.get(Recipe, shared.id).model_copy(update={"visibility": "party"}))
    for format in ("dotprompt", "llm"):
        opened = members(out(project, tmp_path, format, Lens(audience="party")))
        assert [name.partition(".")[0] for name in opened] == ["shared"]
        assert not [text for text in opened.values() if "CANARY" in text]
    assert "CANARY" not in out(project, tmp_path, "langfuse", Lens(audience="party")).read_text()


names = st.from_regex(re.compile(r"[a-z][a-z0-9_]{0,6}", re.ASCII), fullmatch=True)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co"]), max_size=20)
lines = st.lists(words.map(lambda text: text.replace("{", "(").replace("%", "")), min_size=1, max_size=3).map("\n".join)
texts = st.tuples(lines, names, lines).map(lambda parts: f"{parts[0]}{{{{{parts[1]}}}}}{parts[2]}".strip())
blocks = st.builds(Block, role=st.sampled_from(["system", "user", "assistant"]), text=texts, when=st.just("") | names)
prompts = st.builds(
    Content, blocks=st.lists(blocks, min_size=1, max_size=3).map(tuple),
    slots=st.lists(
        st.builds(Slot, name=names, type=st.sampled_from(["text", "long", "number", "date"]), required=st.booleans(),
                  default=words, help=words),
        max_size=3, unique_by=lambda slot: slot.name,
    ).map(tuple),
    negative_policy=st.builds(NegativePolicy, always=st.lists(words, max_size=2).map(tuple)),
    params=st.dictionaries(names, st.integers(-999, 999) | st.booleans() | words, max_size=3),
)  # fmt: skip


@given(content=prompts, format=st.sampled_from(["langfuse", "dotprompt"]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_prompt_comes_back_with_every_word(tmp_path: Path, project: Project, content: Content, format: str) -> None:
    """A slot that only the text asks for is there afterwards too: that is all that may be new."""
    with project.commit("test", "Empty") as commit:
        for old in project.all(Recipe):
            commit.delete(old)
    recipe = make(project, content)
    path = out(project, tmp_path, format)
    (tmp_path / "round.ttrpg").unlink(missing_ok=True)
    other = Project.create(tmp_path / "round.ttrpg", name="Round", author="a", device="d")
    try:
        import_files(other, [path])
        back = newest(other)
    finally:
        other.close()
    assert back.blocks == content.blocks
    assert (back.slots[: len(content.slots)], back.params) == (content.slots, content.params)
    assert back.negative_policy == content.negative_policy
    assert recipe.title == "Town names"


SCRIPT = """
const {Dotprompt} = require('dotprompt');
const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));
(async () => {
  const found = [];
  for (const [source, variables] of input) {
    const prompt = new Dotprompt(), parsed = prompt.parse(source);
    const rendered = await prompt.render(source, {input: variables});
    const input_ = (await prompt.renderMetadata(source)).input;
    found.push({parsed: {model: parsed.model, config: parsed.config, ext: parsed.ext}, input: input_,
                messages: rendered.messages.map(m => [m.role, m.content.map(c => c.text).join('')])});
  }
  console.log(JSON.stringify(found));
})();
"""


SIGNS = "aé \"'\\:#-|>&*!%@`<~$?[](),.\t\u00a0"


def some(dice: random.Random) -> Content:
    """A prompt of words and signs that YAML and Handlebars could take for their own."""
    say = lambda: "".join(dice.choices(SIGNS, k=dice.randint(1, 12)))  # noqa: E731
    name = lambda: dice.choice(["a", "b_2", "where", "yes"])  # noqa: E731
    made = [
        Block(
            role=dice.choice(["system", "user", "assistant"]), when=dice.choice(["", name()]),
            text=f"{say()}{{{{{name()}}}}}{say()}\n{say()}.",
        ) for _ in range(3)
    ]  # fmt: skip
    slots = tuple(Slot(name=one, default=say(), help=say()) for one in {name(), name()})
    return Content(blocks=tuple(made), slots=slots, params={name(): say(), "top": dice.random() > 0.5, "n": 3})


def test_the_parser_of_dotprompt_reads_what_we_write(project: Project, tmp_path: Path) -> None:
    run = node("dotprompt")
    dice = random.Random(4)
    contents = [TOWN, *(some(dice) for _ in range(60))]
    made = {make(project, one, f"P{n}").slug: one for n, one in enumerate(contents)}
    files = members(out(project, tmp_path, "dotprompt"))
    slots = [name for one in made.values() for name in re.findall(r"\{\{\s*(\w+)", str(one.blocks))]
    values = {name: f"<{name}>" for name in [*slots, *(b.when for one in made.values() for b in one.blocks if b.when)]}
    found = run(SCRIPT, [[files[f"{slug}.prompt"], values] for slug in made])
    for (slug, content), told in zip(made.items(), found, strict=True):
        config = {key: value for key, value in content.params.items() if key != "model"}
        assert told["parsed"].get("config", {}) == config, slug
        said = "".join(re.sub(r"\s", "", text) for _, text in told["messages"])
        ours = "".join(re.sub(r"\s", "", _filled(block.text, values)) for block in content.blocks)
        assert said == ours, slug
        asked = set((told["input"].get("schema") or {}).get("properties", {}))
        assert asked == {slot.name for slot in content.slots}


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\{\{\s*(\w+)[^}]*\}\}", lambda m: values[m[1]], text)
