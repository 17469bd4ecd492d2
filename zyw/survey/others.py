"""Questions that are no scale of satisfaction: choices, several choices, orders, marks, willingness to recommend.

Each gives how many sheets chose what; marks also their mean and, of five, the share of 4 and 5 (top two boxes);
willingness to recommend (0–10) the net promoter score: share of 9 and 10 minus share of 0 to 6.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from zyw.survey.answers import Asked, Item
from zyw.survey.headings import SEPARATORS
from zyw.survey.tally import Batch
from zyw.survey.words import SKIPPED

if TYPE_CHECKING:
    from zyw.rowset import Mask

COUNTED: Final = (Asked.CHOICE, Asked.SEVERAL, Asked.ORDER, Asked.NUMBER, Asked.RECOMMEND)
_TICKED: Final = frozenset(("0", "1"))
_SOFT: Final = ",，、"
"""Options themselves hold these: they separate only where every part is an option on its own."""


@dataclass(frozen=True, slots=True)
class OtherLine:
    """One question over all units: `n` sheets answered it; `words` says how many of them chose each option."""

    question: str
    asked: Asked
    n: int
    words: Mapping[str, int]
    mean: Fraction | None = None
    top_two: Fraction | None = None
    net: Fraction | None = None


def other_lines(batches: Sequence[Batch], kept: "Sequence[Mask]") -> tuple[OtherLine, ...]:
    """Return the further questions of all batches in the order of the questionnaires."""
    chosen: dict[tuple[str, Asked], Counter[str]] = defaultdict(Counter)
    answered: Counter[tuple[str, Asked]] = Counter()
    for batch, mask in zip(batches, kept, strict=True):
        named = {column.index for column, _ in batch.answers.units}
        for item in batch.answers.others:
            if item.asked not in COUNTED or item.column.index in named:
                continue
            words = _numbers_of(item, mask)
            question, asked, options = _as_options(item, words)
            chosen[question, asked].update(options)
            total, before = sum(words.values()), answered[question, asked]
            a_column_an_option = asked is Asked.SEVERAL and bool(item.heading.part)
            answered[question, asked] = max(before, total) if a_column_an_option else before + total
    return tuple(_line(question, asked, chosen[question, asked], n) for (question, asked), n in answered.items() if n)


def _numbers_of(item: Item, mask: "Mask") -> dict[str, int]:
    """Return how many of the rows that count gave each answer."""
    import numpy as np

    numbers = np.bincount(item.data.codes[mask], minlength=len(item.data.values)).tolist()
    found: Counter[str] = Counter()
    for word, number in zip(item.data.values, numbers, strict=True):
        if number and word not in SKIPPED:
            found[str(word).removesuffix(".0")] += number
    return dict(found)


def _as_options(item: Item, words: Mapping[str, int]) -> tuple[str, Asked, Mapping[str, int]]:
    """Return question, kind and counts by option; a column of ticks is one option of its question."""
    if item.heading.part and item.heading.number is not None and _TICKED.issuperset(words):
        return f"第{item.heading.number}题（多选）", Asked.SEVERAL, {item.heading.part: words.get("1", 0)}
    if item.asked is Asked.SEVERAL:
        return item.label, item.asked, split_options(words)
    if item.asked is Asked.ORDER:
        first: Counter[str] = Counter()
        for word, number in words.items():
            first[word.split("→")[0].strip()] += number
        return item.label, item.asked, first
    bare: Counter[str] = Counter()
    for word, number in words.items():
        bare[_bare(word)] += number
    return item.label, item.asked, bare


def split_options(words: Mapping[str, int]) -> dict[str, int]:
    """Return how many sheets ticked each option, from the cells that join several.

    >>> split_options({"食堂┋作业": 3, "作业": 2, "其他〖操场、厕所〗": 1})
    {'食堂': 3, '作业': 5, '其他': 1}
    """
    plain = {_bare(part) for word in words for part in _split(word, SEPARATORS)}
    found: Counter[str] = Counter()
    for word, number in words.items():
        for part in _split(word, SEPARATORS):
            softer = [_bare(each) for each in _split(part, _SOFT)]
            parts = softer if len(softer) > 1 and plain.issuperset(softer) else [_bare(part)]
            found.update(dict.fromkeys(parts, number))
    return dict(found)


def _split(text: str, marks: str) -> list[str]:
    for mark in marks[1:]:
        text = text.replace(mark, marks[0])
    return [part.strip() for part in text.split(marks[0]) if part.strip()]


def _bare(option: str) -> str:
    """Return an option without what people typed beside it: it may name somebody."""
    return option.partition("〖")[0].strip() or "其他"


def _line(question: str, asked: Asked, words: Mapping[str, int], n: int) -> OtherLine:
    if asked not in (Asked.NUMBER, Asked.RECOMMEND):
        return OtherLine(question, asked, n, words)
    marks = {int(word): number for word, number in words.items()}
    mean = Fraction(sum(mark * number for mark, number in marks.items()), n)
    top = _share(marks, n, range(4, 6)) if max(marks) <= 5 else None
    net = _share(marks, n, range(9, 11)) - _share(marks, n, range(7)) if asked is Asked.RECOMMEND else None
    return OtherLine(question, asked, n, dict(sorted(words.items(), key=lambda pair: int(pair[0]))), mean, top, net)


def _share(marks: Mapping[int, int], n: int, wanted: Iterable[int]) -> Fraction:
    return Fraction(sum(marks.get(mark, 0) for mark in wanted), n)
