"""What a template may say, checked before anything is filled: known names, `if`, `for` and a few filters.

Templates come by mail. Whatever could run code, read files or eat memory is refused by its form, not while it runs
(failures.md T08); a name that no paper offers is refused with the nearest one, never printed as nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from jinja2 import nodes

from zyw.decoding import nearest
from zyw.problems import Place, Problem, Verbatim, problem

Names: TypeAlias = "str | Mapping[str, Names] | list[Names]"
"""The names a paper offers: a description (a value), a mapping (a record) or a list with one element (a table)."""

Found: TypeAlias = "Names | None"
VALUE: Final = "值"
_LOOP: Final[dict[str, Names]] = dict.fromkeys(
    ("index", "index0", "revindex", "revindex0", "first", "last", "length"), VALUE
)
_TABLE_FILTERS: Final = frozenset(("sort", "reverse", "list", "unique", "selectattr", "rejectattr", "select", "reject"))
_VALUE_FILTERS: Final = frozenset(
    (
        "length",
        "count",
        "join",
        "sum",
        "round",
        "int",
        "upper",
        "lower",
        "trim",
        "abs",
        "min",
        "max",
        "string",
        "default",
        "d",
    )
)
_ELEMENT_FILTERS: Final = frozenset(("first", "last"))
_TESTS: Final = frozenset(("odd", "even", "divisibleby", "none", "in", "eq", "ne", "gt", "ge", "lt", "le"))
_BY_ATTRIBUTE: Final = frozenset(("selectattr", "rejectattr", "map", "sort", "sum", "unique", "min", "max"))
_PLAIN: Final = (
    nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div,
    nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos, nodes.Keyword, nodes.Test, nodes.CondExpr, nodes.List, nodes.Tuple,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a template as messages name it: 第 3 段, 单元格 C5, 第 12 行."""

    place: Place
    words: Verbatim


Spots: TypeAlias = Callable[[int], Spot]
"""Line of the parsed text → where that stands in the template."""


def paragraphs(file: str) -> Spots:
    """Return the spots of a text whose lines are paragraphs, the first being line 2."""

    def spot(line: int) -> Spot:
        paragraph = max(line - 1, 0)
        return Spot(Place(file, line=paragraph), Verbatim(f"第 {paragraph} 段"))

    return spot


Used: TypeAlias = set[tuple[int, str]]
"""The names that a template uses, each as (id of the record that declares it, name)."""


def check_names(tree: nodes.Template, names: Names, spot: Spots, used: Used | None = None) -> tuple[Problem, ...]:
    """Return what is wrong in a parsed template: R002, R004, R005; none when it may be filled.

    The names that it uses are added to `used`.
    """
    checker = _Checker(spot, set() if used is None else used)
    checker.statements(tree.body, names if isinstance(names, Mapping) else {})
    return tuple(dict.fromkeys(checker.problems))


