"""From a path to a `Book`: the only module that calls the native reader.

The order is fixed: regular file and size, what it is by its bytes, the container's directory under limits, each sheet's
XML for what the reader keeps silent about (`zyw.prescan`), and only then the values. One file's fault is a `Problem`
(exit 3), never an exception. Nothing here is shared between calls: files may be read in threads.
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from zyw import outline, prescan
from zyw.parts import Container, Limits, open_container, too_large
from zyw.privacy import mask_file_name
from zyw.problems import Place, Problem, Verbatim, ZywError, problem
from zyw.separated import parse_separated
from zyw.sheets import Book, Cell, Grid, Merge
from zyw.sniff import Kind, inside_zip, sniff

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["Limits", "read_book"]

_TEXT_NAMES: Final = frozenset({".csv", ".txt", ".tsv"})


def read_book(
    path: Path, shown: str, limits: Limits | None = None, parsing: Callable[[], object] = lambda: None
) -> tuple[Book | None, tuple[Problem, ...]]:
    """Read one workbook or text table. `shown` is the path as the clerk gave it (relative to the INPUT).

    `parsing` is called when the native reader begins, which lets other threads run.

    Cells are kept as they are: text stays text, numbers of a workbook are float, dates are `date`/`datetime`,
    error cells and uncalculated formulas are "" and named in the grid. The book is None when the file cannot be read;
    then one of the problems says what it is and what to do.
    """
    try:
        data = _load(path, shown, limits or Limits())
        grids, mark, problems = _parse(data, path.suffix.lower(), shown, limits or Limits(), parsing)
    except ZywError as refused:
        return None, refused.problems
    if grids is None:
        return None, problems
    return Book(shown, grids, mark, hashlib.sha256(data).hexdigest()), problems


def _load(path: Path, shown: str, limits: Limits) -> bytes:
    """Return the file's bytes. Raises `ZywError` F001, F002, F003, F007 or F026."""
    place = Place(shown)
    try:
        if not path.exists():
            raise ZywError(problem("F001", place))
        if not path.is_file():
            raise ZywError(problem("F026", place))
        size = path.stat().st_size
        if size > limits.file:
            too_large(shown, f"{size / 1024 / 1024:.0f} MB", f"{limits.file / 1024 / 1024:.0f} MB")
        data = path.read_bytes()
    except PermissionError as caught:
        raise ZywError(problem("F002", place, 原因=Verbatim("没有读取权限，或正被别的程序独占"))) from caught
    except OSError as caught:
        raise ZywError(problem("F002", place, 原因=Verbatim(caught.strerror or "读取出错"))) from caught
    if not data.strip(b"\x00 \t\r\n,;"):
        raise ZywError(problem("F003", place))
    return data


Parsed: TypeAlias = tuple[tuple[Grid, ...] | None, str, tuple[Problem, ...]]


def _parse(data: bytes, suffix: str, shown: str, limits: Limits, parsing: Callable[[], object]) -> Parsed:
    """Return (grids, mark, problems) of a file's bytes; `suffix` only decides whether a disguise is worth a word."""
    kind, place = sniff(data), Place(shown)
    if kind is Kind.TEXT:
        grid, problems = parse_separated(data, shown, limits.field)
        if suffix not in _TEXT_NAMES and grid is not None:
            if max(map(len, grid.rows)) < 2:  # a message of a server, or what is left of a workbook: no table
                raise ZywError(problem("F004", place, 实际=Verbatim(kind.value)))
            problems = (problem("F021", place), *problems)
        return (None if grid is None else (grid,)), "", problems
    if kind is Kind.ZIP:
        return _parse_zip(data, shown, limits, parsing)
    match kind:
        case Kind.ENCRYPTED:
            raise ZywError(problem("F005", place))
        case Kind.HTML | Kind.XML | Kind.MAIL:
            raise ZywError(problem("F022", place, 实际=Verbatim(kind.value)))
        case Kind.XLS:
            raise ZywError(problem("F025", place, 实际=Verbatim(kind.value)))
        case _:
            raise ZywError(problem("F004", place, 实际=Verbatim(kind.value)))


