"""The texts that a PNG carries in its `tEXt` and `zTXt` chunks (PNG specification, 11.3.4). No pixel is decoded."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from studio.services.exchange.reading import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_CHUNK = 8 << 20
MAX_TEXT = 4 << 20
MAX_CHUNKS = 20_000
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")


def chunks(data: bytes, name: str) -> Iterator[tuple[bytes, bytes]]:
    """(type, body) of every chunk up to the end. Raises ImportRefused where a chunk is too large or cut off."""
    at = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        if at + 8 > len(data):
            return
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if at + 12 + length > len(data):
            refuse(f"“{name}” is cut off or damaged. Get the image again and retry.")
        if kind in _TEXTS and length > MAX_CHUNK:
            refuse(f"“{name}” carries a text that is too large to be a card's.")
        yield kind, data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IEND":
            return


def texts(data: bytes, name: str) -> dict[str, bytes]:
    """Keyword in lower case → text, of those that are not too large; the last of a keyword counts."""
    found: dict[str, bytes] = {}
    for kind, body in chunks(data, name):
        keyword, mark, rest = body.partition(b"\0")
        if not mark or len(keyword) > 79:
            continue
        if kind == b"tEXt":
            found[keyword.decode("latin-1").casefold()] = rest
        elif kind == b"zTXt" and rest[:1] == b"\0":
            found[keyword.decode("latin-1").casefold()] = _unpacked(rest[1:], name)
    return found


def _unpacked(data: bytes, name: str) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, MAX_TEXT)
    except zlib.error:
        return b""
    if unpacker.unconsumed_tail:
        refuse(f"“{name}” carries a text that unpacks to far more than a card.")
    return text


def without(data: bytes, name: str, keywords: frozenset[str]) -> bytes:
    """The image without the texts of these keywords; every other chunk stays byte for byte."""
    kept = [SIGNATURE]
    for kind, body in chunks(data, name):
        if kind in _TEXTS and body.partition(b"\0")[0].decode("latin-1").casefold() in keywords:
            continue
        kept.append(_chunk(kind, body))
    return b"".join(kept)


def with_texts(data: bytes, texts: dict[str, bytes]) -> bytes:
    """The image with these `tEXt` chunks before its end."""
    kept = [SIGNATURE]
    for kind, body in chunks(data, "image"):
        if kind == b"IEND":
            kept += [_chunk(b"tEXt", keyword.encode("latin-1") + b"\0" + text) for keyword, text in texts.items()]
        kept.append(_chunk(kind, body))
    return b"".join(kept)


def blank(side: int = 400, grey: int = 0x55) -> bytes:
    """A square of one grey: what a card is written on where its character has no portrait."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([grey]) * side) * side, 9)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
