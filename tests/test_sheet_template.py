"""Excel templates: what repeats, what moves with it, what is refused by name."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from zyw.problems import ZywError
from zyw.templating.names import Names
from zyw.templating.sheets.moves import Moves
from zyw.templating.sheets.ranges import LostRowsError, moved_formula
from zyw.templating.sheets.template import compile_sheets

DAY = date(2012, 5, 31)
NAMES: dict[str, Names] = {
    "题": "标题",
    "组": [{"名": "名", "行": [{"单位": "单位", "数": "数"}]}],
    "行": [{"单位": "单位", "数": "数"}],
}
ROWS = [{"单位": "一小", "数": 3}, {"单位": "二小", "数": 1}, {"单位": "三小", "数": 5}]


def book(cells: dict[str, Any], **more: Any) -> Any:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = more.get("title", "台账")
    for place, value in cells.items():
        sheet[place] = value
    return made


def data(made: Any) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def filled(made: Any, **context: Any) -> Any:
    template, problems = compile_sheets(data(made), NAMES, "模板.xlsx")
    assert template is not None, problems
    return openpyxl.load_workbook(io.BytesIO(template.fill({"题": "题", "组": [], "行": [], **context}, "试", DAY)))


def refused(made: Any) -> list[str]:
    template, problems = compile_sheets(data(made), NAMES, "模板.xlsx")
    assert template is None
    return [problem.message for problem in problems]


def values(made: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in made.active.iter_rows()]


LOOP = {
    "A1": "单位",
    "B1": "数",
    "A2": "{%tr for 项 in 行 %}",
    "A3": "{{ 项.单位 }}",
    "B3": "{{ 项.数 }}",
    "A4": "{%tr endfor %}",
}


def test_a_row_repeats_and_what_stands_below_moves_down() -> None:
    made = filled(book({**LOOP, "A5": "合计", "B5": "=SUM(B3:B3)"}), 行=ROWS)
    assert values(made) == [["单位", "数"], ["一小", 3], ["二小", 1], ["三小", 5], ["合计", "=SUM(B2:B4)"]]


def test_without_rows_a_blank_one_stays_where_a_formula_needs_it() -> None:
    assert values(filled(book({**LOOP, "A5": "合计", "B5": "=SUM(B3)"}))) == [
        ["单位", "数"], [None, None], ["合计", "=SUM(B2)"],
    ]  # fmt: skip
    assert values(filled(book({**LOOP, "A5": "完"}))) == [["单位", "数"], ["完", None]]


def test_blocks_nest_and_each_formula_sees_its_own_round() -> None:
    cells = {
        "A1": "{%tr for 组 in 组 %}", "A2": "{{ 组.名 }}", "A3": "{%tr for 项 in 组.行 %}", "A4": "{{ 项.单位 }}",
        "B4": "{{ 项.数 }}", "C4": "=B4*2", "A5": "{%tr endfor %}", "A6": "小计", "B6": "=SUM(B4:B4)",
        "A7": "{%tr endfor %}", "A8": "总计", "B8": "=SUM(B6)", "C8": "=SUM(B4:B4)",
    }  # fmt: skip
    groups = [{"名": "甲", "行": ROWS[:2]}, {"名": "乙", "行": ROWS[2:]}]
    assert values(filled(book(cells), 组=groups)) == [
        ["甲", None, None],
        ["一小", 3, "=B2*2"],
        ["二小", 1, "=B3*2"],
        ["小计", "=SUM(B2:B3)", None],
        ["乙", None, None],
        ["三小", 5, "=B6*2"],
        ["小计", "=SUM(B6:B6)", None],
        ["总计", "=SUM(B4,B7)", "=SUM(B2:B3,B6:B6)"],
    ]


def test_merges_validations_formats_print_area_and_names_follow_their_rows() -> None:
    made = book({"A1": "{{ 题 }}", **{f"{k[0]}{int(k[1]) + 1}": v for k, v in LOOP.items()}, "A6": "签字", "C4": "注"})
    sheet = made.active
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A6:C6")
    sheet.merge_cells("C4:D4")
    choice = DataValidation(type="list", formula1='"是,否"')
    choice.add("B4")
    sheet.add_data_validation(choice)
    yellow = PatternFill("solid", bgColor="FFFF00")
    sheet.conditional_formatting.add("B4", FormulaRule(formula=["$B4>2"], fill=yellow))  # type: ignore[no-untyped-call]
    sheet.print_area = "A1:D6"
    sheet.print_title_rows = "1:2"
    sheet.auto_filter.ref = "A2:B4"
    done = filled(made, 行=ROWS).active
    assert {str(each) for each in done.merged_cells.ranges} == {"A1:C1", "A6:C6", "C3:D3", "C4:D4", "C5:D5"}
    assert str(done.data_validations.dataValidation[0].sqref) == "B3:B5"
    [(area, rules)] = done.conditional_formatting._cf_rules.items()
    assert (str(area.sqref), rules[0].formula) == ("B3:B5", ["$B3>2"])
    assert (done.print_area, done.print_title_rows) == ("'台账'!$A$1:$D$6", "$1:$2")
    assert done.auto_filter.ref == "A2:B5"


def test_formulas_of_other_sheets_follow_too_and_excel_computes_them_anew() -> None:
    made = book({**LOOP})
    made.create_sheet("汇总")["A1"] = "{{ 题 }}"
    made["汇总"]["A2"] = "=SUM(台账!B3:B3)"
    template, _ = compile_sheets(data(made), NAMES, "模板.xlsx")
    assert template is not None
    content = template.fill({"题": "题", "组": [], "行": ROWS}, "试", DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert 'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml").decode()
        assert "xl/calcChain.xml" not in archive.namelist()
    assert openpyxl.load_workbook(io.BytesIO(content))["汇总"]["A2"].value == "=SUM(台账!B2:B4)"


def test_conditions_keep_or_drop_rows() -> None:
    cells = {"A1": "{%tr if 行 %}", "A2": "有", "A3": "{%tr else %}", "A4": "无", "A5": "{%tr endif %}", "A6": "完"}
    assert values(filled(book(cells), 行=ROWS)) == [["有"], ["完"]]
    assert values(filled(book(cells))) == [["无"], ["完"]]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "{{ 7*7 }}", "<c/>&amp;", "两行\n字", "\x0b\x00", "  前后  "])
def test_data_stays_text_whatever_it_looks_like(text: str) -> None:
    made = filled(book(LOOP), 行=[{"单位": text, "数": 1}])
    cell = made.active["A2"]
    assert cell.data_type in ("s", "inlineStr")
    assert cell.value == text.replace("\x0b", "␋").replace("\x00", "␀")


def test_styles_stay_and_a_long_text_gets_a_higher_row() -> None:
    made = book(LOOP)
    made.active["A3"].font = Font(name="仿宋", size=14, bold=True)
    made.active["A3"].alignment = Alignment(wrap_text=True)
    made.active.column_dimensions["A"].width = 10
    done = filled(made, 行=[{"单位": "名称很长" * 10, "数": 1}, {"单位": "短", "数": 2}]).active
    assert (done["A2"].font.name, done["A3"].font.bold) == ("仿宋", True)
    assert done.row_dimensions[2].height > 100
    assert done.row_dimensions[3].height is None


def test_the_same_data_give_the_same_bytes_and_properties_name_nobody() -> None:
    made = book(LOOP)
    made.properties.creator = "张三"
    template, _ = compile_sheets(data(made), NAMES, "模板.xlsx")
    assert template is not None
    context = {"题": "题", "组": [], "行": ROWS}
    content = template.fill(context, "试", DAY)
    assert content == template.fill(context, "试", DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "张三" not in archive.read("docProps/core.xml").decode()
        assert "zyw-output" in archive.read("docProps/custom.xml").decode()


def with_chart(made: Any) -> None:
    chart = BarChart()
    chart.add_data(Reference(made.active, min_col=2, min_row=1, max_row=3))
    made.active.add_chart(chart, "E5")


def with_table(made: Any) -> None:
    made.active.add_table(Table(displayName="表", ref="A1:B3"))


def with_comment(made: Any) -> None:
    made.active["A1"].comment = Comment("说明", "某人")


def with_array(made: Any) -> None:
    made.active["C3"] = ArrayFormula("C3:C3", "=SUM(B3:B3*2)")


@pytest.mark.parametrize(
    ("add", "named"),
    [(with_chart, "图片或图表"), (with_table, "表格"), (with_comment, "批注"), (with_array, "数组公式（C3）")],
)
def test_what_would_not_move_with_the_rows_is_refused_by_name(add: Any, named: str) -> None:
    made = book(LOOP)
    add(made)
    assert any(named in message for message in refused(made))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"A1": "{%tr for 项 in 行 %}", "A2": "{{ 项.单位 }}"}, "少了"),
        ({"A1": "甲", "A2": "{%tr endfor %}"}, "多了一个 endfor"),
        ({"A1": "{%tr for 项 in 行 %}", "A2": "{%tr endif %}"}, "多了一个 endif"),
        ({"A1": "{%tr set 甲 = 1 %}"}, "只能写"),
        ({"A1": "{{ 题"}, "标记没有写完"),
    ],
)
def test_a_tag_that_does_not_close_is_told_with_its_cell(cells: dict[str, str], said: str) -> None:
    messages = refused(book(cells))
    assert any(said in message and "单元格" in message for message in messages), messages


def test_an_old_workbook_and_a_word_file_are_no_templates() -> None:
    from tests.word_files import word

    for content in (b"\xd0\xcf\x11\xe0old", word("甲")):
        template, [problem] = compile_sheets(content, NAMES, "模板.xlsx")
        assert template is None
        assert problem.code == "R001"


def test_a_formula_whose_row_is_not_there_is_told() -> None:
    cells = {"A1": "{%tr if 行 %}", "A2": 1, "A3": "{%tr endif %}", "A4": "=A2", "B4": "{{ 题 }}"}
    template, _ = compile_sheets(data(book(cells)), NAMES, "模板.xlsx")
    assert template is not None
    with pytest.raises(ZywError, match="A2"):
        template.fill({"题": "题", "组": [], "行": []}, "试", DAY)


def test_many_rows_are_filled_within_the_limit_of_rounds() -> None:
    made = filled(book(LOOP), 行=[{"单位": f"{n}小", "数": n} for n in range(200)])
    assert made.active.max_row == 201


@given(st.lists(st.integers(0, 4), min_size=1, max_size=5), st.integers(1, 9), st.integers(0, 9))
def test_a_reference_from_outside_names_every_row_that_its_row_became(rounds: list[int], row: int, more: int) -> None:
    went: dict[int, list[Any]] = {1: [((), 1)]}
    new = 2
    for turn, count in enumerate(rounds, 1):
        for inner in range(1, count + 1):
            went.setdefault(2, []).append((((10, turn), (20, inner)), new))
            new += 1
        went.setdefault(3, []).append((((10, turn),), new))
        new += 1
    moves = Moves(went, 3, new - 1)
    assert moves.rows(1, 3) == list(range(1, new))
    for turn, count in enumerate(rounds, 1):
        assert len(moves.rows(2, 2, ((10, turn),))) == count
        assert len(moves.rows(3, 3, ((10, turn), (20, 1)))) == 1
    last = 3 + row
    assert moves.rows(last, last + more)[-1] == last + more + (new - 1 - 3)


def test_references_to_other_sheets_columns_and_names_are_left() -> None:
    moves = {"台账": Moves({1: [((), 1)], 2: []}, 2, 1)}
    for formula in ("别表!A2", "A:A", "总数+1", '"A2"&"x"', "SUM(名称)"):
        assert moved_formula(formula, "台账", moves) == formula
    assert moved_formula("$A$1+'台账'!B1", "台账", moves) == "$A$1+'台账'!B1"
    with pytest.raises(LostRowsError):
        moved_formula("A2", "台账", moves)
