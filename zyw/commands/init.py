"""`zyw init`: a new workspace."""

from typing import Annotated

import typer

from zyw.commands.parameters import Names, Rules, Talk

Folder = Annotated[str, typer.Argument(metavar="文件夹", help="新的工作文件夹")]


def init(folder: Folder, *, rules: Rules, names: Names, talk: Talk) -> None:
    """一个新的工作文件夹：zyw.yaml（每一项都有说明）、按方案做好下拉选项的空白台账、给填表人的使用说明。

    已经有的文件不会被替换。以后每个月：台账放进去，zyw run 文件夹 --month 年-月。
    """
    from pathlib import Path

    from zyw import console, desk
    from zyw.library import EXAMPLE
    from zyw.options import line
    from zyw.problems import Verbatim, ZywError, problem

    if rules.scheme is None:
        raise ZywError(problem("G020", 照抄=Verbatim(line(["zyw", "init", folder, "--scheme", EXAMPLE]))))
    files = desk.workspace_files(rules.scheme, desk.units_for_form(names.roster))
    desk.write_workspace(Path(folder), files)
    if not talk.quiet:
        console.out("\n".join([f"已写到 {folder}：", *(f"  {name}" for name in files)]))
    console.say(f"先填 {folder}/{desk.LEDGERS}/名册.xlsx，再运行 zyw check {folder}。", quiet=talk.quiet)
