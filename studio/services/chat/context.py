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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

CONTINUE = "Your last message was cut off. Go on exactly where it stops. Don't repeat anything and don't comment on it."
FOR_PLAYERS = "You speak to the players. Say nothing that isn't written here about secrets of this world."
BATCH = 40
SHORT = 40
"""A message with fewer characters is looked up together with the one before it: “And then?” finds nothing."""


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
    path = [n for n in tree(project, thread.id).path(leaf_id) if n.role == "user"][-2:] if leaf_id else []
    said = [m.text for m in _in_order(project, [n.id for n in path])] + ([typed] if typed and typed.strip() else [])
    asked = said[-1] if said else ""
    return Question("\n".join(said[-2:]) if len(asked) < SHORT else asked, lens_of(project, thread))


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
    path = [n.id for n in tree(project, thread.id).path(leaf_id)] if leaf_id else []
    newest = {m.id: m for m in _in_order(project, path[-BATCH:])}
    turn = [] if typed is not None or not path else [newest[path[-1]]]
    before = path if typed is not None else path[:-1]
    mode = find_mode(project, thread.assistant_mode)
    budget = budget_of(window)
    history, older = _history(project, before, newest, budget)
    lens = lens_of(project, thread)
    told = gather(project, lens, _wanted(project, thread, turn, named, newest, found, choices, established, path))
    asked, _ = question(project, thread, leaf_id, typed)
    temperature = thread.temperature if thread.temperature is not None else mode.temperature
    return Draft(
        pieces=(
            *_instructions(thread, mode.instructions, mode.title), *map(_said, history), *told.pieces,
            *_turn(turn, typed, continues),
        ),
        trimmed=told.trimmed, query=asked, model=model, budget=budget, lens=lens, older=older,
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


def _said(message: Message) -> Piece:
    name = {"user": "You", "assistant": "Answer"}.get(message.role, "Note")
    return Piece(
        group="conversation", role=message.role, weight="ranked", ref=message.id, rev=message.rev, kind="message",
        name=name, wordings=(Wording.of(full_text(message)),),
    )  # fmt: skip


def _turn(turn: Iterable[Message], typed: str | None, continues: str | None) -> list[Piece]:
    pieces = [_said(m).model_copy(update={"group": "turn", "weight": "must", "name": "Your message"}) for m in turn]
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
) -> tuple[list[Message], int]:
    """The newest messages that could fit, in order, and how many before them were not looked at."""
    chosen: list[Message] = []
    used = 0
    at = len(path)
    while at > 0 and used < room * 1.5:
        start = max(0, at - BATCH)
        wanted = list(path[start:at])
        batch = newest if all(i in newest for i in wanted) else {m.id: m for m in _in_order(project, wanted)}
        for message_id in reversed(wanted):
            record = batch.get(message_id)
            if record is not None and full_text(record):
                chosen.append(record)
                used += estimate(full_text(record)) + PER_MESSAGE
        at = start
    return chosen[::-1], at
