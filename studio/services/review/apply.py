"""Applying a reviewed artifact: blueprint, entities, relations and recipes in ONE commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.blueprint import EXTRACTED_PATHS, Blueprint
from studio.domain.candidate import (
    Artifact,
    BlueprintCandidate,
    Candidate,
    CandidateState,
    Changeset,
    Decision,
    EntityCandidate,
    RecipeCandidate,
    RelationCandidate,
    Target,
)
from studio.domain.chat import Message, Thread
from studio.domain.errors import Invalid
from studio.domain.recipe import Recipe
from studio.domain.text import fold
from studio.domain.world import Entity, Link, Relation
from studio.services.forge.seed import recipe_from_seed
from studio.services.forge.slugs import free_slug
from studio.services.foundry.apply import FieldValueWithProvenance, apply_fields
from studio.services.foundry.paths import get_path, is_path
from studio.services.review.artifacts import made_before, with_fresh_match
from studio.services.review.blueprints import aim
from studio.services.review.entities import Names, write_fields, write_shell
from studio.services.review.relations import write_relation
from studio.services.review.values import Origin, Sourced, decided
from studio.services.world import mirrors, sound
from studio.services.world.names import known_entities

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from studio.domain.ids import RecordId
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project

ALL_TARGETS: tuple[Target, ...] = ("blueprint", "entity", "relation", "recipe")
KEEP = Decision()


def apply(
    project: Project,
    artifact_id: RecordId,
    *,
    decisions: Mapping[str, Decision] | None = None,
    targets: Collection[Target] = ALL_TARGETS,
) -> Changeset:
    """Save what the review accepted, all in one transaction that one undo takes back.

    `decisions` are by candidate key; a candidate without one is taken as found. Raises Invalid when nothing is ticked.
    """
    artifact = project.get(Artifact, artifact_id)
    choices = {c.key: (decisions or {}).get(c.key, KEEP) for c in artifact.candidates}
    taken = (c for c in artifact.candidates if c.target in targets and choices[c.key].accepted)
    chosen = [with_fresh_match(project, c) for c in taken]
    if not chosen:
        raise Invalid("Nothing is ticked, so there is nothing to save. Tick at least one thing.")
    with project.commit("review.apply", _headline(chosen)) as commit:
        made = _Applier(project, commit, artifact, choices).write(chosen)
        states: dict[str, CandidateState] = {
            c.key: _state(choices[c.key], chosen=c in chosen) for c in artifact.candidates
        }
        return commit.put(Changeset(artifact_id=artifact.id, states=states, made=made))


def _state(decision: Decision, *, chosen: bool) -> CandidateState:
    if not chosen:
        return "rejected"
    return "accepted" if decision.fields is None and decision.name is None and decision.kind is None else "edited"


def _headline(chosen: list[Candidate]) -> str:
    counts = [
        (sum(c.target == "blueprint" for c in chosen), "blueprint", "blueprints"),
        (sum(c.target == "entity" for c in chosen), "world entry", "world entries"),
        (sum(c.target == "relation" for c in chosen), "relation", "relations"),
        (sum(c.target == "recipe" for c in chosen), "prompt", "prompts"),
    ]
    return "Save " + ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts if n) + " from an answer"


class _Applier:
    """One apply under way; knows which names mean which entity."""

    def __init__(
        self, project: Project, commit: CommitWriter, artifact: Artifact, choices: Mapping[str, Decision]
    ) -> None:
        self._project, self._commit, self._choices = project, commit, choices
        message = project.find(Message, artifact.source_message)
        self._thread = project.find(Thread, message.thread_id) if message else None
        by_human = message is not None and message.role == "user"
        self._origin = Origin(artifact=artifact, at=project.clock(), by_human=by_human)
        self._names = Names()
        self._artifact = artifact
        self._made: dict[str, RecordId] = {}

    def write(self, chosen: list[Candidate]) -> dict[str, RecordId]:
        """Write everything; gives candidate key → record id."""
        for known in reversed(known_entities(self._project)):
            self._names.learn(known.id, *known.aliases, known.name)
        entities = [c for c in chosen if isinstance(c, EntityCandidate)]
        accepted = {c.key for c in entities}
        for candidate in self._artifact.candidates:
            if isinstance(candidate, EntityCandidate) and candidate.key not in accepted and candidate.match is None:
                self._names.rejected.add(fold(candidate.name))
        self._write_entities(entities)
        for candidate in chosen:
            if isinstance(candidate, RelationCandidate):
                before = made_before(self._project, self._artifact, candidate.key)
                relation = self._project.find(Relation, before) if before is not None else None
                relation = relation or write_relation(self._project, self._commit, candidate, self._origin, self._names)
                if relation is not None:
                    self._made[candidate.key] = relation.id
            elif isinstance(candidate, BlueprintCandidate):
                self._write_blueprint(candidate)
            elif isinstance(candidate, RecipeCandidate):
                self._write_recipe(candidate)
        return self._made

    def _write_entities(self, entities: list[EntityCandidate]) -> None:
        shells = []
        for candidate in entities:
            decision = self._choices[candidate.key]
            entity = write_shell(self._project, self._commit, candidate, decision, self._origin)
            self._names.learn(entity.id, candidate.name, *candidate.aliases, *entity.names())
            self._made[candidate.key] = entity.id
            shells.append((candidate, decision, entity.id))
        for candidate, decision, entity_id in shells:
            entity = self._project.get(Entity, entity_id)
            written = write_fields(self._commit, entity, candidate, decision, self._origin, self._names)
            if sound.circle(self._project, written):
                written = self._commit.put(sound.without_parent(written))
            mirrors.follow_fields(self._project, self._commit, entity, written)

    def _write_blueprint(self, candidate: BlueprintCandidate) -> None:
        decision = self._choices[candidate.key]
        values = decided(candidate.fields, decision, self._origin)
        current = self._blueprint(candidate, decision)
        fields = {
            name: [FieldValueWithProvenance(value=v.value, prov=v.prov) for v in found]
            for name, found in values.items()
            if found and (name in decision.overwrite or not _would_replace(current, name, found))
        }
        written = self._commit.put(apply_fields(current, fields, resolve=self._names))
        self._made[candidate.key] = written.id
        if self._thread is not None and self._thread.blueprint_id != written.id:
            self._commit.put(self._thread.model_copy(update={"blueprint_id": written.id}))

    def _blueprint(self, candidate: BlueprintCandidate, decision: Decision) -> Blueprint:
        if decision.create_new:
            return Blueprint()
        if decision.match_id:
            return self._project.find(Blueprint, decision.match_id) or Blueprint()
        found = aim(self._project, self._artifact, candidate, self._thread)
        return found.blueprint if found.blueprint is not None and found.merge else Blueprint()

    def _write_recipe(self, candidate: RecipeCandidate) -> None:
        """A new recipe; applying the answer again keeps the one that it made before, which may have versions by now."""
        before = made_before(self._project, self._artifact, candidate.key)
        if before is not None and self._project.find(Recipe, before) is not None:
            self._made[candidate.key] = before
            return
        values = decided(candidate.fields, self._choices[candidate.key], self._origin)
        recipe, version = recipe_from_seed({name: [v.value for v in found] for name, found in values.items() if found})
        prov = {f"seed.{name}": tuple(v.prov for v in found) for name, found in values.items() if found}
        slug = free_slug(recipe.title, {r.slug for r in self._project.all(Recipe)})
        head = self._commit.put(recipe.model_copy(update={"prov": prov, "slug": slug}))
        self._commit.put(version)
        self._made[candidate.key] = head.id


def _would_replace(blueprint: Blueprint, name: str, found: list[Sourced]) -> bool:
    """Whether a single value that is there would give way to another one; that takes a person's word."""
    path = EXTRACTED_PATHS.get(name, name)
    current = get_path(blueprint, path) if is_path(path) else None
    if isinstance(current, Link):
        current = current.text
    return isinstance(current, str) and current != "" and all(fold(current) != fold(v.value) for v in found)
