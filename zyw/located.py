"""YAML text → values that know their line and column.

A scheme is typed from its declaration, never by YAML's guesses (`0123` would be 83, `no` False, an impossible date a
crash): every scalar stays the text that was written. Duplicate keys, aliases (`*a`, the stuff of bombs), tags, several
documents, deep nesting and large files are refused, each with its place. The tree is built from the parser's events,
so that nothing recurses on what a file contains.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from zyw.problems import Place, Problem, Verbatim, problem

if TYPE_CHECKING:
    import yaml  # 0.02 s: loaded by the first text that is parsed, while the ledgers are being read

MAX_CHARACTERS: Final = 1_000_000
MAX_DEPTH: Final = 20
_LOADERS: Final = ("CSafeLoader", "SafeLoader")
"""Parsers of the same language, the fastest first: yaml may come without the one in C."""
_REASONS: Final = (
    ("cannot start any token", "这里的符号要加引号（内容以 @、`、% 或制表符开头）"),
    ("mapping values are not allowed", "一行里多了一个冒号，或与上一行的缩进不齐"),
    ("expected ':'", "缺少冒号，或缩进与上一行不齐"),
    ("expected key", "缩进与上面各行不齐，或引号后面多了字"),
    ("expected <block end>", "缩进与上面各行不齐"),
    ("expected '-'", "列表各行的短横没有对齐"),
    ("expected ',' or", "方括号或花括号没有写完，或缺少逗号"),
    ("end of stream", "引号没有成对"),
    ("expected node content", "括号里缺少内容，或括号不成对"),
    ("escape character", "双引号里的反斜杠有特别的意思，请改用单引号"),
)
"""What the YAML parser says (both of its forms), and what is said to the reader."""
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML allows in no text; written as the few, for `[^…]` of the many takes 7 ms to compile."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text as written, quotes removed."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with their values, in the order written; no key occurs twice."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    place: Place

    def get(self, name: str) -> "Node | None":
        """Return the value of the key `name`, None when it is absent."""
        return next((value for key, value in self.entries if key.text == name), None)

    def keys(self) -> tuple[str, ...]:
        """Return the keys in the order written."""
        return tuple(key.text for key, _ in self.entries)


Node: TypeAlias = Scalar | Items | Table


@dataclass(slots=True)
class _Open:
    """A list or a table whose end has not come yet."""

    is_table: bool
    place: Place
    nodes: list[Node] = field(default_factory=list)


class _RefusedError(Exception):
    def __init__(self, found: Problem) -> None:
        self.problem = found
        super().__init__(found.code)


def _forbidden(place: Place, what: str) -> _RefusedError:
    return _RefusedError(problem("P004", place, 内容=Verbatim(what)))


def _invisible(place: Place) -> Problem:
    return problem("P001", place, 原因=Verbatim("含有看不见的控制字符"))


def parse_located(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the one document of `text` with places, or None and what is wrong with it (P001–P005)."""
    import yaml

    if len(text) > MAX_CHARACTERS:
        return None, (problem("P002", Place(file), 上限=f"{MAX_CHARACTERS // 10_000} 万字"),)
    text = text.removeprefix("\ufeff")
    control = CONTROL.search(text)
    if control:
        return None, (_invisible(_position_place(text, file, control.start())),)
    problems: list[Problem] = []
    try:
        node = _build_by_any(text, file, problems)
    except yaml.MarkedYAMLError as error:
        return None, (problem("P001", _mark_place(file, error), 原因=_reason(text, error)),)
    except _RefusedError as refused:
        return None, (*problems, refused.problem)
    if node is None:
        return None, (problem("P001", Place(file), 原因=Verbatim("文件是空的")),)
    return (None if problems else node), tuple(problems)


def _build_by_any(text: str, file: str, problems: list[Problem]) -> Node | None:
    """Build the tree by the fast parser; where that stops at a depth of its own, by the one that has none.

    libyaml reads ahead up to 1,024 characters for a `:` before its first event, and since 0.2.6 gives up at 1,000 open
    brackets: then `MAX_DEPTH` was never asked.
    """
    import yaml

    fast = next(name for name in _LOADERS if hasattr(yaml, name))
    try:
        return _build(text, file, problems, getattr(yaml, fast))
    except yaml.MarkedYAMLError as error:
        if "nesting" not in str(error.problem):
            raise
        return _build(text, file, problems, yaml.SafeLoader)


def _build(text: str, file: str, problems: list[Problem], loader: Any) -> Node | None:
    """Fold the parser's events into one tree; a stack of open containers instead of recursion."""
    import yaml

    stack: list[_Open] = []
    root: Node | None = None
    for event, place in _events(text, file, loader):
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            stack.append(_Open(isinstance(event, yaml.MappingStartEvent), place))
            if len(stack) > MAX_DEPTH:
                raise _forbidden(place, f"{MAX_DEPTH} 层以上的嵌套")
            continue
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            if CONTROL.search(event.value):  # written as "\0"
                raise _RefusedError(_invisible(place))
            node = Scalar(event.value, place)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            node = _close(stack.pop(), problems)
        else:
            continue
        if stack:
            stack[-1].nodes.append(node)
        elif root is not None:
            raise _forbidden(place, "一个文件里的第二份方案（---）")
        else:
            root = node
    return root


def _events(text: str, file: str, loader: Any) -> "Iterator[tuple[yaml.Event, Place]]":
    import yaml

    for event in yaml.parse(text, Loader=loader):
        place = _place(file, event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise _forbidden(place, "引用（*）")
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise _forbidden(place, "锚（&）")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            raise _forbidden(place, "标签（!）")
        yield event, place


def _close(opened: _Open, problems: list[Problem]) -> Node:
    if not opened.is_table:
        return Items(tuple(opened.nodes), opened.place)
    entries: dict[str, tuple[Scalar, Node]] = {}
    for key, value in zip(opened.nodes[::2], opened.nodes[1::2], strict=True):
        if not isinstance(key, Scalar):
            raise _forbidden(key.place, "不是文字的键")
        if key.text in entries:
            first = entries[key.text][0].place.line
            problems.append(problem("P003", key.place, 键=key.text, 行=first))
        entries.setdefault(key.text, (key, value))
    return Table(tuple(entries.values()), opened.place)


def _reason(text: str, error: "yaml.MarkedYAMLError") -> Verbatim:
    mark = error.problem_mark
    line = text.splitlines()[mark.line] if mark and mark.line < len(text.splitlines()) else ""
    if mark and line[mark.column : mark.column + 1] == "\t":
        return Verbatim("缩进用了制表符，请改用空格")
    said = str(error.problem)
    return Verbatim(next((chinese for english, chinese in _REASONS if english in said), "缩进、冒号或括号有误"))


def _mark_place(file: str, error: "yaml.MarkedYAMLError") -> Place:
    return _place(file, error.problem_mark or error.context_mark)


def _place(file: str, mark: "yaml.error.Mark | yaml._yaml.Mark | None") -> Place:
    return Place(file) if mark is None else Place(file, line=mark.line + 1, column=mark.column + 1)


def _position_place(text: str, file: str, position: int) -> Place:
    before = text[:position]
    return Place(file, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
