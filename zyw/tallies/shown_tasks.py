"""任务台账, 材料报送 and 活动台账 as tables."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from zyw.tallies.activities import Activities, Times
from zyw.tallies.submissions import Handed, Submissions
from zyw.tallies.table import TOTAL, Content, Head, Holds, Row, Table, counts, joined
from zyw.tallies.tasks import LAMP_RULE, Task, TaskGroup, Tasks

MOST_KINDS: Final = 10
"""So many kinds of activity have a column of their own in the table by unit; the others are one column."""
_ONCE: Final = "同一任务有几个领导、股室、单位的，各列一次，合计只算一次。"
_TASK_HEADS: Final = (
    Head("工作方面", Holds.LABEL, 16), Head("任务", Holds.TEXT, 44), Head("计量单位", Holds.LABEL, 9),
    Head("目标", Holds.NUMBER), Head("完成", Holds.NUMBER), Head("完成率", Holds.RATE), Head("期限", Holds.DAY),
    Head("亮灯", Holds.LAMP), Head("牵头领导", Holds.PERSON, 18), Head("责任股室", Holds.TEXT, 20),
    Head("责任单位", Holds.TEXT, 24), Head("责任人", Holds.PERSON, 14), Head("进展", Holds.TEXT, 30),
)  # fmt: skip
_GROUP_HEADS: Final = (*counts("任务数", "完成数"), Head("完成比例", Holds.RATE), *counts("绿", "黄", "红"))
_HANDED_HEADS: Final = (*counts("应报", "按时", "迟报", "未报", "未到期"),)


def task_tables(tasks: Tasks) -> Iterator[Table]:
    """Yield the list of tasks, then the tasks by area, leader, office, school and linked leader and office."""
    notes = (LAMP_RULE, *_left_out(tasks.left_out))
    rows = [_task_row(task) for task in tasks.lines]
    blank: list[Content] = [None] * (len(_TASK_HEADS) - 2)
    total = Row((TOTAL, f"{tasks.total.tasks} 项，完成 {tasks.total.done} 项", *blank), tasks.total.origins, total=True)
    yield Table("任务进展", "任务进展情况表", _TASK_HEADS, (*rows, total), notes)
    for name, head, groups in (
        ("任务-工作方面", Head("工作方面", Holds.LABEL, 30), tasks.by_area),
        ("任务-牵头领导", Head("牵头领导", Holds.PERSON, 24), tasks.by_leader),
        ("任务-责任股室", Head("责任股室", Holds.LABEL, 24), tasks.by_office),
        ("任务-责任单位", Head("责任单位", Holds.LABEL, 30), tasks.by_unit),
        ("任务-联系领导", Head("联系领导", Holds.PERSON, 24), tasks.by_linked_leader),
        ("任务-包保股室", Head("包保股室", Holds.LABEL, 24), tasks.by_linked_office),
    ):
        if groups:
            rows = [_group_row(group) for group in groups]
            total = _group_row(tasks.total, total=True)
            title = f"任务完成情况（按{head.label}）"
            persons = head.holds is Holds.PERSON
            yield Table(name, title, (head, *_GROUP_HEADS), (*rows, total), (_ONCE,), persons=persons)


def _left_out(rows: int) -> tuple[str, ...]:
    return (f"有 {rows} 行因单元格有错误或单位不在名册里，没有计入。",) if rows else ()


def _task_row(task: Task) -> Row:
    return Row(
        (
            task.area, task.text, task.measure, task.target, task.actual, task.rate, task.due, task.lamp,
            joined(task.leaders), joined(task.offices), joined(task.units), joined(task.persons), task.progress,
        ),
        task.origins,
    )  # fmt: skip


def _group_row(group: TaskGroup, *, total: bool = False) -> Row:
    cells = (group.name, group.tasks, group.done, group.rate, group.green, group.yellow, group.red)
    return Row(cells, group.origins, total)


def submission_tables(found: Submissions) -> Iterator[Table]:
    """Yield what is late or missing, then the counts by document and by unit, then unit × document."""
    notes = _left_out(found.left_out)
    if found.late_or_missing:
        heads = (
            Head("单位", Holds.LABEL, 24), Head("材料名称", Holds.TEXT, 30), Head("应报日", Holds.DAY),
            Head("报送日", Holds.DAY), Head("情况", Holds.LABEL, 8), Head("超期天数"),
        )  # fmt: skip
        rows = tuple(
            Row((one.unit, one.document, one.due, one.handed, one.shown, one.late_days), one.origins)
            for one in found.late_or_missing
        )
        yield Table("材料-迟报未报", "材料迟报、未报情况表", heads, rows, notes)
    for name, label, groups in (("材料-分材料", "材料名称", found.by_document), ("材料-分单位", "单位", found.by_unit)):
        last = (Head("应报日", Holds.LABEL, 24),) if label == "材料名称" else ()
        heads = (Head(label, Holds.LABEL, 30), *_HANDED_HEADS, *last)
        rows = tuple(_handed_row(group, due=bool(last)) for group in groups)
        total = _handed_row(found.total, due=bool(last), total=True)
        yield Table(name, f"材料报送情况（按{label}）", heads, (*rows, total), notes)
    if len(found.by_document) <= MOST_KINDS:
        yield _cross(found)


def _handed_row(group: Handed, *, due: bool, total: bool = False) -> Row:
    days = "、".join(day.isoformat() for day in group.due[:2]) + (" 等" if len(group.due) > 2 else "")
    cells = (group.name, group.owed, group.in_time, group.late, group.missing, group.not_due)
    return Row((*cells, *(("" if total else days,) if due else ())), group.origins, total)


def _cross(found: Submissions) -> Table:
    """Return unit × document; several due days of one document stand in one cell, one after another."""
    names = [group.name for group in found.by_document]
    cells: dict[tuple[str, str], list[str]] = {}
    for line in found.lines:
        cells.setdefault((line.unit, line.document), []).append(line.shown)
    rows = tuple(
        Row((group.name, *("、".join(cells.get((group.name, name), ())) for name in names)), group.origins)
        for group in found.by_unit
    )
    heads = (Head("单位", Holds.LABEL, 24), *(Head(name, Holds.LABEL, 18) for name in names))
    return Table("材料-单位对材料", "各单位材料报送情况一览表", heads, rows, ("空白的，表里没有要求该单位报。",))


def activity_tables(found: Activities) -> Iterator[Table]:
    """Yield the activities by kind, by medium, by level of adoption, by unit; and the talks."""
    notes = (
        "“本期”是报告期，“累计”从考核期第一天算起；没有写次数的一行算一次。",
        *((f"有 {found.undated} 行没有日期，不在任何一期里。",) if found.undated else ()),
        *_left_out(found.left_out),
    )
    if found.by_kind:
        people = (Head("本期人次", Holds.NUMBER), Head("累计人次", Holds.NUMBER))
        rows = [_times_row(each, people=True) for each in found.by_kind]
        total = _times_row(found.total, people=True, total=True)
        heads = (Head("活动", Holds.LABEL, 30), *_TIMES, *people)
        yield Table("活动-分类", "活动开展情况（按类）", heads, (*rows, total), notes)
    for name, title, label, times in (
        ("宣传-分媒体", "宣传稿件刊播情况（按媒体）", "媒体", found.by_medium),
        ("宣传-采用级别", "信息被采用情况（按级别）", "采用级别", found.by_level),
    ):
        if times:
            rows = [_times_row(each) for each in times]
            yield Table(name, title, (Head(label, Holds.LABEL, 30), *_TIMES), (*rows, _sum(times)), notes[:1])
    yield from _by_unit(found)
    if found.talks:
        talked = (Head("单位", Holds.LABEL, 30), *_TIMES, Head("谈话对象"))
        talks = [
            Row((each.unit, _number(each.month), _number(each.total), each.persons), each.origins)
            for each in found.talks
        ]
        note = "谈话对象按姓名计人，同一单位同一人谈几次算一人；没有写姓名的不计人。诫勉谈话是处理方式，不在内。"
        yield Table("谈心谈话", "谈心谈话情况表", talked, tuple(talks), (note,))


_TIMES: Final = (Head("本期", Holds.NUMBER), Head("累计", Holds.NUMBER))


def _number(value: Fraction) -> Content:
    return value.numerator if value.denominator == 1 else value


def _times_row(each: Times, *, people: bool = False, total: bool = False) -> Row:
    more = (_number(each.people_month), _number(each.people_total)) if people else ()
    return Row((each.name, _number(each.month), _number(each.total), *more), each.origins, total)


def _sum(times: Sequence[Times]) -> Row:
    month, total = (sum((getattr(each, name) for each in times), Fraction(0)) for name in ("month", "total"))
    origins = sorted({origin for each in times for origin in each.origins})
    return Row((TOTAL, _number(month), _number(total)), tuple(origins), total=True)


def _by_unit(found: Activities) -> Iterator[Table]:
    """Yield unit × kind, the commonest kinds first; a unit that did nothing has blanks, so that it is seen."""
    if not found.by_unit or not found.by_kind:
        return
    order = sorted(range(len(found.by_kind)), key=lambda at: (-found.by_kind[at].total, found.by_kind[at].name))
    own, others = order[:MOST_KINDS], order[MOST_KINDS:]
    heads = [Head("单位", Holds.LABEL, 30), *(Head(found.by_kind[at].name, Holds.NUMBER) for at in own)]
    heads += [Head("其他", Holds.NUMBER)] if others else []
    rows = []
    for each in found.by_unit:
        cells = [each.times[at] for at in own]
        cells += [sum((each.times[at] for at in others), Fraction(0))] if others else []
        rows.append(Row((each.unit, *(_number(cell) if cell else None for cell in cells)), each.origins))
    yield Table(
        "活动-分单位", "各单位活动开展情况（累计）", tuple(heads), tuple(rows), ("空白的，没有这类活动的记录。",)
    )
