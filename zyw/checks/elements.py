"""What a scheme wants every issue to state (台账要素): K036 a sheet without the column, K037 a blank in it.

Seven elements, a sheet of five columns: one K036 at its header that names the two, not two lines a row.
"""

from collections.abc import Sequence

import numpy as np

from zyw.checks.view import View
from zyw.problems import Verbatim
from zyw.rowset import Ints
from zyw.rules import Element


def check_elements(view: View, elements: Sequence[Element]) -> None:
    """Tell, sheet by sheet, the elements that have no column, and the rows that leave one blank."""
    for rows in view.sheets() if elements else ():
        lacking = [element for element in elements if not _column(view, element, rows)]
        if lacking:
            names = Verbatim("、".join(element.name for element in lacking))
            view.tell("K036", rows[:1], "单位", 要素=names, 依据=Verbatim(lacking[0].clause))
        for element in elements:
            if element not in lacking:
                _check_filled(view, element, rows)


def _column(view: View, element: Element, rows: Ints) -> str:
    """Return the first field of the element that the sheet of `rows` has a column for, "" where it has none."""
    return next((field for field in element.fields if view.has(field)[rows[0]]), "")


def _check_filled(view: View, element: Element, rows: Ints) -> None:
    filled = np.zeros(len(view), dtype=np.bool_)
    for field in element.fields:
        filled |= view.filled(field) | view.faulty(field)
    blank = rows[~filled[rows]]
    view.tell("K037", blank, _column(view, element, rows), 要素=element.name, 依据=Verbatim(element.clause))
