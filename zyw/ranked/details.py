"""The sheets 得分明细 and 未计入: every point and consequence with its cell; what did not count, and why.

Who is named follows the level: 内部 whole names, 通报 姓某, 公示 no person, no file and no measure against a person.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zyw.points import to_decimal
from zyw.printed.listing import Column, Listing, Value
from zyw.printed.styles import fitting_width
from zyw.privacy import Level, Masker, hide_names
from zyw.ranked.book import RankedBook
from zyw.ranked.placings import decimals, missing_notes, points_width
from zyw.ranked.sources import locate_rows
from zyw.rowset import RowSet, distinct, objects
from zyw.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

JOURNAL_SHEET: Final = "得分明细"
OMITTED_SHEET: Final = "未计入"
KEY_COLUMN: Final = 0
POINTS_LABEL: Final = "分值"
SHEET_ROWS: Final = 1_048_576 - 10
"""Body rows that fit on a sheet below title, notes and header."""

_EPOCH: Final = np.datetime64("1899-12-30", "D")
_FIRST_SERIAL: Final = 61
"""1900-03-01: from here on Excel, LibreOffice and WPS agree on serials (Excel has a 1900-02-29)."""
_NO_DAY: Final = -(10**9)
_ENDLESS: Final = _NO_DAY - 1
_SEVERAL: Final = re.compile(r"[、，,；;/\s]+")
_NONE: Final = "（无）"


def journal_listing(book: RankedBook, numbers: Mapping[str, int], names: Masker, *, of: str = "排名") -> Listing:
    """Return 得分明细, by unit (as `numbers` has them) and day; its first column is the unit's 序号 in the sheet `of`.

    The scores' formulas add up 分值 by that number, never by the name: `A*` as a criterion means any name with A.
    """
    frame = _in_order(book.scores.journal_rows, numbers)
    if book.level is Level.PUBLIC:
        frame = frame.take((frame["consequence"] == "") | (frame["person"] == ""))
    left = _columns(frame, _keys(frame, numbers), decimals(book))
    columns = (*left[:2], *_person(frame, names), *left[2:], *_source_columns(book, frame))
    summing = "得分公式按它求和" if of == "排名" else "按它求和"
    notes = (
        *missing_notes(book),
        _how(book, f"每行一笔：分值之和加基础分等于得分；“单位序号”即“{of}”表的序号，{summing}。"),
    )
    return Listing(JOURNAL_SHEET, JOURNAL_SHEET, notes, _padded(columns, 1), frozen=2)


def omitted_listing(book: RankedBook, names: Masker, *, guided: bool = True) -> Listing:
    """Return 未计入: rows that gave no points, with the reason; for 公示 only how many a unit has.

    `guided` says that the workbook has a sheet 说明 to refer to.
    """
    frame = book.scores.left_out_rows
    if book.level is Level.PUBLIC:
        return _omitted_counts(book, frame)
    reasons = _without_names(frame, names)
    columns = (
        _fitted("单位", (12, 20), frame["unit"], _text),
        *_person(frame, names),
        _fitted("规则", (10, 18), frame["rule"], _text),
        _fitted("依据（条款）", (12, 18), frame["clause"], _text),
        _fitted("原因", (20, 40), reasons, _text),
        *_source_columns(book, frame),
    )
    notes = (
        *missing_notes(book),
        _how(book, "下列各行没有扣分或加分。" + ("认为应当计入或不应当计入的，按“说明”提出。" if guided else "")),
    )
    return Listing(OMITTED_SHEET, OMITTED_SHEET, notes, _padded(columns, 0), frozen=1)


def _in_order(journal: RowSet, numbers: Mapping[str, int]) -> RowSet:
    days = journal["date"].astype("datetime64[D]").astype(np.int64)
    return journal.take(np.lexsort((days, _keys(journal, numbers))))


def _keys(frame: RowSet, numbers: Mapping[str, int]) -> "NDArray[np.int64]":
    units = frame.coded("unit")
    return units.mapped((numbers.get(unit, 0) for unit in units.texts), np.int64)


def _columns(frame: RowSet, keys: "NDArray[np.int64]", places: int) -> tuple[Column, ...]:
    """Return 单位序号, 单位, then what stands right of 姓名, up to 影响期止."""
    width = points_width(np.unique(frame["points"]).tolist(), places)
    ends = _days(frame["end"])
    ends[(ends == _NO_DAY) & ~np.isnat(frame["start"])] = _ENDLESS
    return (
        _coded("单位序号", 5.5, keys, lambda key: Value(int(key), "centre")),
        _fitted("单位", (12, 20), frame["unit"], _text),
        _coded("日期", 11, _days(frame["date"]), _day),
        _fitted("规则", (10, 18), frame["rule"], _text),
        _fitted("依据（条款）", (12, 18), frame["clause"], _text),
        _coded("次数", 5.5, frame["quantity"], lambda micro: Value(to_decimal(micro), "count")),
        _coded(POINTS_LABEL, width, frame["points"], lambda micro: Value(to_decimal(micro), "change")),
        _fitted("后果", (8, 15), frame["consequence"], _effect),
        _coded("影响期起", 11, _days(frame["start"]), _day),
        _coded("影响期止", 11, ends, _day),
    )


def _source_columns(book: RankedBook, frame: RowSet) -> tuple[Column, ...]:
    if book.level is Level.PUBLIC:
        return ()
    scores = book.scores
    fields = [scores.fields.get(rule, ()) for rule in frame["rule"].tolist()]
    found = locate_rows(book.origins, frame["origins"].tolist(), fields)
    mask = _name_mask(book)
    return (
        _fitted("文件", (10, 20), found.files, lambda name: _text(mask(name))),
        _fitted("工作表", (7, 10), found.sheets, lambda name: _text(mask(name))),
        _fitted("行", (6, 10), found.rows, lambda row: Value(row if row != "" else None, "centre")),
        _fitted("单元格", (8, 16), found.cells, _text),
    )


def masker(book: RankedBook) -> Masker:
    """Return how this book names persons: each with the unit, so that two 张某 of one are 张某甲 and 张某乙."""
    if book.level is not Level.NOTICE:
        return Masker(book.level)
    told = (book.scores.journal_rows, book.scores.left_out_rows)
    people = [pair for frame in told for pair in _people(frame)[1]]
    return Masker.of(book.level, [pair for pair in people if pair[1]])


def _people(frame: RowSet) -> "tuple[NDArray[np.int64], list[tuple[str, str]]]":
    """Return the distinct (unit, person) of a frame in the order they occur, and for each row which it is."""
    units, persons = frame.coded("unit"), frame.coded("person")
    width = len(persons.texts) + 1
    codes, pairs = distinct(units.codes * width + persons.codes)
    return codes, [(units.texts[pair // width], persons.texts[pair % width]) for pair in pairs.tolist()]


def _person(frame: RowSet, masker: Masker) -> tuple[Column, ...]:
    if masker.level is Level.PUBLIC:
        return ()
    codes, people = _people(frame)
    shown = (Value(masker(unit, person) if person else None, "centre") for unit, person in people)
    return (Column("姓名", 8, tuple(shown), codes),)


def _pairs(frame: RowSet) -> "zip[tuple[str, str]]":
    return zip(frame["unit"].tolist(), frame["person"].tolist(), strict=True)


def _without_names(frame: RowSet, masker: Masker) -> "list[str]":
    if masker.level is Level.INTERNAL:
        return [*frame["reason"].tolist()]
    return [
        reason.replace(name, masker(unit, name)) if len(name) > 1 and name in reason else reason
        for reason, (unit, name) in zip(frame["reason"].tolist(), _pairs(frame), strict=True)
    ]


def _name_mask(book: RankedBook) -> Callable[[str], str]:
    """Return what hides the names of this run's persons in the name of a file or sheet."""
    if book.level is Level.INTERNAL:
        return lambda text: text
    persons = persons_of(book.scores)
    return lambda text: hide_names(text, persons, book.level)


