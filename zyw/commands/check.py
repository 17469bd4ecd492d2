"""`zyw check`: every problem at once, and what each sheet was taken for."""

from zyw.commands.parameters import Detail, Inputs, Learning, Rules, Talk
from zyw.options import Asked


def check(inputs: Inputs, *, rules: Rules, asked: Asked, detail: Detail, learning: Learning, talk: Talk) -> None:
    """一次列出全部问题：哪个文件、哪张表、哪一格，怎么改。

    不需要名册和方案，也不写任何文件；加上 --scheme，连按方案计分时用不上的行一起列出。每张表被认作什么台账、
    表头在哪几行，列在最前面；加上 --long，连每一列凭什么认、哪些行没算一起写明。

    名册里没有的写法，用 --learn 写法=单位 记在工作文件夹的 别名.yaml 里，以后都这样认。
    """
    from zyw import console, overview, payload, pipeline
    from zyw.commands import finish

    wanted = pipeline.Wanted("check", tuple(inputs), rules.scheme, asked, quiet=talk.quiet)
    if learning.learn:
        from zyw.learning import learn

        learn(wanted, learning.learn, learning.by)
    ledger, problems = pipeline.checked(wanted)
    if talk.json:
        console.document(payload.checked(ledger, problems))
    else:
        if not talk.quiet:
            console.paragraphs(overview.sheet_lines(ledger.sheets, long=detail.long), overview.INDENT)
        console.all_problems(problems)
    console.say(f"今天是 {pipeline.today()}。{console.tally(problems)}", quiet=talk.quiet or talk.json)
    finish.leave(problems, ledger.missing_inputs, strict=talk.strict)
