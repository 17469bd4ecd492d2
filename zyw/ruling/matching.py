"""Which rows meet the conditions of a rule."""

from collections.abc import Iterable

import numpy as np

from zyw.rowset import Mask
from zyw.rules import Condition
from zyw.ruling.facts import Facts


def passing(facts: Facts, conditions: Iterable[Condition]) -> Mask:
    """Say which rows meet all conditions; each distinct content of a field is judged once."""
    passes = np.ones(len(facts), dtype=np.bool_)
    for condition in conditions:
        passes &= meets(facts, condition)
    return passes


def meets(facts: Facts, condition: Condition) -> Mask:
    """Say which rows meet one condition."""
    words = facts.words(condition.field)
    if condition.interval is not None:
        numbers = facts.numbers(condition.field)
        judged = [condition.holds(value) for value in numbers.values]
    elif condition.filled is not None:
        judged = [(value not in ("", None)) == condition.filled for value in words.texts]
        if facts.is_day(condition.field):
            return np.asarray(~np.isnat(facts.days(condition.field)) == condition.filled, dtype=np.bool_)
    else:
        judged = [condition.allows(value) for value in words.texts]
    return np.array(judged, dtype=np.bool_)[words.codes] if judged else np.zeros(len(facts), dtype=np.bool_)
