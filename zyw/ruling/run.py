"""What the steps of one scoring share: scheme, span, units, people, and the two lists that grow."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from zyw.ledger import Ledger
from zyw.naming.units import Unit
from zyw.periods import Period, Span, add_months, assessed_period
from zyw.problems import Verbatim
from zyw.rowfaults import Faults
from zyw.rowset import Days, Ints, Mask, RowSet
from zyw.rules import SANCTIONS, Change, Item, Rule
from zyw.rules.fields import MADE, OWN_DAY
from zyw.rules.rule import MONTH, WHOLE_UNIT
from zyw.rules.terms import MONTH as CALENDAR_MONTH
from zyw.rules.terms import QUARTER as CALENDAR_QUARTER
from zyw.rules.terms import Term
from zyw.ruling.effects import term_of
from zyw.ruling.journal import Entries, journal_entries, left_out_entries
from zyw.scheme import Scheme

MEASURE_RULE: Final = "处理方式的后果"
"""The id under which the journal states what follows from a measure by itself."""


@dataclass(frozen=True, slots=True)
class People:
    """Who is named in the run: `names` sorted; `numbers` knows the human being of (unit, name)."""

    names: Sequence[str]
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)

    def number(self, units: Ints, names: Ints) -> Ints:
        """Return one number for each (unit, name), the one that a sanction gave them where there is one."""
        width = len(self.names) + 1
        pairs, codes = np.unique(units * width + names, return_inverse=True)
        known = self.numbers
        fresh = max(known.values(), default=-1) + 1
        found = np.empty(len(pairs), dtype=np.int64)
        for at, pair in enumerate(pairs.tolist()):
            key = divmod(pair, width)
            if key not in known:
                known[key] = fresh
                fresh += 1
            found[at] = known[key]
        return found[codes]


@dataclass(frozen=True)
class Run:
    """What the steps of one scoring share."""

    scheme: Scheme
    span: Span
    ledger: Ledger
    units: tuple[str, ...]
    people: People
    faults: Faults
    journal: Entries
    left_out: Entries

    @cached_property
    def place(self) -> dict[str, int]:
        """The number of each unit by its name."""
        return {name: at for at, name in enumerate(self.units)}

    @cached_property
    def roster(self) -> list[Unit | None]:
        """The roster's entry of each unit; None for one that only rows name."""
        known = {unit.name: unit for unit in self.ledger.units}
        return [known.get(name) for name in self.units]

    @cached_property
    def kinds(self) -> list[str]:
        """The 学段 of each unit."""
        return [unit.kind if unit else "" for unit in self.roster]

    def has(self, table: str) -> bool:
        """Say whether the run was given a table: no data and nothing to find are two things."""
        return table in MADE or table in self.ledger.given or (table == SANCTIONS and "问题台账" in self.ledger.rows)

    def applies(self, kinds: Sequence[str]) -> Mask:
        """Say for each unit whether something that is only for `kinds` (() for all) is for it."""
        if not kinds:
            return np.ones(len(self.units), dtype=np.bool_)
        return np.array([kind in kinds for kind in self.kinds], dtype=np.bool_)

    def period_of(self, rule: Rule) -> Period:
        """Return the days a rule counts: the run's, or those of its item's own 考核期."""
        item = next((item for item in self.scheme.items if item.name == rule.item), None)
        return self.period_by(item.cycle) if item and item.cycle else self.span.period

    def ended(self, rule: Rule, days: Days) -> Mask:
        """Say which months, quarters or periods that end on `days` are over, not cut off by the day of the run.

        A quarter that the 考核期 itself cuts off is over with it.
        """
        item = next((item for item in self.scheme.items if item.name == rule.item), None)
        cycle = item.cycle if item and item.cycle else self.scheme.cycle
        last = np.datetime64(assessed_period(self.period_of(rule).end, cycle).end)
        if rule.counted == WHOLE_UNIT:
            return np.asarray(days >= last, dtype=np.bool_)
        ends = term_of(days, Term(0, CALENDAR_MONTH if rule.counted == MONTH else CALENDAR_QUARTER))[1]
        return np.asarray(days >= np.minimum(ends, last), dtype=np.bool_)

    def counting_period(self, rule: Rule) -> Period:
        """Return the days whose rows a rule looks at: for 环比 also the month or quarter before the first.

        Without any row before it there is nothing to compare the first with: then the period is the rule's own.
        """
        period = self.period_of(rule)
        if not isinstance(rule.amount, Change):
            return period
        rows = self.ledger.rows.get(rule.table)
        day = rule.day or OWN_DAY[rule.table]
        if rows is None or day not in rows or not (rows[day] < np.datetime64(period.start)).any():
            return period
        return Period(add_months(period.start, -(1 if rule.counted == MONTH else 3)), period.end)

    def period_by(self, cycle: str) -> Period:
        """Return the 考核期 of `cycle` that ends within the scheme's own, as far as the run reaches.

        In the calendar year 2012 the school year from 2011-09-01 to 2012-08-31.
        """
        own = self.span.period
        if cycle == self.scheme.cycle:
            return own
        whole = assessed_period(own.end, self.scheme.cycle)
        last = assessed_period(whole.end, cycle)
        if last.end > whole.end:
            last = assessed_period(whole.start, cycle)
        return Period(last.start, min(last.end, max(own.end, last.start)))

    def inside(self, days: Days, period: Period | None = None) -> Mask:
        """Say which days lie in the scored period; days after `as_of` never get here."""
        period = period or self.span.period
        return np.asarray((days >= np.datetime64(period.start)) & (days <= np.datetime64(period.end)), dtype=np.bool_)

    def touches(self, start: Days, end: Days, days: Days) -> Mask:
        """Say which effects are stated: those that touch the period; those without end when decided in it."""
        period = self.span.period
        overlap = (start <= np.datetime64(period.end)) & (end >= np.datetime64(period.start))
        decided = days <= np.datetime64(period.end)
        return np.asarray(np.where(np.isnat(end), self.inside(days), overlap & decided), dtype=np.bool_)

    @cached_property
    def _texts(self) -> dict[str, int]:
        rules, measures = self.scheme.rules, self.scheme.measures
        parts: Sequence[Any] = (*rules, *measures)
        texts = dict.fromkeys(each.text for part in parts for each in part.consequences)
        texts |= dict.fromkeys(each.text for rule in rules for step in rule.chain for each in step.consequences)
        texts |= dict.fromkeys(turned(rule) for rule in rules if rule.higher)
        return {text: at for at, text in enumerate(texts, start=1)}

    @cached_property
    def sums(self) -> dict[int, int]:
        """The consequences whose periods add up, by number, each with its limit in months (0: none)."""
        rules, measures = self.scheme.rules, self.scheme.measures
        parts: Sequence[Any] = (*rules, *measures, *(step for rule in rules for step in rule.chain))
        return {self.number_of(c.text): c.longest for part in parts for c in part.consequences if c.adds}

    def number_of(self, text: str) -> int:
        """Return the number of a consequence in the scheme, from 1: rules' first, then measures', then the chains'."""
        return self._texts[text]

    def quiet(self) -> "Run":
        """Return the same run with books that nobody reads."""
        return replace(self, journal=journal_entries(), left_out=left_out_entries(), faults=Faults(self.ledger.origins))

    def tell_year(self, year: int) -> None:
        """Tell once that the table of holidays lacks a year (C026)."""
        self.faults.once("C026", 年份=Verbatim(year))

    def tell_void(self, survey: str, unit: str, why: str) -> None:
        """Tell that a unit's vote does not count (C024)."""
        self.faults.once("C024", 单位=unit, 测评=survey, 原因=Verbatim(why))

    def last_day_of(self, item: Item) -> np.datetime64:
        """Return the day on which an item is summed up: the last of its own 考核期, or the day of the run."""
        return np.datetime64(min(self.period_by(item.cycle).end, self.span.as_of)) if item.cycle else self.last_day

    @property
    def last_day(self) -> np.datetime64:
        """The day on which what is counted as a whole is booked: the period's last, or the day of the run."""
        return np.datetime64(min(self.span.period.end, self.span.as_of))

    def book(self, rows: RowSet, named: tuple[str, str, int]) -> None:
        """Add rows that move points to the journal: `named` is the rule, its clause and its place in the journal.

        `rows` has unit_at, name_at, person_at, day, origins, points and quantity.
        """
        rule, clause, place = named
        self.journal.add(
            len(rows), unit_at=rows["unit_at"], name_at=rows["name_at"], person_at=rows["person_at"], place=place,
            what=0, said=self.journal.number_of(rule, clause, ""), date=rows["day"], quantity=rows["quantity"],
            points=rows["points"],            start="NaT", end="NaT", origins=rows["origins"],
        )  # fmt: skip

    def leave_out(self, rows: RowSet, where: Mask, rule: Rule | None, reason: Any) -> None:
        """Add rows to what did not count; `reason` is a text or one a row that is left out."""
        taken = rows.take(where, ("unit_at", "name_at", "origins"))
        self.left_out.add(
            len(taken), unit_at=taken["unit_at"], name_at=taken["name_at"], rule=rule.id if rule else "",
            clause=rule.clause if rule else "", reason=reason, origins=taken["origins"],
        )  # fmt: skip


def turned(rule: Rule) -> str:
    """Return what the journal says of an event that became one of a higher tier."""
    return f"转为{rule.higher}"
