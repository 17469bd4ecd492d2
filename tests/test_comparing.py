"""Two ledgers side by side: what is one case, what is perhaps one, what differs, what was changed afterwards."""

import pytest

from tests.grids import grid
from tests.passed_on import book_of, kept
from zyw.exchange.comparing import Compared, compare
from zyw.exchange.documents import month_document, reconciled_document
from zyw.exchange.months import Month, month
from zyw.exchange.sections import Sides, month_sections, reconciled_counts, reconciled_sections, sections_workbook
from zyw.sheets import Grid

SIDES = Sides("甲方", "乙方", "学校.xlsx", "局里.xlsx")
HEAD = "单位 | 编号 | 问题 | 发现日 | 状态 | 销号日 | 备注\n"


def compared(one: Grid, two: Grid, *, roster: bool = False) -> Compared:
    (table,), _ = compare(kept(one, roster=roster)[0], kept(two)[0])
    return table


def months(before: str, after: str) -> Month:
    return month(compared(grid(HEAD + before), grid(HEAD + after)))


def differing(table: Compared) -> list[tuple[str, str, str]]:
    cells = reconciled_document([table], SIDES)["tables"][0]["different"]
    return [(each["column"], each["a"]["value"], each["b"]["value"]) for each in cells]


def test_a_ledger_agrees_with_itself() -> None:
    sheet = grid(HEAD + "第一中学 | 1 | 迟到 | 2012-03-01 | 整改中\n第一中学 | | 早退 | | ")
    table = compared(sheet, sheet)
    assert reconciled_counts(table) == ("问题台账", "2", "2", "2", "0", "0", "0", "0", "0")


def test_a_case_is_known_by_its_number_and_each_differing_cell_is_shown_with_both_values() -> None:
    table = compared(
        grid(HEAD + "第一中学 | A1 | 迟到两人 | 2012-03-01 | 整改中"),
        grid(
            "学校 | 编号 | 存在问题 | 检查日期 | 整改情况\n第一中学 | A1 | 迟到三人 | 2012年3月1日 | 整改中",
            file="局.xlsx",
        ),
    )
    assert differing(table) == [("问题", "迟到两人", "迟到三人")]
    (cell,) = reconciled_document([table], SIDES)["tables"][0]["different"]
    assert (cell["a"]["cell"], cell["b"]["cell"], cell["b"]["file"]) == ("C2", "C2", "局.xlsx")
    assert (table.columns_a, table.columns_b) == (("销号日", "备注"), ())


def test_without_numbers_the_same_unit_words_and_day_are_one_case() -> None:
    table = compared(
        grid(HEAD + "第一中学 | | 迟到 两人 | 2012-03-01 | 整改中\n第二中学 | | 迟到两人 | 2012-03-01 | "),
        grid(HEAD + "第一中学 | | 迟到两人 | 2012-3-1 | 已整改"),
    )
    assert reconciled_counts(table)[3:7] == ("1", "1", "1", "0")
    assert differing(table) == [("状态", "整改中", "已整改")]


@pytest.mark.parametrize(
    ("ours", "theirs", "paired"),
    [
        ("第一中学 | | 迟到两人 | 2012-03-01", "第一中学 | 9 | 迟到两人 | 2012-03-01", 1),
        ("第一中学 | | 迟到两人 | 2012-03-01", "第一中学 | | 迟到两人 | ", 1),
        ("第一中学 | 8 | 迟到两人 | 2012-03-01", "第一中学 | 9 | 迟到两人 | 2012-03-01", 0),
        ("第一中学 | | 迟到两人 | 2012-03-01", "第一中学 | | 迟到两人 | 2012-03-02", 0),
        ("第一中学 | | 迟到两人 | 2012-03-01", "第二中学 | | 迟到两人 | 2012-03-01", 0),
    ],
)  # fmt: skip
def test_neither_a_number_nor_a_day_nor_a_unit_may_speak_against_it(ours: str, theirs: str, paired: int) -> None:
    assert len(compared(grid(HEAD + ours), grid(HEAD + theirs)).pairing.a) == paired


def test_what_is_alike_is_proposed_and_stays_on_its_side() -> None:
    table = compared(
        grid(HEAD + "第一中学 | 8 | 校门口西侧消防通道被杂物堵塞 | 2012-03-01 | "),
        grid(HEAD + "第一中学 | 9 | 校门口西侧的消防通道被杂物堵塞 | 2012-03-05 | "),
    )
    assert reconciled_counts(table)[3:8] == ("0", "0", "1", "1", "1")
    (found,) = reconciled_document([table], SIDES)["tables"][0]["perhaps_the_same"]
    assert found["score"] == "0.96"
    assert found["reason"] == "文字 96% 相同，相差 4 天"


@pytest.mark.parametrize(
    "theirs",
    [
        "第二中学 | 9 | 校门口西侧的消防通道被杂物堵塞 | 2012-03-05 | ",
        "第一中学 | 9 | 校门口西侧的消防通道被杂物堵塞 | 2012-05-05 | ",
        "第一中学 | 9 | 食堂后厨没有防蝇设施 | 2012-03-05 | ",
    ],
)
def test_another_unit_another_month_other_words_are_not_proposed(theirs: str) -> None:
    ours = "第一中学 | 8 | 校门口西侧消防通道被杂物堵塞 | 2012-03-01 | "
    assert compared(grid(HEAD + ours), grid(HEAD + theirs)).pairing.likely == ()


