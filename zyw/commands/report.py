"""`zyw report`: papers filled from the facts."""

from dataclasses import replace
from typing import Annotated, Final

import typer

from zyw.commands.parameters import Bad, Inputs, Output, Rules, Secrecy, Talk
from zyw.options import Asked

Name = Annotated[str, typer.Argument(metavar="文书", help="monthly 督查通报；unit 得分告知单，每个单位一份")]
NAMES: Final = ("monthly", "unit")


def report(
    name: Name, inputs: Inputs, *, rules: Rules, asked: Asked, out: Output, bad: Bad, secrecy: Secrecy, talk: Talk
) -> None:
    """填好的文书，写进 -o 指定的文件夹：monthly 督查通报一份，unit 得分告知单每个单位一份。

    通报默认按“通报”的密级写（姓名隐去），告知单默认“内部”（只发给本单位）。
    """
    from zyw import console, outputs, payload, pipeline
    from zyw.commands import finish
    from zyw.run import write_all

    finish.known_paper(name, NAMES)
    level = finish.level(secrecy, outputs.PAPER_LEVELS[name])
    wanted = pipeline.Wanted(f"report {name}", tuple(inputs), rules.scheme, asked, bad.skip_bad, talk.quiet)
    with finish.incomplete_as_json(talk):
        result = pipeline.ranked(wanted, "写文书")
    folder = finish.folder(out)
    files, doubts = outputs.papers(name, result, level, pipeline.office(wanted))
    write_all(folder, files, overwrite=out.overwrite)
    result = replace(result, problems=(*result.problems, *doubts))
    if talk.json:
        console.document(payload.ranked(result.ledger, result.scores, result.standings, result.problems))
    else:
        console.out("\n".join(finish.written(folder, tuple(files))))
    finish.talk_and_leave(result, talk)
