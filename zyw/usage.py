"""What typer says of a wrong command line, said again in Chinese with the nearest right word.

typer carries its own copy of click, whose exception classes are not public: they are told apart by their name,
and what is not known here still becomes one plain line.
"""

import re
from typing import Any

from typer.exceptions import TyperException

from zyw.options import did_you_mean
from zyw.problems import Problem, Verbatim, problem


def explain(error: TyperException) -> Problem:
    """Return the usage problem that `error` stands for."""
    command = Verbatim(_path(error))
    kind = type(error).__name__
    if kind == "NoSuchOption":
        name = getattr(error, "option_name", "")
        return problem("G003", 命令=command, 名称=name, 相近=did_you_mean(name, _options(error)))
    if kind == "MissingParameter":
        return problem("G004", 名称=Verbatim(f"“{_missing(error)}”"), 命令=command)
    return problem("G001", 说明=Verbatim(_said(error)), 命令=command)


def unknown_command(name: str, known: list[str]) -> Problem:
    """Return the problem of a command that does not exist."""
    return problem("G002", 名称=name, 相近=did_you_mean(name, known))


def _said(error: TyperException) -> str:
    option = getattr(error, "option_name", "")
    if "requires" in error.message:
        return f"{option} 后面要跟一个值"
    if "does not take" in error.message:
        return f"{option} 后面不跟值"
    extra = re.search(r"unexpected extra argument\(s\) \((.*)\)", error.message, re.DOTALL)
    return f"多了“{extra[1]}”，不知道是什么意思" if extra else "命令没有看懂"


def _path(error: TyperException) -> str:
    context: Any = getattr(error, "ctx", None)
    return context.command_path if context is not None else "zyw"


def _options(error: TyperException) -> list[str]:
    context: Any = getattr(error, "ctx", None)
    if context is None:
        return []
    return [name for parameter in context.command.params for name in parameter.opts if name.startswith("--")]


def _missing(error: TyperException) -> str:
    parameter: Any = getattr(error, "param", None)
    return str(parameter.metavar or parameter.name) if parameter is not None else "内容"
