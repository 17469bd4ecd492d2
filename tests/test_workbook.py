"""Reading files: what is read, and what is refused with which words."""

import datetime
import io
import os
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.errors.make_files import (
    HEAD,
    ROWS,
    SHEET,
    STRINGS,
    csv_text,
    part,
    patched,
    sheet_xml,
    workbook,
)
from zyw.formats.separated import find_delimiter, parse_separated
from zyw.limits import Limits
from zyw.problems import Problem
from zyw.sheets import Book, Grid
from zyw.workbook import read_book

TEXTS = [HEAD, *ROWS]


def read(folder: Path, data: bytes, name: str = "台账.xlsx") -> tuple[Book | None, tuple[Problem, ...]]:
    path = folder / name
    path.write_bytes(data)
    return read_book(path, name)


def grid(folder: Path, data: bytes, name: str = "台账.xlsx") -> Grid:
    book, problems = read(folder, data, name)
    assert book is not None, problems
    return book.grids[0]


def code(folder: Path, data: bytes, name: str = "台账.xlsx") -> str:
    book, problems = read(folder, data, name)
    assert book is None
    assert len(problems) == 1
    return problems[0].code


def written(
    rows: Sequence[Sequence[Any]], options: dict[str, Any] | None = None, first: tuple[int, int] = (0, 0)
) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **(options or {})})
    page = book.add_worksheet("台账")
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            page.write(first[0] + i, first[1] + j, value)
    book.close()
    return out.getvalue()


# --- values and places ---------------------------------------------------------------------------------------------


def test_a_workbook_gives_its_cells_as_they_are(tmp_path: Path) -> None:
    row = ["0021", 3, 2.5, True, datetime.date(2012, 4, 2), datetime.datetime(2012, 4, 2, 23, 59, 59), " 一中 "]
    cells = grid(tmp_path, written([row])).rows[0]
    assert cells == [
        "0021",
        3.0,
        2.5,
        True,
        datetime.date(2012, 4, 2),
        datetime.datetime(2012, 4, 2, 23, 59, 59),
        " 一中 ",
    ]


def test_text_that_looks_like_something_else_stays_text(tmp_path: Path) -> None:
    row = ["NA", "None", "null", "NaN", "TRUE", "无", "007", "3-1", "1E5", "1/2", "=1+1", "110101199003078515", "𠮷😀"]
    assert grid(tmp_path, workbook([row])).rows == [row]


def test_places_are_right_for_a_table_that_starts_at_d7(tmp_path: Path) -> None:
    read_grid = grid(tmp_path, written([["单位", "扣分"], ["一中", 2]], first=(6, 3)))
    assert (read_grid.top, read_grid.left) == (7, 3)
    assert read_grid.rows == [["单位", "扣分"], ["一中", 2.0]]


def test_dates_of_a_1904_workbook_are_the_days_that_were_typed(tmp_path: Path) -> None:
    cell = grid(tmp_path, written([[datetime.date(2012, 4, 2)]], {"date_1904": True})).rows[0][0]
    assert isinstance(cell, datetime.date)
    assert (cell.year, cell.month, cell.day) == (2012, 4, 2)


