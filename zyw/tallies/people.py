"""轮岗台账, 培养台账 → who moved from where to where; who stands on the front line or in reserve, and who was followed.

tangping-2023 三(五)–(六). Both are lists of persons: they are for use inside the office.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zyw.ledger import Ledger
from zyw.naming.roster import Roster
from zyw.periods import Period, Span, quarter_of
from zyw.rowset import RowSet
from zyw.tallies.words import UNSTATED, faultless, offices_of, reading_order

if TYPE_CHECKING:
    from zyw.scheme import Scheme

ROTATIONS, TRAINING = "轮岗台账", "培养台账"
OUTSIDE: Final = "名册外"
"""The kind of a unit that the roster does not have."""
QUARTERS: Final = ("一季度", "二季度", "三季度", "四季度")
_QUARTER: Final = re.compile(r"(?:(\d{4})\s*年?\s*)?(?:第?\s*([一二三四1-4])\s*季度?|[Qq]([1-4]))")


@dataclass(frozen=True, slots=True)
class Rotation:
    """One person who moved; `start` and `end` as the roster calls them, else as written."""

    name: str
    start: str
    end: str
    old_post: str
    new_post: str
    direction: str
    day: date | None
    origins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Moves:
    """How many moved in one direction, or between two units, in the month and in all."""

    name: str
    month: int
    total: int
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Rotations:
    """The moves of the 考核期; `undated` are in the list but in no period."""

    lines: tuple[Rotation, ...]
    total: Moves
    by_direction: tuple[Moves, ...]
    by_way: tuple[Moves, ...]
    undated: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Followed:
    """One person of a list, with what each quarter of the year says: "" where nobody wrote anything."""

    name: str
    unit: str
    post: str
    lists: tuple[str, ...]
    tags: tuple[str, ...]
    front: str
    since: date | None
    until: date | None
    quarters: tuple[str, str, str, str]
    origins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """The persons of one list, or with one tag; of `followed` the quarter of the as-of day tells something."""

    name: str
    persons: int
    followed: int
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Training:
    """The lists of the front line, the reserve and key people; `quarter` is the one that is asked for: 2023Q2."""

    lines: tuple[Followed, ...]
    total: Listed
    by_list: tuple[Listed, ...]
    by_tag: tuple[Listed, ...]
    quarter: str
    left_out: int = 0


def quarter_label(day: date) -> str:
    """Return the quarter that holds a day, as commands write it: 2023Q2."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def read_quarter(text: str, year: int) -> str:
    """Return the quarter a cell names, as 2023Q2; "" when it names none. Without a year it is `year`'s.

    >>> read_quarter("2023年第二季度", 2024), read_quarter("三季度", 2023), read_quarter("2023Q4", 0)
    ('2023Q2', '2023Q3', '2023Q4')
    """
    found = _QUARTER.search(text)
    if not found:
        return ""
    written, word, number = found.groups()
    return f"{written or year}Q{number or (word if word.isdigit() else '一二三四'.index(word) + 1)}"


def column(rows: RowSet, name: str, *, day: bool = False) -> list[Any]:
    """Return a column as plain values: dates (None where blank) with `day`, else text."""
    if name not in rows:
        return [None if day else ""] * len(rows)
    cells = rows[name]
    return list(cells.astype("datetime64[D]").tolist() if cells.dtype.kind == "M" else cells.tolist())


