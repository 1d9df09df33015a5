"""What is said about a fact beyond the fact, in words: how sure, who says so, who knows it, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain import dates
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.world import PLAIN_FACT, Claim, Relation, Statement
from studio.services.world import calendars, names, seen, sound
from studio.services.world.sound import CERTAINTIES
from studio.services.world.values import date_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.domain.calendars import Calendars
    from studio.storage.project import Project

__all__ = ["CERTAINTIES", "KEYS", "Said", "Teller", "shaped", "statement_of"]
KEYS = frozenset(Statement.model_fields)


class Said(Frozen):
    """A statement with the names and dates in words that it needs to be read."""

    statement: Statement = PLAIN_FACT
    speaker: str = ""
    known_by: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""

    @property
    def words(self) -> str:
        """All of it in a line: `Rumour, from spring 812 to 815, says Tam, known by Mirel`; empty for a plain fact."""
        certainty = self.statement.certainty
        parts = ["" if certainty == "fact" else certainty.capitalize(), self.span]
        parts += [f"says {self.speaker}"] if self.speaker else []
        parts += [f"known by {_few(self.known_by)}"] if self.known_by else []
        return ", ".join(part for part in parts if part)

    @property
    def span(self) -> str:
        """From when to when, in words."""
        if self.valid_from and self.valid_to:
            return f"from {self.valid_from} to {self.valid_to}"
        return f"since {self.valid_from}" if self.valid_from else f"until {self.valid_to}" if self.valid_to else ""


def _few(known: tuple[str, ...]) -> str:
    return ", ".join(known) if len(known) < 4 else f"{', '.join(known[:2])} and {len(known) - 2} more"


def statement_of(fact: Relation | Claim) -> Statement:
    """What is said about a relation or claim."""
    return Statement(
        certainty=fact.certainty, speaker=fact.speaker, valid_from=fact.valid_from, valid_to=fact.valid_to,
        visibility=fact.visibility, known_by=fact.known_by if isinstance(fact, Claim) else (),
    )  # fmt: skip


class Teller:
    """Puts statements into words; reads the names of everybody in them at once."""

    def __init__(self, project: Project, statements: Iterable[Statement], *, lens: Lens = OPEN_EYES) -> None:
        ids = {one for said in statements for one in (said.speaker, *said.known_by) if one}
        self._lens = lens
        self._names = names.labels(project, ids, lens=lens) if ids else {}
        self._calendars: Calendars = calendars.loaded(project)

    def tell(self, statement: Statement) -> Said:
        """One statement in words, without whom the audience may not know of; a lie sounds plain to who is lied to."""
        if not self._lens.is_gm:
            statement = self._shown(statement)
        return Said(
            statement=statement,
            speaker=self._name(statement.speaker),
            known_by=tuple(self._name(one) or "…" for one in statement.known_by),
            valid_from=dates.written(statement.valid_from, self._calendars),
            valid_to=dates.written(statement.valid_to, self._calendars),
        )

    def _shown(self, statement: Statement) -> Statement:
        known = tuple(one for one in statement.known_by if one in self._names)
        speaker = statement.speaker if statement.speaker in self._names else None
        sure = seen.certainty(statement.certainty, self._lens)
        return statement.model_copy(update={"speaker": speaker, "known_by": known, "certainty": sure, "visibility": ""})

    def begins(self, statement: Statement) -> float:
        """The day from which it holds, for sorting; what has none comes first."""
        first = dates.resolve(statement.valid_from, self._calendars).lo
        return float("-inf") if first is None else float(first)

    def _name(self, record_id: RecordId | None) -> str:
        return self._names.get(record_id, ("", ""))[0] if record_id else ""


def shaped(
    project: Project, changes: Mapping[str, Any], old: Relation | Claim | Statement = PLAIN_FACT
) -> dict[str, Any]:
    """Changes to a statement as they are stored: dates in words are read, lists become tuples, nothing becomes None.

    Raises Invalid for words that say nothing here, and for a time that certainly ends before it begins.
    """
    wanted = dict(changes)
    for key in _TIMES & wanted.keys():
        wanted[key] = date_value(project, sound.date(project, wanted[key], before=getattr(old, key)))
    if any(wanted[key] != getattr(old, key) for key in _TIMES & wanted.keys()):
        sound.span(project, wanted.get("valid_from", old.valid_from), wanted.get("valid_to", old.valid_to))
    if "certainty" in wanted:
        wanted["certainty"] = sound.certainty(wanted["certainty"])
    if wanted.get("visibility"):
        wanted["visibility"] = sound.visibility(project, wanted["visibility"])
    if "known_by" in wanted:
        wanted["known_by"] = tuple(dict.fromkeys(RecordId(one) for one in wanted["known_by"] or ()))
    if "speaker" in wanted:
        wanted["speaker"] = wanted["speaker"] or None
    for one in (wanted.get("speaker"), *wanted.get("known_by", ())):
        sound.there(project, one, "Somebody named here")
    return wanted


_TIMES = frozenset({"valid_from", "valid_to"})
