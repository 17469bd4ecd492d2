"""Rows 1–26 and 47–50 of the table of bad inputs, as a clerk meets them: `zyw check`, its exit code and its words.

Each row: what is laid down, the exit code, what the output names. Nothing ever ends in a traceback (exit 70).
"""

import datetime
import io
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import old_formats as old
from tests.errors.make_files import HEAD, ROWS, SHEET, STRINGS, csv_text, part, patched, sheet_xml, workbook
from tests.small_office import Run

GOOD = workbook()
TEXTS = [HEAD, *ROWS]
ENTITIES = b"<!DOCTYPE x [" + b"".join(
    b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10 if i else b"ha") for i in range(9)
) + b"]>"  # fmt: skip


def book(
    rows: Sequence[Sequence[Any]], options: dict[str, Any] | None = None, fn: Callable[..., None] | None = None
) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **(options or {})})
    page = made.add_worksheet("台账")
    for i, row in enumerate(rows):
        page.write_row(i, 0, row)
    if fn:
        fn(made, page)
    made.close()
    return out.getvalue()


def second(made: Any, page: Any) -> None:
    del page
    other = made.add_worksheet("第二张")
    for i, row in enumerate(TEXTS):
        other.write_row(i, 0, row)


def bomb(piece: bytes, count: int) -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/worksheets/s9.xml", "w") as part9:
        for _ in range(count):
            part9.write(piece)
    return out.getvalue()


def lying() -> bytes:
    data = bytearray(patched(GOOD, {SHEET: sheet_xml("<row><c><v>1</v></c></row>" * 50_000)}))
    at = data.rfind(SHEET.encode()) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def behind(name: str, doctype: bytes) -> bytes:
    head, mark, rest = part(GOOD, name).partition(b"?>")
    return patched(GOOD, {name: head + mark + doctype + rest})


def encrypted() -> bytes:
    from msoffcrypto.format import ooxml

    out = io.BytesIO()
    ooxml.OOXMLFile(io.BytesIO(GOOD)).encrypt("1234", out)
    return out.getvalue()


def cells(rows: str, tail: str = "", dimension: str = "") -> bytes:
    return patched(GOOD, {SHEET: sheet_xml(rows, tail).replace(b"<sheetData>", dimension.encode() + b"<sheetData>")})


def inline(rows: Sequence[Sequence[str]]) -> str:
    letters = "ABCDEFGHIJ"
    return "".join(
        f'<row r="{i}">' + "".join(f'<c r="{letters[j]}{i}" t="inlineStr"><is><t>{text}</t></is></c>' for j, text in enumerate(row)) + "</row>"
        for i, row in enumerate(rows, 1)
    )  # fmt: skip


def uncalculated() -> bytes:
    import openpyxl

    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in TEXTS:
        page.append(row)
    page["F2"] = "=1+1"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def errors(made: Any, page: Any) -> None:
    for row, text in enumerate(("#REF!", "#N/A", "#DIV/0!"), 1):
        page.write_formula(row, 5, "=1/0", None, text)


def calculated(made: Any, page: Any) -> None:
    page.write_formula(1, 5, "=1+1", None, 2)


