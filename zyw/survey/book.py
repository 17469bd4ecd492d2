"""A survey as a workbook: 测评结果, 分对象, 分题, 可疑答卷 (to be filled in and given back), 意见, 方法, 图."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from zyw.origins import Origins
from zyw.printed.listing import A4, Listing, Value, columns_of, write_listing
from zyw.printed.styles import Styles
from zyw.privacy import Level
from zyw.survey.document import percent, place_text, rounded, signed
from zyw.survey.method import method_lines
from zyw.survey.others import OtherLine
from zyw.survey.result import Line, QuestionLine, Result
from zyw.survey.themes import Theme
from zyw.survey.verdicts import HEADS as VERDICT_HEADS
from zyw.survey.words import DEGREES, UNKNOWN
from zyw.tables import OUTPUT_MARK

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE: Final = "测评结果"
SUSPECTS: Final = "可疑答卷"
HIDDEN: Final = "份数太少"
_UNIT_HEADS: Final = (
    ("序号", 6.0), ("学段", 10.0), ("单位", 24.0), ("发放", 7.0), ("回收", 7.0), ("有效", 7.0), ("回收率", 8.0),
    ("满意/作答", 12.0), ("满意率", 9.0), ("95%区间", 15.0), ("测评得分", 9.0), ("名次可在", 9.0), ("可疑", 6.0),
    ("除去可疑后满意率", 12.0), ("除去可疑后名次", 11.0), ("与上次相比", 18.0),
)  # fmt: skip
_GROUP_HEADS: Final = (
    ("单位", 24.0), ("对象", 9.0), ("有效", 7.0), ("回收率", 8.0), ("满意/作答", 12.0), ("满意率", 9.0),
    ("95%区间", 15.0), ("测评得分", 9.0),
)  # fmt: skip
_SUSPECT_HEADS: Final = (
    ("文件", 34.0), ("工作表", 12.0), ("行", 7.0), ("单位", 22.0), ("可疑之处", 34.0), ("处置", 9.0), ("决定人", 10.0),
    ("决定日期", 12.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SurveyBook:
    """All that the workbook shows."""

    result: Result
    origins: Origins
    others: tuple[OtherLine, ...] = ()
    themes: tuple[Theme, ...] = ()
    unthemed: int = 0
    missing: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    """Who left out how many sheets."""
    as_of: date = date(2000, 1, 1)
    level: Level = Level.INTERNAL


def survey_workbook(book: SurveyBook) -> bytes:
    """Return the workbook as xlsx bytes; the same result gives the same bytes.

    Outside 内部 no list of suspect sheets is written, and groups and questions of too few sheets are not shown.
    """
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"title": TITLE, "created": datetime.combine(book.as_of, time())})
        workbook.set_custom_property(OUTPUT_MARK, TITLE)
        styles = Styles(workbook, 0)
        for listing in _listings(book):
            sheet = workbook.add_worksheet(listing.name)
            write_listing(sheet, listing, styles)
            if listing.name == SUSPECTS:
                _offer_verdicts(sheet, listing)
        _chart(workbook, _totals(book))
    return target.getvalue()


def _listings(book: SurveyBook) -> Iterator[Listing]:
    result, shown = book.result, book.level is Level.INTERNAL
    notes = tuple(Value(f"缺：{file} 没有读到", "alarm") for file in book.missing)
    units = [_unit_row(i, line, book) for i, line in enumerate(_totals(book), start=1)]
    yield Listing(TITLE, TITLE, notes, columns_of(_UNIT_HEADS, units), frozen=3)
    groups = [_group_row(line, book) for line in result.lines if line.group is not None]
    if groups:
        yield Listing("分对象", "按测评对象", (), columns_of(_GROUP_HEADS, groups), frozen=2)
    yield _questions(book)
    if book.others:
        yield _others(book)
    if shown and result.suspects:
        yield _suspects(book)
    if book.themes:
        yield _themes(book)
    lines = [(Value(name), Value(text)) for name, text in method_lines(result, book.decisions)]
    yield Listing("方法", "这些数是怎么来的", (), columns_of((("项目", 20.0), ("说明", 78.0)), lines))


def _totals(book: SurveyBook) -> list[Line]:
    return [line for line in book.result.lines if line.group is None]


def _unit_row(number: int, line: Line, book: SurveyBook) -> tuple[Value, ...]:
    hidden = line.hidden and book.level is not Level.INTERNAL
    without = line.share_without.rate if line.share_without and line.flagged else None
    return (
        Value(number, "centre"),
        Value(line.kind, "centre"),
        Value(line.unit),
        Value(line.issued, "centre"),
        Value(line.returned if line.returned is not None else line.n, "centre"),
        Value(line.valid, "centre"),
        Value(percent(line.response) if line.response is not None else "", "centre"),
        *_rate_values(line, hidden=hidden),
        Value(None if hidden else rounded(line.score, book.result.rules.shown_places), "centre"),
        Value(place_text(line), "centre"),
        Value(line.flagged or None, "centre"),
        Value(percent(without) if without is not None and not hidden else "", "centre"),
        Value(_place_without(line) if book.result.suspects and not hidden else "", "centre"),
        Value(_change(line) if not hidden else "", "centre"),
    )


def _place_without(line: Line) -> str:
    """Return the place without the suspect sheets, with the place as it stands where that is another."""
    if line.place_without is None:
        return ""
    return str(line.place_without) + (f"（原 {line.place}）" if line.place_without != line.place else "")


def _rate_values(line: Line, *, hidden: bool) -> tuple[Value, ...]:
    if hidden:
        return (Value(HIDDEN, "muted"), Value("", "centre"), Value("", "centre"))
    low_high = f"{percent(line.interval.low)}–{percent(line.interval.high)}" if line.interval else "—"
    return (
        Value(f"{line.share.satisfied}/{line.share.knowing}", "centre"),
        Value(percent(line.rate), "centre"),
        Value(low_high, "centre"),
    )


def _change(line: Line) -> str:
    """Return the change against the last survey in percentage points, and whether chance alone may explain it."""
    if line.change is None:
        return ""
    low, high = (f"{value * 100:+.1f}" for value in (line.change.low, line.change.high))
    return f"{low}～{high} 个百分点" + ("（无显著变化）" if line.change.low <= 0 <= line.change.high else "")


def _group_row(line: Line, book: SurveyBook) -> tuple[Value, ...]:
    hidden = line.hidden and book.level is not Level.INTERNAL
    return (
        Value(line.unit),
        Value(line.group or "未说明", "centre"),
        Value(None if hidden else line.valid, "centre"),
        Value(percent(line.response) if line.response is not None and not hidden else "", "centre"),
        *_rate_values(line, hidden=hidden),
        Value(None if hidden else rounded(line.score, book.result.rules.shown_places), "centre"),
    )


def _questions(book: SurveyBook) -> Listing:
    """Return a row a question, over all units and then unit by unit, with how many chose each answer."""
    lines = book.result.questions
    known = [word for word in (*DEGREES, *UNKNOWN) if any(word in line.words for line in lines)]
    words = [*known, *sorted({word for line in lines for word in line.words} - set(known))]
    heads = (("单位", 24.0), ("题目", 40.0), *((word, 9.0) for word in words), ("满意率", 9.0), ("95%区间", 15.0))
    few = 0 if book.level is Level.INTERNAL else book.result.rules.few
    rows = [_question_row(line, words) for line in lines if line.unit is None or line.share.answered >= few]
    return Listing("分题", "各题结果", (), columns_of(heads, rows), frozen=2)


def _question_row(line: QuestionLine, words: Sequence[str]) -> tuple[Value, ...]:
    low_high = f"{percent(line.interval.low)}–{percent(line.interval.high)}" if line.interval else "—"
    return (
        Value(line.unit or "全部"),
        Value(line.question),
        *(Value(line.words.get(word, 0), "centre") for word in words),
        Value(percent(line.share.rate), "centre"),
        Value(low_high, "centre"),
    )


def _others(book: SurveyBook) -> Listing:
    heads = (
        ("题目", 40.0),
        ("类型", 8.0),
        ("作答", 8.0),
        ("各选项份数", 60.0),
        ("平均", 8.0),
        ("前两档", 9.0),
        ("净推荐值", 9.0),
    )
    rows = [
        (
            Value(line.question),
            Value(line.asked.value, "centre"),
            Value(line.n, "centre"),
            Value("，".join(f"{word} {number}" for word, number in line.words.items())),
            Value(rounded(line.mean, book.result.rules.shown_places), "centre"),
            Value(percent(line.top_two) if line.top_two is not None else "", "centre"),
            Value(signed(line.net) if line.net is not None else "", "centre"),
        )
        for line in book.others
    ]
    return Listing("其他题", "不是满意度的题", (), columns_of(heads, rows))


def _suspects(book: SurveyBook) -> Listing:
    rows = []
    for each in book.result.suspects:
        at = book.origins.locate(each.origin)
        signs = "、".join(sign.value for sign in each.signs)
        blank = (Value("", "centre"),) * 3
        rows.append((Value(at.file), Value(at.sheet), Value(at.row, "centre"), Value(each.unit), Value(signs), *blank))
    note = (
        "这些答卷照样计入了。看过原始答卷后，在“处置”写“剔除”或“采用”，写上决定人和日期，存好，"
        "下次运行加 --decisions 这个文件。"
    )
    assert [name for name, _ in _SUSPECT_HEADS if name in VERDICT_HEADS] == list(VERDICT_HEADS)
    return Listing(SUSPECTS, SUSPECTS, (Value(note, "line"),), columns_of(_SUSPECT_HEADS, rows), frozen=3)


def _offer_verdicts(sheet: "Worksheet", listing: Listing) -> None:
    sheet.data_validation(listing.body, 5, listing.last, 5, {"validate": "list", "source": ["剔除", "采用"]})


def _themes(book: SurveyBook) -> Listing:
    heads = (("主题", 16.0), ("提到的份数", 10.0), ("例子（不指向任何人）", 60.0))
    examples: Mapping[str, str] = {theme.name: "；".join(theme.examples) for theme in book.themes}
    rows = [(Value(t.name), Value(t.count, "centre"), Value(examples[t.name])) for t in book.themes]
    rows.append((Value("其他"), Value(book.unthemed, "centre"), Value("")))
    return Listing("意见", "意见和建议按主题计数", (), columns_of(heads, rows))


def _chart(workbook: Workbook, lines: Sequence[Line]) -> None:
    """Add a bar chart of the rates with their intervals, most satisfied first; units of too few sheets are left out."""
    shown = sorted((x for x in lines if x.interval and not x.hidden), key=lambda x: (-(x.rate or Fraction(0)), x.unit))
    if not shown:
        return
    sheet = workbook.add_worksheet("图")
    sheet.write_row(0, 0, ["单位", "满意率", "下差", "上差"])
    for i, line in enumerate(shown, start=1):
        assert line.interval is not None and line.rate is not None, "chosen above"
        rate = float(line.rate)  # a chart draws floats; the exact figure stands on the first sheet
        sheet.write_string(i, 0, line.unit)
        sheet.write_row(i, 1, [rate, rate - float(line.interval.low), float(line.interval.high) - rate])
    last = len(shown)
    font = {"name": "宋体", "size": 10}
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "满意率（横线为95%区间）",
            "categories": ["图", 1, 0, last, 0],
            "values": ["图", 1, 1, last, 1],
            "fill": {"color": "#9DB7D5"},
            "border": {"color": "#44546A"},
            "gap": 60,
            "x_error_bars": {
                "type": "custom",
                "plus_values": f"=图!$D$2:$D${last + 1}",
                "minus_values": f"=图!$C$2:$C${last + 1}",
            },
        }
    )
    chart.set_title({"name": "满意率（横线为95%区间）", "name_font": {"name": "黑体", "size": 14}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"min": 0, "max": 1, "num_format": "0%", "num_font": font, "major_gridlines": {"visible": True}})
    chart.set_y_axis({"reverse": True, "num_font": font})
    chart.set_size({"width": 760, "height": max(240, 60 + 26 * last)})
    sheet.insert_chart(0, 5, chart, {"description": "各单位满意率和95%区间"})
    sheet.set_column(0, 0, 24)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
