"""A Word template compiled once and filled many times: tags as docxtpl writes them, data never read as tags.

docxtpl's `patch_xml` undoes what Word does to tags (split runs, `{%tr %}`, `{%p %}`, merged cells); each tagged part is
compiled once, in a sandbox without loader or globals, and rendered to text; untouched parts keep their bytes.
Pictures and sub-documents, which need docxtpl's own slow path, are no data of any paper.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from xml.parsers import expat

from jinja2 import StrictUndefined, nodes, pass_eval_context
from jinja2 import Template as Compiled
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from zyw.container.packing import Part
from zyw.problems import Place, Problem, Verbatim, ZywError, problem
from zyw.template_names import Names, check_names
from zyw.wordfile import SPECIAL, NoWordFileError, properties, read_parts, visible, write_parts

Context = Mapping[str, Any]
"""What fills a template: plain texts, numbers, truth values, and mappings and lists of them."""

MAX_STEPS: Final = 200_000
"""How many rounds all loops of one paper may take together."""
MAX_CHARACTERS: Final = 50_000_000
_TAGGED: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TAG: Final = re.compile(r"\{\{|\{%|\{#|\{(?:<[^>]*>)+[{%#]")
_COLUMNS_VARY: Final = re.compile(r"\{%\s*(?:tc\b|colspan\b|hm\b)")
_STEPS: Final = "·每项"
_NUMBER_LIMIT: Final = 10**12


class _Sandbox(ImmutableSandboxedEnvironment):
    """No globals, no loader; arithmetic with numbers only, so that no text grows by multiplication."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Compute with whole or broken numbers below 10¹²; anything else is refused."""
        if not all(isinstance(value, int | float) and abs(value) < _NUMBER_LIMIT for value in (left, right)):
            raise SecurityError(f"{operator} 两边只能是数")
        return super().call_binop(context, operator, left, right)


