"""xlsb: Excel's binary workbook.

Source: [MS-XLSB] 2.1.4 (records), 2.4 (their contents). The native reader gives the values; the rest is read here.
"""

import struct
from collections.abc import Iterator
from typing import Final

from zyw.container import outline, prescan
from zyw.container.extent import Extent
from zyw.container.parts import broken, open_container
from zyw.container.prescan import Facts
from zyw.formats import Parsed
from zyw.formats.native import grid, opened, stretched, values
from zyw.formats.xls import ERRORS
from zyw.limits import Limits
from zyw.problems import Place, ZywError, problem
from zyw.sheets import Merge, letter

_ROW, _ERROR, _FORMULA_ERROR, _MERGE, _COLUMNS, _SHEET, _FILTERED = 0, 3, 11, 176, 60, 156, 163
_VALUES: Final = frozenset(range(2, 12))
"""BrtCellRk to BrtFmlaError; BrtCellBlank is 1."""
_FORMULAS: Final = frozenset(range(8, 12))


def parse(data: bytes, shown: str, limits: Limits) -> Parsed:
    """Return the sheets of a workbook. Raises `ZywError` F006, F008 or F010."""
    container = open_container(data, shown, limits)
    try:
        sheets = tuple(outline.binary_sheets(container, _listed(container.read("xl/workbook.bin"))))
        facts = [_facts(container.read(sheet.part), limits.cells) for sheet in sheets]
    except prescan.ForbiddenXml as caught:
        raise ZywError(problem("F009", Place(shown))) from caught
    except (prescan.OddXml, KeyError, struct.error, IndexError):
        broken(shown, "缺少必要的部件或部件不完整")
    for sheet, (known, _) in zip(sheets, facts, strict=True):
        if known.far is not None:
            raise stretched(shown, sheet.name, known)
    with opened(data, shown) as workbook:
        grids = tuple(
            grid(values(workbook.get_sheet_by_name(sheet.name)), shown, sheet.name, known, hidden=not sheet.visible)
            for sheet, (known, _) in zip(sheets, facts, strict=True)
        )
    notes = (problem("F030", Place(shown)),) if any(formulas for _, formulas in facts) else ()
    return grids, notes


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (kind, where the content begins, its length); both are written seven bits a byte."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        size = 0
        for shift in (0, 7, 14, 21):
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield kind, at, size
        at += size


def _listed(part: bytes) -> Iterator[tuple[str, str, bool]]:
    """Yield (name, relationship id, visible) of each sheet."""
    for kind, at, _ in _records(part):
        if kind == _SHEET:
            state = struct.unpack_from("<I", part, at)[0]
            reference, after = _text(part, at + 8)
            yield _text(part, after)[0], reference, state == 0


def _text(part: bytes, at: int) -> tuple[str, int]:
    """Return a counted text and where the next thing begins."""
    count = struct.unpack_from("<I", part, at)[0]
    end = at + 4 + 2 * count
    if end > len(part):
        raise IndexError("a text is cut off")
    return part[at + 4 : end].decode("utf-16-le", "replace"), end


def _facts(part: bytes, max_cells: int) -> tuple[Facts, bool]:
    """Return the facts of one sheet, and whether it has formulas."""
    extent, row, formulas, filtered = Extent(), 0, False, False
    errors: dict[str, str] = {}
    rows, columns, merges = list[int](), list[int](), list[Merge]()
    for kind, at, size in _records(part):
        if kind == _ROW:
            row = struct.unpack_from("<I", part, at)[0] + 1
            if part[at + 11] & 0x10:
                rows.append(row)
        elif kind in _VALUES:
            column = struct.unpack_from("<I", part, at)[0]
            extent.take(row, column)
            formulas = formulas or kind in _FORMULAS
            if kind in (_ERROR, _FORMULA_ERROR):
                errors[f"{letter(column)}{row}"] = ERRORS.get(part[at + 8], "#ERR")
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", part, at)
            merges.append(Merge(top + 1, left, bottom + 1, right))
        elif kind == _COLUMNS and size >= 18 and part[at + 16] & 1:
            first, last = struct.unpack_from("<2I", part, at)
            columns += range(first, min(last, 16_383) + 1)
        elif kind == _FILTERED:
            filtered = True
    far = extent.far(max_cells)
    facts = Facts(
        errors=errors,
        hidden_rows=tuple(rows),
        merges=tuple(merges),
        far=far,
        height=extent.height if far else 0,
        width=extent.width if far else 0,
        filtered_rows=tuple(rows) if filtered else (),
        hidden_columns=tuple(columns),
    )
    return facts, formulas
