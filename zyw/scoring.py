"""Tables × scheme × period × day → journal, unit scores, consequences for units and persons (design §7).

Rows become measures (`sanctions`), those that stand (`standing`) become cases (`grouping`); each rule takes the cases
that pass its conditions. A case counts in the period that holds its day; its consequences are stated in every period
that their effect touches. Cumulation looks back over the period's start; it is dated by the case that completes it.
Base + Σ journal points = score is checked at the end of every run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from zyw.effects import merge_effects, term_of, window_end
from zyw.grouping import cases_of, identify, levels_of, tuples
from zyw.journal import Entries, journal_entries, left_out_entries, ranked, sort_journal, sort_left_out
from zyw.ledger import Ledger
from zyw.periods import Span
from zyw.points import SCALE, to_text
from zyw.problems import Problem, Verbatim, ZywError, problem
from zyw.rowfaults import Faults
from zyw.rules import FIRST, HIGHEST, PERSON, UNIT, Condition, Consequence, Dated, Rule
from zyw.sanctions import gather
from zyw.scheme import Scheme, vocabulary
from zyw.scores import JOURNAL, Scores
from zyw.standing import judge_standing

Mask = npt.NDArray[np.bool_]

MEASURE_RULE: Final = "处理方式的后果"
"""The id under which the journal states what follows from a measure by itself."""
FIELDS: Final = ("姓名", "当事人", "职务", "处理方式", "处理结果", "处理时间")


def score(ledger: Ledger, scheme: Scheme, span: Span) -> tuple[Scores, tuple[Problem, ...]]:
    """Score `ledger` by `scheme` over `span.period` as known on `span.as_of`.

    Points and quantities are millionths. Raises `ZywError` (C010, exit 70) when base + journal is not the score.
    A case of the head on 2012-04-02 (−5) and nothing else: 100 − 5 = 95.
    """
    rows, problems = gather(ledger, scheme)
    faults = Faults(ledger.origins)
    judge_standing(rows, scheme, span.as_of, faults)
    rows["person_id"], rows["case"] = identify(rows)
    names = unit_names(ledger)
    order = {name: index for index, name in enumerate(names)}
    rows["unit_rank"] = ranked(rows["unit"], lambda name: order.get(name, len(order)))
    rows["person_rank"] = ranked(rows["person"])
    rows["level"] = levels_of(rows, ledger, scheme, faults)
    standing = rows[rows["reason"].to_numpy(object) == ""]
    cases = cases_of(standing, faults)
    _check_gravity(standing, scheme, faults)
    run = _Run(scheme, span, journal_entries(), left_out_entries(), _numbered_consequences(scheme))
    _leave_out_rows(run, rows)
    points = _apply_rules(run, cases)
    _state_measures(run, standing)
    journal = sort_journal(run.journal.frame())
    units = _units(ledger, scheme, names, journal, points, rows)
    scores = Scores(
        scheme=scheme,
        span=span,
        units=units,
        journal=journal[list(JOURNAL)],
        not_counted=sort_left_out(run.left_out.frame()),
        effects=merge_effects(journal),
        notes=scheme.notes,
        fields={rule: FIELDS for rule in (MEASURE_RULE, "", *(rule.id for rule in scheme.rules))},
    )
    check_sums(scores)
    return scores, problems + faults.problems()


@dataclass(frozen=True, slots=True)
class _Run:
    """What the steps of one scoring share: the scheme, the span, and the two lists that grow."""

    scheme: Scheme
    span: Span
    journal: Entries
    left_out: Entries
    what: Mapping[str, int]
    """Text of a consequence → its place in the scheme, from 1."""

    def inside(self, days: npt.NDArray[Any]) -> Mask:
        """Say which days lie in the scored period; days after `as_of` never get here."""
        period = self.span.period
        return (days >= np.datetime64(period.start, "s")) & (days <= np.datetime64(period.end, "s"))

    def touches(self, start: npt.NDArray[Any], end: npt.NDArray[Any], days: npt.NDArray[Any]) -> Mask:
        """Say which effects are stated: those whose days touch the period, those without end when decided in it."""
        period = self.span.period
        overlap = (start <= np.datetime64(period.end, "D")) & (end >= np.datetime64(period.start, "D"))
        return np.where(np.isnat(end), self.inside(days), overlap) & (days <= np.datetime64(period.end, "s"))


def _numbered_consequences(scheme: Scheme) -> Mapping[str, int]:
    """Number the texts of all consequences: those of rules first, then those of measures."""
    texts = [each.text for part in (*scheme.rules, *scheme.measures) for each in part.consequences]
    return {text: index for index, text in enumerate(dict.fromkeys(texts), start=1)}


def unit_names(ledger: Ledger) -> tuple[str, ...]:
    """Return the roster's units in its order; without a roster those found in rows, sorted as Chinese lists are."""
    if ledger.has_roster:
        return tuple(unit.name for unit in ledger.units)
    found = {str(name) for frame in ledger.tables.values() if "单位" in frame for name in frame["单位"].unique()}
    if ledger.tallies is not None:
        found |= {str(name) for name in ledger.tallies["unit"].unique()}
    found |= set(ledger.ballots)
    return tuple(sorted(found - {""}, key=lambda name: name.encode("gb18030", "replace")))


