"""What the app and its engine process say to each other: length-prefixed JSON frames, and the shapes inside them.

A frame is four bytes of length (big endian) and that many bytes of UTF-8 JSON. The app sends `Call`, `Cancel` and
`Bye`; the engine sends one `Hello`, then for each call any number of `Item` and one `Done` or `Failed`.
"""

from __future__ import annotations

import struct
from typing import IO, Any, Literal

from pydantic import Field, TypeAdapter

from studio.domain.chat import Usage
from studio.domain.model_call import ChatMessage, ResponseShape
from studio.domain.record import Frozen

VERSION = 1
MAX_FRAME = 64 * 1024 * 1024
_LENGTH = struct.Struct(">I")


class ProtocolError(Exception):
    """The other end sent something that is no frame of ours."""


class Failure(Frozen):
    """Why a call failed. `code` is one of `MODEL_ERRORS`, or `internal`; `detail` is redacted technical text.

    `billable` is False where the provider surely charged nothing: it was never reached, or refused with a status.
    """

    code: str
    detail: str = ""
    status: int | None = None
    retry_after: float | None = None
    billable: bool = False


class CallFailed(Exception):
    """A call that failed in the engine, or with it. The app makes the user's sentence of its `failure`."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.code}: {failure.detail}")
        self.failure = failure


class Call(Frozen):
    """Ask for `method`. `params` may hold a key, so it never shows in a repr."""

    type: Literal["call"] = "call"
    id: int
    method: str
    params: dict[str, Any] = Field(default_factory=dict, repr=False)


class Cancel(Frozen):
    """Stop a call; its remaining frames are of no interest."""

    type: Literal["cancel"] = "cancel"
    id: int


class Bye(Frozen):
    """Stop everything and exit."""

    type: Literal["bye"] = "bye"


class Hello(Frozen):
    """The engine is ready for calls."""

    type: Literal["hello"] = "hello"
    version: int
    pid: int


class Item(Frozen):
    """One piece of a stream."""

    type: Literal["item"] = "item"
    id: int
    data: dict[str, Any]


class Done(Frozen):
    """The call's result."""

    type: Literal["done"] = "done"
    id: int
    data: dict[str, Any] = Field(default_factory=dict)


class Failed(Frozen):
    """The call's failure."""

    type: Literal["failed"] = "failed"
    id: int
    failure: Failure


ToEngine = Call | Cancel | Bye
FromEngine = Hello | Item | Done | Failed
TO_ENGINE: TypeAdapter[ToEngine] = TypeAdapter(ToEngine)
FROM_ENGINE: TypeAdapter[FromEngine] = TypeAdapter(FromEngine)


