"""One unit's share of the facts, as the 得分告知单 names it: the unit's own rows and nobody else's.

A notice carries the readings of the scheme as a whole and those of the rules and measures that its rows name.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from zyw.facts import Facts
from zyw.office import (
    OFFICE_NAMES,
    PERIOD_NAMES,
    SCHEME_NAMES,
    Office,
    period_fields,
    scheme_fields,
)
from zyw.papers.bulletin import NOTE_NAMES, PROPOSAL_NAMES, notes, percent, proposals, source, survey_counts
from zyw.points import to_text
from zyw.privacy import Level, Masker
from zyw.records import Proposal
from zyw.rules import Note
from zyw.templating.names import Names

if TYPE_CHECKING:
    import pandas as pd

UNIT_NAMES: Final[dict[str, Names]] = {
    "机关": OFFICE_NAMES,
    "方案": SCHEME_NAMES,
    "工作": "工作名称，如 治庸问责工作",
    "期": PERIOD_NAMES,
    "单位": "单位名称",
    "组别": "排名的组（学段）",
    "基础分": "基础分",
    "得分": "得分",
    "加扣分": "得分减基础分",
    "名次": "名次，不排名的为空",
    "参加数": "组内参加排名的单位数",
    "并列": "与别的单位同名次时为真",
    "不排名原因": "不排名的原因，参加排名的为空",
    "满意率": "满意率，没有测评的为空",
    "测评份数": "收回的测评表份数",
    "满意率计分": "方案有以测评计分的规则时为真",
    "未计入行数": "填写有误、没有计入的行数",
    "明细": [
        {
            "序号": "序号",
            "日期": "事情当日（作出处理的日期）",
            "当事人": "当事人，按文书级别隐去名字",
            "规则": "规则",
            "依据": "条款",
            "分值": "加扣的分",
            "出处": "文件、工作表和单元格",
        }
    ],
    "后果": PROPOSAL_NAMES,
    "未计入": [
        {"序号": "序号", "当事人": "当事人", "规则": "规则", "依据": "条款", "原因": "没有计入的原因", "出处": "出处"}
    ],
    "复核": {"受理机关": "向谁提出异议", "期限": "最后一天", "联系方式": "联系人和电话"},
    "说明": NOTE_NAMES,
    "缺": ["没有读到的文件名"],
}


class Notices:
    """The contexts of the 得分告知单, one a unit; what all share is made once."""

    def __init__(self, facts: Facts, level: Level, office: Office) -> None:
        self.facts, self.level = facts, level
        self._lines = {line.unit: (group, line) for group in facts.groups for line in group.lines}
        self._journal = _by_unit(
            facts.scores.journal[facts.scores.journal["consequence"] == ""].sort_values("date", kind="stable")
        )
        self._not_counted = _by_unit(facts.scores.not_counted)
        self._proposals: dict[str, list[Proposal]] = {}
        for each in facts.proposals:
            self._proposals.setdefault(each.unit, []).append(each)
        self._shared = {
            "机关": office.fields(facts.scheme, facts.span),
            "方案": scheme_fields(facts.scheme),
            "工作": facts.scheme.work,
            "期": period_fields(facts.span),
            "复核": office.objection(facts.scheme, facts.span),
            "缺": list(facts.missing),
            "满意率计分": survey_counts(facts),
        }
        self._rules = facts.scores.journal.groupby("unit", sort=False)["rule"].unique().to_dict()

    def context(self, unit: str) -> dict[str, Any]:
        """Return `UNIT_NAMES` filled for `unit`; raises `KeyError` for a unit without a score."""
        group, line = self._lines[unit]
        moved, left = self._journal.get(unit, []), self._not_counted.get(unit, [])
        stated = self._proposals.get(unit, [])
        people = [*(row["person"] for row in (*moved, *left)), *(each.person for each in stated)]
        masker = Masker.of(self.level, [(unit, person) for person in people if person])
        return {
            **self._shared,
            "单位": unit,
            "组别": group.name,
            "基础分": to_text(line.base),
            "得分": to_text(line.score),
            "加扣分": to_text(line.score - line.base),
            "名次": str(line.rank) if line.rank is not None else "",
            "参加数": line.of,
            "并列": line.tied,
            "不排名原因": line.excluded,
            "满意率": percent(line),
            "测评份数": line.ballots,
            "未计入行数": line.rows_not_used,
            "明细": [self._movement(place, row, masker) for place, row in enumerate(moved, 1)],
            "后果": proposals(self.facts, stated, masker),
            "未计入": [self._left_out(place, row, masker) for place, row in enumerate(left, 1)],
            "说明": notes(self._readings(unit, left)),
        }

    def _readings(self, unit: str, left: Sequence[dict[str, Any]]) -> list[Note]:
        """Return the readings that this unit's result rests on."""
        names = {*self._rules.get(unit, ()), *(row["rule"] for row in left)}
        names |= self.facts.measures.of_unit.get(unit, frozenset())
        general = not names
        return [each for each in self.facts.notes if (not each.clause if general else each.concerns(names))]

    def _movement(self, place: int, row: dict[str, Any], masker: Masker) -> dict[str, Any]:
        return {
            "序号": place,
            "日期": row["date"].date().isoformat() if row["date"] == row["date"] else "",
            "当事人": self._person(row, masker),
            "规则": row["rule"],
            "依据": row["clause"],
            "分值": to_text(row["points"]),
            "出处": self._source(row),
        }

    def _left_out(self, place: int, row: dict[str, Any], masker: Masker) -> dict[str, Any]:
        return {
            "序号": place,
            "当事人": self._person(row, masker),
            "规则": row["rule"],
            "依据": row["clause"],
            "原因": self._reason(row, masker),
            "出处": self._source(row),
        }

    def _person(self, row: dict[str, Any], masker: Masker) -> str:
        return (masker(row["unit"], row["person"]) or "有关人员") if row["person"] else "—"

    def _reason(self, row: dict[str, Any], masker: Masker) -> str:
        reason, person = str(row["reason"]), str(row["person"])
        if self.level is Level.INTERNAL or len(person) < 2:
            return reason
        return reason.replace(person, masker(row["unit"], person) or "有关人员")

    def _source(self, row: dict[str, Any]) -> str:
        origins: Sequence[int] = row["origins"]
        return source(self.facts, origins, self.facts.scores.fields.get(row["rule"], ()))


def _by_unit(frame: "pd.DataFrame") -> dict[str, list[dict[str, Any]]]:
    """Return a frame's rows by unit, in their order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(row["unit"], []).append({str(name): value for name, value in row.items()})
    return found
