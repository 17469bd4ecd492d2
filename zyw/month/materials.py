"""What the steps of a month are made from, and how a step is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias, cast

from zyw.agenda.steps import DEFAULTS, Step
from zyw.privacy import Level
from zyw.problems import Problem

if TYPE_CHECKING:
    from zyw.checking import Checked
    from zyw.facts import Facts
    from zyw.paperwork import Stationery
    from zyw.pipeline import Result, Wanted
    from zyw.proof.proving import Printed
    from zyw.workspace import Workspace

Made: TypeAlias = tuple[dict[str, bytes], tuple[Problem, ...]]


@dataclass(frozen=True)
class Month:
    """What steps are made from; `checks` has the problems of `result` and those that the checks found besides."""

    wanted: "Wanted"
    place: "Workspace | None"
    result: "Result"
    checks: "Checked"
    desk: "Stationery"
    levels: Mapping[str, Level]
    printed: "list[Printed]" = field(default_factory=list)
    """The papers so far, each with what it was made from: they are proven when all are there."""

    def level(self, name: str) -> Level:
        """Return for whom the step `name` is."""
        return self.levels.get(name) or DEFAULTS[name]

    @cached_property
    def facts(self) -> "Facts":
        """The facts that papers state, computed when the first paper asks."""
        from zyw.outputs import facts_of

        return facts_of(self.result)


Maker: TypeAlias = Callable[[Month, tuple[Problem, ...]], Made]


def made(step: Step, month: Month, told: tuple[Problem, ...]) -> Made:
    """Make the files of a step."""
    return cast(Maker, getattr(import_module("zyw.month.results"), step.maker))(month, told)
