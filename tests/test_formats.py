"""Formats other than xlsx and csv: the same table, with its places, out of each."""

import contextlib
import datetime
import struct
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import old_formats as old
from tests.errors.make_files import HEAD, ROWS
from tests.old_formats import xlsb_row
from zyw.formats import web, xls, xml2003
from zyw.formats.compound import OddCompound, open_compound
from zyw.limits import Limits
from zyw.problems import Problem, ZywError
from zyw.sheets import Book, Grid, Merge
from zyw.workbook import read_book

TEXTS = [HEAD, *ROWS]


def read(folder: Path, data: bytes, name: str) -> tuple[Book | None, tuple[Problem, ...]]:
    path = folder / name
    path.write_bytes(data)
    return read_book(path, name)


def grids(folder: Path, data: bytes, name: str) -> tuple[Grid, ...]:
    book, problems = read(folder, data, name)
    assert book is not None, problems
    return book.grids


def codes(folder: Path, data: bytes, name: str) -> list[str]:
    return [p.code for p in read(folder, data, name)[1]]


# --- xls and et ----------------------------------------------------------------------------------------------------


def test_an_xls_gives_its_cells_and_what_the_native_reader_keeps_silent_about(tmp_path: Path) -> None:
    sheet = old.table([["单位", "扣分"], ["一中", 2.0], ["二中", 3.0]])
    sheet += old.error(3, 1) + old.formula(4, 1, None) + old.formula(5, 1, 7.0)
    sheet += old.row_of(2, hidden=True) + old.row_of(1, hidden=False) + old.column_of(1, 1) + old.merged((1, 2, 0, 0))
    book, problems = read(tmp_path, old.xls({"台账": sheet, "旧": old.label(0, 0, "x")}, hidden=["旧"]), "台账.xls")
    assert book is not None
    assert [p.code for p in problems] == ["F030"]
    one, hidden = book.grids
    assert one.rows == [["单位", "扣分"], ["一中", 2.0], ["二中", 3.0], ["", ""], ["", ""], ["", 7.0]]
    assert one.errors == {"B4": "#DIV/0!", "B5": "#DIV/0!"}
    assert (one.hidden_rows, one.filtered_rows, one.hidden_columns) == ((3,), (), (1,))
    assert one.merges == (Merge(2, 0, 3, 0),)
    assert (one.hidden, hidden.hidden, hidden.sheet) == (False, True, "旧")


def test_rows_that_a_filter_hides_are_told_from_those_hidden_by_hand(tmp_path: Path) -> None:
    sheet = old.table([["单位", "扣分"], ["一中", 2.0]]) + old.row_of(1, hidden=True) + old.FILTERED
    assert grids(tmp_path, old.xls({"台账": sheet}), "台账.xls")[0].filtered_rows == (2,)


def test_a_chart_inside_a_sheet_does_not_end_it(tmp_path: Path) -> None:
    chart = old.begin(0x20) + old.row_of(7, hidden=True) + old.record(0x0A)
    sheet = old.label(0, 0, "单位") + chart + old.row_of(1, hidden=True) + old.label(1, 0, "一中")
    assert grids(tmp_path, old.xls({"台账": sheet}), "台账.xls")[0].hidden_rows == (2,)


def test_an_et_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    assert grids(tmp_path, old.xls({"台账": old.table(TEXTS)}), "台账.et")[0].rows == TEXTS
    assert grids(tmp_path, old.xls({"台账": old.table(TEXTS)}), "台账.xlsx")[0].rows == TEXTS


def test_an_xls_with_a_stray_far_cell_is_refused_by_name(tmp_path: Path) -> None:
    _, problems = read(tmp_path, old.xls({"台账": old.number(0, 0, 1) + old.number(65_535, 255, 1)}), "a.xls")
    assert [p.code for p in problems] == ["F008"]
    assert str(problems[0].place) == "a.xls ▸ 台账!IV65536"
    assert "格数=16777216" in problems[0].hint


