"""One ledger, a workbook a unit: everybody's rows, nobody else's, under the headers and dropdowns they had."""

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.grids import codes, grid
from tests.passed_on import book_of, content, kept, reread
from zyw.container.parts import open_container
from zyw.exchange.mergedbook import merged_workbook
from zyw.exchange.merging import merge
from zyw.exchange.splitting import Split, share_workbook, split
from zyw.exchange.validations import find_dropdowns
from zyw.handout import shared_out
from zyw.limits import Limits
from zyw.sheets import Grid

LEDGER = """
2012年问题台账
序号 | 责任单位 | 存在问题 | 举报人 | 整改时限 | 检查人
1 | 一中 | 迟到 | 钱多多 | 6月30日前 | 甲
2 | 第二中学 | 早退 | 钱多多 | 立行立改 | 乙
3 | 第一中学 | 旷课 | | 2012.7.1 |
4 | 天外学校 | 失联 | | |
5 | | 无主 | | |
""".strip("\n")
NAMES = [
    "a/b", "..", "../../x", "C:\\x", "CON", "con.docx", "COM1.报告", "COM¹", "第一中学.", "第一中学 ", "学校:一*二?",
    "一\u202e中", "校" * 120, "~$x", "-rf", "一中A", "一中a", "é", "e\u0301",
]  # fmt: skip


def shared(*grids: Grid, roster: bool = True) -> Split:
    return split(kept(*grids, roster=roster)[0], {})[0]


def test_each_unit_gets_its_rows_and_the_rows_of_nobody_go_apart() -> None:
    whole = shared(grid(LEDGER, sheet="3月"))
    assert [(s.unit, s.file, s.count) for s in whole.shares] == [
        ("第一中学", "第一中学.xlsx", 2), ("第二中学", "第二中学.xlsx", 1), ("", "没有单位的行.xlsx", 2),
    ]  # fmt: skip
    first = book_of(share_workbook(whole, whole.shares[0]))
    assert first.mark == "zyw-ledger"
    (sheet,) = first.grids
    assert sheet.sheet == "3月"
    shown = str(sheet.rows)
    assert "早退" not in shown
    assert "钱多多" not in shown
    assert "举报人" not in shown


def test_headers_keep_their_words_and_their_order_and_the_number_they_had() -> None:
    whole = shared(grid(LEDGER))
    (sheet,) = book_of(share_workbook(whole, whole.shares[0])).grids
    head = next(row for row in sheet.rows if row[0] == "序号")
    assert [*head] == ["序号", "责任单位", "存在问题", "整改时限", "检查人", "原序号"]
    assert [row[5] for row in sheet.rows if isinstance(row[0], float)] == [1.0, 3.0]


def test_what_was_split_and_merged_says_what_was_split() -> None:
    ledger, _ = kept(grid(LEDGER, sheet="3月"), grid(LEDGER.replace("到", "退"), file="b.xlsx"), roster=True)
    whole, _ = split(ledger, {})
    books = [book_of(share_workbook(whole, share), share.file) for share in whole.shares]
    again, problems = reread(*books, roster=True)
    assert content(again) == content(ledger)
    assert not {"L004", "L009", "S005", "S009", "S010"} & set(codes(problems))
    merged, _ = merge(again)
    assert content(reread(book_of(merged_workbook(merged)), roster=True)[0]) == content(ledger)


def test_a_merged_ledger_is_split_with_the_places_it_came_from() -> None:
    merged, _ = merge(kept(grid(LEDGER, file="三月.xlsx"), roster=True)[0])
    ledger, _ = reread(book_of(merged_workbook(merged), "总台账.xlsx"), roster=True)
    whole, _ = split(ledger, {})
    (sheet,) = book_of(share_workbook(whole, whole.shares[1])).grids
    assert [row[-2:] for row in sheet.rows if row[0] == 1.0] == [["三月.xlsx ▸ Sheet1", 4.0]]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_makes_one_file_inside_the_folder(name: str, tmp_path: Path) -> None:
    rows = [["单位", "问题"], [name, "迟到"], ["另一校", "早退"]]
    whole = shared(Grid("a.xlsx", "S", rows), roster=False)
    for share in whole.shares:
        (tmp_path / share.file).write_bytes(share_workbook(whole, share))
    assert len(list(tmp_path.iterdir())) == len(whole.shares) == 2
    (sheet,) = book_of(share_workbook(whole, next(s for s in whole.shares if s.unit != "另一校"))).grids
    assert any("迟到" in row for row in sheet.rows)


def test_names_that_fold_to_one_make_two_files() -> None:
    rows = [["单位", "问题"], *([name, "迟到"] for name in NAMES)]
    whole = shared(Grid("a.xlsx", "S", rows), roster=False)
    files = [share.file.casefold() for share in whole.shares]
    assert len(set(files)) == len(files)


