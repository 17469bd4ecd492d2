"""How issues are handled (办理): states, deadlines, warnings, conditions of closing, extensions, reopening."""

from typing import Final

from zyw.deadlines import Within, parse_deadline
from zyw.decoding import COUNT, TEXT, TEXTS, WHOLE, Fields, Key, Kind, Part, built, choice, list_of, part_of
from zyw.grammar.basics import CLAUSE, INTERVAL_KEYS, NAME, OPEN, TERM, YES, interval
from zyw.grammar.rows import CONDITIONS, bare
from zyw.located import Node, Scalar
from zyw.problems import Problem, Verbatim, problem
from zyw.rules import handling as records
from zyw.rules.amounts import NATURAL, WORKING
from zyw.rules.handling import COLOURS, FOUND, STAGES, USUAL, Handling
from zyw.rules.terms import Note


def _period(node: Node, problems: list[Problem]) -> Within | None:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    found = parse_deadline(f"{text.removesuffix('内')}内") if text else None
    if isinstance(found, Within):
        return Within(text, found.days, found.months, found.working_days)
    problems.append(problem("P007", node.place, 应为=Verbatim(PERIOD.label), 值=text or "一组内容"))
    return None


PERIOD: Final = Kind("一段时间，如 15天、10个工作日、一个月、24小时（按天数）", _period, plain=True)
STATE: Final = Part(
    "状态",
    "问题的一种状态",
    (
        NAME,
        CLAUSE,
        Key("算", choice(*STAGES), "这种状态等于什么；不写为在办"),
        Key("写法", TEXTS, "台账“状态”一列的其他写法"),
        Key("可到", TEXTS, "下一步可以到哪些状态；不写为不限。与上一次的台账比较时用"),
    ),
    "{名称: 整改中, 依据: 三, 写法: [正在整改], 可到: [待销号]}：上月“整改中”、这月“已销号”，列为没有按次序。",
)
LIMIT: Final = Part(
    "时限",
    "台账没有写期限的问题，多久办完；从上往下，用第一条符合的",
    (
        CLAUSE,
        Key("条件", CONDITIONS, "哪些问题；不写为其余全部"),
        Key("期限", PERIOD, "多久以内", required=True),
        Key("起算", TEXT, "从哪一列的日子起，当天不算；不写为发现日"),
    ),
    "{依据: 二, 条件: {来源: 群众举报}, 期限: 15个工作日}：2012-03-09（星期五）发现，期限是 2012-03-30。",
)
ALERT: Final = Part(
    "预警",
    "一档预警，由轻到重",
    (
        NAME,
        CLAUSE,
        Key("颜色", choice(*COLOURS), "颜色", required=True),
        Key(
            "逾期天数",
            built(Part("逾期天数", "过了期限几天", INTERVAL_KEYS), interval),
            "过了期限几天；负数是离期限还有几天",
            required=True,
        ),
    ),
    "{名称: 黄色预警, 依据: 二, 颜色: 黄, 逾期天数: {至少: 8, 至多: 30}}：期限 5 月 1 日，5 月 9 日起是黄色。",
)
CLOSING: Final = Part(
    "销号条件",
    "销号以前须做到的一件事；销了号而没有做到的，列为不该销号",
    (
        NAME,
        CLAUSE,
        Key("条件", CONDITIONS, "哪些问题要做到；不写为全部"),
        Key("须", CONDITIONS, "哪些列应当怎样", required=True),
    ),
    "{名称: 反映人得到答复, 依据: 一, 条件: {来源: 群众举报}, 须: {答复: {填写: 是}}}：群众举报的，答复空着就不能销号。",
)
EXTENSION: Final = Part(
    "延期",
    "延期怎样才算：须写理由，批准人不得是申请人（没有写申请人的，不得是责任人）；不算的仍按原期限",
    (
        CLAUSE,
        Key("最多次数", COUNT, "一件最多延几次（看“延期次数”一列）；不写为不限"),
        Key("最长", PERIOD, "延到的日子最多比原期限晚多久；不写为不限"),
    ),
)
REOPENED: Final = Part(
    "重开",
    "重新打开的问题，期限已经过了的，再给多久",
    (CLAUSE, Key("期限", PERIOD, "从重新打开那天起多久以内", required=True)),
)
RECURRENCE: Final = Part(
    "复发",
    "怎样算同样的问题又发生；只列出，不计分",
    (
        CLAUSE,
        Key("同", TEXTS, "除单位以外，哪几列相同；空着的不比", required=True),
        Key("期限", TERM, "前一件完成以后多久以内又发现", required=True),
    ),
)
HANDLING: Final = Part(
    "办理",
    "一件问题从发现到销号：zyw overdue 按它列出快到期、逾期、可以销号、不该销号的",
    (
        Key("状态", list_of(part_of(STATE)), "有哪些状态，怎样变"),
        Key("时限", list_of(part_of(LIMIT)), "没有写期限的问题按什么期限"),
        Key("历", choice(NATURAL, WORKING), "离期限还有几天、过了几天，按自然日还是工作日数；不写为自然日"),
        Key("顺延", YES, "按多少天算出的期限，最后一天放假的，是不是顺延到下一个工作日；写明日子的不顺延；不写为否"),
        Key("截止当天", choice("算", "不算"), "“12月31日前”含不含 31 日；不写为含"),
        Key("快到期", WHOLE, "期限前几天起算快到期；不写为 7"),
        Key("预警", list_of(part_of(ALERT)), "各档预警；不写用通行的三色"),
        Key("销号条件", list_of(part_of(CLOSING)), "销号以前须做到的；不写用通行的四不放过"),
        Key("延期", part_of(EXTENSION), "延期怎样才算"),
        Key("重开", part_of(REOPENED), "重新打开的再给多久"),
        Key("复发", part_of(RECURRENCE), "怎样算复发"),
        OPEN,
    ),
)  # fmt: skip
PARTS: Final = (HANDLING, STATE, LIMIT, ALERT, CLOSING, EXTENSION, REOPENED, RECURRENCE)


