"""A sheet of 测评 → answers: an export (one row an answer sheet) or a paper tally (unit × item × 满意 …).

Each question column becomes numbers into its distinct answers. Columns that identify a respondent are not looked at; of
the network address only *which sheets share one* is kept, as a number, for `zyw.survey.suspicion`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from zyw.cells import Unread, clean, parse_number
from zyw.coded import Coded, coded
from zyw.columns import header_key
from zyw.finding.headers import Column, Found
from zyw.privacy import mask_numbers
from zyw.sheets import Cell
from zyw.survey.headings import SEPARATORS, UNKNOWN_TOOL, Heading, Role, Tool, parse_heading, role_of, tool_of
from zyw.survey.words import GROUPS, SCALE, SKIPPED, told_by, word

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from zyw.rowset import Ints
    from zyw.survey.stamps import Noted

UNIT: Final = "单位"
QUESTION: Final = "题目"
COUNT: Final = "份数"
ROLES: Final = (UNIT, QUESTION, COUNT)
"""What a column of a survey may be."""
BEGINNING: Final = 50
"""So many rows show whether a column can be a question at all: times and remarks, all distinct, are not counted."""
OPEN_FROM: Final = 30
"""A column with more distinct contents than this in its first `BEGINNING` rows holds what people wrote."""
_UNIT_HEADER: Final = re.compile("学校|单位|幼儿园|校名|园所")
_GROUP_HEADER: Final = re.compile("身份|角色|您是|评议对象|测评对象|人员类别|填表人类别|参评人")
_KNOWN_SHARE: Final = 0.5
_SCALE_SHARE: Final = 0.8
"""So many of the answers are the scale's where a question has one; the rest are told (V011) and not counted."""
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.0)?")
_WRITTEN: Final = re.compile("意见|建议|请填写|请写|为什么|原因|请说明")
_RECOMMEND: Final = re.compile(r"NPS|推荐|0\s*[-—~～至到]\s*10")
ISSUE_COLUMNS: Final = {
    "发放": re.compile("发放|印发|下发|应评"),
    "回收": re.compile("回收|收回|实收"),
    "有效": re.compile("有效"),
}


class Asked(Enum):
    """What a question asks for."""

    SCALE = "量表"
    NUMBER = "数值"
    RECOMMEND = "推荐度"
    CHOICE = "单选"
    SEVERAL = "多选"
    ORDER = "排序"
    OPEN = "填空"


@dataclass(frozen=True, slots=True)
class Item:
    """One question (one row of a matrix): `data.values[data.codes[i]]` is the answer of row i, as a word."""

    column: Column
    heading: Heading
    asked: Asked
    data: Coded
    scale: frozenset[str] = SCALE
    """The answers that count; others on the sheet are beside the scale."""

    @property
    def label(self) -> str:
        """The question as its header writes it."""
        return self.column.label


@dataclass(frozen=True, slots=True)
class Count:
    """One cell of a paper tally: `count` sheets of row `row` answered `answer` to `question`."""

    question: str
    answer: str
    row: int
    count: int


@dataclass(frozen=True, slots=True)
class Answers:
    """One sheet of 测评 read, before its units are known.

    `units` are the columns that may name the unit, the likeliest first; which one does is decided when the roster is
    known. `items` are scale questions, ready to count. A paper tally has `counts`, and in `issued` how many sheets were
    handed out, came back and were valid, by row. `others` are the questions answered by numbers and, where answer
    sheets are to be looked at one by one, all further ones; only there is `noted` read.
    """

    units: tuple[tuple[Column, Coded], ...]
    items: tuple[Item, ...] = ()
    counts: tuple[Count, ...] = ()
    issued: tuple[tuple[str, int, int], ...] = ()
    """(发放, 回收 or 有效; row; number)."""
    group: Coded | None = None
    others: tuple[Item, ...] = ()
    headings: frozenset[str] = frozenset()
    """The texts of all questions: by them two exports are known to be of one questionnaire."""
    sheets: "npt.NDArray[np.int64] | None" = None
    """A number a row, equal for one answer sheet in two exports (序号 and time of submission); None: it has none."""
    noted: "Noted | None" = None
    """What the form tool noted of each sheet, where single sheets are to be looked at."""
    faults: tuple[tuple[int, Column, Unread], ...] = ()
    doubled: tuple[str, ...] = ()
    """Headers that stand over several columns; their questions are told apart by the column."""
    rows: int = 0

    @property
    def speaks(self) -> bool:
        """Whether anything on the sheet can be counted as satisfaction, now or once its numbers have words."""
        return bool(self.items or self.counts or self.issued) or any(i.asked is Asked.NUMBER for i in self.others)


