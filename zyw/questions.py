"""Questions that the facts put to those who decide; none of them moves a point.

Joint liability (dayuan-2011 五(三)4办法3): where a matter is heavy and nobody who leads the unit was dealt with, the
document calls for the leaders' share and names no points for it. A teacher's case with 情节 较重 and no measure on a
leader of the school in the 考核期 is a question about that school. Units are named, not counted: an issue and the
sanction that followed it are one matter, and without 案号 nobody can tell.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zyw.counting import days, texts, usable, within
from zyw.ledger import Ledger
from zyw.sanctions.taken import measures_taken
from zyw.scheme import Scheme

if TYPE_CHECKING:
    from zyw.periods import Span

JOINT: Final = "连带"
"""A reading of the scheme with this word says that joint liability is left to be asked about; its clause is cited."""
LEADERS: Final = 2
"""So many of the highest 职务层级 lead a unit: 主要领导 and 班子成员."""


@dataclass(frozen=True, slots=True)
class Joint:
    """The units about which to ask, by name; the clause, and the 情节 that counts as heavy."""

    clause: str = ""
    gravity: str = ""
    units: tuple[str, ...] = ()


def joint_liability(ledger: Ledger, scheme: Scheme, span: "Span") -> Joint:
    """Return the questions of the 考核期; none where the scheme knows one 情节 only or is silent on the matter."""
    clause = next((note.clause for note in scheme.notes if JOINT in note.text and note.clause), "")
    if not clause or len(scheme.gravities) < 2:
        return Joint()
    heaviest = scheme.gravities[-1].name
    rows = measures_taken(ledger, scheme, span.as_of)
    stands = rows[(rows["reason"] == "") & within(rows["day"], span.period, span.as_of)]
    answered = set(stands[stands["level"] < min(LEADERS, len(scheme.levels.order) - 1)]["unit"])
    heavy = {*stands[stands["gravity"] == heaviest]["unit"], *_with_heavy_issues(ledger, heaviest, span)}
    return Joint(clause, heaviest, tuple(sorted(str(unit) for unit in heavy - answered if unit)))


def _with_heavy_issues(ledger: Ledger, heaviest: str, span: "Span") -> set[str]:
    table = ledger.frame("问题台账")
    if table is None or not len(table):
        return set()
    table = usable(ledger, table, ("单位", "发现日"))
    found = within(days(table, "发现日"), span.period, span.as_of)
    return set(table["单位"][found & (texts(table, "情节") == heaviest)])
