"""A small world of one genre, written as text, and what the text rules say of one sentence in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.domain.vocabulary import RELATIONS
from studio.services.continuity import texts
from tests.services.continuity.worlds import Built, on

if TYPE_CHECKING:
    from studio.domain.ids import RecordId


@dataclass
class Genre:
    """A world as one text: things, facts, then what is told. `!` clashes with a fact, `=` doesn't.

    A line of `things` is `kind | Name; alias | field=value …`, a year where it is a number. A line of `facts` is
    `Name | predicate | Name or value | from`. A line of `told` goes into a note, or after `Name:` into a text of it.
    """

    things: str
    facts: str
    told: str
    ids: dict[str, RecordId] = field(default_factory=dict)

    def lines(self) -> list[tuple[bool, str]]:
        found = [line.strip() for line in self.told.strip().splitlines()]
        return [(line[0] == "!", line[1:].strip()) for line in found if line and line[0] in "!="]

    def flagged(self, line: str) -> list[str]:
        """What the text rules say of the world with this one sentence in it."""
        built = self._built()
        owner, _, rest = line.partition(":: ")
        if rest:
            built.records[self.ids[owner]][1]["body"] = rest
        else:
            built.note("Notes", line, mode="note")
        return [f"{one.rule}: {one.why}" for one in texts.find(built.world())]

    def _built(self) -> Built:
        built, self.ids = Built(), {}
        for line in filter(None, map(str.strip, self.things.splitlines())):
            kind, names, *rest = (part.strip() for part in line.split("|"))
            name, *aliases = (part.strip() for part in names.split(";"))
            fields: dict[str, Any] = {}
            for pair in rest[0].split(",") if rest and rest[0] else ():
                key, _, value = pair.strip().partition("=")
                fields[key] = on(int(value)) if value.isdigit() else value
            more = {"aliases": [{"name": one} for one in aliases]} if aliases else {}
            self.ids[name] = built.thing(kind, name, fields=fields, **more)
        for line in filter(None, map(str.strip, self.facts.splitlines())):
            one, predicate, other, *since = (part.strip() for part in line.split("|"))
            dated = {"since": on(int(since[0]))} if since else {}
            if other in self.ids and predicate in RELATIONS:
                built.relate(self.ids[one], predicate, self.ids[other], **dated)
            elif other in self.ids:
                built.claim(self.ids[one], predicate, to=self.ids[other], **dated)
            else:
                built.claim(self.ids[one], predicate, other, **dated)
        return built


def pair_flagged(kind: str, name: str, own: str, note: str) -> bool:
    """Whether the text rules find the two at odds."""
    built = Built()
    built.thing(kind, name, body=own)
    built.note("Session 3", note)
    return bool(texts.find(built.world()))
