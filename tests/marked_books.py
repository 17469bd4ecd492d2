"""Workbooks to mark: one with everything that a sender may have in it, and packages put together by hand."""

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter

from tests.errors.make_files import patched
from zyw.container.parts import Container, open_container
from zyw.limits import Limits
from zyw.marking.marks import Table
from zyw.marking.removal import Unmarked, unmark
from zyw.marking.rounds import Finding
from zyw.problems import Severity

HEAD = ["序号", "学校名称", "检查日期", "问题描述", "扣分"]
TABLE = Table("台账", 2, 4)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636060606000000005000157a7"
    "d0b30000000049454e44ae426082"
)


def finding(cell: str, severity: Severity = Severity.ERROR, sheet: str = "台账", message: str = "写错了") -> Finding:
    """Return one finding."""
    return Finding("L001", severity, sheet, cell, "检查日期", message, "改正确。")


def written(fill: Callable[[Any], None]) -> bytes:
    """Return a workbook that `fill` writes, byte-stable."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC)})
        fill(book)
    return out.getvalue()


def _ledger(book: Any) -> None:
    look = book.add_format({"border": 1})
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    done = book.add_format({"border": 1, "bg_color": "#FFFF00", "num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("台账")
    sheet.merge_range("A1:E1", "大垸中学问题台账", head)
    sheet.write_row(1, 0, HEAD, head)
    for i in range(8):
        sheet.write_row(2 + i, 0, [i + 1, "大垸中学", "2024-3-1", "迟到", 1], done if i % 3 == 1 else look)
    bold = book.add_format({"bold": True})
    sheet.write_rich_string("D4", "课堂", bold, "松散", "，已谈话", look)
    sheet.write_formula("E11", "=SUM(E3:E10)", look, 8)
    sheet.write_comment("B3", "原来的批注", {"author": "张老师"})
    sheet.data_validation("D3:D60", {"validate": "list", "source": ["迟到", "早退"]})
    sheet.conditional_format("E3:E10", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("G3", {"range": "台账!E3:E10"})
    sheet.write_url("B5", "internal:'说明'!A1", look, "大垸中学")
    sheet.autofilter("A2:E10")
    sheet.freeze_panes(2, 2)
    sheet.protect("", {"format_cells": True})
    sheet.print_area("A1:E12")
    sheet.repeat_rows(1)
    sheet.set_column("A:A", 6)
    sheet.set_column("F:XFD", 4, None, {"hidden": True})
    sheet.insert_image("C14", "点.png", {"image_data": io.BytesIO(PIXEL)})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=台账!$E$3:$E$10"})
    sheet.insert_chart("C20", chart)
    sheet.insert_textbox("I2", "说明文字")


def _rest(book: Any) -> None:
    notes = book.add_worksheet("说明")
    notes.write("A1", "按实填写")
    listed = book.add_worksheet("名单")
    listed.add_table("A1:C4", {"columns": [{"header": name} for name in ("甲", "乙", "丙")]})
    hidden = book.add_worksheet("旧表")
    hidden.hide()
    book.define_name("扣分合计", "=台账!$E$11")


def rich() -> bytes:
    """Return a workbook with pictures, charts, validations, formats of 2010, rich text, WPS in-cell pictures."""

    def fill(book: Any) -> None:
        _ledger(book)
        _rest(book)

    data = written(fill)
    types = part(data, "[Content_Types].xml").replace(
        b"</Types>",
        b'<Override PartName="/xl/cellimages.xml" ContentType="application/vnd.wps-officedocument.cellimage+xml"/></Types>',
    )
    rels = part(data, "xl/_rels/workbook.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/></Relationships>',
    )
    picture = b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    return patched(
        data, {"[Content_Types].xml": types, "xl/_rels/workbook.xml.rels": rels, "xl/cellimages.xml": picture}
    )


def part(data: bytes, name: str) -> bytes:
    """Return one part."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def parts(data: bytes) -> dict[str, bytes]:
    """Return all parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def opened(data: bytes) -> Container:
    """Return the package of a workbook."""
    return open_container(data, "台账.xlsx", Limits())


def cleaned(data: bytes) -> Unmarked:
    """Return a marked workbook without its marks."""
    found = unmark(opened(data))
    assert found is not None
    return found


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{base}/{kind}" Target="{target}"/></Relationships>'
)


def by_hand(
    rows: str, *, prefix: str = "", tail: str = "", strict: bool = False, more: Mapping[str, str] = {}
) -> bytes:
    """Return the least of a workbook: one sheet 台账 with `rows`, no styles; `{p}` in the texts stands for the prefix."""
    base = (
        "http://purl.oclc.org/ooxml/officeDocument/"
        if strict
        else "http://schemas.openxmlformats.org/officeDocument/2006/"
    )
    main = (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
        if strict
        else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    )
    p = f"{prefix}:" if prefix else ""
    space = f'xmlns{":" + prefix if prefix else ""}="{main}"'
    made = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format(base=base + "relationships", kind="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": f'<{p}workbook {space} xmlns:r="{base}relationships"><{p}sheets>'
        f'<{p}sheet name="台账" sheetId="1" r:id="rId1"/></{p}sheets></{p}workbook>',
        "xl/_rels/workbook.xml.rels": _RELS.format(
            base=base + "relationships", kind="worksheet", target="worksheets/sheet1.xml"
        ),
        "xl/worksheets/sheet1.xml": f"<{p}worksheet {space}>{rows}{tail}</{p}worksheet>".replace("{p}", p),
        **more,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode())
    return out.getvalue()
