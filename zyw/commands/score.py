"""`zyw score`: the score of every unit, and the journal behind it."""

from zyw.commands.parameters import Caps, Inputs, Output, Rules, Talk
from zyw.options import Asked


def score(inputs: Inputs, *, rules: Rules, asked: Asked, out: Output, caps: Caps, talk: Talk) -> None:
    """按方案算每个单位的得分；-o 得分.json 写出得分和每一笔明细。

    没有名册也能算，按台账里出现的单位算，并说明这一点。有文件读不了时其余照算，退出码是 3。
    """
    from zyw import console, outputs, overview, payload, pipeline
    from zyw.commands import finish

    if out.output:
        outputs.checked_suffix(out.output, (".json",))
    wanted = pipeline.Wanted("score", tuple(inputs), rules.scheme, asked, quiet=talk.quiet, limit=caps.limit or ())
    result = pipeline.scored(wanted)
    content = payload.scored(result.ledger, result.scores, result.problems)
    if out.output:
        finish.save(outputs.json_bytes(content), out)
    if talk.json:
        console.document(content)
    elif not out.output:
        finish.show_scored(overview.SCORE_HEADS, overview.score_rows(result.scores), result, (2, 3, 5))
    finish.talk_and_leave(result, talk)
