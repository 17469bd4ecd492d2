"""`zyw overdue` as a clerk types it: table, JSON, workbook, csv, the day, the office's holidays, levels, exit codes."""

import csv
import io
import json
import shlex
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from tests.docgen import run as run_words

HEAD: Final = "学校名称,编号,问题描述,问题类别,检查日期,整改时限,状态,整改责任人,包保领导,举报人,整改完成时间,销号时间,答复情况,是否核实\n"
ROWS: Final = (
    "甲小学,A1,=1+1,作风,2012-03-01,2012-05-08,整改中,王小明,李大海,赵秘密,,,,是\n"
    "乙小学,A2,迟到,作风,2012-03-01,2012-04-01,整改中,张三,李大海,赵秘密,,,,是\n"
    "乙小学,A3,早退,作风,2012-03-01,2012-05-20,整改中,张三,李大海,赵秘密,,,,是\n"
    "乙小学,A4,收费,作风,2012-03-01,2012-05-20,已销号,张三,李大海,赵秘密,2012-04-01,2012-04-02,,是\n"
    "乙小学,A5,体罚,作风,2012-03-01,2012-05-20,已整改,张三,李大海,赵秘密,2012-04-01,,已答复,是\n"
)
ASK: Final = "zyw overdue 台账.csv --as-of 2012-05-15"


def run(line: str, folder: Path) -> tuple[int, str]:
    return run_words(shlex.split(line)[1:], folder)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "台账.csv").write_text(HEAD + ROWS, encoding="utf-8")
    return tmp_path


def document(office: Path, line: str = ASK) -> dict[str, Any]:
    code, printed = run(f"{line} --json -q", office)
    assert code == 0, printed
    found: dict[str, Any] = json.loads(printed.splitlines()[0])
    return found


def test_the_screen_shows_counts_by_unit_and_leader_and_the_lists_within_80_columns(office: Path) -> None:
    code, printed = run(ASK, office)
    assert code == 0
    assert "在办 3，已完成未销号 1，已销号 1，逾期 2（蓝色预警 1、红色预警 1），快到期 1" in printed
    lines = printed.splitlines()
    order = [line.split()[1] for line in lines if line.startswith(("甲小学  A", "乙小学  A"))]
    assert order == ["A2", "A1", "A3", "A4", "A5"]  # 逾期、快到期、不该销号、可以销号
    assert any(line.startswith("李大海") for line in lines)
    table = [line for line in lines if line.startswith(("甲小学", "乙小学", "单位"))]
    assert max(len(line.encode("gb18030")) for line in table) <= 80
    assert "赵秘密" not in printed


def test_json_has_every_list_with_days_warning_owner_and_origin(office: Path) -> None:
    found = document(office)
    assert (found["version"], found["as_of"], found["scheme"], found["days"]) == (1, "2012-05-15", None, "自然日")
    assert found["counts"]["overdue"] == 2
    first = found["overdue"][0]
    assert {name: first[name] for name in ("unit", "number", "due", "days", "alert", "colour", "person", "leader")} == {
        "unit": "乙小学", "number": "A2", "due": "2012-04-01", "days": 44, "alert": "红色预警", "colour": "红",
        "person": "张三", "leader": "李大海",
    }  # fmt: skip
    assert first["origins"] == [{"file": "台账.csv", "sheet": None, "row": 3, "cells": []}]
    assert [gap["condition"] for gap in found["wrongly_closed"][0]["gaps"]] == ["反映人得到答复"]
    assert [each["number"] for each in found["closable"]] == ["A5"]
    leader = next(each for each in found["owners"] if each["kind"] == "leader")
    assert (leader["name"], leader["open"], leader["overdue"], leader["by_alert"]["红色预警"]) == ("李大海", 3, 2, 1)
    assert found["missing_inputs"] == []
    assert {each["code"] for each in found["problems"]} >= {"D006"}
    assert "赵秘密" not in json.dumps(found, ensure_ascii=False)


def test_a_period_stands_on_its_last_day_and_without_one_it_is_today_and_that_is_said(office: Path) -> None:
    assert document(office, "zyw overdue 台账.csv --month 2012-04")["as_of"] == "2012-04-30"
    _, printed = run("zyw overdue 台账.csv", office)
    assert "今天是 20" in printed
    assert run("zyw overdue 台账.csv --as-of 2012-02-30", office)[0] == 2


def book(office: Path, level: str = "") -> Any:
    code, printed = run(f"{ASK} -o 督办.xlsx --overwrite{level}", office)
    assert code == 0, printed
    return openpyxl.load_workbook(office / "督办.xlsx")


