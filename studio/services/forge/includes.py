"""Included recipes: finding the version that `slug@label` means, and putting its blocks in, never in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.recipe import Block, NegativePolicy, Recipe, RecipeVersion, Slot
from studio.services.forge.content import Content, content_of
from studio.services.forge.errors import IncludeProblem
from studio.services.forge.style import merged_style

if TYPE_CHECKING:
    from studio.storage.project import Project

MAX_BLOCKS = 100
MAX_DEPTH = 8


class Placed(NamedTuple):
    """A block in its place. `source` is the block of the outer recipe that it comes from, `when` all its conditions."""

    block: Block
    source: int
    when: tuple[str, ...] = ()


class Flat(NamedTuple):
    """A recipe with everything that it includes."""

    blocks: tuple[Placed, ...]
    content: Content


def recipe_by_slug(project: Project, slug: str) -> Recipe | None:
    """The live recipe of this slug."""
    return next((r for r in project.all(Recipe) if r.slug == slug), None)


def version_of(project: Project, recipe: Recipe, label: str = "") -> RecipeVersion | None:
    """A version by label, by number, or by default: `production` if there is one, else the newest."""
    if label.isdigit():
        n = int(label)
    elif label in ("", "latest"):
        n = recipe.labels.get("production", recipe.latest) if not label else recipe.latest
    else:
        n = recipe.labels.get(label, 0)
    found = project.all(RecipeVersion, "owner_id = ?", (recipe.id,))
    return next((v for v in found if v.n == n), None)


def resolve_include(project: Project, reference: str) -> tuple[Recipe, RecipeVersion]:
    """The recipe and version that `slug@label` names. Raises IncludeProblem."""
    slug, _, label = reference.strip().partition("@")
    recipe = recipe_by_slug(project, slug)
    if recipe is None:
        raise IncludeProblem(f"There is no recipe “{slug}” to include. Check the name, or remove the block.")
    version = version_of(project, recipe, label)
    if version is None:
        raise IncludeProblem(f"“{slug}” has no version “{label or 'latest'}”.")
    return recipe, version


def flatten(project: Project, content: Content, *, slug: str = "") -> Flat:
    """The content with includes put in: slots and style of the outer recipe win, refusals add up."""
    placed: list[Placed] = []
    merged = content
    for index, block in enumerate(content.blocks):
        merged = _place(project, merged, placed, Placed(block, index), (slug,) if slug else ())
        if len(placed) > MAX_BLOCKS:
            raise IncludeProblem(f"With everything included this recipe has more than {MAX_BLOCKS} blocks.")
    return Flat(tuple(placed), merged)


def _place(project: Project, merged: Content, placed: list[Placed], here: Placed, trail: tuple[str, ...]) -> Content:
    block = here.block
    when = (*here.when, block.when) if block.when else here.when
    if block.include:
        recipe, version = resolve_include(project, block.include)
        if recipe.slug in trail:
            raise IncludeProblem(f"These recipes include one another: {' → '.join((*trail, recipe.slug))}.")
        if len(trail) >= MAX_DEPTH or len(placed) > MAX_BLOCKS:
            raise IncludeProblem("Includes go too deep. Put some of the text into the recipe itself.")
        inner = content_of(version)
        merged = _with(merged, inner)
        for inner_block in inner.blocks:
            step = Placed(inner_block, here.source, when)
            merged = _place(project, merged, placed, step, (*trail, recipe.slug))
    if block.text.strip():
        placed.append(Placed(block, here.source, when))
    return merged


def _with(outer: Content, inner: Content) -> Content:
    have = {slot.name for slot in outer.slots}
    more: tuple[Slot, ...] = tuple(slot for slot in inner.slots if slot.name not in have)
    per_provider = dict(outer.negative_policy.per_provider)
    for provider, items in inner.negative_policy.per_provider.items():
        per_provider[provider] = tuple(dict.fromkeys((*per_provider.get(provider, ()), *items)))
    always = tuple(dict.fromkeys((*outer.negative_policy.always, *inner.negative_policy.always)))
    return outer.model_copy(
        update={
            "slots": (*outer.slots, *more),
            "style_profile": merged_style(outer.style_profile, inner.style_profile),
            "negative_policy": NegativePolicy(always=always, per_provider=per_provider),
        }
    )