def test_a_workbook_that_carries_a_word_document_is_a_workbook(tmp_path: Path) -> None:
    stream = old.workbook_stream({"台账": old.table(TEXTS)})
    data = old.compound({"Workbook": stream, "WordDocument": b"x"})
    assert grids(tmp_path, data, "a.xls")[0].rows == TEXTS


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (old.compound({"WordDocument": b"x"}), "F004"),
        (old.compound({"别的": b"x"}), "F004"),
        (old.xls({"台账": old.table(TEXTS)})[:1500], "F006"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(100), "F025"),
        (old.xls({"台账": old.table(TEXTS)}, extra=old.LOCKED), "F005"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\nE\r\n", "F004"),
    ],
)
def test_other_old_files_are_refused_with_the_right_words(tmp_path: Path, data: bytes, expected: str) -> None:
    assert codes(tmp_path, data, "a.xls") == [expected]


@given(st.binary(max_size=600), st.integers(0, 4000))
def test_a_damaged_compound_file_is_a_refusal_never_an_exception(piece: bytes, at: int) -> None:
    good = old.xls({"台账": old.table(TEXTS)})
    data = good[:at] + piece + good[at + len(piece) :]
    with contextlib.suppress(OddCompound):
        compound = open_compound(data)
        for name in compound.streams:
            compound.read(name)


@settings(deadline=None)  # the first call loads the native reader
@given(st.data())
def test_damaged_records_are_a_refusal_never_an_exception(data: st.DataObject) -> None:
    stream = bytearray(old.workbook_stream({"台账": old.table(TEXTS) + old.error(9, 1) + old.merged((1, 2, 0, 0))}))
    for _ in range(data.draw(st.integers(1, 5))):
        stream[data.draw(st.integers(0, len(stream) - 1))] = data.draw(st.integers(0, 255))
    try:
        xls.parse(old.compound({"Workbook": bytes(stream)}), "a.xls", Limits())
    except ZywError as refused:
        assert refused.problems[0].code in {"F006", "F008", "F010"}


# --- xlsb ----------------------------------------------------------------------------------------------------------


def test_an_xlsb_gives_its_cells_and_what_the_native_reader_keeps_silent_about(tmp_path: Path) -> None:
    rows = xlsb_row(0, {0: "单位", 1: "扣分"}) + xlsb_row(1, {0: "一中", 1: 2.0}) + xlsb_row(3, {1: None}, hidden=True)
    columns = old.binary(60, struct.pack("<4IH", 1, 1, 0, 0, 1))
    after = old.binary(176, struct.pack("<4I", 1, 2, 0, 0)) + old.binary(161, bytes(16)) + old.binary(163, bytes(8))
    sheets = {"台账": (columns, rows, after), "旧": (b"", xlsb_row(0, {0: "x"}), b"")}
    one, hidden = grids(tmp_path, old.xlsb(sheets, hidden=["旧"]), "台账.xlsb")
    assert one.rows == [["单位", "扣分"], ["一中", 2.0], ["", ""], ["", ""]]
    assert one.errors == {"B4": "#DIV/0!"}
    assert (one.hidden_rows, one.filtered_rows, one.hidden_columns) == ((4,), (4,), (1,))
    assert one.merges == (Merge(2, 0, 3, 0),)
    assert hidden.hidden


def test_an_xlsb_with_a_far_cell_is_refused_by_name(tmp_path: Path) -> None:
    data = old.xlsb({"台账": (b"", xlsb_row(0, {0: 1.0}) + xlsb_row(1_048_575, {16_383: 1.0}), b"")})
    _, problems = read(tmp_path, data, "a.xlsb")
    assert [(p.code, str(p.place)) for p in problems] == [("F008", "a.xlsb ▸ 台账!XFD1048576")]


