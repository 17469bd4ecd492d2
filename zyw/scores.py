"""What scoring gives: the journal, the units' scores, the effects on persons, what did not count, and why.

Frames, one row a thing; `origins` columns hold tuples of row numbers (`zyw.origins`), `fields` the fields whose cells
bear the row. Points and quantities are whole millionths (`zyw.points`). Base + Σ journal points = score, always.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from zyw.periods import Span
from zyw.rules import Note

__all__ = ["JOURNAL", "NOT_COUNTED", "UNITS", "Effect", "Note", "Scores", "Standing"]

if TYPE_CHECKING:
    import pandas as pd

    from zyw.rowset import RowSet
    from zyw.scheme import Scheme

JOURNAL: Final = (
    "unit",  # official name
    "person",  # name, "" when the row is about the unit
    "rule",  # id of the rule in the scheme
    "clause",
    "date",  # datetime64[s]: the day that counts
    "quantity",  # millionths
    "points",  # millionths; 0 when the row states a consequence
    "consequence",  # text, "" when the row moves points
    "start",  # consequence: first day of effect (datetime64[s], NaT when none)
    "end",  # consequence: last day of effect (NaT: without end)
    "origins",  # tuple[int, ...]
)
UNITS: Final = ("unit", "kind", "base", "score", "consequences", "rows_not_used")
"""`consequences`: tuple[str, ...]; `rows_not_used`: rows with a fault that kept them from counting."""
NOT_COUNTED: Final = ("unit", "person", "rule", "clause", "reason", "origins")


@dataclass(frozen=True, slots=True)
class Effect:
    """One consequence for a person: equal ones merged, from–to as long as the longest stands."""

    unit: str
    person: str
    consequence: str
    start: date
    end: date | None
    clause: str
    origins: tuple[int, ...]


@dataclass(frozen=True)
class Scores:
    """The whole result of scoring a ledger by a scheme over a span.

    `unit_rows`, `journal_rows` and `left_out_rows` have the columns `UNITS`, `JOURNAL` and `NOT_COUNTED`; `units`,
    `journal` and `not_counted` are the same as pandas frames, made when first asked for.
    """

    scheme: "Scheme"
    span: Span
    unit_rows: "RowSet"
    journal_rows: "RowSet"
    left_out_rows: "RowSet"
    effects: Sequence[Effect]
    notes: tuple[Note, ...]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Rule id → fields whose cells bear its journal rows (`origins.cells`)."""
    unranked: Mapping[str, str] = field(default_factory=dict)
    """Unit → why it is not ranked: an item that does not apply to it."""
    item_values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Item → unit → what the item came to, in its own points (millionths)."""

    @cached_property
    def rows_of_no_unit(self) -> int:
        """How many rows counted for nobody because their unit is blank or unknown: any unit may be better than it."""
        rows = self.left_out_rows
        return len({row for unit, origins in rows.rows("unit", "origins") if not unit for row in origins})

    @cached_property
    def units(self) -> "pd.DataFrame":
        """The units' scores as a frame."""
        return self.unit_rows.frame(UNITS)

    @cached_property
    def journal(self) -> "pd.DataFrame":
        """The journal as a frame."""
        return self.journal_rows.frame(JOURNAL)

    @cached_property
    def not_counted(self) -> "pd.DataFrame":
        """What did not count, as a frame."""
        return self.left_out_rows.frame(NOT_COUNTED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's place in its group: `rank` None when it is not ranked, and `excluded` says why."""

    unit: str
    group: str
    rank: int | None
    of: int
    tied: bool
    excluded: str | None
    grade: str | None = None
    """等次, where the scheme has any."""
