"""Text tables: csv, tsv and their kin, from bytes to one grid.

The encoding is never guessed from statistics: a byte order mark, else strict UTF-8, else strict GB18030 (which holds
all of GBK), else refused. The delimiter is the one under which the most lines have the same number of fields.
Rows are numbered as a spreadsheet would number them (one record, one row); problems name the line of the text.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final, TypeAlias

from zyw.columnwise.texts import DELIMITERS, Texts, read_texts
from zyw.limits import Limits, too_large
from zyw.problems import Place, Problem, Verbatim, ZywError, problem
from zyw.sheets import Cell, Grid

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS: Final = (",", "\t", ";", "|", "，")
_SAMPLE: Final = 400_000
"""Characters, and at most so many records, from which the delimiter is told."""
_SAMPLE_RECORDS: Final = 200
_RAGGED_SHOWN: Final = 50

Rows: TypeAlias = list[list[str]]


def parse_separated(data: bytes, shown: str, limits: Limits | None = None) -> tuple[Grid | None, tuple[Problem, ...]]:
    """Return the table of a text file and what is wrong in it, by line.

    A row with more or fewer fields than the rest is not used (F017) and left blank in the grid, so that the numbers of
    the other rows stay; lines above the first full row, and lines with a single value (titles, notes), are kept.
    The grid is None when the file cannot be read at all: F003, F015, F016, F018, F019.
    """
    if len(data) >= LARGE and (found := _by_column(data, shown, limits or Limits())) is not None:
        return found
    try:
        text = decode(data, shown)
        directive = re.match(r"sep=(.)\r?\n", text)
        delimiter = directive[1] if directive else find_delimiter(text)
        rows = _records(text, delimiter, shown, limits or Limits())
    except ZywError as refused:
        return None, refused.problems
    if directive:
        rows[0] = []
    problems = [*_damaged(rows, text, delimiter, shown)]
    width = _width(rows)
    faulty = _ragged(rows, width)
    problems += _tell_ragged({i: len(rows[i]) for i in faulty}, width, _Lines(text, delimiter), shown)
    for index in faulty:
        rows[index] = []
    if not any(map(any, rows)):
        return None, (problem("F003", Place(shown)),)
    _square(rows)
    return Grid(file=shown, sheet="", rows=rows), tuple(problems)


LARGE: Final = 8 * 1024 * 1024
"""A text of so many bytes (35 000 answer sheets) is kept by columns, if it can be cut by its bytes alone."""
_SAMPLE_BYTES: Final = 4 * _SAMPLE
"""No character has more bytes."""


def _by_column(data: bytes, shown: str, limits: Limits) -> tuple[Grid, tuple[Problem, ...]] | None:
    """Read a large text in blocks of bytes; None where it must be read character by character."""
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    if b"\x00" in data or data.startswith(tuple(mark for mark, name in _MARKS if name != "utf-8")):
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            sample = codecs.getincrementaldecoder(encoding)().decode(data[start : start + _SAMPLE_BYTES])
            delimiter = find_delimiter(sample)
            if sample.startswith("sep=") or delimiter not in DELIMITERS:
                return None
            found = read_texts(data, start, encoding, delimiter, limits)
        except UnicodeDecodeError:
            if start:
                return None
            continue
        return None if found is None else _told(found, data, shown, delimiter)
    return None


def _told(found: Texts, data: bytes, shown: str, delimiter: str) -> tuple[Grid, tuple[Problem, ...]] | None:
    """Return the grid of a text that was read by columns, with what is wrong in it."""
    if not any(found.rows.filled(j).any() for j in range(found.width)):
        return None  # refused where that is told
    problems: list[Problem] = []
    if found.suspect or found.ragged:
        text = decode(data, shown)
        hits = sorted(i for j in range(found.width) for i in found.rows.where(j, _is_lost)) if found.suspect else []
        if hits:
            problems.append(_lost(_Lines(text, delimiter).of(hits[0]), len(hits), shown))
        problems += _tell_ragged(found.ragged, found.width, _Lines(text, delimiter), shown)
    return Grid(file=shown, sheet="", rows=found.rows), tuple(problems)


_BIG5: Final = frozenset({"big5", "big5-hkscs", "cp950"})
_WESTERN: Final = frozenset({"iso-8859-1", "windows-1252", "latin1"})


def decode(data: bytes, shown: str, declared: str = "") -> str:
    """Return the text. Raises `ZywError` F015 or F018 with the line.

    `declared` is the encoding that a page or an XML names: Big5 is believed (GB18030 would read it as
    other characters), a western one only where nothing else fits, because systems write it above Chinese text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, shown)
    if b"\x00" in data:
        raise ZywError(problem("F018", Place(shown, line=data.count(b"\n", 0, data.find(b"\x00")) + 1)))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as utf8:
        furthest = utf8.start
    if declared.lower() in _BIG5:
        return _strictly(data, "big5hkscs", shown, furthest)
    try:
        return _strictly(data, "gb18030", shown, furthest)
    except ZywError:
        if declared.lower() not in _WESTERN:
            raise
        return data.decode("cp1252", "replace")


def _strictly(data: bytes, encoding: str, shown: str, furthest: int = 0) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as caught:
        line = data.count("\n".encode(encoding), 0, max(caught.start, furthest)) + 1
        raise ZywError(problem("F015", Place(shown, line=line))) from caught
    if "\x00" in text:
        raise ZywError(problem("F018", Place(shown, line=text.count("\n", 0, text.find("\x00")) + 1)))
    return text


