"""Which rows a rule may use: not set apart by it, every cell it asks for readable, dated, and not still to come."""

from typing import Final

import numpy as np

from zyw.rowset import Days, Ints, Mask
from zyw.rules import SANCTIONS, Rule
from zyw.rules.fields import OWN_DAY, fields_asked
from zyw.ruling.events import Events
from zyw.ruling.judgement import Judgement
from zyw.ruling.matching import passing
from zyw.ruling.run import Run
from zyw.sanctions.standing import told_days

WHOLE: Final = frozenset({"测评", "名册", "名次"})
"""Tables with one row a unit, dated by the run: they hold no happenings."""


class Screen:
    """Looks at the rows that a rule's conditions let through; what may not be used goes to what did not count."""

    def __init__(self, run: Run, found: Judgement) -> None:
        self.run, self.found = run, found

    def usable(self, rule: Rule, events: Events, mask: Mask) -> Mask:
        """Leave out rows that the rule sets apart (剔除), and those in which a cell it needs could not be read."""
        mask = mask.copy()
        if rule.excluded:
            apart = mask & passing(events.facts, rule.excluded)
            self.run.leave_out(events.rows, apart, rule, f"{'，'.join(map(str, rule.excluded))}的不计")
            mask &= ~apart
        for name in fields_asked(rule) if events.table not in (SANCTIONS, *WHOLE) else ():
            bad = [origin for origin, field in self.run.ledger.faults if field == name]
            if bad:
                mask &= ~self._unread(rule, events, mask & np.isin(_firsts(events), bad), name)
        return mask

    def _unread(self, rule: Rule, events: Events, unread: Mask, name: str) -> Mask:
        self.run.leave_out(events.rows, unread, rule, f"“{name}”一格无法识别")
        for unit, origins in events.rows.take(unread, ("unit_at", "origins")).rows("unit_at", "origins"):
            self.found.spoil(unit, origins)
        return unread

    def days(self, rule: Rule, events: Events) -> Days:
        """Return the day of each event: that of the rule's 日期, else its own."""
        return events.facts.days(rule.day) if rule.day else events.rows["day"]

    def dated(self, rule: Rule, events: Events, mask: Mask, days: Days) -> Mask:
        """Leave out rows without a day (C021), before the scheme applies, and those whose day is still to come."""
        if events.table in (SANCTIONS, *WHOLE):
            return mask
        run, name = self.run, rule.day or OWN_DAY[events.table]
        blank = mask & np.isnat(days)
        run.leave_out(events.rows, blank, rule, f"没有{name}")
        for unit, origins in events.rows.take(blank, ("unit_at", "origins")).rows("unit_at", "origins"):
            self.found.spoil(unit, origins)
            for origin in origins[:1]:
                run.faults.add("C021", origin, name, 列=name, 规则=rule.id)
        mask = mask & ~blank
        if run.scheme.starts:
            early = mask & (days < np.datetime64(run.scheme.starts))
            run.leave_out(events.rows, early & run.inside(days), rule, f"方案自 {run.scheme.starts} 起适用")
            mask = mask & ~early
        later = mask & (days > np.datetime64(run.span.as_of))
        run.leave_out(events.rows, later, rule, told_days(days[later], "日期 {} 在截至日 " + f"{run.span.as_of} 之后"))
        return np.asarray(mask & ~later, dtype=np.bool_)


def _firsts(events: Events) -> Ints:
    return np.array([each[0] if each else -1 for each in events.rows["origins"].tolist()], dtype=np.int64)
