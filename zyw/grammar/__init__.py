"""The scheme language, declared: every part and every key once, with its meaning and a worked number.

`zyw.scheme` reads by these declarations and the reference of the language is printed from them (`PARTS`).
"""

from typing import Any, Final

from zyw.decoding import (
    DATE,
    DATE_OR_MISSING,
    NUMBER,
    POINTS,
    TEXT,
    TEXTS,
    Key,
    Kind,
    Part,
    built,
    choice,
    part_of,
    parts_of,
    words_by_name,
)
from zyw.grammar import handling, limits, places, process, rows, values, words
from zyw.grammar.basics import CLAUSE, INTERVAL_KEYS, KINDS, OPEN, PLACES, dated, interval
from zyw.located import Items, Node, Table
from zyw.periods import CYCLES
from zyw.problems import Problem
from zyw.rules.rule import ADD, COUNTED, FIRST, HIGHEST

DATA: Final = (*places.DATA, "名册", "名次")
"""What a rule may look at: the tables, the roster's units, and the places that the other rules give."""


def _table_or_list(node: Node, problems: list[Problem]) -> tuple[Any, ...]:
    """Read the top-level 方案未定: a list of texts, or of {依据, 说明}."""
    items = node.items if isinstance(node, Items) else (node,)
    found = [words.OPEN_NOTE.read(i, problems) if isinstance(i, Table) else TEXT.read(i, problems) for i in items]
    return tuple(entry for entry in found if entry is not None)


