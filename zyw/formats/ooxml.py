"""xlsx and xlsm: what the sheets' XML says beside the values, then the values."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from zyw.container import outline, prescan
from zyw.container.fills import coloured_styles
from zyw.container.parts import Container, broken
from zyw.container.surroundings import read_surroundings
from zyw.formats.native import grid, opened, stretched, values
from zyw.problems import Place, ZywError, problem
from zyw.sheets import Grid, Merge


@dataclass(frozen=True, slots=True)
class Scanned:
    """A workbook before its values are read: each worksheet with the facts of its XML.

    `odd` tells that a sheet is not of the common form: it is then read in a process of its own.
    """

    mark: str
    sheets: tuple[tuple[outline.Sheet, prescan.Facts], ...]

    @property
    def odd(self) -> bool:
        """Whether the native reader should meet this file where it can do no harm."""
        return any(facts.odd or facts.loose for _, facts in self.sheets)


def scan(container: Container) -> Scanned:
    """Return the facts of a workbook. Raises `ZywError` F006, F008 (a sheet stretched too far) or F009 (a DTD)."""
    try:
        return Scanned(outline.mark(container), tuple(_sheets(container)))
    except prescan.ForbiddenXml as caught:
        raise ZywError(problem("F009", Place(container.shown))) from caught
    except (prescan.OddXml, KeyError):
        broken(container.shown, "缺少必要的部件或部件不完整")


def _sheets(container: Container) -> Iterator[tuple[outline.Sheet, prescan.Facts]]:
    for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
        if part in container:
            prescan.check_prolog(container.read(part))
    colours = coloured_styles(_part(container, "xl/styles.xml"), _part(container, "xl/theme/theme1.xml"))
    for sheet in outline.sheets(container):
        facts = prescan.scan_sheet(container.read(sheet.part), container.limits.cells, colours)
        if facts.far is not None:
            raise stretched(container.shown, sheet.name, facts)
        if facts.tables and facts.hidden_rows:
            hidden = {
                n
                for n in facts.hidden_rows
                if any(one.first_row < n <= one.last_row for one in _filters(container, sheet))
            }
            facts = replace(facts, filtered_rows=tuple(sorted(hidden | set(facts.filtered_rows))))
        yield sheet, facts


def _part(container: Container, name: str) -> bytes:
    return container.read(name) if name in container else b""


def _filters(container: Container, sheet: outline.Sheet) -> list[Merge]:
    """Return the ranges that filters of the sheet's tables are hiding rows of."""
    found: list[Merge] = []
    for kind, part in outline.related(container, sheet.part):
        if kind == "table" and part in container:
            found += read_surroundings(container.read(part), b"").filters
    return found


def parse(data: bytes, shown: str, scanned: Scanned) -> tuple[Grid, ...]:
    """Return the grids. Raises `ZywError` F010 for what the native reader cannot read."""
    with opened(_without_loose_merges(data, scanned), shown) as workbook:
        return tuple(
            grid(values(workbook.get_sheet_by_name(sheet.name)), shown, sheet.name, facts, hidden=not sheet.visible)
            for sheet, facts in scanned.sheets
        )


def _without_loose_merges(data: bytes, scanned: Scanned) -> bytes:
    """Return the workbook without the merges of sheets on which one is written as `A:C`: the native reader refuses it.

    The merges themselves are known from the scan.
    """
    loose = {sheet.part.lower() for sheet, facts in scanned.sheets if facts.loose}
    if not loose:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename.replace("\\", "/").lower() in loose:
                part = _MERGES.sub(b"", part)
            new.writestr(info.filename, part)
    return out.getvalue()


_MERGES: Final = re.compile(rb"<(?:\w+:)?mergeCells\b.*</(?:\w+:)?mergeCells>", re.DOTALL)
