"""The sheets 规则 and 说明: by what rules the points came about, and how the workbook is read and objected to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from zyw.coverage import uses
from zyw.periods import Period
from zyw.printed.listing import Listing, Value, columns_of
from zyw.privacy import Level
from zyw.ranked.book import RankedBook
from zyw.ranked.placings import Placing
from zyw.scores import Note
from zyw.shown.schemes import frame

RULES_SHEET: Final = "规则"
GUIDE_SHEET: Final = "说明"

_READERS: Final = {
    Level.INTERNAL: "内部（姓名完整，仅限本单位工作使用，不得外传）",
    Level.NOTICE: "通报（姓名隐去，发至各单位）",
    Level.PUBLIC: "公示（只列单位，不列个人）",
}


def rules_listing(book: RankedBook) -> Listing:
    """Return 规则: each rule and measure with its clause, how often it was at work, and the reading of what is open."""
    scheme = book.scores.scheme
    rows = [("规则", rule.id, rule.clause, rule.summary()) for rule in scheme.rules]
    times = {each.rule: each.times for each in uses(book.scores)}
    rows += [(title, *each) for title, parts in frame(scheme) for each in parts]
    for i, measure in enumerate(scheme.measures, start=1):
        other = f"；又称{'、'.join(measure.aliases)}" if measure.aliases else ""
        track = f"；属{measure.track}" if measure.track else ""
        effects = f"；{'；'.join(map(str, measure.consequences))}" if measure.consequences else ""
        rows.append(("处理方式", measure.name, measure.clause, f"由轻到重第 {i} 种{track}{effects}{other}"))
    heads = (
        ("类别", 10.0), ("名称", 20.0), ("依据（条款）", 14.0), ("内容", 40.0), ("方案未定处的读法", 40.0),
        ("触发次数", 9.0),
    )  # fmt: skip
    notes = (Value(f"依据：{issued_as(book)}", "line"),)
    return Listing(RULES_SHEET, RULES_SHEET, notes, columns_of(heads, _with_readings(book, rows, times)), frozen=2)


def guide_listing(book: RankedBook, lines: tuple[Placing, ...], live: bool) -> Listing:
    """Return 说明. `live` says whether scores and places are formulas in this workbook."""
    rows = [(Value(name, "centre"), Value(text, style)) for name, text, style in _guide(book, lines, live)]
    return Listing(GUIDE_SHEET, GUIDE_SHEET, (), columns_of((("项目", 16.0), ("内容", 74.0)), rows), frozen=1)


def issued_as(book: RankedBook) -> str:
    """Return the scheme's name with issuer and date, 未载明 where the document does not say."""
    scheme = book.scores.scheme
    issued = chinese_day(scheme.issued) if scheme.issued else "发文日期未载明"
    return f"《{scheme.name}》（{scheme.issuer or '发文机关未载明'}，{issued}）"


def chinese_day(day: date) -> str:
    """Return `2012年4月2日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_period(period: Period) -> str:
    """Return the first and last day in words."""
    return f"{chinese_day(period.start)}至{chinese_day(period.end)}"


def _with_readings(
    book: RankedBook, rows: Sequence[tuple[str, str, str, str]], times: Mapping[str, int]
) -> Iterator[tuple[Value, ...]]:
    """Give each row the readings of its clause, once: later rows of the same clause point to the first.

    Rules say besides how often they were at work, 0 for one that never was.
    """
    seen: set[str] = set()
    for kind, name, clause, text in rows:
        readings = "\n".join(dict.fromkeys(_reading(note) for note in book.scores.notes if note.clause == clause))
        shown = f"同“{clause}”首行" if readings and clause in seen else readings
        seen.add(clause)
        fired = Value(times.get(name, 0) if kind == "规则" else None, "centre")
        yield Value(kind, "centre"), Value(name), Value(clause), Value(text), Value(shown or None), fired


def _guide(book: RankedBook, lines: tuple[Placing, ...], live: bool) -> Iterator[tuple[str, str, str]]:
    span, ranked = book.scores.span, sum(1 for line in lines if line.team)
    for name in book.missing_inputs:
        yield "缺", f"{name} 未能读取，本册各表不含其中的数据。", "warn"
    yield "标题", book.heading, "text"
    yield "方案", f"{issued_as(book)}，编号 {book.scores.scheme.id}", "text"
    yield "考核期", chinese_period(span.period), "text"
    if span.reporting:
        yield "报告期", chinese_period(span.reporting), "text"
    yield "截至日", f"{chinese_day(span.as_of)}（此日之后的事项不计）", "text"
    yield "单位", f"共 {len(lines)} 个，参加排名 {ranked} 个，不排名 {len(lines) - ranked} 个", "text"
    yield "范围", _READERS[book.level], "text"
    for note in book.scores.notes:
        yield "方案未定", f"{note.clause}：{_reading(note)}" if note.clause else _reading(note), "text"
    yield from _how_to_read(book, live)
    yield "怎样提出异议", (
        "写明单位、“得分明细”或“未计入”中的那一行（文件、工作表、单元格）和理由，附佐证材料，交制表单位；"
        "核实后改正台账、重新计算。异议的期限和受理人以制表单位的通知为准。"
    ), "text"  # fmt: skip
    yield "性质", "本册按台账和方案计算得出，供领导小组研究；后果一栏是按条款提出的建议，由有权单位决定。", "text"
    if book.version:
        yield "制表程序", f"zyw {book.version}", "text"


def _reading(note: Note) -> str:
    return note.text.removeprefix("方案未定").lstrip(":： ")


def _how_to_read(book: RankedBook, live: bool) -> Iterator[tuple[str, str, str]]:
    yield "怎样看得分", "得分＝基础分＋加减分；加减分是“得分明细”中本单位各笔分值之和。", "text"
    if live:
        yield (
            "公式",
            "加减分、得分、名次、参评数都是公式，改动“得分明细”的分值会随之改变；加总取六位小数，去掉二进制尾差。",
            "text",
        )
    else:
        yield (
            "公式",
            "名次或得分不能用简单公式表示（同分另有先后，或明细超过一张工作表的行数），写的是计算结果。",
            "warn",
        )
    yield (
        "怎样看名次",
        "在本学段内排名；得分相同名次并列，下一名次空出（1、2、2、4）。不排名的单位列在最后，不表示优劣。",
        "text",
    )
    yield "有 N 行未计入", "台账中有 N 行因单元格有误不能使用，改正后得分可能变化；用 zyw check 查看。", "text"
    if book.rates:
        yield "满意率", "满意率来自测评，只供参考，不计分。", "text"
