"""Verbs on relations: add, change, remove, and how they read from either end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen, Provenance
from studio.domain.text import line
from studio.domain.vocabulary import RELATIONS, relation_spec
from studio.domain.world import Certainty, DateValue, Entity, Relation
from studio.services.world import kinds, marks, mirrors, names, said, seen, sound, tenures
from studio.services.world.said import Said, Teller
from studio.storage.search import relation_clause

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.domain.vocabulary import KindSpec
    from studio.storage.project import Project

INVERSES = {spec.inverse: spec.name for spec in RELATIONS.values() if not spec.symmetric}
"""Inverse words → the type that is stored."""
_EDITABLE = ("type", "from_id", "to_id", "certainty", "attitude", "rank", "role", "valid_from", "valid_to", "speaker",
             "visibility", "status", "tags")  # fmt: skip

_NEEDS = "A relation needs a type and two different entries."


class RelationRow(Frozen):
    """A relation as it reads from one of its ends. `outgoing` is False where the inverse is shown."""

    id: RecordId
    type: str
    label: str
    inverse: str = ""
    outgoing: bool
    other_id: RecordId
    other_name: str
    other_kind: str
    certainty: str = "fact"
    rank: str = ""
    role: str = ""
    attitude: int | None = None
    said: Said = Said()
    prov: tuple[Provenance, ...] = ()

    @property
    def notes(self) -> str:
        """What stands behind the name: rank, role, attitude in words, and all that is said about it."""
        words = (self.rank, self.role, attitude_words(self.attitude), self.said.words)
        return " · ".join(word for word in words if word)


_ATTITUDES = (
    (-80, "hates"), (-50, "hostile"), (-15, "cool"), (14, "indifferent"), (49, "friendly"), (79, "close"),
    (100, "devoted"),
)  # fmt: skip


def attitude_words(attitude: int | None) -> str:
    """An attitude of −100 to 100 as a word and its number."""
    if attitude is None:
        return ""
    word = next(words for most, words in _ATTITUDES if attitude <= most)
    return f"{word} ({attitude:+d})".replace("-", "−")


def canonical(type_: str, from_id: RecordId, to_id: RecordId) -> tuple[str, RecordId, RecordId]:
    """The fact as it is stored: `led_by` A B becomes `leads` B A. Words may come with spaces."""
    name = "_".join(line(type_).casefold().split())
    if name not in RELATIONS and name in INVERSES:
        return INVERSES[name], to_id, from_id
    return name, from_id, to_id


def check(type_: str, from_kind: str, to_kind: str, called: Callable[[str], KindSpec]) -> str:
    """A friendly sentence where a relation is unusual, else empty. It never refuses: worlds have their own words."""
    name = "_".join(type_.strip().casefold().split())
    if name in INVERSES and name not in RELATIONS:
        name, from_kind, to_kind = INVERSES[name], to_kind, from_kind
    spec = RELATIONS.get(name)
    if spec is None:
        return f"“{name.replace('_', ' ')}” isn't in the vocabulary. It is kept as a type of your own."
    for kind, allowed, end in ((from_kind, spec.domain, "starts from"), (to_kind, spec.range, "leads to")):
        if allowed and kind not in allowed:
            usual = " or ".join(called(k).label for k in allowed)
            return f"“{spec.label}” usually {end} {usual}, not {called(kind).label}. It is kept as you wrote it."
    return ""


def add_relation(
    project: Project,
    from_id: RecordId,
    type_: str,
    to_id: RecordId,
    *,
    certainty: Certainty = "fact",
    rank: str = "",
    role: str = "",
    attitude: int | None = None,
    valid_from: DateValue | str | None = None,
    valid_to: DateValue | str | None = None,
    speaker: RecordId | None = None,
    visibility: str = "gm",
    prov: tuple[Provenance, ...] = (),
) -> Relation:
    """Say that two entities stand in a relation; the same fact said twice is kept once, with what the second adds.

    A second term is a fact of its own: other dates, or none where the one that is there is over. The type may be an
    inverse (`led_by`) or a word of your own. `prov` says where the fact comes from.
    """
    name, start_id, end_id = canonical(type_, from_id, to_id)
    start, end = project.get(Entity, start_id), project.get(Entity, end_id)
    sound.line(name, "The type of a relation", missing=_NEEDS)
    if start_id == end_id:
        raise Invalid(_NEEDS)
    _check_attitude(attitude)
    facts: dict[str, Any] = {
        **_part({"rank": rank, "role": role}), "attitude": attitude,
        **said.shaped(
            project, {"certainty": certainty, "valid_from": valid_from, "valid_to": valid_to, "speaker": speaker}
        ),
    }  # fmt: skip
    visibility = sound.visibility(project, visibility)
    span = facts["valid_from"], facts["valid_to"]
    same = [
        r
        for r in alike(project, name, start_id, end_id, certainty)
        if tenures.same(tenures.span_of(r), span, project.calendars)
    ]
    if same:
        return update_relation(project, same[0].id, _added(project, same[0], facts))
    why = prov or marks.by_hand((), project.clock())
    message = f"Relate “{start.name}” {relation_spec(name).label} “{end.name}”"
    with project.commit("relation.add", message) as commit:
        relation = commit.put(
            Relation(from_id=start_id, type=name, to_id=end_id, visibility=visibility, prov={"type": why}, **facts)
        )
        mirrors.follow_relation(project, commit, after=relation)
        _check_circles(project, relation)
    return relation


def _check_circles(project: Project, relation: Relation) -> None:
    sound.descent(project, relation)
    if relation.type == "located_in":
        sound.parents(project, project.get(Entity, relation.from_id))


def alike(project: Project, name: str, from_id: RecordId, to_id: RecordId, certainty: str) -> list[Relation]:
    """The relations that say the same as surely, whenever: from either end where the type is symmetric."""
    found = mirrors.same_fact(project, from_id, name, to_id)
    if relation_spec(name).symmetric:
        found += mirrors.same_fact(project, to_id, name, from_id)
    return [r for r in found if r.certainty == certainty]


def _added(project: Project, known: Relation, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the fact told again says beyond what is there; a date gives way only to one that is more exact."""
    said_more = {k: v for k, v in facts.items() if v not in ("", None)}
    kept = {k for k in ("valid_from", "valid_to") if tenures.keeps(getattr(known, k), facts[k], project.calendars)}
    return {k: v for k, v in said_more.items() if k not in kept}


