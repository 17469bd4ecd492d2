"""From a body of cells to typed columns: each distinct content is read once, by the kind its column declares.

What a cell cannot be is a problem at that cell, and the cell is remembered as a fault: its row is there, the value
is not. Nothing here is a guess; yearless dates take the sheet's or the run's year and say so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from zyw.cells import (
    INVISIBLE,
    Day,
    Unread,
    clean,
    parse_date,
    parse_identifier,
    parse_number,
    parse_person,
    parse_yes_no,
)
from zyw.coded import Coded, coded
from zyw.columns import Kind
from zyw.deadlines import Open, Within, parse_deadline
from zyw.finding.headers import Column
from zyw.privacy import mask_numbers
from zyw.problems import Place, Problem, Verbatim, problem, show
from zyw.sheets import Cell

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


Array: TypeAlias = "npt.NDArray[np.generic] | npt.NDArray[np.object_]"

MANY: Final = 200
"""So many faulty cells of one kind in one column are listed one by one; the rest is one problem with their number."""

MOST_OF: Final[Mapping[str, int]] = {
    "扣分": 1000, "份数": 10**6, "在职人数": 10**6, "次数": 10**6, "人次": 10**7,
}  # fmt: skip
"""Numbers that count something: none is below nothing, and more than this is a slip (no scheme takes 1000 off)."""
MOST: Final = 1000
"""So many problems of one column are listed; the rest is one problem with the number of its cells."""
SHOWN: Final = 12
"""So many spellings of deadlines are named in one 提示."""


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """A column read by its kind: `array` holds str, datetime64[s] (NaT) or Decimal|None; `faults` are row indices."""

    array: Array
    faults: frozenset[int]
    problems: tuple[Problem, ...]
    hashes: "npt.NDArray[np.uint64]"
    written: "Array | None" = None
    """A deadline as the sheet has it (期限原文)."""
    running: "tuple[npt.NDArray[np.intp], Sequence[Within | None]] | None" = None
    """Deadlines that run from another day of the row: `running[1][running[0][i]]` is that of row i."""


class Spot(Protocol):
    """Tells where row i of a column stands and what of that row may be shown."""

    def place(self, i: int) -> Place:
        """Return the cell of row i."""

    def excerpt(self, i: int) -> tuple[str, ...]:
        """Return row number, 序号, unit and the cell, as far as they may be shown."""


def coded_texts(array: Array) -> Coded:
    """Give numbers to the distinct texts of a typed column."""
    from zyw.rowset import coded as distinct

    found = distinct(array)
    return Coded(found.codes.astype("intp", copy=False), found.texts)


def read_column(rows: Sequence[Sequence[Cell]], column: Column, spot: Spot, year: int | None) -> TypedColumn:
    """Read one column of `rows` by its field's kind; `year` completes yearless dates."""
    assert column.field is not None, "only columns that give a field are read"
    data = coded(rows, column.index)
    kind = column.field.kind
    reader = _READERS[kind]
    parsed = [reader(value, year) for value in data.values]
    if (most := MOST_OF.get(column.field.name)) is not None:
        parsed = [_bounded(value, cell, most) for value, cell in zip(parsed, data.values, strict=True)]
    problems, faults = _faults(parsed, data, column, spot)
    problems += _invisible(data, column, spot)
    if kind is Kind.DEADLINE:
        problems += _understood(parsed, data, column, spot)
        written = _texts([_free(value, year) for value in data.values], data)
        within = [value if isinstance(value, Within) else None for value in parsed]
        running = (data.codes, within) if any(within) else None
        return TypedColumn(_days(parsed, data), faults, problems, _hashes(parsed, data), written, running)
    if kind is Kind.DATE:
        return TypedColumn(_days(parsed, data), faults, problems, _hashes(parsed, data))
    blank = None if kind is Kind.NUMBER else ""
    values = [blank if isinstance(v, Unread) else v for v in parsed]
    return TypedColumn(_texts(values, data), faults, problems, _hashes(parsed, data))


def _understood(parsed: Sequence[object], data: Coded, column: Column, spot: Spot) -> tuple[Problem, ...]:
    """Tell once a column what deadlines that are no plain dates were taken for (with a year of their own)."""
    import numpy as np

    told = [
        (code, f"“{show(clean(data.values[code]))}”＝{_meaning(value)}")
        for code, value in enumerate(parsed)
        if isinstance(value, Open) or (isinstance(value, Day) and value.inferred and not value.assumed_year)
    ]
    if not told:
        return ()
    first = int(np.argmax(data.codes == told[0][0]))
    more = f" 等 {len(told)} 种" if len(told) > SHOWN else ""
    texts = Verbatim("；".join(text for _, text in told[:SHOWN]) + more)
    return (problem("L017", spot.place(first), name=column.label, texts=texts),)


def _meaning(value: Day | Open) -> str:
    return value.value.isoformat() if isinstance(value, Day) else "没有最后一天"


