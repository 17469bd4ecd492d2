"""Which cell styles fill the cell with a colour: state may live in the colour only (red for overdue).

Source: ECMA-376 part 1, 18.8.3 (color: rgb, indexed, theme with tint), 18.8.20 (fill), 18.8.27 (indexed colours).
"""

import colorsys
from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from zyw.container.outline import elements, local, parse_part

WHITE: Final = "FFFFFF"
_THEME: Final = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
"""The order in which `theme="n"` counts; the first two pairs are swapped against the order of the part."""
_BASIC: Final = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_PALETTE: Final = (
    *_BASIC, *_BASIC,
    "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080",
    "9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF",
    "000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF",
    "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99",
    "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696",
    "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333",
)  # fmt: skip


def coloured_styles(styles: bytes, theme: bytes) -> Mapping[int, str]:
    """Return style number → colour (`FF0000`) of the styles with a solid fill that is not white.

    Raises `OddXml` or `ForbiddenXml` for parts that are no sound XML.
    """
    if b"solid" not in styles:
        return {}
    root = parse_part(styles)
    scheme = _scheme(parse_part(theme)) if theme and b" theme=" in styles else ()
    fills = [_solid(fill, scheme) for fill in _under(root, "fills")]
    coloured = {str(n): colour for n, colour in enumerate(fills) if colour not in (None, WHITE)}
    if not coloured:
        return {}
    given = (coloured.get(style.get("fillId", "")) for style in _under(root, "cellXfs"))
    return {number: colour for number, colour in enumerate(given) if colour}


def _under(root: Element, name: str) -> Sequence[Element]:
    return next((list(group) for group in elements(root, name)), [])


def _solid(fill: Element, scheme: Sequence[str]) -> str | None:
    """Return the colour of a solid fill, None for another kind."""
    pattern = next(iter(fill), None)
    if pattern is None or pattern.get("patternType") != "solid":
        return None
    return next((_colour(each, scheme) for each in elements(pattern, "fgColor")), None)


def _colour(element: Element, scheme: Sequence[str]) -> str | None:
    base = element.get("rgb", "")[-6:].upper() or None
    for name, colours in (("indexed", _PALETTE), ("theme", scheme)):
        at = element.get(name, "")
        if at.isdecimal() and int(at) < len(colours):
            base = colours[int(at)]
    return _tinted(base, element.get("tint", "0")) if base and len(base) == 6 else None


def _tinted(colour: str, tint: str) -> str | None:
    """Return a colour made lighter (tint above 0) or darker, in its luminance.

    >>> _tinted("FF0000", "0"), _tinted("000000", "1"), _tinted("0000FF", "-0.5")
    ('FF0000', 'FFFFFF', '000080')
    """
    try:
        change = min(max(float(tint), -1.0), 1.0)
        red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    except ValueError:
        return None
    if not change:
        return colour
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + change) if change < 0 else light + (1 - light) * change
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, strength))


def _scheme(theme: Element) -> tuple[str, ...]:
    """Return the theme's colours in the order in which cells count them."""
    named = {}
    for group in elements(theme, "clrScheme"):
        for slot in group:
            shade = next(iter(slot), None)
            if shade is not None:
                named[local(slot.tag)] = shade.get("lastClr") or shade.get("val") or ""
    return tuple(named.get(name, "").upper() for name in _THEME)
