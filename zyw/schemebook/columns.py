"""The keys of a part as columns: `累计·至少`, `后果2·内容`; and from such a heading back to the key.

A part inside a part gives one column a key; a list of parts the same once for each item, numbered. What cannot be taken
apart (values by date, keys of the writer's own) stands whole in the column of the key itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from zyw.decoding import Key, Kind, Part
from zyw.located import Items, Node, Table

JOINT: Final = "·"
Step = tuple[str, int]
"""A key, and which item of its list, counted from 1 (0: it is no list)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the way to its key, the kind of what stands in it, its declaration."""

    path: tuple[Step, ...]
    kind: Kind
    key: Key
    needed: bool = False

    @property
    def heading(self) -> str:
        """What stands above it."""
        return JOINT.join(f"{name}{at or ''}" for name, at in self.path)


def columns_of(part: Part, nodes: Sequence[Node], above: tuple[Step, ...] = ()) -> Iterator[Column]:
    """Yield the columns that `nodes`, values of `part`, fill or may fill, in the order of the declaration."""
    tables = [node for node in nodes if isinstance(node, Table)]
    for key in part.keys:
        values = [value for table in tables if (value := table.get(key.name)) is not None]
        needed = key.required and not above
        if key.kind.part is not None:
            yield from _inside(key, key.kind, values, (*above, (key.name, 0)))
        elif key.kind.element is not None and key.kind.element.part is not None:
            yield from _listed(key, key.kind.element, values, above)
        else:
            yield Column((*above, (key.name, 0)), key.kind, key, needed)


def _inside(key: Key, kind: Kind, values: Sequence[Node], path: tuple[Step, ...]) -> Iterator[Column]:
    assert kind.part is not None
    if any(not taken_apart(value, kind.part) for value in values):
        yield Column(path, _whole(kind), key)
    yield from columns_of(kind.part, [value for value in values if taken_apart(value, kind.part)], path)


def _listed(key: Key, element: Kind, values: Sequence[Node], above: tuple[Step, ...]) -> Iterator[Column]:
    """Yield the columns of a list: as many items as the longest has, and room for one more where there is any."""
    lists = [items_of(value) for value in values]
    if () in lists:
        yield Column((*above, (key.name, 0)), _whole(key.kind), key)
    longest = max(map(len, lists), default=0)
    for at in range(longest + 1):
        nodes = [items[at] for items in lists if at < len(items)]
        yield from _inside(key, element, nodes, (*above, (key.name, at + 1)))


def items_of(node: Node) -> tuple[Node, ...]:
    """Return the items of a list; one value alone is a list of one."""
    return node.items if isinstance(node, Items) else (node,)


def taken_apart(node: Node, part: Part) -> bool:
    """Say whether a value can stand in the columns of the part's keys."""
    return isinstance(node, Table) and bool(node.entries) and set(node.keys()) <= {key.name for key in part.keys}


def _whole(kind: Kind) -> Kind:
    """Return the kind of a column in which a whole part, or a whole list of them, is written out."""
    return Kind(kind.label, kind.read)


def found_column(heading: str, part: Part) -> Column | None:
    """Return the column that a heading names, None when the part has no such key."""
    path: list[Step] = []
    kind: Kind | None = Kind("", lambda node, _: node, part=part)
    key: Key | None = None
    for name in heading.split(JOINT):
        inner = kind.part if kind is not None else None
        step = _step(name.strip(), inner) if inner is not None else None
        if step is None:
            return None
        key, at = step
        path.append((key.name, at))
        kind = key.kind.element if at else key.kind
    if key is None or kind is None:
        return None
    whole = kind.part is not None or (kind.element is not None and kind.element.part is not None)
    return Column(tuple(path), _whole(kind) if whole else kind, key, key.required and len(path) == 1)


def _step(name: str, part: Part) -> tuple[Key, int] | None:
    known = {key.name: key for key in part.keys}
    if name in known:
        return known[name], 0
    numbered = re.fullmatch(r"(.*?\D)([1-9]\d{0,2})", name, re.ASCII)
    key = known.get(numbered[1]) if numbered else None
    if numbered is None or key is None or key.kind.element is None:
        return None
    return key, int(numbered[2])


def value_at(node: Node | None, path: Sequence[Step]) -> Node | None:
    """Return the value of a node that stands at the end of a path, None when there is none."""
    for name, at in path:
        node = node.get(name) if isinstance(node, Table) else None
        if at and node is not None:
            items = items_of(node)
            node = items[at - 1] if at <= len(items) else None
    return node
