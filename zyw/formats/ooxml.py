"""xlsx and xlsm: what the sheets' XML says beside the values, then the values."""

from collections.abc import Iterator
from dataclasses import dataclass

from zyw import outline, prescan
from zyw.formats.native import grid, opened, stretched, values
from zyw.parts import Container, broken
from zyw.problems import Place, ZywError, problem
from zyw.sheets import Grid


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
        return any(facts.odd for _, facts in self.sheets)


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
    for sheet in outline.sheets(container):
        facts = prescan.scan_sheet(container.read(sheet.part), container.limits.cells)
        if facts.far is not None:
            raise stretched(container.shown, sheet.name, facts)
        yield sheet, facts


def parse(data: bytes, shown: str, scanned: Scanned) -> tuple[Grid, ...]:
    """Return the grids. Raises `ZywError` F010 for what the native reader cannot read."""
    with opened(data, shown) as workbook:
        return tuple(
            grid(values(workbook.get_sheet_by_name(sheet.name)), shown, sheet.name, facts, hidden=not sheet.visible)
            for sheet, facts in scanned.sheets
        )
