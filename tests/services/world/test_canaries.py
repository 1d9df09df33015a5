"""Nothing that only the game master may know reaches anybody else, whichever way one looks. Random worlds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from studio.domain.chat import Message, Part, Thread
from studio.domain.errors import Invalid, NotFound
from studio.domain.ids import RecordId
from studio.domain.lens import Lens, may_see
from studio.domain.record import Provenance
from studio.domain.world import Alias, Claim, Entity, Entry, Link, Relation, Statement
from studio.domain.worldkit import Clock, Clue, Pin
from studio.services import names as all_names
from studio.services.chat import context
from studio.services.context.draft import NO_CHOICES, Choices
from studio.services.context.found import by_words
from studio.services.context.texts import entity_text
from studio.services.exchange.markdown import markdown_files
from studio.services.exchange.publishing import data as flat_data
from studio.services.exchange.publishing import homebrewery, html_page
from studio.services.exchange.publishing.catalogue import DOCUMENTS
from studio.services.exchange.publishing.gathering import gather
from studio.services.exchange.world_export import world_document
from studio.services.find import find
from studio.services.forge.slots import entity_view
from studio.services.retrieval.query import Near, Query
from studio.services.retrieval.retrieve import answer
from studio.services.retrieval.source import chunks_of, searchable
from studio.services.world import (
    claims,
    clocks,
    fronts,
    graph,
    kinds,
    lookup,
    map_pages,
    media,
    mentions,
    names,
    pages,
    paths,
    seen,
    sessions,
    timeline,
    tree,
)
from studio.services.world import sheet as command_sheet
from studio.storage.project import Project
from tests.support.images import png
from tests.support.steps import fresh_project

MARK = "zq"
"""Starts every word that only the game master may see; no other word has it."""
HERO = "0192f000-0000-7000-8000-00000000c0de"
LENSES = [Lens(audience=a) for a in ("party", "public", f"player:{HERO}")]
Draw = Callable[[Any], Any]
Ways = Callable[[Project, Any, Lens], Iterator[tuple[str, Any]]]

BLOCKS = [
    "> [!secret]\n> {}\n",
    ">[!SECRET] {}\n> more\n",
    "> [!secret]- {}\n> more\nlazy {}\n",
    "- > [!secret] {}\n",
    "  > [!secret]\n  > {}\n",
    "> > [!secret]\n> > {}\n>\n> {}\n",
]


class World:
    """Puts marked words where only the game master looks, and plain ones elsewhere."""

    def __init__(self, project: Project, draw: Draw) -> None:
        self.project, self.draw = project, draw
        self.count = 0
        self.hidden: list[Entity] = []
        self.shown: list[Entity] = []
        self.asked: Any = None
        self.map: Any = None
        self.session: Any = None

    def secret(self) -> str:
        self.count += 1
        return f"{MARK}{self.count}x"

    def body(self) -> str:
        parts = ["Plain words."]
        for _ in range(self.draw(st.integers(0, 2))):
            parts.append(self.draw(st.sampled_from(BLOCKS)).replace("{}", self.secret()))
        for other in self.hidden[:2]:
            parts.append(
                self.draw(st.sampled_from(["See [[{}]].", "See [[{}|an old friend]].", "[[{}#part]]"])).format(
                    other.name
                )
            )
        return "\n\n".join(self.draw(st.permutations(parts)))

    def visibility(self) -> str:
        return self.draw(st.sampled_from(["party", "public", f"player:{HERO}", f"player:someone,{HERO}"]))

    def marks(self) -> dict[str, tuple[Provenance, ...]]:
        return {"fields.role": (Provenance(source="chat", ref_id=self.secret(), quote=self.secret()),)}

    def make_hidden(self) -> Entity:
        hidden = self.draw(st.sampled_from(["gm", "player:someone-else"]))
        return Entity(
            kind=self.draw(st.sampled_from(["npc", "faction", "location", "event"])), name=f"Lord {self.secret()}",
            aliases=(Alias(name=self.secret()),), summary=self.secret(), body=f"{self.secret()} [[Plain Inn]]",
            fields={"role": self.secret()}, tags=(self.secret(),), visibility=hidden,
        )  # fmt: skip

    def make_shown(self, n: int) -> Entity:
        link = [Link(text=h.name, ref=h.id) for h in self.hidden]
        fields: dict[str, Any] = {"secret": self.secret(), "title": self.secret(), "role": "Keeper"}
        fields |= {"affiliation": link, "fear": f"The [[{self.hidden[0].name}]]"} if link else {}
        fields |= {"home": link[0]} if link else {}
        return Entity(
            kind="npc", name=f"Plain {n}", aliases=(Alias(name=self.secret(), kind="secret"), Alias(name=f"Other {n}"),
            Alias(name=self.secret(), visibility="gm")),
            summary=f"A summary of [[{link[0].text}]]" if link else "A summary",
            body=self.body(), fields=fields, visibility=self.visibility(), prov=self.marks(),
            stated={"fields.title": Statement(visibility="gm"), "custom.omen": Statement(visibility="gm"),
                    "fields.role": Statement(speaker=self.hidden[0].id if link else None)},
            custom={"omen": self.secret(), "open": "plain"}, ext={"old": {"note": self.secret()}},
            foreign_ids={"kanka": self.secret()}, statblock={"note": self.secret()},
            parent=self.hidden[0].id if link else None,
        )  # fmt: skip

    def relate(self, a: Entity, b: Entity, *, visibility: str) -> Relation:
        word = self.secret() if visibility == "gm" or {a.id, b.id} & {h.id for h in self.hidden} else "plain"
        return Relation(from_id=a.id, type="ally_of", to_id=b.id, rank=word, role=word, visibility=visibility,
                        speaker=self.hidden[0].id if self.hidden else None)  # fmt: skip

    def claim(self, about: Entity, *, visibility: str, other: Entity | None = None) -> Claim:
        return Claim(
            subject_id=about.id, predicate=self.secret() if visibility == "gm" else "plain_thing",
            value=self.secret() if visibility == "gm" else "plain", object_id=other.id if other else None,
            visibility=visibility, speaker=self.hidden[0].id if self.hidden else None,
        )  # fmt: skip

    def fill(self) -> None:
        with self.project.commit("test", "fill") as commit:
            commit.put(Entity(id=RecordId(HERO), kind="npc", name="Plain Hero", visibility="party"))
            self.hidden = [commit.put(self.make_hidden()) for _ in range(self.draw(st.integers(0, 3)))]
            self.shown = [commit.put(self.make_shown(n)) for n in range(self.draw(st.integers(1, 3)))]
            everyone = [*self.shown, *self.hidden]
            for a in everyone:
                for b in everyone:
                    if a.id != b.id and self.draw(st.booleans()):
                        commit.put(self.relate(a, b, visibility=self.draw(st.sampled_from(["gm", "party", "public"]))))
            for one in everyone:
                open_to = "gm" if one in self.hidden else self.draw(st.sampled_from(["gm", "party"]))
                other = self.draw(st.sampled_from([None, *everyone]))
                commit.put(self.claim(one, visibility=open_to, other=other))
            commit.put(Entry(title=self.secret(), body=self.secret(), visibility="gm"))
            commit.put(Entry(title="Plain log", body=self.body(), visibility="party",
                             entity_refs=tuple(e.id for e in everyone)))  # fmt: skip
            talk = commit.put(Thread(title="Plain talk", visibility="party", audience="party"))
            ids = tuple(e.id for e in everyone)
            asked = Message(thread_id=talk.id, role="user", parts=(Part(text="And then?"),), entity_ids=ids)
            self.asked = commit.put(asked)
            self.fill_kit(commit, everyone)
            thread = commit.put(Thread(title=self.secret()))
            commit.put(Message(thread_id=thread.id, role="user", parts=(Part(text=self.secret()),)))

    def fill_kit(self, commit: Any, everyone: list[Entity]) -> None:
        """Pictures, a map with pins, clocks, a front and a session with clues."""
        pictures = [png(n + 1, 2) for n in range(2)]
        hidden = media.add_image(self.project, pictures[0], name=self.secret())
        shown = media.add_image(self.project, pictures[1], name="Plain picture")
        commit.put(hidden.model_copy(update={"caption": self.secret(), "credit": self.secret()}))
        commit.put(shown.model_copy(update={"visibility": "public"}))
        first = self.project.get(Entity, self.shown[0].id)
        commit.put(first.model_copy(update={"images": (shown.hash,)}))
        for one in self.hidden:
            commit.put(self.project.get(Entity, one.id).model_copy(update={"images": (hidden.hash,)}))
        sheet = Entity(kind="map", name="Plain map", visibility="party", fields={"image": shown.hash})
        self.map = commit.put(sheet)
        for one in everyone:
            word = self.secret() if one in self.hidden else "plain"
            openness = self.draw(st.sampled_from(["party", "public"]))
            commit.put(Pin(map_id=self.map.id, x=0.5, y=0.5, name=word, note=word, target_id=one.id,
                           visibility=openness))  # fmt: skip
            commit.put(Clock(name=self.secret(), owner_id=one.id, consequence=self.secret()))
        commit.put(Pin(map_id=self.map.id, x=0.1, y=0.1, name=self.secret(), note=self.secret()))
        front = {"arc_kind": "front", "stakes": "plain", "portents": ["plain"], "start": {"year": 700}}
        commit.put(Entity(kind="timeline_arc", name="Plain front", visibility="party", fields=front))
        commit.put(Entity(kind="timeline_arc", name=self.secret(), fields={"arc_kind": "front", "start": {"year": 1}}))
        self.session = commit.put(Entity(kind="session", name="Plain session", visibility="party"))
        commit.put(Clue(text=self.secret(), planned_in=(self.session.id,), about_id=everyone[-1].id))


def plain(value: Any) -> Any:
    """Anything as JSON values."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, list | tuple | set) else str(value)


