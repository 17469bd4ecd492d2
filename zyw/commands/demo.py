"""`zyw demo`: the example office, and its month."""

from typing import Annotated

import typer

from zyw.commands.parameters import Talk

Folder = Annotated[str, typer.Argument(metavar="文件夹", help="写到哪里")]
MONTH = "2012-05"


def demo(talk: Talk, folder: Folder = "zyw-demo") -> None:
    """写出示例教育局的台账（人名、校名都是虚构的），并跑完它的一个月。

    照着屏幕上的下一步试：看问题、看排名、问一所学校的分从哪里来。
    """
    from zyw import console, pipeline
    from zyw.commands import finish
    from zyw.demo import NEXT, write_office
    from zyw.month.doing import Orders, run_month
    from zyw.options import Asked

    write_office(folder)
    done = run_month(pipeline.Wanted("run", (folder,), None, Asked(month=MONTH), quiet=talk.quiet), Orders())
    console.say(
        f"示例台账在 {folder}，有几处错误是有意留的。{NEXT.format(folder=folder, month=MONTH)}\n", quiet=talk.quiet
    )
    finish.show_written(done.result, done.folder, done.files, talk)