def find_delimiter(text: str) -> str:
    r"""Return the delimiter of a text table: the one that gives the most lines of one width, the widest of equals.

    A text with one column has none and gets a comma. The full-width comma counts only when nothing else separates,
    because Chinese prose is full of it.

    >>> find_delimiter("序号;单位\n1;一中，二中\n"), find_delimiter("单位\n一中\n")
    (';', ',')
    """
    sample = text[:_SAMPLE]
    scores = {delimiter: _agreement(sample, delimiter) for delimiter in _DELIMITERS}
    plain = max(_DELIMITERS[:-1], key=lambda delimiter: scores[delimiter])
    if scores[plain][0] >= 2 or scores["，"][0] < max(2, 0.9 * min(sample.count("\n"), _SAMPLE_RECORDS)):
        return plain if scores[plain][0] else ","
    return "，"


def _agreement(sample: str, delimiter: str) -> tuple[int, int]:
    """Return (how many records share the commonest width of 2 or more, that width)."""
    try:
        records = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_RECORDS)
        widths = Counter(len(row) for row in records if len(row) > 1)
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _records(text: str, delimiter: str, shown: str, limits: Limits) -> Rows:
    """Return all records.

    Raises `ZywError` F016 at the line where the faulty record begins, F019 for a giant field, F007 for too many cells.
    """
    lines, most = _Lines(text, delimiter), limits.field
    rows: Rows = []
    share = dict[str, str]().setdefault  # equal fields are one object: a survey repeats few words a million times
    csv.field_size_limit(max(csv.field_size_limit(), most))
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        told = -1
        while told < len(rows):
            told = len(rows)
            rows.extend(list(map(share, row, row)) for row in islice(records, _BLOCK))
            _check_cells(rows, told, shown, limits)
    except csv.Error as caught:
        place = Place(shown, line=lines.of(len(rows)))
        giant = "field larger" in str(caught)
        raise ZywError(problem("F019", place, 上限=most) if giant else problem("F016", place)) from caught
    longest = max((len(row) and max(map(len, row)) for row in rows), default=0)
    if longest > most:
        index = next(i for i, row in enumerate(rows) if any(len(cell) > most for cell in row))
        raise ZywError(problem("F019", Place(shown, line=lines.of(index)), 上限=most))
    return rows


_BLOCK: Final = 20_000
"""Records between two looks at how much there is already."""


def _check_cells(rows: Rows, told: int, shown: str, limits: Limits) -> None:
    """Refuse a text that becomes too many cells: rows are made equally long, so the widest counts for all."""
    cells = len(rows) * max(map(len, rows[told:]), default=0)
    if cells > limits.cells:
        raise too_large(Place(shown), "格数", cells, limits.cells)


class _Lines:
    """Line numbers of records, found only when something is wrong: a record may span several lines."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._text, self._delimiter = text, delimiter
        self._starts: list[int] = []

    def of(self, record: int) -> int:
        """Return the line, counted from 1, on which a record (counted from 0) begins."""
        if not self._starts:
            self._starts = list(self._count())
        return self._starts[min(record, len(self._starts) - 1)]

    def _count(self) -> Iterator[int]:
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=self._delimiter, strict=True)
        yield 1
        try:
            for _ in reader:
                yield reader.line_num + 1
        except csv.Error:
            return


def _width(rows: Rows) -> int:
    """Return the commonest number of fields among rows with two or more; 0 when there are none."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _ragged(rows: Rows, width: int) -> list[int]:
    """Return the positions of rows whose fields do not line up with the others'."""
    first = next((i for i, row in enumerate(rows) if len(row) == width), 0)
    return [i for i, row in enumerate(rows) if len(row) != width and i > first and _filled(row) > 1]


def _filled(row: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _tell_ragged(faulty: Mapping[int, int], width: int, lines: _Lines, shown: str) -> Iterator[Problem]:
    """Yield a problem for each ragged row (row → its fields); beyond fifty one more says how many are left."""
    for index, fields in islice(faulty.items(), _RAGGED_SHOWN):
        yield problem("F017", Place(shown, line=lines.of(index)), 实际=fields, 应有=width)
    rest = list(faulty)[_RAGGED_SHOWN:]
    if rest:
        yield problem("F027", Place(shown, line=lines.of(rest[0])), 个数=len(rest))


_LOST: Final = re.compile(r"[?？]{2,}|.*(?:\ufffd|锟斤拷|烫烫烫)", re.DOTALL)


def _damaged(rows: Rows, text: str, delimiter: str, shown: str) -> Iterator[Problem]:
    """Yield a warning when Chinese text was already replaced by question marks or mojibake before it came here."""
    if "??" not in text and "？？" not in text and not re.search("\ufffd|锟斤拷|烫烫烫", text):
        return
    hits = [i for i, row in enumerate(rows) for cell in row if _is_lost(cell)]
    if hits:
        yield _lost(_Lines(text, delimiter).of(hits[0]), len(hits), shown)


def _is_lost(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(_LOST.fullmatch(cell.strip()) or "\ufffd" in cell)


def _lost(line: int, cells: int, shown: str) -> Problem:
    return problem("F020", Place(shown, line=line), 个数=Verbatim(str(cells)))


def _square(rows: Rows) -> None:
    """Make all rows equally long, as those of a workbook are."""
    width = max(map(len, rows))
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