def test_an_empty_first_sheet_is_an_empty_grid_and_the_second_is_read(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    book.add_worksheet("空")
    second = book.add_worksheet("台账")
    second.write(0, 0, "单位")
    hidden = book.add_worksheet("旧")
    hidden.write(0, 0, "旧")
    hidden.hide()
    book.add_chartsheet("图")
    book.close()
    read_back, problems = read_book(tmp_path / "a.xlsx", "a.xlsx")
    assert read_back is not None
    assert problems == ()
    assert [(g.sheet, list(g.rows), g.hidden) for g in read_back.grids] == [
        ("空", [], False),
        ("台账", [["单位"]], False),
        ("旧", [["旧"]], True),
    ]


def test_error_cells_uncalculated_formulas_hidden_rows_and_merges_come_with_the_values(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["单位", "扣分", "备注"])
    page.append(["一中", "=1+1", "#REF!"])
    page.append(["二中", 2, ""])
    page.row_dimensions[3].hidden = True
    page.merge_cells("A1:B1")
    book.save(tmp_path / "a.xlsx")
    read_back, _ = read_book(tmp_path / "a.xlsx", "a.xlsx")
    assert read_back is not None
    one = read_back.grids[0]
    assert one.rows[1][1:] == ["", ""]
    assert one.uncalculated == {"B2"}
    assert one.errors == {"C2": "#REF!"}
    assert one.hidden_rows == (3,)
    assert one.merges == ((1, 0, 1, 1),)


def test_formulas_with_stored_results_read_as_their_results(tmp_path: Path) -> None:
    empty_text = '<c r="B1" t="str"><f>IF(A1=2,"","x")</f><v></v></c>'
    cells = f'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c>{empty_text}<c r="C1"><v>3</v></c></row>'
    one = grid(tmp_path, patched(workbook(), {SHEET: sheet_xml(cells)}))
    assert one.rows == [[2.0, "", 3.0]]
    assert one.uncalculated == frozenset()


def test_zyw_knows_its_own_workbooks_by_their_property(tmp_path: Path) -> None:
    marks = [read(tmp_path, workbook(properties=[name]))[0] for name in ("zyw-output", "zyw-ledger", "别的")]
    assert [book.mark for book in marks if book] == ["zyw-output", "zyw-ledger", ""]


def test_equal_files_have_equal_digests_whatever_their_names(tmp_path: Path) -> None:
    first, _ = read(tmp_path, workbook(), "a.xlsx")
    second, _ = read(tmp_path, workbook(), "b.xlsx")
    assert first is not None
    assert second is not None
    assert first.digest == second.digest


def test_strict_workbooks_are_read_like_the_common_ones(tmp_path: Path) -> None:
    good = workbook()
    names = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, STRINGS, "xl/styles.xml", "_rels/.rels"]
    swaps = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    changes: dict[str, bytes | None] = {}
    for name in names:
        xml = part(good, name)
        for old, new in swaps:
            xml = xml.replace(old, new)
        changes[name] = xml
    assert grid(tmp_path, patched(good, changes)).rows == TEXTS


def test_a_protected_sheet_is_not_an_encrypted_one(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet()
    page.write(0, 0, "单位")
    page.protect("1")
    book.close()
    assert read_book(tmp_path / "a.xlsx", "a.xlsx")[1] == ()


def test_the_extension_does_not_decide(tmp_path: Path) -> None:
    assert grid(tmp_path, workbook(), "台账.xls").rows == TEXTS
    assert grid(tmp_path, workbook(), "台账.csv").rows == TEXTS


def test_a_macro_workbook_is_read_with_a_note(tmp_path: Path) -> None:
    book, problems = read(tmp_path, patched(workbook(), {"xl/vbaProject.bin": b"x"}), "台账.xlsm")
    assert book is not None
    assert [p.code for p in problems] == ["F024"]


def test_many_columns_and_long_cells_are_read(tmp_path: Path) -> None:
    wide = [[f"列{i}" for i in range(1200)], ["文" * 32_767, *[""] * 1199]]
    assert grid(tmp_path, workbook(wide)).rows == wide


def test_files_can_be_read_in_threads(tmp_path: Path) -> None:
    paths = []
    for i in range(6):
        paths.append(tmp_path / f"{i}.xlsx")
        paths[i].write_bytes(workbook([[str(i)]] * 2000))
    with ThreadPoolExecutor(4) as pool:
        books = list(pool.map(lambda path: read_book(path, path.name)[0], paths))
    assert [book.grids[0].rows[1999] for book in books if book] == [[str(i)] for i in range(6)]


# --- refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.xlsx", "F003"),
        (b"", "a.csv", "F003"),
        (b"\r\n" * 50, "a.csv", "F003"),
        (b",,,\r\n,,,\r\n", "a.csv", "F003"),
        (b"\xef\xbb\xbf", "a.csv", "F003"),
        (workbook()[:-200], "a.xlsx", "F006"),
        (workbook()[:3000], "a.xlsx", "F006"),
        (b"%PDF-1.7\n%\xe2\xe3", "a.xlsx", "F004"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.xls", "F004"),
        (b"\x89PNG\r\n\x1a\n", "a.xlsx", "F004"),
        (patched(workbook(), {"xl/workbook.xml": None, "word/document.xml": b"<w/>"}), "a.xlsx", "F004"),
        (patched(workbook(), {"xl/workbook.xml": None}), "a.xlsx", "F004"),
        (patched(workbook(), {SHEET: None}), "a.xlsx", "F006"),
        ("<html><table><tr><td>单位</td></tr></table>".encode("gbk"), "a.xls", "F022"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "a.xls", "F006"),
        (b'<?xml version="1.0"?><rss></rss>', "a.xls", "F022"),
        (bytes(range(256)) * 20, "a.xlsx", "F004"),
    ],
)
def test_what_is_no_sound_table_is_refused_with_one_problem(
    tmp_path: Path, data: bytes, name: str, expected: str
) -> None:
    assert code(tmp_path, data, name) == expected