def read_answers(
    rows: Sequence[Sequence[Cell]], found: Found, *, whole: bool = False, form: Tool | None = None
) -> Answers:
    """Read the body of a 测评 sheet; `whole` keeps what only a look at single answer sheets needs.

    `form` is the form tool as a person told it; else it is known by the columns only it adds.
    """
    columns = [c for c in found.columns if not c.secret]
    tallied = [c for c in columns if word(c.label.rpartition("/")[2]) in SCALE]
    if tallied:
        return _paper(rows, columns, tallied)
    columns, doubled = _told_apart(columns)
    tool = form or tool_of(tuple(c.label for c in found.columns)) or UNKNOWN_TOOL
    asked = [c for c in columns if role_of(c.label, tool) is None and tool.asks(c.label)]
    data = {c.index: coded(rows, c.index) for c in asked if _countable(rows, c, tool, whole=whole)}
    items = [_item(c, data[c.index], tool) for c in asked if c.index in data]
    scales = tuple(item for item in items if item.asked is Asked.SCALE)
    odd = [fault for item in scales for fault in _off_the_scale(item)]
    named = [(i.column, i.data) for i in items if i.asked is not Asked.SCALE and _names_units(i, tool)]
    group = next((i for i in items if _tells_group(i, tool)), None)
    rest = tuple(i for i in items if i.asked is not Asked.SCALE and i is not group)
    noted, sheets = _noted(rows, found, tool, whole=whole)
    numbers = tuple(i for i in rest if i.asked is Asked.NUMBER)
    return Answers(
        units=tuple(sorted(named, key=lambda pair: bool(re.match(r"\d", pair[0].label)))),
        items=scales,
        group=group.data if group else None,
        others=(*rest, *_open(rows, asked, data)) if whole else numbers,
        headings=frozenset(text for c in asked if (text := parse_heading(c.label).text)),
        sheets=sheets,
        faults=tuple(odd),
        doubled=doubled,
        noted=noted,
        rows=len(rows),
    )


def _told_apart(columns: Sequence[Column]) -> tuple[list[Column], tuple[str, ...]]:
    """Give columns of one header names of their own: two questions of one text are two questions."""
    times = Counter(column.label for column in columns)
    doubled = tuple(label for label, number in times.items() if number > 1 and label)
    return [
        replace(column, label=f"{column.label}（{column.letter} 列）") if column.label in doubled else column
        for column in columns
    ], doubled


def _countable(rows: Sequence[Sequence[Cell]], column: Column, tool: Tool, *, whole: bool) -> bool:
    """Say whether a column is worth counting: a unit, a group, a scale; every question of few answers if `whole`."""
    if _UNIT_HEADER.search(column.label) or _GROUP_HEADER.search(column.label):
        return True
    if header_key(column.label) in tool.units | tool.groups:
        return True
    begin = [row[column.index] for row in rows[:BEGINNING] if column.index < len(row)]
    if whole:
        return len(set(begin)) <= OPEN_FROM
    codes = tool.codes_of(column.label)
    words = [codes.get(each, each) for each in map(word, begin)]
    known = sum(each in SCALE or each in SKIPPED for each in words)
    return known >= _SCALE_SHARE * len(words) or all(_NUMBER.fullmatch(each) for each in words if each not in SKIPPED)


