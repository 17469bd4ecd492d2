"""Text that is safe in a cell of a workbook or a csv: no control characters, no formula, no more than a cell holds.

failures.md T01 (a school named `=HYPERLINK(…)` must stay text) and T31 (U+000B, lone surrogates, 40,000 characters).
"""

import re
from typing import Final

CELL_LIMIT: Final = 32_767
"""UTF-16 units that Excel and WPS keep of one cell."""

_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END: Final = re.compile("\r\n?")
_FORMULA_START: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")


def cell_text(text: str) -> str:
    r"""Return `text` as a workbook cell can hold it: what XML forbids becomes U+FFFD, too long is cut with a note.

    >>> cell_text("一中\x0b二中"), cell_text("=1+1")
    ('一中\ufffd二中', '=1+1')
    """
    if text.isprintable() and len(text) * 2 <= CELL_LIMIT and text[:3] != "<r>":
        return text
    fit = _fit(text)
    if len(fit) * 2 > CELL_LIMIT and _units(fit) > CELL_LIMIT:
        fit = _cut(fit)
    # XlsxWriter takes a text between <r> and </r> for its own rich-text markup and writes it unescaped.
    return fit + " " if fit.startswith("<r>") and fit.endswith("</r>") else fit


def csv_text(text: str) -> str:
    """Return `text` for a csv field: a leading quote stops a spreadsheet from running it (OWASP ASVS 5.0 1.2.10).

    >>> csv_text("=1+1"), csv_text("一中")
    ("'=1+1", '一中')
    """
    fit = _fit(text)
    return "'" + fit if text.startswith(_FORMULA_START) else fit


def _fit(text: str) -> str:
    return _UNFIT.sub("\ufffd", _LINE_END.sub("\n", text) if "\r" in text else text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str) -> str:
    note = f"……（原文共{len(text)}字，以下略）"
    room = CELL_LIMIT - len(note)
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore") + note