def test_a_refusal_names_the_file_and_what_it_really_is(tmp_path: Path) -> None:
    _, problems = read(tmp_path, b"%PDF-1.7", "台账.xlsx")
    assert str(problems[0].place) == "台账.xlsx"
    assert "PDF" in problems[0].message
    assert "另存为" in problems[0].hint


def test_an_encrypted_workbook_asks_for_one_without_password(tmp_path: Path) -> None:
    from msoffcrypto.format import ooxml

    out = io.BytesIO()
    ooxml.OOXMLFile(io.BytesIO(workbook())).encrypt("1234", out)
    _, problems = read(tmp_path, out.getvalue())
    assert [p.code for p in problems] == ["F005"]
    assert "密码" in problems[0].message
    assert "不加密" in problems[0].hint


def test_a_missing_file_a_folder_and_a_device_are_told_apart(tmp_path: Path) -> None:
    assert [p.code for p in read_book(tmp_path / "无.xlsx", "无.xlsx")[1]] == ["F001"]
    assert [p.code for p in read_book(tmp_path, "夹")[1]] == ["F026"]
    assert [p.code for p in read_book(Path("/dev/zero"), "zero")[1]] == ["F026"]


def test_a_file_without_the_right_to_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook())

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [p.code for p in read_book(path, "台账.xlsx")[1]] == ["F002"]


def test_one_flipped_byte_gives_no_rows_at_all(tmp_path: Path) -> None:
    data = bytearray(workbook(TEXTS * 500))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo(SHEET)
    data[info.header_offset + 30 + len(SHEET) + info.compress_size // 2] ^= 0x10
    assert code(tmp_path, bytes(data)) == "F006"


def test_a_part_stored_with_a_wrong_checksum_gives_no_rows(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    data = out.getvalue().replace("迟到两人".encode(), "迟到三人".encode(), 1)
    assert code(tmp_path, data) == "F006"


def test_entities_and_external_entities_are_refused_unread(tmp_path: Path) -> None:
    marker = tmp_path / "secret.txt"
    marker.write_text("秘密标记", "utf-8")
    good = workbook()
    laughs = b"<!DOCTYPE x [" + b"".join(
        b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10 if i else b"ha") for i in range(10)
    )
    outside = f'<!DOCTYPE sst [<!ENTITY x SYSTEM "{marker.as_uri()}">'.encode()
    for name, doctype in (
        (SHEET, laughs),
        (STRINGS, outside),
        ("xl/workbook.xml", outside),
        ("xl/styles.xml", outside),
    ):
        head, _, rest = part(good, name).partition(b"?>")
        book, problems = read(tmp_path, patched(good, {name: head + b"?>" + doctype + b"]>" + rest}))
        assert book is None
        assert [p.code for p in problems] == ["F009"], name
        assert "秘密" not in problems[0].message


def test_a_part_in_another_encoding_is_refused_not_read_as_empty(tmp_path: Path) -> None:
    good = workbook()
    xml = part(good, SHEET).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert code(tmp_path, patched(good, {SHEET: xml})) == "F006"


# --- what a file may cost ------------------------------------------------------------------------------------------


def bomb(piece: bytes, count: int) -> bytes:
    out = io.BytesIO(workbook())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet9.xml", "w") as sheet,
    ):
        for _ in range(count):
            sheet.write(piece)
    return out.getvalue()


@pytest.mark.parametrize(("piece", "count"), [(b" " * 2**20, 320), (b"<row><c><v>1</v></c></row>" * 40_000, 60)])
def test_zip_bombs_are_refused_at_once(tmp_path: Path, piece: bytes, count: int) -> None:
    data = bomb(piece, count)
    began = time.perf_counter()
    _, problems = read(tmp_path, data)
    assert [p.code for p in problems] == ["F007"]
    assert "过大" in problems[0].message
    assert time.perf_counter() - began < 5


