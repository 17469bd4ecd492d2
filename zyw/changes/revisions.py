"""Two schemes side by side, part by part: what was added, what is gone, what reads otherwise.

The trees are compared as they are written, so that a change of a clause or of a reading is a change too. A rule is
known by its 编号, other parts by their 名称; how a file is laid out makes no difference.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from zyw import grammar
from zyw.located import Items, Node, Scalar, Table
from zyw.schemebook.columns import items_of
from zyw.schemebook.notation import flow

ADDED, GONE, CHANGED, MOVED = "增加", "删去", "改动", "次序"
_NAMES: Final = ("编号", "名称")
_SINGLE: Final = frozenset(key.name for key in grammar.SCHEME.keys if key.kind.element is None)


@dataclass(frozen=True, slots=True)
class Revision:
    """One thing that differs: in which part, of what name, and for 改动 each key with what it said and says."""

    part: str
    name: str
    what: str
    keys: tuple[tuple[str, str, str], ...] = ()


def revisions(one: Table, two: Table) -> tuple[Revision, ...]:
    """Return what differs from `one` to `two`, in the order of the language's parts."""
    found: list[Revision] = []
    for key in grammar.SCHEME.keys:
        before, after = one.get(key.name), two.get(key.name)
        if key.name in _SINGLE:
            found += _single(key.name, before, after)
        else:
            found += _listed(key.name, _named(before), _named(after))
    return tuple(found)


def _single(part: str, before: Node | None, after: Node | None) -> Iterator[Revision]:
    keys = _keys(before, after)
    if keys:
        yield Revision(part, "", CHANGED if before and after else ADDED if after else GONE, keys)


def _named(node: Node | None) -> dict[str, Node]:
    """Return the items of a list by their names; one without is known by what it says."""
    found: dict[str, Node] = {}
    for item in items_of(node) if node is not None else ():
        names = [item.get(name) for name in _NAMES] if isinstance(item, Table) else []
        name = next((each.text for each in names if isinstance(each, Scalar)), "")
        found[name or flow(item)] = item
    return found


def _listed(part: str, before: dict[str, Node], after: dict[str, Node]) -> Iterator[Revision]:
    for name in before:
        if name not in after:
            yield Revision(part, name, GONE)
    for name, node in after.items():
        if name not in before:
            yield Revision(part, name, ADDED, _keys(None, node))
        elif keys := _keys(before[name], node):
            yield Revision(part, name, CHANGED, keys)
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield Revision(part, "", MOVED)


def _keys(before: Node | None, after: Node | None) -> tuple[tuple[str, str, str], ...]:
    """Return each key that differs with what it says on either side, "" where it is not written."""
    one, two = _said(before), _said(after)
    names = dict.fromkeys((*one, *two))
    differ = [name for name in names if _plain(one.get(name)) != _plain(two.get(name))]
    return tuple((name, _shown(one.get(name)), _shown(two.get(name))) for name in differ)


def _said(node: Node | None) -> dict[str, Node]:
    return {key.text: value for key, value in node.entries} if isinstance(node, Table) else {}


def _shown(node: Node | None) -> str:
    if isinstance(node, Scalar):
        return node.text.strip()
    return flow(node) if node is not None else ""


def _plain(node: Node | None) -> Any:
    """Return what a value says: without places, blanks around texts and the list around one item."""
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Items):
        items = [_plain(item) for item in node.items]
        return items[0] if len(items) == 1 else items
    return {key.text.strip(): _plain(value) for key, value in node.entries} if node is not None else None


def lines(found: tuple[Revision, ...]) -> list[str]:
    """Return what differs as lines: each part with its name, below it every key that reads otherwise."""
    told: list[str] = []
    for each in found:
        if each.what == MOVED:
            told.append(f"{each.part}：次序变了")
            continue
        told.append(f"{each.what}　{each.part}{f'“{each.name}”' if each.name else ''}")
        for key, before, after in each.keys:
            if each.what == CHANGED:
                told += [f"    {key}：{before or '（没有写）'}", f"      → {after or '（没有写）'}"]
            elif each.what == ADDED:
                told.append(f"    {key}：{after}")
    return told


def payload(found: tuple[Revision, ...]) -> list[dict[str, Any]]:
    """Return what differs for JSON; what is not written is null."""
    return [
        {
            "part": each.part,
            "name": each.name or None,
            "change": each.what,
            "keys": [{"key": key, "before": old or None, "after": new or None} for key, old, new in each.keys],
        }
        for each in found
    ]
