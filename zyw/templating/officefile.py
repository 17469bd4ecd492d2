"""A docx as a zip of parts: read under limits, written again with fixed times so that equal papers are equal bytes.

Parts that a paper does not change keep their compressed bytes. Properties are written new: no author, company or date
of whoever made the template passes into a paper (failures.md T17, T19).
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from zyw.container.packing import Part, raw_part, zipped

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_PARTS: Final = 2_000
MAX_BYTES: Final = 50 * 1024 * 1024
MARK: Final = "zyw-output"
"""The custom property by which zyw knows its own outputs and never reads them as input (design §4)."""

_CONTENT_TYPES: Final = "[Content_Types].xml"
_RELATIONS: Final = "_rels/.rels"
_SETTINGS: Final = "word/settings.xml"
_ATTACHED: Final = "attachedTemplate"
_ATTACHED_TAG: Final = re.compile(rb"<(?:\w+:)?attachedTemplate\b[^>]*?(?:/>|>\s*</(?:\w+:)?attachedTemplate>)")
_CORE, _APP, _CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES: Final = {
    _CORE: (
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_RELS_NS}/metadata/core-properties",
    ),
    _APP: (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        f"{_OFFICE}/relationships/extended-properties",
    ),
    _CUSTOM: (
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        f"{_OFFICE}/relationships/custom-properties",
    ),
}
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


SPECIAL: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, and the blanks that Word writes as elements."""


class NoWordFileError(Exception):
    """The bytes are no docx that zyw fills; the text says why, in Chinese."""


_ENDINGS: Final = {"word/document.xml": (".docx", ".doc"), "xl/workbook.xml": (".xlsx", ".xls")}


def read_parts(template: bytes, main: str = "word/document.xml") -> dict[str, Part]:
    """Return the parts of a docx (or of what has another `main` part) by name, in its order; raises `NoWordFileError`.

    Refused are: what is no zip or has no such part, more than 2 000 parts or 50 MiB unpacked, macros, a DTD.
    """
    ending, old = _ENDINGS[main]
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_limits(infos)
            parts = {info.filename: raw_part(template, info) for info in infos}
    except (zipfile.BadZipFile, struct.error, OSError, NotImplementedError) as error:
        raise NoWordFileError(f"不是 {ending[1:]} 文件，或者文件已损坏") from error
    if main not in parts or _CONTENT_TYPES not in parts or _RELATIONS not in parts:
        raise NoWordFileError(f"不是 {ending[1:]} 文件（旧的 {old} 请另存为 {ending}）")
    if any(name.endswith("vbaProject.bin") for name in parts):
        raise NoWordFileError(f"带有宏，请另存为不带宏的 {ending}")
    for part in parts.values():
        _check_part(part)
    return _with_properties(_without_outside(parts))


def _check_limits(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_BYTES:
        raise NoWordFileError("文件过大")
    if any(
        info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos
    ):
        raise NoWordFileError("文件已加密，或压缩方式不认识")


def _check_part(part: Part) -> None:
    """Unpack a part within its declared size and parse what is XML; a DTD is refused by the parser."""
    if part.method == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-15).decompress(part.data, part.size + 1)
        except zlib.error as error:
            raise NoWordFileError("文件已损坏") from error
    else:
        content = part.data
    if len(content) != part.size or zlib.crc32(content) != part.crc:
        raise NoWordFileError("文件已损坏")
    if part.name.endswith((".xml", ".rels")):
        try:
            ElementTree.fromstring(content, forbid_dtd=True)
        except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
            raise NoWordFileError(f"其中的 {part.name} 无法解析") from error