def ways(project: Project, world: World, lens: Lens) -> Iterator[tuple[str, Any]]:
    """Every way to read the world: (its name, what it gives)."""
    words = ["plain", "lord", "keeper", "summary", "see", *(f"{MARK}{n}x" for n in range(1, world.count + 1))]
    for word in words:
        yield f"find {word}", find(project, word, lens=lens)
        yield f"complete {word}", names.complete(project, word, lens=lens)
        yield f"filter {word}", tree.filtered(project, word, lens=lens)
        yield f"answer {word}", answer(project, Query(text=word, lens=lens))
        yield f"tag {word}", find(project, f"#{word}", lens=lens)
        yield f"filter #{word}", tree.filtered(project, f"#{word}", lens=lens)
    yield from _answers(project, lens)
    book = all_names.book(project)
    yield "names", [found.name.text for found in book.search("", limit=500, lens=lens)]
    yield "known", [book.find(word, lens=lens) for word in words]
    for by in tree.GROUPINGS:
        for group in tree.groups(project, by, lens=lens):
            yield f"group {by}", [group, tree.page(project, by, group.key, lens=lens)]
    for one in [*world.shown, *world.hidden]:
        yield from _page(project, one, lens)
    for entry in project.all(Entry):
        yield from _guarded("entry", lambda e=entry: pages.entry_page(project, e.id, lens=lens))
        yield from _guarded("entry md", lambda e=entry: pages.markdown(project, e.id, lens=lens))
    yield from _graph(project, world, lens)
    yield "timeline", timeline.timeline(project, lens=lens)
    yield "fronts", fronts.fronts(project, lens)
    yield "pictures", media.all_images(project, lens)
    yield "maps", map_pages.all_maps(project, lens)
    yield from _guarded("map", lambda: map_pages.map_page(project, world.map.id, lens))
    yield from _guarded("unplaced", lambda: map_pages.unplaced(project, world.map.id, lens))
    yield from _guarded("clues", lambda: sessions.sheet(project, world.session.id, lens))
    if not lens.is_gm and lens.as_of is None:
        with project.commit("test", "as") as commit:
            commit.put(project.get(Thread, world.asked.thread_id).model_copy(update={"audience": lens.audience}))
        yield from _packs(project, world, lens)
    yield "markdown", markdown_files(project, lens=lens)
    yield "json", world_document(project, lens=lens)
    yield "tables", flat_data.tables(project, lens)
    for document in DOCUMENTS:
        yield from _document(project, document, lens)