def _names_units(item: Item, tool: Tool) -> bool:
    """Say whether a question asks for the unit: it is told to, or its header speaks of schools."""
    return header_key(item.label) in tool.units if tool.units else bool(_UNIT_HEADER.search(item.label))


def _item(column: Column, raw: Coded, tool: Tool) -> Item:
    heading, codes = parse_heading(column.label), tool.codes_of(column.label)
    words = [codes.get(said, mask_numbers(said)) for said in map(word, raw.values)]
    if tool.own and tool.separators != SEPARATORS:
        words = [each.translate(dict.fromkeys(map(ord, tool.separators), SEPARATORS[0])) for each in words]
    data = Coded(raw.codes, words)
    return Item(column, heading, _asked(data, heading), data)


def _asked(data: Coded, heading: Heading) -> Asked:
    """Return what a question asks for, by its answers; a few beside a scale do not take the question away."""
    words, rows = [str(value) for value in data.values], len(data.codes)
    if _answers_a_scale(data):
        return Asked.SCALE
    if _WRITTEN.search(heading.text):
        return Asked.OPEN
    asked = [each for each in words if each not in SKIPPED]
    if asked and all(_NUMBER.fullmatch(each) for each in asked):
        return Asked.RECOMMEND if _RECOMMEND.search(heading.text) else Asked.NUMBER
    if any("→" in each for each in asked):
        return Asked.ORDER
    if any(mark in each for each in asked for mark in SEPARATORS):
        return Asked.SEVERAL
    return Asked.CHOICE if len(asked) <= max(OPEN_FROM, rows // 20) else Asked.OPEN


def _answers_a_scale(data: Coded) -> bool:
    import numpy as np

    counts = np.bincount(data.codes, minlength=len(data.values)).tolist()
    given = [(value, count) for value, count in zip(data.values, counts, strict=True) if value not in SKIPPED]
    known = sum(count for value, count in given if value in SCALE)
    return bool(known and known >= _SCALE_SHARE * sum(count for _, count in given))


def _off_the_scale(item: Item) -> Iterator[tuple[int, Column, Unread]]:
    """Give the first answer that is none of the scale's, with their number; the words themselves are nobody's."""
    import numpy as np

    odd = [i for i, value in enumerate(item.data.values) if value not in SCALE and value not in SKIPPED]
    if odd:
        rows = np.flatnonzero(np.isin(item.data.codes, odd))
        yield int(rows[0]), item.column, Unread("V011", str(len(rows)))


def _tells_group(item: Item, tool: Tool) -> bool:
    """Say whether a question asks who answers: it is told to, or its header does and its answers are groups."""
    if tool.groups:
        return header_key(item.label) in tool.groups
    asked = [each for each in item.data.values if each not in SKIPPED]
    told = [each for each in asked if isinstance(each, str) and told_by(each, GROUPS)]
    return bool(asked) and len(told) * 2 > len(asked) and bool(_GROUP_HEADER.search(item.label))


def _open(rows: Sequence[Sequence[Cell]], asked: Sequence[Column], known: dict[int, Coded]) -> tuple[Item, ...]:
    """Read the columns in which people wrote, save those whose texts were already told apart."""
    return tuple(_written(rows, column) for column in asked if column.index not in known)


def _written(rows: Sequence[Sequence[Cell]], column: Column) -> Item:
    raw = coded(rows, column.index)
    return Item(
        column,
        parse_heading(column.label),
        Asked.OPEN,
        Coded(raw.codes, [mask_numbers(clean(value)) for value in raw.values]),
    )


def _noted(rows: Sequence[Sequence[Cell]], found: Found, tool: Tool, *, whole: bool) -> "tuple[Noted, Ints | None]":
    """Read the columns of the form tool, and the number by which each answer sheet is known again."""
    from zyw.survey.stamps import Noted, durations, moments, networks, sheet_keys

    at: dict[Role, int] = {}
    for column in found.columns:
        role = role_of(column.label, tool)
        if role is not None and (not column.secret or role is Role.NETWORK):
            at.setdefault(role, column.index)
    number, time, taken, network = (at.get(r) for r in (Role.NUMBER, Role.SUBMITTED, Role.TAKEN, Role.NETWORK))
    submitted = None if time is None else moments(rows, time)
    sheets = None if number is None or time is None else sheet_keys(rows, number, time, submitted)
    if not whole:
        return Noted(submitted), sheets
    return Noted(
        submitted,
        None if taken is None else durations(rows, taken),
        None if network is None else networks(rows, network),
    ), sheets


def roles_of(columns: Sequence[Column], answers: Answers) -> dict[int, str]:
    """Return what each column of a sheet is in the survey, by index: the unit, a question, the counts of an answer."""
    units = {column.index for column, _ in answers.units}
    asked = {item.column.index for item in answers.items}
    counted = {(each.question, each.answer) for each in answers.counts}
    roles = {}
    for column in columns:
        question, _, answer = column.label.rpartition("/")
        if column.index in units:
            roles[column.index] = UNIT
        elif column.index in asked:
            roles[column.index] = QUESTION
        elif (question, word(answer)) in counted or (not asked and word(answer) in SCALE):
            roles[column.index] = COUNT
    return roles


def unit_column(answers: Answers, knows: Callable[[str], bool]) -> tuple[Column, Coded] | None:
    """Return the column that names the unit: most of its answers are units, else a plain 学校 column."""
    for column, data in answers.units:
        words = [clean(v) for v in data.values if v != ""]
        if words and sum(map(knows, words)) > len(words) * _KNOWN_SHARE:
            return column, data
    plain = [(c, d) for c, d in answers.units if not re.match(r"\d", c.label) or re.search("名称|所在|就读", c.label)]
    return plain[0] if plain else None


def _paper(rows: Sequence[Sequence[Cell]], columns: Sequence[Column], tallied: Sequence[Column]) -> Answers:
    """Read a tally on paper: a row a unit, a column an answer; 发放, 回收 and 有效 beside them.

    Where one count of a question cannot be used, none of that question counts for that unit: without its 满意 a school
    would have a rate of nought.
    """
    counts: list[Count] = []
    faults: list[tuple[int, Column, Unread]] = []
    for column in tallied:
        question, _, answer = column.label.rpartition("/")
        for i, value in _numbers(rows, column, faults):
            counts.append(Count(question, word(answer), i, value))
    broken = {(i, column.label.rpartition("/")[0]) for i, column, _ in faults}
    counts = [each for each in counts if (each.row, each.question) not in broken]
    issued: list[tuple[str, int, int]] = []
    for column in columns:
        name = next((name for name, pattern in ISSUE_COLUMNS.items() if pattern.search(column.label)), "")
        if name and column not in tallied and "率" not in column.label:
            issued += [(name, i, value) for i, value in _numbers(rows, column, faults)]
    named = [c for c in columns if _UNIT_HEADER.search(c.label) and c not in tallied]
    group = next((c for c in columns if _GROUP_HEADER.search(c.label)), None)
    return Answers(
        units=tuple((c, coded(rows, c.index)) for c in named),
        counts=tuple(counts),
        issued=tuple(issued),
        group=coded(rows, group.index) if group else None,
        faults=tuple(faults),
        rows=len(rows),
    )


def _numbers(
    rows: Sequence[Sequence[Cell]], column: Column, faults: list[tuple[int, Column, Unread]]
) -> list[tuple[int, int]]:
    """Return (row, number) of a column of counts; what is no whole number ≥ 0 is a fault."""
    found = []
    for i, row in enumerate(rows):
        value = parse_number(row[column.index] if column.index < len(row) else "")
        if isinstance(value, Unread):
            faults.append((i, column, value))
        elif value is not None and value < 0:
            faults.append((i, column, Unread("L021", str(value))))
        elif value is not None and value != value.to_integral_value():
            faults.append((i, column, Unread("V015", str(value))))
        elif value is not None:
            found.append((i, int(value)))
    return found


def answered(words: Sequence[object]) -> list[bool]:
    """Say for each distinct answer whether it is one: neither blank nor not asked."""
    return [each not in SKIPPED for each in words]
