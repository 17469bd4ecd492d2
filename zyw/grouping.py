"""Rows → persons and cases.

A person is (unit, name), or a staff number where there is one: the same name in two units is two people, the same
number in two units is one. A case is (案号, unit, person); without 案号, rows of one person with one decision date are
one case. Its day is that of its earliest standing measure, its level the most senior among its standing rows, its
measure the severest, its class, source and gravity those of the earliest row.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from zyw.ledger import Ledger
from zyw.problems import Verbatim
from zyw.rowfaults import Faults
from zyw.scheme import Scheme
from zyw.titles import TitleReader

KEPT: Final = (
    "case", "person_id", "unit", "person", "unit_rank", "person_rank", "day", "channel", "category", "gravity",
)  # fmt: skip
Ints = npt.NDArray[np.int64]


def _codes(values: npt.NDArray[Any]) -> Ints:
    return np.asarray(pd.factorize(values)[0], dtype=np.int64)


def identify(rows: pd.DataFrame) -> tuple[Ints, Ints]:
    """Return for each row its person (a number) and its case (a number).

    A row without a staff number belongs to the number that its (unit, name) carries elsewhere, when that is one only.
    """
    units, names = _codes(rows["unit"].to_numpy(object)), _codes(rows["person"].to_numpy(object))
    named = _codes(units * (int(names.max(initial=0)) + 1) + names)
    staff = rows["staff"].to_numpy(object)
    persons = _join_staff(named, staff) if (staff != "").any() else named
    numbers = rows["case_no"].to_numpy(object)
    days = rows["day"].to_numpy("datetime64[s]").astype("datetime64[D]").astype(np.int64)
    case_codes = _codes(numbers)
    # Numbered cases take even keys, unnumbered ones odd: an 案号 never meets a date.
    what = np.where(numbers != "", case_codes * 2, _codes(days) * 2 + 1)
    pair = _codes(persons * (int(units.max(initial=0)) + 1) + units)
    return persons, _codes(pair * (int(what.max(initial=0)) + 1) + what)


def _join_staff(named: Ints, staff: npt.NDArray[Any]) -> Ints:
    numbers = _codes(staff)
    given = staff != ""
    frame = pd.DataFrame({"named": named[given], "number": numbers[given]}).drop_duplicates()
    only = frame[~frame["named"].duplicated(keep=False)]
    joined = np.full(int(named.max(initial=0)) + 1, -1, dtype=np.int64)
    joined[only["named"].to_numpy()] = only["number"].to_numpy()
    number = np.where(given, numbers, joined[named])
    return np.where(number >= 0, number * 2, named * 2 + 1)


def levels_of(rows: pd.DataFrame, ledger: Ledger, scheme: Scheme, faults: Faults) -> Ints:
    """Return the 职务层级 of each row as an index (0 the most senior).

    A level written in the ledger stands; else the title is read; a blank title is 主要领导 when the roster names the
    person as head of the unit, else the scheme's 其他; an unlisted one is 其他, with a 警告 once a title (C006).
    """
    order = {name: index for index, name in enumerate(scheme.levels.order)}
    written = rows["level"].to_numpy(object)
    levels = _by_title(rows, ledger, scheme, faults)
    if (written != "").any():
        codes, uniques = pd.factorize(written)
        stated = np.array([order.get(str(text), -1) for text in uniques], dtype=np.int64)[codes]
        levels = np.where(stated >= 0, stated, levels)
    return levels


def _by_title(rows: pd.DataFrame, ledger: Ledger, scheme: Scheme, faults: Faults) -> Ints:
    reader = TitleReader(scheme.levels)
    units, titles = rows["unit"].to_numpy(object), rows["title"].to_numpy(object)
    title_codes, title_texts = pd.factorize(titles)
    unit_codes, unit_texts = pd.factorize(units)
    pairs = title_codes.astype(np.int64) * len(unit_texts) + unit_codes
    pair_codes, first = np.unique(pairs, return_inverse=True)[1], np.unique(pairs, return_index=True)[1]
    names = {unit.name: (unit.name, *unit.short, *unit.former) for unit in ledger.units}
    known: list[int] = []
    told: set[str] = set()
    for position in first:
        title, unit = str(titles[position]), str(units[position])
        level = reader.read(title, names.get(unit, (unit,))) if title else reader.other
        if level is None and title not in told:
            told.add(title)
            level_name = Verbatim(scheme.levels.order[reader.other])
            faults.add("C006", int(rows["origin"].iat[position]), "职务", 值=title, 层级=level_name)
        known.append(reader.other if level is None else level)
    levels = np.array(known, dtype=np.int64)[pair_codes] if known else np.empty(0, dtype=np.int64)
    return _heads(rows, ledger, levels)


def _heads(rows: pd.DataFrame, ledger: Ledger, levels: Ints) -> Ints:
    blank = np.flatnonzero(rows["title"].to_numpy(object) == "")
    heads = {(unit.name, unit.head) for unit in ledger.units if unit.head}
    if not len(blank) or not heads:
        return levels
    units, persons = rows["unit"].to_numpy(object)[blank], rows["person"].to_numpy(object)[blank]
    is_head = np.array([pair in heads for pair in zip(units, persons, strict=True)], dtype=np.bool_)
    levels = levels.copy()
    levels[blank[is_head]] = 0
    return levels


def cases_of(rows: pd.DataFrame, faults: Faults) -> pd.DataFrame:
    """Fold standing rows into cases, in an order that does not depend on the order of the rows.

    Columns: case, person_id, unit, person, day, level, measure (the severest), channel, category, gravity and
    `origins` (tuple of the rows' origins, each once).
    """
    order = np.lexsort(
        (rows["origin"].to_numpy(), -rows["measure"].to_numpy(), rows["day"].to_numpy(), rows["case"].to_numpy())
    )
    sorted_rows = rows.take(order)
    cases = sorted_rows["case"].to_numpy()
    starts = np.flatnonzero(np.concatenate(([True], cases[1:] != cases[:-1]))) if len(cases) else np.empty(0, np.intp)
    firsts = sorted_rows.take(starts)
    found = firsts[[*KEPT]].reset_index(drop=True)
    levels, measures = sorted_rows["level"].to_numpy(), sorted_rows["measure"].to_numpy()
    found["level"] = np.minimum.reduceat(levels, starts) if len(starts) else levels
    found["measure"] = np.maximum.reduceat(measures, starts) if len(starts) else measures
    found["origins"] = tuples(sorted_rows["origin"].to_numpy(), starts)
    _ask_for_numbers(sorted_rows, starts, found, faults)
    return found


def tuples(origins: npt.NDArray[Any], starts: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Cut `origins` at `starts` into tuples, each origin once, in ascending order."""
    found = np.empty(len(starts), dtype=object)
    if len(starts) == len(origins):
        found[:] = [(origin,) for origin in origins.tolist()]
        return found
    listed = origins.tolist()
    ends = np.append(starts[1:], len(origins)).tolist()
    found[:] = [
        (listed[a],) if b == a + 1 else tuple(sorted(set(listed[a:b])))
        for a, b in zip(starts.tolist(), ends, strict=True)
    ]
    return found


def _ask_for_numbers(rows: pd.DataFrame, starts: npt.NDArray[Any], cases: pd.DataFrame, faults: Faults) -> None:
    """Warn (C004) where several rows without 案号 were taken for one case."""
    sizes = np.diff(np.append(starts, len(rows)))
    several = np.flatnonzero((sizes > 1) & (rows["case_no"].to_numpy(object)[starts] == ""))
    told = cases.take(several)
    columns = (told[name].tolist() for name in ("unit", "person", "day", "origins"))
    for unit, person, day, origins in zip(*columns, strict=True):
        if len(origins) > 1:
            when = Verbatim(day.date().isoformat())
            faults.add("C004", origins[0], "案号", 单位=unit, 姓名=person, 日期=when, 行数=len(origins))
