"""`zyw restate`: what a later correction changes in a sealed month."""

from typing import Annotated

import typer

from zyw.commands.parameters import Output, Rules, Standing, Talk

Folder = Annotated[str | None, typer.Argument(metavar="文件夹", help="工作文件夹；不写就从当前文件夹往上找 zyw.yaml")]
Label = Annotated[str, typer.Argument(metavar="时段", help="输出 里的文件夹名，如 2012-05")]


def restate(label: Label, folder: Folder = None, *, rules: Rules, standing: Standing, out: Output, talk: Talk) -> None:
    """封存以后台账有了更正（撤销、补报），看哪些单位的得分、名次、后果变了，为什么。

    照现在的台账重算封存的那一段，站在今天看（--as-of 可改），与封存的数字比。封存的一个字节也不动；-o 写出对照的
    工作簿，照它填更正通知。
    """
    from pathlib import Path

    from zyw import console, payload
    from zyw.commands import finish
    from zyw.month import restating
    from zyw.month.doing import workspace_folder

    root = Path(folder or workspace_folder())
    if out.output:
        finish.needs_target(out, "restate", "更正对照.xlsx")
    found = restating.restate(root, label, standing.as_of, rules.scheme, quiet=talk.quiet)
    result = found.result
    if out.output:
        finish.save(restating.workbook(found), out, result.read)
    if talk.json:
        ending = payload.ending(result.ledger.missing_inputs, result.problems, result.waived)
        console.document(found.document() | ending)
    elif not found.changes:
        console.out(f"{label} 没有变化（截至 {result.span.as_of}）")
    else:
        console.show_table(restating.HEADS, found.rows, numbers=(1, 2, 3, 4))
        console.paragraphs(found.lines, "  ")
        console.out(f"封存时截至 {found.seal.asked['as_of']}，现在截至 {result.span.as_of}")
    finish.talk_and_leave(result, talk)
