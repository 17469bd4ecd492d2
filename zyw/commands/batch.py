"""`zyw batch`: the month of many workspaces."""

from typing import Annotated

import typer

from zyw.commands.parameters import Many, Talk
from zyw.options import Asked

Folders = Annotated[
    list[str], typer.Argument(metavar="文件夹", help="工作文件夹，可以写几个；里面没有 zyw.yaml 的，做它下一层有的")
]


def batch(folders: Folders, *, asked: Asked, many: Many, talk: Talk) -> None:
    """许多工作文件夹各跑一个月：每个一个进程，一个做不成不影响别的，最后一张汇总表。

    全部完成退出码是 0；都做完了、台账里有错误是 1；有没做成的是 3，写明是哪些、各自的退出码。
    """
    from zyw import console
    from zyw.commands import finish
    from zyw.month import batch as batches
    from zyw.month.making import asked_words
    from zyw.options import period

    period(asked)
    words = [*asked_words(asked), *(["--strict"] if talk.strict else [])]
    ended = batches.run_all(batches.workspaces(folders), words, finish.count("--jobs", many.jobs))
    if talk.json:
        console.document({"version": 1, "workspaces": [each.entry() for each in ended], "problems": []})
    else:
        console.show_table(batches.HEADS, [each.row() for each in ended], numbers=(1,))
    for each in ended:
        if each.code > 1:
            console.say(f"{each.folder}：{each.said}", quiet=talk.quiet)
    raise typer.Exit(batches.verdict(ended))
