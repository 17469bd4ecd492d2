"""Which rows: a condition on one field of a row, by words, by a number, or by whether it was filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from zyw.rules.intervals import Interval, common


@dataclass(frozen=True, slots=True)
class Condition:
    """A row passes when the value of `field` is one of `values` (`negated`: none of them).

    With `interval` the field is a number and must lie in it (a blank one never does); with `filled` it must be filled
    in (True) or blank (False).
    """

    field: str
    values: frozenset[str] = frozenset()
    negated: bool = False
    interval: Interval | None = None
    filled: bool | None = None

    def allows(self, value: str) -> bool:
        """Say whether a row with this word passes."""
        if self.filled is not None:
            return bool(value) == self.filled
        return (value in self.values) != self.negated

    def holds(self, value: Fraction | None) -> bool:
        """Say whether a row with this number passes."""
        if self.filled is not None:
            return (value is not None) == self.filled
        return value is not None and self.interval is not None and value in self.interval

    def __str__(self) -> str:
        if self.filled is not None:
            return f"{self.field}{'已填' if self.filled else '空白'}"
        if self.interval is not None:
            return f"{self.field}{self.interval}"
        return f"{self.field}{'不是' if self.negated else '为'}{'、'.join(sorted(self.values))}"


def shared_value(conditions: Sequence[Condition], known: Sequence[str] | None) -> str | None:
    """Return a value that all `conditions` on one field allow, in words; None when they exclude each other.

    `known` are the only words the field may have; without it a word that nobody names is always possible.
    """
    numeric = [each for each in conditions if each.interval is not None]
    if numeric:
        return _shared_number(numeric)
    named = sorted({value for each in conditions for value in each.values})
    words = known or (*named, "（其他）", "")
    found = next((word for word in words if all(each.allows(word) for each in conditions)), None)
    return "空白" if found == "" else found


def _shared_number(conditions: Sequence[Condition]) -> str | None:
    merged = conditions[0].interval or Interval()
    for each in conditions[1:]:
        other = each.interval or Interval()
        if common(merged, other) is None:
            return None
        merged = _meet(merged, other)
    found = common(merged, merged)
    return None if found is None else str(float(found))


def _meet(one: Interval, two: Interval) -> Interval:
    low, low_in = max(_ends(one.low, not one.low_in), _ends(two.low, not two.low_in))
    high, high_out = min(_tops(one.high, one.high_in), _tops(two.high, two.high_in))
    return Interval(
        None if low == float("-inf") else Fraction(low), None if high == float("inf") else Fraction(high),
        not low_in, bool(high_out),
    )  # fmt: skip


def _ends(value: Fraction | None, out: bool) -> tuple[Fraction | float, bool]:
    return (float("-inf") if value is None else value), out


def _tops(value: Fraction | None, inside: bool) -> tuple[Fraction | float, bool]:
    return (float("inf") if value is None else value), inside
