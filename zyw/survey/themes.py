"""What people wrote, counted by theme: a keyword list of the office's own, never the texts themselves.

An example is shown only where it names nobody: no digits, no title with a name, no class; it is one of many texts, and
numbers of persons were masked when it was read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from zyw.privacy import mask_numbers
from zyw.survey.answers import Asked
from zyw.survey.tally import Batch
from zyw.survey.words import SKIPPED

EXAMPLES: Final = 2
SHORTEST, LONGEST = 4, 40
"""Characters of a text that may serve as an example."""
EMPTY: Final = frozenset(
    ("无", "没有", "没意见", "没有意见", "暂无", "无意见", "无。", "没有。", "好", "满意", "很好", "很满意")
)
_IDENTIFYING: Final = re.compile(
    r"[0-9０-９A-Za-z*]|[\u4e00-\u9fff](老师|校长|园长|主任|同学|师傅|局长|书记|班主任)|[一二三四五六七八九]年级|[一二三四五六七八九十]+班|"
    r"我(家|儿|女|孩|是)|孩子(叫|名)|姓|叫"
)


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: how many answer sheets speak of it, by unit, and examples that identify nobody."""

    name: str
    count: int
    by_unit: Mapping[str, int]
    examples: tuple[str, ...]


def count_themes(
    batches: Iterable[Batch], keywords: Mapping[str, Sequence[str]], few: int
) -> tuple[tuple[Theme, ...], int]:
    """Return the themes in the order of `keywords` and how many texts speak of none of them.

    A text counts once for each theme it speaks of. Examples come only from themes that `few` sheets or more speak of.
    """
    by_unit: dict[str, dict[str, int]] = {name: defaultdict(int) for name in keywords}
    examples: dict[str, dict[str, None]] = {name: {} for name in keywords}
    other = 0
    for batch in batches:
        for item in batch.answers.others:
            if item.asked is not Asked.OPEN:
                continue
            numbers = np.bincount(item.data.codes, minlength=len(item.data.values)).tolist()
            for code, value in enumerate(item.data.values):
                text = mask_numbers(str(value)).strip()
                if text in SKIPPED or text in EMPTY:
                    continue
                spoken = [name for name, words in keywords.items() if any(word in text for word in words)]
                other += 0 if spoken else numbers[code]
                for name in spoken:
                    for unit in batch.units[item.data.codes == code].tolist():
                        by_unit[name][str(unit)] += 1
                    if SHORTEST <= len(text) <= LONGEST and not _IDENTIFYING.search(text):
                        examples[name][text] = None
    return tuple(_theme(name, by_unit[name], examples[name], few) for name in keywords), other


def _theme(name: str, by_unit: Mapping[str, int], texts: Iterable[str], few: int) -> Theme:
    total = sum(by_unit.values())
    chosen = sorted(texts, key=lambda text: (len(text), text))[:EXAMPLES] if total >= few else []
    return Theme(name, total, {unit: n for unit, n in by_unit.items() if unit}, tuple(chosen))
