"""The parts a scheme is composed of, each a small frozen record with one meaning (design §5).

*Which rows* (`conditions`) × *what is counted once* (`rule`) × *how much* (`amounts`, `values`) × *times* → `limits` →
`consequences` with a `Term` (`terms`), and events of a higher tier; `items` hold the rules' points in a tree,
`ranking` places the units. Records only: `zyw.grammar` reads them from a file, `zyw.ruling` applies them.
"""

from zyw.rules.amounts import Average, Change, Column, DaysLate, DefaultDue, Difference, Once, PerHead, Ratio
from zyw.rules.conditions import Condition
from zyw.rules.consequences import PERSON, UNIT, Consequence, Cumulation, Step
from zyw.rules.intervals import Interval
from zyw.rules.items import Item
from zyw.rules.limits import Limit, Together
from zyw.rules.ranking import Criterion, Grade, Ranking
from zyw.rules.rule import ADD, CASE, FIRST, HIGHEST, SANCTIONS, Rule
from zyw.rules.surveys import Survey
from zyw.rules.terms import Dated, Note, Term
from zyw.rules.values import AsWritten, Bands, ByAmount, Fixed, Ladder, Multiplier, Range, Slope, Worth
from zyw.rules.words import (
    Activity,
    Area,
    Category,
    Channel,
    Document,
    Element,
    Gravity,
    Levels,
    Measure,
    Norm,
    Phase,
    Word,
)

__all__ = [
    "ADD", "CASE", "FIRST", "HIGHEST", "PERSON", "SANCTIONS", "UNIT", "Activity", "Area", "AsWritten", "Average",
    "Bands", "ByAmount", "Category", "Change", "Channel", "Column", "Condition", "Consequence", "Criterion",
    "Cumulation", "Dated", "DaysLate", "DefaultDue", "Difference", "Document", "Element", "Fixed", "Grade", "Gravity",
    "Interval",
    "Item", "Ladder", "Levels", "Limit", "Measure", "Multiplier", "Norm", "Note", "Once", "PerHead", "Phase", "Range",
    "Ranking", "Ratio", "Rule", "Slope", "Step", "Survey", "Term", "Together", "Word", "Worth",
]  # fmt: skip
