"""Commands on answers: read them for things to save, and save them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from studio.cli.output import DONE, plural
from studio.cli.projects import opened
from studio.domain.errors import ImportRefused

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from studio.cli.output import Output
    from studio.domain.candidate import Changeset, Extraction, Known
    from studio.storage.project import Project


def extract(arguments: Namespace, output: Output) -> int:
    """Read every file; one line for each, in the order given."""
    from studio.services.extraction.lines import prediction_line, read_known

    known = read_known(arguments.known) if arguments.known else []
    texts = [(path, _verbatim(path)) for path in arguments.files]
    for path, found in _extracted(arguments, texts, known):
        for warning in found.warnings:
            print(f"{path}: {warning}", file=sys.stderr)
        if arguments.jsonl or output.as_json:
            print(json.dumps(prediction_line(str(path), found), ensure_ascii=False), flush=True)
        else:
            print("\n".join(_words(path, found)))
    return DONE


def _extracted(arguments: Namespace, texts: list[tuple[Path, str]], known: Sequence[Known]) -> Any:
    if arguments.model:
        from studio.cli.asking import extracted_by_model

        yield from extracted_by_model(arguments.model, texts, known)
        return
    from studio.services.extraction import OfflineExtractor

    extractor = OfflineExtractor()
    for path, text in texts:
        yield path, extractor.extract(text, known=known)


def _verbatim(path: Path) -> str:
    """The text exactly as it is in the file, so that spans fit it."""
    from studio.services.exchange.reading import MAX_TEXT, read_bytes

    try:
        return read_bytes(path, limit=MAX_TEXT).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ImportRefused(f"“{path.name}” isn't text in UTF-8. Save it as UTF-8 and try again.") from error


def _words(path: Path, found: Extraction) -> list[str]:
    lines = [f"{path}: {plural(len(found.candidates), 'thing')} to save ({1000 * found.seconds:.0f} ms)"]
    for one in found.candidates:
        if one.target == "entity":
            lines.append(f"  {one.kind:>12}  {one.name}  ({one.op}, {one.confidence:.0%})")
        elif one.target == "relation":
            lines.append(f"  {'relation':>12}  {one.from_name} → {one.type} → {one.to_name}  ({one.confidence:.0%})")
        else:
            lines.append(f"  {one.target:>12}  {', '.join(one.fields)}")
    return lines


def apply(arguments: Namespace, output: Output) -> int:
    """Read an answer and save what is sure enough, in one change."""
    from studio.services.exchange.plain import read_answer
    from studio.services.review import paste_and_apply

    from_stdin = str(arguments.text) == "-"
    text = sys.stdin.read() if from_stdin else read_answer(arguments.text)
    title = "Pasted answer" if from_stdin else arguments.text.stem
    with opened(arguments.file) as workspace:
        artifact, changeset = workspace.run_now(
            paste_and_apply, text, title=title, min_confidence=arguments.min_confidence
        )
        made = workspace.run_now(made_by, changeset)
    data = {"changeset": changeset, "artifact_id": artifact.id, "saved": made}
    lines = [f"Saved {plural(len(made), 'thing')} in one change; “undo” takes it back."]
    lines += [f"  {one['kind'].replace('_', ' '):>12}  {one['name']}" for one in made]
    return output.result(data, lines)


def made_by(project: Project, changeset: Changeset) -> list[dict[str, str]]:
    """What an apply made or changed: key of the candidate, kind, id and name of each record."""
    from studio.services.overview import described

    return [{"key": key, **described(project, record_id)} for key, record_id in changeset.made.items()]
