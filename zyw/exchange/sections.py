"""What two ledgers show when compared, as rows for people: each section is one sheet and one table of the console.

Two words name the sides: 甲方 and 乙方 for a reconciliation, 上月 and 本月 for two months.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from zyw.exchange.books import OUTPUT_MARK, Book, made_workbook, texts_column, told_listing
from zyw.exchange.cases import DAY, SUBJECT, case_text, unit_text
from zyw.exchange.comparing import Compared
from zyw.exchange.months import Change, Month
from zyw.exchange.pairing import Likely
from zyw.exchange.stack import Heading

Row: TypeAlias = tuple[str, ...]
Heads: TypeAlias = tuple[tuple[str, tuple[float, float]], ...]
STATE: Final = "状态"


@dataclass(frozen=True, slots=True)
class Sides:
    """The words for the two sides, and what was read for each."""

    one: str
    two: str
    input_one: str
    input_two: str
    unit: str = ""
    """The one unit whose rows alone were compared."""
    apart: tuple[str, ...] = ()
    """Tables that only one side keeps; they were not compared."""

    @property
    def note(self) -> str:
        """The line that says which side is which."""
        alone = f"只比“{self.unit}”的行。" if self.unit else ""
        apart = f"{'、'.join(self.apart)}只有一方有，没有比。" if self.apart else ""
        return f"{self.one}：{self.input_one}。{self.two}：{self.input_two}。{alone}{apart}"


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet: its name, what it lists, and its rows."""

    name: str
    note: str
    heads: Heads
    rows: tuple[Row, ...]


def sections_workbook(title: str, sections: Sequence[Section], sides: Sides) -> bytes:
    """Return the sections as a workbook that is ready for print; zyw does not read it as a ledger."""
    listings = []
    for each in sections:
        columns = [texts_column(label, at, [row[i] for row in each.rows]) for i, (label, at) in enumerate(each.heads)]
        listings.append(told_listing(each.name, f"{title}　{each.name}", (each.note, sides.note), columns))
    return made_workbook(Book(title, OUTPUT_MARK, listings, frozenset(each.name for each in sections)))


_TABLE: Final[Heads] = (("表", (9, 9)), ("单位", (12, 20)), ("哪一件", (10, 24)))
_ROW: Final[Heads] = (
    *_TABLE[:2], ("编号", (8, 14)), ("内容", (20, 40)), ("日期", (11, 12)), ("状态", (8, 16)), ("位置", (14, 30)),
    ("说明", (10, 30)),
)  # fmt: skip


def _cell_heads(sides: Sides) -> Heads:
    one, two = sides.one, sides.two
    return (
        *_TABLE, ("列", (8, 14)), (one, (10, 24)), (two, (10, 24)), (f"{one}位置", (14, 28)), (f"{two}位置", (14, 28)),
    )  # fmt: skip


def reconciled_sections(tables: Sequence[Compared], sides: Sides) -> tuple[Section, ...]:
    """Return the sections of a reconciliation, the counts first."""
    one, two = sides.one, sides.two
    heads: Heads = (("表", (12, 12)), *((name, (10, 12)) for name in reconciled_heads(sides)[1:]))
    return (
        Section("汇总", _left_out(tables, sides), heads, tuple(map(reconciled_counts, tables))),
        Section(
            "不一致",
            "同一件（编号和单位相同，或单位、文字都相同），两边写的不同。",
            _cell_heads(sides),
            _each(tables, _different),
        ),
        Section(f"只在{one}", f"{two}没有这些行。", _ROW, _each(tables, lambda t: _rows(t, t.pairing.only_a.tolist()))),
        Section(f"只在{two}", f"{one}没有这些行。", _ROW, _each(tables, lambda t: _rows(t, t.pairing.only_b.tolist()))),
        _likely_section(tables, sides),
        _closed_section(tables, sides),
    )


def reconciled_heads(sides: Sides) -> Row:
    """Return the headings of a reconciliation's counts."""
    one, two = sides.one, sides.two
    return ("表", f"{one}行", f"{two}行", "对上", "不一致", f"只在{one}", f"只在{two}", "疑同", "一方销号")


