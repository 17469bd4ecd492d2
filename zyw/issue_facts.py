"""问题台账 → what a paper says of issues: found, done, closed and overdue on the as-of day.

An issue is *done* when its 完成日 or 销号日 is not after the as-of day, or when neither is given and its 状态 says so
(已完成, 已整改, 已办结, 整改到位 …; 基本完成 and 部分完成 do not) or 是否销号 is 是. It is *closed* by its 销号日, and
where that is blank by 是否销号 or by 状态 已销号, once it is done.
It is *overdue* when it is not done and its 期限 lies before the as-of day: on the last day it is not yet overdue.
Rows found after the as-of day do not exist yet. Rows without 发现日 are in no period and are counted apart.
A row that names several units is one issue in every count, and stands with each of them in the list of the overdue.
"""

import re
from typing import TYPE_CHECKING, Final

from zyw.cells import key
from zyw.counting import UNSTATED, days, sums, texts, until, usable, within
from zyw.ledger import Ledger
from zyw.periods import Span
from zyw.records import Count, Issues, OverdueIssue

if TYPE_CHECKING:
    import pandas as pd

    from zyw.scheme import Scheme

SEVERAL_KINDS: Final = "几个学段"
_DATES: Final = ("发现日", "期限", "完成日", "销号日")
_NOT: Final = re.compile(r"未|没|尚|正在|部分|基本|拟|将|预计|计划|不|中$|待")
_DONE: Final = re.compile(r"完成|完毕|办结|整改到位|销号|已整改|已解决|已处理|已落实|闭环")
_YES: Final = frozenset(("是", "√", "✓", "已"))


def count_issues(ledger: Ledger, scheme: "Scheme", span: Span) -> Issues:
    """Return the state of the issue ledger on `span.as_of`; all zero without one."""
    table = ledger.frame("问题台账")
    if table is None or not len(table):
        return Issues()
    rows = usable(ledger, table, ("单位", *_DATES))
    left_out = table["origin"].nunique() - rows["origin"].nunique()
    found_on = days(rows, "发现日")
    rows = rows[found_on.isna() | until(found_on, span.as_of)]
    return _Counter(ledger, scheme, span, rows).issues(left_out)


def says_done(state: str) -> bool:
    """Say whether a text in 状态 tells that the issue is done.

    >>> says_done("已整改完成"), says_done("基本完成"), says_done("整改中"), says_done("是")
    (True, False, False, True)
    """
    text = key(state)
    return text in _YES or bool(_DONE.search(text) and not _NOT.search(text))


def says_closed(state: str) -> bool:
    """Say whether a text in 状态 tells that the issue is closed (销号)."""
    return "销号" in state and says_done(state)


class _Counter:
    """Holds the columns of one run, so that each count is one line."""

    def __init__(self, ledger: Ledger, scheme: "Scheme", span: Span, rows: "pd.DataFrame") -> None:
        self.ledger, self.scheme, self.span, self.each = ledger, scheme, span, rows
        self.rows = rows = rows.drop_duplicates("origin")
        self.found = days(rows, "发现日")
        self.finished, self.closing = days(rows, "完成日"), days(rows, "销号日")
        state = texts(rows, "状态")
        dated = self.finished.notna() | self.closing.notna()
        ticked = _each(texts(rows, "是否销号"), lambda text: says_closed(text) or key(text) in _YES)
        closed_by_day = until(self.closing, span.as_of)
        self.done = until(self.finished, span.as_of) | closed_by_day | (~dated & (ticked | _each(state, says_done)))
        self.closed = closed_by_day | (self.done & self.closing.isna() & (ticked | _each(state, says_closed)))

    def issues(self, left_out: int) -> Issues:
        import pandas as pd

        due = days(self.rows, "期限")
        late = ~self.done & (due < pd.Timestamp(self.span.as_of))
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


def _each(words: "pd.Series[str]", test: "object") -> "pd.Series[bool]":
    """Apply a test to each distinct text once."""
    assert callable(test)
    return words.map({word: bool(test(word)) for word in words.unique()}).astype(bool)
