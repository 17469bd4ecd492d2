"""One cell's content → text, date, number, yes/no: closed lists of spellings, never a guess.

Each `parse_` takes a cell as it is and gives what it means; what it cannot mean is told by a catalogue code in
`Unread`, with the facts for its message. The spellings are those of failures.md T28 and input-formats.md A5.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from zyw.privacy import COMPOUND_SURNAMES
from zyw.sheets import Cell

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
"""Dates outside these years are typing errors (failures.md T27)."""

INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_UNCLEAN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u00a0\u3000\r]")
"""What `clean` changes inside a text; most cells have none of it."""
_APART: Final = "\0"
_BLANKS: Final = re.compile(r"[\s\x1c-\x1f]+")
_HALF: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20, 0x2212: 0x2D}
_DIGITS: Final = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "Ｏ": "0", "O": "0"}
_TIME: Final = r"(?:[ T]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
_NUMERIC_DATE: Final = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})|/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})"
    r"|\.(?P<m3>\d{1,2})\.(?P<d3>\d{1,2})|年(?P<m4>\d{1,2})月(?P<d4>\d{1,2})[日号]?)" + _TIME
)
_COMPACT_DATE: Final = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_YEARLESS: Final = re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?")
_CHINESE_DATE: Final = re.compile(
    r"([〇零○Ｏ一二三四五六七八九O]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_NUMBER: Final = re.compile(
    r"([+-]?\d+(?:\.\d+)?|[+-]?\.\d+)(%|‰|亿元|亿|万元|万|千元|元|分|份|人次|人|次|件|个|名|项)?"
)
_UNITS: Final = {
    "%": Decimal("0.01"), "‰": Decimal("0.001"), "千元": Decimal(1000), "万": Decimal(10**4), "万元": Decimal(10**4),
    "亿": Decimal(10**8), "亿元": Decimal(10**8),
}  # fmt: skip
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{1,3}")
"""How Excel shows a long number in a narrow column; 1E5 is a class, 3-1 too."""
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split("、"))


_YES: Final = _words(
    "是、已核实、核实、属实、查实、已查实、经查属实、基本属实、成立、有、对、已交、已报、已报送、已上报、√、✓、✔、y、yes、1、true、t"
)
_NO: Final = _words(
    "否、未核实、不属实、未查实、查无实据、不成立、核实中、正在核实、待核实、调查中、未、无、没有、未交、未报、未报送、未上报、×、✗、✘、x、n、no、0、false、f"
)
BLANK: Final = frozenset(("", "-", "--", "—", "——", "/", "\\", "无", "暂无"))
"""What stands for nothing in a cell."""
LONG_NUMBER: Final = 10**15
"""From here a number typed as a number has lost digits (Excel keeps 15; failures.md T26)."""
WRITTEN_OUT: Final = 10**20


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a cell does not mean what its column asks for: a catalogue code and the content for its message."""

    code: str
    value: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date read from a cell; `assumed_year` says that the year was not in the cell.

    `inferred`: the cell does not name the day itself (9月底, 5月6日-5月12日).
    """

    value: date
    assumed_year: bool = False
    inferred: bool = False


def clean(cell: Cell) -> str:
    r"""Return a cell as text for people: invisible characters off, `_x000D_` and line ends made plain, ends stripped.

    A whole number loses its `.0`; a date is written 2012-04-02.

    >>> clean(5.0), clean(" 一\u200b中 ")
    ('5', '一中')
    """
    if isinstance(cell, str):
        if cell.isalnum() or not (_UNCLEAN.search(cell) or "_x000D_" in cell):
            return cell.strip()
        text = INVISIBLE.sub("", cell).replace("_x000D_", "\n").replace("\r\n", "\n").replace("\r", "\n")
        return text.replace("\u00a0", " ").replace("\u3000", " ").strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        # up to 20 digits written out: as 1.10101e+17 an identity number would get past every mask
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < WRITTEN_OUT else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d" if cell.time() == time() else "%Y-%m-%d %H:%M:%S")
    return str(cell)


def key(text: str) -> str:
    """Return `text` for comparing: widths, case and blanks removed; never for showing (① becomes 1).

    >>> key("第一 中学（东）") == key("第一中学(东)")
    True
    """
    if text.isalnum() and text.isascii():
        return text.casefold()
    return "".join(unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).casefold().split())


def keys(texts: Sequence[str]) -> list[str]:
    """Return `key` of each text, computed on all of them as one: a third of the time for many.

    >>> keys(["第一 中学", "ＡＢ"])
    ['第一中学', 'ab']
    """
    joined = _APART.join(texts)
    if joined.count(_APART) != len(texts) - 1:  # one of the texts holds it
        return [key(text) for text in texts]
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", joined)).casefold()
    return _BLANKS.sub("", text).split(_APART)


def parse_person(cell: Cell) -> str:
    """Return a person's name: a blank inside a name (谭 笑, 王 小明, 欧阳 修文) is how tables align it.

    >>> parse_person("谭 笑"), parse_person("欧阳 修文"), parse_person("王某 李某")
    ('谭笑', '欧阳修文', '王某 李某')
    """
    if isinstance(cell, str) and cell.isalnum():
        return cell
    parts = clean(cell).split()
    return ("" if _is_one_name(parts) else " ").join(parts)


def _is_one_name(parts: list[str]) -> bool:
    """Say whether pieces are one name: single characters, or a surname and what follows it."""
    if len(parts) == 2 and len(parts[1]) <= 2 and (len(parts[0]) == 1 or parts[0] in COMPOUND_SURNAMES):
        return True
    return all(len(part) == 1 for part in parts) or (len(parts) == 2 and [len(part) for part in parts] == [2, 1])


def is_blank(text: str) -> bool:
    """Say whether a cleaned cell stands for nothing: empty, a dash, a slash, 无."""
    return text in BLANK


def plain(text: str) -> str:
    """Return `text` with full-width signs as half-width ones, and nothing else changed: ① is no 1, 5² no 52.

    >>> plain("２０１２．３．１"), plain("5²")
    ('2012.3.1', '5²')
    """
    return text.translate(_HALF).strip()


def in_range(year: int, month: int, day: int) -> date | None:
    """Return the day, None when there is none or its year is a typing error."""
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return value if FIRST_YEAR <= year <= LAST_YEAR else None


def chinese_number(text: str) -> int:
    """Return 三十一 as 31; 0 for what is no number below a hundred.

    >>> chinese_number("三十一"), chinese_number("十")
    (31, 10)
    """
    tens, found, units = text.rpartition("十")
    if not found:
        return int(_DIGITS[text]) if len(text) == 1 else 0
    return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[units]) if units else 0)


def _shift_zone(value: date, text: str, zone: str) -> date:
    """Convert a stamp with a zone to Shanghai's wall time (failures.md T21)."""
    found = re.search(r"(\d{1,2}):(\d{2})", text)
    if not found:
        return value
    stamp = datetime(value.year, value.month, value.day, int(found[1]) % 24, int(found[2]))
    if zone != "Z":
        hours = int(zone[1:3]) + int(zone[-2:]) / 60
        stamp -= timedelta(hours=hours if zone[0] == "+" else -hours)
    return (stamp + timedelta(hours=8)).date()


