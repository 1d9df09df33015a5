"""What a model gets to read of a chat: the mode's instructions, the thread's note, the conversation, and the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.chat import Message, Thread
from studio.domain.dates import resolve
from studio.domain.lens import GM, Lens
from studio.services.chat.messages import bodies, full_text, tree
from studio.services.chat.modes import find_mode
from studio.services.context.asked import only_blueprint
from studio.services.context.draft import NO_CHOICES, Choices, Draft, budget_of
from studio.services.context.pieces import Piece, Wording, fixed
from studio.services.context.tokens import PER_MESSAGE, estimate
from studio.services.context.world import Established, Found, Wanted, gather
from studio.services.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.domain.ids import RecordId
    from studio.services.chat.tree import Node
    from studio.storage.project import Project

CONTINUE = "Your last message was cut off. Go on exactly where it stops. Don't repeat anything and don't comment on it."
FOR_PLAYERS = "You speak to the players. Say nothing that isn't written here about secrets of this world."
BATCH = 40
SHORT = 40
"""A message with fewer characters is looked up together with the one before it: “And then?” finds nothing."""

SPARE = 1.25
"""Messages are read until their rough count is this much over the budget: it may be too high by a fifth."""
_recent: Recent[tuple[tuple[Piece, ...], int]] = Recent("conversation", most=20)


class Question(NamedTuple):
    """What to look up for an answer, for whom and as of when."""

    query: str
    lens: Lens


def lens_of(project: Project, thread: Thread) -> Lens:
    """Whom the thread's answers are for, and as of which day of the world."""
    day = resolve(thread.as_of, project.calendars).hi if thread.as_of else None
    return Lens(audience=thread.audience, as_of=day)


def _thread(project: Project, of: str | Thread) -> Thread:
    return of if isinstance(of, Thread) else project.get(Thread, of)


def question(project: Project, of: str | Thread, leaf_id: str | None, typed: str | None = None) -> Question:
    """What the branch that ends at `leaf_id` asks; with `typed`, a message after it that isn't sent yet.

    `of` is a thread's id, or a thread that isn't stored yet.
    """
    thread = _thread(project, of)
    path = tree(project, thread.id).path(leaf_id) if leaf_id else []
    return Question(_asked(project, path, typed), lens_of(project, thread))


def _asked(project: Project, path: Sequence[Node], typed: str | None) -> str:
    ids = [n.id for n in path if n.role == "user"][-2:]
    said = [m.text for m in _in_order(project, ids)] + ([typed] if typed and typed.strip() else [])
    asked = said[-1] if said else ""
    return "\n".join(said[-2:]) if len(asked) < SHORT else asked


def assemble(
    project: Project,
    of: str | Thread,
    leaf_id: str | None,
    *,
    typed: str | None = None,
    named: Sequence[RecordId] = (),
    model: str = "",
    window: int = 0,
    continues: str | None = None,
    found: tuple[Found, ...] = (),
    choices: Choices = NO_CHOICES,
    established: Established = "draft",
) -> Draft:
    """Everything for an answer to the branch that ends at `leaf_id`, or to `typed` after it, which isn't sent.

    `window` is the model's size in tokens (0: unknown). `continues` is the text of an answer that is to go on.
    """
    thread = _thread(project, of)
    nodes = tree(project, thread.id).path(leaf_id) if leaf_id else []
    path = [n.id for n in nodes]
    newest = {m.id: m for m in _in_order(project, path[-BATCH:])}
    turn = [] if typed is not None or not path else [newest[path[-1]]]
    before = path if typed is not None else path[:-1]
    mode = find_mode(project, thread.assistant_mode)
    budget = budget_of(window)
    key = (thread.id, before[-1] if before else "", budget)
    history, older = _recent.get(project, key, lambda: _history(project, before, newest, budget))
    lens = lens_of(project, thread)
    told = gather(project, lens, _wanted(project, thread, turn, named, newest, found, choices, established, path))
    temperature = thread.temperature if thread.temperature is not None else mode.temperature
    return Draft(
        pieces=(
            *_instructions(thread, mode.instructions, mode.title), *history, *told.pieces,
            *_turn(turn, typed, continues),
        ),
        trimmed=told.trimmed, query=_asked(project, nodes, typed), model=model, budget=budget, lens=lens, older=older,
        params={"mode": mode.slug} | ({} if temperature is None else {"temperature": temperature}),
    )  # fmt: skip


