"""The outline of a workbook: which part holds which sheet, and the mark by which zyw knows its own files."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring

from zyw.container.parts import Container
from zyw.container.prescan import OddXml, check_prolog

MARKS: Final = ("zyw-output", "zyw-ledger")
"""Names of the custom property: a result of zyw, or a ledger that zyw made to be filled in and read again."""

RETURNED: Final = "zyw-return"
"""Name of the property of a sender's own workbook that zyw marked: it is read as any other, its marks taken off."""

WORKBOOK: Final = "xl/workbook.xml"
PROPERTIES: Final = "docProps/custom.xml"


class Sheet(NamedTuple):
    """One sheet as the workbook lists it; `part` is its name in the container."""

    name: str
    part: str
    visible: bool


def sheets(container: Container) -> tuple[Sheet, ...]:
    """Return the worksheets in workbook order; chart sheets and macro sheets are left out.

    Raises `OddXml`, `ForbiddenXml`, or `ZywError` for a damaged part.
    """
    targets = dict(_targets(container, "xl/_rels/workbook.xml.rels"))
    found = []
    for element in elements(parse_part(container.read(WORKBOOK)), "sheet"):
        reference = next((value for name, value in element.attrib.items() if local(name) == "id"), "")
        kind, part = targets.get(reference, ("", ""))
        if kind == "worksheet":
            visible = element.get("state", "visible") == "visible"
            found.append(Sheet(element.get("name", ""), part, visible))
    return tuple(found)


def related(container: Container, part: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, part name) of what a part refers to: its tables, drawings, comments."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations in container:
        for element in elements(parse_part(container.read(relations)), "Relationship"):
            target = element.get("Target", "").replace("\\", "/")
            found = target[1:] if target.startswith("/") else _join(folder, target)
            yield element.get("Type", "").rpartition("/")[2], found


def binary_sheets(container: Container, listed: Iterable[tuple[str, str, bool]]) -> Iterator[Sheet]:
    """Yield the worksheets of a binary workbook, which `listed` as (name, relationship id, visible)."""
    targets = dict(_targets(container, "xl/_rels/workbook.bin.rels"))
    for name, reference, visible in listed:
        kind, part = targets.get(reference, ("", ""))
        if kind == "worksheet":
            yield Sheet(name, part, visible)


def _targets(container: Container, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield (relationship id, (kind, part name)); transitional and strict workbooks differ only in the namespace."""
    for element in elements(parse_part(container.read(part)), "Relationship"):
        target = element.get("Target", "").replace("\\", "/")
        found = target[1:] if target.startswith("/") else _join("xl", target)
        yield element.get("Id", ""), (element.get("Type", "").rpartition("/")[2], found)


def _join(folder: str, target: str) -> str:
    """Return the part name of a target that is relative to `folder`."""
    steps = folder.split("/")
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def mark(container: Container) -> str:
    """Return `zyw-output` or `zyw-ledger` when the workbook or document carries that custom property, else ""."""
    names = _properties(container)
    return next((known for known in MARKS if known in names), "")


def is_returned(container: Container) -> bool:
    """Tell whether a workbook is a sender's own that zyw gave back marked."""
    return RETURNED in _properties(container)


def _properties(container: Container) -> set[str]:
    """Return the names of the custom properties."""
    if PROPERTIES not in container:
        return set()
    return {element.get("name", "") for element in elements(parse_part(container.read(PROPERTIES)), "property")}


def parse_part(xml: bytes) -> Element:
    """Return the root of a small part. Raises `ForbiddenXml` for a DTD or an entity, `OddXml` for no sound XML."""
    check_prolog(xml)  # without a DTD there are no entities to expand
    try:
        return fromstring(xml)
    except (ParseError, ValueError) as caught:
        raise OddXml(str(caught)) from caught


def elements(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements of that local name, in any namespace."""
    spaced = "}" + name
    return (element for element in root.iter() if element.tag.endswith(spaced) or element.tag == name)


def local(name: str) -> str:
    """Return an element's name without its namespace."""
    return name.rpartition("}")[2]
