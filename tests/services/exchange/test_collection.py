"""A folder or zip that is nothing as a whole: what is known in it comes in together, the rest is named."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.errors import ImportRefused
from studio.domain.recipe import Recipe
from studio.domain.world import Entity, Entry
from studio.services import history
from studio.services.exchange import formats, import_files, import_parsed
from studio.services.exchange.apart import read_apart
from tests.support.images import png

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project


def card(name: str) -> dict[str, Any]:
    return {"spec": "chara_card_v2", "spec_version": "2.0", "data": {"name": name, "description": "Rows the ferry."}}


FILES: dict[str, bytes] = {
    "people/ada.json": json.dumps(card("Ada")).encode(),
    "people/bo.json": json.dumps(card("Bo")).encode(),
    "again/ada.json": json.dumps(card("Ada")).encode(),
    "portrait.yaml": b"prompt: Draw $input in ink.\n",
    "supper.txt": b"Nobody sat at the head of the table.",
    "empty.txt": b" \n",
    "odd.bin": b"\x00\x01\x02",
    "broken.json": b'{"spec": ',
    ".hidden/ada.json": b"{}",
    "LICENSE": b"MIT",
}


@pytest.fixture(params=["folder", "zip"])
def mixed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "folder":
        for name, data in FILES.items():
            place = tmp_path / "mixed" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        return tmp_path / "mixed"
    with zipfile.ZipFile(tmp_path / "mixed.zip", "w") as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)
    return tmp_path / "mixed.zip"


def test_what_is_known_comes_in_as_one_change(project: Project, mixed: Path) -> None:
    before = len(history.entries(project))
    tried = import_files(project, [mixed], dry_run=True)
    assert len(history.entries(project)) == before
    assert not project.all(Entity)
    report = import_files(project, [mixed])
    assert tried.model_copy(update={"dry_run": False, "commit": report.commit}) == report
    assert len(history.entries(project)) == before + 1
    assert history.entries(project)[0].message == f"Import “{mixed.name}”"
    assert sorted(one.name for one in project.all(Entity)) == ["Ada", "Bo"]
    assert [one.title for one in project.all(Recipe)] == ["portrait"]
    assert [one.title for one in project.all(Entry)] == ["supper"]
    assert {reason.what for reason in report.reasons if reason.skipped} == {"empty.txt", "odd.bin", "broken.json"}
    assert report.read == report.imported + report.skipped
    assert import_files(project, [mixed]).created == 0
    history.undo(project)
    assert not project.all(Entity)


def test_a_process_of_its_own_reads_it_with_its_images(project: Project, tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    for name in ("a.json", "b.json"):
        (tmp_path / "cards" / name).write_text(json.dumps(card(name)))
    with zipfile.ZipFile(tmp_path / "cards" / "drawn.charx", "w") as archive:
        assets = [{"type": "icon", "uri": "embeded://face.png", "name": "main", "ext": "png"}]
        drawn = {"spec": "chara_card_v3", "spec_version": "3.0", "data": {"name": "Drawn", "assets": assets}}
        archive.writestr("card.json", json.dumps(drawn))
        archive.writestr("face.png", png(4, 4))
    report = import_parsed(project, [read_apart(tmp_path / "cards")])
    assert report.kinds["npc"] == 3
    assert next(one for one in project.all(Entity) if one.name == "Drawn").images


def test_nothing_known_is_refused_and_a_zip_in_it_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "thing.bin").write_bytes(b"\x00")
    with zipfile.ZipFile(tmp_path / "odd" / "more.zip", "w") as archive:
        archive.writestr("ada.json", json.dumps(card("Ada")))
    with pytest.raises(ImportRefused, match="folder of no kind that is known"):
        formats.parse(tmp_path / "odd")
