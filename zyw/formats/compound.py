"""The compound file (OLE) that old Office formats and encrypted workbooks are kept in: its streams by name.

Source: [MS-CFB], sections 2.2 (header), 2.3–2.5 (allocation tables), 2.6 (directory). Only streams of the root are
looked for: an embedded Word document has a storage of its own and does not make a workbook a document.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks (end of chain, free), no sectors."""
_HEADER: Final = 512
_NO_NODE: Final = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5


class OddCompound(ValueError):  # noqa: N818 - a state of the file, told to the clerk as F006
    """The container's tables contradict each other or the file is cut off."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the directory: where its content begins, how long it is, its neighbours in the tree of names."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Compound:
    """An opened compound file; `streams` are the root's, by name."""

    data: bytes
    sector: int
    table: Sequence[int]
    small_table: Sequence[int]
    small: bytes
    small_below: int
    streams: dict[str, Entry]

    def read(self, name: str) -> bytes:
        """Return a stream; raises `KeyError` when the root has none of that name, `OddCompound` when it is torn."""
        entry = self.streams[name]
        if entry.size < self.small_below:
            pieces = (self.small[64 * n : 64 * n + 64] for n in _chain(self.small_table, entry.start))
        else:
            pieces = (_sector(self.data, self.sector, n) for n in _chain(self.table, entry.start))
        content = b"".join(pieces)[: entry.size]
        if len(content) < entry.size:
            raise OddCompound("a stream is cut off")
        return content


def open_compound(data: bytes) -> Compound:
    """Read header, allocation tables and directory; raises `OddCompound`."""
    if len(data) < _HEADER or not data.startswith(MAGIC):
        raise OddCompound("no header")
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise OddCompound("odd sector size")
    sector = 1 << shift
    directory, _, small_below, small_start = struct.unpack_from("<4I", data, 48)
    table = _table(data, sector)
    entries = list(_entries(b"".join(_sector(data, sector, n) for n in _chain(table, directory))))
    if not entries or entries[0].kind != _ROOT:
        raise OddCompound("no root")
    small_sectors = b"".join(_sector(data, sector, n) for n in _chain(table, small_start))
    small = b"".join(_sector(data, sector, n) for n in _chain(table, entries[0].start)) if entries[0].size else b""
    names = {entry.name: entry for entry in _below(entries, entries[0].child) if entry.kind == _STREAM}
    return Compound(data, sector, table, _numbers(small_sectors), small, small_below, names)


def _numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _sector(data: bytes, size: int, number: int) -> bytes:
    start = (number + 1) * size
    if start >= len(data):
        raise OddCompound("a sector lies past the end")
    return data[start : start + size]


def _table(data: bytes, sector: int) -> tuple[int, ...]:
    """Return the allocation table: which sector follows which. Its own sectors are listed in the header and beyond."""
    own = [n for n in _numbers(data[76:_HEADER]) if n < _END]
    following, seen = struct.unpack_from("<I", data, 68)[0], set[int]()
    while following < _END:
        if following in seen:
            raise OddCompound("the table of tables runs in a circle")
        seen.add(following)
        numbers = _numbers(_sector(data, sector, following))
        own += [n for n in numbers[:-1] if n < _END]
        following = numbers[-1]
    if len(own) * sector > len(data):
        raise OddCompound("more tables than there is file")
    return _numbers(b"".join(_sector(data, sector, n) for n in own))


def _chain(table: Sequence[int], start: int) -> Iterator[int]:
    """Yield the sectors of one chain; a chain longer than the table runs in a circle."""
    for _ in range(len(table) + 1):
        if start >= _END:
            return
        if start >= len(table):
            raise OddCompound("a chain leaves the table")
        yield start
        start = table[start]
    raise OddCompound("a chain runs in a circle")


def _entries(raw: bytes) -> Iterator[Entry]:
    for at in range(0, len(raw) - 127, 128):
        length = min(max(struct.unpack_from("<H", raw, at + 64)[0] - 2, 0), 62)
        name = raw[at : at + length].decode("utf-16-le", "replace")
        left, right, child = struct.unpack_from("<3I", raw, at + 68)
        start, size = struct.unpack_from("<II", raw, at + 116)
        yield Entry(name, raw[at + 66], left, right, child, start, size)


def _below(entries: Sequence[Entry], top: int) -> Iterator[Entry]:
    """Yield the entries of one storage, which form a tree of names; each is visited once, whatever the links say."""
    waiting, seen = [top], set[int]()
    while waiting:
        number = waiting.pop()
        if number == _NO_NODE or number in seen or number >= len(entries):
            continue
        seen.add(number)
        yield entries[number]
        waiting += [entries[number].left, entries[number].right]