def _in_order(project: Project, ids: Sequence[RecordId]) -> list[Message]:
    found = bodies(project, ids)
    return [found[i] for i in ids if i in found]


def _instructions(thread: Thread, standing: str, title: str) -> list[Piece]:
    pieces = [fixed("system", "mode", standing, name=title, reason="the assistant's mode")]
    if thread.audience != GM:
        pieces.append(fixed("system", "audience", FOR_PLAYERS, name="For the players", reason="the chat's audience"))
    if note := thread.behaviour_note.strip():
        text = f"For this conversation: {note}"
        pieces.append(fixed("system", "note", text, name="Note of this chat", reason="written by you"))
    return pieces


def _wanted(
    project: Project,
    thread: Thread,
    turn: Sequence[Message],
    named: Sequence[RecordId],
    newest: dict[RecordId, Message],
    found: tuple[Found, ...],
    choices: Choices,
    established: Established,
    path: Sequence[RecordId],
) -> Wanted:
    now = [*named, *(ref for m in turn for ref in m.entity_ids)]
    before = [ref for m in reversed(newest.values()) for ref in m.entity_ids]
    return Wanted(
        asked=(*((ref, "pinned by you") for ref in choices.pinned), *((ref, "named in this message") for ref in now)),
        earlier=tuple((ref, "named earlier in this chat") for ref in before),
        found=found,
        left_out=choices.left_out,
        blueprint_id=thread.blueprint_id or only_blueprint(project),
        established=established,
        skip_messages=frozenset(path),
    )


def _said(message: Message, text: str) -> Piece:
    name = {"user": "You", "assistant": "Answer"}.get(message.role, "Note")
    return Piece(
        group="conversation", role=message.role, weight="ranked", ref=message.id, rev=message.rev, kind="message",
        name=name, wordings=(Wording.of(text),),
    )  # fmt: skip


def _turn(turn: Iterable[Message], typed: str | None, continues: str | None) -> list[Piece]:
    mark = {"group": "turn", "weight": "must", "name": "Your message"}
    pieces = [_said(m, full_text(m)).model_copy(update=mark) for m in turn]
    if typed:
        pieces.append(_must("user", "message", typed, "Your message"))
    if continues is not None:
        pieces.append(_must("assistant", "partial", continues, "The answer so far"))
        pieces.append(_must("user", "continue", CONTINUE, "To go on"))
    return pieces


def _must(role: str, kind: str, text: str, name: str) -> Piece:
    return Piece.model_validate(
        {"group": "turn", "role": role, "weight": "must", "kind": kind, "name": name, "wordings": (Wording.of(text),)}
    )


def _history(
    project: Project, path: Sequence[RecordId], newest: dict[RecordId, Message], room: int
) -> tuple[tuple[Piece, ...], int]:
    """The newest messages that could fit, in order, and how many before them were not looked at."""
    chosen: list[Piece] = []
    used = 0
    at = len(path)
    while at > 0 and used < room * SPARE:
        start = max(0, at - BATCH)
        wanted = list(path[start:at])
        batch = newest if all(i in newest for i in wanted) else {m.id: m for m in _in_order(project, wanted)}
        for message_id in reversed(wanted):
            record = batch.get(message_id)
            text = full_text(record) if record is not None else ""
            if record is not None and text:
                chosen.append(_said(record, text))
                used += estimate(text) + PER_MESSAGE
        at = start
    return tuple(chosen[::-1]), at
