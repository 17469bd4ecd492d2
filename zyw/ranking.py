"""Places inside groups: higher score first, equal scores share a place and the next is skipped (1, 2, 2, 4).

A unit that lacks data the scheme asks for (排名.须有) is listed with the reason and without a place, never as best or
worst. 同分先后 may part equal scores; inside a tie that is left units stand in the order of the roster, which means
nothing. 等次 are given in the order of places (`zyw.grading`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, TypeAlias

from zyw.grading import grades_of
from zyw.ledger import Ledger
from zyw.problems import Problem
from zyw.rules import Criterion, Ranking
from zyw.rules.ranking import DENSE, FEWER, HIGHER_GAIN, SATISFIED, SINGLE_NOT
from zyw.scores import Scores, Standing
from zyw.survey.rates import rates

UNGROUPED: Final = "未分学段"
EVERYBODY: Final = "全部"
Key: TypeAlias = Callable[[str], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A place in a group by score alone: `rank` from the top, `last` where its tie ends, `of` how many."""

    rank: int
    last: int
    of: int


def placed(ledger: Ledger, ranking: Ranking, scores: Mapping[str, Any]) -> dict[str, Placed]:
    """Return the place of each unit that is ranked, by score alone (or whatever number stands for it)."""
    kinds = {unit.name: unit.kind for unit in ledger.units}
    lacking = _lacking(ledger, ranking, scores)
    groups: dict[str, list[tuple[str, Any]]] = {}
    for unit, points in scores.items():
        if unit not in lacking:
            groups.setdefault(group_of(ranking, kinds.get(unit, "")), []).append((unit, points))
    found: dict[str, Placed] = {}
    for members in groups.values():
        listed = sorted(points for _, points in members)
        higher = {points: len(listed) - at for at, points in enumerate(listed, start=1)}
        sizes = Counter(listed)
        for unit, points in members:
            rank = higher[points] + 1
            found[unit] = Placed(rank, rank + sizes[points] - 1, len(members))
    return found


def group_of(ranking: Ranking, kind: str) -> str:
    """Return the group in which units of a 学段 are compared."""
    if ranking.group == EVERYBODY:
        return EVERYBODY
    pool = next((name for name, kinds in ranking.pools if kind in kinds), kind)
    return pool or UNGROUPED


def rank(ledger: Ledger, scores: Scores) -> tuple[tuple[Standing, ...], tuple[Problem, ...]]:
    """Rank the units of `scores` inside their groups; `of` is the number ranked in the group.

    Groups stand in the order of their first unit; ranked units by place, those without a place last.
    """
    ranking = scores.scheme.ranking
    groups: dict[str, list[str]] = {}
    for unit, kind in scores.unit_rows.rows("unit", "kind"):
        groups.setdefault(group_of(ranking, kind), []).append(unit)
    points = dict(scores.unit_rows.rows("unit", "score"))
    out = {**_lacking(ledger, ranking, points), **scores.unranked}
    key = _key(ledger, scores, points)
    standings: list[Standing] = []
    for group, members in groups.items():
        reasons = _alone(ranking, members, {unit: out[unit] for unit in members if unit in out})
        ranked = sorted((unit for unit in members if unit not in reasons), key=key)
        places = competition_places([key(unit) for unit in ranked], dense=ranking.ties == DENSE)
        shared = Counter(places)
        grades = grades_of(scores, ranked, places)
        standings += [
            Standing(unit, group, place, len(ranked), shared[place] > 1, None, grade)
            for unit, place, grade in zip(ranked, places, grades, strict=True)
        ]
        standings += [
            Standing(unit, group, None, len(ranked), False, reasons[unit]) for unit in members if unit in reasons
        ]
    return tuple(standings), ()


def _alone(ranking: Ranking, members: Sequence[str], reasons: dict[str, str]) -> dict[str, str]:
    there = [unit for unit in members if unit not in reasons]
    if ranking.single == SINGLE_NOT and len(there) == 1:
        return reasons | {there[0]: "同组只有一个单位，不参加排名"}
    return reasons


def _lacking(ledger: Ledger, ranking: Ranking, units: Iterable[str]) -> dict[str, str]:
    """Return the units without data that the ranking asks for, with the reason; all where nobody is ranked."""
    present = {name: units_with(ledger, name) for name in ranking.needed}
    if ranking.none:
        return dict.fromkeys(units, ranking.none)
    found = {}
    for unit in units:
        lacking = [name for name, having in present.items() if unit not in having]
        if lacking:
            found[unit] = f"没有{'、'.join(lacking)}数据，不参加排名"
    return found


def _key(ledger: Ledger, scores: Scores, points: Mapping[str, int]) -> Key:
    """Return what units are sorted by: the score, then the scheme's criteria; smaller comes first."""
    parts: list[Callable[[str], Any]] = [lambda unit: -points[unit]]
    parts += [_better(ledger, scores, criterion) for criterion in scores.scheme.ranking.order]
    return lambda unit: tuple(part(unit) for part in parts)


def _better(ledger: Ledger, scores: Scores, criterion: Criterion) -> Callable[[str], Any]:
    """Return what one step of 同分先后 sorts by."""
    if criterion.kind in (FEWER, HIGHER_GAIN):
        sign = -1 if criterion.kind == FEWER else 1
        moved = _moved(scores, sign)
        return lambda unit: -sign * moved.get(unit, 0)
    if criterion.kind == SATISFIED:
        known = rates(ledger.tallies, ledger.ballots)
        return lambda unit: -_rate(known, unit)
    own = scores.item_values.get(criterion.item, {})
    return lambda unit: -own.get(unit, 0)


def _rate(known: Mapping[str, Any], unit: str) -> Fraction:
    """Return a unit's satisfied rate; a unit without one comes last among its equals."""
    rate = known[unit].rate if unit in known else None
    return Fraction(-1) if rate is None else Fraction(rate)


def _moved(scores: Scores, sign: int) -> dict[str, int]:
    """Return the size of what rules took from (−1) or gave to (1) each unit, before any limit."""
    rules = {rule.id for rule in scores.scheme.rules}
    found: dict[str, int] = {}
    for unit, rule, points in scores.journal_rows.rows("unit", "rule", "points"):
        if points * sign > 0 and rule in rules:
            found[unit] = found.get(unit, 0) + abs(points)
    return found


def competition_places(keys: Sequence[Any], *, dense: bool = False) -> list[int]:
    """Return the places of keys that are sorted, best first: equal ones share, the next is skipped (`dense`: not).

    >>> competition_places([98, 95, 95, 90]), competition_places([98, 95, 95, 90], dense=True)
    ([1, 2, 2, 4], [1, 2, 2, 3])
    """
    places: list[int] = []
    for index, key in enumerate(keys):
        if index and keys[index - 1] == key:
            places.append(places[-1])
        else:
            places.append(places[-1] + 1 if dense and places else index + 1)
    return places


def units_with(ledger: Ledger, table: str) -> frozenset[str]:
    """Return the units that have at least one row in `table` (测评: at least one answer sheet or tally)."""
    if table == "测评":
        tallied = {unit for unit, *_ in ledger.tallies}
        return frozenset(tallied | {unit for unit, sheets in ledger.ballots.items() if sheets})
    rows = ledger.rows.get(table)
    return frozenset() if rows is None else frozenset(rows.coded("单位").texts)
