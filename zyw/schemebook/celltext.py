"""One value of a scheme ↔ the text of one cell, by its kind.

One text stands as it is; a list of texts one a line; whatever else is written as in a file, one key a line.
"""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from zyw.decoding import Kind
from zyw.located import CONTROL, Items, Node, Scalar, Table, parse_located
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.schemebook.notation import flow, scalar
from zyw.sheets import Cell


def written(node: Node, kind: Kind) -> str:
    """Return what a cell holds for a value."""
    if kind.plain and isinstance(node, Scalar):
        return node.text
    listed = _listed(node) if kind.element is not None and kind.element.plain else None
    if listed is not None:
        return listed
    if isinstance(node, Table) and node.entries:
        return "\n".join(f"{scalar(key.text)}: {flow(value)}" for key, value in node.entries)
    return flow(node)


def _listed(node: Node) -> str | None:
    """Return texts one a line; None where a line would not read back as the text."""
    items = node.items if isinstance(node, Items) else (node,)
    texts = [each.text.strip() if isinstance(each, Scalar) else "" for each in items]
    clear = all(text and "\n" not in text and not text.startswith("[") for text in texts)
    return "\n".join(texts) if clear and texts else None


def understood(text: str, kind: Kind, place: Place, problems: list[Problem]) -> Node | None:
    """Return the value that the text of a cell says, standing at the cell; None after reporting a fault (P001 …)."""
    if CONTROL.search(text):
        problems.append(problem("P001", place, 原因=Verbatim("含有看不见的控制字符")))
        return None
    if kind.plain:
        return Scalar(text, place)
    if kind.element is not None and kind.element.plain and not text.startswith("["):
        items = tuple(Scalar(line.strip(), place) for line in text.split("\n") if line.strip())
        return items[0] if len(items) == 1 else Items(items, place)
    node, found = parse_located(text, place.file)
    problems.extend(replace(each, place=place) for each in found)
    return None if node is None else _moved(node, place)


def _moved(node: Node, place: Place) -> Node:
    """Return the same value standing wholly at `place`; as deep as a file may nest, no deeper."""
    if isinstance(node, Scalar):
        return Scalar(node.text, place)
    if isinstance(node, Items):
        return Items(tuple(_moved(each, place) for each in node.items), place)
    return Table(tuple((Scalar(key.text, place), _moved(value, place)) for key, value in node.entries), place)


def text_of(cell: Cell) -> str:
    """Return a cell as the text a clerk sees: numbers without exponent, days as 2012-01-31, blanks around it off.

    >>> text_of(-2.0), text_of(0.9), text_of(datetime(2012, 1, 31))
    ('-2', '0.9', '2012-01-31')
    """
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        exact = Decimal(str(cell))
        return format(exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact, "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()
