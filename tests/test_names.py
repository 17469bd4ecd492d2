import pytest

from tests.grids import codes, grid, places, read
from zyw.naming.roster import Roster
from zyw.naming.units import Unit


@pytest.mark.parametrize("written", ["第一中学", "第一 中学", "一中", "城关中学", "第一中学\u200b", "一 中"])
def test_a_unit_is_known_by_its_official_short_and_former_names(written: str) -> None:
    ledger, _ = read(grid(f"单位 | 问题\n{written} | 迟到"))
    assert ledger.rows["问题台账"]["单位"].tolist() == ["第一中学"]


def test_what_was_recognised_is_told_once_a_spelling_with_the_reason() -> None:
    one = grid("单位 | 问题\n一中 | 迟到\n一中 | 早退\n二中 | 脱岗", file="a.xlsx")
    _, problems = read(one, grid("单位 | 问题\n一中 | 旷课\n第二中学 | 旷课", file="b.xlsx"))
    assert [(str(p.place), p.message) for p in problems if p.code == "U003"] == [
        ("a.xlsx ▸ Sheet1!A2", "“一中”认作第一中学（简称），共 3 格"),
        ("a.xlsx ▸ Sheet1!A4", "“二中”认作第二中学（简称），共 1 格"),
    ]


def test_a_near_miss_is_refused_with_the_three_nearest() -> None:
    ledger, problems = read(grid("单位 | 问题\n第一中 | 迟到"))
    assert ledger.rows["问题台账"]["单位"].tolist() == [""]
    assert places(problems, "U001") == ["台账.xlsx ▸ Sheet1!A2"]
    assert "第一中学、第二中学、实验小学" in next(p.message for p in problems if p.code == "U001")


def test_a_name_two_units_claim_is_neither() -> None:
    roster = Roster((Unit("实验小学", short=("实小",)), Unit("实验第二小学", short=("实小",))))
    assert roster.match("实小").unit == ""
    assert roster.match("实小").candidates == ("实验小学", "实验第二小学")


def test_an_official_name_wins_over_another_units_short_one() -> None:
    assert Roster((Unit("一中"), Unit("第一中学", short=("一中",)))).match("一中").unit == "一中"


def test_a_branch_is_not_its_school() -> None:
    _, problems = read(grid("单位 | 问题\n第一中学(东校区) | 迟到"))
    assert "U001" in codes(problems)


def test_a_sheet_a_school_takes_its_unit_from_the_filling_line_or_its_name() -> None:
    body = "问题类别 | 问题描述 | 整改措施 | 整改时限\n作风 | 迟到 | 批评 | 2012-6-1"
    by_line, told = read(grid("填报单位：一中\n" + body))
    by_name, _ = read(grid(body, sheet="二中"))
    nobody, refused = read(grid(body, sheet="表1"))
    assert by_line.rows["问题台账"]["单位"].tolist() == ["第一中学"]
    assert by_name.rows["问题台账"]["单位"].tolist() == ["第二中学"]
    assert "U007" in codes(told)
    assert "S006" in codes(refused)
    assert nobody.rows["问题台账"]["单位"].tolist() == [""]


def test_without_a_roster_names_are_kept_and_that_is_said() -> None:
    ledger, problems = read(grid("单位 | 问题\n第一中学 | 迟到"), roster=False)
    assert [unit.name for unit in ledger.units] == ["第一中学"]
    assert not ledger.has_roster
    assert "U005" in codes(problems)


def test_a_unit_twice_in_the_roster_is_told_and_its_first_row_stands() -> None:
    ledger, problems = read(grid("学校名称 | 学段\n甲校 | 小学\n甲 校 | 初中", file="r.xlsx"), roster=False)
    assert [(u.name, u.kind) for u in ledger.units] == [("甲校", "小学")]
    assert places(problems, "U004") == ["r.xlsx ▸ Sheet1!A3"]


def test_what_nobody_sees_is_taken_off_and_told_once_a_column() -> None:
    ledger, problems = read(
        grid("单位 | 问题\n第一中学\u200b | 迟到\n第二中学 | 早\u200b退\n第一中学\u200b | 脱\u00ad岗")
    )
    assert ledger.rows["问题台账"]["问题"].tolist() == ["迟到", "早退", "脱岗"]
    assert places(problems, "L014") == ["台账.xlsx ▸ Sheet1!A2", "台账.xlsx ▸ Sheet1!B3"]
