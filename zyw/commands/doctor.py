"""`zyw doctor`: what this machine and this workspace lack."""

from typing import Annotated

import typer

from zyw.commands.parameters import Talk

Folder = Annotated[
    str | None, typer.Argument(metavar="文件夹", help="工作文件夹；不写就从当前文件夹往上找，没有就只看这台电脑")
]


def doctor(folder: Folder = None, *, talk: Talk) -> None:
    """看这台电脑和这个工作文件夹缺什么：字体、LibreOffice、时钟、节假日表、写入权限、锁、方案、台账。

    “缺”的不补上做不成，退出码是 1；“留意”的不要紧。
    """
    from pathlib import Path

    from zyw import console, workspace
    from zyw.exits import Exit
    from zyw.month.doctor import HEADS, State, examine
    from zyw.month.doing import known_folder

    place = known_folder(folder) if folder else workspace.above(Path())
    found = examine(place)
    if talk.json:
        entries = [{"what": each.what, "state": each.state.value, "told": each.told} for each in found]
        console.document({"version": 1, "checks": entries, "problems": []})
    else:
        console.show_table(HEADS, [(each.what, each.state.value, each.told) for each in found])
    raise typer.Exit(Exit.DATA if any(each.state is State.BAD for each in found) else Exit.DONE)
