"""`zyw report`: papers filled from the facts."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from zyw.commands.parameters import Bad, Caps, Form, Inputs, Output, Rules, Secrecy, Talk
from zyw.options import Asked

Name = Annotated[
    str, typer.Argument(metavar="文书", help="monthly 督查通报；unit 得分告知单，每个单位一份；board 看板，一个网页")
]


def report(
    name: Name,
    inputs: Inputs,
    *,
    rules: Rules,
    asked: Asked,
    out: Output,
    form: Form,
    bad: Bad,
    caps: Caps,
    secrecy: Secrecy,
    talk: Talk,
) -> None:
    """填好的文书，写进 -o 指定的文件夹：monthly 督查通报一份，unit 得分告知单每个单位一份。

    通报默认按“通报”的密级写（姓名隐去），告知单默认“内部”（只发给本单位）。
    """
    from zyw import outputs, pipeline
    from zyw.commands import finish
    from zyw.run import write_all

    finish.known_paper(name, tuple(outputs.PAPERS))
    level = finish.level(secrecy, outputs.PAPER_LEVELS[name])
    folder = finish.folder(out)
    own = {f"{outputs.PAPERS[name]}.docx": Path(form.template)} if form.template else {}
    desk = outputs.stationery(pipeline.place_of(inputs), own)
    wanted = pipeline.Wanted(
        f"report {name}",
        tuple(inputs),
        rules.scheme,
        asked,
        bad.skip_bad,
        talk.quiet,
        caps.limit or (),
        outputs.load_papers,
    )
    with finish.incomplete_as_json(talk):
        result = pipeline.ranked(wanted, "写文书")
    files, doubts = outputs.papers(name, result, level, desk)
    write_all(folder, files, overwrite=out.overwrite, spared=result.read)
    finish.show_written(replace(result, problems=(*result.problems, *doubts)), folder, files, talk)
