"""Rules over cases: which pass, what each counts once, what cumulates, what follows.

A case counts in the period that holds its day; what follows from it is stated in every period that its effect
touches. Cumulation looks back over the period's start and is dated by the case that completes the count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from zyw.effects import term_of, window_end
from zyw.grouping import run_starts, tuples
from zyw.journal import Entries
from zyw.measures import Said
from zyw.periods import Span
from zyw.points import SCALE
from zyw.rowset import Days, Ints, Mask, RowSet, coded, paired
from zyw.rules import FIRST, HIGHEST, PERSON, UNIT, Condition, Consequence, Cumulation, Dated, Rule
from zyw.scheme import Scheme, vocabulary
from zyw.standing import told_days

MEASURE_RULE: Final = "处理方式的后果"
"""The id under which the journal states what follows from a measure by itself."""
_CODED: Final = {"职务层级": "level", "处理方式": "severest"}
_TEXTS: Final = {"类别": "category", "来源": "channel", "情节": "gravity"}


class Moved(NamedTuple):
    """Points moved by one rule: on which units, how many."""

    units: Ints
    points: Ints


@dataclass(frozen=True, slots=True)
class Run:
    """What the steps of one scoring share: the scheme, the span, and the two lists that grow."""

    scheme: Scheme
    span: Span
    journal: Entries
    left_out: Entries

    def inside(self, days: Days) -> Mask:
        """Say which days lie in the scored period; days after `as_of` never get here."""
        period = self.span.period
        return np.asarray((days >= np.datetime64(period.start)) & (days <= np.datetime64(period.end)), dtype=np.bool_)

    def touches(self, start: Days, end: Days, days: Days) -> Mask:
        """Say which effects are stated: those that touch the period; those without end when decided in it."""
        period = self.span.period
        overlap = (start <= np.datetime64(period.end)) & (end >= np.datetime64(period.start))
        decided = days <= np.datetime64(period.end)
        return np.asarray(np.where(np.isnat(end), self.inside(days), overlap & decided), dtype=np.bool_)

    def number_of(self, text: str) -> int:
        """Return the number of a consequence in the scheme, from 1: rules' first, then measures'."""
        parts: Sequence[Any] = (*self.scheme.rules, *self.scheme.measures)
        texts = dict.fromkeys(each.text for part in parts for each in part.consequences)
        return list(texts).index(text) + 1


def passing(rows: RowSet, texts: RowSet, conditions: Sequence[Condition], scheme: Scheme) -> Mask:
    """Say which cases (or rows) meet all conditions; `texts` has class, source and gravity of each."""
    passes = np.ones(len(rows), dtype=np.bool_)
    for condition in conditions:
        passes &= _meets(rows, texts, condition, scheme)
    return passes


def _meets(rows: RowSet, texts: RowSet, condition: Condition, scheme: Scheme) -> Mask:
    if condition.field in _TEXTS:
        words = coded(texts[_TEXTS[condition.field]])
        allowed = words.mapped((condition.allows(text) for text in words.texts), np.bool_)
    elif condition.field in _CODED:
        known = [condition.allows(word) for word in vocabulary(scheme, condition.field) or ()]
        allowed = np.array(known, dtype=np.bool_)[rows[_CODED[condition.field]]]
    else:
        tracks = [condition.allows(measure.track) for measure in scheme.measures]
        allowed = np.array(tracks, dtype=np.bool_)[rows["severest"]]
    return np.asarray(allowed, dtype=np.bool_)


def apply_rules(run: Run, cases: RowSet, standing: RowSet) -> list[Moved]:
    """Apply every rule to the cases of `standing`; return the points each one moved."""
    rules = run.scheme.rules
    texts = standing.take(cases["first"], _TEXTS.values())
    masks = [passing(cases, texts, rule.conditions, run.scheme) for rule in rules]
    if run.scheme.starts:
        early = cases["day"] < np.datetime64(run.scheme.starts)
        _leave_out(run, cases, early & run.inside(cases["day"]), None, f"方案自 {run.scheme.starts} 起适用")
        masks = [mask & ~early for mask in masks]
    else:
        early = np.zeros(len(cases), dtype=np.bool_)
    taken = np.logical_or.reduce(masks, axis=0) | early
    _leave_out(run, cases, ~taken & run.inside(cases["day"]), None, "方案没有适用的规则")
    _settle_relations(run, cases, masks)
    return [
        _apply(run, rule, place, cases.take(mask)) for place, (rule, mask) in enumerate(zip(rules, masks, strict=True))
    ]


def _settle_relations(run: Run, cases: RowSet, masks: list[Mask]) -> None:
    """Where two rules take one case and are 择一 or 取高, leave it to one of them (in place)."""
    rules = run.scheme.rules
    index = {rule.id: place for place, rule in enumerate(rules)}
    for place, rule in enumerate(rules):
        for name, kind in rule.relations:
            one, two = sorted((place, index[name]))
            both = masks[one] & masks[two]
            if kind not in (FIRST, HIGHEST) or not both.any():
                continue
            second = np.zeros(len(cases), dtype=np.bool_)
            if kind == HIGHEST:
                sizes = [np.abs(_values(rules[at].points, cases["day"])[0]) for at in (one, two)]
                second = sizes[1] > sizes[0]
            for loser, winner, lost in ((two, one, both & ~second), (one, two, both & second)):
                reason = f"同一案已按“{rules[winner].id}”计算（{kind}）"
                _leave_out(run, cases, lost & run.inside(cases["day"]), rules[loser], reason)
                masks[loser] = masks[loser] & ~lost


def _apply(run: Run, rule: Rule, place: int, cases: RowSet) -> Moved:
    """Count each case once, or each that completes a cumulation; state the rule's consequences."""
    quantity = SCALE
    if rule.cumulation:
        cases = completing(cases, rule.cumulation)
        cases = cases.take(run.inside(cases["day"]))
        quantity *= rule.cumulation.at_least
    inside = run.inside(cases["day"])
    value, known = _values(rule.points, cases["day"])
    if rule.points is not None and not rule.cumulation:
        _leave_out(run, cases, ~inside, rule, told_days(cases["day"][~inside], "不在考核期内：决定日 {}"))
        _leave_out(run, cases, inside & ~known, rule, "当天没有有效的分值")
    taken = cases.take(inside & known)
    moved = Moved(taken["unit_at"], value[inside & known])
    run.journal.add(
        len(taken), **_who(taken), place=place, what=0, said=run.journal.number_of(rule.id, rule.clause, ""),
        date=taken["day"], quantity=quantity, points=moved.points, start="NaT", end="NaT", origins=taken["origins"],
    )  # fmt: skip
    for consequence in rule.consequences:
        _state(run, cases, consequence, (rule.id, place, quantity))
    return moved