def _parse_zip(data: bytes, shown: str, limits: Limits, parsing: Callable[[], object]) -> Parsed:
    """Return (grids, mark, problems) of a zip container, which must be a workbook."""
    container, place = open_container(data, shown, limits), Place(shown)
    kind = inside_zip(container, container.read("mimetype") if "mimetype" in container else b"")
    if kind in {Kind.XLSB, Kind.ODS}:
        raise ZywError(problem("F025", place, 实际=Verbatim(kind.value)))
    if kind is not Kind.XLSX:
        raise ZywError(problem("F004", place, 实际=Verbatim(kind.value)))
    try:
        mark, scanned = outline.mark(container), tuple(_scan(container))
    except prescan.ForbiddenXml as caught:
        raise ZywError(problem("F009", place)) from caught
    except (prescan.OddXml, KeyError) as caught:
        raise ZywError(problem("F006", place, 原因=Verbatim("缺少必要的部件或部件不完整"))) from caught
    notes = (problem("F024", place),) if "xl/vbaProject.bin" in container else ()
    parsing()
    return _values(data, shown, scanned), mark, notes


Scanned: TypeAlias = tuple[outline.Sheet, prescan.Facts]


def _scan(container: Container) -> Iterator[Scanned]:
    """Yield each worksheet with the facts of its XML. Raises `ZywError` F008 for a sheet stretched too far."""
    for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
        if part in container:
            prescan.check_prolog(container.read(part))
    for sheet in outline.sheets(container):
        facts = prescan.scan_sheet(container.read(sheet.part), container.limits.cells)
        if facts.far is not None:
            place = Place(container.shown, mask_file_name(sheet.name), facts.far)
            height, width = _figure(facts.height), _figure(facts.width)
            raise ZywError(problem("F008", place, 单元格=Verbatim(facts.far), 行数=height, 列数=width))
        yield sheet, facts


def _figure(number: int) -> Verbatim:
    return Verbatim(f"{number:,}")


def _values(data: bytes, shown: str, scanned: tuple[Scanned, ...]) -> tuple[Grid, ...]:
    """Return the grids, by the native reader: the one place that meets its errors and its panics."""
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(_grid(workbook.get_sheet_by_name(sheet.name), shown, sheet, facts) for sheet, facts in scanned)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as caught:  # a Rust panic arrives as pyo3_runtime.PanicException, which is no Exception
        raise ZywError(problem("F010", Place(shown))) from caught


def _grid(values: "CalamineSheet", shown: str, sheet: outline.Sheet, facts: prescan.Facts) -> Grid:
    """Return one sheet as a grid.

    `iter_rows` gives the leading blank rows but not the leading blank columns; `start` counts both.
    """
    start = values.start
    rows: list[list[Cell]] = [] if start is None else list(_shared(values.iter_rows()))
    top, left = (0, 0) if start is None else start
    if top:
        rows = rows[top:]
    return Grid(
        file=shown,
        sheet=mask_file_name(sheet.name),
        rows=rows,
        top=top + 1,
        left=left,
        merges=tuple(_clipped(facts.merges, top + len(rows), left + (len(rows[0]) if rows else 0))),
        errors=facts.errors,
        uncalculated=facts.uncalculated,
        hidden_rows=facts.hidden_rows,
        hidden=not sheet.visible,
    )


def _shared(rows: Iterator[list[Cell]]) -> Iterator[list[Cell]]:
    """Yield the rows with equal texts as one object: the native reader makes a new one of every 满意.

    Numbers are left alone: 1.0 and True are equal and two things.
    """
    share = dict[Cell, Cell]().setdefault
    for row in rows:
        yield [share(cell, cell) if type(cell) is str else cell for cell in row]


def _clipped(merges: tuple[Merge, ...], last_row: int, columns: int) -> Iterator[Merge]:
    """Yield the merges inside the values' rectangle; a merge over a whole sheet must not cost a whole sheet."""
    for merge in merges:
        if merge.first_row <= last_row and merge.first_column < columns:
            bottom, right = min(merge.last_row, last_row), min(merge.last_column, columns - 1)
            yield merge._replace(last_row=bottom, last_column=right)
