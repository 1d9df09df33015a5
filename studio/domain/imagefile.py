"""What kind of image some bytes are, and how large: read from their own headers, before anything decodes them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 100_000_000
MAX_SIDE = 32_767
"""Longest side that the window can draw."""
SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/bmp": ".bmp"}
"""Media type → the end of a file name."""
_TAKEN = "Save it as PNG, JPEG, WebP, GIF or BMP and add that."


class ImageFacts(NamedTuple):
    """Type and size of an image as it is shown, its turn by EXIF taken into account."""

    media_type: str
    width: int
    height: int


def sniff(data: bytes) -> ImageFacts:
    """What an image is. Raises Invalid for what isn't one, what isn't shown here, and what is too large to decode."""
    if len(data) > MAX_BYTES:
        raise Invalid(f"This image has {len(data) >> 20} MB. The limit is {MAX_BYTES >> 20} MB; save it smaller.")
    facts = next((read(data) for start, read in _READERS if data.startswith(start)), None)
    if facts is None:
        raise Invalid(_refusal(data))
    if facts.width < 1 or facts.height < 1:
        raise Invalid(f"This image says that it is {facts.width} × {facts.height} pixels. The file is damaged.")
    if max(facts.width, facts.height) > MAX_SIDE or facts.width * facts.height > MAX_PIXELS:
        raise Invalid(
            f"This image would have {facts.width:,} × {facts.height:,} pixels. The limit is "
            f"{MAX_PIXELS // 1_000_000} million, and {MAX_SIDE:,} on a side; save it smaller."
        )
    return facts


def _refusal(data: bytes) -> str:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<") and b"<svg" in head.lower():
        return f"SVG drawings can carry programs and links, so they aren't taken. {_TAKEN}"
    if data[4:8] == b"ftyp":
        return f"HEIC, AVIF and video files aren't shown here. {_TAKEN}"
    if data.startswith((b"II*\0", b"MM\0*")):
        return f"TIFF images aren't shown here. {_TAKEN}"
    if data.startswith(b"%PDF"):
        return f"A PDF isn't an image. {_TAKEN}"
    return f"This file isn't an image that can be shown here. {_TAKEN}" if data else "This file is empty."


def _damaged(what: str) -> Invalid:
    return Invalid(f"This {what} image is damaged or cut off. Get the file again and retry.")


def _png(data: bytes) -> ImageFacts:
    if len(data) < 33 or data[8:16] != b"\0\0\0\rIHDR":
        raise _damaged("PNG")
    return ImageFacts("image/png", *struct.unpack(">II", data[16:24]))


def _gif(data: bytes) -> ImageFacts:
    if len(data) < 13 or data[3:6] not in (b"87a", b"89a"):
        raise _damaged("GIF")
    return ImageFacts("image/gif", *struct.unpack("<HH", data[6:10]))


def _bmp(data: bytes) -> ImageFacts:
    if len(data) < 26:
        raise _damaged("BMP")
    if struct.unpack("<I", data[14:18])[0] == 12:
        return ImageFacts("image/bmp", *struct.unpack("<HH", data[18:22]))
    width, height = struct.unpack("<ii", data[18:26])
    return ImageFacts("image/bmp", width, abs(height))


def _webp(data: bytes) -> ImageFacts:
    if len(data) < 30 or data[8:12] != b"WEBP":
        raise Invalid(_refusal(b"?"))
    match data[12:16]:
        case b"VP8X":
            width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        case b"VP8L" if data[20] == 0x2F:
            bits = int.from_bytes(data[21:25], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 " if data[23:26] == b"\x9d\x01\x2a":
            width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))
        case _:
            raise _damaged("WebP")
    return ImageFacts("image/webp", width, height)


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset((0x01, *range(0xD0, 0xD8)))
_SIDEWAYS = frozenset(range(5, 9))
"""EXIF orientations in which width and height change places."""


def _jpeg(data: bytes) -> ImageFacts:
    """Walk the segments up to the frame header (ITU T.81 B.2.2)."""
    at, sideways = 2, False
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _BARE:
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + length]
        if marker in _FRAMES and len(body) >= 5:
            height, width = struct.unpack(">HH", body[1:5])
            return ImageFacts("image/jpeg", *((height, width) if sideways else (width, height)))
        if length < 2 or marker in (0xD9, 0xDA):
            break
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            sideways = _orientation(body[6:]) in _SIDEWAYS
        at += 2 + length
    raise _damaged("JPEG")


def _orientation(tiff: bytes) -> int:
    """The orientation tag of the first directory (TIFF 6.0, EXIF 2.3 tag 0x0112); 1 where there is none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 1
    start = struct.unpack(f"{order}I", tiff[4:8])[0]
    if start + 2 > len(tiff):
        return 1
    count = struct.unpack(f"{order}H", tiff[start : start + 2])[0]
    for at in range(start + 2, min(start + 2 + count * 12, len(tiff) - 11), 12):
        tag, _, _, value = struct.unpack(f"{order}HHIH", tiff[at : at + 10])
        if tag == 0x0112:
            return value
    return 1


_READERS: tuple[tuple[bytes, Callable[[bytes], ImageFacts]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"GIF8", _gif),
    (b"RIFF", _webp),
    (b"BM", _bmp),
)