def _values(points: Dated | None, days: Days) -> tuple[Ints, Mask]:
    """Return the points in force on each day, and where some are."""
    value = np.zeros(len(days), dtype=np.int64)
    known = np.zeros(len(days), dtype=np.bool_)
    for start, each in zip(points.starts, points.values, strict=True) if points else ():
        from_here = np.ones(len(days), dtype=np.bool_) if start is None else days >= np.datetime64(start)
        value[from_here] = each or 0
        known[from_here] = each is not None
    return value, known


def completing(cases: RowSet, cumulation: Cumulation) -> RowSet:
    """Return the cases that complete a count, each with the origins of all that make it up.

    Two cases of one person on 2012-03-05 and 2013-03-05 are within 12个月; on 2013-03-06 no more.
    """
    whole_unit = cumulation.target == UNIT
    owner = cases["unit_at"] if whole_unit else cases["person_at"]
    back = cumulation.at_least - 1
    order = np.lexsort((cases["name_at"], cases["unit_at"], cases["day"], owner))
    first, last = order[: max(len(order) - back, 0)], order[back:]
    days = cases["day"].astype("datetime64[D]")
    completes = (owner[first] == owner[last]) & (days[last] <= window_end(days[first], cumulation.window))
    ends = np.flatnonzero(completes)
    found = cases.take(last[ends])
    for at, end in enumerate(ends.tolist()):
        together = {origin for position in order[end : end + back + 1] for origin in cases["origins"][position]}
        found["origins"][at] = tuple(sorted(together))
    if whole_unit:
        found["name_at"] = np.full(len(found), -1, dtype=np.int64)
    return found