def handling(fields: Fields | None) -> Handling:
    """Build the life of an issue; without the section it is what is usual."""
    if fields is None:
        return USUAL
    return Handling(
        states=tuple(map(_state, fields.get("状态", ()))),
        limits=tuple(map(_limit, fields.get("时限", ()))),
        soon=fields.get("快到期", USUAL.soon),
        alerts=tuple(map(_alert, fields.get("预警", ()))) or USUAL.alerts,
        closing=tuple(map(_closing, fields.get("销号条件", ()))) or USUAL.closing,
        extension=_extension(fields.get("延期")),
        reopened=_limit(fields.get("重开")) if fields.get("重开") else None,
        recurrence=_recurrence(fields.get("复发")),
        days_kind=fields.get("历", NATURAL),
        rolls=bool(fields.get("顺延")),
        last_day_counts=fields.get("截止当天") != "不算",
        notes=tuple(Note("", f"方案未定: {text}") for text in fields.get("方案未定", ())),
        stated=True,
    )


def _state(each: Fields) -> records.State:
    return records.State(
        each.get("名称"), each.get("依据"), each.get("算", records.OPEN), each.get("写法", ()), each.get("可到", ())
    )


def _limit(each: Fields) -> records.TimeLimit:
    return records.TimeLimit(each.get("依据"), each.get("期限"), bare(each.get("条件")), each.get("起算", FOUND))


def _alert(each: Fields) -> records.Alert:
    return records.Alert(each.get("名称"), each.get("颜色"), each.get("依据"), each.get("逾期天数"))


def _closing(each: Fields) -> records.Closing:
    return records.Closing(each.get("名称"), each.get("依据"), bare(each.get("须")), bare(each.get("条件")))


def _extension(each: Fields | None) -> records.Extension:
    if each is None:
        return records.Extension()
    return records.Extension(each.get("依据"), each.get("最多次数"), each.get("最长"))


def _recurrence(each: Fields | None) -> records.Recurrence | None:
    return None if each is None else records.Recurrence(each.get("依据"), each.get("同", ()), each.get("期限"))
