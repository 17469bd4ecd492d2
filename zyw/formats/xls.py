"""xls, and WPS's et, which is the same inside: Excel 5–2003 (BIFF5, BIFF8).

Source: [MS-XLS] 2.4 (records). The native reader gives the values; error cells, hidden rows and columns, filters and
merges are read from the records here. Whether a formula was ever calculated the format does not tell.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from zyw.container.extent import Extent
from zyw.container.parts import broken
from zyw.container.prescan import Facts
from zyw.formats import Parsed
from zyw.formats.compound import Compound, OddCompound, open_compound
from zyw.formats.native import grid, opened, stretched, values
from zyw.limits import Limits
from zyw.problems import Place, ZywError, problem
from zyw.sheets import Merge, letter

STREAMS: Final = ("Workbook", "Book", "WORKBOOK", "BOOK", "workbook", "book")
"""What the stream with the sheets is called, the newer first; some writers care little for case."""
_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x809, 0x0A, 0x2F, 0x85
_ROW, _COLINFO, _FILTERMODE, _MERGED, _FORMULA, _BOOLERR, _MULRK = 0x208, 0x7D, 0x9B, 0xE5, 0x06, 0x205, 0xBD
_CELLS: Final = frozenset({0x203, 0x204, 0x27E, 0xFD, 0xD6, _MULRK, _FORMULA, _BOOLERR})
ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
"""BErr values, [MS-XLS] 2.5.10; [MS-XLSB] 2.5.97.2 has the same."""


def stream_of(compound: Compound) -> str | None:
    """Return the name of the stream with the sheets, None when the file is no workbook."""
    return next((name for name in STREAMS if name in compound.streams), None)


def is_locked(stream: bytes) -> bool:
    """Tell whether the sheets are encrypted: the FILEPASS record stands among the first."""
    return any(kind == _FILEPASS for (kind, _, _), _ in zip(_records(stream, 0), range(20), strict=False))


def parse(data: bytes, shown: str, limits: Limits) -> Parsed:
    """Return the sheets of a workbook. Raises `ZywError` F006, F008 or F010."""
    try:
        compound = open_compound(data)
        stream = compound.read(stream_of(compound) or "")
        facts = [_facts(stream, at, limits.cells) for at, _ in _worksheets(stream)]
        names = [name for _, name in _worksheets(stream)]
    except (OddCompound, KeyError, struct.error):
        broken(shown, "内部的目录不完整")
    for name, (known, _) in zip(names, facts, strict=True):
        if known.far is not None:
            raise stretched(shown, name, known)
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    with opened(data, shown) as workbook:
        sheets = [meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        if len(sheets) != len(facts):
            raise ZywError(problem("F010", Place(shown)))
        grids = tuple(
            grid(
                values(workbook.get_sheet_by_name(meta.name)),
                shown,
                meta.name,
                known,
                hidden=meta.visible != SheetVisibleEnum.Visible,
            )
            for meta, (known, _) in zip(sheets, facts, strict=True)
        )
    notes = (problem("F030", Place(shown)),) if any(formulas for _, formulas in facts) else ()
    return grids, notes


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield (kind, where the content begins, its length) from `at` on."""
    unpack, end = struct.Struct("<HH").unpack_from, len(stream) - 4
    while at <= end:
        kind, size = unpack(stream, at)
        yield kind, at + 4, size
        at += 4 + size


def _worksheets(stream: bytes) -> Iterator[tuple[int, str]]:
    """Yield where the worksheets begin, and their names; macro sheets, charts and modules are left out."""
    for kind, at, size in _records(stream, 0):
        if kind == _BOUNDSHEET and size >= 8 and stream[at + 5] == 0:
            flags = stream[at + 7]  # BIFF5 has none: there the name begins
            raw = stream[at + (8 if flags < 2 else 7) : at + size]
            yield (
                struct.unpack_from("<I", stream, at)[0],
                raw.decode("utf-16-le" if flags == 1 else "gb18030", "replace"),
            )
        elif kind == _EOF:
            return


@dataclass(slots=True)
class _Seen:
    """What one sheet's records say so far."""

    extent: Extent = field(default_factory=Extent)
    errors: dict[str, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    filtered: bool = False
    formulas: bool = False


def _facts(stream: bytes, at: int, max_cells: int) -> tuple[Facts, bool]:
    """Return the facts of the sheet that begins at `at`, and whether it has formulas."""
    seen, depth = _Seen(), 0
    for kind, begin, size in _records(stream, at):
        if kind == _BOF:  # a chart inside the sheet begins and ends as the sheet does
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and kind in _CELLS:
            _cell(seen, stream, kind, begin, size)
        elif depth == 1:
            _about(seen, stream, kind, begin, size)
    far = seen.extent.far(max_cells)
    hidden = tuple(sorted(set(seen.hidden_rows)))
    facts = Facts(
        errors=seen.errors,
        hidden_rows=hidden,
        merges=tuple(seen.merges),
        far=far,
        height=seen.extent.height if far else 0,
        width=seen.extent.width if far else 0,
        filtered_rows=hidden if seen.filtered else (),
        hidden_columns=tuple(seen.hidden_columns),
    )
    return facts, seen.formulas


def _cell(seen: _Seen, stream: bytes, kind: int, at: int, size: int) -> None:
    row, column = struct.unpack_from("<HH", stream, at)
    last = struct.unpack_from("<H", stream, at + size - 2)[0] if kind == _MULRK else column
    seen.extent.take(row + 1, last)
    if kind == _FORMULA:
        seen.formulas = True
        if stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
            seen.errors[f"{letter(column)}{row + 1}"] = ERRORS.get(stream[at + 8], "#ERR")
    elif kind == _BOOLERR and stream[at + 7]:
        seen.errors[f"{letter(column)}{row + 1}"] = ERRORS.get(stream[at + 6], "#ERR")


def _about(seen: _Seen, stream: bytes, kind: int, at: int, size: int) -> None:
    if kind == _ROW and size >= 16 and stream[at + 12] & 0x20:
        seen.hidden_rows.append(struct.unpack_from("<H", stream, at)[0] + 1)
    elif kind == _COLINFO and size >= 10 and stream[at + 8] & 1:
        first, last = struct.unpack_from("<HH", stream, at)
        seen.hidden_columns += range(first, min(last, 255) + 1)
    elif kind == _FILTERMODE:
        seen.filtered = True
    elif kind == _MERGED and size >= 2:
        count = min(struct.unpack_from("<H", stream, at)[0], (size - 2) // 8)
        for top, bottom, left, right in struct.iter_unpack("<4H", stream[at + 2 : at + 2 + 8 * count]):
            seen.merges.append(Merge(top + 1, left, bottom + 1, right))
