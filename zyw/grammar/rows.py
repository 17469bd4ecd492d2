"""Which rows, and how much of it: 条件 on any field, 数量."""

from typing import Any, Final

from zyw.decoding import COUNT, TEXT, TEXTS, Fields, Key, Kind, Part, built, choice, read_part, wrong
from zyw.grammar.basics import INTERVAL_KEYS, YES, interval, one_of
from zyw.located import Node, Table
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.rules.amounts import (
    NATURAL,
    WORKING,
    ZERO_ANSWERS,
    Amount,
    Average,
    Change,
    Column,
    DaysLate,
    DefaultDue,
    Difference,
    PerHead,
    Ratio,
)
from zyw.rules.conditions import Condition

ALLOWED: Final = Part(
    "条件的值",
    "一个词、几个词，或下面的写法之一",
    (
        Key("不是", TEXTS, "不是这些词"),
        Key("填写", YES, "这一格填了没有"),
        *INTERVAL_KEYS,
    ),
    "条件: {类别: [收费, 师德], 协办: {填写: 否}, 扣分: {至少: 1, 低于: 5}}：类别是收费或师德、没有协办、扣分在 1 到 5 之间（含 1）。",
)
CONDITION: Final = Part(
    "条件",
    "哪些行算在内；几项都写，须同时满足。键是所用数据的列名（见 docs/列名.md），或下表的推算列",
    (),
    "条件: {职务层级: 主要领导, 来源: {不是: 群众举报}}：只算主要领导、且不是群众举报来的。",
)
Located = tuple[tuple[Condition, Place], ...]


def _conditions(node: Node, problems: list[Problem]) -> Located:
    if not isinstance(node, Table):
        wrong(node, "“条件”的各项（键: 值）", problems)
        return ()
    found = [(_condition(key.text.strip(), value, problems), key.place) for key, value in node.entries]
    return tuple((each, place) for each, place in found if each is not None)


def _condition(name: str, node: Node, problems: list[Problem]) -> Condition | None:
    if not isinstance(node, Table):
        return Condition(name, frozenset(TEXTS.read(node, problems)))
    if not node.keys() or not set(node.keys()) <= {key.name for key in ALLOWED.keys}:
        shown = "、".join(node.keys()) or "空白"
        problems.append(problem("P007", node.place, 应为=Verbatim(CONDITIONS.label), 值=shown))
        return None
    before = len(problems)
    fields = read_part(ALLOWED, node, problems)
    if fields is None or len(problems) > before:
        return None
    return _special(name, fields, problems)


def _special(name: str, fields: Fields, problems: list[Problem]) -> Condition | None:
    ends = [key.name for key in INTERVAL_KEYS if key.name in fields.values]
    kinds = [*(["不是"] if "不是" in fields.values else []), *(["填写"] if "填写" in fields.values else [])]
    if len(kinds) + bool(ends) != 1:
        problems.append(problem("P024", fields.place, 什么=Verbatim("条件"), 写了=Verbatim("、".join([*kinds, *ends]))))
        return None
    if ends:
        held = interval(fields, problems)
        return None if held is None else Condition(name, interval=held)
    if kinds == ["填写"]:
        return Condition(name, filled=fields.get("填写"))
    return Condition(name, frozenset(fields.get("不是")), negated=True)


CONDITIONS: Final = Kind("一个值、值的列表，或 {不是: 值}、{至少: 数}、{填写: 是}", _conditions)


def bare(found: Any) -> tuple[Condition, ...]:
    """Return the conditions without their places."""
    return tuple(each for each, _ in found or ())


