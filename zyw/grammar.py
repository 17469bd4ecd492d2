"""The scheme language, declared: every part and every key once, with its meaning.

`zyw.scheme` reads by these declarations and the reference of the language is printed from them (`PARTS`).
"""

import re
from typing import Any, Final

from zyw.decoding import (
    COUNT,
    DATE,
    DATE_OR_MISSING,
    POINTS,
    TEXT,
    TEXTS,
    Key,
    Kind,
    Part,
    choice,
    parse_day,
    part_of,
    parts_of,
    words_by_name,
)
from zyw.located import Items, Node, Scalar, Table
from zyw.problems import Problem, Verbatim, problem
from zyw.rules import ADD, CASE, CONDITION_FIELDS, FIRST, HIGHEST, PERSON, SANCTIONS, UNIT, Condition, Dated, Term

REPEALED: Final = "废止"
RANK_TABLES: Final = ("测评", "追责台账", "问题台账", "材料报送")


def _term(node: Node, problems: list[Problem]) -> Term | None:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    found = re.fullmatch(r"([1-9]\d{0,2})\s*(个月|年)", text)
    if found:
        return Term(int(found[1]) * (12 if found[2] == "年" else 1))
    if text == "当年":
        return Term()
    problems.append(problem("P007", node.place, 应为=Verbatim(TERM.label), 值=text or "一组内容"))
    return None


def _dated(node: Node, problems: list[Problem]) -> Dated | None:
    if not isinstance(node, Table):
        value = POINTS.read(node, problems)
        return None if value is None else Dated((None,), (value,))
    entries: list[tuple[Any, int | None]] = []
    for key, value_node in node.entries:
        found = re.fullmatch(r"自\s*(\S+)", key.text.strip())
        start = parse_day(found[1]) if found else None
        if start is None or (entries and entries[-1][0] >= start):
            problems.append(problem("P021", key.place, 值=key.text))
            continue
        repealed = isinstance(value_node, Scalar) and value_node.text.strip() == REPEALED
        entries.append((start, None if repealed else POINTS.read(value_node, problems)))
    return Dated(tuple(s for s, _ in entries), tuple(v for _, v in entries)) if entries else None


def _conditions(node: Node, problems: list[Problem]) -> tuple[Condition, ...]:
    fields = _CONDITION_PART_READ(node, problems)
    if fields is None:
        return ()
    return tuple(
        Condition(name, frozenset(value[0]), value[1]) for name, value in fields.values.items() if value is not None
    )


def _allowed(node: Node, problems: list[Problem]) -> tuple[tuple[str, ...], bool] | None:
    if not isinstance(node, Table):
        return TEXTS.read(node, problems), False
    if node.keys() != ("不是",):
        shown = "、".join(node.keys()) or "空白"
        problems.append(problem("P007", node.place, 应为=Verbatim(ALLOWED.label), 值=shown))
        return None
    return TEXTS.read(node.entries[0][1], problems), True


def _table_or_list(node: Node, problems: list[Problem]) -> tuple[Any, ...]:
    """Read the top-level 方案未定: a list of texts, or of {依据, 说明}."""
    items = node.items if isinstance(node, Items) else (node,)
    found: list[Any] = []
    for item in items:
        found.append(OPEN_NOTE.read(item, problems) if isinstance(item, Table) else TEXT.read(item, problems))
    return tuple(entry for entry in found if entry is not None)


def _tables(node: Node, problems: list[Problem]) -> tuple[str, ...]:
    items = node.items if isinstance(node, Items) else (node,)
    one = choice(*RANK_TABLES)
    found = (one.read(item, problems) for item in items)
    return tuple(name for name in found if name is not None)


def _nothing(node: Node, problems: list[Problem]) -> tuple[str, ...]:
    if not isinstance(node, Items) or node.items:
        shown = "一个列表" if isinstance(node, Items) else getattr(node, "text", "一组内容")
        problems.append(problem("P007", node.place, 应为=Verbatim(NOTHING.label), 值=shown or "空白"))
    return ()


