"""A problem in merged cells, a row a measure: one problem, several measures."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.grids import codes, grid, read
from zyw.ledger import Ledger
from zyw.sheets import Merge

HEAD = "编号 | 学校 | 存在问题 | 整改措施 | 整改情况 | 完成时间 | 扣分"
FIELDS = HEAD.split(" | ")


def ledger_of(*rows: str, merged: dict[str, tuple[int, int]]) -> Ledger:
    """`merged` maps a column to its first and last row of data, counted from 1."""
    merges = tuple(
        Merge(1 + first, FIELDS.index(name), 1 + last, FIELDS.index(name)) for name, (first, last) in merged.items()
    )
    return read(grid("\n".join((HEAD, *rows)), merges=merges), roster=True)[0]


def issues(ledger: Ledger) -> list[tuple[Any, ...]]:
    return list(ledger.rows["问题台账"].rows("编号", "单位", "措施", "状态"))


ONE = dict.fromkeys(("编号", "学校", "存在问题", "整改情况", "完成时间"), (1, 3))


def test_rows_of_one_merged_problem_are_one_problem_with_its_measures() -> None:
    ledger = ledger_of(
        "1 | 一中 | 作业多 | 公布课表 | 已整改 | 2012-05-03 |",
        " | | | 抽查 | | |",
        " | | | 限时 | | |",
        "2 | 一中 | 迟到 | 打卡 | 已整改 | |",
        merged=ONE,
    )
    assert issues(ledger) == [
        ("1", "第一中学", "1.公布课表；2.抽查；3.限时", "已整改"),
        ("2", "第一中学", "打卡", "已整改"),
    ]
    assert ledger.measures is not None
    assert list(ledger.measures.rows("措施", "problem")) == [("公布课表", 3), ("抽查", 3), ("限时", 3)]


def test_a_problem_stands_as_its_least_advanced_measure() -> None:
    merged = dict.fromkeys(("编号", "学校", "存在问题"), (1, 3))
    ledger = ledger_of(
        "1 | 一中 | 作业多 | 甲 | 已整改 | 2012-05-03 |",
        " | | | 乙 | 正在整改 | |",
        " | | | 丙 | 已整改 | 2012-05-09 |",
        merged=merged,
    )
    assert issues(ledger) == [("1", "第一中学", "1.甲；2.乙；3.丙", "正在整改")]
    done = ledger_of(
        "1 | 一中 | 作业多 | 甲 | 已整改 | 2012-05-03 |",
        " | | | 乙 | 已整改 | 2012-05-12 |",
        " | | | 丙 | 已整改 | 2012-05-09 |",
        merged=merged,
    )
    assert [str(day)[:10] for day in done.rows["问题台账"]["完成日"]] == ["2012-05-12"]


def test_rows_with_points_of_their_own_stay_apart() -> None:
    ledger = ledger_of(
        "1 | 一中 | 作业多 | 甲 | 已整改 | 2012-05-03 | 1", " | | | 乙 | | | 2", " | | | 丙 | | | 2", merged=ONE
    )
    assert len(issues(ledger)) == 3
    assert ledger.measures is None


def test_a_problem_that_is_not_merged_is_a_problem_a_row() -> None:
    ledger = ledger_of("1 | 一中 | 作业多 | 甲 | 已整改 | |", "1 | 一中 | 作业多 | 乙 | 已整改 | |", merged={})
    assert len(issues(ledger)) == 2


def test_the_same_problem_of_two_schools_is_two() -> None:
    ledger = ledger_of(
        "1 | 一中 | 作业多 | 甲 | 已整改 | |", "2 | 二中 | | 乙 | 已整改 | |", merged={"存在问题": (1, 2)}
    )
    assert [unit for _, unit, _, _ in issues(ledger)] == ["第一中学", "第二中学"]


def test_what_was_taken_together_is_told() -> None:
    merges = tuple(Merge(2, at, 4, at) for at in (0, 1, 2, 4, 5))
    _, problems = read(
        grid(f"{HEAD}\n1 | 一中 | 作业多 | 甲 | 已整改 | |\n | | | 乙 | | |\n | | | 丙 | | |", merges=merges),
        roster=True,
    )
    assert "L024" in codes(problems)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_there_are_as_many_problems_as_blocks_and_as_many_measures_as_rows(sizes: list[int]) -> None:
    lines, merges, row = [], [], 2
    for number, size in enumerate(sizes, 1):
        lines.append(f"{number} | 一中 | 问题{number} | 措施{number} | 正在整改 | |")
        lines += [f" | | | 措施{number}之{at} | | |" for at in range(1, size)]
        merges += [Merge(row, at, row + size - 1, at) for at in (0, 1, 2, 4, 5) if size > 1]
        row += size
    ledger, _ = read(grid("\n".join((HEAD, *lines)), merges=tuple(merges)), roster=True)
    assert len(ledger.rows["问题台账"]) == len(sizes)
    several = [size for size in sizes if size > 1]
    assert (0 if ledger.measures is None else len(ledger.measures)) == sum(several)