DAY = datetime.date(2024, 3, 1)
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
TABS = csv_text(delimiter="\t").encode("gbk")
PAGE = ("<html><meta charset=gbk><table>" + "".join(
    "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TEXTS) + "</table>").encode("gbk")  # fmt: skip
XML = ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
       'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="台账"><Table>' + "".join(
    "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>" for row in TEXTS
) + "</Table></Worksheet></Workbook>").encode()  # fmt: skip
WIDE = [[*HEAD, *(f"列{n}" for n in range(1200))], *([*row, *[""] * 1200] for row in ROWS)]

INPUTS: dict[str, tuple[str, bytes, int, tuple[str, ...]]] = {
    "1 empty file": ("a.xlsx", b"", 3, ("F003",)),
    "2 empty csv": ("a.csv", b"", 3, ("F003",)),
    "2 csv of blank lines": ("a.csv", b"\r\n" * 50, 3, ("F003",)),
    "3 header only": ("a.xlsx", workbook([HEAD]), 1, ("S007",)),
    "4 empty first sheet": ("a.xlsx", book([], fn=second), 0, ("第二张：问题台账", "4 行")),
    "5 truncated zip": ("a.xlsx", GOOD[:-200], 3, ("F006",)),
    "6 truncated in the middle": ("a.xlsx", GOOD[: len(GOOD) // 2], 3, ("F006",)),
    "7 PDF named xlsx": ("a.xlsx", b"%PDF-1.7\n%\xe2\xe3", 3, ("F004", "PDF")),
    "8 picture named xls": ("a.xls", b"\xff\xd8\xff\xe0\x00\x10JFIF", 3, ("F004", "图片")),
    "9 page named xls": ("a.xls", PAGE, 0, ("F021", "网页", "4 行")),
    "10 tab text named xls": ("a.xls", TABS, 0, ("F021", "4 行")),
    "11 xlsx named xls": ("a.xls", GOOD, 0, ("4 行",)),
    "11 xls named xlsx": ("a.xlsx", old.xls({"台账": old.table(TEXTS)}), 0, ("4 行",)),
    "12 XML named xls": ("a.xls", XML, 0, ("F021", "4 行")),
    "13 password": ("a.xlsx", encrypted(), 3, ("F005", "密码", "另存为不加密")),
    "14 protected sheet": ("a.xlsx", book(TEXTS, fn=lambda _, page: page.protect("1")), 0, ("4 行",)),
    "15 bomb of blanks": ("a.xlsx", bomb(b" " * 2**20, 320), 3, ("F007", "上限")),
    "16 bomb of rows": ("a.xlsx", bomb(b"<row><c><v>1</v></c></row>" * 40_000, 60), 3, ("F007", "压缩比")),
    "17 directory that lies": ("a.xlsx", lying(), 3, ("F006",)),
    "18 billion laughs": ("a.xlsx", behind(SHEET, ENTITIES), 3, ("F009",)),
    "19 external entity": ("a.xlsx", behind(STRINGS, b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), 3, ("F009",)),
    "20 A1 and XFD1048576": ("a.xlsx", cells(FAR), 3, ("F008", "XFD1048576")),
    "21 dimension that lies": ("a.xlsx", cells(inline(TEXTS), dimension='<dimension ref="A1:XFD1048576"/>'), 0, ("4 行",)),
    "22 merge over all": ("a.xlsx", cells(inline(TEXTS), '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), 0, ("4 行",)),
    "23 error cells": ("a.xlsx", book(TEXTS, fn=errors), 1, ("台账!F2", "台账!F3", "台账!F4", "#DIV/0!")),
    "24 never calculated": ("a.xlsx", uncalculated(), 1, ("L012", "F2")),
    "25 stored results": ("a.xlsx", book(TEXTS, fn=calculated), 0, ("4 行",)),
    "26 1904 dates": ("a.xlsx", book([*TEXTS[:1], ["1", "一中", DAY, "纪律", "迟到", 1, ""]], {"date_1904": True}), 0, ("1 行",)),
    "47 utf-8": ("a.csv", csv_text().encode(), 0, ("4 行", "A 序号")),
    "47 utf-8 with a mark": ("a.csv", csv_text().encode("utf-8-sig"), 0, ("4 行", "A 序号")),
    "47 gbk": ("a.csv", csv_text().encode("gbk"), 0, ("4 行", "A 序号")),
    "47 utf-16": ("a.csv", csv_text(delimiter="\t").encode("utf-16"), 0, ("4 行", "A 序号")),
    "47 semicolons": ("a.csv", csv_text(delimiter=";").encode(), 0, ("4 行",)),
    "47 full-width commas": ("a.csv", csv_text(delimiter="，").encode(), 0, ("4 行",)),
    "48 ragged rows": ("a.csv", csv_text().replace("通道堵塞", "通道,堵塞").encode(), 1, ("F017", "a.csv:4")),
    "48 stray quote": ("a.csv", csv_text().replace("2,第二中学", '2,"第二中学').encode(), 3, ("F016", "a.csv:3")),
    "48 NUL": ("a.csv", csv_text().replace("通道", "通\x00道").encode(), 3, ("F018", "a.csv:4")),
    "48 giant field": ("a.csv", csv_text().replace("通道", "通" * 200_000).encode(), 3, ("F019", "a.csv:4")),
    "49 many columns": ("a.xlsx", workbook(WIDE), 0, ("4 行",)),
    "49 long cells": ("a.xlsx", cells(inline([HEAD, [*ROWS[0][:4], "长" * 40_000, "1", ""]])), 0, ("1 行",)),
    "50 names like formulas": ("a.xlsx", workbook([HEAD, *([str(i), name, "2024-03-01", "纪律", "x", "1", ""] for i, name in enumerate(("=1+1", "+1", "@x", "\t=1", "𠮷😀", "\u202e一中")))]), 0, ("6 行",)),
    "50 a name with blanks, an emoji and an apostrophe": ("台账 😀 '1.xlsx", GOOD, 0, ("4 行",)),
}  # fmt: skip


@pytest.mark.parametrize("row", INPUTS)
def test_a_bad_input_ends_with_its_exit_code_and_its_words(
    row: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZYW_PASSWORD", raising=False)
    name, data, code, words = INPUTS[row]
    (tmp_path / name).write_bytes(data)
    ended = run("check", name)
    assert ended.code == code, ended.out + ended.err
    for word in words:
        assert word in ended.out
    assert not any(
        word in ended.out + ended.err for word in ("Traceback", "Error", "Exception", "/etc/passwd", "root:")
    )


def test_the_day_of_a_1904_workbook_is_the_day_that_was_typed(run: Run, tmp_path: Path) -> None:
    from zyw.workbook import read_book

    (tmp_path / "a.xlsx").write_bytes(INPUTS["26 1904 dates"][1])
    found, _ = read_book(tmp_path / "a.xlsx", "a")
    assert found is not None
    day = found.grids[0].rows[1][2]
    assert isinstance(day, datetime.date)
    assert (day.year, day.month, day.day) == (2024, 3, 1)


def test_sixty_thousand_rows_are_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook([HEAD, *ROWS * 15_000]))
    ended = run("check", "a.xlsx")
    assert ended.code == 0
    assert "60000 行" in ended.out.replace(",", "")


def test_a_folder_of_bad_files_still_gives_the_good_one(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    for i, (name, data, code, _) in enumerate(INPUTS.values()):
        if code == 3:
            (folder / f"{i}{Path(name).suffix}").write_bytes(data)
    (folder / "好.xlsx").write_bytes(GOOD)
    ended = run("check", "报送", "--json")
    assert ended.code == 3
    assert [sheet["rows"] for sheet in ended.json["sheets"] if sheet["table"]] == [4]
    refused = {p["file"] for p in ended.json["problems"] if p["severity"] == "error"}
    assert len(refused) == sum(code == 3 for _, _, code, _ in INPUTS.values())


MEASURE = """
import re, sys, time
from pathlib import Path
from zyw.workbook import read_book
found, told = read_book(Path(sys.argv[1]), "a")
peak = int(re.search("VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
print([p.code for p in told], [len(g.rows) for g in found.grids] if found else None, peak, round(time.process_time(), 1))
"""
"""`ru_maxrss` would begin with what the testing process held when it forked."""


def measured(path: Path) -> tuple[str, int, float]:
    """Return what reading a file alone in a process gave, its peak in MiB, its CPU seconds."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=300)
    assert done.returncode == 0, done.stderr
    result, peak, seconds = done.stdout.strip().rsplit(" ", 2)
    return result, int(peak), float(seconds)


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is counted as Linux does")
@pytest.mark.parametrize("row", [row for row in INPUTS if row.split()[0] in {"15", "16", "17", "18", "20", "21", "22"}])
def test_a_hostile_workbook_costs_little(row: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(INPUTS[row][1])
    _, peak, seconds = measured(path)
    assert peak <= 300
    assert seconds <= 5


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is counted as Linux does")
def test_blank_rows_and_far_blanks_are_no_table(tmp_path: Path) -> None:
    styled = "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="G{n}" s="0"/></row>' for n in range(6, 300_006))
    path = tmp_path / "a.xlsx"
    path.write_bytes(cells(inline(TEXTS) + styled + '<row r="900000"><c r="XFA900000" s="0"/></row>'))
    result, peak, seconds = measured(path)
    assert result == "[] [5]"
    assert peak <= 300
    assert seconds <= 10


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is counted as Linux does")
def test_a_sound_workbook_of_sixty_megabytes_unpacked_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        workbook([HEAD, *([str(i), f"第{i}中学" + "说明" * 90, "", "", "x" * (i % 50), "", ""] for i in range(90_000))])
    )
    with zipfile.ZipFile(path) as archive:
        assert sum(info.file_size for info in archive.infolist()) > 60 * 2**20
    result, peak, _ = measured(path)
    assert result == "[] [90001]"
    assert peak <= 700
