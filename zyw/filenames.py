"""File names made from data: a school's name may hold anything, the file it is written to may not."""

import unicodedata
from collections.abc import Iterable
from typing import Final

NAME_BYTES: Final = 180
"""How long a safe name may be in UTF-8; file systems allow 255, and a suffix and a temporary name must fit."""

_FORBIDDEN: Final = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
_DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
)


def safe_name(text: str) -> str:
    """Return a file name (without suffix) made from data, valid on Windows and Linux and never a path.

    Chinese stays. Control and invisible characters go, separators become `_`; reserved device names, leading dots,
    dashes and tildes, trailing dots and blanks are defused; 180 bytes at most. Different texts may give one name, see
    `unique_names`.

    >>> safe_name("学校:一/二?"), safe_name("../x"), safe_name("CON"), safe_name("第一中学.")
    ('学校_一_二_', '_x', '_CON', '第一中学')
    """
    text = unicodedata.normalize("NFC", "".join("\n" if c in "\r\t\v\f" else c for c in text))
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
    name = "_".join(part.strip() for part in text.split("\n") if part.strip()).translate(_FORBIDDEN)
    name = _shortened(name).lstrip(". \u3000").rstrip(". \u3000")
    if name.startswith(("-", "~", "$")):
        name = "_" + name[1:]
    if name.partition(".")[0].strip().lower() in _DEVICES:
        name = "_" + name
    return name if name.strip("_. ") else "未命名"


def _shortened(name: str) -> str:
    """Return the name cut to `NAME_BYTES`, between characters."""
    return name.encode("utf-8")[:NAME_BYTES].decode("utf-8", "ignore")


def unique_names(names: Iterable[str]) -> dict[str, str]:
    """Return {true name: safe file name}, unique in one folder also where case and compatibility forms are folded.

    >>> unique_names(["一中A", "一中a", "二中"])
    {'一中A': '一中A', '一中a': '一中a（2）', '二中': '二中'}
    """
    taken: set[str] = set()
    chosen: dict[str, str] = {}
    for name in dict.fromkeys(names):
        base = safe = safe_name(name)
        number = 1
        while _folded(safe) in taken:
            number += 1
            safe = f"{base}（{number}）"
        taken.add(_folded(safe))
        chosen[name] = safe
    return chosen


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
