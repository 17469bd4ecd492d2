"""How wide a text stands on a terminal: a Chinese character takes two columns, a combining mark none.

Every layout on the console is made with these few functions, so that columns stay straight at 80 columns.
"""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Return the columns that `text` takes.

    >>> width("大垸中学"), width("abc"), width("“一”")
    (8, 3, 4)
    """
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill `text` with blanks up to `columns`; `right` puts the text to the right, as numbers stand."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, columns: int, indent: str = "") -> list[str]:
    """Break `text` into lines of at most `columns`; lines after the first start with `indent`.

    A break stands between any two Chinese characters, but a run of Latin letters and digits (a command line, a
    cell's address) stays whole while it fits on a line, and no line starts with a closing mark.

    >>> wrap("一二三四五", 6)
    ['一二三', '四五']
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line.strip() and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = indent + piece.lstrip()
        else:
            line += piece
        while width(line) > columns and len(line) > len(indent) + 1:
            cut = _fitting(line, columns)
            lines.append(line[:cut])
            line = indent + line[cut:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


_CLOSING = "，。；：、！？”’）》】…"


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        latin = character.isascii() and character != " "
        previous = pieces[-1][-1] if pieces else ""
        if pieces and (character in _CLOSING or (latin and previous.isascii() and previous != " ")):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _fitting(line: str, columns: int) -> int:
    taken = 0
    for position, character in enumerate(line):
        taken += _columns(character)
        if taken > columns:
            return max(1, position)
    return len(line)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> list[str]:
    """Lay out a table in plain text; the columns whose index is in `numbers` stand to the right."""
    widths = [max(width(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    return [
        "  ".join(pad(cell, widths[i], right=i in numbers) for i, cell in enumerate(row)).rstrip()
        for row in (heads, *rows)
    ]
