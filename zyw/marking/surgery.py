"""Changing a few places of an XML part and no other byte: elements found by their tags, replaced by position.

Parsers write a part anew (prefixes, quotes, order of attributes, `mc:Ignorable` undone); here what is not meant to
change is copied. Comments and CDATA are blanked before tags are looked for, so that a tag inside one is none; the
positions stay those of the part.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Final, NamedTuple

from zyw.printed.celltext import cell_text


class Unmarkable(Exception):  # noqa: N818 - a state of the file, told to the clerk as M002
    """The workbook cannot be marked in place; the text says why, in Chinese."""


ODD: Final = "文件的内部结构少见"

TAG: Final = re.compile(
    rb"""<(?P<close>/?)(?P<name>[A-Za-z_][\w.:-]*+)(?P<attributes>(?:[^<>"'/]|"[^"]*"|'[^']*'|/(?!>))*+)(?P<empty>/?)>"""
)
_ATTRIBUTE: Final = re.compile(rb"""(\s+)([\w.:-]+)(\s*=\s*)("[^"]*"|'[^']*')""")
_NOISE: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)


class Element(NamedTuple):
    """One element by positions: the whole is `start:end`, what it holds `inside:close`; `name` has no prefix."""

    name: str
    start: int
    inside: int
    close: int
    end: int

    def of(self, xml: bytes) -> bytes:
        """Return the element as it stands."""
        return xml[self.start : self.end]


class Edit(NamedTuple):
    """Put `text` where `start:end` stands."""

    start: int
    end: int
    text: bytes


def quiet(xml: bytes) -> bytes:
    """Return the part with comments and CDATA blanked, of the same length.

    >>> quiet(b"<a><!--<b>--></a>")
    b'<a>          </a>'
    """
    if b"<!" not in xml:
        return xml
    return _NOISE.sub(lambda found: b" " * len(found[0]), xml)


def spliced(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the part with all edits made; those at one place in the order in which they are given."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise Unmarkable(ODD)
        pieces += [xml[at : edit.start], edit.text]
        at = edit.end
    return b"".join([*pieces, xml[at:]])


def root(xml: bytes) -> tuple[Element, bytes]:
    """Return the root element of a quiet part and its prefix with the colon (b"" when it has none)."""
    opened = TAG.search(xml)
    if opened is None:
        raise Unmarkable(ODD)
    prefix, colon, name = opened["name"].rpartition(b":")
    close = opened.end() if opened["empty"] else xml.rfind(b"</" + opened["name"])
    if close < 0:
        raise Unmarkable(ODD)
    end = xml.find(b">", close) + 1 if not opened["empty"] else close
    return Element(name.decode(), opened.start(), opened.end(), close, end), prefix + colon


def elements(xml: bytes, start: int, end: int) -> Iterator[Element]:
    """Yield the elements that stand side by side in a stretch of a quiet part, not those inside them."""
    depth, opened = 0, None
    for tag in TAG.finditer(xml, start, end):
        if tag["close"]:
            depth -= 1
            if depth == 0 and opened is not None:
                yield Element(_local(opened), opened.start(), opened.end(), tag.start(), tag.end())
        elif depth == 0:
            opened = tag
            if tag["empty"]:
                yield Element(_local(tag), tag.start(), tag.end(), tag.end(), tag.end())
            else:
                depth = 1
        elif not tag["empty"]:
            depth += 1
    if depth:
        raise Unmarkable(ODD)


def _local(tag: re.Match[bytes]) -> str:
    return tag["name"].rpartition(b":")[2].decode()


def child(xml: bytes, parent: Element, name: str) -> Element | None:
    """Return the first element `name` directly inside `parent`."""
    return next((each for each in elements(xml, parent.inside, parent.close) if each.name == name), None)


def attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of the tag that a text begins with, as written but without quotes; prefixes stay."""
    opened = TAG.match(tag)
    if opened is None:
        raise Unmarkable(ODD)
    return {
        name.decode(): value[1:-1].decode("utf-8", "replace")
        for _, name, _, value in _ATTRIBUTE.findall(opened["attributes"])
    }


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """Return an element's text with one attribute of its first tag set (None: taken away), the rest as it stands.

    >>> with_attribute(b'<c r="A1" s="3"><v>1</v></c>', "s", "7"), with_attribute(b"<c/>", "s", "7")
    (b'<c r="A1" s="7"><v>1</v></c>', b'<c s="7"/>')
    """
    opened = TAG.match(tag)
    if opened is None:
        raise Unmarkable(ODD)
    base = opened.start("attributes")
    for found in _ATTRIBUTE.finditer(opened["attributes"]):
        if found[2].decode() == name:
            new = b"" if value is None else b'%s%s="%s"' % (found[1], found[2], value.encode())
            return tag[: base + found.start()] + new + tag[base + found.end() :]
    if value is None:
        return tag
    at = base + len(opened["attributes"].rstrip())
    return tag[:at] + b' %s="%s"' % (name.encode(), value.encode()) + tag[at:]


def text_xml(text: str) -> str:
    """Return text as XML holds it: markup escaped, what no cell may hold replaced, `_x0041_` kept as it reads."""
    return escape(re.sub(r"(_x[0-9a-fA-F]{4}_)", r"_x005F\1", cell_text(text)), quote=False)


def attribute_xml(text: str) -> str:
    """Return text as an attribute in double quotes holds it."""
    return escape(cell_text(text).replace("\n", " ").replace("\t", " "), quote=True)


def said(xml: bytes) -> str:
    """Return the text inside an element, without readings (phonetic runs)."""
    bare = re.sub(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>|<[^>]*>", b"", xml, flags=re.DOTALL)
    text = unescape(bare.decode("utf-8", "replace"))
    return re.sub(r"_x([0-9a-fA-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def appended(xml: bytes, parent: Element, items: Iterable[bytes], *, counted: bool = True) -> Edit:
    """Return the edit that puts `items` at the end of `parent`, whose `count` follows when it has one."""
    added = list(items)
    whole = parent.of(xml)
    opening, inner = whole[: parent.inside - parent.start], xml[parent.inside : parent.close]
    name = TAG.match(whole)["name"]  # type: ignore[index]  # elements begin with a tag
    known = attributes(whole).get("count", "")
    if counted and known.isdecimal():
        opening = with_attribute(opening, "count", str(int(known) + len(added)))
    if opening.endswith(b"/>"):
        opening = opening[:-2] + b">"
    return Edit(parent.start, parent.end, opening + inner + b"".join(added) + b"</" + name + b">")
