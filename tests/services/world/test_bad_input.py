"""What a clumsy hand types or pastes: every verb takes it tidied, or refuses it with a sentence; never a crash."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.domain.errors import StudioError
from studio.domain.text import line, readable
from studio.domain.world import Entity
from studio.services.chat import threads
from studio.services.foundry import blueprints
from studio.services.workspace import Workspace
from studio.services.world import (
    bulk,
    calendars,
    claims,
    clocks,
    entities,
    entries,
    filters,
    fronts,
    kind_editing,
    maps,
    media,
    names,
    pages,
    relations,
    saved_filters,
    sessions,
    timeline,
)
from studio.storage.project import Project
from tests.support.images import png

Type = Callable[[str], object]
UNSEEN = {"nothing": "", "zero width": " \t\u200b\u200d\ufeff\n", "NUL": "\0\ufffe"}
ODD = {
    "long": "x" * 100_000, "digits": "9" * 5000, "letters": "\u202eمرحبا\u202c 👩‍👩‍👧🏴‍☠️ Z" + "\u0300\u0301" * 60,
    "nan": "nan",
    "binary": "PNG\r\n\x1a\0\x7f\x90 a\ud800b", "marks": "[[a|b]] [[ '; DROP -- <b>x</b> %s {x} \"", "below": "-1",
}  # fmt: skip
CONTROL = {*map(chr, range(9)), *map(chr, range(11, 32)), "\x7f", "\x90", "\ud800"}


def typed(p: Project) -> dict[str, Type]:
    """Every place where a person types a word, as its verb takes it. Names come first: they can't be unseen."""
    make = entities.create_entity
    one, other = make(p, kind="npc", name="Tam"), make(p, kind="npc", name="Ola")
    spot, fight = make(p, kind="location", name="City"), make(p, kind="event", name="Fight")
    session, front = sessions.next_session(p), fronts.create_front(p, name="Doom")
    chart = maps.create_map(p, name="Chart", image=("m.png", png(4, 4)))
    image = media.add_image(p, png(5, 5), name="Sea").hash
    loves = relations.add_relation(p, one.id, "loves", other.id)
    title = claims.add_claim(p, one.id, "title", "Lord")
    clock, clue = clocks.add_clock(p, name="Flood"), sessions.add_clue(p, session.id, "It rains")
    pin, note = maps.add_pin(p, chart.id, 0.5, 0.5, name="Here"), entries.create_entry(p, title="Log")
    own, chat = kind_editing.add_kind(p, "Airship"), threads.create_thread(p, title="Talk")
    month = [{"name": "A", "days": 30}]
    update = entities.update_entity

    def field(name: str, of: Entity = one) -> Type:
        return lambda w: update(p, of.id, {name: w})

    def schema(properties: Callable[[str], Any]) -> Type:
        return lambda w: kind_editing.update_kind(
            p, own.id, {"definition": {"type": "object", "properties": properties(w)}}
        )

    return {
        "a name": lambda w: make(p, kind="npc", name=w),
        "a new name": lambda w: entities.rename_entity(p, other.id, w),
        "a linked name": lambda w: pages.create_linked(p, one.id, "fields.home", kind="location", name=w),
        "a type of relation": lambda w: relations.add_relation(p, one.id, w, spot.id),
        "a claim": lambda w: claims.add_claim(p, one.id, w, "x"),
        "what it says": lambda w: claims.update_claim(p, title.id, {"value": w}),
        "a title": lambda w: entries.create_entry(p, title=w),
        "a clock": lambda w: clocks.add_clock(p, name=w),
        "a portent": lambda w: fronts.add_portent(p, front.id, w),
        "a clue": lambda w: sessions.update_clue(p, clue.id, {"text": w}),
        "a pin": lambda w: maps.update_pin(p, pin.id, {"name": w}),
        "a layer": lambda w: maps.add_layer(p, chart.id, w),
        "a filter's name": lambda w: saved_filters.save(p, w, "tam"),
        "a filter": lambda w: saved_filters.save(p, "f", w),
        "a kind": lambda w: kind_editing.rename_kind(p, own.id, w),
        "a field of a kind": schema(lambda w: {w: {"type": "string"}}),
        "a calendar": lambda w: calendars.add_calendar(p, {"name": w, "months": month}),
        "a month": lambda w: calendars.add_calendar(p, {"name": "B", "months": [{"name": w, "days": 3}]}),
        "a field": lambda w: update(p, one.id, {f"custom.{w}": "x"}),
        "a chat": lambda w: threads.rename(p, chat.id, w),
        "a date to move to": lambda w: timeline.move_to(p, one.id, "fields.birth", w),
        "a value for many": lambda w: bulk.apply(
            p, [one.id], bulk.Change(edits=(bulk.Edit(path="fields.role", value=w.strip()),))
        ),
        # what may be left empty
        "a text": field("body"), "a role": field("fields.role"), "a date": field("fields.birth"),
        "a link": field("fields.home"), "links": field("fields.participants", fight),
        "a parent": field("fields.parent", spot), "a number": field("fields.danger", spot),
        "a list": field("fields.sensory", spot), "a tag": field("tags"), "an alias": field("aliases"),
        "a value of one's own": field("custom.omen"), "an audience": field("visibility"),
        "since": lambda w: claims.update_claim(p, title.id, {"valid_from": w}),
        "a rank": lambda w: relations.update_relation(p, loves.id, {"rank": w}),
        "a note's tag": lambda w: entries.update_entry(p, note.id, {"tags": (w,)}),
        "a note's date": lambda w: entries.update_entry(p, note.id, {"in_world_date": w}),
        "what follows": lambda w: clocks.update_clock(p, clock.id, {"consequence": w}),
        "a unit": lambda w: maps.set_scale(p, chart.id, (0, 0), (1, 1), distance=5, unit=w),
        "a caption": lambda w: media.describe(p, image, {"caption": w}),
        "a folder": lambda w: threads.move_to_folder(p, chat.id, w),
        "a pitch": lambda w: blueprints.create(p, title=w, values={"pitch.premise": w}),
        "a search": lambda w: names.complete(p, w),
        "a term": lambda w: filters.parse(p, f"in:{w}"),
    }  # fmt: skip


