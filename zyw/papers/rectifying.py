"""整改台账, 销号清单 and 整改报告: the issues of the county, or of one unit, as papers name them.

Whoever answers for an issue is named inside the office only; at 通报 the names of known persons in the ledger's own
words are masked, at 公示 these words are left out: a public list names units, classes and days.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from zyw.facts import Facts
from zyw.issue_lines import IssueLine, Stage, StageCount, count, stage_counts
from zyw.office import OFFICE_NAMES, PERIOD_NAMES, SCHEME_NAMES, Office, chinese_day, period_fields, scheme_fields
from zyw.papers.bulletin import LEDGERS, percentage, source
from zyw.papers.sentences import sentences
from zyw.privacy import Level, hide_names, mask_file_name
from zyw.templating.names import Names

_SLOTS: Final = ("整改进度", "整改逾期", "待销号")
ITEM_NAMES: Final[Names] = [
    {
        "序号": "序号",
        "单位": "单位",
        "编号": "问题编号",
        "问题": "问题，公示版为空",
        "类别": "类别",
        "来源": "来源",
        "发现日": "发现日",
        "责任人": "责任人，只有内部版写",
        "领导": "责任领导，只有内部版写",
        "股室": "责任股室",
        "措施": "整改措施，公示版为空",
        "进展": "整改进展，公示版为空",
        "期限": "整改期限",
        "完成日": "完成日",
        "销号日": "销号日",
        "复查人": "复查人，只有内部版写",
        "状态": "已销号、已完成、正在整改或逾期",
        "天数": "逾期天数，没有逾期的为空",
        "剩余": "还剩几天，没有期限或已完成、已逾期的为空",
        "出处": "文件、工作表和单元格",
    }
]
COUNT_NAMES: Final[Names] = [
    {
        "名称": "名称",
        "总数": "件数",
        "完成": "已完成的，含已销号",
        "销号": "已销号的",
        "在办": "正在整改、未逾期的",
        "逾期": "逾期未完成的",
        "整改率": "完成 ÷ 总数，件数为 0 时为空",
    }
]
RECTIFICATION_NAMES: Final[dict[str, Names]] = {
    "机关": OFFICE_NAMES,
    "方案": SCHEME_NAMES,
    "工作": "工作名称，如 治庸问责工作",
    "期": PERIOD_NAMES,
    "单位": "一个单位的台账或报告写单位名称，全县的为空",
    "负责人": "单位主要负责人，只有内部版写",
    "整改期限": "下步整改的最后一天",
    "整改": {
        "总数": "台账在列问题数",
        "完成": "已完成的，含已销号",
        "销号": "已销号的",
        "待销号": "已完成、尚未销号的",
        "在办": "正在整改、未逾期的",
        "逾期": "逾期未完成的",
        "未完成": "在办和逾期之和",
        "整改率": "完成 ÷ 总数，没有问题时为空",
        "销号率": "销号 ÷ 总数，没有问题时为空",
        "无期限": "未完成、没有明确期限的",
        "未计入": "填写有误、没有计入的行数（全县）",
        "单位数": "有问题在列的单位数",
    },
    "追责": {
        "累计处理": "考核期内作出的处理数（全县）",
        "累计案件": "案件数",
        "累计人数": "人数",
        "没有收到": "没有收到追责台账时为真",
    },
    "按类别": COUNT_NAMES,
    "按单位": COUNT_NAMES,
    "按股室": COUNT_NAMES,
    "按来源": COUNT_NAMES,
    "清单": ITEM_NAMES,
    "已销号": ITEM_NAMES,
    "待销号": ITEM_NAMES,
    "未完成": ITEM_NAMES,
    "逾期": ITEM_NAMES,
    "句": dict.fromkeys(_SLOTS, "按句库写的句子，没有可说的为空"),
    "缺": ["没有读到的文件名"],
    "没有收到": "没有收到问题台账时为真",
}


@dataclass(frozen=True)
class Rectifying:
    """Makes the contexts of one run; what all share is made once."""

    facts: Facts
    level: Level
    office: Office

    def county(self) -> dict[str, Any]:
        """Return `RECTIFICATION_NAMES` of all issues."""
        return self._context(self.facts.items, "", "")

    def units(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each unit that has an issue, with `RECTIFICATION_NAMES` of its own issues."""
        heads = {unit.name: unit.head for unit in self.facts.ledger.units}
        found: dict[str, list[IssueLine]] = {}
        for line in self.facts.items:
            for unit in line.units:
                found.setdefault(unit, []).append(line)
        for unit, lines in found.items():
            yield unit, self._context(lines, unit, heads.get(unit, ""))

    def _context(self, lines: Sequence[IssueLine], unit: str, head: str) -> dict[str, Any]:
        facts = self.facts
        roster = [each.name for each in facts.ledger.units]
        all_ = count("", [line.stage for line in lines])
        made: dict[str, Any] = {
            **shared(facts, self.office),
            "单位": unit,
            "负责人": head if self.level is Level.INTERNAL else "",
            "整改期限": chinese_day(self.office.deadline_day(facts.span)),
            "整改": {
                "总数": all_.total,
                "完成": all_.finished,
                "销号": all_.closed,
                "待销号": all_.done,
                "在办": all_.working,
                "逾期": all_.late,
                "未完成": all_.working + all_.late,
                "整改率": _rate(all_.finished, all_.total),
                "销号率": _rate(all_.closed, all_.total),
                "无期限": sum(line.due is None and line.stage is Stage.WORKING for line in lines),
                "未计入": facts.issues.left_out,
                "单位数": len({name for line in lines for name in line.units}),
            },
            "追责": {
                "累计处理": facts.measures.taken.total,
                "累计案件": facts.measures.cases.total,
                "累计人数": facts.measures.persons.total,
                "没有收到": "追责台账" not in facts.given,
            },
            "按类别": _counts(lines, lambda line: (line.category,), [each.name for each in facts.scheme.categories]),
            "按单位": _counts(lines, lambda line: (unit,) if unit else line.units, roster),
            "按股室": _counts(lines, lambda line: (line.office,)),
            "按来源": _counts(lines, lambda line: (line.channel,), [each.name for each in facts.scheme.channels]),
            "没有收到": "问题台账" not in facts.given,
        }
        listed = items(facts, lines, self.level)
        made["清单"] = listed
        for name, stages in _LISTS.items():
            made[name] = _numbered(row for row in listed if row["状态"] in stages)
        made["句"] = sentences(made, _SLOTS)
        return made


