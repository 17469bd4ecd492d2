"""`--what-if` of `score` and `rank`: scores and places as they are, and as they would be."""

from typing import TYPE_CHECKING, NoReturn

from zyw.commands.parameters import Output, Talk

if TYPE_CHECKING:
    from zyw.pipeline import Result


def tell(result: "Result", words: list[str], out: Output, talk: Talk) -> NoReturn:
    """Print who would stand otherwise, always as 假设, and leave; C053 (exit 2) where a file was asked for."""
    from zyw import console, payload
    from zyw.changes import movements
    from zyw.changes.supposing import suppose
    from zyw.commands import finish
    from zyw.pipeline import scored_again
    from zyw.problems import ZywError, problem

    if out.output:
        raise ZywError(problem("C053"))
    ledger, supposed = suppose(result.ledger, words, result.span.as_of)
    one, other = (scored_again(each, result.scheme, result.span) for each in (result.ledger, ledger))
    found, placed = movements.movements(one, other), result.ledger.has_roster
    told = [each.told for each in supposed]
    if talk.json:
        span = {"from": str(result.span.period.start), "to": str(result.span.period.end)}
        console.document(
            {
                "version": 1, "supposed": told, "scheme": result.scheme.id, "period": span,
                "as_of": str(result.span.as_of), "units": movements.payload(found),
            }
            | payload.ending(result.ledger.missing_inputs, result.problems, result.waived)
        )  # fmt: skip
    else:
        for line in told:
            console.out(f"假设：{line}")
        rows = movements.rows(found, placed=placed)
        if rows:
            console.show_table(movements.heads("现在", "假设", placed=placed), rows, numbers=(1, 2, 3))
        console.out("以上是假设，不是结果。" if rows else "没有单位的得分、名次、后果会变。以上是假设，不是结果。")
    finish.talk_and_leave(result, talk)
