"""Style profile and negative policy as words, rendered late: the recipe keeps the profile, never the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studio.domain.recipe import NegativePolicy, StyleProfile

PROVIDERS = ("openai", "gemini", "midjourney", "stable-diffusion", "flux", "ideogram", "firefly")
"""Image providers whose wording differs; any other name is allowed and reads like plain prose."""
_SEPARATE = frozenset({"stable-diffusion", "firefly", "ideogram"})
_PARTS = ("style", "lighting", "mood", "framing", "palette")
_DETAIL = ((2, "bare"), (4, "simple"), (6, "moderate"), (8, "rich"), (10, "extremely rich"))


class Negative(NamedTuple):
    """What to avoid: as words for the prompt, or apart, for providers with a field of its own."""

    text: str
    apart: str


def style_text(profile: StyleProfile) -> str:
    """The filled parts of the profile, each with its name."""
    said = [f"{part.capitalize()}: {_sentence(getattr(profile, part))}" for part in _PARTS if getattr(profile, part)]
    if profile.detail is not None:
        word = next(w for most, w in _DETAIL if profile.detail <= most)
        said.append(f"Detail: {word}.")
    if profile.references:
        said.append(f"In the manner of: {_sentence(', '.join(profile.references))}")
    return " ".join(said)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def merged_style(own: StyleProfile, included: StyleProfile) -> StyleProfile:
    """The recipe's own profile; what it leaves open comes from what it includes."""
    empty = {name: getattr(included, name) for name in type(own).model_fields if not getattr(own, name)}
    return own.model_copy(update={k: v for k, v in empty.items() if v or v == 0})


def negative_items(policy: NegativePolicy, provider: str) -> tuple[str, ...]:
    """What must not appear for this provider, without repeats."""
    items = (*policy.always, *policy.per_provider.get(provider, ()))
    return tuple(dict.fromkeys(" ".join(item.split()) for item in items if item.strip()))


def negative_text(items: tuple[str, ...], provider: str) -> Negative:
    """The words in the way that the provider takes them."""
    listed = ", ".join(items)
    if not items:
        return Negative("", "")
    if provider == "midjourney":
        return Negative(f"--no {listed}", "")
    return Negative("", listed) if provider in _SEPARATE else Negative(f"Avoid: {listed}.", "")
