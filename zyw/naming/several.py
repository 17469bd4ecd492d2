"""Several units or people in one cell: where a cell is cut, and how its parts go together.

教务处、教研室、财务部门 are three units, 王某 李某 two people. Each of them gets the row; the row keeps its one origin,
so whoever counts rows in all counts it once.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

_FIRM: Final = re.compile(r"\s*[、，,；;/|\n]+\s*(?![^（(]*[）)])")
"""Not inside brackets: 张三（校长、书记） is one person."""
_PLAIN: Final = re.compile(r"\s*[、，,；;\n]+\s*(?![^（(]*[）)])")
_SOFT: Final = (re.compile(r"\s+"), re.compile("[和与及]"))
_ORDINAL: Final = re.compile(r"(?P<head>.*?第?)(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?P<kind>\D*)")
_NUMBERED: Final = re.compile(
    r"第?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\D{0,6}|\D{0,8}(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
)
"""A part that may lack what stands behind its number, or before it: 一, 官桥一; 二小."""
_MAYBE: Final = re.compile(r"[、，,；;/|\n\s和与及]")
_AND_OTHERS: Final = re.compile(r"等(\d*人|[一二三四五六七八九十]+人|人|同志)?$")
NAME_LENGTHS: Final = (2, 3, 4)
"""Characters of a person's name, where blanks alone stand between names."""


def split_units(text: str, knows: Callable[[str], bool] | None) -> tuple[str, ...]:
    """Return the units one cell names; the cell as it stands when it is one, or nobody can tell.

    With a roster (`knows`) a cell is cut at 、，,；;/ and line ends when one part at least is a unit, at blanks
    and 和、与、及 only when every part is. Without one it is cut at 、，,；; and line ends.

    >>> split_units("一中、二中", None), split_units("和平小学 二中", {"和平小学", "二中"}.__contains__)
    (('一中', '二中'), ('和平小学', '二中'))
    """
    if not _MAYBE.search(text):
        return (text,)
    if knows is None:
        return tuple(dict.fromkeys(part for part in _PLAIN.split(text) if part)) or (text,)
    if knows(text):
        return (text,)
    parts = [part for part in _FIRM.split(text) if part] or [text]
    parts = [whole for part in _completed(parts, knows) for whole in _softly(part, knows)]
    return tuple(dict.fromkeys(parts)) if any(map(knows, parts)) else (text,)


def _completed(parts: list[str], knows: Callable[[str], bool]) -> Iterator[str]:
    """Give 一小 and 二小 for 一、二小, 官桥一小 and 官桥二小 for 官桥一、二小.

    A part that is no unit borrows from the last what stands behind its number, from the first what stands before.
    """
    first, last = _ORDINAL.fullmatch(parts[0]), _ORDINAL.fullmatch(parts[-1])
    heads = ("", *dict.fromkeys(found["head"] for found in (last, first) if found))
    kinds = ("", last["kind"]) if last else ("",)
    for part in parts:
        tries = (head + part + kind for kind in kinds for head in heads) if _NUMBERED.fullmatch(part) else ()
        yield next((text for text in (part, *tries) if knows(text)), part)


def _softly(part: str, knows: Callable[[str], bool]) -> tuple[str, ...]:
    for blank in () if knows(part) else _SOFT:
        pieces = tuple(piece for piece in blank.split(part) if piece)
        if len(pieces) > 1 and all(map(knows, pieces)):
            return pieces
    return (part,)


def split_people(text: str) -> tuple[str, ...]:
    """Return the people one cell names: cut at 、，,；;/ and line ends, at blanks where each part is as long as a name.

    张三等5人 stays whole: those who are not named cannot be counted.

    >>> split_people("王某、李某"), split_people("王某某 李某"), split_people("张三等5人")
    (('王某', '李某'), ('王某某', '李某'), ('张三等5人',))
    """
    if text.isalnum() or _AND_OTHERS.search(text):
        return (text,)
    parts = [part for part in _FIRM.split(text) if part]
    if len(parts) == 1 and all(len(piece) in NAME_LENGTHS for piece in text.split()):
        parts = text.split()
    return tuple(dict.fromkeys(parts)) or (text,)


def split_list(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that goes with several people: their titles, their numbers.

    >>> split_list("校长、副校长兼教师")
    ('校长', '副校长兼教师')
    """
    return tuple(part for part in _FIRM.split(text) if part) or (text,)
