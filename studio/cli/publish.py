"""The command that lets things out through the publish gate: entries as canon, the world as an audience gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.cli.exchange import lost_lines, summed
from studio.cli.output import REFUSED, plural
from studio.cli.projects import lens_of, opened
from studio.domain.lens import OPEN_EYES
from studio.services.continuity import publish as gate
from studio.services.exchange import export_project
from studio.services.workspace import author_name
from studio.services.world import lookup, rows

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from studio.cli.output import Output
    from studio.domain.ids import RecordId
    from studio.domain.lens import Lens
    from studio.services.continuity.publish import Override, Report
    from studio.services.workspace import Workspace

_SHOWN = 12


def publish(arguments: Namespace, output: Output) -> int:
    """Say what the gate says, and where that is asked for go through it. Refused with the report where it is shut."""
    with opened(arguments.file) as workspace:
        lens = lens_of(workspace, arguments)
        ids = [workspace.run_now(lookup.meant, name) for name in arguments.names]
        whole = arguments.to is not None or (not ids and lens != OPEN_EYES)
        if not whole and not ids:
            ids = workspace.run_now(rows.with_status, "reviewed")
        report = _report(workspace, ids, lens, whole=whole)
        shut = report.blocked and not arguments.override
        done = None if shut else _go(workspace, arguments, report, ids, lens)
        passed = workspace.run_now(gate.let_pass)
    data = {
        "report": report, "blocked": report.blocked, "sentence": report.sentence, "done": done, "let_pass": passed,
    }  # fmt: skip
    lines = [*_lines(report), *([done] if done else [])]
    output.result(data, lines)
    return REFUSED if shut else 0


def _report(workspace: Workspace, ids: list[RecordId], lens: Lens, *, whole: bool) -> Report:
    if whole:
        return workspace.run_now(gate.report_export, lens=lens)
    return workspace.run_now(gate.report_canon, ids)


def _go(workspace: Workspace, arguments: Namespace, report: Report, ids: list[RecordId], lens: Lens) -> str | None:
    """Do what was asked for; gives a sentence of what was done."""
    who = _override(arguments)
    if arguments.to is not None:
        workspace.run_now(gate.let_out, report, arguments.to.name, who)
        about = [workspace.run_now(lookup.meant, name, lens=lens) for name in arguments.about]
        made = workspace.run_now(
            export_project, arguments.to, format=arguments.format, lens=lens, document=arguments.document, about=about
        )
        return "\n".join([f"Wrote {summed(made)} to {made.path}", *lost_lines(made)])
    if arguments.make_canon:
        count = workspace.run_now(gate.set_status, ids, "canon", override=who)
        return f"Made {plural(count, 'entry', 'entries')} canon."
    return None


def _override(arguments: Namespace) -> Override | None:
    if not arguments.override:
        return None
    return gate.Override(name=arguments.by or author_name(), reason=arguments.override)


def _lines(report: Report) -> Iterator[str]:
    yield report.sentence
    for part in report.parts:
        yield f"  {part.title:<12} {part.verdict:<7} {part.sentence}"
        for one in part.problems[:_SHOWN]:
            quote = f"  “{one.quote}”" if one.quote else ""
            yield f"    {one.weight:<8} {one.name}: {one.why}{quote}"
        if len(part.problems) > _SHOWN:
            yield f"    … and {len(part.problems) - _SHOWN} more; --json lists them"
