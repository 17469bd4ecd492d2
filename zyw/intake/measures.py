"""A problem that stands in merged cells over several rows, each with a measure of its own → one problem, its measures.

12 problems with 50 measures are 12 rows of 问题台账 and 50 of `Ledger.measures`. The sheet itself must say so: 问题 is
merged downwards, and so is whatever else tells problems apart (编号, 当事人, 扣分 …); what may differ from row to row
is what belongs to a measure. The problem stands as its least advanced measure: the first that is not done, else the
last that was.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from zyw.cells import BLANK
from zyw.intake.margins import Margins
from zyw.lifecycle import says_done
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.rowset import Ints, RowSet

TABLE: Final = "问题台账"
MEASURE: Final = "措施"
OF_MEASURE: Final = frozenset(
    (
        MEASURE, "具体表现", "目标", "标准", "责任人", "责任股室", "协办", "领导", "期限", "期限原文", "状态", "进展",
        "完成日", "是否销号", "销号日", "佐证", "复查人", "备注",
    )
)  # fmt: skip
"""Fields in which the measures of one problem may differ."""
_ROW: Final = frozenset(("origin", "单位原文"))


@dataclass(frozen=True, slots=True)
class Gathered:
    """`rows`: 问题台账 with a row a problem; `measures`: the rows of problems that have several, None without any.

    The measures carry `problem`: the origin by which their problem stands.
    """

    rows: RowSet
    measures: RowSet | None = None
    problems: tuple[Problem, ...] = ()


def gather_measures(rows: RowSet, margins: Sequence[Margins]) -> Gathered:
    """Return the problems of 问题台账 and their measures; told once a sheet (L024)."""
    stems = _stems(margins) if MEASURE in rows else {}
    groups = [group for group in _groups(rows, stems) if _one_problem(rows, group)] if stems else []
    if not groups:
        return Gathered(rows)
    found = rows.take(np.arange(len(rows)))
    texts = found[MEASURE].copy()
    kept = np.ones(len(rows), dtype=np.bool_)
    stands: dict[int, int] = {}
    for group in groups:
        at = _least_advanced(rows, group)
        measures_of = dict.fromkeys(str(rows[MEASURE][row]) for row in group if rows[MEASURE][row])
        texts[at] = "；".join(f"{number}.{text}" for number, text in enumerate(measures_of, 1))
        kept[group] = False
        kept[at] = True
        stands |= dict.fromkeys(group, int(rows["origin"][at]))
    found[MEASURE] = texts
    where = np.array(sorted(stands), dtype=np.int64)
    measures = rows.take(where)
    measures["problem"] = np.array([stands[at] for at in where.tolist()], dtype=np.int64)
    return Gathered(found.take(kept), measures, tuple(_told(rows, groups, margins)))


def _told(rows: RowSet, groups: Sequence[list[int]], margins: Iterable[Margins]) -> Iterator[Problem]:
    """Say for each sheet how many rows are the measures of how many problems."""
    firsts = np.array([rows["origin"][group[0]] for group in groups], dtype=np.int64)
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    for each in margins:
        block = each.block
        here = (firsts >= block.first) & (firsts < block.first + len(block.rows))
        if block.table == TABLE and here.any():
            top = block.rows[int(firsts[here].min()) - block.first]
            place = Place(block.file, block.sheet, f"{block.columns['问题']}{top}")
            name = Verbatim(block.labels.get("问题", "问题").replace("\n", ""))
            count, problems = int(sizes[here].sum()), int(here.sum())
            yield problem("L024", place, excerpt=(), count=count, problems=problems, name=name)


def _stems(margins: Iterable[Margins]) -> dict[int, int]:
    """Return for each row (origin) whose 问题 is merged with the row above the first row of that problem."""
    stems: dict[int, int] = {}
    for each in margins:
        rows = each.continued.get("问题") if each.block.table == TABLE else None
        if not rows or rows <= each.continued.get(MEASURE, frozenset()):
            continue
        for at, number in enumerate(each.block.rows):
            origin = each.block.first + at
            if at and number in rows:
                stems[origin] = stems.get(origin - 1, origin - 1)
    return stems


def _groups(rows: RowSet, stems: Mapping[int, int]) -> Iterator[list[int]]:
    """Yield the positions of the rows of one problem of one unit, more than one."""
    firsts = set(stems.values())
    origins = rows["origin"].tolist()
    units = rows["单位"].tolist() if "单位" in rows else [""] * len(rows)
    found: dict[tuple[int, str], list[int]] = {}
    for at, origin in enumerate(origins):
        if origin in stems or origin in firsts:
            found.setdefault((stems.get(origin, origin), units[at]), []).append(at)
    yield from (group for group in found.values() if len(group) > 1)


def _one_problem(rows: RowSet, group: list[int]) -> bool:
    """Say whether nothing but what belongs to measures differs."""
    others = (column for name, column in rows.columns.items() if name not in OF_MEASURE and name not in _ROW)
    return all(len({_plain(column[at]) for at in group} - {None}) < 2 for column in others)


def _plain(value: Any) -> Any:
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else value
    return None if value is None or value in BLANK else value


def _least_advanced(rows: RowSet, group: list[int]) -> int:
    """Return the first measure that is not done, else the one that was done last."""
    ends = [_end(rows, at) for at in group]
    states = rows["状态"].tolist() if "状态" in rows else [""] * len(rows)
    for at, end in zip(group, ends, strict=True):
        if np.isnat(end) and not says_done(states[at]):
            return at
    last: Ints = np.argsort(np.array([np.datetime64(0, "s") if np.isnat(end) else end for end in ends]), kind="stable")
    same = [at for at, end in zip(group, ends, strict=True) if end == ends[int(last[-1])]]
    return same[0] if same else group[0]


def _end(rows: RowSet, at: int) -> Any:
    """Return when a measure was done, NaT where nothing tells."""
    for name in ("完成日", "销号日"):
        if name in rows and not np.isnat(rows[name][at]):
            return rows[name][at].astype("datetime64[s]")
    return np.datetime64("NaT", "s")
