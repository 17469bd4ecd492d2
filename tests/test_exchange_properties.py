"""What must always hold, whatever stands in a ledger and however it is laid out."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.passed_on import book_of, content, kept, reread
from zyw.columns import TABLES, Kind, Table
from zyw.exchange.comparing import compare
from zyw.exchange.documents import month_document, reconciled_document
from zyw.exchange.mergedbook import merged_document, merged_workbook, summary
from zyw.exchange.merging import merge
from zyw.exchange.months import month
from zyw.exchange.sections import Sides, month_sections, reconciled_sections, sections_workbook
from zyw.exchange.splitting import share_workbook, split
from zyw.forms.blank import blank_form, form_fields
from zyw.ledger import Ledger
from zyw.sheets import Cell, Grid, Merge

SIDES = Sides("甲方", "乙方", "a", "b")
SECRETS = ("钱多多", "13800138000", "110101199003078515", "幸福路9号")
WORDS = st.text(st.sampled_from("一二教师迟到整改=+-@'\"<&>甲\nａＢ1 .,、（）\u3000"), min_size=1, max_size=12)
PLAIN = st.builds(lambda text: f"说{text}", WORDS)
"""Begins with a word, so that no row is a total or a signature line: which rows are a table's is tested elsewhere."""
DAYS = st.dates(date(2010, 1, 1), date(2013, 12, 31))
DATES: st.SearchStrategy[Cell] = st.one_of(
    DAYS.map(lambda day: datetime(day.year, day.month, day.day)),
    DAYS.map(lambda day: f"{day.year}.{day.month}.{day.day}"),
    DAYS.map(lambda day: f"{day.month}月{day.day}日"),
    st.just(""),
    PLAIN,
)
NUMBERS: st.SearchStrategy[Cell] = st.one_of(
    st.integers(0, 99).map(float), st.decimals(0, 9, places=2).map(float), st.just("2分"), st.just("")
)
CELLS: dict[Kind, st.SearchStrategy[Cell]] = {
    Kind.DATE: DATES,
    Kind.DEADLINE: st.one_of(DATES, st.sampled_from(["立行立改", "6月30日前", "9月底", "5月6日-5月12日"])),
    Kind.NUMBER: NUMBERS,
    Kind.YES_NO: st.sampled_from(["是", "否", "√", "", "查实"]),
    Kind.CODE: st.one_of(st.sampled_from(["0021", "A-1", ""]), st.integers(1, 999).map(float)),
}
UNITS = st.sampled_from(["第一中学", "一中", "城关中学", "第二中学", "实小", "天外学校"])
OTHER: st.SearchStrategy[Cell] = st.one_of(PLAIN, st.just(""), st.booleans(), st.integers(0, 10**9).map(float))


def cells_of(table: Table, name: str) -> st.SearchStrategy[Cell]:
    if name == table.unit:
        return UNITS
    return CELLS.get(table.field(name).kind, PLAIN)


@st.composite
def sheets(draw: st.DrawFn, file: str = "台账.xlsx", secret: bool = False) -> Grid:
    """Return a ledger with a title or without, in any place of its sheet, with one or two header rows."""
    table = draw(st.sampled_from([TABLES[1], TABLES[2], TABLES[3]]))
    must = [group[0] for group in table.required]
    more = draw(
        st.lists(st.sampled_from([f.name for f in table.fields if f.name not in must]), unique=True, max_size=6)
    )
    unknown = draw(st.lists(st.sampled_from(["检查人", "学期", "分组人", "地点"]), unique=True, max_size=2))
    names = draw(st.permutations([*must, *more]))
    strategies = [*(cells_of(table, name) for name in names), *(OTHER for _ in unknown)]
    labels = [*names, *unknown]
    if secret:
        labels += ["举报人", "举报人电话", "身份证号", "详细地址"]
        strategies += [st.just(each) for each in SECRETS]
    rows: list[list[Cell]] = draw(st.lists(st.tuples(*strategies).map(list), min_size=1, max_size=8))
    numbers: list[Cell] = [float(i) for i in range(1, len(rows) + 1)]
    head: list[list[Cell]] = [["序号", *labels]]
    merges: list[Merge] = []
    title = draw(st.sampled_from(["", "2012年台账", "台账"]))
    above: list[list[Cell]] = [[title, *[""] * len(labels)]] if title else []
    if draw(st.booleans()):
        at = len(above) + 1
        head.append([""] * (len(labels) + 1))
        merges = [Merge(at, j, at + 1, j) for j in range(len(labels) + 1)]
    body = [[number, *row] for number, row in zip(numbers, rows, strict=True)]
    left, top = draw(st.integers(0, 3)), draw(st.integers(1, 5))
    shifted = tuple(
        Merge(m.first_row + top - 1, m.first_column + left, m.last_row + top - 1, m.last_column + left) for m in merges
    )
    return Grid(file, "Sheet1", [*above, *head, *body], top, left, shifted)


def understood(ledger: Ledger) -> dict[str, list[list[str]]]:
    """Return what every row means, field by field: the official unit, days, numbers, words."""
    beside = {"origin", "单位原文", "期限原文", "应报日原文"}
    return {
        name: sorted(
            [f"{f}={v}" for f in sorted(rows.columns) if f not in beside and (v := rows[f][i])]
            for i in range(len(rows))
        )
        for name, rows in ledger.rows.items()
    }


