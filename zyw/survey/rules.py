"""How a survey is turned into rates and scores: what a scheme, zyw.yaml or a command line states, nothing in silence.

The open choices are those of domain/scoring-arithmetic.md B2: the scale, what it is divided by, whose answers and
which questions count, weights, what happens to an empty group, how few sheets are too few, where numbers are rounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from zyw.survey.words import SATISFIED, UNKNOWN

ALL, ANSWERED, KNOWING = "全部答卷", "已答", "除不了解"
DENOMINATORS: Final = (ALL, ANSWERED, KNOWING)
SHARED, ZERO, VOID = "其余分摊", "计零", "不计"
EMPTY_PARTS: Final = (SHARED, ZERO, VOID)
FEW: Final = 5
"""Below so many answer sheets no rate is printed (domain/official-documents.md E3)."""
PLACES: Final = 2
"""To so many decimals a score is printed where nothing is stated."""


@dataclass(frozen=True, slots=True)
class SurveyRules:
    """The stated choices.

    `scale` maps an answer to its value (满意 → 100); empty: there is no survey score, only a satisfied rate.
    `divisor` says what a score is divided by: every answer sheet, the answers, or the answers without 不了解.
    `respondents` and `questions` are those that count, all where there are none. Weights by respondent group, channel
    and question are proportions; where one of them has no answers, `empty` says whether the others share its weight
    (其余分摊), it counts as zero (计零), or there is no result (不计). No weights: everybody's answers count alike.
    With fewer sheets than `least`, more than were `issued`, or less than the part `turnout` of those, a vote is void.
    """

    scale: Mapping[str, Fraction] = field(default_factory=dict)
    satisfied: tuple[str, ...] = SATISFIED
    unknown: tuple[str, ...] = UNKNOWN
    divisor: str = KNOWING
    respondents: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    groups: Mapping[str, Fraction] = field(default_factory=dict)
    channels: Mapping[str, Fraction] = field(default_factory=dict)
    items: Mapping[str, Fraction] = field(default_factory=dict)
    empty: str = SHARED
    least: int = 0
    issued: Mapping[str, int] = field(default_factory=dict)
    """By unit, where the scheme's owner states them; what paper tallies say stands in `Counts.issued`."""
    turnout: Fraction | None = None
    quorum: Fraction | None = None
    """The least share of the sheets handed out that must be valid; None: none is stated."""
    few: int = FEW
    places: int | None = None
    """Decimals of a score, half up, before a scheme's rule uses it; None: exact there, `PLACES` where it is printed."""

    @property
    def shown_places(self) -> int:
        """To how many decimals a score is printed."""
        return PLACES if self.places is None else self.places
