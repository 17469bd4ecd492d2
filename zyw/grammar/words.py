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
    "材料",
    "各单位应报的一份材料",
    (
        NAME,
        CLAUSE,
        Key("应报日", DATE, "最迟哪天；没有写明的不写"),
        Key("说明", TEXT, "报给谁、由谁审签等"),
        ALIASES,
        OPEN,
    ),
)
AREA: Final = Part(
    "工作方面",
    "工作的一个方面：由谁牵头，哪些股室负责；任务台账、问题台账按它分",
    (
        NAME,
        CLAUSE,
        Key("牵头领导", TEXTS, "牵头的领导或职务"),
        Key("责任股室", TEXTS, "负责的股室"),
        Key("说明", TEXT, "包括哪些事"),
        ALIASES,
        OPEN,
    ),
    "工作方面: [{名称: 项目建设, 依据: 四1, 牵头领导: [分管基建的副局长], 责任股室: [基建股, 计财股]}]。",
)
ACTIVITY: Final = Part(
    "活动",
    "方案要求、要记数的一种活动",
    (NAME, CLAUSE, Key("说明", TEXT, "怎样算一次"), ALIASES, OPEN),
    "活动: [{名称: 谈心谈话, 依据: 三(二)1, 别名: [谈话, 提醒谈话]}]：台账写“提醒谈话”的，也记在谈心谈话。",
)
ELEMENT: Final = Part(
    "台账要素",
    "问题台账每一行都要写明的一项；`zyw check --scheme` 按它查缺项",
    (NAME, CLAUSE, Key("列", TEXTS, "台账的哪一列；写几列的，填了一列就算", required=True), OPEN),
    "台账要素: [{名称: 评估标准, 依据: 三(工作安排)第二阶段, 列: 标准}]：某行的“评估标准”空着，警告 K031。",
)
GRAVITY: Final = Part(
    "情节", "一档情节与相应的处理方式", (NAME, CLAUSE, Key("处理方式", TEXTS, "这一档适用的", required=True))
)
NORM: Final = Part(
    "引用文件", "方案引用的一份规定", (NAME, CLAUSE, Key("现状", TEXT, "已废止或修订的写明现状，检查时便不再提醒"))
)
CLASSES: Final = words_by_name("类别: 单位名称的列表，或“其余”", TEXTS)
LEVELS: Final = words_by_name("层级: 职务名称的列表", TEXTS)
PARTS: Final = (
    MEASURE, CATEGORY, CHANNEL, WORD, GRAVITY, PHASE, DOCUMENT, AREA, ACTIVITY, ELEMENT, NORM, NOTE,
)  # fmt: skip