def encode(frame: ToEngine | FromEngine) -> bytes:
    """The bytes of one frame."""
    body = frame.model_dump_json().encode()
    return _LENGTH.pack(len(body)) + body


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next frame's JSON; None when the other end has closed. Blocks: for reader threads only."""
    head = _read_exactly(pipe, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > MAX_FRAME:
        raise ProtocolError(f"A frame of {length} bytes is over the limit of {MAX_FRAME}.")
    return _read_exactly(pipe, length)


def _read_exactly(pipe: IO[bytes], count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        piece = pipe.read(count - len(parts))
        if not piece:
            return None
        parts += piece
    return bytes(parts)


class ChatCall(Frozen):
    """Method `chat`: stream one answer. `direct_*` say how to reach the same model when litellm isn't there."""

    backend: Literal["litellm", "openai_compat"]
    model: str
    base_url: str = ""
    direct_url: str = ""
    direct_model: str = ""
    api_key: str = Field(default="", repr=False)
    messages: tuple[ChatMessage, ...]
    temperature: float | None = None
    max_tokens: int | None = None
    response: ResponseShape | None = None
    connect_timeout: float = 10.0
    read_timeout: float = 120.0


class ChatItem(Frozen):
    """One piece of a chat stream.

    `sent`: the request is on its way, clocks may start. `text` and `thinking` carry text, `alive` is progress without.
    """

    kind: Literal["sent", "text", "thinking", "alive"]
    text: str = ""


class ChatEnd(Frozen):
    """How a complete answer ended. `usage` is None where the provider gave none."""

    finish_reason: str
    usage: Usage | None = None
    tool_arguments: str = ""
    request_id: str = ""


class ListModels(Frozen):
    """Method `models.list`: the ids of the models behind an address, which also proves address and key."""

    style: Literal["openai", "anthropic", "gemini"] = "openai"
    base_url: str
    api_key: str = Field(default="", repr=False)
    timeout: float = 10.0


BUILT_IN = "minilm-l6-int8@1"
"""The id of the embedder that ships with the application."""


class EmbedderSpec(Frozen):
    """What makes vectors of texts: the shipped model, or a server that speaks OpenAI's `/embeddings`.

    Vectors of two embedders are never compared: each has its own table, named by `id`.
    """

    id: str = BUILT_IN
    url: str = ""
    model: str = ""


class EmbedTexts(Frozen):
    """Method `embed.texts`: one vector for each text, as base64 of little-endian float32, all of the same length."""

    embedder: EmbedderSpec = EmbedderSpec()
    texts: tuple[str, ...]
    api_key: str = Field(default="", repr=False)


class IndexPlace(Frozen):
    """Where an index lies. An empty `folder` keeps it in memory alone, under `key`."""

    key: str
    folder: str = ""


class IndexRow(Frozen):
    """A chunk as the index keeps it; see `services.retrieval.chunks.Chunk`. `meaning` is what is embedded."""

    id: str
    record: str
    kind: str
    hash: str
    text_hash: str
    text: str
    meaning: str
    visibility: str = "gm"
    status: str = ""
    lo: int | None = None
    hi: int | None = None
    tags: tuple[str, ...] = ()
    thread: str = ""


class IndexWhere(Frozen):
    """Which chunks may be found. Empty means any; `audience` and `as_of` are those of a lens."""

    audience: str = "gm"
    as_of: int | None = None
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


class IndexCall(Frozen):
    """What every `index.*` method takes: the place, and the embedder whose vectors are meant."""

    place: IndexPlace
    embedder: EmbedderSpec = EmbedderSpec()
    api_key: str = Field(default="", repr=False)


class IndexOpen(IndexCall):
    """Method `index.open`: look at an index, make it where there is none, make it anew with `rebuild`."""

    rebuild: bool = False


class IndexState(Frozen):
    """What an index holds. `writer` is False where another process writes it; `life` changes when it was made anew."""

    writer: bool
    life: str
    rows: int
    vectors: int
    done: str = ""
    why: str = ""
    memory_mb: int = 0
    disk_mb: int = 0


class IndexKnown(IndexCall):
    """Method `index.known`: the hashes of all rows, or of those of some records, as items of {id: hash}."""

    records: tuple[str, ...] = ()


class IndexUpsert(IndexCall):
    """Method `index.upsert`: put rows in, or in the place of those with the same id; and take some out.

    Gives `missing`, how many of the rows have no vector yet, and `rows`, how many there are in all.
    `done` is noted as how far the index is, for `IndexState`.

    `life` is that of the index that the caller knows: where it was made anew since, the call fails with `index_anew`.
    """

    rows: tuple[IndexRow, ...] = ()
    gone: tuple[str, ...] = ()
    done: str | None = None
    life: str = ""


class IndexEmbed(IndexCall):
    """Method `index.embed`: make the missing vectors of these rows, and store them. Gives `made`."""

    ids: tuple[str, ...]
    workers: int = 1


class IndexSearch(IndexCall):
    """Method `index.search`: the `k` best by words and by meaning. `semantic` needs the question embedded first."""

    text: str
    k: int = 50
    where: IndexWhere = IndexWhere()
    words: bool = True
    semantic: bool = True
    vector: tuple[float, ...] = ()


class IndexAlike(IndexCall):
    """Method `index.alike`: pairs of records of one and the same kind that are nearest in meaning."""

    kinds: tuple[str, ...]
    least: float = 0.75
    most: int = 2_000


class IndexHit(Frozen):
    """A chunk that was found: by words with rank and BM25 score, by meaning with rank and cosine, or both."""

    id: str
    word_rank: int | None = None
    word_score: float | None = None
    near_rank: int | None = None
    similarity: float | None = None


HITS: TypeAdapter[list[IndexHit]] = TypeAdapter(list[IndexHit])
"""Many hits at once: one by one they take longer than being found."""
