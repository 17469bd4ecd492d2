"""What a workbook hides: columns, rows by hand, rows by a filter; and colours that may be a state."""

import io
from pathlib import Path

import pytest

from tests.errors.make_files import SHEET, part, patched, sheet_xml, workbook
from tests.errors.make_files import concealed as concealed_workbook
from zyw.container import prescan
from zyw.container.fills import coloured_styles
from zyw.container.prescan import scan_sheet
from zyw.intake.concealed import concealed
from zyw.sheets import Fill, Grid, Merge
from zyw.workbook import read_book

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HIDDEN = dict.fromkeys((3, 5, 9), ' hidden="1"')
ROWS = "".join(f'<row r="{n}"{HIDDEN.get(n, "")}><c r="A{n}"><v>1</v></c></row>' for n in range(1, 11))
FILTER = (
    '<autoFilter ref="A1:B7"><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn></autoFilter>'
)


def both(xml: bytes) -> prescan.Facts:
    """Return the facts, which the quick way and the full parse must share."""
    facts = scan_sheet(xml, colours={3: "FF0000", 4: "00FF00", 5: "FF0000"})
    assert facts == prescan._scan_slowly(xml, 10_000, {3: "FF0000", 4: "00FF00", 5: "FF0000"})
    return facts


def test_rows_within_a_working_filter_are_filtered_the_others_hidden_by_hand() -> None:
    facts = both(sheet_xml(ROWS, FILTER))
    assert (facts.hidden_rows, facts.filtered_rows) == ((3, 5, 9), (3, 5))


def test_a_filter_that_is_only_switched_on_hides_nothing() -> None:
    assert both(sheet_xml(ROWS, '<autoFilter ref="A1:B10"/>')).filtered_rows == ()


def test_hidden_columns_are_found_before_the_cells() -> None:
    columns = '<cols><col min="2" max="3" hidden="1"/><col min="4" max="4" hidden="0"/><col min="16384" max="99999" hidden="true"/></cols>'
    xml = sheet_xml(ROWS).replace(b"<sheetData>", columns.encode() + b"<sheetData>")
    assert both(xml).hidden_columns == (1, 2, 16_383)


def test_a_filter_of_a_table_counts_too(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.add_table(0, 0, 4, 1, {"data": [["一中", 1], ["二中", 2], ["三中", 3], ["四中", 4]]})
    page.set_row(2, None, None, {"hidden": True})
    book.close()
    data = path.read_bytes()
    table = part(data, "xl/tables/table1.xml").replace(
        b'<autoFilter ref="A1:B5"/>',
        b'<autoFilter ref="A1:B5"><filterColumn colId="0"><filters/></filterColumn></autoFilter>',
    )
    path.write_bytes(patched(data, {"xl/tables/table1.xml": table}))
    found, _ = read_book(path, "a.xlsx")
    assert found is not None
    assert found.grids[0].filtered_rows == (3,)


def test_the_reports_name_rows_and_columns_that_are_used() -> None:
    grid = Grid("a", "台账", [], hidden_rows=(1, 3, 4, 5, 9), filtered_rows=(4, 5), hidden_columns=(1, 2))
    told = list(concealed(grid, range(2, 9), {"A": "单位", "B": "扣分"}))
    assert [(p.code, p.place and p.place.cell) for p in told] == [("S009", "3"), ("F033", "4"), ("F032", "B")]
    assert "4–5" in told[1].message
    assert "B列“扣分”" in told[2].message


def test_a_filtered_workbook_with_a_hidden_column_says_both(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(concealed_workbook())
    found, _ = read_book(path, "a.xlsx")
    assert found is not None
    (one,) = found.grids
    assert (one.hidden_rows, one.filtered_rows, one.hidden_columns) == ((2, 3, 5), (2, 3, 5), (5,))


# --- merged ranges in other words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "expected"),
    [("A:B", Merge(1, 0, 3, 1)), ("$A$1:$B$2", Merge(1, 0, 2, 1)), ("B2:A1", Merge(1, 0, 2, 1)), ("1:2", Merge(1, 0, 2, 1))],
)  # fmt: skip
def test_a_merge_written_loosely_is_read_though_the_native_reader_refuses_it(
    ref: str, expected: Merge, tmp_path: Path
) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"/></row><row r="3"><c r="B3"><v>2</v></c></row>'
    path = tmp_path / "a.xlsx"
    merges = f'<mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>'
    path.write_bytes(patched(workbook(), {SHEET: sheet_xml(cells, merges)}))
    found, problems = read_book(path, "a.xlsx")
    assert found is not None, problems
    assert found.grids[0].rows == [[1.0, ""], ["", ""], ["", 2.0]]
    assert found.grids[0].merges == (expected,)


# --- colours -------------------------------------------------------------------------------------------------------


def test_of_each_colour_in_a_row_the_first_cell_is_given() -> None:
    cells = (
        '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="3"/><c r="C1" s="3"><v>1</v></c><c r="D1" s="4"/></row>'
        '<row r="2" s="3" customFormat="1"><c r="C2" s="5"/><c r="B2" s="3"/></row><row r="3"><c r="A3" s="33"/></row>'
    )
    assert both(sheet_xml(cells)).fills == (
        Fill(1, 1, "FF0000"),
        Fill(1, 3, "00FF00"),
        Fill(2, 1, "FF0000"),
    )


def test_more_coloured_rows_than_can_be_a_state_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prescan, "MOST_FILLS", 2)
    cells = "".join(f'<row r="{n}"><c r="A{n}" s="3"/></row>' for n in range(1, 4))
    assert both(sheet_xml(cells)).fills == ()


def styles(*fills: str) -> bytes:
    kinds = "".join(f"<fill>{fill}</fill>" for fill in ('<patternFill patternType="none"/>', *fills))
    cells = "".join(f'<xf fillId="{n}"/>' for n in range(len(fills) + 1))
    return f'<styleSheet xmlns="{SPACE}"><fills>{kinds}</fills><cellXfs>{cells}</cellXfs></styleSheet>'.encode()


def solid(colour: str) -> str:
    return f'<patternFill patternType="solid"><fgColor {colour}/><bgColor indexed="64"/></patternFill>'


THEME = (
    b'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x">'
    b'<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    b'<a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2>'
    b'<a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
)  # fmt: skip


def test_solid_fills_that_are_not_white_are_colours() -> None:
    found = coloured_styles(
        styles(
            solid('rgb="FFFF0000"'),
            solid('rgb="FFFFFFFF"'),
            solid('indexed="13"'),
            solid('theme="4"'),
            solid('theme="0" tint="-0.25"'),
            solid('theme="0"'),
            '<patternFill patternType="gray125"/>',
            solid('auto="1"'),
            solid('rgb="rot"'),
        ),
        THEME,
    )
    assert found == {1: "FF0000", 3: "FFFF00", 4: "4472C4", 5: "BFBFBF"}


def test_a_workbook_without_a_theme_has_the_other_colours() -> None:
    assert coloured_styles(styles(solid('theme="4"'), solid('rgb="FF00FF00"')), b"") == {2: "00FF00"}


def test_colours_of_a_real_workbook_reach_the_grid(tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.styles import PatternFill

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["单位", "问题"], ["一中", "迟到"], ["二中", "早退"]):
        page.append(row)
    page["B3"].fill = PatternFill("solid", fgColor="FFFFFF00")
    out = io.BytesIO()
    book.save(out)
    path = tmp_path / "a.xlsx"
    path.write_bytes(out.getvalue())
    found, _ = read_book(path, "a.xlsx")
    assert found is not None
    assert found.grids[0].fills == (Fill(3, 1, "FFFF00"),)
