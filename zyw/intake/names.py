"""Every row of a sheet gets its units: by its unit column, else by the sheet's 填报单位, its name, or the file's name.

Each distinct spelling is matched once (once a day, where a former name with dates is in play). A cell that names
several units gives its row to each of them. A spelling the roster does not know is an 错误 at each of its cells,
with the three nearest names; what was recognised by anything but the official name is told once a spelling.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from zyw.cells import clean
from zyw.coded import Coded
from zyw.columns import UNITLESS
from zyw.finding.headers import Column
from zyw.intake.typed import MANY, MOST, rows_by_code
from zyw.naming.roster import ALIKE, UNKNOWN, Match, Roster
from zyw.naming.several import split_units
from zyw.origins import Block
from zyw.privacy import mask_numbers
from zyw.problems import Place, Problem, Verbatim, problem, show

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from zyw.rowset import Days, Ints, Texts


NO_NAMES: Final[Mapping[str, str]] = {}


class Recognised(NamedTuple):
    """A spelling and what it was taken for."""

    written: str
    unit: str
    how: str


@dataclass(frozen=True, slots=True)
class Named:
    """The official names of the rows of a sheet ("" when unknown).

    `rows` says which row each of `units` belongs to, None when every row has one. `faults` are the rows (by index)
    without a unit, `recognised` what was not written as the roster has it, with its first cell and the number of its
    cells; `strangers` the spellings that the roster does not know.
    """

    units: "npt.NDArray[np.object_]"
    problems: tuple[Problem, ...] = ()
    faults: frozenset[int] = frozenset()
    rows: "Ints | None" = None
    recognised: Mapping[Recognised, tuple[Place, int]] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()

    def cells(self, block: Block) -> frozenset[tuple[int, str]]:
        """Return the rows without a unit as (origin, field) of their block."""
        return frozenset((block.first + i, "单位") for i in self.faults)


class Spelling(NamedTuple):
    """One distinct content of a unit column (in the rows of one day, where it depends on it) with what it means."""

    text: str
    day: date | None
    parts: tuple[str, ...]
    matches: tuple[Match, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The units named, each once; "" stands for those nobody knows."""
        return tuple(dict.fromkeys(match.unit for match in self.matches))


def name_units(
    block: Block,
    column: Column | None,
    data: Coded | None,
    filled_by: str,
    roster: Roster | None,
    *,
    plain: Mapping[str, str] = NO_NAMES,
    days: "Days | None" = None,
    several: bool = True,
) -> Named:
    """Match the rows of one sheet; `filled_by` is what its 填报单位 line says, `days` the day of each row.

    With `several` a cell may name more than one unit. Without a roster `plain` says how a unit is called.
    """
    if column is None or data is None:
        return _by_sheet(block, filled_by, roster)
    free = block.table in UNITLESS
    spellings, codes = _spellings(data, roster, plain, days, several=several)
    units, rows = _spread([spelling.units for spelling in spellings], codes)
    places = _Places(block, column, Coded(codes.astype("intp", copy=False), [each.text for each in spellings]))
    problems = [*_missed(spellings, places, roster, free=free), *_doubts(spellings, places)]
    lost = [
        i
        for code, spelling in enumerate(spellings)
        if not any(spelling.units) and (spelling.text or not free)
        for i in places.of(code)
    ]
    return Named(
        units,
        tuple(problems),
        frozenset(lost),
        rows,
        _recognised(spellings, places),
        tuple(dict.fromkeys(part for each in spellings for part, match in _unknown(each) if not match.candidates)),
    )


