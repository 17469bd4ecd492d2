"""Answer sheets that look made up: named for a person to decide, never left out by the program.

Four independent kinds of sign: how fast (用时), how it was answered (答法), from which network (网络), at what hour
(时段). One sign alone is everyday life: a content parent ticks one column, the families of a school share a network and
many of them answer alike, so equal answers count as one kind, from one network or from several. A sheet is 可疑 only
when signs of two kinds meet. Thresholds are constants here and stand on the method sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.rowset import paired
from zyw.survey.answers import Answers, Asked, answered
from zyw.survey.stamps import DAY, Noted
from zyw.survey.tally import Batch

if TYPE_CHECKING:
    import numpy.typing as npt

    from zyw.rowset import Ints, Mask

FAST_SHARE: Final = 0.3
"""Faster than this share of the questionnaire's median time (the vendor's own rule; input-formats.md A1)."""
ENOUGH_TIMES: Final = 20
"""A median of fewer times means nothing."""
ENOUGH_ITEMS: Final = 5
"""So many answered questions make equal sheets worth a thought."""
ALIKE: Final = 5
"""So many equal sheets of one unit within `BURST_SECONDS` are a burst."""
BURST_SECONDS: Final = 600
CHAIN: Final = 5
"""So many equal sheets from one network, each begun within `CHAIN_SECONDS` after the one before was handed in."""
CHAIN_SECONDS: Final = 60
NIGHT: Final = (0, 5)
"""Hours of the night: from, to (not included)."""


class Sign(Enum):
    """One sign; its value is what a clerk reads."""

    FAST = "答得太快"
    STRAIGHT = "全选一项"
    ALIKE = "短时间内成批雷同"
    CHAINED = "同一网络上接连提交且答案相同"
    NETWORK = "同一网络且答案相同"
    NIGHT = "深夜成批提交"

    @property
    def kind(self) -> str:
        """Which of the four kinds it is; only signs of two kinds make a sheet suspect."""
        return {
            Sign.FAST: "用时", Sign.STRAIGHT: "答法", Sign.ALIKE: "答法",
            Sign.NETWORK: "答法", Sign.CHAINED: "网络", Sign.NIGHT: "时段",
        }[self]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suspicion:
    """The signs of one batch: a mask of rows for each sign, and the rows that are 可疑."""

    signs: dict[Sign, "Mask"]
    suspect: "Mask"

    def of(self, row: int) -> tuple[Sign, ...]:
        """Return the signs of one row."""
        return tuple(sign for sign, mask in self.signs.items() if mask[row])


def suspect_sheets(batch: Batch) -> Suspicion:
    """Return the signs of each answer sheet of an export; a paper tally has none."""
    answers = batch.answers
    size = answers.rows
    none = np.zeros(size, dtype=np.bool_)
    if not answers.items or answers.counts:
        return Suspicion({}, none)
    noted = answers.noted or Noted()
    at, taken = moments(answers), _or(noted.taken, -1, size)
    straight, filled = _straight(answers)
    same = _content(answers)
    unit = batch.unit_codes.codes
    network = _or(noted.network, 0, size)
    full = filled >= ENOUGH_ITEMS
    signs = {
        Sign.FAST: _fast(taken),
        Sign.STRAIGHT: straight & full,
        Sign.ALIKE: _bursts(paired(unit, same), at, full & ~straight, ALIKE),
        Sign.NETWORK: _repeated(paired(same, network), full & ~straight & (network > 0)),
        Sign.CHAINED: _chains(paired(same, network), at, taken, full & (network > 0)),
        Sign.NIGHT: _bursts(unit, at, _at_night(at), ALIKE),
    }
    kinds: dict[str, Mask] = {}
    for sign, mask in signs.items():
        kinds[sign.kind] = kinds.get(sign.kind, none) | mask
    return Suspicion(signs, np.add.reduce([mask.astype(np.int64) for mask in kinds.values()]) >= 2)


def moments(answers: Answers) -> "Ints":
    """Return when each sheet was handed in, in seconds since 1970-01-01; -1 where nobody knows."""
    return _or(answers.noted.submitted if answers.noted else None, -1, answers.rows)


def _or(numbers: "Ints | None", otherwise: int, size: int) -> "Ints":
    return np.full(size, otherwise, dtype=np.int64) if numbers is None else numbers


def _fast(taken: "Ints") -> "Mask":
    known = taken[taken > 0]
    if len(known) < ENOUGH_TIMES:
        return np.zeros(len(taken), dtype=np.bool_)
    return np.asarray((taken > 0) & (taken < FAST_SHARE * np.median(known)), dtype=np.bool_)


def _straight(answers: Answers) -> "tuple[Mask, Ints]":
    """Say which sheets give one answer throughout, and how many scale questions each answers."""
    filled = np.zeros(answers.rows, dtype=np.int64)
    first = np.full(answers.rows, -1, dtype=np.int64)
    one = np.ones(answers.rows, dtype=np.bool_)
    words: dict[object, int] = {}
    for item in answers.items:
        number = np.array([words.setdefault(value, len(words)) for value in item.data.values], dtype=np.int64)
        here = number[item.data.codes]
        says = np.array(answered(item.data.values), dtype=np.bool_)[item.data.codes]
        one &= ~says | (first < 0) | (here == first)
        first = np.where(says & (first < 0), here, first)
        filled += says
    return one, filled


def _content(answers: Answers) -> "Ints":
    """Return a number a sheet, equal for sheets that answer every question equally, what people wrote included."""
    total = np.zeros(answers.rows, dtype=np.int64)
    for item in (*answers.items, *(i for i in answers.others if i.asked is not Asked.NUMBER)):
        total = paired(total, np.asarray(item.data.codes, dtype=np.int64))
    return total


def _at_night(at: "Ints") -> "Mask":
    hours = (at % DAY) // 3600
    return np.asarray((at >= 0) & (hours >= NIGHT[0]) & (hours < NIGHT[1]) & (at % DAY > 0), dtype=np.bool_)


def _bursts(pile: "Ints", at: "Ints", among: "Mask", least: int) -> "Mask":
    """Say which rows stand among `least` or more of one pile within `BURST_SECONDS`."""
    rows = np.flatnonzero(among & (at >= 0))
    rows = rows[np.lexsort((at[rows], pile[rows]))]
    back = least - 1
    first, last = rows[: max(len(rows) - back, 0)], rows[back:]
    close = np.flatnonzero((pile[first] == pile[last]) & (at[last] - at[first] <= BURST_SECONDS))
    found = np.zeros(len(pile), dtype=np.bool_)
    found[rows[(close[:, None] + np.arange(least)).ravel()]] = True
    return found


def _repeated(pile: "Ints", among: "Mask") -> "Mask":
    """Say which rows share their pile with at least two others."""
    rows = np.flatnonzero(among)
    _, which, counts = np.unique(pile[rows], return_inverse=True, return_counts=True)
    found = np.zeros(len(pile), dtype=np.bool_)
    found[rows[counts[which] >= 3]] = True
    return found


def _chains(pile: "Ints", at: "Ints", taken: "Ints", among: "Mask") -> "Mask":
    """Say which rows stand in a chain: one device, one hand, one sheet after the other.

    People of one building fill at the same time, so their sheets overlap; a chain does not.
    """
    rows = np.flatnonzero(among & (at >= 0) & (taken > 0))
    rows = rows[np.lexsort((at[rows], pile[rows]))]
    wait = at[rows[1:]] - taken[rows[1:]] - at[rows[:-1]]
    follows = (pile[rows[1:]] == pile[rows[:-1]]) & (wait >= 0) & (wait <= CHAIN_SECONDS)
    found = np.zeros(len(pile), dtype=np.bool_)
    for start, end in _runs(follows):
        if end - start + 1 >= CHAIN:
            found[rows[start : end + 1]] = True
    return found


def _runs(follows: "npt.NDArray[np.bool_]") -> Sequence[tuple[int, int]]:
    """Return (first, last) position of each run of rows that follow one another."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], follows, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
