"""Nothing of maps, pins, clocks, fronts, clues and images reaches players that only the game master may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.errors import NotFound
from studio.domain.world import Entity, Link
from studio.domain.worldkit import Clock, Clue, Media, Pin
from studio.services.world import clocks, fronts, map_pages, media, sessions
from studio.storage import blobs
from tests.services.world.test_canaries import World, tell_no_secret
from tests.support.images import png

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.ids import RecordId
    from studio.domain.lens import Lens
    from studio.storage.project import Project


class Table(World):
    """A world with what lies on the table: maps with pins, fronts with clocks, sessions with clues, images."""

    def words(self, *, open_: bool) -> str:
        """Words that may be read: those of a hidden entity only as links, which are cut."""
        other = f" [[{self.hidden[0].name}]]" if self.hidden else ""
        return f"Plain{other}" if open_ else self.secret()

    def fill(self) -> None:
        super().fill()
        everyone = [*self.shown, *self.hidden]
        with self.project.commit("test", "lay") as commit:
            for n in range(3):
                self._lay_one(commit, n, everyone)

    def _lay_one(self, commit: Any, n: int, everyone: list[Entity]) -> None:
        may, pick = self.draw(st.booleans()), lambda: self.draw(st.sampled_from(everyone))
        open_to = "party" if may else "gm"
        self.data = png(n + 2, 2, colour=(n, n, n))
        digest = blobs.put(self.project.sql, self.data, "image/png")
        commit.put(Media(name=self.secret(), hash=digest, media_type="image/png", caption=self.words(open_=may),
                         credit=self.words(open_=may)))  # fmt: skip
        name = "Plain map" if may else self.secret()
        fields: dict[str, Any] = {"layers": [self.secret()], "shows": Link(text=(a := pick()).name, ref=a.id)}
        fields |= {"arc_kind": "front", "stakes": "Plain", "portents": [self.secret()], "strong_start": self.secret()}
        ids = {}
        for kind in ("map", "timeline_arc", "session"):
            made = Entity(kind=kind, name=name, fields=fields, visibility=open_to, images=(digest,) if may else ())
            ids[kind] = commit.put(made).id
        self._hang(commit, ids, pick)

    def _hang(self, commit: Any, ids: dict[str, RecordId], pick: Any) -> None:
        shown = {e.id for e in self.shown}
        for _ in range(self.draw(st.integers(1, 3))):
            target, open_ = pick(), self.draw(st.booleans())
            can = open_ and target.id in shown
            commit.put(Pin(map_id=ids["map"], x=0.5, y=0.5, target_id=target.id, note=self.words(open_=can),
                           layer=self.words(open_=can), visibility="party" if open_ else "gm"))  # fmt: skip
            commit.put(Clock(name=self.words(open_=open_), owner_id=ids["timeline_arc"], consequence=self.secret(),
                             visibility="party" if open_ else "gm"))  # fmt: skip
            commit.put(Clue(text=self.words(open_=open_), planned_in=(ids["session"],), about_id=target.id,
                            visibility="party" if open_ else "gm"))  # fmt: skip


def ways(project: Project, world: Table, lens: Lens) -> Iterator[tuple[str, Any]]:
    yield "maps", map_pages.all_maps(project, lens)
    yield "fronts", fronts.fronts(project, lens)
    yield "images", media.all_images(project, lens)
    for one in project.all(Entity):
        yield "clocks", clocks.clocks_of(project, one.id, lens)
        yield "clues", sessions.sheet(project, one.id, lens)
        reads = {"map": map_pages.map_page, "unplaced": map_pages.unplaced, "images of": media.images_of}
        for name, read in reads.items():
            try:
                yield name, read(project, one.id, lens)
            except NotFound:
                continue


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_audience_gets_a_word_from_the_table_that_is_only_for_the_game_master(data: st.DataObject) -> None:
    tell_no_secret(Table, data.draw, ways)