def _passes(frame: pd.DataFrame, conditions: Sequence[Condition], scheme: Scheme) -> Mask:
    """Say which cases (or rows) meet all conditions."""
    passes = np.ones(len(frame), dtype=np.bool_)
    for condition in conditions:
        passes &= _meets(frame, condition, scheme)
    return passes


def _meets(frame: pd.DataFrame, condition: Condition, scheme: Scheme) -> Mask:
    coded = {"职务层级": "level", "处理方式": "measure"}
    texts = {"类别": "category", "来源": "channel", "情节": "gravity"}
    if condition.field in coded:
        words = vocabulary(scheme, condition.field) or ()
        allowed = np.array([condition.allows(word) for word in words], dtype=np.bool_)
        return np.asarray(allowed[frame[coded[condition.field]].to_numpy()], dtype=np.bool_)
    if condition.field == "处理类型":
        allowed = np.array([condition.allows(measure.track) for measure in scheme.measures], dtype=np.bool_)
        return np.asarray(allowed[frame["measure"].to_numpy()], dtype=np.bool_)
    codes, uniques = pd.factorize(frame[texts[condition.field]])
    allowed = np.array([condition.allows(str(text)) for text in uniques], dtype=np.bool_)
    return np.asarray(allowed[codes], dtype=np.bool_) if len(uniques) else np.zeros(0, dtype=np.bool_)


def _values(points: Dated | None, days: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], Mask]:
    """Return the points in force on each day, and where some are."""
    value = np.zeros(len(days), dtype=np.int64)
    known = np.zeros(len(days), dtype=np.bool_)
    for start, each in zip(points.starts, points.values, strict=True) if points else ():
        from_here = np.ones(len(days), dtype=np.bool_) if start is None else days >= np.datetime64(start, "s")
        value[from_here] = each or 0
        known[from_here] = each is not None
    return value, known


def _apply_rules(run: _Run, cases: pd.DataFrame) -> list[tuple[npt.NDArray[Any], npt.NDArray[np.int64]]]:
    """Apply every rule; return the points moved as (units, points) pairs, for the scores."""
    rules = run.scheme.rules
    masks = [_passes(cases, rule.conditions, run.scheme) for rule in rules]
    days = cases["day"].to_numpy("datetime64[s]")
    if run.scheme.starts:
        early = days < np.datetime64(run.scheme.starts, "s")
        _leave_out_cases(run, cases, early, None, f"方案自 {run.scheme.starts} 起适用")
        masks = [mask & ~early for mask in masks]
    taken = np.any(masks, axis=0) if masks else np.zeros(len(cases), dtype=np.bool_)
    _leave_out_cases(run, cases, ~taken & run.inside(days), None, "方案没有适用的规则")
    _settle_relations(run, cases, masks)
    moved = []
    for place, (rule, mask) in enumerate(zip(rules, masks, strict=True)):
        if rule.cumulation:
            moved.append(_cumulate(run, rule, place, cases[mask]))
        else:
            moved.append(_count(run, rule, place, cases[mask]))
    return moved


