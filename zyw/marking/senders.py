"""Whose return is it: which unit gets which problems, and whether its own workbook may go back to it.

The unit is that of the rows, else what the 填报单位 line says, else what the file's name says. A workbook goes back
only when all its rows are one unit's and no column names complainants or respondents: a county's ledger would tell
every school of all others. A row whose unit nobody knows counts as another unit's, unless the line or the file's name
says as well whose the workbook is.
"""

from collections.abc import Container, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from zyw.cells import key
from zyw.columns import SURVEY, is_secret
from zyw.ledger import Ledger, RowUnits, SheetReport
from zyw.marking.cellgrid import place_of
from zyw.marking.marks import Table
from zyw.marking.rounds import Finding, row_of
from zyw.naming.roster import Roster
from zyw.origins import Block
from zyw.problems import Problem, Severity

DESK: Final = frozenset({"F001", "F002", "F012", "F026"})
"""Problems of the desk that reads, not of the file that was sent."""
SEVERAL: Final = "里面不止一个单位的行"
SECRET: Final = "有识别举报人、答卷人的列"
ANSWERS: Final = "是测评的答卷"
UNSURE: Final = "认不准是哪个单位的"


@dataclass(frozen=True, slots=True)
class Sender:
    """One file and what to do about it.

    `whole` is the unit whose own workbook may go back marked, "" when none may, and then `reason` says why. `by_unit`
    has the problems of each unit, `homeless` those of nobody.
    """

    file: str
    whole: str
    reason: str
    by_unit: Mapping[str, tuple[Finding, ...]]
    homeless: tuple[Finding, ...] = ()
    tables: tuple[Table, ...] = ()
    strangers: tuple[str, ...] = ()
    """Sheets that are no table: they may still name complainants."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the file."""
        return (*(each for found in self.by_unit.values() for each in found), *self.homeless)


def senders(ledger: Ledger, problems: Sequence[Problem], files: Iterable[str]) -> tuple[Sender, ...]:
    """Return what to do about each of `files` (as shown), in their order; notes are left to the desk."""
    told: dict[str, list[Problem]] = {}
    for each in problems:
        if each.place and each.severity is not Severity.NOTE and each.code not in DESK:
            told.setdefault(each.place.file, []).append(each)
    desk = _Desk.of(ledger, told.keys())
    return tuple(desk.sender(file, told.get(file, [])) for file in files)


@dataclass(frozen=True)
class _Desk:
    """What the ledger says of each file: its sheets, and the unit of each row by (file, sheet)."""

    roster: Roster | None
    reports: Mapping[str, list[SheetReport]]
    units: MutableMapping[str, set[str]]
    unknown: MutableMapping[str, set[str]]
    """File → names of units in it that the roster does not know."""
    rows: MutableMapping[tuple[str, str], dict[int, tuple[str, ...]]]

    @classmethod
    def of(cls, ledger: Ledger, told: Container[str]) -> "_Desk":
        """Gather it; the unit of each single row only for the files in `told`."""
        reports: dict[str, list[SheetReport]] = {}
        for report in ledger.sheets:
            reports.setdefault(report.file, []).append(report)
        made = cls(Roster(ledger.units) if ledger.has_roster else None, reports, {}, {}, {})
        for block in ledger.origins.blocks:
            if block.first in ledger.row_units:
                made._add(block, ledger.row_units[block.first], rows=block.file in told)
        for unit in ledger.units:
            if unit.origin >= 0:
                block = ledger.origins.block(unit.origin)
                made.units.setdefault(block.file, set()).add(unit.name)
                number = int(block.rows[unit.origin - block.first])
                made.rows.setdefault((block.file, block.sheet), {})[number] = (unit.name,)
        return made

    def _add(self, block: Block, found: RowUnits, *, rows: bool) -> None:
        units, written = found.units.tolist(), found.written[found.rows].tolist()
        pairs = set(zip(units, written, strict=True))
        self.units.setdefault(block.file, set()).update({unit for unit, _ in pairs} - {""})
        self.unknown.setdefault(block.file, set()).update({key(name) for unit, name in pairs if not unit} - {""})
        if rows:
            known = self.rows.setdefault((block.file, block.sheet), {})
            for i, unit in zip(found.rows.tolist(), units, strict=True):
                number = int(block.rows[i])
                known[number] = (*known.get(number, ()), unit)

    def sender(self, file: str, problems: Sequence[Problem]) -> Sender:
        reports = self.reports.get(file, [])
        units = self.units.get(file, set())
        filled = {report.sheet: self._match(report.facts.get("unit", "")) for report in reports}
        named = next((unit for unit in filled.values() if unit), "") or self._named(file)
        whole = _whole(units, self.unknown.get(file, set()), named)
        reason = _kept_back(reports) or ("" if whole else SEVERAL if len(units) > 1 else UNSURE)
        by_unit: dict[str, list[Finding]] = {}
        for each in problems:
            finding = _finding(each, reports)
            own = [unit for unit in self.rows.get((file, finding.sheet), {}).get(finding.row, ()) if unit]
            for unit in [whole] if whole else own or [filled.get(finding.sheet) or named]:
                by_unit.setdefault(unit, []).append(finding)
        homeless = tuple(by_unit.pop("", ()))
        return Sender(
            file,
            "" if reason else whole,
            reason,
            {unit: tuple(found) for unit, found in by_unit.items()},
            homeless,
            tuple(_tables(reports)),
            tuple(report.sheet for report in reports if report.table is None),
        )

    def _match(self, text: str) -> str:
        """Return the unit that a 填报单位 line names; without a roster it is what is written."""
        if not text or self.roster is None:
            return text
        return self.roster.match(text).unit

    def _named(self, file: str) -> str:
        """Return the one unit that the file's name names, or its folder's; "" without a roster."""
        if self.roster is None:
            return ""
        path = PurePosixPath(file)
        names = [text for text in (path.stem, path.parent.name) if text]
        return next((unit for text in names if (unit := self.roster.match(text).unit or self.roster.within(text))), "")


def _whole(units: set[str], unknown: set[str], named: str) -> str:
    """Return the one unit that a file is of, "" when that is not certain."""
    if len(units) == 1 and (not unknown or units == {named}):
        return next(iter(units))
    return named if not units and len(unknown) <= 1 else ""


def _kept_back(reports: Sequence[SheetReport]) -> str:
    """Return why a workbook may not go back whatever its rows, "" when it may."""
    for report in reports:
        if report.table == SURVEY:
            return ANSWERS
        if report.table and any(is_secret(column[1], report.table) for column in report.columns):
            return SECRET
    return ""


def _finding(problem: Problem, reports: Sequence[SheetReport]) -> Finding:
    place = problem.place
    sheet, cell = (place.sheet or "", place.cell or "") if place else ("", "")
    at = place_of(cell)
    letters = cell.rstrip("0123456789") if at else ""
    labels = (c[1] for r in reports if r.sheet == sheet for c in r.columns if c[0] == letters)
    label = " ".join(next(labels, "").split())
    if not at and not row_of(cell):
        cell = ""
    return Finding(problem.code, problem.severity, sheet, cell, label, problem.message, problem.hint)


def _tables(reports: Sequence[SheetReport]) -> Iterable[Table]:
    for report in reports:
        if report.table and report.header_rows:
            last = [place[1] for column in report.columns if (place := place_of(f"{column[0]}1"))]
            yield Table(report.sheet, report.header_rows[-1], max(last, default=0))
