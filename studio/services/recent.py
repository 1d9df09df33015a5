"""Remembers what was made from a project for as long as nothing in it changes."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

from studio.observability import metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from studio.storage.project import Project

T = TypeVar("T")


class _Kept(Generic[T]):
    def __init__(self, state: str) -> None:
        self.state = state
        self.made: OrderedDict[Hashable, T] = OrderedDict()


class Recent(Generic[T]):
    """By project and key. The state of a project is the hash of its last commit, which stands for all that is in it: so
    nothing is ever stale, whatever way a change came. While a commit is under way nothing is looked up or kept.

    Hits and misses are `cache.<name>.hit` and `.miss` of this session. For the project's own thread only.
    """

    def __init__(self, name: str, *, most: int) -> None:
        self._name = name
        self._most = most
        self._kept: WeakKeyDictionary[Project, _Kept[T]] = WeakKeyDictionary()

    def get(self, project: Project, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives for this key, made at most once for each state of the project."""
        if project.in_commit:
            return make()
        kept = self._at(project)
        if key in kept.made:
            metrics.session.count(f"cache.{self._name}.hit")
            kept.made.move_to_end(key)
            return kept.made[key]
        metrics.session.count(f"cache.{self._name}.miss")
        made = kept.made[key] = make()
        while len(kept.made) > self._most:
            kept.made.popitem(last=False)
        return made

    def _at(self, project: Project) -> _Kept[T]:
        row = project.sql.execute("SELECT hash FROM commit_log ORDER BY seq DESC LIMIT 1").fetchone()
        state = row[0] if row else ""
        kept = self._kept.get(project)
        if kept is None or kept.state != state:
            kept = self._kept[project] = _Kept(state)
        return kept
