"""What a month gives: one line a step, in the order in which a clerk reads the results.

A step is made by a function of the shell, `module:function` of `zyw`, loaded when the step is taken:
`make(month, told)` (`zyw.month.materials`) returns its files by name and what it found doubtful; `told` are the
problems of the steps before. A step without anything to say (no survey was handed in) returns no files. A new paper or
table is one line here.
"""

from dataclasses import dataclass
from typing import Final

from zyw.privacy import Level


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table: `name` stands in 产出 and behind `--only`; `level` is for whom it is unless 密级 says."""

    name: str
    meaning: str
    level: Level | None
    maker: str


STEPS: Final = (
    Step("排名", "排名.xlsx：学段内排名、得分明细、未计入", Level.NOTICE, "outputs:month_ranking"),
    Step(
        "统计表",
        "统计表.xlsx、统计.json：任务、材料、活动等各表，有这些台账时才写",
        Level.INTERNAL,
        "outputs:month_tallies",
    ),
    Step(
        "督办",
        "督办.xlsx：快到期、逾期、可以销号、不该销号的，有问题台账或任务台账时才写",
        Level.INTERNAL,
        "outputs:month_docket",
    ),
    Step("看板", "看板.html：不用联网的一个网页，给领导看", Level.PUBLIC, "outputs:month_board"),
    Step("督查通报", "督查通报.docx", Level.NOTICE, "outputs:month_bulletin"),
    Step("得分告知单", "得分告知单/：每个单位一份", Level.INTERNAL, "outputs:month_notices"),
    Step("测评", "测评.xlsx：有测评时才写", Level.INTERNAL, "outputs:month_survey"),
    Step("得分数据", "得分.json：全部得分、明细、名次，供程序读", None, "outputs:month_data"),
    Step("问题清单", "问题清单.xlsx：台账里的问题，按单位排列", None, "outputs:month_findings"),
)
NAMES: Final = tuple(step.name for step in STEPS)
DEFAULTS: Final = {step.name: step.level for step in STEPS if step.level}
