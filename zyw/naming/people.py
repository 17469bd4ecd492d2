"""Several people in one cell: each gets a row of the same origin, with the title and the number that are theirs.

Two people and two titles go together in their order, one title is everybody's; otherwise nobody can tell, and that is
said. A number (工号) is never given to more than one. Where a cell names several units too, as many people as units
go together in their order; another number of people cannot be told apart, and no person is read. A title in brackets
behind one name is that person's.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zyw.naming.several import split_list, split_people
from zyw.origins import Block
from zyw.problems import Place, Problem, problem
from zyw.rowset import all_texts, coded

if TYPE_CHECKING:
    import numpy.typing as npt

    from zyw.rowset import Ints

SUBJECTS: Final[Mapping[str, str]] = {"追责台账": "姓名", "问题台账": "当事人"}
"""The column that names whom a row is about. Who is answerable for mending (责任人) or took part is not cut."""
TITLE: Final = "职务"
SHARED: Final[tuple[str, ...]] = (TITLE, "职务层级")
OWN: Final[str] = "工号"
MANY: Final = 200
_TITLED: Final = re.compile(
    r"(?P<name>[^、，,；;/\s（()）]{2,4})\s*[（(](?P<title>[^、，,；;/（()）]{0,8}(?:长|书记|主任|主席|教师|老师|班主任|员|会计|出纳))[）)]"
)
"""张三（校长）; brackets that tell two people of one name apart, （大）, are no title."""

Arrays = dict[str, "npt.NDArray[Any]"]


@dataclass(frozen=True, slots=True)
class Spread:
    """The rows of a sheet, one a unit and person: `rows` is the row (by index) that each belongs to."""

    rows: "Ints"
    arrays: Arrays
    problems: tuple[Problem, ...] = ()
    faults: frozenset[int] = frozenset()


def spread_people(block: Block, rows: "Ints", arrays: Arrays) -> Spread:
    """Give every person a row; `arrays` have one entry for each of `rows`, where rows of several units are repeated."""
    subject = SUBJECTS.get(block.table, "")
    if subject not in arrays:
        return Spread(rows, arrays)
    import numpy as np

    arrays = _titles_apart(subject, arrays)
    texts = coded(arrays[subject])
    parts = [split_people(text) for text in texts.texts]
    if all(len(people) == 1 for people in parts):
        return Spread(rows, arrays)
    several = np.flatnonzero(texts.mapped((len(people) > 1 for people in parts), np.bool_)).tolist()
    filled, said = _plan(subject, {at: parts[texts.codes[at]] for at in several}, rows, arrays)
    counts = np.ones(len(rows), dtype=np.int64)
    counts[several] = [len(filled[at]) for at in several]
    spread = np.repeat(np.arange(len(rows)), counts)
    made = {name: array[spread] for name, array in arrays.items()}
    _fill(made, np.cumsum(counts) - counts, filled)
    faults = frozenset(row for row, code, _ in said if code == "U013")
    return Spread(rows[spread], made, tuple(_problems(block, subject, said)), faults)


def _titles_apart(subject: str, arrays: Arrays) -> Arrays:
    """Take 校长 out of 张三（校长）: into 职务 where that is blank, so that 张三 is one person wherever he stands."""
    texts = coded(arrays[subject])
    found = [_apart(text) for text in texts.texts]
    if not any(title for _, title in found):
        return arrays
    names, said = texts.mapped(name for name, _ in found), texts.mapped(title for _, title in found)
    titles = arrays[TITLE].copy() if TITLE in arrays else all_texts(len(names))
    blank = titles == ""
    titles[blank] = said[blank]
    return {**arrays, subject: names, TITLE: titles}


def _apart(text: str) -> tuple[str, str]:
    """Return the names and the titles of a cell; without titles where one of its people has none."""
    if not text.endswith(("）", ")")):
        return text, ""
    found = [_TITLED.fullmatch(part) for part in split_people(text)]
    if not all(found):
        return text, ""
    return "、".join(m["name"] for m in found if m), "、".join(m["title"] for m in found if m)


def _plan(
    subject: str, several: Mapping[int, tuple[str, ...]], rows: "Ints", arrays: Arrays
) -> tuple[dict[int, list[dict[str, str]]], list[tuple[int, str, int]]]:
    """Return the values of each person, and what is to be said of which row (with the number of its people)."""
    import numpy as np

    units = np.bincount(rows)
    beside = [name for name in (*SHARED, OWN) if name in arrays]
    turns: Counter[int] = Counter()
    filled, said = {}, []
    for at, people in several.items():
        row = int(rows[at])
        found = {name: str(arrays[name][at]) for name in beside}
        told, filled[at] = _entries(subject, people, found, int(units[row]), turns[row])
        if not turns[row]:
            said += [(row, code, len(people)) for code in told]
        turns[row] += 1
    return filled, said


def _entries(
    subject: str, people: tuple[str, ...], found: Mapping[str, str], units: int, turn: int
) -> tuple[list[str], list[dict[str, str]]]:
    """Return what is to be said and the values of each person; `turn` counts the units of the row."""
    if units > 1 and len(people) != units:
        return ["U013"], [{subject: ""}]
    told = ["U014"] if units > 1 else ["U011"]
    columns: dict[str, tuple[str, ...]] = {subject: people}
    for name, text in found.items():
        each = split_list(text)
        if len(each) == len(people):
            columns[name] = each
        elif name == OWN:
            columns[name] = ("",) * len(people)
            told += ["U012"] if text else []
        elif len(each) > 1:
            told.append("U012")
    entries = [{name: values[i] for name, values in columns.items()} for i in range(len(people))]
    return list(dict.fromkeys(told)), [entries[turn]] if units > 1 else entries


def _fill(arrays: Arrays, starts: "Ints", filled: Mapping[int, list[dict[str, str]]]) -> None:
    for at, entries in filled.items():
        for i, values in enumerate(entries):
            for name, value in values.items():
                arrays[name][starts[at] + i] = value


def _problems(block: Block, subject: str, said: list[tuple[int, str, int]]) -> Iterator[Problem]:
    """Report at the cell of each row, up to `MANY`; the rest is one problem with its number."""
    label, letter = block.labels.get(subject, subject), block.columns[subject]
    for row, code, number in said[:MANY]:
        place = Place(block.file, block.sheet, f"{letter}{block.rows[row]}")
        yield problem(code, place, name=label, number=number)
    if len(said) > MANY:
        place = Place(block.file, block.sheet, f"{letter}{block.rows[said[MANY][0]]}")
        yield problem("L019", place, name=label, count=len(said) - MANY)
