"""Which blueprint an answer speaks of: the one that has its title, the conversation's own, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.blueprint import Blueprint
from studio.domain.text import fold
from studio.services.review.artifacts import made_before

if TYPE_CHECKING:
    from studio.domain.candidate import Artifact, BlueprintCandidate
    from studio.domain.chat import Thread
    from studio.storage.project import Project


WHOLE = 5
"""Fields from which on an answer with another title is a plan of its own, and not a remark on the one at hand."""


class Aim(NamedTuple):
    """The blueprint that may be meant, and whether it is: a different title asks for a blueprint of its own."""

    blueprint: Blueprint | None
    merge: bool


def aim(project: Project, artifact: Artifact, candidate: BlueprintCandidate, thread: Thread | None) -> Aim:
    """Where a blueprint candidate goes unless a person decides otherwise."""
    before = made_before(project, artifact, candidate.key)
    if before is not None and (made := project.find(Blueprint, before)) is not None:
        return Aim(made, merge=True)
    titles = [value.value for value in candidate.fields.get("title", ())]
    own = project.find(Blueprint, thread.blueprint_id) if thread is not None and thread.blueprint_id else None
    if own is not None and (_same(own, titles) or len(candidate.fields) < WHOLE):
        return Aim(own, merge=True)
    named = next((b for b in project.all(Blueprint) if titles and b.identity.title and _same(b, titles)), None)
    return Aim(named or own, merge=named is not None)


def _same(blueprint: Blueprint, titles: list[str]) -> bool:
    """Whether nothing speaks against it: no title on one side, or one that is part of the other."""
    mine = fold(blueprint.identity.title)
    return not titles or not mine or any(mine in fold(t) or fold(t) in mine for t in titles if fold(t))
