"""Marking a sender's own workbook: bytes and findings → the same workbook with its faults shown, nothing else changed.

Bad cells get a fill and a comment, their rows a remark in the column 核对问题 right of everything, and a sheet 核对结果
lists all findings with links there and back. Only the parts that must change are written; all others keep their bytes.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from zyw.container import outline
from zyw.container.parts import open_container
from zyw.container.prescan import ForbiddenXml, OddXml
from zyw.limits import Limits
from zyw.marking.cellgrid import LAST_COLUMN, At, New, SheetXml, place_of
from zyw.marking.frame import (
    Columns,
    drawing_id,
    extent,
    location,
    stretched,
    widened_extent,
    with_drawing,
    with_links,
)
from zyw.marking.notes import MOST, SIGN, Spaces, add_notes
from zyw.marking.package import Package
from zyw.marking.record import Column, Record, write_record
from zyw.marking.resultsheet import FIRST, NAME, Line, add_styles, sheet_xml
from zyw.marking.rounds import Compared, Earlier, Finding, compare, row_of
from zyw.marking.styling import Marker, Styles
from zyw.marking.surgery import ODD, Unmarkable, attributes, elements, quiet, root, spliced
from zyw.marking.workbookxml import add_sheet, spaces, styles_part
from zyw.privacy import mask_file_name
from zyw.problems import Severity
from zyw.sheets import letter

HEAD: Final = "核对问题"
REMARK: Final = "【{severity}】{message}（第{number}条）"
FILLS: Final = {Severity.ERROR: "FFFFB0A0", Severity.WARNING: "FFFFE780", Severity.NOTE: "FFD0E4F0"}
_OWN_HEAD, _OWN_TEXT = "FFFCE0D0", "FFFFF4E8"
_WIDTH: Final = 46.0
ADVICE: Final = (
    "请在各表上改正标了颜色的格子（点“单元格”一列可以跳过去，格子上的批注写着怎么改），改好后把本文件发回。"
    "本表、颜色、批注和“核对问题”一列是程序加的，下次核对时自动换新，不用删。"
)


@dataclass(frozen=True, slots=True)
class Table:
    """Where one table of a workbook stands: its sheet, the last row of its header, its last column from 0."""

    sheet: str
    header: int
    last: int


@dataclass(frozen=True, slots=True)
class Marked:
    """The marked workbook, what changed since the round before, and how many cells got no comment for want of room."""

    data: bytes
    compared: Compared
    unnoted: int = 0
    again: bool = False
    """There was a round before."""


def mark(
    data: bytes,
    findings: Sequence[Finding],
    tables: Sequence[Table],
    earlier: Sequence[Earlier] | None = None,
    limits: Limits | None = None,
) -> Marked:
    """Return the workbook `data`, which carries no old marks, with `findings` marked.

    Raises `Unmarkable` where that is not possible without loss, `ZywError` for a damaged package.
    """
    try:
        package = Package(open_container(data, "", limits or Limits()))
        refuse(package)
        return _Marking(package, tables).mark(findings, earlier)
    except (KeyError, OddXml, ForbiddenXml) as caught:
        raise Unmarkable(ODD) from caught


def refuse(package: Package) -> None:
    """Raise `Unmarkable` for a workbook that must not be copied, or could not be changed without spoiling it."""
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in package.names):
        raise Unmarkable("文件带宏")
    if "macroenabled" in package.content_type("xl/workbook.xml").lower():
        raise Unmarkable("文件带宏")
    if any(name.startswith("_xmlsignatures/") for name in package.names):
        raise Unmarkable("文件有数字签名，改动会使签名失效")


@dataclass
class _Marking:
    """One workbook on its way."""

    package: Package
    tables: Sequence[Table]
    unnoted: int = 0
    columns: dict[str, Column] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.spaces: Spaces = spaces(self.package)
        self.parts = {sheet.name: sheet.part for sheet in _sheets(self.package)}
        self.shown = {mask_file_name(name): name for name in self.parts}
        self.tables = [replace(table, sheet=self.shown.get(table.sheet, table.sheet)) for table in self.tables]
        self.styles_name = styles_part(self.package, self.spaces)
        self.styles = Styles.of(self.package.read(self.styles_name))
        self.marker = Marker(self.styles)
        self.name = _free(NAME, self.parts)

    def mark(self, findings: Sequence[Finding], earlier: Sequence[Earlier] | None) -> Marked:
        order = {name: i for i, name in enumerate(self.parts)}
        named = [replace(each, sheet=self.shown.get(each.sheet, each.sheet)) for each in findings]
        listed = sorted(named, key=lambda each: _order(each, order))
        compared = compare(listed, earlier)
        looks = add_styles(self.styles)
        by_sheet: dict[str, list[tuple[int, Finding]]] = {}
        for number, finding in enumerate(listed, start=1):
            if finding.sheet in self.parts and finding.cell:
                by_sheet.setdefault(finding.sheet, []).append((number, finding))
        for name, numbered in by_sheet.items():
            self._mark_sheet(name, numbered)
        lines = [_line(i, state, f) for i, (state, f) in enumerate(zip(compared.states, listed, strict=True), start=1)]
        sheet = sheet_xml([*lines, *compared.mended], _advice(compared, earlier), looks, self.spaces.main)
        add_sheet(self.package, self.name, sheet, self.spaces)
        styles = self.styles.xml()
        self.package.write(self.styles_name, styles)
        record = Record(self.name, self.marker.fills, self.marker.own, self.columns, digest(styles), self.styles.counts)
        write_record(self.package, record)
        return Marked(self.package.data(), compared, self.unnoted, earlier is not None)

    def _mark_sheet(self, name: str, numbered: Sequence[tuple[int, Finding]]) -> None:
        part = self.parts[name]
        sheet = SheetXml.of(self.package.read(part))
        columns = Columns.of(sheet)
        cells = self._fills(sheet, columns, numbered)
        edits = []
        headers = sorted({table.header for table in self.tables if table.sheet == name})
        column = self._free_column(name, sheet, [f.row for _, f in numbered] + headers)
        links: dict[At, str] = {}
        if column <= LAST_COLUMN:
            remarks = _remarks(numbered, set(headers))
            said = dict.fromkeys(headers, (HEAD, _OWN_HEAD))
            said |= {row: (text, _OWN_TEXT) for row, (text, _) in remarks.items()}
            cells |= self._own_cells(sheet, columns, column, said)
            links = {(row, column): location(self.name, f"A{FIRST - 1 + n}") for row, (_, n) in remarks.items()}
            wider, old = columns.widened(column, _WIDTH)
            corner = stretched(extent(sheet), (max((*remarks, *headers, 1)), column))
            self.columns[name] = Column(letter(column), old, extent(sheet), corner)
            edits += [each for each in (wider, widened_extent(sheet, corner), with_links(sheet, links)) if each]
        drawing = self._note(part, drawing_id(sheet), numbered)
        if drawing:
            edits.append(with_drawing(sheet, drawing, self.spaces.relations))
        self.package.write(part, spliced(sheet.xml, [*edits, *sheet.edits(cells)]))

    def _fills(self, sheet: SheetXml, columns: Columns, numbered: Sequence[tuple[int, Finding]]) -> dict[At, New]:
        worst: dict[At, Severity] = {}
        ranks = list(Severity)
        for _, finding in numbered:
            at = place_of(finding.cell)
            if at is not None:
                worst[at] = min(worst.get(at, finding.severity), finding.severity, key=ranks.index)
        made = {at: self.marker.marked(sheet.style(at, columns.style), FILLS[kind]) for at, kind in worst.items()}
        return {at: New(style) for at, style in made.items() if style is not None}

    def _own_cells(
        self, sheet: SheetXml, columns: Columns, column: int, said: Mapping[int, tuple[str, str]]
    ) -> dict[At, New]:
        """Return the cells of the error column from (text, colour) a row; a cell's look stays but for the fill."""
        made = {}
        for row, (text, base) in said.items():
            before = sheet.style((row, column), columns.style)
            style = self.marker.marked(before, base, own=True)
            made[row, column] = New(before if style is None else style, text)
        return made

    def _note(self, part: str, drawing: str, numbered: Sequence[tuple[int, Finding]]) -> str:
        notes: dict[At, list[str]] = {}
        for _, finding in numbered:
            at = place_of(finding.cell)
            if at is not None:
                notes.setdefault(at, []).append(f"{SIGN}{finding.severity.value}：{finding.message}。{finding.hint}")
        self.unnoted += max(len(notes) - MOST, 0)
        chosen = {at: "\n".join(lines) for at, lines in list(notes.items())[:MOST]}
        return add_notes(self.package, part, drawing, chosen, self.spaces) if chosen else ""

    def _free_column(self, name: str, sheet: SheetXml, rows: Sequence[int]) -> int:
        """Return the first column right of everything: values, tables, merges in these rows, lists (ListObjects)."""
        last = max((table.last for table in self.tables if table.sheet == name), default=0)
        last = max(last, sheet.widest(last), _widest_list(self.package, self.parts[name]))
        touched = set(rows)
        for first, end in _merges(sheet):
            if end[1] > last and not touched.isdisjoint(range(first[0], end[0] + 1)):
                last = end[1]
        return last + 1


