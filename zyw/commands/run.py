"""`zyw run`: the whole month of one folder."""

from typing import Annotated

import typer

from zyw.commands.parameters import Bad, Caps, Output, Rules, Talk
from zyw.options import Asked

Folder = Annotated[
    str, typer.Argument(metavar="文件夹", help="放台账的文件夹；有 zyw.yaml 时照它做，没有时要写 --scheme")
]


def run(folder: Folder, *, rules: Rules, asked: Asked, out: Output, bad: Bad, caps: Caps, talk: Talk) -> None:
    """一个月的全部工作：检查、算分、排名、督查通报、每个单位的得分告知单。适合定时任务。

    结果写在文件夹的“输出/年-月”里（-o 可改），全部算好才一起放进去；退出码说明结果。
    """
    from zyw import pipeline
    from zyw.commands import finish
    from zyw.run import run_month

    wanted = pipeline.Wanted("run", (folder,), rules.scheme, asked, bad.skip_bad, talk.quiet, caps.limit or ())
    with finish.incomplete_as_json(talk):
        done = run_month(wanted, out.output, overwrite=out.overwrite)
    finish.show_written(done.result, done.folder, done.files, talk)
