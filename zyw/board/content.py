"""Facts → what the board shows: places, months, classes, what is overdue, and one page a unit.

A unit's page is what its 得分告知单 says (`papers.slips`), so the two cannot differ. At 公示 no person and no cell is
named; at 通报 names are masked; the sum of the shown rules is the unit's score at every level.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from zyw.board.charts import Bar, Curve, bars, curves, sparkline
from zyw.board.months import Month, by_month, running_scores
from zyw.facts import Facts
from zyw.office import Office, chinese_day, period_fields
from zyw.papers.forms import named_for
from zyw.papers.slips import Notices
from zyw.points import to_text
from zyw.privacy import Level
from zyw.records import Count, Group, Line

MOST_ROWS: Final = 6_000
"""How many rows of points all pages together may show: the file stays under 2 MiB for 300 units."""
MOST_OVERDUE: Final = 200
"""The list of what is overdue names so many, the longest overdue first."""
FEWEST_ROWS: Final = 10
"""A unit shows at least so many rows, when it has them."""


@dataclass(frozen=True, slots=True)
class RuleSum:
    """What one rule came to for one unit: `points` in millionths over `times` rows."""

    rule: str
    clause: str
    times: int
    points: int


def board(facts: Facts, level: Level, office: Office) -> dict[str, Any]:
    """Return what the page is filled with; all texts plain, charts as svg."""
    facts = named_for(facts, level)
    months = by_month(facts)
    return {
        "机关": office.named(facts.scheme),
        "工作": facts.scheme.work,
        "方案": facts.scheme.name,
        "期": period_fields(facts.span),
        "截至": chinese_day(facts.span.as_of),
        "级别": level.value,
        "缺": [*_missing(facts, level), *_lacking(facts)],
        "摘要": _summary(facts),
        "图": _charts(facts, months),
        "组": [_group(each) for each in facts.groups],
        "超期": _overdue(facts)[:MOST_OVERDUE],
        "超期数": facts.issues.late,
        "单位": _pages(facts, level, office, months),
        "说明": list(dict.fromkeys(note.text for note in facts.notes)),
    }


def _missing(facts: Facts, level: Level) -> list[str]:
    """Return the files that were not read; at 公示 only that there are any, for their names are the office's own."""
    if not facts.missing:
        return []
    if level is Level.PUBLIC:
        return [f"{len(facts.missing)} 个文件未能读取，不含其中的数据"]
    return [f"{'、'.join(facts.missing)}（未能读取，不含其中的数据）"]


def _lacking(facts: Facts) -> list[str]:
    used = dict.fromkeys(rule.table for rule in facts.scheme.rules)
    lacking = [table for table in used if table in {"追责台账", "问题台账"} and table not in facts.given]
    return [f"没有收到{'、'.join(lacking)}，依据它的规则没有计分"] if lacking else []


def _summary(facts: Facts) -> list[tuple[str, str, str]]:
    """Return the tiles on top: name, number, what stands beside it."""
    ranked = sum(line.rank is not None for line in facts.lines)
    units, issues = len(facts.lines), facts.issues
    tiles = [("参加排名", str(ranked), f"共 {units} 个单位" if units != ranked else "个单位")]
    tiles += [("被扣分单位", str(facts.losers.total), f"共扣 {to_text(facts.lost.total)} 分")]
    if "问题台账" in facts.given:
        rate = f"{_percent(issues.done, issues.recorded)} 已整改" if issues.recorded else "没有问题"
        tiles += [("登记问题", str(issues.recorded), rate)]
        tiles += [("超期", str(issues.late), "件" if issues.late else "没有超期")]
    return tiles


def _percent(part: int, whole: int) -> str:
    """Return whole percents, half up; 100 % only when it is all.

    >>> _percent(199, 200), _percent(200, 200), _percent(1, 3)
    ('99%', '100%', '33%')
    """
    rounded = (200 * part + whole) // (2 * whole)
    return f"{min(rounded, 99) if part < whole else 100}%"


