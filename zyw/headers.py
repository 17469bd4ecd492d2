"""Finding the table on a sheet: which rows are its header, which table it is, what each column means.

Title rows, a 填报单位 line and merged two- or three-row headers stand above the rows; every header that could be
one is scored by the columns it would give, and the best is taken. Two tables that fit equally well are a problem that
names both, never a guess.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from zyw.cells import clean
from zyw.columns import SURVEY, TABLES, Field, Table, header_key, is_secret, lexicon
from zyw.privacy import mask_numbers
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.sheets import Cell, Grid, Merge, letter

SEARCHED_ROWS: Final = 40
"""A header stands in the first so many rows of a sheet that hold anything."""
DEEPEST: Final = 3
_QUESTION: Final = re.compile(r"^(?:第?\d+[、.．:：题])")
_SURVEY_MARKS: Final = frozenset(
    ("提交答卷时间", "所用时间", "来自ip", "来源详情", "提交时间", "答题时长", "填写时长", "开始答题时间")
)
_VERDICTS: Final = frozenset(
    ("非常满意", "很满意", "满意", "比较满意", "较满意", "基本满意", "一般", "不满意", "非常不满意", "不了解")
)
_ENOUGH_QUESTIONS: Final = 2
_ENOUGH_VERDICTS: Final = 3
_ENOUGH_WITHOUT_UNIT: Final = 4
_ENOUGH_TO_MISS: Final = 3
_SHEET_A_SCHOOL: Final = frozenset(("问题台账", "追责台账", "材料报送"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a found table: its index in the grid's rows, its letter, its label, the field it gives (or None).

    A secret column has no field and is never read further.
    """

    index: int
    letter: str
    label: str
    field: Field | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A table found on a sheet: header rows by the sheet's numbers; the body starts at `rows[body]` of the grid."""

    table: str
    header_rows: tuple[int, ...]
    body: int
    columns: tuple[Column, ...]
    facts: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Column | None:
        """Return the column that gives the field `name`, None when the sheet has none."""
        return next((c for c in self.columns if c.field and c.field.name == name), None)


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    depth: int
    labels: tuple[str, ...]
    table: str
    score: int


def find_table(grid: Grid) -> tuple[Found | None, tuple[Problem, ...]]:
    """Return the table on `grid`, or None with the reason as a problem (提示 when it simply is no table)."""
    candidates = sorted(_candidates(grid), key=lambda c: (-c.score, c.depth, c.start))
    place = Place(grid.file, grid.sheet)
    if not candidates:
        return None, (_no_table(grid, place),)
    best = candidates[0]
    rivals = {c.table for c in candidates if c.score == best.score and (c.start, c.depth) == (best.start, best.depth)}
    if len(rivals) > 1:
        return None, (problem("S002", place, tables=tuple(sorted(rivals))),)
    columns, problems = _columns(grid, best)
    rows = tuple(grid.top + best.start + i for i in range(best.depth))
    found = Found(best.table, rows, best.start + best.depth, columns, sheet_facts(grid, best.start))
    return found, problems


def _no_table(grid: Grid, place: Place) -> Problem:
    """Say that a sheet is no table; what came nearest is offered so that a clerk sees which column is missing."""
    nearest: tuple[int, str, tuple[str, ...]] = (0, "", ())
    for start, depth in _starts(grid):
        labels = _labels(grid, start, depth)
        for table in TABLES:
            fields = {f.name for f in _fields_of(labels, table) if f}
            lacking = tuple("或".join(group[:2]) for group in table.required if not fields.intersection(group))
            weight = len(fields) + len(fields.intersection(table.marks))
            if len(fields) >= _ENOUGH_TO_MISS and weight > nearest[0]:
                nearest = (weight, table.name, lacking)
    return problem("S003", place, table=nearest[1], lacking=nearest[2]) if nearest[1] else problem("S001", place)


def _candidates(grid: Grid) -> Iterator[_Candidate]:
    for start, depth in _starts(grid):
        labels = _labels(grid, start, depth)
        words = {spelling for label in labels for spelling in _spellings(label)}
        for table in TABLES:
            if not lexicon(table).knows_any(words):
                continue
            if score := _score({f.name for f in _fields_of(labels, table) if f}, table):
                yield _Candidate(start, depth, labels, table.name, score)
        if score := _survey_score(labels):
            yield _Candidate(start, depth, labels, SURVEY, score)


def _score(fields: set[str], table: Table) -> int:
    """Weigh the columns a header would give `table`; 0 when a required one is missing.

    The unit alone may be missing where much else fits (a sheet a school):
    it then comes from 填报单位 or the sheet's name.
    """
    lacking = [group for group in table.required if not fields.intersection(group)]
    score = 2 * len(fields) + len(fields.intersection(table.marks))
    if lacking == [(table.unit,)] and len(fields) >= _ENOUGH_WITHOUT_UNIT and table.name in _SHEET_A_SCHOOL:
        return score - 4
    return 0 if lacking else score