def written_date(text: str, year: int | None) -> Day | bool | None:
    """Return the day, None for a spelling that is not on the list, False for a day that does not exist."""
    if found := _NUMERIC_DATE.fullmatch(text):
        parts = found.groupdict()
        month = next(parts[k] for k in ("m1", "m2", "m3", "m4") if parts[k])
        day = next(parts[k] for k in ("d1", "d2", "d3", "d4") if parts[k])
        value = in_range(int(parts["y"]), int(month), int(day))
        if value and parts["zone"]:
            value = _shift_zone(value, text, parts["zone"])
        return Day(value) if value else False
    if found := _COMPACT_DATE.fullmatch(text):
        value = in_range(int(found["y"]), int(found["m"]), int(found["d"]))
        return Day(value) if value else False
    if found := _YEARLESS.fullmatch(text):
        if year is None:
            return None
        value = in_range(year, int(found["m"]), int(found["d"]))
        return Day(value, assumed_year=True) if value else False
    if found := _CHINESE_DATE.fullmatch(text):
        written = int("".join(_DIGITS[c] for c in found[1]))
        value = in_range(written, chinese_number(found[2]), chinese_number(found[3]))
        return Day(value) if value else False
    return None


def parse_date(cell: Cell, year: int | None = None) -> Day | Unread | None:
    """Return the day a cell names, None when it is blank, `Unread` when it is not on the closed list of spellings.

    `year` completes `6月30日`. A number that is not shown as a date is refused: nobody can tell what it means.

    >>> parse_date("二〇一二年三月八日"), parse_date("2012.2.30").code
    (Day(value=datetime.date(2012, 3, 8), assumed_year=False, inferred=False), 'L002')
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        inside = FIRST_YEAR <= cell.year <= LAST_YEAR
        return Day(cell) if inside else Unread("L002", cell.isoformat())
    text = plain(clean(cell))
    if is_blank(text):
        return None
    if not isinstance(cell, str) and not _COMPACT_DATE.fullmatch(text):
        return Unread("L003", text)
    found = written_date(re.sub(r"\s+(?=[年月日])|(?<=[年月])\s+", "", text), year)
    if isinstance(found, Day):
        return found
    if found is False:
        return Unread("L002", text)
    return Unread("L004" if _YEARLESS.fullmatch(text) else "L001", text)


def parse_number(cell: Cell) -> Decimal | Unread | None:
    """Return an exact number: full width, blanks, thousands, a unit after it (分, 万元, %), or `Unread`.

    >>> parse_number("１２.5万元"), parse_number("85%"), parse_number("两次").code
    (Decimal('125000.0'), Decimal('0.85'), 'L006')
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return Decimal(repr(cell)) if abs(cell) < LONG_NUMBER else Unread("L006", clean(cell))
    text = re.sub(r"\s+", "", plain(clean(cell))).replace("−", "-").replace("–", "-")
    if is_blank(text):
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    found = _NUMBER.fullmatch(text)
    if not isinstance(cell, str) or not found:
        return Unread("L006", clean(cell))
    try:
        value = Decimal(found[1])
    except InvalidOperation:
        return Unread("L006", clean(cell))
    return value * _UNITS.get(found[2] or "", Decimal(1))


def parse_yes_no(cell: Cell) -> str | Unread:
    """Return 是, 否, or "" when blank.

    >>> parse_yes_no("已查实"), parse_yes_no("×"), parse_yes_no("")
    ('是', '否', '')
    """
    word = key(clean(cell))
    if word in _YES:
        return "是"
    if word in _NO:
        return "否"
    return "" if is_blank(word) else Unread("L007", clean(cell))


def parse_identifier(cell: Cell) -> str | Unread:
    """Return a number or code as text: "0021" stays, 21.0 is "21"; a number of 16 digits or more has lost its end.

    So has a text that is what Excel once showed of a number (1.23457E+17); 1E5 is a code like another.

    >>> parse_identifier("0021"), parse_identifier(1.1e17).code, parse_identifier("1.23457E+17").code
    ('0021', 'L008', 'L016')
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= LONG_NUMBER:
        return Unread("L008", f"{cell:.0f}")
    text = clean(cell)
    if "+" in text and _SCIENTIFIC.fullmatch(text):
        return Unread("L016", text)
    return "" if is_blank(text) else text