SLOWLY = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOWLY
@given(st.data(), st.booleans())
def test_a_merged_ledger_reads_back_as_what_was_merged(data: st.DataObject, roster: bool) -> None:
    grids = [data.draw(sheets(file=f"{i}.xlsx")) for i in range(data.draw(st.integers(1, 3)))]
    ledger, _ = kept(*grids, roster=roster)
    merged, _ = merge(ledger)
    assume(not any(table.duplicates for table in merged.tables))
    again, _ = reread(book_of(merged_workbook(merged)), roster=roster)
    assert content(again) == content(ledger)
    assert understood(again) == understood(ledger)
    merged_again, _ = merge(again)
    assert content(reread(book_of(merged_workbook(merged_again)), roster=roster)[0]) == content(again)


@SLOWLY
@given(st.data(), st.booleans())
def test_what_is_split_and_merged_is_what_was_split(data: st.DataObject, roster: bool) -> None:
    ledger, _ = kept(data.draw(sheets()), roster=roster)
    whole, _ = split(ledger, {})
    assert sum(share.count for share in whole.shares) == sum(len(part.block.rows) for part in ledger.as_read)
    books = [book_of(share_workbook(whole, share), share.file) for share in whole.shares]
    again, _ = reread(*books, roster=roster)
    assert content(again) == content(ledger)


@SLOWLY
@given(st.data(), st.booleans())
def test_a_ledger_neither_disagrees_with_itself_nor_changes(data: st.DataObject, roster: bool) -> None:
    ledger, _ = kept(*[data.draw(sheets(file=f"{i}.xlsx")) for i in range(2)], roster=roster)
    tables, _ = compare(ledger, ledger)
    for each in tables:
        assert len(each.pairing.a) == len(each.stack) / 2
        assert not len(each.pairing.only_a) + len(each.pairing.only_b) + len(each.differences)
        assert not each.pairing.likely
        found = month(each)
        assert not (found.changed or found.new or found.gone or found.reopened or found.closed)


@SLOWLY
@given(st.data())
def test_the_sides_of_a_comparison_are_alike(data: st.DataObject) -> None:
    one, two = (kept(data.draw(sheets()))[0] for _ in range(2))
    there, back = compare(one, two)[0], compare(two, one)[0]
    for a, b in zip(there, back, strict=True):
        assert (len(a.pairing.a), len(a.pairing.only_a), len(a.pairing.only_b)) == (
            len(b.pairing.a), len(b.pairing.only_b), len(b.pairing.only_a),
        )  # fmt: skip


@SLOWLY
@given(st.data())
def test_no_output_names_a_complainant(data: st.DataObject) -> None:
    ledger, problems = kept(data.draw(sheets(secret=True)), data.draw(sheets(file="b.xlsx", secret=True)))
    merged, found = merge(ledger)
    whole, told = split(ledger, {})
    tables, _ = compare(ledger, kept(data.draw(sheets(secret=True)))[0])
    months = [month(each) for each in tables]
    files = [merged_workbook(merged), *(share_workbook(whole, share) for share in whole.shares)]
    files.append(sections_workbook("对账", reconciled_sections(tables, SIDES), SIDES))
    files.append(sections_workbook("变化", month_sections(months, SIDES), SIDES))
    shown = "".join(str([sheet.rows for sheet in book_of(each).grids]) for each in files)
    shown += str([problems, found, told, summary(merged), merged_document(merged)])
    shown += str([reconciled_document(tables, SIDES), month_document(months, SIDES)])
    for secret in SECRETS:
        assert secret not in shown


@SLOWLY
@given(st.data())
def test_a_filled_form_reads_back_equal(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from([TABLES[1], TABLES[2], TABLES[3]]))
    fields = form_fields(table)
    row = st.tuples(*(cells_of(table, field.name) for field in fields))
    rows = data.draw(st.lists(row, min_size=1, max_size=4))
    book: Any = openpyxl.load_workbook(io.BytesIO(blank_form(table, {})))
    sheet = book[table.name]
    header = next(i for i in range(1, 10) if sheet.cell(i, 1).value == "序号")
    for i, cells in enumerate(rows, start=header + 1):
        for j, value in enumerate(cells, start=2):
            cell = sheet.cell(i, j)
            cell.value = value if value != "" else None
            if isinstance(value, str):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    ledger, _ = reread(book_of(out.getvalue()))
    plain = Grid("表.xlsx", "x", [[field.name for field in fields], *[list(cells) for cells in rows]])
    assert content(ledger) == content(kept(plain)[0])


def test_the_year_of_a_day_is_kept() -> None:
    """A date that stands in no year of its own is the same day after merging, whatever title it stood under."""
    day = date(2011, 1, 1)
    for step in range(0, 700, 37):
        written = day + timedelta(days=step)
        text = f"{written.month}月{written.day}日"
        sheet = Grid(
            "a.xlsx", "S", [[f"{written.year}年台账", "", ""], ["单位", "问题", "检查日期"], ["甲", "乙", text]]
        )
        again, _ = reread(book_of(merged_workbook(merge(kept(sheet)[0])[0])))
        assert again.rows["问题台账"]["发现日"].astype("datetime64[D]").tolist() == [written]
