"""What a month gives: one line a step, in the order in which a clerk reads the results.

A step is made by a function of the shell, `module:function` of `zyw`, loaded when the step is taken:
`make(month, told)` returns its files by name and what it found doubtful; `told` are the problems of the steps before.
A step without anything to say (no survey was handed in) returns no files. A new paper or table is one line here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from zyw.privacy import Level
from zyw.problems import Problem

if TYPE_CHECKING:
    from zyw.facts import Facts
    from zyw.outputs import Stationery
    from zyw.pipeline import Checked, Result, Wanted
    from zyw.workspace import Workspace

Made: TypeAlias = tuple[dict[str, bytes], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table: `name` stands in 产出 and behind `--only`; `level` is for whom it is unless 密级 says."""

    name: str
    meaning: str
    level: Level | None
    maker: str

    def make(self, month: "Month", told: tuple[Problem, ...]) -> Made:
        """Make the files of this step."""
        module, _, function = self.maker.partition(":")
        return cast(Maker, getattr(import_module(f"zyw.{module}"), function))(month, told)


@dataclass(frozen=True)
class Month:
    """What steps are made from; `checks` has the problems of `result` and those that the checks found besides."""

    wanted: "Wanted"
    place: "Workspace | None"
    result: "Result"
    checks: "Checked"
    desk: "Stationery"
    levels: Mapping[str, Level]

    def level(self, name: str) -> Level:
        """Return for whom the step `name` is."""
        return self.levels.get(name) or DEFAULTS[name]

    @cached_property
    def facts(self) -> "Facts":
        """The facts that papers state, computed when the first paper asks."""
        from zyw.outputs import facts_of

        return facts_of(self.result)


Maker: TypeAlias = Callable[[Month, tuple[Problem, ...]], Made]

STEPS: Final = (
    Step("排名", "排名.xlsx：学段内排名、得分明细、未计入", Level.NOTICE, "outputs:month_ranking"),
    Step("督查通报", "督查通报.docx", Level.NOTICE, "outputs:month_bulletin"),
    Step("得分告知单", "得分告知单/：每个单位一份", Level.INTERNAL, "outputs:month_notices"),
    Step("测评", "测评.xlsx：有测评时才写", Level.INTERNAL, "outputs:month_survey"),
    Step("得分数据", "得分.json：全部得分、明细、名次，供程序读", None, "outputs:month_data"),
    Step("问题清单", "问题清单.xlsx：台账里的问题，按单位排列", None, "outputs:month_findings"),
)
NAMES: Final = tuple(step.name for step in STEPS)
DEFAULTS: Final = {step.name: step.level for step in STEPS if step.level}
