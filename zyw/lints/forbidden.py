"""What no rule may be about, and what it had better not be.

Refused: exam scores, 升学率 or 考试排名 (P015), a quota of people to be punished (P016), petitioners as subjects
(P017), a rule that does nothing (P012). Warned: points for denouncing (P018), a target of 100 % (P019).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from zyw.decoding import Fields
from zyw.problems import Place, Problem, problem
from zyw.rules import SANCTIONS, AsWritten, Bands, ByAmount, Column, Fixed, Ladder, Range, Rule, Slope, Worth
from zyw.rules.amounts import Ratio
from zyw.rules.values import BELOW, JOINT, wants_more

_EXAM: Final = re.compile(
    r"升学率|升学人数|考试(成绩|分数|排名|名次)|(统考|中考|高考|期末|会考)(成绩|排名|名次|分数|平均分)|及格率|优秀率|平均分|学生(成绩|分数)(排名|名次)?"
)
_QUOTA: Final = re.compile(
    r"((问责|追责|处分|处理|查处|追究).{0,8}(名额|指标|任务数|人数(不少于|不低于|达到)|不少于|不低于|比例))"
    r"|((不少于|不低于|至少).{0,6}(人|名|件).{0,4}(问责|追责|处分|查处))"
    r"|((不少于|不低于|至少|必须|应当|每(年|季度?|月|校|个?单位)).{0,3}(问责|追责|处分|处理|查处|追究).{0,3}[0-9０-９一二两三四五六七八九十百]+.{0,2}(人|名|件|起|例|[%％]))"
)
_PETITIONER: Final = re.compile(r"信访人|上访(人|户|群众)|举报人|投诉人|反映人|来访人|求助人|信访群众")
_DENOUNCING: Final = re.compile(r"举报|检举|揭发|告发|点名|主动上报")
_WHOLLY: Final = re.compile(r"满意(率|度).{0,6}(100|百分之百|１００)|全部满意|人人满意|零投诉")


_NEVER: Final = (("P015", _EXAM), ("P016", _QUOTA), ("P017", _PETITIONER), ("P019", _WHOLLY))


def check_rules(fields: Fields, rules: Sequence[Rule]) -> Iterator[Problem]:
    """Look at what each rule says of itself, and for rules that do nothing."""
    for rule, read in zip(rules, fields.get("规则"), strict=True):
        yield from _rule(rule, read)
    for part in ("项目", "测评", "限额"):
        for read in fields.get(part, ()):
            yield from _name(read)


def _name(read: Fields) -> Iterator[Problem]:
    """Look at the name of an item, a survey or a limit as at a rule's."""
    name = read.get("名称")
    for code, pattern in _NEVER:
        found = pattern.search(name)
        if found:
            yield problem(code, read.at("名称"), 规则=name, 词=found[0])


def _wants_punished(rule: Rule) -> bool:
    """Say whether a unit with too few people punished is worse off: a quota by another name (零追责加分 is none)."""
    if rule.table != SANCTIONS or rule.value is None or isinstance(rule.amount, Ratio):
        return False
    return any(wants_more(value) for value in rule.value.values)


def _perfect(rule: Rule) -> bool:
    """Say whether less than 100 % satisfied costs points, or nothing less earns them."""
    if not (isinstance(rule.amount, Column) and rule.amount.field == "满意率") or rule.value is None:
        return False
    return any(
        (isinstance(value, Slope) and value.side == BELOW and value.threshold >= 1)
        or (isinstance(value, Bands) and any(band.low is not None and band.low >= 1 for band, _ in value.bands))
        for value in rule.value.values
    )


def _rule(rule: Rule, read: Fields) -> Iterator[Problem]:
    if not (rule.moves or rule.consequences or rule.higher or rule.chain):
        yield problem("P012", rule.place, 规则=rule.id)
    said = " ".join((rule.id, rule.text, rule.item, *(c.text for c in rule.consequences), *_words(rule)))
    for code, pattern in _NEVER:
        found = pattern.search(said)
        if found:
            yield problem(code, _place_of(found[0], read), 规则=rule.id, 词=found[0])
    if _wants_punished(rule) and not _QUOTA.search(said):
        yield problem("P016", read.place, 规则=rule.id, 词="追责少的扣分")
    if _perfect(rule) and not _WHOLLY.search(said):
        yield problem("P019", read.at("数量"), 规则=rule.id, 词="满意率 100%")
    gains = rule.value is not None and any(_gains(value) for value in rule.value.values)
    denounced = _DENOUNCING.search(said)
    if gains and denounced:
        yield problem("P018", _place_of(denounced[0], read), 规则=rule.id, 词=denounced[0])


def _words(rule: Rule) -> Iterator[str]:
    """Yield what the rule's conditions and multipliers ask for, as one reads it: `学生成绩排名`."""
    amount = rule.amount
    inner = (*amount.numerator, *amount.denominator, *amount.excluded) if isinstance(amount, Ratio) else ()
    for each in (*rule.conditions, *inner):
        yield from each.values if not each.negated else ()
    yield from (word for each in rule.multipliers for words, _ in each.factors for word in words.split(JOINT))


def _gains(value: Worth | None) -> bool:
    """Say whether a kind of value can give points for something that happened."""
    if isinstance(value, Fixed):
        return value.each > 0
    if isinstance(value, ByAmount):
        return value.value > 0
    if isinstance(value, Ladder):
        return any(each > 0 for each in value.values)
    if isinstance(value, Range):
        return value.high > 0
    return isinstance(value, AsWritten) and value.sign > 0


def _place_of(word: str, read: Fields) -> Place:
    names = ("编号", "说明", "后果", "条件", "数量", "倍数", "项目")
    return next((read.at(name) for name in names if word in str(read.get(name))), read.place)
