"""Fields of 问题台账 that are worked out from the row itself and from 追责台账: 整改, 追责, 复查."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from zyw.cells import BLANK, key
from zyw.ledger import Ledger
from zyw.lifecycle import PLAIN, Stages, StateWords, each, stages
from zyw.rowset import Coded, Days, Ints, Mask, RowSet
from zyw.rules.fields import DEALT_WITH, FINISHED, LOOKED_AT
from zyw.rules.handling import CLOSED, DONE, REOPENED, Handling
from zyw.ruling.facts import Words

_NAMES: Final = re.compile(r"[、,，;；/\s]+")
NUMBERS: Final = ("案号", "编号")


@dataclass(frozen=True, slots=True)
class Stood:
    """Where issues stand by a scheme's 办理, in the order of `origins`: the deadline in force, done, overdue."""

    origins: Ints
    due: Days
    done: Mask
    overdue: Mask

    def over(self, origins: Ints, plain: Stages) -> Stages:
        """Return where the rows of `origins` stand; rows that are not known here stand as `plain` has them."""
        if not len(self.origins):
            return plain
        at = np.minimum(np.searchsorted(self.origins, origins), len(self.origins) - 1)
        known = self.origins[at] == origins
        due, done, overdue = (
            np.where(known, mine[at], theirs)
            for mine, theirs in ((self.due, plain.due), (self.done, plain.done), (self.overdue, plain.overdue))
        )
        return replace(plain, due=due, done=done, overdue=overdue)


def state_words(handling: Handling) -> StateWords:
    """Return what the scheme's states mean, by each of their spellings."""
    return StateWords(
        {
            key(word): (each.stage in (DONE, CLOSED), each.stage == CLOSED, each.stage == REOPENED)
            for each in handling.states
            for word in (each.name, *each.words)
        }
    )


def issue_words(ledger: Ledger, rows: RowSet, as_of: date, words: StateWords = PLAIN) -> dict[str, Words]:
    """Return the derived fields, each made when it is first asked for."""
    return {
        "整改": lambda: _either(stages(rows, as_of, words).done, FINISHED),
        "追责": lambda: _either(_dealt_with(ledger, rows), DEALT_WITH),
        "复查": lambda: _looked_at(rows),
    }


def _either(mask: Mask, words: tuple[str, str]) -> Coded:
    return Coded(np.where(mask, 0, 1).astype(np.int64), list(words))


def _dealt_with(ledger: Ledger, rows: RowSet) -> Mask:
    """Say which issues tell what was done to whom, or have a row of 追责台账 with their unit and number."""
    told = each(rows, "处理结果", lambda text: text not in BLANK)
    sanctions = ledger.rows.get("追责台账")
    if sanctions is None or "案号" not in sanctions or "单位" not in sanctions:
        return told
    known = {(unit, key(number)) for unit, number in sanctions.rows("单位", "案号") if number}
    units = rows["单位"].tolist() if "单位" in rows else [""] * len(rows)
    for name in NUMBERS:
        if name in rows and known:
            pairs = zip(units, rows[name].tolist(), strict=True)
            told |= np.array([(unit, key(number)) in known for unit, number in pairs], dtype=np.bool_)
    return told


def _looked_at(rows: RowSet) -> Coded:
    """Compare 复查人 with 责任人, name by name; a pair of texts is compared once."""
    checked, owners = (
        rows.coded(name) if name in rows else Coded(np.zeros(len(rows), dtype=np.int64), [""])
        for name in ("复查人", "责任人")
    )
    pairs, codes = np.unique(np.stack([checked.codes, owners.codes]), axis=1, return_inverse=True)
    found = [_judged(checked.texts[one], owners.texts[two]) for one, two in pairs.T.tolist()]
    return Coded(np.array(found or [0], dtype=np.int64)[codes.reshape(-1)], list(LOOKED_AT))


def _judged(checked: str, owner: str) -> int:
    hands = frozenset(_NAMES.split(checked)) - BLANK
    if not hands:
        return 2
    return 1 if hands <= frozenset(_NAMES.split(owner)) else 0