def persons_of(scores: Scores) -> set[str]:
    """Return the names of all persons of a run; a field that names several is taken apart."""
    fields = {*scores.journal_rows.coded("person").texts, *scores.left_out_rows.coded("person").texts}
    several = {field for field in fields if not field.isalnum()}
    return (fields - several) | {name for field in several for name in _SEVERAL.split(field) if name}


def _omitted_counts(book: RankedBook, frame: RowSet) -> Listing:
    units, counts = np.unique(frame["unit"].astype(str), return_counts=True)
    columns = (
        _coded("单位", 30, units.astype(object), _text),
        _coded("未计入行数", 14, counts, lambda count: Value(int(count), "count")),
    )
    notes = (
        *missing_notes(book),
        Value("未计入的具体情况涉及个人，公示版不列；本单位可向制表单位查询。", "line"),
    )
    return Listing(OMITTED_SHEET, OMITTED_SHEET, notes, _padded(columns, 0), frozen=1)


def _how(book: RankedBook, text: str) -> Value:
    if book.level is Level.PUBLIC:
        return Value("每行一笔，不列个人；分值之和加基础分等于得分。", "line")
    names = "，姓名按通报要求隐去" if book.level is Level.NOTICE else ""
    return Value(f"{text}“文件、工作表、行、单元格”是原始台账中的位置{names}。", "line")


def _padded(columns: Sequence[Column], label: int) -> tuple[Column, ...]:
    """Return the columns within a sheet's rows; an empty table gets one row that says so in column `label`."""
    if len(columns[0].codes) > SHEET_ROWS:
        return tuple(Column(c.label, c.width, c.values, c.codes[:SHEET_ROWS]) for c in columns)
    if len(columns[0].codes):
        return tuple(columns)
    blank = np.zeros(1, dtype=np.int64)
    return tuple(
        Column(c.label, c.width, (Value(_NONE if i == label else None, "centre"),), blank)
        for i, c in enumerate(columns)
    )


def _coded(label: str, width: float, values: Any, make: Callable[[Any], Value]) -> Column:
    codes, found = distinct(values if isinstance(values, np.ndarray) else objects(values))
    return Column(label, width, tuple(map(make, found.tolist())), codes)


def _fitted(label: str, bounds: tuple[float, float], values: Any, make: Callable[[Any], Value]) -> Column:
    column = _coded(label, 0, values, make)
    longest = max((value.content for value in column.values if isinstance(value.content, str)), key=len, default="")
    return replace(column, width=fitting_width([longest], *bounds))


def _effect(text: str) -> Value:
    return Value(text, "measure") if text else Value(None)


def _text(text: str) -> Value:
    return Value(text or None, "text")


def _days(dates: "NDArray[np.datetime64]") -> "NDArray[np.int64]":
    """Return Excel serials of days, `_NO_DAY` where there is none."""
    days: NDArray[np.int64] = (dates.astype("datetime64[D]") - _EPOCH).astype(np.int64)
    days[np.isnat(dates)] = _NO_DAY
    return days


def _day(serial: int) -> Value:
    if serial == _NO_DAY:
        return Value(None, "date")
    if serial == _ENDLESS:
        return Value("无期限", "centre")
    if serial < _FIRST_SERIAL:
        return Value(str(_EPOCH + np.timedelta64(serial, "D")), "centre")
    return Value(serial, "date")
