"""版式.yaml: what an office does otherwise than GB/T 9704-2012, put on zyw's own Word templates.

An office's own templates stay as they are: what Word shows is what it gets. The text may not become narrower than the
tables, which are 156 mm wide upright; a page on its side has the same margins, turned.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import quoteattr

from zyw.decoding import TEXT, Key, Part, read_part
from zyw.located import parse_located
from zyw.problems import Place, Problem, Verbatim, problem

NAME: Final = "版式.yaml"
PITCH: Final = Decimal("28.95")
"""Points: 22 lines on 225 mm."""
_MM: Final = Decimal("56.6929")
_PAGE_WIDTH, _TABLE_WIDTH = 210, 156
_TURNED: Final = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
"""Side of a page on its side → the side that it is of the upright page."""
_SIDES: Final = {"上边距": "top", "下边距": "bottom", "左边距": "left", "右边距": "right"}
_FONTS: Final = {
    "标题字体": "方正小标宋简体", "正文字体": "仿宋_GB2312", "楷体": "楷体_GB2312", "黑体": "黑体", "页码字体": "宋体",
}  # fmt: skip
_RANGES: Final = {"行距": (20, 40), **dict.fromkeys(_SIDES, (10, 60))}
HOUSE: Final = Part(
    NAME,
    "本单位的版式，与国标不同的才写",
    (
        Key("行距", TEXT, "正文每行多少磅，不写就是 28.95（每页 22 行）"),
        *(Key(name, TEXT, f"{name}多少毫米") for name in _SIDES),
        Key("标题字体", TEXT, "标题和红头的字体，不写就是 方正小标宋简体"),
        Key("正文字体", TEXT, "正文的字体，不写就是 仿宋_GB2312"),
        Key("楷体", TEXT, "二级标题的字体，不写就是 楷体_GB2312"),
        Key("黑体", TEXT, "一级标题和表头的字体，不写就是 黑体"),
        Key("页码字体", TEXT, "页码的字体，不写就是 宋体"),
        Key("红头", TEXT, "发文机关标志，如 某某县教育局文件"),
        Key("发文字号", TEXT, "通报的发文字号，如 某教发〔2012〕　　号"),
    ),
    "行距: 30",
)


@dataclass(frozen=True, slots=True)
class House:
    """An office's own layout: points between lines (None: the standard's), margins in mm by side, fonts."""

    pitch: Decimal | None = None
    margins: Mapping[str, Decimal] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    number: str = ""

    @property
    def plain(self) -> bool:
        """Whether templates stay as they are."""
        return not (self.pitch or self.margins or self.fonts)


def parse_house(text: str) -> tuple[House | None, tuple[Problem, ...]]:
    """Return what 版式.yaml says, and every fault with its line (P005, P007, R009)."""
    node, refused = parse_located(text, NAME)
    problems: list[Problem] = list(refused)
    fields = read_part(HOUSE, node, problems) if node is not None else None
    if fields is None or problems:
        return None, tuple(problems)
    numbers: dict[str, Decimal] = {}
    for name, (least, most) in _RANGES.items():
        if fields.get(name) is None:
            continue
        said = str(fields.get(name))
        if not re.fullmatch(r"\d+(\.\d+)?", said) or not least <= Decimal(said) <= most:
            wanted = Verbatim(f"{least} 到 {most} 之间的数")
            problems.append(problem("R009", fields.at(name), 项=name, 应为=wanted, 值=said))
        else:
            numbers[name] = Decimal(said)
    margins = {side: numbers[name] for name, side in _SIDES.items() if name in numbers}
    width = _PAGE_WIDTH - margins.get("left", Decimal(28)) - margins.get("right", Decimal(26))
    if width < _TABLE_WIDTH:
        wanted = Verbatim(f"左右边距之和不超过 {_PAGE_WIDTH - _TABLE_WIDTH} 毫米，表格才放得下")
        problems.append(problem("R009", Place(NAME), 项="左边距、右边距", 应为=wanted, 值=f"版心 {width} 毫米"))
    if problems:
        return None, tuple(problems)
    fonts = {usual: str(fields.get(name)) for name, usual in _FONTS.items() if fields.get(name)}
    return House(numbers.get("行距"), margins, fonts, fields.get("红头", ""), fields.get("发文字号", "")), ()


def dressed(template: bytes, house: House) -> bytes:
    """Return one of zyw's own Word templates in the layout of an office; the same arguments, the same bytes."""
    if house.plain:
        return template
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("word/") and name.endswith(".xml"):
                content = _dressed(content.decode(), house).encode()
            moment = date(2012, 1, 1).timetuple()[:6]
            target.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _dressed(xml: str, house: House) -> str:
    for usual, own in house.fonts.items():
        xml = xml.replace(f'"{usual}"', quoteattr(own))
    if house.pitch:
        usual_line = f'w:line="{int(PITCH * 20)}" w:lineRule="exact"'
        xml = xml.replace(usual_line, f'w:line="{round(house.pitch * 20)}" w:lineRule="exact"')
    return re.sub(r"<w:pgSz\b[^>]*/><w:pgMar\b[^>]*/>", lambda found: _margins(found[0], house), xml)


def _margins(xml: str, house: House) -> str:
    turned = 'w:orient="landscape"' in xml
    for side in ("top", "right", "bottom", "left"):
        own = house.margins.get(_TURNED[side] if turned else side)
        if own is not None:
            xml = re.sub(rf'w:{side}="\d+"', f'w:{side}="{round(own * _MM)}"', xml)
    return xml
