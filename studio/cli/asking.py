"""Commands that ask a model."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

from studio.cli.output import refuse
from studio.cli.projects import lens_of, opened

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.cli.output import Output
    from studio.domain.candidate import Extraction, Known
    from studio.services.context.prompt import Prompt


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


def context(arguments: Namespace, output: Output) -> int:
    """The pack of a question: what goes in with its tokens and reasons, and what doesn't and why."""
    from studio.services.asking import context_of
    from studio.services.context import view

    with opened(arguments.file) as workspace:
        lens = lens_of(workspace, arguments)
        prompt = asyncio.run(
            context_of(workspace, arguments.question, lens=lens, budget=arguments.budget, model=arguments.model)
        )
        keys = workspace.run_now(view.keys, prompt)
    pack = prompt.pack
    items = [
        item.model_dump(mode="json", exclude_defaults=True)
        | {"text": prompt.texts[item.text_hash]}
        | ({"key": keys[item.ref]} if item.ref in keys else {})
        for item in pack.items
    ]
    data = pack.model_dump(mode="json") | {
        "tokens": pack.tokens, "exact": pack.exact, "items": items,
        "messages": [m.model_dump() for m in prompt.messages],
    }  # fmt: skip
    return output.result(data, _said(prompt) if arguments.text else _lines(prompt))


def _said(prompt: Prompt) -> Iterator[str]:
    for message in prompt.messages:
        yield from (f"--- {message.role}", message.content, "")


def _lines(prompt: Prompt) -> Iterator[str]:
    from studio.domain.context import GROUPS

    pack = prompt.pack
    about = "" if pack.exact else "about "
    yield f"{about}{pack.tokens:,} of {pack.budget:,} tokens ({pack.tokenizer}), pack {pack.hash[:12]}"
    for group, title in GROUPS.items():
        items = [item for item in pack.items if item.group == group]
        if items:
            yield f"{title}: {sum(i.tokens for i in items):,}"
        for item in items:
            number = f"[{item.n}] " if item.n else ""
            why = f"  ({item.reason})" if item.reason else ""
            yield f"  {item.tokens:>6,}  {number}{item.name or item.kind}{why}"
    if pack.trimmed:
        yield "Left out:"
    for cut in pack.trimmed:
        yield f"  {cut.tokens:>6,}  {cut.name or cut.kind}  ({cut.why})"


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
