"""The formats a table comes in, a module each: bytes → grids, or a `ZywError` that says why not.

| module | reads |
|---|---|
| `ooxml` | xlsx, xlsm |
| `xls` | Excel 5–2003 and WPS's et (BIFF in a compound file) |
| `xlsb` | Excel's binary workbook |
| `ods` | OpenDocument |
| `xml2003` | Excel 2003 XML |
| `web` | a web page with tables, by whatever name |
| `locked` | workbooks with a password, once it is known |

Values of the first four come from the native reader (`native`), which keeps silent about error cells, hidden rows,
filters and merges; each module looks for those itself. csv and its kin are `zyw.formats.separated`.
"""

from typing import TypeAlias

from zyw.problems import Problem
from zyw.sheets import Grid

Parsed: TypeAlias = tuple[tuple[Grid, ...], tuple[Problem, ...]]
"""The sheets of a file, and what is to be said about them."""