def _spellings(
    data: Coded, roster: Roster | None, plain: Mapping[str, str], days: "Days | None", *, several: bool
) -> "tuple[list[Spelling], Ints]":
    """Return the distinct spellings with what they mean, and for each row which it is."""
    import numpy as np

    knows = (lambda part: bool(roster.match(part).unit)) if roster else None
    texts = [clean(value) for value in data.values]
    cut = [split_units(text, knows) if several else (text,) for text in texts]
    if roster is None:
        return [_as_written(text, parts, plain) for text, parts in zip(texts, cut, strict=True)], data.codes
    found = [_spelling(text, parts, roster, None) for text, parts in zip(texts, cut, strict=True)]
    codes = data.codes.astype(np.int64)
    if days is None:
        return found, codes
    for code, each in enumerate(tuple(found)):
        if not any(map(roster.depends_on_day, each.parts)):
            continue
        rows = np.flatnonzero(data.codes == code)
        on = days[rows].astype("datetime64[D]")
        for day in np.unique(on[~np.isnat(on)]):
            codes[rows[on == day]] = len(found)
            found.append(_spelling(each.text, each.parts, roster, day.item()))
    return found, codes


def _spelling(text: str, parts: tuple[str, ...], roster: Roster, day: date | None) -> Spelling:
    return Spelling(text, day, parts, tuple(roster.match(part, day) if part else UNKNOWN for part in parts))


def _as_written(text: str, parts: tuple[str, ...], plain: Mapping[str, str]) -> Spelling:
    """Keep the names as written, the plainest of spellings that differ in blanks or widths only."""
    names = [plain.get(name, name) for name in map(plain_text, parts)]
    pairs = zip(parts, names, strict=True)
    return Spelling(
        text, None, parts, tuple(Match(name, "" if name == plain_text(part) else ALIKE) for part, name in pairs)
    )


def plain_text(name: str) -> str:
    """Return a name as it is shown where there is no roster: one blank for several, numbers of persons masked."""
    return mask_numbers(" ".join(name.split()))


