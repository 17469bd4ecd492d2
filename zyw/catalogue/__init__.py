"""The catalogue of problems: every code, declared once, in families. `zyw rule CODE` and the docs read it."""

from typing import Final

from zyw.catalogue import (
    cells,
    checks,
    exchange,
    files,
    found,
    handling,
    names,
    papers,
    returns,
    scheme,
    survey,
    usage,
    waivers,
    writing,
)
from zyw.codes import Code

CODES: Final[tuple[Code, ...]] = (
    *files.CODES,
    *cells.CODES,
    *found.CODES,
    *names.CODES,
    *survey.CODES,
    *checks.CODES,
    *waivers.CODES,
    *handling.CODES,
    *scheme.CODES,
    *usage.CODES,
    *papers.CODES,
    *writing.CODES,
    *exchange.CODES,
    *returns.CODES,
)
