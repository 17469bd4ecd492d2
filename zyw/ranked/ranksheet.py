"""The sheet 排名: one line a unit, with scores and places as formulas over 得分明细 that carry their values.

    加减分 = ROUND(SUMIFS(得分明细.分值, 得分明细.单位序号, 序号), 6)      得分 = ROUND(基础分 + 加减分, 6)
    名次   = COUNTIFS(组号, own 组号, 得分, ">" & own 得分) + 1          (1, 2, 2, 4)

Points have at most six decimals, so ROUND takes away nothing but the error of binary sums: −0.1 ten times is −1.
Units and 学段 are told apart by numbers, not names: in a criterion `A*`, `<5` or `~` would mean something else.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from zyw.points import to_decimal
from zyw.printed.listing import Formula, Listing, Value, columns_of
from zyw.printed.styles import fitting_width
from zyw.privacy import Level
from zyw.ranked.book import RankedBook
from zyw.ranked.details import JOURNAL_SHEET, KEY_COLUMN, POINTS_LABEL
from zyw.ranked.legend import chinese_day, chinese_period, issued_as
from zyw.ranked.placings import UNRANKED, Placing, decimals, missing_notes, points_width

RANKING_SHEET: Final = "排名"
RATE_LABEL: Final = "满意率\n（不计分）"
SIGNATURES: Final = "制表：　　　　　　　　审核：　　　　　　　　负责人：　　　　　　　　　　年　　月　　日"
_NUMBER, _BASE, _CHANGE, _SCORE = 0, 3, 4, 5


def ranking_listing(book: RankedBook, lines: tuple[Placing, ...], journal: Listing | None, followed: bool) -> Listing:
    """Return 排名. Scores are formulas when `journal` holds every row, places when they follow from scores alone."""
    heads = _heads(book, lines)
    notes = _notes(book)
    formulas = _formulas(first=2 + len(notes), count=len(lines), key=len(heads), journal=journal, followed=followed)
    sizes = Counter(line.team for line in lines)
    rows = [_row(book, formulas, i, lines, sizes[line.team]) for i, line in enumerate(lines)]
    columns = columns_of([*heads, ("组号", 7.0)], rows)
    return Listing(RANKING_SHEET, book.heading, notes, columns, _footnotes(book), printed=len(heads), frozen=3)


def _heads(book: RankedBook, lines: tuple[Placing, ...]) -> list[tuple[str, float]]:
    points = points_width((value for line in lines for value in (line.base, line.score)), decimals(book))
    effects = fitting_width((_effects(line) for line in lines), 8, 26)
    groups = fitting_width((line.group for line in lines), 8, 14)
    heads = [
        ("序号", 5.0), ("学段", groups), ("单位", 24.0), ("基础分", points), ("加减分", points), ("得分", points),
        ("名次", 7.0), ("参评数", 7.0), ("后果", effects),
    ]  # fmt: skip
    if book.rates:
        heads.append((RATE_LABEL, 11.0))
    return [*heads, ("备注", fitting_width((line.remark for line in lines), 8, 24))]


def _notes(book: RankedBook) -> tuple[Value, ...]:
    span = book.scores.span
    reporting = f"　报告期：{chinese_period(span.reporting)}" if span.reporting else ""
    days = f"考核期：{chinese_period(span.period)}{reporting}　截至：{chinese_day(span.as_of)}　分值单位：分"
    notes = [Value(f"依据：{issued_as(book)}", "line"), Value(days, "line")]
    return (*notes, *missing_notes(book))


def _footnotes(book: RankedBook) -> tuple[str, ...]:
    notes = [
        "得分＝基础分＋加减分，逐笔见“得分明细”；名次在本学段内排列，同分并列。",
        "不排名的单位列在最后，不表示优劣。对得分有异议的，按“说明”提出。",
    ]
    if book.rates:
        notes.append("满意率来自测评，只供参考，不计分。")
    if book.scores.notes:
        notes.append(f"方案未写明、由制表单位选定读法的有 {len(book.scores.notes)} 处，见“说明”。")
    numbered = (f"{'注：' if i == 1 else '　　'}{i}. {note}" for i, note in enumerate(notes, start=1))
    return tuple(numbered) if book.level is Level.PUBLIC else (*numbered, SIGNATURES)


@dataclass(frozen=True, slots=True)
class _Formulas:
    """The formulas of 排名; `first` is the first unit's row, counted from 0, `key` the column of 组号.

    `points` and `owners` are 分值 and 单位序号 in 得分明细, "" when that sheet could not hold every row.
    """

    first: int
    key: int
    teams: str
    scores: str
    points: str
    owners: str
    followed: bool

    @property
    def live(self) -> bool:
        return bool(self.points)

    def change(self, row: int) -> str:
        return f"=ROUND(SUMIFS({self.points},{self.owners},{self._own(row, _NUMBER)}),6)"

    def score(self, row: int) -> str:
        return f"=ROUND({self._own(row, _BASE)}+{self._own(row, _CHANGE)},6)"

    def place(self, row: int) -> str:
        return f'=COUNTIFS({self.teams},{self._own(row, self.key)},{self.scores},">"&{self._own(row, _SCORE)})+1'

    def size(self, row: int) -> str:
        return f"=COUNTIF({self.teams},{self._own(row, self.key)})"

    def _own(self, row: int, column: int) -> str:
        return str(xl_rowcol_to_cell(self.first + row, column, col_abs=True))


def _formulas(first: int, count: int, key: int, journal: Listing | None, followed: bool) -> _Formulas:
    last = first + max(count, 1) - 1
    teams, scores = (xl_range_abs(first, column, last, column) for column in (key, _SCORE))
    if journal is None:
        return _Formulas(first, key, teams, scores, "", "", followed)
    labels = [column.label for column in journal.columns]
    points, owners = (
        f"{JOURNAL_SHEET}!{xl_range_abs(journal.body, column, journal.last, column)}"
        for column in (labels.index(POINTS_LABEL), KEY_COLUMN)
    )
    return _Formulas(first, key, teams, scores, points, owners, followed)


def _row(book: RankedBook, formulas: _Formulas, i: int, lines: tuple[Placing, ...], size: int) -> tuple[Value, ...]:
    """Return the values of line `i`, whose 学段 has `size` lines."""
    line = lines[i]
    change, score = to_decimal(line.score - line.base), to_decimal(line.score)
    effects = _effects(line)
    values = [
        Value(line.number, "centre"),
        Value(line.group, "centre"),
        Value(line.unit),
        Value(to_decimal(line.base), "points"),
        Value(Formula(formulas.change(i), change) if formulas.live else change, "change"),
        Value(Formula(formulas.score(i), score) if formulas.live else score, "score" if line.team else "openscore"),
        *_places(formulas, i, line, size),
        Value(effects or None, "effect" if effects else "text"),
    ]
    if book.rates:
        values.append(Value(line.rate if line.rate is not None else "—", "rate"))
    doubtful = line.rows_not_used or not line.team
    values += [Value(line.remark or None, "warn" if doubtful else "text"), Value(line.team, "muted")]
    rule = _rule(i, lines)
    return tuple(Value(value.content, value.style + rule) for value in values)


def _places(formulas: _Formulas, i: int, line: Placing, size: int) -> tuple[Value, Value]:
    rank, of = line.standing.rank, line.standing.of
    if rank is None:
        return Value(UNRANKED, "muted"), Value("—", "muted")
    place = Formula(formulas.place(i), rank) if formulas.followed else rank
    return Value(place, "strong"), Value(Formula(formulas.size(i), of) if of == size else of, "centre")


def _rule(i: int, lines: tuple[Placing, ...]) -> str:
    """Return the modifiers that part one 学段 from the next by a heavier rule."""
    top = "+top" if i and lines[i - 1].team != lines[i].team else ""
    last = "+last" if i + 1 < len(lines) and lines[i + 1].team != lines[i].team else ""
    return top + last


def _effects(line: Placing) -> str:
    return "；".join(line.consequences)
