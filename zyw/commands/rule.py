"""`zyw rule`: what a problem code means."""

from typing import Annotated

import typer

Name = Annotated[str, typer.Argument(metavar="代码", help="问题代码，如 L012")]


def rule(code: Name) -> None:
    """一个问题代码是什么意思、为什么要查、怎么改。"""
    from zyw import console
    from zyw.options import did_you_mean
    from zyw.problems import ZywError, codes, problem
    from zyw.shown.rulepage import page

    found = codes().get(code.strip().upper())
    if found is None:
        raise ZywError(problem("G025", 名称=code, 相近=did_you_mean(code.upper(), codes())))
    console.out("\n".join(page(found)))
