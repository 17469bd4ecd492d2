"""Web pages with tables: what many systems export and name .xls.

Every table with two columns and two rows is a sheet; a table inside a table is one of its own. Texts are read as a
browser shows them: runs of blanks are one, `<br>` is a line break. Tags are found one after the other in one pass,
so that no page, however broken, costs more than its length.
"""

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from zyw.container.prescan import Facts
from zyw.formats import Parsed
from zyw.formats.native import Values, grid
from zyw.formats.separated import decode
from zyw.limits import Limits, too_large
from zyw.problems import Place, Verbatim, ZywError, problem
from zyw.sheets import Cell, Grid, Merge

_CHARSET: Final = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?([A-Za-z0-9._-]+)""", re.IGNORECASE)
_TAG: Final = re.compile(
    r"<(?:!--|(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,20}+)(?P<rest>(?:[^<>\"']++|\"[^\"]{0,2000}+\"|'[^']{0,2000}+')*+)>)"
)
_SHEET_NAMES: Final = re.compile(r"<x:ExcelWorksheet>.{0,200}?<x:Name>([^<]{1,31})</x:Name>", re.IGNORECASE | re.DOTALL)
_SPAN: Final = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,5})", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"display\s*:\s*none|mso-hidden|\bhidden\b", re.IGNORECASE)
_CLOSING: Final = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "title")}
"""What is passed over, and by what it ends."""
_BREAKS: Final = frozenset({"br", "p", "div", "li"})


def parse(data: bytes, shown: str, limits: Limits) -> Parsed:
    """Return the tables of a page. Raises `ZywError` F007, F015, or F022 when there is none."""
    declared = _CHARSET.search(data[:4096])
    text = decode(data, shown, declared[1].decode() if declared else "")
    tables = [table for table in _Page(shown, limits).tables(text) if _is_table(table)]
    if not tables:
        raise ZywError(problem("F022", Place(shown), 实际=Verbatim("网页，里面没有表格")))
    return tuple(_named(tables, _SHEET_NAMES.findall(text[:100_000]), shown)), ()


def _is_table(table: "_Table") -> bool:
    """Tell a table from a frame that only places things: two rows and two columns are filled."""
    filled = [[j for j, cell in enumerate(row) if cell] for row in table.rows]
    return sum(map(bool, filled)) >= 2 and len({j for row in filled for j in row}) >= 2


def _named(tables: list["_Table"], names: list[str], shown: str) -> Iterator[Grid]:
    """Yield the grids; the sheet's name is told only where the page has one for each table."""
    if len(names) != len(tables):
        names = [f"表{n}" for n in range(1, len(tables) + 1)] if len(tables) > 1 else [""]
    for table, name in zip(tables, names, strict=True):
        width = max(map(len, table.rows))
        rows: list[list[Cell]] = [[*row, *[""] * (width - len(row))] for row in table.rows]
        facts = Facts(merges=tuple(table.merges), hidden_rows=tuple(table.hidden))
        yield grid(Values(1, 0, rows), shown, html.unescape(name), facts, hidden=False)


class _Table:
    """A table under way; `taken` are the places that a cell above reaches down to: column → rows still covered."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merges: list[Merge] = []
        self.hidden: list[int] = []
        self.taken: dict[int, int] = {}
        self.words: list[str] | None = None
        self.column = self.first = self.cells = 0

    def begin_row(self, attributes: str) -> None:
        """Begin a row."""
        self.end_cell()
        if self.rows:
            self.taken = {column: left - 1 for column, left in self.taken.items() if left > 1}
        self.rows.append([])
        self.column = 0
        if _UNSEEN.search(attributes):
            self.hidden.append(len(self.rows))

    def begin_cell(self, attributes: str) -> None:
        """Begin a cell at the next free place of the row."""
        self.end_cell()
        if not self.rows:
            self.begin_row("")
        while self.column in self.taken:
            self.column += 1
        spans = {name.lower(): max(int(count), 1) for name, count in _SPAN.findall(attributes)}
        across, down = min(spans.get("colspan", 1), 1000), spans.get("rowspan", 1)
        row = self.rows[-1]
        self.cells += self.column + across - len(row)
        row.extend([""] * (self.column + across - len(row)))
        if across > 1 or down > 1:
            top = len(self.rows)
            self.merges.append(Merge(top, self.column, top + down - 1, self.column + across - 1))
            self.taken |= dict.fromkeys(range(self.column, self.column + across), down) if down > 1 else {}
        self.words, self.first = [], self.column
        self.column += across

    def end_cell(self) -> None:
        """End the cell that is open, if one is."""
        if self.words is not None:
            self.rows[-1][self.first] = _text(self.words)
            self.words = None


def _text(words: list[str]) -> str:
    r"""Return the text of a cell as a browser shows it.

    >>> _text(["一 ", "\n", " 中&nbsp;", "<br>", "二"])
    '一 中\n二'
    """
    lines = (" ".join(html.unescape(line).split()) for line in "".join(words).split("<br>"))
    return "\n".join(filter(None, lines))


class _Read(NamedTuple):
    """A tag: its name in small letters, `/name` for one that closes; its attributes; the text before it."""

    name: str
    attributes: str
    before: str


class _Page:
    """Walks over a page and keeps the tables that are open, the innermost last."""

    def __init__(self, shown: str, limits: Limits) -> None:
        self._shown, self._limits = shown, limits
        self._open: list[_Table] = []
        self._cells = 0

    def tables(self, text: str) -> list[_Table]:
        """Return all tables in the order in which they begin."""
        found: list[_Table] = []
        for tag in _tags(text):
            if self._open and self._open[-1].words is not None:
                self._open[-1].words.append(tag.before)
            if tag.name == "table":
                self._open.append(_Table())
                found.append(self._open[-1])
            elif self._open:
                self._inside(self._open[-1], tag)
        return found

    def _inside(self, table: _Table, tag: _Read) -> None:
        if tag.name in {"td", "th"}:
            before = table.cells
            table.begin_cell(tag.attributes)
            self._cells += table.cells - before
            if self._cells > self._limits.cells:
                raise too_large(Place(self._shown), "格数", self._cells, self._limits.cells)
        elif tag.name == "tr":
            table.begin_row(tag.attributes)
        elif tag.name in {"/td", "/th", "/tr"}:
            table.end_cell()
        elif tag.name == "/table":
            table.end_cell()
            self._open.pop()
        elif table.words is not None and tag.name.removeprefix("/") in _BREAKS:
            table.words.append("<br>")


def _tags(text: str) -> Iterator[_Read]:
    """Yield the tags one after the other; comments, scripts and styles are passed over."""
    at = begin = 0
    while (found := _TAG.search(text, at)) is not None:
        name = (found["name"] or "").lower()
        if not name:
            yield _Read("!", "", text[begin : found.start()])
            end = text.find("-->", found.end())
            at = begin = len(text) if end < 0 else end + 3
            continue
        yield _Read(found["close"] + name, found["rest"], text[begin : found.start()])
        at = begin = found.end()
        if name in _CLOSING and not found["close"]:
            closing = _CLOSING[name].search(text, at)
            at = begin = closing.end() if closing else len(text)
