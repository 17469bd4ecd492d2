"""测评 as a scheme reads it: the value of each answer, what is left out, weights, and when a vote is void."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zyw.rules.intervals import number_text

SHARE_OUT, NOTHING, VOID = "其余分摊", "计零", "不计"
MISSING_PARTS: Final = (SHARE_OUT, NOTHING, VOID)


@dataclass(frozen=True, slots=True)
class Survey:
    """测评得分 = Σ value × answers ÷ answers without 不了解; several questions or parts by their weights.

    满意 100、基本满意 80、不满意 30: 45、10、5 张 → 5450 ÷ 60 = 90.833…. `left_out` answers (不了解) are in neither
    sum; `questions` () are all. `parts` makes a survey of surveys (name → weight); `missing` says what happens
    where a part has no score. With fewer than `least` answer sheets, or more than were `issued`, the vote is void.
    """

    name: str
    clause: str
    scale: tuple[tuple[str, Fraction], ...] = ()
    left_out: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    weights: tuple[tuple[str, Fraction], ...] = ()
    parts: tuple[tuple[str, Fraction], ...] = ()
    missing: str = VOID
    least: int = 0
    issued: tuple[tuple[str, int], ...] = ()
    """(unit, sheets handed out) where the scheme's owner states them."""
    turnout: Fraction | None = None
    """The part of the sheets handed out that must come back."""

    def __str__(self) -> str:
        told = [f"{word} {number_text(value)}" for word, value in self.scale]
        told += [f"{name} 占 {number_text(weight * 100)}%" for name, weight in (*self.parts, *self.weights)]
        told += [f"{'、'.join(self.left_out)}不计"] if self.left_out else []
        told += [f"至少 {self.least} 份"] if self.least else []
        return "，".join(told)
