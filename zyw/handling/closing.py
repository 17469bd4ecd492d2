"""销号: which conditions of closing do not hold for which rows; a column that a sheet lacks is not asked for (D005)."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from zyw.rowfaults import Faults
from zyw.rowset import Mask, RowSet
from zyw.rules.handling import Closing
from zyw.ruling.facts import Facts
from zyw.ruling.matching import passing

_RESTS_ON: Final = {"整改": (), "复查": ("复查人",), "追责": ("处理结果",)}
"""Columns of the sheet without which a field that is worked out says nothing."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """For each condition the rows that it is asked of and that do not meet it."""

    conditions: tuple[Closing, ...]
    masks: tuple[Mask, ...]

    def any(self, size: int) -> Mask:
        """Say which rows lack something."""
        return np.asarray(np.logical_or.reduce([np.zeros(size, dtype=np.bool_), *self.masks]), dtype=np.bool_)

    def of(self, at: int) -> tuple[Closing, ...]:
        """Return what one row lacks."""
        return tuple(each for each, mask in zip(self.conditions, self.masks, strict=True) if mask[at])


def find_gaps(
    conditions: tuple[Closing, ...], rows: RowSet, facts: Facts, asked: Mask, faults: Faults, *, sanctions: bool
) -> Gaps:
    """Return what rows lack to be closed; `asked` are those that are done. `sanctions`: there is a 追责台账."""
    masks = []
    for each in conditions:
        applies = asked & passing(facts, each.conditions)
        for name in dict.fromkeys(name for one in each.needed for name in _RESTS_ON.get(one.field, (one.field,))):
            has = faults.sheets_have(rows["origin"], name)
            if name == "处理结果" and sanctions:
                continue
            faults.once_a_sheet("D005", rows["origin"][applies & ~has], name)
            applies &= has
        masks.append(applies & ~passing(facts, each.needed))
    return Gaps(conditions, tuple(masks))
