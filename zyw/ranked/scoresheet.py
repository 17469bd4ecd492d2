"""The sheet 得分: one line a unit with its score, for results that were not ranked (`zyw score -o`)."""

from typing import Final

from zyw.points import to_decimal
from zyw.printed.listing import Listing, Value, columns_of
from zyw.printed.styles import fitting_width
from zyw.ranked.book import RankedBook
from zyw.ranked.details import JOURNAL_SHEET
from zyw.ranked.legend import chinese_day, chinese_period, issued_as
from zyw.ranked.placings import decimals, missing_notes, points_width

SCORE_SHEET: Final = "得分"
LABELS: Final = ("序号", "单位", "学段", "基础分", "加减分", "得分", "后果", "未计入行数")
_FIELDS: Final = ("unit", "kind", "base", "score", "consequences", "rows_not_used")


def score_listing(book: RankedBook) -> Listing:
    """Return 得分, units in the order of the scores; 序号 is the 单位序号 of 得分明细."""
    rows = [
        (
            Value(number, "centre"),
            Value(unit),
            Value(kind or None, "centre"),
            Value(to_decimal(base), "points"),
            Value(to_decimal(score - base), "change"),
            Value(to_decimal(score), "score"),
            Value("；".join(effects) or None, "effect" if effects else "text"),
            Value(unused or None, "warn" if unused else "centre"),
        )
        for number, (unit, kind, base, score, effects, unused) in enumerate(book.scores.unit_rows.rows(*_FIELDS), 1)
    ]
    units = book.scores.unit_rows
    points = points_width((*units["base"].tolist(), *units["score"].tolist()), decimals(book))
    effects = fitting_width(("；".join(texts) for texts in units["consequences"]), 8, 26)
    heads = tuple(zip(LABELS, (5.0, 24.0, 14.0, points, points, points, effects, 8.0), strict=True))
    footnote = f"注：得分＝基础分＋加减分，逐笔见“{JOURNAL_SHEET}”。没有排名：排名用 zyw rank。"
    title = book.heading.replace("排名表", "表")
    return Listing(SCORE_SHEET, title, _notes(book), columns_of(heads, rows), (footnote,), frozen=2)


def _notes(book: RankedBook) -> tuple[Value, ...]:
    span = book.scores.span
    days = f"考核期：{chinese_period(span.period)}　截至：{chinese_day(span.as_of)}　分值单位：分"
    return (Value(f"依据：{issued_as(book)}", "line"), Value(days, "line"), *missing_notes(book))
