"""`zyw close`: seal a month."""

from typing import Annotated

import typer

from zyw.commands.parameters import Rules, Signed, Talk

Folder = Annotated[str | None, typer.Argument(metavar="文件夹", help="工作文件夹；不写就从当前文件夹往上找 zyw.yaml")]
Label = Annotated[str, typer.Argument(metavar="时段", help="输出 里的文件夹名，如 2012-05")]


def close(label: Label, folder: Folder = None, *, rules: Rules, signed: Signed, talk: Talk) -> None:
    """封存一个月：台账、方案、设置、结果和清单一起放进 存档/年-月，以后再也不写。

    先照现在的台账重算一遍，与上次运行的结果一样才封存。屏幕上的封存号抄进登记本，日后可以核对。存档里有台账原件，
    只供内部保管。
    """
    from pathlib import Path

    from zyw import console
    from zyw.month.closing import close_month
    from zyw.month.doing import workspace_folder

    closed = close_month(Path(folder or workspace_folder()), label, signed.by, rules.scheme)
    if talk.json:
        told = {"version": 1, "bundle": closed.bundle.as_posix(), "seal": closed.seal.number, "problems": []}
        console.document(told | {"files": len(closed.seal.files), "who": closed.seal.who, "on": closed.seal.on})
    else:
        size = len(closed.seal.files)
        console.out(f"{label} 已封存在 {closed.bundle.as_posix()}，{size} 个文件，封存号 {closed.seal.number}")
        console.say(f"核对：zyw verify {closed.bundle.as_posix()}", quiet=talk.quiet)
