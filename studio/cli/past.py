"""Commands on what was done: undo, redo, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.cli.projects import opened
from studio.domain.errors import NotFound
from studio.services import history as past

if TYPE_CHECKING:
    from argparse import Namespace

    from studio.cli.output import Output
    from studio.domain.commit import Change, Commit
    from studio.storage.project import Project


def undo(arguments: Namespace, output: Output) -> int:
    """Take the newest change back."""
    return _step(arguments, output, past.undo, "Undone")


def redo(arguments: Namespace, output: Output) -> int:
    """Do it again."""
    return _step(arguments, output, past.redo, "Redone")


def _step(arguments: Namespace, output: Output, verb: Any, word: str) -> int:
    with opened(arguments.file) as workspace:
        commit: Commit = workspace.run_now(verb)
        state = workspace.run_now(past.state)
    data = {word.lower(): commit.message, "commit": _head(commit), "next": state}
    return output.result(data, f"{word}: {commit.message}")


def history(arguments: Namespace, output: Output) -> int:
    """List changes, or show one, or those of one record."""
    with opened(arguments.file) as workspace:
        if not arguments.id:
            commits = workspace.run_now(past.entries, limit=arguments.limit)
            return output.result({"commits": [_head(c) for c in commits]}, [_line(c) for c in commits])
        found = workspace.run_now(_of_record, arguments.id, arguments.limit)
        if found:
            data = {"record": arguments.id, "changes": [_head(c) | _change(change) for c, change in found]}
            return output.result(data, [line for c, change in found for line in (_line(c), *_words(change))])
        try:
            commit = workspace.run_now(past.entry, arguments.id)
        except NotFound:
            raise NotFound(f"Neither a change nor a record of this project has the id “{arguments.id}”.") from None
    data = _head(commit) | {"changes": [_change(change) for change in commit.changes]}
    return output.result(data, [_line(commit), *(line for change in commit.changes for line in _words(change))])


def _of_record(project: Project, record_id: str, limit: int) -> list[tuple[Commit, Change]]:
    return past.of_record(project, record_id, limit=limit)  # pyright: ignore[reportArgumentType]


def _head(commit: Commit) -> dict[str, Any]:
    return commit.model_dump(mode="json", exclude={"changes"})


def _line(commit: Commit) -> str:
    step = f" [{commit.step}]" if commit.step in ("undo", "redo") else ""
    return f"{commit.seq:>6}  {commit.time:%Y-%m-%d %H:%M}  {commit.message}{step}  ({commit.author}, {commit.id[:13]})"


def _change(change: Change) -> dict[str, Any]:
    fields = [{"field": f, "before": b, "after": a} for f, b, a in past.diff(change.before, change.after)]
    return {"record": change.record, "record_kind": change.kind, "fields": fields}


def _words(change: Change) -> list[str]:
    data = change.after or change.before or {}
    name = data.get("name") or data.get("title") or change.record
    verb = "new" if change.before is None else "gone" if change.after is None else "changed"
    lines = [f"          {change.kind} “{name}”: {verb}"]
    if verb == "changed":
        lines += [f"            {f}: {_short(b)} → {_short(a)}" for f, b, a in past.diff(change.before, change.after)]
    return lines


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
