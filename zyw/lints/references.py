"""Names that a scheme uses: each must exist (P011) and be given once (P010), and what a table needs be declared."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from zyw.decoding import Fields, nearest
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.rules import SANCTIONS, Condition, Rule
from zyw.rules.amounts import Ratio
from zyw.rules.fields import DERIVED, fields_of
from zyw.rules.rule import table_order

if TYPE_CHECKING:
    from zyw.scheme import Scheme

Words = Callable[[str], tuple[str, ...] | None]


def check_references(fields: Fields, scheme: "Scheme", words: Words) -> Iterator[Problem]:
    """Check every name that one part of a scheme uses of another."""
    ids = tuple(rule.id for rule in scheme.rules)
    items = tuple(item.name for item in scheme.items)
    for rule in scheme.rules:
        yield from _words(rule, words)
        others = tuple(name for name in ids if name != rule.id)
        for name in (*(name for name, _ in rule.relations), *rule.not_if):
            if name not in others:
                yield _unknown(rule.place, "关系里的规则", name, others)
        if rule.item and rule.item not in items:
            yield _unknown(rule.place, "项目", rule.item, items)
        yield from _otherwise(scheme.rules, rule)
        yield from _placed_by(rule, items, others)
    for each, read in zip(scheme.together, fields.get("限额", ()), strict=True):
        for name in each.rules:
            if name not in ids:
                yield _unknown(read.place, "限额里的规则", name, ids)
    yield from _gravities(scheme, fields)
    yield from _elements(scheme, fields)
    yield from _doubles(scheme, fields)
    yield from _needs(scheme, fields)
    yield from _higher(scheme)


def _words(rule: Rule, words: Words) -> Iterator[Problem]:
    derived = {each.name: each.words for each in DERIVED[rule.table]}
    for condition in _conditions(rule):
        known = derived.get(condition.field) or words(condition.field)
        for value in sorted(condition.values.difference(known)) if known else ():
            yield _unknown(rule.place, condition.field, value, known or ())


def _conditions(rule: Rule) -> tuple[Condition, ...]:
    inner = rule.amount
    more = (*inner.numerator, *inner.denominator, *inner.excluded) if isinstance(inner, Ratio) else ()
    return (*rule.conditions, *rule.excluded, *more)


def _otherwise(rules: Sequence[Rule], rule: Rule) -> Iterator[Problem]:
    """Check that the rules of 否则 exist, stand above (P042), and look at the same rows where they share rows."""
    above = {each.id: each for each in rules[: rules.index(rule)]}
    for name in rule.otherwise:
        other = above.get(name)
        if other is None and name in {each.id for each in rules}:
            yield problem("P042", rule.place, 规则=rule.id, 另一=name, 原因=Verbatim("“否则”里的规则要写在前面"))
        elif other is None:
            yield _unknown(rule.place, "“否则”里的规则", name, tuple(above))
        elif not rule.whole_scope and (other.table != rule.table or other.summed):
            why = f"计数为“{rule.counted}”的看同一行，两条要用同一张表、都按行一类计数；看整个单位的，计数写“单位”"
            yield problem("P042", rule.place, 规则=rule.id, 另一=name, 原因=Verbatim(why))
        elif table_order(rules) is None:
            yield problem("P042", rule.place, 规则=rule.id, 另一=name, 原因=Verbatim("几条“否则”互相等着，绕成了圈"))


def _placed_by(rule: Rule, items: tuple[str, ...], others: tuple[str, ...]) -> Iterator[Problem]:
    by = rule.placed_by
    if by is not None and by.item and by.item not in items:
        yield _unknown(rule.place, "“名次按”的项目", by.item, items)
    if by is not None and by.rule and by.rule not in others:
        yield _unknown(rule.place, "“名次按”的规则", by.rule, others)


def _gravities(scheme: "Scheme", fields: Fields) -> Iterator[Problem]:
    measures = tuple(name for each in scheme.measures for name in (each.name,))
    for gravity, read in zip(scheme.gravities, fields.get("情节", ()), strict=True):
        for name in gravity.measures:
            if name not in measures:
                yield _unknown(read.place, f"情节“{gravity.name}”的处理方式", name, measures)


def _elements(scheme: "Scheme", fields: Fields) -> Iterator[Problem]:
    known = tuple(fields_of("问题台账"))
    for element, read in zip(scheme.elements, fields.get("台账要素", ()), strict=True):
        for name in element.fields:
            if name not in known:
                yield _unknown(read.at("列"), "问题台账的列", name, known)


def _unknown(place: Place, kind: str, name: str, known: tuple[str, ...]) -> Problem:
    return problem("P011", place, 种类=kind, 名称=name, 近似=nearest(name, known))


def _doubles(scheme: "Scheme", fields: Fields) -> Iterator[Problem]:
    named: list[tuple[str, str, Place]] = [("规则", rule.id, rule.place) for rule in scheme.rules]
    named += [("处理方式", name, m.place) for m in scheme.measures for name in (m.name, *m.aliases)]
    named += [
        (part, read.get("名称"), read.place)
        for part in ("项目", "测评", "限额", "工作方面", "活动", "台账要素")
        for read in fields.get(part, ())
    ]
    seen: set[tuple[str, str]] = set()
    for kind, name, place in named:
        if (kind, name) in seen:
            yield problem("P010", place, 种类=kind, 名称=name)
        seen.add((kind, name))


def _needs(scheme: "Scheme", fields: Fields) -> Iterator[Problem]:
    """Sanctions cannot be counted without 职务层级 and 处理方式 (P032)."""
    rule = next((rule for rule in scheme.rules if rule.table == SANCTIONS), None)
    lacking = [name for name, has in (("职务层级", scheme.levels.order), ("处理方式", scheme.measures)) if not has]
    if rule is not None and lacking:
        yield problem("P032", rule.place, 规则=rule.id, 缺少=Verbatim("、".join(lacking)))


def _higher(scheme: "Scheme") -> Iterator[Problem]:
    """Check that a higher event is one that the scheme knows (P011) and that a later rule counts (P034)."""
    measures = tuple(measure.name for measure in scheme.measures)
    for at, rule in enumerate(scheme.rules):
        if not rule.higher:
            continue
        if rule.higher not in measures:
            yield _unknown(rule.place, "转为的处理方式", rule.higher, measures)
        elif not any(_counts(other, rule.higher) for other in scheme.rules[at + 1 :]):
            yield problem("P034", rule.place, 规则=rule.id, 方式=rule.higher)


def _counts(rule: Rule, measure: str) -> bool:
    asked = [condition for condition in rule.conditions if condition.field == "处理方式"]
    return rule.table == SANCTIONS and all(condition.allows(measure) for condition in asked)