def tally_rotations(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Rotations | None:
    """Return who moved; None without such a table. A move after the as-of day has not happened."""
    del scheme  # the argument is that of every tally
    rows = ledger.rows.get(ROTATIONS)
    if rows is None:
        return None
    kept = rows.take(faultless(ledger, rows, ("交流日",))).once()
    lines = [line for line in _rotations(kept, ledger) if line.day is None or line.day <= span.as_of]
    dated = [line for line in lines if line.day is not None and line.day in span.period]
    listed = [line for line in lines if line.day is None or line.day in span.period]
    return Rotations(
        tuple(sorted(listed, key=lambda one: (one.day or date.max, one.start, one.name, one.origins))),
        _moves("合计", dated, span),
        _grouped_moves(dated, [line.direction for line in dated], span),
        _grouped_moves(dated, [f"{line.start}→{line.end}" for line in dated], span),
        undated=len(listed) - len(dated),
        left_out=len(np.unique(rows["origin"])) - len(kept),
    )


def _rotations(rows: RowSet, ledger: Ledger) -> list[Rotation]:
    roster = Roster(ledger.units)
    kinds = {unit.name: unit.kind for unit in ledger.units}
    columns = [column(rows, name) for name in ("姓名", "调出单位", "调入单位", "原职务", "现职务", "方向")]
    found = []
    for name, start, end, old, new, way, day, origin in zip(
        *columns, column(rows, "交流日", day=True), rows["origin"].tolist(), strict=True
    ):
        first, last = (roster.match(text).unit or text for text in (start, end))
        direction = way or f"{kinds.get(first) or OUTSIDE}→{kinds.get(last) or OUTSIDE}"
        found.append(Rotation(name, first, last, old, new, direction, day, (origin,)))
    return found


def _moves(name: str, lines: Sequence[Rotation], span: Span) -> Moves:
    month = sum(line.day is not None and line.day in span.shown for line in lines)
    return Moves(name, month, len(lines), tuple(sorted(origin for line in lines for origin in line.origins)))


def _grouped_moves(lines: Sequence[Rotation], names: Sequence[str], span: Span) -> tuple[Moves, ...]:
    found: dict[str, list[Rotation]] = {}
    for line, name in zip(lines, names, strict=True):
        found.setdefault(name, []).append(line)
    order = sorted(found, key=lambda name: (-len(found[name]), reading_order(name)))
    return tuple(_moves(name, found[name], span) for name in order)


def tally_training(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Training | None:
    """Return who is followed; None without such a table. Rows of one person of one unit are put together."""
    del scheme  # the argument is that of every tally
    rows = ledger.rows.get(TRAINING)
    if rows is None:
        return None
    kept = rows.take(faultless(ledger, rows, ("单位", "起始日", "结束日", "跟踪日")) & (rows["单位"] != ""))
    people: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in _plain(kept):
        if row["起始日"] is None or row["起始日"] <= span.as_of:
            people.setdefault((row["单位"], row["工号"], row["姓名"]), []).append(row)
    place = {unit.name: at for at, unit in enumerate(ledger.units)}
    quarter = quarter_label(span.as_of)
    lines = tuple(
        _followed(people[who], span)
        for who in sorted(people, key=lambda who: (place.get(who[0], len(place)), reading_order(who[2]), who))
    )
    serving = [line for line in lines if line.until is None or line.until >= span.as_of]
    return Training(
        lines,
        _listed("合计", serving, quarter),
        _grouped(serving, [line.lists for line in serving], quarter),
        _grouped(serving, [line.tags for line in serving], quarter),
        quarter,
        left_out=len(set(rows["origin"].tolist()) - set(kept["origin"].tolist())),
    )


_TEXTS: Final = ("单位", "工号", "姓名", "职务", "名单", "标签", "一线岗位", "季度", "跟踪情况", *QUARTERS)
_DAYS: Final = ("起始日", "结束日", "跟踪日")


def _plain(rows: RowSet) -> list[dict[str, Any]]:
    columns = [*(column(rows, name) for name in _TEXTS), *(column(rows, name, day=True) for name in _DAYS)]
    names = (*_TEXTS, *_DAYS, "origin")
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, rows["origin"].tolist(), strict=True)]


def _followed(rows: Sequence[Mapping[str, Any]], span: Span) -> Followed:
    """Return one person: what was written of each quarter of the as-of day's year, by the quarter's own column or rows.

    What was written after the as-of day is not there yet: a quarter that has not begun stays blank.
    """
    year, now = span.as_of.year, quarter_label(span.as_of)
    said: list[dict[str, None]] = [{} for _ in QUARTERS]
    for row in rows:
        day = row["跟踪日"]
        told = read_quarter(row["季度"], year) or (quarter_label(day) if day else "")
        for number, name in enumerate(QUARTERS):
            label = f"{year}Q{number + 1}"
            if label > now:
                continue
            texts = (row[name], row["跟踪情况"] if told == label and not (day and day > span.as_of) else "")
            said[number].update(dict.fromkeys(text for text in texts if text))
    first = rows[0]
    starts, ends = ([row[name] for row in rows if row[name]] for name in ("起始日", "结束日"))
    one, two, three, four = ("；".join(texts) for texts in said)
    return Followed(
        first["姓名"],
        first["单位"],
        next((row["职务"] for row in rows if row["职务"]), ""),
        _words(rows, "名单"),
        _words(rows, "标签"),
        "、".join(_words(rows, "一线岗位")),
        min(starts, default=None),
        max(ends) if len(ends) == len(rows) else None,
        (one, two, three, four),
        tuple(sorted(row["origin"] for row in rows)),
    )


def _words(rows: Sequence[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for row in rows for word in offices_of(row[name])))


def _listed(name: str, lines: Sequence[Followed], quarter: str) -> Listed:
    number = int(quarter[-1]) - 1
    return Listed(
        name,
        len(lines),
        sum(bool(line.quarters[number]) for line in lines),
        tuple(sorted(origin for line in lines for origin in line.origins)),
    )


def _grouped(lines: Sequence[Followed], words: Sequence[Sequence[str]], quarter: str) -> tuple[Listed, ...]:
    found: dict[str, list[Followed]] = {}
    for line, names in zip(lines, words, strict=True):
        for name in names or (UNSTATED,):
            found.setdefault(name, []).append(line)
    order = sorted(found, key=lambda name: (name == UNSTATED, -len(found[name]), reading_order(name)))
    return tuple(_listed(name, found[name], quarter) for name in order) if set(found) - {UNSTATED} else ()


def quarter_before(label: str) -> str:
    """Return the quarter before: 2022Q4 before 2023Q1."""
    year, number = int(label[:4]), int(label[-1])
    return f"{year}Q{number - 1}" if number > 1 else f"{year - 1}Q4"


def days_of_quarter(label: str) -> Period:
    """Return the days of a quarter."""
    found = quarter_of(label)
    assert found is not None, label
    return found
