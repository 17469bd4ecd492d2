"""The styles of a workbook, to which marks are added: a cell that is marked keeps its look but for the fill.

A mark's colour tells what the cell was filled with before: each different fill gets a shade of its own, too near for
the eye, and the workbook remembers which shade stands for which fill (`zyw.marking.record`). So the fill can be given
back wherever the cell has moved, and when another program has numbered all styles anew.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from zyw.marking.surgery import (
    ODD,
    Edit,
    Element,
    Unmarkable,
    appended,
    attributes,
    child,
    elements,
    quiet,
    root,
    spliced,
)
from zyw.marking.surgery import with_attribute as with_

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BARE: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{space}">'
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)
"""What a workbook without a styles part looks like."""
_ORDER: Final = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_SEEDS: Final = {
    "fonts": ('<{p}font><{p}sz val="11"/><{p}name val="宋体"/><{p}charset val="134"/></{p}font>',),
    "fills": (
        '<{p}fill><{p}patternFill patternType="none"/></{p}fill>',
        '<{p}fill><{p}patternFill patternType="gray125"/></{p}fill>',
    ),
    "borders": ("<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>",),
    "cellXfs": ('<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}
"""What each list begins with in every workbook: cells without a style have the first of `cellXfs`."""
_LISTS: Final = ("fonts", "fills", "borders", "cellXfs")
SHADES: Final = 256
"""So many different fills can be told apart; a cell with a further one is marked by its comment only."""
MOST_STYLES: Final = 60_000
"""Excel keeps 64,000 combinations of styles."""


@dataclass
class Styles:
    """The lists of a styles part, which only grow; `xml` gives the part with what was added."""

    source: bytes
    prefix: bytes = b""
    items: dict[str, list[bytes]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    """How many of each there were in the part."""
    _unfilled: dict[tuple[int, int], int] = field(default_factory=dict)
    _same: dict[tuple[int, int], bool] = field(default_factory=dict)

    @classmethod
    def of(cls, source: bytes) -> "Styles":
        """Read a styles part; a list that is missing begins with what every workbook has.

        Raises `Unmarkable` where it is not as a styles part must be.
        """
        xml = quiet(source)
        top, prefix = root(xml)
        if top.inside == top.close == top.end:  # `<styleSheet …/>`
            source = source[: top.end - 2] + b"></%sstyleSheet>" % prefix
            xml = quiet(source)
            top, prefix = root(xml)
        made = cls(source, prefix)
        for name in _LISTS:
            parent = child(xml, top, name)
            made.items[name] = [e.of(source) for e in elements(xml, parent.inside, parent.close)] if parent else []
            made.counts[name] = len(made.items[name])
            if not made.items[name]:
                for item in _SEEDS[name]:
                    made.add(name, item)
        if top.name != "styleSheet":
            raise Unmarkable(ODD)
        return made

    def add(self, name: str, template: str) -> int:
        """Add an item (`{p}` stands for prefixes) to the list `name` unless it is there; return its number."""
        return self._add(name, template.replace("{p}", self.prefix.decode()).encode())

    def _add(self, name: str, item: bytes) -> int:
        try:
            return self.items[name].index(item)
        except ValueError:
            self.items[name].append(item)
            return len(self.items[name]) - 1

    def fill(self, style: int) -> int:
        """Return the number of the fill of a style; a style that is not there has the first fill."""
        number = self._attributes(style).get("fillId", "0")
        return int(number) if number.isdecimal() else 0

    def _attributes(self, style: int) -> dict[str, str]:
        styles = self.items["cellXfs"]
        return attributes(styles[style]) if style < len(styles) else {}

    def filled(self, style: int, fill: int) -> int:
        """Return the style that differs from `style` in its fill only."""
        styles = self.items["cellXfs"]
        source = styles[style] if style < len(styles) else styles[0]
        return self._add("cellXfs", with_(with_(source, "fillId", str(fill)), "applyFill", "1"))

    def unfilled(self, style: int, fill: int) -> int:
        """Return the first style that has everything of `style` but the fill `fill`: the one it was made from."""
        if (style, fill) not in self._unfilled:
            self._unfilled[style, fill] = self._without(style, fill)
        return self._unfilled[style, fill]

    def _without(self, style: int, fill: int) -> int:
        source = with_(self.items["cellXfs"][style], "fillId", str(fill))
        for key in (_bare, _look):
            wanted = key(source)
            found = next((i for i, each in enumerate(self.items["cellXfs"]) if key(each) == wanted), None)
            if found is not None:
                return found
        return self._add("cellXfs", source)

    def number_of(self, fill: str) -> int:
        """Return the number of a fill that `plain` wrote; it is added where the workbook has none like it."""
        if not fill or not _PATTERN.search(fill):
            return 0
        known = [plain(each, self.prefix) for each in self.items["fills"]]
        return known.index(fill) if fill in known else self.add("fills", prefixed(fill))

    def same(self, one: int, other: int) -> bool:
        """Say whether two styles look the same; the same number twice always does."""
        if (one, other) not in self._same:
            styles = self.items["cellXfs"]
            known = one < len(styles) and other < len(styles)
            self._same[one, other] = one == other or (known and _look(styles[one]) == _look(styles[other]))
        return self._same[one, other]

    def colours(self) -> dict[str, int]:
        """Return the colours of solid fills, each with the number of its first fill."""
        found: dict[str, int] = {}
        for number, fill in enumerate(self.items["fills"]):
            colour = _SOLID.search(fill)
            if colour and b"solid" in fill:
                found.setdefault(colour[1].decode().upper(), number)
        return found

    def cut(self, counts: Mapping[str, int]) -> bytes:
        """Return the part with only the first `counts` of each list."""
        xml = quiet(self.source)
        top, _ = root(xml)
        edits = []
        for name in _LISTS:
            parent = child(xml, top, name)
            kept = counts.get(name, self.counts[name])
            if parent is None or kept >= self.counts[name]:
                continue
            at = list(elements(xml, parent.inside, parent.close))[kept].start
            opening = with_(self.source[parent.start : parent.inside], "count", str(kept))
            edits += [Edit(parent.start, parent.inside, opening), Edit(at, parent.close, b"")]
        return spliced(self.source, edits)

    def xml(self) -> bytes:
        """Return the part with what was added. Raises `Unmarkable` where a workbook would have too many styles."""
        if len(self.items["cellXfs"]) > max(MOST_STYLES, self.counts["cellXfs"]):
            raise Unmarkable("单元格格式的种类太多")
        xml = quiet(self.source)
        top, _ = root(xml)
        edits = []
        for name in _LISTS:
            added = self.items[name][self.counts[name] :]
            parent = child(xml, top, name)
            if added and parent:
                edits.append(appended(self.source, parent, added))
            elif added:
                edits.append(_new_list(xml, top, name, self.prefix, added))
        return spliced(self.source, edits)


def _new_list(xml: bytes, top: Element, name: str, prefix: bytes, items: Sequence[bytes]) -> Edit:
    """Return the edit that puts a list where its order wants it."""
    before = _ORDER[: _ORDER.index(name)]
    at = max((e.end for e in elements(xml, top.inside, top.close) if e.name in before), default=top.inside)
    tag = prefix + name.encode()
    return Edit(at, at, b'<%s count="%d">%s</%s>' % (tag, len(items), b"".join(items), tag))


_PATTERN: Final = re.compile(r"""gradientFill|patternType=["'](?!none)""")
"""In every fill that is seen; fill 0 is none in every workbook, however a program writes that."""
_SOLID: Final = re.compile(rb"""fgColor\s+rgb=["']([0-9A-Fa-f]{8})["']""")