def _settle_relations(run: _Run, cases: pd.DataFrame, masks: list[Mask]) -> None:
    """Where two rules take one case and are 择一 or 取高, leave it with one of them (in place)."""
    rules = run.scheme.rules
    days = cases["day"].to_numpy("datetime64[s]")
    index = {rule.id: place for place, rule in enumerate(rules)}
    for place, rule in enumerate(rules):
        for name, kind in rule.relations:
            one, two = sorted((place, index[name]))
            both = masks[one] & masks[two]
            if kind not in (FIRST, HIGHEST) or not both.any():
                continue
            second = np.zeros(len(cases), dtype=np.bool_)
            if kind == HIGHEST:
                second = np.abs(_values(rules[two].points, days)[0]) > np.abs(_values(rules[one].points, days)[0])
            for loser, winner, lost in ((two, one, both & ~second), (one, two, both & second)):
                reason = f"同一案已按“{rules[winner].id}”计算（{kind}）"
                _leave_out_cases(run, cases, lost & run.inside(days), rules[loser], reason)
                masks[loser] = masks[loser] & ~lost


def _count(run: _Run, rule: Rule, place: int, cases: pd.DataFrame) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
    """Count each case once; state the rule's consequences."""
    days = cases["day"].to_numpy("datetime64[s]")
    inside = run.inside(days)
    value, known = _values(rule.points, days)
    if rule.points is not None:
        _leave_out_cases(run, cases, inside & ~known, rule, "当天没有有效的分值")
        _leave_out_cases(run, cases, ~inside, rule, _outside(days[~inside]))
    _add_points(run, rule, place, cases, inside & known, value, SCALE)
    for consequence in rule.consequences:
        _add_consequence(run, rule.id, place, cases, consequence, SCALE)
    return cases["unit"].to_numpy(object)[inside & known], value[inside & known]


def _cumulate(run: _Run, rule: Rule, place: int, cases: pd.DataFrame) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
    """Find the cases that complete a count within the window; the row carries the origins of all that make it up."""
    found = _completing(rule, cases)
    days = found["day"].to_numpy("datetime64[s]")
    inside = run.inside(days)
    value, known = _values(rule.points, days)
    quantity = SCALE * (rule.cumulation.at_least if rule.cumulation else 1)
    _add_points(run, rule, place, found, inside & known, value, quantity)
    for consequence in rule.consequences:
        _add_consequence(run, rule.id, place, found[inside], consequence, quantity)
    return found["unit"].to_numpy(object)[inside & known], value[inside & known]


def _completing(rule: Rule, cases: pd.DataFrame) -> pd.DataFrame:
    assert rule.cumulation is not None, "only rules with 累计 come here"
    whole_unit = rule.cumulation.target == UNIT
    owner = pd.factorize(cases["unit"])[0] if whole_unit else cases["person_id"].to_numpy()
    days = cases["day"].to_numpy("datetime64[s]").astype("datetime64[D]")
    order = np.lexsort((days, owner))
    back = rule.cumulation.at_least - 1
    first, last = order[: len(order) - back], order[back:]
    completes = (owner[first] == owner[last]) & (days[last] <= window_end(days[first], rule.cumulation.window))
    ends = np.flatnonzero(completes)
    found = cases.take(last[ends]).copy()
    origins = cases["origins"].to_numpy(object)
    gathered = np.empty(len(ends), dtype=object)
    gathered[:] = [tuple(sorted({o for at in order[end : end + back + 1] for o in origins[at]})) for end in ends]
    found["origins"] = gathered
    if whole_unit:
        found["person"] = ""
    return found


