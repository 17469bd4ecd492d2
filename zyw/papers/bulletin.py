"""Facts as the 督查通报 names them: every name a template may use, in Chinese, masked for the level of the paper."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from zyw.facts import Facts
from zyw.office import OFFICE_NAMES, PERIOD_NAMES, SCHEME_NAMES, Office, chinese_day, period_fields, scheme_fields
from zyw.origins import by_sheet
from zyw.papers.changes import CHANGE_NAMES, change_fields
from zyw.papers.sentences import sentences
from zyw.points import to_text
from zyw.privacy import Level, Masker, mask_file_name
from zyw.records import Count, Group, Line, Proposal, Submission
from zyw.rules import Note
from zyw.templating.names import Names

NAMED: Final = 10
"""So many are named in a sentence, the rest stand in an annex."""
FEW_BALLOTS: Final = 5
"""Below this many answer sheets a rate is not shown (domain/official-documents.md E3)."""

SLOTS: Final = ("发现变化", "发现同比", "完成变化", "处理变化")
OPEN_READING: Final = re.compile(r"^方案未定[:：]\s*")
"""What a note begins with; the heading above the notes says it once."""
LEDGERS: Final = ("问题台账", "追责台账", "材料报送")
"""The ledgers on which the bulletin reports."""
_COUNTS: Final[list[Names]] = [{"名称": "名称", "依据": "条款", "本期": "本期数", "累计": "累计数"}]
SUBMISSION_NAMES: Final[list[Names]] = [
    {
        "序号": "序号",
        "单位": "单位",
        "材料": "材料名称",
        "应报日": "应报日",
        "报送日": "报送日，未报为空",
        "天数": "超过应报日的天数",
    }
]
PROPOSAL_NAMES: Final[list[Names]] = [
    {
        "序号": "序号",
        "单位": "单位",
        "对象": "单位，或个人（按文书级别隐去名字）",
        "内容": "建议内容，以“建议”开头",
        "影响期": "起止日期",
        "依据": "条款",
        "出处": "文件、工作表和单元格",
    }
]
NOTE_NAMES: Final[list[Names]] = [{"序号": "序号", "依据": "条款", "内容": "方案没有写明之处和采用的理解"}]
COUNTY_NAMES: Final[dict[str, Names]] = {
    "机关": OFFICE_NAMES,
    "方案": SCHEME_NAMES,
    "工作": "工作名称，如 治庸问责工作",
    "期": PERIOD_NAMES,
    "整改期限": "下步整改的最后一天",
    "问题": {
        "本期发现": "本期发现的问题数",
        "累计发现": "考核期内发现的问题数",
        "在列": "台账在列问题数",
        "往期": "考核期以前发现的",
        "未注明": "没有写发现日的",
        "完成": "已整改完成的，含已销号",
        "销号": "已销号的",
        "在办": "正在整改、未逾期的",
        "逾期": "逾期未完成的",
        "本期完成": "本期完成的",
        "本期销号": "本期销号的",
        "无期限": "未完成且没有明确期限的",
        "未计入": "填写有误、没有计入的行数",
        "类别": _COUNTS,
        "来源": _COUNTS,
        "学段": _COUNTS,
        "逾期单位数": "有逾期问题的单位数",
        "逾期单位": [{"单位": "单位，件数最多的前十个", "件数": "逾期件数"}],
        "逾期清单": [
            {
                "序号": "序号",
                "单位": "单位",
                "编号": "问题编号",
                "类别": "类别",
                "期限": "整改期限",
                "天数": "逾期天数",
                "出处": "出处",
            }
        ],
    },
    "追责": {
        "本期处理": "本期作出的处理数（一案两种处理算两次）",
        "累计处理": "累计处理数",
        "本期案件": "本期案件数",
        "累计案件": "累计案件数",
        "本期人数": "本期人数",
        "累计人数": "累计人数",
        "方式": _COUNTS,
        "类型": _COUNTS,
        "层级": _COUNTS,
        "待核实": "等待核实、暂不计的行数",
        "规则": [
            {
                "名称": "规则编号",
                "依据": "条款",
                "本期": "本期次数",
                "累计": "累计次数",
                "本期分": "本期加扣分",
                "累计分": "累计加扣分",
            }
        ],
        "本期扣分": "本期共扣多少分",
        "累计扣分": "累计共扣多少分",
        "本期单位数": "本期被扣分的单位数",
        "累计单位数": "累计被扣分的单位数",
    },
    "排名": [
        {
            "序": "中文序号，如 一",
            "组别": "学段",
            "单位数": "组内单位数",
            "参加数": "参加排名的单位数",
            "最高分": "参加排名单位的最高分",
            "最低分": "参加排名单位的最低分",
            "未扣分数": "参加排名、没有扣分的单位数",
            "行": [
                {
                    "名次": "名次，不排名的为 —",
                    "单位": "单位",
                    "得分": "得分",
                    "加扣分": "得分减基础分",
                    "满意率": "满意率",
                    "备注": "不排名的原因、后果建议、未计入的行数",
                }
            ],
        }
    ],
    "材料": {
        "迟报数": "迟报份数",
        "未报数": "到期未报份数",
        "迟报": SUBMISSION_NAMES,
        "未报": SUBMISSION_NAMES,
        "清单": SUBMISSION_NAMES,
        "未计入": "填写有误、没有计入的行数",
    },
    "连带": {
        "情节": "算作较重的那一档情节，如 较重",
        "依据": "条款",
        "单位": ["情节较重、考核期内没有处理领导的单位"],
    },
    "建议": PROPOSAL_NAMES,
    "权限": [{"事项": "哪类事项", "由谁": "由谁办理", "依据": "条款"}],
    "说明": NOTE_NAMES,
    "附件": [{"号": "附件序号", "名称": "附件名称"}],
    "附件号": {
        "建议": "建议清单的附件序号，没有时为空",
        "逾期": "逾期清单的",
        "材料": "材料清单的",
        "说明": "口径说明的",
    },
    "表号": {"问题": "问题分类统计表的序号，没有这张表时为空", "追责": "追责处理统计表的", "规则": "加扣分统计表的"},
    "变化": CHANGE_NAMES,
    "句": dict.fromkeys(SLOTS, "按句库写的句子，没有可说的为空"),
    "缺": ["没有读到的文件名"],
    "没有收到": ["问题台账、追责台账、材料报送里没有收到的"],
    "没有发现": ["收到的台账里没有发现的情形，如 整改逾期"],
    "未计入行数": "全部表中没有计入的行数",
    "有满意率": "至少一个单位有满意率",
    "满意率计分": "方案有以测评计分的规则时为真",
}


def county(facts: Facts, level: Level, office: Office) -> dict[str, Any]:
    """Return the context of the 督查通报: `COUNTY_NAMES` filled."""
    made = _county(facts, level, office)
    return {**made, "句": sentences(made, SLOTS)}


def _county(facts: Facts, level: Level, office: Office) -> dict[str, Any]:
    scheme, span = facts.scheme, facts.span
    masker = Masker.of(level, [(each.unit, each.person) for each in facts.proposals if each.person])
    return {
        "机关": office.fields(scheme, span),
        "方案": scheme_fields(scheme),
        "工作": scheme.work,
        "期": period_fields(span),
        "整改期限": chinese_day(office.deadline_day(span)),
        "问题": _issues(facts),
        "追责": _measures(facts),
        "排名": [_group(place, group) for place, group in enumerate(facts.groups, 1)],
        "材料": _submissions(facts),
        "连带": {
            "情节": facts.joint.gravity,
            "依据": facts.joint.clause,
            "单位": list(facts.joint.units),
        },
        "建议": proposals(facts, facts.proposals, masker),
        "权限": [{"事项": each.name, "由谁": each.text, "依据": each.clause} for each in scheme.authorities],
        "说明": notes(facts.notes),
        **_annexes(facts),
        "表号": _table_numbers(facts),
        "变化": {name: change_fields(change) for name, change in facts.changes.items()},
        "缺": list(facts.missing),
        "没有收到": [name for name in LEDGERS if name not in facts.given],
        "没有发现": _not_found(facts),
        "未计入行数": facts.rows_not_used,
        "有满意率": any(line.ballots >= FEW_BALLOTS for line in facts.lines),
        "满意率计分": survey_counts(facts),
    }


def survey_counts(facts: Facts) -> bool:
    """Say whether a rule of the scheme gives points for the survey (测评); else its rate is only shown."""
    return any(rule.table == "测评" for rule in facts.scheme.rules)


def _table_numbers(facts: Facts) -> dict[str, str]:
    """Return the numbers of the tables in the prose: those with something in them are counted."""
    filled = {
        "问题": facts.issues.found.total,
        "追责": facts.measures.taken.total,
        "规则": facts.losers.total,
    }
    present = [name for name, count in filled.items() if count]
    return {name: str(present.index(name) + 1) if name in present else "" for name in filled}


def _not_found(facts: Facts) -> list[str]:
    """Return what the ledgers that were given could have shown and did not; of others nothing is said."""
    shown = {
        "整改逾期": ("问题台账", len(facts.issues.overdue)),
        "材料迟报漏报": ("材料报送", len(facts.submissions)),
        "反映未核实": ("追责台账", facts.measures.to_verify),
    }
    return [text for text, (table, count) in shown.items() if table in facts.given and not count]


def _annexes(facts: Facts) -> dict[str, Any]:
    """Return the annexes that have something in them, numbered."""
    lists = {"建议": facts.proposals, "逾期": facts.issues.overdue, "材料": facts.submissions, "说明": facts.notes}
    titles = {
        "建议": "处理后果建议清单",
        "逾期": "逾期未整改问题清单",
        "材料": "材料迟报未报清单",
        "说明": "计分口径说明",
    }
    present = [name for name, rows in lists.items() if rows]
    return {
        "附件": [{"号": place, "名称": titles[name]} for place, name in enumerate(present, 1)],
        "附件号": {name: str(present.index(name) + 1) if name in present else "" for name in lists},
    }


def _issues(facts: Facts) -> dict[str, Any]:
    issues = facts.issues
    late: dict[str, int] = {}
    for each in issues.overdue:
        late[each.unit] = late.get(each.unit, 0) + 1
    worst = sorted(late.items(), key=lambda one: (-one[1], one[0]))
    return {
        "本期发现": issues.found.month,
        "累计发现": issues.found.total,
        "在列": issues.recorded,
        "往期": issues.carried,
        "未注明": issues.undated,
        "完成": issues.done,
        "销号": issues.closed,
        "在办": issues.working,
        "逾期": issues.late,
        "本期完成": issues.done_in.month,
        "本期销号": issues.closed_in.month,
        "无期限": issues.no_deadline,
        "未计入": issues.left_out,
        "类别": _counts(issues.by_category),
        "来源": _counts(issues.by_channel),
        "学段": _counts(issues.by_kind),
        "逾期单位数": len(late),
        "逾期单位": [{"单位": unit, "件数": count} for unit, count in worst[:NAMED]],
        "逾期清单": [
            {
                "序号": place,
                "单位": each.unit,
                "编号": mask_file_name(each.number),
                "类别": each.category,
                "期限": each.due.isoformat(),
                "天数": each.days,
                "出处": source(facts, (each.origin,), ("期限", "状态")),
            }
            for place, each in enumerate(issues.overdue, 1)
        ],
    }


def _measures(facts: Facts) -> dict[str, Any]:
    measures = facts.measures
    return {
        "本期处理": measures.taken.month,
        "累计处理": measures.taken.total,
        "本期案件": measures.cases.month,
        "累计案件": measures.cases.total,
        "本期人数": measures.persons.month,
        "累计人数": measures.persons.total,
        "方式": _counts([each for each in measures.by_form if each.total]),
        "类型": _counts([each for each in measures.by_track if each.total]),
        "层级": _counts([each for each in measures.by_level if each.total]),
        "待核实": measures.to_verify,
        "规则": [
            {
                "名称": each.rule,
                "依据": each.clause,
                "本期": each.month,
                "累计": each.total,
                "本期分": to_text(each.points_month),
                "累计分": to_text(each.points_total),
            }
            for each in facts.rules
        ],
        "本期扣分": to_text(facts.lost.month),
        "累计扣分": to_text(facts.lost.total),
        "本期单位数": facts.losers.month,
        "累计单位数": facts.losers.total,
    }


def _counts(counts: Sequence[Count]) -> list[dict[str, Any]]:
    return [{"名称": each.name, "依据": each.clause, "本期": each.month, "累计": each.total} for each in counts]


def _group(place: int, group: Group) -> dict[str, Any]:
    ranked = [line for line in group.lines if line.rank is not None]
    scores = [line.score for line in ranked]
    return {
        "序": chinese_number(place),
        "组别": group.name,
        "单位数": len(group.lines),
        "参加数": len(ranked),
        "最高分": to_text(max(scores)) if scores else "",
        "最低分": to_text(min(scores)) if scores else "",
        "未扣分数": sum(line.score >= line.base for line in ranked),
        "行": [
            {
                "名次": str(line.rank) if line.rank is not None else "—",
                "单位": line.unit,
                "得分": to_text(line.score),
                "加扣分": to_text(line.score - line.base),
                "满意率": percent(line),
                "备注": _remark(line),
            }
            for line in group.lines
        ],
    }


def chinese_number(number: int) -> str:
    """Return 1 to 99 as 一, 十二, 二十; larger numbers in digits."""
    digits = "零一二三四五六七八九"
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones or not tens else "")


def _remark(line: Line) -> str:
    parts = [f"不排名：{line.excluded}"] if line.excluded else []
    parts += [proposed(text) for text in line.consequences]
    if line.rows_not_used:
        parts.append(f"有 {line.rows_not_used} 行未计入")
    return "；".join(parts)


def percent(line: Line) -> str:
    """Return a satisfied rate to one decimal, half up; "" without a survey, 少于5份 where few answered.

    2/3 is 66.7%.
    """
    if line.rate is None:
        return ""
    if line.ballots < FEW_BALLOTS:
        return f"少于{FEW_BALLOTS}份"
    return percentage(line.rate)


def percentage(rate: Fraction) -> str:
    """Return a fraction of 1 in per cent to one decimal, half up: 2/3 is 66.7%."""
    tenths = int(rate * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}%"


def proposed(text: str) -> str:
    """Return a consequence as a proposal: the program proposes, people decide."""
    return text if text.startswith("建议") else f"建议{text}"


def proposals(facts: Facts, found: Sequence[Proposal], masker: Masker) -> list[dict[str, Any]]:
    """Return proposals as `PROPOSAL_NAMES`; 对象 is 单位, or the person as far as the level shows."""
    return [
        {
            "序号": place,
            "单位": each.unit,
            "对象": (masker(each.unit, each.person) or "有关人员") if each.person else "单位",
            "内容": proposed(each.text),
            "影响期": effect(each),
            "依据": each.clause,
            "出处": source(facts, each.origins, ("处理方式", "处理时间")),
        }
        for place, each in enumerate(found, 1)
    ]


def effect(proposal: Proposal) -> str:
    """Return from–to of a consequence, as tables write days (2012-01-01至2012-12-31); — when it has no term."""
    if proposal.start is None:
        return "—"
    if proposal.end is None:
        return f"自{proposal.start}起"
    return f"{proposal.start}至{proposal.end}"


def source(facts: Facts, origins: Sequence[int], fields: Sequence[str]) -> str:
    """Return where rows stand: 追责台账.xlsx ▸ 追责!F5、G5."""
    return "；".join(by_sheet(facts.ledger.origins.locate(origin, fields) for origin in origins))


def notes(readings: Sequence[Note]) -> list[dict[str, Any]]:
    """Return the readings that the scheme leaves open, as `NOTE_NAMES`; the template's heading says what they are."""
    return [
        {"序号": place, "依据": each.clause, "内容": OPEN_READING.sub("", each.text)}
        for place, each in enumerate(readings, 1)
    ]


def _submissions(facts: Facts) -> dict[str, Any]:
    found = [submission_fields(place, each) for place, each in enumerate(facts.submissions, 1)]
    late, absent = [each for each in found if each["报送日"]], [each for each in found if not each["报送日"]]
    return {
        "迟报数": len(late),
        "未报数": len(absent),
        "迟报": late[:NAMED],
        "未报": absent[:NAMED],
        "清单": found,
        "未计入": facts.submissions_left_out,
    }


def submission_fields(place: int, each: Submission) -> dict[str, Any]:
    """Return a document that came late or is missing as `SUBMISSION_NAMES`."""
    return {
        "序号": place,
        "单位": each.unit,
        "材料": each.document,
        "应报日": each.due.isoformat(),
        "报送日": each.handed.isoformat() if each.handed else "",
        "天数": each.days,
    }