DEFAULT_DUE: Final = Part(
    "默认期限",
    "行里没有写期限时怎样算出期限",
    (Key("自", TEXT, "从哪一列的日子起", required=True), Key("天数", COUNT, "几天以内", required=True)),
)
DAYS: Final = Part(
    "天数",
    "晚了几天；没有晚的是 0",
    (
        Key("自", TEXT, "应当在哪一列的日子以前", required=True),
        Key("至", TEXT, "实际在哪一列的日子；空白的算到截至日", required=True),
        Key("历", choice(NATURAL, WORKING), "自然日还是工作日", required=True),
        Key(
            "默认期限",
            built(DEFAULT_DUE, lambda f, _: DefaultDue(f.get("自"), f.get("天数"))),
            "行里没有写期限时的期限",
        ),
    ),
    "3 月 12 日应报、3 月 15 日报：自然日晚 3 天。3 月 9 日（星期五）应报、12 日（星期一）报：自然日 3 天，工作日 1 天。",
)
RATIO: Final = Part(
    "比率",
    "一部分 ÷ 全部，是准确的分数",
    (
        Key("分子", CONDITIONS, "哪些行是“达到的”"),
        Key("分母", CONDITIONS, "哪些行是“应当的”；不写为规则“条件”选出的全部"),
        Key("剔除", CONDITIONS, "哪些行两头都不算"),
        Key("分子列", TEXT, "不数行而加总这一列"),
        Key("分母列", TEXT, "不数行而加总这一列"),
        Key("分母为零", choice(*ZERO_ANSWERS), "没有应当的，比率算什么：不计（规则不用）、零、一", required=True),
    ),
    "应答复 60 件、剔除 4 件无效、答复 42 件：42 ÷ 56 = 0.75。",
)
PER_HEAD: Final = Part(
    "人均",
    "按名册里的在职人数折算",
    (Key("每", COUNT, "每多少人", required=True), Key("列", TEXT, "加总哪一列；不写为数行")),
    "60 人的学校 3 篇、每 100 人：3 ÷ 60 × 100 = 5。",
)
BEFORE, YEAR_BEFORE, BY_NUMBER, BY_SHARE = "上期", "上年同期", "数", "比例"
CHANGE: Final = Part(
    "环比",
    "比上一期多出的：计数为月比上一个月，季度比上一季度，单位比上一个考核期；少了是负数",
    (
        Key("列", TEXT, "加总哪一列；不写为数行"),
        Key("比", choice(BEFORE, YEAR_BEFORE), "比上一期，还是上年的同一月、同一季度（同比）；不写为上一期"),
        Key("按", choice(BY_NUMBER, BY_SHARE), "多出几个，还是多出百分之几（上一期没有的，没有可比的）；不写为数"),
    ),
    "4 月 3 件、5 月 5 件：5 月的环比是 2，按比例是 66.67%；6 月 4 件：−1，−20%。上年 5 月 10 件：同比 −5，−50%。",
)
AVERAGE: Final = Part(
    "平均",
    "一列的平均数",
    (Key("列", TEXT, "哪一列", required=True), Key("去掉最高最低", YES, "先去掉一个最高、一个最低（至少有 3 个时）")),
    "三位领导评 90、84、60：平均 78；去掉最高最低：84。",
)


DIFFERENCE: Final = Part(
    "差额",
    "一列减另一列：少了是正数，多了是负数；与“斜率: {高于: 0, …}”同用，只算少的",
    (Key("应", TEXT, "应当的一列", required=True), Key("实", TEXT, "实际的一列", required=True)),
    "差额: {应: 目标, 实: 完成}，斜率: {高于: 0, 每: 1, 分: -1}：目标 8 篇、完成 5 篇，差 3，−3 分；完成 9 篇，0 分。",
)


def _change(fields: Fields, _: list[Problem]) -> Change:
    return Change(fields.get("列", ""), fields.get("比") == YEAR_BEFORE, fields.get("按") == BY_SHARE)


def _days(fields: Fields, _: list[Problem]) -> DaysLate:
    return DaysLate(fields.get("自"), fields.get("至"), fields.get("历"), fields.get("默认期限"))


def _ratio(fields: Fields, problems: list[Problem]) -> Ratio | None:
    if not {"分子", "分子列"} & fields.values.keys():
        problems.append(problem("P006", fields.place, 部分="比率", 键="分子", 含义=Verbatim("或者 分子列")))
        return None
    return Ratio(
        bare(fields.get("分子")), bare(fields.get("分母")), bare(fields.get("剔除")),
        fields.get("分子列", ""), fields.get("分母列", ""), fields.get("分母为零"),
    )  # fmt: skip


AMOUNT: Final = Part(
    "数量",
    "一次有多少；下面各项只写一项，不写“数量”就是 1 次（计数为单位、月、季度时，是行数，没有的为 0）",
    (
        Key("列", TEXT, "这一列的数；几行合计一次的加总"),
        Key("天数", built(DAYS, _days), "晚了几天"),
        Key("比率", built(RATIO, _ratio), "一部分 ÷ 全部"),
        Key("人均", built(PER_HEAD, lambda f, _: PerHead(f.get("每"), f.get("列", ""))), "按人数折算"),
        Key("环比", built(CHANGE, _change), "比上一期、上年同期增加多少"),
        Key("差额", built(DIFFERENCE, lambda f, _: Difference(f.get("应"), f.get("实"))), "两列相减"),
        Key("平均", built(AVERAGE, lambda f, _: Average(f.get("列"), bool(f.get("去掉最高最低")))), "一列的平均数"),
    ),
    "数量: {列: 人次}：一行写 12、一行写 8，按单位计一次，数量是 20。",
)


def _amount(fields: Fields, problems: list[Problem]) -> Amount | None:
    name = one_of(fields, [key.name for key in AMOUNT.keys], "数量", problems)
    if name is None:
        return None
    found = fields.get(name)
    return Column(found) if name == "列" else found


AMOUNTS: Final = built(AMOUNT, _amount)
PARTS: Final = (CONDITION, ALLOWED, AMOUNT, DAYS, DEFAULT_DUE, RATIO, PER_HEAD, CHANGE, DIFFERENCE, AVERAGE)
