"""What the chat shows of a message, in words: who, when, how long, what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.ui.markdown.inline import Note

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from studio.domain.chat import Message
    from studio.services.citing.checking import Report


@dataclass(frozen=True)
class Facts:
    """A message as the list shows it. `index` of `count` is its place among its siblings, from 1."""

    id: str
    role: str
    text: str = ""
    model: str = ""
    time: str = ""
    tokens: int = 0
    estimated: bool = False
    cost: float | None = None
    recorded: bool = False
    origin: str = ""
    state: str = "done"
    error_code: str = ""
    error_text: str = ""
    files: tuple[str, ...] = ()
    entities: tuple[tuple[str, str], ...] = ()
    index: int = 1
    count: int = 1
    last: bool = False
    found: int = 0
    saved: bool = False
    cited: Report | None = None

    @property
    def sources(self) -> int:
        """How many notes the answer cites."""
        return len(self.cited.used) if self.cited else 0

    @property
    def doubtful(self) -> int:
        """How many of its citations don't hold."""
        return len(self.cited.flagged) if self.cited else 0


def clock(at: datetime | None, *, now: datetime | None = None) -> str:
    """The time of day, with the day where it isn't today's."""
    if at is None:
        return ""
    local = at.astimezone()
    today = (now or local.now().astimezone()).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local.day} {local:%b %H:%M}"


def money(cost: float) -> str:
    """US dollars with as many places as it takes to see something."""
    if cost == 0:
        return "free"
    return f"${cost:.2f}" if cost >= 0.1 else f"${cost:.4f}"


def facts_of(
    message: Message,
    *,
    siblings: list[str],
    model_label: Callable[[str], str],
    entity: Callable[[str], tuple[str, str] | None],
    last: bool = False,
    found: int = 0,
    saved: bool = False,
    cited: Report | None = None,
) -> Facts:
    """The facts of a stored message."""
    usage = message.usage
    known = (entity(e) for e in message.entity_ids)
    return Facts(
        id=message.id,
        role=message.role,
        text=message.text,
        model=model_label(message.model) if message.model else "",
        time=clock(message.created_at),
        tokens=usage.output_tokens if usage else 0,
        estimated=usage.estimated if usage else False,
        cost=None if message.recorded else message.cost_usd,
        recorded=message.recorded,
        origin=message.origin,
        state=message.state,
        error_code=message.error_code,
        error_text=message.error_text,
        files=tuple(p.name for p in message.parts if p.type == "file"),
        entities=tuple(e for e in known if e is not None),
        index=siblings.index(message.id) + 1 if message.id in siblings else 1,
        count=max(1, len(siblings)),
        last=last,
        found=found,
        saved=saved,
        cited=cited,
    )


BETWEEN = "  ·  "
"""What stands between the parts of a caption."""


def caption(facts: Facts) -> str:
    """The small line under a message."""
    parts = [facts.time]
    if facts.tokens:
        parts.append(f"{'≈ ' if facts.estimated else ''}{facts.tokens:,} tokens")
    if facts.cost is not None:
        parts.append(money(facts.cost))
    if facts.sources:
        parts.append("1 source" if facts.sources == 1 else f"{facts.sources} sources")
    if facts.doubtful:
        parts.append("1 citation to check" if facts.doubtful == 1 else f"{facts.doubtful} citations to check")
    return BETWEEN.join(p for p in parts if p)


def badge(facts: Facts) -> str:
    """A word for an answer that didn't come from a model just now."""
    if facts.recorded:
        return "Recorded"
    if facts.origin == "edited":
        return "Edited"
    return "Pasted" if facts.origin and facts.role == "assistant" else ""


def heading(facts: Facts) -> str:
    """Who says it."""
    if facts.role == "user":
        return "You"
    if facts.recorded:
        return "Sample answer"
    return facts.model or (f"From {facts.origin}" if facts.origin and facts.origin != "edited" else "Assistant")


def spoken(facts: Facts) -> tuple[str, str]:
    """(name, description) for a screen reader."""
    who = "You said" if facts.role == "user" else f"Answer, {heading(facts)}"
    extra = [badge(facts).lower(), caption(facts).replace("  ·  ", ", ")]
    if facts.count > 1:
        extra.append(f"version {facts.index} of {facts.count}, Alt+Left and Alt+Right switch")
    if facts.state == "stopped":
        extra.append("stopped before its end")
    if facts.state == "error":
        extra.append(f"failed: {facts.error_text}")
    if facts.files:
        extra.append("with " + ", ".join(facts.files))
    return (f"{who}, {facts.time}" if facts.time else who), "; ".join(e for e in extra if e)


def notes_of(facts: Facts) -> dict[int, Note]:
    """What the numbers that an answer cites stand for, by their places in its text."""
    return {
        one.span[0]: Note(one.n, one.says or f"Rests on “{one.name}”. Click to see its words.", holds=not one.problem)
        for one in (facts.cited.citations if facts.cited else ())
    }