_LISTS: Final = {
    "已销号": (Stage.CLOSED.value,),
    "待销号": (Stage.DONE.value,),
    "未完成": (Stage.WORKING.value, Stage.LATE.value),
    "逾期": (Stage.LATE.value,),
}


def shared(facts: Facts, office: Office) -> dict[str, Any]:
    """Return what every paper says of office, scheme and period."""
    return {
        "机关": office.fields(facts.scheme, facts.span),
        "方案": scheme_fields(facts.scheme),
        "工作": facts.scheme.work,
        "期": period_fields(facts.span),
        "缺": list(facts.missing),
    }


def _numbered(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "序号": place} for place, row in enumerate(rows, 1)]


def _rate(part: int, whole: int) -> str:
    return percentage(Fraction(part, whole)) if whole else ""


def _counts(
    lines: Sequence[IssueLine], names: Callable[[IssueLine], Iterable[str]], order: Iterable[str] = ()
) -> list[dict[str, Any]]:
    return [count_fields(each) for each in stage_counts(lines, names, order)]


def count_fields(each: StageCount) -> dict[str, Any]:
    """Return one line of a table of stages as `COUNT_NAMES`."""
    return {
        "名称": each.name,
        "总数": each.total,
        "完成": each.finished,
        "销号": each.closed,
        "在办": each.working,
        "逾期": each.late,
        "整改率": _rate(each.finished, each.total),
    }


def items(facts: Facts, lines: Sequence[IssueLine], level: Level) -> list[dict[str, Any]]:
    """Return issues as `ITEM_NAMES`, as far as `level` shows them."""
    return [_item(facts, place, line, level) for place, line in enumerate(lines, 1)]


def _item(facts: Facts, place: int, line: IssueLine, level: Level) -> dict[str, Any]:
    inside = level is Level.INTERNAL
    past = line.days
    return {
        "序号": place,
        "单位": line.unit,
        "编号": mask_file_name(line.number),
        "问题": shown_words(line.text, facts, level),
        "类别": line.category,
        "来源": line.channel,
        "发现日": line.found.isoformat() if line.found else "",
        "责任人": line.owner if inside else "",
        "领导": line.leader if inside else "",
        "股室": line.office,
        "措施": shown_words(line.measures, facts, level),
        "进展": shown_words(line.progress, facts, level),
        "期限": line.due.isoformat() if line.due else "",
        "完成日": line.done.isoformat() if line.done else "",
        "销号日": line.closed.isoformat() if line.closed else "",
        "复查人": line.checker if inside else "",
        "状态": line.stage.value,
        "天数": past if past is not None and past > 0 else "",
        "剩余": -past if past is not None and past <= 0 else "",
        "出处": source(facts, (line.origin,), ("期限", "状态")),
    }


def shown_words(text: str, facts: Facts, level: Level) -> str:
    """Return the ledger's own words as far as `level` shows them."""
    if level is Level.INTERNAL:
        return text
    return hide_names(text, facts.persons, level) if level is Level.NOTICE else ""


def no_issues(facts: Facts) -> bool:
    """Say whether there is nothing of which these papers could speak."""
    return not facts.items and LEDGERS[0] not in facts.given
