from typing import Any

import pytest

from tests.builders import Office, Row, dayuan, year
from zyw.ledger import Ledger
from zyw.naming.units import Unit
from zyw.problems import Problem
from zyw.scores import Scores
from zyw.scoring import score
from zyw.sheets import letter

UNITS = (Unit("甲小学", "小学", head="王某"), Unit("乙小学", "小学"))
ROW: Row = {"单位": "甲小学", "姓名": "张三", "职务": "教师", "处理方式": "记过", "处理时间": "2012-04-02"}
ISSUE: Row = {"单位": "甲小学", "当事人": "张三", "职务": "教师", "处理结果": "记过", "处理时间": "2012-04-02"}


def run(ledger: Ledger) -> tuple[Scores, tuple[Problem, ...]]:
    return score(ledger, dayuan(), year())


def points(scores: Scores, unit: str = "甲小学") -> int:
    found = scores.units.set_index("unit")["score"]
    return int(found.loc[[unit]].iloc[0]) // 1_000_000


def reasons(scores: Scores) -> list[str]:
    return [str(text) for text in scores.not_counted["reason"]]


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in problems if each.code != "C005"]


def test_a_cell_that_could_not_be_read_keeps_its_row_from_counting() -> None:
    for field in ("处理时间", "撤销时间", "姓名", "案号"):
        office = Office(UNITS).sanctions({**ROW, "撤销时间": "", "案号": ""}, faulty=[(0, field)])
        scores, problems = run(office.ledger())
        assert points(scores) == 100, field
        assert reasons(scores) == [f"“{field}”一格无法识别"]
        assert scores.units["rows_not_used"].tolist() == [1, 0]
        assert told(problems) == []


def test_a_fault_in_a_cell_that_scoring_does_not_need_is_no_hindrance() -> None:
    office = Office(UNITS).sanctions({**ROW, "提醒日期": ""}, faulty=[(0, "提醒日期")])
    assert points(run(office.ledger())[0]) == 98


def test_a_row_whose_unit_is_unknown_counts_nowhere() -> None:
    scores, problems = run(Office(UNITS).sanctions({**ROW, "单位": "", "单位原文": "某校"}).ledger())
    assert scores.units["score"].tolist() == [100_000_000] * 2
    assert reasons(scores) == ["单位不在名册里，或没有写单位"]
    assert told(problems) == []


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        ({"姓名": ""}, "C001", "B2"),
        ({"处理方式": "罚款"}, "C002", "D2"),
        ({"处理方式": ""}, "C002", "D2"),
        ({"处理时间": ""}, "C003", "E2"),
    ],
)
def test_an_unusable_row_is_told_with_its_cell(change: Row, code: str, cell: str) -> None:
    scores, problems = run(Office(UNITS).sanctions({**ROW, **change}).ledger())
    assert told(problems) == [(code, f"追责台账.xlsx ▸ Sheet1!{cell}")]
    assert points(scores) == 100
    assert scores.units["rows_not_used"].tolist() == [1, 0]


def test_a_known_measure_counts_beside_an_unknown_one_which_is_told() -> None:
    scores, problems = run(Office(UNITS).sanctions({**ROW, "处理方式": "记过、罚款"}).ledger())
    assert points(scores) == 98
    assert [code for code, _ in told(problems)] == ["C002"]
    assert scores.units["rows_not_used"].tolist() == [0, 0]


def test_a_missing_column_is_told_once_a_sheet_and_its_rows_do_not_count() -> None:
    row = {key: value for key, value in ROW.items() if key != "处理时间"}
    scores, problems = run(Office(UNITS).sanctions(row, row, file="甲.xlsx").ledger())
    assert told(problems) == [("C009", "甲.xlsx ▸ Sheet1")]
    assert "2 行" in problems[0].message
    assert points(scores) == 100


def test_a_column_that_only_one_sheet_has_is_judged_sheet_by_sheet() -> None:
    reported = {**ROW, "来源": "群众举报", "是否核实": ""}
    without = {**ROW, "姓名": "李四", "来源": "群众举报"}
    office = Office(UNITS).sanctions(reported, file="甲.xlsx").sanctions(without, file="乙.xlsx")
    scores, problems = run(office.ledger())
    assert points(scores) == 98
    assert [(each.code, str(each.place)) for each in problems] == [("C005", "乙.xlsx ▸ Sheet1")]
    assert len(reasons(scores)) == 1


def test_several_names_in_one_cell_are_taken_for_one_person_and_told() -> None:
    scores, problems = run(Office(UNITS).sanctions({**ROW, "姓名": "张三、李四"}).ledger())
    assert points(scores) == 98
    assert [code for code, _ in told(problems)] == ["C011"]


