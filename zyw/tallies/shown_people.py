"""Tables of persons and of lists: 轮岗, 培养, 动态档案 (inside the office only), 三个一批, 表彰."""

from collections.abc import Iterator
from typing import Final

from zyw.tallies.dossiers import Dossier, Dossiers, Quarter
from zyw.tallies.lists import Batch, Entry, Lists
from zyw.tallies.people import QUARTERS, Followed, Listed, Moves, Rotations, Training
from zyw.tallies.table import Head, Holds, Row, Table, counts, joined

MOST_LISTED: Final = 2000
"""A longer list is counted, not printed: nobody reads it, and the ledgers have it."""
_MOVES: Final = counts("本期人次", "累计人次")


def rotation_tables(found: Rotations) -> Iterator[Table]:
    """Yield the moves by direction, between which units, and who moved."""
    notes = (
        "方向没有写的，按两个单位在名册里的学段写；名册里没有的单位写“名册外”。",
        *((f"有 {found.undated} 人没有写交流日，只列在名单里。",) if found.undated else ()),
    )
    for name, label, groups in (
        ("轮岗-方向", "交流方向", found.by_direction),
        ("轮岗-单位", "调出→调入", found.by_way),
    ):
        if groups:
            rows = (*(_moves_row(group) for group in groups), _moves_row(found.total, total=True))
            yield Table(name, f"轮岗交流情况（按{label}）", (Head(label, Holds.LABEL, 40), *_MOVES), rows, notes)
    heads = (
        Head("姓名", Holds.PERSON, 10), Head("调出单位", Holds.LABEL, 22), Head("原职务", Holds.LABEL, 14),
        Head("调入单位", Holds.LABEL, 22), Head("现职务", Holds.LABEL, 14), Head("交流方向", Holds.LABEL, 18),
        Head("交流日", Holds.DAY),
    )  # fmt: skip
    lines = tuple(
        Row((one.name, one.start, one.old_post, one.end, one.new_post, one.direction, one.day), one.origins)
        for one in found.lines
    )
    yield Table("轮岗-名单", "轮岗交流人员名单", heads, lines, notes[1:], persons=True)


def _moves_row(group: Moves, *, total: bool = False) -> Row:
    return Row((group.name, group.month, group.total), group.origins, total)


def training_tables(found: Training) -> Iterator[Table]:
    """Yield the lists and tags with how many were followed this quarter, and the persons with each quarter."""
    note = f"“本季有跟踪”指 {found.quarter} 写了跟踪情况；已经结束的人不在各列之内，名单里仍列出。"
    for name, label, groups in (("培养-名单类别", "名单", found.by_list), ("培养-标签", "标签", found.by_tag)):
        if groups:
            rows = (*(_listed_row(group) for group in groups), _listed_row(found.total, total=True))
            heads = (Head(label, Holds.LABEL, 30), *counts("人数", "本季有跟踪", "本季没有跟踪"))
            yield Table(
                name, f"重点干部教师培养情况（按{label}）", heads, rows, (note, "一人在几个名单里的，合计算一人。")
            )
    heads = (
        Head("姓名", Holds.PERSON, 10), Head("单位", Holds.LABEL, 22), Head("职务", Holds.LABEL, 14),
        Head("名单", Holds.LABEL, 14), Head("标签", Holds.LABEL, 20), Head("一线岗位", Holds.LABEL, 20),
        Head("起始日", Holds.DAY), Head("结束日", Holds.DAY),
        *(Head(quarter, Holds.TEXT, 24) for quarter in QUARTERS),
    )  # fmt: skip
    rows = tuple(_followed_row(line) for line in found.lines)
    yield Table("培养-人员", "重点干部教师跟踪培养一览表", heads, rows, (note,), persons=True)


def _listed_row(group: Listed, *, total: bool = False) -> Row:
    cells = (group.name, group.persons, group.followed, group.persons - group.followed)
    return Row(cells, group.origins, total)


def _followed_row(line: Followed) -> Row:
    who = (line.name, line.unit, line.post, joined(line.lists), joined(line.tags), line.front, line.since, line.until)
    return Row((*who, *line.quarters), line.origins)


