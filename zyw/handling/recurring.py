"""复发: an issue that is a former one come back, in the same unit, soon after that one was done."""

from typing import Final

import numpy as np

from zyw.lifecycle import days
from zyw.rowset import Days, Ints, Mask, RowSet
from zyw.rules.handling import Recurrence
from zyw.ruling.effects import window_end
from zyw.ruling.facts import Facts

_FAR: Final = 1 << 32
"""Keys lie further apart than any two days."""


def former(rows: RowSet, facts: Facts, done: Mask, rule: Recurrence) -> Ints:
    """Return for each row the place of the latest issue it repeats, −1 where it repeats none.

    The former one was done (完成日, else 销号日) not after this one was found, and within the window.
    """
    found = days(rows, "发现日").astype("datetime64[D]")
    ended, keys = _ended(rows), _keys(rows, facts, rule)
    before = np.flatnonzero((keys >= 0) & done & ~np.isnat(ended))
    before = before[np.lexsort((before, ended[before], keys[before]))]
    result = np.full(len(rows), -1, dtype=np.int64)
    asking = np.flatnonzero((keys >= 0) & ~np.isnat(found))
    if not len(before):
        return result
    ends = keys[before] * _FAR + ended[before].astype(np.int64)
    at = np.searchsorted(ends, keys[asking] * _FAR + found[asking].astype(np.int64), side="right") - 1
    at -= (at >= 0) & (before[at] == asking)  # done on the day it was found: it does not repeat itself
    kept = at >= 0
    asking, latest = asking[kept], before[at[kept]]
    near = (keys[latest] == keys[asking]) & (found[asking] <= window_end(ended[latest], rule.window))
    result[asking[near]] = latest[near]
    return result


def _ended(rows: RowSet) -> Days:
    finished, closed = (days(rows, name).astype("datetime64[D]") for name in ("完成日", "销号日"))
    return np.where(np.isnat(finished), closed, finished)


def _keys(rows: RowSet, facts: Facts, rule: Recurrence) -> Ints:
    """Return a number for each unit and content of the rule's fields, −1 where one of them is blank."""
    columns = [facts.words(name) for name in ("单位", *rule.fields)]
    blank = np.zeros(len(rows), dtype=np.bool_)
    for each in columns:
        blank |= each.mapped((text in ("", None) for text in each.texts), np.bool_)
    stacked = np.stack([each.codes for each in columns])
    _, numbers = np.unique(stacked, axis=1, return_inverse=True)
    return np.where(blank, -1, numbers.reshape(-1)).astype(np.int64)
