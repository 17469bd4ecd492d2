"""Every row of a sheet gets its unit: by its unit column, else by the sheet's 填报单位, its name, or the file's name.

Each distinct spelling is matched once. A spelling the roster does not know is an 错误 at each of its cells,
with the three nearest names; what was recognised by a short or former name is told once a sheet (名称规范化).
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from zyw.cells import clean
from zyw.headers import Column
from zyw.origins import Block
from zyw.privacy import mask_numbers
from zyw.problems import Place, Problem, Verbatim, problem, show
from zyw.roster import Match, Roster
from zyw.typed import MANY, Coded

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_NEAREST: Final = "最接近"
SHOWN: Final = 6
"""So many recognised spellings are named in one 提示."""


@dataclass(frozen=True, slots=True)
class Named:
    """The official name of each row ("" when unknown), the problems, and the rows (by index) without a unit."""

    units: "npt.NDArray[np.object_]"
    problems: tuple[Problem, ...]
    faults: frozenset[int]

    def cells(self, block: Block) -> frozenset[tuple[int, str]]:
        """Return the rows without a unit as (origin, field) of their block."""
        return frozenset((block.first + i, "单位") for i in self.faults)


def name_units(block: Block, column: Column | None, data: Coded | None, filled_by: str, roster: Roster | None) -> Named:
    """Match the rows of one sheet; `filled_by` is what its 填报单位 line says."""
    if column is None or data is None:
        return _by_sheet(block, filled_by, roster)
    import numpy as np

    written = [clean(value) for value in data.values]
    matches = [_match(text, roster) for text in written]
    table = np.empty(len(matches), dtype=object)
    table[:] = [match.unit for match in matches]
    missed = np.isin(data.codes, [i for i, match in enumerate(matches) if not match.unit])
    problems = []
    for code in [i for i, match in enumerate(matches) if not match.unit]:
        rows = np.flatnonzero(data.codes == code).tolist()
        problems += _missed(block, column, written[code], matches[code], rows)
    problems += _normalised(block, written, matches)
    return Named(table[data.codes], tuple(problems), frozenset(np.flatnonzero(missed).tolist()))


def _match(text: str, roster: Roster | None) -> Match:
    """Match one spelling; a miss carries the nearest names, marked so."""
    if roster is None or not text:
        return Match(mask_numbers(" ".join(text.split())), "")
    match = roster.match(text)
    return match if match.unit or match.candidates else Match("", _NEAREST, roster.nearest(text))


def _missed(block: Block, column: Column, text: str, match: Match, rows: list[int]) -> list[Problem]:
    """Report a spelling without a unit at each of its cells, up to `MANY`."""

    def at(i: int) -> Place:
        return Place(block.file, block.sheet, f"{column.letter}{block.rows[i]}")

    if not text:
        code, facts = "U002", {"name": column.label}
    elif match.how == _NEAREST:
        code, facts = "U001", {"unit": text, "nearest": Verbatim("、".join(match.candidates))}
    else:
        code, facts = "U006", {"unit": text, "candidates": Verbatim("、".join(match.candidates))}
    found = [problem(code, at(i), excerpt=(str(block.rows[i]), show(text)), **facts) for i in rows[:MANY]]
    if len(rows) > MANY:
        found.append(problem("L010", at(rows[MANY]), name=column.label, value=text, count=len(rows) - MANY))
    return found


def _normalised(block: Block, written: list[str], matches: list[Match]) -> list[Problem]:
    told = [
        f"“{show(text)}”＝{match.unit}（{match.how}）"
        for text, match in zip(written, matches, strict=True)
        if match.unit and match.how
    ]
    if not told:
        return []
    more = f" 等{len(told)}种" if len(told) > SHOWN else ""
    return [problem("U003", Place(block.file, block.sheet), names=Verbatim("；".join(told[:SHOWN]) + more))]


def _by_sheet(block: Block, filled_by: str, roster: Roster | None) -> Named:
    """Take the unit of a sheet without a unit column from 填报单位, its name or the file's name; say which."""
    import numpy as np

    count = len(block.rows)
    sources = (("填报单位", filled_by), ("工作表名", block.sheet), ("文件名", PurePosixPath(block.file).stem))
    for how, text in sources:
        unit = roster.match(text).unit if roster else mask_numbers(text) if how == "填报单位" else ""
        if unit:
            told = problem("U007", Place(block.file, block.sheet), how=Verbatim(how), unit=unit)
            return Named(np.full(count, unit, dtype=object), (told,), frozenset())
    told = problem("S006", Place(block.file, block.sheet), table=block.table)
    return Named(np.full(count, "", dtype=object), (told,), frozenset(range(count)))
