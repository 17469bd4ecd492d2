"""What `zyw reconcile` and `zyw diff` have in common: two inputs read, a workbook, JSON or counts, the exit code."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from zyw.commands.parameters import Bad, Caps, Output, Talk

if TYPE_CHECKING:
    from zyw.exchange.comparing import Compared
    from zyw.exchange.sections import Section, Sides


@dataclass(frozen=True, slots=True)
class Told:
    """A finished comparison: for a workbook (`title`, `sections`, `sides`), for JSON, for the console (`counts`)."""

    title: str
    sections: "tuple[Section, ...]"
    sides: "Sides"
    document: dict[str, Any]
    heads: Sequence[str]
    counts: Sequence[Sequence[str]]


def compare_and_tell(
    inputs: tuple[str, str],
    purpose: str,
    told: "Callable[[Sequence[Compared], str], Told]",
    *,
    narrow: bool,
    out: Output,
    bad: Bad,
    caps: Caps,
    talk: Talk,
) -> NoReturn:
    """Read both inputs and compare them; write the workbook where `-o` asks for one, and say what was found.

    With `narrow` the ledger of one unit is held against that unit's rows alone.
    """
    from zyw import checking, console, given, payload, pipeline
    from zyw.commands import finish
    from zyw.exchange.comparing import compare, narrowed
    from zyw.exchange.sections import sections_workbook

    if out.output:
        finish.needs_target(out, purpose, "结果.xlsx")
    read_one, read_two = (
        checking.passed_on((each,), purpose, quiet=talk.quiet, limit=caps.limit or (), shared=True) for each in inputs
    )
    one, two, waived = read_one.ledger, read_two.ledger, (*read_one.waived, *read_two.waived)
    missing = (*one.missing_inputs, *two.missing_inputs)
    refused = pipeline.refusal(missing, skip_bad=bad.skip_bad)
    unit = ""
    if narrow:
        one, two, unit = narrowed(one, two)
    tables, doubts = compare(one, two)
    found = told(tables, unit)
    problems = (*refused, *checking.of_both(read_one, read_two), *doubts)
    if out.output and not refused:
        finish.save(sections_workbook(found.title, found.sections, found.sides), out, given.inputs_of(inputs))
    if talk.json:
        console.document(found.document | payload.ending(missing, problems, waived))
    elif not refused and not talk.quiet:
        finish.show_summary(found.heads, found.counts, (found.sides.note,), missing)
    finish.tell_and_leave(problems, missing, "；".join(given.check_line((each,)) for each in inputs), talk, waived)
