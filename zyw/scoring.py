"""Tables × scheme × period × day → journal, unit scores, consequences for units and persons (design §7).

Rows tell of measures (`sanctions`); those that stand on the day (`standing`) become cases (`grouping`); rows of the
other tables are events as they are. Rules take the events that pass their conditions (`ruling`). Base + Σ journal
points = score is checked at the end of every run.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zyw.ledger import Ledger
from zyw.periods import Period, Span, assessed_period
from zyw.points import to_text
from zyw.problems import Problem, Verbatim, ZywError, problem
from zyw.rowfaults import Faults
from zyw.rowset import Ints, RowSet, coded, objects
from zyw.rules import SANCTIONS
from zyw.rules.consequences import HEAD, LEADER
from zyw.rules.fields import OWN_DAY, fields_asked
from zyw.ruling.apply import PLACES, Judge
from zyw.ruling.decisions import tell_strays
from zyw.ruling.effects import merge_effects, outlived
from zyw.ruling.events import Events
from zyw.ruling.items import Tree
from zyw.ruling.journal import (
    journal_entries,
    left_out_entries,
    sorted_journal,
    sorted_left_out,
)
from zyw.ruling.judgement import Judgement
from zyw.ruling.limits import CAP
from zyw.ruling.omitted import leave_out_rows
from zyw.ruling.places import Bases, bases
from zyw.ruling.run import MEASURE_RULE, People, Run
from zyw.ruling.sanctioned import case_events
from zyw.ruling.stating import state_measures
from zyw.ruling.tables import person_field, table_events
from zyw.ruling.watch import Watch
from zyw.ruling.whole import roster_events, survey_events
from zyw.sanctions.grouping import cases_of, identify, levels_of
from zyw.sanctions.rows import AGAINST_UNIT, gather
from zyw.sanctions.standing import judge_standing
from zyw.scheme import Scheme
from zyw.scores import Scores
from zyw.vocabulary import check_classes
from zyw.yearly import combined, parts_of

if TYPE_CHECKING:
    from zyw.ruling.issues import Stood

FIELDS: Final = ("姓名", "当事人", "职务", "处理方式", "处理结果", "处理时间")
"""The cells that bear a row of the journal; a sheet has some of them."""


def score(ledger: Ledger, scheme: Scheme, span: Span, watch: Watch | None = None) -> tuple[Scores, tuple[Problem, ...]]:
    """Score `ledger` by `scheme` over `span.period` as known on `span.as_of`.

    Points and quantities are millionths; `watch` keeps what the rules looked at.
    Raises `ZywError` (C010, exit 70) when base + journal is not the score.
    A case of the head on 2012-04-02 (−5) and nothing else: 100 − 5 = 95. A year of a scheme that scores quarters or
    months, and says how they make a year, is theirs (`zyw.yearly`); of it `watch` keeps the last part.
    """
    parts = parts_of(scheme.cycle, span) if scheme.yearly else []
    if len(parts) < 2:
        found = _score(ledger, scheme, span, _Part(watch))
        return found.scores, found.problems
    watched = [None] * (len(parts) - 1) + [watch]
    each = [_score(ledger, scheme, part, _Part(on, span.period)) for part, on in zip(parts, watched, strict=True)]
    unused = each[0].faulty.copy()
    for unit, _ in {key for one in each for key in one.unused}:
        unused[unit] += 1
    scores = combined(ledger, span, [one.scores for one in each], unused)
    check_sums(scores)
    return scores, tuple(dict.fromkeys(found for one in each for found in one.problems))


@dataclass(frozen=True, slots=True)
class _Part:
    """How a 考核期 is scored: kept in `watch`, and the year `within` which it is a part, None where it is by itself."""

    watch: Watch | None = None
    within: Period | None = None


_WHOLE: Final = _Part()


@dataclass(frozen=True, slots=True)
class _Scored:
    """One scoring; `faulty` counts each unit's faulty rows of measures, `unused` are (unit, row) of the others."""

    scores: Scores
    problems: tuple[Problem, ...]
    faulty: Ints
    unused: frozenset[tuple[int, int]]


