"""What stands round the rows of a sheet: column widths, the extent, links, the reference to the comments' drawing."""

from dataclasses import dataclass
from typing import Final

from zyw.marking.cellgrid import At, SheetXml, name_of, place_of
from zyw.marking.surgery import Edit, Element, appended, attribute_xml, attributes, elements
from zyw.marking.surgery import with_attribute as with_

_AFTER_ROWS: Final = (
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture",
    "oleObjects", "controls", "AlternateContent", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""The order that a worksheet's elements must keep (ECMA-376 part 1, CT_Worksheet); another one makes Excel repair."""


def _place(sheet: SheetXml, name: str) -> int:
    """Return where a new element `name` belongs."""
    before = _AFTER_ROWS[: _AFTER_ROWS.index(name)]
    return max((e.end for e in sheet.after if e.name in before), default=sheet.data.end)


# --- columns -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Columns:
    """The `<cols>` of a sheet: (first, last column from 0, text) of each range; not `sound`: they stay as they are."""

    sheet: SheetXml
    ranges: tuple[tuple[int, int, bytes], ...]
    sound: bool = True

    @classmethod
    def of(cls, sheet: SheetXml) -> "Columns":
        """Read the ranges."""
        parent, found, sound = sheet.element("cols"), [], True
        for each in elements(sheet.quiet, parent.inside, parent.close) if parent else ():
            text = each.of(sheet.xml)
            known = attributes(text)
            first, last = known.get("min", ""), known.get("max", "")
            if first.isdecimal() and last.isdecimal():
                found.append((int(first) - 1, int(last) - 1, text))
            else:
                sound = False
        return cls(sheet, tuple(found), sound)

    def style(self, column: int) -> int:
        """Return the style of a column's cells that are not written."""
        number = next((attributes(text).get("style", "0") for a, b, text in self.ranges if a <= column <= b), "0")
        return int(number) if number.isdecimal() else 0

    def widened(self, column: int, width: float) -> tuple[Edit | None, str]:
        """Return the edit that shows `column` at `width`, and the range that stood there before ("": none)."""
        if not self.sound:
            return None, ""
        pieces, old = [], b""
        for first, last, text in self.ranges:
            if first <= column <= last:
                old = text
                pieces += [(a, b, _range(text, a, b)) for a, b in ((first, column - 1), (column + 1, last)) if a <= b]
            else:
                pieces.append((first, last, text))
        tag = _range(old or b"<%scol/>" % self.sheet.prefix, column, column)
        for name, value in (("width", f"{width:g}"), ("customWidth", "1"), ("hidden", None), ("collapsed", None)):
            tag = with_(tag, name, value)
        return self._edit([*pieces, (column, column, tag)]), old.decode("utf-8", "replace")

    def narrowed(self, column: int, old: str) -> Edit | None:
        """Return the edit that undoes `widened`, None where the column stands no longer by itself."""
        own = next((each for each in self.ranges if each[:2] == (column, column)), None)
        if own is None or not self.sound:
            return None
        others = [each for each in self.ranges if each is not own]
        if not old:
            return self._edit(others)
        known = attributes(old.encode())
        first, last = int(known["min"]) - 1, int(known["max"]) - 1
        halves = {(a, b, _range(old.encode(), a, b)) for a, b in ((first, column - 1), (column + 1, last)) if a <= b}
        if halves <= set(others):
            return self._edit([*(each for each in others if each not in halves), (first, last, old.encode())])
        return self._edit([*others, (column, column, _range(old.encode(), column, column))])

    def _edit(self, pieces: list[tuple[int, int, bytes]]) -> Edit:
        parent, tag = self.sheet.element("cols"), self.sheet.prefix + b"cols"
        start, end = (parent.start, parent.end) if parent else (self.sheet.data.start, self.sheet.data.start)
        body = b"".join(text for _, _, text in sorted(pieces))
        return Edit(start, end, b"<%s>%s</%s>" % (tag, body, tag) if body else b"")


def _range(text: bytes, first: int, last: int) -> bytes:
    return with_(with_(text, "min", str(first + 1)), "max", str(last + 1))


# --- extent ------------------------------------------------------------------------------------------------------


def extent(sheet: SheetXml) -> str:
    """Return what the sheet says of its extent, "" when it says nothing."""
    element = sheet.element("dimension")
    return attributes(element.of(sheet.xml)).get("ref", "") if element else ""


def widened_extent(sheet: SheetXml, ref: str) -> Edit | None:
    """Return the edit that says it anew; None when the sheet says nothing, or the same."""
    element = sheet.element("dimension")
    if element is None or not ref or ref == extent(sheet):
        return None
    return Edit(element.start, element.end, with_(element.of(sheet.xml), "ref", attribute_xml(ref)))


def stretched(ref: str, corner: At) -> str:
    """Return an extent that also covers `corner`: readers that trust it would drop what lies outside.

    >>> stretched("A1:P40", (12, 16))
    'A1:Q40'
    """
    first, _, last = ref.partition(":")
    begin, end = place_of(first), place_of(last or first)
    if begin is None or end is None:
        return ref
    top = min(begin[0], corner[0]), min(begin[1], corner[1])
    return f"{name_of(top)}:{name_of((max(end[0], corner[0]), max(end[1], corner[1])))}"


# --- links -------------------------------------------------------------------------------------------------------


def location(sheet: str, cell: str) -> str:
    """Return a place inside the workbook as a link names it.

    >>> location("3月'报", "C7")
    "'3月''报'!C7"
    """
    return "'" + sheet.replace("'", "''") + "'!" + cell


def with_links(sheet: SheetXml, links: dict[At, str]) -> Edit | None:
    """Return the edit that lets cells lead to places of the workbook; None when there is none."""
    if not links:
        return None
    tag = sheet.prefix.decode() + "hyperlink"
    items = [f'<{tag} ref="{name_of(at)}" location="{attribute_xml(to)}"/>'.encode() for at, to in links.items()]
    parent = sheet.element("hyperlinks")
    if parent is not None:
        return appended(sheet.xml, parent, items, counted=False)
    at, tag = _place(sheet, "hyperlinks"), tag + "s"
    return Edit(at, at, b"<%s>%s</%s>" % (tag.encode(), b"".join(items), tag.encode()))


def without_links(sheet: SheetXml, cells: set[At]) -> Edit | None:
    """Return the edit that takes the links of `cells` away, with their list when it is then empty."""
    parent = sheet.element("hyperlinks")
    if parent is None:
        return None
    every = list(elements(sheet.quiet, parent.inside, parent.close))
    kept = [e for e in every if place_of(attributes(e.of(sheet.xml)).get("ref", "").partition(":")[0]) not in cells]
    if len(kept) == len(every):
        return None
    if not kept:
        return Edit(parent.start, parent.end, b"")
    return Edit(parent.inside, parent.close, b"".join(e.of(sheet.xml) for e in kept))


# --- the drawing of comments -------------------------------------------------------------------------------------


def drawing_id(sheet: SheetXml) -> str:
    """Return the relationship by which the sheet finds the drawing of its comments, "" when it has none."""
    element = sheet.element("legacyDrawing")
    found = attributes(element.of(sheet.xml)) if element else {}
    return next((value for name, value in found.items() if name.rpartition(":")[2] == "id"), "")


def with_drawing(sheet: SheetXml, identifier: str, space: str) -> Edit:
    """Return the edit that names the drawing; `space` is the namespace of relationships in this workbook."""
    known = attributes(sheet.xml[sheet.top.start : sheet.top.inside])
    prefix = next((n.partition(":")[2] for n, value in known.items() if value == space and n.startswith("xmlns:")), "")
    declared = "" if prefix else f' xmlns:r="{space}"'
    at = _place(sheet, "legacyDrawing")
    tag = f'<{sheet.prefix.decode()}legacyDrawing{declared} {prefix or "r"}:id="{identifier}"/>'
    return Edit(at, at, tag.encode())


def without_drawing(sheet: SheetXml) -> Edit | None:
    """Return the edit that names it no longer."""
    element: Element | None = sheet.element("legacyDrawing")
    return Edit(element.start, element.end, b"") if element else None
