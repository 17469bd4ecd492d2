"""What follows besides points: consequences of rules and measures, and the steps of joint liability."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from zyw.points import SCALE, whole_micro
from zyw.rowset import Ints, RowSet, paired
from zyw.rules import PERSON, Consequence, Rule, Step
from zyw.rules.consequences import HEAD, LEADER, OFFICE, PARENT
from zyw.ruling.effects import term_of
from zyw.ruling.run import MEASURE_RULE, Run, turned
from zyw.sanctions.grouping import run_starts, tuples
from zyw.sanctions.measures import Said

_MEASURED: Final = ("origin", "day", "case_at", "unit_at", "name_at", "person_at")
_STATED: Final = ("day", "unit_at", "name_at", "person_at", "origins")


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
        state(run, found, consequence, (MEASURE_RULE, len(run.scheme.rules), SCALE))


def state_higher(run: Run, rule: Rule, rows: RowSet) -> None:
    """State that events became one of a higher tier, and what follows from its measure."""
    place = run.scheme.rules.index(rule)
    state(run, rows, Consequence(PERSON, turned(rule), None, rule.clause), (rule.id, place, SCALE))
    measure = next(each for each in run.scheme.measures if each.name == rule.higher)
    for consequence in measure.consequences:
        state(run, rows, consequence, (MEASURE_RULE, len(run.scheme.rules), SCALE))


def state(run: Run, rows: RowSet, consequence: Consequence, by: tuple[str, int, Any]) -> None:
    """Add a consequence of events to the journal; `by` is rule, its place, and the quantity (one, or one a row).

    Of an event without a person nothing is stated for a person.
    """
    start, end = term_of(rows["day"], consequence.term)
    # What adds up may be carried on by a later one, however long ago it began: what was not is dropped at the end.
    reach = np.full(len(end), run.last_day) if consequence.adds else end
    touched = run.touches(start, reach, rows["day"])
    if consequence.target == PERSON:
        touched &= rows["name_at"] >= 0
    where = np.flatnonzero(touched)
    taken = rows.take(where, _STATED)
    names = taken["name_at"] if consequence.target == PERSON else np.full(len(taken), -1, dtype=np.int64)
    rule, place, quantity = by
    run.journal.add(
        len(taken), unit_at=taken["unit_at"], name_at=names, person_at=taken["person_at"], place=place,
        what=run.number_of(consequence.text), said=run.journal.number_of(rule, consequence.clause, consequence.text),
        date=taken["day"], quantity=quantity[where] if isinstance(quantity, np.ndarray) else quantity, points=0,
        start=start[where], end=end[where], origins=taken["origins"],
    )  # fmt: skip


def follow_chain(run: Run, rule: Rule, rows: RowSet) -> list[tuple[RowSet, str, str, Ints]]:
    """State what follows for those jointly liable; return the points of each step: rows, rule, clause, points.

    A step against somebody who is the event's own person is passed over: nobody is liable twice for one fact.
    """
    moved = []
    place = run.scheme.rules.index(rule)
    for step in rule.chain:
        found = _liable(run, rule, step, rows)
        named = f"连带{step.who}：{rule.id}"
        for consequence in step.consequences:
            state(run, found, consequence, (named, place, SCALE))
        if step.points and step.who != LEADER:
            inside = found.take(run.inside(found["day"], run.period_of(rule)))
            moved.append((inside, named, step.clause, np.full(len(inside), whole_micro(step.points), dtype=np.int64)))
    return moved


def _liable(run: Run, rule: Rule, step: Step, rows: RowSet) -> RowSet:
    """Return the events as they fall on one step of the chain; those for whom the roster names nobody drop out."""
    found = rows.take(np.arange(len(rows)), _STATED)
    if step.who in (HEAD, LEADER):
        attribute = "head" if step.who == HEAD else "linked_leader"
        ranks = {name: at for at, name in enumerate(run.people.names)}
        persons = [ranks.get(getattr(unit, attribute), -1) if unit else -1 for unit in run.roster]
        own = np.array([*persons, -1], dtype=np.int64)[found["unit_at"]]
        there = (own >= 0) & (own != found["name_at"])
        found["name_at"] = own
        found = found.take(there)
        found["person_at"] = run.people.number(found["unit_at"], found["name_at"])
        return found
    found["name_at"] = np.full(len(found), -1, dtype=np.int64)
    if step.who not in (PARENT, OFFICE):
        return found
    units = _linked(run, rule, step, np.unique(found["unit_at"]))
    found["unit_at"] = np.array([*units, -1], dtype=np.int64)[found["unit_at"]]
    return found.take(found["unit_at"] >= 0)


def _linked(run: Run, rule: Rule, step: Step, units: Ints) -> list[int]:
    """Return for each unit the one that the roster links it to, -1 where none or an unknown one (C029)."""
    attribute = "parent" if step.who == PARENT else "linked_office"
    found = [-1] * len(run.units)
    for at in units.tolist():
        unit = run.roster[at]
        name = getattr(unit, attribute) if unit else ""
        found[at] = run.place.get(name, -1)
        if unit and name and found[at] < 0:
            facts = {"规则": rule.id, "单位": unit.name, "对象": step.who, "值": name}
            run.faults.add("C029", unit.origin, step.who, **facts)
    return found
