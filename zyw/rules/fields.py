"""What rules may ask of a row besides the columns of its table: fields that are worked out, with their words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zyw.columns import TABLES, Kind
from zyw.rules.amounts import Average, Change, Column, DaysLate, PerHead, Ratio
from zyw.rules.values import Range

if TYPE_CHECKING:
    from zyw.rules.rule import Rule

TEXT, NUMBER, DAY = "词", "数", "日"


@dataclass(frozen=True, slots=True)
class Derived:
    """A field that no sheet has: its kind, what it means, the words it may be (() open)."""

    name: str
    kind: str
    meaning: str
    words: tuple[str, ...] = ()


_KIND: Final = Derived("学段", TEXT, "单位在名册里的学段")
_STAFF: Final = Derived("在职人数", NUMBER, "单位在名册里的在职人数")
DONE_IN_TIME, DONE_LATE, STILL_LATE, NOT_DUE = "按期", "逾期完成", "逾期未完成", "未到期"
LATE, ABSENT, IN_TIME = "迟报", "未报", "按时"
FINISHED: Final = ("完成", "未完成")
DEALT_WITH: Final = ("已追责", "没有追责")
LOOKED_AT: Final = ("另有人复查", "本人复查", "没有复查")
PROGRESS: Final = (DONE_IN_TIME, DONE_LATE, STILL_LATE, NOT_DUE)
DERIVED: Final[dict[str, tuple[Derived, ...]]] = {
    "追责台账": (
        Derived("处理类型", TEXT, "所用处理方式的类型"),
    ),
    "问题台账": (
        Derived("办结情况", TEXT, "期限与完成日（没有则销号日）相比；都没有的看截至日", PROGRESS),
        Derived("整改", TEXT, "完成日（没有则销号日、状态、是否销号）说明已经完成，又没有重新打开的，是完成", FINISHED),
        Derived("追责", TEXT, "写了处理结果，或追责台账里同一单位同一案号（编号）有一行，是已追责", DEALT_WITH),
        Derived("复查", TEXT, "复查人里有责任人以外的人，是另有人复查", LOOKED_AT),
    ),
    "材料报送": (
        Derived("报送情况", TEXT, "报送日与应报日（没有则方案里“材料”的应报日）相比；方案写了应报日、别的单位报了，"
                "自己没有行的也算未报；谁也没有行的材料不算；没有应报日的，没报也是未到期",
                (IN_TIME, LATE, ABSENT, NOT_DUE)),
    ),
    "任务台账": (
        Derived("完成率", NUMBER, "完成 ÷ 目标"),
        Derived("完成情况", TEXT, "完成达到目标的是完成；没有目标的看进展", ("完成", "未完成")),
    ),
    "活动台账": (),
    "认定": (),
    "巡查记录": (),
    "测评": (
        Derived("测评", TEXT, "方案里“测评”的名称；没有写“测评”的，是“满意率”"),
        Derived("测评得分", NUMBER, "按方案“测评”折成的分数"),
        Derived("满意率", NUMBER, "（非常满意 + 满意）÷（答了的 − 不了解）"),
        Derived("份数", NUMBER, "收回的份数"),
    ),
    "名册": (),
    "名次": (
        Derived("名次", NUMBER, "按其余规则的得分，在组内的名次"),
        Derived("倒数名次", NUMBER, "倒数第几"),
        Derived("参评数", NUMBER, "组内排名的单位数"),
        Derived("上期名次", NUMBER, "上一个考核期按同样规则的名次；没有就空白"),
        Derived("名次上升", NUMBER, "比上一个考核期上升几位；下降是负数"),
        Derived("得分", NUMBER, "排名次用的数：其余规则的得分，或“名次按”所说的分、数量"),
    ),
}  # fmt: skip
"""Fields by table; 学段 and 在职人数 belong to all."""
MADE: Final = frozenset({"名册", "名次"})
"""Data that every run has: nobody hands them in."""
OWN_DAY: Final = {
    "追责台账": "处理时间", "问题台账": "发现日", "材料报送": "应报日", "任务台账": "期限", "活动台账": "日期",
    "认定": "认定日",
    "巡查记录": "检查日",
}  # fmt: skip
"""The day of a row, where a rule names none; tables that are not listed have one row a unit, on the last day."""


def fields_of(table: str) -> dict[str, str]:
    """Return the fields a rule may name for a table, each with its kind (词, 数 or 日)."""
    kinds = {Kind.NUMBER: NUMBER, Kind.DATE: DAY, Kind.DEADLINE: DAY}
    columns = (column for each in TABLES if each.name == table for column in each.fields)
    found = {column.name: kinds.get(column.kind, TEXT) for column in columns}
    return found | {each.name: each.kind for each in (*DERIVED[table], _KIND, _STAFF)}


def fields_asked(rule: "Rule") -> tuple[str, ...]:
    """Return the fields of a row that a rule looks at: a row in which one could not be read does not count."""
    amount = rule.amount
    asked = [
        *(each.field for each in (*rule.conditions, *rule.excluded)),
        *(name for each in rule.multipliers for name in each.fields),
    ]
    asked += [rule.day or OWN_DAY.get(rule.table, ""), rule.batch]
    if isinstance(amount, Column | PerHead | Change | Average):
        asked.append(amount.field)
    elif isinstance(amount, DaysLate):
        asked += [amount.start, amount.end]
    elif isinstance(amount, Ratio):
        inner = (*amount.numerator, *amount.denominator, *amount.excluded)
        asked += [*(each.field for each in inner), amount.over, amount.under]
    for value in rule.value.values if rule.value else ():
        asked += [value.field] if isinstance(value, Range) else []
    return tuple(dict.fromkeys(name for name in asked if name))
