"""测评: answer sheets → tallies by unit, question and answer → satisfied rates.

An export (one row an answer sheet, 问卷星 by text) or a paper tally (unit × item × 满意 …, two-row header). The unit
comes from a column or question whose answers the roster knows. Only scale answers are kept; what people wrote is not.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from zyw.cells import Unread, clean, parse_number
from zyw.headers import Column, Found
from zyw.sheets import Cell
from zyw.typed import Coded, coded

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SATISFIED: Final = ("非常满意", "很满意", "十分满意", "满意")
UNKNOWN: Final = ("不了解", "不清楚", "不知道", "弃权")
SCALE: Final = frozenset(
    (*SATISFIED, *UNKNOWN, "比较满意", "较满意", "基本满意", "一般", "不太满意", "不满意", "很不满意", "非常不满意")
)
SKIPPED: Final = frozenset(("", "(跳过)", "(空)", "-3", "-2"))
"""Structural skip and blank: no answer at all (input-formats.md A1)."""
UNIT: Final = "单位"
QUESTION: Final = "题目"
COUNT: Final = "份数"
ROLES: Final = (UNIT, QUESTION, COUNT)
"""What a column of a survey may be."""
Tally: TypeAlias = "Mapping[tuple[str, str, str], int]"
"""Counts by (unit, question, answer)."""
BEGINNING: Final = 50
"""So many rows show whether a column can be a scale."""
_UNIT_HEADER: Final = re.compile("学校|单位|幼儿园|校名|园所")
_KNOWN_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Rate:
    """The satisfied rate of one unit: `satisfied` ÷ `answered` answers, 不了解 left out; `n` answer sheets.

    (非常满意 + 满意) ÷ (answered − 不了解), exact: 45 of 60 is Fraction(3, 4). None when nobody answered.
    """

    n: int
    satisfied: int
    answered: int

    @property
    def rate(self) -> Fraction | None:
        """The exact rate, None without an answer."""
        return Fraction(self.satisfied, self.answered) if self.answered else None


@dataclass(frozen=True, slots=True)
class Answers:
    """One sheet of 测评 read: scale columns as codes, or the ready counts of a paper tally.

    `units` are the columns that may name the unit, the likeliest first;
    which one does is decided when the roster is known.
    """

    units: tuple[tuple[Column, Coded], ...]
    questions: tuple[tuple[str, Coded], ...] = ()
    counts: tuple[tuple[str, str, int, int], ...] = ()
    """(question, answer, row index, count) of a paper tally."""
    faults: tuple[tuple[int, Column, Unread], ...] = ()
    rows: int = 0


def read_answers(rows: Sequence[Sequence[Cell]], found: Found) -> Answers:
    """Read the body of a 测评 sheet; columns that identify a respondent are not looked at."""
    columns = [c for c in found.columns if not c.secret]
    tallied = [c for c in columns if c.label.rpartition("/")[2] in SCALE]
    likely = [c for c in columns if _UNIT_HEADER.search(c.label) or _begins_as_scale(rows, c.index)]
    data = [(c, coded(rows, c.index)) for c in likely if c not in tallied]
    scales = [(c, answers) for c, answers in data if _is_scale(answers)]
    named = [(c, d) for c, d in data if _UNIT_HEADER.search(c.label) and not any(c is asked for asked, _ in scales)]
    units = tuple(sorted(named, key=lambda pair: bool(re.match(r"\d", pair[0].label))))
    if tallied:
        counts, faults = _counts(rows, tallied)
        return Answers(units, (), counts, faults, len(rows))
    return Answers(units, tuple((c.label, answers) for c, answers in scales), rows=len(rows))


def roles_of(columns: Sequence[Column], answers: Answers) -> dict[int, str]:
    """Return what each column of a sheet is in the survey, by index: the unit, a question, the counts of an answer."""
    units = {column.index for column, _ in answers.units}
    asked = {question for question, _ in answers.questions}
    counted = {(question, answer) for question, answer, _, _ in answers.counts}
    roles = {}
    for column in columns:
        question, _, answer = column.label.rpartition("/")
        if column.index in units:
            roles[column.index] = UNIT
        elif column.label in asked:
            roles[column.index] = QUESTION
        elif (question, answer) in counted or (not asked and answer in SCALE):
            roles[column.index] = COUNT
    return roles


def _begins_as_scale(rows: Sequence[Sequence[Cell]], index: int) -> bool:
    """Say whether the first rows could be answers: times and addresses, all distinct, are not counted at all."""
    begin = {clean(row[index]) for row in rows[:BEGINNING] if index < len(row)}
    return begin <= SCALE | SKIPPED


def _is_scale(answers: Coded) -> bool:
    """Say whether a column answers a scale: `您对学校食堂是否满意` does, though it speaks of 学校."""
    asked = [value for value in answers.values if value not in SKIPPED]
    return bool(asked) and all(clean(value) in SCALE or clean(value) in SKIPPED for value in asked)


def unit_column(answers: Answers, knows: Callable[[str], bool]) -> tuple[Column, Coded] | None:
    """Return the column that names the unit: most of its answers are units, else a plain 学校 column."""
    for column, data in answers.units:
        words = [clean(v) for v in data.values if v != ""]
        if words and sum(map(knows, words)) > len(words) * _KNOWN_SHARE:
            return column, data
    plain = [(c, d) for c, d in answers.units if not re.match(r"\d", c.label) or re.search("名称|所在|就读", c.label)]
    return plain[0] if plain else None


def _counts(
    rows: Sequence[Sequence[Cell]], columns: Sequence[Column]
) -> tuple[tuple[tuple[str, str, int, int], ...], tuple[tuple[int, Column, Unread], ...]]:
    counts, faults = [], []
    for column in columns:
        question, _, answer = column.label.rpartition("/")
        for i, row in enumerate(rows):
            value = parse_number(row[column.index] if column.index < len(row) else "")
            if isinstance(value, Unread):
                faults.append((i, column, value))
            elif value is not None and (value < 0 or value != value.to_integral_value()):
                faults.append((i, column, Unread("L006", str(value))))
            elif value:
                counts.append((question, answer, i, int(value)))
    return tuple(counts), tuple(faults)


def tally(answers: Answers, unit_of: "npt.NDArray[np.object_]") -> tuple[Tally, dict[str, int]]:
    """Count answers by unit, question and answer; `unit_of[i]` is the unit of row i ("" is left out).

    The second value is the number of answer sheets a unit (of a paper tally: its fullest item).
    """
    import numpy as np

    known: dict[str, int] = {}
    codes = np.array([known.setdefault(name, len(known)) for name in unit_of.tolist()], dtype=np.intp)
    listed = list(known)
    unit = np.where(codes == known.get("", -1), -1, codes)
    counts: dict[tuple[str, str, str], int] = {}
    for question, data in answers.questions:
        _cross(counts, question, data, unit, listed)
    per_item: dict[tuple[str, str], int] = {}
    for question, answer, row, count in answers.counts:
        name = listed[codes[row]]
        if name:
            counts[name, question, answer] = counts.get((name, question, answer), 0) + count
            per_item[name, question] = per_item.get((name, question), 0) + count
    sheets = np.bincount(unit[unit >= 0], minlength=len(listed)).tolist()
    if answers.counts:
        sheets = [max((n for (u, _), n in per_item.items() if u == name), default=0) for name in listed]
    return counts, {name: sheets[i] for name, i in known.items() if name}


def _cross(
    counts: dict[tuple[str, str, str], int],
    question: str,
    data: Coded,
    unit: "npt.NDArray[np.intp]",
    listed: Sequence[str],
) -> None:
    """Count one question's answers a unit by one pass over two columns of numbers."""
    import numpy as np

    width = len(data.values)
    inside = unit >= 0
    cells = np.bincount(unit[inside] * width + data.codes[inside], minlength=width * len(listed))
    words = [clean(value) for value in data.values]
    for at in np.flatnonzero(cells).tolist():
        if words[at % width] not in SKIPPED:
            key = (listed[at // width], question, words[at % width])
            counts[key] = counts.get(key, 0) + int(cells[at])


def rates(tallies: Tally, ballots: Mapping[str, int]) -> dict[str, Rate]:
    """Return each unit's satisfied rate over all its scale answers (design §6, without a scheme's scale)."""
    answered: dict[str, int] = {}
    satisfied: dict[str, int] = {}
    for (unit, _, answer), count in tallies.items():
        answered[unit] = answered.get(unit, 0) + (0 if answer in UNKNOWN else count)
        satisfied[unit] = satisfied.get(unit, 0) + (count if answer in SATISFIED else 0)
    return {unit: Rate(ballots.get(unit, 0), satisfied[unit], answered[unit]) for unit in answered}
