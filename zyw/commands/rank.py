"""`zyw rank`: places inside each group, on the screen or as a workbook."""

from dataclasses import replace

from zyw.commands.parameters import Bad, Caps, Inputs, Output, Rules, Secrecy, Supposed, Talk
from zyw.options import Asked


def rank(
    inputs: Inputs,
    *,
    rules: Rules,
    asked: Asked,
    supposed: Supposed,
    out: Output,
    bad: Bad,
    caps: Caps,
    secrecy: Secrecy,
    talk: Talk,
) -> None:
    """学段内排名。-o 排名.xlsx 写出可打印的工作簿，也可以写 .csv 和 .json。

    要有名册：没有一条问题的学校也要排进来。同分并列，下一名跳过（1、2、2、4）。
    --what-if 只看假设，不写文件。
    """
    from zyw import console, outputs, pipeline
    from zyw.commands import finish, what_if

    level = finish.level(secrecy, outputs.RANKING_LEVEL)
    wanted = pipeline.Wanted("rank", tuple(inputs), rules.scheme, asked, bad.skip_bad, talk.quiet, caps.limit or ())
    if out.output:
        wanted = replace(wanted, ahead=outputs.load_tables)
    with finish.incomplete_as_json(talk):
        result = pipeline.ranked(wanted)
    if supposed.what_if:
        what_if.tell(result, supposed.what_if, out, talk)
    if out.output:
        finish.save(outputs.ranking(result, out.output, level), out, result.read)
    if talk.json:
        console.document(outputs.ranked_payload(result))
    elif not out.output:
        from zyw.shown import overview

        finish.show_scored(overview.RANK_HEADS, overview.rank_rows(result.scores, result.standings), result, (3,))
    finish.talk_and_leave(result, talk)
