"""The list of sheets of a workbook: one is added at the end, or taken out with all that points to it."""

from typing import Final

from zyw.container.outline import WORKBOOK
from zyw.marking.notes import Spaces
from zyw.marking.package import Package
from zyw.marking.styling import BARE, MAIN
from zyw.marking.surgery import (
    ODD,
    Edit,
    Unmarkable,
    appended,
    attribute_xml,
    attributes,
    child,
    elements,
    quiet,
    root,
    said,
    spliced,
)
from zyw.marking.surgery import with_attribute as with_

_STRICT: Final = "http://purl.oclc.org/ooxml/"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def spaces(package: Package) -> Spaces:
    """Return the namespaces that a workbook is written in."""
    xml = quiet(package.read(WORKBOOK))
    top, prefix = root(xml)
    name = f"xmlns:{prefix[:-1].decode()}" if prefix else "xmlns"
    main = attributes(xml[top.start : top.inside]).get(name, MAIN)
    strict = main.startswith(_STRICT)
    return Spaces(main, f"{_STRICT}officeDocument/relationships" if strict else _RELATIONS)


def styles_part(package: Package, known: Spaces) -> str:
    """Return the name of the styles part; a workbook without one gets the least that there can be."""
    found = next((r.part for r in package.relations(WORKBOOK) if r.kind == "styles" and r.part in package), None)
    if found is not None:
        return found
    name = "xl/styles.xml"
    package.write(name, BARE.format(space=known.main).encode())
    package.declare(name, _STYLES_TYPE)
    package.relate(WORKBOOK, f"{known.relations}/styles", name)
    return name


def add_sheet(package: Package, name: str, content: bytes, known: Spaces) -> None:
    """Put a sheet behind all others."""
    part = package.free_name("xl/worksheets/sheet", ".xml")
    package.write(part, content)
    package.declare(part, _SHEET_TYPE)
    identifier = package.relate(WORKBOOK, f"{known.relations}/worksheet", part)
    xml = package.read(WORKBOOK)
    bare = quiet(xml)
    top, prefix = root(bare)
    listed = child(bare, top, "sheets")
    if listed is None:
        raise Unmarkable(ODD)
    numbers = [attributes(e.of(xml)).get("sheetId", "0") for e in elements(bare, listed.inside, listed.close)]
    number = max((int(text) for text in numbers if text.isdecimal()), default=0) + 1
    tag = (
        f'<{prefix.decode()}sheet name="{attribute_xml(name)}" sheetId="{number}" '
        f'xmlns:r="{known.relations}" r:id="{identifier}"/>'
    )
    package.write(WORKBOOK, spliced(xml, [appended(xml, listed, [tag.encode()])]))


def remove_sheet(package: Package, name: str) -> None:
    """Take a sheet out, with its part and its names; the names of sheets behind it count one less."""
    xml = package.read(WORKBOOK)
    bare = quiet(xml)
    top, _ = root(bare)
    listed = child(bare, top, "sheets")
    every = list(elements(bare, listed.inside, listed.close)) if listed else []
    position = next((i for i, e in enumerate(every) if attributes(e.of(xml)).get("name") == attribute_xml(name)), None)
    if position is None or len(every) < 2:
        return
    own = every[position]
    found = attributes(own.of(xml))
    identifier = next((value for key, value in found.items() if key.rpartition(":")[2] == "id"), "")
    edits = [Edit(own.start, own.end, b""), *_renumbered(xml, bare, position)]
    views = child(bare, top, "bookViews")
    for view in elements(bare, views.inside, views.close) if views else ():
        edits.append(Edit(view.start, view.end, _seen(view.of(xml), position)))
    package.write(WORKBOOK, spliced(xml, edits))
    part = next((r.part for r in package.relations(WORKBOOK) if r.id == identifier), "")
    package.unrelate(WORKBOOK, {identifier})
    if part in package:
        for relation in list(package.relations(part)):
            if relation.kind in {"comments", "vmlDrawing", "printerSettings"} and relation.part in package:
                package.drop(relation.part)
        package.drop(part)


def _renumbered(xml: bytes, bare: bytes, position: int) -> list[Edit]:
    """Return the edits of the defined names that belong to one sheet: they name it by its position."""
    top, _ = root(bare)
    parent = child(bare, top, "definedNames")
    if parent is None:
        return []
    every, edits = list(elements(bare, parent.inside, parent.close)), []
    gone = 0
    for each in every:
        number = attributes(each.of(xml)).get("localSheetId", "")
        if number == str(position):
            edits.append(Edit(each.start, each.end, b""))
            gone += 1
        elif number.isdecimal() and int(number) > position:
            edits.append(Edit(each.start, each.end, with_(each.of(xml), "localSheetId", str(int(number) - 1))))
    return [Edit(parent.start, parent.end, b"")] if gone == len(every) else edits


def _seen(view: bytes, position: int) -> bytes:
    """Return a view of the workbook whose tabs count one less behind `position`."""
    for name in ("activeTab", "firstSheet"):
        number = attributes(view).get(name, "")
        if number.isdecimal() and int(number) >= position > 0:
            view = with_(view, name, str(int(number) - 1))
    return view


def shared_strings(package: Package) -> list[str]:
    """Return the texts that cells share by number."""
    found = next((r.part for r in package.relations(WORKBOOK) if r.kind == "sharedStrings" and r.part in package), None)
    if found is None:
        return []
    xml = quiet(package.read(found))
    top, _ = root(xml)
    return [said(e.of(xml)) for e in elements(xml, top.inside, top.close)]


def text_of(cell: bytes, shared: list[str]) -> str:
    """Return the text that a cell holds, itself or by its number in `shared`."""
    if attributes(cell).get("t") != "s":
        return said(cell)
    number = said(cell).strip()
    return shared[int(number)] if number.isdecimal() and int(number) < len(shared) else ""
