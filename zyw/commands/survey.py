"""`zyw survey`: satisfied rates with their uncertainty, survey scores, and the sheets that look made up."""

from zyw.commands.parameters import Caps, Inputs, Output, Polling, Rules, Secrecy, Talk
from zyw.options import Asked


def survey(
    inputs: Inputs,
    *,
    polling: Polling,
    rules: Rules,
    asked: Asked,
    out: Output,
    caps: Caps,
    secrecy: Secrecy,
    talk: Talk,
) -> None:
    """测评：每个单位的满意率和它的 95% 区间、测评得分、名次可能在哪几名，哪些答卷可疑。

    问卷导出的表和纸质汇总表都可以，原样放进来。可疑的答卷照样计入，同时列出除去它们以后是多少；
    剔不剔除由人定，用 --decisions 交回来。-o 写出工作簿（含方法说明和图）或 .json。
    """
    from zyw import console, surveying
    from zyw.commands import finish, polled

    if polling.margin:
        planned = polled.plan(inputs, polling.margin, quiet=talk.quiet, limit=caps.limit or ())
        console.show_table(*planned, numbers=(1, 2))
        return
    poll = polled.poll(inputs, polling, rules.scheme, asked)
    done = surveying.surveyed(inputs, poll, quiet=talk.quiet, limit=caps.limit or ())
    if out.output:
        finish.save(polled.file(done, out.output, finish.level(secrecy, polled.LEVEL)), out, done.read)
    polled.show(done, inputs, talk, saved=bool(out.output))
    finish.leave(done.problems, done.ledger.missing_inputs, strict=talk.strict)
