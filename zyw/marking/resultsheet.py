"""The sheet 核对结果 that a marked workbook gets: every finding with a link to its cell, and what was mended since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zyw.marking.cellgrid import At, New, cell_xml
from zyw.marking.frame import location
from zyw.marking.styling import Styles, solid
from zyw.marking.surgery import attribute_xml
from zyw.printed.styles import LINE_POINTS, line_count
from zyw.problems import Severity
from zyw.sheets import letter

NAME: Final = "核对结果"
HEADS: Final = (
    ("序号", 6.0), ("情况", 8.0), ("级别", 7.0), ("工作表", 16.0), ("单元格", 9.0), ("列", 14.0), ("问题", 46.0),
    ("怎么改", 40.0), ("编号", 8.0),
)  # fmt: skip
FIRST: Final = 4
"""The row of the first finding; above stand the title, what to do, and the heads."""
LINK: Final = 4
"""The column that leads to the cell."""
WHOLE: Final = "整张"
"""What stands for the cell of a finding about a whole sheet."""
NEW, STILL, MENDED = "新增", "仍在", "已改"


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as listed: `state` is 新增, 仍在, 已改 or "" in a first round; `cell` is a cell, a row or ""."""

    number: int
    state: str
    severity: str
    sheet: str
    cell: str
    label: str
    message: str
    hint: str
    code: str

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the cells, from the left."""
        number = str(self.number) if self.number else ""
        cell = self.cell or (WHOLE if self.sheet else "")
        return number, self.state, self.severity, self.sheet, cell, self.label, self.message, self.hint, self.code


def add_styles(styles: Styles) -> dict[str, int]:
    """Add the looks of the sheet to a workbook's styles; return their numbers by name."""
    sides = "".join(
        f'<{{p}}{side} style="thin"><{{p}}color auto="1"/></{{p}}{side}>' for side in ("left", "right", "top", "bottom")
    )
    ruled = styles.add("borders", f"<{{p}}border>{sides}<{{p}}diagonal/></{{p}}border>")
    grey, none = styles.add("fills", solid("FFE7E6E6")), 0
    body, head = _font(styles), _font(styles, name="黑体")
    blue, red = _font(styles, tone="FF0563C1", more="<{p}u/>"), _font(styles, tone="FFC00000")
    centre = '<{p}alignment horizontal="center" vertical="center" wrapText="1"/>'
    left = '<{p}alignment horizontal="left" vertical="center" wrapText="1"/>'
    return {
        "title": _xf(styles, _font(styles, "18", name="黑体"), none, 0, centre),
        "note": _xf(styles, body, none, 0, left),
        "head": _xf(styles, head, grey, ruled, centre),
        "text": _xf(styles, body, none, ruled, left),
        "centre": _xf(styles, body, none, ruled, centre),
        "link": _xf(styles, blue, none, ruled, centre),
        "alarm": _xf(styles, red, none, ruled, centre),
    }


def _font(styles: Styles, size: str = "10.5", name: str = "宋体", tone: str = "", more: str = "") -> int:
    colour = f'<{{p}}color rgb="{tone}"/>' if tone else ""
    item = f'{more}<{{p}}sz val="{size}"/>{colour}<{{p}}name val="{name}"/><{{p}}charset val="134"/>'
    return styles.add("fonts", f"<{{p}}font>{item}</{{p}}font>")


def _xf(styles: Styles, font: int, fill: int, border: int, alignment: str) -> int:
    return styles.add(
        "cellXfs",
        f'<{{p}}xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}" applyNumberFormat="1" '
        f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">{alignment}</{{p}}xf>',
    )


def sheet_xml(lines: Sequence[Line], advice: str, looks: dict[str, int], space: str) -> bytes:
    """Return the worksheet part; all its cells are text."""
    rows = [
        _row(1, [(0, NAME, "title")], 36),
        _row(2, [(0, advice, "note")], _height(advice, sum(width for _, width in HEADS))),
        _row(3, [(i, name, "head") for i, (name, _) in enumerate(HEADS)], 24),
    ]
    links = []
    for number, line in enumerate(lines, start=FIRST):
        texts = line.texts
        height = max(_height(text, width) for text, (_, width) in zip(texts, HEADS, strict=True))
        rows.append(_row(number, [(i, text, _look(i, line)) for i, text in enumerate(texts)], height))
        if line.sheet and line.state != MENDED:
            links.append(_link((number, LINK), line))
    return _assembled(rows, links, len(lines), looks, space).encode()


def _look(column: int, line: Line) -> str:
    if column == 2 and line.severity == Severity.ERROR.value and line.state != MENDED:
        return "alarm"
    if column == LINK and line.sheet and line.state != MENDED:
        return "link"
    return "text" if column in (3, 5, 6, 7) else "centre"


def _height(text: str, width: float) -> int:
    return min(line_count(text, width) * LINE_POINTS + 7, 408) if text else 0


def _row(number: int, cells: Sequence[tuple[int, str, str]], height: int) -> str:
    """Return a row in which styles are still names: `{text}`."""
    made = "".join(
        cell_xml((number, column), New(0, text)).decode().replace(' s="0"', f' s="\x00{look}\x00"', 1)
        for column, text, look in cells
    )
    return f'<row r="{number}" ht="{height}" customHeight="1">{made}</row>'


def _link(at: At, line: Line) -> str:
    cell = line.cell if not line.cell.isdecimal() else f"A{line.cell}"
    to = attribute_xml(location(line.sheet, cell or "A1"))
    return f'<hyperlink ref="{letter(at[1])}{at[0]}" location="{to}"/>'


def _assembled(rows: Sequence[str], links: Sequence[str], count: int, looks: dict[str, int], space: str) -> str:
    body = "".join(rows)
    for look, number in looks.items():
        body = body.replace(f"\x00{look}\x00", str(number))
    last, bottom = letter(len(HEADS) - 1), FIRST + count - 1
    widths = "".join(
        f'<col min="{i}" max="{i}" width="{width + 0.7:g}" customWidth="1"/>'
        for i, (_, width) in enumerate(HEADS, start=1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">'
        f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}{max(bottom, 3)}"/>'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A4" sqref="A4"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>{body}</sheetData>'
        f'<mergeCells count="2"><mergeCell ref="A1:{last}1"/><mergeCell ref="A2:{last}2"/></mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "</worksheet>"
    )