def test_an_xlsb_cut_off_inside_is_damaged(tmp_path: Path) -> None:
    data = old.xlsb({"台账": (b"", xlsb_row(0, {0: 1.0})[:-3], b"")})
    assert codes(tmp_path, data, "a.xlsb") in (["F006"], ["F010"])


# --- ods -----------------------------------------------------------------------------------------------------------


def test_an_ods_gives_its_cells_and_what_the_native_reader_keeps_silent_about(tmp_path: Path) -> None:
    twice, tall = 'table:number-columns-repeated="2"', 'table:number-rows-spanned="2"'
    wrong = 'calcext:value-type="error"'
    table = (
        '<table:table table:name="台账"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        f"<table:table-row>{old.ods_cell('单位')}{old.ods_cell('扣分')}{old.ods_cell(3.0)}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2" table:visibility="filter">'
        f"{old.ods_cell('一中', twice)}</table:table-row>"
        '<table:table-row table:visibility="collapse">'
        f"{old.ods_cell('二中', tall)}</table:table-row>"
        f"<table:table-row><table:covered-table-cell/>{old.ods_cell('#N/A', wrong)}"
        '<table:table-cell table:formula="of:=1"/></table:table-row></table:table>'
        f'<table:table table:name="旧" table:style-name="ta2"><table:table-row>{old.ods_cell("x")}</table:table-row></table:table>'
    )
    style = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    one, hidden = grids(tmp_path, old.ods(table, style), "台账.ods")
    assert one.rows == [
        ["单位", "扣分", 3.0],
        ["一中", "一中", ""],
        ["一中", "一中", ""],
        ["二中", "", ""],
        ["", "", ""],
    ]
    assert one.errors == {"B5": "#N/A"}
    assert one.uncalculated == {"C5"}
    assert (one.hidden_rows, one.filtered_rows, one.hidden_columns) == ((2, 3, 4), (2, 3), (2,))
    assert one.merges == (Merge(4, 0, 5, 0),)
    assert hidden.hidden


def test_an_ods_that_repeats_a_cell_over_a_whole_sheet_is_refused_before_it_is_made(tmp_path: Path) -> None:
    cell = old.ods_cell("一中", 'table:number-columns-repeated="1000"')
    table = f'<table:table table:name="台账"><table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row></table:table>'
    _, problems = read(tmp_path, old.ods(table), "a.ods")
    assert [(p.code, str(p.place)) for p in problems] == [("F008", "a.ods ▸ 台账!ALL1000000")]


def test_an_ods_with_a_password_says_how_to_save_it_without(tmp_path: Path) -> None:
    _, problems = read(tmp_path, old.ods("", manifest="<manifest:encryption-data/>"), "a.ods")
    assert [p.code for p in problems] == ["F005"]
    assert "不加密" in problems[0].hint
    assert "ZYW_PASSWORD" not in problems[0].hint


def test_an_ods_with_entities_is_refused(tmp_path: Path) -> None:
    content = b'<!DOCTYPE x [<!ENTITY y "z">]><x/>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    assert codes(tmp_path, old.zipped({"mimetype": kind, "content.xml": content}), "a.ods") == ["F009"]


# --- real files ----------------------------------------------------------------------------------------------------

SAMPLES = Path(__file__).parent / "data" / "formats"


@pytest.mark.parametrize("name", ["台账.xls", "台账.ods"])
def test_a_workbook_saved_by_libreoffice_reads_the_same_from_every_format(name: str) -> None:
    book, _ = read_book(SAMPLES / name, name)
    assert book is not None
    one, hidden, filtered = book.grids
    rows = [row[3 - one.left :] for row in one.rows[4 - one.top :]]
    assert rows[3] == ["序号", "学校名称", "检查日期", "问题类别", "问题描述", "扣分", "时间"]
    assert rows[4][:6] == [1, "第一中学", datetime.date(2024, 3, 1), "纪律", "迟到两人", 0.5]
    assert rows[4][6] == datetime.datetime(2024, 3, 1, 14, 30)
    assert [row[4] for row in rows[5:]] == ["课堂\n松散", "通道堵塞", "0021", "x"]
    assert one.errors == {"I9": "#DIV/0!"}
    assert set(one.merges) == {Merge(4, 3, 4, 9), Merge(10, 4, 11, 4)}
    assert (one.hidden_rows, one.hidden_columns) == ((9,), (7,))
    assert hidden.hidden
    assert filtered.hidden_rows == filtered.filtered_rows == (2, 3, 4, 6, 8)


