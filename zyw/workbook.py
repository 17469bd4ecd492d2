"""From a path to a `Book`.

The order is fixed: regular file and size, what it is by its bytes, the container's directory under limits, each sheet's
XML for what the reader keeps silent about (`zyw.container.prescan`), and only then the values. A common xlsx is read
in this process; every other format, and an xlsx that looks odd, in one of its own (`zyw.apart`). One file's fault is a
`Problem` (exit 3), never an exception. Files may be read in threads.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

from zyw.apart import host
from zyw.container import outline
from zyw.container.parts import Container, open_container
from zyw.container.prescan import ForbiddenXml, OddXml
from zyw.formats import locked, ods, ooxml, xls
from zyw.formats.compound import OddCompound, open_compound
from zyw.formats.separated import parse_separated
from zyw.formats.sniff import Kind, inside_zip, sniff
from zyw.limits import Limits, too_large
from zyw.problems import Place, Problem, Verbatim, ZywError, problem
from zyw.sheets import Book, Grid

__all__ = ["Limits", "read_book"]

_TEXT_NAMES: Final = frozenset({".csv", ".txt", ".tsv"})
_WEB_NAMES: Final = frozenset({".html", ".htm", ".xml"})

Parsed: TypeAlias = tuple[tuple[Grid, ...] | None, str, tuple[Problem, ...]]
"""The grids (None when there is nothing to read), the mark, what is to be said."""


@dataclass(frozen=True, slots=True)
class _File:
    """One file under way: its bytes, how it is named, its extension (in small letters), what it may cost."""

    data: bytes = field(repr=False)
    shown: str
    suffix: str
    limits: Limits
    passwords: Sequence[str] = field(default=(), repr=False)
    parsing: Callable[[], object] = lambda: None
    """Called when the native reader begins."""

    @property
    def place(self) -> Place:
        """The file as a place."""
        return Place(self.shown)


def read_book(
    path: Path,
    shown: str,
    limits: Limits | None = None,
    passwords: Sequence[str] = (),
    parsing: Callable[[], object] = lambda: None,
) -> tuple[Book | None, tuple[Problem, ...]]:
    """Read one workbook or text table. `shown` is the path as the clerk gave it (relative to the INPUT).

    `parsing` is called when the native reader begins, which lets other threads run.

    Cells are kept as they are: text stays text, numbers of a workbook are float, dates are `date`/`datetime`,
    error cells and uncalculated formulas are "" and named in the grid. The book is None when the file cannot be read;
    then one of the problems says what it is and what to do. `passwords` are tried on a file that has one.
    """
    limits = limits or Limits()
    try:
        data = _load(path, shown, limits)
        grids, mark, problems = _parse(_File(data, shown, path.suffix.lower(), limits, passwords, parsing))
        for grid in grids or ():
            _check_size(grid, limits)
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
            raise too_large(place, "文件", size, limits.file)
        data = path.read_bytes()
    except PermissionError as caught:
        raise ZywError(problem("F002", place, 原因=Verbatim("没有读取权限，或正被别的程序独占"))) from caught
    except OSError as caught:
        raise ZywError(problem("F002", place, 原因=Verbatim(caught.strerror or "读取出错"))) from caught
    if not data.strip(b"\x00 \t\r\n,;"):
        raise ZywError(problem("F003", place))
    return data


def _check_size(grid: Grid, limits: Limits) -> None:
    """Refuse a sheet with more rows or columns than allowed; what cells cost was counted before."""
    place = Place(grid.file, grid.sheet)
    bottom = grid.top + len(grid.rows) - 1
    right = grid.left + max(map(len, grid.rows), default=0)
    for name, actual, limit in (("行数", bottom, limits.rows), ("列数", right, limits.columns)):
        if actual > limit:
            raise too_large(place, name, actual, limit)


def _parse(file: _File) -> Parsed:
    """Return what the bytes hold; the extension only decides whether a disguise is worth a word."""
    kind = sniff(file.data)
    match kind:
        case Kind.TEXT:
            return _parse_text(file)
        case Kind.ZIP:
            return _parse_zip(file)
        case Kind.HTML | Kind.XML:
            return _parse_markup(file, kind)
        case Kind.XLS | Kind.ENCRYPTED:
            return _parse_compound(file, kind)
        case Kind.TORN:
            raise ZywError(problem("F006", file.place, 原因=Verbatim("内部的目录不完整，可能没有传完")))
        case Kind.MAIL:
            raise ZywError(problem("F022", file.place, 实际=Verbatim(kind.value)))
        case Kind.OLD_XLS:
            raise ZywError(problem("F025", file.place, 实际=Verbatim(kind.value)))
        case _:
            raise ZywError(problem("F004", file.place, 实际=Verbatim(kind.value)))


def _check_text(file: _File) -> None:
    if len(file.data) > file.limits.text:
        raise too_large(file.place, "文本", len(file.data), file.limits.text)


def _without_marks(container: Container) -> Container:
    """Return a workbook without the marks with which zyw gave it back; one that carries none, as it is."""
    try:
        if not outline.is_returned(container):
            return container
    except (ForbiddenXml, OddXml):  # said where the whole workbook is looked through
        return container
    from zyw.marking.removal import unmark
    from zyw.marking.surgery import Unmarkable

    try:
        found = unmark(container)
    except Unmarkable:  # changed beyond recognition: read with what is left of the marks
        return container
    return container if found is None else open_container(found.data, container.shown, container.limits)


def _disguised(file: _File, kind: Kind, named: frozenset[str]) -> tuple[Problem, ...]:
    return () if file.suffix in named else (problem("F021", file.place, 实际=Verbatim(kind.value)),)


def _parse_text(file: _File) -> Parsed:
    _check_text(file)
    grid, problems = parse_separated(file.data, file.shown, file.limits)
    if grid is None:
        return None, "", problems
    told = _disguised(file, Kind.TEXT, _TEXT_NAMES)
    if told and max(map(len, grid.rows)) < 2:  # a message of a server, or what is left of a workbook: no table
        raise ZywError(problem("F004", file.place, 实际=Verbatim(Kind.TEXT.value)))
    return (grid,), "", (*told, *problems)


def _parse_markup(file: _File, kind: Kind) -> Parsed:
    _check_text(file)
    grids, problems = _apart("web" if kind is Kind.HTML else "xml", file)
    return grids, "", (*_disguised(file, kind, _WEB_NAMES), *problems)


def _parse_compound(file: _File, kind: Kind) -> Parsed:
    """Read an old workbook; one with a password first loses it, and may then be of any format."""
    if kind is Kind.XLS:
        try:
            compound = open_compound(file.data)
            kind = Kind.ENCRYPTED if xls.is_locked(compound.read(xls.stream_of(compound) or "")) else kind
        except (OddCompound, KeyError):
            pass  # the reader's own process finds out whether anything can be read
    if kind is Kind.XLS:
        grids, problems = _apart("xls", file)
        return grids, "", problems
    data: bytes = host.ask("unlock", file.shown, file.limits, file.data, file.shown, tuple(file.passwords), file.limits)
    plain = replace(file, data=data)
    if sniff(data) is Kind.ZIP:
        return _parse_zip(plain)
    grids, problems = _apart("xls", plain)
    return grids, "", problems


def _apart(task: str, file: _File) -> tuple[tuple[Grid, ...], tuple[Problem, ...]]:
    """Have the file read in a process of its own."""
    file.parsing()
    found: tuple[tuple[Grid, ...], tuple[Problem, ...]] = host.ask(
        task, file.shown, file.limits, file.data, file.shown, file.limits
    )
    return found


def _parse_zip(file: _File) -> Parsed:
    """Return what a zip container holds, which must be a workbook."""
    container = open_container(file.data, file.shown, file.limits)
    kind = inside_zip(container, container.read("mimetype") if "mimetype" in container else ods.declared(container))
    if kind is Kind.ODS and ods.is_locked(container):
        raise locked.refused(file.shown, "没有密码读不了", locked.SAVE)
    if kind in {Kind.XLSB, Kind.ODS}:
        grids, problems = _apart("xlsb" if kind is Kind.XLSB else "ods", file)
        return grids, "", problems
    if kind is not Kind.XLSX:
        raise ZywError(problem("F004", file.place, 实际=Verbatim(kind.value)))
    container = _without_marks(container)
    scanned = ooxml.scan(container)
    notes = (problem("F024", file.place),) if "xl/vbaProject.bin" in container else ()
    file.parsing()
    if scanned.odd:
        grids = host.ask("xlsx", file.shown, file.limits, container.data, file.shown, scanned)
    else:
        grids = ooxml.parse(container.data, file.shown, scanned)
    return grids, scanned.mark, notes