def _charts(facts: Facts, months: Sequence[Month]) -> list[tuple[str, str]]:
    labels, issues = [month.label for month in months], facts.issues
    found = Curve("发现", [m.found for m in months], [str(m.found) for m in months])
    done = Curve("整改完成", [m.done for m in months], [str(m.done) for m in months])
    lost = Curve("扣分", [m.lost for m in months], [to_text(m.lost) for m in months])
    charts = [("各月扣分", curves("各月扣分", labels, [lost]))]
    charts.append(("扣分最多的单位", bars("扣分最多的单位", _most_lost(facts.lines))))
    if "问题台账" in facts.given:
        charts.append(("各月发现和完成的问题", curves("各月发现和完成的问题", labels, [found, done])))
        charts.append(("问题类别", bars("问题类别", _counted(issues.by_category))))
        charts.append(("问题来源", bars("问题来源", _counted(issues.by_channel))))
        charts.append(("办理状态", bars("办理状态", _states(facts))))
    return charts


def _states(facts: Facts) -> list[Bar]:
    issues = facts.issues
    states = (("已整改", issues.done), ("整改中", issues.working), ("超期", issues.late))
    return [Bar(name, number, f"{number} 件") for name, number in states] if issues.recorded else []


def _counted(counts: Sequence[Count]) -> list[Bar]:
    return [Bar(each.name, each.total, str(each.total)) for each in counts if each.total]


def _most_lost(lines: Sequence[Line]) -> list[Bar]:
    """Return the units that stand furthest below their base, the furthest first."""
    below = [line for line in lines if line.score < line.base]
    below.sort(key=lambda line: (line.score - line.base, line.unit))
    return [Bar(line.unit, line.base - line.score, f"-{to_text(line.base - line.score)}") for line in below]


def _group(group: Group) -> dict[str, Any]:
    return {"名称": group.name, "行": [_line(line) for line in group.lines]}


def _line(line: Line) -> dict[str, Any]:
    remarks = [f"不排名：{line.excluded.removesuffix('，不参加排名')}"] if line.excluded else []
    remarks += ["并列"] if line.tied else []
    remarks += [f"有 {line.rows_not_used} 行未计入"] if line.rows_not_used else []
    return {
        "单位": line.unit,
        "名次": "" if line.rank is None else str(line.rank),
        "得分": to_text(line.score),
        "加扣分": to_text(line.score - line.base),
        "后果": "、".join(line.consequences),
        "备注": "；".join(remarks),
    }


def _overdue(facts: Facts) -> list[dict[str, Any]]:
    return [
        {"单位": one.unit, "编号": one.number, "类别": one.category, "期限": one.due.isoformat(), "超期": one.days}
        for one in facts.issues.overdue
    ]


def _pages(facts: Facts, level: Level, office: Office, months: Sequence[Month]) -> list[dict[str, Any]]:
    notices = Notices(facts, level, office)
    runs = running_scores(facts, [month.last for month in months])
    most = max(FEWEST_ROWS, MOST_ROWS // max(len(facts.lines), 1))
    sums = _rule_sums(facts)
    return [
        _page(notices.context(line.unit), sums.get(line.unit, ()), runs[line.unit], most, level) for line in facts.lines
    ]


def _page(
    told: Mapping[str, Any], sums: Sequence[RuleSum], run: Sequence[int], most: int, level: Level
) -> dict[str, Any]:
    rows = list(told["明细"])
    return {
        **told,
        "走势": sparkline(run),
        "规则": [
            {"规则": each.rule, "依据": each.clause, "次数": each.times, "分值": to_text(each.points)} for each in sums
        ],
        "明细": rows[:most],
        "另有": max(len(rows) - most, 0),
        "出处": level is not Level.PUBLIC,
        "后果": [each for each in told["后果"] if level is not Level.PUBLIC or each["对象"] == "单位"],
        "未计入数": len(told["未计入"]),
        "未计入": [] if level is Level.PUBLIC else told["未计入"][:most],
    }


def _rule_sums(facts: Facts) -> dict[str, tuple[RuleSum, ...]]:
    journal = facts.scores.journal
    moved = journal[journal["consequence"] == ""]
    found: dict[str, list[RuleSum]] = {}
    for key, points in moved.groupby(["unit", "rule", "clause"], sort=True)["points"]:
        unit, rule, clause = key
        found.setdefault(str(unit), []).append(RuleSum(str(rule), str(clause), len(points), int(points.sum())))
    return {unit: tuple(each) for unit, each in found.items()}