def _document(project: Project, name: str, lens: Lens) -> Iterator[tuple[str, Any]]:
    """A document, which all writers render, and what two of them make of it."""
    try:
        made = gather(project, document=name, lens=lens)
    except Invalid:
        return
    yield name, [repr(made), html_page.render(made).decode(), homebrewery.render(made).decode()]


def _packs(project: Project, world: World, lens: Lens) -> Iterator[tuple[str, Any]]:
    """What a model would read, and what is said of what it doesn't: asked in many ways."""
    everyone = tuple(RecordId(e.id) for e in [*world.shown, *world.hidden])
    thread = world.asked.thread_id
    for words in ("", "plain lord keeper summary", " ".join(f"{MARK}{n}x" for n in range(1, world.count + 1))):
        query = f"What of {words}?" if lens.is_gm or MARK not in words else "What?"
        found = by_words(project, words, lens=lens)
        choices = Choices(pinned=everyone, left_out=frozenset(everyone[:1]))
        for how in (NO_CHOICES, choices):
            draft = context.assemble(
                project, thread, world.asked.id, typed=query, named=everyone, found=found, choices=how
            )
            yield "a pack", [draft.lens.audience == lens.audience, draft.sealed()]


def _answers(project: Project, lens: Lens) -> Iterator[tuple[str, Any]]:
    """Questions, with an index that gives every chunk there is, as if it had no filter at all."""
    made = chunks_of(project, searchable(project))
    near = [Near(chunk.id, 0.9) for all_ in made.values() for chunk in all_]
    open_ones = [c for all_ in made.values() for c in all_ if may_see(lens.audience, c.visibility)]
    yield "the index", [(c.text, c.meaning, c.tags) for c in open_ones]
    for text in ("Who is an ally of Plain 0?", "Where does the keeper live?", "Which faction leads Plain 1 and Lord?"):
        yield text, answer(project, Query(text=text, k=50, lens=lens), near)
        yield f"{text} By keyword", answer(project, Query(text=text, k=50, lens=lens))


