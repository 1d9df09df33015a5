"""Prompts of other tools become recipes; nothing that a prompt says is run, opened or fetched."""

from __future__ import annotations

import json
import random
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.errors import ImportRefused
from studio.domain.recipe import Recipe, RecipeVersion
from studio.services.exchange import import_files

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

LANGFUSE: list[dict[str, Any]] = [
    {"name": "tavern-rumour", "type": "chat", "version": 3, "labels": ["production"], "tags": ["rumour"],
     "config": {"temperature": 0.4},
     "prompt": [{"role": "system", "content": "You gossip."},
                {"role": "user", "content": "In {{town}}: {{town}}, {{who}}"}]},
    {"name": "plain", "type": "text", "prompt": "Name a {{thing}}."},
    {"name": "empty", "prompt": ""},
]  # fmt: skip


def versions(project: Project) -> dict[str, RecipeVersion]:
    recipes = {one.id: one.title for one in project.all(Recipe)}
    return {recipes[version.recipe_id]: version for version in project.all(RecipeVersion)}


def write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def test_langfuse_prompts_keep_messages_variables_and_settings(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, "prompts.json", json.dumps(LANGFUSE))
    report = import_files(project, [path])
    rumour = versions(project)["tavern-rumour"]
    assert (rumour.blocks[0].role, rumour.blocks[0].text) == ("system", "You gossip.")
    assert [slot.name for slot in rumour.slots] == ["town", "who"]
    assert rumour.params == {"temperature": 0.4}
    assert (report.created, report.skipped) == (2, 1)
    again = import_files(project, [path])
    assert (again.created, again.updated) == (0, 0)
    write(tmp_path, "prompts.json", json.dumps([LANGFUSE[1] | {"prompt": "Name two {{thing}}s."}]))
    import_files(project, [path])
    assert sorted(v.n for v in project.all(RecipeVersion) if v.blocks[0].text.startswith("Name")) == [1, 2]


def test_dotprompt_roles_become_blocks_and_logic_stays_text(project: Project, tmp_path: Path) -> None:
    front = "---\nmodel: a/b\nconfig:\n  temperature: 0.7\n---\n"
    text = front + '{{role "system"}}\nHelp {{name}}.\n{{role "user"}}\n{{#each x}}Hi{{/each}}'
    report = import_files(project, [write(tmp_path, "help.prompt", text)])
    found = versions(project)["help"]
    assert [(b.role, b.text) for b in found.blocks] == [
        ("system", "Help {{name}}."),
        ("user", "{{#each x}}Hi{{/each}}"),
    ]
    assert found.params == {"model": "a/b", "temperature": 0.7}
    assert any("template language" in reason.why for reason in report.reasons)


def test_what_a_dotprompt_file_says_of_its_variables_comes_in(project: Project, tmp_path: Path) -> None:
    schema = "    town: string, where it is\n    mood?(enum): [grim, gay]\n    many?: number\n"
    front = f"---\ninput:\n  schema:\n{schema}  default:\n    town: Oss\n---\n"
    body = 'In {{town}}\n{{role "model"}}\n{{#if many}}\n{{many}} more\n{{/if}}'
    import_files(project, [write(tmp_path, "town.prompt", front + body)])
    found = versions(project)["town"]
    assert [(b.role, b.text, b.when) for b in found.blocks] == [
        ("user", "In {{town}}", ""),
        ("assistant", "{{many}} more", "many"),
    ]
    slots = {slot.name: slot for slot in found.slots}
    assert (slots["town"].default, slots["town"].help, slots["town"].required) == ("Oss", "where it is", True)
    assert (slots["mood"].type, slots["mood"].choices, slots["many"].type) == ("choice", ("grim", "gay"), "number")


def test_llm_templates_and_promptfoo_texts_come_in_without_files(project: Project, tmp_path: Path) -> None:
    import_files(
        project,
        [write(tmp_path, "voice.yaml", "system: Speak as $voice\nprompt: Say $input\ndefaults:\n  voice: a fox\n")],
    )
    voice = versions(project)["voice"]
    assert [b.text for b in voice.blocks] == ["Speak as {{voice}}", "Say {{input}}"]
    assert {slot.name: slot.default for slot in voice.slots} == {"voice": "a fox", "input": ""}
    report = import_files(
        project, [write(tmp_path, "foo.yaml", "prompts:\n  - Be {{mood}}.\n  - file:///etc/passwd\n")]
    )
    assert (report.created, report.skipped) == (1, 1)


def test_styles_and_patterns_come_in(project: Project, tmp_path: Path) -> None:
    import_files(
        project, [write(tmp_path, "styles.csv", 'name,prompt,negative_prompt\nInk,"{prompt}, ink","blur, text"\n')]
    )
    ink = versions(project)["Ink"]
    assert (ink.blocks[0].text, ink.negative_policy.always) == ("{{subject}}, ink", ("blur", "text"))
    pattern = tmp_path / "patterns" / "create_npc" / "system.md"
    pattern.parent.mkdir(parents=True)
    pattern.write_text("# IDENTITY\nYou make people.")
    import_files(project, [tmp_path / "patterns"])
    assert versions(project)["create npc"].blocks[0].role == "system"


def test_the_shared_prompts_come_in(project: Project, shared: Path, tmp_path: Path) -> None:
    folder = shared / "samples" / "prompts"
    import_files(project, [folder / "fabric-patterns" / "data" / "patterns"])
    for path in [*folder.rglob("llm-templates/*.yaml"), *folder.rglob("examples/*.prompt")]:
        with suppress(ImportRefused):
            import_files(project, [path])
    assert len(project.all(Recipe)) >= 10
    packed = tmp_path / "examples.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (folder / "dotprompt-spec" / "examples").glob("*.prompt"):
            archive.write(path, path.name)
    assert import_files(project, [packed]).created > 3


@pytest.mark.parametrize("name", ["a.prompt", "a.yaml", "a.csv", "a.json"])
def test_no_spoiled_prompt_escapes_the_reader(project: Project, tmp_path: Path, name: str) -> None:
    good = {"a.prompt": "---\nmodel: x\n---\n{{role 'user'}}{{a}}",
            "a.yaml": "system: $a\ndefaults: {a: b}\nprompts: [x]", "a.json": json.dumps(LANGFUSE),
            "a.csv": "name,prompt,negative_prompt\na,b,c\n"}[name]  # fmt: skip
    dice = random.Random(2)
    for _ in range(40):
        data = bytearray(good.encode())
        for _ in range(4):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path = tmp_path / name
        path.write_bytes(bytes(data))
        with suppress(ImportRefused):
            import_files(project, [path], dry_run=True)
