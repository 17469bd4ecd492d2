"""All tallies of one run: each worked out where its table was given, and the printed tables in their order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zyw.ledger import Ledger
from zyw.periods import Span
from zyw.tallies.activities import Activities, tally_activities
from zyw.tallies.shown_tasks import activity_tables, submission_tables, task_tables
from zyw.tallies.submissions import Submissions, tally_submissions
from zyw.tallies.table import Table
from zyw.tallies.tasks import Tasks, tally_tasks

if TYPE_CHECKING:
    from zyw.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Tallies:
    """The tallies of a run; None where the table was not given."""

    span: Span
    tasks: Tasks | None = None
    submissions: Submissions | None = None
    activities: Activities | None = None


def tally_all(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Tallies:
    """Return every tally for which there is a table."""
    return Tallies(
        span,
        tally_tasks(ledger, scheme, span),
        tally_submissions(ledger, scheme, span),
        tally_activities(ledger, scheme, span),
    )


def tables_of(tallies: Tallies) -> tuple[Table, ...]:
    """Return the printed tables that have a line, in the order of the workbook."""
    return tuple(table for table in _tables(tallies) if table.rows)


def _tables(tallies: Tallies) -> Iterator[Table]:
    if tallies.tasks:
        yield from task_tables(tallies.tasks)
    if tallies.submissions:
        yield from submission_tables(tallies.submissions)
    if tallies.activities:
        yield from activity_tables(tallies.activities)
