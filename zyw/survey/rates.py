"""The satisfied rate of each unit as rankings and papers print it beside the scores: no scale, no weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zyw.survey.tally import Tally
from zyw.survey.words import SATISFIED, UNKNOWN


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


def rates(tallies: Tally, ballots: Mapping[str, int]) -> dict[str, Rate]:
    """Return each unit's satisfied rate over all its scale answers (design §6, without a scheme's scale)."""
    answered: dict[str, int] = {}
    satisfied: dict[str, int] = {}
    for (unit, _, answer), count in tallies.items():
        if answer not in UNKNOWN:
            answered[unit] = answered.get(unit, 0) + count
            if answer in SATISFIED:
                satisfied[unit] = satisfied.get(unit, 0) + count
    units = dict.fromkeys(unit for unit, *_ in tallies)
    return {unit: Rate(ballots.get(unit, 0), satisfied.get(unit, 0), answered.get(unit, 0)) for unit in units}
