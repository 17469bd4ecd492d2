"""Answers whose unit is known → counts by unit, channel, respondent group, question and answer.

Everything that rates and scores need is in the counts: they are exact, small, and add up over files.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from zyw.origins import Block
from zyw.survey.answers import Answers, Item
from zyw.survey.words import CHANNELS, GROUPS, OTHERS, told_by

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from zyw.rowset import Coded, Ints, Mask, Texts

Tally: TypeAlias = Mapping[tuple[str, str, str], int]
"""Counts by (unit, question, answer), all channels and groups together."""


class Voter(NamedTuple):
    """Who answered about whom: the unit, through which channel, in which respondent group ("" where not told)."""

    unit: str
    channel: str
    group: str


@dataclass(frozen=True)
class Batch:
    """One sheet of 测评 with the unit of each row ("" : unknown, not counted)."""

    block: Block
    answers: Answers
    units: "Texts"

    @cached_property
    def unit_codes(self) -> "Coded":
        """The units as numbers into the distinct ones."""
        from zyw.rowset import coded

        return coded(self.units)

    @cached_property
    def voters(self) -> "tuple[Ints, list[Voter]]":
        """Each row's voter as a number into the distinct voters."""
        import numpy as np

        from zyw.rowset import distinct, paired

        group_of, groups = self.groups()
        which, pairs = distinct(paired(self.unit_codes.codes, group_of))
        width = int(group_of.max(initial=0)) + 1
        units = self.unit_codes.texts
        voters = [Voter(units[int(p) // width], self.channel, groups[int(p) % width]) for p in pairs.tolist()]
        return np.asarray(which, dtype=np.int64), voters

    @property
    def channel(self) -> str:
        """The channel that the names of file and sheet tell, "" when they tell none."""
        return told_by(f"{self.block.file} {self.block.sheet}", CHANNELS)

    def groups(self) -> "tuple[Ints, list[str]]":
        """Return each row's respondent group as a number into the names: by a question, else by file and sheet."""
        import numpy as np

        data = self.answers.group
        if data is None:
            told = told_by(f"{self.block.file} {self.block.sheet}", GROUPS)
            return np.zeros(self.answers.rows, dtype=np.int64), [told]
        names = [told_by(str(value), GROUPS) or (OTHERS if value else "") for value in data.values]
        known = {name: place for place, name in enumerate(dict.fromkeys(names))}
        return np.array([known[name] for name in names], dtype=np.int64)[data.codes], list(known)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted: answers by (voter, question, answer), answer sheets and valid ones by voter.

    A sheet is valid when it answers at least one scale question. `issued` has 发放, 回收 and 有效 as paper tallies
    state them, by unit and name.
    """

    answers: Mapping[tuple[Voter, str, str], int] = field(default_factory=dict)
    sheets: Mapping[Voter, int] = field(default_factory=dict)
    valid: Mapping[Voter, int] = field(default_factory=dict)
    issued: Mapping[tuple[str, str], int] = field(default_factory=dict)
    void: frozenset[str] = frozenset()
    """Units of which more sheets came back than were handed out: none of their answers counts (V7 of the field)."""

    def tally(self) -> dict[tuple[str, str, str], int]:
        """Return the counts of all channels and groups together, by (unit, question, answer)."""
        found: dict[tuple[str, str, str], int] = {}
        for (voter, question, answer), count in self.answers.items():
            key = (voter.unit, question, answer)
            found[key] = found.get(key, 0) + count
        return found

    def ballots(self) -> dict[str, int]:
        """Return the number of answer sheets by unit."""
        found: Counter[str] = Counter()
        for voter, count in self.sheets.items():
            found[voter.unit] += count
        return dict(found)


def count(batches: Iterable[Batch], kept: "Sequence[Mask] | None" = None) -> Counts:
    """Count all batches; `kept` has a mask of rows for each, without it all rows count."""
    answers: Counter[tuple[Voter, str, str]] = Counter()
    sheets: Counter[Voter] = Counter()
    valid: Counter[Voter] = Counter()
    issued: Counter[tuple[str, str]] = Counter()
    for at, batch in enumerate(batches):
        if batch.answers.counts or batch.answers.issued:
            _add_paper(batch, answers, sheets, valid, issued)
        elif batch.answers.items:
            _add_sheets(batch, kept[at] if kept else None, answers, sheets, valid)
    void = _void(sheets, issued)
    return Counts(
        {key: number for key, number in answers.items() if key[0].unit not in void} if void else answers,
        sheets,
        {voter: number for voter, number in valid.items() if voter.unit not in void},
        issued,
        void,
    )


def _void(sheets: Mapping[Voter, int], issued: Mapping[tuple[str, str], int]) -> frozenset[str]:
    returned = Counter({unit: number for (unit, name), number in issued.items() if name == "回收"})
    for voter, number in sheets.items():
        returned[voter.unit] = max(returned[voter.unit], number)
    return frozenset(unit for (unit, name), number in issued.items() if name == "发放" and returned[unit] > number)


def _add_paper(
    batch: Batch,
    answers: Counter[tuple[Voter, str, str]],
    sheets: Counter[Voter],
    valid: Counter[Voter],
    issued: Counter[tuple[str, str]],
) -> None:
    """Add a paper tally; its sheets are what 有效 or 回收 says, else the answers to its fullest item."""
    at, names = batch.groups()
    voters = [Voter(str(unit), batch.channel, names[g]) for unit, g in zip(batch.units, at.tolist(), strict=True)]
    fullest: dict[int, Counter[str]] = {}
    for each in batch.answers.counts:
        if voters[each.row].unit:
            answers[voters[each.row], each.question, each.answer] += each.count
            fullest.setdefault(each.row, Counter())[each.question] += each.count
    stated: dict[tuple[str, int], int] = {}
    for name, row, number in batch.answers.issued:
        if voters[row].unit:
            stated[name, row] = number
            issued[voters[row].unit, name] += number
    for row, items in fullest.items():
        counted = max(items.values(), default=0)
        sheets[voters[row]] += stated.get(("回收", row), stated.get(("有效", row), counted))
        valid[voters[row]] += stated.get(("有效", row), counted)


def _add_sheets(
    batch: Batch,
    kept: "Mask | None",
    answers: Counter[tuple[Voter, str, str]],
    sheets: Counter[Voter],
    valid: Counter[Voter],
) -> None:
    import numpy as np

    voter_of, voters = batch.voters
    known = np.array([bool(voter.unit) for voter in voters], dtype=np.bool_)[voter_of]
    inside = known if kept is None else known & kept
    said = np.zeros(len(voter_of), dtype=np.bool_)
    for item in batch.answers.items:
        said |= np.array([each in item.scale for each in item.data.values], dtype=np.bool_)[item.data.codes]
        _cross(answers, item, voter_of[inside], item.data.codes[inside], voters)
    for counter, mask in ((sheets, inside), (valid, inside & said)):
        numbers = np.bincount(voter_of[mask], minlength=len(voters)).tolist()
        for voter, number in zip(voters, numbers, strict=True):
            if voter.unit and number:
                counter[voter] += number


def _cross(
    counts: Counter[tuple[Voter, str, str]],
    item: Item,
    voter_of: "npt.NDArray[np.int64]",
    codes: "npt.NDArray[np.intp]",
    voters: Sequence[Voter],
) -> None:
    """Count one question's answers a voter by one pass over two columns of numbers."""
    import numpy as np

    words = item.data.values
    width = len(words)
    cells = np.bincount(voter_of * width + codes, minlength=width * len(voters))
    texts = [(code, str(word)) for code, word in enumerate(words) if word in item.scale]
    for voter, of_voter in zip(voters, cells.reshape(len(voters), width).tolist(), strict=True):
        for code, text in texts:
            if of_voter[code]:
                key = (voter, item.label, text)
                counts[key] = counts.get(key, 0) + of_voter[code]
