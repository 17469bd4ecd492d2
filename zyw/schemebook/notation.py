"""Located values ↔ text: YAML for the file, one line a key for a cell.

Nothing here depends on what a key means. Texts are quoted whenever YAML could take them for something else.
"""

import re
from typing import Final

from zyw.located import Items, Node, Scalar, Table
from zyw.printed.styles import text_width

_BARE: Final = re.compile(r"[^\W_](?:[\w.*%+（）()“”《》。，、；：～—/-]|(?<=[^\s:]) (?=[^\s#:]))*|[+-]?\d[\d.]*%?")
"""What needs no quotes: it begins with a letter or digit, and holds no sign that YAML has a use for."""
_WIDE: Final = 110
"""Half-width columns of a line; what is longer is written one key a line."""


def scalar(text: str) -> str:
    """Return one text as YAML; in quotes where it could be read otherwise.

    >>> scalar("五(三)4办法2"), scalar("甲: 乙"), scalar("-2")
    ('五(三)4办法2', '"甲: 乙"', '-2')
    """
    if _BARE.fullmatch(text) and text.isprintable():
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def flow(node: Node) -> str:
    """Return a value in one line, lists in [] and keys in {}."""
    if isinstance(node, Scalar):
        return scalar(node.text)
    if isinstance(node, Items):
        return f"[{', '.join(map(flow, node.items))}]"
    return "{" + ", ".join(f"{scalar(key.text)}: {flow(value)}" for key, value in node.entries) + "}"


def lines(node: Node) -> list[str]:
    """Return a value as the lines of a file: short ones stay in one line, others take one line a key or item."""
    told = flow(node)
    if (
        isinstance(node, Scalar)
        or text_width(told) <= _WIDE
        or not (node.items if isinstance(node, Items) else node.entries)
    ):
        return [told]
    if isinstance(node, Items):
        return [f"{'- ' if at == 0 else '  '}{line}" for item in node.items for at, line in enumerate(lines(item))]
    return _keys(node)


def _keys(node: Table) -> list[str]:
    found: list[str] = []
    for key, value in node.entries:
        inner = lines(value)
        if inner == [flow(value)]:  # a single wide key is one line too, but not one that may follow a key
            found.append(f"{scalar(key.text)}: {inner[0]}")
        else:
            found += [f"{scalar(key.text)}:", *(f"  {line}" for line in inner)]
    return found


def document(node: Node) -> str:
    """Return a whole file: one key a line at the top, a blank line between the parts."""
    if not isinstance(node, Table):
        return "\n".join([*lines(node), ""])
    parts = ("\n".join(_keys(Table((entry,), node.place))) for entry in node.entries)
    return "\n\n".join(parts) + "\n"
