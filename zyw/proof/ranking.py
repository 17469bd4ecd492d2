"""The ranked workbook as the other papers may contradict it: each unit's place and score, read back from its cells."""

import re
from typing import Final

from zyw.proof.reading import blocks

_HEADS: Final = ("单位", "得分", "名次")
_ADDRESS: Final = re.compile(r"(sheet\d+)!([A-Z]+)(\d+)")


def ranked_values(content: bytes) -> dict[str, str]:
    """Return `某校的得分` and `某校的名次` of a ranked workbook (xlsx), {} where no sheet has these columns."""
    rows: dict[tuple[str, int], dict[str, str]] = {}
    for block in blocks(content, ".xlsx"):
        found = _ADDRESS.fullmatch(block.where)
        if found:
            rows.setdefault((found[1], int(found[3])), {})[found[2]] = block.text
    for (sheet, number), cells in sorted(rows.items()):
        heads = {text.replace("\n", ""): column for column, text in cells.items()}
        if all(head in heads for head in _HEADS):
            below = [row for (name, at), row in sorted(rows.items()) if name == sheet and at > number]
            return _values(below, *(heads[head] for head in _HEADS))
    return {}


def _values(rows: list[dict[str, str]], unit: str, score: str, place: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        if unit in row and re.fullmatch(r"-?[\d.]+", row.get(score, "")):
            found[f"{row[unit]}的得分"] = row[score]
            if row.get(place, "").isdecimal():
                found[f"{row[unit]}的名次"] = row[place]
    return found
