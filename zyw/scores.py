"""What scoring gives: the journal, the units' scores, the effects on persons, what did not count, and why.

Frames, one row a thing; `origins` columns hold tuples of row numbers (`zyw.origins`), `fields` the fields whose cells
bear the row. Points and quantities are whole millionths (`zyw.points`). Base + Σ journal points = score, always.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from zyw.periods import Span
from zyw.rules import Note

__all__ = ["JOURNAL", "NOT_COUNTED", "UNITS", "Effect", "Note", "Scores", "Standing"]

if TYPE_CHECKING:
    import pandas as pd

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


@dataclass(frozen=True, slots=True)
class Scores:
    """The whole result of scoring a ledger by a scheme over a span."""

    scheme: "Scheme"
    span: Span
    units: "pd.DataFrame"
    journal: "pd.DataFrame"
    not_counted: "pd.DataFrame"
    effects: Sequence[Effect]
    notes: tuple[Note, ...]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Rule id → fields whose cells bear its journal rows (`origins.cells`)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's place in its group: `rank` None when it is not ranked, and `excluded` says why."""

    unit: str
    group: str
    rank: int | None
    of: int
    tied: bool
    excluded: str | None
