"""What people decided about suspect answer sheets: leave out or keep, by whom, when.

The list `可疑答卷` of the survey workbook comes back filled in; each row names file, sheet and row of an answer sheet.
A decision without a name is none (V008). The program itself never leaves a sheet out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from zyw.cells import Day, clean, parse_date, parse_number
from zyw.origins import Origins
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.sheets import Cell, Grid

LEFT_OUT, KEPT = "剔除", "采用"
HEADS: Final = ("文件", "工作表", "行", "处置", "决定人", "决定日期")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision: the answer sheet's origin, whether it is left out, who decided, when (None: not written)."""

    origin: int
    left_out: bool
    who: str
    day: date | None


def read_verdicts(grids: Sequence[Grid], origins: Origins) -> tuple[tuple[Verdict, ...], tuple[Problem, ...]]:
    """Return the decisions on `grids` about the rows of `origins`; rows without a decision are passed over."""
    found: dict[int, Verdict] = {}
    problems: list[Problem] = []
    rows = {(b.file, b.sheet, n): b.first + i for b in origins.blocks for i, n in enumerate(b.rows)}
    for grid in grids:
        header = next((i for i, row in enumerate(grid.rows) if set(HEADS[:5]) <= set(map(clean, row))), None)
        if header is None:
            continue
        at = {clean(cell): j for j, cell in enumerate(grid.rows[header])}
        for i, row in enumerate(grid.rows[header + 1 :], start=grid.top + header + 1):
            cells = {name: row[j] if j < len(row) else "" for name, j in at.items()}
            if clean(cells["处置"]):
                verdict, why = _verdict(cells, rows)
                if verdict is None:
                    problems.append(problem("V008", Place(grid.file, grid.sheet, str(i)), why=Verbatim(why)))
                else:
                    found[verdict.origin] = verdict
    return tuple(found.values()), tuple(problems)


def _verdict(cells: Mapping[str, Cell], rows: Mapping[tuple[str, str, int], int]) -> tuple[Verdict | None, str]:
    word, who = clean(cells["处置"]), clean(cells["决定人"])
    number = parse_number(cells["行"])
    if not isinstance(number, Decimal):
        return None, "“行”不是行号"
    origin = rows.get((clean(cells["文件"]), clean(cells["工作表"]), int(number)))
    if word not in (LEFT_OUT, KEPT):
        return None, f"处置只能写“{LEFT_OUT}”或“{KEPT}”"
    if not who:
        return None, "没有决定人"
    if origin is None:
        return None, "读入的测评里没有这一行"
    day = parse_date(cells.get("决定日期", ""))
    return Verdict(origin, word == LEFT_OUT, who, day.value if isinstance(day, Day) else None), ""
