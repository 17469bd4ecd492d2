"""Periods of effect, vectorised; equal consequences of one person merged.

An effect of twelve months from 2012-04-02 ends on 2013-04-01; 当年 is the calendar year of the decision. Equal
consequences whose periods touch become one, as long as the longest stands (2012-04-02–2013-04-01 and
2012-11-20–2013-11-19 → 2012-04-02–2013-11-19); where the scheme adds them up, what remains of the first comes on top.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, overload

import numpy as np
import numpy.typing as npt

from zyw.rowset import Days, RowSet, paired
from zyw.rules.terms import CALENDAR_YEAR, MONTH, QUARTER, SCHOOL_YEAR, Term
from zyw.scores import Effect

_FAR: Final = 1 << 32
_NAMES: Final = ("unit", "person", "consequence", "clause", "origins")
_DAY: Final = np.timedelta64(1, "D")
_LAST: Final = date(9999, 12, 31)
_NEVER: Final = np.datetime64(_LAST, "D")


def add_months_each(days: Days, months: int) -> Days:
    """Return each day `months` later, or that month's last day (as `periods.add_months`, for an array)."""
    days = days.astype("datetime64[D]")
    first = days.astype("datetime64[M]")
    target = first + np.timedelta64(months, "M")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - _DAY
    moved = target.astype("datetime64[D]") + (days - first.astype("datetime64[D]"))
    return np.asarray(np.minimum(moved, last), dtype="datetime64[D]")


