"""The words of a finished file, block by block: paragraphs of Word, cells of Excel, pieces of a page, lines."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Final

_PARAGRAPH: Final = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_WORDS: Final = re.compile(r"<w:(?:t(?: [^>]*)?>([^<]*)</w:t>|(br|tab|cr)(?: [^>]*)?/>)")
_CELL: Final = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_ITEM: Final = re.compile(r"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.DOTALL)
_TEXT: Final = re.compile(r"<t\b[^>]*>([^<]*)</t>")
_VALUE: Final = re.compile(r"<v>([^<]*)</v>")
_SPECIAL: Final = {"br": "\n", "cr": "\n", "tab": "\t"}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file's words and where it stands."""

    where: str
    text: str


def blocks(data: bytes, ending: str) -> list[Block]:
    """Return the words of a file of zyw's, of the kind that its ending says, in their order; blank pieces left out."""
    return [block for block in _READERS[ending](data) if block.text.strip()]


def _word(data: bytes) -> Iterator[Block]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml", name):
                head = "" if name == "word/document.xml" else f"{name[5:-4]} "
                for number, found in enumerate(_PARAGRAPH.findall(archive.read(name).decode()), 1):
                    text = "".join(_SPECIAL.get(sign, words) for words, sign in _WORDS.findall(found))
                    yield Block(f"{head}第 {number} 段", unescape(text))


def _sheets(data: bytes) -> Iterator[Block]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        shared: list[str] = []
        if "xl/sharedStrings.xml" in names:
            items = re.findall(
                r"<si\b[^>]*?(?:/>|>(.*?)</si>)", archive.read("xl/sharedStrings.xml").decode(), re.DOTALL
            )
            shared = [unescape("".join(_TEXT.findall(item))) for item in items]
        for name in sorted(names, key=lambda one: (len(one), one)):
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                yield from _cells(archive.read(name).decode(), name[14:-4], shared)


def _cells(xml: str, sheet: str, shared: list[str]) -> Iterator[Block]:
    for attributes, content in _CELL.findall(xml):
        where = re.search(r'\br="([A-Z]+\d+)"', attributes)
        value = _VALUE.search(content)
        text = unescape("".join(_TEXT.findall(content))) if 't="inlineStr"' in attributes else value[1] if value else ""
        if 't="s"' in attributes and value:
            text = shared[int(value[1])]
        yield Block(f"{sheet}!{where[1] if where else '?'}", text)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "script")
        for name, value in attrs:
            if value and name not in ("class", "style", "id"):
                self.found.append(Block(f"第 {self.getpos()[0]} 行", f"{name}={value}"))

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(Block(f"第 {self.getpos()[0]} 行", data))


def _page(data: bytes) -> Iterator[Block]:
    reader = _Words()
    reader.feed(data.decode())
    reader.close()
    yield from reader.found


def _lines(data: bytes) -> Iterator[Block]:
    for number, line in enumerate(data.decode().splitlines(), 1):
        yield Block(f"第 {number} 行", line)


_READERS: Final[dict[str, Callable[[bytes], Iterator[Block]]]] = {
    ".docx": _word, ".xlsx": _sheets, ".html": _page, ".htm": _page, ".txt": _lines,
}  # fmt: skip
