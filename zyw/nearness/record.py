"""What is said of nearness: an amount beside the one it lacks, and rules that did nothing with the reason."""

from dataclasses import dataclass
from fractions import Fraction

from zyw.rules import Rule
from zyw.rules.amounts import Ratio
from zyw.rules.intervals import number_text


@dataclass(frozen=True, slots=True)
class Near:
    """One thing that lacked little: `have` beside `need`, `lack` what is between; `kind` is the part of the language.

    `person` "" is the unit's own. `text` says it in full, `origins` are the rows behind what there is.
    """

    person: str
    rule: str
    clause: str
    kind: str
    have: Fraction
    need: Fraction
    text: str
    origins: tuple[int, ...] = ()

    @property
    def lack(self) -> Fraction:
        """How much is between, without a sign."""
        return abs(self.need - self.have)


@dataclass(frozen=True, slots=True)
class Idle:
    """A rule that did nothing in a unit, and why; `origins` are rows that miss a single one of its conditions."""

    rule: str
    clause: str
    text: str
    origins: tuple[int, ...] = ()


def said(rule: Rule, amount: Fraction) -> str:
    """Return an amount of a rule as one reads it: a rate as percent (`87.5%`), a count as it is."""
    rate = isinstance(rule.amount, Ratio) or getattr(rule.amount, "field", "") in ("满意率", "完成率")
    return f"{number_text(amount * 100)}%" if rate else number_text(amount)


def follows(rule: Rule, points: Fraction | None) -> str:
    """Return what would come of it: `-2 分，个人年度工作一票否决`."""
    told = [f"{number_text(points)} 分"] if points else []
    told += [f"{each.target}{each.text}" for each in rule.consequences]
    told += [f"转为“{rule.higher}”"] if rule.higher else []
    return "，".join(told)
