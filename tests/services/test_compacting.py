"""What was removed leaves the file in the end, and nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from studio.domain.errors import Invalid, NotFound
from studio.domain.world import Entity
from studio.domain.worldkit import Media
from studio.services import backup, compacting, history
from studio.services.context.store import PACK, TEXT
from studio.services.world import entities, entries, media, trash
from studio.storage import blobs
from studio.storage.project import Project
from tests.support.images import png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def project(tmp_path: Path, clock: Clock) -> Iterator[Project]:
    made = Project.create(tmp_path / "world.ttrpg", name="World", author="Ana", device="test", clock=clock)
    yield made
    made.close()


def picture(project: Project, holder: Entity, side: int) -> str:
    """An image of this size hung on an entity; gives its hash."""
    return media.attach_new(project, holder.id, [(f"{side}.png", png(side, side))]).images[-1]


def let_time_pass(project: Project, clock: Clock, *, days: int = 40) -> None:
    """So many days, and more changes than are kept in any case."""
    tam = entities.create_entity(project, kind="npc", name=f"Tam {clock.now:%d}")
    clock.now += timedelta(days=days)
    for n in range(compacting.KEEP_CHANGES):
        entities.update_entity(project, tam.id, {"summary": f"Number {n}"})


def here(project: Project) -> set[str]:
    return set(blobs.sizes(project.sql))


def test_an_image_that_was_removed_long_ago_leaves_and_the_backup_has_it(project: Project, clock: Clock) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam Orvel")
    kept, gone = picture(project, tam, 3), picture(project, tam, 4)
    media.remove(project, tam.id, gone)
    with project.commit("test", "Ballast") as commit:
        commit.put(project.get(Entity, tam.id).model_copy(update={"ext": {"test": {}}}))
        ballast = blobs.put(project.sql, bytes(1_000_000), "image/png")
    let_time_pass(project, clock)
    planned = compacting.unused(project)
    assert (planned.images, planned.texts, here(project)) == (("4.png",), 1, {kept, gone, ballast})
    done = compacting.compact(project)
    assert (done.images, done.bytes, done.count) == (planned.images, planned.bytes, 2)
    assert done.before - done.after > 900_000
    assert here(project) == {kept}
    assert [record.hash for record in project.all(Media)] == [kept]
    assert backup.verify(project.path).ok
    assert compacting.compact(project).count == 0
    assert done.backup is not None
    before = Project.open(done.backup, author="a", device="d")
    assert here(before) == {kept, gone, ballast}
    before.close()


def test_what_anything_still_names_stays(project: Project, clock: Clock) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam Orvel")
    hung, drawn, noted, trashed, drafted = (picture(project, tam, side) for side in (3, 4, 5, 6, 7))
    for digest in (drawn, noted, trashed, drafted):
        media.remove(project, tam.id, digest)
    entities.update_entity(project, tam.id, {"body": f"![A face](media:{drawn})"})
    entries.create_entry(project, title="Log", body=f"> [!secret]\n> ![](media:{noted})")
    old = entities.create_entity(project, kind="npc", name="Old")
    media.attach(project, old.id, [trashed])
    trash.delete(project, [old.id])
    project.scratch_set("draft", f"![](media:{drafted})")
    let_time_pass(project, clock)
    assert compacting.compact(project).count == 0
    assert here(project) == {hung, drawn, noted, trashed, drafted}


def test_what_was_removed_lately_stays_by_days_and_by_changes(project: Project, clock: Clock) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam Orvel")
    image = picture(project, tam, 3)
    let_time_pass(project, clock)
    media.remove(project, tam.id, image)
    clock.now += timedelta(days=400)
    assert compacting.compact(project, days=0).count == 0
    history.undo(project)
    assert project.get(Entity, tam.id).images == (image,)
    media.remove(project, tam.id, image)
    let_time_pass(project, clock, days=10)
    assert compacting.compact(project).count == 0
    assert compacting.compact(project, days=5).images == ("3.png",)


def test_the_texts_that_an_answer_was_given_to_read_stay_with_it(project: Project, clock: Clock) -> None:
    text = blobs.put(project.sql, b"Mirel leads the guild.", TEXT)
    page = blobs.put(project.sql, f'{{"items":[{{"text_hash":"{text}"}}]}}'.encode(), PACK)
    pack = blobs.put(project.sql, f'{{"pages":["{page}"]}}'.encode(), PACK)
    lost = blobs.put(project.sql, b"Nobody asked for this.", TEXT)
    entries.create_entry(project, title="Answer", body=f"read {pack}")
    let_time_pass(project, clock)
    assert compacting.compact(project).texts == 1
    assert here(project) == {text, page, pack}
    assert lost not in here(project)


def test_undo_goes_all_the_way_back_and_forth_afterwards(project: Project, clock: Clock) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam Orvel")
    media.remove(project, tam.id, picture(project, tam, 4))
    let_time_pass(project, clock)
    assert compacting.compact(project).count == 1
    steps = 0
    while True:
        try:
            history.undo(project)
        except NotFound:
            break
        steps += 1
    for _ in range(steps):
        history.redo(project)
    assert project.get(Entity, tam.id).images == ()
    assert history.first_broken(project) is None
    assert backup.verify(project.path).ok


def test_a_number_of_days_that_is_none_is_refused(project: Project) -> None:
    with pytest.raises(Invalid, match="0 or more"):
        compacting.compact(project, days=-1)