def _sheets(package: Package) -> tuple[outline.Sheet, ...]:
    return tuple(sheet for sheet in outline.sheets(package.container) if sheet.part in package)


def _merges(sheet: SheetXml) -> Iterable[tuple[At, At]]:
    parent = sheet.element("mergeCells")
    for each in elements(sheet.quiet, parent.inside, parent.close) if parent else ():
        first, _, last = attributes(each.of(sheet.xml)).get("ref", "").partition(":")
        begin, end = place_of(first), place_of(last or first)
        if begin and end:
            yield begin, end


def _widest_list(package: Package, part: str) -> int:
    """Return the last column of the lists (ListObjects) of a sheet, 0 for none: they may have empty columns."""
    found = [0]
    for relation in package.relations(part):
        if relation.kind == "table" and relation.part in package:
            xml = quiet(package.read(relation.part))
            top, _ = root(xml)
            end = place_of(attributes(top.of(xml)).get("ref", "").rpartition(":")[2])
            found.append(end[1] if end else 0)
    return max(found)


def _order(finding: Finding, sheets: Mapping[str, int]) -> tuple[int, int, int, int, str, str]:
    place = place_of(finding.cell)
    column = place[1] if place else -1
    rank = list(Severity).index(finding.severity)
    return sheets.get(finding.sheet, -1), row_of(finding.cell), column, rank, finding.code, finding.message


