"""`zyw demo`: an example office, and its month."""

from typing import Annotated, Final

import typer

from zyw.commands.parameters import Talk
from zyw.library import EXAMPLE

Folder = Annotated[str, typer.Argument(metavar="文件夹", help="写到哪里")]
OFFICE: Final = typer.Option("--scheme", metavar="方案", help="哪个方案的示例：五个内置方案各有一个")


def demo(talk: Talk, folder: Folder = "zyw-demo", scheme: Annotated[str, OFFICE] = EXAMPLE) -> None:
    """写出示例教育局的台账（人名、校名都是虚构的），并跑完它的一个月。

    照着屏幕上的下一步试：看问题、看排名、问一所学校的分从哪里来。
    """
    from zyw import console, pipeline
    from zyw.commands import finish
    from zyw.demo import tour_of, write_office
    from zyw.month.doing import Orders, run_month
    from zyw.options import Asked

    tour = tour_of(scheme)
    write_office(folder, scheme)
    done = run_month(pipeline.Wanted("run", (folder,), None, Asked(month=tour.month), quiet=talk.quiet), Orders())
    intended = "，有几处错误是有意留的" if scheme == EXAMPLE else ""
    console.say(f"示例台账在 {folder}{intended}。\n{tour.next_steps(folder)}\n", quiet=talk.quiet)
    finish.show_written(done.result, done.folder, done.files, talk)
