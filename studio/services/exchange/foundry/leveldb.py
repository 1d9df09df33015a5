"""Reading and writing the LevelDB folders of Foundry VTT, in plain Python, without a lock or a change to their files.

The reader takes the files that the manifest lists, or all of them where the manifest is lost; the newest of several
values of a key wins. Sums are checked, sizes are limited. The writer makes the smallest valid database: one log.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import cramjam

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

MAX_BLOCK = 64 << 20
MAX_TOTAL = 192 << 20
MAX_CHECKED = 24 << 20
"""So many bytes have their sums checked: beyond, a damaged block shows by what it holds."""
_BLOCK, _HEAD = 32_768, 7
_MAGIC = bytes.fromhex("57fb808b247547db")
_TABLE = re.compile(r"^(\d{1,19})\.(?:ldb|sst)$")
_LOG = re.compile(r"^(\d{1,19})\.log$")
_MANIFEST = re.compile(r"^MANIFEST-\d{1,19}$")
_COMPARATOR = b"leveldb.BytewiseComparator"


class Damaged(Exception):
    """A database that can't be read; says why."""


def is_database(names: Iterable[str]) -> bool:
    """Whether these are the names of the files of a LevelDB folder."""
    names = set(names)
    tables = any(_TABLE.match(name) for name in names)
    return tables or (any(map(_LOG.match, names)) and any(_MANIFEST.match(n) or n == "CURRENT" for n in names))


def read(names: Iterable[str], load: Callable[[str], bytes]) -> dict[bytes, bytes]:
    """Every key with its value. `load(name)` gives a file's bytes. Raises Damaged."""
    try:
        return _Reader(frozenset(names), load).read()
    except (IndexError, ValueError, cramjam.DecompressionError) as error:
        raise Damaged("a file in it is cut off or damaged") from error


def write(pairs: Mapping[bytes, bytes]) -> dict[str, bytes]:
    """The files of a database that holds these pairs."""
    batches, batch, size, first = [], bytearray(), 0, 1
    for count, (key, value) in enumerate(sorted(pairs.items()), 1):
        batch += b"\1" + _varint(len(key)) + key + _varint(len(value)) + value
        size += 1
        if len(batch) > _BLOCK or count == len(pairs):
            batches.append(first.to_bytes(8, "little") + size.to_bytes(4, "little") + bytes(batch))
            batch, size, first = bytearray(), 0, count + 1
    edit = b"\1" + _varint(len(_COMPARATOR)) + _COMPARATOR + b"\2\3" + b"\x09\0" + b"\3\4" + b"\4\0"
    return {"CURRENT": b"MANIFEST-000002\n", "MANIFEST-000002": _as_log([edit]), "000003.log": _as_log(batches)}


