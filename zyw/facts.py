"""Every number and list that a paper may state, computed once: papers print facts and count nothing themselves.

`month` counts lie in the reporting period (design §6), `total` counts in the 考核期 up to the as-of day; nothing dated
after that day counts. Names of persons are whole here; `zyw.papers.bulletin` masks them for the level of the paper.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from zyw.counting import days, texts, until, usable, within
from zyw.handling.docket import docket
from zyw.handling.records import Docket
from zyw.issue_facts import count_issues
from zyw.issue_lines import Change, IssueLine, change, issue_lines, lives_of
from zyw.ledger import Ledger
from zyw.measure_facts import Measures, count_measures, measure_days
from zyw.periods import Span
from zyw.questions import Joint, joint_liability
from zyw.records import Count, Group, Issues, Line, Proposal, RuleCount, Submission
from zyw.rules.handling import USUAL
from zyw.scheme import Scheme
from zyw.scores import Note, Scores, Standing

if TYPE_CHECKING:
    from zyw.survey.rates import Rate

UNGROUPED = "未分学段"


def no_docket() -> Docket:
    """Return the docket of a run that looks at no issues."""
    return Docket(date.min, USUAL)


@dataclass(frozen=True)
class Facts:
    """All that papers state about one run; `scores` and `ledger` serve the unit notices."""

    scheme: Scheme
    span: Span
    issues: Issues
    measures: Measures
    rules: tuple[RuleCount, ...]
    lost: Count
    """Points taken off, in millionths."""
    losers: Count
    """Units that lost points."""
    groups: tuple[Group, ...]
    proposals: tuple[Proposal, ...]
    submissions: tuple[Submission, ...]
    submissions_left_out: int
    """Rows of 材料报送 that a fault or an unknown unit keeps out."""
    joint: Joint
    """Questions of joint liability, which move no points."""
    notes: tuple[Note, ...]
    missing: tuple[str, ...]
    given: frozenset[str]
    """The tables that were given; of the others a paper must not say that there was nothing to find."""
    rows_not_used: int
    scores: Scores
    ledger: Ledger
    items: tuple[IssueLine, ...] = ()
    """Every issue of the ledger as it stood on the as-of day."""
    changes: Mapping[str, Change] = field(default_factory=dict)
    """发现, 完成 and 处理 beside the period before and the same one a year ago."""
    docket: Docket = field(default_factory=no_docket)
    """What is overdue, soon due, may be closed and should not have been."""
    persons: frozenset[str] = frozenset()
    """Every name of a person that the run knows, whole: what papers that leave the office hide in texts."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every unit's line, group by group."""
        return tuple(line for group in self.groups for line in group.lines)


def compute(  # noqa: PLR0917 - one argument a stage of the run
    ledger: Ledger,
    scheme: Scheme,
    scores: Scores,
    standings: Sequence[Standing],
    rates: Mapping[str, "Rate"],
    missing: Sequence[str] = (),
) -> Facts:
    """Return the facts of one run. Units not in `standings` form the group 未分学段 and are not ranked.

    `rows_not_used` adds up what scoring says of each unit ("有 N 行未计入") and the rows of no unit.
    """
    span = scores.span
    lost, losers = _lost(scores)
    lives = lives_of(ledger, scheme, span)
    items = issue_lines(ledger, scheme, lives)
    return Facts(
        scheme=scheme,
        span=span,
        issues=count_issues(ledger, scheme, span, lives),
        measures=count_measures(ledger, scheme, span),
        rules=_rules(scores),
        lost=lost,
        losers=losers,
        groups=_groups(scores, standings, rates),
        proposals=_proposals(scores),
        submissions=submissions_due(ledger, span),
        submissions_left_out=_unusable_submissions(ledger),
        joint=joint_liability(ledger, scheme, span),
        notes=scores.notes,
        missing=tuple(missing),
        given=ledger.given,
        rows_not_used=int(scores.unit_rows["rows_not_used"].sum()) + scores.rows_of_no_unit,
        scores=scores,
        ledger=ledger,
        items=items,
        changes=_changes(ledger, scheme, span, items),
        docket=docket(ledger, scheme, span.as_of)[0],
        persons=_persons(ledger, scores),
    )


def _changes(ledger: Ledger, scheme: Scheme, span: Span, items: Sequence[IssueLine]) -> dict[str, Change]:
    return {
        "发现": change([line.found for line in items], span),
        "完成": change([line.done or line.closed for line in items], span),
        "处理": change(measure_days(ledger, scheme, span), span),
    }


_OFFICES: Final = re.compile(r"[处科室股组办校园部局会]$|[校园科股处局组班]长$|书记|主任|[老教]师|会计|领导|班子|全体")
_NAMED: Final = {"问题台账": ("当事人", "责任人", "领导", "复查人"), "追责台账": ("姓名",)}


def _persons(ledger: Ledger, scores: Scores) -> frozenset[str]:
    """Return the names in the columns that hold names, in the journal and in the roster; posts and offices are none."""
    found = {*scores.journal_rows.coded("person").texts, *scores.left_out_rows.coded("person").texts}
    found |= {unit.head for unit in ledger.units}
    for table, fields in _NAMED.items():
        rows = ledger.rows.get(table)
        found |= {text for name in fields if rows is not None and name in rows for text in rows.coded(name).texts}
    names = {name for text in found for name in re.split(r"[、，,；;/\s]+", str(text))}
    return frozenset(name for name in names if 2 <= len(name) <= 4 and not _OFFICES.search(name))


