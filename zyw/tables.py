"""Scores, places and journal as a styled workbook ready for print, and the ranked table as csv.

Sheets: 排名, 得分明细 and 未计入, 规则 and 说明 (all in `zyw.ranked`). Scores and places are formulas that carry their
values, so that a recalculation and a reader without a formula engine agree.
The same input gives the same bytes.
"""

import csv
from collections.abc import Mapping
from datetime import datetime, time
from io import BytesIO, StringIO
from typing import Final

from xlsxwriter import Workbook

from zyw.points import to_text
from zyw.printed.celltext import csv_text
from zyw.printed.listing import Listing, write_frame, write_listing
from zyw.printed.splice import splice, write_samples
from zyw.printed.styles import Styles
from zyw.privacy import Level
from zyw.ranked.book import RankedBook
from zyw.ranked.details import SHEET_ROWS, journal_listing, masker, omitted_listing
from zyw.ranked.legend import guide_listing, rules_listing
from zyw.ranked.placings import UNRANKED, Placing, decimals, no_unit, places_follow_scores, placings
from zyw.ranked.ranksheet import RANKING_SHEET, RATE_LABEL, ranking_listing
from zyw.ranked.scoresheet import LABELS, SCORE_SHEET, score_listing

__all__ = ["RankedBook", "ranked_csv", "ranked_workbook", "scored_csv", "scored_workbook"]

OUTPUT_MARK: Final = "zyw-output"
"""Custom property of every workbook that zyw must not read as input (design §4)."""
SPLICED_ROWS: Final = 200
"""From so many rows on a sheet is spliced: 300 units with their formulas 0.02 s, cell by cell 0.15 s."""


def ranked_workbook(book: RankedBook) -> bytes:
    """Return the ranked workbook as xlsx bytes."""
    return _written(book, _listings(book))


def scored_workbook(book: RankedBook) -> bytes:
    """Return scores without places as xlsx bytes: 得分, 得分明细, 未计入, 规则."""
    numbers = {unit: number for number, (unit,) in enumerate(book.scores.unit_rows.rows("unit"), 1)}
    names = masker(book)
    journal = journal_listing(book, numbers, names, of=SCORE_SHEET)
    return _written(
        book, (score_listing(book), journal, omitted_listing(book, names, guided=False), rules_listing(book))
    )


def _written(book: RankedBook, listings: tuple[Listing, ...]) -> bytes:
    long = {i: listing for i, listing in enumerate(listings, start=1) if listing.length >= SPLICED_ROWS}
    if long:
        spliced = splice(_workbook(book, listings, long), long)
        if spliced is not None:
            return spliced
    return _workbook(book, listings, {})


def ranked_csv(book: RankedBook) -> bytes:
    """Return the ranked table as csv for Excel (UTF-8 with BOM); text like a formula gets a leading quote.

    What is not in it (inputs that could not be read, tables that nobody gave, rows of no unit) stands in a last column
    缺, which is there only then.
    """
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    rate = RATE_LABEL.replace("\n", "")
    labels = ("序号", "学段", "单位", "基础分", "加减分", "得分", "名次", "参评数", "后果", rate, "备注")
    homeless = (no_unit(book.scores.rows_of_no_unit),) if book.scores.rows_of_no_unit else ()
    absent = "、".join((*book.missing_inputs, *(f"没有收到{name}" for name in book.lacking), *homeless))
    missing = (csv_text(absent),) if absent else ()
    writer.writerow((*labels, "缺") if missing else labels)
    writer.writerows((*_csv_row(line), *missing) for line in placings(book))
    return target.getvalue().encode("utf-8-sig")


def scored_csv(book: RankedBook) -> bytes:
    """Return the scores as csv for Excel, under the labels of the sheet 得分."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(LABELS)
    names = ("unit", "kind", "base", "score", "consequences", "rows_not_used")
    for number, (unit, kind, base, score, effects, unused) in enumerate(book.scores.unit_rows.rows(*names), 1):
        points = (to_text(base), to_text(score - base), to_text(score))
        writer.writerow((number, csv_text(unit), csv_text(kind), *points, csv_text("；".join(effects)), unused))
    return target.getvalue().encode("utf-8-sig")


def _csv_row(line: Placing) -> tuple[str, ...]:
    group, unit, effects, remark = map(csv_text, (line.group, line.unit, "；".join(line.consequences), line.remark))
    ranked = line.standing.rank is not None
    place = (str(line.standing.rank), str(line.standing.of)) if ranked else (UNRANKED, "")
    points = (to_text(line.base), to_text(line.score - line.base), to_text(line.score))
    rate = "" if line.rate is None else f"{line.rate:f}"
    return (str(line.number), group, unit, *points, *place, effects, rate, remark)


def _listings(book: RankedBook) -> tuple[Listing, ...]:
    lines, names = placings(book), masker(book)
    journal = journal_listing(book, {line.unit: line.number for line in lines}, names)
    summed, followed = len(book.scores.journal_rows) < SHEET_ROWS, places_follow_scores(lines)
    return (
        ranking_listing(book, lines, journal if summed else None, followed),
        journal,
        omitted_listing(book, names),
        rules_listing(book),
        guide_listing(book, lines, summed and followed),
    )


def _workbook(book: RankedBook, listings: tuple[Listing, ...], skeletons: Mapping[int, Listing]) -> bytes:
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"title": book.heading, "created": datetime.combine(book.scores.span.as_of, time())})
        workbook.set_custom_property(OUTPUT_MARK, RANKING_SHEET)
        styles = Styles(workbook, decimals(book))
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
