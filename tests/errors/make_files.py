"""Write the reproducing files of this folder: one folder a code, whose `zyw check` gives that code.

Run `python -m tests.errors.make_files` after a change; the files are committed and byte-stable. Codes that no folder can
give (no right to read, a name on the command line, a write that fails) stand in `skipped.txt` with the reason.
"""

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
HEAD: Final = ["序号", "学校名称", "检查日期", "问题类别", "问题描述", "扣分", "整改情况"]
ROWS: Final = [
    ["1", "第一中学", "2024-03-01", "纪律", "迟到两人", "0.5", "已整改"],
    ["2", "第二中学", "2024-03-02", "纪律", "课堂松散", "1", "已整改"],
    ["3", "第三小学", "2024-03-03", "安全", "通道堵塞", "2", "整改中"],
    ["4", "第四小学", "2024-03-04", "卫生", "垃圾未清", "0.5", "已整改"],
]
TABLE: Final = (HEAD, *ROWS)


def workbook(rows: Sequence[Sequence[str]] = TABLE, sheet: str = "台账", properties: Sequence[str] = ()) -> bytes:
    """Return a workbook of text cells, byte-stable."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC)})
    for name in properties:
        book.set_custom_property(name, "1")
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def patched(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return a zip with parts replaced, added, or (None) dropped."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {info.filename: old.read(info) for info in old.infolist()}
        for name, part in {**parts, **changes}.items():
            if part is not None:
                new.writestr(zipfile.ZipInfo(name, (1980, 1, 31, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


SHEET: Final = "xl/worksheets/sheet1.xml"
STRINGS: Final = "xl/sharedStrings.xml"


def part(data: bytes, name: str) -> bytes:
    """Return one part of a zip."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def sheet_xml(cells: str, tail: str = "") -> bytes:
    """Return a worksheet part with the given rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<worksheet xmlns="{space}"><sheetData>{cells}</sheetData>{tail}</worksheet>'.encode()


def ole(stream: str) -> bytes:
    """Return the beginning of an OLE file that names a stream; enough to be known by, nothing to be read."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le").ljust(512, b"\x00")


def csv_text(rows: Sequence[Sequence[str]] = TABLE, delimiter: str = ",") -> str:
    """Return a text table."""
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def files() -> dict[str, bytes]:
    """Return {path under this folder: content}."""
    good, text = workbook(), csv_text()
    strings = part(good, STRINGS)
    doctype = b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]><sst '
    unclosed = text.replace("2,第二中学", '2,"第二中学')
    ragged = csv_text([HEAD, *ROWS * 20, *([[*ROWS[0], "多", "余"]] * 60)])
    return {
        "F003/空文件.xlsx": b"",
        "F004/台账.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        "F005/台账.xlsx": ole("EncryptedPackage"),
        "F006/台账.xlsx": good[:-200],
        "F007/台账.xlsx": patched(good, {SHEET: sheet_xml(" " * 1_500_000)}),
        "F008/台账.xlsx": patched(
            good,
            {SHEET: sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')},
        ),
        "F009/台账.xlsx": patched(good, {STRINGS: strings.replace(b"<sst ", doctype)}),
        "F010/台账.xlsx": patched(good, {"xl/styles.xml": b"<styleSheet><cellXfs><xf numFmtId='x'></cellXfs>"}),
        "F012/台账.csv": text.encode(),
        "F012/~$台账.csv": b"\x06clerk".ljust(165, b" "),
        "F013/台账.csv": text.encode(),
        "F013/~WRL0001.tmp": b"x",
        "F014/台账.csv": text.encode(),
        "F014/通知.docx": b"PK\x03\x04",
        "F015/台账.csv": text.encode() + "5,第五小学".encode("gbk") + b"\xff\r\n",
        "F016/台账.csv": unclosed.encode(),
        "F017/台账.csv": text.replace("通道堵塞", "通道,堵塞").encode(),
        "F018/台账.csv": text.replace("通道", "通\x00道").encode(),
        "F019/台账.csv": text.replace("通道", "通" * 140_000).encode("gbk"),
        "F020/台账.csv": text.replace("第三小学", "????").encode(),
        "F021/台账.xls": csv_text(delimiter="\t").encode("gbk"),
        "F022/台账.xls": "<html><meta charset=gbk><table><tr><td>序号</td></tr></table></html>".encode("gbk"),
        "F023/通知.pdf": b"%PDF-1.7\n",
        "F024/台账.xlsm": patched(good, {"xl/vbaProject.bin": ole("VBA")}),
        "F025/台账.xls": ole("Workbook"),
        "F027/3月台账.csv": text.encode(),
        "F027/3月台账(1).csv": text.encode(),
        "F028/排名.xlsx": workbook(properties=["zyw-output"]),
        "F028/台账.csv": text.encode(),
        "F029/台账.csv": ragged.encode(),
    }


def main() -> None:
    """Write every file."""
    for name, data in files().items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
