import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import dayuan, year
from tests.grids import codes, grid, places, read
from zyw.checks.view import View
from zyw.issue_facts import count_issues
from zyw.ledger import Ledger
from zyw.naming.several import split_people, split_units
from zyw.rowfaults import Faults
from zyw.scoring import score

UNITS = frozenset(("第一中学", "第二中学", "实验小学", "和平小学", "教务处", "一小", "二小", "县一中", "县二中"))
SANCTIONS = "单位 | 姓名 | 职务 | 处理方式 | 处理时间 | 工号\n"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("第一中学、第二中学", ("第一中学", "第二中学")),
        ("第一中学，实验小学；第二中学", ("第一中学", "实验小学", "第二中学")),
        ("第一中学/第二中学", ("第一中学", "第二中学")),
        ("第一中学\n第二中学", ("第一中学", "第二中学")),
        ("第一中学 第二中学", ("第一中学", "第二中学")),
        ("第一中学和第二中学", ("第一中学", "第二中学")),
        ("和平小学", ("和平小学",)),
        ("和平小学、教务处", ("和平小学", "教务处")),
        ("第一中学、大院中学", ("第一中学", "大院中学")),
        ("一、二小", ("一小", "二小")),
        ("县一、二中", ("县一中", "县二中")),
        ("第一中学、第一中学", ("第一中学",)),
        ("第一中学、", ("第一中学",)),
        ("、第一中学；", ("第一中学",)),
        ("、", ("、",)),
        ("大院中学、某某小学", ("大院中学、某某小学",)),
        ("某 校", ("某 校",)),
        ("", ("",)),
    ],
)
def test_a_cell_is_cut_where_its_parts_are_units(text: str, units: tuple[str, ...]) -> None:
    assert split_units(text, UNITS.__contains__) == units


def test_without_a_roster_a_cell_is_cut_at_marks_that_no_name_has() -> None:
    assert split_units("教务处、教研室、财务部门", None) == ("教务处", "教研室", "财务部门")
    assert split_units("小学部/初中部", None) == ("小学部/初中部",)
    assert split_units("第一 中学", None) == ("第一 中学",)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("张三、李四", ("张三", "李四")),
        ("张三，李四；王五", ("张三", "李四", "王五")),
        ("张三 李四", ("张三", "李四")),
        ("欧阳修文 李四", ("欧阳修文", "李四")),
        ("张三\n李四", ("张三", "李四")),
        ("张三/李四", ("张三", "李四")),
        ("张三（校长、书记）", ("张三（校长、书记）",)),
        ("张三等5人", ("张三等5人",)),
        ("张三、李四等人", ("张三、李四等人",)),
        ("李和平", ("李和平",)),
        ("张三、张三", ("张三",)),
        ("王 五", ("王 五",)),
        ("", ("",)),
    ],
)
def test_people_are_cut_apart_and_titles_in_brackets_stay(text: str, people: tuple[str, ...]) -> None:
    assert split_people(text) == people


def rows_of(text: str) -> tuple[Ledger, list[tuple[str, ...]], list[str]]:
    ledger, problems = read(grid(SANCTIONS + text))
    return ledger, list(ledger.rows["追责台账"].rows("单位", "姓名", "职务", "工号")), codes(problems)


def test_each_person_gets_the_row_with_the_title_that_is_theirs() -> None:
    ledger, rows, found = rows_of("一中 | 张三、李四 | 校长、教师 | 通报批评 | 2012-4-2 | 01、02")
    assert rows == [("第一中学", "张三", "校长", "01"), ("第一中学", "李四", "教师", "02")]
    assert ledger.rows["追责台账"]["origin"].tolist() == [ledger.rows["追责台账"]["origin"][0]] * 2
    assert "U011" in found
    scores, _ = score(ledger, dayuan(), year())
    points = dict(scores.unit_rows.rows("unit", "score"))
    assert points["第一中学"] == 93_000_000


def test_one_title_is_everybodys_and_a_number_is_nobodys() -> None:
    _, rows, found = rows_of("一中 | 张三 李四 | 教师 | 通报批评 | 2012-4-2 | 01")
    assert rows == [("第一中学", "张三", "教师", ""), ("第一中学", "李四", "教师", "")]
    assert "U012" in found


def test_titles_that_do_not_match_in_number_are_doubtful() -> None:
    _, rows, found = rows_of("一中 | 张三、李四、王五 | 校长、教师 | 通报批评 | 2012-4-2 |")
    assert {title for _, _, title, _ in rows} == {"校长、教师"}
    assert "U012" in found