def test_one_number_in_two_units_is_proposed_only() -> None:
    table = compared(
        grid(HEAD + "第一中学 | DY-7 | 迟到 | 2012-03-01 | "), grid(HEAD + "第二中学 | DY-7 | 迟到 | 2012-03-01 | ")
    )
    assert [each.reason for each in table.pairing.likely] == ["编号相同，单位不同"]
    assert len(table.pairing.a) == 0


def test_the_measures_of_two_persons_in_one_case_are_two() -> None:
    head = "案号 | 单位 | 姓名 | 处理方式 | 事由 | 处理时间\n"
    table = compared(
        grid(head + "1 | 第一中学 | 王某 | 通报批评 | 同一件事的缘由 | 2012-03-01"),
        grid(head + "1 | 第一中学 | 李某 | 通报批评 | 同一件事的缘由 | 2012-03-01"),
    )
    assert len(table.pairing.a) == 0
    assert table.pairing.likely == ()


def test_closed_on_one_side_only() -> None:
    table = compared(
        grid(HEAD + "第一中学 | 1 | 迟到 | 2012-03-01 | 已销号\n第一中学 | 2 | 早退 | 2012-03-01 | 未销号"),
        grid(HEAD + "第一中学 | 1 | 迟到 | 2012-03-01 | 整改中\n第一中学 | 2 | 早退 | 2012-03-01 | | 2012-04-01"),
    )
    closed = reconciled_document([table], SIDES)["tables"][0]["closed_on_one_side"]
    assert [(each["closed"], each["a"]["case"]) for each in closed] == [("a", "1"), ("b", "2")]


def test_a_roster_on_one_side_names_the_units_of_both() -> None:
    table = compared(
        grid(HEAD + "一中 | | 迟到 | 2012-03-01 | "), grid(HEAD + "城关中学 | | 迟到 | 2012-03-01 | "), roster=True
    )
    assert len(table.pairing.a) == 1


def test_an_unknown_unit_is_no_other_unknown_unit() -> None:
    table = compared(
        grid(HEAD + "甲校 | | 迟到 | 2012-03-01 | "), grid(HEAD + "乙校 | | 迟到 | 2012-03-01 | "), roster=True
    )
    assert len(table.pairing.a) == 0


def test_what_a_month_is_for_is_progress() -> None:
    found = months(
        "第一中学 | 1 | 迟到 | 2012-03-01 | 整改中 | | ",
        "第一中学 | 1 | 迟到 | 2012-03-01 | 已销号 | 2012-04-01 | 已核",
    )
    assert [(each.heading.label, each.kind.value) for each in found.changed] == [
        ("状态", "进展"), ("销号日", "补填"), ("备注", "补填"),
    ]  # fmt: skip
    assert (found.silent, len(found.closed), found.reopened) == ((), 1, ())


def test_a_fact_that_became_another_is_silently_changed() -> None:
    found = months("第一中学 | 1 | 迟到两人 | 2012-03-01 | 整改中", "第一中学 | 1 | 迟到一人 | | 整改中")
    assert [(each.heading.label) for each in found.silent] == ["问题", "发现日"]


def test_any_content_of_a_closed_row_that_became_another_is_silently_changed() -> None:
    found = months(
        "第一中学 | 1 | 迟到 | 2012-03-01 | 已销号 | 2012-03-20 | 原话",
        "第一中学 | 1 | 迟到 | 2012-03-01 | 已销号 | 2012-03-10 | 改了",
    )
    assert [each.heading.label for each in found.silent] == ["销号日", "备注"]


def test_reopened_new_late_and_gone() -> None:
    found = months(
        "第一中学 | 1 | 迟到 | 2012-03-10 | 已销号\n第一中学 | 2 | 早退 | 2012-03-05 | 已销号 | 2012-03-20",
        "第一中学 | 1 | 迟到 | 2012-03-10 | 整改中\n第一中学 | 3 | 旷课的人数很多 | 2012-03-08 | \n"
        "第一中学 | 4 | 食堂卫生差 | 2012-04-02 | ",
    )
    assert (len(found.reopened), len(found.new), len(found.backdated), len(found.gone)) == (1, 2, 1, 1)
    document = month_document([found], Sides("上月", "本月", "3月", "4月"))["tables"][0]
    assert [(each["case"], each["backdated"]) for each in document["new"]] == [("3", True), ("4", False)]
    assert [(each["case"], each["closed"]) for each in document["gone"]] == [("2", True)]
    assert not found.silent


def test_the_workbooks_hold_every_finding_and_are_no_ledgers() -> None:
    table = compared(
        grid(HEAD + "第一中学 | 1 | =1+1 | 2012-03-01 | 已销号\n第二中学 | 5 | +SUM(1) | | "),
        grid(HEAD + "第一中学 | 1 | 早退 | 2012-03-01 | 整改中"),
    )
    book = book_of(sections_workbook("对账", reconciled_sections([table], SIDES), SIDES))
    assert book.mark == "zyw-output"
    assert [sheet.sheet for sheet in book.grids] == [
        "汇总",
        "不一致",
        "只在甲方",
        "只在乙方",
        "可能是同一件",
        "一方销号",
    ]
    cells = {sheet.sheet: [cell for row in sheet.rows for cell in row] for sheet in book.grids}
    assert {"=1+1", "早退"} <= set(cells["不一致"])
    assert "+SUM(1)" in cells["只在甲方"]
    assert "甲方" in cells["一方销号"]
    assert "（无）" in cells["只在乙方"]
    found = month(table)
    sides = Sides("上月", "本月", "3月", "4月")
    names = [s.sheet for s in book_of(sections_workbook("变化", month_sections([found], sides), sides)).grids]
    assert names == ["汇总", "新增", "暗改", "进展", "补填", "重新打开", "本月销号", "不见了", "可能是同一件"]
