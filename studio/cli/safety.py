"""Commands that keep a project safe: backup, restore, verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.cli.output import DONE, plural, refuse
from studio.cli.projects import opened
from studio.services import backup as safe

if TYPE_CHECKING:
    from argparse import Namespace

    from studio.cli.output import Output


def backup(arguments: Namespace, output: Output) -> int:
    """Make and verify a backup."""
    with opened(arguments.file) as workspace:
        made = workspace.run_now(safe.make, reason="manual", keep=backups_to_keep())
    assert made is not None
    if arguments.to:
        safe.copy_backup(made, arguments.to)
    where = arguments.to or made.path
    return output.result(
        {
            "path": str(made.path),
            "copy": str(arguments.to) if arguments.to else None,
            "verified": True,
            "commits": made.seq,
        },
        f"Backed up and verified, {plural(made.seq, 'change')}: {where}",
    )


def backups_to_keep() -> int:
    """As the user chose it for the window."""
    from studio.services.folders import config_dir
    from studio.settings import SettingsStore

    return SettingsStore(config_dir()).value.backup_keep


def restore(arguments: Namespace, output: Output) -> int:
    """List backups, or put one in the file's place."""
    if arguments.list:
        found = safe.backups_of(arguments.file)
        lines = [f"{b.at:%Y-%m-%d %H:%M} UTC  {b.reason:<9}  {plural(b.seq, 'change'):>14}  {b.path}" for b in found]
        return output.result({"backups": found}, lines or "There are no backups of this project here.")
    done = safe.restore(arguments.file, backup=arguments.backup)
    kept = f" What was there before is now {done.kept}." if done.kept else ""
    return output.result(done, f"Restored {done.path} from {done.backup}.{kept}")


def compact(arguments: Namespace, output: Output) -> int:
    """Let removed images leave the file, after a backup."""
    from studio.services import compacting

    with opened(arguments.file) as workspace:
        if arguments.dry_run:
            found = workspace.run_now(compacting.unused, days=arguments.keep)
        else:
            found = workspace.run_now(compacting.compact, days=arguments.keep, keep_backups=backups_to_keep())
    what = f"{plural(len(found.images), 'image')} and {plural(found.texts, 'text')} that nothing names"
    if arguments.dry_run:
        lines = [f"Would let go of {what}: {_mb(found.bytes)} of {_mb(found.before)}."]
    else:
        lines = [f"Let go of {what}: the file had {_mb(found.before)} and has {_mb(found.after)}."]
        lines += [f"All of it is still in the backup {found.backup}"]
    return output.result(found, [*lines, *(f"  - {name}" for name in found.images)])


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def verify(arguments: Namespace, output: Output) -> int:
    """Check a file."""
    verdict = safe.verify(arguments.file)
    if not verdict.ok:
        if output.as_json:
            output.result(verdict, "")
        return refuse(verdict.sentence)
    output.result(verdict, verdict.sentence)
    return DONE
