"""The findings of a world as they stand: after a change only what reads the changed records is asked again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.ids import RecordId
from studio.services.continuity import affected, duplicates, likeness, reading
from studio.services.continuity.check import WORLD_RULES, ask, each

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Fact, Note, Thing, World
    from studio.services.continuity.likeness import Nearness
    from studio.services.continuity.reading import Rows


class Change(NamedTuple):
    """What a check found otherwise than before, and how many records were asked."""

    added: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()
    asked: int = 0


class Standing:
    """The facts of a project and the findings about them. Not for two threads at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._said: dict[str, dict[str, Finding]] = {}
        self._keys: defaultdict[str, set[str]] = defaultdict(set)
        self._naming: defaultdict[RecordId, set[str]] = defaultdict(set)
        self._pairs: set[str] = set()

    @property
    def findings(self) -> list[Finding]:
        """All findings, each once."""
        return [self._finding(key) for key in self._keys]

    def check_all(
        self, *, progress: Callable[[float], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> bool:
        """Ask everything of everybody. False when it was stopped: then only what came before is known."""
        for known in list(self._said):
            self._note(known, ())
        for record, found in each(self.world, progress=progress, cancelled=cancelled):
            self._note(record, found)
        for rule in WORLD_RULES:
            if cancelled and cancelled():
                return False
            self._note_pairs(rule(self.world, None))
        return not (cancelled and cancelled())

    def hear_of_meanings(self, nearness: Nearness) -> None:
        """Look again for what was entered twice, knowing how near entities are in meaning."""
        likeness.of(self.world).nearness = nearness
        self._note_pairs(duplicates.find(self.world))

    def follow(self, changed: Collection[RecordId], rows: Iterable[Rows]) -> Change:
        """Take changed records in, as they are stored now, and ask again whom that may concern."""
        again = self._take_in(changed, rows)
        pairs = {one for record in again for one in self._naming.get(record, ()) if one in self._pairs}
        before = {key: self._finding(key) for one in (*again, *pairs) for key in self._said.get(one, ())}
        for pair in pairs:
            self._note(pair, ())
        self._pairs -= pairs
        pairs = {one for rule in WORLD_RULES for one in self._note_pairs(rule(self.world, again))}
        for record in again:
            self._note(record, ask(self.world, record))
        after = {key for one in (*again, *pairs) for key in self._said.get(one, ())}
        return Change(
            added=tuple(now for key in after if (now := self._finding(key)) != before.get(key)),
            gone=tuple(one for key, one in before.items() if key not in self._keys),
            asked=len(again),
        )

    def _take_in(self, changed: Collection[RecordId], rows: Iterable[Rows]) -> set[RecordId]:
        """The changed records as they are now; gives whom to ask again."""
        old = {one: self._record(one) for one in changed}
        present = affected.present(self.world)
        reached = {one: affected.reach(self.world, one) for one in changed}
        for one in changed:
            self.world.drop(one)
        for some in rows:
            reading.fill(self.world, some)
        again: set[RecordId] = set(changed)
        for one in changed:
            again.update(RecordId(known) for known in self._naming.get(one, ()) if known not in self._pairs)
            if not affected.same_to_others(old[one], self._record(one)):
                again |= reached[one] | affected.reach(self.world, one)
        if affected.present(self.world) != present:
            again.update(affected.with_ages(self.world))
        return again

    def _record(self, record: RecordId) -> Thing | Fact | Note | None:
        world = self.world
        return world.things.get(record) or world.facts.get(record) or world.notes.get(record)

    def _finding(self, key: str) -> Finding:
        return self._said[min(self._keys[key])][key]

    def _note_pairs(self, found: Iterable[Finding]) -> list[str]:
        """Findings about pairs and texts: nobody in particular was asked, so each is noted under its own key."""
        noted = []
        for one in found:
            self._note(one.key, [one])
            noted.append(one.key)
        self._pairs.update(noted)
        return noted

    def _note(self, record: str, found: Iterable[Finding]) -> None:
        """What was said when this record was asked, instead of what was said before."""
        for key, one in self._said.pop(record, {}).items():
            self._keys[key].discard(record)
            if not self._keys[key]:
                del self._keys[key]
            for named in _named(one):
                self._naming[named].discard(record)
        said = {one.key: one for one in found}
        if said:
            self._said[record] = said
        for key, one in said.items():
            self._keys[key].add(record)
            for named in _named(one):
                self._naming[named].add(record)


def _named(finding: Finding) -> set[RecordId]:
    return {*finding.subjects, *(side.record for side in finding.evidence)}
