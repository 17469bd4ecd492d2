from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.grids import ROSTER, codes, grid, places, read
from zyw.assembly import read_ledger
from zyw.periods import Period
from zyw.sheets import Book

SANCTIONS = "单位 | 姓名 | 处理方式 | 处理时间\n"


def test_a_bad_cell_is_told_at_its_place_and_its_row_stays() -> None:
    ledger, problems = read(grid(SANCTIONS + "一中 | 王某 | 警告 | 2012.2.30\n二中 | 李某 | 警告 | 2012.3.1"))
    frame = ledger.rows["追责台账"]
    assert places(problems, "L002") == ["台账.xlsx ▸ Sheet1!D2"]
    assert np.isnat(frame["处理时间"]).tolist() == [True, False]
    assert ledger.faults == {(int(frame["origin"][0]), "处理时间")}


def test_the_excerpt_shows_row_unit_and_the_faulty_cell_only() -> None:
    _, problems = read(grid("序号 | 单位 | 姓名 | 处理方式 | 处理时间\n7 | 一中 | 王某 | 警告 | 昨天"))
    assert next(p.excerpt for p in problems if p.code == "L001") == ("2", "7", "一中", "昨天")


def test_a_yearless_date_takes_the_year_of_the_sheet_before_that_of_the_run() -> None:
    year = Period(date(2013, 1, 1), date(2013, 12, 31))
    of_sheet, told = read(grid("2012年台账\n" + SANCTIONS + "一中 | 王某 | 警告 | 3月5日"), period=year)
    of_run, _ = read(grid(SANCTIONS + "一中 | 王某 | 警告 | 3月5日"), period=year)
    nobody, refused = read(grid(SANCTIONS + "一中 | 王某 | 警告 | 3月5日"))
    assert [str(led.rows["追责台账"]["处理时间"][0])[:10] for led in (of_sheet, of_run)] == [
        "2012-03-05",
        "2013-03-05",
    ]
    assert "L009" in codes(told)
    assert "L004" in codes(refused)
    assert nobody.faults


def test_a_complainant_is_dropped_as_the_row_is_read() -> None:
    ledger, problems = read(
        grid("单位 | 问题 | 举报人 | 联系电话\n一中 | 张三丰反映教师迟到，电话13800138000 | 张三丰 | 13800138000")
    )
    frame = ledger.rows["问题台账"]
    text = frame.frame().to_csv() + repr(problems) + repr(ledger)
    assert "13800138000" not in text
    assert not [column for column in frame.columns if "举报" in column]
    assert places(problems, "S005") == ["台账.xlsx ▸ Sheet1"]


def test_the_same_row_from_two_files_counts_once_and_both_are_named() -> None:
    one = grid("序号 | 单位 | 问题 | 发现日\n1 | 一中 | 迟到 | 2012-3-1\n2 | 二中 | 早退 | 2012-3-2", file="a.xlsx")
    two = grid("序号 | 单位 | 问题 | 发现日\n9 | 一中 | 迟到 | 2012-3-1", file="b.xlsx")
    ledger, problems = read(one, two)
    assert len(ledger.rows["问题台账"]) == 2
    told = next(p for p in problems if p.code == "L013")
    assert str(told.place) == "b.xlsx ▸ Sheet1!B2"
    assert "a.xlsx ▸ Sheet1!B2" in told.message


def test_equal_words_in_the_returns_of_two_schools_are_two_things() -> None:
    head = "填报单位：{}\n问题 | 类别 | 整改措施 | 整改时限\n厕所卫生差 | 卫生 | 打扫 | 2012-3-5"
    one, two = (grid(head.format(unit), file=f"{unit}.xlsx") for unit in ("一中", "二中"))
    again = grid(head.format("一中"), file="一中（再报）.xlsx")
    ledger, problems = read(one, two)
    assert ledger.rows["问题台账"]["单位"].tolist() == ["第一中学", "第二中学"]
    assert not {"L013", "L015"} & set(codes(problems))
    once, told = read(one, two, again)
    assert len(once.rows["问题台账"]) == 2
    assert "L013" in codes(told)


def test_equal_rows_in_one_file_are_two_events() -> None:
    ledger, problems = read(grid("单位 | 问题\n一中 | 迟到\n一中 | 迟到"))
    assert len(ledger.rows["问题台账"]) == 2
    assert "L013" not in codes(problems)


def test_rows_that_differ_only_in_an_unknown_column_are_two() -> None:
    one = grid("单位 | 问题 | 节次\n一中 | 迟到 | 第一节", file="a.xlsx")
    two = grid("单位 | 问题 | 节次\n一中 | 迟到 | 第二节", file="b.xlsx")
    assert len(read(one, two)[0].rows["问题台账"]) == 2


def test_a_field_that_one_sheet_lacks_is_blank_there_and_known_to_be_absent() -> None:
    one = grid("单位 | 姓名 | 处理方式 | 是否核实\n一中 | 王某 | 警告 | 是", file="a.xlsx")
    two = grid("单位 | 姓名 | 处理方式\n二中 | 李某 | 警告", file="b.xlsx")
    ledger, _ = read(one, two)
    frame = ledger.rows["追责台账"]
    assert frame["是否核实"].tolist() == ["是", ""]
    assert [ledger.origins.has(int(o), "是否核实") for o in frame["origin"]] == [True, False]


def test_error_cells_and_uncalculated_formulas_are_faults_of_their_row() -> None:
    sheet = replace(
        grid("单位 | 问题 | 扣分\n一中 | 迟到 |\n二中 | 早退 |"), errors={"C2": "#REF!"}, uncalculated=frozenset({"C3"})
    )
    ledger, problems = read(sheet)
    assert places(problems, "L011") == ["台账.xlsx ▸ Sheet1!C2"]
    assert places(problems, "L012") == ["台账.xlsx ▸ Sheet1!C3"]
    assert {name for _, name in ledger.faults} == {"扣分"}


def test_hidden_rows_and_sheets_are_used_and_told() -> None:
    sheet = replace(grid("单位 | 问题\n一中 | 迟到\n二中 | 早退"), hidden_rows=(2, 3), hidden=True)
    ledger, problems = read(sheet)
    assert len(ledger.rows["问题台账"]) == 2
    assert next(p.message for p in problems if p.code == "S009") == "第2–3行是隐藏的，已照常读入"
    assert "S010" in codes(problems)


@given(st.permutations(range(4)))
def test_the_order_of_files_changes_no_row(order: list[int]) -> None:
    sheets = [grid(f"单位 | 问题\n一中 | 事{i}\n二中 | 物{i}", file=f"{i}.xlsx") for i in range(4)]
    books = [Book(g.file, (g,)) for g in (ROSTER, *(sheets[i] for i in order))]
    ledger, _ = read_ledger(books)
    assert sorted(ledger.rows["问题台账"]["问题"]) == sorted(f"{c}{i}" for i in range(4) for c in "事物")
