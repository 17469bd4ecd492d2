from datetime import date
from pathlib import Path

import pytest

from tests.builders import SCHEMES, dayuan, scheme
from zyw.cases import Case, first_period, load_cases, run_case, run_cases
from zyw.decoding import Fields
from zyw.library import cases_file, read_scheme, read_text, scheme_ids
from zyw.shown.schemes import cases_payload, coverage_lines

FILES = sorted(SCHEMES.glob("*.cases.yaml"))
ALL = [(path, case) for path in FILES for case in load_cases(path.read_text(encoding="utf-8"), path.name)[0]]


def test_every_built_in_scheme_has_cases_that_load() -> None:
    assert {path.name.removesuffix(".cases.yaml") for path in FILES} == {
        path.stem for path in SCHEMES.glob("*.yaml") if "." not in path.stem
    }
    for path in FILES:
        assert load_cases(path.read_text(encoding="utf-8"), path.name)[1] == ()


@pytest.mark.parametrize(("path", "case"), ALL, ids=[case.sentence for _, case in ALL])
def test_a_worked_case_comes_out_as_written(path: Path, case: Case) -> None:
    text = (SCHEMES / path.name.replace(".cases", "")).read_text(encoding="utf-8")
    assert run_case(case, scheme(text, path.name)) == ()


@pytest.mark.parametrize("letter", "ABCDEFGHIJ")
def test_each_case_of_the_design_is_among_them(letter: str) -> None:
    assert any(case.sentence.startswith(f"{letter} ") for _, case in ALL)


CASE = """
名册: [{单位: 甲小学, 学段: 小学}]
案例:
  - 说明: 一名教师一案
    追责台账:
      - {单位: 甲小学, 姓名: 张三, 职务: 教师, 处理方式: 通报批评, 处理时间: 2012-04-02}
    应得:
"""


def failures(expected: str) -> tuple[str, ...]:
    report, problems = run_cases(CASE + expected, "案例.yaml", dayuan())
    assert problems == ()
    assert len(report.failed) == 1
    return report.failed[0].failures


def test_a_wrong_score_is_told_with_both_numbers() -> None:
    assert failures("      得分: {甲小学: 97}\n") == ("甲小学得分应为 97，算出 98",)


def test_a_missing_or_surplus_consequence_is_told() -> None:
    assert "个人后果" in failures("      得分: {甲小学: 98}\n      个人后果: []\n")[0]
    assert failures("      得分: {甲小学: 98}\n      单位后果: {甲小学: [取消评先资格]}\n") == (
        "甲小学的后果应为 取消评先资格，算出 无",
    )


def test_what_should_not_have_counted_is_told() -> None:
    told = failures("      得分: {甲小学: 98}\n      未计入: [{姓名: 张三, 原因: 已撤销}]\n")
    assert told == ("未计入的条数应为 1，算出 0", "未计入应有“张三：已撤销”，算出的是：没有")


def test_wrong_places_codes_and_unused_rows_are_told() -> None:
    told = failures(
        "      得分: {甲小学: 98}\n      名次: {甲小学: 2}\n      问题: [C001]\n      未用行: {甲小学: 1}\n"
    )
    assert len(told) == 3


def test_an_unknown_unit_is_told() -> None:
    assert failures("      得分: {乙小学: 98}\n") == ("乙小学得分应为 98，算出 没有这个单位",)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{单位: 甲小学, 处理方法: 记过}", "P005"),
        ("{单位: 甲小学, 处理时间: 2012-02-30}", "P007"),
        ("{单位: 甲小学, 是否核实: 也许}", "P007"),
        ("一段文字", "P007"),
    ],
)
def test_a_faulty_row_is_refused_with_its_place(row: str, code: str) -> None:
    text = f"案例:\n  - 说明: 甲\n    追责台账: [{row}]\n    应得: {{得分: {{甲: 100}}}}\n"
    report, problems = run_cases(text, "案例.yaml", dayuan())
    assert report.outcomes == ()
    assert [found.code for found in problems] == [code]
    assert problems[0].place is not None
    assert problems[0].place.line == 3


