"""What the form tool noted beside the answers, as numbers a sheet: when it was handed in, how long it took, from where.

Times are parsed all at once by their bytes where they have the common form (2024/3/8 9:05:03); what is written in
another way is read one by one. A network address is not kept: only which sheets share one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.cells import Day, clean, parse_date
from zyw.coded import cells_of, coded
from zyw.sheets import Cell
from zyw.survey.words import BLANK

if TYPE_CHECKING:
    import numpy.typing as npt

    from zyw.rowset import Ints

DAY: Final = 86_400
_EPOCH: Final = 719_163
"""The ordinal of 1970-01-01."""
_PARTS: Final = 6
_BETWEEN: Final = (b"/-.", b"/-.", b" T", b":", b":")
"""What may stand between year, month, day, hour, minute and second."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What the form tool noted, a number a sheet each; None where it has no such column.

    `submitted` in seconds since 1970-01-01 and `taken` in seconds, -1 where nobody knows; `network` is equal for sheets
    from one address, 0 where none is written.
    """

    submitted: "Ints | None" = None
    taken: "Ints | None" = None
    network: "Ints | None" = None


def moments(rows: Sequence[Sequence[Cell]], index: int) -> "Ints":
    """Return a column of times in seconds since 1970-01-01; -1 for what is none."""
    cells = cells_of(rows, index)
    found = _common([cell if isinstance(cell, str) else "" for cell in cells])
    rest = np.flatnonzero(found < 0).tolist()
    if rest:
        known = {cell: _moment(cell) for cell in {cells[i] for i in rest}}
        found[rest] = [known[cells[i]] for i in rest]
    return found


def _common(texts: Sequence[str]) -> "Ints":
    """Return the seconds of all texts of the form 2024/3/8 9:05:03, -1 for the others."""
    if not texts:
        return np.zeros(0, dtype=np.int64)
    joined = np.frombuffer(("\0".join(texts) + "\0").encode(), dtype=np.uint8)
    digit = (joined >= ord("0")) & (joined <= ord("9"))
    edges = np.flatnonzero(digit[1:] != digit[:-1]) + 1  # the last byte is no digit
    edges = np.concatenate(([0], edges)) if digit[0] else edges
    starts, ends = edges[::2], edges[1::2]
    shut = np.flatnonzero(joined == 0)
    begin = np.concatenate(([0], shut[:-1] + 1))
    first = np.searchsorted(starts, begin)
    good = np.searchsorted(starts, shut) - first == _PARTS
    at = first[good]
    good[good] = _is_stamp(joined, starts, ends, at) & (starts[at] == begin[good]) & (ends[at + 5] == shut[good])
    found = np.full(len(texts), -1, dtype=np.int64)
    at = first[good]
    numbers = [_number(joined, starts[at + k], ends[at + k]) for k in range(_PARTS)]
    found[good] = _since_epoch(numbers)
    return found


def _is_stamp(joined: "npt.NDArray[np.uint8]", starts: "Ints", ends: "Ints", at: "Ints") -> "npt.NDArray[np.bool_]":
    """Say whether six runs of digits stand as those of a time do: a year of four, one mark between any two."""
    fine: npt.NDArray[np.bool_] = ends[at] - starts[at] == 4
    for k, between in enumerate(_BETWEEN):
        gap = ends[at + k]
        fine &= (starts[at + k + 1] == gap + 1) & np.isin(joined[gap], np.frombuffer(between, dtype=np.uint8))
        fine &= ends[at + k + 1] - starts[at + k + 1] <= 2
    return fine


def _number(joined: "npt.NDArray[np.uint8]", starts: "Ints", ends: "Ints") -> "Ints":
    value = np.zeros(len(starts), dtype=np.int64)
    for place in range(int((ends - starts).max(initial=0))):
        at = ends - 1 - place
        value += np.where(at >= starts, joined[np.maximum(at, 0)].astype(np.int64) - ord("0"), 0) * 10**place
    return value


def _since_epoch(numbers: "Sequence[Ints]") -> "Ints":
    """Return the seconds of year, month, day, hour, minute, second; -1 for a day or an hour that there is not."""
    year, month, day, hour, minute, second = numbers
    months = (year - 1970) * 12 + month - 1
    firsts = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    nexts = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    fine = (year >= 1970) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= nexts - firsts)
    fine &= (hour < 24) & (minute < 60) & (second < 60)
    return np.where(fine, (firsts + day - 1) * DAY + hour * 3600 + minute * 60 + second, -1)


def _moment(cell: Cell) -> int:
    """Return one time as it may be written otherwise, in seconds; -1 for what is none.

    >>> _moment("2023年3月19日 21:34") - _moment("2023年3月19日"), _moment("昨天")
    (77640, -1)
    """
    text = cell if isinstance(cell, str) else clean(cell)
    written, _, clock = text.strip().replace("T", " ").partition(" ")
    day = parse_date(written)
    return (day.value.toordinal() - _EPOCH) * DAY + _clock(clock.strip()) if isinstance(day, Day) else -1


def _clock(text: str) -> int:
    """Return the seconds since midnight of 9:05:03 or 21:34; midnight where no time is written.

    >>> _clock("9:05:03"), _clock("21:34"), _clock("")
    (32703, 77640, 0)
    """
    parts = text.split(":")
    if not 2 <= len(parts) <= 3 or not all(part[:2].isdigit() for part in parts):
        return 0
    hour, minute, second = (*(int(part[:2]) for part in parts), 0)[:3]
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else 0


def durations(rows: Sequence[Sequence[Cell]], index: int) -> "Ints":
    """Return a column of durations in seconds, -1 where nobody knows."""
    data = coded(rows, index)
    return np.array([parse_seconds(clean(value)) for value in data.values], dtype=np.int64)[data.codes]


def parse_seconds(text: str) -> int:
    """Return a duration as form tools write it, in seconds; -1 for what is none.

    >>> parse_seconds("123秒"), parse_seconds("2分5秒"), parse_seconds("00:02:05"), parse_seconds("很快")
    (123, 125, 125, -1)
    """
    units = {"小时": 3600, "时": 3600, "分钟": 60, "分": 60, "秒": 1, "s": 1}
    total, rest = 0, text.strip()
    if ":" in rest:
        parts = rest.split(":")
        return sum(int(p) * 60**i for i, p in enumerate(reversed(parts))) if all(p.isdigit() for p in parts) else -1
    if rest.isdigit():
        return int(rest)
    for name, seconds in units.items():
        number, found, after = rest.partition(name)
        if found and number.strip().isdigit():
            total += int(number) * seconds
            rest = after.strip()
    return total if total and not rest else -1


def networks(rows: Sequence[Sequence[Cell]], index: int) -> "Ints":
    """Return a number a sheet, equal for sheets that share an address, 0 for a blank one; the addresses are let go."""
    cells = cells_of(rows, index)
    keys = np.fromiter(map(hash, cells), dtype=np.int64, count=len(cells))
    _, which = np.unique(keys, return_inverse=True)
    short = {cell for cell in cells if not isinstance(cell, str) or len(cell) < _BLANK_UP_TO}
    blank = [hash(cell) for cell in short if clean(cell) in BLANK]
    return np.where(np.isin(keys, blank), 0, which + 1) if blank else which + 1


_BLANK_UP_TO: Final = 8
"""No blank mark is longer, with blanks round it."""


def sheet_keys(rows: Sequence[Sequence[Cell]], number: int, time: int, submitted: "Ints | None") -> "Ints":
    """Return a number for each answer sheet from its 序号 and time; only numbers of one run are compared.

    A number and a time are one whatever they are written as: "5" and 5.0, "2024/3/8 9:05:03" and a date cell.
    """
    at = moments(rows, time) if submitted is None else submitted
    unknown = np.flatnonzero(at < 0).tolist()
    if unknown:
        cells, at = cells_of(rows, time), at.copy()
        at[unknown] = [hash(clean(cells[i])) for i in unknown]
    numbers = [cell if isinstance(cell, str) else clean(cell) for cell in cells_of(rows, number)]
    keys = np.fromiter(map(hash, numbers), dtype=np.int64, count=len(numbers))
    return np.asarray(keys ^ (at * np.int64(0x1E3779B97F4A7C15)), dtype=np.int64)
