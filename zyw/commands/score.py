"""`zyw score`: the score of every unit, and the journal behind it."""

from dataclasses import replace

from zyw.commands.parameters import Caps, Inputs, Output, Rules, Supposed, Talk
from zyw.options import Asked


def score(
    inputs: Inputs, *, rules: Rules, asked: Asked, supposed: Supposed, out: Output, caps: Caps, talk: Talk
) -> None:
    """按方案算每个单位的得分，不排名；-o 得分.xlsx 写出得分和每一笔明细，也可以写 .csv（只有得分）和 .json。

    没有名册也能算，按台账里出现的单位算，并说明这一点。有文件读不了时其余照算，退出码是 3。
    写出的文件含姓名，内部使用。--what-if 只看假设，不写文件。
    """
    from zyw import console, outputs, pipeline
    from zyw.commands import finish, what_if

    wanted = pipeline.Wanted("score", tuple(inputs), rules.scheme, asked, quiet=talk.quiet, limit=caps.limit or ())
    if out.output:
        outputs.checked_suffix(out.output, outputs.RANKING_SUFFIXES)
        wanted = replace(wanted, ahead=outputs.load_tables)
    result = pipeline.scored(wanted)
    if supposed.what_if:
        what_if.tell(result, supposed.what_if, out, talk)
    if out.output:
        finish.save(outputs.scored(result, out.output), out, result.read)
    if talk.json:
        from zyw import payload

        console.document(payload.scored(result.ledger, result.scores, result.problems, result.waived))
    elif not out.output:
        from zyw.shown import overview

        finish.show_scored(overview.SCORE_HEADS, overview.score_rows(result.scores), result, (2, 3, 5))
    finish.talk_and_leave(result, talk)