class _Reader:
    def __init__(self, names: frozenset[str], load: Callable[[str], bytes]) -> None:
        self.names, self.load = names, load
        self.newest: dict[bytes, tuple[int, bytes | None]] = {}
        self.size = self.checked = 0

    def read(self) -> dict[bytes, bytes]:
        tables = {int(m[1]): m[0] for name in self.names if (m := _TABLE.match(name))}
        logs = {int(m[1]): m[0] for name in self.names if (m := _LOG.match(name))}
        if (listed := self._listed()) is not None:
            live, oldest_log = listed
            if lost := live - tables.keys():
                raise Damaged(f"its file {min(lost):06}.ldb is missing")
            tables = {n: tables[n] for n in live}
            logs = {n: name for n, name in logs.items() if n >= oldest_log}
        for number in sorted(tables):
            self._table(self.load(tables[number]))
        for number in sorted(logs):
            for batch in self._records(self.load(logs[number])):
                self._batch(batch)
        return {key: value for key, (_, value) in sorted(self.newest.items()) if value is not None}

    def _listed(self) -> tuple[set[int], int] | None:
        """(numbers of the tables that count, number of the oldest log that does) by the manifest; None without it."""
        if "CURRENT" not in self.names:
            return None
        name = self.load("CURRENT")[:100].decode("ascii", "replace").strip()
        if not _MANIFEST.match(name) or name not in self.names:
            return None
        live, oldest = set[int](), 0
        for edit in self._records(self.load(name)):
            at = 0
            while at < len(edit):
                tag, at = _read_varint(edit, at)
                if tag == 1:
                    _, at = _slice(edit, at)
                elif tag in (2, 3, 4, 9):
                    number, at = _read_varint(edit, at)
                    oldest = number if tag == 2 else oldest
                elif tag in (5, 6, 7):
                    at = _level_edit(edit, at, tag, live)
                else:
                    raise Damaged("its manifest is of an unknown kind")
        return live, oldest

    def _put(self, key: bytes, sequence: int, value: bytes | None) -> None:
        if key not in self.newest or self.newest[key][0] <= sequence:
            self.newest[key] = (sequence, value)
            self.size += len(key) + len(value or b"")
            if self.size > MAX_TOTAL:
                raise Damaged("it holds too much to be read at once")

    def _check(self, stored: int, data: bytes) -> None:
        self.checked += len(data)
        if self.checked <= MAX_CHECKED and stored != _masked(data):
            raise Damaged("a file in it is damaged: a sum is wrong")

    # ---- tables --------------------------------------------------------------------------------------------------

    def _table(self, data: bytes) -> None:
        if data[-8:] != _MAGIC:
            raise Damaged("a file in it is cut off")
        footer = data[-48:]
        _, at = _read_varint(footer, 0)
        _, at = _read_varint(footer, at)
        for _, handle in _entries(self._block(data, *_handle(footer, at))):
            for key, value in _entries(self._block(data, *_handle(handle, 0))):
                sequence = int.from_bytes(key[-8:], "little")
                self._put(key[:-8], sequence >> 8, value if sequence & 0xFF else None)

    def _block(self, data: bytes, offset: int, size: int) -> bytes:
        if offset + size + 5 > len(data):
            raise Damaged("a file in it is cut off")
        self._check(
            int.from_bytes(data[offset + size + 1 : offset + size + 5], "little"), data[offset : offset + size + 1]
        )
        block, kind = data[offset : offset + size], data[offset + size]
        if kind == 0:
            return block
        if kind != 1:
            raise Damaged("it is packed in a way that isn't read here")
        length, _ = _read_varint(block, 0)
        if length > MAX_BLOCK:
            raise Damaged("a block in it unpacks to far more than it should")
        return bytes(cramjam.snappy.decompress_raw(block))

    # ---- logs ----------------------------------------------------------------------------------------------------

    def _records(self, data: bytes) -> Iterator[bytes]:
        """The records of a log; a torn one at its end never was written."""
        record, at = bytearray(), 0
        while at + _HEAD <= len(data):
            room = _BLOCK - at % _BLOCK
            if room < _HEAD:
                at += room
                continue
            length, kind = int.from_bytes(data[at + 4 : at + 6], "little"), data[at + 6]
            piece = data[at + _HEAD : at + _HEAD + length]
            if kind == 0 and length == 0:
                at += room
                continue
            if len(piece) < length:
                return
            self._check(int.from_bytes(data[at : at + 4], "little"), data[at + 6 : at + _HEAD + length])
            record = bytearray(piece) if kind in (1, 2) else record + piece
            if kind in (1, 4):
                yield bytes(record)
                record = bytearray()
            at += _HEAD + length

    def _batch(self, batch: bytes) -> None:
        sequence, count = int.from_bytes(batch[:8], "little"), int.from_bytes(batch[8:12], "little")
        at = 12
        for n in range(min(count, len(batch))):
            kind, value = batch[at], None
            key, at = _slice(batch, at + 1)
            if kind:
                value, at = _slice(batch, at)
            self._put(key, sequence + n, value)


def _level_edit(edit: bytes, at: int, tag: int, live: set[int]) -> int:
    """Take a line of the manifest about a level: a table that is new (7) or gone (6), or a compaction's place (5)."""
    _, at = _read_varint(edit, at)
    if tag == 5:
        return _slice(edit, at)[1]
    number, at = _read_varint(edit, at)
    if tag == 6:
        live.discard(number)
        return at
    live.add(number)
    _, at = _read_varint(edit, at)
    return _slice(edit, _slice(edit, at)[1])[1]


def _handle(data: bytes, at: int) -> tuple[int, int]:
    offset, at = _read_varint(data, at)
    return offset, _read_varint(data, at)[0]


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = len(block) - 4 - 4 * int.from_bytes(block[-4:], "little")
    if end < 0:
        raise Damaged("a file in it is damaged")
    at, key = 0, b""
    while at < end:
        shared, at = _read_varint(block, at)
        fresh, at = _read_varint(block, at)
        length, at = _read_varint(block, at)
        if at + fresh + length > end or shared > len(key):
            raise Damaged("a file in it is damaged")
        key = key[:shared] + block[at : at + fresh]
        at += fresh
        yield key, block[at : at + length]
        at += length


def _slice(data: bytes, at: int) -> tuple[bytes, int]:
    length, at = _read_varint(data, at)
    if at + length > len(data):
        raise Damaged("a file in it is cut off")
    return data[at : at + length], at + length


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while shift < 64:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise Damaged("a number in it is too long")


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _as_log(records: list[bytes]) -> bytes:
    """Records as a log: cut where a block of it ends, each piece with its sum."""
    out = bytearray()
    for record in records:
        at, first = 0, True
        while first or at < len(record):
            room = _BLOCK - len(out) % _BLOCK
            if room < _HEAD:
                out += bytes(room)
                room = _BLOCK
            piece = record[at : at + room - _HEAD]
            at += len(piece)
            last = at == len(record)
            kind = bytes([1 if first and last else 2 if first else 4 if last else 3])
            out += _masked(kind + piece).to_bytes(4, "little") + len(piece).to_bytes(2, "little") + kind + piece
            first = False
    return bytes(out)


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


_CRC = _crc_table()


def _masked(data: bytes) -> int:
    """The CRC-32C of bytes, as LevelDB keeps it."""
    crc, table = 0xFFFFFFFF, _CRC
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF
