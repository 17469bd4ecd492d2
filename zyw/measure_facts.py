"""追责台账 → what a paper says of measures taken: by form, by track, cases and persons.

A measure counts when it stands on the as-of day (decided by then, not revoked, verified where its source asks for it):
exactly the rows that scoring lets count. The same measure of one case in two ledgers is one measure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zyw.counting import UNSTATED, sums, within
from zyw.ledger import Ledger
from zyw.records import Count
from zyw.sanctions.taken import measures_taken
from zyw.scheme import Scheme

if TYPE_CHECKING:
    import pandas as pd

    from zyw.periods import Span

_TO_VERIFY = "核实"


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures that stand on the as-of day: `by_form` by severity, by track and by 职务层级."""

    taken: Count
    cases: Count
    persons: Count
    by_form: tuple[Count, ...] = ()
    by_track: tuple[Count, ...] = ()
    by_level: tuple[Count, ...] = ()
    to_verify: int = 0
    """Rows kept out only because nobody has verified them yet."""
    of_unit: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The names of the measures that each unit's rows tell of, standing or not."""


def count_measures(ledger: Ledger, scheme: Scheme, span: "Span") -> Measures:
    """Return the measures of `span`; a case with two measures is two measures, one case and one person."""
    rows = measures_taken(ledger, scheme, span.as_of)
    waiting = rows[rows["reason"].str.contains(_TO_VERIFY, regex=False) & (rows["verified"] == "")]
    stands = rows[(rows["reason"] == "") & (rows["measure"] >= 0)]
    stands = stands.sort_values(["day", "origin"], kind="stable").drop_duplicates(["case_at", "measure"])
    month, total = within(stands["day"], span.shown, span.as_of), within(stands["day"], span.period, span.as_of)
    levels = scheme.levels.order
    forms, tracks = [m.name for m in scheme.measures], [m.track for m in scheme.measures]
    known = dict.fromkeys(filter(None, tracks), "")
    return Measures(
        taken=Count("追责处理", int(month.sum()), int(total.sum())),
        cases=_distinct("案件", stands["case_at"], month, total),
        persons=_distinct("人", stands["person_at"], month, total),
        by_form=sums(_named(stands["measure"], forms), month, total, _clauses(scheme), UNSTATED),
        by_track=sums(_named(stands["measure"], tracks), month, total, known, UNSTATED),
        by_level=sums(_named(stands["level"], levels), month, total, dict.fromkeys(levels, ""), UNSTATED),
        to_verify=int(waiting["origin"].nunique()),
        of_unit=_of_unit(rows, forms),
    )


def measure_days(ledger: Ledger, scheme: Scheme, span: "Span") -> list[date]:
    """Return the day of each measure that stands on the as-of day, of whatever period."""
    rows = measures_taken(ledger, scheme, span.as_of)
    stands = rows[(rows["reason"] == "") & (rows["measure"] >= 0)]
    stands = stands.sort_values(["day", "origin"], kind="stable").drop_duplicates(["case_at", "measure"])
    return [day.date() for day in stands["day"].dropna()]


def _of_unit(rows: "pd.DataFrame", names: Sequence[str]) -> dict[str, frozenset[str]]:
    told = rows[rows["measure"] >= 0].groupby("unit", sort=False)["measure"].unique()
    return {str(unit): frozenset(names[order] for order in orders) for unit, orders in told.items()}


def _clauses(scheme: Scheme) -> dict[str, str]:
    return {measure.name: measure.clause for measure in scheme.measures}


def _named(places: "pd.Series[int]", names: Sequence[str]) -> "pd.Series[str]":
    return places.map(dict(enumerate(names)))


def _distinct(name: str, numbers: "pd.Series[int]", month: "pd.Series[bool]", total: "pd.Series[bool]") -> Count:
    return Count(name, int(numbers[month].nunique()), int(numbers[total].nunique()))
