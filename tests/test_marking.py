"""A workbook marked and cleaned again: what must not change, what must be there, what no reader may stumble over."""

import io
import re
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.errors.make_files import patched
from tests.marked_books import HEAD, TABLE, by_hand, cleaned, finding, opened, part, parts, rich, written
from zyw.container.outline import is_returned
from zyw.marking.frame import _AFTER_ROWS
from zyw.marking.marks import Table, mark
from zyw.marking.notes import MOST, SIGN
from zyw.marking.removal import unmark
from zyw.marking.surgery import Unmarkable
from zyw.problems import Severity
from zyw.sheets import letter

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
SHEET = "xl/worksheets/sheet1.xml"
FINDINGS = [
    finding("C4"),
    finding("C5", Severity.WARNING),
    finding("B3", message="=1+1 <b>&\"'"),
    finding("H40"),
    finding("7", Severity.WARNING),
    finding("", sheet="说明"),
    finding("A1", sheet="说明"),
]
TOUCHED = {
    "[Content_Types].xml", "_rels/.rels", "docProps/custom.xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml",
    "xl/styles.xml", SHEET, "xl/worksheets/sheet2.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
}  # fmt: skip


def looks(data: bytes) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Return what an independent reader sees in each cell: value, format, font, fill, border, comment."""
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    return {
        sheet.title: {
            cell.coordinate: (
                str(cell.value), cell.number_format, cell.font.b, cell.fill.fgColor.rgb if cell.fill.fill_type else None,
                cell.border.left.style, cell.comment.text if cell.comment else None,
            )
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.has_style
        }
        for sheet in book.worksheets
    }  # fmt: skip


def children(data: bytes, name: str) -> list[str]:
    return [each.tag.rpartition("}")[2] for each in ElementTree.fromstring(part(data, name))]


# --- what stays ----------------------------------------------------------------------------------------------------


def test_every_part_that_needs_no_change_is_the_same_byte_for_byte() -> None:
    before, after = parts(rich()), parts(mark(rich(), FINDINGS, [TABLE]).data)
    assert set(before) <= set(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= TOUCHED
    kinds = {PurePosixPath(name).parts[1] for name in before if name.startswith("xl/")} - {"worksheets"}
    assert {"media", "charts", "drawings", "tables", "theme", "cellimages.xml", "sharedStrings.xml"} <= kinds


def test_of_the_marked_sheet_only_the_marked_cells_change() -> None:
    before, after = looks(rich()), looks(mark(rich(), FINDINGS, [TABLE]).data)
    own = {f"F{row}" for row in range(1, 60)}
    for sheet, cells in before.items():
        for cell, seen in cells.items():
            if sheet == "台账" and cell in {"C4", "C5", "B3"}:
                assert after[sheet][cell][:3] == seen[:3]
                assert after[sheet][cell][4] == seen[4]
            elif (sheet, cell) != ("说明", "A1") and cell not in own:
                assert after[sheet][cell] == seen


def test_formulas_keep_their_values_and_other_readers_see_the_same_cells() -> None:
    before, after = (
        CalamineWorkbook.from_filelike(io.BytesIO(d)) for d in (rich(), mark(rich(), FINDINGS, [TABLE]).data)
    )
    for name in before.sheet_names:
        old, new = (book.get_sheet_by_name(name).to_python(skip_empty_area=False) for book in (before, after))
        for row, marked in zip(old, new, strict=False):
            assert marked[: len(row)] == row or name == "台账"
    assert after.get_sheet_by_name("台账").to_python(skip_empty_area=False)[10][4] == 8.0


def test_the_same_findings_give_the_same_bytes_in_any_order() -> None:
    assert mark(rich(), FINDINGS, [TABLE]).data == mark(rich(), FINDINGS[::-1], [TABLE]).data


def test_nothing_from_data_becomes_a_formula_or_an_outside_link() -> None:
    found = mark(
        rich(), [finding("C4", message=text) for text in ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "http://x/")], [TABLE]
    )
    for name, content in parts(found.data).items():
        if name.startswith("xl/worksheets/sheet"):
            before = parts(rich()).get(name, b"")
            assert content.count(b"<f") == before.count(b"<f")
            assert b"TargetMode" not in content
    sheet = openpyxl.load_workbook(io.BytesIO(found.data))["核对结果"]
    assert {sheet.cell(row, 7).data_type for row in range(4, 10)} == {"s"}
    assert "=1+1" in {sheet.cell(row, 7).value for row in range(4, 10)}


# --- what is there -------------------------------------------------------------------------------------------------


def test_cells_get_a_fill_and_a_comment_rows_a_remark_and_the_list_links() -> None:
    book = openpyxl.load_workbook(io.BytesIO(mark(rich(), FINDINGS, [TABLE]).data))
    sheet, listed = book["台账"], book["核对结果"]
    assert [sheet[cell].fill.fgColor.rgb[:5] for cell in ("C4", "C5", "H40")] == ["FFFFB", "FFFFE", "FFFFB"]
    assert sheet["C4"].comment.text == f"{SIGN}错误：写错了。改正确。"
    assert sheet["B3"].comment.text.startswith(f"原来的批注\n{SIGN}错误：=1+1")
    assert sheet["F2"].value == "核对问题"
    assert sheet["F4"].value == "【错误】写错了（第2条）"
    assert sheet["F4"].hyperlink.location == "'核对结果'!A5"
    assert [listed.cell(5, column).value for column in range(1, 10)] == [
        "2", None, "错误", "台账", "C4", "检查日期", "写错了", "改正确。", "L001",
    ]  # fmt: skip
    assert listed["E5"].hyperlink.location == "'台账'!C4"
    assert sheet.column_dimensions["F"].hidden is False


def test_elements_stand_in_the_order_that_excel_asks_for() -> None:
    order = ["sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", *_AFTER_ROWS]
    data = mark(rich(), FINDINGS, [TABLE]).data
    for name in parts(data):
        if name.startswith("xl/worksheets/sheet"):
            ranks = [order.index(each) for each in children(data, name)]
            assert ranks == sorted(ranks)


def test_every_part_is_declared_and_every_relationship_leads_somewhere() -> None:
    found = parts(mark(rich(), FINDINGS, [TABLE]).data)
    types = found["[Content_Types].xml"].decode()
    for name in found:
        assert f'"/{name}"' in types or f'Extension="{name.rpartition(".")[2]}"' in types
    for name, content in found.items():
        if name.endswith(".rels"):
            folder = PurePosixPath(name).parent.parent
            identifiers = re.findall(r'Id="([^"]+)"', content.decode())
            assert len(identifiers) == len(set(identifiers))
            for target in re.findall(r'Target="([^"]+)"', content.decode()):
                parts_of = PurePosixPath(target.lstrip("/")) if target.startswith("/") else folder / target
                steps: list[str] = []
                for step in parts_of.parts:
                    steps = steps[:-1] if step == ".." else [*steps, step]
                assert "/".join(steps) in found, (name, target)


def test_shape_numbers_are_unique_and_within_declared_blocks() -> None:
    found = parts(mark(rich(), FINDINGS, [TABLE]).data)
    drawings = [content.decode() for name, content in found.items() if name.endswith(".vml")]
    numbers = [int(n) for xml in drawings for n in re.findall(r'id="_x0000_s(\d+)"', xml)]
    assert len(drawings) == 2
    assert len(numbers) == len(set(numbers))
    for xml in drawings:
        blocks = re.findall(r'data="([\d,]+)"', xml)[0].split(",")
        assert {str(int(n) // 1024) for n in re.findall(r'id="_x0000_s(\d+)"', xml)} <= set(blocks)


def test_a_sheet_gets_so_many_comments_and_the_rest_is_counted() -> None:
    many = [finding(f"C{row}") for row in range(3, MOST + 13)]
    assert mark(rich(), many, [TABLE]).unnoted == 10


def test_a_sheet_of_the_senders_own_called_so_is_kept() -> None:
    def fill(book: Any) -> None:
        for name in ("台账", "核对结果"):
            book.add_worksheet(name).write_row(0, 0, HEAD)

    data = written(fill)
    once = mark(data, [finding("C2")], [Table("台账", 1, 4)]).data
    names = openpyxl.load_workbook(io.BytesIO(once)).sheetnames
    assert names == ["台账", "核对结果", "核对结果(2)"]
    assert openpyxl.load_workbook(io.BytesIO(cleaned(once).data)).sheetnames == names[:2]


def test_the_column_stands_right_of_values_lists_and_merges() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, HEAD)
        sheet.write("H9", "旁边的话")
        sheet.add_table("J1:L4")
        sheet.merge_range("M2:N3", "")

    book = openpyxl.load_workbook(io.BytesIO(mark(written(fill), [finding("C2")], [Table("台账", 1, 4)]).data))
    assert book["台账"]["O2"].value == "【错误】写错了（第1条）"


# --- packages of other programs ------------------------------------------------------------------------------------

ROWS = '<{p}sheetData><{p}row r="2"><{p}c r="B2"><{p}v>1</{p}v></{p}c></{p}row></{p}sheetData>'


@pytest.mark.parametrize(
    "data",
    [
        by_hand(ROWS),
        by_hand(ROWS, prefix="x"),
        by_hand(ROWS, strict=True),
        by_hand("<{p}sheetData/>"),
        by_hand("<sheetData></sheetData>"),
        by_hand("<sheetData><row><c><v>9</v></c><c><v>1</v></c></row><row/><row><c/></row></sheetData>"),
        by_hand(
            "<sheetData><!-- <row r=\"2\"><c r=\"C4\"/></row> --><row r='2' spans='2:2'><c r='B2'><v>1</v></c></row></sheetData>"
        ),
        by_hand(
            '<sheetData><row r="4"><c r="D4" t="inlineStr"><is><t><![CDATA[<c r="C4">]]></t></is></c></row></sheetData>'
        ),
        by_hand('<cols><col min="1" max="16384" width="9" style="0"/></cols><sheetData/>'),
        by_hand(ROWS, tail='<pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/><extLst/>'),
    ],
    ids=["plain", "prefix", "strict", "no rows", "empty rows", "no addresses", "comment", "cdata", "cols", "tail"],
)
def test_sheets_in_any_form_are_marked_and_come_back_as_they_were(data: bytes) -> None:
    cells = [finding("A2"), finding("C4"), finding("B9"), finding("2")]
    marked = mark(data, cells, [Table("台账", 1, 1)]).data
    ElementTree.fromstring(part(marked, SHEET))
    values = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    back = cleaned(marked)
    assert CalamineWorkbook.from_filelike(io.BytesIO(back.data)).get_sheet_by_index(0).to_python() == values
    assert [each.row for each in back.earlier] == [2, 2, 4, 9]
    without = re.compile(rb' spans="[^"]*"| spans=\'[^\']*\'')
    assert without.sub(b"", part(back.data, SHEET)).replace(b"<row></row>", b"<row/>") in {
        without.sub(b"", part(data, SHEET)), without.sub(b"", part(data, SHEET)).replace(b"<sheetData/>", b"<sheetData></sheetData>"),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "_xmlsignatures/sig1.xml"])
def test_macros_and_signatures_are_never_copied(name: str) -> None:
    with pytest.raises(Unmarkable, match=r"宏|签名"):
        mark(patched(rich(), {name: b"<x/>"}), FINDINGS, [TABLE])


def test_a_discussion_is_left_as_it_is() -> None:
    data = rich()
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    thread = f'<ThreadedComments xmlns="{space}"><threadedComment ref="B3" id="{{1}}"><text>在办</text></threadedComment></ThreadedComments>'
    rels = part(data, "xl/worksheets/_rels/sheet1.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        b'Target="../threadedComments/t1.xml"/></Relationships>',
    )
    data = patched(data, {"xl/threadedComments/t1.xml": thread.encode(), "xl/worksheets/_rels/sheet1.xml.rels": rels})
    sheet = openpyxl.load_workbook(io.BytesIO(mark(data, FINDINGS, [TABLE]).data))["台账"]
    assert sheet["B3"].comment.text == "原来的批注"
    assert sheet["B3"].fill.fgColor.rgb == "FFFFB0A0"


@pytest.mark.parametrize("inner", ["", "<fonts count='1'><font><sz val='9'/></font></fonts>"])
def test_a_styles_part_that_lacks_its_lists_gets_what_every_workbook_has(inner: str) -> None:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    bare = (
        b'<styleSheet xmlns="%s">%s</styleSheet>' % (space, inner.encode())
        if inner
        else b'<styleSheet xmlns="%s"/>' % space
    )
    marked = mark(patched(by_hand(ROWS), _with_styles(bare)), [finding("B2")], [])
    cell = openpyxl.load_workbook(io.BytesIO(marked.data))["台账"]["B2"]
    assert (cell.number_format, cell.border.left.style, cell.fill.fgColor.rgb) == ("General", None, "FFFFB0A0")
    assert cleaned(marked.data).earlier[0].row == 2


def _with_styles(xml: bytes) -> dict[str, bytes | None]:
    data = by_hand(ROWS)
    link = b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    rels = part(data, "xl/_rels/workbook.xml.rels").replace(b"</Relationships>", link + b"</Relationships>")
    return {"xl/styles.xml": xml, "xl/_rels/workbook.xml.rels": rels}


def test_what_is_no_worksheet_is_refused() -> None:
    for broken in (b"<worksheet/>", b"", b"<worksheet><sheetData><row></sheetData></worksheet>", b"\xff\xfe<"):
        with pytest.raises(Unmarkable):
            mark(patched(rich(), {SHEET: broken}), FINDINGS, [TABLE])


# --- taking the marks off ------------------------------------------------------------------------------------------


def test_a_workbook_marked_and_cleaned_is_the_one_that_was_sent() -> None:
    before, after = parts(rich()), parts(cleaned(mark(rich(), FINDINGS, [TABLE]).data).data)
    assert set(after) == set(before)
    spans = re.compile(rb' spans="[^"]*"')  # only a hint for readers, and true again when the next program saves
    for name in before:
        assert spans.sub(b"", after[name]) == spans.sub(b"", before[name]), name


def test_an_unmarked_workbook_has_nothing_to_take_off() -> None:
    assert unmark(opened(rich())) is None
    assert not is_returned(opened(rich()))
    assert is_returned(opened(mark(rich(), FINDINGS, [TABLE]).data))


def test_marks_on_marks_do_not_pile_up() -> None:
    data, sizes = rich(), set()
    for _ in range(4):
        data = cleaned(mark(data, FINDINGS, [TABLE]).data).data
        sizes.add(len(data))
    assert len(sizes) == 1


def test_what_the_sender_wrote_into_our_column_stays() -> None:
    data = mark(rich(), FINDINGS, [TABLE]).data
    ours = "【错误】写错了（第2条）"
    answered = part(data, SHEET).replace(ours.encode(), "已经改好".encode())
    sheet = openpyxl.load_workbook(io.BytesIO(cleaned(patched(data, {SHEET: answered})).data))["台账"]
    assert sheet["F4"].value == "已经改好"
    assert sheet["F4"].fill.fill_type is None
    assert sheet["F2"].value is None


def test_a_record_that_nobody_can_read_leaves_the_workbook_as_it_is() -> None:
    data = mark(rich(), FINDINGS, [TABLE]).data
    spoiled = part(data, "docProps/custom.xml").replace(b"&quot;fills&quot;", b"fills").replace(b'"fills"', b"fills")
    assert unmark(opened(patched(data, {"docProps/custom.xml": spoiled}))) is None


cells = st.builds(lambda column, row: f"{letter(column)}{row}", st.integers(0, 40), st.integers(1, 60))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(cells, st.sampled_from(Severity)), max_size=12))
def test_whatever_is_marked_comes_back_as_it_was(chosen: list[tuple[str, Severity]]) -> None:
    found = [finding(cell, severity) for cell, severity in chosen]
    marked = mark(RICH, found, [TABLE])
    back = cleaned(marked.data)
    assert len(back.earlier) == len(found)
    assert looks(back.data) == LOOKS
    again = mark(back.data, found, [TABLE], back.earlier)
    assert set(again.compared.states) <= {"仍在"}
    assert again.compared.mended == ()


RICH = rich()
LOOKS = looks(RICH)