def hashes(data: Coded) -> "npt.NDArray[np.uint64]":
    """Return a number for each row's content, equal for equal text; only rows of one run are compared by them.

    Numbers of persons count as they are shown: a ledger that was passed on has them starred.
    """
    return _numbered([mask_numbers(clean(value)) for value in data.values], data)


def _hashes(parsed: Sequence[object], data: Coded) -> "npt.NDArray[np.uint64]":
    """Return the numbers of a column that was read: equal for equal meaning, so for a day spelled in two ways."""
    meant: list[object] = []
    for value, cell in zip(parsed, data.values, strict=True):
        unread = value is None or isinstance(value, Unread)
        meant.append(value.value if isinstance(value, Day) else mask_numbers(clean(cell)) if unread else value)
    return _numbered(meant, data)


def _numbered(meant: Sequence[object], data: Coded) -> "npt.NDArray[np.uint64]":
    import numpy as np

    return np.array([hash(value) for value in meant], dtype=np.int64).view(np.uint64)[data.codes]


def _texts(values: Sequence[object], data: Coded) -> Array:
    import numpy as np

    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array[data.codes]


def _days(parsed: Sequence[object], data: Coded) -> Array:
    import numpy as np

    values = [v.value.isoformat() if isinstance(v, Day) else "NaT" for v in parsed]
    return np.array(values, dtype="datetime64[s]")[data.codes]


def _faults(
    parsed: Sequence[object], data: Coded, column: Column, spot: Spot
) -> tuple[tuple[Problem, ...], frozenset[int]]:
    """Turn every unreadable content into problems at its cells; an assumed year is a 警告 once a content."""
    problems: list[Problem] = []
    faults: set[int] = set()
    unread = [(code, value) for code, value in enumerate(parsed) if isinstance(value, Unread)]
    assumed = [(code, value) for code, value in enumerate(parsed) if isinstance(value, Day) and value.assumed_year]
    rows_of = rows_by_code(data) if unread or assumed else lambda _: []
    for code, day in assumed[:MOST]:
        written = Verbatim(day.value.isoformat())
        place = spot.place(rows_of(code)[0])
        problems.append(problem("L009", place, name=column.label, value=clean(data.values[code]), day=written))
    left: list[int] = []
    for code, value in unread:
        rows = rows_of(code)
        if value.code != "L005":
            faults.update(rows)
        if len(problems) >= MOST:
            left += rows
            continue
        problems += [
            problem(value.code, spot.place(i), excerpt=spot.excerpt(i), name=column.label, value=value.value)
            for i in rows[:MANY]
        ]
        if len(rows) > MANY:
            count = len(rows) - MANY
            problems.append(problem("L010", spot.place(rows[MANY]), name=column.label, count=count, value=value.value))
    if left:
        problems.append(problem("L018", spot.place(left[0]), name=column.label, count=len(left)))
    return tuple(problems), frozenset(faults)


def rows_by_code(data: Coded) -> Callable[[int], list[int]]:
    """Return what gives the rows of a content, in order: the rows are sorted once, however many contents there are."""
    import numpy as np

    order = np.argsort(data.codes, kind="stable")
    ends = np.cumsum(np.bincount(data.codes, minlength=len(data.values))).tolist()

    def rows_of(code: int) -> list[int]:
        return [int(i) for i in order[ends[code - 1] if code else 0 : ends[code]]]

    return rows_of


def _invisible(data: Coded, column: Column, spot: Spot) -> tuple[Problem, ...]:
    """Tell once a column that characters nobody sees were taken off (they make two schools of one)."""
    import numpy as np

    if not INVISIBLE.search("\n".join([value for value in data.values if isinstance(value, str)])):
        return ()
    marked = [i for i, value in enumerate(data.values) if isinstance(value, str) and INVISIBLE.search(value)]
    rows = np.flatnonzero(np.isin(data.codes, marked))
    return (problem("L014", spot.place(int(rows[0])), name=column.label, count=len(rows)),)


def _text(cell: Cell, _year: int | None) -> str:
    """Keep the words as they are (无, NA, None may be names); only a dash or a slash stands for nothing."""
    text = mask_numbers(clean(cell))
    return "" if text in ("-", "--", "—", "——", "/", "\\") else text


def _free(cell: Cell, _year: int | None) -> str:
    return mask_numbers(clean(cell))


def _bounded(value: object, cell: Cell, most: int) -> object:
    return Unread("L021", clean(cell)) if isinstance(value, Decimal) and not 0 <= value <= most else value


def _number(cell: Cell, _year: int | None) -> object:
    return parse_number(cell)


_READERS: Final[Mapping[Kind, Callable[[Cell, int | None], object]]] = {
    Kind.TEXT: _text,
    Kind.FREE: _free,
    Kind.UNIT: _text,
    Kind.PERSON: lambda cell, _year: mask_numbers(parse_person(cell)),
    Kind.CODE: lambda cell, _year: parse_identifier(cell),
    Kind.DATE: parse_date,
    Kind.DEADLINE: parse_deadline,
    Kind.NUMBER: _number,
    Kind.YES_NO: lambda cell, _year: parse_yes_no(cell),
}