def reconciled_counts(each: Compared) -> Row:
    """Return the counts of one table, under `reconciled_heads`."""
    pairing = each.pairing
    differing = len({found.pair for found in each.differences})
    numbers = (
        pairing.size_a, len(each.stack) - pairing.size_a, len(pairing.a), differing, len(pairing.only_a),
        len(pairing.only_b), len(pairing.likely), len(closed_on_one_side(each)),
    )  # fmt: skip
    return (each.name, *map(str, numbers))


def closed_on_one_side(each: Compared) -> list[int]:
    """Return the pairs of which one row is closed and the other is not."""
    pairing = each.pairing
    apart = each.closed[pairing.a] != each.closed[pairing.b]
    found: list[int] = apart.nonzero()[0].tolist()
    return found


def month_sections(tables: Sequence[Month], sides: Sides) -> tuple[Section, ...]:
    """Return the sections of two months, the counts first."""
    heads: Heads = (("表", (12, 12)), *((name, (10, 12)) for name in MONTH_HEADS[1:]))
    compared = [each.compared for each in tables]
    kinds = {
        "暗改": (Change.SILENT, "上月已经报过的事实改了，或已经销号的行又改了内容。请问清是谁、凭什么改的。"),
        "进展": (Change.PROGRESS, "状态、完成日、佐证等随办理变化的内容。"),
        "补填": (Change.FILLED, "上月空着，本月填上的内容。"),
    }
    return (
        Section("汇总", _left_out(compared, sides), heads, tuple(map(month_counts, tables))),
        Section(
            "新增", "上月没有的行。“补登”是日期不晚于上月最后一天的：上月的件数会跟着变。", _ROW, _months(tables, _new)
        ),
        *(
            Section(name, note, _cell_heads(sides), tuple(row for each in tables for row in _changed(each, kind)))
            for name, (kind, note) in kinds.items()
        ),
        Section("重新打开", "上月已销号，本月没有销号。", _ROW, _months(tables, lambda m: _pair_rows(m, m.reopened))),
        Section("本月销号", "上月没有销号，本月销了号。", _ROW, _months(tables, lambda m: _pair_rows(m, m.closed))),
        Section("不见了", "上月有，本月没有的行。", _ROW, _months(tables, _gone)),
        _likely_section(compared, sides),
    )


MONTH_HEADS: Final[Row] = (
    "表", "上月", "本月", "新增", "补登", "进展", "补填", "暗改", "重开", "销号", "不见", "疑同",
)  # fmt: skip


def month_counts(each: Month) -> Row:
    """Return the counts of one table, under `MONTH_HEADS`; cells that changed are counted by rows."""
    pairing = each.compared.pairing
    rows = {kind: len({found.pair for found in each.changed if found.kind is kind}) for kind in Change}
    numbers = (
        pairing.size_a, len(pairing.stack) - pairing.size_a, len(each.new), len(each.backdated),
        rows[Change.PROGRESS], rows[Change.FILLED], rows[Change.SILENT], len(each.reopened), len(each.closed),
        len(each.gone), len(pairing.likely),
    )  # fmt: skip
    return (each.compared.name, *map(str, numbers))


def _each(tables: Iterable[Compared], rows: Callable[[Compared], Iterable[Row]]) -> tuple[Row, ...]:
    return tuple(row for table in tables for row in rows(table))


def _months(tables: Iterable[Month], rows: Callable[[Month], Iterable[Row]]) -> tuple[Row, ...]:
    return tuple(row for table in tables for row in rows(table))


def _left_out(tables: Iterable[Compared], sides: Sides) -> str:
    """Return what the counts rest on, and which columns were not compared."""
    only = [
        f"{each.name}：{side}才有 {'、'.join(columns)}"
        for each in tables
        for side, columns in ((sides.one, each.columns_a), (sides.two, each.columns_b))
        if columns
    ]
    return "列数字是行数。" + (f"没有比的列，{'；'.join(only)}。" if only else "")


def _different(each: Compared) -> Iterator[Row]:
    return (_cell(each, found.pair, found.heading) for found in each.differences)


def _changed(each: Month, kind: Change) -> Iterator[Row]:
    return (_cell(each.compared, found.pair, found.heading) for found in each.changed if found.kind is kind)


