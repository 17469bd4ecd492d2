"""The 考核期 month by month: issues found and done, points taken and given, each unit's running score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from zyw.counting import days, until, usable
from zyw.facts import Facts
from zyw.periods import Span, add_months

if TYPE_CHECKING:
    import pandas as pd

MOST_MONTHS: Final = 24
"""A 考核期 longer than this is shown by its last months."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month up to the as-of day: `found` and `done` issues, `lost` and `gained` points (millionths, positive)."""

    first: date
    last: date
    found: int
    done: int
    lost: int
    gained: int

    @property
    def label(self) -> str:
        """How a chart names the month: 2012-05."""
        return f"{self.first:%Y-%m}"


def month_ends(span: Span) -> tuple[tuple[date, date], ...]:
    """Return first and last day of each month of the 考核期 up to the as-of day.

    >>> from zyw.periods import Period
    >>> span = Span(Period(date(2012, 1, 1), date(2012, 12, 31)), None, date(2012, 2, 10))
    >>> [str(last) for _, last in month_ends(span)]
    ['2012-01-31', '2012-02-10']
    """
    found, first = [], span.period.start
    last_day = min(span.as_of, span.period.end)
    while first <= last_day:
        following = add_months(first.replace(day=1), 1)
        found.append((first, min(following - timedelta(days=1), last_day)))
        first = following
    return tuple(found[-MOST_MONTHS:])


def by_month(facts: Facts) -> tuple[Month, ...]:
    """Return the months of the run; what has no day stands in none of them."""
    found, done = _issue_days(facts)
    journal = facts.scores.journal
    moved = journal[(journal["points"] != 0) & journal["date"].notna()]
    taken, given = moved[moved["points"] < 0], moved[moved["points"] > 0]
    return tuple(
        Month(
            first,
            last,
            int(_between(found, first, last).sum()),
            int(_between(done, first, last).sum()),
            -int(taken.loc[_between(taken["date"], first, last), "points"].sum()),
            int(given.loc[_between(given["date"], first, last), "points"].sum()),
        )
        for first, last in month_ends(facts.span)
    )


def running_scores(facts: Facts, ends: Sequence[date]) -> dict[str, tuple[int, ...]]:
    """Return each unit's score (millionths) as its dated rows had it on each of `ends`, the last one the score itself.

    Movements without a day (a cap, a rate of the whole period) show only in the last.
    """
    units = facts.scores.units
    base = dict(zip(units["unit"], units["base"].tolist(), strict=True))
    final = dict(zip(units["unit"], units["score"].tolist(), strict=True))
    journal = facts.scores.journal
    moved = journal[(journal["points"] != 0) & journal["date"].notna()]
    sums = [moved.loc[until(moved["date"], end)].groupby("unit")["points"].sum().to_dict() for end in ends[:-1]]
    return {unit: (*(int(base[unit] + total.get(unit, 0)) for total in sums), int(final[unit])) for unit in base}


def _issue_days(facts: Facts) -> tuple["pd.Series[pd.Timestamp]", "pd.Series[pd.Timestamp]"]:
    """Return the days on which issues were found and done, an issue of several units once."""
    import pandas as pd

    table = facts.ledger.frame("问题台账")
    if table is None:
        table = pd.DataFrame({"单位": [], "origin": []})
    rows = usable(facts.ledger, table, ("单位", "发现日", "期限", "完成日", "销号日")).drop_duplicates("origin")
    found = days(rows, "发现日")
    known = found.isna() | until(found, facts.span.as_of)
    return found[known], days(rows, "完成日").fillna(days(rows, "销号日"))[known]


def _between(day: "pd.Series[pd.Timestamp]", first: date, last: date) -> "pd.Series[bool]":
    import pandas as pd

    return (day >= pd.Timestamp(first)) & (day < pd.Timestamp(last) + pd.Timedelta(days=1))
