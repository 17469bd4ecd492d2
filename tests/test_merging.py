"""Many returns into one ledger: nothing is lost, nothing stands twice, nothing that differs is decided."""

import pytest

from tests.grids import codes, grid
from tests.passed_on import book_of, content, kept, reread
from zyw.exchange.mergedbook import merged_document, merged_workbook, summary
from zyw.exchange.merging import Merged, merge
from zyw.ledger import Ledger
from zyw.problems import Problem
from zyw.sheets import Book, Grid, Merge

ONE = """
序号 | 学校 | 编号 | 存在问题 | 检查日期 | 检查人
1 | 一中 | A-1 | 迟到两人 | 2012-03-01 | 甲
2 | 一中 | A-2 | 课堂松散 | 2012.3.2 | 乙
"""
TWO = """
单位 | 问题描述 | 编号 | 检查日期
第二中学 | 通道堵塞 | B-1 | @2012-03-03
"""


def merged(*grids: Grid, roster: bool = True) -> tuple[Merged, tuple[Problem, ...], Ledger]:
    ledger, _ = kept(*grids, roster=roster)
    found, problems = merge(ledger)
    return found, problems, ledger


def test_every_column_is_kept_known_ones_under_one_name_and_each_row_says_where_it_stood() -> None:
    found, _, _ = merged(grid(ONE, file="一中.xlsx"), grid(TWO, file="二中.xlsx"))
    (sheet, *_) = book_of(merged_workbook(found)).grids
    head = next(row for row in sheet.rows if "序号" in row)
    assert list(head) == ["序号", "单位", "编号", "问题", "发现日", "检查人", "原序号", "来源文件", "来源行"]
    rows = [row for row in sheet.rows if isinstance(row[0], float)]
    assert rows[1][1:] == ["一中", "A-2", "课堂松散", "2012.3.2", "乙", 2.0, "一中.xlsx ▸ Sheet1", 3.0]
    assert rows[2][7:] == ["二中.xlsx ▸ Sheet1", 2.0]


def test_what_was_merged_reads_as_what_was_read() -> None:
    found, _, ledger = merged(grid(ONE, file="一中.xlsx"), grid(TWO, file="二中.xlsx"))
    again, problems = reread(book_of(merged_workbook(found)), roster=True)
    assert content(again) == content(ledger)
    assert codes(problems) == ["U003"]


def test_a_row_of_two_files_stays_once_with_both_places() -> None:
    other = (
        ONE.replace("序号 | ", "").replace("1 | 一", "一").replace("2 | 一", "一").replace("2012.3.2", "@2012-03-02")
    )
    found, problems, _ = merged(grid(ONE, file="a.xlsx"), grid(other, file="b.xlsx"))
    (table,) = found.tables
    assert len(table.kept) == 2
    assert [(str(p.place), p.code) for p in problems if p.code == "X001"] == [
        ("b.xlsx ▸ Sheet1!A2", "X001"), ("b.xlsx ▸ Sheet1!A3", "X001"),
    ]  # fmt: skip
    document = merged_document(found)
    assert document["duplicates"][0]["kept"] == {"file": "a.xlsx", "sheet": "Sheet1", "cell": "2"}
    assert document["duplicates"][0]["dropped"] == {"file": "b.xlsx", "sheet": "Sheet1", "cell": "2"}


def test_the_fuller_row_of_a_case_stays() -> None:
    short = "单位 | 编号 | 问题\n第一中学 | 7 | 迟到"
    full = "单位 | 编号 | 问题 | 措施\n第一中学 | 7 | 迟到 | 约谈"
    found, _, _ = merged(grid(short, file="a.xlsx"), grid(full, file="b.xlsx"))
    (table,) = found.tables
    assert [table.stack.text("措施", i) for i in table.kept.tolist()] == ["约谈"]
    assert not table.conflicts


def test_rows_of_one_case_that_differ_all_stay_and_the_cells_are_listed() -> None:
    ours = "单位 | 编号 | 问题 | 状态\n第一中学 | 7 | 迟到 | 已整改"
    theirs = "单位 | 编号 | 问题 | 状态\n第一中学 | 7 | 迟到 | 正在整改"
    found, problems, _ = merged(grid(ours, file="a.xlsx"), grid(theirs, file="b.xlsx"))
    assert len(found.tables[0].kept) == 2
    (conflict,) = merged_document(found)["conflicts"]
    assert conflict["column"] == "状态"
    assert conflict["values"] == [
        {"value": "已整改", "file": "a.xlsx", "sheet": "Sheet1", "cell": "D2"},
        {"value": "正在整改", "file": "b.xlsx", "sheet": "Sheet1", "cell": "D2"},
    ]
    assert codes(problems).count("X002") == 1


