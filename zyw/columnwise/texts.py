"""A large text table, from bytes to rows kept by columns, block by block; memory grows with what is distinct.

Gives up (`None`) wherever its reading could differ from that of `zyw.formats.separated`, which then reads the file.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.columnwise.columns import SEPARATOR, Column, Few, Many, narrow
from zyw.columnwise.fields import LONGEST, QUOTE, Cut, Unsure, cut, joined, last_line, marks
from zyw.columnwise.table import Columnwise
from zyw.limits import Limits

if TYPE_CHECKING:
    import numpy.typing as npt

    from zyw.columnwise.columns import Places

BLOCK: Final = 4 * 1024 * 1024
DELIMITERS: Final = ",\t;"
"""The others are bytes of Chinese characters too."""
_MANY_SHARE: Final = 0.3
"""A column of whose first block so many cells are distinct holds what differs in nearly every row."""
_MANY: Final = 2**16
_ODD: Final = 2000
"""With more records that do not line up, nothing is gained."""
_SIGNS_OF_LOSS: Final = ("??", "？？", "\ufffd", "锟斤拷", "烫烫烫")


@dataclass(frozen=True, slots=True)
class Texts:
    """A text table read: `ragged` maps a record that is not used to its number of fields.

    `suspect` tells that somewhere stands what Chinese text becomes when it is damaged.
    """

    rows: Columnwise
    width: int
    ragged: Mapping[int, int]
    suspect: bool


def read_texts(data: bytes, start: int, encoding: str, delimiter: str, limits: Limits) -> Texts | None:
    """Read the table that begins at byte `start`; None where it must be read character by character.

    A table beyond the `limits` is one of these too: it is refused where its line is known. Raises `UnicodeDecodeError`
    for another encoding.
    """
    reading = _Reading(encoding, delimiter, limits, _signs(encoding))
    try:
        for block in _blocks(data, start):
            block.decode(encoding)
            reading.add(block)
        return reading.finish()
    except Unsure:
        return None


def _signs(encoding: str) -> tuple[bytes, ...]:
    return tuple(sign.encode(encoding) for sign in _SIGNS_OF_LOSS)


def _blocks(data: bytes, start: int) -> Iterator[bytes]:
    """Yield the bytes in blocks of whole records."""
    view = memoryview(data)
    while start < len(data):
        stop = min(start + BLOCK, len(data))
        size = last_line(view[start:stop], last=stop == len(data))
        if not size:
            raise Unsure
        yield bytes(view[start : start + size])
        start += size


@dataclass(frozen=True, slots=True)
class _Part:
    """One column of one block: where its fields lie; `told` are cells that are not simply their bytes, by row."""

    buffer: "npt.NDArray[np.uint8]"
    starts: "Places"
    ends: "Places"
    told: Mapping[int, bytes]

    def raw(self, i: int) -> bytes:
        return self.told[i] if i in self.told else self.buffer[self.starts[i] : self.ends[i]].tobytes()


@dataclass
class _Reading:
    encoding: str
    delimiter: str
    limits: Limits
    signs: tuple[bytes, ...]
    width: int = 0
    rows: int = 0
    first_full: int = -1
    widths: Counter[int] = field(default_factory=Counter)
    odd: int = 0
    ragged: dict[int, int] = field(default_factory=dict)
    columns: list["_Few | _Many"] = field(default_factory=list)

    def add(self, block: bytes) -> None:
        """Add a block of whole records."""
        found = cut(block, ord(self.delimiter))
        counts = Counter(dict(enumerate(np.bincount(found.counts).tolist())))
        self.widths.update({width: number for width, number in counts.items() if width > 1 and number})
        if not self.columns:
            self.width = _commonest(self.widths)
            if self.width < 2:
                raise Unsure
        kept = self._odd(block, found)
        starts, ends = _by_field(found, self.width)
        if int((ends - starts).max(initial=0)) > self.limits.field:
            raise Unsure
        for j in range(self.width):
            part = self._part(found.buffer, starts[j], ends[j], j, kept)
            if len(self.columns) <= j:
                self.columns.append(_begun(part, self.encoding))
            grown = self.columns[j].add(part)
            self.columns[j] = grown
        self.rows += len(found.counts)
        if self.rows * self.width > self.limits.cells:
            raise Unsure

    def _odd(self, block: bytes, found: Cut) -> dict[int, list[str]]:
        """Return the records of another width that are kept as they are; the others are told and left blank."""
        full = np.flatnonzero(found.counts == self.width)
        if self.first_full < 0 and len(full):
            self.first_full = self.rows + int(full[0])
        kept = {}
        strange = np.flatnonzero(found.counts != self.width).tolist()
        self.odd += len(strange)
        if self.odd > _ODD:
            raise Unsure
        for i in strange:
            last = found.first[i] + found.counts[i] - 1
            raw = block[found.starts[found.first[i]] : found.ends[last]]
            if any(sign in raw for sign in self.signs):  # a cell that is lost is told also where its record is not used
                raise Unsure
            text = io.StringIO(raw.decode(self.encoding), newline="")
            try:
                record = next(csv.reader(text, delimiter=self.delimiter, strict=True), [])
            except csv.Error:  # a cell beyond csv's own limit, an open quote: the other reader says what is wrong
                raise Unsure from None
            after = 0 <= self.first_full < self.rows + i
            if after and sum(bool(cell.strip()) for cell in record) > 1:
                self.ragged[self.rows + i] = len(record)
            elif any(record[self.width :]) or any(len(cell) > self.limits.field for cell in record):
                raise Unsure
            else:
                kept[i] = record
        return kept

    def _part(
        self,
        buffer: "npt.NDArray[np.uint8]",
        starts: "Places",
        ends: "Places",
        j: int,
        kept: Mapping[int, Sequence[str]],
    ) -> _Part:
        told = {i: record[j].encode(self.encoding) for i, record in kept.items() if j < len(record) and record[j]}
        for i in np.flatnonzero((buffer[starts] == QUOTE) & (ends > starts)).tolist():
            told[i] = buffer[starts[i] + 1 : ends[i] - 1].tobytes().replace(b'""', b'"')
        return _Part(buffer, starts, ends, told)

    def finish(self) -> Texts:
        """Return the table; its width must be the commonest of all records."""
        if not self.columns or _commonest(self.widths) != self.width:
            raise Unsure
        suspect = any(sign in text for column in self.columns for text in column.texts() for sign in self.signs)
        rows = Columnwise([column.finish() for column in self.columns], np.arange(self.rows))
        return Texts(rows, self.width, self.ragged, suspect)


def _by_field(found: Cut, width: int) -> "tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]":
    """Return starts and ends, a row a field; a record of another width is blank."""
    full = found.counts == width
    if full.all():
        shape = (-1, width)
        return np.ascontiguousarray(found.starts.reshape(shape).T), np.ascontiguousarray(found.ends.reshape(shape).T)
    at = np.where(full, found.first, 0)[None, :] + np.where(full, np.arange(width)[:, None], 0)
    return np.where(full, found.starts[at], 0), np.where(full, found.ends[at], 0)


def _commonest(widths: Mapping[int, int]) -> int:
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _begun(part: _Part, encoding: str) -> "_Few | _Many":
    """Return what a column begins as, by its first block."""
    size = len(part.starts)
    distinct = len(np.unique(marks(part.buffer, part.starts, np.minimum(part.ends, part.starts + LONGEST))))
    return _Many(encoding) if distinct > max(_MANY_SHARE * size, LONGEST) else _Few(encoding)


@dataclass
class _Many:
    encoding: str
    blocks: list[bytes] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def texts(self) -> Sequence[bytes]:
        return self.blocks

    def add(self, part: _Part) -> "_Many":
        text = joined(part.buffer, part.starts, part.ends)
        if part.told:
            cells = text.split(SEPARATOR)
            for i, cell in part.told.items():
                cells[i] = cell
            text = SEPARATOR.join(cells)
        self.blocks.append(text)
        self.sizes.append(len(part.starts))
        return self

    def finish(self) -> Column:
        return Many(self.blocks, self.sizes, self.encoding)


@dataclass
class _Few:
    encoding: str
    places: dict[bytes, int] = field(default_factory=dict)
    known: "npt.NDArray[np.uint64]" = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    """The marks met so far, sorted, and in `codes` the number of each."""
    codes: "npt.NDArray[np.uint32]" = field(default_factory=lambda: np.zeros(0, dtype=np.uint32))
    blocks: list["npt.NDArray[np.uint32]"] = field(default_factory=list)

    def texts(self) -> Sequence[bytes]:
        return list(self.places)

    def add(self, part: _Part) -> "_Few | _Many":
        plain = part.ends - part.starts <= LONGEST
        plain[list(part.told)] = False
        slow = np.flatnonzero(~plain).tolist()
        found = marks(part.buffer, part.starts, np.where(plain, part.ends, part.starts))
        self._learn(part, found, plain)
        codes = self._known_codes(found)
        for i in slow:
            codes[i] = self._place(part.raw(i))
        self.blocks.append(codes)
        return self._many() if len(self.places) > _MANY else self

    def _known_codes(self, found: "npt.NDArray[np.uint64]") -> "npt.NDArray[np.uint32]":
        if not len(self.known):  # every cell of the block is told apart by Python
            return np.zeros(len(found), dtype=np.uint32)
        return self.codes[np.minimum(np.searchsorted(self.known, found), len(self.known) - 1)]

    def _learn(self, part: _Part, found: "npt.NDArray[np.uint64]", plain: "npt.NDArray[np.bool_]") -> None:
        """Give numbers to the fields that were not met before."""
        if len(self.known):
            at = np.minimum(np.searchsorted(self.known, found), len(self.known) - 1)
            fresh = np.flatnonzero((self.known[at] != found) & plain)
        else:
            fresh = np.flatnonzero(plain)
        if not len(fresh):
            return
        new, first = np.unique(found[fresh], return_index=True)
        numbers = [self._place(part.raw(i)) for i in fresh[first].tolist()]
        known = np.concatenate((self.known, new))
        order = np.argsort(known)
        self.known = known[order]
        self.codes = np.concatenate((self.codes, np.array(numbers, dtype=np.uint32)))[order]

    def _place(self, raw: bytes) -> int:
        return self.places.setdefault(raw, len(self.places))

    def _many(self) -> _Many:
        """Return the column as one of many different cells, which it has turned out to be."""
        values = list(self.places)
        blocks = [SEPARATOR.join(map(values.__getitem__, codes.tolist())) for codes in self.blocks]
        return _Many(self.encoding, blocks, list(map(len, self.blocks)))

    def finish(self) -> Column:
        return Few(narrow(self.blocks, len(self.places)), [raw.decode(self.encoding) for raw in self.places])
