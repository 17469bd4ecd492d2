"""`zyw run`: the whole month of one folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from zyw.commands.parameters import Bad, Caps, Doing, Output, Rules, Talk
from zyw.options import Asked

if TYPE_CHECKING:
    from zyw.month.doing import Done
    from zyw.month.telling import Telling

Folder = Annotated[
    str | None,
    typer.Argument(
        metavar="文件夹",
        help="放台账的文件夹，照里面的 zyw.yaml 做，没有就要写 --scheme；不写就从当前文件夹往上找 zyw.yaml",
    ),
]


def run(
    folder: Folder = None,
    *,
    rules: Rules,
    asked: Asked,
    out: Output,
    doing: Doing,
    bad: Bad,
    caps: Caps,
    talk: Talk,
) -> None:
    """一个月的全部工作：检查、算分、排名、督查通报、每个单位的得分告知单。适合定时任务。

    不写时段就是上个月，zyw.yaml 里可改。结果写在文件夹的 输出/年-月 里，全部算好才一起放进去；退出码说明结果。
    您改过的结果不会被替换，新的放在旁边，名称后面有“（新）”；写了 --overwrite 才替换。
    """
    from zyw import console, pipeline
    from zyw.commands import finish
    from zyw.month.doing import Orders, label_of, run_month, workspace_folder
    from zyw.month.telling import telling

    root = folder or workspace_folder()
    wanted = pipeline.Wanted("run", (root,), rules.scheme, asked, bad.skip_bad, talk.quiet, caps.limit or ())
    orders = Orders(
        out.output,
        out.overwrite,
        tuple(doing.only or ()),
        doing.dry_run,
        finish.seconds(doing.wait),
        lambda step: console.at_work(f"正在做 {step.name}", quiet=talk.quiet),
    )
    if doing.dry_run:
        with finish.incomplete_as_json(talk):
            done = run_month(wanted, orders)
        _show(done, None, talk)
    with finish.incomplete_as_json(talk), telling(Path(root), doing.summary) as told:
        told.label = label_of(wanted)
        done = run_month(wanted, orders)
        code = finish.verdict_of(done.result, talk)
        told.done(done, code)
    _show(done, told, talk)


def _show(done: "Done", told: "Telling | None", talk: Talk) -> NoReturn:
    """Say in one line how it went, then what lies where; as JSON the ranking and what became of each file."""
    from zyw import console
    from zyw.commands import finish
    from zyw.evidence.deciding import Fate
    from zyw.outputs import ranked_payload

    console.at_work("")
    if talk.json:
        files = [{"file": each.file, "fate": each.fate.value} for each in done.placed]
        about = {"folder": done.folder.as_posix(), "files": files, "removed": list(done.gone), "dry_run": told is None}
        console.document(ranked_payload(done.result) | {"run": about})
        finish.talk_and_leave(done.result, talk)
    if told is None:
        console.show_table(("怎么办", "文件"), [(each.fate.value, each.file) for each in done.placed])
        for name in done.gone:
            console.out(f"这次没有了，会删去：{name}")
        console.out(f"只是看看，什么也没有写；真的运行会写到 {done.folder}")
        finish.talk_and_leave(done.result, talk)
    console.out(told.lines[0])
    if not talk.quiet:
        console.out("\n".join(finish.written(done.folder, done.files)))
    for each in done.placed:
        if each.fate is Fate.BESIDE:
            console.say(f"{each.name} 您改过，没有替换；新的是 {each.file}")
    for name in done.gone:
        console.say(f"这次没有了，已删去：{name}", quiet=talk.quiet)
    finish.talk_and_leave(done.result, talk)
