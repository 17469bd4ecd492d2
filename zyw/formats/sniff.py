"""What a file really is, by its first bytes and its inner names, never by its extension."""

from collections.abc import Container
from enum import Enum
from typing import Final

from zyw.formats.compound import MAGIC, OddCompound, open_compound


class Kind(Enum):
    """What a file is; the value is what a clerk reads."""

    XLSX = "工作簿"
    XLSB = "二进制工作簿（xlsb）"
    ODS = "一份 ODS 表格"
    XLS = "旧式的 Excel 97-2003 工作簿（xls）"
    OLD_XLS = "Excel 4.0 或更早的工作簿"
    SYLK = "一份 SYLK 表格（slk）"
    ENCRYPTED = "加密的工作簿"
    TEXT = "文本"
    HTML = "网页"
    XML = "一份 XML 表格（Excel 2003）"
    ZIP = "压缩包"
    PDF = "一份 PDF"
    PICTURE = "图片"
    WORD = "一份 Word 文档"
    SLIDES = "演示文稿"
    RTF = "一份 RTF 文档"
    MAIL = "邮件或单个网页（MHT）"
    ARCHIVE = "压缩包（rar/7z）"
    OLE = "别的 Office 文件"
    TORN = "残缺的 Office 文件"
    BINARY = "不认识的二进制文件"


_MAGIC: Final = (
    (b"%PDF", Kind.PDF),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"\x89PNG", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"II*\x00", Kind.PICTURE),
    (b"MM\x00*", Kind.PICTURE),
    (b"BM", Kind.PICTURE),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"{\\rtf", Kind.RTF),
    (b"MIME-Version:", Kind.MAIL),
    (b"ID;P", Kind.SYLK),
    (b"PAR1", Kind.BINARY),
)
_STREAMS: Final = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("WordDocument", Kind.WORD),
    ("PowerPoint Document", Kind.SLIDES),
)
"""What the streams of a compound file say; a workbook may carry a `WordDocument` of its own, in a storage below."""
_OLD_STARTS: Final = tuple(bytes((9, version)) for version in (0, 2, 4, 8))
"""The first record of a workbook without a container: BIFF2 to BIFF4, and BIFF5 as some programs leave it."""
_TEXT_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML_STARTS: Final = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<div", b"<style")


def sniff(data: bytes) -> Kind:
    """Return what the bytes are; `Kind.ZIP` for any zip, to be told apart by `inside_zip`."""
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return Kind.ZIP
    if data.startswith(MAGIC):
        return _inside_compound(data)
    if data.startswith(_OLD_STARTS) and data[3:4] == b"\x00" and data[2] in {4, 6, 8, 16}:
        return Kind.OLD_XLS
    head = data[:4096]
    if not head.startswith(_TEXT_MARKS):
        magic = next((kind for start, kind in _MAGIC if head.startswith(start)), None)
        if magic is not None and not (head[:2] == b"BM" and _looks_like_text(head)):
            return magic
        if not _looks_like_text(head):
            return Kind.BINARY
    return _markup(head) or Kind.TEXT


def _inside_compound(data: bytes) -> Kind:
    """Return what a compound file holds by its directory; where that is torn, by the names that stand in it."""
    try:
        names = {name.lower() for name in open_compound(data).streams}
        return next((kind for name, kind in _STREAMS if name.lower() in names), Kind.OLE)
    except OddCompound:
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in data), Kind.TORN)


def _looks_like_text(head: bytes) -> bool:
    """Tell whether few bytes are control characters (NULs are counted by the csv reader, which names the line)."""
    odd = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b\x00" for byte in head)
    return odd * 100 <= len(head) and head.count(0) * 2 <= len(head)


def _markup(head: bytes) -> Kind | None:
    """Return HTML or XML when the text begins as such."""
    for mark in _TEXT_MARKS:
        head = head.removeprefix(mark)
    start = head.replace(b"\x00", b"").lstrip().lower()
    if start.startswith(_HTML_STARTS):
        return Kind.HTML
    if start.startswith(b"<?xml") or start.startswith(b"<workbook"):
        return Kind.HTML if b"<html" in start else Kind.XML
    return None


def inside_zip(names: Container[str], mimetype: bytes) -> Kind:
    """Return what a zip container is from the parts it has and, for OpenDocument, its `mimetype` part."""
    ways = (
        ("xl/workbook.xml", Kind.XLSX),
        ("xl/workbook.bin", Kind.XLSB),
        ("word/document.xml", Kind.WORD),
        ("ppt/presentation.xml", Kind.SLIDES),
    )
    found = next((kind for name, kind in ways if name in names), None)
    if found is not None:
        return found
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.ODS
    return Kind.WORD if mimetype.startswith(b"application/vnd.oasis.opendocument.text") else Kind.ZIP
