"""The workbook of a scheme → the scheme's tree, every value at its cell (P070–P073, and faults of the values)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zyw import grammar
from zyw.decoding import Key, Kind, Part, nearest
from zyw.located import Items, Node, Scalar, Table
from zyw.problems import Place, Problem, Severity, Verbatim, problem
from zyw.schemebook.celltext import text_of, understood
from zyw.schemebook.columns import Column, Step, found_column
from zyw.schemebook.writing import CONTENT, GUIDE, ITEM, NAME, WHOLE
from zyw.sheets import Book, Grid, letter

_RULES = "规则"


@dataclass(slots=True)
class _Branch:
    """A value as it is gathered from cells: one value, or branches by key, or by number."""

    place: Place
    value: Node | None = None
    keys: dict[Step, "_Branch"] = field(default_factory=dict)

    def node(self) -> Node:
        """Return what was gathered; items in the order of their numbers."""
        if self.value is not None:
            return self.value
        lists: dict[str, list[tuple[int, _Branch]]] = {}
        for (name, at), branch in self.keys.items():
            lists.setdefault(name, []).append((at, branch))
        return Table(
            tuple((Scalar(name, found[0][1].place), _joined(found)) for name, found in lists.items()), self.place
        )


def _joined(found: Sequence[tuple[int, _Branch]]) -> Node:
    if not found[0][0]:
        return found[0][1].node()
    nodes = tuple(branch.node() for _, branch in sorted(found, key=lambda each: each[0]))
    return Items(nodes, nodes[0].place)


def scheme_tree(book: Book) -> tuple[Table | None, tuple[Problem, ...]]:
    """Return the tree that the sheets of a workbook say, None with an error among the problems."""
    problems: list[Problem] = []
    keys = {key.name: key for key in grammar.SCHEME.keys}
    grids = {grid.sheet.strip(): grid for grid in book.grids if grid.sheet.strip() != GUIDE}
    if _RULES not in grids:
        return None, (problem("P070", Place(book.file)),)
    entries: list[tuple[Scalar, Node]] = []
    for name, grid in grids.items():
        place = Place(book.file, grid.sheet)
        if name not in keys:
            problems.append(problem("P072", place, 表=name, 近似=nearest(name, keys)))
            continue
        problems.extend(_unreadable(grid))
        node = _sheet(keys[name], _Cells(grid), problems)
        if node is not None:
            entries.append((Scalar(name, place), node))
    order = list(keys)
    entries.sort(key=lambda entry: order.index(entry[0].text))
    failed = any(each.severity is Severity.ERROR for each in problems)
    return None if failed else Table(tuple(entries), Place(book.file)), tuple(problems)


def _unreadable(grid: Grid) -> Iterator[Problem]:
    for cell in sorted({*grid.errors, *grid.uncalculated}):
        yield problem("P073", Place(grid.file, grid.sheet, cell))


class _Cells:
    """The texts of a sheet with their places: headings in its first row that holds anything, rows below."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self.place = Place(grid.file, grid.sheet)
        rows = ((at, [text_of(cell) for cell in row]) for at, row in enumerate(grid.rows, start=grid.top))
        self._rows = [(at, texts) for at, texts in rows if any(texts)]

    def headings(self) -> list[tuple[str, Place, int]]:
        """Return the headings, each with its place and its number among the columns."""
        if not self._rows:
            return []
        row, texts = self._rows[0]
        return [(text, self._at(row, column), column) for column, text in enumerate(texts) if text]

    def rows(self) -> list[tuple[Place, dict[int, tuple[str, Place]]]]:
        """Return the filled cells of each row below the headings, by the number of the column."""
        return [
            (
                Place(self._grid.file, self._grid.sheet, str(row)),
                {column: (text, self._at(row, column)) for column, text in enumerate(texts) if text},
            )
            for row, texts in self._rows[1:]
        ]

    def _at(self, row: int, column: int) -> Place:
        return Place(self._grid.file, self._grid.sheet, f"{letter(self._grid.left + column)}{row}")


def _sheet(key: Key, cells: _Cells, problems: list[Problem]) -> Node | None:
    kind = key.kind
    if kind.part is not None:
        return _from_items(kind.part, cells, problems)
    if kind.element is not None and kind.element.part is not None:
        return _from_rows(kind.element, cells, problems)
    pairs = _pairs(cells, NAME if kind.names is not None else ITEM, problems)
    if kind.names is None:
        found = [understood(text, kind, place, problems) for _, (text, place) in pairs]
        return found[0] if found else None
    entries = [(name, understood(text, kind.names, place, problems)) for name, (text, place) in pairs]
    made = tuple((name, node) for name, node in entries if node is not None)
    return Table(made, cells.place) if made else None


