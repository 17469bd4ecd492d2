"""问题台账 with several measures to a problem → the problems, and the measures under them (jiayu-2010 一(七)–(八)).

Rows right under one another on a sheet are one problem when their 问题 (not blank), 类别, 单位, 发现日 and 编号 agree
and their 措施 do not. Several measures in one cell are told
apart by their numbers (1. 2.；（一）；一是 二是). A problem is done when all its rows are, overdue when one of them is.
12 problems over 50 rows, 8 of them done throughout → 12 problems, 50 measures, 8 done, 4 under way.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.ledger import Ledger
from zyw.periods import Span
from zyw.rowset import Ints, RowSet
from zyw.tallies.issues import TABLE, lives_of
from zyw.tallies.words import UNSTATED, leaders_of, offices_of, reading_order, texts

if TYPE_CHECKING:
    from zyw.handling.lives import Lives
    from zyw.scheme import Scheme

_SAME: Final = ("问题", "类别", "单位原文", "编号")
_MARK: Final = re.compile(
    r"(?:^|[\n；;。，,])\s*(?:\d{1,2}[.．](?!\d)|\d{1,2}、|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]|[①-⑳]|"
    r"[一二三四五六七八九十]{1,2}是|第?[一二三四五六七八九十]{1,2}[、，]|其[一二三四五六七八九十][,，、])"
)


@dataclass(frozen=True, slots=True)
class MeasuredProblem:
    """One problem with its measures; `done_rows` of its `rows` are done."""

    area: str
    text: str
    units: tuple[str, ...]
    measures: int
    rows: int
    done_rows: int
    state: str
    due: date | None
    leaders: tuple[str, ...]
    offices: tuple[str, ...]
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class MeasuredArea:
    """The problems of one class: problems = done + working + late."""

    name: str
    problems: int
    measures: int
    done: int
    working: int
    late: int
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Areas, problems, measures: of the sheets in which a problem has several rows or several measures."""

    total: MeasuredArea
    areas: tuple[MeasuredArea, ...]
    problems: tuple[MeasuredProblem, ...]


DONE, WORKING, LATE = "整改到位", "正在整改", "逾期"


def measures_in(text: str) -> int:
    """Return how many measures one cell tells of: its numbered parts, else one; a blank cell none.

    >>> measures_in("1.建立制度；2.加强检查"), measures_in("一是学习，二是整改，三是回访"), measures_in("投入2.5万元")
    (2, 3, 1)
    """
    if not text.strip():
        return 0
    marks = list(_MARK.finditer(text))
    return max(len(marks), 1)


def tally_measures(
    ledger: Ledger, scheme: "Scheme | None", span: Span, lives: "Lives | None" = None
) -> Hierarchy | None:
    """Return the problems with their measures; None where no sheet has more than one measure to a problem."""
    lives = lives or lives_of(ledger, scheme, span.as_of)
    if lives is None or "措施" not in lives.rows or "问题" not in lives.rows:
        return None
    order = np.argsort(lives.rows["origin"], kind="stable")
    rows = lives.rows.take(order)
    problem_of = _problems(rows, ledger)
    measures = _measures(rows, problem_of)
    kept = np.isin(_sheets(rows, ledger), _deep(rows, problem_of, measures, ledger))
    if not kept.any():
        return None
    found = tuple(_told(rows, lives, order, problem_of, measures, ledger, kept))
    names = sorted({one.area for one in found}, key=lambda name: (name == UNSTATED, reading_order(name)))
    areas = [_area(name, [one for one in found if one.area == name]) for name in names]
    first = {name: min(one.origins for one in found if one.area == name) for name in names}
    return Hierarchy(_area("合计", found), tuple(sorted(areas, key=lambda area: first[area.name])), found)


