"""核对: what a ledger shows when its cells are held against one another, before anybody scores it.

Every check is a function from a table (or a sheet's margins) to problems of the family K; none changes a row. They run
for `zyw check` and `zyw run`, never on the way to a score. Near-duplicates apart, the cost is linear in distinct texts.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from zyw.checks.closing import check_stages
from zyw.checks.dates import check_future, check_order
from zyw.checks.elements import check_elements
from zyw.checks.likeness import check_likeness
from zyw.checks.required import check_required, check_roster
from zyw.checks.senders import are_returns, check_labels, check_senders
from zyw.checks.sums import check_sums
from zyw.checks.tasks import check_tasks
from zyw.checks.view import View
from zyw.checks.wording import check_wording
from zyw.columns import TABLES
from zyw.ledger import Ledger
from zyw.problems import Problem, Severity, problem
from zyw.rowfaults import Faults
from zyw.rules import Element

CHECKED: Final = tuple(table.name for table in TABLES if table.name != "名册")
"""Tables of rows; the roster is looked at unit by unit."""


def check_ledger(
    ledger: Ledger,
    as_of: date,
    *,
    today: date | None = None,
    own: Iterable[str] = (),
    elements: Sequence[Element] = (),
) -> tuple[Problem, ...]:
    """Return what the checks find, in the order of files, sheets and rows; then what concerns no single row.

    Issues are judged as they stand on `as_of`. `today` is the day after which nothing can have happened; None where
    nobody knows (a past month is done again). `own` are texts that name this office's places, besides the roster's.
    `elements` is what the scheme wants every issue to state.
    """
    faults = Faults(ledger.origins)
    places = [
        *own,
        *(name for unit in ledger.units if ledger.has_roster for name in (unit.name, *unit.short, *unit.former)),
    ]
    judged = True
    for name in CHECKED:
        view = View(ledger, name, faults)
        if len(view):
            check_required(view)
            check_order(view)
            if today is not None:
                check_future(view, today)
            if name == "问题台账":
                check_stages(view, as_of)
                check_likeness(view)
                check_elements(view, elements)
            judged &= check_wording(view, places)
    beside = [found for margins in ledger.margins for found in check_sums(margins)]
    returned = are_returns(ledger)
    labels = check_labels(ledger) if ledger.has_roster else ()
    senders = check_senders(ledger) if returned and ledger.has_roster else ()
    unknown = (problem("K025"),) if not ledger.has_roster and (returned or not judged) else ()
    return (*check_roster(ledger), *faults.problems(), *check_tasks(ledger), *beside, *labels, *senders, *unknown)


def apart_from(found: Iterable[Problem], told: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those of `found` at whose cell no 错误 is told already: one cell, one fault."""
    taken = {p.place for p in told if p.severity is Severity.ERROR and p.place}
    return tuple(p for p in found if p.place not in taken)