def test_rows_of_one_case_that_complement_each_other_both_stay_and_are_listed() -> None:
    ours = "单位 | 编号 | 问题 | 措施\n第一中学 | 7 | 迟到 | 约谈"
    theirs = "单位 | 编号 | 问题 | 状态\n第一中学 | 7 | 迟到 | 已整改"
    found, _, _ = merged(grid(ours, file="a.xlsx"), grid(theirs, file="b.xlsx"))
    assert len(found.tables[0].kept) == 2
    assert {each["column"] for each in merged_document(found)["conflicts"]} == {"措施", "状态"}


def test_the_number_of_one_school_is_not_the_number_of_another() -> None:
    text = "单位 | 编号 | 问题\n{} | 1 | 迟到"
    found, problems, _ = merged(
        grid(text.format("第一中学"), file="a.xlsx"), grid(text.format("第二中学"), file="b.xlsx")
    )
    assert len(found.tables[0].kept) == 2
    assert not {"X001", "X002"} & set(codes(problems))


def test_two_measures_for_one_case_are_no_conflict() -> None:
    text = "案号 | 单位 | 姓名 | 处理方式\n1 | 第一中学 | 王某 | {}"
    found, problems, _ = merged(
        grid(text.format("通报批评"), file="a.xlsx"), grid(text.format("诫勉谈话"), file="b.xlsx")
    )
    assert len(found.tables[0].kept) == 2
    assert "X002" not in codes(problems)


def test_two_equal_rows_of_one_file_both_stay() -> None:
    text = "单位 | 问题\n第一中学 | 迟到\n第一中学 | 迟到"
    found, _, _ = merged(grid(text, file="a.xlsx"))
    assert len(found.tables[0].kept) == 2
    again, _, _ = merged(grid(text, file="a.xlsx"), grid(text + "\n第一中学 | 迟到", file="b.xlsx"))
    assert len(again.tables[0].kept) == 3


def test_a_number_on_every_row_is_no_number() -> None:
    rows = "\n".join(f"第一中学 | 2012-001 | 迟到 {i} 人" for i in range(150))
    found, problems, _ = merged(grid(f"单位 | 编号 | 问题\n{rows}"))
    assert len(found.tables[0].kept) == 150
    assert codes(problems).count("X013") == 1


def test_a_date_without_year_takes_the_year_of_the_sheet_it_leaves() -> None:
    text = "2012年问题台账\n单位 | 问题 | 检查日期 | 整改时限\n第一中学 | 迟到 | 4月2日 | 6月30日前"
    found, problems, ledger = merged(grid(text))
    again, reading = reread(book_of(merged_workbook(found)), roster=True)
    assert again.rows["问题台账"]["发现日"].tolist() == ledger.rows["问题台账"]["发现日"].tolist()
    assert again.rows["问题台账"]["期限"].tolist() == ledger.rows["问题台账"]["期限"].tolist()
    assert again.rows["问题台账"]["期限原文"].tolist() == ["2012年6月30日前"]
    assert codes(problems).count("X004") == 2
    assert not {"L004", "L009"} & set(codes(reading))


def test_a_sheet_without_units_gets_the_column_it_lacks() -> None:
    text = "填报单位：第一中学\n问题类别 | 问题描述 | 整改措施 | 整改时限\n作风 | 迟到 | 批评 | 2012-06-01"
    found, _, ledger = merged(grid(text))
    again, _ = reread(book_of(merged_workbook(found)), roster=True)
    assert again.rows["问题台账"]["单位"].tolist() == ledger.rows["问题台账"]["单位"].tolist() == ["第一中学"]


def test_merged_cells_are_written_out_and_error_cells_stay_errors() -> None:
    text = "单位 | 问题 | 扣分\n第一中学 | 迟到 | #1\n | 早退 | "
    sheet = grid(text, merges=(Merge(2, 0, 3, 0),))
    broken = Grid(sheet.file, sheet.sheet, sheet.rows, merges=sheet.merges, errors={"C3": "#REF!"})
    found, _, _ = merged(broken)
    again, problems = reread(book_of(merged_workbook(found)), roster=True)
    assert again.rows["问题台账"]["单位"].tolist() == ["第一中学", "第一中学"]
    assert codes(problems).count("L006") == 1


def test_complainants_and_their_numbers_are_nowhere() -> None:
    text = (
        "单位 | 问题 | 举报人 | 联系电话 | 备注 | 转办情况\n"
        "第一中学 | 迟到 | 钱多多 | 13800138000 | 家长13912345678说 | #13712345678"
    )
    found, problems, _ = merged(grid(text))
    data = merged_workbook(found)
    shown = str([row for sheet in book_of(data).grids for row in sheet.rows]) + str(merged_document(found))
    shown += str(summary(found)) + str(problems)
    assert "转办情况" in shown
    for secret in ("钱多多", "举报人", "联系电话", "13800138000", "13912345678", "13712345678"):
        assert secret not in shown
    assert codes(problems).count("X005") == 2


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(1)", "{=1}", "http://x/", "＝1+1", "0021", "NA", "None",
             "null", "3-1", "1E5", "1/2", "<r>x</r>", " _x000D_", "甲\n乙"],
)  # fmt: skip
def test_text_stays_the_text_it_is(text: str) -> None:
    sheet = Grid("a.xlsx", "S", [["单位", "问题", "检查人"], ["第一中学", "迟到", text]])
    found, _, _ = merged(sheet)
    (first, *_) = book_of(merged_workbook(found)).grids
    row = next(row for row in first.rows if row[0] == 1.0)
    assert row[3] == text or (text, row[3]) == ("<r>x</r>", "<r>x</r> ")


