"""The command that finds: names and texts as typed, and whatever answers a question, with the reasons."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any

from studio.cli.output import DONE
from studio.cli.projects import lens_of, opened
from studio.domain.errors import Invalid
from studio.domain.lens import Lens, audience_of
from studio.services.retrieval.query import Query

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from studio.cli.output import Output
    from studio.services.find import Hit
    from studio.services.retrieval.indexing import Progress
    from studio.services.retrieval.query import Retrieved
    from studio.services.workspace import Workspace
    from studio.storage.project import Project


def search(arguments: Namespace, output: Output) -> int:
    """Find names and texts, and what answers a question; with --batch many questions, one line of JSON for each."""
    if bool(arguments.query) == bool(arguments.batch):
        raise Invalid("Give either the words to find or --batch with a file of questions.")
    with opened(arguments.file) as workspace:
        if arguments.batch:
            return _batch(workspace, arguments)
        return _one(workspace, arguments, output)


def _one(workspace: Workspace, arguments: Namespace, output: Output) -> int:
    from studio.services.find import MARK, UNMARK, find
    from studio.services.retrieval.joining import asks

    lens = lens_of(workspace, arguments)
    typed = workspace.run_now(find, arguments.query, limit=arguments.limit, lens=lens)
    vectors = asks(arguments.query) and not arguments.no_vectors
    query = Query(text=arguments.query, k=arguments.limit, lens=lens)
    found = asyncio.run(_all(workspace, [query], vectors=vectors))[0]
    data = _merged(typed, found)[: arguments.limit]
    for hit in data:
        hit["snippet"] = hit["snippet"].replace(MARK, "").replace(UNMARK, "")
    lines = [f"{hit['kind']:>10}  {hit['name']}  ({_reason(hit)})  {hit['snippet']}".rstrip() for hit in data]
    answer = {"query": arguments.query, "weak": found.weak, "ms": found.ms, "hits": data}
    return output.result(answer, lines or "Nothing was found.")


async def _all(workspace: Workspace, queries: list[Query], *, vectors: bool) -> list[Retrieved]:
    """The answers, in order. With `vectors` the index is brought up to date first; stderr says how far it is."""
    from studio.services.retrieval.asking import ask

    if not vectors:
        return [await ask(workspace, query) for query in queries]
    from studio.services.reindexing import ready_index

    async with ready_index(workspace, changed=_tell) as index:
        return [await ask(workspace, query, index=index) for query in queries]


def _tell(progress: Progress) -> None:
    """How far the index is, for a person who waits at a terminal."""
    if progress.state in ("reading", "filling", "waiting") and sys.stderr.isatty():
        far = "" if progress.fraction is None else f"{progress.fraction:.0%} "
        print(f"\r{far}{progress.sentence or 'Reading for search by meaning'}", end=" ", file=sys.stderr, flush=True)
    elif progress.state == "ready" and sys.stderr.isatty():
        print(file=sys.stderr)


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


def _batch(workspace: Workspace, arguments: Namespace) -> int:
    questions = _questions(arguments.batch)
    queries = [
        Query(
            text=question["q"], k=int(question.get("k") or arguments.limit),
            lens=workspace.run_now(_lens, question, arguments),
        )
        for question in questions
    ]  # fmt: skip
    found = asyncio.run(_all(workspace, queries, vectors=not arguments.no_vectors))
    for question, one in zip(questions, found, strict=True):
        line = {"id": question.get("id"), "ms": one.ms, "weak": one.weak, "hits": [_hit(hit) for hit in one.hits]}
        print(json.dumps(line, ensure_ascii=False), flush=True)
    return DONE


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
