"""The example survey: a batch that one hand made up is found; a school whose parents share a network is not accused."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl

from tests.small_office import Run
from tests.test_examples import ROOT

OFFICE = ROOT / "examples" / "ceping"
FAKED, HONEST, FAKES = "石桥小学", "芦溪镇中心小学", 24


def lines(run: Run) -> dict[str, Any]:
    document = run("survey", str(OFFICE), "--json").json
    return {line["unit"]: line for line in document["units"] if line["group"] is None}


def test_the_committed_files_are_what_the_generator_writes() -> None:
    done = subprocess.run(
        [sys.executable, str(OFFICE / "make.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_sheet_of_the_faked_batch_is_found_and_no_other(run: Run, tmp_path: Path) -> None:
    found = lines(run)
    assert {unit: line["flagged"] for unit, line in found.items() if line["flagged"]} == {FAKED: FAKES}
    run("survey", str(OFFICE), "-o", "测评.xlsx")
    table = openpyxl.load_workbook(tmp_path / "测评.xlsx")["可疑答卷"]
    told = [row for row in table.iter_rows(values_only=True) if row[0] and str(row[0]).endswith(".csv")]
    made_up = {number for number, row in enumerate(rows_of_the_export(), 2) if row[5].startswith("203.0.113.77")}
    assert {row[2] for row in told} == made_up
    assert len(made_up) == FAKES


def rows_of_the_export() -> list[list[str]]:
    text = next(OFFICE.glob("*.csv")).read_text(encoding="utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def test_the_honest_school_sent_more_sheets_from_one_address_than_the_faked_one() -> None:
    behind_one = [row for row in rows_of_the_export() if row[5].startswith("203.0.113.20(")]
    assert len(behind_one) == 46
    assert {row[6] for row in behind_one} == {HONEST}
    assert sum(set(row[8:15]) == {"非常满意"} for row in behind_one) > FAKES


def test_rate_and_place_are_told_with_and_without_the_batch(run: Run) -> None:
    faked, other = lines(run)[FAKED], lines(run)["竹林小学"]
    assert (faked["satisfied_rate"], faked["satisfied_rate_without_flagged"]) == ("0.717201", "0.445714")
    assert (faked["place"], faked["place_without_flagged"]) == (3, 4)
    assert (other["place"], other["place_without_flagged"]) == (4, 3)


def test_leaving_the_batch_out_is_a_decision_of_somebody(run: Run, tmp_path: Path) -> None:
    run("survey", str(OFFICE), "-o", "测评.xlsx")
    book = openpyxl.load_workbook(tmp_path / "测评.xlsx")
    table = book["可疑答卷"]
    head = next(row for row in table.iter_rows() if row[0].value == "文件")
    at = {str(cell.value): cell.column or 0 for cell in head}
    for row in range((head[0].row or 0) + 1, table.max_row + 1):
        if table.cell(row, 1).value:
            table.cell(row, at["处置"], "剔除")
            table.cell(row, at["决定人"], "监票人")
    book.save(tmp_path / "处置.xlsx")
    document = run("survey", str(OFFICE), "--decisions", "处置.xlsx", "--json").json
    faked = next(line for line in document["units"] if (line["unit"], line["group"]) == (FAKED, None))
    assert (document["left_out"], faked["n"], faked["flagged"]) == (FAKES, 26, 0)
    assert faked["satisfied_rate"] == "0.445714"
