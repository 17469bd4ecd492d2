"""Taking old marks off a workbook that came back: fills as they were, our comments, column and sheet gone.

Everything is known by itself and not by its place: shades of fills by the record, remarks by their fill, comments by
their sign. So rows may have been inserted, sorted or removed, and the file saved by another program.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zyw.container import outline
from zyw.container.parts import Container
from zyw.container.prescan import ForbiddenXml, OddXml
from zyw.marking.cellgrid import At, CellAt, New, Row, SheetXml, cell_xml, place_of
from zyw.marking.frame import (
    Columns,
    drawing_id,
    extent,
    widened_extent,
    without_drawing,
    without_links,
)
from zyw.marking.marks import HEAD, digest
from zyw.marking.notes import remove_notes
from zyw.marking.package import Package
from zyw.marking.record import Record, read_record, remove_record
from zyw.marking.resultsheet import FIRST, HEADS, LINK, MENDED, WHOLE, Line
from zyw.marking.rounds import Earlier, row_of
from zyw.marking.styling import Styles
from zyw.marking.surgery import ODD, Edit, Unmarkable, attributes, spliced
from zyw.marking.surgery import with_attribute as with_
from zyw.marking.workbookxml import remove_sheet, shared_strings, spaces, styles_part, text_of


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A workbook without marks, and the findings that were marked in it, each with the row where it stands now."""

    data: bytes
    earlier: tuple[Earlier, ...]


def unmark(container: Container) -> Unmarked | None:
    """Take the marks off; None when the workbook carries none that can be read.

    Raises `Unmarkable` where the workbook is not as one must be, `ZywError` for a damaged part.
    """
    try:
        package = Package(container)
        record = read_record(package)
        return None if record is None else _Removal(package, record).unmark()
    except (KeyError, OddXml, ForbiddenXml) as caught:
        raise Unmarkable(ODD) from caught


