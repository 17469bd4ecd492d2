"""The sandbox in which templates run: no loader, no globals, counted loops, strict names, numbers only in arithmetic.

Templates come by mail (failures.md T08). What could run code or read files is refused by its form before anything is
filled (`template_names`); what could never end or eat memory is stopped here while it runs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from jinja2 import StrictUndefined, nodes, pass_eval_context
from jinja2 import Template as Compiled
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from zyw.problems import Place, Problem, Verbatim, ZywError, problem
from zyw.templating.names import Names, Spot, Used, check_names

Context: TypeAlias = Mapping[str, Any]
"""What fills a template: plain texts, numbers, truth values, and mappings and lists of them."""

MAX_STEPS: Final = 200_000
"""How many rounds all loops of one paper may take together."""
MAX_CHARACTERS: Final = 50_000_000
FAILURES: Final = (TemplateError, TypeError, ValueError, ArithmeticError)
"""What a template that was checked may still run into with its data."""
_STEPS: Final = "·每项"
_NUMBER_LIMIT: Final = 10**12


class Sandbox(ImmutableSandboxedEnvironment):
    """No globals, no loader; arithmetic with numbers only, so that no text grows by multiplication."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Compute with whole or broken numbers below 10¹²; anything else is refused."""
        if not all(isinstance(value, int | float) and abs(value) < _NUMBER_LIMIT for value in (left, right)):
            raise SecurityError(f"{operator} 两边只能是数")
        return super().call_binop(context, operator, left, right)


class Steps:
    """Counts the rounds of all loops of one paper and stops a template that would never end."""

    def __init__(self) -> None:
        self.left = MAX_STEPS

    def again(self) -> None:
        """Begin the next paper."""
        self.left = MAX_STEPS

    def walk(self, items: Iterable[Any]) -> Iterator[Any]:
        """Yield the items, counting them."""
        for item in items:
            self.left -= 1
            if self.left < 0:
                raise SecurityError("循环次数过多")
            yield item


def worded(value: object) -> object:
    """Return a value as a paper prints it: a truth value is 是 or 否, nothing is nothing, 6/2 is 3.

    `{{ 有满意率 }}` must not print a word of Python.
    """
    if value is None or isinstance(value, bool):
        return {None: "", True: "是", False: "否"}[value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def environment(steps: Steps, printed: Callable[[object], object], *, escape: bool = True) -> Sandbox:
    """Return a sandbox whose every printed value passes through `printed`; `escape` for XML and HTML."""

    @pass_eval_context  # not looked at; without it jinja prints constants (`{{ none }}`) as Python does, past this
    def finalize(_context: object, value: object) -> object:
        return printed(value)

    made = Sandbox(autoescape=escape, undefined=StrictUndefined, finalize=finalize, loader=None, cache_size=0)
    made.globals.clear()
    made.filters[_STEPS] = steps.walk
    made.filters["join"] = _joined(printed)
    made.filters |= {name: _through(printed, name) for name in ("string", "lower", "upper", "trim")}
    return made


def _through(printed: Callable[[object], object], name: str) -> Callable[..., object]:
    """Return jinja's filter of texts `name`, which meets a truth value as 是 or 否."""
    return lambda value, *more: FILTERS[name](printed(value), *more)


def _joined(printed: Callable[[object], object]) -> Callable[..., object]:
    @pass_eval_context
    def join(context: nodes.EvalContext, values: Iterable[object], between: str = "", attribute: str = "") -> object:
        if attribute:
            values = map(make_attrgetter(context.environment, attribute), values)
        return FILTERS["join"](context, map(printed, values), between)

    return join


def bounded(chunks: Iterable[str]) -> str:
    """Join what a template yields; refused past `MAX_CHARACTERS`."""
    found, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_CHARACTERS:
            raise SecurityError("文书过长")
        found.append(chunk)
    return "".join(found)


def rendered(template: Compiled, context: Context, file: str) -> str:
    """Return the text of one part; raises `ZywError` R006 when the template does not go with this data."""
    try:
        return bounded(template.generate(context))
    except FAILURES as error:
        raise ZywError(problem("R006", Place(file), 原因=_reason(error))) from error


def _reason(error: Exception) -> Verbatim:
    return Verbatim(
        str(error) if isinstance(error, SecurityError) and not str(error).isascii() else "数据与模板的写法不合"
    )


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one part as jinja reads it, and where its lines stand in the file that a clerk has open."""

    text: str
    spot: Callable[[int], Spot]
    """Line of the text → paragraph, cell or line."""


def compiled(sandbox: Sandbox, source: Source, names: Names, used: Used) -> tuple[Compiled | None, tuple[Problem, ...]]:
    """Return a part ready to be rendered, and what is wrong in it (R002–R005); not ready when anything is.

    The names that it uses are added to `used`.
    """
    try:
        tree = sandbox.parse(source.text)
        found = check_names(tree, names, source.spot, used)
    except TemplateSyntaxError as error:
        return None, (misspelt(source.spot(error.lineno), said(error)),)
    except RecursionError:
        return None, (_too_deep(source.spot(0)),)
    if found:
        return None, found
    try:
        return _counted(sandbox, tree), ()
    except (SyntaxError, RecursionError):
        return None, (_too_deep(source.spot(0)),)


def misspelt(spot: Spot, reason: str) -> Problem:
    """Report a tag whose syntax is wrong (R003)."""
    return problem("R003", spot.place, 处=spot.words, 原因=Verbatim(reason))


def _too_deep(spot: Spot) -> Problem:
    return problem("R003", Place(spot.place.file), 处=Verbatim("某处"), 原因=Verbatim("循环、判断或括号套得太深"))


_SYNTAX: Final = (
    ("unknown tag 'end", "多了一个 end…，或者前面少了对应的 if、for"),
    ("unknown tag", "{% %} 里只能写 if、elif、else、endif、for、endfor"),
    ("Unexpected end of template", "少了 endif 或 endfor"),
    ("Missing end of", "标记没有写完"),
    ("unexpected char", "有不认识的符号（全角的逗号、括号、引号要改成半角）"),
    ("No filter named", "没有这个过滤器"),
    ("No test named", "没有这种判断"),
)


def said(error: TemplateSyntaxError) -> str:
    """Return jinja's reason in Chinese."""
    message = error.message or ""
    return next((said for sign, said in _SYNTAX if sign in message), "不合语法")


def _counted(sandbox: Sandbox, tree: nodes.Template) -> Compiled:
    """Compile a checked tree, every loop counting its rounds."""
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _STEPS, [], [], None, None, lineno=loop.lineno)
    code = sandbox.compile(tree)
    return Compiled.from_code(sandbox, code, sandbox.globals)


def raw(text: str) -> Markup:
    """Return XML that a part prints as it stands."""
    return Markup(text)
