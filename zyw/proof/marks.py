"""A context whose every value prints itself between two signs with its name, and is the same value all the same.

`{% if 逾期 > 2 %}`, `|length` and `== '红'` see the plain value, so that a template makes the very same paper; only
what is printed carries `⟨name⟩value`. The signs are private characters that no font shows and no ledger holds.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

OPEN, MIDDLE, CLOSE = "\ue0f0", "\ue0f1", "\ue0f2"
MARKED: Final = re.compile(f"{OPEN}([^{MIDDLE}]*){MIDDLE}([^{CLOSE}]*){CLOSE}")


def bare(text: str) -> str:
    """Return a marked text without its marks."""
    return MARKED.sub(r"\2", text)


class MarkedText(str):
    """A text that prints with its name."""

    __slots__ = ("name",)
    name: str

    def __str__(self) -> str:
        return f"{OPEN}{self.name}{MIDDLE}{str.__str__(self)}{CLOSE}"

    def __html__(self) -> str:
        from markupsafe import escape

        return f"{OPEN}{self.name}{MIDDLE}{escape(str.__str__(self))}{CLOSE}"


class MarkedNumber(int):
    """A whole number that prints with its name."""

    name: str

    def __str__(self) -> str:
        return f"{OPEN}{self.name}{MIDDLE}{int(self)}{CLOSE}"

    __html__ = __str__

    def __format__(self, form: str) -> str:
        del form
        return str(self)


class MarkedRecord(dict[str, Any]):
    """A record whose values are marked as they are asked for: most papers use few of the names they have."""

    name = ""

    def __getitem__(self, key: str) -> Any:
        return _marked(super().__getitem__(key), f"{self.name}.{key}" if self.name else key)


class MarkedRows(list[Any]):
    """A table whose rows are marked as they are walked through."""

    name = ""

    def __getitem__(self, place: Any) -> Any:
        return _marked(super().__getitem__(place), f"{self.name}[{place + 1}]")

    def __iter__(self) -> Iterator[Any]:
        return (_marked(row, f"{self.name}[{place}]") for place, row in enumerate(super().__iter__(), 1))


def marked(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return a context whose texts and whole numbers are marked with their names: `问题.逾期`, `排名[2].行[1].得分`."""
    return {name: _marked(value, name) for name, value in context.items()}


def _marked(value: Any, name: str) -> Any:
    if isinstance(value, str):
        if not value:
            return value
        made: Any = MarkedText(value)
    elif isinstance(value, Mapping):
        made = MarkedRecord(value)
    elif isinstance(value, list | tuple):
        made = MarkedRows(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        made = MarkedNumber(value)
    else:
        return value
    made.name = name
    return made
