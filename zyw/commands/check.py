"""`zyw check`: every problem at once, what each sheet was taken for, and each sender's workbook back, marked."""

from zyw.commands.parameters import Back, Inputs, Learning, Rules, Talk
from zyw.options import Asked


def check(inputs: Inputs, *, rules: Rules, asked: Asked, back: Back, learning: Learning, talk: Talk) -> None:
    """一次列出全部问题：哪个文件、哪张表、哪一格，怎么改。

    不需要名册和方案，也不写任何文件；加上 --scheme，连按方案计分时用不上的行一起列出。每张表被认作什么台账、
    表头在哪几行，列在最前面。

    名册里没有的写法，用 --learn 写法=单位 记在工作文件夹的 别名.yaml 里，以后都这样认。

    加上 --return 退回，把每个单位报来的表原样写一份到“退回”文件夹，标好有问题的格子，可以直接发回去改。
    """
    from zyw import console, overview, payload, pipeline
    from zyw.commands import finish, giving

    giving.refuse(inputs, back)
    wanted = pipeline.Wanted("check", tuple(inputs), rules.scheme, asked, quiet=talk.quiet)
    if learning.learn:
        from zyw.learning import learn

        learn(wanted, learning.learn, learning.by)
    ledger, problems = pipeline.checked(wanted)
    given = giving.give(ledger, problems, inputs, back)
    problems = (*problems, *(given.problems if given else ()))
    if talk.json:
        console.document(payload.checked(ledger, problems) | giving.entry(given))
    else:
        if not talk.quiet:
            console.out("\n".join(overview.sheet_lines(ledger.sheets)))
        console.all_problems(problems)
        if given:
            console.out("\n".join(giving.lines(given, back)))
    console.say(f"今天是 {pipeline.today()}。{console.tally(problems)}", quiet=talk.quiet or talk.json)
    finish.leave(problems, ledger.missing_inputs, strict=talk.strict)