@pytest.mark.parametrize("number", [0.1, 5.0, -2.0, 0.1 + 0.2, 12345678901.25, 1e-9, 1.5e300])
def test_a_number_keeps_every_digit(number: float) -> None:
    found, _, _ = merged(Grid("a.xlsx", "S", [["单位", "问题", "检查值"], ["第一中学", "迟到", number]]))
    (first, *_) = book_of(merged_workbook(found)).grids
    assert next(row for row in first.rows if row[0] == 1.0)[3] == number


def test_what_no_cell_can_hold_is_told() -> None:
    found, problems, _ = merged(
        Grid("a.xlsx", "S", [["单位", "问题"], ["第一中学", "字" * 40_000], ["第一中学", "一\x0b二"]])
    )
    book_of(merged_workbook(found))
    assert codes(problems).count("X006") == 1


def test_two_columns_that_claim_one_field_do_not_become_that_field() -> None:
    text = "单位 | 问题 | 扣分 | 扣分\n第一中学 | 迟到 | 1 | 2"
    found, _, ledger = merged(grid(text))
    again, problems = reread(book_of(merged_workbook(found)), roster=True)
    assert content(again) == content(ledger)
    assert "S004" not in codes(problems)
    assert "扣分" not in again.rows["问题台账"]


def test_who_is_missing_and_who_sent_twice() -> None:
    empty = grid("填报单位：实验小学\n单位 | 问题", file="实小.xlsx")
    found, problems, _ = merged(
        grid(ONE, file="一中.xlsx"), grid(ONE.replace("松散", "散漫"), file="一中改.xlsx"), empty
    )
    assert found.missing == ("第二中学",)
    assert [each.again for each in found.sent if each.again] == [(("一中.xlsx", "一中改.xlsx"),)]
    assert {"X007", "X008"} <= set(codes(problems))


def test_the_order_of_the_files_changes_nothing() -> None:
    sheets = [grid(ONE, file="一中.xlsx"), grid(TWO, file="二中.xlsx"), grid(ONE.replace("甲", "丙"), file="三.xlsx")]
    one, *_ = merged(*sheets)
    assert merged_workbook(one) == merged_workbook(merged(*sheets)[0])


def test_a_merged_ledger_merged_again_keeps_the_first_places() -> None:
    first, _, _ = merged(grid(ONE, file="一中.xlsx"))
    ledger, _ = reread(book_of(merged_workbook(first), "总.xlsx"), book_of(merged_workbook(first), "总（2）.xlsx"))
    again, _ = merge(ledger)
    (table,) = again.tables
    assert len(table.kept) == 2
    assert table.stack.sources[0][:2] == ["一中.xlsx ▸ Sheet1"] * 2
    assert table.stack.numbers[:2] == ["1", "2"]


def test_a_merged_ledger_beside_its_sources_counts_nothing_twice() -> None:
    sheet = grid("2012年台账\n" + ONE.replace("2012.3.2", "3月2日").replace("甲", "甲13800138000"), file="一中.xlsx")
    found, _, _ = merged(sheet)
    ledger, _ = reread(book_of(merged_workbook(found), "总.xlsx"), Book(sheet.file, (sheet,)), roster=True)
    assert len(ledger.rows["问题台账"]) == 2


def test_of_many_duplicates_the_first_are_told_and_the_others_counted() -> None:
    rows = "\n".join(f"第一中学 | {i} | 迟到" for i in range(1, 251))
    text = f"单位 | 编号 | 问题\n{rows}"
    found, problems, _ = merged(grid(text, file="a.xlsx"), grid(text, file="b.xlsx"))
    assert len(found.tables[0].duplicates) == 250
    assert codes(problems).count("X001") == 200
    (more,) = [each for each in problems if each.code == "X003"]
    assert "50处" in more.message


def test_columns_that_have_content_and_no_label_are_named() -> None:
    sheet = Grid("a.xlsx", "S", [["单位", "问题", "", "备注"], ["第一中学", "迟到", "随手记", ""]], left=2)
    _, problems, _ = merged(sheet)
    assert [each.message for each in problems if each.code == "X010"] == ["第E列有内容，但表头是空的，没有带过去"]
