"""`zyw scheme diff`: what differs between two schemes, and whose score and place that changes."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from zyw.commands.parameters import Caps, Talk
from zyw.options import Asked

if TYPE_CHECKING:
    from zyw.changes.movements import Movement
    from zyw.coverage import Use
    from zyw.pipeline import Result

    Changes = list[tuple[str, Use | None, Use | None]]

One = Annotated[str, typer.Argument(metavar="方案甲", help="内置方案的编号或方案文件")]
Two = Annotated[str, typer.Argument(metavar="方案乙", help="与它比较的方案")]
Tried = Annotated[
    list[str] | None, typer.Argument(metavar="输入", help="台账文件或文件夹；写了，还要写时段，按两个方案各算一遍")
]


def diff(one: One, two: Two, inputs: Tried = None, *, asked: Asked, caps: Caps, talk: Talk) -> None:
    """两个方案哪里不同：增加、删去、改动了哪些规则和词，改动的写明原来和现在。

    后面写上台账和时段（如 台账 --year 2012），就按两个方案各算一遍，列出触发次数、分值有变化的规则，
    得分、名次、后果有变化的单位。
    时段和考核期按方案甲。
    """
    from zyw import console, coverage, desk
    from zyw.changes import movements, revisions
    from zyw.commands import finish

    found = revisions.revisions(desk.scheme_tree_of(one), desk.scheme_tree_of(two))
    result, moved, rules = _tried((one, two), inputs, asked, caps, talk) if inputs else (None, (), [])
    placed = result is not None and result.ledger.has_roster
    if talk.json:
        console.document(_document((one, two), revisions.payload(found), result, (moved, rules)))
    else:
        console.out("\n".join(revisions.lines(found) or ["两个方案写的一样。"]))
        if rules:
            console.out("")
            console.show_table(coverage.heads("甲", "乙"), coverage.change_rows(rules), numbers=(1, 2, 3, 4))
        rows = movements.rows(moved, placed=placed)
        if rows:
            console.out("")
            console.show_table(movements.heads("甲", "乙", placed=placed), rows, numbers=(1, 2, 3))
        elif result:
            console.out("没有单位的得分、名次、后果不同。")
    if result:
        finish.talk_and_leave(result, talk)


def _tried(
    names: tuple[str, str], inputs: list[str], asked: Asked, caps: Caps, talk: Talk
) -> "tuple[Result, tuple[Movement, ...], Changes]":
    """Score the inputs by both schemes, over the days of the first; the problems told are those under the first."""
    from zyw import coverage, library, options, pipeline
    from zyw.changes import movements
    from zyw.problems import Verbatim, ZywError, problem

    typed = options.line(["zyw", "scheme", "diff", *names, *inputs])
    if options.period(asked) is None:
        raise ZywError(problem("G010", 照抄=Verbatim(f"{typed} --year 2012")))
    wanted = pipeline.Wanted(
        f"scheme diff {names[0]} {names[1]}", tuple(inputs), names[0], asked, quiet=talk.quiet, limit=caps.limit or ()
    )
    result = pipeline.scored(wanted)
    other, _ = library.read_scheme(names[1])
    first = pipeline.scored_again(result.ledger, result.scheme, result.span)
    second = pipeline.scored_again(result.ledger, other, result.span)
    return result, movements.movements(first, second), coverage.changes(first.scores, second.scores)


def _document(
    names: tuple[str, str],
    revisions: list[dict[str, Any]],
    result: "Result | None",
    changed: "tuple[tuple[Movement, ...], Changes]",
) -> dict[str, Any]:
    from zyw import coverage, payload
    from zyw.changes import movements

    made: dict[str, Any] = {"version": 1, "before": names[0], "after": names[1], "changes": revisions}
    if result is not None:
        made["units"] = movements.payload(changed[0])
        made["rules"] = coverage.change_payload(changed[1])
        return made | payload.ending(result.ledger.missing_inputs, result.problems, result.waived)
    return made | {"problems": []}