def _add_points(
    run: _Run, rule: Rule, place: int, cases: pd.DataFrame, where: Mask, value: npt.NDArray[np.int64], quantity: int
) -> None:
    taken = cases[where]
    run.journal.add(
        len(taken), unit=taken["unit"].to_numpy(object), person=taken["person"].to_numpy(object), rule=rule.id,
        clause=rule.clause, date=taken["day"].to_numpy(), quantity=quantity, points=value[where], consequence="",
        start="NaT", end="NaT", origins=taken["origins"].to_numpy(object), place=place, what=0, **_inner(taken),
    )  # fmt: skip


def _add_consequence(
    run: _Run, rule: str, place: int, cases: pd.DataFrame, consequence: Consequence, quantity: int
) -> None:
    days = cases["day"].to_numpy("datetime64[s]")
    start, end = term_of(days, consequence.term)
    where = run.touches(start, end, days)
    taken = cases[where]
    run.journal.add(
        len(taken), unit=taken["unit"].to_numpy(object),
        person=taken["person"].to_numpy(object) if consequence.target == PERSON else "",
        rule=rule, clause=consequence.clause, date=days[where], quantity=quantity, points=0,
        consequence=consequence.text, start=start[where], end=end[where],
        origins=taken["origins"].to_numpy(object), place=place, what=run.what[consequence.text], **_inner(taken),
    )  # fmt: skip


def _inner(taken: pd.DataFrame) -> dict[str, npt.NDArray[Any]]:
    return {name: taken[name].to_numpy() for name in ("person_id", "unit_rank", "person_rank")}


def _state_measures(run: _Run, standing: pd.DataFrame) -> None:
    """State what follows from measures by themselves; measures of one case and day with one effect are one row."""
    alike: dict[Consequence, list[int]] = {}
    for measure in run.scheme.measures:
        for consequence in measure.consequences:
            alike.setdefault(consequence, []).append(measure.order)
    measures = standing["measure"].to_numpy()
    for consequence, orders in alike.items():
        rows = standing[np.isin(measures, orders)]
        rows = rows.take(np.lexsort((rows["origin"].to_numpy(), rows["day"].to_numpy(), rows["case"].to_numpy())))
        case, day = rows["case"].to_numpy(), rows["day"].to_numpy()
        starts = np.flatnonzero(np.concatenate(([True], (case[1:] != case[:-1]) | (day[1:] != day[:-1])))[: len(rows)])
        found = rows[["unit", "person", "person_id", "unit_rank", "person_rank", "day"]].take(starts).copy()
        found["origins"] = tuples(rows["origin"].to_numpy(), starts)
        _add_consequence(run, MEASURE_RULE, len(run.scheme.rules), found, consequence, SCALE)


def _outside(days: npt.NDArray[Any]) -> npt.NDArray[Any]:
    codes, uniques = pd.factorize(days)
    told = [f"不在考核期内：决定日 {np.datetime64(each, 'D')}" for each in uniques]
    return np.array(told, dtype=object)[codes] if told else np.empty(0, dtype=object)


def _leave_out_cases(run: _Run, cases: pd.DataFrame, where: Mask, rule: Rule | None, reason: Any) -> None:
    taken = cases[where]
    run.left_out.add(
        len(taken), unit=taken["unit"].to_numpy(object), person=taken["person"].to_numpy(object),
        rule=rule.id if rule else "", clause=rule.clause if rule else "", reason=reason,
        origins=taken["origins"].to_numpy(object),
    )  # fmt: skip


def _leave_out_rows(run: _Run, rows: pd.DataFrame) -> None:
    """List each row that does not stand, once, with the rule that it would have met."""
    out = rows[rows["reason"].to_numpy(object) != ""].drop_duplicates("origin")
    rule, clause = np.full(len(out), "", dtype=object), np.full(len(out), "", dtype=object)
    able = ~out["fault"].to_numpy(bool) & (out["measure"].to_numpy() >= 0)
    able &= ~out["reason"].str.startswith("对单位的处理").to_numpy(bool)
    for each in reversed(run.scheme.rules):
        if each.points is not None and each.cumulation is None:
            meets = able & _passes(out, each.conditions, run.scheme)
            rule[meets], clause[meets] = each.id, each.clause
    origins = np.empty(len(out), dtype=object)
    origins[:] = [(origin,) for origin in out["origin"].tolist()]
    run.left_out.add(
        len(out), unit=out["unit"].to_numpy(object), person=out["person"].to_numpy(object), rule=rule, clause=clause,
        reason=out["reason"].to_numpy(object), origins=origins,
    )  # fmt: skip


