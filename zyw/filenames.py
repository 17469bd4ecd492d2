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
    return {name: _first_free(safe_name(name), taken) for name in dict.fromkeys(names)}


def unique_paths(paths: Iterable[str]) -> dict[str, str]:
    """Return {path of a file, with `/`: safe path without the suffix}; folders stay, each part made safe.

    >>> unique_paths(["三校/台账.xlsx", "三校/台账.xls", "../x.csv"])
    {'三校/台账.xlsx': '三校/台账', '三校/台账.xls': '三校/台账（2）', '../x.csv': '未命名/x'}
    """
    taken: set[str] = set()
    chosen = {}
    for path in dict.fromkeys(paths):
        *folders, name = path.split("/")
        stem, dot, suffix = name.rpartition(".")
        parts = [safe_name(part) for part in (*folders, stem if dot and stem else suffix)]
        chosen[path] = _first_free("/".join(parts), taken)
    return chosen


def _first_free(base: str, taken: set[str]) -> str:
    """Return `base`, with a number behind it where that is taken, and take it."""
    name, number = base, 1
    while _folded(name) in taken:
        number += 1
        name = f"{base}（{number}）"
    taken.add(_folded(name))
    return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
