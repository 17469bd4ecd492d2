import pytest

from tests.grids import grid, read
from zyw.sheets import Merge

HEAD = "序号 | 单位 | 问题\n"


def rows_of(body: str, merges: tuple[Merge, ...] = ()) -> list[str]:
    ledger, _ = read(grid(HEAD + body, merges=merges))
    return list(ledger.rows["问题台账"]["问题"])


@pytest.mark.parametrize("word", ["合计", "小计", "总 计", "平均", "小計", "全区合计", "合计："])
def test_a_total_row_is_not_a_record(word: str) -> None:
    assert rows_of(f"1 | 一中 | 迟到\n{word} | | 1条\n2 | 二中 | 早退\n | {word} | 2条") == ["迟到", "早退"]


@pytest.mark.parametrize(
    "tail",
    [
        "填表人：张三 | | 审核人：李四",
        "单位负责人： | |",
        "备注：1.本表每月5日前报送。\n2.责任单位指学校。\n3.销号要有佐证。",
        "注：此表一式两份 | | 2012年5月30日",
        "\n\n单位（盖章）： | | 日期：",
    ],
)
def test_notes_and_signatures_below_are_left_out(tail: str) -> None:
    assert rows_of("1 | 一中 | 迟到\n2 | 二中 | 早退\n" + tail) == ["迟到", "早退"]


def test_a_last_row_with_little_in_it_is_still_a_record() -> None:
    assert rows_of("1 | 一中 | 迟到\n | 二中 | 1.早退") == ["迟到", "1.早退"]


def test_blank_rows_inside_are_passed_over_and_row_numbers_stay_true() -> None:
    ledger, _ = read(grid(HEAD + "1 | 一中 | 迟到\n | |\n2 | 二中 | 早退"))
    frame = ledger.rows["问题台账"]
    assert [ledger.origins.locate(o, ("问题",)).cells for o in frame["origin"]] == [("C2",), ("C4",)]


def test_cells_merged_downwards_are_filled_inside_their_range_only() -> None:
    ledger, problems = read(grid(HEAD + "1 | 一中 | 迟到\n2 | | 早退\n3 | | 脱岗", merges=(Merge(2, 1, 3, 1),)))
    assert list(ledger.rows["问题台账"]["单位"]) == ["第一中学", "第一中学", ""]
    assert [str(p.place) for p in problems if p.code == "U002"] == ["台账.xlsx ▸ Sheet1!B4"]


def test_a_note_merged_across_the_table_is_no_record() -> None:
    assert rows_of("1 | 一中 | 迟到\n以上为明察，以下为暗访 | |\n2 | 二中 | 早退", (Merge(3, 0, 3, 2),)) == [
        "迟到",
        "早退",
    ]


def test_a_header_without_rows_is_told() -> None:
    _, problems = read(grid("序号 | 单位 | 问题"))
    assert [p.code for p in problems if p.code == "S007"] == ["S007"]
