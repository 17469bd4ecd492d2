"""One cell, several words: the leaders, offices and areas under which one row is counted; and counts by word.

A row under two words stands with each of them and once in the total: what is counted are *things* (`item`), not rows.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from zyw.ledger import Ledger
from zyw.naming.several import split_people
from zyw.periods import Period
from zyw.rowset import Coded, Days, Ints, Mask, RowSet

UNSTATED: Final = "未注明"
"""What a table calls the things whose cell is blank."""
_BETWEEN: Final = re.compile(r"\s*[、，,；;/|\n]+\s*(?![^（(]*[）)])")
_AND_SCHOOLS: Final = re.compile(
    r"\s*[及和与]?\s*(?:各|相关|有关|所属|全县|全区|全市)+(?:的)?(?:中小)?(?:学校|单位|股室|科室|幼儿园)(?:校长|园长)?$"
)
_POST: Final = re.compile(
    r"(?:党[委组]|党总支|党支部|纪[委检]|工会|团委|[县市区]?(?:教育|教体)?局|班子)?"
    r"(?:副?书记|副?局长|委员|副?主任|副?主席|组长|成员|副?校长|副?园长)"
)
"""党委委员、副局长: two posts of one leader, not two leaders."""


def offices_of(text: str) -> tuple[str, ...]:
    """Return the offices one cell names, without 各学校 and 相关学校 behind them.

    >>> offices_of("基建股、计财股及相关学校"), offices_of("")
    (('基建股', '计财股'), ())
    """
    parts = (_AND_SCHOOLS.sub("", part) for part in _BETWEEN.split(text.strip()))
    return tuple(dict.fromkeys(part for part in parts if part))


def leaders_of(text: str) -> tuple[str, ...]:
    """Return the leaders one cell names; the posts of one leader stay together.

    >>> leaders_of("王某、李某"), leaders_of("党委委员、副局长")
    (('王某', '李某'), ('党委委员、副局长',))
    """
    if not text.strip():
        return ()
    parts = split_people(text.strip())
    if len(parts) > 1 and all(map(_POST.fullmatch, parts)):
        return (text.strip(),)
    return tuple(filter(None, (_AND_SCHOOLS.sub("", part) for part in parts)))


def as_one(text: str) -> tuple[str, ...]:
    """Return a cell that is one word as it stands."""
    return (text,) if text else ()


@dataclass(frozen=True, slots=True)
class Spread:
    """Rows under their words: row `at[i]` stands under `words[word[i]]`; a blank cell under `UNSTATED`."""

    at: Ints
    word: Ints
    words: tuple[str, ...]

    def tallies(self, item: Ints, keep: Mask) -> Ints:
        """Return how many things stand under each word; `item` numbers the things of the rows, `keep` says which count.

        Two rows of one thing under one word are one: items (0, 0, 1) all under 安全 are 2.
        """
        kept = keep[self.at]
        width = int(item.max(initial=0)) + 1
        pairs = np.unique(self.word[kept] * width + item[self.at[kept]])
        return np.bincount(pairs // width, minlength=len(self.words)).astype(np.int64)

    def origins(self, origin: Ints, keep: Mask) -> tuple[tuple[int, ...], ...]:
        """Return the rows of the ledger that stand under each word, in their order."""
        kept = keep[self.at]
        width = int(origin.max(initial=0)) + 1
        pairs = np.unique(self.word[kept] * width + origin[self.at[kept]])
        ends = np.searchsorted(pairs // width, np.arange(len(self.words) + 1))
        rows = (pairs % width).tolist()
        return tuple(tuple(rows[a:b]) for a, b in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True))


def spread(column: Coded, split: Callable[[str], Sequence[str]]) -> Spread:
    """Put each row under the words that `split` finds in its cell; words are numbered in their sorted order.

    The order is the text's, never the file's: the same rows in another order give the same numbers.
    """
    found = [tuple(dict.fromkeys(split(text))) or (UNSTATED,) for text in column.texts]
    words = tuple(sorted({word for each in found for word in each}))
    number = {word: place for place, word in enumerate(words)}
    sizes = np.array([len(each) for each in found], dtype=np.int64)
    flat = np.array([number[word] for each in found for word in each], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    counts = sizes[column.codes] if len(sizes) else np.zeros(0, dtype=np.int64)
    at = np.repeat(np.arange(len(column.codes)), counts)
    within = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    return Spread(at, flat[starts[column.codes[at]] + within], words)


def texts(rows: RowSet, name: str) -> Coded:
    """Return a column of text, blank throughout where the table has none."""
    if name in rows:
        return rows.coded(name)
    return Coded(np.zeros(len(rows), dtype=np.int64), [""])


def linked(rows: RowSet, units: Mapping[str, str]) -> Coded:
    """Return for each row what the roster says of its unit (`units`: name → cell of 联系领导 or 包保股室)."""
    names = texts(rows, "单位")
    return Coded(names.codes, [units.get(name, "") for name in names.texts])


def linked_leaders(ledger: Ledger) -> dict[str, str]:
    """Return each unit's 联系领导 (双联双包, jiayu-2010 一(六))."""
    return {unit.name: unit.linked_leader for unit in ledger.units}


def linked_offices(ledger: Ledger) -> dict[str, str]:
    """Return each unit's 包保股室."""
    return {unit.name: unit.linked_office for unit in ledger.units}


def reading_order(word: str) -> bytes:
    """Return by what words are sorted for the eye: common characters by their sound, as a register has them."""
    return word.encode("gb18030", "replace")


def in_order(spread_: Spread, known: Sequence[str] = ()) -> list[int]:
    """Return the places of the words: those of `known` that occur first, in its order, then others, blanks last."""
    place = {word: at for at, word in enumerate(known)}
    rank = [(word == UNSTATED, place.get(word, len(place)), reading_order(word), word) for word in spread_.words]
    return sorted(range(len(rank)), key=rank.__getitem__)


def faultless(ledger: Ledger, rows: RowSet, fields: Sequence[str]) -> Mask:
    """Say which rows have no fault in one of `fields`: what could not be read never counts."""
    wanted = frozenset(fields)
    bad = np.array(sorted({origin for origin, name in ledger.faults if name in wanted}), dtype=np.int64)
    return ~np.isin(rows["origin"], bad)


def ordinals(values: Sequence[object]) -> Ints:
    """Return a number for each distinct value, in order of first appearance."""
    places: dict[object, int] = {}
    return np.fromiter((places.setdefault(value, len(places)) for value in values), dtype=np.int64, count=len(values))


def within(day: Days, period: Period, as_of: date) -> Mask:
    """Say which days lie in the period and not after the as-of day; NaT never does."""
    last = np.datetime64(min(period.end, as_of))
    return np.asarray((day >= np.datetime64(period.start)) & (day <= last), dtype=np.bool_)
