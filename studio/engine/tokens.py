"""Counts tokens with the tokenizers that come with litellm: from its files alone, without loading it or the network."""

from __future__ import annotations

import asyncio
import importlib.util
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.engine.faults import EngineFailure

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from studio.engine.methods import Piece

FILES = {
    "o200k_base": "fb374d419588a4632f3f557e76b4b70aebbca790",
    "cl100k_base": "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
    "p50k_base": "ec7223a39ce59f226a68acc30dc1af2788490e15",
    "claude": "anthropic_tokenizer.json",
}
"""Tokenizer → its file in litellm. tiktoken would fetch one that is missing, so a missing one is refused here."""


async def count(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """`texts` counted by `tokenizer`, one of `FILES`: gives `counts`, one for each text, in order."""
    name, texts = str(params["tokenizer"]), list(params["texts"])
    yield "done", {"counts": await asyncio.to_thread(lambda: list(map(_counter(name), texts)))}


@lru_cache
def _counter(name: str) -> Callable[[str], int]:
    path = _folder() / FILES.get(name, "none")
    if not path.is_file():
        raise EngineFailure("internal", detail=f"there is no tokenizer {name} here")
    if path.suffix == ".json":
        from tokenizers import Tokenizer

        claude = Tokenizer.from_file(str(path))
        return lambda text: len(claude.encode(text).ids)
    os.environ["TIKTOKEN_CACHE_DIR"] = str(path.parent)
    import tiktoken

    encoding = tiktoken.get_encoding(name)
    return lambda text: len(encoding.encode(text, disallowed_special=()))


def _folder() -> Path:
    spec = importlib.util.find_spec("litellm")
    places = spec.submodule_search_locations if spec is not None else None
    return Path(next(iter(places or ()), "")) / "litellm_core_utils" / "tokenizers"
