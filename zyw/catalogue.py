"""The catalogue of problems: every code, declared once, in families. `zyw rule CODE` and the docs read it."""

from typing import Final

from zyw import codes_cells
from zyw.problems import Code

CODES: Final[tuple[Code, ...]] = (*codes_cells.CODES,)
