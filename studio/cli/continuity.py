"""The command that checks a project's world against itself."""

from __future__ import annotations

import asyncio
from itertools import groupby
from typing import TYPE_CHECKING

from studio.cli.output import DONE, REFUSED, plural
from studio.cli.projects import lens_of, opened
from studio.services.continuity.report import report
from studio.services.continuity.rulings import TYPE_WORDS

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from studio.cli.output import Output
    from studio.services.continuity.judge import Judged
    from studio.services.continuity.report import Line, Report
    from studio.services.workspace import Workspace


def check(arguments: Namespace, output: Output) -> int:
    """Look for what can't be true together. Gives 1 where an error stands open."""
    with opened(arguments.file) as workspace:
        lens = lens_of(workspace, arguments)
        judged = _judged(workspace, arguments) if arguments.judge else None
        found = workspace.run_now(
            report, types=tuple(arguments.type), answered=arguments.all, lens=lens,
            more=judged.findings if judged else (),
        )  # fmt: skip
    for warning in judged.warnings if judged else ():
        output.progress(warning)
    output.result(found, _words(found))
    return REFUSED if found.errors else DONE


def _judged(workspace: Workspace, arguments: Namespace) -> Judged:
    """What a model says of the pairs that the rules leave open."""
    from studio.services.asking import judged_by_model

    return asyncio.run(judged_by_model(workspace, arguments.judge, most=arguments.pairs))


def _words(found: Report) -> Iterator[str]:
    for (severity, type_), lines in groupby(found.findings, key=lambda line: (line.severity, line.type)):
        many = list(lines)
        yield f"{TYPE_WORDS[type_]} · {plural(len(many), severity)}"
        for line in many:
            yield from _finding(line)
        yield ""
    head = f"{plural(len(found.findings), 'finding')} in {plural(found.checked, 'record')}"
    rest = f", {plural(found.answered, 'more')} answered already" if found.answered else ""
    yield f"{head}{rest} ({found.seconds:.1f} s)."


def _finding(line: Line) -> Iterator[str]:
    answered = "" if line.state == "open" else f"  [{line.state}: {line.because}]"
    yield f"  {' · '.join(line.about)}{answered}"
    yield f"    {line.why}"
    yield from (f"      - {side.says or side.quote}" for side in line.sides)