def update_relation(project: Project, relation_id: RecordId, changes: Mapping[str, Any]) -> Relation:
    """Change parts of a relation: `type`, either end, `certainty`, `attitude`, `rank`, `role`, dates, visibility."""
    old = project.get(Relation, relation_id)
    if unknown := set(changes) - set(_EDITABLE):
        raise Invalid(f"A relation has no “{min(unknown)}”.")
    wanted = _part(said.shaped(project, changes, old))
    _check_attitude(wanted.get("attitude"))
    if {"type", "from_id", "to_id"} & wanted.keys():
        _check_ends(project, old, wanted)
    if "type" in wanted:
        ends = (wanted.get("from_id", old.from_id), wanted.get("to_id", old.to_id))
        wanted["type"], wanted["from_id"], wanted["to_id"] = canonical(wanted["type"], *ends)
    if all(getattr(old, k) == v for k, v in wanted.items()):
        return old
    prov = marks.marked(old.prov, ["type"], now=project.clock())
    new = Relation.model_validate(old.model_dump() | wanted | {"prov": prov})
    with project.commit("relation.update", f"Edit relation {_words(project, new)}") as commit:
        saved = commit.put(new)
        mirrors.follow_relation(project, commit, before=old, after=saved)
        if {"type", "from_id", "to_id", "certainty", "valid_to"} & wanted.keys():
            _check_circles(project, saved)
    return saved


