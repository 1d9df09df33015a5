"""What a model gets to read: the mode's instructions, the thread's note, entities, and as much history as fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.chat import Message, SentContext, Thread
from studio.domain.dates import resolve
from studio.domain.lens import GM, Lens
from studio.domain.model_call import ChatMessage
from studio.domain.record import Frozen
from studio.domain.vocabulary import KindSpec, kind_spec
from studio.domain.world import Entity, Link
from studio.services.chat.messages import bodies, full_text, tree
from studio.services.chat.modes import find_mode
from studio.services.chat.tokens import PER_MESSAGE, estimate
from studio.services.world import kinds, seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

UNKNOWN_WINDOW = 16_000
"""Tokens that are assumed of a model whose window nobody knows."""
ANSWER_SHARE = 0.25
"""The part of the window that is kept free for the answer, at most `ANSWER_MOST` tokens."""
ANSWER_MOST = 8_000
CONTINUE = "Your last message was cut off. Go on exactly where it stops. Don't repeat anything and don't comment on it."
BATCH = 40


class Assembled(Frozen):
    """A request's content and the record of it. `cut` is how many of the oldest messages were left out."""

    messages: tuple[ChatMessage, ...]
    sent: SentContext
    temperature: float | None
    tokens: int
    cut: int = 0


def entity_text(entity: Entity, spec: KindSpec | None = None) -> str:
    """An entity as a model reads it, in the words of its kind."""
    spec = spec or kind_spec(entity.kind)
    lines = [f"### {entity.name} ({spec.label.lower()})"]
    if entity.aliases:
        lines.append("Also called: " + ", ".join(a.name for a in entity.aliases))
    if entity.summary:
        lines.append(entity.summary)
    lines += [f"- {spec.field_or_plain(name).label}: {_value(value)}" for name, value in entity.fields.items()]
    if entity.body:
        lines += ["", entity.body]
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, Link):
        return value.text
    if isinstance(value, dict):
        return str(value.get("text") or ", ".join(f"{k} {v}" for k, v in value.items()))
    if isinstance(value, list | tuple):
        return ", ".join(_value(v) for v in value)
    return "yes" if value is True else "no" if value is False else str(value)


def _system(project: Project, thread: Thread, entities: Iterable[Entity]) -> str:
    mode = find_mode(project, thread.assistant_mode)
    parts = [mode.instructions]
    if thread.audience != GM:
        parts.append("You speak to the players. Say nothing that isn't written here about secrets of this world.")
    if thread.behaviour_note.strip():
        parts.append(f"For this conversation: {thread.behaviour_note.strip()}")
    texts = [entity_text(e, kinds.spec_of(project, e.kind)) for e in entities]
    if texts:
        parts.append("## Established in this world\n\n" + "\n\n".join(texts))
    return "\n\n".join(parts)


def lens_of(project: Project, thread: Thread) -> Lens:
    """Whom the thread's answers are for, and as of which day of the world."""
    day = resolve(thread.as_of, project.calendars).hi if thread.as_of else None
    return Lens(audience=thread.audience, as_of=day)


def _entities(project: Project, wanted: Iterable[RecordId], lens: Lens) -> list[Entity]:
    """The live entities that a model may read for this audience, each once, in order, as the audience may know them."""
    found = (seen.record(project, entity_id, lens=lens) for entity_id in dict.fromkeys(wanted))
    return [e for e in found if isinstance(e, Entity) and e.ai_visibility != "never"]


def assemble(
    project: Project, thread_id: str, leaf_id: str, *, window: int = 0, continues: str | None = None
) -> Assembled:
    """Everything for an answer to the branch that ends at `leaf_id`.

    `window` is the model's size in tokens (0: unknown). `continues` is the text of an answer that is to go on.
    """
    thread = project.get(Thread, thread_id)
    path = tree(project, thread_id).path(leaf_id)
    newest = bodies(project, [n.id for n in path[-BATCH:]])
    mentioned = [entity_id for n in path[-BATCH:] if n.id in newest for entity_id in newest[n.id].entity_ids]
    entities = _entities(project, mentioned, lens_of(project, thread))
    system = _system(project, thread, entities)
    room = _room(window, system) - (estimate(continues) if continues else 0)
    chosen, tokens = _history(project, [n.id for n in path], newest, room)
    said = [ChatMessage(role=m.role, content=full_text(m)) for m in chosen]
    refs: list[dict[str, Any]] = [{"role": m.role, "ref": m.id} for m in chosen]
    if continues is not None:
        tail = [ChatMessage(role="assistant", content=continues), ChatMessage(role="user", content=CONTINUE)]
        said += tail
        refs += [{"role": m.role, "content": m.content} for m in tail]
    mode = find_mode(project, thread.assistant_mode)
    temperature = thread.temperature if thread.temperature is not None else mode.temperature
    cut = len(path) - len(chosen)
    params = {"mode": mode.slug, "temperature": temperature, "estimated_tokens": tokens + estimate(system)}
    sent = SentContext(
        system=system,
        messages=tuple(refs),
        entity_ids=tuple(e.id for e in entities),
        params=params | ({"messages_left_out": cut} if cut else {}),
    )
    return Assembled(
        messages=(ChatMessage(role="system", content=system), *said),
        sent=sent,
        temperature=temperature,
        tokens=tokens + estimate(system),
        cut=cut,
    )


def _room(window: int, system: str) -> int:
    size = window or UNKNOWN_WINDOW
    return size - min(int(size * ANSWER_SHARE), ANSWER_MOST) - estimate(system) - PER_MESSAGE


def _history(
    project: Project, path: list[RecordId], newest: dict[RecordId, Message], room: int
) -> tuple[list[Message], int]:
    """The newest messages that fit, at least the last one, in order; and their tokens."""
    chosen: list[Message] = []
    used = 0
    at = len(path)
    while at > 0:
        start = max(0, at - BATCH)
        batch = newest if at == len(path) else bodies(project, path[start:at])
        for message_id in reversed(path[start:at]):
            record = batch.get(message_id)
            if record is None or not full_text(record):
                continue
            cost = estimate(full_text(record)) + PER_MESSAGE
            if chosen and used + cost > room:
                return _from_user(chosen[::-1]), used
            chosen.append(record)
            used += cost
        at = start
    return chosen[::-1], used


def _from_user(messages: list[Message]) -> list[Message]:
    """A cut history begins with something that the user said: some models refuse anything else."""
    first = next((i for i, m in enumerate(messages) if m.role == "user"), 0)
    return messages[first:]


def context_size(project: Project, thread_id: str, *, window: int = 0) -> int:
    """Tokens that the next message of a thread would carry with it, beside its own."""
    thread = project.get(Thread, thread_id)
    path = tree(project, thread_id).path(thread.leaf_id)
    if not path:
        return estimate(_system(project, thread, ()))
    return assemble(project, thread_id, path[-1].id, window=window).tokens
