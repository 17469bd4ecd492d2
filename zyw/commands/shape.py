"""How commands are made from plain functions: Chinese help, options declared once, modules loaded on use.

A command's function takes its words and one or more records of options (`Asked`, `Talk` …); `verb` spreads each
record into the options of `parameters.OPTIONS`, so that an option has one name and one text in the whole app.
"""

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from zyw.commands.parameters import OPTIONS
from zyw.options import ALONE
from zyw.problems import ZywError
from zyw.shown.widths import pad, width, wrap

COLUMNS: Final = 80
FIRST: Final = 26


class _AsTyped:
    """Takes the words as they are typed: all options here are text, lists of text or switches.

    Typer would load pydantic (0.1 s) to find out that a text is a text.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value of an option; several words are a list."""
        del ctx
        return list(value or ()) if param.multiple or param.nargs == -1 else value


class Verb(TyperCommand):
    """A command whose help is Chinese."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the words; an option of `ALONE` that stands without its `甲=乙` gets the value it has alone."""
        return super().parse_args(ctx, list(_completed(args)))

    def get_params(self, ctx: Any) -> Any:
        """Return the options, `--help` among them, taken as they are typed."""
        return _as_typed(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, what it does, its words and its options."""
        formatter.write("\n".join(help_lines(self, ctx)) + "\n")


def _completed(args: list[str]) -> Iterator[str]:
    for at, word in enumerate(args):
        yield word
        if word in ALONE and not (at + 1 < len(args) and re.search("[=＝]", args[at + 1])):
            yield ALONE[word]


class Verbs(TyperGroup):
    """A group whose commands are imported when they are used; their one-line texts stand in the table itself."""

    table: Mapping[str, tuple[str, str]] = {}
    """Command → (module of `zyw.commands`[:function], one line of help)."""

    def get_params(self, ctx: Any) -> Any:
        """Return the options of the group itself, taken as they are typed."""
        return _as_typed(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the commands in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the command's module and build the command; None when there is no such command."""
        if cmd_name not in self.table:
            return None
        if cmd_name not in self.commands:
            module, _, function = self.table[cmd_name][0].partition(":")
            found = getattr(import_module(f"zyw.commands.{module}"), function or module)
            self.commands[cmd_name] = found if isinstance(found, Verbs) else verb(cmd_name, found)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; raises `ZywError` G002 (exit 2) with the three nearest when there is none."""
        if args[0] not in self.table:
            from zyw.usage import unknown_command

            raise ZywError(unknown_command(args[0], list(self.table)))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage and the commands, each with its line."""
        formatter.write("\n".join(help_lines(self, ctx)) + "\n")


def group(name: str, text: str, table: Mapping[str, tuple[str, str]]) -> Verbs:
    """Return the group of commands that `table` names."""
    made = Verbs(name=name, help=text, rich_markup_mode=None, suggest_commands=False, no_args_is_help=True)
    made.table = table
    return made


def verb(name: str, function: Callable[..., None]) -> Any:
    """Return the command `name` that runs `function`."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, cls=Verb)(_spread(function))
    return get_command(app)


def _as_typed(parameters: Any) -> Any:
    for parameter in parameters:
        parameter.get_runtime_param = _AsTyped
    return parameters


def _spread(function: Callable[..., None]) -> Callable[..., None]:
    """Give the function one parameter a field, for every parameter that is a record of options."""
    hints = get_type_hints(function, include_extras=True)
    parameters: list[inspect.Parameter] = []
    records: dict[str, tuple[type, list[str]]] = {}
    for parameter in inspect.signature(function).parameters.values():
        hint = hints[parameter.name]
        if not (isinstance(hint, type) and dataclasses.is_dataclass(hint)):
            parameters.append(parameter.replace(annotation=hint))
            continue
        fields = dataclasses.fields(hint)
        types = get_type_hints(hint)
        records[parameter.name] = (hint, [field.name for field in fields])
        parameters += [_option(field, types[field.name]) for field in fields]

    parameters.sort(key=lambda parameter: parameter.kind)

    def run(**values: Any) -> None:
        for record, (kind, names) in records.items():
            values[record] = kind(**{name: values.pop(name) for name in names})
        function(**values)

    run.__doc__ = function.__doc__
    run.__name__ = function.__name__
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def _option(field: "dataclasses.Field[Any]", kind: Any) -> inspect.Parameter:
    annotation = Annotated[kind, OPTIONS[field.name]]
    return inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=annotation)


def help_lines(command: Any, ctx: Any) -> list[str]:
    """Return the help of a command in Chinese, at 80 columns."""
    words = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    subcommands = command.table if isinstance(command, Verbs) else {}
    usage = " ".join([ctx.command_path, *(_word(p) for p in words), "命令" if subcommands else "", "[选项]"])
    lines = [f"用法：{' '.join(usage.split())}", ""]
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        lines += [*wrap("".join(paragraph.split("\n")), COLUMNS), ""]
    lines += _section("命令", [(name, text) for name, (_, text) in subcommands.items()])
    lines += _section("参数", [(p.metavar or p.name, p.help or "") for p in words])
    return lines + _section("选项", [*(_names(p) for p in options), ("--help", "显示这一页")])


def _word(parameter: Any) -> str:
    name = (parameter.metavar or parameter.name) + ("…" if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _names(parameter: Any) -> tuple[str, str]:
    names = "，".join(sorted(parameter.opts, key=len))
    return (names if parameter.is_flag else f"{names} {parameter.metavar}"), parameter.help or ""


def _section(title: str, rows: list[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    lines = [f"{title}："]
    for name, text in rows:
        head = f"  {name}"
        body = wrap(text, COLUMNS - FIRST - 2)
        if width(head) > FIRST:
            lines.append(head)
            head = ""
        lines.append(f"{pad(head, FIRST)}  {body[0]}".rstrip())
        lines += [" " * (FIRST + 2) + rest for rest in body[1:]]
    return [*lines, ""]


def options_of(hint: Any) -> Any:
    """Return the typer record inside an `Annotated` hint, None when there is none (for the docs)."""
    return get_args(hint)[1] if get_origin(hint) is Annotated else None
