"""The command that checks a project's world against itself."""

from __future__ import annotations

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
    from studio.services.continuity.report import Line, Report


def check(arguments: Namespace, output: Output) -> int:
    """Look for what can't be true together. Gives 1 where an error stands open."""
    with opened(arguments.file) as workspace:
        lens = lens_of(workspace, arguments)
        found = workspace.run_now(report, types=tuple(arguments.type), answered=arguments.all, lens=lens)
    output.result(found, _words(found))
    return REFUSED if found.errors else DONE


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
