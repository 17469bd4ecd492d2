"""A Word template compiled once and filled many times: tags as docxtpl writes them, data never read as tags.

docxtpl's `patch_xml` undoes what Word does to tags (split runs, `{%tr %}`, `{%p %}`, merged cells); each tagged part is
compiled once, in a sandbox without loader or globals, and rendered to text; untouched parts keep their bytes.
Pictures and sub-documents, which need docxtpl's own slow path, are no data of any paper.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.parsers import expat

from jinja2 import Template as Compiled
from markupsafe import escape

from zyw.container.packing import Part
from zyw.problems import Place, Problem, Verbatim, ZywError, problem
from zyw.templating.names import Names, Used, paragraphs
from zyw.templating.officefile import SPECIAL, NoWordFileError, properties, read_parts, visible, write_parts
from zyw.templating.sandbox import Context, Source, Steps, compiled, environment, raw, rendered, worded

_TAGGED: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TAG: Final = re.compile(r"\{\{|\{%|\{#|\{(?:<[^>]*>)+[{%#]")
_COLUMNS_VARY: Final = re.compile(r"\{%\s*(?:tc\b|colspan\b|hm\b)")


def plain(value: object) -> object:
    """Return data as Word can hold it: a line break and a tab as Word's own, other control characters visible.

    U+000B becomes ␋, half a surrogate �: nothing vanishes and nothing is cut off after it (failures.md T09).
    """
    value = worded(value)
    if not isinstance(value, str) or not SPECIAL.search(value):
        return value
    safe = str(escape(visible(value))).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return raw(safe.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">'))


@dataclass(frozen=True)
class WordTemplate:
    """A template ready to be filled; make it with `compile_template`."""

    file: str
    parts: Mapping[str, Part]
    compiled: Mapping[str, Compiled]
    repairs: Mapping[str, Callable[[str], str]]
    steps: Steps
    used: Used

    def fill(self, context: Context, title: str, as_of: date) -> bytes:
        """Return the paper; raises `ZywError` R006 when the template makes no document of this data.

        Equal arguments give equal bytes; every time in the file is `as_of`.
        """
        self.steps.again()
        changed = {name: self._render(name, context) for name in self.compiled}
        return write_parts(self.parts, {**changed, **properties(title, title, as_of)}, as_of)

    def _render(self, name: str, context: Context) -> bytes:
        text = rendered(self.compiled[name], context, self.file).replace("\n", "")
        if name in self.repairs:
            text = self.repairs[name](text)
        content = text.encode()
        try:
            expat.ParserCreate().Parse(content, True)
        except expat.ExpatError as error:
            reason = Verbatim("判断或循环跨过了段落或表格的边界")
            raise ZywError(problem("R006", Place(self.file), 原因=reason)) from error
        return content


def compile_template(data: bytes, names: Names, file: str) -> tuple[WordTemplate | None, tuple[Problem, ...]]:
    """Return the template in `data` (docx) ready to be filled with `names`, and what is wrong with it.

    Nothing is filled while a problem of severity 错误 stands: R001 no docx, R002 unknown name, R003 syntax, R004 what
    templates may not do, R005 a table used as a value. `file` is the name that messages show.
    """
    try:
        parts = read_parts(data)
    except NoWordFileError as error:
        return None, (problem("R001", Place(file), 原因=Verbatim(str(error))),)
    steps = Steps()
    used: Used = set()
    sandbox = environment(steps, plain)
    problems: list[Problem] = []
    ready: dict[str, Compiled] = {}
    repairs: dict[str, Callable[[str], str]] = {}
    for name in filter(_TAGGED.fullmatch, parts):
        source = parts[name].content().decode("utf-8-sig")
        if not _TAG.search(source):
            continue
        made, found = compiled(sandbox, Source(_numbered(source), paragraphs(file)), names, used)
        problems += found
        if made is not None:
            ready[name] = made
            if _COLUMNS_VARY.search(source):
                repairs[name] = _fix_columns
    if problems:
        return None, tuple(problems)
    if not ready:
        problems.append(problem("R007", Place(file)))
    return WordTemplate(file, parts, ready, repairs, steps, used), tuple(problems)


def _numbered(source: str) -> str:
    """Return a part as jinja reads it: a line is a paragraph, the first being line 2."""
    from docxtpl import DocxTemplate

    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", source.replace("\r", "").replace("\n", " "))
    return str(DocxTemplate(None).patch_xml(lines))


def _fix_columns(xml: str) -> str:
    """Give tables whose columns repeat a grid that fits: WPS follows `gridCol`, not the cells' widths."""
    from docx.opc.oxml import serialize_part_xml
    from docxtpl import DocxTemplate

    return str(serialize_part_xml(DocxTemplate(None).fix_tables(xml.encode())).decode())
