"""A sheet of an Excel template as a text for jinja: each row a record that knows its number and its loops.

A cell in which nothing is printed but one number becomes a number, any other a text. A row that
holds `{%tr for … %}`, `{%tr if … %}` or their ends is the statement itself and goes. Data is always text or number,
never a formula (failures.md T01).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape  # numbers of characters too, as some writers put all Chinese
from typing import Final
from xml.sax.saxutils import escape

from zyw.problems import Place, Problem, Verbatim
from zyw.templating.names import Spot
from zyw.templating.sandbox import misspelt

ROW, PART, ROUND, NUMBER, FORMULA, CELL, FIGURE = "\x1e", "\x1f", "\x1d", "\x1a", "\x19", "\x18", "\x17"
"""Signs of a rendered sheet: a row begins, its parts, a round of a loop begins, a row's number, a formula, the content
of a cell, a number. No data holds them: control characters are made visible as they are printed."""
MAX_ROW: Final = 5_000
_TAG: Final = re.compile(r"\{\{|\{%|\{#")
_INSIDE: Final = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_ROW_TAG: Final = re.compile(r"\s*\{%-?\s*tr\s+(.*?)-?%\}\s*", re.DOTALL)
_ROW: Final = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL: Final = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REF: Final = re.compile(r'\br="([A-Z]{1,3})(\d+)"')
_NUMBERED: Final = re.compile(r'\s\br="(\d+)"')
_TYPE: Final = re.compile(r'\st="(\w+)"')
_HEIGHT: Final = re.compile(r'\s(?:ht|customHeight|spans|x14ac:dyDescent)="[^"]*"')
_VALUE: Final = re.compile(r"<v>(.*?)</v>", re.DOTALL)
_FORMULA: Final = re.compile(r"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
_TEXT: Final = re.compile(r"<t\b[^>]*?(?:/>|>(.*?)</t>)", re.DOTALL)
_PHONETIC: Final = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_QUOTES: Final = str.maketrans("“”‘’", "\"\"''")
NOTE: Final = "{#\n#}"
"""A line of the text for jinja that prints nothing: the next thing stands in the next cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as written: attributes, cells, the statement it is, if any."""

    number: int
    attributes: str
    cells: str
    statement: str = ""
    where: str = ""


@dataclass(slots=True)
class SheetSource:
    """What was made of one sheet; `chains` tells the loops around each row, by the rows in which they begin."""

    sheet: str
    text: str = ""
    spots: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    chains: dict[int, tuple[int, ...]] = field(default_factory=dict)
    blocks: dict[int, tuple[int, int]] = field(default_factory=dict)
    last: int = 0
    moving: bool = False
    problems: list[Problem] = field(default_factory=list)

    def spot(self, file: str, line: int) -> Spot:
        """Return the cell in which a line of the text stands."""
        cell = self.spots[min(max(line - 2, 0), len(self.spots) - 1)] if self.spots else None
        return Spot(Place(file, self.sheet, cell), Verbatim(f"单元格 {cell}" if cell else f"工作表 {self.sheet}"))


def shared_texts(xml: str) -> list[str]:
    """Return the shared strings as plain text, runs joined, for what Excel split over runs is one tag."""
    items = re.findall(r"<si\b[^>]*?(?:/>|>(.*?)</si>)", xml, re.DOTALL)
    return [_joined(item) for item in items]


def _joined(xml: str) -> str:
    return unescape("".join(_TEXT.findall(_PHONETIC.sub("", xml))))


def has_tags(rows_xml: str, shared: Sequence[str]) -> bool:
    """Say whether a cell of the rows holds a tag."""
    return any(_TAG.search(text) for _, text in _texts(rows_xml, shared))


def _texts(xml: str, shared: Sequence[str]) -> Iterator[tuple[str, str]]:
    for cell in _CELL.finditer(xml):
        yield cell[1], _text(cell[1], cell[2] or "", shared)


def _text(attributes: str, content: str, shared: Sequence[str]) -> str:
    kind = _TYPE.search(attributes)
    if kind and kind[1] == "s" and (value := _VALUE.search(content)):
        return shared[int(value[1])]
    if kind and kind[1] == "inlineStr":
        return _joined(content)
    return ""


def sheet_source(sheet: str, rows_xml: str, shared: Sequence[str], file: str, kept: Mapping[int, bool]) -> SheetSource:
    """Return a sheet as jinja reads it. `kept` are the rows that stay, blank, when their loop has no round."""
    made = SheetSource(sheet)
    rows = list(_rows(rows_xml, shared, made))
    made.last = max((row.number for row in rows), default=0)
    made.moving = any(row.statement for row in rows)
    _nest(made, rows, file)
    if made.problems:
        return made
    by_number = {row.number: row for row in rows}
    pieces = [_piece(made, row, by_number, kept, shared) for row in rows]
    made.text = "".join(pieces)
    return made


def _rows(xml: str, shared: Sequence[str], made: SheetSource) -> Iterator[Row]:
    """Yield rows 1 to the last, those that Excel left out too."""
    following = 1
    for found in _ROW.finditer(xml):
        number = _NUMBERED.search(found[1])
        at = int(number[1]) if number else following
        if at > MAX_ROW:
            made.problems.append(misspelt(Spot(Place("", made.sheet), Verbatim("工作表")), f"超过 {MAX_ROW} 行"))
            return
        for blank in range(following, at):
            yield Row(blank, "", "")
        following = at + 1
        cells = found[2] or ""
        yield _row(at, _NUMBERED.sub("", found[1]), cells, shared)


def _row(number: int, attributes: str, cells: str, shared: Sequence[str]) -> Row:
    for cell in _CELL.finditer(cells):
        text = _text(cell[1], cell[2] or "", shared)
        if "{%" in text and (tag := _ROW_TAG.fullmatch(text)):
            where = _REF.search(cell[1])
            return Row(number, attributes, cells, _read(tag[1]), f"{where[1]}{number}" if where else f"{number}")
    return Row(number, attributes, cells)


def _read(tag: str) -> str:
    """Return a tag with the quotation marks straight that Excel made round."""
    return tag.translate(_QUOTES)


def _nest(made: SheetSource, rows: Sequence[Row], file: str) -> None:
    """Note which loops stand around each row; a statement that closes nothing, or is not closed, is a fault."""
    open_: list[tuple[str, Row]] = []
    for row in rows:
        word = row.statement.split(maxsplit=1)[0] if row.statement else ""
        made.chains[row.number] = tuple(each.number for kind, each in open_ if kind == "for")
        if word in ("for", "if"):
            open_.append((word, row))
        elif word in ("endfor", "endif"):
            if not open_ or open_[-1][0] != word.removeprefix("end"):
                made.problems.append(_fault(made, file, row, f"多了一个 {word}，或者和前面的次序不对"))
                return
            kind, opening = open_.pop()
            if kind == "for":
                made.blocks[opening.number] = (opening.number + 1, row.number - 1)
        elif row.statement and word not in ("else", "elif"):
            made.problems.append(_fault(made, file, row, "{%tr %} 里只能写 if、elif、else、endif、for、endfor"))
    made.problems += [_fault(made, file, row, f"少了 {{%tr end{kind} %}}") for kind, row in open_]


def _fault(made: SheetSource, file: str, row: Row, reason: str) -> Problem:
    return misspelt(Spot(Place(file, made.sheet, row.where), Verbatim(f"单元格 {row.where}")), reason)


def _piece(
    made: SheetSource, row: Row, rows: Mapping[int, Row], kept: Mapping[int, bool], shared: Sequence[str]
) -> str:
    if row.statement:
        made.spots.append(row.where)
        statement = f"{NOTE}{{% {row.statement.strip()} %}}"
        if row.statement.startswith("for"):
            return f"{statement}{ROUND}{row.number}{ROUND}"
        opening = next((start for start, (_, last) in made.blocks.items() if last == row.number - 1), None)
        if row.statement.startswith("endfor") and opening is not None and kept.get(opening):
            first, last = made.blocks[opening]
            blank = "".join(_blank(rows[number]) for number in range(first, last + 1) if not rows[number].statement)
            return f"{NOTE}{{% else %}}{ROUND}{opening}{ROUND}{blank}{{% endfor %}}"
        return statement
    tagged = made.chains[row.number] or made.moving
    attributes = row.attributes
    if tagged and 'customHeight="1"' not in attributes:
        attributes = _HEIGHT.sub("", attributes)  # its words are not the template's: Excel measures them anew
    cells = "".join(_cell(made, row.number, found, shared) for found in _CELL.finditer(row.cells))
    return f"{ROW}{row.number}{PART}{attributes}{PART}{cells}"


def _blank(row: Row) -> str:
    """Return a row with its styles and nothing in it."""
    cells = "".join(f"<c{_REF.sub(_numberless, _TYPE.sub('', found[1]))}/>" for found in _CELL.finditer(row.cells))
    return f"{ROW}{row.number}{PART}{_HEIGHT.sub('', row.attributes)}{PART}{cells}"


def _numberless(found: re.Match[str]) -> str:
    return f'r="{found[1]}{NUMBER}"'


def _cell(made: SheetSource, row: int, found: re.Match[str], shared: Sequence[str]) -> str:
    attributes, content = _REF.sub(_numberless, found[1]), found[2] or ""
    text = _text(found[1], content, shared)
    where = _REF.search(found[1])
    if _TAG.search(text):
        made.spots.append(f"{where[1]}{row}" if where else str(row))
        return f"{NOTE}<c{_TYPE.sub('', attributes)}{CELL}{_worded(text)}{CELL}"
    if formula := _FORMULA.search(content):
        made.formulas.append(unescape(formula[2] or ""))
        kept = "" if made.moving else "".join(_VALUE.findall(content)[:1])
        value = f"<v>{kept}</v>" if kept else ""
        dressed = attributes if kept else _TYPE.sub("", attributes)
        return f"<c{dressed}><f>{FORMULA}{len(made.formulas) - 1}{FORMULA}</f>{value}</c>".replace("{", "&#123;")
    return f"<c{attributes}>{content}</c>".replace("{", "&#123;") if content else f"<c{attributes}/>"


def cell_content(found: re.Match[str]) -> str:
    """Return what stands behind a cell's attributes: a number as a number, words as words, nothing as nothing."""
    text = found[1]
    if _NUMBER_ALONE.fullmatch(text):
        return f"><v>{text.strip()[1:]}</v></c>"
    if not text:
        return "/>"
    return f' t="inlineStr"><is><t xml:space="preserve">{text.replace(FIGURE, "")}</t></is></c>'


