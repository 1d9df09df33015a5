"""What no verb takes, each with its sentence: unknown words, endless names, circles of parents, times run backwards.

Imports keep what they bring, whatever it is, and say so: `exchange.oddities`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from studio.domain.dates import Calendars, resolve, written
from studio.domain.errors import Invalid, NotFound
from studio.domain.lens import GM, PARTY, PUBLIC, players_of
from studio.domain.record import Record, Status
from studio.domain.text import line as one_line
from studio.domain.text import readable
from studio.domain.vocabulary import KINDS
from studio.domain.world import Certainty, Entity, Relation
from studio.services.world import kinds, lenses
from studio.services.world.values import plain, refs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studio.domain.ids import RecordId
    from studio.domain.world import DateValue
    from studio.storage.project import Project

    Step = Callable[[RecordId], list[RecordId]]

NAME_LIMIT = 200
"""How many letters a name, a title or a word of one's own may have."""
CERTAINTIES: tuple[str, ...] = get_args(Certainty)
_AI = get_args(Record.model_fields["ai_visibility"].annotation)


# ---- words ---------------------------------------------------------------------------------------------------------


def short(words: str, what: str) -> str:
    """The words, if they are no longer than a name may be."""
    if len(words) > NAME_LIMIT:
        raise Invalid(
            f"{what} has {len(words):,} letters: “{words[:40]}…”. The most are {NAME_LIMIT}.",
            hint="Shorten it, and write the rest into the text.",
        )
    return words


def line(words: str, what: str, *, missing: str) -> str:
    """One line that says something and is no longer than a name may be; `missing` is said where it says nothing."""
    if not (tidy := one_line(words)):
        raise Invalid(missing)
    return short(tidy, what)


def tags(words: Iterable[object]) -> tuple[str, ...]:
    """Tags as they are kept: each once, without its sign."""
    tidy = (one_line(str(word)).lstrip("#").strip() for word in words)
    return tuple(dict.fromkeys(short(tag, "A tag") for tag in tidy if tag))


def there(project: Project, record_id: RecordId | None, what: str) -> None:
    """Refuse to point to what isn't in the project, not even in its trash."""
    if record_id and project.find(Entity, record_id, deleted=True) is None:
        raise NotFound(f"{what} isn't in the project any more. Choose another entry.")


def status(word: Status | str) -> Status:
    """The status that this is."""
    if word not in set(Status):
        raise Invalid(f"“{str(word)[:60]}” is no status. Use {', '.join(Status)}.")
    return Status(word)


def ai_visibility(word: Any) -> str:
    """What may be told to a model."""
    if word not in _AI:
        raise Invalid(f"“{str(word)[:60]}” doesn't say what a model may see. Use {', '.join(_AI)}.")
    return word


def certainty(word: Any) -> Certainty:
    """How sure something is."""
    if word not in CERTAINTIES:
        raise Invalid(f"“{str(word)[:60]}” doesn't say how sure something is. Use {', '.join(CERTAINTIES)}.")
    return word


def visibility(project: Project, words: str) -> str:
    """For whom something is; names of characters become their ids."""
    if words in (GM, PARTY, PUBLIC) or ((known := players_of(words)) and _characters(project, known)):
        return words
    return lenses.visibility_of(project, words)


