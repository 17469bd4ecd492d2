"""`zyw check`: every problem at once, and what each sheet was taken for."""

from pathlib import Path

from zyw.commands.parameters import Detail, Inputs, Learning, Output, Rules, Talk
from zyw.options import Asked


def check(
    inputs: Inputs, *, rules: Rules, asked: Asked, detail: Detail, out: Output, learning: Learning, talk: Talk
) -> None:
    """一次列出全部问题：哪个文件、哪张表、哪一格，怎么改。

    不需要名册和方案；加上 --scheme，连按方案计分时用不上的行一起列出。每张表被认作什么台账、
    表头在哪几行，列在最前面；加上 --long，连每一列凭什么认、哪些行没算一起写明。
    加上 -o 问题清单.xlsx，写成一张按单位排列的清单；不加，什么文件也不写。

    名册里没有的写法，用 --learn 写法=单位 记在工作文件夹的 别名.yaml 里，以后都这样认。

    看过、放过的问题写在文件夹里的 豁免.yaml，不再算作未了，列在最后。
    """
    from zyw import checklist, console, overview, payload, pipeline
    from zyw.commands import finish
    from zyw.outputs import checked_suffix

    if out.output:
        checked_suffix(out.output, (".xlsx",))
    wanted = pipeline.Wanted("check", tuple(inputs), rules.scheme, asked, quiet=talk.quiet)
    if learning.learn:
        from zyw.learning import learn

        learn(wanted, learning.learn, learning.by)
    checks = pipeline.checked(wanted)
    today = pipeline.today()
    if talk.json:
        console.document(payload.checked(checks.ledger, checks.problems, checks.waived))
    else:
        if not talk.quiet:
            console.paragraphs(overview.sheet_lines(checks.ledger.sheets, long=detail.long), overview.INDENT)
        console.all_problems(checks.problems)
        console.waived_problems(checks.waived)
    if out.output:
        files = pipeline.files_of(inputs)
        links = checklist.Links(Path(out.output).parent, files)
        finish.save(checklist.findings(checks, today, links), out, {path.resolve() for path in files.values()})
    tally = console.tally(checks.problems, checks.waived)
    console.say(f"今天是 {today}。{tally}", quiet=talk.quiet or talk.json)
    finish.leave(checks.problems, checks.ledger.missing_inputs, strict=talk.strict)
