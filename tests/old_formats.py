"""Small files of the formats that no library here writes: compound files with BIFF8 sheets, xlsb, ods, byte-stable.

Only what a reader needs is in them, so that a test can also write what no program would.
"""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final

STAMP: Final = (1980, 1, 31, 0, 0, 0)
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
DIV0: Final = 0x07


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file (version 3) with these streams; each is filled up so that none is a small one."""
    contents = [content.ljust(4096, b"\x00") for content in streams.values()]
    counts = [-(-len(content) // 512) for content in contents]
    table_count, total = 1, sum(counts) + 1
    while total + table_count > table_count * 128:
        table_count += 1
    starts = [sum(counts[:i]) for i in range(len(counts))]
    table: list[int] = []
    for count in (*counts, -(-(len(streams) + 1) // 4)):
        table += [*range(len(table) + 1, len(table) + count), END]
    directory = sum(counts)
    first_table = len(table)
    table += [TABLE] * table_count
    table += [FREE] * (table_count * 128 - len(table))
    entries = _entry("Root Entry", 5, (FREE, 1 if streams else FREE), END, 0)
    for i, (name, content) in enumerate(zip(streams, contents, strict=True)):
        following = i + 2 if i + 1 < len(streams) else FREE
        entries += _entry(name, 2, (following, FREE), starts[i], len(content))
    entries = entries.ljust(-(-len(entries) // 512) * 512, b"\x00")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, table_count, directory, 0, 4096, END, 0, END, 0)
    own = [*range(first_table, first_table + table_count)]
    header += struct.pack("<109I", *own, *[FREE] * (109 - len(own)))
    body = b"".join(content.ljust(-(-len(content) // 512) * 512, b"\x00") for content in contents)
    return header + body + entries + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, links: tuple[int, int], start: int, size: int) -> bytes:
    """Return an entry of the directory; `links` are the next stream and the first one below."""
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw) + 2, kind, 1)
    return head + struct.pack("<3I", FREE, *links) + bytes(36) + struct.pack("<IQ", start, size)


def record(kind: int, content: bytes = b"") -> bytes:
    """Return one BIFF record."""
    return struct.pack("<HH", kind, len(content)) + content


def begin(kind: int) -> bytes:
    """Return the record that opens the workbook (5) or a sheet (16)."""
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def number(row: int, column: int, value: float) -> bytes:
    """Return a cell with a number; rows and columns count from 0."""
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


def label(row: int, column: int, text: str) -> bytes:
    """Return a cell with a text."""
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def error(row: int, column: int, value: int = DIV0) -> bytes:
    """Return an error cell."""
    return record(0x205, struct.pack("<HHHBB", row, column, 0, value, 1))


def formula(row: int, column: int, value: float | None) -> bytes:
    """Return a formula `=1` with its stored result; None: the result is #DIV/0!."""
    result = struct.pack("<BBBBHH", 2, 0, DIV0, 0, 0, 0xFFFF) if value is None else struct.pack("<d", value)
    return record(0x06, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00")


def row_of(row: int, *, hidden: bool) -> bytes:
    """Return a row's own record."""
    return record(0x208, struct.pack("<HHHHIHH", row, 0, 1, 255, 0, 0x120 if hidden else 0x100, 15))


def column_of(first: int, last: int) -> bytes:
    """Return hidden columns."""
    return record(0x7D, struct.pack("<HHHHHH", first, last, 0, 0, 1, 0))


def merged(*ranges: tuple[int, int, int, int]) -> bytes:
    """Return merged ranges: (first row, last row, first column, last column), from 0."""
    return record(0xE5, struct.pack("<H", len(ranges)) + b"".join(struct.pack("<4H", *one) for one in ranges))


def table(rows: Sequence[Sequence[str | float]]) -> bytes:
    """Return the cells of a table."""
    return b"".join(
        label(i, j, cell) if isinstance(cell, str) else number(i, j, cell)
        for i, row in enumerate(rows)
        for j, cell in enumerate(row)
        if cell != ""
    )


FILTERED: Final = record(0x9B)
LOCKED: Final = record(0x2F, struct.pack("<HHH", 0, 0x1234, 0x5678))
"""XOR obfuscation with a key that no password in these tests gives."""


def workbook_stream(sheets: Mapping[str, bytes], hidden: Sequence[str] = (), extra: bytes = b"") -> bytes:
    """Return the `Workbook` stream of sheets given as their records."""
    listed = [record(0x85, struct.pack("<IBBBB", 0, 0, 0, len(n), 1) + n.encode("utf-16-le")) for n in sheets]
    head = begin(5) + extra + record(0x42, struct.pack("<H", 1200))
    at = len(head) + sum(map(len, listed)) + len(record(0x0A))
    out, body = head, b""
    for name, records in sheets.items():
        state = 1 if name in hidden else 0
        raw = name.encode("utf-16-le")
        out += record(0x85, struct.pack("<IBBBB", at + len(body), state, 0, len(name), 1) + raw)
        body += begin(16) + records + record(0x0A)
    return out + record(0x0A) + body


def xls(sheets: Mapping[str, bytes], hidden: Sequence[str] = (), extra: bytes = b"") -> bytes:
    """Return an Excel 97–2003 workbook."""
    return compound({"Workbook": workbook_stream(sheets, hidden, extra)})


# --- xlsb ----------------------------------------------------------------------------------------------------------


def binary(kind: int, content: bytes = b"") -> bytes:
    """Return one record of an xlsb part."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, out = len(content), b""
    while size >= 0x80:
        out += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + out + bytes([size]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_row(row: int, cells: Mapping[int, str | float | None], *, hidden: bool = False) -> bytes:
    """Return a row with its cells (from 0); None is the error #DIV/0!."""
    out = binary(0, struct.pack("<IIHBBBI", row, 0, 255, 0, 0x10 if hidden else 0, 0, 0))
    for column, value in cells.items():
        head = struct.pack("<II", column, 0)
        if value is None:
            out += binary(3, head + bytes([DIV0]))
        elif isinstance(value, str):
            out += binary(6, head + _wide(value))
        else:
            out += binary(5, head + struct.pack("<d", value))
    return out


def xlsb(sheets: Mapping[str, tuple[bytes, bytes, bytes]], hidden: Sequence[str] = ()) -> bytes:
    """Return a binary workbook; a sheet is (what stands before its rows, its rows, what stands after)."""
    parts: dict[str, bytes] = {}
    listed, relations = b"", ""
    for i, (name, (before, rows, after)) in enumerate(sheets.items(), 1):
        parts[f"xl/worksheets/sheet{i}.bin"] = (
            binary(129)
            + binary(148, struct.pack("<4I", 0, 9, 0, 9))
            + before
            + binary(145)
            + rows
            + binary(146)
            + after
            + binary(130)
        )
        listed += binary(156, struct.pack("<II", name in hidden, i) + _wide(f"rId{i}") + _wide(name))
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        relations += f'<Relationship Id="rId{i}" Type="{kind}" Target="worksheets/sheet{i}.bin"/>'
    parts["xl/workbook.bin"] = binary(131) + binary(143) + listed + binary(144) + binary(132)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["xl/_rels/workbook.bin.rels"] = f'<Relationships xmlns="{space}">{relations}</Relationships>'.encode()
    return zipped(parts)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- ods -----------------------------------------------------------------------------------------------------------

_SPACES: Final = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text", "style")
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'  # fmt: skip


def ods(tables: str, styles: str = "", manifest: str = "") -> bytes:
    """Return an OpenDocument workbook with these tables."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listed = f'<manifest:manifest xmlns:manifest="{space}">{manifest}</manifest:manifest>'
    return zipped({**parts, "META-INF/manifest.xml": listed.encode()})


def ods_cell(value: str | float, attributes: str = "") -> str:
    """Return a cell."""
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string" {attributes}><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}><text:p>{value}</text:p></table:table-cell>'
