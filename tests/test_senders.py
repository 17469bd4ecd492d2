"""Whose return is it: by the rows, else the 填报单位 line, else the file's name; and when a workbook stays here."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.builders import Office
from zyw.ledger import ColumnReport, Ledger, RowUnits, SheetReport
from zyw.marking.senders import ANSWERS, SECRET, SEVERAL, UNSURE, Sender, senders
from zyw.naming.units import Unit
from zyw.problems import Place, problem

UNITS = [Unit("大垸中学", "初中"), Unit("大垸中学分校", "初中"), Unit("黄歇小学", "小学")]
FIELDS = ("单位", "问题")
PLAIN = (("A", "单位", "单位"), ("B", "问题描述", "问题"))


def ledger(*names: str, file: str = "台账.xlsx", roster: bool = True, **report: Any) -> Ledger:
    """Return a ledger of one sheet with a row for each of `names`; "?" before a name: the roster does not know it."""
    rows = [{"单位": "" if n.startswith("?") else n, "单位原文": n.lstrip("?"), "问题": "迟到"} for n in names]
    office = Office(units=UNITS if roster else [Unit(n) for n in names], roster=roster)
    found = office.issues(*rows, file=file, columns=(*FIELDS, "单位原文")).ledger()
    columns = tuple(ColumnReport(*c) for c in report.pop("columns", PLAIN))
    table = report.pop("table", "问题台账")
    sheet = SheetReport(file, "Sheet1", table, (1,), len(names), columns, report)
    block = found.origins.blocks[0]
    table = found.rows["问题台账"]
    units = RowUnits(table["单位"], np.arange(len(table)), table["单位原文"])
    return replace(found, sheets=(sheet,), row_units={block.first: units})


def at(*cells: str, file: str = "台账.xlsx") -> list[Any]:
    return [problem("L001", Place(file, "Sheet1", cell), name="日期", value="24/3/1") for cell in cells]


def one(found: Ledger, *cells: str, file: str = "台账.xlsx") -> Sender:
    (sender,) = senders(found, at(*cells, file=file), [file])
    return sender


def test_a_workbook_of_one_unit_goes_back_whole() -> None:
    sender = one(ledger("大垸中学", "大垸中学"), "B2", "B3")
    assert (sender.whole, sender.reason) == ("大垸中学", "")
    assert [f.cell for f in sender.by_unit["大垸中学"]] == ["B2", "B3"]
    assert sender.findings[0].label == "问题描述"


def test_a_countys_ledger_is_parted_by_rows_and_never_goes_back() -> None:
    sender = one(ledger("大垸中学", "黄歇小学", "?无名"), "B2", "B3", "B4", "")
    assert (sender.whole, sender.reason) == ("", SEVERAL)
    assert {unit: [f.cell for f in found] for unit, found in sender.by_unit.items()} == {
        "大垸中学": ["B2"], "黄歇小学": ["B3"],
    }  # fmt: skip
    assert [f.cell for f in sender.homeless] == ["B4", ""]


def test_what_stands_in_no_row_is_for_whom_the_line_names() -> None:
    sender = one(ledger("大垸中学", "黄歇小学", unit="黄歇小学"), "", "B2")
    assert [f.cell for f in sender.by_unit["黄歇小学"]] == [""]
    assert sender.homeless == ()


def test_an_unknown_name_beside_one_unit_counts_as_another_unless_the_file_says_whose_it_is() -> None:
    assert one(ledger("大垸中学", "?大院中学"), "B2").reason == UNSURE
    assert one(ledger("大垸中学", "?大院中学", unit="大垸中学"), "B2").whole == "大垸中学"
    assert (
        one(ledger("大垸中学", "?大院中学", file="大垸中学3月.xlsx"), "B2", file="大垸中学3月.xlsx").whole == "大垸中学"
    )
    assert one(ledger("大垸中学", "?大院中学", unit="黄歇小学"), "B2").reason == UNSURE


def test_rows_without_a_unit_take_the_one_that_line_or_name_says() -> None:
    assert one(ledger("?", "?"), "B2").homeless != ()
    assert one(ledger("?大院中学", unit="大垸中学"), "B2").whole == "大垸中学"
    assert one(ledger("?甲校", "?乙校", unit="大垸中学"), "B2").reason == UNSURE


@pytest.mark.parametrize(
    ("file", "unit"),
    [
        ("大垸中学.xlsx", "大垸中学"),
        ("大垸中学分校3月问题台账.xlsx", "大垸中学分校"),
        ("一学区/黄歇小学/台账.xlsx", "黄歇小学"),
        ("大垸中学和黄歇小学.xlsx", ""),
        ("台账(1).xlsx", ""),
    ],
)
def test_a_files_name_names_one_unit_or_none(file: str, unit: str) -> None:
    assert one(ledger("?", file=file), "B2", file=file).whole == unit


def test_columns_of_complainants_and_answer_sheets_stay_here() -> None:
    secret = (("A", "单位", "单位"), ("B", "问题描述", "问题"), ("C", "反映人姓名", None))
    assert one(ledger("大垸中学", columns=secret), "B2").reason == SECRET
    accused = (*secret[:2], ("C", "被反映人", "当事人"))
    assert one(ledger("大垸中学", columns=accused), "B2").reason == ""
    assert one(ledger("大垸中学", table="测评"), "B2").reason == ANSWERS


def test_without_a_roster_a_unit_is_what_is_written() -> None:
    assert one(ledger("甲校", "甲校", roster=False), "B2").whole == "甲校"
    assert one(ledger("甲校", "乙校", roster=False), "B2").reason == SEVERAL


def test_notes_and_the_desks_own_troubles_go_to_nobody() -> None:
    found = ledger("大垸中学")
    place = Place("台账.xlsx", "Sheet1")
    problems = [problem("S001", place), problem("F012", Place("台账.xlsx"), 锁文件="~$台账.xlsx"), problem("U008")]
    (sender,) = senders(found, problems, ["台账.xlsx"])
    assert sender.findings == ()


def test_rows_that_another_file_has_too_still_say_whose_the_workbook_is() -> None:
    both = ledger("大垸中学", "黄歇小学")
    first = both.rows["问题台账"].take(np.array([1]))
    sender = one(replace(both, rows={"问题台账": first}), "B2", "B3")
    assert (sender.reason, set(sender.by_unit)) == (SEVERAL, {"大垸中学", "黄歇小学"})


def test_a_row_of_two_units_goes_to_both() -> None:
    plain = ledger("大垸中学", "黄歇小学")
    block = plain.origins.blocks[0]
    both = RowUnits(
        np.array(["大垸中学", "黄歇小学", "黄歇小学"], object), np.array([0, 0, 1]), np.array(["甲、乙", "乙"], object)
    )
    sender = one(replace(plain, row_units={block.first: both}), "B2", "B3")
    assert {unit: len(found) for unit, found in sender.by_unit.items()} == {"大垸中学": 1, "黄歇小学": 2}


def test_a_file_of_which_nothing_was_read_is_its_names() -> None:
    (sender,) = senders(ledger("黄歇小学"), [problem("F003", Place("大垸中学.xlsx"))], ["大垸中学.xlsx"])
    assert sender.whole == "大垸中学"
    assert [f.code for f in sender.findings] == ["F003"]
