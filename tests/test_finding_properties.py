"""What must hold of finding tables, however a sheet is laid out: every row written is read once, at its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grids import read
from zyw.sheets import Cell, Grid, Merge

HEADERS = {
    "问题台账": ("单位", "问题", "类别", "整改时限"),
    "追责台账": ("单位", "姓名", "处理方式", "备注"),
    "材料报送": ("单位", "材料名称", "份数"),
}
UNITS = ("一中", "二中", "实验小学")


@dataclass(frozen=True)
class Part:
    """One table as a clerk lays it out: lines above, the header, rows (unit, text), a total, lines below."""

    table: str
    rows: tuple[tuple[str, str], ...]
    title: bool
    filled_by: bool
    total: bool
    signed: bool
    numbered: bool

    def lines(self, name: str) -> list[list[Cell]]:
        head: list[Cell] = [*(["序号"] if self.numbered else []), *HEADERS[self.table]]
        lines: list[list[Cell]] = []
        if self.title:
            lines.append([f"2012年{self.table}"])
        if self.filled_by:
            lines.append(["填报单位：第一中学", "填报时间：2012年5月"])
        lines.append(head)
        for i, (unit, text) in enumerate(self.rows):
            number: list[Cell] = [float(i + 1)] if self.numbered else []
            lines.append([*number, unit, f"{name}{text}{i}", *([1.0] if self.table == "材料报送" else ["甲"])])
        if self.total:
            lines.append(["合计"])
        if self.signed:
            lines.append(["填表人：张三"])
        return lines


words = st.text("甲乙丙丁迟到早退食堂宿舍", min_size=1, max_size=4)
parts = st.builds(
    Part,
    table=st.sampled_from(sorted(HEADERS)),
    rows=st.lists(st.tuples(st.sampled_from(UNITS), words), min_size=1, max_size=5).map(tuple),
    title=st.booleans(),
    filled_by=st.booleans(),
    total=st.booleans(),
    signed=st.booleans(),
    numbered=st.booleans(),
)


def padded(lines: Sequence[list[Cell]]) -> list[list[Cell]]:
    width = max(map(len, lines))
    return [[*line, *[""] * (width - len(line))] for line in lines]


def texts_read(sheet: Grid) -> list[tuple[str, str, str]]:
    """Return (table, text, cell) of every row read, the cell where its text stands."""
    ledger, _ = read(sheet)
    found = []
    for table, rows in ledger.rows.items():
        name = HEADERS[table][1]
        for origin, text in rows.rows("origin", name):
            found.append((table, text, ledger.origins.locate(origin, (name,)).cells[0]))
    return sorted(found)


def texts_at(
    lines: Sequence[Sequence[Cell]], top: int, left: int, of: Sequence[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """Return where each text (table, text) stands in a grid."""
    where = {
        cell: f"{chr(65 + left + j)}{top + i}"
        for i, line in enumerate(lines)
        for j, cell in enumerate(line)
        if isinstance(cell, str)
    }
    return sorted((table, text, where[text]) for table, text in of)


def written(part: Part, name: str) -> list[tuple[str, str]]:
    return [(part.table, f"{name}{text}{i}") for i, (_, text) in enumerate(part.rows)]


places = st.tuples(st.integers(1, 9), st.integers(0, 5))


@settings(max_examples=60, deadline=None)
@given(st.lists(parts, min_size=1, max_size=3), places, st.integers(1, 3))
def test_tables_below_each_other_are_read_row_by_row(stack: list[Part], place: tuple[int, int], gap: int) -> None:
    lines: list[list[Cell]] = []
    expected: list[tuple[str, str]] = []
    for k, part in enumerate(stack):
        blank: list[list[Cell]] = [[""]] * gap if k else []
        lines += [*blank, *part.lines(f"表{k}")]
        expected += written(part, f"表{k}")
    sheet = Grid("台账.xlsx", "Sheet1", padded(lines), *place)
    assert texts_read(sheet) == texts_at(lines, *place, expected)


@settings(max_examples=40, deadline=None)
@given(parts, parts, places)
def test_tables_beside_each_other_are_read_row_by_row(one: Part, two: Part, place: tuple[int, int]) -> None:
    left, right = padded(one.lines("左")), padded(two.lines("右"))
    height, width, other = max(len(left), len(right)), len(left[0]), len(right[0])
    lines = [
        [*(left[i] if i < len(left) else [""] * width), "", *(right[i] if i < len(right) else [""] * other)]
        for i in range(height)
    ]
    sheet = Grid("台账.xlsx", "Sheet1", lines, *place)
    assert texts_read(sheet) == texts_at(lines, *place, [*written(one, "左"), *written(two, "右")])


@settings(max_examples=40, deadline=None)
@given(parts, places)
def test_a_header_of_two_rows_reads_as_one_of_one(part: Part, place: tuple[int, int]) -> None:
    lines = padded(part.lines("表"))
    at = next(i for i, line in enumerate(lines) if "单位" in line)
    first = lines[at].index("单位")
    upper: list[Cell] = [
        "" if j > first + 1 else "单位" if j == first else "情况" if j == first + 1 else cell
        for j, cell in enumerate(lines[at])
    ]
    lower: list[Cell] = [cell if j > first else "" for j, cell in enumerate(lines[at])]
    two = [*lines[:at], upper, lower, *lines[at + 1 :]]
    top, left = place
    row, last = top + at, left + len(lines[at]) - 1
    merges = tuple(Merge(row, left + j, row + 1, left + j) for j in range(first + 1))
    sheet = Grid("台账.xlsx", "Sheet1", two, top, left, (*merges, Merge(row, left + first + 1, row, last)))
    assert texts_read(sheet) == texts_at(two, top, left, written(part, "表"))


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "单位", "问题", "合计", "1", 2.0, "填报单位：", "、", "（必填）", "姓名", "√"]),
            max_size=6,
        ),
        max_size=12,
    )
)
def test_no_sheet_whatever_stops_the_reading(rows: list[list[Cell]]) -> None:
    ledger, problems = read(Grid("台账.xlsx", "Sheet1", rows))
    assert ledger.sheets
    assert all(p.message for p in problems)
