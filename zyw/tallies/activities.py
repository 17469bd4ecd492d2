"""活动台账 → how often what was done, what media printed of it, which level took it over, and by whom.

A row is as many times as its 次数 says, once where that is blank (0 is none). The kind is 类型 where the sheet has it,
else 活动 without 第几次: 简报第13期 is a 简报.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.exact import Exact, exact
from zyw.handed import days_of
from zyw.ledger import Ledger
from zyw.naming.several import split_people
from zyw.periods import Span
from zyw.rowset import Coded, Ints, Mask, RowSet
from zyw.tallies.words import UNSTATED, Spread, as_one, faultless, in_order, spread, texts, within

if TYPE_CHECKING:
    from zyw.scheme import Scheme

TABLE: Final = "活动台账"
TALK: Final = "谈心谈话"
LEVELS: Final = ("国家", "省", "市", "市局", "县", "县局", "校")
"""Levels at which a piece is taken over, the highest first."""
_NUMBERED: Final = re.compile(r"[（(]?第?\s*[0-9一二三四五六七八九十百〇零]+\s*(?:次|期|场|轮|批|季|讲)[）)]?")
_TALKED: Final = re.compile("谈心|谈话")
_NO_TALK: Final = re.compile("诫勉|提醒谈话|约谈|座谈")
"""诫勉谈话 is a measure; 座谈 is no talk with a person."""
_LEVELS: Final = (
    (re.compile("国家|教育部|中央|全国"), "国家"),
    (re.compile("省"), "省"),
    (re.compile("市.{0,4}局|州.{0,4}局"), "市局"),
    (re.compile("市|州"), "市"),
    (re.compile("[县区].{0,4}局|本局|分局"), "县局"),
    (re.compile("[县区]"), "县"),
    (re.compile("校|园"), "校"),
)
_READ: Final = ("单位", "日期", "次数", "人次")


@dataclass(frozen=True, slots=True)
class Times:
    """How often in the reporting period and since the 考核期 began, and how many took part (人次), exact."""

    name: str
    month: Fraction
    total: Fraction
    people_month: Fraction = Fraction(0)
    people_total: Fraction = Fraction(0)
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class UnitActivities:
    """What one unit did since the 考核期 began: times by kind, in the order of `Activities.by_kind`."""

    unit: str
    times: tuple[Fraction, ...]
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Talks:
    """谈心谈话 of one unit: how many, and with how many persons (blank names are not known)."""

    unit: str
    month: Fraction
    total: Fraction
    persons: int
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Activities:
    """The activities of a span; `undated` rows are in no period; `left_out` had a fault or an unknown unit."""

    total: Times
    by_kind: tuple[Times, ...] = ()
    by_medium: tuple[Times, ...] = ()
    by_level: tuple[Times, ...] = ()
    by_unit: tuple[UnitActivities, ...] = ()
    talks: tuple[Talks, ...] = ()
    undated: int = 0
    left_out: int = 0

    @property
    def media_text(self) -> str:
        """What media printed since the 考核期 began, as a sentence has it: 县电视台13篇、咸宁日报2篇."""
        return "、".join(f"{each.name}{plain(each.total)}篇" for each in self.by_medium if each.total)

    @property
    def adopted_text(self) -> str:
        """Which level took over how many since the 考核期 began: 省1篇、市1篇、市局2篇、县4篇."""
        return "、".join(f"{each.name}{plain(each.total)}篇" for each in self.by_level if each.total)


def plain(number: Fraction) -> str:
    """Return a number of times as people write it, exact where it ends.

    >>> plain(Fraction(13)), plain(Fraction(5, 2))
    ('13', '2.5')
    """
    return f"{number.numerator}" if number.denominator == 1 else f"{float(number):g}"


def kind_of(text: str) -> str:
    """Return what kind of thing an activity is.

    >>> kind_of("简报第13期"), kind_of("第二次集中学习"), kind_of("与教师谈心"), kind_of("诫勉谈话")
    ('简报', '集中学习', '谈心谈话', '诫勉谈话')
    """
    if _TALKED.search(text) and not _NO_TALK.search(text):
        return TALK
    return _NUMBERED.sub("", text).strip(" 　·—-") or text


def level_of(text: str) -> str:
    """Return the level of 采用级别; a word that is none stays as it stands.

    >>> level_of("市教育局简报"), level_of("省教育厅"), level_of("县级"), level_of("未采用")
    ('市局', '省', '县', '')
    """
    if not text or re.search("未|没有|^否$|^无$", text):
        return ""
    return next((level for pattern, level in _LEVELS if pattern.search(text)), text)


def tally_activities(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Activities | None:
    """Return the activities; None without an activity table. A row after the as-of day does not exist yet."""
    del scheme  # activities are counted as they were written; the argument is that of every tally
    rows = ledger.rows.get(TABLE)
    if rows is None:
        return None
    kept = rows.take(faultless(ledger, rows, _READ))
    each = _Counted(kept.once(), span)
    everywhere = _Counted(kept, span)
    kinds = each.kinds()
    by_kind = each.times(kinds)
    return Activities(
        each.all(),
        by_kind,
        each.times(each.named("媒体", as_one)),
        each.times(each.named("采用级别", lambda text: as_one(level_of(text))), LEVELS),
        _by_unit(everywhere, [one.name for one in by_kind], ledger),
        _talks(everywhere),
        undated=int((each.undated).sum()),
        left_out=len(set(rows["origin"].tolist()) - set(kept["origin"].tolist())),
    )


class _Counted:
    """The rows of an activity table with what each is worth: times and people, in the month and in all."""

    def __init__(self, rows: RowSet, span: Span) -> None:
        day = days_of(rows, "日期")
        self.rows = rows
        self.undated = np.isnat(day)
        self.total = within(day, span.period, span.as_of)
        self.month = within(day, span.shown, span.as_of)
        self.count = exact(rows, "次数", Fraction(1))
        self.people = exact(rows, "人次", Fraction(0))

    def kinds(self) -> Spread:
        typed, named = texts(self.rows, "类型"), texts(self.rows, "活动")
        width = len(named.texts) + 1
        codes, first = np.unique(typed.codes * width + named.codes, return_inverse=True)
        told = [typed.texts[pair // width] or named.texts[pair % width] for pair in codes.tolist()]
        return spread(Coded(first.astype(np.int64), told), lambda text: as_one(kind_of(text)))

    def named(self, field_: str, split: Callable[[str], Sequence[str]]) -> Spread:
        return spread(texts(self.rows, field_), split)

    def times(self, of: Spread, order: Sequence[str] = ()) -> tuple[Times, ...]:
        """Return the times of each word that occurs in the 考核期, blanks left out."""
        sums = [self._sums(of, value, keep) for value in (self.count, self.people) for keep in (self.month, self.total)]
        origins = of.origins(self.rows["origin"], self.total)
        found = []
        for at in in_order(of, order):
            month, total, people_month, people = (each[at] for each in sums)
            if of.words[at] != UNSTATED and (origins[at] or total):
                found.append(Times(of.words[at], month, total, people_month, people, origins[at]))
        return tuple(found)

    def all(self) -> Times:
        """Return the times of all rows together."""
        whole = Spread(np.arange(len(self.rows)), np.zeros(len(self.rows), dtype=np.int64), ("合计",))
        return next(iter(self.times(whole)), Times("合计", Fraction(0), Fraction(0)))

    @staticmethod
    def _sums(of: Spread, value: Exact, keep: Mask) -> list[Fraction]:
        """Add up exact numbers by word: each distinct number is counted first, so no row is added by itself."""
        kept = keep[of.at]
        width = len(value.values) or 1
        pairs, counts = np.unique(of.word[kept] * width + value.codes[of.at[kept]], return_counts=True)
        sums = [Fraction(0)] * len(of.words)
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            sums[pair // width] += count * value.values[pair % width]
        return sums


def _by_unit(each: _Counted, kinds: Sequence[str], ledger: Ledger) -> tuple[UnitActivities, ...]:
    """Return what every unit did, in the roster's order: also those that did nothing. The office's own comes last."""
    place = {kind: at for at, kind in enumerate(kinds)}
    found: dict[str, list[Fraction]] = {unit.name: [Fraction(0)] * len(kinds) for unit in ledger.units}
    rows: dict[str, set[int]] = {}
    of = each.kinds()
    kind_at = _one_word(of, len(each.rows))
    names = each.rows["单位"].tolist() if "单位" in each.rows else [""] * len(each.rows)
    for at in np.flatnonzero(each.total).tolist():
        kind = of.words[kind_at[at]]
        if kind not in place or not names[at]:
            continue
        found.setdefault(names[at], [Fraction(0)] * len(kinds))[place[kind]] += each.count.at(at)
        rows.setdefault(names[at], set()).add(int(each.rows["origin"][at]))
    return tuple(UnitActivities(unit, tuple(times), tuple(sorted(rows.get(unit, ())))) for unit, times in found.items())


def _one_word(of: Spread, size: int) -> Ints:
    where = np.zeros(size, dtype=np.int64)
    where[of.at] = of.word
    return where


def _talks(each: _Counted) -> tuple[Talks, ...]:
    """Return the talks of each unit that held any, and with how many persons; the office's own under 局机关."""
    of = each.kinds()
    talk = np.zeros(len(each.rows), dtype=np.bool_)
    talk[of.at] = np.array([word == TALK for word in of.words], dtype=np.bool_)[of.word]
    persons = texts(each.rows, "人员")
    told = [split_people(text) if text else () for text in persons.texts]
    found: dict[str, tuple[list[Fraction], set[str], set[int]]] = {}
    names = each.rows["单位"].tolist() if "单位" in each.rows else [""] * len(each.rows)
    for at in np.flatnonzero(talk & each.total).tolist():
        sums, people, rows = found.setdefault(names[at] or OWN, ([Fraction(0), Fraction(0)], set(), set()))
        times = each.count.at(at)
        sums[0] += times if each.month[at] else 0
        sums[1] += times
        people.update(told[persons.codes[at]])
        rows.add(int(each.rows["origin"][at]))
    return tuple(
        Talks(unit, sums[0], sums[1], len(people), tuple(sorted(rows)))
        for unit, (sums, people, rows) in sorted(found.items())
    )


OWN: Final = "局机关"
"""Whose activities are those without a unit."""