def test_a_directory_that_lies_about_a_size_is_seen(tmp_path: Path) -> None:
    big = sheet_xml("<row><c><v>1</v></c></row>" * 100_000)
    data = bytearray(patched(workbook(), {SHEET: big}))
    at = data.rfind(SHEET.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    assert code(tmp_path, bytes(data)) == "F006"


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    assert code(tmp_path, patched(workbook(), {f"x/{i}.xml": b"" for i in range(2001)})) == "F007"


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, sheet_xml(""))
    assert code(tmp_path, out.getvalue()) == "F006"


def test_limits_can_be_raised_and_lowered(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook())
    assert read_book(path, "台账.xlsx", Limits(entry=300))[1][0].code == "F007"
    assert read_book(path, "台账.xlsx", Limits(file=100))[1][0].code == "F007"


FAR = [
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    '<row r="1"><c r="XFD1048576"><v>1</v></c><c r="A1"><v>1</v></c></row>',
    '<row r="1048576"><c r="A1048576"><v>1</v></c></row><row r="1"><c r="ZZ1"><v>1</v></c></row>',
    "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1048576'><v>1</v></c></row>",
    '<row r="1"><c t="n" r="A1"><v>1</v></c><c s="0" r="XFD1048576"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><c\nr="XFD1048576"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1048576"><v>1</v></x:c></row>',
]