def _remarks(numbered: Sequence[tuple[int, Finding]], headers: set[int]) -> dict[int, tuple[str, int]]:
    """Return the remark of each row, with the number of its first finding; a header's row has the column's head."""
    rows: dict[int, tuple[str, int]] = {}
    for number, finding in numbered:
        if finding.row and finding.row not in headers:
            text = REMARK.format(severity=finding.severity.value, message=finding.message, number=number)
            before, first = rows.get(finding.row, ("", number))
            rows[finding.row] = (f"{before}　{text}" if before else text, first)
    return rows


def _line(number: int, state: str, f: Finding) -> Line:
    return Line(number, state, f.severity.value, f.sheet, f.cell, f.label, f.message, f.hint, f.code)


def _advice(compared: Compared, earlier: Sequence[Earlier] | None) -> str:
    if earlier is None:
        return ADVICE
    mended, still = len(compared.mended), compared.still
    told = f"上次 {len(earlier)} 条：已改 {mended} 条，仍在 {still} 条；这次新增 {compared.new} 条。"
    return told + ADVICE if compared.states else told + "没有别的问题了。"


def _free(name: str, taken: Mapping[str, str]) -> str:
    low = {each.lower() for each in taken}
    return next(n for i in range(1, len(low) + 2) if (n := name if i == 1 else f"{name}({i})").lower() not in low)


def digest(content: bytes) -> str:
    """Return a short fingerprint of a part."""
    return hashlib.sha256(content).hexdigest()[:16]
