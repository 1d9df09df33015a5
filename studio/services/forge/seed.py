"""A recipe grown from what an answer said about a picture or text: subject, style, mood, light, and what to avoid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.ids import RecordId, new_id
from studio.domain.recipe import Block, NegativePolicy, Recipe, RecipeVersion, Slot, StyleProfile
from studio.domain.text import fold
from studio.services.forge.hashing import hashed
from studio.services.forge.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Seed = Mapping[str, Sequence[str]]

_USE_CASES: tuple[tuple[str, str], ...] = (
    ("portrait", r"portrait|retrato|portrat|headshot|mugshot|character art|bust"),
    ("map", r"\b(battle)?maps?\b|karte|\bmapa\b|\bcarte\b|floor ?plan"),
    ("handout", r"handout|letter|poster|prop|flyer|broadsheet|notice"),
    ("encounter", r"encounter|begegnung|encuentro"),
    ("recap", r"recap|summary|previously"),
    ("npc", r"\bnpc\b|stat ?block"),
    ("scene", r"\bscene\b|establishing|vista|landscape|escena|szene|scene art|moment"),
    ("concept_art", r"."),
)
_IMAGE = frozenset({"portrait", "map", "scene", "concept_art", "handout"})
_ENTITY_SLOTS = {
    "portrait": ("character", "npc", "The character as the World Bible has them"),
    "map": ("place", "location", "The place as the World Bible has it"),
    "scene": ("place", "location", "Where it happens, as the World Bible has it"),
    "encounter": ("place", "location", "Where it happens, as the World Bible has it"),
    "npc": ("character", "npc", "The character as the World Bible has them"),
}
_NO = r"(?:no|not|without|avoid(?:ing)?|never|any|ohne|keine?[nr]?|sin|sans|pas de|pas d'|sem|nao|não|nenhum[a]?|bitte)"
_LEADING_NO = re.compile(rf"^(?:(?:and|or|und|oder|y|et|e|nor|,|—|–|-)\s+)*(?:{_NO}\s+)+", re.IGNORECASE)
_SPLIT_NO = re.compile(
    rf"\s*[,;\n]\s*|\s+[—–]\s+|\s+or\s+|\s+(?:and|und|oder|y|et|e|nor)\s+(?={_NO}\s)|(?<=\w)\.\s+(?={_NO}\s)",
    re.IGNORECASE,
)


def recipe_from_seed(
    fields: Mapping[str, Sequence[str]], *, folder: str = "From chat", recipe_id: RecordId | None = None
) -> tuple[Recipe, RecipeVersion]:
    """A recipe and its first version from seed fields; both are ready to be put, in this order.

    The subject is a slot with the extracted words as default, so that the recipe serves the next subject too; style,
    light, mood, framing and palette become the style profile; what was refused becomes the negative policy.
    """
    use_case = use_case_of(_joined(fields, "use_case"))
    subject = _joined(fields, "subject")
    title = _title(use_case, subject, _joined(fields, "use_case"))
    recipe = Recipe(
        id=recipe_id or new_id(),
        slug=slugify(title),
        title=title,
        folder=folder,
        use_case=use_case,
        medium="image" if use_case in _IMAGE else "text",
        latest=1,
    )
    version = RecipeVersion(
        id=new_id(),
        recipe_id=recipe.id,
        n=1,
        message="From an answer",
        blocks=_blocks(use_case),
        slots=_slots(use_case, subject),
        style_profile=_style(fields),
        negative_policy=NegativePolicy(always=refusals(fields.get("negative", ()))),
    )
    return recipe, hashed(version)


def use_case_of(words: str) -> str:
    """The use case that free words mean: “Card art”, “retrato”, “battle map”."""
    text = fold(words)
    return next((name for name, pattern in _USE_CASES if re.search(pattern, text)), "concept_art")


def refusals(values: Sequence[str]) -> tuple[str, ...]:
    """What must not appear, one thing each, without the “no”: “no people, no sea” → people, sea."""
    found: dict[str, str] = {}
    for value in values:
        for piece in _SPLIT_NO.split(value):
            text = _LEADING_NO.sub("", (piece or "").strip()).strip(" .,;—–-")
            if text:
                found.setdefault(fold(text), text)
    return tuple(found.values())


def _joined(fields: Seed, name: str) -> str:
    unique = dict.fromkeys(v.strip() for v in fields.get(name, ()) if v.strip())
    return ", ".join(unique)


def _style(fields: Seed) -> StyleProfile:
    names = {"style": "style", "lighting": "lighting", "mood": "mood", "framing": "composition", "palette": "palette"}
    return StyleProfile(**{ours: _joined(fields, theirs) for ours, theirs in names.items()})  # pyright: ignore[reportArgumentType]


def _title(use_case: str, subject: str, words: str) -> str:
    what = use_case.replace("_", " ").capitalize() if len(words) > 24 or not words else words[:1].upper() + words[1:]
    if not subject:
        return what
    short = re.split(r"[,;:(]", subject)[0].strip()
    if len(short) > 48:
        short = short[:48].rsplit(" ", 1)[0] + "…"
    return f"{what}: {short}"


def _blocks(use_case: str) -> tuple[Block, ...]:
    subject = Block(role="user", text="{{ subject }}")
    if use_case not in _ENTITY_SLOTS:
        return (subject,)
    name, _, _ = _ENTITY_SLOTS[use_case]
    return (subject, Block(role="user", when=name, text=f"Stay true to what is known:\n{{{{ {name} }}}}"))


def _slots(use_case: str, subject: str) -> tuple[Slot, ...]:
    first = Slot(name="subject", type="long", required=True, default=subject, help="What is shown")
    if use_case not in _ENTITY_SLOTS:
        return (first,)
    name, kind, text = _ENTITY_SLOTS[use_case]
    return (first, Slot(name=name, type="entity", kind=kind, help=text))
