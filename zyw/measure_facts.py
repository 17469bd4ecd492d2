"""追责台账 → what a paper says of measures taken: by form, by track, cases and persons.

A measure counts when it stands on the as-of day (decided by then, not revoked, verified where its source asks for it):
exactly the rows that scoring lets count, with measures against whole units beside them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zyw.counting import sums, within
from zyw.ledger import Ledger
from zyw.records import Count
from zyw.scheme import Scheme
from zyw.taken import measures_taken

if TYPE_CHECKING:
    import pandas as pd

    from zyw.periods import Span

_TO_VERIFY = "核实"


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures that stand on the as-of day: `by_form` by severity, `by_track` (组织处理, 党纪 …)."""

    taken: Count
    cases: Count
    persons: Count
    by_form: tuple[Count, ...] = ()
    by_track: tuple[Count, ...] = ()
    to_verify: int = 0
    """Rows kept out only because nobody has verified them yet."""


def count_measures(ledger: Ledger, scheme: Scheme, span: "Span") -> Measures:
    """Return the measures of `span`; a case with two measures is two measures, one case and one person.

    A measure that a second file repeats for the same case is the same measure.
    """
    rows = measures_taken(ledger, scheme, span.as_of)
    stands = rows[(rows["reason"] == "") & (rows["measure"] >= 0)].drop_duplicates(["case_at", "measure"])
    waiting = rows[rows["reason"].str.contains(_TO_VERIFY, regex=False) & (rows["verified"] == "")]
    month, total = within(stands["day"], span.shown, span.as_of), within(stands["day"], span.period, span.as_of)
    names, tracks = [m.name for m in scheme.measures], [m.track for m in scheme.measures]
    return Measures(
        taken=Count("追责处理", int(month.sum()), int(total.sum())),
        cases=Count("案件", _cases(stands[month]), _cases(stands[total])),
        persons=Count("人", _persons(stands[month]), _persons(stands[total])),
        by_form=sums(stands["measure"].map(dict(enumerate(names))), month, total, _clauses(scheme), "未注明"),
        by_track=sums(
            stands["measure"].map(dict(enumerate(tracks))), month, total, dict.fromkeys(tracks, ""), "未注明"
        ),
        to_verify=int(waiting["origin"].nunique()),
    )


def _clauses(scheme: Scheme) -> dict[str, str]:
    return {measure.name: measure.clause for measure in scheme.measures}


def _persons(rows: "pd.DataFrame") -> int:
    """Count people: the same name in two units is two people, the same staff number in two units is one."""
    return int(rows["person_at"].nunique())


def _cases(rows: "pd.DataFrame") -> int:
    """Count cases: (案号, unit, person); without 案号 the rows of one person with one decision date are one case."""
    return int(rows["case_at"].nunique())
