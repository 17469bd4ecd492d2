"""Rows → persons and cases.

A person is (unit, name), or a staff number where there is one: the same name in two units is two people, the same
number in two units is one. A case is (案号, unit, person); without 案号, rows of one person with one decision date are
one case. Its day is that of its earliest standing measure, its level the most senior among its standing rows, its
measure the severest, its class, source and gravity those of the earliest row.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from zyw.ledger import Ledger
from zyw.problems import Verbatim
from zyw.rowfaults import Faults
from zyw.rowset import Ints, RowSet, Texts, numbered, paired
from zyw.sanctions.titles import TitleReader
from zyw.scheme import Scheme


def identify(rows: RowSet, units: Sequence[str], others: Iterable[str] = ()) -> list[str]:
    """Add to `rows` who and what each row is about, as numbers; return the names of persons, `others` among them.

    unit (place in `units`; their number when it is none of them), name (place among the returned names, sorted),
    person (the same number for the same human being) and case.
    """
    place = {name: index for index, name in enumerate(units)}
    unit_texts = rows.coded("unit")
    rows["unit_at"] = unit_texts.mapped((place.get(text, len(place)) for text in unit_texts.texts), np.int64)
    names = rows.coded("person")
    sorted_names = sorted({*names.texts, *others})
    rank = {text: index for index, text in enumerate(sorted_names)}
    rows["name_at"] = names.mapped((rank[text] for text in names.texts), np.int64)
    rows["person_at"] = _persons(rows, paired(unit_texts.codes, names.codes))
    numbers = rows.coded("case_no")
    days = rows["day"].astype("datetime64[D]").astype(np.int64)
    unnumbered = rows["case_no"] == ""
    # Numbered cases take even keys, unnumbered ones odd: an 案号 never meets a date.
    what = np.where(unnumbered, numbered(days) * 2 + 1, numbers.codes * 2)
    rows["case_at"] = paired(paired(rows["person_at"], unit_texts.codes), what)
    return sorted_names


def _persons(rows: RowSet, named: Ints) -> Ints:
    """Join by staff number; a row without one takes the number that its (unit, name) has elsewhere, if only one."""
    if not (rows["staff"] != "").any():
        return named
    named = numbered(named)
    staff = rows.coded("staff")
    given = rows["staff"] != ""
    pairs = np.unique(np.stack([named[given], staff.codes[given]]), axis=1)
    owners, counts = np.unique(pairs[0], return_counts=True)
    only = np.isin(pairs[0], owners[counts == 1])
    joined = np.full(int(named.max()) + 1, -1, dtype=np.int64)
    joined[pairs[0][only]] = pairs[1][only]
    number = np.where(given, staff.codes, joined[named])
    return numbered(np.where(number >= 0, number * 2, named * 2 + 1))


def levels_of(rows: RowSet, ledger: Ledger, scheme: Scheme, faults: Faults) -> Ints:
    """Return the 职务层级 of each row as an index (0 the most senior).

    A level written in the ledger stands; else the title is read; a blank title is 主要领导 when the roster names the
    person as head of the unit, else the scheme's 其他; an unlisted one is 其他, with a 警告 once a title (C006).
    """
    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    levels = _by_title(rows, ledger, scheme, faults)
    if (rows["level"] != "").any():
        order = {name: index for index, name in enumerate(scheme.levels.order)}
        written = rows.coded("level")
        stated = written.mapped((order.get(text, -1) for text in written.texts), np.int64)
        levels = np.where(stated >= 0, stated, levels)
    return levels


def _by_title(rows: RowSet, ledger: Ledger, scheme: Scheme, faults: Faults) -> Ints:
    reader = TitleReader(scheme.levels)
    titles, units = rows.coded("title"), rows.coded("unit")
    pairs, first, codes = np.unique(
        titles.codes * (len(units.texts) + 1) + units.codes, return_index=True, return_inverse=True
    )
    names = {unit.name: (unit.name, *unit.short, *unit.former) for unit in ledger.units}
    unlisted: dict[str, int] = {}
    known = np.full(len(pairs), reader.other, dtype=np.int64)
    for at, row in enumerate(first.tolist()):
        title, unit = titles.texts[titles.codes[row]], units.texts[units.codes[row]]
        level = reader.read(title, names.get(unit, (unit,))) if title else reader.other
        if level is None:
            unlisted[title] = min(unlisted.get(title, row), row)
        else:
            known[at] = level
    for title, row in unlisted.items():
        other = Verbatim(scheme.levels.other)
        head = reader.head_in(title)
        near = Verbatim(f"里面有“{head}”，主持全面工作的算不算{scheme.levels.head}，要写明。" if head else "")
        faults.add("C006", int(rows["origin"][row]), "职务", 值=title, 层级=other, 近似=near)
    return _heads(rows, ledger, known[codes])


def _heads(rows: RowSet, ledger: Ledger, levels: Ints) -> Ints:
    heads = {(unit.name, unit.head) for unit in ledger.units if unit.head}
    blank = np.flatnonzero(rows["title"] == "") if heads else np.empty(0, dtype=np.intp)
    if len(blank):
        pairs = zip(rows["unit"][blank], rows["person"][blank], strict=True)
        levels[blank[np.array([pair in heads for pair in pairs], dtype=np.bool_)]] = 0
    return levels


Names: TypeAlias = Callable[[RowSet], Sequence[tuple[str, str]]]
"""Gives unit and person of cases as texts."""
CASE_COLUMNS = ("case_at", "unit_at", "name_at", "person_at", "day", "severest", "level", "origin")


def cases_of(standing: RowSet, faults: Faults, names: Names) -> RowSet:
    """Fold standing rows into cases; the order of the rows has no part in what a case is.

    Columns: unit_at, name_at, person_at, day, level, severest, `first` (position of the earliest row in `standing`) and
    `origins` (tuple). `names` is for the warnings C004 and C016.
    """
    order = np.lexsort((standing["origin"], -standing["severest"], standing["day"], standing["case_at"]))
    rows = standing.take(order, CASE_COLUMNS)
    starts = run_starts(rows["case_at"])
    cases = rows.take(starts, ("unit_at", "name_at", "person_at", "day"))
    cases["first"] = order[starts]
    cases["level"] = np.minimum.reduceat(rows["level"], starts) if len(starts) else rows["level"]
    cases["severest"] = np.maximum.reduceat(rows["severest"], starts) if len(starts) else rows["severest"]
    cases["origins"] = tuples(rows["origin"], starts)
    sizes = np.diff(np.append(starts, len(rows)))
    _ask_for_numbers(standing, cases, sizes, faults, names)
    files = faults.files_of(rows["origin"])
    if len(starts):
        apart = np.minimum.reduceat(files, starts) < np.maximum.reduceat(files, starts)
        _name_both_places(cases.take(apart), faults, names)
    return cases


def run_starts(values: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
    """Return where each run of equal values begins."""
    if not len(values):
        return np.empty(0, dtype=np.intp)
    return np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))


def tuples(origins: Ints, starts: npt.NDArray[np.intp]) -> Texts:
    """Cut `origins` at `starts` into tuples, in ascending order."""
    found = np.empty(len(starts), dtype=object)
    found[:] = list(zip(origins[starts].tolist(), strict=True))
    ends = np.append(starts[1:], len(origins))
    for at in np.flatnonzero(ends - starts > 1).tolist():
        found[at] = tuple(sorted(origins[starts[at] : ends[at]].tolist()))
    return found


def _ask_for_numbers(
    standing: RowSet,
    cases: RowSet,
    sizes: Ints,
    faults: Faults,
    names: Names,
) -> None:
    """Warn (C004) where several rows without 案号 were taken for one case."""
    several = np.flatnonzero((sizes > 1) & (standing["case_no"][cases["first"]] == ""))
    told = cases.take(several)
    for at, (unit, person) in enumerate(names(told)):
        origins = told["origins"][at]
        day = Verbatim(np.datetime64(told["day"][at], "D"))
        faults.add("C004", origins[0], "案号", 单位=unit, 姓名=person, 日期=day, 行数=len(origins))


def _name_both_places(several: RowSet, faults: Faults, names: Names) -> None:
    """Warn (C016) where the rows of one case stand in two files, once for each file after the first."""
    for origins, (unit, person) in zip(several["origins"].tolist(), names(several), strict=True):
        first, *others = faults.one_a_file(origins)
        for origin in others:
            there = Verbatim(str(faults.where(first, "案号")))
            faults.add("C016", origin, "案号", 单位=unit, 姓名=person, 另一处=there)
