"""The tree of items: parents exist and no item is above itself (P035), weights add up to 100 % (P036); grades fall."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from zyw.decoding import Fields, nearest
from zyw.problems import Place, Problem, problem
from zyw.rules.intervals import number_text

if TYPE_CHECKING:
    from zyw.scheme import Scheme


def check_trees(fields: Fields, scheme: "Scheme") -> Iterator[Problem]:
    """Check items, surveys of surveys and grades."""
    reads = {read.get("名称"): read for read in fields.get("项目", ())}
    yield from _parents(scheme, reads)
    yield from _weights(scheme, reads)
    yield from _surveys(fields, scheme)
    yield from _grades(fields, scheme)


def _parents(scheme: "Scheme", reads: dict[str, Fields]) -> Iterator[Problem]:
    parents = {item.name: item.parent for item in scheme.items}
    for item in scheme.items:
        if item.parent and item.parent not in parents:
            near = nearest(item.parent, parents)
            yield problem("P011", reads[item.name].place, 种类="上级项目", 名称=item.parent, 近似=near)
            continue
        seen, at = {item.name}, item.parent
        while at and at in parents and at not in seen:
            seen.add(at)
            at = parents[at]
        if at in seen:
            yield problem("P035", reads[item.name].place, 项目=item.name)


def _weights(scheme: "Scheme", reads: dict[str, Fields]) -> Iterator[Problem]:
    sisters: dict[str, list[str]] = {}
    for item in scheme.items:
        if "权重" in reads[item.name].values:
            sisters.setdefault(item.parent, []).append(item.name)
    weights = {item.name: item.weight for item in scheme.items}
    for parent, names in sisters.items():
        total = sum((weights[name] for name in names), Fraction(0))
        if total != 1:
            place = reads[names[0]].at("权重")
            yield problem("P036", place, 上级=parent or "总分", 合计=f"{number_text(total * 100)}%")


def _surveys(fields: Fields, scheme: "Scheme") -> Iterator[Problem]:
    names = tuple(survey.name for survey in scheme.surveys if not survey.parts)
    for survey, read in zip(scheme.surveys, fields.get("测评", ()), strict=True):
        for name, _ in survey.parts:
            if name not in names:
                yield problem("P011", read.at("组成"), 种类="测评", 名称=name, 近似=nearest(name, names))
        for part, weights in (("组成", survey.parts), ("题目权重", survey.weights)):
            total = sum((weight for _, weight in weights), Fraction(0))
            if weights and total != 1:
                yield problem("P036", read.at(part), 上级=survey.name, 合计=f"{number_text(total * 100)}%")


def _shares(scheme: "Scheme", place: Place) -> Iterator[Problem]:
    """Tell of least shares that leave no room for what is above (P038): 优秀 名额 60% and 不合格 至少占 50%."""
    grades = scheme.ranking.grades
    shares = [grade.fewest if isinstance(grade.fewest, Fraction) else Fraction(0) for grade in grades]
    if grades and (grades[0].fewest or max(shares) > 1 or any(low > high > 0 for high, low in pairwise(shares))):
        yield problem("P038", place, 等次="、".join(grade.name for grade in grades))
        return
    for at, grade in enumerate(grades):
        above = sum((each.share for each in grades[:at] if each.share), Fraction(0))
        if isinstance(grade.fewest, Fraction) and grade.fewest + above > 1:
            yield problem("P038", place, 等次=grade.name)


def _grades(fields: Fields, scheme: "Scheme") -> Iterator[Problem]:
    """Grades stand from the highest (P037), and each that a consequence names exists (P011)."""
    grades = scheme.ranking.grades
    place = fields.get("排名").at("等次") if fields.get("排名") else fields.place
    days = {start or date.min for grade in grades if grade.least for start in grade.least.starts}
    dated = [[grade.least.on(day) for grade in grades if grade.least] for day in days]
    floors = [[floor for floor in each if floor is not None] for each in dated]
    if any(high <= low for each in floors for high, low in pairwise(each)):
        yield problem("P037", place, 等次="、".join(grade.name for grade in grades))
    yield from _shares(scheme, place)
    names = tuple(grade.name for grade in grades)
    for rule in scheme.rules:
        for each in (*rule.consequences, *(found for step in rule.chain for found in step.consequences)):
            if each.grade and each.grade not in names:
                yield problem("P011", rule.place, 种类="等次", 名称=each.grade, 近似=nearest(each.grade, names))