def _spread(units: Sequence[tuple[str, ...]], codes: "Ints") -> "tuple[Texts, Ints | None]":
    """Return the units of all rows one under another, and the row of each (None: one a row)."""
    import numpy as np

    sizes = np.array([len(each) for each in units], dtype=np.int64)
    flat = np.empty(int(sizes.sum()), dtype=object)
    flat[:] = [name for each in units for name in each]
    starts = np.cumsum(sizes) - sizes
    if sizes.max(initial=1) == 1:
        return flat[codes], None
    counts = sizes[codes]
    rows = np.repeat(np.arange(len(codes)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return flat[starts[codes][rows] + within], rows


class _Places:
    """Where the spellings of a column stand; rows are indices in order."""

    def __init__(self, block: Block, column: Column, spelled: Coded) -> None:
        self.block, self.column = block, column
        self.numbers: Sequence[int] = block.rows
        self.of = rows_by_code(spelled)
        """Gives the rows of one spelling."""

    def at(self, i: int) -> Place:
        """Return the cell of row i."""
        return Place(self.block.file, self.block.sheet, f"{self.column.letter}{self.numbers[i]}")

    def excerpt(self, i: int, text: str) -> tuple[str, ...]:
        """Return row number and spelling."""
        return (str(self.numbers[i]), show(text))


def _unknown(spelling: Spelling) -> list[tuple[str, Match]]:
    pairs = zip(spelling.parts, spelling.matches, strict=True)
    return [(part, match) for part, match in pairs if part and not match.unit]


def _missed(spellings: Sequence[Spelling], places: _Places, roster: Roster | None, *, free: bool) -> Iterator[Problem]:
    """Report what is no unit at each of its cells, up to `MANY` a spelling and `MOST` in all; `free`: save blanks."""
    listed, left = 0, []
    for code, spelling in enumerate(spellings):
        unknown = _unknown(spelling)
        if not unknown and (spelling.text or free):
            continue
        rows = places.of(code)
        if listed >= MOST:
            left += rows
            continue
        for part, match in unknown or [("", UNKNOWN)]:
            told, facts = _miss(part, match, places.column.label, roster)
            yield from (
                problem(told, places.at(i), excerpt=places.excerpt(i, spelling.text), **facts) for i in rows[:MANY]
            )
            if len(rows) > MANY:
                facts = {"name": places.column.label, "value": spelling.text, "count": len(rows) - MANY}
                yield problem("L010", places.at(rows[MANY]), **facts)
        listed += min(len(rows), MANY)
    if left:
        yield problem("L018", places.at(left[0]), name=places.column.label, count=len(left))


def _miss(part: str, match: Match, label: str, roster: Roster | None) -> tuple[str, dict[str, Any]]:
    if not part:
        return "U002", {"name": label}
    if match.candidates:
        return "U006", {"unit": part, "candidates": Verbatim("、".join(match.candidates))}
    nearest = roster.nearest(part) if roster else ()
    return "U001", {"unit": part, "nearest": Verbatim("、".join(nearest))}


def _doubts(spellings: Sequence[Spelling], places: _Places) -> Iterator[Problem]:
    """Say which cells were read as several units, and where a former name was no longer right."""
    for code, spelling in enumerate(spellings):
        expired = [(part, match) for part, match in zip(spelling.parts, spelling.matches, strict=True) if match.expired]
        if len(spelling.parts) == 1 and not expired:
            continue
        rows = places.of(code)
        if rows and len(spelling.parts) > 1 and spelling.day is None:
            label, number = places.column.label, len(spelling.units)
            shown = places.excerpt(rows[0], spelling.text)
            yield problem("U010", places.at(rows[0]), excerpt=shown, name=label, value=spelling.text, number=number)
        for part, match in expired:
            how, day = Verbatim(match.how), Verbatim(spelling.day)
            for i in rows[:MANY]:
                shown = places.excerpt(i, spelling.text)
                yield problem("U009", places.at(i), excerpt=shown, unit=part, now=match.unit, how=how, day=day)


def _recognised(spellings: Sequence[Spelling], places: _Places) -> dict[Recognised, tuple[Place, int]]:
    found: dict[Recognised, tuple[Place, int]] = {}
    for code, spelling in enumerate(spellings):
        told = [
            Recognised(part, match.unit, match.how)
            for part, match in zip(spelling.parts, spelling.matches, strict=True)
            if match.unit and match.how and not match.expired
        ]
        rows = places.of(code) if told else []
        for each in told if rows else ():
            first, count = found.get(each, (places.at(rows[0]), 0))
            found[each] = (first, count + len(rows))
    return found


def tell_recognised(sheets: Iterable[Named]) -> Iterator[Problem]:
    """Tell once a spelling what was recognised, at its first cell, with the number of its cells in all sheets."""
    first: dict[Recognised, Place] = {}
    counts: dict[Recognised, dict[Place, int]] = {}  # by first cell: a wide sheet is named once a document
    for each, (place, count) in ((each, where) for named in sheets for each, where in named.recognised.items()):
        first.setdefault(each, place)
        counts.setdefault(each, {})[place] = count
    for each, place in first.items():
        how = Verbatim(each.how)
        yield problem(
            "U003", place, written=each.written, unit=Verbatim(each.unit), how=how, count=sum(counts[each].values())
        )


def _by_sheet(block: Block, filled_by: str, roster: Roster | None) -> Named:
    """Take the unit of a sheet without a unit column from 填报单位, its name or the file's name; say which."""
    import numpy as np

    count = len(block.rows)
    sources = (("填报单位", filled_by), ("工作表名", block.sheet), ("文件名", PurePosixPath(block.file).stem))
    for how, text in sources:
        unit = _named_in(text, roster) if roster else mask_numbers(text) if how == "填报单位" else ""
        if unit:
            told = problem("U007", Place(block.file, block.sheet), how=Verbatim(how), unit=unit)
            return Named(np.full(count, unit, dtype=object), (told,))
    if block.table in UNITLESS:
        return Named(np.full(count, "", dtype=object))
    told = problem("S006", Place(block.file, block.sheet), table=block.table)
    return Named(np.full(count, "", dtype=object), (told,), frozenset(range(count)))


def _named_in(text: str, roster: Roster) -> str:
    return roster.match(text).unit or roster.within(text)
