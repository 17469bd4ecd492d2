"""A template that is a text: HTML, where data is escaped and nothing is fetched or run, or plain text.

A page goes to others by mail or intranet: a script, or a picture that lies elsewhere, would run in their browsers or
tell who opens it. So both are refused, and so is an address made of data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Final

from jinja2 import Template as Compiled
from markupsafe import escape

from zyw.problems import Place, Problem, Verbatim, problem
from zyw.templating.names import Names, Spot, Used
from zyw.templating.officefile import SPECIAL, visible
from zyw.templating.sandbox import Context, Source, Steps, compiled, environment, raw, rendered, worded

_RUNS: Final = {
    "script": "脚本", "iframe": "嵌入的网页", "frame": "嵌入的网页", "object": "嵌入的对象", "embed": "嵌入的对象",
    "form": "表单", "base": "base 标签", "link": "外部样式表（link）",
}  # fmt: skip
_FETCHES: Final = frozenset(("src", "href", "srcset", "poster", "background", "action", "data", "xlink:href"))
_TAGGED: Final = re.compile(r"\{\{|\{%")
_ELSEWHERE: Final = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_STYLE: Final = re.compile(r"@import|url\s*\(|expression\s*\(", re.IGNORECASE)


@dataclass(frozen=True)
class TextTemplate:
    """A template ready to be filled; make it with `compile_text`."""

    file: str
    compiled: Compiled
    steps: Steps
    used: Used

    def fill(self, context: Context, title: str, as_of: date) -> bytes:
        """Return the text in UTF-8; raises `ZywError` R006. Title and day are what the template prints of them."""
        del title, as_of
        self.steps.again()
        return rendered(self.compiled, context, self.file).encode()


def compile_text(data: bytes, names: Names, file: str) -> tuple[TextTemplate | None, tuple[Problem, ...]]:
    """Return the template in `data` ready to be filled with `names`, and what is wrong in it, with its line.

    R001 no UTF-8, R002–R005 as for Word, R007 without tags, R008 what a page may not hold; `file` ends in .html, .txt.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, (problem("R001", Place(file), 原因=Verbatim("不是 UTF-8 编码的文本，请另存为 UTF-8")),)
    page = file.lower().endswith((".html", ".htm"))
    steps = Steps()
    used: Used = set()
    sandbox = environment(steps, printed_in_page if page else printed_in_text, escape=page)
    made, problems = compiled(sandbox, Source(text, lambda line: _spot(file, line)), names, used)
    if page:
        refused = tuple(problem("R008", Place(file, line=line), 内容=Verbatim(what)) for line, what in _active(text))
        problems = (*problems, *refused)
    if problems or made is None:
        return None, problems
    doubts = () if _TAGGED.search(text) else (problem("R007", Place(file)),)
    return TextTemplate(file, made, steps, used), doubts


def _spot(file: str, line: int) -> Spot:
    return Spot(Place(file, line=max(line, 1)), Verbatim(f"第 {max(line, 1)} 行"))


def printed_in_page(value: object) -> object:
    """Return a value as a page shows it: line breaks as breaks, control characters visible."""
    value = worded(value)
    if isinstance(value, str) and SPECIAL.search(value):
        return raw(str(escape(visible(value))).replace("\n", "<br>"))
    return value


def printed_in_text(value: object) -> object:
    """Return a value as a line of text holds it: in one line, control characters visible."""
    value = worded(value)
    return visible(value).replace("\n", " ") if isinstance(value, str) and SPECIAL.search(value) else value


class _Page(HTMLParser):
    """Notes what a page would run or fetch."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._styled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag and its attributes."""
        line = self.getpos()[0]
        self._styled = tag == "style"
        if tag in _RUNS:
            self.found.append((line, _RUNS[tag]))
        for name, value in attrs:
            self._attribute(line, tag, name, value or "")

    def _attribute(self, line: int, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.found.append((line, "脚本（" + name + "）"))
        elif name in _FETCHES and (_TAGGED.search(value) or (_ELSEWHERE.match(value) and not _inline(tag, value))):
            self.found.append((line, "从别处取的内容（" + name + "）"))
        elif name == "http-equiv" and value.lower() == "refresh":
            self.found.append((line, "自动跳转"))
        elif name == "style" and _STYLE.search(value):
            self.found.append((line, "从别处取的样式"))

    def handle_data(self, data: str) -> None:
        """Look at a style sheet."""
        if self._styled and (_STYLE.search(data) or _TAGGED.search(data)):
            self.found.append((self.getpos()[0], "从别处取的样式"))
        self._styled = False

    def handle_decl(self, decl: str) -> None:
        """Look at a document type: one that defines entities is refused."""
        if "[" in decl:
            self.found.append((self.getpos()[0], "自定义的文档类型（DOCTYPE）"))


def _inline(tag: str, value: str) -> bool:
    """Say whether a picture is in the page itself."""
    return tag == "img" and re.match(r"\s*data:image/(?:png|jpeg|gif);base64,", value) is not None


def _active(text: str) -> Iterator[tuple[int, str]]:
    page = _Page()
    page.feed(re.sub(r"\{#.*?#\}", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL))
    page.close()
    yield from dict.fromkeys(page.found)
