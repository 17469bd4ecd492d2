"""The catalogue of problems: every code, declared once, in families. `zyw rule CODE` and the docs read it."""

from importlib import import_module
from typing import Final

from zyw.problems import Code

FAMILIES: Final = ("cells", "usage")


def _all() -> tuple[Code, ...]:
    return tuple(code for family in FAMILIES for code in import_module(f"zyw.codes_{family}").CODES)


CODES: Final[tuple[Code, ...]] = _all()
