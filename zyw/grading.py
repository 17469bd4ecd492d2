"""等次 of ranked units: in the order of places each takes the highest grade it reaches and that still has room.

A veto gives the last grade; 取消资格 keeps a unit out of the grades that have a quota; 定等次 and 限等次 give or limit
one. Where a grade has a least share (至少占) the last units fill it. Quotas are of units, never of people to be
punished (P016 refuses those).
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from zyw.points import SCALE
from zyw.rules import Consequence, Grade
from zyw.rules.consequences import CEILING, DISQUALIFY, FORCE, STATED, VETO
from zyw.scores import Scores


def grades_of(scores: Scores, ranked: Sequence[str], places: Sequence[int]) -> list[str | None]:
    """Return the grade of each ranked unit, None where the scheme has none or none is within reach.

    优秀 20 % of 10 units is 2: places 1, 2, 2 → only the first has it, unless 同分 is 一并占.
    """
    grades = scores.scheme.ranking.grades
    if not grades:
        return [None] * len(ranked)
    room = [grade.room(len(ranked)) for grade in grades]
    points = dict(scores.unit_rows.rows("unit", "score"))
    bounds = _bounds(scores)
    held = list(zip(grades, floors_on(grades, min(scores.span.period.end, scores.span.as_of)), strict=True))
    found: list[int] = []
    at = 0
    while at < len(ranked):
        tied = [unit for unit, place in zip(ranked, places, strict=True) if place == places[at]]
        firsts = [_first(held, points[unit], bounds.get(unit, ()), room, len(tied)) for unit in tied]
        given = [grade for grade, _ in firsts]
        _take(room, given)
        for full in {at for _, refused in firsts for at in refused}:
            room[full] = 0
        found += given
        at += len(tied)
    forced = [any(each.kind == FORCE for each in bounds.get(unit, ())) for unit in ranked]
    _fill_from_below(grades, found, places, forced)
    return [grades[grade].name if grade < len(grades) else None for grade in found]


def _fill_from_below(grades: Sequence[Grade], found: list[int], places: Sequence[int], forced: Sequence[bool]) -> None:
    """Move units down (in place), the last ones first, until each grade and those below it hold their least share.

    不合格 至少占 5% of 40 units is 2: where one has it by its points, the last of the others joins it. A tie at the
    edge goes down as a whole where the grade takes ties in (一并占), else stays up as a whole. 定等次 is not moved.
    """
    for at in reversed(range(len(grades))):
        wanted = grades[at].least_of(len(found))
        for place in sorted(set(places), reverse=True):
            tied = [each for each, other in enumerate(places) if other == place]
            moved = [each for each in tied if found[each] < at and not forced[each]]
            lack = wanted - sum(grade >= at for grade in found)
            if lack <= 0:
                break
            if len(moved) > lack and not grades[at].tied_in:
                break
            for each in moved:
                found[each] = at


def floors_on(grades: Sequence[Grade], day: date) -> list[Fraction | None]:
    """Return the points that each grade needs on a day, None where it needs none."""
    return [None if grade.least is None else grade.least.on(day) for grade in grades]


def _bounds(scores: Scores) -> dict[str, tuple[Consequence, ...]]:
    """Return for each unit the consequences in force that bear on its grade."""
    rules = scores.scheme.rules
    every = [each for rule in rules for each in rule.consequences]
    every += [each for rule in rules for step in rule.chain for each in step.consequences]
    bearing = {each.text: each for each in every if each.kind != STATED}
    rows = scores.unit_rows.rows("unit", "consequences")
    return {unit: tuple(bearing[text] for text in texts if text in bearing) for unit, texts in rows}


def _first(
    held: Sequence[tuple[Grade, Fraction | None]],
    points: int,
    bounds: Sequence[Consequence],
    room: Sequence[int | None],
    tied: int,
) -> tuple[int, tuple[int, ...]]:
    """Return the first grade that a unit may have, as a place in the list; beyond it when there is none.

    `held` are the grades with the points that each needs. Besides the grades whose room was too small for the tie: they
    are full from there on, or a unit behind the tie would have a better grade than the tie.
    """
    names = [grade.name for grade, _ in held]
    forced = [names.index(each.grade) for each in bounds if each.kind == FORCE]
    if any(each.kind == VETO for each in bounds):
        return len(held) - 1, ()
    if forced:
        return max(forced), ()
    lowest = max((names.index(each.grade) for each in bounds if each.kind == CEILING), default=0)
    barred = any(each.kind == DISQUALIFY for each in bounds)
    refused: list[int] = []
    for at in range(lowest, len(held)):
        grade, floor = held[at]
        reached = floor is None or Fraction(points, SCALE) >= floor
        if not reached or (barred and room[at] is not None):
            continue
        if _fits(grade, room[at], tied):
            return at, tuple(refused)
        refused.append(at)
    return len(held), tuple(refused)


def _fits(grade: Grade, left: int | None, tied: int) -> bool:
    """Say whether all of a tie find room, or one does and the grade takes the others in."""
    return left is None or left >= tied or (grade.tied_in and left > 0)


def _take(room: list[int | None], given: Sequence[int]) -> None:
    """Take what was given from the quotas (in place)."""
    for at, left in enumerate(room):
        if left is not None:
            room[at] = max(0, left - given.count(at))