def _without_outside(parts: dict[str, Part]) -> dict[str, Part]:
    """Take off the template that the template was made from: it lies on another machine, and Word would look for it.

    A picture or an object that lies elsewhere is refused: the paper would not be whole, and would tell who opens it.
    """
    changed: dict[str, Part] = {}
    for name, part in parts.items():
        if not name.endswith(".rels"):
            continue
        relations = ElementTree.fromstring(part.content())
        outside = [node for node in relations if node.get("TargetMode") == "External" and not _is(node, "hyperlink")]
        if any(not _is(node, _ATTACHED) for node in outside):
            raise NoWordFileError("引用了别处的图片或文件，请在 Word 里改为嵌入")
        if outside:
            for node in outside:
                relations.remove(node)
            changed[name] = Part.of(name, _xml(relations, _RELS_NS))
            settings = parts.get(_SETTINGS)
            if settings is not None:
                changed[_SETTINGS] = Part.of(_SETTINGS, _ATTACHED_TAG.sub(b"", settings.content()))
    return {**parts, **changed}


def _is(relation: "Element", kind: str) -> bool:
    return (relation.get("Type") or "").rpartition("/")[2] == kind


def _with_properties(parts: dict[str, Part]) -> dict[str, Part]:
    """Declare the three property parts, wherever the template lacks them."""
    types = ElementTree.fromstring(parts[_CONTENT_TYPES].content())
    relations = ElementTree.fromstring(parts[_RELATIONS].content())
    for name, (content_type, relation) in _PROPERTIES.items():
        declared = {node.get("PartName", "").lower() for node in types}
        if f"/{name}".lower() not in declared:
            node = types.makeelement(f"{{{_TYPES_NS}}}Override", {"PartName": f"/{name}", "ContentType": content_type})
            types.append(node)
        for node in [node for node in relations if node.get("Type") == relation]:
            relations.remove(node)
        link = {"Id": f"zyw{len(relations)}", "Type": relation, "Target": name}
        relations.append(relations.makeelement(f"{{{_RELS_NS}}}Relationship", link))
    changed = {
        _CONTENT_TYPES: _xml(types, _TYPES_NS),
        _RELATIONS: _xml(relations, _RELS_NS),
    }
    return {**parts, **{name: Part.of(name, content) for name, content in changed.items()}}


def _xml(root: "Element", namespace: str) -> bytes:
    """Return a flat list of elements as text with its one namespace as the default (readers of docx expect that)."""
    name = root.tag.removeprefix(f"{{{namespace}}}")
    rows = "".join(
        f"<{node.tag.removeprefix(f'{{{namespace}}}')} "
        + " ".join(f"{key}={quoteattr(value)}" for key, value in node.items())
        + "/>"
        for node in root
    )
    return f'{_HEAD}<{name} xmlns="{namespace}">{rows}</{name}>'.encode()


def visible(text: str) -> str:
    """Return a text that XML can hold: line ends as LF, tabs kept, U+000B as ␋, half a surrogate as �."""
    return SPECIAL.sub(_sign, text.replace("\r\n", "\n").replace("\r", "\n"))


def _sign(found: re.Match[str]) -> str:
    character, code = found[0], ord(found[0])
    if character in "\n\t":
        return character
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def properties(title: str, mark: str, as_of: date) -> dict[str, bytes]:
    """Return the property parts of a paper: its title, the mark of zyw's outputs, `as_of` for every time."""
    text, moment = escape(visible(title)), f"{as_of.isoformat()}T00:00:00Z"
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text}</dc:title><dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )
    app = f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>zyw</Application></Properties>'
    custom = (
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{MARK}">'
        f"<vt:lpwstr>{escape(visible(mark))}</vt:lpwstr></property></Properties>"
    )
    return {name: (_HEAD + xml).encode() for name, xml in ((_CORE, core), (_APP, app), (_CUSTOM, custom))}


def write_parts(parts: Mapping[str, Part], changed: Mapping[str, bytes], as_of: date) -> bytes:
    """Return a zip of `parts` with the contents of `changed` in their place, every time being `as_of`."""
    written = [Part.of(name, changed[name]) if name in changed else part for name, part in parts.items()]
    written += [Part.of(name, content) for name, content in changed.items() if name not in parts]
    return zipped(written, as_of)
