"""Verbs on sessions: the next one planned from the last, clues handed on until one session delivers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens, may_see
from studio.domain.record import Frozen
from studio.domain.text import line
from studio.domain.world import Entity, Link
from studio.domain.worldkit import Clue
from studio.services.world import entities, names, seen, sound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

SESSION = "session"
_EDITABLE = frozenset({"text", "about_id", "visibility"})


class ClueRow(Frozen):
    """A clue on a session's sheet. `place` is where it was given away: `here`, `elsewhere` or nowhere yet."""

    clue: Clue
    place: str = ""
    delivered: str = ""
    since: str = ""
    """The session that had it first, where that is another one."""
    about: str = ""


# ---- sessions ------------------------------------------------------------------------------------------------------


def sessions(project: Project) -> list[Entity]:
    """Every session, by number, then by age."""
    return sorted(project.all(Entity, "kind = ?", (SESSION,)), key=lambda one: (_number(one), one.id))


def _number(session: Entity) -> int:
    value = session.fields.get("number")
    return int(value) if isinstance(value, int | float) else 0


def next_session(project: Project, *, name: str = "") -> Entity:
    """Plan the next session: one number on, the same players' characters, and every clue that is still to be given."""
    known = sessions(project)
    last = known[-1] if known else None
    number = max((_number(one) for one in known), default=0) + 1
    fields: dict[str, Any] = {"number": number}
    present = last.fields.get("present") if last is not None else _characters(project)
    if present:
        fields["present"] = present
    title = name.strip() or f"Session {number}"
    with project.commit("session.next", f"Plan “{title}”"):
        made = entities.create_entity(project, kind=SESSION, name=title, fields=fields)
        take_over(project, made.id)
    return made


def _characters(project: Project) -> list[Link]:
    """The players' characters, for the first session."""
    found = [one for one in project.all(Entity, "kind = 'npc'") if one.fields.get("is_pc") is True]
    return [Link(text=one.name, ref=one.id) for one in found]


# ---- clues ---------------------------------------------------------------------------------------------------------


def add_clue(project: Project, session_id: RecordId, text: str, *, about_id: RecordId | None = None) -> Clue:
    """Write a secret or clue on a session's sheet."""
    session = project.get(Entity, session_id)
    if not (words := line(text)):
        raise Invalid("A clue needs words: what could be learned?")
    with project.commit("clue.add", f"New clue for “{session.name}”") as commit:
        return commit.put(Clue(text=words, planned_in=(session_id,), about_id=about_id))


def update_clue(project: Project, clue_id: RecordId, changes: Mapping[str, Any]) -> Clue:
    """Change parts of a clue: `text`, `about_id`, `visibility`."""
    if unknown := set(changes) - _EDITABLE:
        raise Invalid(f"A clue has no “{min(unknown)}”.")
    old = project.get(Clue, clue_id)
    new = Clue.model_validate(old.model_dump() | sound.tidied(project, changes))
    if not line(new.text):
        raise Invalid("A clue needs words: what could be learned?")
    if new == old:
        return old
    with project.commit("clue.update", f"Edit the clue “{_short(new)}”") as commit:
        return commit.put(new)


def deliver(project: Project, clue_id: RecordId, session_id: RecordId | None) -> Clue:
    """Say in which session a clue was given away; None takes that back."""
    clue = project.get(Clue, clue_id)
    planned = clue.planned_in
    if session_id is not None:
        project.get(Entity, session_id)
        planned = tuple(dict.fromkeys((*planned, session_id)))
    new = clue.model_copy(update={"delivered_in": session_id, "planned_in": planned})
    if new == clue:
        return clue
    words = "Give away" if session_id else "Take back"
    with project.commit("clue.deliver", f"{words} the clue “{_short(clue)}”") as commit:
        return commit.put(new)


def remove_clue(project: Project, clue_id: RecordId) -> None:
    """Take a clue away."""
    clue = project.get(Clue, clue_id)
    with project.commit("clue.remove", f"Remove the clue “{_short(clue)}”") as commit:
        commit.purge(clue.kind, clue.id)


def take_over(project: Project, session_id: RecordId) -> int:
    """Put every clue that no session has given away yet on this session's sheet too; gives how many came."""
    session = project.get(Entity, session_id)
    coming = [one for one in open_clues(project) if session_id not in one.planned_in]
    if coming:
        words = "a clue" if len(coming) == 1 else f"{len(coming)} clues"
        with project.commit("clue.take_over", f"Take {words} over to “{session.name}”") as commit:
            for clue in coming:
                commit.put(clue.model_copy(update={"planned_in": (*clue.planned_in, session_id)}))
    return len(coming)


def open_clues(project: Project) -> list[Clue]:
    """The clues that no session has given away, the oldest first."""
    return [one for one in project.all(Clue) if one.delivered_in is None]


def _short(clue: Clue) -> str:
    return clue.text if len(clue.text) <= 40 else f"{clue.text[:39]}…"


def sheet(project: Project, session_id: RecordId, lens: Lens = OPEN_EYES) -> list[ClueRow]:
    """The clues on a session's sheet, the open ones first. Players see those that were opened to them."""
    if session_id not in seen.visible(project, [session_id], lens=lens):
        return []
    clues = [one for one in project.all(Clue, "instr(data, ?)", (f'"{session_id}"',)) if session_id in one.planned_in]
    clues = [_shown(project, one, lens) for one in clues if may_see(lens.audience, one.visibility)]
    ids = {ref for one in clues for ref in (one.delivered_in, one.about_id, *one.planned_in) if ref}
    known = {ref: name for ref, (name, _) in names.labels(project, ids, lens=lens).items()} if ids else {}
    rows = [_row(one, session_id, known) for one in clues]
    return sorted(rows, key=lambda row: (row.place == "elsewhere", row.clue.id))


def _shown(project: Project, clue: Clue, lens: Lens) -> Clue:
    """A clue as the lens shows it: where else it was planned is the game master's."""
    if lens.is_gm:
        return clue
    known = seen.visible(project, [*clue.planned_in, clue.delivered_in, clue.about_id], lens=lens)
    return Clue(
        id=clue.id, text=seen.text(project, clue.text, lens), visibility=clue.visibility,
        planned_in=tuple(one for one in clue.planned_in if one in known),
        delivered_in=clue.delivered_in if clue.delivered_in in known else None,
        about_id=clue.about_id if clue.about_id in known else None,
    )  # fmt: skip


def _row(clue: Clue, session_id: RecordId, shown: dict[RecordId, str]) -> ClueRow:
    first, place = next(iter(clue.planned_in), session_id), ""
    if clue.delivered_in is not None:
        place = "here" if clue.delivered_in == session_id else "elsewhere"
    return ClueRow(
        clue=clue,
        place=place,
        delivered=shown.get(clue.delivered_in, "") if clue.delivered_in else "",
        since=shown.get(first, "") if first != session_id else "",
        about=shown.get(clue.about_id, "") if clue.about_id else "",
    )
