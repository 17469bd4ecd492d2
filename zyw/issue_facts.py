"""问题台账 → what a paper says of issues: found, done, closed and overdue on the as-of day.

What is done, closed and overdue is said by `zyw.handling`, as everywhere.
Rows found after the as-of day do not exist yet. Rows without 发现日 are in no period and are counted apart.
A row that names several units is one issue in every count, and stands with each of them in the list of the overdue.
"""

from typing import TYPE_CHECKING, Final

from zyw.cells import key
from zyw.counting import UNSTATED, days, sums, texts, within
from zyw.issue_lines import lives_of
from zyw.ledger import Ledger
from zyw.periods import Span
from zyw.records import Count, Issues, OverdueIssue

if TYPE_CHECKING:
    import pandas as pd

    from zyw.handling.lives import Lives
    from zyw.scheme import Scheme

SEVERAL_KINDS: Final = "几个学段"


def count_issues(ledger: Ledger, scheme: "Scheme", span: Span, lives: "Lives | None" = None) -> Issues:
    """Return the state of the issue ledger on `span.as_of`, all zero without one.

    `lives` says where the issues stand; it is worked out unless somebody has done so.
    """
    lives = lives or lives_of(ledger, scheme, span)
    table = ledger.frame("问题台账")
    if table is None or lives is None:
        return Issues()
    kept = table["origin"].isin(lives.rows["origin"]) & (table["单位"] != "")
    return _Counter(ledger, scheme, span, table[kept], lives).issues(lives.left_out)


class _Counter:
    """Holds the columns of one run, so that each count is one line."""

    def __init__(self, ledger: Ledger, scheme: "Scheme", span: Span, rows: "pd.DataFrame", lives: "Lives") -> None:
        import pandas as pd

        self.ledger, self.scheme, self.span, self.each = ledger, scheme, span, rows
        self.rows = rows = rows.drop_duplicates("origin")
        self.found = days(rows, "发现日")
        self.finished, self.closing = days(rows, "完成日"), days(rows, "销号日")
        self.done, self.closed, self.late, self.due = (
            rows["origin"].map(dict(zip(lives.rows["origin"].tolist(), each, strict=True)))
            for each in (lives.done, lives.closed, lives.overdue, pd.to_datetime(lives.dues.due))
        )

    def issues(self, left_out: int) -> Issues:
        import pandas as pd

        due, late = self.due, self.late
        done_on = self.finished.fillna(self.closing)
        return Issues(
            found=self._count("发现", self.found),
            done_in=self._count("完成", done_on),
            closed_in=self._count("销号", self.closing),
            recorded=len(self.rows),
            carried=int((self.found < pd.Timestamp(self.span.period.start)).sum()),
            undated=int(self.found.isna().sum()),
            done=int(self.done.sum()),
            closed=int(self.closed.sum()),
            working=int((~self.done & ~late).sum()),
            overdue=self._overdue(late, due),
            no_deadline=int((~self.done & due.isna()).sum()),
            left_out=left_out,
            by_category=self._by(self._categories(), {each.name: each.clause for each in self.scheme.categories}),
            by_channel=self._by(self._channels(), {each.name: each.clause for each in self.scheme.channels}),
            by_kind=self._by(self._kinds(), dict.fromkeys(unit.kind for unit in self.ledger.units if unit.kind)),
        )

    def _count(self, name: str, day: "pd.Series[pd.Timestamp]") -> Count:
        span = self.span
        month, total = within(day, span.shown, span.as_of), within(day, span.period, span.as_of)
        return Count(name, int(month.sum()), int(total.sum()))

    def _by(self, words: "pd.Series[str]", order: "dict[str, str] | dict[str, None]") -> tuple[Count, ...]:
        span = self.span
        month, total = within(self.found, span.shown, span.as_of), within(self.found, span.period, span.as_of)
        return sums(words, month, total, {word: clause or "" for word, clause in order.items()}, UNSTATED)

    def _categories(self) -> "pd.Series[str]":
        """Return the class of each row; a 类别 cell may hold one of its behaviours instead."""
        known = {key(word): each.name for each in self.scheme.categories for word in (*each.behaviours, each.name)}
        return self._named("类别", known)

    def _channels(self) -> "pd.Series[str]":
        known = {key(word): each.name for each in self.scheme.channels for word in (*each.aliases, each.name)}
        return self._named("来源", known)

    def _named(self, field: str, known: dict[str, str]) -> "pd.Series[str]":
        words = texts(self.rows, field)
        return words.map({word: known.get(key(word), word) for word in words.unique()})

    def _kinds(self) -> "pd.Series[str]":
        """Return the kind of each issue's unit; issues of units of several kinds are counted apart."""
        known = {unit.name: unit.kind for unit in self.ledger.units}
        kinds = self.each["单位"].map(lambda unit: known.get(unit, ""))
        several = kinds.groupby(self.each["origin"]).nunique()
        return kinds.loc[self.rows.index].mask(self.rows["origin"].map(several) > 1, SEVERAL_KINDS)

    def _overdue(self, late: "pd.Series[bool]", due: "pd.Series[pd.Timestamp]") -> tuple[OverdueIssue, ...]:
        facts = self.rows[["origin"]].assign(number=texts(self.rows, "编号"), category=self._categories(), due=due)
        rows = self.each[["origin", "单位"]].merge(facts[late], on="origin")
        columns = (rows[name] for name in ("单位", "number", "category", "due", "origin"))
        found = [
            OverdueIssue(unit, number, category, day.date(), (self.span.as_of - day.date()).days, int(origin))
            for unit, number, category, day, origin in zip(*columns, strict=True)
        ]
        return tuple(sorted(found, key=lambda one: (one.due, one.unit, one.origin)))