def _check_gravity(standing: pd.DataFrame, scheme: Scheme, faults: Faults) -> None:
    """Warn (C012) where the 情节 of a row calls for other measures than the one taken; it counts all the same."""
    if not scheme.gravities or not (standing["gravity"].to_numpy(object) != "").any():
        return
    fitting = {gravity.name: gravity.measures for gravity in scheme.gravities}
    listed = {name for names in fitting.values() for name in names}
    pairs = standing[["gravity", "measure"]].drop_duplicates()
    for gravity, order in pairs.itertuples(index=False):
        name = scheme.measures[order].name
        if gravity in fitting and name in listed and name not in fitting[gravity]:
            where = (standing["gravity"] == gravity) & (standing["measure"] == order)
            wanted = Verbatim("、".join(fitting[gravity]))
            for origin in standing.loc[where, "origin"].tolist():
                faults.add("C012", origin, "情节", 情节=gravity, 方式=Verbatim(name), 应为=wanted)


def _units(
    ledger: Ledger,
    scheme: Scheme,
    names: tuple[str, ...],
    journal: pd.DataFrame,
    points: list[tuple[npt.NDArray[Any], npt.NDArray[np.int64]]],
    rows: pd.DataFrame,
) -> pd.DataFrame:
    """Return the frame `scores.UNITS`; a unit with nothing against it keeps its base."""
    kinds = {unit.name: unit.kind for unit in ledger.units}
    index = pd.Index(names, dtype=object)
    totals = np.zeros(len(names) + 1, dtype=np.int64)  # the last one gathers units that are not in the list
    for units, values in points:
        np.add.at(totals, index.get_indexer(pd.Index(units, dtype=object)), values)
    unused = rows[rows["fault"].to_numpy(bool)].drop_duplicates("origin")["unit"].value_counts()
    stated: dict[str, dict[str, None]] = {}
    of_units = journal[(journal["person"] == "") & (journal["consequence"] != "")]
    for unit, text in of_units[["unit", "consequence"]].drop_duplicates().itertuples(index=False):
        stated.setdefault(unit, {})[text] = None
    consequences = np.empty(len(names), dtype=object)
    consequences[:] = [tuple(stated.get(name, {})) for name in names]
    return pd.DataFrame(
        {
            "unit": np.array(names, dtype=object),
            "kind": np.array([kinds.get(name, "") for name in names], dtype=object),
            "base": np.full(len(names), scheme.base, dtype=np.int64),
            "score": scheme.base + totals[:-1],
            "consequences": consequences,
            "rows_not_used": np.array([int(unused.get(name, 0)) for name in names], dtype=np.int64),
        }
    )


def check_sums(scores: Scores) -> None:
    """Raise `ZywError` (C010, exit 70) unless base + Σ journal points = score for every unit, and no point is homeless."""
    sums = scores.journal.groupby("unit", sort=False)["points"].sum()
    units = scores.units
    totals = units["base"].to_numpy() + sums.reindex(units["unit"], fill_value=0).to_numpy()
    wrong = [
        (unit, total, reached)
        for unit, total, reached in zip(units["unit"], totals, units["score"], strict=True)
        if total != reached
    ]
    wrong += [(unit, int(sums[unit]), 0) for unit in sums.index.difference(units["unit"])]
    if wrong:
        raise ZywError(
            [problem("C010", None, 单位=unit, 合计=to_text(total), 得分=to_text(at)) for unit, total, at in wrong]
        )