def _survey_score(labels: Sequence[str]) -> int:
    """Weigh a header as an export (numbered questions beside system columns) or as a tally (unit × 满意 …)."""
    questions = sum(1 for label in set(labels) if _QUESTION.match(label))
    marks = sum(1 for label in set(labels) if header_key(label) in _SURVEY_MARKS)
    if questions >= _ENOUGH_QUESTIONS and (marks or questions > len(labels) // 2):
        return 2 * (questions + marks)
    verdicts = sum(1 for label in labels if label.rpartition("/")[2] in _VERDICTS)
    if verdicts >= _ENOUGH_VERDICTS and any(header_key(x) in lexicon(TABLES[0]).strong for x in labels):
        return 2 * verdicts
    return 0


def _starts(grid: Grid) -> Iterator[tuple[int, int]]:
    """Give (row index, depth) of every header worth trying: two and three rows only where cells are merged."""
    filled = [i for i, row in enumerate(grid.rows[: SEARCHED_ROWS * 2]) if any(c != "" for c in row)]
    for i in filled[:SEARCHED_ROWS]:
        yield i, 1
        deep = {m.last_row - grid.top - i for m in grid.merges if m.first_row - grid.top == i}
        wide = any(m.first_row - grid.top == i == m.last_row - grid.top for m in grid.merges)
        for depth in range(2, DEEPEST + 1):
            if (depth - 1 in deep or (wide and depth == 2)) and i + depth < len(grid.rows):
                yield i, depth


def _labels(grid: Grid, start: int, depth: int) -> tuple[str, ...]:
    """Flatten a header of `depth` rows: 上/下, each part once; a merge gives its text to every column under it."""
    rows = [list(map(clean, row)) for row in grid.rows[start : start + depth]]
    width = max(len(row) for row in rows)
    for row in rows:
        row.extend([""] * (width - len(row)))
    if depth > 1:
        for merge in grid.merges:
            _spread(rows, merge, grid.top + start, grid.left)
    parts = (dict.fromkeys(" ".join(row[j].split()) for row in rows if row[j]) for j in range(width))
    return tuple("/".join(part) for part in parts)


def _spread(rows: list[list[str]], merge: Merge, top: int, left: int) -> None:
    first = merge.first_row - top
    if not 0 <= first < len(rows):
        return
    column = merge.first_column - left
    text = rows[first][column] if 0 <= column < len(rows[first]) else ""
    for i in range(first, min(merge.last_row - top + 1, len(rows))):
        for j in range(max(column, 0), min(merge.last_column - left + 1, len(rows[i]))):
            rows[i][j] = text


def _fields_of(labels: Iterable[str], table: Table) -> list[Field | None]:
    """Name the field each label gives in `table`; weak names only where no better column gives the field."""
    words = lexicon(table)
    keys = [_spellings(label) for label in labels]
    hidden = [is_secret(label, table.name) for label in labels]
    names = [None if h else _first(words.strong, k) for k, h in zip(keys, hidden, strict=True)]
    taken = set(names)
    for j, spellings in enumerate(keys):
        weak = _first(words.weak, spellings)
        if names[j] is None and not hidden[j] and weak and weak not in taken:
            names[j] = weak
            taken.add(weak)
    return [table.field(name) if name else None for name in names]


def _spellings(label: str) -> tuple[str, ...]:
    """Return what a flattened label may be called: 问题/类型 as it stands, as 问题类型, as 类型."""
    return (header_key(label), header_key(label.replace("/", "")), header_key(label.rpartition("/")[2]))


def _first(words: Mapping[str, str], spellings: Iterable[str]) -> str | None:
    return next((words[s] for s in spellings if s in words), None)


def _columns(grid: Grid, best: _Candidate) -> tuple[tuple[Column, ...], tuple[Problem, ...]]:
    fields: list[Field | None] = [None] * len(best.labels)
    if best.table != SURVEY:
        fields = _fields_of(best.labels, next(t for t in TABLES if t.name == best.table))
    columns = [
        Column(j, letter(grid.left + j), mask_numbers(label), fields[j], is_secret(label, best.table))
        for j, label in enumerate(best.labels)
        if label
    ]
    place = Place(grid.file, grid.sheet)
    problems: list[Problem] = []
    secret = tuple(c.label for c in columns if c.secret)
    if secret:
        problems.append(problem("S005", place, labels=secret))
    columns, doubled = _without_doubles(columns, grid, best)
    return tuple(columns), (*problems, *doubled)


def _without_doubles(columns: list[Column], grid: Grid, best: _Candidate) -> tuple[list[Column], list[Problem]]:
    """Refuse a field that two columns give: neither is used, and both are named."""
    by_field: dict[str, list[Column]] = {}
    for column in columns:
        if column.field:
            by_field.setdefault(column.field.name, []).append(column)
    row = grid.top + best.start + best.depth - 1
    problems = []
    for name, several in by_field.items():
        if len(several) > 1:
            labels = Verbatim("、".join(f"{c.letter}列“{c.label}”" for c in several))
            problems.append(
                problem("S004", Place(grid.file, grid.sheet, f"{several[1].letter}{row}"), name=name, columns=labels)
            )
            columns = [Column(c.index, c.letter, c.label) if c in several else c for c in columns]
    return columns, problems


_FILLED_BY: Final = re.compile(
    r"(?:填报单位|填报学校|单位名称|单位|学校)\s*(?:[（(][^）)]*[）)])?\s*[:：]\s*([^\s:：]+)"
)
_WHEN: Final = re.compile(r"(\d{4})\s*[年.\-/]")


def sheet_facts(grid: Grid, header: int) -> dict[str, str]:
    """Return what the rows above the header say: `unit` from a 填报单位 line, `year` from a title or a date line."""
    facts: dict[str, str] = {}
    texts = [clean(cell) for row in grid.rows[:header] for cell in row if isinstance(cell, str) and cell]
    for text in texts:
        if (found := _FILLED_BY.search(text)) and "unit" not in facts:
            facts["unit"] = found[1]
        if (found := _WHEN.search(text)) and "year" not in facts:
            facts["year"] = found[1]
    for row in grid.rows[:header]:
        for cell, after in itertools.pairwise(row):
            if (
                isinstance(cell, str)
                and re.fullmatch(r"填报(单位|学校)(（盖章）)?[:：]?", clean(cell))
                and _text(after)
            ):
                facts.setdefault("unit", _text(after))
    return facts


def _text(cell: Cell) -> str:
    return clean(cell) if isinstance(cell, str) else ""
