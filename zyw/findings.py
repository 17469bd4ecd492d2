"""All problems of a run as a workbook for the desk: whose, which file, sheet and cell, what is wrong, what to do.

Three sheets: 问题清单 by unit, the gravest first; 分单位, how many of each kind a unit has; 已豁免, what people let
pass, with the reason, who and until when (only where there is any).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import Final, TypeAlias

from xlsxwriter import Workbook

from zyw.printed.listing import Listing, Value, columns_of, write_listing
from zyw.printed.styles import Styles
from zyw.problems import Place, Problem, Severity
from zyw.tables import OUTPUT_MARK
from zyw.waivers import Waived

SHEET: Final = "问题清单"
BY_UNIT: Final = "分单位"
LET_PASS: Final = "已豁免"
EVERYBODY: Final = "（不属于哪一个单位）"
_PLACE: Final = (("级别", 7.0), ("单位", 16.0), ("文件", 24.0), ("工作表", 12.0), ("单元格", 9.0), ("问题", 38.0))
HEADS: Final = (("序号", 6.0), *_PLACE, ("怎么改", 32.0), ("编号", 7.0))
LET_PASS_HEADS: Final = (
    ("序号", 6.0), *_PLACE, ("豁免理由", 28.0), ("批准人", 10.0), ("有效期至", 12.0), ("编号", 7.0),
)  # fmt: skip
COUNT_HEADS: Final = (
    ("序号", 6.0), ("单位", 34.0), *((each.value, 9.0) for each in Severity), ("未了合计", 10.0), (LET_PASS, 9.0),
)  # fmt: skip
ORDER: Final = list(Severity)
MOST_LINKS: Final = 65_000
"""Excel takes 65 530 links a sheet."""
LinkTo: TypeAlias = Callable[[Place], str]


@dataclass(frozen=True, slots=True)
class Findings:
    """What is listed: open and waived problems; `unit_of` says whose a place is ("" nobody's), `units` their order.

    `link_to` gives the target of a place as `Value.link` wants it, "" where it leads nowhere.
    """

    problems: Sequence[Problem]
    waived: Sequence[Waived] = ()
    unit_of: Callable[[Place | None], str] = field(default=lambda place: "")
    units: Sequence[str] = ()
    link_to: LinkTo = field(default=lambda place: "")


def findings_workbook(found: Findings, as_of: date, scope: str) -> bytes:
    """Return the list as xlsx bytes; the same problems give the same bytes.

    `scope` says what was read, below the title. A message never holds a whole cell, so the list may leave the office.
    """
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"title": SHEET, "created": datetime.combine(as_of, time())})
        workbook.set_custom_property(OUTPUT_MARK, SHEET)
        styles = Styles(workbook, 0)
        for listing in _listings(found, scope):
            write_listing(workbook.add_worksheet(listing.name), listing, styles)
    return target.getvalue()


def _listings(found: Findings, scope: str) -> tuple[Listing, ...]:
    place_of = {unit: at for at, unit in enumerate(found.units)}

    def order(entry: tuple[str, Problem]) -> tuple[int, str, int]:
        unit, each = entry
        return place_of.get(unit, len(place_of)), unit, ORDER.index(each.severity)

    whose = sorted(((found.unit_of(each.place), each) for each in found.problems), key=order)
    passed = [(found.unit_of(each.problem.place), each) for each in found.waived]
    rows = [_row(n, unit, each, found.link_to if n <= MOST_LINKS else None) for n, (unit, each) in enumerate(whose, 1)]
    listings = [
        Listing(SHEET, SHEET, (Value(scope, "line"),), columns_of(HEADS, rows), frozen=3),
        _counted(whose, Counter(unit for unit, _ in passed), place_of),
    ]
    if passed:
        kept = [_passed(n, unit, each) for n, (unit, each) in enumerate(passed, 1)]
        note = Value("这些问题有人看过，在有效期内不再算作未了；用不上的数据仍然用不上。", "line")
        listings.append(Listing(LET_PASS, "已豁免的问题", (note,), columns_of(LET_PASS_HEADS, kept), frozen=3))
    return tuple(listings)


def _counted(whose: Sequence[tuple[str, Problem]], passed: Counter[str], place_of: Mapping[str, int]) -> Listing:
    """Return how many problems of each severity each unit has, in the units' order, nobody's last."""
    counts = Counter((unit, each.severity) for unit, each in whose)
    units = sorted(
        {unit for unit, _ in counts} | set(passed), key=lambda unit: (place_of.get(unit, len(place_of)), unit)
    )
    rows = []
    for number, unit in enumerate([*filter(None, units), *([""] if "" in units else [])], 1):
        each = [counts[unit, severity] for severity in Severity]
        numbers = (*each, sum(each), passed[unit])
        rows.append((Value(number, "centre"), Value(unit or EVERYBODY), *(Value(n, "centre") for n in numbers)))
    return Listing(BY_UNIT, "各单位的问题", (), columns_of(COUNT_HEADS, rows), frozen=2)


def _row(number: int, unit: str, problem: Problem, link_to: LinkTo | None) -> tuple[Value, ...]:
    placed = _placed(unit, problem, link_to)
    return (Value(number, "centre"), *placed, Value(problem.hint), Value(problem.code, "centre"))


def _passed(number: int, unit: str, each: Waived) -> tuple[Value, ...]:
    waiver = each.waiver
    by = (Value(waiver.reason), Value(waiver.who, "centre"), Value(waiver.until.isoformat(), "centre"))
    return (Value(number, "centre"), *_placed(unit, each.problem, None), *by, Value(each.problem.code, "centre"))


def _placed(unit: str, problem: Problem, link_to: LinkTo | None) -> tuple[Value, ...]:
    place = problem.place
    cell = (place.cell or (f"第{place.line}行" if place.line else "")) if place else ""
    target = link_to(place) if place and link_to and not place.line else ""
    shown = Value(cell or "打开", "link", target) if target else Value(cell, "centre")
    return (
        Value(problem.severity.value, "fault" if problem.severity is Severity.ERROR else "centre"),
        Value(unit),
        Value(place.file if place else ""),
        Value((place.sheet or "") if place else ""),
        shown,
        Value(problem.message),
    )