@dataclass(slots=True)
class _Checker:
    spot: Spots
    used: Used
    problems: list[Problem] = field(default_factory=list)

    def statements(self, body: Sequence[nodes.Node], scope: Mapping[str, Names]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    self._printed(child, scope)
            elif isinstance(node, nodes.If):
                self.value(node.test, scope)
                for branch in (node.body, node.elif_, node.else_):
                    self.statements(branch, scope)
            elif isinstance(node, nodes.For):
                self._loop(node, scope)
            else:
                self._refuse(node, _STATEMENTS.get(type(node), "判断和循环以外的语句"))

    def _printed(self, node: nodes.Node, scope: Mapping[str, Names]) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        kind = self.value(node, scope)
        if kind is not None and not isinstance(kind, str):
            self._misused(node, "不是单个的值，不能直接填")

    def _loop(self, node: nodes.For, scope: Mapping[str, Names]) -> None:
        kind = self.value(node.iter, scope)
        if not isinstance(node.target, nodes.Name) or node.recursive:
            self._refuse(node, "for 后面只能写一个名称")
            return
        if kind is not None and not isinstance(kind, list):
            self._misused(node.iter, "不是一张表，不能循环")
        element = kind[0] if isinstance(kind, list) else None
        inner = {**scope, node.target.name: element if element is not None else VALUE, "loop": _LOOP}
        if node.test is not None:
            self.value(node.test, inner)
        self.statements(node.body, inner)
        self.statements(node.else_, scope)

    def value(self, node: nodes.Node, scope: Mapping[str, Names]) -> Found:
        """Return what an expression is, None when that was refused or cannot be known."""
        if isinstance(node, nodes.Const):
            return VALUE
        if isinstance(node, nodes.Name):
            return self._known(node, node.name, scope)
        if isinstance(node, nodes.Getattr):
            return self._member(node, node.attr, self.value(node.node, scope))
        if isinstance(node, nodes.Getitem):
            return self._item(node, scope)
        if isinstance(node, nodes.Filter):
            return self._filter(node, scope)
        return self._composed(node, scope)

    def _composed(self, node: nodes.Node, scope: Mapping[str, Names]) -> Found:
        """Return what is made of other expressions: comparisons, arithmetic, lists; the rest is refused."""
        if isinstance(node, nodes.Test) and node.name not in _TESTS:
            self._refuse(node, f"is {node.name}")
            return None
        if not isinstance(node, _PLAIN):
            self._refuse(node, _said(node))
            return None
        kinds = [self.value(child, scope) for child in node.iter_child_nodes()]
        if isinstance(node, nodes.CondExpr):
            return kinds[1]
        return [VALUE] if isinstance(node, nodes.List | nodes.Tuple) else VALUE

    def _known(self, node: nodes.Node, name: str, record: Mapping[str, Names]) -> Found:
        if name in record:
            self.used.add((id(record), name))
            return record[name]
        near = nearest(name, [known for known in record if known != "loop"])
        self.problems.append(self._problem("R002", node, 名称=name, 近似=near))
        return None

    def _member(self, node: nodes.Node, name: str, base: Found) -> Found:
        if base is None:
            return None
        if isinstance(base, Mapping):
            return self._known(node, name, base)
        self._misused(node, "没有下一级名称" if isinstance(base, str) else "是一张表，要先用 for 逐行取")
        return None

    def _item(self, node: nodes.Getitem, scope: Mapping[str, Names]) -> Found:
        base = self.value(node.node, scope)
        if not isinstance(node.arg, nodes.Const):
            self._refuse(node, "[ ] 里只能写文字或数字")
            return None
        if isinstance(base, list) and isinstance(node.arg.value, int):
            return base[0]
        return self._member(node, str(node.arg.value), base)

    def _filter(self, node: nodes.Filter, scope: Mapping[str, Names]) -> Found:
        if node.node is None or node.name not in _VALUE_FILTERS | _TABLE_FILTERS | _ELEMENT_FILTERS | {"map"}:
            self._refuse(node, f"过滤器 {node.name}")
            return None
        base = self.value(node.node, scope)
        for argument in (*node.args, *node.kwargs):
            self.value(argument, scope)
        self._attribute(node, base)
        if node.name == "map":
            return [VALUE]
        if node.name in _ELEMENT_FILTERS:
            return base[0] if isinstance(base, list) else VALUE
        return base if node.name in _TABLE_FILTERS else VALUE

    def _attribute(self, node: nodes.Filter, base: Found) -> None:
        """Check the field that selectattr, map, sort and the like name, and refuse map with a filter's name."""
        named = [each.value for each in node.kwargs if each.key == "attribute"]
        if node.name == "map" and (node.args or len(named) != len(node.kwargs)):
            self._refuse(node, "map 只能写成 map(attribute='名称')")
            return
        if node.name in ("selectattr", "rejectattr"):
            named = node.args[:1]
            tests = [each.value for each in node.args[1:2] if isinstance(each, nodes.Const)]
            if any(test not in _TESTS for test in tests) or len(tests) != len(node.args[1:2]):
                self._refuse(node, f"过滤器 {node.name}")
        for each in named if node.name in _BY_ATTRIBUTE else ():
            if not isinstance(each, nodes.Const):
                self._refuse(node, f"过滤器 {node.name}")
            elif isinstance(base, list):
                self._member(node, str(each.value), base[0])

    def _misused(self, node: nodes.Node, reason: str) -> None:
        self.problems.append(self._problem("R005", node, 名称=_said(node), 原因=Verbatim(reason)))

    def _refuse(self, node: nodes.Node, what: str) -> None:
        self.problems.append(self._problem("R004", node, 写法=what))

    def _problem(self, code: str, node: nodes.Node, **facts: Any) -> Problem:
        spot = self.spot(node.lineno)
        return problem(code, spot.place, 处=spot.words, **facts)


_STATEMENTS: Final[dict[type[nodes.Node], str]] = {
    nodes.Assign: "给名称赋值（set）",
    nodes.AssignBlock: "给名称赋值（set）",
    nodes.Include: "插入别的文件（include）",
    nodes.Import: "引用别的文件（import）",
    nodes.FromImport: "引用别的文件（import）",
    nodes.Extends: "继承别的模板（extends）",
    nodes.Block: "留给别的模板填的块（block）",
    nodes.Macro: "自己定义的写法（macro）",
    nodes.CallBlock: "调用自己定义的写法（call）",
    nodes.FilterBlock: "成段的过滤（filter）",
    nodes.With: "临时名称（with）",
}
_EXPRESSIONS: Final[dict[type[nodes.Node], str]] = {
    nodes.Pow: "乘方（**）",
    nodes.Concat: "用 ~ 连接",
    nodes.Dict: "花括号里的对照表",
    nodes.List: "方括号里的几个值",
    nodes.Tuple: "括号里的几个值",
    nodes.Slice: "用冒号取一段",
    nodes.Compare: "比较",
    nodes.CondExpr: "一行里的判断",
    nodes.Test: "判断",
}


def _said(node: nodes.Node) -> str:
    """Return the expression nearly as it was written, or what it is in words: never a word of jinja's own."""
    if isinstance(node, nodes.Name | nodes.Const):
        return node.name if isinstance(node, nodes.Name) else str(node.value)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        member = f".{node.attr}" if isinstance(node, nodes.Getattr) else f"[{_said(node.arg)}]"
        return f"{_said(node.node)}{member}"
    if isinstance(node, nodes.Call):
        return f"{_said(node.node)}()"
    if isinstance(node, nodes.Filter) and node.node is not None:
        return f"{_said(node.node)}|{node.name}"
    return _EXPRESSIONS.get(type(node), "算式")


def unused(names: Names, used: Used, prefix: str = "") -> Iterator[str]:
    """Yield the names that a template never uses; of a record or a table that it never touches the name alone.

    Names whose declarations are one (two lists of the same rows) are used together.
    """
    if isinstance(names, list):
        yield from unused(names[0], used, f"{prefix}[]")
    elif not isinstance(names, str):
        for name, kind in names.items():
            path = f"{prefix}.{name}" if prefix else name
            if (id(names), name) in used:
                yield from unused(kind, used, path)
            else:
                yield path


def flatten(names: Names, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every name with its description, fields of a record as 甲.乙, of a table as 甲[].乙."""
    if isinstance(names, str):
        yield prefix, names
    elif isinstance(names, list):
        yield from flatten(names[0], f"{prefix}[]")
    else:
        for name, kind in names.items():
            yield from flatten(kind, f"{prefix}.{name}" if prefix else name)
