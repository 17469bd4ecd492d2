"""What caps and floors took back, and how many points the next 等次 is away."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from zyw.grading import floors_on
from zyw.nearness.record import Near
from zyw.points import SCALE, to_text
from zyw.rules.intervals import number_text
from zyw.ruling.items import BOUND
from zyw.ruling.limits import CAP
from zyw.scores import Scores

_TOLD: Final = {CAP: "封顶", BOUND: "限额"}


def cuts(scores: Scores, unit: str) -> Iterator[Near]:
    """Tell how much each cap or floor took back from (or gave to) a unit: 应扣 10，计 8，退回 2."""
    sums: dict[tuple[str, str], int] = {}
    origins: dict[tuple[str, str], set[int]] = {}
    own: dict[str, int] = {}
    for name, rule, clause, points, consequence, rows in scores.journal_rows.rows(
        "unit", "rule", "clause", "points", "consequence", "origins"
    ):
        if name != unit or consequence:
            continue
        own[rule] = own.get(rule, 0) + points
        if rule.startswith((CAP, BOUND)):
            sums[rule, clause] = sums.get((rule, clause), 0) + points
            origins.setdefault((rule, clause), set()).update(rows)
    groups = {group.name: group.rules for group in scores.scheme.together}
    for (rule, clause), change in sums.items():
        kind, name = rule[: len(CAP)], rule[len(CAP) :]
        before = sum(own.get(each, 0) + own.get(f"{CAP}{each}", 0) for each in groups[name]) if name in groups else None
        before = own.get(name) if before is None else before
        yield _cut(rule, clause, (kind, before, change), tuple(sorted(origins[rule, clause])))


def _cut(rule: str, clause: str, sums: tuple[str, int | None, int], origins: tuple[int, ...]) -> Near:
    kind, before, change = sums
    whole = before if kind == CAP and before is not None else None
    moved = f"退回 {to_text(change)} 分" if change > 0 else f"减去 {to_text(-change)} 分"
    told = f"本应 {to_text(whole)} 分，只计 {to_text(whole + change)} 分，{moved}" if whole is not None else moved
    have = Fraction(whole or 0, SCALE)
    return Near("", rule, clause, _TOLD[kind], have, have + Fraction(change, SCALE), told, origins)


def grades_ahead(scores: Scores, unit: str) -> Iterator[Near]:
    """Tell how many points lack to the next 等次 that asks for points."""
    span = scores.span
    grades = scores.scheme.ranking.grades
    points = dict(scores.unit_rows.rows("unit", "score")).get(unit)
    if points is None:
        return
    have = Fraction(points, SCALE)
    above = [
        (floor, grade)
        for floor, grade in zip(floors_on(grades, min(span.period.end, span.as_of)), grades, strict=True)
        if floor is not None and floor > have
    ]
    for floor, grade in above[-1:]:
        lack = number_text(floor - have)
        told = f"得分 {number_text(have)}，差 {lack} 分到“{grade.name}”（至少 {number_text(floor)} 分）"
        yield Near("", f"等次“{grade.name}”", grade.clause, "等次", have, floor, told)
