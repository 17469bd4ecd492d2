"""Places inside groups: higher score first, equal scores share a place and the next is skipped (1, 2, 2, 4).

A unit that lacks data the scheme asks for (排名.须有) is listed with the reason and without a place, never as best or
worst. Inside a tie units stand in the order of the roster, which means nothing.
"""

from collections import Counter
from typing import Final

from zyw.ledger import Ledger
from zyw.problems import Problem
from zyw.scores import Scores, Standing

UNGROUPED: Final = "未分学段"


def rank(ledger: Ledger, scores: Scores) -> tuple[tuple[Standing, ...], tuple[Problem, ...]]:
    """Rank the units of `scores` inside their 学段; `of` is the number ranked in the group.

    Groups stand in the order of their first unit; ranked units by place, those without a place last.
    """
    groups: dict[str, list[tuple[str, int]]] = {}
    for unit, kind, points in scores.unit_rows.rows("unit", "kind", "score"):
        groups.setdefault(kind or UNGROUPED, []).append((unit, int(points)))
    present = {name: units_with(ledger, name) for name in scores.scheme.ranking.needed}
    standings: list[Standing] = []
    for group, members in groups.items():
        lacking = {unit: [name for name, units in present.items() if unit not in units] for unit, _ in members}
        ranked = sorted((m for m in members if not lacking[m[0]]), key=lambda member: -member[1])
        places = competition_places([points for _, points in ranked])
        shared = Counter(places)
        for (unit, _), place in zip(ranked, places, strict=True):
            standings.append(Standing(unit, group, place, len(ranked), shared[place] > 1, None))
        for unit, _ in members:
            if lacking[unit]:
                reason = f"没有{'、'.join(lacking[unit])}数据，不参加排名"
                standings.append(Standing(unit, group, None, len(ranked), False, reason))
    return tuple(standings), ()


def competition_places(points: list[int]) -> list[int]:
    """Return the places of points that are sorted, highest first.

    >>> competition_places([98, 95, 95, 90])
    [1, 2, 2, 4]
    """
    places: list[int] = []
    for index, value in enumerate(points):
        places.append(places[-1] if index and points[index - 1] == value else index + 1)
    return places


def units_with(ledger: Ledger, table: str) -> frozenset[str]:
    """Return the units that have at least one row in `table` (测评: at least one answer sheet or tally)."""
    if table == "测评":
        tallied = {unit for unit, *_ in ledger.tallies}
        return frozenset(tallied | {unit for unit, sheets in ledger.ballots.items() if sheets})
    rows = ledger.rows.get(table)
    return frozenset() if rows is None else frozenset(rows.coded("单位").texts)