def tidied(project: Project, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes of a small record with its texts trimmed, its audience checked and its name of a length one can read."""
    tidy = {key: readable(value).strip() if isinstance(value, str) else value for key, value in changes.items()}
    if "visibility" in tidy:
        tidy["visibility"] = visibility(project, tidy["visibility"])
    for key in {"name", "layer"} & tidy.keys():
        tidy[key] = short(one_line(tidy[key] or ""), f"The {key}")
    return tidy


def _characters(project: Project, ids: tuple[str, ...]) -> bool:
    return all(project.find(Entity, one, deleted=True) is not None for one in ids)


def kind(project: Project, word: str) -> str:
    """A kind that ships, that the project brings, or that something in it has."""
    if word in KINDS or word in kinds.own_specs(project):
        return word
    if project.sql.execute("SELECT 1 FROM entity WHERE kind = ? LIMIT 1", (word,)).fetchone():
        return word
    names = ", ".join(spec.name for spec in kinds.all_specs(project))
    raise Invalid(f"There is no kind “{word[:60]}”. There are {names}.", hint="Make a kind of your own first.")


# ---- time ----------------------------------------------------------------------------------------------------------


def date(project: Project, value: Any, *, before: DateValue | None = None) -> Any:
    """A date for a statement: words have to be ones that a calendar reads, as soon as the world has one.

    The words of the date that is there already (`before`) are kept as they are.
    """
    if not isinstance(value, str) or not (words := value.strip()):
        return value
    if before is not None and words in (plain(before), written(before, project.calendars)):
        return before
    return lenses.date_of(project, words) if len(project.calendars) else words


def span(project: Project, since: object, until: object) -> None:
    """Refuse what certainly ends before it begins."""
    if backwards(since, until, project.calendars):
        since, until = (written(end, project.calendars) for end in (since, until))
        raise Invalid(f"It can't hold from {since} to {until}: that ends before it begins. Change one of the dates.")


def backwards(since: object, until: object, calendars: Calendars) -> bool:
    """Whether this span is over before it begins, however its dates are read."""
    first, last = resolve(since, calendars).lo, resolve(until, calendars).hi
    return first is not None and last is not None and first > last


# ---- parents -------------------------------------------------------------------------------------------------------


def parents(project: Project, entity: Entity) -> None:
    """Refuse an entity inside itself, by way of others or not. It needn't be stored yet."""
    if entity.parent and project.find(Entity, entity.parent, deleted=True) is None:
        raise NotFound("What this should lie in isn't in the project any more. Choose another parent.")
    if way := circle(project, entity):
        names = [f"“{entity.name}”", *(_called(project, one) for one in way[:-1]), f"“{entity.name}”"]
        raise Invalid(f"{' would lie in '.join(names)}. Nothing lies in itself: choose another parent.")


def circle(project: Project, entity: Entity) -> list[RecordId]:
    """By what way an entity would lie in itself, itself the last; empty where it doesn't."""
    return way_back(entity.id, parents_of(entity), lambda one: parents_of(project.find(Entity, one)))


def parents_of(entity: Entity | None) -> list[RecordId]:
    """What an entity lies in: its plain parent, and the place, faction or arc of its field."""
    if entity is None:
        return []
    return [*([entity.parent] if entity.parent else []), *refs(entity.fields.get("parent"))]


def without_parent(entity: Entity) -> Entity:
    """The entity out of its circle: what has come to lie in itself lies nowhere."""
    groups = {
        group: {key: one for key, one in getattr(entity, group).items() if key not in ("parent", "fields.parent")}
        for group in ("fields", "stated", "prov")
    }
    return entity.model_copy(update={"parent": None, **groups})


def descent(project: Project, relation: Relation) -> None:
    """Refuse to make somebody their own forebear. Rumours and lies may say so."""
    if relation.type not in _FOREBEARS or relation.certainty != "fact":
        return
    if way := way_back(relation.to_id, [relation.from_id], lambda one: _forebears(project, one)):
        names = [_called(project, one) for one in (relation.to_id, *way)]
        raise Invalid(
            f"{names[0]} would be among its own forebears: {', child of '.join(names)}.",
            hint="Look at which end is the parent.",
        )


_FOREBEARS = ("parent_of", "ancestor_of")


def _forebears(project: Project, child: RecordId) -> list[RecordId]:
    where = "to_id = ? AND type IN ('parent_of', 'ancestor_of')"
    return [one.from_id for one in project.all(Relation, where, (child,)) if one.certainty == "fact"]


def way_back(start: RecordId, first: list[RecordId], step: Step) -> list[RecordId]:
    """The way from the first ones back to the start, the start last; empty where none leads there."""
    came: dict[RecordId, RecordId | None] = dict.fromkeys(first)
    wave = list(came)
    while wave and start not in came:
        found = [(near, one) for one in wave for near in step(one) if near not in came]
        came |= dict(reversed(found))
        wave = list(dict.fromkeys(near for near, _ in found))
    if not start or start not in came:
        return []
    way: list[RecordId] = [start]
    while (before := came[way[-1]]) is not None:
        way.append(before)
    return way[::-1]


def _called(project: Project, record_id: RecordId) -> str:
    found = project.find(Entity, record_id, deleted=True)
    return f"“{found.name}”" if found is not None else "…"
