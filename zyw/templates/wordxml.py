"""The small words of WordprocessingML of which `make` composes the templates: paragraphs, tables, the package.

Layout of GB/T 9704-2012: A4, margins 37/26/35/28 mm, 22 lines of 28 characters by an exact pitch of 28.95 pt and
−0.25 pt between characters, page number — n — outside. Fonts are named with their common substitutes (altName) and
never embedded. Tables carry a full grid and true `gridCol` widths: WPS follows these.
"""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

MM: Final = 56.6929
"""Twentieths of a point in a millimetre."""
WIDTH: Final = 156
WIDE: Final = 225
"""Millimetres between the margins, upright and on its side."""
FANG, KAI, HEI, SONG, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
FONTS: Final = {FANG: "仿宋", KAI: "楷体", HEI: "SimHei", SONG: "SimSun", TITLE: "小标宋"}
NS: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
KEEP: Final = "<w:keepNext/>"
"""Stay on the page of what follows."""
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


BODY: Final = (
    '<w:spacing w:line="579" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>'
)
FLAT: Final = '<w:spacing w:line="579" w:lineRule="exact"/>'
CELL: Final = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:spacing w:before="20" w:after="20" w:line="320" w:lineRule="exact"/>'
CAPTION: Final = '<w:spacing w:before="160" w:after="80" w:line="440" w:lineRule="exact"/>'
STYLES: Final = {
    "正文一": (FANG, 32, BODY),
    "顶格": (FANG, 32, FLAT + '<w:jc w:val="left"/>'),
    "空行": (FANG, 32, FLAT),
    "一级标题": (HEI, 32, "<w:keepNext/>" + BODY),
    "二级标题": (KAI, 32, "<w:keepNext/>" + BODY),
    "公文标题": (TITLE, 44, '<w:spacing w:line="720" w:lineRule="exact"/><w:jc w:val="center"/>'),
    "机关标志": (TITLE, 72, '<w:spacing w:before="1200" w:line="960" w:lineRule="exact"/><w:jc w:val="center"/>'),
    "文号": (FANG, 32, FLAT + '<w:jc w:val="center"/>'),
    "表题": (HEI, 28, f'<w:keepNext/>{CAPTION}<w:jc w:val="center"/>'),
    "表头": (HEI, 21, "<w:keepNext/>" + CELL + '<w:jc w:val="center"/>'),
    "表文": (FANG, 21, CELL),
    "表中": (FANG, 21, CELL + '<w:jc w:val="center"/>'),
    "表注": (KAI, 24, KEEP + '<w:spacing w:after="80" w:line="400" w:lineRule="exact"/><w:jc w:val="center"/>'),
    "表后": (FANG, 16, '<w:spacing w:line="240" w:lineRule="exact"/>'),
    "小字": (FANG, 24, '<w:keepLines/><w:spacing w:line="400" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="480"/>'),
    "落款": (FANG, 32, "<w:keepNext/>" + FLAT + '<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'),
    "附件名": (FANG, 32, KEEP + FLAT + '<w:ind w:leftChars="200" w:left="640"/>'),
    "附件号": (HEI, 32, "<w:pageBreakBefore/>" + FLAT),
    "版记": (FANG, 28, '<w:spacing w:line="480" w:lineRule="exact"/>'),
    "页尾": (FANG, 2, '<w:spacing w:line="20" w:lineRule="exact"/>'),
    "页码": (SONG, 28, ""),
}  # fmt: skip
"""Style → eastern font, size in half points, paragraph properties."""


def fonts(name: str, western: str = "Times New Roman") -> str:
    """Name an eastern font and the western one beside it."""
    return f'<w:rFonts w:ascii="{western}" w:hAnsi="{western}" w:eastAsia="{name}" w:cs="{western}"/>'


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    dressed = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{dressed}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(text: str, style: str = "正文一", properties: str = "") -> str:
    """Return a paragraph of text, or of runs."""
    runs = text if text.startswith("<w:r>") else run(text)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def lead(title: str, text: str, properties: str = "") -> str:
    """Return a paragraph that opens with its own 楷体 heading."""
    return p(run(title, fonts(KAI)) + run(text), properties=properties)


def tag(statement: str) -> str:
    """Return a statement on the level of paragraphs: `if …`, `for …`, `endif`."""
    return p(f"{{%p {statement} %}}")


def cell(text: str, width: float, style: str, properties: str = "") -> str:
    """Return a cell; one that is merged downwards has no vAlign, for docxtpl writes vMerge last and order matters."""
    middle = "" if "{% vm %}" in text else '<w:vAlign w:val="center"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * MM)}" w:type="dxa"/>{properties}{middle}</w:tcPr>'
        f"{p(text, style)}</w:tc>"
    )


def row(texts: Sequence[str], widths: Sequence[float], styles: Sequence[str], *, header: bool = False) -> str:
    """Return a row that no page break splits; a header row is repeated on each page."""
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if header else "")
    cells = "".join(cell(text, width, style) for text, width, style in zip(texts, widths, styles, strict=True))
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def row_tag(statement: str, columns: int, total: float = WIDTH) -> str:
    """Return a row that holds a statement only: it goes when the template is filled."""
    span = f'<w:gridSpan w:val="{columns}"/>'
    return f"<w:tr>{cell(f'{{%tr {statement} %}}', total, '表文', span)}</w:tr>"


