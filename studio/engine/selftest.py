"""A round trip through the index in a folder of its own: embedded, written, searched by words and by meaning."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from studio.engine.methods import Piece

TEXTS = {
    "queen": "The queen rules the drowned city.",
    "thief": "A goblin steals purses in the market.",
    "smith": "The smith forges swords of cold iron.",
}
ASKED, BY_WORDS, BY_MEANING = "queen", "drowned queen", "Who is the monarch of the sunken town?"


async def index_round_trip(_params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Embed and write some texts, open the index again, find one by `words` and by `meaning`: what was `asked` for."""
    yield "done", await asyncio.to_thread(_round_trip)


def _round_trip() -> dict[str, Any]:
    import lancedb

    from studio.engine.embed import embed_now
    from studio.engine.index_store import Store
    from studio.engine.protocol import BUILT_IN, IndexRow, IndexWhere

    rows = [
        IndexRow(id=name, record=name, kind="npc", hash=name, text_hash=name, text=text, meaning=text)
        for name, text in TEXTS.items()
    ]
    with tempfile.TemporaryDirectory(prefix="ttrpg-index-", ignore_cleanup_errors=True) as folder:
        store = Store(Path(folder))
        store.upsert(rows, (), None, BUILT_IN)
        store.put_vectors(BUILT_IN, store.texts_of(list(TEXTS)), embed_now(list(TEXTS.values())))
        store.close()
        store = Store(Path(folder))
        words = store.by_words(BY_WORDS, 1, IndexWhere())
        near = store.near(BUILT_IN, embed_now([BY_MEANING])[0], 1, IndexWhere())
        count = store.count(BUILT_IN)
        store.close()
    return {
        "version": lancedb.__version__, "rows": count[1], "asked": ASKED,
        "words": ", ".join(one for one, _ in words), "meaning": ", ".join(one for one, _ in near),
    }  # fmt: skip
