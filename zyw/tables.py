"""Scores, places and journal as a styled workbook ready for print, and the ranked table as csv.

Sheets: 排名, 得分明细, 未计入, 规则, 说明. Scores and places in 排名 are formulas over 得分明细 and carry their values,
so that a recalculation and a reader without a formula engine agree:

    加减分 = ROUND(SUMIFS(得分明细.分值, 得分明细.单位序号, 序号), 6)      得分 = ROUND(基础分 + 加减分, 6)
    名次   = COUNTIFS(组号, own 组号, 得分, ">" & own 得分) + 1          (1, 2, 2, 4)

Points have at most six decimals, so ROUND takes away nothing but the error of binary sums: −0.1 ten times is −1.
The same input gives the same bytes.
"""

import csv
from collections.abc import Mapping
from datetime import datetime, time
from io import BytesIO, StringIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from zyw.celltext import csv_text
from zyw.details import JOURNAL_SHEET, KEY_COLUMN, POINTS_LABEL, SHEET_ROWS, journal_listing, masker, omitted_listing
from zyw.legend import chinese_day, chinese_period, guide_listing, issued_as, rules_listing
from zyw.listing import Formula, Listing, Value, columns_of, write_frame, write_listing
from zyw.placings import UNRANKED, Placing, decimals, places_follow_scores, placings
from zyw.points import to_decimal, to_text
from zyw.privacy import Level
from zyw.rankedbook import RankedBook
from zyw.splice import splice, write_samples
from zyw.styles import Styles

__all__ = ["RankedBook", "ranked_csv", "ranked_workbook"]

RANKING_SHEET: Final = "排名"
OUTPUT_MARK: Final = "zyw-output"
"""Custom property of every workbook that zyw must not read as input (design §4)."""
SPLICED_ROWS: Final = 1500
"""From so many rows on a sheet is spliced: below, writing cell by cell is as quick."""
FOOTNOTE: Final = (
    "注：得分＝基础分＋加减分，逐笔见“得分明细”；名次在本学段内排列，同分并列；"
    "不排名的单位列在最后，不表示优劣。对得分有异议的，按“说明”提出。"
)
SIGNATURES: Final = "制表：　　　　　　　　审核：　　　　　　　　负责人：　　　　　　　　　　年　　月　　日"
RATE_LABEL: Final = "满意率\n（不计分）"


def ranked_workbook(book: RankedBook) -> bytes:
    """Return the ranked workbook as xlsx bytes."""
    lines = placings(book)
    decimal_places = decimals(lines)
    listings = _listings(book, lines)
    long = {i: listing for i, listing in enumerate(listings, start=1) if listing.length >= SPLICED_ROWS}
    if long:
        spliced = splice(_workbook(book, listings, decimal_places, long), long)
        if spliced is not None:
            return spliced
    return _workbook(book, listings, decimal_places, {})