def test_sheets_of_one_name_are_told_apart_and_long_ones_fit() -> None:
    text = "单位 | 问题\n第一中学 | 迟到"
    sheets = [grid(text + str(i), file=f"{i}.xlsx", sheet="很长的工作表名" * 6) for i in range(3)]
    whole = shared(*sheets)
    assert len({name.casefold() for name in whole.names}) == 3
    assert max(map(len, whole.names)) <= 31


def workbook_with_dropdowns() -> bytes:
    """Return a ledger with a written list, a range on another sheet, a name for one, and a formula that makes one."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page, words = book.add_worksheet("台账"), book.add_worksheet("词")
        for i, row in enumerate(
            [["单位", "问题", "类别", "来源", "等级", "状态"], ["第一中学", "迟到", "作风", "", "", ""]]
        ):
            page.write_row(i, 0, row)
        words.write_column(0, 1, ["督查", "群众 举报", "", "电话13800138000"])
        words.hide()
        book.define_name("等级们", "=词!$B$1:$B$2")
        page.data_validation("C2:C100", {"validate": "list", "source": ["作风", "纪律"]})
        page.data_validation("D2:D100", {"validate": "list", "source": "=词!$B$1:$B$4"})
        page.data_validation("E2:E100", {"validate": "list", "source": "=等级们"})
        page.data_validation("F2:F100", {"validate": "list", "source": '=INDIRECT("词!B1")'})
    return out.getvalue()


def test_dropdowns_are_found_wherever_their_words_stand() -> None:
    data = workbook_with_dropdowns()
    grids = {sheet.sheet: sheet for sheet in book_of(data).grids}
    found = find_dropdowns(open_container(data, "a.xlsx", Limits()), grids.get)
    assert [each.words for each in found["台账"]] == [
        ("作风", "纪律"), ("督查", "群众 举报", "电话138****8000"), ("督查", "群众 举报"), (),
    ]  # fmt: skip
    assert found["台账"][0].covers(2, 2, 2)
    assert not found["台账"][0].covers(3, 2, 2)


def test_dropdowns_go_along(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook_with_dropdowns())
    from zyw import checking

    ledger = checking.passed_on((str(path),), "拆分").ledger
    whole, problems = shared_out(ledger, (str(path),), None)
    assert codes(problems) == ["X005", "X012"] or codes(problems) == ["X012"]
    book = openpyxl.load_workbook(io.BytesIO(share_workbook(whole, whole.shares[0])))
    rules = {
        str(each.sqref).rstrip("0123456789"): each.formula1 for each in book["台账"].data_validations.dataValidation
    }
    assert len(rules) == 3
    assert book["选项"].sheet_state == "hidden"
    offered = [[cell.value for cell in column if cell.value] for column in book["选项"].iter_cols(min_row=3)]
    assert offered[:2] == [["作风", "纪律"], ["督查", "群众 举报", "电话138****8000"]]
    assert not [p for p in reread(book_of(share_workbook(whole, whole.shares[0])))[1] if p.code != "U005"]


def test_a_scheme_gives_its_own_dropdowns(tmp_path: Path) -> None:
    from zyw import checking

    path = tmp_path / "台账.csv"
    path.write_text("单位,问题,问题类型\n第一中学,迟到,作风\n", encoding="utf-8")
    ledger = checking.passed_on((str(path),), "拆分").ledger
    whole, _ = shared_out(ledger, (str(path),), "dayuan-2011")
    book = openpyxl.load_workbook(io.BytesIO(share_workbook(whole, whole.shares[0])))
    words = [cell.value for column in book["选项"].iter_cols(min_row=2) for cell in column]
    assert "精神状态不佳" in words
    _, problems = shared_out(ledger, (str(path),), None)
    assert codes(problems) == ["X012"]


def test_a_row_that_names_two_units_goes_to_both_and_stays_one_row_merged() -> None:
    text = "单位 | 问题\n一中、第二中学 | 打架\n第二中学 | 早退"
    ledger, _ = kept(grid(text), roster=True)
    whole, _ = split(ledger, {})
    assert [(share.unit, share.count) for share in whole.shares] == [("第一中学", 1), ("第二中学", 2)]
    merged, _ = merge(ledger)
    assert len(merged.tables[0].kept) == 2
    assert [each.rows for each in merged.sent] == [(("问题台账", 1),), (("问题台账", 2),), ()]


def test_a_wide_sheet_is_one_sheet_again() -> None:
    text = "单位 | 实施方案 | 工作总结 | 学习记录\n第一中学 | 2012-01-05 | √ | \n第二中学 | 2012-01-06 | | √"
    ledger, _ = kept(grid(text), roster=True)
    assert {part.block.table for part in ledger.as_read} == {"材料报送"}
    whole, _ = split(ledger, {})
    (sheet,) = book_of(share_workbook(whole, whole.shares[0])).grids
    assert sum(isinstance(row[0], float) for row in sheet.rows) == 3
    books = [book_of(share_workbook(whole, share), share.file) for share in whole.shares]
    assert content(reread(*books, roster=True)[0]) == content(ledger)