def test_more_than_two_hundred_faults_of_a_kind_end_in_their_number() -> None:
    _, problems = run(Office(UNITS).sanctions(*[{**ROW, "姓名": ""}] * 230).ledger())
    codes = [code for code, _ in told(problems)]
    assert codes == ["C001"] * 200 + ["C015"]
    assert "30 行" in problems[-1].message


@pytest.mark.parametrize(
    ("issue", "counts"),
    [
        ({}, 1),
        ({"处理结果": "通报批评"}, 2),
        ({"处理时间": "2012-05-03"}, 1),
        ({"处理时间": "2012-05-04"}, 2),
        ({"处理时间": "2012-03-02"}, 1),
        ({"处理时间": "2012-03-01"}, 2),
        ({"单位": "乙小学"}, 2),
        ({"当事人": "李四"}, 2),
        ({"处理结果": "已整改"}, 1),
    ],
)
def test_an_issue_that_tells_the_same_sanction_counts_once(issue: Row, counts: int) -> None:
    office = Office(UNITS).sanctions({**ROW, "案号": "一"}).issues({**ISSUE, **issue})
    scores, _ = run(office.ledger())
    assert int(scores.units["score"].sum()) == (200 - 2 * counts) * 1_000_000


def test_an_issue_without_a_date_is_no_error_when_its_case_stands_in_the_other_ledger() -> None:
    office = Office(UNITS).sanctions({**ROW, "案号": "一"}).issues({**ISSUE, "案号": "一", "处理时间": ""})
    scores, problems = run(office.ledger())
    assert points(scores) == 98
    assert told(problems) == []


def test_the_row_that_stands_is_named_by_file_sheet_and_row() -> None:
    scores, _ = run(Office(UNITS).sanctions(ROW).issues(ISSUE).ledger())
    assert reasons(scores) == ["与追责台账同一处理（追责台账.xlsx ▸ Sheet1!第2行），以追责台账为准"]


def test_an_issue_ledger_without_persons_yields_nothing_and_says_so() -> None:
    row = {"单位": "甲小学", "问题": "迟到", "处理结果": "通报批评", "处理时间": "2012-04-02"}
    scores, problems = run(Office(UNITS).issues(row).ledger())
    assert points(scores) == 100
    assert told(problems) == [("C014", "问题台账.xlsx ▸ Sheet1")]


def test_a_measure_without_a_person_in_an_issue_ledger_is_an_error() -> None:
    scores, problems = run(Office(UNITS).issues({**ISSUE, "当事人": ""}).ledger())
    assert points(scores) == 100
    assert [code for code, _ in told(problems)] == ["C001"]


def test_no_message_shows_a_long_cell_or_an_identity_number() -> None:
    secret = "110101199003078515"
    _, problems = run(Office(UNITS).sanctions({**ROW, "处理方式": f"罚款{secret}"}).ledger())
    assert secret not in "".join(each.message + each.hint for each in problems)


def test_not_counted_reasons_mask_what_they_show() -> None:
    secret = "110101199003078515"
    scores, _ = run(Office(UNITS).sanctions({**ROW, "处理方式": f"罚款{secret}"}).ledger())
    assert secret not in "".join(reasons(scores))


@pytest.mark.parametrize("tables", [{}, {"columns": ["单位", "姓名", "处理方式", "处理时间"]}])
def test_nothing_to_score_leaves_every_unit_with_its_base(tables: dict[str, Any]) -> None:
    office = Office(UNITS).sanctions(**tables) if tables else Office(UNITS)
    scores, problems = run(office.ledger())
    assert scores.units["score"].tolist() == [100_000_000] * 2
    assert not len(scores.journal)
    assert not len(scores.not_counted)
    assert scores.effects == ()
    assert problems == ()


def test_a_case_that_stands_in_two_files_counts_once_and_both_cells_are_named() -> None:
    case = {**ROW, "案号": "一", "是否核实": "是"}
    twice = Office(UNITS).sanctions(case, file="甲.xlsx").sanctions({**case, "处理方式": "诫勉谈话"}, file="乙.xlsx")
    scores, problems = run(twice.ledger())
    assert points(scores) == 98
    cell = {name: f"{name} ▸ Sheet1!{letter(list(case).index('案号'))}2" for name in ("甲.xlsx", "乙.xlsx")}
    assert told(problems) == [("C016", cell["乙.xlsx"])]
    assert cell["甲.xlsx"] in problems[0].message


def test_two_measures_of_one_case_in_one_file_are_no_doubt() -> None:
    case = {**ROW, "案号": "一", "是否核实": "是"}
    _, problems = run(Office(UNITS).sanctions(case).sanctions({**case, "处理方式": "诫勉谈话"}).ledger())
    assert told(problems) == []