def cells(sheet: Any) -> list[Any]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_workbook_has_a_sheet_a_list_with_the_warning_in_word_and_colour(office: Path) -> None:
    found = book(office)
    assert found.sheetnames == ["按单位", "按责任领导", "按责任人", "逾期", "快到期", "可以销号", "不该销号"]
    warned = next(cell for row in found["逾期"].iter_rows() for cell in row if cell.value == "红色预警")
    assert warned.fill.fgColor.rgb == "FFF8CBCB"
    text = next(cell for row in found["逾期"].iter_rows() for cell in row if cell.value == "=1+1")
    assert text.data_type == "s"
    assert all("赵秘密" not in str(value) for sheet in found for value in cells(sheet))
    assert found["逾期"].oddHeader.right.text is not None


def test_papers_for_others_mask_persons_and_leave_the_text_out(office: Path) -> None:
    found = book(office, " --level 通报")
    values = [str(value) for sheet in found for value in cells(sheet)]
    assert "张某" in values
    assert "张三" not in values
    assert "迟到" not in values
    assert "按责任人" not in found.sheetnames
    values = [str(value) for sheet in book(office, " --level 公示") for value in cells(sheet)]
    assert not {"张某", "张三", "李大海", "李某某"} & set(values)


def test_csv_lists_everything_under_one_header_and_no_text_is_a_formula(office: Path) -> None:
    assert run(f"{ASK} -o 督办.csv", office)[0] == 0
    data = (office / "督办.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0][:4] == ["清单", "单位", "编号", "问题"]
    assert [row[0] for row in rows[1:]] == ["逾期", "逾期", "快到期", "可以销号", "不该销号"]
    assert next(row for row in rows if row[2] == "A1")[3] == "'=1+1"


def test_results_are_the_same_bytes_again(office: Path) -> None:
    book(office)
    first = (office / "督办.xlsx").read_bytes()
    book(office)
    assert (office / "督办.xlsx").read_bytes() == first


def test_another_ending_is_refused_before_anything_is_read(office: Path) -> None:
    code, printed = run("zyw overdue 没有.csv -o 督办.pdf", office)
    assert (code, "G026" in printed) == (2, True)


def test_a_missing_input_is_named_and_the_rest_is_done(office: Path) -> None:
    code, printed = run(f"{ASK} 没有.csv", office)
    assert code == 3
    assert "逾期 2" in printed
    assert "缺：没有.csv" in printed


WORKING: Final = """方案: {编号: 甲, 名称: 甲, 发文机关: 甲局, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
规则: [{编号: 一, 依据: 一, 数据: 问题台账, 计数: 行, 每次: -1}]
办理: {历: 工作日}
"""


def test_the_office_s_own_holidays_move_deadlines_read_and_days_counted(office: Path) -> None:
    (office / "方案.yaml").write_text(WORKING, encoding="utf-8")
    (office / "台账.csv").write_text(
        "学校名称,问题描述,检查日期,整改时限\n甲小学,迟到,2027-02-03,3个工作日内\n", encoding="utf-8"
    )
    ask = "zyw overdue . --as-of 2027-02-15 --scheme 方案.yaml"
    assert [(each["due"], each["days"]) for each in document(office, ask)["overdue"]] == [("2027-02-08", 5)]
    (office / "节假日.csv").write_text("起,止,安排,名称\n2027-02-05,2027-02-11,放假,春节\n", encoding="gb18030")
    # 2 月 4 日、12 日、15 日：第三个工作日正是今天
    found = document(office, ask)
    assert found["overdue"] == []
    assert [(each["due"], each["days"]) for each in found["due_soon"]] == [("2027-02-15", 0)]
    assert not {"D002", "L022"} & {each["code"] for each in found["problems"]}
    (office / "节假日.csv").write_text("2027-02-31,,放假,春节\n", encoding="utf-8")
    code, printed = run(ask, office)
    assert (code, "D001  节假日.csv:1" in printed) == (2, True)


def test_clocks_of_appeals_stand_beside(office: Path) -> None:
    scheme = (Path(__file__).parent / "data" / "schemes" / "process.yaml").read_text(encoding="utf-8")
    (office / "方案.yaml").write_text(scheme, encoding="utf-8")
    head = "单位,姓名,职务,处理方式,处理时间,送达时间,申请复核日,复核决定日,复核结果\n"
    rows = (
        "甲小学,张三,教师,诫勉谈话,2012-04-02,2012-04-05,2012-04-10,,\n"  # 应在 5 月 10 日以前答复
        "甲小学,李四,教师,诫勉谈话,2012-05-02,2012-05-03,,,\n"  # 可以申请到 6 月 2 日
        "甲小学,赵六,教师,诫勉谈话,2012-03-02,2012-03-03,,,\n"  # 到 4 月 2 日，过了
        "甲小学,孙五,教师,诫勉谈话,2012-03-02,2012-03-03,2012-03-10,2012-04-01,维持\n"
    )
    (office / "追责台账.csv").write_text(head + rows, encoding="utf-8")
    found = document(office, "zyw overdue 追责台账.csv --as-of 2012-05-15 --scheme 方案.yaml")["appeals"]
    told = [(a["person"], a["ask_by"], a["answer_by"], a["pending"], a["days_late"]) for a in found]
    assert told == [
        ("张三", "2012-05-05", "2012-05-10", True, 5),
        ("孙五", "2012-04-02", "2012-04-09", False, 0),
        ("李四", "2012-06-02", None, False, 0),
    ]
    for day, may_ask in (("2012-06-02", True), ("2012-06-03", False)):  # the last day is a day
        found = document(office, f"zyw overdue 追责台账.csv --as-of {day} --scheme 方案.yaml")["appeals"]
        assert ("李四" in [each["person"] for each in found]) is may_ask


def test_an_extension_that_does_not_count_is_told_by_check_too(office: Path) -> None:
    head = "学校名称,问题描述,检查日期,整改时限,延期至,延期理由,延期批准人\n"
    (office / "台账.csv").write_text(f"{head}甲小学,迟到,2012-03-01,2012-04-01,2012-06-30,停工,\n", encoding="utf-8")
    code, printed = run("zyw check 台账.csv", office)
    assert (code, "D003  台账.csv ▸ E2" in printed) == (0, True)
    assert run("zyw check 台账.csv --strict", office)[0] == 1


ORDERED: Final = """方案: {编号: 甲, 名称: 甲, 发文机关: 甲局, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
规则: [{编号: 一, 依据: 一, 数据: 问题台账, 计数: 行, 每次: -1}]
办理:
  状态:
    - {名称: 整改中, 依据: 三1, 写法: [正在整改], 可到: [待核]}
    - {名称: 待核, 依据: 三2, 算: 完成, 可到: [已销号, 整改中]}
    - {名称: 已销号, 依据: 三3, 算: 销号}
"""


def test_states_that_did_not_go_the_scheme_s_way_since_the_last_ledger_are_listed(office: Path) -> None:
    (office / "方案.yaml").write_text(ORDERED, encoding="utf-8")
    head = "学校名称,编号,问题描述,检查日期,状态\n"

    def ledger(*states: str) -> str:
        return head + "".join(f"甲小学,A{i},迟到{i},2012-03-01,{state}\n" for i, state in enumerate(states))

    (office / "上月.csv").write_text(ledger("正在整改", "正在整改", "待核", "已销号", "别的"), encoding="utf-8")
    (office / "台账.csv").write_text(ledger("已销号", "待核", "已销号", "整改中", "已销号"), encoding="utf-8")
    ask = "zyw overdue 台账.csv --as-of 2012-05-15 --scheme 方案.yaml --against 上月.csv"
    moves = document(office, ask)["moves"]
    assert [(each["case"], each["before"], each["after"], each["allowed"], each["clause"]) for each in moves] == [
        ("A0", "正在整改", "已销号", ["待核"], "三1")
    ]
    code, printed = run(ask, office)
    assert (code, "没有按次序 1 件" in printed) == (0, True)
    assert run(f"{ask} -o 督办.xlsx", office)[0] == 0
    assert "没有按次序" in openpyxl.load_workbook(office / "督办.xlsx").sheetnames
    assert run(ask.replace("上月", "没有"), office)[0] == 3


def test_two_months_tell_what_was_opened_again_by_its_day(office: Path) -> None:
    head = "学校名称,编号,问题描述,检查日期,整改完成时间,销号时间,重新打开日\n"
    row = "甲小学,A1,迟到,2012-03-01,2012-03-10,2012-03-20,"
    (office / "上月.csv").write_text(f"{head}{row}\n", encoding="utf-8")
    (office / "本月.csv").write_text(f"{head}{row}2012-05-02\n", encoding="utf-8")
    _, printed = run("zyw diff 上月.csv 本月.csv --json -q", office)
    table = json.loads(printed.splitlines()[0])["tables"][0]
    assert len(table["reopened"]) == 1
    assert not table["silently_changed"]
