"""Whose a return is (K028); who sent and who did not, where the inputs look like returns: a file a unit (K023, K024).

K025 says that there is no roster to ask.

Inputs look like returns when at least three files hold tables of rows and nearly all of these hold one unit's rows
only. A file without rows is counted for the unit that its 填报单位 line or its name gives.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

import numpy as np

from zyw.cells import key
from zyw.ledger import Ledger
from zyw.naming.roster import Roster
from zyw.naming.units import Unit
from zyw.problems import Place, Problem, Verbatim, problem, show

RETURNS: Final = ("问题台账", "追责台账", "任务台账", "材料报送", "活动台账")
FEWEST: Final = 3
MOSTLY: Final = 0.8
"""So large a part of the files with rows must hold one unit's only; a county's own ledger may lie among them."""
_ROUND: Final = re.compile(r"\d{1,2}月|[一二三四五六七八九十]+月|[一二三四1-4]季度|20\d\d[-.]?[01]\d")


def are_returns(ledger: Ledger) -> bool:
    """Say whether the inputs look like returns."""
    held = _units_by_file(ledger)
    single = [units for units in held.values() if len(units) == 1]
    return len(single) >= max(FEWEST, MOSTLY * len(held)) and len(set().union(*single)) >= FEWEST


def check_senders(ledger: Ledger) -> Iterator[Problem]:
    """Yield the units of the roster that sent nothing, and those that sent one kind of table in two files."""
    held = _units_by_file(ledger)
    single = {file: next(iter(units)) for file, units in held.items() if len(units) == 1}
    sent = {unit for units in held.values() for unit in units} | _named_by(ledger, held)
    for unit in ledger.units:
        if unit.name not in sent:
            yield problem("K023", _roster_place(ledger, unit), 单位=Verbatim(unit.name))
    yield from _twice(ledger, single)


def check_labels(ledger: Ledger) -> Iterator[Problem]:
    """Yield the files whose rows are all one unit's, while their 填报单位 line or their name says another unit.

    The rows decide whose points and whose return it is: a wrong file goes to the wrong school.
    """
    roster = Roster(ledger.units)
    filled: dict[str, set[str]] = defaultdict(set)
    for report in ledger.sheets:
        filled[report.file].add(roster.match(report.facts.get("unit", "")).unit)
    for file, units in sorted(_units_by_file(ledger).items()):
        if len(units) > 1:
            continue
        (unit,) = units
        stem = PurePosixPath(file).stem
        by_name = "" if stem.isdecimal() else roster.match(stem).unit or roster.within(stem)  # 7.xlsx is no code of one
        for how, said in (*(("填报单位", each) for each in sorted(filled[file])), ("文件名", by_name)):
            if said and said != unit:
                facts = {"凭": Verbatim(how), "写的": Verbatim(said), "行里": Verbatim(unit)}
                yield problem("K028", Place(file), excerpt=(), **facts)
                break


def _units_by_file(ledger: Ledger) -> dict[str, set[str]]:
    """Return the units whose rows each file holds, by file; files without rows of a known unit are not in it."""
    held: dict[str, set[str]] = defaultdict(set)
    for name in RETURNS:
        rows = ledger.rows.get(name)
        if rows is None or not len(rows):
            continue
        units = rows.coded("单位")
        for block in ledger.origins.blocks:
            if block.table == name:
                start, end = np.searchsorted(rows["origin"], (block.first, block.first + len(block.rows)))
                held[block.file] |= {units.texts[code] for code in np.unique(units.codes[start:end]).tolist()} - {""}
    return {file: units for file, units in held.items() if units}


def _named_by(ledger: Ledger, held: Mapping[str, set[str]]) -> set[str]:
    """Return the units of files that hold no row of a known unit, by their 填报单位 line or their name."""
    roster = Roster(ledger.units)
    filled = {report.file: report.facts.get("unit", "") for report in ledger.sheets}
    found = set()
    for file in {report.file for report in ledger.sheets} | set(ledger.missing_inputs):
        if file in held:
            continue
        unit = roster.match(filled.get(file, "")).unit
        stem = key(PurePosixPath(file).stem)
        found |= {unit} if unit else {each.name for each in ledger.units if _named(each, stem)}
    return found


def _named(unit: Unit, stem: str) -> bool:
    return any(name and key(name) in stem for name in (unit.name, *unit.short, *unit.former))


def _roster_place(ledger: Ledger, unit: Unit) -> Place | None:
    if unit.origin < 0:
        return None
    at = ledger.origins.locate(unit.origin, ("单位名称",))
    return Place(at.file, at.sheet, at.cells[0] if at.cells else str(at.row))


def _twice(ledger: Ledger, single: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each unit and table that came in more than one file of the unit's own.

    Files that name different months are different rounds.
    """
    files: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for block in ledger.origins.blocks:
        unit = single.get(block.file)
        if unit and block.table in RETURNS and len(block.rows):
            found = files[unit, block.table, "".join(_ROUND.findall(block.file))]
            found += [block.file] if block.file not in found else []
    for (unit, table, _), found in files.items():
        if len(found) > 1:
            named = "、".join(show(PurePosixPath(file).name) for file in found)
            facts = {"单位": Verbatim(unit), "表": Verbatim(table), "文件": Verbatim(named)}
            yield problem("K024", Place(found[-1]), excerpt=(), 份数=len(found), **facts)
