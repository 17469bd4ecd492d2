"""`zyw report`: papers filled from the facts."""

from dataclasses import replace
from typing import Annotated

import typer

from zyw.commands.parameters import Bad, Caps, Form, Inputs, Output, Rules, Secrecy, Talk
from zyw.options import Asked
from zyw.privacy import Level

BOARD = "board"
Name = Annotated[
    str,
    typer.Argument(
        metavar="文书",
        help="monthly 督查通报；annex 排名附件；unit 得分告知单；notice 督办通知单；urge 催办清单；"
        "rectification 整改台账和报告；board 看板，一个网页",
    ),
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
    """填好的文书，写进 -o 指定的文件夹；用哪些模板见 zyw template list。

    每种文书有自己的密级：发出去的默认“通报”（姓名隐去），给本单位的默认“内部”；--level 可改。
    """
    from zyw import given, outputs, paperwork, pipeline
    from zyw.commands import finish
    from zyw.papers.forms import PAPERS
    from zyw.run import write_all

    finish.known_paper(name, (*PAPERS, BOARD))
    for_whom = finish.level(secrecy, Level.NOTICE) if secrecy.level else None
    folder = finish.folder(out)
    desk = paperwork.stationery(given.place_of(inputs), PAPERS.get(name), form.template)
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
    facts = outputs.facts_of(result)
    if name == BOARD:
        files = outputs.board(facts, for_whom or Level.PUBLIC, desk.office)
    else:
        files, doubts = paperwork.papers(name, facts, desk, for_whom)
        result = replace(result, problems=(*result.problems, *doubts))
    write_all(folder, files, overwrite=out.overwrite, spared=result.read)
    finish.show_written(result, folder, files, talk)