# --- Excel 2003 XML ------------------------------------------------------------------------------------------------

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def xml(sheet: str, encoding: str = "UTF-8") -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}" xmlns:x="urn:schemas-microsoft-com:office:excel">{sheet}</Workbook>'
    )
    return text.encode(encoding)


def data(kind: str, words: str) -> str:
    return f'<Data ss:Type="{kind}">{words}</Data>'


def test_an_xml_workbook_gives_its_cells_at_their_places(tmp_path: Path) -> None:
    sheet = (
        '<Worksheet ss:Name="台账"><Table><Column ss:Index="3" ss:Hidden="1"/>'
        f'<Row ss:Index="3"><Cell ss:Index="2" ss:MergeAcross="1">{data("String", "单位")}</Cell><Cell>{data("String", "扣分")}</Cell></Row>'
        f'<Row ss:Hidden="1"><Cell ss:Index="2" ss:MergeDown="1">{data("String", "一中")}</Cell><Cell ss:Index="4">{data("Number", "2.5")}</Cell></Row>'
        f'<Row><Cell ss:Index="3" ss:Formula="=1/0">{data("Error", "#DIV/0!")}</Cell><Cell ss:Formula="=1"/>'
        f"<Cell>{data('DateTime', '2012-04-02T00:00:00.000')}</Cell><Cell>{data('Boolean', '1')}</Cell></Row></Table></Worksheet>"
        '<Worksheet ss:Name="旧"><Table/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>'
    )
    book, problems = read(tmp_path, xml(sheet), "台账.xls")
    assert book is not None
    assert [p.code for p in problems] == ["F021"]
    one, hidden = book.grids
    day = datetime.date(2012, 4, 2)
    assert one.rows[2:] == [
        ["", "单位", "", "扣分", "", ""],
        ["", "一中", "", 2.5, "", ""],
        ["", "", "", "", day, True],
    ]
    assert one.errors == {"C5": "#DIV/0!"}
    assert one.uncalculated == {"D5"}
    assert (one.hidden_rows, one.hidden_columns) == ((4,), (2,))
    assert one.merges == (Merge(3, 1, 3, 2), Merge(4, 1, 5, 1))
    assert (hidden.hidden, hidden.rows) == (True, [])


@pytest.mark.parametrize("encoding", ["GB2312", "UTF-16"])
def test_an_xml_workbook_may_be_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    sheet = f'<Worksheet ss:Name="台账"><Table><Row><Cell>{data("String", "单位")}</Cell></Row></Table></Worksheet>'
    assert grids(tmp_path, xml(sheet, encoding), "a.xml")[0].rows == [["单位"]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'<?xml version="1.0"?><rss></rss>', "F022"),
        (xml("<Worksheet>")[:-20], "F006"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y "z">]><Workbook/>', "F009"),
        (xml('<Worksheet><Table><Row ss:Index="99999999"><Cell/></Row></Table></Worksheet>'), "F006"),
        (xml(f'<Worksheet><Table><Row ss:Index="1048576"><Cell ss:Index="9999">{data("Number", "1")}</Cell></Row></Table></Worksheet>'), "F007"),
    ],
)  # fmt: skip
def test_other_xml_is_refused_with_the_right_words(tmp_path: Path, content: bytes, expected: str) -> None:
    assert codes(tmp_path, content, "a.xls") == [expected]


