"""The shipped schemas are current, and what we write fits them."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from studio.services import sample
from studio.services.exchange.schemas import schemas, text_of
from studio.services.exchange.world_export import world_document
from studio.storage import bundle
from studio.storage.nouns import NOUNS
from studio.storage.project import Project


@pytest.fixture(scope="session")
def folder(root: Path) -> Path:
    return root / "resources" / "schemas"


@pytest.mark.parametrize("name", list(schemas()))
def test_a_shipped_schema_is_current(name: str, folder: Path) -> None:
    shipped = (folder / name).read_text(encoding="utf-8")
    how = "python -m studio.services.exchange.schemas resources/schemas"
    assert shipped == text_of(schemas()[name]), f"out of date; write it anew with: {how}"
    Draft202012Validator.check_schema(json.loads(shipped))


def test_every_record_of_the_sample_fits_its_schema(project: Project) -> None:
    sample.fill(project)
    found = schemas()
    seen = set()
    for data in bundle.all_data(project.sql):
        name = data["kind"] if data["kind"] in NOUNS else "entity"
        Draft202012Validator(found[f"{name}.schema.json"]).validate(data)
        seen.add(name)
    assert {"entity", "relation", "claim", "entry", "thread", "message", "blueprint", "recipe", "calendar"} <= seen


def test_worlds_fit_the_schema_of_world_files(worlds: list[Path], project: Project, folder: Path, root: Path) -> None:
    check = Draft202012Validator(json.loads((folder / "ttrpg-world.schema.json").read_text(encoding="utf-8")))
    sample.fill(project)
    shipped: list[Any] = [json.loads((root / "resources" / "sample" / "world.json").read_text(encoding="utf-8"))]
    for data in [*shipped, world_document(project), *(json.loads(p.read_text(encoding="utf-8")) for p in worlds)]:
        check.validate(data)
