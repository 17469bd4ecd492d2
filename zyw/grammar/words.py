"""The words of a scheme: levels, measures, classes, channels, phases, papers, norms, and the readings left open."""

from typing import Final

from zyw.decoding import DATE, TEXT, TEXTS, Key, Part, built, choice, list_of, part_of, words_by_name
from zyw.grammar.basics import ALIASES, CLAUSE, NAME, OPEN
from zyw.grammar.limits import CONSEQUENCE

NOTE: Final = Part("方案未定", "文件没有写明的一处，以及采用的理解", (CLAUSE, Key("说明", TEXT, "理解", required=True)))
OPEN_NOTE: Final = part_of(NOTE)
CONSEQUENCES: Final = list_of(built(CONSEQUENCE, lambda fields, _: fields))
MEASURE: Final = Part(
    "处理方式",
    "一种追责方式；先轻后重排列",
    (
        NAME,
        CLAUSE,
        Key("类型", TEXT, "属于哪一类，如 组织处理、党纪、政纪；通报按类型计数"),
        ALIASES,
        Key("后果", CONSEQUENCES, "对受处理人或单位的结果"),
        OPEN,
    ),
)
CATEGORY: Final = Part(
    "类别", "一类问题", (NAME, CLAUSE, Key("具体表现", TEXTS, "这一类包括的表现", required=True), OPEN)
)
CHANNEL: Final = Part(
    "来源",
    "问题从哪里来",
    (NAME, CLAUSE, Key("须核实", choice("是", "否"), "是否查实以后才算", required=True), ALIASES, OPEN),
)
WORD: Final = Part(
    "词条",
    "情形、办理方式、处理权限中的一条",
    (
        NAME,
        CLAUSE,
        Key("说明", TEXT, "含义或由谁办理"),
        Key("须说明理由", choice("是", "否"), "用到它时要不要写理由"),
        OPEN,
    ),
)
PHASE: Final = Part(
    "阶段",
    "工作的一个阶段",
    (NAME, CLAUSE, Key("自", DATE, "第一天", required=True), Key("至", DATE, "最后一天；不写为长期")),
)
DOCUMENT: Final = Part(
    "材料", "各单位应报的一份材料", (NAME, CLAUSE, Key("应报日", DATE, "最迟哪天；没有写明的不写"), ALIASES, OPEN)
)
GRAVITY: Final = Part(
    "情节", "一档情节与相应的处理方式", (NAME, CLAUSE, Key("处理方式", TEXTS, "这一档适用的", required=True))
)
NORM: Final = Part(
    "引用文件", "方案引用的一份规定", (NAME, CLAUSE, Key("现状", TEXT, "已废止或修订的写明现状，检查时便不再提醒"))
)
LEVELS: Final = words_by_name("层级: 职务名称的列表", TEXTS)
PARTS: Final = (MEASURE, CATEGORY, CHANNEL, WORD, GRAVITY, PHASE, DOCUMENT, NORM, NOTE)