def test_a_period_that_is_none_is_refused() -> None:
    text = "案例:\n  - {说明: 甲, 考核期: 去年, 应得: {得分: {甲: 100}}}\n"
    assert [found.code for found in run_cases(text, "x", dayuan())[1]] == ["P007"]


def test_an_expectation_is_read_by_its_declaration() -> None:
    cases, _ = load_cases(CASE + "      得分: {甲小学: 98}\n", "x")
    assert isinstance(cases[0].expected, Fields)
    assert cases[0].expected.get("得分")[0][:2] == ("甲小学", "98")


COVERED = """
名册: [{单位: 甲小学, 学段: 小学, 主要负责人: 王某}]
案例:
  - 说明: 校长一案
    追责台账: [{案号: A1, 单位: 甲小学, 姓名: 王某, 职务: 校长, 处理方式: 通报批评, 处理时间: 2012-04-02, 是否核实: 是}]
    应得: {得分: {甲小学: 95}}
  - 说明: 校长又一案
    追责台账: [{案号: A2, 单位: 甲小学, 姓名: 王某, 职务: 校长, 处理方式: 通报批评, 处理时间: 2012-05-02, 是否核实: 是}]
    应得: {得分: {甲小学: 95}}
"""


def test_rules_that_no_case_and_that_every_case_uses_are_told() -> None:
    report, problems = run_cases(COVERED, "甲.cases.yaml", dayuan())
    assert problems == ()
    assert report.never == ("干部教师追责", "主要领导两次追责")
    assert report.always == ("主要领导追责",)
    assert coverage_lines("甲", report) == [
        "甲：没有例子用到的规则：干部教师追责、主要领导两次追责",
        "甲：每个例子都用到的规则：主要领导追责",
    ]
    assert cases_payload([("甲", report)])["coverage"][1] == {
        "scheme": "甲", "rule": "主要领导追责", "fired": 2, "of": 2,
    }  # fmt: skip


def test_the_built_in_schemes_have_a_case_for_each_rule_and_one_against_it() -> None:
    for name in scheme_ids():
        found, _ = run_cases(read_text(cases_file(name)), name, read_scheme(name)[0])
        assert (found.never, found.always) == ((), ())


@pytest.mark.parametrize(
    ("heading", "first"),
    [
        ("发文日期: 2011-12-24\n  考核期: 自然年", "2012-01-01"),
        ("发文日期: 未载明\n  自: 2013-01-01\n  考核期: 自然年", "2013-01-01"),
        ("发文日期: 2010-05-01\n  考核期: 学年", "2010-09-01"),
        ("发文日期: 2010-05-01\n  自: 2011-09-01\n  考核期: 学年", "2011-09-01"),
    ],
)
def test_a_case_without_a_period_is_of_the_first_whole_one_the_scheme_holds_for(heading: str, first: str) -> None:
    text = (SCHEMES / "dayuan-2011.yaml").read_text(encoding="utf-8")
    text = text.replace("发文日期: 2011-12-24\n  考核期: 自然年", heading)
    assert str(first_period(scheme(text, "x.yaml")).start) == first


def test_a_case_that_stands_before_the_first_whole_period_is_of_the_one_it_stands_in() -> None:
    text = (SCHEMES / "dayuan-2011.yaml").read_text(encoding="utf-8")
    assert first_period(scheme(text, "x.yaml"), date(2011, 12, 31)).start == date(2011, 1, 1)


def test_a_difference_names_what_the_run_found_wrong() -> None:
    row = "      - {单位: 甲小学, 姓名: 李四, 职务: 教师, 处理方式: 记大功, 处理时间: 2012-04-02}\n    应得:\n"
    text = CASE.replace("    应得:\n", row) + "      得分: {甲小学: 97}\n"
    report, _ = run_cases(text, "案例.yaml", dayuan())
    assert report.failed[0].failures[-1].startswith("试算时的错误和警告：C")