@pytest.mark.parametrize("cells", FAR)
def test_a_far_cell_is_refused_by_name_before_it_can_end_the_process(tmp_path: Path, cells: str) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(patched(workbook(), {SHEET: sheet_xml(cells)}))
    command = (
        "import sys,pathlib; from zyw.workbook import read_book; print(read_book(pathlib.Path(sys.argv[1]), 'a')[1][0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", command, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "F008" in done.stdout
    assert "1048576" in done.stdout


def test_far_blanks_and_lying_dimensions_and_giant_merges_cost_nothing(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>单位</t></is></c><c r="XFA1" s="0"/></row>'
    styled = "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="G{n}" s="0"/></row>' for n in range(2, 30_000))
    far = '<row r="900000"><c r="XFA900000" s="0"/></row>'
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    xml = sheet_xml(row + styled + far, merge).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    one = grid(tmp_path, patched(workbook(), {SHEET: xml}))
    assert one.rows == [["单位"]]
    assert all(merge.last_row == 1 and merge.last_column == 0 for merge in one.merges)


def test_what_the_native_reader_cannot_read_is_a_problem_and_its_panic_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import python_calamine

    class PanicException(BaseException):
        """As pyo3 raises it: no Exception."""

    class Panicking:
        @staticmethod
        def from_filelike(_: object) -> None:
            raise PanicException("index out of bounds")

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Panicking)
    assert code(tmp_path, workbook()) == "F010"


def test_an_interruption_is_not_swallowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import python_calamine

    class Interrupted:
        @staticmethod
        def from_filelike(_: object) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        read(tmp_path, workbook())


# --- text tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
def test_encodings_and_delimiters_give_the_same_rows(tmp_path: Path, encoding: str, delimiter: str) -> None:
    assert grid(tmp_path, csv_text(delimiter=delimiter).encode(encoding), "台账.csv").rows == TEXTS


def test_rare_characters_are_read_from_gb18030(tmp_path: Path) -> None:
    assert grid(tmp_path, "单位,人\n䶮中学,𠮷某\n".encode("gb18030"), "a.csv").rows[1] == ["䶮中学", "𠮷某"]


def test_a_sep_line_names_the_delimiter_and_keeps_the_row_numbers(tmp_path: Path) -> None:
    rows = grid(tmp_path, ("sep=;\r\n" + csv_text(delimiter=";")).encode(), "a.csv").rows
    assert rows[0] == [""] * 7
    assert rows[1:] == TEXTS


def test_a_single_column_needs_no_delimiter(tmp_path: Path) -> None:
    assert grid(tmp_path, "单位\n一中，二中\n三中\n".encode(), "a.txt").rows == [["单位"], ["一中，二中"], ["三中"]]


def test_an_unclosed_quote_is_named_by_the_line_where_it_opens(tmp_path: Path) -> None:
    text = csv_text([*TEXTS, *ROWS * 40]).replace("2,第二中学", '2,"第二中学', 1)
    _, problems = read(tmp_path, text.encode(), "a.csv")
    assert [(p.code, p.place and p.place.line) for p in problems] == [("F016", 3)]


def test_a_quote_inside_a_field_is_kept_and_a_quoted_line_break_is_one_row(tmp_path: Path) -> None:
    text = '单位,问题\n一中,他说"好"\n二中,"第一行\n第二行"\n三中,无\n'
    assert grid(tmp_path, text.encode(), "a.csv").rows[1:] == [
        ["一中", '他说"好"'],
        ["二中", "第一行\n第二行"],
        ["三中", "无"],
    ]


def test_ragged_rows_are_named_by_line_and_not_used(tmp_path: Path) -> None:
    text = '单位,问题,扣分\n一中,"两\n行",1\n二中,迟到,早退,1\n三中,迟到\n四中,迟到,2\n'
    book, problems = read(tmp_path, text.encode(), "a.csv")
    assert book is not None
    assert [(p.code, p.place and p.place.line, p.severity.value) for p in problems] == [
        ("F017", 4, "错误"),
        ("F017", 5, "错误"),
    ]
    assert book.grids[0].rows[2:] == [["", "", ""], ["", "", ""], ["四中", "迟到", "2"]]


def test_title_lines_and_notes_are_not_ragged(tmp_path: Path) -> None:
    text = "2012年台账\n填报单位,一中\n" + csv_text() + "\n填表人：张某\n"
    book, problems = read(tmp_path, text.encode(), "a.csv")
    assert book is not None
    assert problems == ()
    assert len(book.grids[0].rows) == 9


def test_a_file_in_no_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    _, problems = read(tmp_path, csv_text().encode("gbk") + b"5,\xff\xff\r\n", "a.csv")
    assert [(p.code, p.place and p.place.line) for p in problems] == [("F015", 6)]


def test_nul_characters_and_giant_fields_are_refused_with_their_line(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "单位,问题\n一中,\x00\n".encode(), "a.csv")
    assert [(p.code, p.place and p.place.line) for p in problems] == [("F018", 2)]
    _, problems = read(tmp_path, ("单位,问题\n一中," + "x" * 200_000).encode(), "a.csv")
    assert [(p.code, p.place and p.place.line) for p in problems] == [("F019", 2)]


def test_chinese_that_became_question_marks_is_a_warning(tmp_path: Path) -> None:
    book, problems = read(tmp_path, "单位,扣分\n????,1\n??,2\n为什么??,3\n".encode(), "a.csv")
    assert book is not None
    assert [(p.code, p.severity.value, p.place and p.place.line) for p in problems] == [("F020", "警告", 2)]
    assert "2 格" in problems[0].message


def test_text_named_xls_is_read_with_a_warning(tmp_path: Path) -> None:
    book, problems = read(tmp_path, csv_text(delimiter="\t").encode("gbk"), "台账.xls")
    assert book is not None
    assert [p.code for p in problems] == ["F021"]
    assert book.grids[0].rows == TEXTS


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\ufeff"), max_size=8)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=6), st.sampled_from(["utf-8", "utf-8-sig"])
)
def test_what_the_csv_writer_writes_is_read_back_or_refused_never_altered(rows: list[list[str]], encoding: str) -> None:
    import csv

    out = io.StringIO()
    csv.writer(out).writerows([["单位", "问题", "扣分"], *rows])
    read_back, problems = parse_separated(out.getvalue().encode(encoding), "a.csv")
    assert read_back is not None
    assert [p for p in problems if p.code != "F020"] == []
    assert read_back.rows == [["单位", "问题", "扣分"], *rows]


@given(st.binary(max_size=300))
def test_any_bytes_give_a_book_or_a_problem_never_an_exception(data: bytes) -> None:
    read_back, problems = parse_separated(data, "a.csv")
    assert read_back is not None or problems


def test_the_delimiter_is_the_one_that_agrees_over_most_lines() -> None:
    assert find_delimiter("单位;问题\n一中;迟到,早退\n二中;无\n") == ";"
    assert find_delimiter("单位,问题\n一中,迟到；早退；旷课\n") == ","
