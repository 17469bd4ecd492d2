"""`zyw overdue`: what is due soon, overdue, may be closed and should not have been, and whose it is."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zyw.commands.parameters import Caps, Earlier, Inputs, Output, Rules, Secrecy, Talk
from zyw.options import Asked

if TYPE_CHECKING:
    from zyw.checking import Looked
    from zyw.handling.records import Docket, Move
    from zyw.privacy import Level
    from zyw.problems import Problem
    from zyw.rules.handling import Handling


LOOKED_AT = frozenset({"问题台账", "任务台账", "追责台账"})
SUFFIXES = (".xlsx", ".csv", ".json")
SHOWN = (("overdue", "逾期"), ("due_soon", "快到期"), ("wrongly_closed", "不该销号"), ("closable", "可以销号"))
"""Lists of the docket on the terminal, in this order; the workbook has the others too."""


def overdue(
    inputs: Inputs,
    *,
    rules: Rules,
    asked: Asked,
    earlier: Earlier,
    out: Output,
    caps: Caps,
    secrecy: Secrecy,
    talk: Talk,
) -> None:
    """督办：问题台账、任务台账里快到期的、逾期的（按方案的预警）、可以销号的、不该销号的，各归谁。

    不写时段就看今天；--as-of 看某一天。时限、预警、销号条件照方案的办理一节，没有写的照通行的四不放过和三色。
    屏幕上列逾期、快到期、不该销号、可以销号的；-o 督办.xlsx 写出全部清单和按单位、领导、股室、责任人的件数，
    也可以写 .csv、.json。加上 --against 上月台账，列出状态没有按方案的次序变的。
    """
    from zyw import checking, console, pipeline
    from zyw.commands import finish
    from zyw.handling.docket import docket
    from zyw.privacy import Level
    from zyw.problems import problem

    if out.output:
        finish.needs_target(out, "overdue", "督办.xlsx", SUFFIXES)
    wanted = pipeline.Wanted("overdue", tuple(inputs), rules.scheme, asked, quiet=talk.quiet, limit=caps.limit or ())
    looked = checking.looked_at(wanted, as_written=bool(earlier.against))
    found, told = docket(looked.ledger, looked.scheme, looked.as_of)
    if earlier.against:
        found = replace(found, moves=_moves(earlier.against, looked, found.handling, caps, talk))
    nothing = () if looked.ledger.given & LOOKED_AT or looked.ledger.missing_inputs else (problem("D008"),)
    problems = (*nothing, *looked.problems, *told)
    if out.output:
        level = finish.level(secrecy, Level.INTERNAL)
        finish.save(_file(found, looked, problems, out.output, level), out, looked.read)
    if talk.json:
        console.document(_document(found, looked, problems))
    elif not out.output:
        _show(found, looked)
    if looked.today:
        console.say(f"今天是 {looked.as_of}。", quiet=talk.quiet or talk.json)
    finish.tell_and_leave(problems, looked.ledger.missing_inputs, looked.recheck, talk, looked.waived)


def _moves(against: str, looked: "Looked", handling: "Handling", caps: Caps, talk: Talk) -> "tuple[Move, ...]":
    """Compare with an earlier ledger; raises `ZywError` (exit 3) when it cannot be read."""
    from zyw import given, pipeline
    from zyw.handling.moves import strange_moves
    from zyw.problems import ZywError

    before, problems = given.read((against,), quiet=talk.quiet, as_written=True, limit=caps.limit or ())
    if before.missing_inputs:
        raise ZywError((*pipeline.refusal(before.missing_inputs, skip_bad=False), *problems[:1]), 3)
    return strange_moves(before, looked.ledger, handling)


def _document(found: "Docket", looked: "Looked", problems: "tuple[Problem, ...]") -> dict[str, Any]:
    from zyw import payload
    from zyw.handling.document import told_docket

    scheme = looked.scheme.id if looked.scheme else None
    made = told_docket(found, looked.ledger.origins, scheme)
    return made | payload.ending(looked.ledger.missing_inputs, problems, looked.waived)


def _file(found: "Docket", looked: "Looked", problems: "tuple[Problem, ...]", name: str, level: "Level") -> bytes:
    """Return the docket in the form that the ending of `name` asks for."""
    from zyw.handling.book import docket_csv, docket_workbook
    from zyw.outputs import checked_suffix, json_bytes

    def place(origin: int) -> str:
        return str(looked.ledger.origins.locate(origin))

    suffix = checked_suffix(name, SUFFIXES)
    if suffix == ".json":
        return json_bytes(_document(found, looked, problems))
    if suffix == ".csv":
        return docket_csv(found, place, level)
    return docket_workbook(found, place, level, looked.ledger.missing_inputs)


def _show(found: "Docket", looked: "Looked") -> None:
    """Print the counts by unit and the lists that ask for something to be done."""
    from zyw import console
    from zyw.commands.finish import lacking
    from zyw.handling.sections import headline, move_rows, on_screen, screen_rows, tally_rows

    console.paragraphs([headline(found)], "")
    for heads, rows, numbers in (tally_rows(found, kind) for kind in on_screen(found)):
        console.out()
        console.show_table(heads, rows, numbers=numbers)
    for name, title in SHOWN:
        matters = getattr(found, name)
        if matters:
            console.out(f"\n{title} {len(matters)} 件")
            heads, rows = screen_rows(matters, gaps=name == "wrongly_closed")
            console.show_table(heads, rows, numbers=[i for i, head in enumerate(heads) if head.endswith("天数")])
    if found.moves:
        console.out(f"\n没有按次序 {len(found.moves)} 件")
        console.show_table(*move_rows(found))
    for file in looked.ledger.missing_inputs:
        console.out(lacking(file))
