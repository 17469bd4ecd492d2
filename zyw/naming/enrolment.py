"""Rows of a 名册 → units: one a name, with what the roster says of former names and of schools that are gone.

A school that was merged (并入单位, 并入日期) by the day of the run is no unit of its own: its names are former names of
the school that took it in, right up to that day. 更名日期 is the first day of the present name: former ones end before.
Schools that are said to have gone into each other stay what they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from zyw.cells import key
from zyw.naming.formers import Former, names_in, parse_formers
from zyw.naming.units import Unit
from zyw.origins import Origins
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.rowset import RowSet


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the roster: the unit it is about, the one that took it in ("" when none did) and when."""

    unit: Unit
    into: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The units in roster order; `merged` are the rows of schools that are gone, with the unit that stands for them.

    `rows` are the first rows of all names.
    """

    units: tuple[Unit, ...]
    merged: tuple[tuple[Row, str], ...]
    rows: tuple[Row, ...]


def enrol(rows: RowSet, day: date | None = None) -> Enrolment:
    """Return the units of a 名册 as they are on `day` (None: as it has them now); the first row of a name stands."""
    first: dict[str, Row] = {}
    for values in rows.rows(*rows.columns):
        record = dict(zip(rows.columns, values, strict=True))
        name = str(record["单位名称"])
        if name and key(name) not in first:
            first[key(name)] = _row(name, record)
    gone = {name: heir for name, row in first.items() if (heir := _heir(name, first, day))}
    heirs: dict[str, list[Row]] = {}
    for name, heir in gone.items():
        heirs.setdefault(heir, []).append(first[name])
    units = tuple(_with(row.unit, heirs.get(name, [])) for name, row in first.items() if name not in gone)
    merged = tuple((first[name], first[heir].unit.name) for name, heir in gone.items())
    return Enrolment(units, merged, tuple(first.values()))


def _heir(name: str, rows: Mapping[str, Row], day: date | None) -> str:
    """Return the unit that stands for a school by `day`, through mergers of mergers; "" while it stands for itself."""
    seen = [name]
    while (row := rows[seen[-1]]).into and (row.on is None or day is None or row.on <= day):
        heir = key(row.into)
        if heir in seen:
            return ""
        if heir not in rows:
            break
        seen.append(heir)
    return seen[-1] if len(seen) > 1 else ""


def _with(unit: Unit, taken_in: list[Row]) -> Unit:
    """Return a unit with the names of the schools it took in as former ones."""
    formers = [
        Former(name, row.on, None, merged=True)
        for row in taken_in
        for name in (row.unit.name, row.unit.code, *row.unit.short, *row.unit.former)
        if name
    ]
    if not formers:
        return unit
    names = tuple(former.name for former in formers)
    return replace(unit, former=(*unit.former, *names), formers=(*unit.formers, *formers))


def _row(name: str, record: Mapping[str, Any]) -> Row:
    def text(field: str) -> str:
        return str(record.get(field) or "")

    staff = record.get("在职人数")
    renamed = _day(record.get("更名日期"))
    formers = tuple(_ended(former, renamed) for former in parse_formers(text("曾用名")))
    unit = Unit(
        name=name,
        kind=text("学段"),
        code=text("代码"),
        short=names_in(text("简称")),
        former=tuple(former.name for former in formers),
        formers=formers,
        staff=None if staff is None else int(str(staff).partition(".")[0]),
        head=text("主要负责人"),
        linked_leader=text("联系领导"),
        linked_office=text("包保股室"),
        parent=text("主管单位"),
        origin=int(record["origin"]),
    )
    into = text("并入单位")
    return Row(unit, "" if key(into) == key(name) else into, _day(record.get("并入日期")))


def _ended(former: Former, renamed: date | None) -> Former:
    plain = former.until is None and former.since is None
    return replace(former, until=renamed - timedelta(days=1)) if renamed and plain else former


def _day(value: Any) -> date | None:
    return value.date() if value is not None else None


def roster_doubts(rows: RowSet, found: Enrolment, origins: Origins) -> Iterator[Problem]:
    """Tell of names on two rows (the first stands), rows without one, dates not read, and schools that are gone."""
    known = {row.unit.origin: row for row in found.rows}
    names = {key(row.unit.name) for row in found.rows}
    heirs = {row.unit.origin: heir for row, heir in found.merged}
    for origin, name in rows.rows("origin", "单位名称"):
        row = known.get(origin)
        if row is None:
            yield problem("U004" if name else "U002", _cell(origins, origin, "单位名称"), unit=name, name="单位名称")
            continue
        for former in row.unit.formers:
            if former.unread:
                yield problem("U023", _cell(origins, origin, "曾用名"), unit=former.name)
        if row.into and key(row.into) not in names:
            yield problem("U024", _cell(origins, origin, "并入单位"), unit=row.unit.name, into=row.into)
        if origin in heirs:
            when = Verbatim(f"{row.on} " if row.on else "")
            place, heir = _cell(origins, origin, "并入单位"), Verbatim(heirs[origin])
            yield problem("U025", place, unit=row.unit.name, into=heir, when=when)


def _cell(origins: Origins, origin: int, field: str) -> Place:
    at = origins.locate(origin, (field,))
    return Place(at.file, at.sheet, at.cells[0] if at.cells else str(at.row))
