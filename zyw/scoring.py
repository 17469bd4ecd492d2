"""Tables × scheme × period × day → journal, unit scores, consequences for units and persons (design §7).

Rows tell of measures (`sanctions`); those that stand on the day (`standing`) become cases (`grouping`); each rule takes
the cases that pass its conditions (`ruling`). Base + Σ journal points = score is checked at the end of every run.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from zyw.effects import merge_effects
from zyw.grouping import cases_of, identify, levels_of
from zyw.journal import (
    journal_entries,
    left_out_entries,
    sorted_journal,
    sorted_left_out,
)
from zyw.ledger import Ledger
from zyw.periods import Span
from zyw.points import to_text
from zyw.problems import Problem, Verbatim, ZywError, problem
from zyw.rowfaults import Faults
from zyw.rowset import Ints, RowSet, coded, objects
from zyw.ruling import MEASURE_RULE, Moved, Run, apply_rules, leave_out_rows, state_measures
from zyw.sanctions import AGAINST_UNIT, gather
from zyw.scheme import Scheme
from zyw.scores import Scores
from zyw.standing import judge_standing
from zyw.vocabulary import check_classes

FIELDS: Final = ("姓名", "当事人", "职务", "处理方式", "处理结果", "处理时间")
"""The cells that bear a row of the journal; a sheet has some of them."""


def score(ledger: Ledger, scheme: Scheme, span: Span) -> tuple[Scores, tuple[Problem, ...]]:
    """Score `ledger` by `scheme` over `span.period` as known on `span.as_of`.

    Points and quantities are millionths. Raises `ZywError` (C010, exit 70) when base + journal is not the score.
    A case of the head on 2012-04-02 (−5) and nothing else: 100 − 5 = 95.
    """
    faults = Faults(ledger.origins)
    sanctions = gather(ledger, scheme, faults)
    rows = sanctions.rows
    rows["of_unit"] = rows["reason"] == AGAINST_UNIT
    units = unit_names(ledger)
    names = identify(rows, units)
    judge_standing(rows, scheme, span.as_of, faults)
    rows["level"] = levels_of(rows, ledger, scheme, faults)
    standing = rows.take(rows["reason"] == "", _STANDING)
    cases = cases_of(standing, faults, lambda some: _names(some, units, names))
    _check_gravity(standing, scheme, faults)
    check_classes(ledger, scheme, faults)
    run = Run(scheme, span, journal_entries(), left_out_entries())
    leave_out_rows(run, rows)
    moved = apply_rules(run, cases, standing)
    state_measures(run, standing, sanctions.said)
    journal = sorted_journal(run.journal, units, names)
    scores = Scores(
        scheme=scheme,
        span=span,
        unit_rows=RowSet({**_units(ledger, scheme, units, journal, moved), "rows_not_used": _unused(rows, units)}),
        journal_rows=journal,
        left_out_rows=sorted_left_out(run.left_out, units, names),
        effects=merge_effects(journal),
        notes=scheme.notes,
        fields=dict.fromkeys((*(rule.id for rule in scheme.rules), MEASURE_RULE, ""), FIELDS),
    )
    check_sums(scores)
    return scores, faults.problems()


_STANDING: Final = (
    "origin", "said", "severest", "day", "level", "case_no", "unit_at", "name_at", "person_at", "case_at", "channel",
    "category", "gravity",
)  # fmt: skip


def unit_names(ledger: Ledger) -> tuple[str, ...]:
    """Return the roster's units in its order; without a roster those found in rows, sorted as Chinese lists are."""
    if ledger.has_roster:
        return tuple(unit.name for unit in ledger.units)
    found = {name for rows in ledger.rows.values() if "单位" in rows for name in rows.coded("单位").texts}
    found |= {unit for unit, *_ in ledger.tallies} | set(ledger.ballots)
    return tuple(sorted(found - {""}, key=lambda name: name.encode("gb18030", "replace")))


def _names(rows: RowSet, units: Sequence[str], names: Sequence[str]) -> list[tuple[str, str]]:
    return [(units[u], names[n]) for u, n in zip(rows["unit_at"].tolist(), rows["name_at"].tolist(), strict=True)]


def _check_gravity(standing: RowSet, scheme: Scheme, faults: Faults) -> None:
    """Warn (C012) where the 情节 of a row calls for other measures than the one taken; it counts all the same."""
    fitting = {gravity.name: gravity.measures for gravity in scheme.gravities}
    listed = {name for names in fitting.values() for name in names}
    written = coded(standing["gravity"])
    for code, text in enumerate(written.texts):
        if text not in fitting:
            continue
        where = np.flatnonzero(written.codes == code)
        for order in np.unique(standing["severest"][where]).tolist():
            name = scheme.measures[order].name
            if name in listed and name not in fitting[text]:
                origins = standing["origin"][where[standing["severest"][where] == order]]
                facts = {"情节": text, "方式": Verbatim(name), "应为": Verbatim("、".join(fitting[text]))}
                faults.add_each("C012", origins, "情节", **facts)


def _units(
    ledger: Ledger, scheme: Scheme, names: Sequence[str], journal: RowSet, moved: Sequence[Moved]
) -> dict[str, Any]:
    """Return unit, kind, base, score, consequences; a unit with nothing against it keeps its base."""
    kinds = {unit.name: unit.kind for unit in ledger.units}
    totals = np.zeros(len(names) + 1, dtype=np.int64)  # the last one gathers rows of no unit: none ever stands
    for each in moved:
        np.add.at(totals, each.units, each.points)
    stated: dict[int, dict[str, None]] = {}
    of_units = np.flatnonzero((journal["what"] > 0) & (journal["name_at"] < 0))
    for unit, text in zip(journal["unit_at"][of_units].tolist(), journal["consequence"][of_units], strict=True):
        stated.setdefault(unit, {})[text] = None
    return {
        "unit": objects(names),
        "kind": objects([kinds.get(name, "") for name in names]),
        "base": np.full(len(names), scheme.base, dtype=np.int64),
        "score": scheme.base + totals[:-1],
        "consequences": objects([tuple(stated.get(at, {})) for at in range(len(names))]),
    }


def _unused(rows: RowSet, units: Sequence[str]) -> Ints:
    """Count for each unit the rows that a fault kept from counting."""
    counts = np.bincount(rows["unit_at"][rows["fault"]], minlength=len(units) + 1)
    return counts[: len(units)].astype(np.int64)


def check_sums(scores: Scores) -> None:
    """Raise `ZywError` (C010, exit 70) unless base + Σ journal points = score everywhere, and no point is homeless."""
    of_rows = scores.journal_rows.coded("unit")
    totals = np.zeros(len(of_rows.texts), dtype=np.int64)
    np.add.at(totals, of_rows.codes, scores.journal_rows["points"])
    moved = dict(zip(of_rows.texts, totals.tolist(), strict=True))
    known = list(scores.unit_rows.rows("unit", "base", "score"))
    wrong = [(unit, base + moved.get(unit, 0), at) for unit, base, at in known if base + moved.get(unit, 0) != at]
    strangers = {unit for unit, points in moved.items() if points} - {unit for unit, *_ in known}
    wrong += [(unit, moved[unit], 0) for unit in sorted(strangers)]
    if wrong:
        raise ZywError(
            [problem("C010", None, 单位=unit, 合计=to_text(total), 得分=to_text(at)) for unit, total, at in wrong]
        )