def test_as_many_people_as_units_go_together_in_their_order() -> None:
    _, rows, found = rows_of("一中、实小 | 张三、李四 | 教师 | 通报批评 | 2012-4-2 |")
    assert [row[:2] for row in rows] == [("第一中学", "张三"), ("实验小学", "李四")]
    assert "U014" in found


def test_another_number_of_people_than_units_is_refused() -> None:
    ledger, rows, found = rows_of("一中、实小 | 张三、李四、王五 | 教师 | 通报批评 | 2012-4-2 |")
    assert [row[:2] for row in rows] == [("第一中学", ""), ("实验小学", "")]
    assert "U013" in found
    assert {name for _, name in ledger.faults} == {"姓名"}
    scores, _ = score(ledger, dayuan(), year())
    assert {unit: n for unit, n in scores.unit_rows.rows("unit", "rows_not_used") if n} == {
        "第一中学": 1,
        "实验小学": 1,
    }


def test_a_title_in_brackets_is_no_part_of_the_name() -> None:
    _, rows, _ = rows_of(
        "一中 | 张三（校长） | | 通报批评 | 2012-4-2 |\n一中 | 李四(教师) | 班主任 | 通报批评 | 2012-4-2 |"
    )
    assert [row[1:3] for row in rows] == [("张三", "校长"), ("李四", "班主任")]
    _, both, _ = rows_of("一中 | 张三（校长）、李四（教师） | | 通报批评 | 2012-4-2 |")
    assert [row[1:3] for row in both] == [("张三", "校长"), ("李四", "教师")]
    ledger, _ = read(grid("单位 | 姓名 | 处理方式\n一中 | 张三（校长） | 通报批评\n一中 | 张三（大） | 通报批评"))
    assert list(ledger.rows["追责台账"].rows("姓名", "职务")) == [("张三", "校长"), ("张三（大）", "")]


def test_an_issue_of_three_units_is_one_issue_and_stands_with_each() -> None:
    ledger, problems = read(
        grid(
            "单位 | 问题 | 发现日 | 期限\n一中、二中、实小 | 迟到 | 2012-3-1 | 2012-4-1\n二中 | 早退 | 2012-3-2 | 2012-4-1"
        )
    )
    issues = count_issues(ledger, dayuan(), year())
    assert (issues.recorded, issues.found.total, issues.late, issues.done + issues.working + issues.late) == (
        2,
        2,
        2,
        2,
    )
    assert sorted(one.unit for one in issues.overdue) == ["实验小学", "第一中学", "第二中学", "第二中学"]
    assert {each.name: each.total for each in issues.by_kind} == {"初中": 1, "小学": 0, "几个学段": 1}
    assert places(problems, "U010") == ["台账.xlsx ▸ Sheet1!A2"]


def test_a_part_nobody_knows_is_refused_and_the_others_keep_the_row() -> None:
    ledger, problems = read(grid("单位 | 问题\n一中、大院中学 | 迟到"))
    assert ledger.rows["问题台账"]["单位"].tolist() == ["第一中学", ""]
    assert not ledger.faults
    assert "大院中学" in next(p.message for p in problems if p.code == "U001")
    assert ledger.strangers == ("大院中学",)
    issues = count_issues(ledger, dayuan(), year())
    assert (issues.recorded, issues.left_out) == (1, 0)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(("一中", "二中", "实小")), min_size=1, max_size=3), min_size=1, max_size=6))
def test_splitting_keeps_every_origin_once_and_gives_every_unit_its_row(cells: list[list[str]]) -> None:
    ledger, _ = read(grid("单位 | 问题\n" + "\n".join(f"{'、'.join(cell)} | 事{i}" for i, cell in enumerate(cells))))
    rows = ledger.rows["问题台账"]
    expected = {(f"事{i}", unit) for i, cell in enumerate(cells) for unit in cell}
    short = {"第一中学": "一中", "第二中学": "二中", "实验小学": "实小"}
    assert {(what, short[unit]) for what, unit in rows.rows("问题", "单位")} == expected
    assert len(rows) == len(expected)
    assert len(set(rows["origin"].tolist())) == len(cells)
    assert rows.once()["问题"].tolist() == [f"事{i}" for i in range(len(cells))]
    assert [ledger.origins.locate(o).row for o in dict.fromkeys(rows["origin"].tolist())] == [
        2 + i for i in range(len(cells))
    ]


def test_the_checks_see_a_row_once_however_many_it_names() -> None:
    ledger, _ = read(grid(SANCTIONS + "一中 | 张三、李四、王五 | 教师 | 通报批评 | 2012-4-2 |"))
    assert len(ledger.rows["追责台账"]) == 3
    assert len(View(ledger, "追责台账", Faults(ledger.origins)).rows) == 1
