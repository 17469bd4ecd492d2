"""`zyw check`: every problem at once, what each sheet was taken for, and each sender's workbook back, marked."""

from pathlib import Path

from zyw.commands.parameters import Back, Caps, Detail, Inputs, Learning, Output, Rules, Talk
from zyw.options import Asked


def check(
    inputs: Inputs,
    *,
    rules: Rules,
    asked: Asked,
    detail: Detail,
    back: Back,
    out: Output,
    learning: Learning,
    caps: Caps,
    talk: Talk,
) -> None:
    """一次列出全部问题：哪个文件、哪张表、哪一格，怎么改。

    不需要名册和方案；加上 --scheme，连按方案计分时用不上的行一起列出。每张表被认作什么台账、
    表头在哪几行，列在最前面；加上 --long，连每一列凭什么认、哪些行没算一起写明。
    加上 -o 问题清单.xlsx，写成一张按单位排列的清单；不加，什么文件也不写。

    名册里没有的写法，用 --learn 写法=单位 记在工作文件夹的 别名.yaml 里，以后都这样认。

    看过、放过的问题写在文件夹里的 豁免.yaml，不再算作未了，列在最后。

    加上 --return 退回，把每个单位报来的表原样写一份到“退回”文件夹，标好有问题的格子，可以直接发回去改。
    """
    from zyw import checking, checklist, clock, console, given, payload, pipeline
    from zyw.commands import finish, giving
    from zyw.outputs import checked_suffix
    from zyw.shown import overview

    giving.refuse(inputs, back)
    if out.output:
        checked_suffix(out.output, (".xlsx",))
    wanted = pipeline.Wanted("check", tuple(inputs), rules.scheme, asked, quiet=talk.quiet, limit=caps.limit or ())
    if learning.learn:
        from zyw.learning import learn

        learn(wanted, learning.learn, learning.by)
    checks = checking.checked(wanted)
    returned = giving.give(checks, inputs, back, out, caps)
    problems = (*checks.problems, *(returned.problems if returned else ()))
    today = clock.today()
    if talk.json:
        console.document(payload.checked(checks.ledger, problems, checks.waived) | giving.entry(returned))
    else:
        if not talk.quiet:
            console.paragraphs(overview.sheet_lines(checks.ledger.sheets, long=detail.long), overview.INDENT)
        console.all_problems(problems)
        console.waived_problems(checks.waived)
        if returned:
            console.paragraphs(giving.lines(returned, back), "    ")
    if out.output:
        files = given.files_of(inputs)
        links = checklist.Links(Path(out.output).parent, files)
        finish.save(checklist.findings(checks, today, links), out, given.inputs_of(inputs))
    tally = console.tally(problems, checks.waived)
    console.say(f"今天是 {today}。{tally}", quiet=talk.quiet or talk.json)
    finish.leave(problems, checks.ledger.missing_inputs, strict=talk.strict)
