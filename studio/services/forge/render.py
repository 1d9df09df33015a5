"""From a recipe and filled slots to the prompt: includes, conditions, slots, and last of all style and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.commit import content_hash
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.recipe import Recipe, Slot
from studio.domain.record import Frozen
from studio.services.forge.content import Content, content_of
from studio.services.forge.errors import MissingSlots, TemplateProblem
from studio.services.forge.includes import Flat, Placed, flatten, version_of
from studio.services.forge.slots import filled, guess_slot
from studio.services.forge.style import negative_items, negative_text, style_text
from studio.services.forge.template import Placeholder, View, render, variables
from studio.services.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.storage.project import Project

LATE = ("style", "avoid")
"""Names that a block may use to say where style and refusals go; without them they come at the end."""


_recent: Recent[Rendered] = Recent("prompts", most=200)


class RenderedBlock(Frozen):
    """One block as it is sent. `source` is the index of the recipe's block that it comes from."""

    role: str
    text: str
    source: int


class Rendered(Frozen):
    """A rendered prompt. `negative` is apart only for providers that take it apart.

    `missing` are required slots that are empty, `undeclared` slots that the text uses and nobody declared; both are
    empty unless it was rendered as a preview.
    """

    blocks: tuple[RenderedBlock, ...] = ()
    negative: str = ""
    provider: str = ""
    missing: tuple[str, ...] = ()
    undeclared: tuple[Slot, ...] = ()
    warnings: tuple[str, ...] = ()
    entity_ids: tuple[RecordId, ...] = ()
    hash: str = ""

    @property
    def text(self) -> str:
        """All blocks in order, as one text to paste anywhere."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def system(self) -> str:
        """The system blocks."""
        return "\n\n".join(b.text for b in self.blocks if b.role == "system")


def render_recipe(
    project: Project,
    recipe_id: RecordId,
    values: Mapping[str, str],
    *,
    label: str = "",
    provider: str = "",
    lens: Lens = OPEN_EYES,
) -> Rendered:
    """A stored version rendered. Raises the errors of `studio.services.forge.errors`."""
    recipe = project.get(Recipe, recipe_id)
    version = version_of(project, recipe, label)
    if version is None:
        raise TemplateProblem(f"“{recipe.title}” has no version “{label or 'latest'}” yet. Save one first.")
    return render_content(project, content_of(version), values, slug=recipe.slug, provider=provider, lens=lens)


def render_content(
    project: Project,
    content: Content,
    values: Mapping[str, str],
    *,
    slug: str = "",
    provider: str = "",
    lens: Lens = OPEN_EYES,
    preview: bool = False,
) -> Rendered:
    """Content rendered; a `preview` shows `‹name›` for what isn't filled yet instead of raising. Deterministic.

    Remembered by content, values and lens until the next change of the project, whose entities fill slots.
    """
    told = content_hash([content.model_dump(mode="json"), sorted(values.items()), slug, provider])
    make = lambda: _rendered(project, content, values, slug=slug, provider=provider, lens=lens, preview=preview)  # noqa: E731
    return _recent.get(project, (told, lens, preview), make)


def _rendered(
    project: Project,
    content: Content,
    values: Mapping[str, str],
    *,
    slug: str,
    provider: str,
    lens: Lens,
    preview: bool,
) -> Rendered:
    flat = flatten(project, content, slug=slug)
    extra = undeclared(flat)
    missing = tuple(s.name for s in flat.content.slots if s.required and not _given(s, values))
    if not preview:
        _refuse(missing, extra)
    context = {s.name: filled(project, s, values.get(s.name, ""), lens=lens) for s in flat.content.slots}
    if preview:
        context |= {name: Placeholder(f"‹{name}›") for name in (*missing, *(s.name for s in extra))}
    style = style_text(flat.content.style_profile)
    items = negative_items(flat.content.negative_policy, provider)
    negative = negative_text(items, provider)
    placed_late = {"style": style, "avoid": negative.text or (f"Avoid: {negative.apart}." if negative.apart else "")}
    blocks = _blocks(flat, {**placed_late, **context})
    used = {name for p in flat.blocks for name in variables(p.block.text)}
    tail = [t for name, t in (("style", style), ("avoid", negative.text)) if t and name not in used]
    blocks = _with_tail(blocks, tail)
    return Rendered(
        blocks=blocks,
        negative="" if "avoid" in used else negative.apart,
        provider=provider,
        missing=missing,
        undeclared=extra,
        warnings=_warnings(flat, provider, blocks),
        entity_ids=_entities(flat, context),
        hash=content_hash([[b.role, b.text] for b in blocks] + [[negative.apart, provider]]),
    )


def _given(slot: Slot, values: Mapping[str, str]) -> bool:
    return bool((values.get(slot.name) or slot.default).strip()) or slot.type == "bool"


def _refuse(missing: tuple[str, ...], extra: tuple[Slot, ...]) -> None:
    if missing:
        raise MissingSlots(missing)
    if extra:
        names = ", ".join(f"“{s.name}”" for s in extra)
        raise TemplateProblem(f"The text uses {names} without a slot of that name. Add it to the slots.")


def undeclared(flat: Flat) -> tuple[Slot, ...]:
    """Slots that the blocks use and nobody declared, ready to be added."""
    have = {s.name for s in flat.content.slots} | set(LATE)
    found: dict[str, bool] = {}
    for placed in flat.blocks:
        for name, has_fields in _variables(placed).items():
            found[name] = found.get(name, False) or has_fields
    return tuple(guess_slot(name, has_fields=fields) for name, fields in found.items() if name not in have)


def _variables(placed: Placed) -> dict[str, bool]:
    try:
        return variables(placed.block.text)
    except TemplateProblem as problem:
        problem.block = placed.source
        raise


def _blocks(flat: Flat, context: Mapping[str, Any]) -> tuple[RenderedBlock, ...]:
    made: list[RenderedBlock] = []
    for placed in flat.blocks:
        if not all(_holds(when, context) for when in placed.when):
            continue
        try:
            text = render(placed.block.text, context)
        except TemplateProblem as problem:
            problem.block = placed.source
            raise
        if text:
            made.append(RenderedBlock(role=placed.block.role, text=text, source=placed.source))
    return tuple(made)


def _holds(when: str, context: Mapping[str, Any]) -> bool:
    """`name` needs the slot to be filled, `!name` needs it to be empty; a placeholder doesn't count as filled."""
    name = when.strip().removeprefix("!").strip()
    value = context.get(name, "")
    is_filled = bool(value) and not isinstance(value, Placeholder)
    return is_filled != when.strip().startswith("!")


