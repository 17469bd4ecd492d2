"""材料报送 with a document a column becomes long rows whose cells stand where the sheet has them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grids import codes, grid, places, read
from zyw.facts import submissions_due
from zyw.finding.wide import Handed, document_name, due_in, parse_handed
from zyw.ledger import Ledger
from zyw.periods import Period, Span
from zyw.sheets import Merge

TITLE = "治庸问责材料报送情况登记表\n"
HEAD = TITLE + "序号 | 单位 | 实施方案（2011年12月31日前） | 学习笔记 | 心得体会 | 备注\n"


def rows_of(ledger: Ledger) -> list[tuple[str, str, str, str, str]]:
    rows = ledger.rows["材料报送"]
    names = ("单位", "材料名称", "报送日", "份数", "是否报送")
    return [
        (unit, name, "" if day is None else str(day)[:10], "" if copies is None else f"{copies:.0f}", came)
        for unit, name, day, copies, came in rows.rows(*names)
    ]


def test_a_document_a_column_is_read_as_a_row_a_document() -> None:
    sheet = grid(HEAD + "1 | 一中 | 2011-12-28 | #2 | √ | 无\n2 | 二中 | 未交 | | 2012年3月5日 |")
    ledger, problems = read(sheet)
    assert rows_of(ledger) == [
        ("第一中学", "实施方案", "2011-12-28", "", "是"),
        ("第二中学", "实施方案", "", "", "否"),
        ("第一中学", "学习笔记", "", "2", "是"),
        ("第二中学", "学习笔记", "", "", ""),
        ("第一中学", "心得体会", "", "", "是"),
        ("第二中学", "心得体会", "2012-03-05", "", "是"),
    ]
    assert not [p for p in problems if p.severity.word == "error"]
    dues = ledger.rows["材料报送"]["应报日"].tolist()
    assert [d and d.date() for d in dues[:3]] == [date(2011, 12, 31), date(2011, 12, 31), None]


def test_the_origin_of_each_row_is_the_documents_cell() -> None:
    ledger, _ = read(grid(HEAD + "1 | 一中 | √ | √ | √ |\n2 | 二中 | √ | √ | √ |"))
    origins = ledger.rows["材料报送"]["origin"].tolist()
    cells = [ledger.origins.locate(o, ("单位", "报送日")).cells for o in origins]
    assert cells == [("B3", "C3"), ("B4", "C4"), ("B3", "D3"), ("B4", "D4"), ("B3", "E3"), ("B4", "E4")]


def test_the_sheet_is_reported_once_with_its_documents() -> None:
    ledger, _ = read(grid(HEAD + "1 | 一中 | √ | √ | √ |\n合计 | | #1 | #1 | #1 |"))
    (report,) = [r for r in ledger.sheets if r.file == "台账.xlsx"]
    assert (report.table, report.rows) == ("材料报送", 1)
    assert [(c.letter, c.field, c.how) for c in report.columns] == [
        ("A", None, ""),
        ("B", "单位", "本名"),
        ("C", "材料名称", "材料"),
        ("D", "材料名称", "材料"),
        ("E", "材料名称", "材料"),
        ("F", "备注", "本名"),
    ]
    assert report.left_out == (("合计", (4,)),)


def test_a_head_over_the_documents_is_enough() -> None:
    text = "单位 | 材料名称 | | \n | 甲 | 乙 | 丙\n一中 | √ | | √"
    ledger, _ = read(grid(text, merges=(Merge(1, 0, 2, 0), Merge(1, 1, 1, 3))))
    assert [row[1] for row in rows_of(ledger)] == ["甲", "乙", "丙"]


def test_names_of_documents_over_marks_are_enough() -> None:
    ledger, _ = read(grid("学校 | 实施方案 | 工作总结\n一中 | √ | ×"))
    assert [(row[1], row[4]) for row in rows_of(ledger)] == [("实施方案", "是"), ("工作总结", "否")]


@pytest.mark.parametrize(
    "text",
    [
        "学校 | 班级数 | 学生数\n一中 | #12 | #600",
        "学校 | 班级数 | 教师数 | 学生数\n一中 | #12 | #30 | #600",
        "学校 | 食堂 | 校车\n一中 | √ | ×",
        "学校 | 甲 | 乙\n一中 | #1 | #2",
        "县区 | 方案 | 总结\n某县 | √ | √",
        "学校 | 工作总结 | 工作计划\n一中 | 全年做了三件大事 | 明年再做三件",
    ],
)
def test_a_statistic_is_no_list_of_documents(text: str) -> None:
    ledger, _ = read(grid(text))
    assert "材料报送" not in ledger.rows
    assert {r.table for r in ledger.sheets if r.file == "台账.xlsx"} == {None}


def test_a_unit_misspelt_is_told_once_however_many_documents_there_are() -> None:
    _, problems = read(grid(HEAD + "1 | 一种 | √ | √ | √ |"))
    assert places(problems, "U001") == ["台账.xlsx ▸ Sheet1!B3"]


def test_what_is_no_mark_is_told_at_its_cell() -> None:
    rows = "".join(f"{i} | 一中 | √ | √ | √ |\n" for i in range(60))
    _, problems = read(grid(HEAD + rows + "61 | 二中 | 2012.2.30 | 明天 | √ |"))
    assert places(problems, "L002") == ["台账.xlsx ▸ Sheet1!C63"]
    assert places(problems, "L001") == ["台账.xlsx ▸ Sheet1!D63"]


def test_who_owes_nothing_has_no_row() -> None:
    ledger, _ = read(grid(HEAD + "1 | 一中 | 免报 | √ | √ |\n2 | 二中 | √ | √ | √ |"))
    assert [row[0] for row in rows_of(ledger) if row[1] == "实施方案"] == ["第二中学"]


def test_a_date_without_a_year_takes_the_sheets() -> None:
    ledger, problems = read(grid("2012年" + HEAD + "1 | 一中 | 3月5日交 | √ | √ |"))
    assert rows_of(ledger)[0][2] == "2012-03-05"
    assert "L009" in codes(problems)


@pytest.mark.parametrize(
    ("label", "name", "due"),
    [
        ("实施方案", "实施方案", None),
        ("实施方案（2011年12月31日前）", "实施方案", date(2011, 12, 31)),
        ("报送材料/总结(6月底)", "总结", date(2012, 6, 30)),
        ("心得体会（一人一篇）", "心得体会（一人一篇）", None),
    ],
)
def test_a_label_names_the_document_and_may_say_by_when(label: str, name: str, due: date | None) -> None:
    assert (document_name(label), due_in(label, 2012)) == (name, due)


@given(
    st.sampled_from(["√", "已交", "×", "未交", "免报", "", "/"]),
    st.integers(0, 999),
    st.dates(date(2000, 1, 1), date(2100, 12, 31)),
)
def test_every_mark_number_and_day_is_understood(mark: str, copies: int, day: date) -> None:
    assert isinstance(parse_handed(mark), Handed)
    said = parse_handed(float(copies))
    assert isinstance(said, Handed)
    assert said.copies == copies
    assert (said.came == "是") is (copies > 0)
    written = parse_handed(f"{day.year}.{day.month}.{day.day}")
    assert isinstance(written, Handed)
    assert written.day == day


def test_what_came_without_a_date_is_neither_late_nor_missing() -> None:
    ledger, _ = read(
        grid(
            "2012年"
            + HEAD.replace("2011年12月31日前", "4月30日前")
            + "1 | 一中 | √ | √ | √ |\n2 | 二中 | 未交 | √ | √ |"
        )
    )
    year = Period(date(2012, 1, 1), date(2012, 12, 31))
    found = submissions_due(ledger, Span(year, None, date(2012, 5, 31)))
    assert [(each.unit, each.document, each.days) for each in found] == [("第二中学", "实施方案", 31)]
