"""Ledgers built by hand, as reading would give them: frames with origins, blocks, faults — without a workbook.

    ledger = Office(units=[Unit("甲小学", "小学")]).sanctions(
        {"单位": "甲小学", "姓名": "张三", "职务": "校长", "处理方式": "通报批评", "处理时间": "2012-04-02"},
    ).ledger()

Each call adds one sheet. Its columns are the fields that its rows name (or `columns`); a field that a row leaves out is
blank, a field that no row names is a column that the sheet does not have. `faulty` names the fields whose cells could
not be read: the value is blank and (origin, field) is a fault, as the reader would have it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

import zyw
from zyw.columns import TABLES, Kind
from zyw.ledger import Ledger
from zyw.naming.units import Unit
from zyw.origins import Block, Origins
from zyw.periods import Period, Span
from zyw.rowset import RowSet
from zyw.scheme import Scheme, load_scheme
from zyw.sheets import letter
from zyw.survey.tally import Counts, Voter

DATES: Final = frozenset(
    each.name for table in TABLES for each in table.fields if each.kind in {Kind.DATE, Kind.DEADLINE}
)
NUMBERS: Final = frozenset(each.name for table in TABLES for each in table.fields if each.kind is Kind.NUMBER)
SCHEMES: Final = Path(zyw.__file__).parent / "schemes"
Row = Mapping[str, Any]


@dataclass
class Office:
    """Gathers sheets; `ledger()` gives what reading them would."""

    units: Sequence[Unit] = ()
    roster: bool | None = None
    """Whether a 名册 was read; None: when there are units."""
    _frames: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    _blocks: list[Block] = field(default_factory=list)
    _faults: set[tuple[int, str]] = field(default_factory=set)
    _answers: Counter[tuple[Voter, str, str]] = field(default_factory=Counter)
    _ballots: Counter[Voter] = field(default_factory=Counter)

    def table(
        self,
        name: str,
        *rows: Row,
        file: str | None = None,
        sheet: str = "Sheet1",
        columns: Sequence[str] = (),
        faulty: Sequence[tuple[int, str]] = (),
    ) -> "Office":
        """Add one sheet of the table `name`; the header is row 1. `faulty` holds (index of the row, field)."""
        fields = list(dict.fromkeys([*columns, *(key for row in rows for key in row)]))
        first = self._blocks[-1].first + len(self._blocks[-1].rows) if self._blocks else 0
        letters = {name: letter(index) for index, name in enumerate(fields)}
        numbers = range(2, 2 + len(rows))
        self._blocks.append(Block(file or f"{name}.xlsx", sheet, name, (1,), first, numbers, letters))
        self._faults |= {(first + index, wrong) for index, wrong in faulty}
        frame = framed({each: typed(each, [row.get(each) for row in rows]) for each in fields})
        if "单位原文" not in frame and "单位" in frame:
            frame["单位原文"] = pd.Series(frame["单位"].to_numpy(object), dtype=object)
        frame["origin"] = np.arange(first, first + len(rows), dtype=np.int64)
        self._frames.setdefault(name, []).append(frame)
        return self

    def sanctions(self, *rows: Row, **how: Any) -> "Office":
        """Add a sheet of 追责台账."""
        return self.table("追责台账", *rows, **how)

    def issues(self, *rows: Row, **how: Any) -> "Office":
        """Add a sheet of 问题台账."""
        return self.table("问题台账", *rows, **how)

    def submissions(self, *rows: Row, **how: Any) -> "Office":
        """Add a sheet of 材料报送."""
        return self.table("材料报送", *rows, **how)

    def survey(
        self, unit: str, sheets: int, question: str = "总体评价", group: str = "", channel: str = "", **answers: int
    ) -> "Office":
        """Add a unit's answer sheets and the tally of one question, as answer=count."""
        voter = Voter(unit, channel, group)
        self._ballots[voter] += sheets
        for answer, count in answers.items():
            self._answers[voter, question, answer] += count
        return self

    def ledger(self) -> Ledger:
        """Return the ledger; fields that only some sheets have are blank in the rows of the others."""
        return Ledger(
            units=tuple(self.units),
            has_roster=bool(self.units) if self.roster is None else self.roster,
            rows={name: RowSet.of(joined(frames)) for name, frames in self._frames.items()},
            counts=Counts(self._answers, self._ballots, self._ballots),
            origins=Origins(tuple(self._blocks)),
            faults=frozenset(self._faults),
        )


def typed(name: str, values: Sequence[Any]) -> Any:
    """Return a column as reading types it: dates, numbers, or text with "" for blanks."""
    if name in DATES:
        return np.array([str(value) if value else "NaT" for value in values], dtype="datetime64[s]")
    array = np.empty(len(values), dtype=object)
    if name in NUMBERS:
        array[:] = [None if value in (None, "") else Decimal(str(value)) for value in values]
    else:
        array[:] = ["" if value is None else str(value) for value in values]
    return array


def joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put sheets of one table under one another."""
    names = dict.fromkeys(name for frame in frames for name in frame.columns)
    return framed({name: np.concatenate([_column(frame, name) for frame in frames]) for name in names})


def framed(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame whose text columns stay object, as the ledger has them."""
    return pd.DataFrame({name: pd.Series(each, dtype=each.dtype) for name, each in columns.items()})


def _column(frame: pd.DataFrame, name: str) -> Any:
    if name not in frame:
        return typed(name, [None] * len(frame))
    return frame[name].to_numpy(object) if name not in DATES and name != "origin" else frame[name].to_numpy()


def year(number: int = 2012, as_of: str | None = None) -> Span:
    """Return the calendar year as scored period, seen from `as_of` (its last day when not given)."""
    period = Period(date(number, 1, 1), date(number, 12, 31))
    return Span(period, None, date.fromisoformat(as_of) if as_of else period.end)


def scheme(text: str, file: str = "方案.yaml") -> Scheme:
    """Return the scheme written in `text`; it must be without fault."""
    found, problems = load_scheme(text, file)
    assert found is not None, [f"{each.place} {each.message}" for each in problems]
    return found


def dayuan() -> Scheme:
    """Return the built-in scheme dayuan-2011."""
    return scheme((SCHEMES / "dayuan-2011.yaml").read_text(encoding="utf-8"), "dayuan-2011.yaml")