def dossier_tables(found: Dossiers) -> Iterator[Table]:
    """Yield one line a person: this quarter, the one before, and what changed."""
    heads = (
        Head("单位", Holds.LABEL, 22), Head("姓名", Holds.PERSON, 10), Head("职务", Holds.LABEL, 12),
        Head("问题"), Head("上季问题"), Head("谈话"), Head("上季谈话"), Head("处理", Holds.TEXT, 18),
        Head("上季处理", Holds.TEXT, 18), Head("表现", Holds.LABEL, 9), Head("上季表现", Holds.LABEL, 9),
        Head("变化", Holds.LABEL, 10), Head("重点关注", Holds.LABEL, 8), Head("帮扶", Holds.TEXT, 28),
        Head("帮扶人", Holds.PERSON, 10),
    )  # fmt: skip
    notes = (
        f"季度：{found.quarter}。问题、谈话是件（次）数；处理只列截至日仍然有效的。",
        "“变化”只比两季记录的表现，不评分；两季之一没有记录表现的空着。",
    )
    rows = tuple(_dossier_row(line) for line in found.lines)
    yield Table("动态档案", "干部教师表现动态档案（季度）", heads, rows, notes, persons=True)


def _dossier_row(line: Dossier) -> Row:
    now, before = line.now, line.before
    watched = _watched(now, before)
    return Row(
        (
            line.unit, line.name, line.post, now.issues, before.issues, now.talks, before.talks, joined(now.measures),
            joined(before.measures), now.grade, before.grade, line.change, watched, now.support, now.helper,
        ),
        line.origins,
    )  # fmt: skip


def _watched(now: Quarter, before: Quarter) -> str:
    if now.watched:
        return "是"
    return "解除" if before.watched else ""


def list_tables(found: Lists) -> Iterator[Table]:
    """Yield the three lists with their counts, each list, and who was commended."""
    three = found.three
    if three:
        heads = (Head("名单", Holds.LABEL, 24), *counts("本期", "累计", "涉及单位"))
        rows = tuple(Row((f"{each.name}一批", each.month, each.total, each.units), each.origins) for each in three)
        notes = (
            "查纠整改是已经完成的问题，查处通报是截至日仍然有效的处理，警示教育是这类活动的场数。",
            *(f"{each.name}一批超过 {MOST_LISTED} 行，不列名单。" for each in three if len(each.lines) > MOST_LISTED),
        )
        yield Table("三个一批", "查纠整改、查处通报、警示教育一批", heads, rows, notes)
    for batch, what, remark in (
        (found.rectified, Head("类别", Holds.LABEL, 24), Head("编号", Holds.LABEL, 18)),
        (found.dealt_with, Head("处理方式", Holds.LABEL, 18), Head("依据（条款）", Holds.LABEL, 18)),
        (found.warned, Head("活动", Holds.TEXT, 40), Head("人次", Holds.LABEL, 12)),
        (found.commended, Head("荣誉", Holds.TEXT, 34), Head("级别", Holds.LABEL, 12)),
    ):
        if batch is not None and 0 < len(batch.lines) <= MOST_LISTED:
            yield _batch(batch, what, remark)


def _batch(batch: Batch, what: Head, remark: Head) -> Table:
    """Return one list; a list of measures is about persons and stays in the office."""
    named = any(line.person for line in batch.lines)
    person = (Head("姓名", Holds.PERSON, 10),) if named else ()
    heads = (Head("单位", Holds.LABEL, 26), *person, what, Head("日期", Holds.DAY), remark)
    rows = tuple(_entry(line, named=named) for line in batch.lines)
    praise = batch.name == "表彰"
    name = "表彰名单" if praise else f"{batch.name}一批"
    return Table(name, name, heads, rows, persons=named and not praise)


def _entry(line: Entry, *, named: bool) -> Row:
    cells = (line.unit, *((line.person,) if named else ()), line.what, line.day, line.remark)
    return Row(cells, line.origins)