def _bare(style: bytes) -> tuple[dict[str, str], bytes]:
    """Return a style without the word that its fill counts, for comparing."""
    found = attributes(style)
    found.pop("applyFill", None)
    return found, style.partition(b">")[2]


def _look(style: bytes) -> tuple[dict[str, str], bytes]:
    """Return what of a style is seen: programs write other flags and defaults when they save it."""
    found, rest = _bare(style)
    seen = {
        name: value for name, value in found.items() if not name.startswith("apply") and value not in {"0", "false"}
    }
    return seen, re.sub(rb"\s+|</?(?:\w+:)?(?:xf|alignment/|protection/)>", b"", rest)


def solid(colour: str) -> str:
    """Return the fill of one colour, with `{p}` for prefixes."""
    return (
        f'<{{p}}fill><{{p}}patternFill patternType="solid"><{{p}}fgColor rgb="{colour}"/>'
        '<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
    )


def shade(base: str, number: int) -> str:
    """Return the shade that stands for one fill, fifteen steps of 255 from the base at most.

    >>> shade("FFFFB0A0", 17)
    'FFFFB1A1'
    """
    green, blue = int(base[4:6], 16) + number // 16, int(base[6:8], 16) + number % 16
    return f"{base[:4]}{green:02X}{blue:02X}"


@dataclass
class Marker:
    """Makes the styles of marked cells; `fills` maps each shade in use to the fill it hides, without prefixes.

    `own` are those of cells whose text is ours too.
    """

    styles: Styles
    fills: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    _made: dict[tuple[int, str], int | None] = field(default_factory=dict)
    _shades: dict[tuple[int, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._taken = set(self.styles.colours())

    def marked(self, style: int, base: str, *, own: bool = False) -> int | None:
        """Return `style` with a shade of `base` as its fill; None when all shades are in use."""
        key = style, base
        if key not in self._made:
            colour = self._shade(self.styles.fill(style), base, self.own if own else self.fills)
            fill = None if colour is None else self.styles.add("fills", solid(colour))
            self._made[key] = None if fill is None else self.styles.filled(style, fill)
        return self._made[key]

    def _shade(self, fill: int, base: str, kept: dict[str, str]) -> str | None:
        if (fill, base) not in self._shades:
            colour = next((c for n in range(SHADES) if (c := shade(base, n)) not in self._taken), None)
            if colour is None:
                return None
            self._taken.add(colour)
            self._shades[fill, base] = colour
            fills = self.styles.items["fills"]
            kept[colour] = plain(fills[fill], self.styles.prefix) if fill < len(fills) else ""
        return self._shades[fill, base]


def plain(xml: bytes, prefix: bytes) -> str:
    """Return an element without its prefix and without blanks between tags."""
    bare = xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else xml
    return re.sub(r"\s+(?=/?>)|(?<=>)\s+", "", bare.decode("utf-8", "replace")).strip()


def prefixed(xml: str) -> str:
    """Return an element as a template with `{p}` before each name."""
    return re.sub(r"<(/?)(?=[A-Za-z])", r"<\1{p}", xml)
