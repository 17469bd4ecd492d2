"""`zyw check`: every problem at once, and what each sheet was taken for."""

from zyw.commands.parameters import Inputs, Talk


def check(inputs: Inputs, talk: Talk) -> None:
    """一次列出全部问题：哪个文件、哪张表、哪一格，怎么改。

    不需要名册和方案，也不写任何文件。每张表被认作什么台账、表头在哪几行，列在最前面。
    """
    from zyw import console, payload, pipeline
    from zyw.commands.finish import leave
    from zyw.overview import sheet_lines

    ledger, problems = pipeline.read(inputs, quiet=talk.quiet)
    if talk.json:
        console.document(payload.checked(ledger, problems))
    else:
        if not talk.quiet:
            console.out("\n".join(sheet_lines(ledger.sheets)))
        console.all_problems(problems)
        console.say(console.tally(problems), quiet=talk.quiet)
    leave(problems, ledger.missing_inputs, strict=talk.strict)
