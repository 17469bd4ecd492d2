"""Deadlines that run from another day of the row: 一个月内 becomes a day once the day the issue was found is known."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from zyw.finding.headers import Column
from zyw.intake.typed import MANY, Array, Spot, TypedColumn
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.workdays.table import Holidays

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from zyw.deadlines import Within
    from zyw.workdays.calendar import Calendar

START: Final = "发现日"


def settle(
    arrays: dict[str, Array], column: Column, typed: TypedColumn, spot: Spot, holidays: Holidays
) -> Iterator[Problem]:
    """Fill the days of running deadlines into `arrays` (in place); a row without a first day keeps its text (L005)."""
    import numpy as np

    from zyw.workdays.calendar import shipped

    assert typed.running is not None and column.field is not None, "only such columns are settled"
    calendar = shipped().with_own(holidays)
    codes, within = typed.running
    days = arrays[column.field.name].copy()
    starts = arrays.get(START, np.full(len(days), np.datetime64("NaT", "s"))).astype("datetime64[D]")
    for code, each in enumerate(within):
        if each is not None:
            rows = np.flatnonzero(codes == code)
            known = rows[~np.isnat(starts[rows])]
            days[known] = _ends(each, starts[known], calendar)
            yield from _told(each, known.tolist(), rows[np.isnat(starts[rows])].tolist(), column, spot)
            if each.working_days and len(known):
                yield from _without_holidays(
                    calendar.unknown(days[known], starts[known]), spot.place(int(known[0])), column
                )
    arrays[column.field.name] = days


def _ends(within: "Within", starts: "npt.NDArray[np.datetime64]", calendar: "Calendar") -> "npt.NDArray[np.datetime64]":
    """Return the last day for each first one; each distinct day is counted from once."""
    import numpy as np

    found, which = np.unique(starts, return_inverse=True)
    ends: npt.NDArray[np.datetime64] = np.array(
        [within.after(day, calendar) for day in found.tolist()], dtype="datetime64[s]"
    )
    return ends[which]


def _without_holidays(years: tuple[int, ...], place: Place, column: Column) -> Iterator[Problem]:
    """Say which years the table of holidays lacks: there only weekends are left out."""
    if years:
        yield problem("L022", place, name=column.label, years=Verbatim("、".join(map(str, years))))


def _told(within: "Within", known: list[int], lost: list[int], column: Column, spot: Spot) -> Iterator[Problem]:
    label = column.label
    if known:
        yield problem("L020", spot.place(known[0]), name=label, value=within.text, count=len(known))
    for i in lost[:MANY]:
        yield problem("L005", spot.place(i), excerpt=spot.excerpt(i), name=label, value=within.text)
    if len(lost) > MANY:
        count = len(lost) - MANY
        yield problem("L010", spot.place(lost[MANY]), name=label, value=within.text, count=count)
