"""Located values → typed ones, by declaration: each key of the scheme language is declared once.

A `Part` lists its `Key`s (name, kind, meaning, whether it must be there); `read_part` refuses what is not declared
and offers the nearest name. The same declarations print the reference of the language, so the two cannot drift.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final

from zyw.located import Items, Node, Scalar, Table
from zyw.points import to_micro
from zyw.problems import Place, Problem, Verbatim, problem

MISSING: Final = "未载明"
CLAUSE_KEY: Final = "依据"
MAX_POINTS: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a key may hold: `label` is said to the reader, `read` types it (None after reporting a fault).

    The rest says how it may be laid out in a table: as one text (`plain`), as one of `words`, as the keys of a `part`,
    as a list of an `element`, as `names` of the writer's own with such a value each. What says none of it is notation.
    """

    label: str
    read: Callable[[Node, list[Problem]], Any]
    plain: bool = False
    words: tuple[str, ...] = ()
    part: "Part | None" = None
    element: "Kind | None" = None
    names: "Kind | None" = None


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a part."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the language: its name as messages say it, what it is for, its keys."""

    name: str
    meaning: str
    keys: tuple[Key, ...]
    example: str = ""
    """A worked number, or the shortest use: the reference prints it."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A part as read: typed values by key (absent: the key is not in `values`), and where each key stands."""

    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of `name`, or `default` when the key is absent or was at fault."""
        value = self.values.get(name)
        return default if value is None else value

    def at(self, name: str) -> Place:
        """Return where the value of `name` stands, else where the part begins."""
        return self.places.get(name, self.place)


def nearest(word: str, names: Iterable[str], count: int = 3) -> Verbatim:
    """Return the names most like `word`, best first, joined; “无” when there is none to offer."""
    from rapidfuzz import process

    found = process.extract(word, list(names), limit=count)
    return Verbatim("、".join(name for name, _, _ in found) or "无")


def read_part(part: Part, node: Node, problems: list[Problem]) -> Fields | None:
    """Read `node` as `part`: unknown keys (P005), missing ones (P006, a clause P009) and wrong kinds are reported."""
    if not isinstance(node, Table):
        wrong(node, f"“{part.name}”的各项（键: 值）", problems)
        return None
    known = {key.name: key for key in part.keys}
    fields = Fields(node.place)
    for name, value in node.entries:
        key = known.get(name.text)
        if key is None:
            near = nearest(name.text, known)
            problems.append(problem("P005", name.place, 部分=part.name, 键=name.text, 近似=near))
            continue
        fields.places[name.text] = value.place
        fields.values[name.text] = key.kind.read(value, problems)
    for key in part.keys:
        if key.required and key.name not in fields.values:
            code = "P009" if key.name == CLAUSE_KEY else "P006"
            problems.append(problem(code, node.place, 部分=part.name, 键=key.name, 含义=Verbatim(key.meaning)))
    return fields


def wrong(node: Node, wanted: str, problems: list[Problem]) -> None:
    """Report that `node` is not what was wanted."""
    got = node.text if isinstance(node, Scalar) else "一个列表" if isinstance(node, Items) else "一组键值"
    problems.append(problem("P007", node.place, 应为=Verbatim(wanted), 值=got or "空白"))


def _text(node: Node, problems: list[Problem]) -> str | None:
    if isinstance(node, Scalar) and node.text.strip():
        return node.text.strip()
    wrong(node, TEXT.label, problems)
    return None


def _texts(node: Node, problems: list[Problem]) -> tuple[str, ...]:
    found = node.items if isinstance(node, Items) else (node,)
    texts = (_text(item, problems) for item in found)
    return tuple(text for text in texts if text is not None)


def parse_day(text: str) -> date | None:
    """Return the day written `2012-01-31`, None when it is none."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(node: Node, problems: list[Problem]) -> date | None:
    day = parse_day(node.text.strip()) if isinstance(node, Scalar) else None
    if day is None:
        wrong(node, DATE.label, problems)
    return day


def _day_or_missing(node: Node, problems: list[Problem]) -> date | str | None:
    if isinstance(node, Scalar) and node.text.strip() == MISSING:
        return MISSING
    day = parse_day(node.text.strip()) if isinstance(node, Scalar) else None
    if day is None:
        wrong(node, DATE_OR_MISSING.label, problems)
    return day


def _points(node: Node, problems: list[Problem]) -> int | None:
    try:
        value = Decimal(node.text.strip()) if isinstance(node, Scalar) else Decimal("NaN")
        if value.is_finite() and abs(value) <= MAX_POINTS:
            return to_micro(value)
    except (InvalidOperation, ValueError):
        pass
    wrong(node, POINTS.label, problems)
    return None


