"""Dropdowns of a workbook: the words stand on a hidden sheet 选项, each cell of a column offers them.

A list of its own may have 255 characters at most; the units of a county take more. Another word than those offered is
let through after a question: the scheme decides what counts, not the form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.printed.listing import Column, Listing, Value
from zyw.sheets import letter

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET: Final = "选项"
MOST: Final = 2000
"""So many words a dropdown may offer."""
_TITLE: Final = 32
_MESSAGE: Final = 255
"""Characters that Excel allows in the title and the text of a hint."""


@dataclass
class Dropdowns:
    """The lists of one workbook, each distinct list once; fill it, then write its sheet last."""

    lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    def formula(self, name: str, words: Sequence[str]) -> str:
        """Return the reference to a list, which gets a column of the sheet 选项, headed `name`."""
        kept = tuple(dict.fromkeys(word for word in words if word))[:MOST]
        self.lists.setdefault(kept, name)
        column = letter(list(self.lists).index(kept))
        return f"={SHEET}!${column}${_FIRST + 1}:${column}${_FIRST + len(kept)}"

    def listing(self) -> Listing:
        """Return the sheet 选项."""
        longest = max(map(len, self.lists), default=0)
        columns = []
        for words, name in self.lists.items():
            values = (*(Value(word) for word in words), *([Value(None)] if len(words) < longest else []))
            codes = np.minimum(np.arange(longest), len(values) - 1)
            columns.append(Column(name, 18, values, codes.astype(np.int64)))
        return Listing(SHEET, SHEET, (), tuple(columns))


_FIRST: Final = 2
"""The first row of words, counted from 0: below title and header."""


def offer(sheet: "Worksheet", cells: tuple[int, int, int], formula: str, label: str, hint: str = "") -> None:
    """Put a dropdown on `cells`: from row to row of a column, counted from 0."""
    title = label[:_TITLE]
    rule = {
        "validate": "list", "source": formula, "ignore_blank": True, "error_type": "warning",
        "error_title": title, "error_message": "不在下拉选项里。确实要这样写吗？",
    }  # fmt: skip
    if hint:
        rule |= {"input_title": title, "input_message": hint[:_MESSAGE]}
    first, last, column = cells
    sheet.data_validation(first, column, last, column, rule)
