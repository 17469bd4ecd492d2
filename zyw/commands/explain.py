"""`zyw explain`: where every point of a unit or a person comes from."""

from typing import Annotated

import typer

from zyw.commands.parameters import Caps, Inputs, Rules, Talk
from zyw.options import Asked

Name = Annotated[str, typer.Argument(metavar="单位或姓名", help="单位的全称、简称、曾用名，或人的姓名")]


def explain(name: Name, inputs: Inputs, *, rules: Rules, asked: Asked, caps: Caps, talk: Talk) -> None:
    """一个单位或一个人：每一分来自哪一格、哪条规则、哪一款；哪些没有计入，为什么；差多少触发，封顶退回多少。

    最后一行是算式，加起来就是得分。两个单位有同名的人时分开列。输出是内部使用的，含姓名。
    """
    from zyw import console, explaining, payload, pipeline
    from zyw.commands import finish

    wanted = pipeline.Wanted(
        f"explain {name}", tuple(inputs), rules.scheme, asked, quiet=talk.quiet, limit=caps.limit or (), watched=True
    )
    result = pipeline.scored(wanted)
    found = explaining.explain(name, result.ledger, result.scores, result.watch)
    if not found:
        raise finish.unknown_name(name, explaining.known_names(result.ledger, result.scores, result.watch))
    if talk.json:
        console.document(payload.explained(result.ledger, result.scores, found, result.problems))
    else:
        console.out("\n".join(finish.explanation(result, found)))
    finish.talk_and_leave(result, talk)
