"""The catalogue of problems: every code, declared once, in families. `zyw rule CODE` and the docs read it."""

from typing import Final

from zyw import codes_cells, codes_files, codes_papers, codes_scheme, codes_usage, codes_writing
from zyw.codes import Code

CODES: Final[tuple[Code, ...]] = (
    *codes_files.CODES,
    *codes_cells.CODES,
    *codes_scheme.CODES,
    *codes_usage.CODES,
    *codes_papers.CODES,
    *codes_writing.CODES,
)
