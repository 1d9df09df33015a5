"""Commands that ask a model."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

from studio.cli.output import refuse
from studio.cli.projects import opened

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.cli.output import Output
    from studio.domain.candidate import Extraction, Known


def chat(arguments: Namespace, output: Output) -> int:
    """Ask; the answer is printed as it comes. With --json, one object once it is there."""
    from studio.services.asking import ask

    def show(piece: str) -> None:
        if not output.as_json:
            sys.stdout.write(piece)
            sys.stdout.flush()

    with opened(arguments.file) as workspace:
        answer = asyncio.run(
            ask(workspace, arguments.text, thread=arguments.thread, model=arguments.model, on_text=show)
        )
    if answer.state == "error":
        return refuse(answer.error_text or "The model gave no answer.")
    data: dict[str, Any] = answer.model_dump(mode="json", include=_SHOWN) | {"text": answer.text}
    return output.result(data, "")


_SHOWN = {"id", "thread_id", "parent_id", "model", "usage", "cost_usd", "state", "recorded", "error_code"}


def extracted_by_model(
    model: str, texts: Sequence[tuple[Path, str]], known: Sequence[Known]
) -> Iterator[tuple[Path, Extraction]]:
    """Every text read by a model, with the rules as safety net."""
    from studio.services.asking import extract_with_model

    async def all_of_them() -> list[tuple[Path, Extraction]]:
        found = await extract_with_model(model, [text for _, text in texts], known)
        return [(path, one) for (path, _), one in zip(texts, found, strict=True)]

    yield from asyncio.run(all_of_them())
