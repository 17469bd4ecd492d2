"""What a marked workbook remembers of itself, as custom properties: which shade hides which fill, where the column is.

Properties survive in Excel, WPS and LibreOffice, also when the sender deletes the sheet 核对结果. Excel keeps 255
characters of one, so the record is cut into pieces.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from html import unescape
from typing import Final

from zyw.container.outline import PROPERTIES, RETURNED
from zyw.marking.package import Package
from zyw.marking.surgery import Edit, appended, attributes, elements, quiet, root, spliced, text_xml

_PIECE: Final = 200
_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_SPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_EMPTY: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_SPACE}" xmlns:vt="{_VALUES}"></Properties>'
)


@dataclass(frozen=True, slots=True)
class Column:
    """The error column of one sheet: its letters, the width that stood there, the sheet's extent before and after."""

    letters: str
    width: str = ""
    extent: str = ""
    stretched: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """`sheet` is our own; `fills` maps shades to fills, `own` likewise those of cells whose text is ours too.

    `columns` are the error columns by sheet. `styles` is the digest of the styles part as marked, with how many of each
    list stood there before: while it is still the same, what was added is cut off again.
    """

    sheet: str
    fills: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    styles: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def read_record(package: Package) -> Record | None:
    """Return what a workbook remembers, None when it carries no mark or nobody can read it any more."""
    if PROPERTIES not in package:
        return None
    xml = package.read(PROPERTIES)
    pieces = {}
    for each in _properties(xml):
        number = attributes(each).get("name", "").removeprefix(f"{RETURNED}-")
        if number.isdecimal():
            pieces[int(number)] = unescape(re.sub(rb"<[^>]*>", b"", each).decode("utf-8", "replace"))
    try:
        known = json.loads("".join(pieces[number] for number in sorted(pieces)))
        columns = {name: Column(**each) for name, each in known.pop("columns").items()}
        return Record(**{**known, "columns": columns})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _properties(xml: bytes) -> list[bytes]:
    bare = quiet(xml)
    top, _ = root(bare)
    return [e.of(xml) for e in elements(bare, top.inside, top.close)]


def write_record(package: Package, record: Record) -> None:
    """Write the mark and the record beside the properties that are there."""
    if PROPERTIES not in package:
        package.write(PROPERTIES, _EMPTY.encode())
        package.declare(PROPERTIES, _TYPE)
        package.relate("", _RELATION, PROPERTIES)
    xml = package.read(PROPERTIES)
    top, prefix = root(quiet(xml))
    text = json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":"))
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    number = max((int(attributes(each).get("pid", "1")) for each in _properties(xml)), default=1)
    named = [(RETURNED, "1"), *((f"{RETURNED}-{i}", piece) for i, piece in enumerate(pieces, start=1))]
    items = [
        f'<{prefix.decode()}property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number + i}" name="{name}">'
        f'<vt:lpwstr xmlns:vt="{_VALUES}">{text_xml(value)}</vt:lpwstr></{prefix.decode()}property>'.encode()
        for i, (name, value) in enumerate(named, start=1)
    ]
    package.write(PROPERTIES, spliced(xml, [appended(xml, top, items, counted=False)]))


def remove_record(package: Package) -> None:
    """Take mark and record away; a part that held nothing else goes too."""
    xml = package.read(PROPERTIES)
    bare = quiet(xml)
    top, _ = root(bare)
    every = list(elements(bare, top.inside, top.close))
    ours = [e for e in every if re.fullmatch(rf"{RETURNED}(-\d+)?", attributes(e.of(xml)).get("name", ""))]
    if len(ours) < len(every):
        package.write(PROPERTIES, spliced(xml, [Edit(e.start, e.end, b"") for e in ours]))
        return
    package.drop(PROPERTIES)
    package.unrelate(
        "", {relation.id for relation in package.relations("") if relation.part.lower() == PROPERTIES.lower()}
    )
