"""What follows besides points: consequences with a period, repeated events of a higher tier, joint liability."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zyw.rules.intervals import number_text
from zyw.rules.terms import Dated, Term

UNIT: Final = "单位"
PERSON: Final = "个人"
HEAD, LEADER, OFFICE, PARENT = "主要负责人", "联系领导", "包保股室", "主管单位"
CHAIN: Final = (UNIT, HEAD, PARENT, OFFICE, LEADER)
"""Who can be made jointly liable: the unit itself, its head, and those that the roster links it to."""
STATED, VETO, DISQUALIFY, FORCE, CEILING = "结果", "一票否决", "取消资格", "定等次", "限等次"
EFFECTS: Final = (STATED, VETO, DISQUALIFY, FORCE, CEILING)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows besides points, for a unit or a person; `term` None: stated once, on the day it arises.

    `kind` says what it does to a unit's grade: 一票否决 gives the last one, 取消资格 takes it out of a quota's grades,
    定等次 and 限等次 give or limit it to `grade`; 结果 is only stated.
    """

    target: str
    text: str
    term: Term | None
    clause: str
    kind: str = STATED
    grade: str = ""
    adds: bool = False
    """A further one while the first runs begins where that ends (剩余的加新的); else the longest stands."""
    longest: int = 0
    """What has been added up ends so many months after the last decision at the latest; 0: no limit."""

    def __str__(self) -> str:
        return f"{self.target}{self.text}" + (f"（{self.term}）" if self.term else "")


@dataclass(frozen=True, slots=True)
class Cumulation:
    """The event that completes `at_least` events of one person or unit within `window` of one another.

    `restart`: a completed count begins anew (三次一满); otherwise each further event completes one again (滚动).
    """

    target: str
    at_least: Dated[int]
    window: Term
    restart: bool = False

    def __str__(self) -> str:
        whose = "同一人" if self.target == PERSON else "同一单位"
        return f"{whose}{self.window}内{'每' if self.restart else ''}累计 {self.at_least.told()} 次"


@dataclass(frozen=True, slots=True)
class Step:
    """连带: one step of the chain of joint liability: who, so many points for each event, what follows for them."""

    who: str
    clause: str
    points: Fraction | None = None
    consequences: tuple[Consequence, ...] = ()

    def __str__(self) -> str:
        told = [f"{number_text(self.points)} 分"] if self.points else []
        return f"连带{self.who}{'，'.join([*told, *(each.text for each in self.consequences)])}"