CONTENT: Final = re.compile(f"{CELL}(.*?){CELL}", re.DOTALL)
_NUMBER_ALONE: Final = re.compile(rf"\s*{FIGURE}-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\s*")


def _worded(text: str) -> str:
    """Return a text with tags: the words as the XML they are, the tags as typed; a line of its own is no line here."""
    parts = _INSIDE.split(text)
    return "".join(
        _read(part).replace("\n", " ") if index % 2 else escape(part).replace("\n", "&#10;").replace("{", "&#123;")
        for index, part in enumerate(parts)
    )


def formula_kinds(xml: str) -> Iterator[tuple[str, str]]:
    """Yield the address and the kind of each formula that is more than its text: shared, array, dataTable."""
    for cell in _CELL.finditer(xml):
        formula, where = _FORMULA.search(cell[2] or ""), _REF.search(cell[1])
        kind = _TYPE.search(formula[1]) if formula else None
        if kind and where:
            yield f"{where[1]}{where[2]}", kind[1]


def unshared(xml: str) -> str:
    """Return rows in which each cell of a shared formula has its own."""
    from openpyxl.formula.translate import Translator

    masters: dict[str, tuple[str, str]] = {}

    def own(found: re.Match[str]) -> str:
        formula, where = _FORMULA.search(found[2] or ""), _REF.search(found[1])
        shared = formula and where and 't="shared"' in formula[1] and re.search(r'si="(\d+)"', formula[1])
        if not (formula and where and shared):
            return found[0]
        at = f"{where[1]}{where[2]}"
        if formula[2]:
            masters[shared[1]] = (at, unescape(formula[2]))
        origin, text = masters.get(shared[1], (at, ""))
        moved = Translator(f"={text}", origin).translate_formula(at)[1:]
        return found[0].replace(formula[0], f"<f>{escape(moved)}</f>")

    return _CELL.sub(own, xml)