def _number(node: Node, problems: list[Problem]) -> Fraction | None:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    found = re.fullmatch(r"([+-]?\d{1,9}(?:\.\d{1,6})?)\s*([%％]?)", text)
    if found is None or abs(Fraction(found[1])) > MAX_POINTS:
        wrong(node, NUMBER.label, problems)
        return None
    return Fraction(found[1]) / (100 if found[2] else 1)


def _numbers(node: Node, problems: list[Problem]) -> tuple[Fraction, ...] | None:
    found = [_number(item, problems) for item in (node.items if isinstance(node, Items) else (node,))]
    return tuple(each for each in found if each is not None) if found and None not in found else None


def _count(node: Node, problems: list[Problem]) -> int | None:
    if isinstance(node, Scalar) and re.fullmatch(r"[1-9]\d{0,5}", node.text.strip()):
        return int(node.text)
    wrong(node, COUNT.label, problems)
    return None


def _whole(node: Node, problems: list[Problem]) -> int | None:
    if isinstance(node, Scalar) and node.text.strip() == "0":
        return 0
    return _count(node, problems)


TEXT: Final = Kind("文字", _text, plain=True)
TEXTS: Final = Kind("文字，或文字的列表", _texts, element=TEXT)
DATE: Final = Kind("日期，如 2012-01-31", _day, plain=True)
DATE_OR_MISSING: Final = Kind("日期，如 2012-01-31，或“未载明”", _day_or_missing, plain=True)
POINTS: Final = Kind("分值，如 -2 或 0.5（最多六位小数）", _points, plain=True)
NUMBER: Final = Kind("数字，如 -2、0.5 或 90%", _number, plain=True)
NUMBERS: Final = Kind("数字的列表，如 [-1, -2, -3]", _numbers, element=NUMBER)
COUNT: Final = Kind("正整数", _count, plain=True)
WHOLE: Final = Kind("零或正整数", _whole, plain=True)


def choice(*values: str) -> Kind:
    """Return the kind “one of these words”."""

    def read(node: Node, problems: list[Problem]) -> str | None:
        if isinstance(node, Scalar) and node.text.strip() in values:
            return node.text.strip()
        got = node.text if isinstance(node, Scalar) else "一组内容"
        offered = Verbatim("、".join(values))
        problems.append(problem("P008", node.place, 值=got, 可选=offered, 近似=nearest(got, values, 1)))
        return None

    label = "、".join(values) + "之一" if len(values) > 1 else f"“{values[0]}”"
    return Kind(label, read, plain=True, words=values)


def part_of(part: Part) -> Kind:
    """Return the kind “one such part”."""
    return Kind(f"“{part.name}”", lambda node, problems: read_part(part, node, problems), part=part)


def parts_of(part: Part) -> Kind:
    """Return the kind “a list of such parts”; one alone may stand without the list."""

    def read(node: Node, problems: list[Problem]) -> tuple[Fields, ...]:
        items = node.items if isinstance(node, Items) else (node,)
        found = (read_part(part, item, problems) for item in items)
        return tuple(fields for fields in found if fields is not None)

    return Kind(f"“{part.name}”的列表", read, element=part_of(part))


def built(part: Part, make: Callable[[Fields, list[Problem]], Any]) -> Kind:
    """Return the kind “one such part”, made into a record by `make` (None after reporting a fault)."""

    def read(node: Node, problems: list[Problem]) -> Any:
        before = len(problems)
        fields = read_part(part, node, problems)
        return None if fields is None or len(problems) > before else make(fields, problems)

    return Kind(f"“{part.name}”", read, part=part)


def list_of(kind: Kind) -> Kind:
    """Return the kind “several of these”, read as a tuple; one alone may stand without the list."""

    def read(node: Node, problems: list[Problem]) -> tuple[Any, ...]:
        found = [kind.read(item, problems) for item in (node.items if isinstance(node, Items) else (node,))]
        return tuple(each for each in found if each is not None)

    return Kind(f"{kind.label}的列表", read, element=kind)


def words_by_name(label: str, values: Kind) -> Kind:
    """Return the kind “names of the writer's own, each with such a value”, read as ((name, value, place), …)."""

    def read(node: Node, problems: list[Problem]) -> tuple[tuple[str, Any, Place], ...] | None:
        if not isinstance(node, Table):
            wrong(node, label, problems)
            return None
        found = ((key.text.strip(), values.read(value, problems), key.place) for key, value in node.entries)
        return tuple(entry for entry in found if entry[1] is not None)

    return Kind(label, read, names=values)
