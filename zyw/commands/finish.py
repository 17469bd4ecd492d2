"""How a command ends: what it has to say, and its exit code."""

from collections.abc import Sequence
from typing import NoReturn

import typer

from zyw import console
from zyw.commands.parameters import Talk
from zyw.exits import verdict
from zyw.options import line
from zyw.pipeline import Result
from zyw.problems import Problem


def leave(problems: Sequence[Problem], missing: Sequence[str] = (), *, strict: bool = False) -> NoReturn:
    """Leave with the code that the problems and the missing inputs ask for."""
    raise typer.Exit(verdict(problems, missing, strict=strict))


def talk_and_leave(result: Result, inputs: Sequence[str], talk: Talk) -> NoReturn:
    """Print the gravest problems on stderr, unless JSON carries them all, and leave."""
    if not talk.json:
        console.some_problems(result.problems, line(["zyw", "check", *inputs]), quiet=talk.quiet)
    for file in result.ledger.missing_inputs:
        console.say(f"缺：{file} 没有读到", quiet=talk.quiet or talk.json)
    leave(result.problems, result.ledger.missing_inputs, strict=talk.strict)
