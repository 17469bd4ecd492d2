"""问题台账 and 巡查记录 as tables: issues by what they have in common, problems with measures, monthly inspections."""

from collections.abc import Iterator
from typing import Final

from zyw.tallies.inspections import Inspections, Scored
from zyw.tallies.issues import CAUTION, STAGES, Change, IssueGroup, IssueTally
from zyw.tallies.measures import Hierarchy, MeasuredArea
from zyw.tallies.table import Content, Head, Holds, Row, Table, counts, joined

_ONCE: Final = "一件事有几个单位、领导、股室的，各列一次，合计只算一次；各段之和等于在册件数。"
_GROUP_HEADS: Final = counts("本期发现", "累计发现", "在册", *STAGES)
MOST_TEXT: Final = 120
"""So many characters of a problem are printed; the whole stands in the ledger."""


def issue_tables(found: IssueTally) -> Iterator[Table]:
    """Yield the issues by class, channel, stage, school, 学段, leader, office, linked leader and linked office."""
    notes = [
        _ONCE,
        *([f"有 {found.undated} 件没有写发现日，只算在册。"] if found.undated else []),
        *([f"有 {found.left_out} 行因单元格有错误或单位不在名册里，没有计入。"] if found.left_out else []),
    ]
    for name, head, groups in (
        ("问题-分类别", Head("类别", Holds.LABEL, 24), found.by_category),
        ("问题-分来源", Head("来源", Holds.LABEL, 24), found.by_channel),
        ("问题-分单位", Head("单位", Holds.LABEL, 30), found.by_unit),
        ("问题-分学段", Head("学段", Holds.LABEL, 20), found.by_kind),
        ("问题-责任领导", Head("责任领导", Holds.PERSON, 24), found.by_leader),
        ("问题-责任股室", Head("责任股室", Holds.LABEL, 24), found.by_office),
        ("问题-联系领导", Head("联系领导", Holds.PERSON, 24), found.by_linked_leader),
        ("问题-包保股室", Head("包保股室", Holds.LABEL, 24), found.by_linked_office),
        ("问题-分阶段", Head("阶段", Holds.LABEL, 14), found.by_stage),
    ):
        if groups:
            rows = [_group_row(group) for group in groups]
            persons = head.holds is Holds.PERSON
            clauses = any(group.clause for group in groups)
            heads = (head, *_GROUP_HEADS, *((Head("依据（条款）", Holds.LABEL, 18),) if clauses else ()))
            body = [_with_clause(row, group, clauses=clauses) for row, group in zip(rows, groups, strict=True)]
            total = _with_clause(_group_row(found.total, total=True), found.total, clauses=clauses)
            yield Table(name, f"问题件数（按{head.label}）", heads, (*body, total), tuple(notes), persons=persons)
    if found.changes:
        yield _changes(found)


def _group_row(group: IssueGroup, *, total: bool = False) -> Row:
    cells = (group.name, group.month, group.total, group.recorded, group.closed, group.done, group.working, group.late)
    return Row(cells, group.origins, total)


def _with_clause(row: Row, group: IssueGroup, *, clauses: bool) -> Row:
    return Row((*row.cells, group.clause), row.origins, row.total) if clauses else row


def _changes(found: IssueTally) -> Table:
    before = found.before
    assert before is not None, "changes come with their period"
    heads = (
        Head("类别", Holds.LABEL, 24), *counts("本期发现", "上期发现", "比上期增减"), Head("说明", Holds.LABEL, 14),
        *counts("上年同期"),
    )  # fmt: skip
    rows = [_change_row(change, total=change is found.changes[0]) for change in found.changes]
    note = f"上期：{before.start.isoformat()}至{before.end.isoformat()}。空白的，台账里没有那一期的记录，不是零。"
    return Table("问题-升降", "本期与上期问题件数比较（按类别）", heads, (*rows[1:], rows[0]), (note, CAUTION))


def _change_row(change: Change, *, total: bool) -> Row:
    moved = None if change.before is None else change.now - change.before
    words = "" if moved is None else _words(moved, sure=change.sure)
    return Row((change.name, change.now, change.before, moved, words, change.year_ago), change.origins, total)


def _words(moved: int, *, sure: bool) -> str:
    if not moved:
        return "持平"
    return ("明显上升" if moved > 0 else "明显下降") if sure else "件数少，不作结论"