def _cell(each: Compared, pair: int, heading: Heading) -> Row:
    stack, (a, b) = each.stack, each.rows_of(pair)
    filled = stack.filled(heading)
    values = tuple(filled.text(row) or "（空）" for row in (a, b))
    places = tuple(str(stack.place(row, heading)) for row in (a, b))
    return (each.name, unit_text(stack, b), case_text(stack, b), heading.label, *values, *places)


def _rows(each: Compared, rows: Iterable[int], remark: Callable[[int], str] = lambda _row: "") -> Iterator[Row]:
    """Give rows of the stack under `_ROW`; one that is perhaps a row of the other side says of which."""
    perhaps = {row: other for pair in each.pairing.likely for row, other in ((pair.a, pair.b), (pair.b, pair.a))}
    for row in rows:
        maybe = f"可能是 {each.stack.place(perhaps[row])}" if row in perhaps else ""
        yield row_texts(each, row, "；".join(text for text in (remark(row), maybe) if text))


def row_texts(each: Compared, row: int, remark: str) -> Row:
    """Return one row under the headings 表, 单位, 编号, 内容, 日期, 状态, 位置, 说明."""
    stack, name = each.stack, each.name
    subject, day = stack.text(SUBJECT.get(name, ""), row), stack.text(DAY.get(name, ""), row)
    number = case_text(stack, row)
    shown = number if number != subject else ""
    return (name, unit_text(stack, row), shown, subject, day, stack.text(STATE, row), str(stack.place(row)), remark)


def _pair_rows(each: Month, pairs: Iterable[int]) -> Iterator[Row]:
    compared = each.compared
    for a, b in map(compared.rows_of, pairs):
        before = compared.stack.text(STATE, a)
        told = f"上月状态：{before or '（空）'}，{compared.stack.place(a)}"
        yield row_texts(compared, b, told)


def _new(each: Month) -> Iterator[Row]:
    return _rows(each.compared, each.new, lambda row: "补登" if row in each.backdated else "")


def _gone(each: Month) -> Iterator[Row]:
    closed = each.compared.closed
    return _rows(each.compared, each.gone, lambda row: "上月已销号" if closed[row] else "")


def _likely_section(tables: Sequence[Compared], sides: Sides) -> Section:
    one, two = sides.one, sides.two
    heads: Heads = (
        *_TABLE[:2], (f"{one}内容", (16, 34)), (f"{two}内容", (16, 34)), ("凭什么", (14, 26)),
        (f"{one}位置", (14, 28)), (f"{two}位置", (14, 28)),
    )  # fmt: skip
    note = "只是可能，由人定：文字八成以上相同、日期相差不到一个月，或编号相同而单位不同。这些行仍列在各自一方。"
    return Section(
        "可能是同一件", note, heads, _each(tables, lambda t: (_likely(t, pair) for pair in t.pairing.likely))
    )


def _likely(each: Compared, pair: Likely) -> Row:
    stack = each.stack
    units = dict.fromkeys((unit_text(stack, pair.a), unit_text(stack, pair.b)))
    texts = tuple(stack.text(SUBJECT.get(each.name, ""), row) for row in (pair.a, pair.b))
    places = (str(stack.place(pair.a)), str(stack.place(pair.b)))
    return (each.name, "／".join(units), *texts, pair.reason, *places)


def _closed_section(tables: Sequence[Compared], sides: Sides) -> Section:
    one, two = sides.one, sides.two
    heads: Heads = (
        *_TABLE, ("谁销了号", (9, 10)), (f"{one}状态", (10, 18)), (f"{two}状态", (10, 18)),
        (f"{one}位置", (14, 28)), (f"{two}位置", (14, 28)),
    )  # fmt: skip
    return Section("一方销号", "同一件，一方已经销号，另一方没有。", heads, _each(tables, lambda t: _closed(t, sides)))


def _closed(each: Compared, sides: Sides) -> Iterator[Row]:
    stack = each.stack
    for a, b in map(each.rows_of, closed_on_one_side(each)):
        who = sides.one if each.closed[a] else sides.two
        states = tuple(stack.text(STATE, row) or stack.text("是否销号", row) or "（空）" for row in (a, b))
        places = (str(stack.place(a)), str(stack.place(b)))
        yield (each.name, unit_text(stack, b), case_text(stack, b), who, *states, *places)