def table(columns: Sequence[tuple[str, float, str]], *blocks: tuple[str, Sequence[str]], total: float = WIDTH) -> str:
    """Return a full-grid table `total` mm wide.

    Columns are (heading, mm, 中 or 文); a block is (`for` statement or "", texts of the row).
    """
    names, widths = [c[0] for c in columns], [c[1] for c in columns]
    styles = [f"表{c[2]}" for c in columns]
    assert sum(widths) == total, sum(widths)
    rows = [row(names, widths, ["表头"] * len(columns), header=True)]
    for loop, texts in blocks:
        one = row(texts, widths, styles)
        rows += [row_tag(loop, len(columns), total), one, row_tag("endfor", len(columns), total)] if loop else [one]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{round(width * MM)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{round(total * MM)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def signature() -> str:
    """Return office and date at the right."""
    return (
        p("", "空行", KEEP)
        + p("{{ 机关.名称 }}", "落款")
        + p("{{ 机关.成文日期 }}", "落款").replace("<w:keepNext/>", "")
    )


def missing(subject: str) -> str:
    """Name the files that could not be read, if any."""
    return (
        tag("if 缺")
        + p(
            f"缺：下列文件未能读取，{subject}各项数字不含其内容：{{% for 件 in 缺 %}}{{{{ 件 }}}}{{% if not loop.last %}}、{{% endif %}}{{% endfor %}}。"
        )
        + tag("endif")
    )


def listed(loop: str, item: str) -> str:
    """Join the items of a loop with 、."""
    return f"{{% for {loop} %}}{item}{{% if not loop.last %}}、{{% endif %}}{{% endfor %}}"


UPRIGHT: Final = (
    ("top", 37),
    ("right", 26),
    ("bottom", 35),
    ("left", 28),
    ("header", 15),
    ("footer", 23),
    ("gutter", 0),
)
SIDEWAYS: Final = (
    ("top", 28),
    ("right", 35),
    ("bottom", 26),
    ("left", 37),
    ("header", 15),
    ("footer", 15),
    ("gutter", 0),
)
"""Margins in mm: the page turned, so that its head lies at the binding."""


def document(body: str, *, sideways: bool = False) -> str:
    """Return the main part: A4, the margins, the two footers."""
    margins = SIDEWAYS if sideways else UPRIGHT
    page = 'w:w="16838" w:h="11906" w:orient="landscape"' if sideways else 'w:w="11906" w:h="16838"'
    sizes = " ".join(f'w:{side}="{round(mm * MM)}"' for side, mm in margins)
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId10"/><w:footerReference w:type="even" r:id="rId11"/>'
        f"<w:pgSz {page}/><w:pgMar {sizes}/></w:sectPr>"
    )
    return f"{HEAD}<w:document {NS}><w:body>{body}{section}</w:body></w:document>"


def styles() -> str:
    """Return the styles a clerk sees in Word, all with exact line pitch."""
    made = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="a"/>'
        f"<w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{fonts(font, SONG if name == '页码' else 'Times New Roman')}"
        f"{'<w:spacing w:val=' + chr(34) + '-5' + chr(34) + '/>' if size == 32 else ''}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        for name, (font, size, ppr) in STYLES.items()
    )
    return (
        f"{HEAD}<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANG)}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/></w:pPr></w:style>'
        f"{made}</w:styles>"
    )


def footer(align: str) -> str:
    """Return a footer: — n — in 4号 half-width 宋体, one character from the edge."""
    side = "right" if align == "right" else "left"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    place = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{align}"/>'
    return f"{HEAD}<w:ftr {NS}>{p(run('— ') + field + run(' —'), '页码', place)}</w:ftr>"


def package(body: str, *, sideways: bool = False) -> dict[str, str]:
    """Return the parts of a docx by name; `sideways` for a wide table."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
    overrides = {**kinds, "footer1": "footer", "footer2": "footer"}
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    linked = (("styles", "rId1"), ("settings", "rId2"), ("fontTable", "rId3"))
    footers = (("footer1", "rId10"), ("footer2", "rId11"))
    fonts_listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in FONTS.items()
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{main}.{kind}+xml"/>' for name, kind in overrides.items()
        )
        + "</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="{key}" Type="{office}/{"footer" if (name, key) in footers else name}" Target="{name}.xml"/>'
            for name, key in (*linked, *footers)
        )
        + "</Relationships>",
        "word/document.xml": document(body, sideways=sideways),
        "word/styles.xml": styles(),
        "word/settings.xml": f"{HEAD}<w:settings {NS}><w:evenAndOddHeaders/><w:characterSpacingControl "
        'w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/fontTable.xml": f"{HEAD}<w:fonts {NS}>{fonts_listed}</w:fonts>",
        "word/footer1.xml": footer("right"),
        "word/footer2.xml": footer("left"),
    }  # fmt: skip
