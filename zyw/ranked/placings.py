"""The rows of the ranked table, in the order they are printed, for the workbook and the csv alike."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from zyw.points import SCALE, half_up, to_decimal
from zyw.printed.listing import Value
from zyw.ranked.book import RankedBook
from zyw.scores import Standing

UNRANKED = "不排名"


@dataclass(frozen=True, slots=True)
class Placing:
    """One unit's line. `number` is its 序号, which its journal rows carry; `team` numbers the 学段, 0 when not ranked.

    `base` and `score` are millionths of a point; `rate` is the satisfied rate, a fraction of 1 to four decimals.
    """

    number: int
    unit: str
    team: int
    base: int
    score: int
    consequences: tuple[str, ...]
    rate: Decimal | None
    rows_not_used: int
    standing: Standing

    @property
    def group(self) -> str:
        """The 学段 as it is printed."""
        return self.standing.group or "未分学段"

    @property
    def remark(self) -> str:
        """What must be said beside the place: the grade, a shared place, rows not used, why there is no place."""
        parts = [f"等次：{self.standing.grade}"] if self.standing.grade else []
        if self.standing.excluded is not None:
            parts.append(f"{UNRANKED}：{self.standing.excluded.removesuffix('，不参加排名')}")
        if self.standing.tied:
            parts.append("并列")
        if self.rows_not_used:
            parts.append(f"有 {self.rows_not_used} 行未计入")
        return "；".join(parts)


def placings(book: RankedBook) -> tuple[Placing, ...]:
    """Return a line for each unit: 学段 in the order of the standings, in each by place; units without a place last."""
    known = {standing.unit: standing for standing in book.standings}
    units = book.scores.unit_rows
    groups = list(dict.fromkeys(standing.group for standing in book.standings))
    lines = []
    for unit, base, score, effects, unused in units.rows("unit", "base", "score", "consequences", "rows_not_used"):
        standing = known.get(unit) or Standing(unit, "", None, 0, False, "没有排名结果")
        team = groups.index(standing.group) + 1 if standing.rank is not None else 0
        rate = _rate(book, unit)
        lines.append(Placing(0, unit, team, int(base), int(score), tuple(effects), rate, int(unused), standing))
    lines.sort(key=lambda line: (line.team == 0, line.team, line.standing.rank or 0))
    return tuple(replace(line, number=i) for i, line in enumerate(lines, start=1))


def missing_notes(book: RankedBook) -> tuple[Value, ...]:
    """Return the lines that every table carries when something was not read or not given, nothing when all was."""
    notes = []
    if book.missing_inputs:
        notes.append(f"缺：{'、'.join(book.missing_inputs)}（未能读取，本表不含其中的数据）")
    if book.lacking:
        notes.append(f"缺：没有收到{'、'.join(book.lacking)}，依据它的规则没有计分")
    if book.scores.rows_of_no_unit:
        notes.append(f"缺：{no_unit(book.scores.rows_of_no_unit)}")
    return tuple(Value(note, "alarm") for note in notes)


def no_unit(rows: int) -> str:
    """Return what is said of rows that counted for nobody."""
    return f"台账有 {rows} 行没有写明单位，或单位不在名册里，没有计入任何单位"


def decimals(book: RankedBook) -> int:
    """Return how many decimals show every score, base and journal row in full, at least two."""
    units, journal = book.scores.unit_rows, book.scores.journal_rows
    shown = {*units["score"].tolist(), *units["base"].tolist(), *journal["points"].tolist()}
    return max([2, *(-int(to_decimal(value).as_tuple().exponent) for value in shown)])


def points_width(values: Iterable[int], places: int) -> float:
    """Return the width of a column of points (millionths) shown with `places` decimals and a sign, at least 8."""
    largest = max((abs(value) for value in values), default=0)
    return max(8.0, len(str(largest // SCALE)) + places + 4.0)


def places_follow_scores(lines: tuple[Placing, ...]) -> bool:
    """Say whether each place is 1 + the number of higher scores in the 学段 (1, 2, 2, 4).

    That is what the workbook's formula gives; a scheme that parts equal scores by other means gives other places.
    """
    teams: dict[int, list[int]] = {}
    for line in lines:
        teams.setdefault(line.team, []).append(line.score)
    return all(
        line.standing.rank == 1 + sum(score > line.score for score in teams[line.team]) for line in lines if line.team
    )


def _rate(book: RankedBook, unit: str) -> Decimal | None:
    rate = book.rates[unit].rate if unit in book.rates else None
    if rate is None:
        return None
    return half_up(Decimal(rate.numerator) / Decimal(rate.denominator), 4)
