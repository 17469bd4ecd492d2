"""督办通知单 and 催办清单: what is overdue or soon due, with the scheme's own words for each level of warning.

A level is told by its word and its colour, never by the colour alone: papers are printed black and white, and the same
colour means opposite things in different counties (domain/official-documents.md E2).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from zyw.facts import Facts
from zyw.handling.records import Matter
from zyw.office import OFFICE_NAMES, PERIOD_NAMES, SCHEME_NAMES, Office, chinese_day
from zyw.papers.bulletin import OPEN_READING, SUBMISSION_NAMES, source, submission_fields
from zyw.papers.rectifying import shared, shown_words
from zyw.privacy import Level, mask_file_name
from zyw.templating.names import Names

SOON: Final = "快到期"
"""What a matter is called that is due soon and has come to no warning."""
MATTER_NAMES: Final[Names] = [
    {
        "序号": "序号",
        "单位": "单位",
        "编号": "问题编号",
        "事项": "问题或任务，公示版为空",
        "类别": "类别",
        "来源": "来源，任务写任务台账",
        "期限": "整改期限",
        "期限依据": "期限从哪里来：台账写明、按方案时限、延期等",
        "预警": "方案里这一级预警的名称；还没有到期的是 快到期",
        "颜色": "预警的颜色：蓝、黄、橙、红；快到期的为空",
        "天数": "逾期天数，没有逾期的为空",
        "剩余": "还剩几天，已逾期的为空",
        "责任人": "责任人，只有内部版写",
        "领导": "责任领导，只有内部版写",
        "股室": "责任股室",
        "出处": "文件、工作表和单元格",
    }
]
LEVEL_NAMES: Final[Names] = [{"名称": "预警名称", "颜色": "颜色", "件数": "件数", "依据": "条款"}]
_COMMON: Final[dict[str, Names]] = {
    "机关": OFFICE_NAMES,
    "方案": SCHEME_NAMES,
    "工作": "工作名称，如 治庸问责工作",
    "期": PERIOD_NAMES,
    "整改期限": "办结和反馈的最后一天",
    "日": "期限按什么日子数：自然日或工作日",
    "快到期": "期限前几天算快到期",
    "逾期数": "逾期的件数",
    "快到期数": "快到期的件数",
    "各级": LEVEL_NAMES,
    "逾期": MATTER_NAMES,
    "将到期": MATTER_NAMES,
    "说明": ["方案没有写明之处和采用的理解"],
    "缺": ["没有读到的文件名"],
}
NOTICE_NAMES: Final[dict[str, Names]] = {
    **_COMMON,
    "单位": "单位",
    "负责人": "单位主要负责人，只有内部版写",
    "预警": {"名称": "本单位事项里最重的一级预警；都没有逾期时是 快到期", "颜色": "它的颜色，快到期的为空"},
}
URGE_NAMES: Final[dict[str, Names]] = {
    **_COMMON,
    "按单位": [{
        "单位": "单位", "件数": "逾期和快到期之和",
        "逾期": "逾期件数", "快到期": "快到期件数", "最重": "最重的一级预警",
    }],
    "未报": SUBMISSION_NAMES,
    "未报数": "到期未报的材料份数",
    "没有收到": ["问题台账、任务台账里没有收到的"],
}  # fmt: skip


@dataclass(frozen=True)
class Pressing:
    """Makes the contexts of one run; what all share is made once."""

    facts: Facts
    level: Level
    office: Office

    def county(self) -> dict[str, Any]:
        """Return `URGE_NAMES` filled."""
        docket, facts = self.facts.docket, self.facts
        missing = [each for each in facts.submissions if each.handed is None]
        return {
            **self._context(docket.overdue, docket.due_soon),
            "按单位": self._units(),
            "未报": [submission_fields(place, each) for place, each in enumerate(missing, 1)],
            "未报数": len(missing),
            "没有收到": [name for name in ("问题台账", "任务台账") if name not in facts.given],
        }

    def units(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each unit that has something overdue or soon due, with `NOTICE_NAMES` filled."""
        heads = {unit.name: unit.head for unit in self.facts.ledger.units}
        for unit, (late, soon) in self._by_unit.items():
            gravest = max(late, key=self._gravity, default=None)
            alert = gravest.alert if gravest else None
            yield (
                unit,
                {
                    **self._context(late, soon),
                    "单位": unit,
                    "负责人": heads.get(unit, "") if self.level is Level.INTERNAL else "",
                    "预警": {
                        "名称": alert.name if alert else "逾期" if late else SOON,
                        "颜色": alert.colour if alert else "",
                    },
                },
            )

    @cached_property
    def _by_unit(self) -> dict[str, tuple[list[Matter], list[Matter]]]:
        found: dict[str, tuple[list[Matter], list[Matter]]] = {}
        for place, matters in enumerate((self.facts.docket.overdue, self.facts.docket.due_soon)):
            for matter in matters:
                for unit in matter.units:
                    if unit:
                        found.setdefault(unit, ([], []))[place].append(matter)
        order = {unit.name: place for place, unit in enumerate(self.facts.ledger.units)}
        return dict(sorted(found.items(), key=lambda one: order.get(one[0], len(order))))

    def _units(self) -> list[dict[str, Any]]:
        rows = []
        for unit, (late, soon) in self._by_unit.items():
            gravest = max(late, key=self._gravity, default=None)
            rows.append(
                {
                    "单位": unit,
                    "件数": len(late) + len(soon),
                    "逾期": len(late),
                    "快到期": len(soon),
                    "最重": gravest.alert.name if gravest and gravest.alert else "逾期" if late else SOON,
                }
            )
        return rows

    def _gravity(self, matter: Matter) -> int:
        alerts = self.facts.docket.handling.alerts
        return alerts.index(matter.alert) + 1 if matter.alert in alerts else 0

    def _context(self, late: Sequence[Matter], soon: Sequence[Matter]) -> dict[str, Any]:
        handling = self.facts.docket.handling
        return {
            **shared(self.facts, self.office),
            "整改期限": chinese_day(self.office.deadline_day(self.facts.span)),
            "日": handling.days_kind,
            "快到期": handling.soon,
            "逾期数": len(late),
            "快到期数": len(soon),
            "各级": [
                {
                    "名称": alert.name,
                    "颜色": alert.colour,
                    "件数": sum(matter.alert == alert for matter in late),
                    "依据": alert.clause,
                }
                for alert in handling.alerts
            ],
            "逾期": self._matters(late),
            "将到期": self._matters(soon),
            "说明": [OPEN_READING.sub("", note.text).rstrip("。") for note in handling.notes],
        }

    def _matters(self, matters: Iterable[Matter]) -> list[dict[str, Any]]:
        return [self._matter(place, matter) for place, matter in enumerate(matters, 1)]

    def _matter(self, place: int, matter: Matter) -> dict[str, Any]:
        inside = self.level is Level.INTERNAL
        past = matter.days or 0
        return {
            "序号": place,
            "单位": matter.unit,
            "编号": mask_file_name(matter.number),
            "事项": shown_words(matter.text, self.facts, self.level),
            "类别": matter.category,
            "来源": matter.channel or (matter.table if matter.table != "问题台账" else ""),
            "期限": matter.due.isoformat() if matter.due else "",
            "期限依据": matter.basis.value,
            "预警": matter.alert.name if matter.alert else "逾期" if past > 0 else SOON,
            "颜色": matter.alert.colour if matter.alert else "",
            "天数": past if past > 0 else "",
            "剩余": -past if past <= 0 else "",
            "责任人": matter.owner.person if inside else "",
            "领导": matter.owner.leader if inside else "",
            "股室": matter.owner.office,
            "出处": source(self.facts, (matter.origin,), ("期限", "状态")),
        }
