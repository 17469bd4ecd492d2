"""`zyw split`: one ledger, a file for each unit."""

from zyw.commands.parameters import Bad, Caps, Inputs, Output, Rules, Talk


def split(inputs: Inputs, *, rules: Rules, out: Output, bad: Bad, caps: Caps, talk: Talk) -> None:
    """一本总台账按单位拆开，每个单位一个工作簿，写进 -o 指定的文件夹；列名、次序和下拉选项照原来的。

    --scheme 换成按方案的下拉选项。没有写单位的、名册里没有的行，另放一个文件，不发给别的单位。
    """
    from zyw import checking, console, given, handout, payload, pipeline
    from zyw.commands import finish
    from zyw.run import write_all

    folder = finish.folder(out, "split")
    read = checking.passed_on(inputs, "拆分", quiet=talk.quiet, limit=caps.limit or ())
    ledger = read.ledger
    whole, doubts = handout.shared_out(ledger, inputs, rules.scheme, given.limits_of(inputs, caps.limit or ()))
    refused = pipeline.refusal(ledger.missing_inputs, skip_bad=bad.skip_bad)
    problems = (*refused, *read.problems, *doubts)
    if not refused:
        write_all(folder, handout.workbooks(whole), overwrite=out.overwrite, spared=given.inputs_of(inputs))
    if talk.json:
        console.document(handout.document(whole) | payload.ending(ledger.missing_inputs, problems, read.waived))
    elif not refused and not talk.quiet:
        told = [f"结果在 {folder}：{len(whole.shares)} 个文件"]
        finish.show_summary(handout.HEADS, handout.rows(whole), told, ledger.missing_inputs)
    finish.tell_and_leave(problems, ledger.missing_inputs, given.check_line(inputs), talk, read.waived)
