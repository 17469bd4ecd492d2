"""Due process (程序, 复核, 免责): what must have been done before a sanction counts."""

from typing import Final

from zyw.columns import Kind as CellKind
from zyw.columns import table
from zyw.decoding import TEXT, TEXTS, Fields, Key, Part, choice
from zyw.grammar.basics import ALIASES, CLAUSE, OPEN, YES
from zyw.grammar.handling import PERIOD
from zyw.rules import process as records
from zyw.rules.process import AFTER, BEFORE, BLANKS, DECIDED, REFUSE, RESTS, STANDS, USUAL_EXEMPTIONS, VERIFIED

COLUMNS: Final = (VERIFIED, "提醒日期", "陈述申辩", "决定机关", "文号", "送达时间", "复核结果")
"""Columns of 追责台账 that tell of a step."""
DAYS: Final = tuple(each.name for each in table("追责台账").fields if each.kind is CellKind.DATE)
STEP: Final = Part(
    "程序",
    "追责要经过的一步：台账里写“否”（未、没有）的不计，列在未计入；没有这一列的照计，并说明",
    (
        Key("步骤", TEXT, "这一步的名称，如 陈述申辩", required=True),
        CLAUSE,
        Key("列", choice(*COLUMNS), "追责台账里的哪一列", required=True),
        Key(
            "空白",
            choice(*BLANKS),
            "这一格空着怎么办：不计、照计、提醒（照计，给警告）；看来源只用于核实（按“来源”的须核实）；不写为不计",
        ),
        Key("次序", choice(BEFORE, AFTER), "写日期的列，与处理时间的先后；不合的，与空白一样办"),
        Key("适用类型", TEXTS, "只用于哪些类型的处理方式；不写为全部"),
        OPEN,
    ),
    "{步骤: 送达, 依据: 五, 列: 送达时间, 次序: 不早于决定}：送达时间空着，或者在截至日以后，都不计。",
)
REVIEW: Final = Part(
    "复核",
    "受处理的人可以申请复核（申诉）的期限；zyw overdue 列出到哪天为止",
    (
        CLAUSE,
        Key("申请期限", PERIOD, "多久以内可以申请"),
        Key("答复期限", PERIOD, "申请以后多久以内答复"),
        Key("起算", choice(DECIDED, "送达时间"), "从哪一天起；送达时间空着的，从处理时间起；不写为处理时间"),
        Key("复核期间", choice(STANDS, RESTS), "还没有答复时计不计；不写为照计"),
        OPEN,
    ),
    "申请期限: 30天, 答复期限: 30天：2012-04-02 决定，可申请至 2012-05-02；4 月 20 日申请，应答复至 5 月 20 日。",
)
EXEMPTION: Final = Part(
    "免责",
    "不追责的一种结论，写在处理方式一列：不计分，列在未计入；不写“免责”时，容错免责、免予追责等也这样认",
    (
        Key("名称", TEXT, "名称", required=True),
        CLAUSE,
        ALIASES,
        Key("须写理由", YES, "事由、备注都空着时给警告；不写为否"),
        OPEN,
    ),
)
PARTS: Final = (STEP, REVIEW, EXEMPTION)


def process(steps: tuple[Fields, ...], review: Fields | None, exemptions: tuple[Fields, ...]) -> records.Process:
    """Build the way of a sanction."""
    return records.Process(
        tuple(map(_step, steps)), tuple(map(_exemption, exemptions)) or USUAL_EXEMPTIONS, _review(review)
    )


def _step(each: Fields) -> records.Step:
    return records.Step(
        each.get("步骤"), each.get("依据"), each.get("列"), each.get("空白", REFUSE), each.get("次序", ""),
        each.get("适用类型", ()),
    )  # fmt: skip


def _review(each: Fields | None) -> records.Review | None:
    if each is None:
        return None
    return records.Review(
        each.get("依据"),
        each.get("申请期限"),
        each.get("答复期限"),
        each.get("起算", DECIDED),
        each.get("复核期间", STANDS),
    )


def _exemption(each: Fields) -> records.Exemption:
    return records.Exemption(each.get("名称"), each.get("依据"), each.get("别名", ()), bool(each.get("须写理由")))
