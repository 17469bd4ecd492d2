"""All tallies of one run: each worked out where its table was given, and the printed tables in their order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zyw.ledger import Ledger
from zyw.periods import Span
from zyw.tallies.activities import Activities, tally_activities
from zyw.tallies.dossiers import Dossiers, tally_dossiers
from zyw.tallies.inspections import Inspections, tally_inspections
from zyw.tallies.issues import IssueTally, lives_of, tally_issues
from zyw.tallies.lists import Lists, tally_lists
from zyw.tallies.measures import Hierarchy, tally_measures
from zyw.tallies.opinions import OpinionTally, opinion_tables, tally_opinions
from zyw.tallies.people import Rotations, Training, tally_rotations, tally_training
from zyw.tallies.shown_issues import inspection_tables, issue_tables, measure_tables
from zyw.tallies.shown_people import dossier_tables, list_tables, rotation_tables, training_tables
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
    issues: IssueTally | None = None
    measures: Hierarchy | None = None
    inspections: Inspections | None = None
    rotations: Rotations | None = None
    training: Training | None = None
    dossiers: Dossiers | None = None
    lists: Lists = field(default_factory=Lists)
    opinions: OpinionTally | None = None


def tally_all(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Tallies:
    """Return every tally for which there is a table."""
    lives = lives_of(ledger, scheme, span.as_of)
    return Tallies(
        span,
        tally_tasks(ledger, scheme, span),
        tally_submissions(ledger, scheme, span),
        tally_activities(ledger, scheme, span),
        tally_issues(ledger, scheme, span, lives),
        tally_measures(ledger, scheme, span, lives),
        tally_inspections(ledger, scheme, span),
        tally_rotations(ledger, scheme, span),
        tally_training(ledger, scheme, span),
        tally_dossiers(ledger, scheme, span),
        tally_lists(ledger, scheme, span, lives),
        tally_opinions(ledger),
    )


def tables_of(tallies: Tallies) -> tuple[Table, ...]:
    """Return the printed tables that have a line, in the order of the workbook."""
    return tuple(table for table in _tables(tallies) if any(not row.total for row in table.rows))


def _tables(tallies: Tallies) -> Iterator[Table]:
    if tallies.tasks:
        yield from task_tables(tallies.tasks)
    if tallies.issues:
        yield from issue_tables(tallies.issues)
    if tallies.measures:
        yield from measure_tables(tallies.measures)
    if tallies.submissions:
        yield from submission_tables(tallies.submissions)
    if tallies.activities:
        yield from activity_tables(tallies.activities)
    if tallies.opinions:
        yield from opinion_tables(tallies.opinions)
    if tallies.inspections:
        yield from inspection_tables(tallies.inspections)
    yield from list_tables(tallies.lists)
    if tallies.rotations:
        yield from rotation_tables(tallies.rotations)
    if tallies.training:
        yield from training_tables(tallies.training)
    if tallies.dossiers:
        yield from dossier_tables(tallies.dossiers)