def _rules(scores: Scores) -> tuple[RuleCount, ...]:
    """Count what each rule moved; a month's rows are those whose day lies in the reporting period."""
    moved = scores.journal[scores.journal["points"] != 0]
    shown = within(days(moved, "date"), scores.span.shown, scores.span.as_of)
    found = []
    for key, rows in moved.assign(shown=shown).groupby(["rule", "clause"], sort=True):
        rule, clause = key
        month = rows[rows["shown"]]
        found.append(
            RuleCount(
                str(rule), str(clause), len(month), len(rows), int(month["points"].sum()), int(rows["points"].sum())
            )
        )
    return tuple(found)


def _lost(scores: Scores) -> tuple[Count, Count]:
    """Return the points taken off (millionths, positive) and the units that lost any."""
    taken = scores.journal[scores.journal["points"] < 0]
    month = taken[within(days(taken, "date"), scores.span.shown, scores.span.as_of)]
    return (
        Count("扣分", -int(month["points"].sum()), -int(taken["points"].sum())),
        Count("被扣分单位", int(month["unit"].nunique()), int(taken["unit"].nunique())),
    )


def _groups(scores: Scores, standings: Sequence[Standing], rates: Mapping[str, "Rate"]) -> tuple[Group, ...]:
    """Join scores and places; groups keep the order of `standings`, ranked units stand before the others."""
    places = {standing.unit: standing for standing in standings}
    order: dict[str, list[Line]] = {standing.group: [] for standing in standings}
    columns = (scores.units[name].tolist() for name in ("unit", "base", "score", "consequences", "rows_not_used"))
    for unit, base, score, consequences, rows_not_used in zip(*columns, strict=True):
        place, rate = places.get(unit), rates.get(unit)
        line = Line(
            unit=unit,
            rank=place.rank if place else None,
            of=place.of if place else 0,
            tied=place.tied if place else False,
            base=base,
            score=score,
            excluded=(place.excluded or "") if place else "不在排名范围",
            consequences=tuple(consequences),
            rows_not_used=rows_not_used,
            rate=rate.rate if rate else None,
            ballots=rate.n if rate else 0,
        )
        order.setdefault(place.group if place else UNGROUPED, []).append(line)
    return tuple(
        Group(name or UNGROUPED, tuple(sorted(lines, key=lambda line: (line.rank is None, line.rank or 0))))
        for name, lines in order.items()
    )


def _proposals(scores: Scores) -> tuple[Proposal, ...]:
    """List the consequences for units (from the journal, equal ones merged) and for persons (the effects)."""
    stated = scores.journal[(scores.journal["consequence"] != "") & (scores.journal["person"] == "")]
    units: dict[tuple[str, str, str], Proposal] = {}
    columns = (stated[name].tolist() for name in ("unit", "consequence", "clause", "start", "end", "origins"))
    for unit, text, clause, start, end, origins in zip(*columns, strict=True):
        new = Proposal(unit, "", text, clause, _day(start), _day(end), tuple(origins))
        key = (unit, text, clause)
        units[key] = _merged(units[key], new) if key in units else new
    persons = [
        Proposal(
            effect.unit, effect.person, effect.consequence, effect.clause, effect.start, effect.end, effect.origins
        )
        for effect in scores.effects
    ]
    order = {str(unit): place for place, unit in enumerate(scores.units["unit"])}
    return tuple(
        sorted([*units.values(), *persons], key=lambda one: (order.get(one.unit, len(order)), one.person != ""))
    )


def _day(value: Any) -> date | None:
    """Return a timestamp's day, None for NaT."""
    import pandas as pd

    return None if pd.isna(value) else value.date()


def _merged(one: Proposal, other: Proposal) -> Proposal:
    starts = [day for day in (one.start, other.start) if day]
    endless = (one.start and not one.end) or (other.start and not other.end)
    ends = [day for day in (one.end, other.end) if day]
    return Proposal(
        one.unit,
        "",
        one.text,
        one.clause,
        min(starts, default=None),
        None if endless else max(ends, default=None),
        tuple(dict.fromkeys((*one.origins, *other.origins))),
    )


_SUBMITTED = ("单位", "应报日", "报送日")


def _unusable_submissions(ledger: Ledger) -> int:
    table = ledger.frame("材料报送")
    return 0 if table is None else len(table) - len(usable(ledger, table, _SUBMITTED))


def submissions_due(ledger: Ledger, span: Span) -> tuple[Submission, ...]:
    """List what was due in the 考核期 up to the as-of day and came late or has not come.

    A document is missing when its row has no 报送日 (or a later one than the as-of day) and its 应报日 is before that
    day, unless 是否报送 says that it came: nobody knows whether it was late, so it is not listed. A unit without a row
    for a document is not judged, for nobody says that it owes it.
    """
    import pandas as pd

    table = ledger.frame("材料报送")
    if table is None or "应报日" not in table.columns:
        return ()
    table = usable(ledger, table, _SUBMITTED)
    handed, due = days(table, "报送日"), days(table, "应报日")
    handed = handed.where(until(handed, span.as_of))
    late = within(due, span.period, span.as_of) & (handed.fillna(pd.Timestamp(span.as_of)).dt.normalize() > due)
    late &= ~(days(table, "报送日").isna() & (texts(table, "是否报送") == "是"))
    columns = (table["单位"], texts(table, "材料名称"), due, handed)
    found = []
    for unit, name, day, came in zip(*(column[late] for column in columns), strict=True):
        last = span.as_of if pd.isna(came) else came.date()
        found.append(Submission(unit, name, day.date(), None if pd.isna(came) else last, (last - day.date()).days))
    return tuple(sorted(found, key=lambda one: (one.due, one.document, one.unit)))