def _graph(project: Project, world: World, lens: Lens) -> Iterator[tuple[str, Any]]:
    for one in [*world.shown, *world.hidden]:
        for depth in (1, 3):
            yield from _guarded("graph", lambda d=depth, o=one: graph.neighbourhood(project, o.id, depth=d, lens=lens))
        for other in [*world.shown, *world.hidden]:
            yield from _guarded("path", lambda a=one, b=other: paths.path_between(project, a.id, b.id, lens=lens))


def _page(project: Project, one: Entity, lens: Lens) -> Iterator[tuple[str, Any]]:
    yield from _guarded("page", lambda: pages.entity_page(project, one.id, lens=lens))
    yield from _guarded("mentions", lambda: mentions.mentions_of(project, one.id, lens=lens))
    yield from _guarded("md", lambda: pages.markdown(project, one.id, lens=lens))
    yield "claims", claims.claims_of(project, one.id, lens=lens)
    yield from _guarded("claim rows", lambda: claims.rows(project, one.id, one.kind, lens=lens))
    yield from _guarded("sheet", lambda: command_sheet.sheet(project, one.id, lens=lens))
    yield from _guarded("clocks", lambda: clocks.clocks_of(project, one.id, lens))
    yield from _guarded("pictures", lambda: media.images_of(project, one.id, lens))
    yield "nearest", lookup.nearest(project, one.name[:3], lens=lens)
    if seen.is_open(one, lens):
        yield "slot", vars(entity_view(project, one, lens=lens))
        yield "prompt", entity_text(seen.shown(project, one, lens=lens), kinds.spec_of(project, one.kind))


def _guarded(name: str, read: Callable[[], Any]) -> Iterator[tuple[str, Any]]:
    try:
        yield name, read()
    except NotFound:
        return


def tell_no_secret(world_of: type[World], draw: Draw, ways: Ways) -> None:
    """Fill a world of this kind: no way of reading it tells an audience a marked word."""
    with fresh_project() as project:
        world = world_of(project, draw)
        world.fill()
        for lens in LENSES:
            for way, found in ways(project, world, lens):
                said = json.dumps(plain(found), ensure_ascii=False)
                assert MARK not in said, f"{lens.audience}, {way}: {said}"


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_audience_gets_a_word_that_is_only_for_the_game_master(data: st.DataObject) -> None:
    tell_no_secret(World, data.draw, ways)


def test_the_marks_can_be_found_by_the_game_master(project: Project) -> None:
    """Else the test above would prove nothing."""
    world = World(project, lambda strategy: _first(strategy))
    world.fill()
    text = json.dumps([plain(found) for _, found in ways(project, world, Lens())])
    missing = [n for n in range(1, world.count + 1) if f"{MARK}{n}x" not in text]
    assert not missing


def _first(strategy: Any) -> Any:
    """A draw that always fills the world the same way."""
    from hypothesis import find as smallest

    return smallest(strategy, lambda _value: True)


@pytest.mark.parametrize("block", BLOCKS)
def test_every_way_to_write_a_secret_block_hides_it(block: str) -> None:
    from studio.domain.text import split_secrets

    opened, secret = split_secrets(f"Before\n\n{block.replace('{}', 'hidden')}\nAfter")
    assert "hidden" not in opened
    assert "hidden" in secret
    assert "Before" in opened
    assert "After" in opened
