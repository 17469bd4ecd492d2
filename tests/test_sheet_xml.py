"""Shapes of sheet XML that WPS and other writers give, each read as Excel shows it, with its places."""

import datetime
from pathlib import Path

import pytest

from tests.errors.make_files import SHEET, STRINGS, patched, sheet_xml, workbook
from zyw.sheets import Grid
from zyw.workbook import read_book

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def grid(folder: Path, cells: str, tail: str = "", parts: dict[str, bytes] | None = None) -> Grid:
    path = folder / "台账.xlsx"
    path.write_bytes(patched(workbook(), {SHEET: sheet_xml(cells, tail), **(parts or {})}))
    book, problems = read_book(path, "台账.xlsx")
    assert book is not None, problems
    return book.grids[0]


def strings(items: str) -> dict[str, bytes]:
    return {STRINGS: f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{SPACE}">{items}</sst>'.encode()}


def text(words: str) -> str:
    return f'<is><t xml:space="preserve">{words}</t></is>'


def test_cells_and_rows_without_addresses_follow_the_one_before(tmp_path: Path) -> None:
    cells = (
        f'<row><c t="inlineStr">{text("单位")}</c><c><v>2</v></c></row>'
        '<row r="5"><c><v>1</v></c><c r="D5"><v>4</v></c><c><v>5</v></c></row><row hidden="1"><c t="e"><v>#REF!</v></c></row>'
    )
    one = grid(tmp_path, cells)
    assert one.rows[0][:2] == ["单位", 2.0]
    assert one.rows[4] == [1.0, "", "", 4.0, 5.0]
    assert (one.errors, one.hidden_rows) == ({"A6": "#REF!"}, (6,))


def test_inline_strings_are_kept_whole_and_phonetic_runs_are_no_text(tmp_path: Path) -> None:
    runs = "<is><r><t>甲</t></r><r><t>乙</t></r><rPh sb='0' eb='1'><t>ju</t></rPh></is>"
    cells = f'<row r="1"><c r="A1" t="inlineStr">{text(" 一 ")}</c><c r="B1" t="inlineStr">{runs}</c></row>'
    assert grid(tmp_path, cells).rows == [[" 一 ", "甲乙"]]


def test_phonetic_runs_and_escaped_characters_of_shared_strings(tmp_path: Path) -> None:
    items = (
        "<si><r><t>东</t></r><r><t>京</t></r><rPh sb='0' eb='2'><t>dong jing</t></rPh><phoneticPr fontId='1'/></si>"
        "<si><t>一_x000D_\n二_x005F_x000D_</t></si><si><t/></si><si><t><![CDATA[A&B<f>]]></t></si>"
    )
    cells = "".join(f'<c r="{letter}1" t="s"><v>{i}</v></c>' for i, letter in enumerate("ABCD"))
    row = grid(tmp_path, f'<row r="1">{cells}</row>', parts=strings(items)).rows[0]
    assert row == ["东京", "一\r\n二_x000D_", "", "A&B<f>"]


def test_dates_written_as_iso_text(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" t="d"><v>2012-04-02</v></c><c r="B1" t="d"><v>2012-04-02T10:30:00</v></c></row>'
    assert grid(tmp_path, cells).rows == [[datetime.date(2012, 4, 2), datetime.datetime(2012, 4, 2, 10, 30)]]


def test_a_shared_formula_has_the_stored_result_of_its_own_cell_or_none(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A4" si="0">B1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>3</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/></c></row>'
        '<row r="4"><c r="A4" t="str"><f t="shared" si="0"/><v/></c><c r="B4"><f>1</f><v/></c></row>'
    )
    one = grid(tmp_path, cells)
    assert [row[0] for row in one.rows] == [2.0, 3.0, "", ""]
    assert one.uncalculated == {"A3", "B4"}


def test_array_formulas_and_dynamic_ones_read_as_their_results(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" cm="1"><f t="array" ref="A1:B1">1</f><v>1</v></c><c r="B1"><v>2</v></c></row>'
    assert grid(tmp_path, cells).rows == [[1.0, 2.0]]


def test_alternate_content_comments_and_drawings_beside_the_cells_change_nothing(tmp_path: Path) -> None:
    before = f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice Requires="x14"/></mc:AlternateContent>'
    after = (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
        f'<legacyDrawing xmlns:r="{OFFICE}" r:id="rId9"/>'
    )
    parts = {"xl/comments1.xml": b"<comments/>", "xl/threadedComments/threadedComment1.xml": b"<x/>"}
    cells = before + '<!-- <c r="XFD1048576"> --><row r="1"><c r="A1"><v>2</v></c></row>'
    assert grid(tmp_path, cells, after, parts).rows == [[2.0]]


@pytest.mark.parametrize("name", ["x", "ss"])
def test_a_prefix_before_every_element_changes_nothing(name: str, tmp_path: Path) -> None:
    xml = (
        f'<?xml version="1.0"?><{name}:worksheet xmlns:{name}="{SPACE}"><{name}:sheetData>'
        f'<{name}:row r="2" hidden="1"><{name}:c r="B2" t="e"><{name}:v>#N/A</{name}:v></{name}:c>'
        f'<{name}:c r="C2"><{name}:v>7</{name}:v></{name}:c></{name}:row></{name}:sheetData></{name}:worksheet>'
    )
    one = grid(tmp_path, "", parts={SHEET: xml.encode()})
    assert (one.top, [row[-1] for row in one.rows][-1]) == (2, 7.0)
    assert (one.errors, one.hidden_rows) == ({"B2": "#N/A"}, (2,))


def test_rows_and_cells_out_of_order_stand_where_they_say(tmp_path: Path) -> None:
    cells = '<row r="2"><c r="B2"><v>2</v></c><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>3</v></c></row>'
    assert grid(tmp_path, cells).rows == [[3.0, ""], [1.0, 2.0]]


@pytest.mark.parametrize("body", ["", "<sheetData/>", "<sheetData></sheetData>"])
def test_a_sheet_without_cells_is_empty(body: str, tmp_path: Path) -> None:
    xml = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{SPACE}">{body}</worksheet>'
    assert grid(tmp_path, "", parts={SHEET: xml.encode()}).rows == []


def test_a_byte_order_mark_before_the_xml_is_no_fault(tmp_path: Path) -> None:
    xml = b"\xef\xbb\xbf" + sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert grid(tmp_path, "", parts={SHEET: xml}).rows == [[1.0]]


@pytest.mark.parametrize("format_id", [27, 31, 36, 50, 57, 58])
def test_the_chinese_formats_without_a_text_of_their_own_are_dates(format_id: int, tmp_path: Path) -> None:
    styles = (
        f'<?xml version="1.0"?><styleSheet xmlns="{SPACE}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="{format_id}" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    cells = '<row r="1"><c r="A1" s="1"><v>41001</v></c></row>'
    assert grid(tmp_path, cells, parts={"xl/styles.xml": styles.encode()}).rows == [[datetime.date(2012, 4, 2)]]
