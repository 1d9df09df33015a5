"""Commands that bring files in and take the project out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.cli.output import plural
from studio.cli.projects import lens_of, opened
from studio.cli.safety import backups_to_keep
from studio.services.exchange import export_project, import_parsed
from studio.services.exchange.apart import read_apart

if TYPE_CHECKING:
    from argparse import Namespace

    from studio.cli.output import Output


def bring(arguments: Namespace, output: Output) -> int:
    """Import; a backup is made first where the project has something to lose."""
    from studio.services import backup
    from studio.services.overview import counts

    with opened(arguments.file) as workspace:
        if not arguments.dry_run and workspace.run_now(counts)["commit"] > 1:
            workspace.run_now(backup.make, reason="import", force=False, keep=backups_to_keep())
        parsed = [read_apart(source) for source in arguments.sources]
        report = workspace.run_now(import_parsed, parsed, dry_run=arguments.dry_run)
    verb = "Would import" if arguments.dry_run else "Imported"
    lines = [f"{verb} {report.title or report.format}: {report.sentence}."]
    lines += [f"  {number:>6}  {kind.replace('_', ' ')}" for kind, number in report.kinds.items()]
    lines += [f"  - {r.what}: {r.why}" for r in report.reasons[:20]]
    if len(report.reasons) > 20:
        lines.append(f"  … and {plural(len(report.reasons) - 20, 'more note')}; --json lists them")
    return output.result({"report": report}, lines)


def formats(_arguments: Namespace, output: Output) -> int:
    """List what can come in and go out."""
    from studio.services.exchange.exporting import EXPORTS
    from studio.services.exchange.formats import FORMATS

    coming = [f"  {one.title}: {one.kept} Lost: {one.lost}" for one in FORMATS]
    going = [f"  {name}: {one.title}. Lost: {one.lost}" for name, one in EXPORTS.items()]
    found = {
        "import": [one._asdict() for one in FORMATS],
        "export": [{"id": name, **one._asdict()} for name, one in EXPORTS.items()],
    }
    return output.result(found, ["Comes in:", *coming, "", "Goes out:", *going])


def take(arguments: Namespace, output: Output) -> int:
    """Export."""
    with opened(arguments.file) as workspace:
        lens = lens_of(workspace, arguments)
        done = workspace.run_now(export_project, arguments.dest, format=arguments.format, lens=lens)
    total = sum(done.counts.values())
    return output.result(done, f"Wrote {plural(total, 'file' if 'file' in done.counts else 'record')} to {done.path}")