@dataclass
class _Removal:
    package: Package
    record: Record
    rows: dict[int, int] = field(default_factory=dict)
    """Number of a finding → the row in which its remark stands."""

    def __post_init__(self) -> None:
        self.styles_name = styles_part(self.package, spaces(self.package))
        self.styles = Styles.of(self.package.read(self.styles_name))
        self.shared: list[str] | None = None
        self.own, self.hidden = self._known_styles()

    def _known_styles(self) -> tuple[set[int], dict[int, int]]:
        """Return the styles of cells whose text is ours, and for each marked style the number of the fill it hides."""
        colours, fills = self.styles.colours(), {}
        for colour, fill in {**self.record.fills, **self.record.own}.items():
            if colour in colours:
                fills[colours[colour]] = self.styles.number_of(fill)
        ours = {colours[colour] for colour in self.record.own if colour in colours}
        styles = [(style, self.styles.fill(style)) for style in range(len(self.styles.items["cellXfs"]))]
        return {style for style, fill in styles if fill in ours}, {
            s: fills[fill] for s, fill in styles if fill in fills
        }

    def unmark(self) -> Unmarked:
        lines: list[Line] = []
        for sheet in outline.sheets(self.package.container):
            if sheet.part not in self.package:
                continue
            if sheet.name == self.record.sheet:
                lines = list(self._lines(SheetXml.of(self.package.read(sheet.part))))
            else:
                self._clean(sheet.name, sheet.part)
        remove_sheet(self.package, self.record.sheet)
        remove_record(self.package)
        self._write_styles()
        earlier = tuple(Earlier(line, self.rows.get(line.number, row_of(line.cell))) for line in lines)
        return Unmarked(self.package.data(), earlier)

    def _write_styles(self) -> None:
        same = digest(self.styles.source) == self.record.styles
        grown = any(len(items) > self.styles.counts[name] for name, items in self.styles.items.items())
        self.package.write(
            self.styles_name, self.styles.xml() if grown or not same else self.styles.cut(self.record.counts)
        )

    # --- one sheet -----------------------------------------------------------------------------------------------

    def _clean(self, name: str, part: str) -> None:
        sheet = SheetXml.of(self.package.read(part))
        edits: list[Edit] = []
        gone: set[At] = set()
        for at, edit in self._cells(sheet):
            edits.append(edit)
            gone.add(at)
        edits += self._bands(sheet)
        known = self.record.columns.get(name)
        if known and gone:
            columns = Columns.of(sheet)
            column = place_of(f"{known.letters}1")
            narrower = columns.narrowed(column[1], known.width) if column else None
            edits += [narrower] if narrower else []
            same = known.extent and extent(sheet) == known.stretched
            edits += [e for e in [widened_extent(sheet, known.extent) if same else None] if e]
        links = without_links(sheet, gone)
        drawing = drawing_id(sheet)
        ended = remove_notes(self.package, part, drawing)
        edits += [each for each in (links, without_drawing(sheet) if ended else None) if each]
        if edits:
            self.package.write(part, spliced(sheet.xml, edits))

    def _cells(self, sheet: SheetXml) -> Iterator[tuple[At, Edit]]:
        """Yield the edit of each cell with one of our styles; an empty text takes the cell away."""
        wanted = "|".join(map(str, sorted(self.hidden)))
        if not wanted:
            return
        pattern = re.compile(rb"""<%sc\b[^>]*\ss=["'](?:%s)["']""" % (sheet.prefix, wanted.encode()))
        rows = sorted(sheet.rows.values(), key=lambda row: row.start)
        starts = [row.start for row in rows]
        found = pattern.finditer(sheet.quiet, sheet.data.inside, sheet.data.close)
        columns = Columns.of(sheet)
        for i in sorted({bisect_right(starts, match.start()) - 1 for match in found}):
            yield from self._row(sheet, rows[i], columns)

    def _row(self, sheet: SheetXml, row: Row, columns: Columns) -> Iterator[tuple[At, Edit]]:
        band = attributes(sheet.xml[row.start : row.inside])
        own_band = band.get("customFormat") in {"1", "true"}
        cells, edits = list(sheet.cells(row)), []
        for cell in cells:
            below = int(band.get("s", "0")) if own_band else columns.style(cell.column)
            text = self._cleaned(sheet, row.number, cell, below)
            if text is not None:
                edits.append(((row.number, cell.column), Edit(cell.start, cell.end, text)))
        if band.keys() == {"r"} and len(edits) == len(cells) and not any(edit.text for _, edit in edits):
            yield (row.number, -1), Edit(row.start, row.end, b"")  # the row was put in for our cells
            edits = [(at, Edit(row.start, row.start, b"")) for at, _ in edits]
        yield from edits

    def _cleaned(self, sheet: SheetXml, row: int, cell: CellAt, below: int) -> bytes | None:
        """Return what becomes of a cell, None when it carries no mark; `below` is the style it would have unwritten."""
        whole = sheet.xml[cell.start : cell.end]
        style = int(attributes(whole).get("s", "0"))
        if style not in self.hidden:
            return None
        old = self.styles.unfilled(style, self.hidden[style])
        ours = style in self.own and self._is_remark(row, whole)
        addressed = b" r=" in whole  # one without an address must stay, for the next ones count on from it
        if addressed and (ours or not sheet.holds(cell)) and self.styles.same(old, below):
            return b""
        return (
            cell_xml((row, cell.column), New(old), sheet.prefix)
            if ours
            else with_(whole, "s", str(old) if old else None)
        )

    def _is_remark(self, row: int, cell: bytes) -> bool:
        """Say whether a cell of our column holds our text, or nothing; note which findings it speaks of."""
        text = self._text(cell).strip()
        for number in re.findall(r"（第(\d+)条）", text):
            self.rows.setdefault(int(number), row)
        return not text or text == HEAD or text.startswith("【")

    def _text(self, cell: bytes) -> str:
        if b't="s"' in cell and self.shared is None:
            self.shared = shared_strings(self.package)
        return text_of(cell, self.shared or [])

    def _bands(self, sheet: SheetXml) -> Iterator[Edit]:
        """Yield the edits of rows that got one of our styles as a whole, by somebody's copying."""
        for row in sheet.rows.values():
            opening = sheet.xml[row.start : row.inside]
            if b" s=" in opening and (new := self._restored(attributes(opening).get("s", ""))) is not None:
                yield Edit(row.start, row.inside, with_(opening, "s", new))

    def _restored(self, style: str) -> str | None:
        number = int(style) if style.isdecimal() else -1
        return str(self.styles.unfilled(number, self.hidden[number])) if number in self.hidden else None

    # --- the list of findings ------------------------------------------------------------------------------------

    def _lines(self, sheet: SheetXml) -> Iterator[Line]:
        for row in sheet.rows.values():
            if row.number < FIRST:
                continue
            found: Mapping[int, str] = {
                cell.column: self._text(sheet.xml[cell.start : cell.end]) for cell in sheet.cells(row)
            }
            texts = [found.get(i, "") for i in range(len(HEADS))]
            texts[LINK] = "" if texts[LINK] == WHOLE else texts[LINK]
            if re.fullmatch(r"[A-Z]\d{3}", texts[-1]) and texts[0].isdecimal() and texts[1] != MENDED:
                yield Line(int(texts[0]), *texts[1:])
