"""The words of a scheme: levels of posts, measures, classes and channels of problems, phases, papers, norms."""

from dataclasses import dataclass
from datetime import date

from zyw.problems import Place
from zyw.rules.consequences import Consequence


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
    text: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the work (工作方面): who leads it, which offices answer for it."""

    name: str
    clause: str
    leaders: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    text: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind of activity that the scheme asks for and that is counted."""

    name: str
    clause: str
    text: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """What every row of 问题台账 must state (台账要素): one of `fields` is filled."""

    name: str
    clause: str
    fields: tuple[str, ...]


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
class Norm:
    """A norm that the document cites; `status` is what the scheme's author knows of it ("": nothing)."""

    name: str
    clause: str
    status: str = ""