def _part(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts with rank and role as one line each, short enough to be read beside a name."""
    tidy = {key: sound.short(line(facts[key]), f"The {key}") for key in ("rank", "role") if key in facts}
    return {**facts, **tidy}


def _check_attitude(attitude: int | None) -> None:
    if attitude is not None and not -100 <= attitude <= 100:
        raise Invalid("An attitude goes from −100, hates, to 100, devoted.")


def _check_ends(project: Project, old: Relation, wanted: Mapping[str, Any]) -> None:
    ends = [project.get(Entity, wanted.get(end, getattr(old, end))).id for end in ("from_id", "to_id")]
    sound.line(str(wanted.get("type", old.type)), "The type of a relation", missing=_NEEDS)
    if ends[0] == ends[1]:
        raise Invalid(_NEEDS)


def unusual(project: Project, type_: str, from_id: RecordId, to_id: RecordId, *, but: str = "") -> list[str]:
    """Friendly sentences where a relation isn't what one expects: of its ends, or of how many there are at a time.

    `but` is a relation that doesn't count, because it is the one in question.
    """
    name, start, end = canonical(type_, from_id, to_id)
    ends = names.labels(project, {start, end})
    if start not in ends or end not in ends:
        return []
    sentence = check(name, ends[start][1], ends[end][1], partial(kinds.spec_of, project))
    found = [sentence] if sentence else []
    spec = relation_spec(name)
    if not spec.single:
        return found
    single = spec.single == "from"
    held, words = (start, spec.label) if single else (end, spec.inverse_label)
    column = "from_id" if single else "to_id"
    others = project.all(Relation, f"{column} = ? AND type = ? AND id <> ?", (held, name, but))
    now = {one.to_id if single else one.from_id for one in others if mirrors.mirrored(one)}
    known = names.labels(project, now - {start, end}) if now - {start, end} else {}
    said_twice = "Already: “{}” {} “{}”. Usually there is one at a time."
    return found + [said_twice.format(ends[held][0], words, other) for other, _ in known.values()]


def judged(project: Project, relation_id: RecordId) -> list[str]:
    """What is unusual about a relation that is there."""
    one = project.find(Relation, relation_id)
    return unusual(project, one.type, one.from_id, one.to_id, but=one.id) if one is not None else []


def remove_relation(project: Project, relation_id: RecordId) -> None:
    """Take a relation away; the link field that says the same goes with it."""
    relation = project.get(Relation, relation_id)
    with project.commit("relation.remove", f"Remove relation {_words(project, relation)}") as commit:
        commit.delete(relation)
        mirrors.follow_relation(project, commit, before=relation)


def _words(project: Project, relation: Relation) -> str:
    names = [e.name if (e := project.find(Entity, i)) else "…" for i in (relation.from_id, relation.to_id)]
    return f"“{names[0]}” {relation_spec(relation.type).label} “{names[1]}”"


def relations_of(project: Project, entity_id: RecordId, *, lens: Lens = OPEN_EYES) -> list[RelationRow]:
    """Every relation of an entity that the lens shows, as it reads from there, sorted by its words."""
    rows = []
    shown = f"(from_id = ? OR to_id = ?) AND {relation_clause(lens, 'relation')}"
    found = project.all(Relation, shown, (entity_id, entity_id))
    teller = Teller(project, [said.statement_of(relation) for relation in found], lens=lens)
    for relation in found:
        outgoing = relation.from_id == entity_id
        spec = relation_spec(relation.type)
        label, inverse = (spec.label, spec.inverse_label) if outgoing else (spec.inverse_label, spec.label)
        other = relation.to_id if outgoing else relation.from_id
        named = project.sql.execute(
            "SELECT name, kind FROM entity WHERE id = ? AND deleted_at IS NULL", (other,)
        ).fetchone()
        if named is None:
            continue
        rows.append(
            RelationRow(
                id=relation.id, type=relation.type, label=label, inverse=inverse, outgoing=outgoing, other_id=other,
                other_name=named[0], other_kind=named[1], rank=relation.rank, role=relation.role,
                certainty=seen.certainty(relation.certainty, lens), attitude=relation.attitude,
                said=teller.tell(said.statement_of(relation)),
                prov=relation.prov.get("type", ()) if lens.is_gm else (),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row.label, row.other_name.casefold()))


def type_choices(from_kind: str, to_kind: str = "") -> list[tuple[str, str]]:
    """(type, words) that fit between these kinds, read from the first: both directions, the usual ones first."""
    choices: list[tuple[bool, str, str]] = []
    for spec in RELATIONS.values():
        out_fits = _fits(from_kind, spec.domain) and _fits(to_kind, spec.range)
        choices.append((not out_fits, spec.name, spec.label))
        if not spec.symmetric:
            in_fits = _fits(to_kind, spec.domain) and _fits(from_kind, spec.range)
            choices.append((not in_fits, spec.inverse, spec.inverse.replace("_", " ")))
    return [(name, words) for _, name, words in sorted(choices, key=lambda c: (c[0], c[2]))]


def _fits(kind: str, allowed: tuple[str, ...]) -> bool:
    return not kind or not allowed or kind in allowed