def measure_tables(found: Hierarchy) -> Iterator[Table]:
    """Yield areas with their problems and measures, then each problem."""
    heads = (Head("整改内容", Holds.LABEL, 24), *counts("问题", "整改措施", "整改到位", "正在整改", "逾期"))
    rows = [_area_row(area) for area in found.areas]
    note = "一个问题下有几条措施的，问题算一个、措施各算一条；各条都完成的，问题才算整改到位。"
    total = _area_row(found.total, total=True)
    yield Table("整改-方面", "整改内容、问题和措施", heads, (*rows, total), (note,))
    problems = tuple(
        Row(
            (
                one.area, one.text[:MOST_TEXT], joined(one.units), one.measures, one.rows, one.done_rows, one.state,
                one.due, joined(one.leaders), joined(one.offices),
            ),
            one.origins,
        )
        for one in found.problems
    )  # fmt: skip
    heads = (
        Head("整改内容", Holds.LABEL, 16), Head("问题", Holds.TEXT, 44), Head("单位", Holds.TEXT, 20),
        *counts("措施", "台账行数", "完成行数"), Head("进度", Holds.LABEL, 10), Head("期限", Holds.DAY),
        Head("责任领导", Holds.PERSON, 14), Head("责任部门", Holds.TEXT, 20),
    )  # fmt: skip
    yield Table("整改-问题", "整改问题一览表", heads, problems, (note,))


def _area_row(area: MeasuredArea, *, total: bool = False) -> Row:
    return Row((area.name, area.problems, area.measures, area.done, area.working, area.late), area.origins, total)


_SCORED: Final = (
    Head("检查项数"), Head("得分", Holds.NUMBER), Head("满分", Holds.NUMBER), Head("得分率", Holds.RATE),
    Head("发现问题"),
)  # fmt: skip


def inspection_tables(found: Inspections) -> Iterator[Table]:
    """Yield the schools of this period, the items, school × month, the kinds, the flow of faults, what is open."""
    scored = "得分、满分只加两样都有的行；得分率＝得分÷满分。"
    for name, label, lines in (("巡查-分单位", "单位", found.by_unit), ("巡查-分项目", "检查项目", found.by_item)):
        if lines:
            rows = tuple(_scored_row(line) for line in lines)
            heads = (Head(label, Holds.LABEL, 30), *_SCORED)
            yield Table(name, f"本期巡查得分（按{label}）", heads, rows, (scored, *_left_out(found)))
    if len(found.months) > 1:
        yield _by_month(found, scored)
    if found.kinds:
        kinds = (Head("检查方式", Holds.LABEL, 20), *counts("本期次数", "累计次数", "到过单位", "发现问题"))
        rows = tuple(Row((one.name, one.month, one.total, one.units, one.faults), one.origins) for one in found.kinds)
        yield Table("巡查-方式", "巡查开展情况（按方式）", kinds, rows, ("一个单位一天算一次，看几项都算一次。",))
    yield from _carried(found)


def _left_out(found: Inspections) -> tuple[str, ...]:
    lines = (
        (found.undated, "行没有检查日，没有计入。"),
        (found.left_out, "行因单元格有错误或单位不在名册里，没有计入。"),
    )
    return tuple(f"有 {rows} {text}" for rows, text in lines if rows)


def _scored_row(line: Scored) -> Row:
    numbers = (line.score, line.full) if line.full else (None, None)
    return Row((line.name, line.rows, *numbers, line.rate, line.faults), line.origins)


def _by_month(found: Inspections, note: str) -> Table:
    names = dict.fromkeys(line.name for _, lines in found.months for line in lines)
    rates = {(month, line.name): line for month, lines in found.months for line in lines}
    rows = []
    for name in names:
        lines = [rates.get((month, name)) for month, _ in found.months]
        origins = sorted({origin for line in lines if line for origin in line.origins})
        cells: list[Content] = [line.rate if line else "" for line in lines]
        rows.append(Row((name, *cells), tuple(origins)))
    heads = (Head("单位", Holds.LABEL, 30), *(Head(month, Holds.RATE) for month, _ in found.months))
    return Table("巡查-逐月", "各单位逐月巡查得分率", heads, tuple(rows), (note, "空白的，当月没有检查。"))


def _carried(found: Inspections) -> Iterator[Table]:
    if any(one.carried or one.found for one in found.flow):
        heads = (Head("月份", Holds.LABEL, 12), *counts("上月转来", "本月发现", "本月整改", "月底未改"))
        rows = tuple(Row((one.month, one.carried, one.found, one.mended, one.left)) for one in found.flow)
        note = "没有写整改日、只写已整改的，按查到的当天整改算；后来的检查写明已整改的，按那一天算。"
        yield Table("巡查-转接", "巡查发现问题逐月转接情况", heads, rows, (note,))
    if found.open:
        heads_ = (
            Head("单位", Holds.LABEL, 24), Head("检查项目", Holds.LABEL, 18), Head("检查日", Holds.DAY),
            Head("存在问题", Holds.TEXT, 44), Head("整改期限", Holds.DAY), Head("后来又查到", Holds.LABEL, 10),
        )  # fmt: skip
        rows = tuple(
            Row((one.unit, one.item, one.found, one.text[:MOST_TEXT], one.due, "是" if one.again else ""), one.origins)
            for one in found.open
        )
        yield Table("巡查-未整改", "巡查发现、尚未整改的问题", heads_, rows)
