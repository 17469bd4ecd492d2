"""否则: what rules above acted on, so that a rule below counts only what they left."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from zyw.rowset import Ints, Mask, RowSet
from zyw.rules import Rule
from zyw.rules.rule import MONTH, PERSON_ONCE, QUARTER
from zyw.ruling.effects import month_of_each, quarter_of_each
from zyw.ruling.events import Counted
from zyw.ruling.judgement import Valued
from zyw.ruling.run import Run

_WIDE = 1 << 32
"""Units lie further apart than any two persons, months or quarters."""


@dataclass(frozen=True, slots=True)
class Acted:
    """What a rule acted on: the events that moved points or had consequences, and the rows of its table behind them."""

    rows: RowSet
    members: Ints


def acted(run: Run, rule: Rule, valued: Valued) -> Acted:
    """Return what a rule acted on in its period; what came to 0 points and nothing else is not acted on."""
    where = valued.fires & run.inside(valued.units.rows["day"], run.period_of(rule))
    if rule.moves:
        where &= valued.known
        if not (rule.consequences or rule.chain or rule.higher):
            where &= valued.points != 0
    found = valued.units.take(where)
    return Acted(found.rows, found.members)


def left_rows(mask: Mask, above: Sequence[Acted]) -> Mask:
    """Return the rows of a mask that no rule of the same table acted on."""
    kept = mask.copy()
    for each in above:
        kept[each.members] = False
    return kept


def left_whole(rule: Rule, units: Counted, above: Sequence[Acted]) -> Counted:
    """Return the units (months, quarters, persons) on which no rule acted."""
    known = np.concatenate([_keys(rule, each.rows) for each in above])
    return units.take(~np.isin(_keys(rule, units.rows), known))


def _keys(rule: Rule, rows: RowSet) -> Ints:
    within: Any = 0
    if rule.counted == PERSON_ONCE:
        within = rows["person_at"] + 1
    elif rule.counted in (MONTH, QUARTER):
        within = (month_of_each if rule.counted == MONTH else quarter_of_each)(rows["day"])
    return np.asarray(rows["unit_at"] * _WIDE + within, dtype=np.int64)
