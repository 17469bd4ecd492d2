"""An Excel template compiled once and filled many times; see the package for how."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from jinja2 import Template as Compiled
from markupsafe import escape as safe

from zyw.container.packing import Part
from zyw.problems import Place, Problem, Verbatim, ZywError, problem
from zyw.templating.names import Names, Used
from zyw.templating.officefile import SPECIAL, NoWordFileError, properties, read_parts, visible, write_parts
from zyw.templating.sandbox import Context, Source, Steps, compiled, environment, raw, rendered, worded
from zyw.templating.sheets import limits
from zyw.templating.sheets.heights import Heights, heights
from zyw.templating.sheets.moves import NOWHERE, Instance, Moves
from zyw.templating.sheets.ranges import LostRowsError, moved_formula, moved_merges, moved_range, rows_named
from zyw.templating.sheets.source import (
    CONTENT,
    FIGURE,
    FORMULA,
    NUMBER,
    PART,
    ROUND,
    ROW,
    SheetSource,
    cell_content,
    formula_kinds,
    has_tags,
    shared_texts,
    sheet_source,
    unshared,
)

BOOK: Final = "xl/workbook.xml"
MAX_ROWS: Final = 1_048_576
_SHEET: Final = re.compile(r"<sheet\b([^>]*)/?>")
_ATTRIBUTE: Final = re.compile(r'([\w:]+)="([^"]*)"')
_REFERENCE: Final = re.compile(r'\b(ref|sqref)="([^"]*)"')
_FORMULA_TAG: Final = re.compile(r"<(formula1|formula2|formula)>(.*?)</\1>", re.DOTALL)
_MERGES: Final = re.compile(r"<mergeCells\b[^>]*>(.*?)</mergeCells>", re.DOTALL)
_RULED: Final = re.compile(r"<(conditionalFormatting|dataValidation)\b([^>]*?)(?:/>|>(.*?)</\1>)", re.DOTALL)
_BREAKS: Final = re.compile(r"<rowBreaks\b.*?</rowBreaks>", re.DOTALL)
_FOOT: Final = re.compile(r"<headerFooter\b.*?</headerFooter>", re.DOTALL)
_DEFINED: Final = re.compile(r"(<definedName\b[^>]*>)(.*?)(</definedName>)", re.DOTALL)
_CALC: Final = re.compile(r"<calcPr\b[^>]*/>")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with tags: what stands around its rows, its source and its compiled text."""

    part: str
    head: str
    tail: str
    source: SheetSource
    compiled: Compiled
    heights: Heights
    foot: Compiled | None = None


@dataclass(frozen=True)
class SheetTemplate:
    """A template ready to be filled; make it with `compile_sheets`."""

    file: str
    parts: Mapping[str, Part]
    sheets: tuple[Sheet, ...]
    steps: Steps
    used: Used

    def fill(self, context: Context, title: str, as_of: date) -> bytes:
        """Return the workbook; raises `ZywError` R006 when the template makes no workbook of this data.

        Equal arguments give equal bytes; every time in the file is `as_of`.
        """
        self.steps.again()
        filled = [_Filled(sheet, rendered(sheet.compiled, context, self.file), self.file) for sheet in self.sheets]
        moves = {each.sheet.source.sheet: each.moves for each in filled}
        changed: dict[str, bytes] = {}
        try:
            for each in filled:
                foot = self._foot(each.sheet, context)
                changed[each.sheet.part] = self._well_formed(each.xml(moves, foot))
            changed[BOOK] = self._book(moves)
        except LostRowsError as error:
            reason = Verbatim(f"公式引用的 {error} 所在的行在这份数据里没有")
            raise ZywError(problem("R006", Place(self.file), 原因=reason)) from error
        return write_parts(self.parts, {**changed, **properties(title, title, as_of)}, as_of)

    def _foot(self, sheet: Sheet, context: Context) -> str | None:
        """Return the headers and footers of a sheet, None when nothing in them is to be filled."""
        return rendered(sheet.foot, context, self.file).replace(FIGURE, "") if sheet.foot else None

    def _book(self, moves: Mapping[str, Moves]) -> bytes:
        """Return the workbook part: names moved, and Excel told to compute all formulas when it opens the file."""
        names = sheet_names(_text(self.parts[BOOK]))

        def moved(found: re.Match[str]) -> str:
            local = re.search(r'localSheetId="(\d+)"', found[1])
            own = names[int(local[1])] if local and int(local[1]) < len(names) else ""
            try:
                formula = moved_formula(unescape(found[2]), own, moves)
            except LostRowsError:
                formula = "#REF!"
            return f"{found[1]}{escape(formula)}{found[3]}"

        xml = _DEFINED.sub(moved, _text(self.parts[BOOK]))
        calc = '<calcPr calcId="0" fullCalcOnLoad="1"/>'
        if _CALC.search(xml):
            xml = _CALC.sub(calc, xml)
        else:
            before = re.search(r"</definedNames>|</sheets>", xml)
            assert before
            xml = xml[: before.end()] + calc + xml[before.end() :]
        return self._well_formed(xml)

    def _well_formed(self, xml: str) -> bytes:
        content = xml.encode()
        try:
            expat.ParserCreate().Parse(content, True)
        except expat.ExpatError as error:
            reason = Verbatim("判断或循环跨过了单元格的边界")
            raise ZywError(problem("R006", Place(self.file), 原因=reason)) from error
        return content