TERM: Final = Kind("“当年”，或若干个月（如 12个月）", _term)
DATED: Final = Kind("分值，或按日期写的分值（自 2012-01-01: -2），不再适用写“废止”", _dated)
NOTHING: Final = Kind("空列表 []", _nothing)
TABLES: Final = Kind("、".join(RANK_TABLES) + "中的一个或几个", _tables)
ALLOWED: Final = Kind("一个值、值的列表，或 {不是: 值}", _allowed)

_CLAUSE: Final = Key("依据", TEXT, "条款，即它在文件里的位置", required=True)
_NAME: Final = Key("名称", TEXT, "名称", required=True)
_OPEN: Final = Key("方案未定", TEXTS, "文件没有写明的地方，以及这里采用的理解；凡用到它的结果都带上这句话")
_ALIASES: Final = Key("别名", TEXTS, "台账里的其他写法")

_NOTE_PART: Final = Part(
    "方案未定", "文件没有写明的一处，以及采用的理解", (_CLAUSE, Key("说明", TEXT, "理解", required=True))
)
OPEN_NOTE: Final = part_of(_NOTE_PART)

CONSEQUENCE: Final = Part(
    "后果",
    "分值以外的结果",
    (
        Key("对象", choice(PERSON, UNIT), "落在谁身上", required=True),
        Key("内容", TEXT, "结果本身", required=True),
        Key("期限", TERM, "影响期；不写，则只在产生当日列出一次"),
        Key("依据", TEXT, "与所在规则或处理方式的条款不同时才写"),
    ),
)
CONDITION: Final = Part(
    "条件",
    "哪些案件算在内；几项都写，须同时满足",
    tuple(Key(name, ALLOWED, f"案件的{name}") for name in CONDITION_FIELDS),
)
_CONDITION_PART_READ: Final = part_of(CONDITION).read
CUMULATION: Final = Part(
    "累计",
    "若干案件在期限内累积，由凑满次数的那一案触发",
    (
        Key("对象", choice(PERSON, UNIT), "同一个人，还是同一单位", required=True),
        Key("至少", COUNT, "凑满几次", required=True),
        Key("期限", TERM, "前后相隔多久以内；恰好满期仍算在内"),
    ),
)
RELATIONS: Final = words_by_name("规则编号: 叠加、取高、择一之一", choice(ADD, HIGHEST, FIRST))
RULE: Final = Part(
    "规则",
    "一条计分或追责规则",
    (
        Key("编号", TEXT, "规则的名字，方案内不重复", required=True),
        _CLAUSE,
        Key("数据", choice(SANCTIONS), "用哪张表（追责台账包括问题台账中已有处理结果的行）", required=True),
        Key("条件", Kind("“条件”各项", _conditions), "哪些案件算在内；不写为全部"),
        Key("计数", choice(CASE), "什么算一次：同一案号、同一单位、同一人为一案", required=True),
        Key("每次", DATED, "每次的分值，扣分写负数；以事情当日有效的为准"),
        Key("累计", part_of(CUMULATION), "凑满若干次才触发"),
        Key("后果", parts_of(CONSEQUENCE), "分值以外的结果"),
        Key("关系", RELATIONS, "同一案件也符合另一规则时怎么办"),
        Key("说明", TEXT, "给人看的说明"),
        _OPEN,
    ),
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
        Key("考核期", choice("自然年", "学年"), "一个考核期多长", required=True),
        Key("基础分", POINTS, "每个单位起算的分数", required=True),
        _OPEN,
    ),
)
MEASURE: Final = Part(
    "处理方式",
    "一种追责方式；先轻后重排列",
    (
        _NAME,
        _CLAUSE,
        Key("类型", TEXT, "属于哪一类，如 组织处理、党纪、政纪；通报按类型计数"),
        _ALIASES,
        Key("后果", parts_of(CONSEQUENCE), "对受处理人或单位的结果"),
        _OPEN,
    ),
)
CATEGORY: Final = Part(
    "类别", "一类问题", (_NAME, _CLAUSE, Key("具体表现", TEXTS, "这一类包括的表现", required=True), _OPEN)
)
CHANNEL: Final = Part(
    "来源",
    "问题从哪里来",
    (_NAME, _CLAUSE, Key("须核实", choice("是", "否"), "是否查实以后才算", required=True), _ALIASES, _OPEN),
)
WORD: Final = Part(
    "词条",
    "情形、办理方式、处理权限中的一条",
    (
        _NAME,
        _CLAUSE,
        Key("说明", TEXT, "含义或由谁办理"),
        Key("须说明理由", choice("是", "否"), "用到它时要不要写理由"),
        _OPEN,
    ),
)
PHASE: Final = Part(
    "阶段",
    "工作的一个阶段",
    (_NAME, _CLAUSE, Key("自", DATE, "第一天", required=True), Key("至", DATE, "最后一天；不写为长期")),
)
DOCUMENT: Final = Part(
    "材料", "各单位应报的一份材料", (_NAME, _CLAUSE, Key("应报日", DATE, "最迟哪天；没有写明的不写"), _ALIASES, _OPEN)
)
GRAVITY: Final = Part(
    "情节", "一档情节与相应的处理方式", (_NAME, _CLAUSE, Key("处理方式", TEXTS, "这一档适用的", required=True))
)
NORM: Final = Part(
    "引用文件", "方案引用的一份规定", (_NAME, _CLAUSE, Key("现状", TEXT, "已废止或修订的写明现状，检查时便不再提醒"))
)
RANKING: Final = Part(
    "排名",
    "怎么排名",
    (
        Key("分组", choice("学段"), "在什么范围内比"),
        Key("并列", choice("并列占位"), "同分同名次，后面的名次跳过"),
        Key("同分先后", NOTHING, "同分再按什么分先后；只能是空列表：同分就是同名次"),
        Key("须有", TABLES, "没有这些数据的单位不排名"),
    ),
)
LEVELS: Final = words_by_name("层级: 职务名称的列表", TEXTS)
SCHEME: Final = Part(
    "方案文件",
    "一份方案",
    (
        Key("方案", part_of(HEADING), "来历与总则", required=True),
        Key("职务层级", LEVELS, "先高后低；可用 * 代替任意几个字；“其他”写没有列到的职务算哪一级", required=True),
        Key("处理方式", parts_of(MEASURE), "先轻后重", required=True),
        Key("类别", parts_of(CATEGORY), "问题的类别"),
        Key("来源", parts_of(CHANNEL), "问题的来源"),
        Key("情形", parts_of(WORD), "应当追责的情形"),
        Key("情节", parts_of(GRAVITY), "情节轻重与处理方式的对应"),
        Key("办理方式", parts_of(WORD), "问题怎样办理"),
        Key("处理权限", parts_of(WORD), "由谁处理"),
        Key("阶段", parts_of(PHASE), "工作阶段"),
        Key("材料", parts_of(DOCUMENT), "各单位应报材料"),
        Key("引用文件", parts_of(NORM), "引用的规定"),
        Key("规则", parts_of(RULE), "计分与追责规则", required=True),
        Key("排名", part_of(RANKING), "排名办法"),
        Key("方案未定", Kind("说明的列表，或 {依据, 说明} 的列表", _table_or_list), "整份方案没有写明的地方"),
    ),
)
PARTS: Final = (
    SCHEME, HEADING, MEASURE, CATEGORY, CHANNEL, WORD, GRAVITY, PHASE, DOCUMENT, NORM,
    RULE, CONDITION, CUMULATION, CONSEQUENCE, RANKING, _NOTE_PART,
)  # fmt: skip
"""Every part, in the order of the reference."""
