"""Comments on cells: the comments part, and the drawing (VML) without which Excel and WPS do not show them.

Existing comments stay; a cell that has one gets ours below it, after a line that begins with `SIGN`, by which ours is
known again when the workbook comes back, whatever program saved it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from zyw.marking.cellgrid import LAST_COLUMN, LAST_ROW, At, name_of, place_of
from zyw.marking.package import Package, Relation
from zyw.marking.surgery import (
    Edit,
    Element,
    appended,
    attributes,
    child,
    elements,
    quiet,
    root,
    said,
    spliced,
    text_xml,
)

SIGN: Final = "【zyw核对】"
MOST: Final = 1000
"""Comments a sheet gets at most: one block of shape numbers holds 1,024, and nobody reads more."""
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NO_COMMENTS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{space}"><authors></authors><commentList></commentList></comments>'
)
_SHAPE_TYPE: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NO_DRAWING: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_SHAPE: Final = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:80pt;margin-top:2pt;width:200pt;height:{height}pt;z-index:{order};'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_LINE: Final = 14
"""Points of one line in a comment; some 18 characters fit in it."""


@dataclass(frozen=True, slots=True)
class Spaces:
    """The namespaces of a workbook: transitional, or strict."""

    main: str
    relations: str


def related(package: Package, sheet: str, kind: str) -> Relation | None:
    """Return the first relationship of a sheet of that kind, None when it has none."""
    return next((each for each in package.relations(sheet) if each.kind == kind and each.part in package), None)


def add_notes(package: Package, sheet: str, drawing: str, notes: Mapping[At, str], spaces: Spaces) -> str:
    """Put `notes` on cells of the sheet part; return the id of a drawing the sheet must newly name, "" for none.

    `drawing` is the id of the one it names. A cell with a discussion (Excel's threaded comments) is left as it is.
    """
    discussed = _discussed(package, sheet)
    wanted = {at: text for at, text in notes.items() if at not in discussed}
    found = related(package, sheet, "comments")
    name = found.part if found else package.free_name("xl/comments", ".xml")
    if found is None:
        package.write(name, _NO_COMMENTS.format(space=spaces.main).encode())
        package.declare(name, _COMMENTS_TYPE)
        package.relate(sheet, f"{spaces.relations}/comments", name)
    new = _write_comments(package, name, wanted)
    return _add_shapes(package, sheet, drawing, {at: wanted[at] for at in new}, spaces)


def _discussed(package: Package, sheet: str) -> set[At]:
    thread = related(package, sheet, "threadedComment")
    if thread is None:
        return set()
    xml = quiet(package.read(thread.part))
    top, _ = root(xml)
    named = (place_of(attributes(e.of(xml)).get("ref", "")) for e in elements(xml, top.inside, top.close))
    return {at for at in named if at}


def _write_comments(package: Package, name: str, notes: Mapping[At, str]) -> list[At]:
    """Write the texts; return the cells that had no comment, which need a shape."""
    xml = package.read(name)
    bare = quiet(xml)
    top, prefix = root(bare)
    authors, listed = child(bare, top, "authors"), child(bare, top, "commentList")
    if authors is None or listed is None:
        return []
    known = {place_of(attributes(e.of(xml)).get("ref", "")): e for e in elements(bare, listed.inside, listed.close)}
    number = sum(1 for _ in elements(bare, authors.inside, authors.close))
    p = prefix.decode()
    edits, added = [appended(xml, authors, [f"<{p}author>zyw</{p}author>".encode()], counted=False)], []
    merged = {e.start: _below(e.of(xml), notes[at], prefix) for at, e in known.items() if at and at in notes}
    new = [at for at in notes if at not in known]
    for at in new:
        run = _run(text_xml(notes[at]), p)
        added.append(
            f'<{p}comment ref="{name_of(at)}" authorId="{number}"><{p}text>{run}</{p}text></{p}comment>'.encode()
        )
    inside = b"".join(merged.get(e.start, e.of(xml)) for e in elements(bare, listed.inside, listed.close))
    edits.append(
        Edit(
            listed.start, listed.end, b"<%scommentList>%s</%scommentList>" % (prefix, inside + b"".join(added), prefix)
        )
    )
    package.write(name, spliced(xml, edits))
    return new


def _run(text: str, p: str) -> str:
    look = f'<{p}rPr><{p}sz val="10"/><{p}rFont val="宋体"/><{p}charset val="134"/></{p}rPr>'
    return f'<{p}r>{look}<{p}t xml:space="preserve">{text}</{p}t></{p}r>'


def _below(comment: bytes, note: str, prefix: bytes) -> bytes:
    """Return an existing comment with ours below; a plain text becomes a run, for the two do not mix."""
    bare = quiet(comment)
    text = child(bare, root(bare)[0], "text")
    if text is None:
        return comment
    p, inner = prefix.decode(), comment[text.inside : text.close]
    plain = child(bare, text, "t")
    if plain is not None:
        inner = b"<%sr>%s</%sr>" % (prefix, plain.of(comment), prefix)
    ours = _run("\n" + text_xml(note), p).encode()
    whole = b"<%stext>%s%s</%stext>" % (prefix, inner, ours, prefix)
    return comment[: text.start] + whole + comment[text.end :]


# --- shapes ------------------------------------------------------------------------------------------------------


def _add_shapes(package: Package, sheet: str, drawing: str, notes: Mapping[At, str], spaces: Spaces) -> str:
    if not notes:
        return ""
    named = {relation.id: relation.part for relation in package.relations(sheet)}
    part = named.get(drawing, "")
    identifier = ""
    if part not in package:
        part = package.free_name("xl/drawings/vmlDrawing", ".vml")
        package.write(part, _NO_DRAWING.encode())
        package.declare_ending("vml", _DRAWING_TYPE, part)
        identifier = package.relate(sheet, f"{spaces.relations}/vmlDrawing", part)
    block = 1 + max((number for each in package.names for number in _blocks(package, each)), default=0)
    shapes = [_shape(at, text, block * 1024 + i) for i, (at, text) in enumerate(notes.items(), start=1)]
    package.write(part, _with_shapes(package.read(part), block, shapes))
    return identifier


_BLOCKS: Final = re.compile(rb"""<o:idmap\b[^>]*\bdata=["']([\d,]+)["']""")


def _blocks(package: Package, name: str) -> Iterator[int]:
    """Yield the blocks of shape numbers that a drawing uses; a number is unique in the whole workbook."""
    if name.endswith(".vml"):
        for found in _BLOCKS.finditer(package.read(name)):
            yield from (int(number) for number in found[1].split(b",") if number)


def _with_shapes(xml: bytes, block: int, shapes: Iterable[str]) -> bytes:
    """Return a drawing with `shapes` at its end; drawings are not always well-formed, so nothing else is looked at."""
    close = xml.rfind(b"</xml>")
    head = "" if b"_x0000_t202" in xml else _SHAPE_TYPE
    found = _BLOCKS.search(xml)
    body = (head + "".join(shapes)).encode()
    if found is not None:
        xml, close = xml[: found.end(1)] + b",%d" % block + xml[found.end(1) :], close + len(b",%d" % block)
    else:
        body = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'.encode() + body
    return xml[:close] + body + xml[close:]


def _shape(at: At, text: str, number: int) -> str:
    lines = sum(1 + len(line) // 18 for line in text.split("\n"))
    left, top = min(at[1] + 1, LAST_COLUMN - 3), max(at[0] - 2, 0)
    return _SHAPE.format(
        number=number, height=lines * _LINE + 8, order=number % 1024, left=left, right=left + 3, top=top,
        bottom=min(top + max(lines, 3), LAST_ROW - 1), row=at[0] - 1, column=at[1],
    )  # fmt: skip


# --- taking them away --------------------------------------------------------------------------------------------


def remove_notes(package: Package, sheet: str, drawing: str) -> bool:
    """Take our comments away; True when no drawing is left and the sheet must name it no longer."""
    found = related(package, sheet, "comments")
    if found is None:
        return False
    xml = package.read(found.part)
    bare = quiet(xml)
    listed = child(bare, root(bare)[0], "commentList")
    every = list(elements(bare, listed.inside, listed.close)) if listed else []
    kept, gone = [], set()
    for each in every:
        rest = _without_ours(each.of(xml))
        if rest is None:
            gone.add(place_of(attributes(each.of(xml)).get("ref", "")))
        else:
            kept.append(rest)
    if listed is None or (len(kept) == len(every) and b"".join(kept) == xml[listed.inside : listed.close]):
        return False
    if kept:
        package.write(found.part, _without_author(spliced(xml, [Edit(listed.inside, listed.close, b"".join(kept))])))
    else:
        package.drop(found.part)
        package.unrelate(sheet, {found.id})
    return _remove_shapes(package, sheet, drawing, {at for at in gone if at})


def _without_ours(comment: bytes) -> bytes | None:
    """Return a comment without ours, None when nothing else is in it; the sign may be cut into several runs."""
    bare = quiet(comment)
    text = child(bare, root(bare)[0], "text")
    runs = [e.of(comment) for e in elements(bare, text.inside, text.close)] if text else []
    told = [said(run) for run in runs]
    room = "".join(told).find(SIGN)
    if room < 0 or text is None:
        return comment
    if not "".join(told)[:room].strip():
        return None
    left: list[bytes] = []
    for run, words in zip(runs, told, strict=True):
        left.append(_shortened(run, words[:room].rstrip("\n") if len(words) >= room else words))
        room -= len(words)
        if room <= 0:
            break
    return comment[: text.inside] + b"".join(left) + comment[text.close :]


def _shortened(run: bytes, words: str) -> bytes:
    """Return a run that says `words`, the beginning of what it said."""
    if said(run) == words:
        return run
    if not words:
        return b""
    opening = re.search(rb"<(?:\w+:)?t[^>]*>", run)
    closing = re.search(rb"</(?:\w+:)?t>", run)
    if opening is None or closing is None:
        return run
    return run[: opening.end()] + text_xml(words).encode() + run[closing.start() :]


def _without_author(xml: bytes) -> bytes:
    """Take our name off the end of the authors, where no comment is by it."""
    bare = quiet(xml)
    authors = child(bare, root(bare)[0], "authors")
    every = list(elements(bare, authors.inside, authors.close)) if authors else []
    last: Element | None = every[-1] if every else None
    if last is None or said(last.of(xml)) != "zyw" or re.search(rb'authorId="%d"' % (len(every) - 1), xml):
        return xml
    return spliced(xml, [Edit(last.start, last.end, b"")])


_ANY_SHAPE: Final = re.compile(rb"<v:shape\b(?:(?!</v:shape>).)*</v:shape>", re.DOTALL)
_LAYOUT: Final = re.compile(rb"<o:shapelayout\b.*?</o:shapelayout>|<v:shapetype\b.*?</v:shapetype>", re.DOTALL)


def _remove_shapes(package: Package, sheet: str, drawing: str, cells: set[At]) -> bool:
    part = next((relation.part for relation in package.relations(sheet) if relation.id == drawing), "")
    if part not in package:
        return False
    xml = package.read(part)
    new = _ANY_SHAPE.sub(lambda found: b"" if _cell_of(found[0]) in cells else found[0], xml)
    if _ANY_SHAPE.search(new) or re.search(rb"<v:(?!shapetype)(?:shape|rect|group|oval|image)", _LAYOUT.sub(b"", new)):
        package.write(part, _BLOCKS.sub(lambda found: _used_blocks(found, new), new))
        return False
    package.drop(part)
    package.unrelate(sheet, {drawing})
    return True


def _used_blocks(found: re.Match[bytes], drawing: bytes) -> bytes:
    """Return the list of blocks without those, but the first, that no shape has a number of any more."""
    numbers = {int(n) // 1024 for n in re.findall(rb'id="_x0000_s(\d+)"', drawing)}
    first, *others = found[1].split(b",")
    return found[0].replace(found[1], b",".join([first, *(each for each in others if int(each) in numbers)]))


def _cell_of(shape: bytes) -> At | None:
    row, column = re.search(rb"<x:Row>(\d+)</x:Row>", shape), re.search(rb"<x:Column>(\d+)</x:Column>", shape)
    if row is None or column is None or b'ObjectType="Note"' not in shape:
        return None
    return int(row[1]) + 1, int(column[1])
