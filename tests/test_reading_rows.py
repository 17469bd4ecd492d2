"""Rows 27–46 of the list of bad inputs, where reading is concerned: built as workbooks, read as a clerk's are.

The number in each test's name is that of the row. Rows of files (1–26, 47–50) and of surveys (46) are tested elsewhere.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grids import codes, grid, places, read
from zyw.ledger import Ledger
from zyw.problems import Problem
from zyw.reading import read_inputs
from zyw.sheets import Merge

HEAD = ["序号", "学校名称", "检查日期", "问题类别", "问题描述", "扣分", "整改情况"]
ROWS: list[list[Any]] = [
    [1, "第一中学", datetime(2024, 3, 1), "纪律", "迟到两人", 0.5, "已整改"],
    [2, "第二中学", datetime(2024, 3, 2), "纪律", "课堂松散", 1, "已整改"],
    [3, "第三小学", datetime(2024, 3, 3), "安全", "通道堵塞", 2, "整改中"],
    [4, "第四小学", datetime(2024, 3, 4), "卫生", "垃圾未清", 0.5, "已整改"],
]
UNITS = [row[1] for row in ROWS]
Read = tuple[Ledger, tuple[Problem, ...]]
Extra = Callable[[Any, Any], None]


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Read]:
    """Write rows (dates as dates) as a workbook, let `extra` draw on the sheet, and read it."""

    def make(rows: Sequence[Sequence[Any]], extra: Extra = lambda page, day: None, **options: Any) -> Read:
        path = tmp_path / "台账.xlsx"
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, **options}) as out:
            page, day = out.add_worksheet("台账"), out.add_format({"num_format": "yyyy/m/d"})
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, datetime):
                        page.write_datetime(number, column, value, day)
                    else:
                        page.write(number, column, value)
            extra(page, day)
        return read_inputs([path])

    return make


def with_cells(column: str, values: Sequence[Any]) -> list[list[Any]]:
    """Return a ledger of one row a value, which stands in `column`; the other cells differ from row to row."""
    at = HEAD.index(column)
    made = []
    for number, value in enumerate(values, 1):
        row = [number, "第一中学", datetime(2024, 3, 1), "纪律", f"事{number}", 1, "已整改"]
        row[at] = value
        made.append(row)
    return [HEAD, *made]


def cells_of(problems: Sequence[Problem], code: str) -> list[str]:
    return [p.place.cell or "" for p in problems if p.code == code and p.place]


def rows(found: Read) -> list[tuple[Any, ...]]:
    return list(found[0].rows["问题台账"].rows("单位", "问题", "扣分"))


def test_sound_rows_are_four_without_error(book: Callable[..., Read]) -> None:
    found = book([HEAD, *ROWS])
    assert [row[0] for row in rows(found)] == UNITS
    assert {p.code for p in found[1]} == {"U005"}


def test_27_serials_that_are_no_day_are_told_by_cell(book: Callable[..., Read]) -> None:
    def serials(page: Any, day: Any) -> None:
        for row, value in enumerate((60, 0, -1, 2958466), 1):
            page.write_number(row, 2, value, day)

    found = book([HEAD, *ROWS], serials)
    told = {cell for code in ("L002", "L003") for cell in cells_of(found[1], code)}
    assert told == {"C2", "C3", "C4", "C5"}
    assert {name for _, name in found[0].faults} == {"发现日"}


def test_28_a_number_without_a_date_format_is_no_date(book: Callable[..., Read]) -> None:
    found = book(with_cells("检查日期", [45352, 45353.5]))
    assert cells_of(found[1], "L003") == ["C2", "C3"]


def test_29_the_last_second_of_a_month_is_in_it(book: Callable[..., Read]) -> None:
    found = book(with_cells("检查日期", [datetime(2024, 3, 31, 23, 59, 59), datetime(2024, 4, 1)]))
    assert [str(day)[:10] for day in found[0].rows["问题台账"]["发现日"]] == ["2024-03-31", "2024-04-01"]


def test_30_dates_as_text_are_on_the_list_or_refused(book: Callable[..., Read]) -> None:
    found = book(with_cells("检查日期", ["2024/3/1", "2024.3.1", "20240301", "3月1日", "24-3-1"]))
    assert [str(day)[:10] for day in found[0].rows["问题台账"]["发现日"]] == ["2024-03-01"] * 3 + ["NaT"] * 2
    assert cells_of(found[1], "L004") == ["C5"]
    assert cells_of(found[1], "L001") == ["C6"]


def test_31_numbers_as_text_are_exact_or_refused(book: Callable[..., Read]) -> None:
    found = book(with_cells("扣分", ["1.5 ", "１．５", "1,000", "1.2.3", "abc", "", "两分"]))
    assert [row[2] for row in rows(found)] == [Decimal("1.5"), Decimal("1.5"), Decimal(1000), None, None, None, None]
    assert cells_of(found[1], "L006") == ["F5", "F6", "F8"]


def test_32_what_is_no_number_of_points_is_told(book: Callable[..., Read]) -> None:
    found = book(with_cells("扣分", [-3, "－2", 1e308, 99999, 1]))
    assert cells_of(found[1], "L021") == ["F2", "F3", "F5"]
    assert cells_of(found[1], "L006") == ["F4"]
    assert [row[2] for row in rows(found)] == [None, None, None, None, Decimal(1)]


def test_33_points_are_exact(book: Callable[..., Read]) -> None:
    found = book(with_cells("扣分", [0.1] * 10 + [2.675, 1.005]))
    points = [row[2] for row in rows(found)]
    assert sum(points[:10]) == 1
    assert points[10:] == [Decimal("2.675"), Decimal("1.005")]


def test_34_an_identity_number_typed_as_a_number_is_refused_and_masked(book: Callable[..., Read]) -> None:
    head = [*HEAD[:-1], "台账编号"]
    found = book([head, [*ROWS[0][:-1], 110101199003078515], [*ROWS[1][:-1], "110101199003078515"]])
    assert cells_of(found[1], "L008") == ["G2"]
    assert "19900307" not in repr(found[1])
    assert found[0].rows["问题台账"]["编号"].tolist() == ["", "110101199003078515"]


def test_35_codes_stay_as_they_were_typed(book: Callable[..., Read]) -> None:
    texts = ["007", "3-1", "1E5", "1/2", "0021"]
    head = [*HEAD[:-1], "台账编号"]
    found = book([head, *([*ROWS[0][:-2], 1, text] for text in texts)])
    assert found[0].rows["问题台账"]["编号"].tolist() == texts


def test_36_names_that_look_like_nothing_stay(book: Callable[..., Read]) -> None:
    texts = ["NA", "None", "null", "NaN", "TRUE", "无"]
    found = book(with_cells("学校名称", texts))
    assert [row[0] for row in rows(found)] == texts


def test_37_two_columns_of_one_meaning_are_both_named_and_neither_is_used(book: Callable[..., Read]) -> None:
    found = book([[*HEAD, "扣分"], *([*row, 3] for row in ROWS)])
    assert "扣分" not in found[0].rows["问题台账"]
    told = next(p.message for p in found[1] if p.code == "S004")
    assert "F列“扣分”" in told
    assert "H列“扣分”" in told


def test_39_a_missing_column_is_no_fault_and_a_renamed_one_is_found(book: Callable[..., Read]) -> None:
    without = book([[*HEAD[:5], HEAD[6]], *([*row[:5], row[6]] for row in ROWS)])
    assert "扣分" not in without[0].rows["问题台账"]
    renamed = book([["分值" if name == "扣分" else name for name in HEAD], *ROWS])
    assert rows(renamed) == rows(book([HEAD, *ROWS]))


def test_38_a_header_with_blanks_and_remarks_is_matched(book: Callable[..., Read]) -> None:
    found = book([[HEAD[0], "学 校\n名 称（必填）", *HEAD[2:]], *ROWS])
    assert [row[0] for row in rows(found)] == UNITS


def test_40_the_order_of_columns_changes_nothing(book: Callable[..., Read]) -> None:
    turned = [[*reversed(row), "多"] for row in [HEAD, *ROWS]]
    turned[0][-1] = "附加"
    assert rows(book(turned)) == rows(book([HEAD, *ROWS]))


def test_41_a_title_and_a_blank_row_above_change_nothing(book: Callable[..., Read]) -> None:
    assert rows(book([["某局2024年3月台账"], [], HEAD, *ROWS])) == rows(book([HEAD, *ROWS]))


def test_42_cells_merged_downwards_hold_for_their_rows(book: Callable[..., Read]) -> None:
    found = book([HEAD, *ROWS], lambda page, day: page.merge_range(1, 1, 3, 1, "第一中学"))
    assert [row[0] for row in rows(found)] == ["第一中学"] * 3 + ["第四小学"]


def test_43_blank_and_total_rows_are_not_counted(book: Callable[..., Read]) -> None:
    total = ["", "合计", "", "", "", 4, ""]
    part = ["小计", "", "", "", "", 1.5, ""]
    found = book([HEAD, *ROWS[:2], part, [], *ROWS[2:], total])
    assert [row[0] for row in rows(found)] == UNITS


def test_44_a_row_pasted_twice_is_told_and_counted_twice(book: Callable[..., Read]) -> None:
    found = book([HEAD, *ROWS, ROWS[0]])
    assert len(rows(found)) == 5
    assert cells_of(found[1], "L015") == ["B6"]


def test_45_a_unit_that_is_not_in_the_roster_is_refused_with_a_hint() -> None:
    roster = grid("学校名称 | 学段\n第一中学 | 初中\n第二中学 | 初中", file="名册.xlsx")
    _, problems = read(roster, grid("单位 | 问题\n第一种学 | 迟到\n一中 | 早退"), roster=False)
    assert places(problems, "U001") == ["台账.xlsx ▸ Sheet1!A2"]
    assert "第一中学" in next(p.message for p in problems if p.code == "U001")
    assert "U003" in codes(problems)


MERGES = st.lists(
    st.tuples(st.integers(2, 9), st.integers(0, 3), st.integers(0, 3)).map(
        lambda m: Merge(m[0], m[1], min(m[0] + m[2], 9), m[1])
    ),
    max_size=4,
).filter(lambda found: all(not overlap(a, b) for i, a in enumerate(found) for b in found[:i]))


def overlap(one: Merge, two: Merge) -> bool:
    return one.first_column == two.first_column and not (one.last_row < two.first_row or two.last_row < one.first_row)


@settings(deadline=None)
@given(MERGES)
def test_a_merge_fills_its_own_cells_and_no_other(merges: list[Merge]) -> None:
    """Columns 类别, 来源, 等级, 情节 of eight rows; under a merge only its first cell has its text, as in a workbook."""
    text = [[f"{'甲乙丙丁'[j]}{i}" for j in range(4)] for i in range(2, 10)]
    written = [list(row) for row in text]
    expected = [list(row) for row in text]
    for merge in merges:
        for i in range(merge.first_row, merge.last_row + 1):
            expected[i - 2][merge.first_column] = text[merge.first_row - 2][merge.first_column]
            if i > merge.first_row:
                written[i - 2][merge.first_column] = ""
    head = "类别 | 来源 | 等级 | 情节 | 单位 | 问题"
    body = "\n".join(" | ".join((*row, "第一中学", f"事{i}")) for i, row in enumerate(written))
    ledger, _ = read(grid(f"{head}\n{body}", merges=tuple(merges)))
    found = ledger.rows["问题台账"]
    assert [list(row) for row in found.rows("类别", "来源", "等级", "情节")] == expected
