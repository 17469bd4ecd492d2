"""The places of units as events: what rules on 名次 look at, from the scores that all other rules give."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from zyw.points import SCALE
from zyw.ranking import Placed, placed
from zyw.rowset import coded, objects
from zyw.rules import Rule
from zyw.rules.ranking import BY_AMOUNT, BY_POINTS, PlacedBy
from zyw.ruling.events import Events
from zyw.ruling.facts import Facts, Numbers
from zyw.ruling.items import Tree
from zyw.ruling.judgement import Judgement, Valued
from zyw.ruling.run import Run
from zyw.ruling.sanctioned import unit_words
from zyw.ruling.whole import unit_rows


@dataclass(frozen=True, slots=True)
class Bases:
    """What units may be placed by: their scores (millionths), what their items and what single rules came to."""

    scores: Mapping[str, int]
    items: Mapping[str, Mapping[str, int]]
    figures: Mapping[tuple[str, str], Mapping[str, Fraction]]
    """(rule, 分 or 数量) → unit → what it came to."""

    def by(self, asked: PlacedBy | None) -> Mapping[str, Any]:
        """Return what a rule places the units by; a unit without it is not placed."""
        if asked is None:
            return self.scores
        return self.items.get(asked.item, {}) if asked.item else self.figures.get((asked.rule, asked.what), {})


def bases(run: Run, found: Judgement, tree: Tree) -> Bases:
    """Return what the units of a run may be placed by; books the last steps of the sum on the run's books."""
    _, totals = tree.score()
    items = {
        name: {run.units[at]: int(values[at]) for at in np.flatnonzero(tree.present[name]).tolist()}
        for name, values in tree.values.items()
    }
    figures = {key: {run.units[at]: value for at, value in each.items()} for key, each in found.figures.items()}
    return Bases(dict(zip(run.units, totals.tolist(), strict=True)), items, figures)


def figures_of(run: Run, rule: Rule, valued: Valued, amounts: Numbers) -> dict[tuple[str, str], dict[int, Fraction]]:
    """Return what a rule came to in each unit of its period: points (millionths) and amounts, summed."""
    rows = valued.units.rows
    inside = run.inside(rows["day"], run.period_of(rule))
    points: dict[int, Fraction] = {}
    measured: dict[int, Fraction] = {}
    for at in np.flatnonzero(inside).tolist():
        unit, amount = int(rows["unit_at"][at]), amounts.values[int(amounts.codes[at])]
        if amount is not None:
            measured[unit] = measured.get(unit, Fraction(0)) + amount
        if valued.known[at]:
            points[unit] = points.get(unit, Fraction(0)) + int(valued.points[at])
    return {(rule.id, BY_POINTS): points, (rule.id, BY_AMOUNT): measured}


def place_events(run: Run, asked: PlacedBy | None, now_by: Bases, before_by: Bases | None) -> Events:
    """Return one row a unit that is placed: by what `asked` names (None: the score) now, and in the 考核期 before."""
    figures, low = now_by.by(asked), asked is not None and asked.low_first
    now = placed(run.ledger, run.scheme.ranking, _sorted_by(figures, low))
    then = placed(run.ledger, run.scheme.ranking, _sorted_by(before_by.by(asked), low)) if before_by else {}
    amounts = asked is not None and bool(asked.rule) and asked.what == BY_AMOUNT
    units = [name for name in run.units if name in now]
    rows = unit_rows(run, units)
    fields = {
        "名次": [now[name].rank for name in units],
        "倒数名次": [now[name].of - now[name].last + 1 for name in units],
        "参评数": [now[name].of for name in units],
        "上期名次": [then[name].rank if name in then else None for name in units],
        "名次上升": [_risen(then.get(name), now[name]) for name in units],
        "得分": [Fraction(figures[name]) / (1 if amounts else SCALE) for name in units],
    }
    derived = {name: (lambda values=values: coded(objects(values))) for name, values in fields.items()}
    facts = Facts(rows, {**derived, **unit_words(run, rows["unit_at"])})
    return Events("名次", rows, facts, np.zeros(len(rows), dtype=np.int64))


def _sorted_by(figures: Mapping[str, Any], low_first: bool) -> Mapping[str, Any]:
    return {unit: -value for unit, value in figures.items()} if low_first else figures


def _risen(before: Placed | None, now: Placed) -> int | None:
    return None if before is None else before.rank - now.rank