OPEN_NOTES: Final = Kind("说明的列表，或 {依据, 说明} 的列表", _table_or_list, element=words.OPEN_NOTE)
RELATIONS: Final = words_by_name("规则编号: 叠加、取高、择一之一", choice(ADD, HIGHEST, FIRST))
TRIGGER: Final = Part(
    "触发",
    "数量到了这个范围，规则才起作用",
    INTERVAL_KEYS,
    "按月计数，触发: {至少: 3}，每次: -2：4 月 2 件不计，5 月 3 件 −2 分。",
)
RULE: Final = Part(
    "规则",
    "一条计分或追责规则：哪些行 × 什么算一次 × 有多少 × 值多少分 × 几倍 → 封顶 → 后果",
    (
        Key("编号", TEXT, "规则的名字，方案内不重复", required=True),
        CLAUSE,
        Key("项目", TEXT, "计在哪个项目里；不写，直接进总分"),
        Key("数据", choice(*DATA), "用哪张表（追责台账包括问题台账中已有处理结果的行）", required=True),
        KINDS,
        Key("条件", rows.CONDITIONS, "哪些行算在内；不写为全部"),
        Key("剔除", rows.CONDITIONS, "符合条件、但不计的行；列在“未计入”里"),
        Key("日期", TEXT, "按哪一列的日子算在哪个考核期；不写按这张表通常的日子"),
        Key("计数", choice(*COUNTED), "什么算一次；案件：同一案号、同一单位、同一人。单位、月、季度：没有行的也算", required=True),
        Key("批次列", TEXT, "计数为“批”时，哪一列相同的算一批"),
        Key("数量", rows.AMOUNTS, "一次有多少"),
        Key("触发", dated(built(TRIGGER, interval)), "数量在这个范围里才计、才有后果"),
        *values.VALUE_KEYS,
        Key("倍数", dated(values.MULTIPLIERS), "再乘几；以事情当日有效的为准"),
        Key("封顶", dated(limits.LIMITS), "最多扣、最多加、最少扣；以范围里最后一次的当日有效的为准"),
        limits.HIGHEST_OF,
        Key("否则", TEXTS, "前面的这些规则都没有计的，这一条才计：计数为单位、月、季度、人的，看同一单位、月、季度、人；别的看同一行"),
        Key("名次按", places.PLACED_BY, "数据为名次的，按哪个项目、哪条规则排；不写按其余规则的得分"),
        Key("同案不重计", TEXTS, "同一单位同一案号（编号）已经按这些规则计过的，不再计"),
        PLACES,
        Key("累计", part_of(limits.CUMULATION), "凑满若干次才触发"),
        Key("转为", TEXT, "凑满以后成为哪一种处理方式的一次；排在后面的规则看得见它"),
        Key("连带", parts_of(limits.STEP), "连带责任，逐环写"),
        Key("后果", words.CONSEQUENCES, "分值以外的结果"),
        Key("关系", RELATIONS, "同一件事也符合另一规则时怎么办"),
        Key("说明", TEXT, "给人看的说明"),
        OPEN,
    ),
)  # fmt: skip
TOTAL: Final = Part(
    "总分",
    "总分的上下限和舍入",
    (Key("封顶", dated(NUMBER), "最高几分"), Key("保底", dated(NUMBER), "最低几分"), PLACES),
    "总分 101.345，封顶 100：另记一行 −1.345。舍入位数 2、没有封顶：101.35，另记“四舍五入 +0.005”，两个数都看得到。",
)
HEADING: Final = Part(
    "方案",
    "方案的来历与总则",
    (
        Key("编号", TEXT, "英文短名，命令里用", required=True),
        Key("名称", TEXT, "文件名称", required=True),
        Key("发文机关", TEXT, "发文机关，没有写“未载明”", required=True),
        Key("发文日期", DATE_OR_MISSING, "发文日期，没有写“未载明”", required=True),
        Key("自", DATE, "从哪天起适用；发文日期未载明时必须写"),
        Key("最后核对", DATE, "最后一次与原文核对的日期"),
        Key("考核期", choice(*CYCLES), "一个考核期多长；每个考核期都从基础分重新算起", required=True),
        Key("基础分", POINTS, "每个单位起算的分数（项目的基础分另加）", required=True),
        Key("总分", part_of(TOTAL), "总分的上下限和舍入"),
        Key("工作", TEXT, "文书里怎样称呼这项工作；不写是治庸问责工作"),
        OPEN,
    ),
)
SCHEME: Final = Part(
    "方案文件",
    "一份方案",
    (
        Key("方案", part_of(HEADING), "来历与总则", required=True),
        Key("职务层级", words.LEVELS, "先高后低；可用 * 代替任意几个字；“其他”写没有列到的职务算哪一级。用追责台账的必须写"),
        Key("处理方式", parts_of(words.MEASURE), "先轻后重。用追责台账的必须写"),
        Key("类别", parts_of(words.CATEGORY), "问题的类别"),
        Key("来源", parts_of(words.CHANNEL), "问题的来源"),
        Key("情形", parts_of(words.WORD), "应当追责的情形"),
        Key("情节", parts_of(words.GRAVITY), "情节轻重与处理方式的对应"),
        Key("办理方式", parts_of(words.WORD), "问题怎样办理"),
        Key("处理权限", parts_of(words.WORD), "由谁处理"),
        Key("程序", parts_of(process.STEP), "追责要经过哪些步骤才计"),
        Key("复核", part_of(process.REVIEW), "受处理的人怎样申请复核（申诉）"),
        Key("免责", parts_of(process.EXEMPTION), "不追责的结论（容错免责）"),
        Key("办理", part_of(handling.HANDLING), "一件问题从发现到销号：状态、时限、预警、销号条件"),
        Key("阶段", parts_of(words.PHASE), "工作阶段"),
        Key("材料", parts_of(words.DOCUMENT), "各单位应报材料"),
        Key("工作方面", parts_of(words.AREA), "工作分哪几个方面，谁牵头"),
        Key("活动", parts_of(words.ACTIVITY), "要记数的活动"),
        Key("台账要素", parts_of(words.ELEMENT), "问题台账每一行都要写明的"),
        Key("引用文件", parts_of(words.NORM), "引用的规定"),
        Key("项目", parts_of(places.ITEM_PART), "计分的项目"),
        Key("测评", parts_of(places.SURVEY), "测评怎样折成分数"),
        Key("规则", parts_of(RULE), "计分与追责规则", required=True),
        Key("限额", parts_of(limits.TOGETHER), "几条规则放在一起的上限"),
        Key("排名", part_of(places.RANKING), "排名办法"),
        Key("方案未定", OPEN_NOTES, "整份方案没有写明的地方"),
    ),
)  # fmt: skip
PARTS: Final = (
    SCHEME,
    HEADING,
    TOTAL,
    RULE,
    *rows.PARTS,
    TRIGGER,
    *values.PARTS,
    *limits.PARTS,
    *places.PARTS,
    *process.PARTS,
    *handling.PARTS,
    *words.PARTS,
)
"""Every part, in the order of the reference."""