def _with_tail(blocks: tuple[RenderedBlock, ...], tail: list[str]) -> tuple[RenderedBlock, ...]:
    if not tail:
        return blocks
    at = next((i for i in reversed(range(len(blocks))) if blocks[i].role == "user"), None)
    if at is None:
        return (*blocks, RenderedBlock(role="user", text="\n\n".join(tail), source=max(0, len(blocks) - 1)))
    longer = blocks[at].model_copy(update={"text": "\n\n".join([blocks[at].text, *tail])})
    return (*blocks[:at], longer, *blocks[at + 1 :])


def _warnings(flat: Flat, provider: str, blocks: tuple[RenderedBlock, ...]) -> tuple[str, ...]:
    names = {s.name for s in flat.content.slots}
    found = [
        f"Block {p.source + 1} waits for “{w.strip().removeprefix('!')}”, which isn't a slot."
        for p in flat.blocks
        for w in p.when
        if w.strip().removeprefix("!").strip() not in names
    ]
    limit = flat.content.adapters.get(provider, {}).get("max_chars")
    size = sum(len(b.text) for b in blocks)
    if isinstance(limit, int) and size > limit:
        found.append(f"{size:,} characters, over the {limit:,} that {provider} takes.")
    return tuple(dict.fromkeys(found))


def _entities(flat: Flat, context: Mapping[str, Any]) -> tuple[RecordId, ...]:
    found = []
    for slot in flat.content.slots:
        view = context.get(slot.name)
        if isinstance(view, View) and view.has("id"):
            found.append(RecordId(view.attribute("id")))
    return tuple(dict.fromkeys(found))