@given(st.text(max_size=60))
def test_any_xml_text_is_read_or_refused(text: str) -> None:
    try:
        xml2003.parse(xml(text.replace("\ud800", "")), "a.xml", Limits())
    except ZywError as refused:
        assert refused.problems[0].code in {"F006", "F007", "F009", "F018", "F022"}


# --- web pages -----------------------------------------------------------------------------------------------------


def page(body: str) -> bytes:
    return f"<html><head><meta charset=gb2312></head><body>{body}</body></html>".encode("gb18030")


def test_a_page_named_xls_is_read_as_a_browser_shows_it(tmp_path: Path) -> None:
    body = (
        "<style>td{a:b<c}</style><table border=1><caption>2024年台账</caption>"
        "<TR><th colspan=2>单位\n  名称</th><th>扣分&nbsp;</th></TR>"
        '<tr style="display:none"><td rowspan="2">一中<td>A&amp;B&lt;C&gt;<td title="a>b">1<br>2</tr>'
        "<tr><td>0021</td><td><p>甲</p><p>乙</p></td></tr><!-- <tr><td>x --></table><p>说明"
    )
    book, problems = read(tmp_path, page(body), "台账.xls")
    assert book is not None
    assert [p.code for p in problems] == ["F021"]
    (one,) = book.grids
    assert one.rows == [["单位 名称", "", "扣分"], ["一中", "A&B<C>", "1\n2"], ["", "0021", "甲\n乙"]]
    assert one.merges == (Merge(1, 0, 1, 1), Merge(2, 0, 3, 0))
    assert (one.hidden_rows, one.sheet) == ((2,), "")


def test_a_table_inside_a_table_is_one_of_its_own_and_frames_are_none() -> None:
    inner = "<table><tr><td>单位<td>扣分<tr><td>一中<td>2</table>"
    found, _ = web.parse(page(f"<table><tr><td>菜单</td><td>{inner}</td></tr></table>{inner}"), "a.xls", Limits())
    assert [(one.sheet, one.rows) for one in found] == [
        ("表1", [["单位", "扣分"], ["一中", "2"]]),
        ("表2", [["单位", "扣分"], ["一中", "2"]]),
    ]


@pytest.mark.parametrize("body", ["请重新登录", "<table><tr><td>请重新登录</td></tr></table>", "<frameset></frameset>"])
def test_a_page_without_a_table_is_refused(tmp_path: Path, body: str) -> None:
    assert codes(tmp_path, page(body), "台账.xls") == ["F022"]


def test_big5_is_believed_where_a_page_names_it() -> None:
    body = "<meta charset=big5><table><tr><td>學校<td>扣分<tr><td>一中<td>2</table>"
    assert web.parse(body.encode("big5"), "a.xls", Limits())[0][0].rows[0] == ["學校", "扣分"]


PIECES = st.lists(
    st.sampled_from(["<table>", "</table>", "<tr>", "<td>", "<td colspan=3>", "<td rowspan=2>", "</td>", "<!--", "-->",
                     "<script>", "</script>", "<", ">", '"', "'", "<td title='", "文", "&lt;", "<br>", "<td\n"]),
    max_size=60,
)  # fmt: skip


@given(PIECES)
def test_any_page_is_read_or_refused_and_its_rows_are_straight(pieces: list[str]) -> None:
    try:
        found, _ = web.parse("".join(pieces).encode(), "a.html", Limits())
    except ZywError as refused:
        assert refused.problems[0].code == "F022"
        return
    for one in found:
        assert len({len(row) for row in one.rows}) == 1


@pytest.mark.parametrize("piece", ["<a", "<!--", "<td title='", '<td "', "<script>", "<" * 5, "<td>"])
def test_a_broken_page_costs_no_more_than_its_length(piece: str) -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        with contextlib.suppress(ZywError):
            web.parse(("<table>" + piece * count).encode(), "a.html", Limits())
        return time.process_time() - began

    seconds(100)
    assert seconds(80_000) < 20 * seconds(8_000) + 0.2
