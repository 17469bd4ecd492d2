"""How a survey is turned into rates and scores: what a scheme or the command line states, nothing assumed in silence.

The open choices are those of domain/scoring-arithmetic.md B2: the scale, what it is divided by, weights, what happens
to an empty group, how few sheets are too few, where numbers are rounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from zyw.survey.words import SATISFIED, UNKNOWN

ALL, ANSWERED, KNOWING = "全部答卷", "已答", "除不了解"
DENOMINATORS: Final = (ALL, ANSWERED, KNOWING)
SHARED, ZERO = "其余分摊", "计零"
EMPTY_GROUPS: Final = (SHARED, ZERO)
FEW: Final = 5
"""Below so many answer sheets no rate is printed (domain/official-documents.md E3)."""


@dataclass(frozen=True, slots=True)
class SurveyRules:
    """The stated choices; values, weights and the quorum's share in millionths.

    `scale` maps an answer to its value (满意 → 100); empty: there is no survey score, only a satisfied rate.
    `divisor` says what a score is divided by: every answer sheet, the answers, or the answers without 不了解.
    Weights by respondent group, channel and question are renormalised over what has answers (`empty` 其余分摊) or
    count as zero there (计零); no weights: everybody's answers count alike.
    """

    scale: Mapping[str, int] = field(default_factory=dict)
    satisfied: tuple[str, ...] = SATISFIED
    unknown: tuple[str, ...] = UNKNOWN
    divisor: str = KNOWING
    groups: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[str, int] = field(default_factory=dict)
    empty: str = SHARED
    quorum: int | None = None
    """The least share of the sheets handed out that must be valid; None: none is stated."""
    few: int = FEW
    places: int = 2
