"""The scan of a sheet's XML: the quick way and the full parse give the same facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.errors.make_files import sheet_xml
from zyw.container import prescan
from zyw.container.prescan import Facts, ForbiddenXml, OddXml, scan_sheet
from zyw.sheets import letter

MIXED = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"/></row>'
    '<row r="2" hidden="1"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    '<row r="3" spans="1:2" hidden="true"><c r="A3"><f>1+1</f></c><c r="B3"><f>1+1</f><v></v></c></row>'
    '<row r="4" hidden="0"><c r="A4"><f>1+1</f><v>2</v></c><c r="B4" t="str"><f>""</f><v></v></c></row>'
    '<row r="5"><c r="A5"><f t="shared" si="0"/><v>2</v></c><c r="B5"><f t="shared" si="0"/></c></row>'
)
MERGES = '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A2:A5"/></mergeCells>'


def test_errors_uncalculated_formulas_hidden_rows_and_merges_are_found() -> None:
    facts = scan_sheet(sheet_xml(MIXED, MERGES))
    assert facts.errors == {"A2": "#N/A", "B2": "#DIV/0!"}
    assert facts.uncalculated == {"A3", "B3", "B5"}
    assert facts.hidden_rows == (2, 3)
    assert facts.merges == ((1, 0, 1, 1), (2, 0, 5, 0))
    assert facts.far is None


def test_the_full_parse_gives_the_same_facts() -> None:
    xml = sheet_xml(MIXED, MERGES)
    assert prescan._scan_slowly(xml, 1000) == scan_sheet(xml)
    prefixed = (
        xml.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?").replace(b"xmlns=", b"xmlns:x=")
    )
    assert scan_sheet(prefixed) == scan_sheet(xml)


def test_the_common_form_takes_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_xml: bytes, _limit: int, _colours: object) -> Facts:
        raise AssertionError("a plain sheet went through the full parse")

    monkeypatch.setattr(prescan, "_scan_slowly", slow)
    assert scan_sheet(sheet_xml(MIXED)).errors
    rows = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{letter(c)}{n}"><v>1</v></c>' for c in range(40)) + "</row>"
        for n in range(1, 300)
    )
    assert scan_sheet(sheet_xml(rows)).far is None


def test_unusual_quotes_and_blanks_hide_nothing() -> None:
    odd = [
        "<row r='1'><c r='A1' t='e'><v>#REF!</v></c></row>",
        '<row r="1"><c r="A1"\n t="e">\n<v>#REF!</v></c></row>',
    ]
    assert [scan_sheet(sheet_xml(cells)).errors for cells in odd] == [{"A1": "#REF!"}] * 2
    assert scan_sheet(sheet_xml('<row r="1"><c r="A1">\n <f>1+1</f>\n</c></row>')).uncalculated == {"A1"}


def test_cells_without_addresses_are_counted() -> None:
    facts = scan_sheet(sheet_xml('<row><c><v>1</v></c></row><row hidden="1"><c/><c t="e"><v>#REF!</v></c></row>'))
    assert facts.errors == {"B2": "#REF!"}
    assert facts.hidden_rows == (2,)


def test_only_cells_with_a_value_stretch_a_sheet() -> None:
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert scan_sheet(sheet_xml(near + '<row r="900000"><c r="XFA900000" s="3"/></row>')).far is None
    facts = scan_sheet(sheet_xml(near + '<row r="900000"><c r="XFA900000" s="3"><v>1</v></c></row>'))
    assert (facts.far, facts.height, facts.width) == ("XFA900000", 900_000, 16_381)


def test_a_sheet_that_is_not_closed_or_not_xml_is_odd() -> None:
    for xml in (b"", b"x", sheet_xml("")[:-5].replace(b"</sheetData>", b""), "<a/>".encode("utf-16")):
        with pytest.raises(OddXml):
            scan_sheet(xml)


def test_a_dtd_is_refused_wherever_the_declaration_hides() -> None:
    for head in (b"<!DOCTYPE a>", b"<?xml version='1.0'?>\n<!-- -->\n<!DOCTYPE a [<!ENTITY b 'c'>]>"):
        with pytest.raises(ForbiddenXml):
            scan_sheet(head + b"<worksheet><sheetData></sheetData></worksheet>")
    padded = b"<!--" + b" " * 70_000 + b"--><!DOCTYPE a><worksheet/>"
    with pytest.raises((ForbiddenXml, OddXml)):
        scan_sheet(padded)


@given(st.integers(1, 16_384), st.integers(1, 16_384))
def test_the_column_pattern_matches_exactly_the_columns_up_to_its_count(count: int, column: int) -> None:
    import re

    matched = re.fullmatch(prescan._columns_upto(count), letter(column - 1).encode()) is not None
    assert matched == (column <= count)


@given(st.integers(10, 2_000_000), st.integers(1, 1_048_576))
def test_the_row_pattern_never_matches_a_row_beyond_its_limit(limit: int, row: int) -> None:
    import re

    if re.fullmatch(prescan._rows_upto(limit), str(row).encode()):
        assert row <= max(limit, 1_049_999 if limit >= 1_048_576 else 0)


CELL = st.tuples(
    st.integers(0, 60),
    st.sampled_from(["<v>1</v>", "", "<f>1</f>", "<f>1</f><v>2</v>", "<f>1</f><v></v>", "<is><t>x</t></is>"]),
)


@given(st.lists(st.lists(CELL, max_size=4), max_size=5), st.integers(1, 500))
def test_both_ways_agree_on_any_sheet(rows: list[list[tuple[int, str]]], limit: int) -> None:
    text = ""
    for n, cells in enumerate(rows, 1):
        inner = "".join(f'<c r="{letter(c)}{n}">{body}</c>' for c, body in cells)
        hidden = ' hidden="1"' if n % 2 else ""
        text += f'<row r="{n}"{hidden}>{inner}</row>'
    xml = sheet_xml(text, MERGES)
    assert scan_sheet(xml, limit) == prescan._scan_slowly(xml, limit)