def ranked_csv(book: RankedBook) -> bytes:
    """Return the ranked table as csv for Excel (UTF-8 with BOM); text like a formula gets a leading quote."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    labels = (
        "序号",
        "学段",
        "单位",
        "基础分",
        "加减分",
        "得分",
        "名次",
        "参评数",
        "后果",
        RATE_LABEL.replace("\n", ""),
        "备注",
    )
    writer.writerow(labels)
    for line in placings(book):
        ranked = line.standing.rank is not None
        texts = [csv_text(text) for text in (line.group, line.unit, "；".join(line.consequences), line.remark)]
        points = [to_text(line.base), to_text(line.score - line.base), to_text(line.score)]
        place = [str(line.standing.rank), str(line.standing.of)] if ranked else [UNRANKED, ""]
        rate = "" if line.rate is None else f"{line.rate:f}"
        writer.writerow([str(line.number), *texts[:2], *points, *place, texts[2], rate, texts[3]])
    return target.getvalue().encode("utf-8-sig")


def _listings(book: RankedBook, lines: tuple[Placing, ...]) -> tuple[Listing, ...]:
    names = masker(book)
    journal = journal_listing(book, {line.unit: line.number for line in lines}, names)
    summed = journal.last < SHEET_ROWS - 1 and len(book.scores.journal) <= max(journal.length, 1)
    followed = places_follow_scores(lines)
    ranking = _ranking(book, lines, journal if summed else None, followed)
    return (
        ranking,
        journal,
        omitted_listing(book, names),
        rules_listing(book),
        guide_listing(book, lines, summed and followed),
    )


def _workbook(book: RankedBook, listings: tuple[Listing, ...], places: int, skeletons: Mapping[int, Listing]) -> bytes:
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"title": book.title, "created": datetime.combine(book.scores.span.as_of, time())})
        workbook.set_custom_property(OUTPUT_MARK, RANKING_SHEET)
        styles = Styles(workbook, places)
        for position, listing in enumerate(listings, start=1):
            sheet = workbook.add_worksheet(listing.name)
            if position in skeletons:
                write_frame(sheet, listing, styles)
                write_samples(sheet, listing, styles)
            else:
                write_listing(sheet, listing, styles)
            if book.level is Level.INTERNAL:
                sheet.set_header('&R&"宋体"&9内部资料　注意保管')
    return target.getvalue()


def _ranking(book: RankedBook, lines: tuple[Placing, ...], journal: Listing | None, followed: bool) -> Listing:
    heads = [
        ("序号", 6.0), ("学段", 9.0), ("单位", 24.0), ("基础分", 9.0), ("加减分", 9.0), ("得分", 9.0), ("名次", 7.0),
        ("参评数", 7.0), ("后果", 26.0),
    ]  # fmt: skip
    if book.rates:
        heads.append((RATE_LABEL, 11.0))
    heads.append(("备注", 24.0))
    notes = _ranking_notes(book)
    sheet = _Sheet(first=2 + len(notes), count=len(lines), key=len(heads), journal=journal, followed=followed)
    rows = [_row(book, sheet, i, lines) for i in range(len(lines))]
    columns = columns_of([*heads, ("组号", 7.0)], rows)
    return Listing(RANKING_SHEET, book.title, notes, columns, _footnotes(book), printed=len(heads), frozen=3)


def _ranking_notes(book: RankedBook) -> tuple[Value, ...]:
    span = book.scores.span
    reporting = f"　报告期：{chinese_period(span.reporting)}" if span.reporting else ""
    notes = [
        Value(f"依据：{issued_as(book)}", "line"),
        Value(
            f"考核期：{chinese_period(span.period)}{reporting}　截至：{chinese_day(span.as_of)}　分值单位：分", "line"
        ),
    ]
    if book.missing_inputs:
        notes.append(Value(f"缺：{'、'.join(book.missing_inputs)}（未能读取，本表不含其中的数据）", "alarm"))
    return tuple(notes)


def _footnotes(book: RankedBook) -> tuple[str, ...]:
    notes = [FOOTNOTE]
    if book.rates:
        notes.append("满意率来自测评，只供参考，不计分。")
    if book.scores.notes:
        notes.append(f"方案未写明、由制表单位选定读法的有 {len(book.scores.notes)} 处，见“说明”。")
    return (*notes, SIGNATURES)


class _Sheet:
    """Where things stand in 排名 and 得分明细, and the formulas over them."""

    def __init__(self, first: int, count: int, key: int, journal: Listing | None, followed: bool) -> None:
        self.first, self.key, self.followed = first, key, followed
        last = first + max(count, 1) - 1
        self.teams = xl_range_abs(first, key, last, key)
        self.scores = xl_range_abs(first, 5, last, 5)
        self.journal = journal

    def change(self, row: int) -> str:
        """加减分: the unit's journal points added up by its 序号."""
        assert self.journal is not None
        points = next(j for j, column in enumerate(self.journal.columns) if column.label == POINTS_LABEL)
        summed, keys = (xl_range_abs(self.journal.body, j, self.journal.last, j) for j in (points, KEY_COLUMN))
        return f"=ROUND(SUMIFS({JOURNAL_SHEET}!{summed},{JOURNAL_SHEET}!{keys},{self._own(row, 0)}),6)"

    def score(self, row: int) -> str:
        """得分: 基础分 and 加减分."""
        return f"=ROUND({self._own(row, 3)}+{self._own(row, 4)},6)"

    def place(self, row: int) -> str:
        """名次: one more than the units of the 学段 with a higher score."""
        return f'=COUNTIFS({self.teams},{self._own(row, self.key)},{self.scores},">"&{self._own(row, 5)})+1'

    def size(self, row: int) -> str:
        """参评数: the units of the 学段 that are ranked."""
        return f"=COUNTIF({self.teams},{self._own(row, self.key)})"

    def _own(self, row: int, column: int) -> str:
        return str(xl_rowcol_to_cell(self.first + row, column, col_abs=True))


def _row(book: RankedBook, sheet: _Sheet, i: int, lines: tuple[Placing, ...]) -> tuple[Value, ...]:
    line = lines[i]
    rule = "+top" if i and lines[i - 1].team != line.team else ""
    rule += "+last" if i + 1 < len(lines) and lines[i + 1].team != line.team else ""
    change, score = to_decimal(line.score - line.base), to_decimal(line.score)
    live = sheet.journal is not None
    effects = "；".join(line.consequences)
    values = [
        Value(line.number, "centre"),
        Value(line.group, "centre"),
        Value(line.unit),
        Value(to_decimal(line.base), "points"),
        Value(Formula(sheet.change(i), change) if live else change, "change"),
        Value(Formula(sheet.score(i), score) if live else score, "score" if line.team else "openscore"),
        *_places(sheet, i, line, sum(other.team == line.team for other in lines)),
        Value(effects or None, "effect" if effects else "text"),
    ]
    if book.rates:
        values.append(Value(line.rate if line.rate is not None else "—", "rate"))
    doubtful = line.rows_not_used or not line.team
    values += [Value(line.remark or None, "warn" if doubtful else "text"), Value(line.team, "muted")]
    return tuple(Value(value.content, value.style + rule) for value in values)


def _places(sheet: _Sheet, i: int, line: Placing, size: int) -> tuple[Value, Value]:
    rank, of = line.standing.rank, line.standing.of
    if rank is None:
        return Value(UNRANKED, "muted"), Value("—", "muted")
    place = Formula(sheet.place(i), rank) if sheet.followed else rank
    return Value(place, "strong"), Value(Formula(sheet.size(i), of) if of == size else of, "centre")
