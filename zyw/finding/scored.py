"""What a row could be the header of: every table that fits is weighed by the columns it would give.

A column that is found weighs 2, a mark of the table (a field that hardly occurs elsewhere) 1 more. A header that lacks
a required column weighs nothing, save that much else makes up for it (−4): the unit on a sheet a school, the text of
the case in an export that names case, unit and deadline. 单位、问题、类别 as 问题台账: 3 × 2 + 2 = 8.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from zyw.cells import clean
from zyw.columns import SURVEY, TABLES, Field, Table, header_key, lexicon, table
from zyw.finding.headers import WEAK, flattened, named, spellings
from zyw.finding.items import INSPECTIONS, item_columns
from zyw.finding.wide import SUBMISSIONS, document_columns
from zyw.sheets import Cell, Grid

DEEPEST: Final = 3
ROW_NUMBER: Final = frozenset(("序号", "序", "no", "no.", "编号"))
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
_MADE_UP_FOR: Final = 4
_SURE_SHARE: Final = 2 / 3
_LONGEST_LABEL: Final = 60
_WIDE: Final = {SUBMISSIONS: (document_columns, "材料名称"), INSPECTIONS: (item_columns, "检查项目")}
"""Tables that may be written wide: what finds their spread columns, and the field that each of those stands for."""
_SHEET_A_SCHOOL: Final = frozenset(("问题台账", "追责台账", "材料报送"))


@dataclass(frozen=True, slots=True)
class Header:
    """Rows that could be the header of `table`: `start` in the grid's rows, `depth` rows, its flattened labels.

    `share` is how many of its labels mean something there; `complete` says that no required column is lacking.
    """

    start: int
    depth: int
    labels: tuple[str, ...]
    table: str
    score: int
    share: float = 1.0
    complete: bool = True

    @property
    def end(self) -> int:
        """The first row below it."""
        return self.start + self.depth

    @property
    def rank(self) -> tuple[int, int, int]:
        """Sorts the best first: most points, then the shallowest, then the highest on the sheet."""
        return (-self.score, self.depth, self.start)


def headers_at(grid: Grid, start: int, only: str = "") -> Iterator[Header]:
    """Yield every header that may begin at row `start`; `only` is the one table that a person named."""
    if not only and not any(_likely(row) for row in grid.rows[start : start + 1]):
        deep: Sequence[int] = [d for d in depths(grid, start) if d > 1 and _speaks(grid.rows[start : start + d])]
    else:
        deep = depths(grid, start)
    for depth in deep:
        yield from headers_of(grid, start, depth, only)


def headers_of(grid: Grid, start: int, depth: int, only: str = "") -> Iterator[Header]:
    """Yield what the rows `start` … `start + depth` could be the header of."""
    labels = flattened(grid, start, depth)
    words = {spelling for label in labels for spelling in spellings(label)}
    for each in TABLES:
        if (only and each.name != only) or not lexicon(each).knows_any(words):
            continue
        fields = [(f, how) for f, how in named(labels, each) if f]
        score, complete = weigh(fields, each)
        if each.name in _WIDE and not score and any(f.name == each.unit for f, _ in fields):
            spread, name = _WIDE[each.name]
            wide = spread(grid, start, depth, labels, certain=bool(only))
            score, complete = (2 * (len(fields) + len(wide)), True) if wide else (0, False)
            fields += [(each.field(name), "")] * len(wide)
        told = share(labels, len(fields))
        if score and not _is_statistic({f.name for f, _ in fields}, each, told):
            yield Header(start, depth, labels, each.name, score, told, complete)
    if only in ("", SURVEY) and (score := _survey_score(labels)):
        yield Header(start, depth, labels, SURVEY, score)


def weigh(fields: Sequence[tuple[Field, str]], of: Table) -> tuple[int, bool]:
    """Weigh the columns a header would give `of`, 0 when what is lacking cannot be made up for; and whether none is."""
    names = {f.name for f, _ in fields}
    score = 2 * len(names) + len(names.intersection(of.marks))
    lacking = [group for group in of.required if not names.intersection(group)]
    if not lacking:
        return score, True
    instead = of.otherwise and len(names) >= _ENOUGH_TO_MISS and all(names.intersection(g) for g in of.otherwise)
    unit_only = lacking == [(of.unit,)] and of.name in _SHEET_A_SCHOOL and _enough_without_unit(fields)
    return (score - _MADE_UP_FOR, False) if instead or unit_only else (0, False)


def _is_statistic(names: set[str], of: Table, told: float) -> bool:
    """Say whether a header has but two columns of `of`, no mark of it, and others besides: 学校、教师数、班级数."""
    return len(names) == 2 and not names.intersection(of.marks) and told < _SURE_SHARE


def _enough_without_unit(fields: Sequence[tuple[Field, str]]) -> bool:
    """Say whether a sheet without a unit column is a ledger all the same: a sheet a school, an export of cases."""
    names, firm = {f.name for f, _ in fields}, {f.name for f, how in fields if how != WEAK}
    if len(names) >= _ENOUGH_WITHOUT_UNIT:
        return True
    told = "编号" in firm or ("问题" in firm and names & {"期限", "措施"})
    return len(names) >= _ENOUGH_TO_MISS and bool(told)


def nearest_miss(grid: Grid, starts: Sequence[int]) -> tuple[str, tuple[str, ...]]:
    """Return the table that came nearest, with what it lacks as people call it; ("", ()) when nothing came near."""
    nearest: tuple[int, str, tuple[str, ...]] = (0, "", ())
    for start in starts:
        for depth in depths(grid, start):
            labels = flattened(grid, start, depth)
            for each in TABLES:
                names = {f.name for f, _ in named(labels, each) if f}
                lacking = tuple("或".join(group[:2]) for group in each.required if not names.intersection(group))
                weight = len(names) + len(names.intersection(each.marks))
                if len(names) >= _ENOUGH_TO_MISS and lacking and weight > nearest[0]:
                    nearest = (weight, each.name, lacking)
    return nearest[1], nearest[2]


def share(labels: Sequence[str], fields: int) -> float:
    """Return which part of the labels mean something; 序号 and blanks do not count against a header."""
    told = [label for label in labels if label and header_key(label) not in ROW_NUMBER]
    return fields / len(told) if told else 0.0


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


def depths(grid: Grid, start: int) -> list[int]:
    """Return how many rows a header at `start` may have: two and three only where cells are merged."""
    deep = {m.last_row - grid.top - start for m in grid.merges if m.first_row - grid.top == start}
    wide = any(m.first_row - grid.top == start == m.last_row - grid.top for m in grid.merges)
    more = [d for d in range(2, DEEPEST + 1) if d - 1 in deep or (wide and d == 2)]
    return [1, *(d for d in more if start + d < len(grid.rows))]


@cache
def vocabulary() -> frozenset[str]:
    """Return the header keys of all names of all columns."""
    return frozenset().union(*({*lexicon(each).strong, *lexicon(each).weak} for each in TABLES), ROW_NUMBER)


def known(row: Sequence[Cell]) -> int:
    """Count the cells of a row that name a column of some table."""
    words = vocabulary()
    return sum(header_key(cell) in words for cell in row if isinstance(cell, str) and 0 < len(cell) <= _LONGEST_LABEL)


def _likely(row: Sequence[Cell]) -> bool:
    """Say whether a row is worth weighing: most rows are data, and this is asked of each of the first rows."""
    texts = [cell for cell in row if isinstance(cell, str) and cell]
    if len(texts) < 2:
        return False
    words, units = vocabulary(), lexicon(table(SUBMISSIONS)).strong
    keys = [header_key(text) for text in texts if len(text) <= _LONGEST_LABEL]
    if sum(key in words for key in keys) >= 2 or any(key in units for key in keys):
        return True
    plain = [clean(text) for text in texts]
    return sum(bool(_QUESTION.match(text)) for text in plain) >= _ENOUGH_QUESTIONS


def _speaks(rows: Sequence[Sequence[Cell]]) -> bool:
    return any(known(row) for row in rows)
