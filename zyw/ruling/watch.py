"""What the rules looked at, kept for whoever asks how near something was; a run that nobody watches keeps nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from zyw.rowset import Days, Mask
from zyw.rules import Rule
from zyw.ruling.events import Counted, Events
from zyw.ruling.facts import Numbers
from zyw.ruling.judgement import Judgement, Valued
from zyw.ruling.run import Run


@dataclass(frozen=True, slots=True)
class Seen:
    """One rule at work: `taken` says which events of the table it used, `counted` what they made, before any 累计.

    `amounts` belong to `valued.units`; `days` date the events as the rule does.
    """

    rule: Rule
    events: Events
    taken: Mask
    days: Days
    counted: Counted
    amounts: Numbers
    valued: Valued


@dataclass
class Watch:
    """Gathers what the rules of one run looked at; `run` and `found` are there once it is over."""

    seen: list[Seen] = field(default_factory=list)
    run: Run | None = None
    found: Judgement | None = None

    def persons(self) -> Iterator[tuple[str, str]]:
        """Give unit and name of everybody whom an event names, also those whom no rule met."""
        tables = {seen.rule.table: seen.events.rows for seen in self.seen}
        for rows in tables.values() if self.run else ():
            assert self.run is not None
            for unit, name in dict.fromkeys(rows.rows("unit_at", "name_at")):
                if name >= 0 and unit < len(self.run.units):
                    yield self.run.units[unit], self.run.people.names[name]
