"""Blank forms: dropdowns, dated cells, a header that stays; they read back without a single problem."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from tests.passed_on import book_of, reread
from zyw import desk, workspace
from zyw.columns import TABLES, Kind, Table
from zyw.exchange.words import words_for
from zyw.forms.blank import blank_form, form_fields
from zyw.given import read
from zyw.library import read_scheme
from zyw.located import parse_located
from zyw.problems import ZywError

SCHEME, _ = read_scheme("dayuan-2011")
UNITS = tuple(f"鹭垸管理区第{i}完全小学校" for i in range(60))


def opened(table: Table) -> Any:
    return openpyxl.load_workbook(io.BytesIO(blank_form(table, words_for(table, SCHEME, UNITS))))


@pytest.mark.parametrize("table", TABLES, ids=[t.name for t in TABLES])
def test_an_empty_form_is_its_table_and_gives_no_problem(table: Table) -> None:
    book = book_of(blank_form(table, words_for(table, SCHEME, UNITS)))
    ledger, problems = reread(book)
    assert book.mark == "zyw-ledger"
    assert problems == ()
    assert [sheet.table for sheet in ledger.sheets] == [table.name]
    assert [each.field for each in ledger.sheets[0].columns if each.field] == [f.name for f in form_fields(table)]


def test_the_sheet_is_protected_but_for_the_cells_to_fill_in() -> None:
    sheet = opened(TABLES[1])["问题台账"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    header = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "序号")
    assert sheet.cell(header, 2).protection.locked
    assert not sheet.cell(header + 1, 2).protection.locked
    assert not sheet.cell(header + 1, 1).protection.locked
    assert not sheet.cell(header - 1, 1).protection.locked
    assert sheet.cell(header - 1, 1).value == "填报单位："


def test_words_of_scheme_and_roster_are_offered_and_days_are_checked() -> None:
    book = opened(TABLES[2])
    sheet = book["追责台账"]
    letters = {
        str(cell.value).split("\n")[0]: cell.column_letter for row in sheet.iter_rows() for cell in row if cell.value
    }
    rules = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation}
    offered = {column[1].value: [c.value for c in column[2:] if c.value] for column in book["选项"].iter_cols()}
    assert offered["处理方式"] == [measure.name for measure in SCHEME.measures]
    assert offered["单位"] == list(UNITS)
    assert rules[letters["处理方式"]].type == "list"
    assert rules[letters["处理时间"]].type == "date"
    assert sheet[f"{letters['处理时间']}10"].number_format == "yyyy-mm-dd"
    assert sheet[f"{letters['案号']}10"].number_format == "@"
    reference = rules[letters["单位"]].formula1
    first, last = (book["选项"][cell.replace("$", "")].value for cell in reference.split("!")[1].split(":"))
    assert (first, last) == (UNITS[0], UNITS[-1])


@pytest.mark.parametrize("table", TABLES, ids=[t.name for t in TABLES])
def test_a_filled_form_reads_back_without_a_problem(table: Table) -> None:
    samples = {
        Kind.TEXT: "说法", Kind.FREE: "一句话", Kind.UNIT: UNITS[3], Kind.PERSON: "王某", Kind.CODE: "0021",
        Kind.DATE: "2012-04-02", Kind.DEADLINE: "2012-04-30", Kind.NUMBER: 2, Kind.YES_NO: "是",
    }  # fmt: skip
    book = opened(table)
    sheet = book[table.name]
    header = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "序号")
    open_schools = ("更名日期", "并入单位", "并入日期")  # what a school that goes on leaves blank
    for number in range(1, 4):
        sheet.cell(header + number, 1, number)
        for j, field in enumerate(form_fields(table), start=2):
            value = None if field.name in open_schools else samples[field.kind]
            sheet.cell(
                header + number, j, f"{value}{number}" if field.name in ("编号", "案号", "问题", "单位名称") else value
            )
    out = io.BytesIO()
    book.save(out)
    filled = book_of(out.getvalue())
    assert filled.mark == "zyw-ledger"
    roster = book_of(_roster())
    ledger, problems = reread(filled, *([] if table.name == "名册" else [roster]))
    assert [p for p in problems if p.code not in ("L015", "U005")] == []
    (report,) = [sheet for sheet in ledger.sheets if sheet.file == "表.xlsx"][:1]
    assert report.rows == 3


def _roster() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(blank_form(TABLES[0], {})))
    sheet = book["名册"]
    header = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "序号")
    for i, unit in enumerate(UNITS, start=1):
        sheet.cell(header + i, 2, unit)
        sheet.cell(header + i, 4, "小学")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_same_form_has_the_same_bytes() -> None:
    words = words_for(TABLES[1], SCHEME, UNITS)
    assert blank_form(TABLES[1], words) == blank_form(TABLES[1], words)


def test_a_new_workspace_works_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "局"
    desk.write_workspace(folder, desk.workspace_files("dayuan-2011", UNITS))
    place = workspace.load(folder)
    assert place is not None
    assert place.inputs == (folder / "台账",)
    _, problems = read((str(folder),), quiet=True)
    assert problems == ()
    with pytest.raises(ZywError) as refused:
        desk.write_workspace(folder, desk.workspace_files("dayuan-2011", ()))
    assert refused.value.problems[0].code == "W002"


def test_the_settings_explain_every_key_and_each_may_be_used(tmp_path: Path) -> None:
    text = desk.workspace_files("dayuan-2011", ())["zyw.yaml"].decode()
    for key in workspace.SETTINGS.keys:
        assert key.meaning in text
    used = "\n".join(line.removeprefix("# ") if line.endswith(":") else line for line in text.splitlines())
    assert set(yaml.safe_load(used)) == {key.name for key in workspace.SETTINGS.keys}
    assert parse_located(text, "zyw.yaml")[1] == ()


def test_a_scheme_of_ones_own_comes_along(tmp_path: Path) -> None:
    own = tmp_path / "我的方案.yaml"
    own.write_bytes((Path(desk.__file__).parent / "schemes" / "dayuan-2011.yaml").read_bytes())
    folder = tmp_path / "局"
    desk.write_workspace(folder, desk.workspace_files(str(own), ()))
    place = workspace.load(folder)
    assert place is not None
    assert Path(place.scheme).parent == folder


def test_a_filled_in_form_is_never_replaced(tmp_path: Path) -> None:
    from zyw.writing import write_bytes

    path = tmp_path / "问题台账.xlsx"
    form = blank_form(TABLES[1], {})
    write_bytes(path, form)
    write_bytes(path, form)
    book = openpyxl.load_workbook(path)
    book["问题台账"]["B7"] = "第一中学"
    book.save(path)
    with pytest.raises(ZywError) as refused:
        write_bytes(path, form)
    assert refused.value.problems[0].code == "W002"
