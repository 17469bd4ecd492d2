"""The few operations that all facts share: which days lie in a period, which rows may count, sums by a word."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from zyw.ledger import Ledger
from zyw.periods import Period
from zyw.records import Count

if TYPE_CHECKING:
    import pandas as pd

UNSTATED: Final = "未注明"
"""What a table calls the rows that leave the word blank."""


def days(table: "pd.DataFrame", name: str) -> "pd.Series[pd.Timestamp]":
    """Return the days of a column, all NaT when the table has no such column."""
    import pandas as pd

    if name in table.columns:
        return pd.to_datetime(table[name])
    return pd.Series(pd.NaT, index=table.index, dtype="datetime64[s]")


def texts(table: "pd.DataFrame", name: str) -> "pd.Series[str]":
    """Return the texts of a column, all "" when the table has no such column."""
    import pandas as pd

    return table[name] if name in table.columns else pd.Series("", index=table.index, dtype=object)


def until(day: "pd.Series[pd.Timestamp]", as_of: date) -> "pd.Series[bool]":
    """Say which days are not after `as_of`; NaT never is."""
    import pandas as pd

    return day < pd.Timestamp(as_of) + pd.Timedelta(days=1)


def within(day: "pd.Series[pd.Timestamp]", period: Period, as_of: date) -> "pd.Series[bool]":
    """Say which days lie in `period` and not after `as_of`; NaT lies nowhere."""
    import pandas as pd

    return (day >= pd.Timestamp(period.start)) & until(day, min(period.end, as_of))


def usable(ledger: Ledger, table: "pd.DataFrame", fields: Iterable[str]) -> "pd.DataFrame":
    """Return the rows of a known unit whose `fields` have no fault; the others never count."""
    wanted = set(fields)
    bad = {origin for origin, name in ledger.faults if name in wanted}
    return table[(table["单位"] != "") & ~table["origin"].isin(list(bad))]


def sums(
    words: "pd.Series[str]", month: "pd.Series[bool]", total: "pd.Series[bool]", order: Mapping[str, str], blank: str
) -> tuple[Count, ...]:
    """Count rows by word: those of `order` (word → clause) first and always, then others by name, `blank` last.

    The counts of a column add up to its rows, so a table of them closes with the same 合计 as the prose.
    """
    by_month = words[month].value_counts().to_dict()
    by_total = words[total].value_counts().to_dict()
    others = sorted({str(word) for word in (*by_month, *by_total)} - set(order) - {""})
    counts = [
        Count(word, int(by_month.get(word, 0)), int(by_total.get(word, 0)), order.get(word, ""))
        for word in (*order, *others)
    ]
    if by_month.get("") or by_total.get(""):
        counts.append(Count(blank, int(by_month.get("", 0)), int(by_total.get("", 0))))
    return tuple(counts)
