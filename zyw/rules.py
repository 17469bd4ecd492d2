"""The parts a rule is composed of, each a small frozen record with one meaning (design §5).

*Which rows* (`Condition`) × *what is counted once* (`counted`) × *how much* (`Dated` points) → *consequences* with a
`Term`; a `Cumulation` replaces the single event by the one that completes a count within a window.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zyw.periods import add_months
from zyw.points import to_text
from zyw.problems import Place

UNIT: Final = "单位"
PERSON: Final = "个人"
CASE: Final = "案件"
SANCTIONS: Final = "追责台账"
CONDITION_FIELDS: Final = ("职务层级", "处理方式", "处理类型", "类别", "来源", "情节")
ADD, HIGHEST, FIRST = "叠加", "取高", "择一"


@dataclass(frozen=True, slots=True)
class Note:
    """A reading that a document leaves open (方案未定), carried by every result that rests on it.

    `about` is the rule or the 处理方式 it belongs to, "" when it concerns the scheme as a whole.
    """

    clause: str
    text: str
    about: str = ""

    def concerns(self, names: Collection[str]) -> bool:
        """Say whether a result that rests on these rules and measures rests on this reading."""
        return not self.about or self.about in names


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that changes with time: from `starts[i]` (None: always) `values[i]` applies, None when repealed (废止).

    The newest value that starts at or before the event's day is in force; before the first none is.
    """

    starts: tuple[date | None, ...]
    values: tuple[int | None, ...]

    def on(self, day: date) -> int | None:
        """Return the value in force on `day`.

        >>> Dated((None, date(2013, 1, 1)), (-2_000_000, -3_000_000)).on(date(2012, 12, 31))
        -2000000
        """
        found = None
        for start, value in zip(self.starts, self.values, strict=True):
            if start is None or start <= day:
                found = value
        return found

    def __str__(self) -> str:
        texts = ("废止" if value is None else to_text(value) for value in self.values)
        return "；".join(f"自 {s} 起 {t}" if s else t for s, t in zip(self.starts, texts, strict=True))


@dataclass(frozen=True, slots=True)
class Term:
    """How long something lasts: the calendar year of the day (`months` 0) or so many months from it."""

    months: int = 0

    def effect(self, day: date) -> tuple[date, date]:
        """Return the first and the last day of an effect that a decision of `day` has.

        >>> Term(12).effect(date(2012, 4, 2))
        (datetime.date(2012, 4, 2), datetime.date(2013, 4, 1))
        >>> Term().effect(date(2012, 4, 2))
        (datetime.date(2012, 1, 1), datetime.date(2012, 12, 31))
        """
        if not self.months:
            return date(day.year, 1, 1), date(day.year, 12, 31)
        return day, add_months(day, self.months) - timedelta(days=1)

    def window_end(self, day: date) -> date:
        """Return the last day on which a later event still cumulates with one of `day`.

        Exactly twelve months later is still within the year: 2012-03-05 reaches to 2013-03-05.
        """
        return add_months(day, self.months) if self.months else date(day.year, 12, 31)

    def __str__(self) -> str:
        return f"{self.months}个月" if self.months else "当年"


@dataclass(frozen=True, slots=True)
class Condition:
    """A case passes when the value of `field` is one of `values` (`negated`: none of them)."""

    field: str
    values: frozenset[str]
    negated: bool = False

    def allows(self, value: str) -> bool:
        """Say whether a case with this value passes."""
        return (value in self.values) != self.negated

    def __str__(self) -> str:
        return f"{self.field}{'不是' if self.negated else '为'}{'、'.join(sorted(self.values))}"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows besides points, for a unit or a person; `term` None: stated once, on the day it arises."""

    target: str
    text: str
    term: Term | None
    clause: str

    def __str__(self) -> str:
        return f"{self.target}{self.text}" + (f"（{self.term}）" if self.term else "")


@dataclass(frozen=True, slots=True)
class Cumulation:
    """The event that completes `at_least` cases of one person or unit within `window` of one another."""

    target: str
    at_least: int
    window: Term

    def __str__(self) -> str:
        whose = "同一人" if self.target == PERSON else "同一单位"
        return f"{whose}{self.window}内累计 {self.at_least} 次"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a scheme; `relations` maps the id of another rule to how both stand on one fact."""

    id: str
    clause: str
    place: Place
    table: str
    counted: str
    conditions: tuple[Condition, ...] = ()
    points: Dated | None = None
    cumulation: Cumulation | None = None
    consequences: tuple[Consequence, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    text: str = ""

    def summary(self) -> str:
        """Return the rule as one plain line: rows, what counts once, points, consequences."""
        rows = "，".join(str(condition) for condition in self.conditions)
        head = f"{self.table}中{rows}的，" if rows else f"{self.table}中，"
        head += str(self.cumulation) if self.cumulation else "每案计一次"
        parts = [head]
        if self.points:
            parts.append(f"每次 {self.points} 分")
        parts.extend(str(consequence) for consequence in self.consequences)
        return "；".join(parts)


@dataclass(frozen=True, slots=True)
class Measure:
    """One 处理方式; `order` is its severity, 0 the lightest."""

    name: str
    clause: str
    track: str
    aliases: tuple[str, ...]
    order: int
    consequences: tuple[Consequence, ...]
    place: Place
    """Where the scheme declares it."""


@dataclass(frozen=True, slots=True)
class Category:
    """One class of problems (类别) with its behaviours (具体表现)."""

    name: str
    clause: str
    behaviours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """A way problems come to light (来源): `stands` by itself, or must be verified first."""

    name: str
    clause: str
    stands: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the scheme's vocabulary (情形, 办理方式, 处理权限) with what it means or who acts."""

    name: str
    clause: str
    text: str = ""
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the work; `end` None: goes on."""

    name: str
    clause: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that every unit owes, with its due date (None: none is named)."""

    name: str
    clause: str
    due: date | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gravity:
    """A degree of 情节 and the measures that the scheme foresees for it."""

    name: str
    clause: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """职务层级, the most senior first; `other` is the level of a title that nothing names."""

    order: tuple[str, ...]
    exact: tuple[tuple[str, str], ...]
    """(title, level)."""
    patterns: tuple[tuple[str, str], ...]
    """(pattern with `*`, level), from the top."""
    other: str

    @property
    def head(self) -> str:
        """The most senior level."""
        return self.order[0]


@dataclass(frozen=True, slots=True)
class Ranking:
    """How units are ranked: inside `group`, ties share a place; a unit without data in `needed` is not ranked."""

    group: str = "学段"
    ties: str = "并列占位"
    needed: tuple[str, ...] = ()
