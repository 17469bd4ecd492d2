"""Two rules that both move points for one fact need disjoint 条件 or a declared 关系 (P013)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from zyw.problems import Problem, Verbatim, problem
from zyw.rules import Condition, Rule
from zyw.rules.conditions import shared_value
from zyw.rules.fields import DERIVED


def check_overlaps(rules: Sequence[Rule], words: Callable[[str], tuple[str, ...] | None]) -> Iterator[Problem]:
    """Show each undeclared overlap with an example row.

    Rules that count a whole unit (比率, 月 …) measure it as a whole: no single row is their fact, so they overlap with
    none.
    """
    moving = [rule for rule in rules if rule.moves and rule.cumulation is None and not rule.summed]
    for one, two in combinations(moving, 2):
        if one.table != two.table or _related(one, two):
            continue
        example = _example(one, two, words)
        if example is not None:
            where = Verbatim(f"第 {one.place.line} 行" if one.place.line else f"{one.place.sheet}!{one.place.cell}")
            yield problem("P013", two.place, 规则=two.id, 另一=one.id, 处=where, 例=Verbatim(example))


def _related(one: Rule, two: Rule) -> bool:
    return two.id in _named(one) or one.id in _named(two)


def _named(rule: Rule) -> set[str]:
    return {name for name, _ in rule.relations} | {*rule.not_if, *rule.otherwise}


def _conditions(rule: Rule) -> list[Condition]:
    kinds = [Condition("学段", frozenset(rule.kinds))] if rule.kinds else []
    return [*rule.conditions, *kinds]


def _example(one: Rule, two: Rule, words: Callable[[str], tuple[str, ...] | None]) -> str | None:
    """Return a row that both rules count, in words; None when their conditions are disjoint."""
    shown: list[str] = []
    conditions = [*_conditions(one), *_conditions(two)]
    derived = {each.name: each.words for each in DERIVED[one.table]}
    for name in dict.fromkeys(condition.field for condition in conditions):
        known = derived.get(name) or words(name)
        value = shared_value([condition for condition in conditions if condition.field == name], known)
        if value is None:
            return None
        shown.append(f"{name}={value}")
    return "、".join(shown) or ("任意一案" if one.counted == "案件" else "任意一行")