@dataclass(slots=True)
class _Filled:
    """A rendered sheet taken apart: its rows numbered anew, and where each row of the template went."""

    sheet: Sheet
    text: str
    file: str
    rows: list[tuple[int, Instance, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        turns: dict[int, int] = {}
        text = CONTENT.sub(cell_content, self.text)
        pieces = re.split(f"([{ROW}{ROUND}])", text)
        inside = False
        for sign, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            if sign == ROUND:
                inside = not inside
                if inside:
                    turns[int(piece)] = turns.get(int(piece), 0) + 1
                continue
            number, attributes, cells = piece.split(PART)
            instance = tuple((loop, turns.get(loop, 0)) for loop in self.sheet.source.chains[int(number)])
            self.rows.append((int(number), instance, attributes, cells))
        if len(self.rows) > MAX_ROWS:
            raise ZywError(problem("R006", Place(self.file), 原因=Verbatim("行数超过工作表的上限")))

    @property
    def moves(self) -> Moves:
        went: dict[int, list[tuple[Instance, int]]] = {}
        for new, (number, instance, _, _) in enumerate(self.rows, 1):
            went.setdefault(number, []).append((instance, new))
        return Moves(went, self.sheet.source.last, len(self.rows))

    def xml(self, moves: Mapping[str, Moves], foot: str | None) -> str:
        """Return the whole sheet."""
        written = "".join(
            self._row(new, instance, attributes, cells, moves)
            for new, (_, instance, attributes, cells) in enumerate(self.rows, 1)
            if attributes.strip() or cells
        )
        head = re.sub(r"<dimension\b[^>]*/>", "", self.sheet.head)
        tail = self._tail(moves)
        if foot is not None:
            tail = _FOOT.sub(lambda _: foot, tail)
        return f"{head}{written}{tail}"

    def _row(self, new: int, instance: Instance, attributes: str, cells: str, moves: Mapping[str, Moves]) -> str:
        if FORMULA in cells:
            pieces = cells.split(FORMULA)
            for place in range(1, len(pieces), 2):
                formula = self.sheet.source.formulas[int(pieces[place])]
                pieces[place] = escape(moved_formula(formula, self.sheet.source.sheet, moves, instance))
            cells = "".join(pieces)
        if self.sheet.source.moving and " ht=" not in attributes:
            height = self.sheet.heights.of(cells)
            attributes += f' ht="{height}" customHeight="1"' if height else ""
        return f'<row r="{new}"{attributes}>{cells.replace(NUMBER, str(new))}</row>'

    def _tail(self, moves: Mapping[str, Moves]) -> str:
        own = moves[self.sheet.source.sheet]
        tail = _MERGES.sub(lambda found: _merged(found[1], own), self.sheet.tail)
        tail = _RULED.sub(lambda found: self._ruled(found, own, moves), tail)
        tail = _no_empty_validations(tail)
        tail = re.sub(
            r'<autoFilter\b[^>]*?\bref="([^"]*)"',
            lambda found: found[0].replace(found[1], _one_range(found[1], own)),
            tail,
        )
        return _BREAKS.sub(lambda found: _broken(found[0], own), tail)

    def _ruled(self, found: re.Match[str], own: Moves, moves: Mapping[str, Moves]) -> str:
        """Return a rule for cells on the cells that these became; its formulas are read from the first of them."""
        area = re.search(r'\bsqref="([^"]*)"', found[2])
        if not area:
            return found[0]
        ranges = [moved for each in area[1].split() for moved in moved_range(each, own)]
        if not ranges:
            return ""
        first = re.match(r"[A-Z]+(\d+)", area[1].split()[0])
        instance = own.went.get(int(first[1]), [(NOWHERE, 0)])[0][0] if first else NOWHERE
        inside = _FORMULA_TAG.sub(
            lambda one: (
                f"<{one[1]}>"
                f"{escape(moved_formula(unescape(one[2]), self.sheet.source.sheet, moves, instance))}</{one[1]}>"
            ),
            found[3] or "",
        )
        attributes = found[2].replace(area[0], f'sqref="{" ".join(ranges)}"')
        return f"<{found[1]}{attributes}>{inside}</{found[1]}>"


def _merged(inside: str, own: Moves) -> str:
    found = [one for ref in re.findall(r'ref="([^"]*)"', inside) for one in moved_merges(ref, own)]
    cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in found)
    return f'<mergeCells count="{len(found)}">{cells}</mergeCells>' if found else ""


def _no_empty_validations(tail: str) -> str:
    count = len(re.findall(r"<dataValidation\b", tail))
    if not count:
        return re.sub(r"<dataValidations\b.*?(?:/>|</dataValidations>)", "", tail, flags=re.DOTALL)
    return re.sub(r'(<dataValidations\b[^>]*?\bcount=")\d+', rf"\g<1>{count}", tail)


def _one_range(ref: str, own: Moves) -> str:
    """Return one range that spans all that a range became."""
    runs = moved_range(ref, own)
    if not runs:
        return ref
    return f"{runs[0].split(':')[0]}:{runs[-1].split(':')[-1]}"


def _broken(xml: str, own: Moves) -> str:
    def moved(found: re.Match[str]) -> str:
        rows = own.rows(int(found[1]), int(found[1]))
        return found[0].replace(f'id="{found[1]}"', f'id="{rows[-1] if rows else found[1]}"', 1)

    return re.sub(r'<brk\b[^>]*?\bid="(\d+)"', moved, xml)


def plain(value: object) -> object:
    """Return a value as XML of a cell can hold it: numbers marked, line breaks kept, other controls visible."""
    value = worded(value)
    if isinstance(value, int | float) or getattr(value, "is_figure", False):
        return raw(f"{FIGURE}{value}")
    if isinstance(value, str) and SPECIAL.search(value):
        return raw(str(safe(visible(value))).replace("\n", "&#10;"))
    return safe(value)


def compile_sheets(data: bytes, names: Names, file: str) -> tuple[SheetTemplate | None, tuple[Problem, ...]]:
    """Return the template in `data` (xlsx) ready to be filled with `names`, and what is wrong with it.

    R001 no xlsx, R002–R005 as for Word with the cell as place, R007 without tags, R008 what is not understood.
    """
    try:
        parts = read_parts(data, BOOK)
    except NoWordFileError as error:
        return None, (problem("R001", Place(file), 原因=Verbatim(str(error))),)
    parts = _without_chain(parts)
    problems = [
        problem("R008", Place(file), 内容=Verbatim(what)) for what in limits.refused_in_book(_text(parts[BOOK]), parts)
    ]
    steps = Steps()
    maker = _Maker(parts, names, file, steps)
    sheets = [made for name, part in _sheets(parts) if (made := maker.sheet(name, part))]
    problems += maker.problems
    if problems:
        return None, tuple(problems)
    doubts = () if sheets else (problem("R007", Place(file)),)
    return SheetTemplate(file, parts, tuple(sheets), steps, maker.used), doubts


class _Maker:
    """Compiles sheet after sheet; `problems` gathers what is wrong."""

    def __init__(self, parts: Mapping[str, Part], names: Names, file: str, steps: Steps) -> None:
        self.parts, self.names, self.file = parts, names, file
        self.sandbox = environment(steps, plain)
        self.problems: list[Problem] = []
        self.used: Used = set()
        styles = parts.get("xl/styles.xml")
        self.styles = _text(styles) if styles else ""
        shared = parts.get("xl/sharedStrings.xml")
        self.shared = shared_texts(_text(shared)) if shared else []

    def sheet(self, name: str, part: str) -> Sheet | None:
        """Return a sheet with tags, None for one that stays as it is or has a fault."""
        xml = _text(self.parts[part])
        found = re.search(r"<sheetData\s*>(.*)</sheetData>", xml, re.DOTALL)
        if not found or not has_tags(found[1], self.shared):
            return None
        head, tail = xml[: found.start(1)], xml[found.end(1) :]
        kinds = list(formula_kinds(found[1]))
        rows_xml = unshared(found[1]) if any(kind == "shared" for _, kind in kinds) else found[1]
        source = sheet_source(name, rows_xml, self.shared, self.file, {})
        self.problems += source.problems
        refused = list(limits.refused_in_sheet(head, tail, rows_move=source.moving))
        refused += [f"数组公式（{where}）" for where, kind in kinds if kind != "shared"]
        self.problems += [problem("R008", Place(self.file, name), 内容=Verbatim(what)) for what in refused]
        if source.problems or refused:
            return None
        kept = self._kept(source, tail)
        if kept:
            source = sheet_source(name, rows_xml, self.shared, self.file, kept)
        made, wrong = self._compiled(source.text, source)
        self.problems += wrong
        foot = self._foot(name, tail)
        return Sheet(part, head, tail, source, made, heights(self.styles, head), foot) if made else None

    def _compiled(self, text: str, source: SheetSource) -> tuple[Compiled | None, tuple[Problem, ...]]:
        return compiled(self.sandbox, Source(text, lambda line: source.spot(self.file, line)), self.names, self.used)

    def _kept(self, source: SheetSource, tail: str) -> dict[int, bool]:
        """Return the loops of which a blank row stays when they have no round: a formula names their rows."""
        formulas = [(source.sheet, formula) for formula in source.formulas]
        formulas += [(source.sheet, unescape(found[1])) for _, *found in _FORMULA_TAG.findall(tail) if len(found) > 1]
        formulas += [("", unescape(found)) for _, found, _ in _DEFINED.findall(_text(self.parts[BOOK]))]
        named = {row for sheet, formula in formulas for row in rows_named(formula, sheet, source.sheet)}
        return {start: True for start, (first, last) in source.blocks.items() if named & set(range(first, last + 1))}

    def _foot(self, name: str, tail: str) -> Compiled | None:
        found = _FOOT.search(tail)
        if not found or "{{" not in found[0]:
            return None
        source = SheetSource(name)
        text = re.sub(r"\{\{.*?\}\}", lambda tag: unescape(tag[0]), found[0])
        made, wrong = self._compiled(text, source)
        self.problems += wrong
        return made


def _text(part: Part) -> str:
    return part.content().decode("utf-8-sig")


def sheet_names(book: str) -> list[str]:
    """Return the names of the sheets in their order."""
    return [unescape(dict(_ATTRIBUTE.findall(found[1])).get("name", "")) for found in _SHEET.finditer(book)]


def _sheets(parts: Mapping[str, Part]) -> Iterator[tuple[str, str]]:
    """Yield each worksheet's name and part."""
    relations = _text(parts["xl/_rels/workbook.xml.rels"]) if "xl/_rels/workbook.xml.rels" in parts else ""
    targets = {}
    for found in re.finditer(r"<Relationship\b([^>]*)/?>", relations):
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    for found in _SHEET.finditer(_text(parts[BOOK])):
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        part = targets.get(attributes.get("r:id", ""), "")
        if part in parts:
            yield unescape(attributes.get("name", "")), part


def _without_chain(parts: Mapping[str, Part]) -> dict[str, Part]:
    """Drop the order in which formulas were computed last: it names cells that move; Excel makes it anew."""
    chain = "xl/calcChain.xml"
    if chain not in parts:
        return dict(parts)
    changed = {name: part for name, part in parts.items() if name != chain}
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        text = re.sub(r"<(?:Override|Relationship)\b[^>]*calcChain\.xml[^>]*/>", "", _text(changed[name]))
        changed[name] = Part.of(name, text.encode())
    return changed
