"""One cell of a sheet → what is written of it elsewhere, and what it means for comparing.

A cell is passed on as it stands, with three exceptions, each of which is told: a date without its year gets the one
that the sheet it leaves had given it; numbers of persons are masked as everywhere; what no workbook can hold is marked.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from zyw.cells import (
    Day,
    clean,
    is_blank,
    key,
    parse_date,
    parse_number,
    parse_person,
    parse_yes_no,
)
from zyw.columns import Field, Kind
from zyw.deadlines import parse_deadline
from zyw.printed.celltext import cell_text
from zyw.printed.listing import Value
from zyw.privacy import mask_numbers
from zyw.sheets import Cell

YEAR, MASKED, UNFIT = "补了年份", "遮住了号码", "换掉了写不进表格的字符"
_EPOCH: Final = datetime(1899, 12, 30)
_FIRST: Final = date(1900, 3, 1)
"""From here on all spreadsheet programs agree on serial numbers (Excel has a 1900-02-29)."""
_NOTHING: Final = frozenset(("", "-", "--", "—", "——", "/", "\\"))


@dataclass(frozen=True, slots=True)
class Passed:
    """A cell as it is passed on: `meaning` is "" for a blank and equal for equal content, `change` says what is new."""

    value: Value
    meaning: Hashable
    change: str = ""


def passed(cell: Cell, field: Field | None, year: int | None) -> Passed:
    """Return a cell of a column that gives `field` (None: an unknown column), read in a sheet of `year`.

    >>> from zyw.columns import table
    >>> passed("4月2日", table("问题台账").field("发现日"), 2012).value.content
    '2012年4月2日'
    """
    kind = field.kind if field else Kind.TEXT
    completed = _completed(cell, kind, year)
    shown = cell if completed is None else completed
    value, masked, unfit = _value(shown, kind)
    change = YEAR if completed is not None else MASKED if masked else UNFIT if unfit else ""
    said = value.content if masked and isinstance(value.content, str) else shown
    return Passed(value, _meaning(said, kind), change)


def _completed(cell: Cell, kind: Kind, year: int | None) -> str | None:
    """Return the text of a yearless date with its year before it, None where nothing is to be completed."""
    if year is None or not isinstance(cell, str) or kind not in (Kind.DATE, Kind.DEADLINE):
        return None
    read = parse_date if kind is Kind.DATE else parse_deadline
    found = read(cell, year)
    if not isinstance(found, Day) or not found.assumed_year:
        return None
    text = f"{year}年{clean(cell)}"
    again = read(text)
    same = isinstance(again, Day) and again.value == found.value and not again.assumed_year
    return text if same else found.value.isoformat()


def _value(cell: Cell, kind: Kind) -> tuple[Value, bool, bool]:
    """Return how a cell is written, whether numbers in it were masked, whether characters had to go."""
    if isinstance(cell, bool):
        return Value(cell, "centre"), False, False
    if isinstance(cell, str):
        if not cell or cell.isspace():
            return Value(None, "text"), False, False
        text = cell if kind is Kind.CODE else mask_numbers(cell)
        return (
            Value(text, _style(text, kind)),
            text != cell,
            cell_text(text) != text.replace("\r\n", "\n").replace("\r", "\n"),
        )
    if isinstance(cell, float | int):
        text = clean(cell)
        hidden = mask_numbers(text)
        if hidden != text and kind not in (Kind.CODE, Kind.NUMBER):
            return Value(hidden, "centre"), True, False
        return Value(_number(cell), "number"), False, False
    return _moment(cell), False, False


SHORT: Final = 8
"""Texts of at most so many characters stand in the middle of their cell."""


def _style(text: str, kind: Kind) -> str:
    if kind is Kind.CODE:
        return "code"
    long = kind is Kind.FREE or (len(text) > SHORT and kind is not Kind.DATE)
    return "text" if long else "centre"


def _number(cell: float) -> int | Decimal:
    return int(cell) if float(cell).is_integer() else Decimal(repr(cell))


def _moment(cell: datetime | date | time | timedelta) -> Value:
    if isinstance(cell, timedelta):
        return Value(_days(cell), "span")
    if isinstance(cell, time):
        return Value(_days(timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)), "clock")
    day = cell.date() if isinstance(cell, datetime) else cell
    if day < _FIRST:
        return Value(clean(cell), "centre")
    if isinstance(cell, datetime) and cell.time() != time():
        return Value(_days(cell.replace(tzinfo=None) - _EPOCH), "moment")
    return Value((day - _EPOCH.date()).days, "date")


def _days(span: timedelta) -> Decimal:
    """Return a span in days, to the hundred-thousandth of a second."""
    seconds = Decimal(span.days) * 86400 + span.seconds + Decimal(span.microseconds) / 1_000_000
    return (seconds / 86400).quantize(Decimal("1e-10"))


def _meaning(cell: Cell, kind: Kind) -> Hashable:
    """Return what a cell says, for comparing with another: by the kind of its column, else word for word."""
    found: object = None
    match kind:
        case Kind.DATE:
            found = parse_date(cell)
        case Kind.DEADLINE:
            found = parse_deadline(cell)
        case Kind.NUMBER:
            found = parse_number(cell)
        case Kind.YES_NO:
            found = parse_yes_no(cell)
        case Kind.PERSON:
            found = key(parse_person(cell))
        case Kind.CODE:
            found = "" if is_blank(clean(cell)) else None
    if isinstance(found, Day):
        return found.value
    if isinstance(found, Decimal):
        return found.normalize()
    text = clean(cell)
    if text in _NOTHING or found == "":
        return ""
    return found if isinstance(found, str) else key(text)


def text_of(value: Value) -> str:
    """Return a value as a sentence shows it: days as 2012-04-02, "" for a blank."""
    content = value.content
    if content is None:
        return ""
    if isinstance(content, bool):
        return "是" if content else "否"
    if isinstance(content, int | Decimal) and value.style in _MOMENTS:
        moment = _EPOCH + timedelta(days=float(content))
        rounded = moment + timedelta(microseconds=500_000)
        return rounded.strftime(_MOMENTS[value.style])
    return f"{content:f}" if isinstance(content, Decimal) else str(content)


_MOMENTS: Final = {"date": "%Y-%m-%d", "moment": "%Y-%m-%d %H:%M:%S", "clock": "%H:%M:%S"}