def _problems(rows: RowSet, ledger: Ledger) -> Ints:
    """Return the number of the problem of each row; rows that stand under one another and agree are one."""
    size = len(rows)
    same = np.zeros(size, dtype=np.bool_)
    if size:
        same[1:] = (np.diff(rows["origin"]) == 1) & (np.diff(_sheets(rows, ledger)) == 0)
        same &= np.asarray(rows["问题"] != "", dtype=np.bool_)
        for name in _SAME:
            codes = texts(rows, name).codes
            same[1:] &= np.diff(codes) == 0
        if "发现日" in rows:
            days = rows["发现日"].astype("int64")
            same[1:] &= np.diff(days) == 0
        same[1:] &= np.diff(texts(rows, "措施").codes) != 0
    return np.cumsum(~same) - 1


def _sheets(rows: RowSet, ledger: Ledger) -> Ints:
    starts = np.array([block.first for block in ledger.origins.blocks], dtype=np.int64)
    return np.searchsorted(starts, rows["origin"], side="right").astype(np.int64) - 1


def _measures(rows: RowSet, problem_of: Ints) -> Ints:
    """Return how many measures each problem has: equal cells of one problem count once."""
    cells = texts(rows, "措施")
    worth = np.array([measures_in(text) for text in cells.texts], dtype=np.int64)
    width = len(cells.texts) or 1
    pairs = np.unique(problem_of * width + cells.codes)
    count = int(problem_of.max(initial=-1)) + 1
    return np.bincount(pairs // width, weights=worth[pairs % width], minlength=count).astype(np.int64)


def _deep(rows: RowSet, problem_of: Ints, measures: Ints, ledger: Ledger) -> Ints:
    """Return the sheets in which some problem has several rows, or several measures in its cell."""
    several = (np.bincount(problem_of, minlength=len(measures)) > 1) | (measures > 1)
    return np.unique(_sheets(rows, ledger)[several[problem_of]])


def _told(  # noqa: PLR0917 - the columns of one table
    rows: RowSet, lives: "Lives", order: Ints, problem_of: Ints, measures: Ints, ledger: Ledger, kept: object
) -> list[MeasuredProblem]:
    units = _units(ledger)
    done, late, due = lives.done[order], lives.overdue[order], lives.dues.due[order].astype("datetime64[D]")
    columns = {name: rows[name] if name in rows else [""] * len(rows) for name in ("类别", "问题", "领导", "责任股室")}
    found: dict[int, list[int]] = {}
    for at in np.flatnonzero(np.asarray(kept)).tolist():
        found.setdefault(int(problem_of[at]), []).append(at)
    lines = []
    for number, places in found.items():
        origins = tuple(int(rows["origin"][at]) for at in places)
        state = DONE if done[places].all() else LATE if late[places].any() else WORKING
        last = due[places][~np.isnat(due[places])]
        lines.append(
            MeasuredProblem(
                str(columns["类别"][places[0]]) or UNSTATED,
                str(columns["问题"][places[0]]),
                tuple(dict.fromkeys(unit for origin in origins for unit in units.get(origin, ()))),
                int(measures[number]),
                len(places),
                int(done[places].sum()),
                state,
                last.max().item() if len(last) else None,
                tuple(dict.fromkeys(name for at in places for name in leaders_of(str(columns["领导"][at])))),
                tuple(dict.fromkeys(name for at in places for name in offices_of(str(columns["责任股室"][at])))),
                origins,
            )
        )
    return lines


def _units(ledger: Ledger) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = ledger.rows[TABLE]
    for origin, unit in zip(rows["origin"].tolist(), rows["单位"].tolist(), strict=True):
        found.setdefault(origin, []).append(unit)
    return found


def _area(name: str, problems: "tuple[MeasuredProblem, ...] | list[MeasuredProblem]") -> MeasuredArea:
    states = [one.state for one in problems]
    return MeasuredArea(
        name,
        len(problems),
        sum(one.measures for one in problems),
        states.count(DONE),
        states.count(WORKING),
        states.count(LATE),
        tuple(origin for one in problems for origin in one.origins),
    )
