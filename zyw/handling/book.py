"""A docket as a workbook and as csv: print-ready sheets, warnings in word and colour, persons as the level allows."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from zyw.exchange.books import OUTPUT_MARK, Book, made_workbook
from zyw.handling.records import LEADER, PERSON, Docket, Matter
from zyw.handling.sections import Place, Section, headline, sections
from zyw.handling.tallying import NOBODY
from zyw.printed.celltext import csv_text
from zyw.printed.listing import Listing, Value, columns_of
from zyw.printed.styles import fitting_width
from zyw.privacy import Level, Masker, hide_names, mask_numbers

TITLE: Final = "督办清单"
_PAINT: Final = {"绿": "green", "蓝": "blue", "黄": "yellow", "橙": "orange", "红": "red"}


def docket_workbook(docket: Docket, place: Place, level: Level, missing: Sequence[str] = ()) -> bytes:
    """Return the docket as xlsx; `missing` inputs are named on every sheet."""
    shown = told_at(docket, level)
    lines = (headline(docket), *(f"缺：{file} 没有读到，这里没有它" for file in missing))
    listings = [_listing(each, lines) for each in sections(shown, place)]
    return made_workbook(Book(TITLE, OUTPUT_MARK, listings, shared=level is not Level.INTERNAL))


def docket_csv(docket: Docket, place: Place, level: Level) -> bytes:
    """Return every list under one header as csv (UTF-8 with a mark, for Excel); texts never become formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    lists = [each for each in sections(told_at(docket, level), place) if each.alert >= 0]
    heads = lists[0].labels if lists else ("单位",)
    writer.writerow(("清单", *heads))
    for each in lists:
        writer.writerows((each.name, *(_safe(cell) for cell in row)) for row in each.rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    text = mask_numbers(text)
    return text if text.removeprefix("-").isdecimal() else csv_text(text)


def told_at(docket: Docket, level: Level) -> Docket:
    """Return the docket as `level` may see it: at 通报 persons masked and no free text, at 公示 no person at all."""
    if level is Level.INTERNAL:
        return docket
    people = [(each.unit, name) for each in _all(docket) for name in (each.owner.person, each.owner.leader) if name]
    masker = Masker.of(level, people)
    names = frozenset(name for _, name in people)

    def told(matter: Matter) -> Matter:
        owner = replace(
            matter.owner,
            person=masker(matter.unit, matter.owner.person),
            leader=masker(matter.unit, matter.owner.leader),
        )
        return replace(matter, owner=owner, text="", state="", remark=hide_names(matter.remark, names, level))

    def each(found: tuple[Matter, ...]) -> tuple[Matter, ...]:
        return tuple(map(told, found))

    tallies = tuple(one for one in docket.tallies if one.kind not in (LEADER, PERSON) or one.name == NOBODY)
    return replace(
        docket, tallies=tallies, appeals=(), moves=(), due_soon=each(docket.due_soon), overdue=each(docket.overdue),
        closable=each(docket.closable), lacking=each(docket.lacking), wrongly_closed=each(docket.wrongly_closed),
        reopened=each(docket.reopened), recurring=each(docket.recurring), extended=each(docket.extended),
    )  # fmt: skip


def _all(docket: Docket) -> tuple[Matter, ...]:
    return (*docket.overdue, *docket.due_soon, *docket.closable, *docket.lacking, *docket.wrongly_closed,
            *docket.reopened, *docket.recurring, *docket.extended)  # fmt: skip


def _listing(section: Section, lines: Sequence[str]) -> Listing:
    """Return one sheet; a column that no row fills is left out."""
    kept = [i for i in range(len(section.heads)) if i == 0 or any(row[i] for row in section.rows)]
    widths, values = _widths(section), [_values(section, at) for at in range(len(section.rows))]
    columns = columns_of([widths[i] for i in kept], [[row[i] for i in kept] for row in values])
    notes = tuple(Value(text, "line") for text in (*lines, section.note))
    return Listing(section.name, f"{TITLE}　{section.name}", notes, columns, frozen=1)


def _widths(section: Section) -> list[tuple[str, float]]:
    texts = [[row[i] for row in section.rows] for i in range(len(section.heads))]
    return [(label, fitting_width(texts[i], *bounds)) for i, (label, bounds) in enumerate(section.heads)]


def _values(section: Section, at: int) -> list[Value]:
    values = []
    for i, text in enumerate(map(mask_numbers, section.rows[at])):
        style = "centre" if section.heads[i][1][1] <= 12 else "text"
        if i == section.alert and section.colours[at]:
            style = f"strong+{_PAINT[section.colours[at]]}"
        number = int(text) if text.removeprefix("-").isdecimal() and i and section.heads[i][0] != "编号" else None
        values.append(Value(number if number is not None else text or None, style))
    return values
