"""Images made of bytes by hand: real ones, small, and ones that lie about their size."""

import struct
import zlib


def png(width: int = 4, height: int = 3, *, colour: tuple[int, int, int] = (200, 40, 40)) -> bytes:
    """A whole PNG of one colour."""
    row = b"\0" + bytes(colour) * width
    return png_head(width, height) + _chunk(b"IDAT", zlib.compress(row * height)) + _chunk(b"IEND", b"")


def png_head(width: int, height: int) -> bytes:
    """Signature and header alone: what a bomb begins with."""
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def png_bomb(width: int, height: int) -> bytes:
    """A valid PNG of a few kilobytes that would unpack to width × height pixels."""
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + 3 * width)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return png_head(width, height) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def jpeg_head(width: int, height: int, *, orientation: int = 0) -> bytes:
    """A JPEG up to its frame header, with an EXIF orientation if one is asked for."""
    exif = b""
    if orientation:
        tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) + b"\0" * 4
        exif = b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + exif + b"\xff" + frame


def gif_head(width: int, height: int) -> bytes:
    """A GIF's header and end."""
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


def webp_head(kind: bytes, width: int, height: int) -> bytes:
    """A WebP's headers in one of its three forms."""
    if kind == b"VP8X":
        body = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    elif kind == b"VP8L":
        body = b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little") + b"\0" * 5
    else:
        body = b"\0\0\0\x9d\1\x2a" + struct.pack("<HH", width, height)
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def bmp_head(width: int, height: int) -> bytes:
    """A BMP's headers."""
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + struct.pack("<Iii", 40, width, height) + b"\0" * 28