def state_measures(run: Run, standing: RowSet, said: Sequence[Said]) -> None:
    """State what follows from measures by themselves; of one case, equal effects of one day are one row."""
    alike: dict[Consequence, set[int]] = {}
    for measure in run.scheme.measures:
        for consequence in measure.consequences:
            alike.setdefault(consequence, set()).add(measure.order)
    for consequence, orders in alike.items():
        bears = np.array([not orders.isdisjoint(each.measures) for each in said], dtype=np.bool_)
        rows = standing.take(bears[standing["said"]] if len(said) else np.zeros(0, dtype=np.bool_), _MEASURED)
        rows = rows.take(np.lexsort((rows["origin"], rows["day"], rows["case_at"])))
        days = rows["day"].astype("datetime64[D]").astype(np.int64)
        starts = run_starts(paired(rows["case_at"], days - days.min(initial=0)))
        found = rows.take(starts)
        found["origins"] = tuples(rows["origin"], starts)
        _state(run, found, consequence, (MEASURE_RULE, len(run.scheme.rules), SCALE))


_MEASURED: Final = ("origin", "day", "case_at", "unit_at", "name_at", "person_at")


_STATED: Final = ("day", "unit_at", "name_at", "person_at", "origins")


def _state(run: Run, cases: RowSet, consequence: Consequence, by: tuple[str, int, int]) -> None:
    """Add a consequence of cases to the journal; `by` is rule, its place, and the quantity."""
    start, end = term_of(cases["day"], consequence.term)
    where = np.flatnonzero(run.touches(start, end, cases["day"]))
    taken = cases.take(where, _STATED)
    who = _who(taken)
    if consequence.target != PERSON:
        who["name_at"] = np.full(len(taken), -1, dtype=np.int64)
    rule, place, quantity = by
    run.journal.add(
        len(taken), **who, place=place, what=run.number_of(consequence.text),
        said=run.journal.number_of(rule, consequence.clause, consequence.text), date=taken["day"], quantity=quantity,
        points=0, start=start[where], end=end[where], origins=taken["origins"],
    )  # fmt: skip


def _who(rows: RowSet) -> dict[str, Any]:
    return {name: rows[name] for name in ("unit_at", "name_at", "person_at")}


def _leave_out(run: Run, cases: RowSet, where: Mask, rule: Rule | None, reason: Any) -> None:
    taken = cases.take(where, ("unit_at", "name_at", "origins"))
    run.left_out.add(
        len(taken), unit_at=taken["unit_at"], name_at=taken["name_at"], rule=rule.id if rule else "",
        clause=rule.clause if rule else "", reason=reason, origins=taken["origins"],
    )  # fmt: skip


_LEFT_OUT: Final = ("origin", "unit_at", "name_at", "level", "severest", "reason", "fault", "of_unit", *_TEXTS.values())


def leave_out_rows(run: Run, rows: RowSet) -> None:
    """List each row that does not stand, with the rule that it would have met."""
    out = rows.take(rows["reason"] != "", _LEFT_OUT)
    rule, clause = np.full(len(out), "", dtype=object), np.full(len(out), "", dtype=object)
    able = np.flatnonzero(~out["fault"] & (out["severest"] >= 0) & ~out["of_unit"])
    reached = out.take(able)
    for each in reversed(run.scheme.rules):
        if each.points is not None and each.cumulation is None:
            meets = able[passing(reached, reached, each.conditions, run.scheme)]
            rule[meets], clause[meets] = each.id, each.clause
    run.left_out.add(
        len(out), unit_at=out["unit_at"], name_at=out["name_at"], rule=rule, clause=clause, reason=out["reason"],
        origins=tuples(out["origin"], np.arange(len(out))),
    )  # fmt: skip
