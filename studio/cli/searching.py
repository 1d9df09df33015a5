"""The command that finds: names and texts as typed, and whatever answers a question, with the reasons."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from studio.cli.projects import lens_of, opened
from studio.domain.errors import Invalid
from studio.domain.lens import Lens, audience_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from pathlib import Path

    from studio.cli.output import Output
    from studio.services.find import Hit
    from studio.services.retrieval.query import Retrieved
    from studio.services.workspace import Workspace
    from studio.storage.project import Project


def search(arguments: Namespace, output: Output) -> int:
    """Find names and texts, and what answers a question; with --batch many questions, one line of JSON for each."""
    if bool(arguments.query) == bool(arguments.batch):
        raise Invalid("Give either the words to find or --batch with a file of questions.")
    with opened(arguments.file) as workspace:
        if arguments.batch:
            for line in _batch(workspace, arguments):
                print(json.dumps(line, ensure_ascii=False), flush=True)
            return 0
        return _one(workspace, arguments, output)


def _one(workspace: Workspace, arguments: Namespace, output: Output) -> int:
    from studio.services.find import MARK, UNMARK, find

    lens = lens_of(workspace, arguments)
    typed = workspace.run_now(find, arguments.query, limit=arguments.limit, lens=lens)
    found = _ask(workspace, arguments.query, arguments.limit, lens)
    data = _merged(typed, found)[: arguments.limit]
    for hit in data:
        hit["snippet"] = hit["snippet"].replace(MARK, "").replace(UNMARK, "")
    lines = [f"{hit['kind']:>10}  {hit['name']}  ({_reason(hit)})  {hit['snippet']}".rstrip() for hit in data]
    answer = {"query": arguments.query, "weak": found.weak, "ms": found.ms, "hits": data}
    return output.result(answer, lines or "Nothing was found.")


def _merged(typed: list[Hit], found: Retrieved) -> list[dict[str, Any]]:
    """What fits as typed comes first where a word or two were typed; a question's answers come first otherwise."""
    asked = {hit.record: _hit(hit) for hit in found.hits if not hit.loose} if not (found.weak and typed) else {}
    plain = {
        hit.id: hit.model_dump(mode="json", include={"id", "kind", "name", "score", "snippet"})
        | {"why": [{"how": "words", "text": hit.why}], "spans": []}
        for hit in typed
    }
    both = plain | asked if typed else {} if found.weak else asked
    return list(both.values())


def _hit(hit: Any) -> dict[str, Any]:
    data = hit.model_dump(mode="json", exclude={"record", "loose"})
    data["why"] = [why.model_dump(mode="json", exclude_defaults=True) for why in hit.why]
    return {"id": hit.record, **data}


def _reason(hit: dict[str, Any]) -> str:
    return "; ".join(why["text"] for why in hit["why"][:2]) or "Near by"


# ---- many at once ------------------------------------------------------------------------------------------------


def _batch(workspace: Workspace, arguments: Namespace) -> Iterator[dict[str, Any]]:
    for question in _questions(arguments.batch):
        lens = workspace.run_now(_lens, question, arguments)
        found = _ask(workspace, question["q"], int(question.get("k") or arguments.limit), lens)
        hits = [_hit(hit) for hit in found.hits]
        yield {"id": question.get("id"), "ms": found.ms, "weak": found.weak, "hits": hits}


def _questions(path: Path) -> list[dict[str, Any]]:
    """One JSON object with `q` on each line; `-` reads them from stdin."""
    text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    found = []
    for n, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except ValueError:
            data = None
        if not isinstance(data, dict) or not isinstance(data.get("q"), str):
            raise Invalid(f"Line {n} of “{path.name}” is no question. Each line is a JSON object with “q”.")
        found.append(data)
    return found


def _lens(project: Project, question: dict[str, Any], arguments: Namespace) -> Lens:
    from studio.services.world.lenses import day_of, lens_for

    audience, as_of = question.get("audience") or arguments.audience, question.get("as_of")
    if as_of is None:
        return lens_for(project, audience=audience, as_of=arguments.as_of)
    words = as_of if isinstance(as_of, str) else json.dumps(as_of)
    return Lens(audience=audience_of(audience), as_of=day_of(project, words))


def _ask(workspace: Workspace, text: str, k: int, lens: Lens) -> Retrieved:
    from studio.services.retrieval.query import Query
    from studio.services.retrieval.retrieve import answer

    return workspace.run_now(answer, Query(text=text, k=k, lens=lens))
