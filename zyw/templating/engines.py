"""One way to all engines: the ending of a template's name says which one fills it."""

from collections.abc import Callable
from datetime import date
from typing import Final, Protocol, TypeAlias

from zyw.problems import Problem
from zyw.templating.names import Names, Used
from zyw.templating.sandbox import Context


class Template(Protocol):
    """A template ready to be filled; `used` are the names that it uses."""

    @property
    def used(self) -> Used:
        """The names that the template uses."""

    def fill(self, context: Context, title: str, as_of: date) -> bytes:
        """Return the filled file; equal arguments give equal bytes."""


Compile: TypeAlias = Callable[[bytes, Names, str], tuple[Template | None, tuple[Problem, ...]]]


def _word(data: bytes, names: Names, file: str) -> tuple[Template | None, tuple[Problem, ...]]:
    from zyw.templating.word import compile_template

    return compile_template(data, names, file)


def _sheets(data: bytes, names: Names, file: str) -> tuple[Template | None, tuple[Problem, ...]]:
    from zyw.templating.sheets.template import compile_sheets

    return compile_sheets(data, names, file)


def _text(data: bytes, names: Names, file: str) -> tuple[Template | None, tuple[Problem, ...]]:
    from zyw.templating.text import compile_text

    return compile_text(data, names, file)


ENGINES: Final[dict[str, Compile]] = {
    ".docx": _word, ".xlsx": _sheets, ".html": _text, ".htm": _text, ".txt": _text,
}  # fmt: skip
"""Ending → engine."""


def compile_named(data: bytes, names: Names, file: str) -> tuple[Template | None, tuple[Problem, ...]]:
    """Return the template in `data`, of which `file` is the name, and what is wrong with it (R001–R008).

    A name that ends otherwise is taken for a Word file, and refused as what it is.
    """
    ending = file[file.rfind(".") :].lower() if "." in file else ""
    return ENGINES.get(ending, _word)(data, names, file)
