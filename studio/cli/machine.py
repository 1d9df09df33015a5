"""Commands about this machine and this installation."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from studio.cli.output import DONE, REFUSED, plural, refuse

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from studio.cli.output import Output
    from studio.services.demo import Demo, Step

_MARKS = {"ok": "ok      ", "warn": "without ", "missing": "MISSING "}


def doctor(arguments: Namespace, output: Output) -> int:
    """Say what is installed, found and missing; with `--sweep` let go of indexes whose projects are gone."""
    from studio.services.doctor import examine
    from studio.services.retrieval import sweeping

    swept = sweeping.sweep(gone_days=0) if arguments.sweep else []
    if arguments.sweep:
        freed = sum(one.bytes for one in swept) / 1e6
        output.progress(f"Removed {plural(len(swept), 'search index', 'search indexes')}: {freed:.1f} MB are free.")
    found = examine()
    missing = [f for f in found if f.state == "missing"]
    lines = [f"{_MARKS[f.state]} {f.name}: {f.detail}" + (f" — {f.advice}" if f.advice else "") for f in found]
    output.result({"ok": not missing, "findings": found, "swept": swept}, lines)
    return (
        refuse(f"{plural(len(missing), 'thing')} missing: {', '.join(f.name for f in missing)}.") if missing else DONE
    )


def demo(arguments: Namespace, output: Output) -> int:
    """Do the main job on the sample."""
    from studio.services.demo import run_demo

    path = _demo_path(arguments.folder)
    output.progress(f"Doing the main job on the sample campaign, in {path}\n")
    done = run_demo(path, tell=lambda step: output.progress(_line(step)))
    picture = _pictured(path, arguments.screenshot) if arguments.screenshot else None
    data = done.model_dump(mode="json") | {"screenshot": str(picture) if picture else None}
    return output.result(data, _closing_words(done, picture))


def _line(step: Step) -> str:
    return f"  {step.milliseconds:8.1f} ms  {step.name}" + (f" ({step.detail})" if step.detail else "")


def _closing_words(done: Demo, picture: Path | None) -> list[str]:
    lines = ["", f"Saved {plural(len(done.saved), 'thing')} from one answer, in one change:"]
    lines += [f"  {one['kind'].replace('_', ' '):>12}  {one['name']}" for one in done.saved]
    lines += ["", f"Project: {done.path}", f"Backup:  {done.backup}"]
    return lines + ([f"Picture: {picture}"] if picture else [])


def _demo_path(folder: Path | None) -> Path:
    from studio.services.folders import data_dir

    place = folder or data_dir() / "demo"
    place.mkdir(parents=True, exist_ok=True)
    path, n = place / f"Demo {datetime.now().astimezone():%Y-%m-%d %H.%M.%S}.ttrpg", 2
    while path.exists():
        path, n = path.with_name(f"{path.stem} {n}.ttrpg"), n + 1
    return path


def _pictured(project: Path, picture: Path) -> Path:
    from studio.services.picture import take_picture

    return take_picture(project, picture)


def selftest(_arguments: Namespace, output: Output) -> int:
    """Prove that the installation works."""
    from studio.services.selftest import run_selftest

    found = run_selftest(
        tell=lambda o: output.progress(f"{'ok  ' if o.ok else 'FAIL'} {o.name}: {o.detail} ({o.seconds} s)")
    )
    broken = [o.name for o in found if not o.ok]
    if output.as_json:
        output.result({"ok": not broken, "outcomes": found}, "")
    return REFUSED if broken and refuse(f"The self-test failed: {', '.join(broken)}.") else DONE
