"""变动: which states of an earlier ledger became which of this one against the scheme (状态的“可到”)."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from zyw.cells import key
from zyw.exchange.cases import case_text, unit_text
from zyw.exchange.comparing import compare
from zyw.handling.lives import ISSUES
from zyw.handling.records import Move
from zyw.rules.handling import Handling, State

if TYPE_CHECKING:
    from zyw.ledger import Ledger


def strange_moves(earlier: "Ledger", now: "Ledger", handling: Handling) -> tuple[Move, ...]:
    """Return the issues of both ledgers whose state went where the scheme does not let it go, by unit and row.

    Rows are known to be one issue as `zyw diff` knows them: by 编号 and unit, else by unit and text. Both ledgers must
    have been read as written. A state that the scheme does not name, or that may go anywhere, is not judged.
    """
    named = _named(handling.states)
    if not any(each.moves for each in handling.states):
        return ()
    tables, _ = compare(earlier, now)
    found: list[Move] = []
    for table in (each for each in tables if each.name == ISSUES):
        stack = table.stack
        for before, after in map(table.rows_of, range(len(table.pairing.a))):
            texts = stack.text("状态", before), stack.text("状态", after)
            one, two = (named.get(key(text)) for text in texts)
            if one and two and one.name != two.name and one.moves and two.name not in one.moves:
                places = str(stack.place(before)), str(stack.place(after))
                found.append(Move(unit_text(stack, after), case_text(stack, after), *texts, one, *places))
    return tuple(sorted(found, key=lambda each: (each.unit, each.place)))


def _named(states: Iterable[State]) -> Mapping[str, State]:
    return {key(word): each for each in states for word in (each.name, *each.words)}
