"""What a scheme may not say, or had better not: the refusals and warnings of design §5.

Refused: two rules on one fact without a declared relation; exam scores, 升学率 or 考试排名 as an indicator; a quota of
people to be punished; petitioners as subjects; a rule that does nothing. Warned: points for denouncing, a 100 %
satisfaction target, a cited norm known to be repealed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from zyw.decoding import Fields
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.rules import Condition, Rule

Words = Mapping[str, tuple[str, ...] | None]
"""Field of a condition → the values it may have, None where the scheme does not close the list."""

_EXAM: Final = re.compile(
    r"升学率|升学人数|考试(成绩|分数|排名|名次)|(统考|中考|高考|期末|会考)(成绩|排名|名次|分数|平均分)|及格率|优秀率|平均分|学生(成绩|分数)(排名|名次)?"
)
_QUOTA: Final = re.compile(
    r"((问责|追责|处分|处理|查处|追究).{0,8}(名额|指标|任务数|人数(不少于|不低于|达到)|不少于|不低于|比例))"
    r"|((不少于|不低于|至少).{0,6}(人|名|件).{0,4}(问责|追责|处分|查处))"
    r"|((不少于|不低于|至少|必须|应当|每(年|季度?|月|校|个?单位)).{0,3}(问责|追责|处分|处理|查处|追究).{0,3}[0-9０-９一二两三四五六七八九十百]+.{0,2}(人|名|件|起|例|[%％]))"
)
_PETITIONER: Final = re.compile(r"信访人|上访(人|户|群众)|举报人|投诉人|反映人|来访人|求助人|信访群众")
_DENOUNCING: Final = re.compile(r"举报|检举|揭发|告发|点名")
_WHOLLY: Final = re.compile(r"满意(率|度).{0,6}(100|百分之百|１００)|全部满意|人人满意|零投诉")
_REPEALED: Final = (
    ("行政监察法", "2018-03-20 废止，职能由《监察法》接续"),
    ("党内监督条例试行", "2016-10-27 起由《中国共产党党内监督条例》取代"),
    ("信访条例", "2022-05-01 起由《信访工作条例》取代"),
)
"""Norms known to be repealed or replaced: the name without brackets and quotes, and what became of it."""


def check_scheme(fields: Fields, rules: Sequence[Rule], words: Words) -> list[Problem]:
    """Return what design §5 refuses or warns of in a scheme that was read without a fault."""
    problems = list(_overlaps(rules, words))
    for rule, read in zip(rules, fields.get("规则"), strict=True):
        problems.extend(_rule(rule, read))
    problems.extend(_norms(fields))
    return problems


def _rule(rule: Rule, read: Fields) -> Iterator[Problem]:
    if rule.points is None and not rule.consequences:
        yield problem("P012", rule.place, 规则=rule.id)
    said = " ".join((rule.id, rule.text, *(c.text for c in rule.consequences)))
    for code, pattern in (("P015", _EXAM), ("P016", _QUOTA), ("P017", _PETITIONER), ("P019", _WHOLLY)):
        found = pattern.search(said)
        if found:
            yield problem(code, _place_of(found[0], read), 规则=rule.id, 词=found[0])
    gains = rule.points is not None and any(value and value > 0 for value in rule.points.values)
    denounced = _DENOUNCING.search(said)
    if gains and denounced:
        yield problem("P018", _place_of(denounced[0], read), 规则=rule.id, 词=denounced[0])


def _place_of(word: str, read: Fields) -> Place:
    return next((read.at(name) for name in ("编号", "说明", "后果") if word in str(read.get(name))), read.place)


def _overlaps(rules: Sequence[Rule], words: Words) -> Iterator[Problem]:
    """Two rules that both move points for one case need disjoint 条件 or a declared 关系 (P013)."""
    moving = [rule for rule in rules if rule.points and rule.cumulation is None]
    for one, two in combinations(moving, 2):
        if one.table != two.table or _related(one, two):
            continue
        example = _example(one, two, words)
        if example is not None:
            yield problem("P013", two.place, 规则=two.id, 另一=one.id, 行=one.place.line, 例=Verbatim(example))


def _related(one: Rule, two: Rule) -> bool:
    return any(name == two.id for name, _ in one.relations) or any(name == one.id for name, _ in two.relations)


def _example(one: Rule, two: Rule, words: Words) -> str | None:
    """Return a case that both rules count, in words; None when their conditions are disjoint."""
    shown: list[str] = []
    for name in dict.fromkeys(c.field for c in (*one.conditions, *two.conditions)):
        both = [c for c in (*one.conditions, *two.conditions) if c.field == name]
        value = _common(both, words[name])
        if value is None:
            return None
        shown.append(f"{name}={value}")
    return "、".join(shown) or "任意一案"


def _common(conditions: list[Condition], known: tuple[str, ...] | None) -> str | None:
    """Return a value that all `conditions` on one field allow; an open vocabulary always has one more value."""
    named = sorted({value for condition in conditions for value in condition.values})
    candidates = known if known else (*named, "（其他）")
    return next((value for value in candidates if all(c.allows(value) for c in conditions)), None)


def _norms(fields: Fields) -> Iterator[Problem]:
    for norm in fields.get("引用文件", ()):
        bare = re.sub(r"[《》（）()\s]", "", norm.get("名称"))
        for name, fate in _REPEALED:
            told = norm.get("现状")
            if not told and bare.removeprefix("中华人民共和国").removeprefix("中国共产党") == name:
                yield problem("P020", norm.at("名称"), 名称=norm.get("名称"), 现状=Verbatim(fate))