def _bounds(days: Days, span: str) -> tuple[Days, Days]:
    """Return the first and last days of the calendar's span (当年, 当学年, 当季, 当月) that holds each day."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    length, offset = _SPANS[span]
    first = (months - offset) // length * length + offset
    starts = first.astype("datetime64[M]").astype("datetime64[D]")
    ends = (first + length).astype("datetime64[M]").astype("datetime64[D]") - _DAY
    return np.asarray(starts, dtype="datetime64[D]"), np.asarray(ends, dtype="datetime64[D]")


_SPANS: Final = {CALENDAR_YEAR: (12, 0), SCHOOL_YEAR: (12, 8), QUARTER: (3, 0), MONTH: (1, 0)}
"""Length in months, and the month (0: January) in which the first begins."""


def term_of(days: Days, term: Term | None) -> tuple[Days, Days]:
    """Return first and last days of an effect decided on `days`; without a term: from the day, without end (NaT)."""
    days = days.astype("datetime64[D]")
    if term is None:
        return days, np.full(len(days), "NaT", dtype="datetime64[D]")
    if not term.months:
        return _bounds(days, term.span)
    return days, add_months_each(days, term.months) - _DAY


def window_end(days: Days, window: Term) -> Days:
    """Return the last day that still cumulates with each of `days`; exactly twelve months later is inside."""
    return add_months_each(days, window.months) if window.months else _bounds(days, window.span)[1]


def window_start(days: Days, window: Term) -> Days:
    """Return the first day with which each of `days` still cumulates: `window_end` seen from the other end.

    2013-02-28 is within 12个月 of 2012-02-28 and of 02-29, whose window ends that very day; of 02-27 no more.
    """
    if not window.months:
        return _bounds(days, window.span)[0]
    start = add_months_each(days, -window.months)
    while (earlier := window_end(start - _DAY, window) >= days).any():
        start = np.where(earlier, start - _DAY, start)
    return np.where(window_end(start, window) < days, start + _DAY, start)


class Effects(Sequence[Effect]):
    """The merged effects, built when they are looked at: a county has tens of thousands, a ranked table needs none.

    Equal to any sequence of the same effects.
    """

    def __init__(self, rows: RowSet, heads: npt.NDArray[np.intp], start: Days, end: Days) -> None:
        self._rows, self._heads, self._start, self._end = rows, heads, start, end

    @cached_property
    def _built(self) -> tuple[Effect, ...]:
        return _build(self._rows, self._heads, self._start, self._end)

    def __len__(self) -> int:
        return len(self._heads)

    @overload
    def __getitem__(self, index: int) -> Effect: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Effect, ...]: ...
    def __getitem__(self, index: int | slice) -> Effect | tuple[Effect, ...]:
        return self._built[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._built == tuple(other)

    def __hash__(self) -> int:
        return hash(self._built)

    def __repr__(self) -> str:
        return repr(self._built)


@dataclass(frozen=True, slots=True)
class _Merging:
    """The journal's consequences for persons sorted by person, consequence, start; ends are those added up.

    `at` are their places in the journal, `heads` where each merged effect begins.
    """

    at: npt.NDArray[np.intp]
    heads: npt.NDArray[np.intp]
    start: Days
    end: Days

    @property
    def last(self) -> Days:
        """The last day of each merged effect."""
        return np.asarray(np.maximum.reduceat(self.end, self.heads), dtype="datetime64[D]")


def _merging(journal: RowSet, sums: Mapping[int, int]) -> _Merging:
    at = np.flatnonzero((journal["what"] > 0) & (journal["name_at"] >= 0))
    rows = journal.take(at, ("unit_at", "name_at", "person_at", "what", "start", "end"))
    key = paired(paired(rows["unit_at"], rows["name_at"]), paired(rows["person_at"], rows["what"]))
    start = rows["start"].astype("datetime64[D]")
    end = np.where(np.isnat(rows["end"]), _NEVER, rows["end"].astype("datetime64[D]"))
    order = np.lexsort((end, start, key))
    key, start, end = key[order], start[order], end[order]
    if sums:
        end = _added_up(key, start, end, [sums.get(what) for what in rows["what"][order].tolist()])
    heads = np.flatnonzero(_begins(key, start, end)) if len(at) else np.zeros(0, dtype=np.intp)
    return _Merging(at[order], heads, start, end)


def merge_effects(journal: RowSet, sums: Mapping[int, int] = MappingProxyType({})) -> Sequence[Effect]:
    """Return the consequences for persons in the sorted journal, equal ones merged, in the journal's order.

    Needs its columns unit, person, consequence, clause, start, end, origins and the numbers unit_at, name_at,
    person_at and what. `sums` are the consequences whose periods add up, each with its limit in months (0: none).
    """
    found = _merging(journal, sums)
    if not len(found.at):
        return ()
    return Effects(journal.take(found.at, _NAMES), found.heads, found.start[found.heads], found.last)


def outlived(journal: RowSet, sums: Mapping[int, int], since: date) -> npt.NDArray[np.bool_]:
    """Say which rows state an effect that ended before `since`, also with what was added to it later."""
    found = _merging(journal, sums)
    gone = np.zeros(len(journal), dtype=np.bool_)
    if len(found.at):
        sizes = np.diff(np.append(found.heads, len(found.at)))
        over = np.repeat(found.last < np.datetime64(since), sizes)
        gone[found.at[over]] = True
    return gone


def _added_up(key: npt.NDArray[Any], start: Days, end: Days, limits: Sequence[int | None]) -> Days:
    """Let each effect that begins while an equal one runs begin where that ends: what remains and the new one.

    12 months from 2012-04-02 (to 2013-04-01), again 12 months from 2012-10-10: to 2014-04-01. With a limit of 48
    months nothing ends later than 48 months after the last decision.
    """
    ends = end.copy()
    for at in range(1, len(key)):
        limit, before = limits[at], ends[at - 1]
        if limit is None or key[at] != key[at - 1] or start[at] > before or before == _NEVER:
            continue
        months = int((end[at] + _DAY).astype("datetime64[M]") - start[at].astype("datetime64[M]"))
        moved = add_months_each(np.array([before + _DAY]), months)[0] - _DAY
        latest = add_months_each(start[at : at + 1], limit)[0] - _DAY if limit else moved
        ends[at] = max(before, end[at], min(moved, latest))
    return ends


def _begins(key: npt.NDArray[Any], start: Days, end: Days) -> npt.NDArray[np.bool_]:
    """Say where a new effect begins in rows sorted by key and start: another key, or a gap of a day or more."""
    begins = np.concatenate(([True], key[1:] != key[:-1]))
    # A running maximum of the ends within each key: keys lie further apart than any two days.
    shifted = np.cumsum(begins) * _FAR + end.astype(np.int64)
    reach = np.maximum.accumulate(shifted)[:-1] - np.cumsum(begins)[1:] * _FAR
    begins[1:] |= start.astype(np.int64)[1:] > reach + 1
    return np.asarray(begins, dtype=np.bool_)


def _build(rows: RowSet, heads: npt.NDArray[np.intp], start: Days, end: Days) -> tuple[Effect, ...]:
    ends = np.append(heads[1:], len(rows)).tolist()
    clauses, origins = rows["clause"].tolist(), rows["origins"].tolist()
    firsts = rows.take(heads, ("unit", "person", "consequence"))
    columns = zip(
        firsts["unit"].tolist(), firsts["person"].tolist(), firsts["consequence"].tolist(),
        start.tolist(), end.tolist(), heads.tolist(), ends, strict=True,
    )  # fmt: skip
    return tuple(
        Effect(
            unit,
            person,
            text,
            begin,
            None if last == _LAST else last,
            clauses[a] if b == a + 1 else "、".join(dict.fromkeys(clauses[a:b])),
            origins[a] if b == a + 1 else tuple(sorted({o for each in origins[a:b] for o in each})),
        )
        for unit, person, text, begin, last, a, b in columns
    )


def month_of_each(days: Days) -> npt.NDArray[np.int64]:
    """Return a number for the calendar month of each day."""
    return np.asarray(days.astype("datetime64[M]").astype(np.int64), dtype=np.int64)


def quarter_of_each(days: Days) -> npt.NDArray[np.int64]:
    """Return a number for the calendar quarter of each day."""
    return month_of_each(days) // 3