def _columns(part: Part, cells: _Cells, problems: list[Problem]) -> dict[int, Column]:
    """Return the column that each heading names; one that names none is P005, one that came before P071."""
    found: dict[int, Column] = {}
    seen: dict[str, Place] = {}
    for heading, place, at in cells.headings():
        column = found_column(heading, part)
        if column is None and heading == WHOLE:
            column = Column((), Kind("", lambda node, _: node), Key(WHOLE, Kind("", lambda node, _: node), ""))
        if column is None:
            names = [key.name for key in part.keys]
            problems.append(problem("P005", place, 部分=part.name, 键=heading, 近似=nearest(heading, names)))
        elif heading in seen:
            problems.append(_twice(heading, place, seen[heading]))
        else:
            found[at] = column
            seen[heading] = place
    return found


def _twice(heading: str, place: Place, other: Place) -> Problem:
    return problem("P071", place, 项=Verbatim(heading), 另一处=Verbatim(other.cell or ""))


def _from_rows(element: Kind, cells: _Cells, problems: list[Problem]) -> Node | None:
    assert element.part is not None
    columns = _columns(element.part, cells, problems)
    nodes = []
    for place, filled in cells.rows():
        branch = _Branch(place)
        for at, (text, where) in filled.items():
            if at in columns:
                _hang(branch, columns[at], (text, where), problems)
            else:
                _beside(where, problems)
        nodes.append(branch.node())
    return Items(tuple(nodes), cells.place) if nodes else None


def _beside(place: Place, problems: list[Problem]) -> None:
    """Report a filled cell under no heading, once a column that has one was reported already."""
    if not any(each.code == "P005" and each.place and each.place.sheet == place.sheet for each in problems):
        problems.append(problem("P007", place, 应为=Verbatim("空白（这一列没有表头）"), 值="有内容"))


def _from_items(part: Part, cells: _Cells, problems: list[Problem]) -> Node | None:
    branch = _Branch(cells.place)
    seen: dict[str, Place] = {}
    for name, (text, place) in _pairs(cells, ITEM, problems):
        column = found_column(name.text, part)
        if column is None:
            names = [key.name for key in part.keys]
            problems.append(problem("P005", name.place, 部分=part.name, 键=name.text, 近似=nearest(name.text, names)))
        elif name.text in seen:
            problems.append(_twice(name.text, place, seen[name.text]))
        else:
            seen[name.text] = place
            _hang(branch, column, (text, place), problems)
    return branch.node() if branch.keys else None


def _pairs(cells: _Cells, first: str, problems: list[Problem]) -> list[tuple[Scalar, tuple[str, Place]]]:
    """Return the filled rows of a sheet of two columns: what is named, and the text beside it."""
    heads: Mapping[str, int] = {text: at for text, _, at in cells.headings()}
    for wanted in (first, CONTENT):
        if wanted not in heads:
            what = {"部分": cells.place.sheet or "", "键": wanted, "含义": Verbatim("表头")}
            problems.append(problem("P006", cells.place, excerpt=(), **what))
            return []
    found = []
    for place, filled in cells.rows():
        name, text = filled.get(heads[first]), filled.get(heads[CONTENT])
        if text and not name:
            problems.append(problem("P006", text[1], 部分=cells.place.sheet or "", 键=first, 含义=Verbatim("叫什么")))
        elif text and name:
            found.append((Scalar(name[0], name[1]), text))
        elif name and first == NAME:
            problems.append(problem("P007", place, 应为=Verbatim(f"“{CONTENT}”"), 值="空白"))
    return found


def _hang(branch: _Branch, column: Column, cell: tuple[str, Place], problems: list[Problem]) -> None:
    """Put the value of a cell where its column leads to."""
    text, place = cell
    node = understood(text, column.kind, place, problems)
    for step in column.path:
        siblings = [other for other in branch.keys if other[0] == step[0]]
        if branch.value is not None or any(bool(other[1]) != bool(step[1]) for other in siblings):
            other = branch.place if branch.value is not None else branch.keys[siblings[0]].place
            problems.append(_twice(column.heading, place, other))
            return
        branch = branch.keys.setdefault(step, _Branch(place))
    if branch.keys or branch.value is not None:
        problems.append(_twice(column.heading, place, branch.place))
    else:
        branch.value = node
