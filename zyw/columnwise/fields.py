"""A block of a text table → where each field begins and ends, by its bytes alone.

UTF-8 and GB18030 never use the bytes of a comma, a tab, a quote or a line end inside another character, so a table is
cut without being decoded. What the fast way cannot say with certainty (a quote in the middle of a field, a lone CR) it
gives up: the reader that goes character by character then reads the whole file.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from zyw.columnwise.columns import Places

LINE, RETURN, QUOTE = 10, 13, 34
_MASKS: Final = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [2**64 - 1], dtype=np.uint64)
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
LONGEST: Final = 64
"""Fields of more bytes are told apart by Python; what is so long is seldom one of few."""


class Unsure(Exception):  # noqa: N818 - no error: the other reader reads it
    """The block holds something that must be read character by character."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A block cut into records: field j of record i begins at `starts[first[i] + j]`, ends before `ends[first[i] + j]`.

    `counts` is how many fields each record has. The buffer has `LONGEST` bytes and a word more than the block.
    """

    buffer: "npt.NDArray[np.uint8]"
    starts: "Places"
    ends: "Places"
    first: "Places"
    counts: "Places"


def last_line(block: memoryview, *, last: bool) -> int:
    """Return where the last record of a block that lies in it whole ends; 0: none does."""
    if last:
        return len(block)
    raw = bytes(block)
    end = raw.rfind(b"\n") + 1
    quotes = raw.count(b'"', 0, end)
    while end and quotes % 2:
        above = raw.rfind(b"\n", 0, end - 1) + 1
        quotes -= raw.count(b'"', above, end)  # only the line stepped over: an unpaired quote must not cost a square
        end = above
    return end


def cut(block: bytes, delimiter: int) -> Cut:
    """Cut a block of whole records; raises `Unsure`."""
    padded = np.zeros(len(block) + LONGEST + 8, dtype=np.uint8)
    buffer = padded[: len(block)]
    buffer[:] = np.frombuffer(block, dtype=np.uint8)
    lines = buffer == LINE
    ends = np.flatnonzero(lines | (buffer == delimiter))
    quotes = np.flatnonzero(buffer == QUOTE)
    if len(quotes):
        _check_quotes(buffer, quotes, delimiter)
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
    closing = lines[ends]
    if not len(ends) or ends[-1] != len(buffer) - 1 or not closing[-1]:  # the last line of a file may have no end
        ends, closing = np.append(ends, len(buffer)), np.append(closing, True)
    starts = np.concatenate(([0], ends[:-1] + 1))
    closes = np.flatnonzero(closing)
    first = np.concatenate(([0], closes[:-1] + 1))
    ends = _without_returns(buffer, ends, closes, quotes)
    return Cut(padded, starts, ends, first, closes - first + 1)


def _check_quotes(buffer: "npt.NDArray[np.uint8]", quotes: "Places", delimiter: int) -> None:
    """Make sure that quotes stand only round whole fields, or doubled inside them."""
    if len(quotes) % 2:
        raise Unsure
    opening, closing = quotes[::2], quotes[1::2]
    before = buffer[np.maximum(opening - 1, 0)]
    again = np.concatenate(([False], opening[1:] == closing[:-1] + 1))
    good = (opening == 0) | (before == LINE) | (before == delimiter) | again
    after = buffer[np.minimum(closing + 1, len(buffer) - 1)]
    final = closing == len(buffer) - 1
    doubled = np.concatenate((again[1:], [False]))
    shut = final | doubled | (after == LINE) | (after == RETURN) | (after == delimiter)
    if not (good.all() and shut.all()):
        raise Unsure


def _without_returns(buffer: "npt.NDArray[np.uint8]", ends: "Places", closes: "Places", quotes: "Places") -> "Places":
    """Take the CR off the last field of each record; one that stands anywhere else outside quotes is `Unsure`."""
    returns = np.flatnonzero(buffer == RETURN)
    if len(quotes) and len(returns):
        returns = returns[np.searchsorted(quotes, returns) % 2 == 0]
    if not len(returns):
        return ends
    shut = ends[closes]
    ended = (shut > 0) & (buffer[np.maximum(shut - 1, 0)] == RETURN)
    if int(ended.sum()) != len(returns):
        raise Unsure
    ends = ends.copy()
    ends[closes[ended]] -= 1
    return ends


def marks(buffer: "npt.NDArray[np.uint8]", starts: "Places", ends: "Places") -> "npt.NDArray[np.uint64]":
    """Return a number for each field, equal for equal fields of at most `LONGEST` bytes.

    Up to eight bytes it is the bytes themselves (no text holds a NUL); of longer ones two that differ share a number
    once in 2**64.
    """
    lengths = ends - starts
    words: npt.NDArray[np.uint64] = np.ndarray((len(buffer) - 7,), dtype="<u8", buffer=buffer.data, strides=(1,))
    found: npt.NDArray[np.uint64] = words[starts] & _MASKS[np.minimum(lengths, 8)]
    for done in range(8, int(lengths.max(initial=0)), 8):
        more = np.flatnonzero(lengths > done)
        word = words[starts[more] + done] & _MASKS[np.minimum(lengths[more] - done, 8)]
        mixed = (found[more] ^ (found[more] >> np.uint64(29))) * _MIX
        found[more] = mixed ^ word ^ (word << np.uint64(31))
    return found


def joined(buffer: "npt.NDArray[np.uint8]", starts: "Places", ends: "Places") -> bytes:
    """Return the fields joined by NUL."""
    sizes = ends - starts + 1
    after = np.cumsum(sizes)
    source = np.repeat(starts - (after - sizes), sizes) + np.arange(int(after[-1]))
    text = buffer[np.minimum(source, len(buffer) - 1)]
    text[after - 1] = 0
    return text[:-1].tobytes()
