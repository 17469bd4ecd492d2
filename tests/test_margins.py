"""序号 and 合计 beside the rows: what is counted, what a total may mean, where the places are."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grids import grid, places, read
from zyw.checks.sums import check_sums
from zyw.intake.margins import Claim
from zyw.problems import Problem
from zyw.sheets import Merge

HEAD = "序号 | 单位 | 材料名称 | 份数 | 备注\n"


def found(body: str, head: str = HEAD, merges: tuple[Merge, ...] = ()) -> tuple[Problem, ...]:
    ledger, _ = read(grid(head + body, merges=merges), roster=False)
    return tuple(problem for margins in ledger.margins for problem in check_sums(margins))


def claims(body: str, head: str = HEAD) -> list[Claim]:
    ledger, _ = read(grid(head + body), roster=False)
    return [claim for margins in ledger.margins for claim in margins.claims]


@pytest.mark.parametrize(
    "body",
    [
        "1 | 甲 | 总结 | 2\n2 | 乙 | 总结 | 3\n合计 | | | 5",
        "1 | 甲 | 总结 | 2\n | 小计 | | 2\n2 | 乙 | 总结 | 3\n | 小计 | | 3\n合计 | | | 5",
        "1 | 甲 | 总结 | 2\n2 | 乙 | 总结 | 3\n平均 | | | 2.5\n合计 | | | 5",
        "1 | 甲 | 总结 | 1\n2 | 乙 | 总结 | 1\n3 | 丙 | 总结 | 2\n平均 | | | 1.33",
        "1 | 甲 | 总结 | 0.5\n2 | 乙 | 总结 | 0.75\n合计 | | | 1.3",
        "1 | 甲 | 总结 | 2\n合计 | | | 2\n2 | 乙 | 总结 | 3\n合计 | | | 3\n总计 | | | 5",
        "1 | 甲 | 总结 | 2\n2 | 乙 | 总结 | 两份\n合计 | | | 9",
        "1 | 甲 | 总结 | 2\n合计 | | | ",
        "1 | 甲 | 总结 | 80%\n2 | 乙 | 总结 | 90%\n合计 | | | 85%",
        "1 | 甲 | 总结 | #0.1\n2 | 乙 | 总结 | #0.2\n合计 | | | #0.3",
    ],
    ids=[
        "plain",
        "nested",
        "average",
        "rounded average",
        "rounded",
        "groups",
        "no numbers",
        "blank",
        "percent",
        "floats",
    ],
)
def test_a_total_that_the_rows_bear_out_is_passed(body: str) -> None:
    assert claims(body) == []


def test_a_total_that_they_do_not_is_told_at_its_cell_with_both_numbers() -> None:
    body = "1 | 甲 | 总结 | 2\n2 | 乙 | 总结 | 3\n合计 | | | 6"
    assert claims(body) == [Claim("D4", "份数", "合计", Decimal(6), Decimal(5))]
    assert [p.message for p in found(body)] == ["“份数”的合计写 6，上面各行是 5"]


def test_a_wrong_subtotal_is_told_and_a_right_grand_total_is_not() -> None:
    body = "1 | 甲 | 总结 | 2\n | 小计 | | 2\n2 | 乙 | 总结 | 3\n | 小计 | | 4\n合计 | | | 5"
    assert [claim.cell for claim in claims(body)] == ["D5"]


def test_a_sum_is_never_rounded_to_a_whole_number_but_an_average_may_be() -> None:
    rows = "1 | 甲 | 总结 | 0.7\n2 | 乙 | 总结 | 1.2\n"
    assert [str(claim.counted) for claim in claims(rows + "合计 | | | #2")] == ["1.9"]
    assert claims(rows + "平均 | | | #1") == []


def test_rates_and_places_are_not_summed() -> None:
    head = "单位 | 材料名称 | 报送率 | 名次 | 平均份数\n"
    assert claims("甲 | 总结 | 80 | 1 | 2\n乙 | 总结 | 90 | 2 | 3\n合计 | | 85 | 2 | 9", head) == []


@given(st.lists(st.integers(0, 999), min_size=1, max_size=12), st.integers(0, 3))
def test_a_total_is_told_exactly_when_it_is_not_the_sum(values: list[int], off: int) -> None:
    rows = "".join(f"{i} | 甲 | 材料{i} | {value}\n" for i, value in enumerate(values, 1))
    assert bool(claims(rows + f"合计 | | | {sum(values) + off}")) is (off != 0)


def serials(*numbers: str) -> str:
    return "\n".join(f"{number} | 甲 | 材料{i} | 1" for i, number in enumerate(numbers))


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3"),
        ("1", "2", "3", "1", "2"),
        ("1", "1", "1", "1"),
        ("1", "2", "1", "1", "2", "3"),
        ("3", "1", "2", "4"),
        ("7", "8", "9"),
        ("1", "", "2", "一"),
    ],
)
def test_serials_in_order_are_passed(numbers: tuple[str, ...]) -> None:
    assert found(serials(*numbers)) == ()


def test_a_gap_is_told_once_at_the_first_row_behind_it() -> None:
    problems = found(serials("1", "2", "5", "6", "7", "9"))
    assert [(p.code, str(p.place), p.message) for p in problems] == [("K020", "台账.xlsx ▸ Sheet1!A4", "序号缺3–4、8")]


def test_a_repeat_is_told_at_the_second_row() -> None:
    assert places(found(serials("1", "2", "2", "3")), "K021") == ["台账.xlsx ▸ Sheet1!A4"]


def test_an_excerpt_of_a_longer_list_has_no_gaps() -> None:
    assert found(serials("3", "17", "40", "88")) == ()


def test_a_number_merged_over_rows_is_no_repeat() -> None:
    merge = Merge(3, 0, 4, 0)
    assert (
        found(
            "1 | 甲 | 材料 | 1\n2 | 乙 | 材料 | 1\n= | 乙 | 总结 | 1\n3 | 丙 | 材料 | 1".replace("=", ""),
            merges=(merge,),
        )
        == ()
    )