class _Steps:
    """Counts the rounds of all loops of one paper and stops a template that would never end."""

    def __init__(self) -> None:
        self.left = MAX_STEPS

    def walk(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self.left -= 1
            if self.left < 0:
                raise SecurityError("循环次数过多")
            yield item


def plain(value: object) -> object:
    """Return data as Word can hold it: a line break and a tab as Word's own, other control characters visible.

    U+000B becomes ␋, half a surrogate �: nothing vanishes and nothing is cut off after it (failures.md T09). A truth
    value is 是 or 否, nothing is nothing, 6/2 is 3: `{{ 有满意率 }}` must not print a word of Python.
    """
    if value is None or isinstance(value, bool):
        return {None: "", True: "是", False: "否"}[value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, str) or not SPECIAL.search(value):
        return value
    safe = str(escape(visible(value))).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return Markup(safe.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">'))


@pass_eval_context  # not looked at; without it jinja prints constants (`{{ none }}`) as Python does, past this
def _printed(_context: object, value: object) -> object:
    return plain(value)


def _through_plain(name: str) -> Callable[..., object]:
    """Return jinja's filter of texts `name`, which meets a truth value as 是 or 否."""
    return lambda value, *more: FILTERS[name](plain(value), *more)


@pass_eval_context
def _joined(context: nodes.EvalContext, values: Iterable[object], between: str = "", attribute: str = "") -> object:
    if attribute:
        values = map(make_attrgetter(context.environment, attribute), values)
    return FILTERS["join"](context, map(plain, values), between)


@dataclass(frozen=True)
class WordTemplate:
    """A template ready to be filled; make it with `compile_template`."""

    file: str
    parts: Mapping[str, Part]
    compiled: Mapping[str, Compiled]
    repairs: Mapping[str, Callable[[str], str]]
    steps: _Steps

    def fill(self, context: Context, title: str, as_of: date) -> bytes:
        """Return the paper; raises `ZywError` R006 when the template makes no document of this data.

        Equal arguments give equal bytes; every time in the file is `as_of`.
        """
        self.steps.left = MAX_STEPS
        changed = {name: self._render(name, context) for name in self.compiled}
        return write_parts(self.parts, {**changed, **properties(title, title, as_of)}, as_of)

    def _render(self, name: str, context: Context) -> bytes:
        try:
            text = _bounded(self.compiled[name].generate(context)).replace("\n", "")
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            raise ZywError(problem("R006", Place(self.file), 原因=_reason(error))) from error
        if name in self.repairs:
            text = self.repairs[name](text)
        content = text.encode()
        try:
            expat.ParserCreate().Parse(content, True)
        except expat.ExpatError as error:
            reason = Verbatim("判断或循环跨过了段落或表格的边界")
            raise ZywError(problem("R006", Place(self.file), 原因=reason)) from error
        return content


def _bounded(chunks: Iterator[str]) -> str:
    found, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_CHARACTERS:
            raise SecurityError("文书过长")
        found.append(chunk)
    return "".join(found)


def _reason(error: Exception) -> Verbatim:
    return Verbatim(
        str(error) if isinstance(error, SecurityError) and not str(error).isascii() else "数据与模板的写法不合"
    )


def compile_template(data: bytes, names: Names, file: str) -> tuple[WordTemplate | None, tuple[Problem, ...]]:
    """Return the template in `data` (docx) ready to be filled with `names`, and what is wrong with it.

    Nothing is filled while a problem of severity 错误 stands: R001 no docx, R002 unknown name, R003 syntax, R004 what
    templates may not do, R005 a table used as a value. `file` is the name that messages show.
    """
    try:
        parts = read_parts(data)
    except NoWordFileError as error:
        return None, (problem("R001", Place(file), 原因=Verbatim(str(error))),)
    steps = _Steps()
    environment = _environment(steps)
    problems: list[Problem] = []
    compiled: dict[str, Compiled] = {}
    repairs: dict[str, Callable[[str], str]] = {}
    for name in filter(_TAGGED.fullmatch, parts):
        source = parts[name].content().decode("utf-8-sig")
        if not _TAG.search(source):
            continue
        tree, found = _parse(environment, source, names, file)
        problems += found
        if tree is not None and not found:
            try:
                compiled[name] = _compile(environment, tree)
            except (SyntaxError, RecursionError):
                problems.append(_too_deep(file))
            if _COLUMNS_VARY.search(source):
                repairs[name] = _fix_columns
    if problems:
        return None, tuple(problems)
    if not compiled:
        problems.append(problem("R007", Place(file)))
    return WordTemplate(file, parts, compiled, repairs, steps), tuple(problems)


def _environment(steps: _Steps) -> _Sandbox:
    environment = _Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_printed, loader=None, cache_size=0)
    environment.globals.clear()
    environment.filters[_STEPS] = steps.walk
    environment.filters["join"] = _joined
    environment.filters |= {name: _through_plain(name) for name in ("string", "lower", "upper", "trim")}
    return environment


def _parse(
    environment: _Sandbox, source: str, names: Names, file: str
) -> tuple[nodes.Template | None, tuple[Problem, ...]]:
    """Parse a part; a line of the template is a paragraph, the first being line 2."""
    from docxtpl import DocxTemplate

    numbered = re.sub(r"<w:p([ >])", r"\n<w:p\1", source.replace("\r", "").replace("\n", " "))
    try:
        tree = environment.parse(DocxTemplate(None).patch_xml(numbered))
    except TemplateSyntaxError as error:
        paragraph = max(error.lineno - 1, 0)
        place = Place(file, line=paragraph)
        return None, (problem("R003", place, 段=paragraph, 原因=Verbatim(_syntax(error))),)
    except RecursionError:
        return None, (_too_deep(file),)
    return tree, check_names(tree, names, file)


def _too_deep(file: str) -> Problem:
    return problem("R003", Place(file), 段="某", 原因=Verbatim("循环、判断或括号套得太深"))


_SYNTAX: Final = (
    ("unknown tag 'end", "多了一个 end…，或者前面少了对应的 if、for"),
    ("unknown tag", "{% %} 里只能写 if、elif、else、endif、for、endfor"),
    ("Unexpected end of template", "少了 endif 或 endfor"),
    ("Missing end of", "标记没有写完"),
    ("unexpected char", "有不认识的符号（全角的逗号、括号、引号要改成半角）"),
    ("No filter named", "没有这个过滤器"),
    ("No test named", "没有这种判断"),
)


def _syntax(error: TemplateSyntaxError) -> str:
    """Return jinja's reason in Chinese."""
    message = error.message or ""
    return next((said for sign, said in _SYNTAX if sign in message), "不合语法")


def _compile(environment: _Sandbox, tree: nodes.Template) -> Compiled:
    """Compile a checked tree, every loop counting its rounds."""
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _STEPS, [], [], None, None, lineno=loop.lineno)
    code = environment.compile(tree)
    return Compiled.from_code(environment, code, environment.globals)


def _fix_columns(xml: str) -> str:
    """Give tables whose columns repeat a grid that fits: WPS follows `gridCol`, not the cells' widths."""
    from docx.opc.oxml import serialize_part_xml
    from docxtpl import DocxTemplate

    return str(serialize_part_xml(DocxTemplate(None).fix_tables(xml.encode())).decode())