def _score(ledger: Ledger, scheme: Scheme, span: Span, part: _Part) -> _Scored:
    """Score one 考核期 (or several whole years), which may be part of a year."""
    faults = Faults(ledger.origins)
    judged = _judge(ledger, scheme, span, faults, part)
    run, units, names = judged.run, judged.run.units, judged.run.people.names
    base, totals = judged.tree.score()
    journal = sorted_journal(run.journal, units, names)
    if run.sums:
        journal = journal.take(~outlived(journal, run.sums, span.period.start))
    faulty = _unused(judged.rows, units)
    unused = faulty.copy()
    for unit, _ in judged.found.unused:
        unused[unit] += 1
    scores = Scores(
        scheme=scheme,
        span=span,
        unit_rows=RowSet({**_units(run, journal, base, totals), "rows_not_used": unused}),
        journal_rows=journal,
        left_out_rows=sorted_left_out(run.left_out, units, names),
        effects=merge_effects(journal, run.sums),
        notes=scheme.notes,
        fields=bearing(scheme),
        unranked=judged.tree.absentees(),
        item_values={
            name: dict(zip(units, values.tolist(), strict=True)) for name, values in judged.tree.values.items()
        },
    )
    check_sums(scores)
    return _Scored(scores, faults.problems(), faulty, frozenset(judged.found.unused))


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a run came to before it is written down: `rows` are all rows of measures."""

    run: Run
    rows: RowSet
    found: Judgement
    tree: Tree


def _judge(ledger: Ledger, scheme: Scheme, span: Span, faults: Faults, part: _Part = _WHOLE) -> _Judged:
    """Gather the events of every table that rules look at, and apply the rules."""
    sanctions = gather(ledger, scheme, faults)
    rows = sanctions.rows
    rows["of_unit"] = rows["reason"] == AGAINST_UNIT
    units = unit_names(ledger)
    names = identify(rows, units, _persons(ledger, scheme))
    judge_standing(rows, scheme, span.as_of, faults)
    rows["level"] = levels_of(rows, ledger, scheme, faults)
    standing = rows.take(rows["reason"] == "", _STANDING)
    cases = cases_of(standing, faults, lambda some: _names(some, units, names))
    _check_gravity(standing, scheme, faults)
    check_classes(ledger, scheme, faults)
    wide = any(rule.table != SANCTIONS or rule.chain for rule in scheme.rules)
    people = People(names, _numbers(rows) if wide else {})
    handled = partial(_stood, ledger, scheme, span.as_of) if scheme.handling.stated else None
    run = Run(scheme, span, ledger, units, people, faults, journal_entries(), left_out_entries(), part.within, handled)
    leave_out_rows(run, rows)
    tell_strays(run)
    run.tell_classes()
    sources = _Sources(run, cases, standing)
    found, tree = Judge(run, sources.events, lambda: _before(ledger, scheme, span), part.watch).judge()
    if part.watch is not None:
        part.watch.run, part.watch.found = run, found
    state_measures(run, standing, sanctions.said)
    return _Judged(run, rows, found, tree)


def _stood(ledger: Ledger, scheme: Scheme, as_of: date) -> "Stood | None":
    from zyw.handling.stood import stood  # only for rules that ask for 办结情况

    return stood(ledger, scheme, as_of)


@dataclass(slots=True)
class _Sources:
    """Gives the events of each table, read once."""

    run: Run
    cases: RowSet
    standing: RowSet

    def events(self, table: str) -> Events:
        if table == SANCTIONS:
            return case_events(self.run, self.cases, self.standing)
        if table == "测评":
            return survey_events(self.run)
        return roster_events(self.run) if table == "名册" else table_events(self.run, table)


def _before(ledger: Ledger, scheme: Scheme, span: Span) -> Bases | None:
    """Return what units came to in the 考核期 before, by the rules that ask for no places; its problems go unread.

    None where no row of its time was given: all would be placed alike, and rise or fall by nothing but that.
    """
    rules = tuple(rule for rule in scheme.rules if rule.table != PLACES)
    last = assessed_period(span.period.start, scheme.cycle).start - timedelta(days=1)
    period = assessed_period(last, scheme.cycle)
    if not _has_rows(ledger, scheme, period):
        return None
    earlier = Span(Period(period.start, period.end), None, period.end)
    judged = _judge(ledger, replace(scheme, rules=rules), earlier, Faults(ledger.origins))
    return bases(judged.run, judged.found, judged.tree)


def _has_rows(ledger: Ledger, scheme: Scheme, period: Period) -> bool:
    """Say whether the tables that the rules count from hold a row of a period."""
    asked = {(rule.table, OWN_DAY.get(rule.table, "")) for rule in scheme.rules}
    asked |= {("问题台账", name) for table, name in asked if table == SANCTIONS}
    for table, name in sorted(asked):
        rows = ledger.rows.get(table)
        if rows is not None and name in rows:
            days = rows[name]
            if ((days >= np.datetime64(period.start)) & (days <= np.datetime64(period.end))).any():
                return True
    return False


def _persons(ledger: Ledger, scheme: Scheme) -> Iterable[str]:
    """Give the names that rules on other tables, or a chain of liability, may bring into the results."""
    for table in {rule.table for rule in scheme.rules} - {SANCTIONS}:
        rows, field = ledger.rows.get(table), person_field(table)
        if rows is not None and field in rows:
            yield from rows.coded(field).texts
    steps = {step.who for rule in scheme.rules for step in rule.chain}
    for unit in ledger.units if steps & {HEAD, LEADER} else ():
        yield from (unit.head, unit.linked_leader)


def _numbers(rows: RowSet) -> dict[tuple[int, int], int]:
    """Return which human being each (unit, name) of the measures is, where it is only one."""
    if not len(rows):
        return {}
    columns = [rows[name].tolist() for name in ("unit_at", "name_at", "person_at")]
    found: dict[tuple[int, int], int] = {}
    for unit, name, person in dict.fromkeys(zip(*columns, strict=True)):
        found.setdefault((unit, name), person)
    return found


def bearing(scheme: Scheme) -> Mapping[str, tuple[str, ...]]:
    """Return the fields whose cells bear the rows of each rule, as the journal names it."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in scheme.rules:
        asked = FIELDS if rule.table == SANCTIONS else fields_asked(rule)
        named = [rule.id, f"{CAP}{rule.id}", *(f"连带{step.who}：{rule.id}" for step in rule.chain)]
        found |= dict.fromkeys(named, asked)
    return found | dict.fromkeys((MEASURE_RULE, ""), FIELDS)


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


def _units(run: Run, journal: RowSet, base: Ints, totals: Ints) -> dict[str, Any]:
    """Return unit, kind, base, score, consequences; a unit with nothing against it keeps its base."""
    stated: dict[int, dict[str, None]] = {}
    of_units = np.flatnonzero((journal["what"] > 0) & (journal["name_at"] < 0))
    for unit, text in zip(journal["unit_at"][of_units].tolist(), journal["consequence"][of_units], strict=True):
        stated.setdefault(unit, {})[text] = None
    return {
        "unit": objects(run.units),
        "kind": objects(run.kinds),
        "base": base,
        "score": totals,
        "consequences": objects([tuple(stated.get(at, {})) for at in range(len(run.units))]),
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
