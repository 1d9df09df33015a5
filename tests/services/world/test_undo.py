"""Undo and redo of every verb, in any order: back to the first state, forward to the last."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import NotFound, StudioError
from studio.domain.world import Calendar, Claim, Entity, Entry, Relation
from studio.domain.worldkit import EntityKind
from studio.services import history
from studio.services.world import (
    calendars,
    claims,
    entities,
    entries,
    kind_editing,
    mentions,
    merge,
    pages,
    relations,
    trash,
)
from studio.storage.project import Project
from tests.services.world.holding import content
from tests.support.steps import NothingToPick, Pick, fresh_project, last_seq, picker

NAMES = ["Mirel", "Ash", "Port Ash", "House Veyra", "Veyra", "Tam", "The Vale"]
KINDS = ["npc", "location", "faction", "item", "event", "sky_ship"]
OWN_KINDS = ["sky_ship", "vale_ship", "location"]
TEXTS = ["", "Of [[Mirel]] and Ash.", "Tam met Veyra at [[Port Ash|the port]].", "> [!secret]\n> The Vale"]
DATES = ["812", "3 Reed 812", "before 3 May 640", "spring 12"]
FIELDS = ["home", "leader", "affiliation", "parent", "participants", "owner", "role", "founded", "secret", "goals"]
TYPES = ["leads", "lives_in", "member_of", "led_by", "located_in", "ally_of", "rules", "owns", "hums_at"]


def all_ids(project: Project, cls: Any) -> list[Any]:
    return [r.id for r in project.all(cls)]


def dead(project: Project) -> list[Any]:
    return [row.id for row in trash.listing(project)]


def create(p: Project, pick: Pick) -> None:
    fields = {pick(FIELDS): pick(NAMES), pick(FIELDS): pick(NAMES)}
    entities.create_entity(p, kind=pick(KINDS), name=pick(NAMES), body=pick(TEXTS), fields=fields, tags=["a"])


def update(p: Project, pick: Pick) -> None:
    path = pick([f"fields.{f}" for f in FIELDS] + ["summary", "custom.omen"])
    entities.update_entity(p, pick(all_ids(p, Entity)), {path: pick([*NAMES, None]), "body": pick(TEXTS)})


def relate(p: Project, pick: Pick) -> None:
    relations.add_relation(p, pick(all_ids(p, Entity)), pick(TYPES), pick(all_ids(p, Entity)), rank=pick(["", "x"]))


def change_relation(p: Project, pick: Pick) -> None:
    changes = pick([{"certainty": "lie"}, {"type": "led_by"}, {"role": "x"}, {"to_id": pick(all_ids(p, Entity))}])
    relations.update_relation(p, pick(all_ids(p, Relation)), changes)


def join(p: Project, pick: Pick) -> None:
    merge.merge_entities(p, pick(all_ids(p, Entity)), [pick(all_ids(p, Entity))])


def link(p: Project, pick: Pick) -> None:
    mentions.link_all(p, pick(all_ids(p, Entity)))


def say_more(p: Project, pick: Pick) -> None:
    filled = [e for e in p.all(Entity) if e.fields]
    entity = pick(filled)
    changes = pick([{"certainty": "lie"}, {"certainty": "fact"}, {"valid_from": "812"}, {"visibility": "party"},
                    {"speaker": pick(all_ids(p, Entity))}, {"known_by": [pick(all_ids(p, Entity))]}])  # fmt: skip
    claims.state(p, entity.id, f"fields.{pick(sorted(entity.fields))}", changes)


def kind(p: Project, pick: Pick) -> None:
    schema = {"properties": {pick(["omen", "home"]): {"x-link": ["npc"]}, "b": {"x-date": pick([True, False])}}}
    kind_editing.extend(p, pick(OWN_KINDS), {"definition": schema, "label": pick(["", "Vale ship", "Ship"])})


def unkind(p: Project, pick: Pick) -> None:
    kind_editing.remove_kind(p, pick(all_ids(p, EntityKind)), convert_to=pick(["", "npc", "item"]))


def edit_calendar(p: Project, pick: Pick) -> None:
    calendar = p.get(Calendar, pick(all_ids(p, Calendar)))
    first, *rest = calendar.definition["months"]
    months = [{**first, "name": pick(["Reed", "Thaw", first["name"]])}, *rest]
    calendars.update_calendar(p, calendar.id, {**calendar.definition, "name": pick(NAMES), "months": months})


VERBS: dict[str, Callable[[Project, Pick], object]] = {
    "create": create,
    "update": update,
    "rename": lambda p, pick: entities.rename_entity(
        p, pick(all_ids(p, Entity)), pick(NAMES), keep_alias=pick([True, False])
    ),
    "kind": lambda p, pick: entities.set_kind(p, pick(all_ids(p, Entity)), pick(KINDS)),
    "status": lambda p, pick: entities.set_status(p, all_ids(p, Entity)[:2], pick(["draft", "canon"])),
    "visibility": lambda p, pick: entities.set_visibility(p, [pick(all_ids(p, Entity))], pick(["gm", "party"])),
    "tags": lambda p, pick: entities.set_tags(p, all_ids(p, Entity), [pick(["a", "b"])], add=pick([True, False])),
    "relate": relate,
    "change_relation": change_relation,
    "unrelate": lambda p, pick: relations.remove_relation(p, pick(all_ids(p, Relation))),
    "claim": lambda p, pick: claims.add_claim(
        p,
        pick(all_ids(p, Entity)),
        pick(["age", "role", "home"]),
        pick([1, "old", None]),
        object_id=pick([*all_ids(p, Entity), None]),
    ),
    "change_claim": lambda p, pick: claims.update_claim(p, pick(all_ids(p, Claim)), {"value": pick(["x", 2])}),
    "unclaim": lambda p, pick: claims.remove_claim(p, pick(all_ids(p, Claim))),
    "note": lambda p, pick: entries.create_entry(p, title=pick(NAMES), body=pick(TEXTS)),
    "change_note": lambda p, pick: entries.update_entry(p, pick(all_ids(p, Entry)), {"body": pick(TEXTS)}),
    "delete": lambda p, pick: trash.delete(p, [pick(all_ids(p, Entity) + all_ids(p, Entry))]),
    "restore": lambda p, pick: trash.restore(p, [pick(dead(p))]),
    "purge": lambda p, pick: trash.purge(p, [pick(dead(p))]),
    "linked": lambda p, pick: pages.create_linked(
        p, pick(all_ids(p, Entity)), f"fields.{pick(FIELDS[:6])}", kind=pick(KINDS), name=pick(NAMES)
    ),
    "related": lambda p, pick: pages.create_related(
        p, pick(all_ids(p, Entity)), pick(TYPES), kind=pick(KINDS), name=pick(NAMES)
    ),
    "save": lambda p, pick: pages.save_page(p, pick(all_ids(p, Entity)), {"name": pick(NAMES), "body": pick(TEXTS)}),
    "date": lambda p, pick: entities.update_entity(p, pick(all_ids(p, Entity)), {"fields.founded": pick(DATES)}),
    "calendar": lambda p, pick: calendars.add_preset(p, pick([preset.key for preset in calendars.presets()])),
    "edit_calendar": edit_calendar,
    "main_calendar": lambda p, pick: calendars.make_main(p, pick(all_ids(p, Calendar))),
    "no_calendar": lambda p, pick: calendars.remove_calendar(p, pick(all_ids(p, Calendar))),
    "merge": join,
    "link": link,
    "state": say_more,
    "promote": lambda p, pick: claims.promote(p, pick(all_ids(p, Claim))),
    "date_note": lambda p, pick: entries.update_entry(
        p, pick(all_ids(p, Entry)), {"in_world_date": pick(["812", ""]), "flashback": pick([True, False])}
    ),
    "kind_of_own": kind,
    "rename_kind": lambda p, pick: kind_editing.rename_kind(
        p, pick(all_ids(p, EntityKind)), pick(["Ship", "Vale ship"])
    ),
    "remove_kind": unkind,
}


steps = st.lists(
    st.tuples(st.sampled_from(sorted(VERBS)), st.lists(st.integers(0, 60), min_size=8, max_size=8)), max_size=14
)


@settings(max_examples=80)
@given(steps)
def test_undo_of_everything_is_the_first_state_and_redo_of_everything_the_last(
    taken: list[tuple[str, list[int]]],
) -> None:
    with fresh_project() as project:
        for name in NAMES[:3]:
            entities.create_entity(project, kind="npc", name=name)
        states = [content(project)]
        for verb, numbers in taken:
            before = last_seq(project)
            try:
                VERBS[verb](project, picker(numbers))
            except (NothingToPick, StudioError):
                assert content(project) == states[-1]
            after = last_seq(project)
            assert after in (before, before + 1), f"{verb} made more than one commit"
            if after > before:
                states.append(content(project))
        for state in reversed(states[:-1]):
            history.undo(project)
            assert content(project) == state
        for state in states[1:]:
            history.redo(project)
            assert content(project) == state


def test_undo_has_an_end(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "w.ttrpg", name="W", author="a", device="d")
    entities.create_entity(project, kind="npc", name="Tam")
    history.undo(project)
    try:
        history.undo(project)
    except NotFound:
        assert project.all(Entity) == []
    else:
        raise AssertionError("an undo of nothing must say so")
    finally:
        project.close()