MAY_BE_EMPTY = 22
"""How many places of the table come before those that may be left empty."""


def outcome(p: Project, act: Type, words: str) -> str:
    """The sentence of a refusal, or nothing where it was taken."""
    try:
        act(words)
    finally:
        assert not p.sql.in_transaction
    return ""


def stored(p: Project) -> str:
    rows = p.sql.execute("SELECT data FROM entity UNION ALL SELECT data FROM entry UNION ALL SELECT data FROM document")
    names = p.sql.execute("SELECT message FROM commit_log")
    return "".join(text for (text,) in (*rows, *names))


def all_names(p: Project) -> list[str]:
    return [one.name for one in p.all(Entity)]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "world.ttrpg", name="World")
    yield made
    made.close()


def test_every_place_takes_bad_input_tidied_or_refuses_it_with_a_sentence(workspace: Workspace) -> None:
    for n, (place, act) in enumerate(workspace.run_now(typed).items()):
        for what, words in (UNSEEN | ODD).items():
            try:
                said = workspace.run_now(outcome, act, words)
            except StudioError as refused:
                said = str(refused)
            where = f"{place}, {what}: {said!r}"
            assert not said or (said[-1] in ".”?" and len(said) < 500), where
            assert said or n >= MAY_BE_EMPTY or what not in UNSEEN, where
    kept = workspace.run_now(stored)
    assert not CONTROL & set(kept)
    assert not any(f"\\u{ord(one):04x}" in kept for one in CONTROL)
    assert all(name == line(name) and len(name) <= 200 for name in workspace.run_now(all_names))


@pytest.mark.parametrize(
    ("words", "tidy"),
    [
        ("  two\u00a0 words\n", "two words"), ("a\0b\x1b[31m", "ab[31m"), ("\u200b", ""), ("\u0301", ""),
        ("👩‍👩‍👧", "👩‍👩‍👧"), ("\u202eمرحبا", "\u202eمرحبا"), ("a\ud800", "a\ufffd"),
    ],
)  # fmt: skip
def test_a_line_keeps_what_can_be_seen(words: str, tidy: str) -> None:
    assert line(words) == tidy


def test_a_text_keeps_its_lines_and_tabs() -> None:
    assert readable("one\r\n\ttwo\rthree\0") == "one\n\ttwo\nthree"
