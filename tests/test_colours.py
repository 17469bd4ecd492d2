from dataclasses import replace

import pytest

from tests.grids import codes, grid, places, read
from zyw.intake.colours import colour_name
from zyw.sheets import Fill

ROWS = "单位 | 问题 | 状态\n" + "\n".join(f"一中 | 事{i} | {{}}" for i in range(6))
RED, YELLOW, GREEN = "FF0000", "FFFF00", "00B050"


def told(colours: dict[int, str], state: str = "", head: str = "状态") -> list[str]:
    """Return where state is only in the colours of a ledger of six rows (2 to 7)."""
    fills = tuple(Fill(row, 0, colour) for row, colour in colours.items())
    _, problems = read(replace(grid(ROWS.format(*[state] * 6).replace("状态", head)), fills=fills))
    return places(problems, "L023")


def test_rows_coloured_apart_without_a_state_are_told() -> None:
    assert told({2: RED, 3: RED, 4: YELLOW, 5: GREEN}) == ["台账.xlsx ▸ Sheet1!2"]
    assert told({5: RED}) == ["台账.xlsx ▸ Sheet1!5"]
    assert told({3: RED, 4: RED}, head="附记") == ["台账.xlsx ▸ Sheet1!3"]


def test_the_colours_are_named_with_their_rows() -> None:
    fills = (Fill(2, 0, RED), Fill(3, 0, RED), Fill(4, 0, GREEN))
    _, problems = read(replace(grid(ROWS.format(*[""] * 6)), fills=fills))
    assert "红 2 行，绿 1 行" in next(p.message for p in problems if p.code == "L023")


@pytest.mark.parametrize(
    "colours",
    [
        {},
        dict.fromkeys(range(2, 8), YELLOW),
        dict.fromkeys(range(2, 8, 2), YELLOW),
        dict.fromkeys(range(3, 8, 2), YELLOW),
        {row: (RED, YELLOW)[row % 2] for row in range(2, 8)},
        {1: RED},
        {9: RED},
    ],
)
def test_bands_and_one_colour_for_all_are_only_looks(colours: dict[int, str]) -> None:
    assert told(colours) == []


def test_a_row_whose_state_is_written_needs_no_colour() -> None:
    assert told({2: RED, 3: GREEN}, state="已整改") == []


def test_other_tables_are_left_alone() -> None:
    sheet = grid("单位 | 姓名 | 处理方式\n一中 | 王某 | 警告\n一中 | 李某 | 警告")
    _, problems = read(replace(sheet, fills=(Fill(2, 0, RED),)))
    assert "L023" not in codes(problems)


def test_colours_have_the_names_people_use() -> None:
    named = [colour_name(c) for c in ("FF0000", "C00000", "FFC000", "FFFF00", "92D050", "00B0F0", "7030A0", "BFBFBF")]
    assert named == ["红", "红", "橙", "黄", "绿", "青", "紫", "灰"]
