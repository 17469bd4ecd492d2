"""`zyw merge`: many returns, one ledger."""

from zyw.commands.parameters import Bad, Caps, Inputs, Output, Talk


def merge(inputs: Inputs, *, out: Output, bad: Bad, caps: Caps, talk: Talk) -> None:
    """把许多单位报来的表合成一本总台账：每种台账一张表，最后两列写明每行来自哪个文件、第几行。

    同一件两处都有的只留一行，说法不同的都留下，两处都列在“重复和矛盾”表里；放进名册，还列出谁没有报、谁报了两份。
    写出的总台账可以再读：查、算、排名都行。
    """
    from zyw import checking, console, given, payload, pipeline
    from zyw.commands import finish
    from zyw.exchange import mergedbook
    from zyw.exchange.merging import merge as merge_ledger

    finish.needs_target(out, "merge", "总台账.xlsx")
    read = checking.passed_on(inputs, "合并", quiet=talk.quiet, limit=caps.limit or ())
    ledger = read.ledger
    merged, found = merge_ledger(ledger)
    refused = pipeline.refusal(ledger.missing_inputs, skip_bad=bad.skip_bad)
    problems = (*refused, *read.problems, *found)
    if not refused:
        finish.save(mergedbook.merged_workbook(merged), out, given.inputs_of(inputs))
    if talk.json:
        document = mergedbook.merged_document(merged)
        console.document(document | payload.ending(ledger.missing_inputs, problems, read.waived))
    elif not refused and not talk.quiet:
        rows, lines = mergedbook.summary(merged)
        finish.show_summary(mergedbook.SUMMARY_HEADS, rows, lines, ledger.missing_inputs)
    also = "" if refused else f"，重复和矛盾在 {out.output} 里"
    finish.tell_and_leave(problems, ledger.missing_inputs, given.check_line(inputs) + also, talk, read.waived)
