"""Commands that bring files in and take the project out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.cli.output import plural
from studio.cli.projects import lens_of, opened
from studio.cli.safety import backups_to_keep
from studio.domain.errors import Conflict
from studio.domain.lens import OPEN_EYES
from studio.services.continuity import leaks
from studio.services.exchange import (
    DEFAULT_DOCUMENT,
    DOCUMENT_FORMATS,
    DOCUMENTS,
    export_project,
    gather_document,
    import_parsed,
    noted,
    write_document,
)
from studio.services.exchange.apart import read_apart
from studio.services.world import lookup

if TYPE_CHECKING:
    from argparse import Namespace

    from studio.cli.output import Output
    from studio.domain.lens import Lens
    from studio.services.exchange import Exported
    from studio.services.exchange.publishing.document import Document
    from studio.services.workspace import Workspace


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
    """Export. A document for players is held back where it gives away what they may not know."""
    with opened(arguments.file) as workspace:
        arguments.audience = arguments.audience or audience_for(arguments)
        lens = lens_of(workspace, arguments)
        if arguments.format not in DOCUMENT_FORMATS:
            done = workspace.run_now(
                export_project, arguments.dest, format=arguments.format, lens=lens, document=arguments.document,
                about=arguments.about,
            )  # fmt: skip
        else:
            gathered = document_of(workspace, arguments, lens)
            _hold_back(workspace, lens, gathered)
            done = write_document(workspace.path, gathered, arguments.dest, format=arguments.format)
            workspace.run_now(noted, done, lens=lens)
    return output.result(done, [f"Wrote {summed(done)} to {done.path}", *lost_lines(done)])


def audience_for(arguments: Namespace) -> str:
    """For whom an export is where nobody says so: most documents are for players."""
    if arguments.format not in DOCUMENT_FORMATS:
        return OPEN_EYES.audience
    return DOCUMENTS[arguments.document or DEFAULT_DOCUMENT].audience


def document_of(workspace: Workspace, arguments: Namespace, lens: Lens) -> Document:
    """What stands in the document that was asked for, with the entries of `--about` found by name."""
    about = [workspace.run_now(lookup.meant, name, lens=lens) for name in arguments.about]
    return workspace.run_now(gather_document, lens=lens, document=arguments.document, about=about)


def _hold_back(workspace: Workspace, lens: Lens, document: Document) -> None:
    """Raises Conflict where a text in it names or quotes what its readers may not know."""
    mine = [one for one in workspace.run_now(leaks.leaks, lens=lens) if one.record in document.records]
    if mine:
        more = f" There are {len(mine) - 1} more." if len(mine) > 1 else ""
        raise Conflict(
            f"“{mine[0].name}” would give something away: it {mine[0].why} (“{mine[0].quote}”).{more}",
            hint="Change the words, or look at `publish FILE --audience party`, which lets it out for a reason.",
        )


def summed(done: Exported) -> str:
    """What was written, in a few words."""
    if "section" in done.counts:
        images = done.counts["image"]
        with_images = f" with {plural(images, 'image')}" if images else ""
        return f"{plural(done.counts['section'], 'section')}{with_images}"
    return plural(sum(done.counts.values()), "file" if "file" in done.counts else "record")


def lost_lines(done: Exported) -> list[str]:
    """What the format couldn't hold."""
    return [f"  - {one.what}: {one.why}" for one in done.lost]
